fn main() {
    goxide::go!();
}
