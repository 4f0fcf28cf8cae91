//! What the programs of `benches/` share. `goxide-bench` uses `common` alone, `table` and `translated` the rest.

pub mod common;
pub mod process;
pub mod samples;
pub mod tools;
