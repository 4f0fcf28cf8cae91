fn work() {}

fn main() {
    goxide::go!(func() { work() }());
    goxide::go!(fn() { work() });
}
