#![deny(unused_must_use)]

fn work() -> Result<(), String> {
    Ok(())
}

async fn later() {}

fn main() {
    goxide::go!(work());
    goxide::go!(later());
}
