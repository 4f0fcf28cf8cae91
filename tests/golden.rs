//! The Rust that goxide writes, as text: `golden/<name>/input.go` gives `golden/<name>/expected.rs`.
//!
//! The Rust is meant to be read and owned, so changes to it are reviewed as text: `cargo bless` rewrites the expected
//! files. An input without a package clause is a snippet and goes through standard input.

use goxide_tests::{compare_or_update, folders, goxide, report, root, run, two_at_a_time};
use std::fs;
use std::path::Path;
use std::time::Duration;

#[test]
fn rust_is_as_reviewed() {
    let all = folders(&root().join("tests/golden"));
    report(&two_at_a_time(&all, |dir| check(dir)).into_iter().flatten().collect::<Vec<_>>());
}

fn check(dir: &Path) -> Option<String> {
    let input = dir.join("input.go");
    let text = fs::read_to_string(&input).unwrap_or_else(|e| panic!("{}: {e}", input.display()));
    let is_snippet = !text.lines().any(|line| line.starts_with("package "));
    let mut command = goxide();
    command.arg("translate");
    let ran = if is_snippet {
        run(command.arg("-"), &text, Duration::from_secs(60))
    } else {
        run(command.arg(&input), "", Duration::from_secs(60))
    };
    if ran.code != Some(0) {
        return Some(format!("{}: exit {:?}\n{}", input.display(), ran.code, ran.stderr));
    }
    compare_or_update(&dir.join("expected.rs"), &ran.stdout)
}
