fn work() -> u32 {
    1
}

fn main() {
    goxide::go!(let n = work());
}
