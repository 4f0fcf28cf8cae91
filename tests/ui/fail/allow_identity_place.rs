//! It is about what a function does.

#[goxide::allow_identity(reason = "all of its methods")]
struct Log;

fn main() {}
