//! `main` may return what Rust's own may, also if it is not `Send`.

use std::error::Error;

#[goxide::main]
fn main() -> Result<(), Box<dyn Error>> {
    let n: i32 = "42".parse()?;
    if n == 42 {
        return Ok(());
    }
    Err("not the answer".into())
}
