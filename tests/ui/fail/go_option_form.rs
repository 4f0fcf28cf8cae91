fn work() {}

fn main() {
    goxide::go!(stack: 64.kib(); work());
    goxide::go!(stack = 64.kib(), work());
    goxide::go!(64.kib(); work());
    goxide::go!(spread = true; work());
}
