#[goxide::main(threads = 4)]
fn main<T>(args: Vec<String>) {}
