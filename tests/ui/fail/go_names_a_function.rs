fn work() {}

fn main() {
    goxide::go!(work);
}
