fn work() {}

fn main() {
    goxide::go!(stack = "64K"; work());
    let bytes = 65536u64;
    goxide::go!(stack = bytes; work());
}
