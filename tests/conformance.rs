//! Go's own test programs through goxide: how many pass, which fail and why, as a committed snapshot.
//!
//! `conformance/list.txt` names the programs (of Debian's golang-1.19-src); `conformance.snap` holds the result and any
//! change of it fails the test with a diff (`cargo bless` rewrites it). A program passes if its exit status and output
//! are those of Go 1.27: a program exits with 0 and prints what the `.out` file beside it says or nothing, but where the
//! list says `exit=N`, or `conformance/<program>.out` holds what Go 1.27 prints now. Where Go is installed, these
//! expectations are themselves checked against it.

use goxide_tests::{Ran, compare_or_update, go, goxide, report, root, run, two_at_a_time, update};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SUITE: &str = "/usr/share/go-1.19/test";
const BUILD_LIMIT: Duration = Duration::from_secs(300);
const RUN_LIMIT: Duration = Duration::from_secs(30);

/// The imports that the programs of `chan` may have.
const CHAN_IMPORTS: [&str; 9] = ["fmt", "strings", "strconv", "os", "errors", "sort", "math", "sync", "time"];

/// One program of the list.
#[derive(Debug)]
struct Program {
    name: String,
    exit: i32,
}

impl Program {
    fn group(&self) -> &str {
        self.name.split_once('/').map_or("root", |(folder, _)| folder)
    }

    fn source(&self) -> PathBuf {
        Path::new(SUITE).join(&self.name)
    }

    /// What Go 1.27 prints, where that differs from what Go's own `.out` file says.
    fn own_expectation(&self) -> PathBuf {
        let name = self.name.replace('/', "_").replace(".go", ".out");
        root().join("tests/conformance").join(name)
    }

    fn suite_expectation(&self) -> String {
        fs::read_to_string(self.source().with_extension("out")).unwrap_or_default()
    }

    fn expected(&self) -> String {
        fs::read_to_string(self.own_expectation()).unwrap_or_else(|_| self.suite_expectation())
    }

    /// What of a run is compared: all output, but not how a crash is reported.
    fn output(&self, ran: &Ran) -> String {
        if self.exit == 0 { format!("{}{}", ran.stdout, ran.stderr) } else { ran.stdout.clone() }
    }
}

fn installed() -> bool {
    let there = Path::new(SUITE).is_dir();
    if !there {
        println!("skipped: Go's test programs are not installed (apt-get install golang-1.19-src)");
    }
    there
}

fn list() -> Vec<Program> {
    let text = fs::read_to_string(root().join("tests/conformance/list.txt")).expect("the committed list");
    let lines =
        text.lines().map(|line| line.split('#').next().unwrap_or_default()).filter(|l| !l.trim().is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next().expect("not empty").to_owned();
            let exit = words.next().map_or(0, |w| {
                w.strip_prefix("exit=").and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{name}: {w}"))
            });
            Program { name, exit }
        })
        .collect()
}

/// The list is all of `chan` with the imports we have, all of `ken` and of the root folder that import nothing.
#[test]
fn the_list_is_complete() {
    if !installed() {
        return;
    }
    let mut found = Vec::new();
    for (folder, allowed) in [("chan", &CHAN_IMPORTS[..]), ("ken", &[]), ("", &[])] {
        let mut names: Vec<String> = fs::read_dir(Path::new(SUITE).join(folder))
            .expect("a folder of the suite")
            .map(|e| e.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|e| e == "go") && is_listed(path, allowed))
            .map(|path| path.strip_prefix(SUITE).expect("below it").display().to_string())
            .collect();
        names.sort();
        let count = if folder == "chan" {
            12
        } else if folder == "ken" {
            33
        } else {
            53
        };
        assert_eq!(names.len(), count, "programs in {folder:?}");
        found.extend(names);
    }
    let listed: Vec<String> = list().into_iter().map(|p| p.name).collect();
    assert_eq!(listed, found);
}

fn is_listed(path: &Path, allowed: &[&str]) -> bool {
    let text = String::from_utf8_lossy(&fs::read(path).expect("readable")).into_owned();
    text.lines().next().is_some_and(|line| line.trim_end() == "// run")
        && imports(&text).iter().all(|i| allowed.contains(&i.as_str()))
}

/// The import paths, by the look of the lines.
fn imports(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut grouped = false;
    for line in text.lines() {
        let starts = line.starts_with("import");
        if starts || grouped {
            paths.extend(line.split('"').nth(1).map(str::to_owned));
        }
        grouped = (starts && line.contains('(') || grouped) && !line.contains(')');
    }
    paths
}

#[test]
fn programs_pass_as_recorded() {
    if !installed() {
        return;
    }
    let programs = list();
    let results = two_at_a_time(&programs, through_goxide);
    let mut groups: BTreeMap<&str, (usize, usize, String)> = BTreeMap::new();
    for (program, failure) in programs.iter().zip(&results) {
        let (passed, all, failures) = groups.entry(program.group()).or_default();
        *all += 1;
        match failure {
            None => *passed += 1,
            Some(reason) => writeln!(failures, "  {} {reason}", program.name).expect("a String takes all"),
        }
    }
    let mut snapshot =
        String::from("# Written by `cargo bless`: Go's programs that pass, and why the others don't.\n");
    for (group, (passed, all, failures)) in groups {
        write!(snapshot, "{group}: {passed} of {all}\n{failures}").expect("a String takes all");
    }
    report(
        &compare_or_update(&root().join("tests/conformance.snap"), &snapshot).into_iter().collect::<Vec<_>>(),
    );
}

/// Builds and runs a program; one word for what went wrong.
fn through_goxide(program: &Program) -> Option<&'static str> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let binary = dir.path().join("program");
    let built = run(goxide().args(["build", "-o"]).arg(&binary).arg(program.source()), "", BUILD_LIMIT);
    if built.code != Some(0) {
        return Some(match &built {
            b if b.timed_out => "compile-timeout",
            b if b.stderr.contains("not supported yet:") => "unsupported",
            b if b.stderr.contains("internal error") || b.code != Some(1) => "internal",
            _ => "rejected",
        });
    }
    judge(program, &run(Command::new(&binary).current_dir(SUITE), "", RUN_LIMIT))
}

fn judge(program: &Program, ran: &Ran) -> Option<&'static str> {
    if ran.timed_out {
        Some("timeout")
    } else if ran.code != Some(program.exit) {
        Some("exit")
    } else if program.output(ran) != program.expected() {
        Some("output")
    } else {
        None
    }
}

/// The expectations are what Go 1.27 does.
#[test]
fn expectations_are_gos() {
    let Some(go) = go().filter(|_| installed()) else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let failures = two_at_a_time(&list(), |program| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let binary = dir.path().join("program");
        let built =
            run(Command::new(&go).args(["build", "-o"]).arg(&binary).arg(program.source()), "", BUILD_LIMIT);
        if built.code != Some(0) {
            return Some(format!("{}: Go refuses it\n{}", program.name, built.stderr));
        }
        let ran = run(Command::new(&binary).current_dir(SUITE), "", RUN_LIMIT);
        if update() && program.output(&ran) != program.suite_expectation() {
            fs::write(program.own_expectation(), program.output(&ran)).expect("the repository is writable");
        }
        judge(program, &ran).map(|word| format!("{}: Go's {word} is not as listed: {ran:?}", program.name))
    });
    report(&failures.into_iter().flatten().collect::<Vec<_>>());
}
