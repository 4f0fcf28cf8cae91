//! placeholder until the runtime is in.
fn main() {}
