//! Go's own test programs through goxide: how many pass, which fail and why, as a committed snapshot.
//!
//! All programs of suite.rs count that Go 1.27 passes with exit status 0. `conformance.snap` holds the counts and a line for each
//! program that fails here; any change of it fails the test with a diff (`cargo bless` rewrites it, and `conformance/go.txt`
//! where Go is installed). `conformance/notes.txt` adds what is known of a failure. A program passes if its exit status is 0
//! and all it prints is what Go 1.27 prints.
//!
//! With GOXIDE_GCSTRESS=100 in the environment the programs run under that stress; the snapshot must hold all the same.

use goxide_tests::suite::{
    BUILD_LIMIT, Expected, GROUPS, Program, SUITE, exceptions, expected, installed, output, programs,
};
use goxide_tests::{Ran, compare_or_update, go, goxide, report, root, run, two_at_a_time, update};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The counts of the Debian package, so that a program that is not found is noticed.
#[test]
fn the_suite_is_complete() {
    if installed() {
        let programs = programs();
        let counts = GROUPS.map(|group| programs.iter().filter(|p| p.group == group).count());
        assert_eq!(counts, [663, 225, 110]);
    }
}

#[test]
fn programs_pass_as_recorded() {
    if !installed() {
        return;
    }
    let exceptions = exceptions();
    let notes = notes();
    let programs = programs();
    let counted: Vec<(&Program, Expected)> = programs
        .iter()
        .map(|program| (program, expected(program, &exceptions)))
        .filter(|(_, expected)| *expected != Expected::Failure)
        .collect();
    // What depends on what a conservative collector happens to keep, or on the machine's load, is not run.
    let results = two_at_a_time(&counted, |(program, expected)| match notes.get(&program.name) {
        Some(note) if note.starts_with("varies") => Some("not counted as passed".to_owned()),
        _ => through_goxide(program, expected),
    });
    let mut snapshot =
        String::from("# Written by `cargo bless`: Go's programs that pass, and why the others don't.\n");
    for group in GROUPS {
        let all = counted.iter().zip(&results).filter(|((program, _), _)| program.group == group);
        let (mut passed, mut count, mut failures) = (0, 0, String::new());
        for ((program, _), failure) in all {
            count += 1;
            match failure {
                None => passed += 1,
                Some(reason) => {
                    let note = notes.get(&program.name).map(|n| format!(" ({n})")).unwrap_or_default();
                    writeln!(failures, "  {} {reason}{note}", program.name).expect("a String takes all");
                }
            }
        }
        write!(snapshot, "{group}: {passed} of {count}\n{failures}").expect("a String takes all");
    }
    report(
        &compare_or_update(&root().join("tests/conformance.snap"), &snapshot).into_iter().collect::<Vec<_>>(),
    );
}

/// What is known of failures beyond what they say themselves.
fn notes() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("tests/conformance/notes.txt")).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once(": ")).map(|(n, why)| (n.into(), why.into())).collect()
}

/// Builds and runs a program; what went wrong.
fn through_goxide(program: &Program, expected: &Expected) -> Option<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let binary = dir.path().join("program");
    let source = program.source(dir.path());
    let built = run(goxide().args(["build", "-o"]).arg(&binary).arg(&source), "", BUILD_LIMIT);
    if built.code != Some(0) {
        let words = built.stderr.split_once("not supported yet: ").map(|(_, rest)| first_line(rest));
        return Some(match (words, &built) {
            (_, b) if b.timed_out => "takes too long to compile".to_owned(),
            (Some(words), _) => format!("unsupported: {words}"),
            (_, b) if b.stderr.contains("internal error") || b.code != Some(1) => "internal error".to_owned(),
            (_, b) => format!("rejected: {}", without_place(first_line(&b.stderr))),
        });
    }
    let ran = program.run(&binary);
    match expected {
        _ if ran.timed_out => Some("runs too long".to_owned()),
        _ if ran.code != Some(0) => Some(ending(&ran)),
        Expected::Output(text) if output(&ran) != *text => Some("prints something else".to_owned()),
        _ => None,
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// A message without its file, line and column.
fn without_place(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, text)| text)
}

/// How a program ended that should not have ended so; without numbers that are others each time.
fn ending(ran: &Ran) -> String {
    let said =
        ran.stderr.lines().find(|line| line.starts_with("panic: ") || line.starts_with("fatal error: "));
    let status = ran.code.map_or("killed by a signal".to_owned(), |code| format!("exit status {code}"));
    match said {
        Some(line) if !line.contains("0x") => format!("{status}: {line}"),
        _ => status,
    }
}

/// `conformance/go.txt` is what Go 1.27 does.
#[test]
fn expectations_are_gos() {
    let Some(go) = go().filter(|_| installed()) else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let programs = programs();
    let recorded = exceptions();
    let mut text = String::from(
        "# Written by `cargo bless`: programs that Go 1.27 fails, and those whose output is not the suite's.\n",
    );
    let found = two_at_a_time(&programs, |program| through_go(&go, program, recorded.get(&program.name)));
    for (program, what) in programs.iter().zip(found) {
        if let Some(what) = what {
            writeln!(text, "{} {what}", program.name).expect("a String takes all");
        }
    }
    let path = root().join("tests/conformance/go.txt");
    report(&compare_or_update(&path, &text).into_iter().collect::<Vec<_>>());
}

/// What is special about a program: a word of `go.txt`.
fn through_go(go: &Path, program: &Program, recorded: Option<&String>) -> Option<&'static str> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let binary = dir.path().join("program");
    let source = program.source(dir.path());
    let mut build = Command::new(go);
    build.env("GOFLAGS", "-mod=mod").args(["build", "-o"]).arg(&binary);
    if source.is_dir() {
        build.arg(".").current_dir(&source);
    } else {
        build.arg(&source).current_dir(SUITE);
    }
    if run(&mut build, "", BUILD_LIMIT).code != Some(0) {
        return Some("is rejected");
    }
    let ran = program.run(&binary);
    // One that failed before may fail now and then only.
    let tries = if recorded.is_some_and(|what| what == "fails") { 4 } else { 0 };
    if ran.code != Some(0) || (0..tries).any(|_| program.run(&binary).code != Some(0)) {
        return Some("fails");
    }
    if output(&ran) == program.suite_output() {
        return None;
    }
    let again = output(&program.run(&binary));
    if again != output(&ran) || recorded.is_some_and(|what| what == "varies") {
        return Some("varies");
    }
    if update() {
        fs::write(program.own_output(), output(&ran)).expect("the repository is writable");
    } else if fs::read_to_string(program.own_output()).unwrap_or_default() != output(&ran) {
        return Some("prints something else than recorded");
    }
    Some("prints")
}
