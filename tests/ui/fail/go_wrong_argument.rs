fn work(_: u8, _: &'static str) {}

fn main() {
    goxide::go!(work(1, 2));
    goxide::go!(work(1));
}
