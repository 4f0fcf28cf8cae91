//! README.md shows what goxide really does: its Go program, the Rust of it and its output are those of `golden/ping`, which other
//! tests hold to the truth. (That its own Rust compiles is a doc test of `support.rs`.)

use goxide_tests::{diff, report, root};
use std::fs;

/// The fenced block after `marker` in the README.
fn block(readme: &str, marker: &str) -> String {
    let after = readme.split(marker).nth(1).unwrap_or_else(|| panic!("README.md has {marker}"));
    let inside = after.split("\n```").next().expect("a block ends");
    format!("{}\n", inside.split_once('\n').expect("a language line").1.trim_start_matches('\n'))
}

#[test]
fn the_go_program_is_a_golden_one() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut failures = Vec::new();
    for (marker, file) in
        [("```go", "input.go"), ("becomes:\n\n```rust", "expected.rs"), ("prints:\n\n```text", "output")]
    {
        let golden = fs::read_to_string(root().join("tests/golden/ping").join(file)).expect(file);
        let shown = block(&readme, marker);
        if shown != golden {
            failures.push(format!("README.md and golden/ping/{file}:\n{}", diff(&golden, &shown)));
        }
    }
    report(&failures);
}
