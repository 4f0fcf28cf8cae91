fn work() {}

fn main() {
    goxide::scope(|s| goxide::go!(s; s; work()));
}
