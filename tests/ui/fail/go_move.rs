fn work(_: u32) {}

fn main() {
    let n = 1;
    goxide::go!(move { work(n) });
    goxide::go!(move work(n));
}
