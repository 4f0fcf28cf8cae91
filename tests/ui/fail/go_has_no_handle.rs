fn work() -> u8 {
    1
}

fn main() {
    let handle = goxide::go!(work());
    handle.join();
}
