//! `goxide lint` on the programs of `lint/src/bin`: each offence is marked in its line, `//~ rule`, and what is not marked is none.
//!
//! The programs are compiled once, into a folder beside the other builds; what a run costs after that is reading the IR.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use goxide_tests::{build_dir, goxide, report, root};

fn cases() -> PathBuf {
    root().join("tests/lint")
}

fn lint(arguments: &[&str]) -> Output {
    lint_at(&cases(), arguments)
}

fn lint_at(path: &Path, arguments: &[&str]) -> Output {
    let mut command = goxide();
    command.arg("lint").arg(path).args(arguments).arg("--target-dir").arg(build_dir().join("lint-cases"));
    command.output().expect("goxide starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The value of a field in a line of JSON that has no such field deeper down before it.
fn field<'t>(line: &'t str, name: &str) -> &'t str {
    let start = line.find(&format!("\"{name}\":")).map_or(line.len(), |at| at + name.len() + 3);
    let rest = &line[start..];
    match rest.strip_prefix('"') {
        Some(text) => text.split('"').next().unwrap_or_default(),
        None => rest.split([',', '}']).next().unwrap_or_default(),
    }
}

/// `file:line: rule` for every mark in the programs.
fn marked() -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    let folder = cases().join("src/bin");
    for entry in std::fs::read_dir(&folder).expect("the programs") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        for (i, line) in std::fs::read_to_string(&path).expect("UTF-8").lines().enumerate() {
            marks.extend(line.split("//~ ").skip(1).map(|rule| format!("{name}:{}: {}", i + 1, rule.trim())));
        }
    }
    assert!(marks.len() > 15, "the marks were found");
    marks
}

