fn work() {}

fn main() {
    goxide::go!(work(), work());
    goxide::go!({ work() }, 64);
}
