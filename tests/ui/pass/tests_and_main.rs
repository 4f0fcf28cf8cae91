//! The attributes keep attributes, visibility and documentation of what they stand on, and `main` may fail.
use std::process::ExitCode;

/// Documented.
#[allow(clippy::unused_unit)]
#[goxide::main]
pub fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (tx, rx) = goxide::channel(1);
    tx.send("5")?;
    let n: u8 = rx.recv().ok_or("nothing")?.parse()?;
    Ok(ExitCode::from(n - 5))
}

#[goxide::test]
fn is_compiled_in_tests_only() {
    assert_eq!(1, 1);
}
