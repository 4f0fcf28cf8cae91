//! What the tests share: the command `goxide`, built once; running things with a time limit; comparing texts.
//!
//! Always holds: all tests use one cache of their own below `target`, so that nothing depends on what the user's holds and
//! the libraries are built once; no child outlives its time limit.

/// The Rust in README.md compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

pub mod compilers;
pub mod golib;
pub mod goroot;
pub mod suite;

use similar::TextDiff;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// The package of examples.
pub fn examples() -> PathBuf {
    root().join("examples")
}

/// Cargo, in the package of examples.
pub fn cargo_of_examples(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(examples()).args(arguments);
    cargo
}

/// The folder `target/<profile>` that the running test was built in.
pub fn build_dir() -> PathBuf {
    let exe = std::env::current_exe().expect("a test knows its path");
    exe.ancestors().nth(2).expect("target/<profile>/deps/<test>").to_owned()
}

static GOXIDE: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = build_dir();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "goxide-translator", "--bin", "goxide", "--target-dir"]);
    cargo.arg(dir.parent().expect("target/<profile>")).current_dir(root());
    if dir.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo runs the tests, so it starts").success(), "goxide builds");
    dir.join("goxide")
});

/// The command, with the tests' own cache.
pub fn goxide() -> Command {
    let mut command = Command::new(&*GOXIDE);
    command.env("GOXIDE_CACHE", cache()).current_dir(root());
    command
}

/// The cache that all tests use.
pub fn cache() -> PathBuf {
    build_dir().join("goxide-cache")
}

/// Go 1.27 or newer, if it is there: `$GOXIDE_GO` or `go` on the PATH.
pub fn go() -> Option<PathBuf> {
    let go = std::env::var_os("GOXIDE_GO").map_or_else(|| PathBuf::from("go"), PathBuf::from);
    let out = Command::new(&go).arg("version").output().ok()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let minor: u32 = text.split("go1.").nth(1)?.split(['.', ' ']).next()?.parse().ok()?;
    (minor >= 27).then_some(go)
}

/// Should expected files be rewritten (`cargo bless`, `UPDATE=1`)?
pub fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v != "0")
}

/// What a child did.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; none for death by a signal or by the time limit.
    pub code: Option<i32>,
    /// Did it run out of time?
    pub timed_out: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// Runs `command` with `input` as standard input, at most for `limit`.
pub fn run(command: &mut Command, input: &str, limit: Duration) -> Ran {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| File::create(dir.path().join(name)).expect("a temporary file");
    command.stdin(Stdio::piped()).stdout(file("out")).stderr(file("err"));
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    // A child that doesn't read its input closes the pipe early, which is its right.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let start = Instant::now();
    let status: Option<ExitStatus> = loop {
        match child.try_wait().expect("our child") {
            Some(status) => break Some(status),
            None if start.elapsed() > limit => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let read =
        |name: &str| String::from_utf8_lossy(&fs::read(dir.path().join(name)).expect("written")).into_owned();
    Ran {
        code: status.and_then(|s| s.code()),
        timed_out: status.is_none(),
        stdout: read("out"),
        stderr: read("err"),
    }
}

/// Runs `work` on all `items`, two at a time, and returns the results in order.
pub fn two_at_a_time<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = Mutex::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let i = {
                        let mut next = next.lock().expect("no worker panics with it");
                        *next += 1;
                        *next - 1
                    };
                    let Some(item) = items.get(i) else { return };
                    *results[i].lock().expect("ours alone") = Some(work(item));
                }
            });
        }
    });
    results.into_iter().map(|r| r.into_inner().expect("workers ended").expect("all were done")).collect()
}

/// A regular expression of Go's for the crate `regex`: Go takes a brace that starts no repetition for itself.
pub fn literal_braces(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern.char_indices();
    while let Some((i, c)) = rest.next() {
        if c == '\\' {
            text.push(c);
            text.extend(rest.next().map(|(_, c)| c));
            continue;
        }
        if c == '{' && !pattern[i + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// A unified diff, empty if the texts are equal.
pub fn diff(expected: &str, found: &str) -> String {
    if expected == found {
        return String::new();
    }
    TextDiff::from_lines(expected, found).unified_diff().header("expected", "found").to_string()
}

/// A file as [`run`] gives output, what is not UTF-8 replaced; nothing if there is none.
pub fn read_output(path: &Path) -> String {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Compares `found` with the file `path`, or rewrites the file; returns the difference.
pub fn compare_or_update(path: &Path, found: &str) -> Option<String> {
    let expected = read_output(path);
    if expected == found {
        return None;
    }
    if update() {
        fs::write(path, found).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        return None;
    }
    Some(format!("{}\n{}", path.display(), diff(&expected, found)))
}

/// The folders in `dir`, by name.
pub fn folders(dir: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// Fails the test with all failures, if there are any.
pub fn report(failures: &[String]) {
    assert!(failures.is_empty(), "\n{}\n{} failed\n", failures.join("\n"), failures.len());
}
