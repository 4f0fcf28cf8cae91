fn work() {}

fn main() {
    goxide::go!(stak = 64.kib(); work());
}
