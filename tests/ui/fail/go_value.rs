fn main() {
    goxide::go!(1 + 1);
}
