//! `goxide-bench everything`, for ten seconds: all kinds of work get round, and memory stays flat.

use std::process::Command;

#[test]
fn everything_at_once_leaves_memory_flat() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_goxide-bench"));
    let output = program.args(["everything", "10"]).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("RESULT everything max_growth_kb "), "{text}\n{errors}");
}
