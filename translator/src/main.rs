//! goxide.
fn main() {}
