#[goxide::main]
async fn main() {}
