async fn work() {}

fn main() {
    goxide::go!(work().await);
    goxide::go!(async { work().await });
    goxide::go!(async || {});
}
