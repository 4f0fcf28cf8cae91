//! The patterns of `examples/patterns`: each prints what its twin with tokio prints, and is shorter.

use std::fs;

use goxide_tests::{cargo_of_examples, examples};

const PATTERNS: [&str; 5] = ["cancellation", "fan_out", "pipeline", "pub_sub", "rate_limit"];

/// Lines that are neither blank nor comment.
fn lines_of_code(name: &str) -> usize {
    let path = examples().join(format!("patterns/{name}.rs"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

fn output_of(name: &str) -> String {
    let run = cargo_of_examples(&["run", "--quiet", "--example", &format!("pattern_{name}")]).output();
    let run = run.expect("cargo can be started");
    assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text")
}

#[test]
fn patterns_are_all_there() {
    let mut found: Vec<String> = fs::read_dir(examples().join("patterns"))
        .expect("the folder can be read")
        .map(|entry| entry.expect("entry").file_name().into_string().expect("text"))
        .collect();
    found.sort();
    let twins = |name: &&str| [format!("{name}.rs"), format!("{name}_tokio.rs")];
    assert_eq!(found, PATTERNS.iter().flat_map(twins).collect::<Vec<_>>());
}

#[test]
fn patterns_are_shorter_than_their_twins() {
    for name in PATTERNS {
        let (ours, theirs) = (lines_of_code(name), lines_of_code(&format!("{name}_tokio")));
        println!("{name}: {ours} lines, {theirs} with tokio");
        assert!(ours < theirs, "{name}: {ours} lines, {theirs} with tokio");
    }
}

#[test]
fn patterns_print_what_their_twins_print() {
    let built =
        cargo_of_examples(&["build", "--quiet", "--examples"]).status().expect("cargo can be started");
    assert!(built.success(), "the patterns build");
    for name in PATTERNS {
        let ours = output_of(name);
        assert!(!ours.is_empty(), "{name} prints something");
        assert_eq!(ours, output_of(&format!("{name}_tokio")), "{name} and its twin");
    }
}
