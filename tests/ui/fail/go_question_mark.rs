fn work() -> Result<(), String> {
    Ok(())
}

fn main() {
    goxide::go!(work()?);
}
