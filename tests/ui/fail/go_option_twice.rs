fn work() {}

fn main() {
    goxide::go!(stack = 64.kib(); stack = 128.kib(); work());
}
