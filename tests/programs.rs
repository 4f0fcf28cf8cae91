//! Go programs of our own, run by `goxide run`: standard output, exit status, and a text that stderr must hold.
//!
//! `programs/<name>/*.go` (with `go.mod` and folders for several packages) with `output`, and `spec` where something else matters: `args: ..`, `exit: N`, `stderr: text`.
//! The golden inputs and the examples with an output file beside them are run too. Expected output is Go's own: `cargo
//! bless` takes it from Go 1.27, never from goxide, and where Go is installed the test checks that it still is Go's.

use goxide_tests::{
    compare_or_update, diff, folders, go, goxide, read_output, report, root, run, two_at_a_time,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(120);
/// With a collection at every hundredth allocation: `flat_memory` takes 30 to 60 s of processor time, beside others that run.
const STRESS_LIMIT: Duration = Duration::from_secs(400);

/// One program with what it must do.
#[derive(Debug, Default)]
struct Case {
    /// A directory or a file.
    source: PathBuf,
    output: PathBuf,
    args: Vec<String>,
    exit: i32,
    stderr: Option<String>,
}

#[test]
fn programs_do_what_go_does() {
    let cases = cases();
    assert!(cases.len() > 30, "programs were found");
    report(&two_at_a_time(&cases, check).into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn expected_output_is_gos() {
    let Some(go) = go() else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    report(
        &two_at_a_time(&cases(), |case| check_with_go(&go, case)).into_iter().flatten().collect::<Vec<_>>(),
    );
}

fn cases() -> Vec<Case> {
    let tests = root().join("tests");
    let mut cases: Vec<Case> = folders(&tests.join("programs")).iter().map(|dir| read_case(dir)).collect();
    for dir in folders(&tests.join("golden")) {
        if dir.join("output").exists() {
            cases.push(Case { source: dir.join("input.go"), output: dir.join("output"), ..Case::default() });
        }
    }
    let examples = root().join("examples/go");
    for entry in fs::read_dir(&examples).expect("examples/go") {
        let source = entry.expect("readable").path();
        let output = source.with_extension("out");
        if source.extension().is_some_and(|e| e == "go") && output.exists() {
            cases.push(Case { source, output, ..Case::default() });
        }
    }
    cases
}

fn read_case(dir: &Path) -> Case {
    let mut case = Case { source: dir.to_owned(), output: dir.join("output"), ..Case::default() };
    for line in fs::read_to_string(dir.join("spec")).unwrap_or_default().lines() {
        let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{}: {line}", dir.display()));
        match key {
            "args" => case.args = value.split(' ').map(str::to_owned).collect(),
            "exit" => case.exit = value.parse().expect("a number"),
            "stderr" => case.stderr = Some(value.to_owned()),
            _ => panic!("{}: unknown key {key}", dir.display()),
        }
    }
    case
}

/// Runs a program twice: as users do, and with a collection at every hundredth allocation.
fn check(case: &Case) -> Option<String> {
    check_with(case, "").or_else(|| check_with(case, "100"))
}

fn check_with(case: &Case, stress: &str) -> Option<String> {
    let mut command = goxide();
    command.arg("run").arg(&case.source).arg("--").args(&case.args).env("GOXIDE_GCSTRESS", stress);
    let ran = run(&mut command, "", if stress.is_empty() { LIMIT } else { STRESS_LIMIT });
    let name = format!("{}{}", case.source.display(), if stress.is_empty() { "" } else { " (stress)" });
    let expected = read_output(&case.output);
    if ran.stdout != expected {
        let difference = diff(&expected, &ran.stdout);
        return Some(format!("{name}: exit {:?}\n{difference}{}", ran.code, ran.stderr));
    }
    if ran.code != Some(case.exit) {
        return Some(format!("{name}: exit {:?}, expected {}\n{}", ran.code, case.exit, ran.stderr));
    }
    let missing = case.stderr.as_ref().filter(|text| !ran.stderr.contains(*text));
    missing.map(|text| format!("{name}: stderr lacks {text:?}:\n{}", ran.stderr))
}

fn check_with_go(go: &Path, case: &Case) -> Option<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let program = dir.path().join("program");
    let mut files: Vec<PathBuf> = vec![case.source.clone()];
    if case.source.is_dir() {
        files = fs::read_dir(&case.source).expect("a folder").map(|e| e.expect("readable").path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "go"));
    }
    let mut build = Command::new(go);
    build.args(["build", "-o"]).arg(&program);
    if case.source.join("go.mod").exists() {
        build.arg(".").current_dir(&case.source);
    } else {
        build.args(&files);
    }
    let built = run(&mut build, "", LIMIT);
    if built.code != Some(0) {
        return Some(format!("{}: Go refuses it\n{}", case.source.display(), built.stderr));
    }
    let ran = run(Command::new(&program).args(&case.args), "", LIMIT);
    if ran.code != Some(case.exit) {
        return Some(format!("{}: Go exits with {:?}", case.source.display(), ran.code));
    }
    compare_or_update(&case.output, &ran.stdout)
}
