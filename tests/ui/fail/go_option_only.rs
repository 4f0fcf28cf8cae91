fn main() {
    goxide::go!(stack = 64.kib(););
}
