//! The example programs print what `examples/expected` says, and their list is complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use goxide_tests::{cargo_of_examples, examples};

/// Longer than any example takes, also when it is built first.
const PATIENCE: Duration = Duration::from_secs(300);

/// The stems of the files in `folder` that end in `extension`.
fn stems(folder: &Path, extension: &str) -> BTreeSet<String> {
    let files =
        fs::read_dir(folder).expect("the folder can be read").map(|entry| entry.expect("entry").path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect()
}

/// Runs a program and gives what it prints, unless it takes too long.
fn output_of(name: &str) -> String {
    let printed = std::env::temp_dir().join(format!("goxide-example-{name}-{}.txt", std::process::id()));
    let file = fs::File::create(&printed).expect("a temporary file");
    let mut child = cargo_of_examples(&["run", "--quiet", "--bin", name])
        .stdout(Stdio::from(file))
        .spawn()
        .expect("cargo can be started");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().expect("the program can be stopped");
                panic!("{name} still runs after {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let text = fs::read_to_string(&printed).expect("the output can be read");
    fs::remove_file(&printed).expect("the temporary file can be removed");
    assert!(status.success(), "{name} ended with {status} after printing:\n{text}");
    text
}

#[test]
fn every_example_prints_what_is_expected() {
    let names = stems(&examples().join("expected"), "txt");
    let mut programs = stems(&examples(), "rs");
    programs.remove("empty");
    assert_eq!(programs, names, "each example has a file in expected/");

    let built = cargo_of_examples(&["build", "--quiet", "--bins"]).status().expect("cargo can be started");
    assert!(built.success(), "the examples build");
    for name in names {
        let expected =
            fs::read_to_string(examples().join(format!("expected/{name}.txt"))).expect("expected output");
        assert_eq!(output_of(&name), expected, "output of {name}");
    }
}
