fn work() {}

fn main() {
    goxide::scope(|s| {
        goxide::go!(s, work());
        goxide::go!(&s; work());
    });
}
