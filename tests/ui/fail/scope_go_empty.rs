fn main() {
    goxide::scope(|s| goxide::go!(s;));
}
