fn main() {
    goxide::go!(|| async { 1 });
}
