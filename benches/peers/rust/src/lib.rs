//! What the peers share: names, N and output are in the file that `goxide-bench` uses, too.

#[path = "../../../common.rs"]
pub mod common;