#[test]
fn every_offence_and_nothing_else() {
    let out = lint(&["--json"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let (mut found, mut allowed, mut unused) = (BTreeSet::new(), Vec::new(), Vec::new());
    for line in text(&out.stdout).lines() {
        match field(line, "kind") {
            "finding" if line.contains("\"allowed\":{") => {
                let given = &line[line.find("\"allowed\":").expect("just seen")..];
                allowed.push(format!("{}: {}", field(line, "rule"), field(given, "reason")));
            }
            "finding" => {
                let place = &line[line.rfind("\"place\":").expect("every finding has a place")..];
                let file = field(place, "file").rsplit('/').next().unwrap_or_default();
                found.insert(format!("{file}:{}: {}", field(place, "line"), field(line, "rule")));
            }
            "unused-allow" => unused.push(field(line, "function").to_owned()),
            other => assert_eq!(other, "summary"),
        }
    }
    let marked = marked();
    let missing = marked.difference(&found).map(|mark| format!("{mark}: not reported"));
    let surplus = found.difference(&marked).map(|mark| format!("{mark}: reported, not marked"));
    report(&missing.chain(surplus).collect::<Vec<_>>());
    allowed.sort();
    let reasons = [
        "thread-identity: for people who read logs",
        "thread-identity: main is looked at, too",
        "thread-identity: starts a goroutine that may ask",
        "thread-local: a count for each thread is what is wanted",
    ];
    assert_eq!(allowed, reasons);
    assert_eq!(unused, ["allowed::harmless"]);
}

#[test]
fn what_people_read() {
    let out = lint(&["--bin", "alias", "--bin", "scoped"]);
    assert_eq!(out.status.code(), Some(1));
    let shown = text(&out.stdout);
    let expected = "\
error[thread-identity]: a goroutine reaches `std::thread::current`, which is about the operating system thread, which many goroutines share
  --> src/bin/alias.rs:6:21
  |
6 |     format!(\"{:?}\", operating::current().id()) //~ thread-identity
  |                     ^^^^^^^^^^^^^^^^^^
  = goroutine: alias::main::{closure#0} at src/bin/alias.rs:10
  = path:
      alias::main::{closure#0} calls at src/bin/alias.rs:10:30
      alias::who calls at src/bin/alias.rs:6:21
      std::thread::current
  = help: pass what the goroutine must know as an argument, or send it over a channel
";
    assert!(shown.contains(expected), "{shown}");
    // into the dependency and on to where it waits
    for part in [
        "uses the thread_local! `scoped::KEY`, which",
        "scoped_tls::ScopedKey::set calls at scoped-tls-1.0.1/src/lib.rs:",
        "goxide::yield_now",
        "goxide::no_park",
    ] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
    assert!(shown.ends_with("goxide lint: 3 findings in 2 goroutine bodies\n"), "{shown}");
}

/// What a report says to write instead is there.
#[test]
fn remedies_exist() {
    let out = text(&lint(&["--json"]).stdout);
    let public = std::fs::read_to_string(root().join("tests/public-api.snap")).expect("the public interface");
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let helps = out.lines().map(|line| field(line, "help"));
    let named: BTreeSet<&str> = helps
        .flat_map(|help| help.split(|c| !is_path(c)))
        .filter(|word| word.starts_with("goxide::"))
        .collect();
    assert!(named.len() > 5, "{named:?}");
    let is_public = |path: &str| {
        let name = path.rsplit("::").next().unwrap_or_default();
        public.lines().any(|line| {
            let item = line.strip_prefix("pub ").and_then(|item| item.split_once(' '));
            let path = item.map(|(_, rest)| rest.split(|c| !is_path(c)).next().unwrap_or_default());
            path.is_some_and(|path| path.rsplit("::").next() == Some(name))
        })
    };
    report(&named.into_iter().filter(|path| !is_public(path)).map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn exit_status() {
    let clean = lint(&["--bin", "clean"]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stdout));
    assert_eq!(text(&clean.stdout), "goxide lint: 0 findings in 1 goroutine body\n");
    for (arguments, says) in
        [(&["--bin", "nobody"][..], "no bin target named"), (&["--nonsense"], "unexpected argument")]
    {
        let out = lint(arguments);
        assert_eq!(out.status.code(), Some(2));
        assert!(text(&out.stderr).contains(says) && out.stdout.is_empty(), "{}", text(&out.stderr));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = lint_at(folder.path(), &[]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).starts_with("goxide: no Cargo.toml at "), "{}", text(&out.stderr));
    let broken = "[package]\nname = \"broken\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(folder.path().join("Cargo.toml"), broken).expect("written");
    std::fs::create_dir(folder.path().join("src")).expect("made");
    std::fs::write(folder.path().join("src/lib.rs"), "pub fn f() -> u8 { \"no\" }\n").expect("written");
    let out = lint_at(folder.path(), &[]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("mismatched types"), "{}", text(&out.stderr));
}

/// What the guide has users copy into their clippy.toml says what it should, and names things that exist.
#[test]
fn the_fragment_for_clippy() {
    let cargo = || Command::new(env!("CARGO"));
    if !cargo().args(["clippy", "--version"]).output().is_ok_and(|out| out.status.success()) {
        println!("clippy is not installed: skipped");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    let fragment = std::fs::read_to_string(root().join("runtime/guide/clippy.toml")).expect("the fragment");
    std::fs::create_dir(folder.path().join("src")).expect("made");
    write("clippy.toml", &fragment);
    write("Cargo.toml", "[package]\nname = \"fragment\"\nedition = \"2024\"\n[workspace]\n");
    let code = "\
use std::thread as operating;
thread_local!(static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) });
pub fn asks() -> bool { operating::current().name().is_some() }
pub fn sleeps() { operating::sleep(std::time::Duration::ZERO) }
pub fn counts() -> u32 { COUNT.with(|count| count.get()) }
#[allow(clippy::disallowed_methods)]
pub fn may() -> bool { std::thread::current().name().is_some() }
pub fn current() -> u32 { 1 }
pub fn harmless() -> u32 { current() + std::thread::available_parallelism().map_or(1, |n| n.get() as u32) }
";
    write("src/lib.rs", code);
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--message-format=short"]).current_dir(folder.path());
    let said = text(&clippy.output().expect("cargo starts").stderr);
    let mut lines: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("src/lib.rs:")?.split(':').next()).collect();
    lines.dedup();
    assert_eq!(lines, ["2", "3", "4", "5"], "{said}");
    assert!(!said.contains("clippy.toml"), "{said}");
}
