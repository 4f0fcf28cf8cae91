//! The programs that take part: building what is there, and saying what isn't.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use goxide_benches::{process, tools};

use crate::rows::Who;

/// Fat LTO of tokio on a busy machine.
const BUILD: Duration = Duration::from_secs(1800);

pub struct Player {
    pub who: Who,
    pub program: PathBuf,
}

/// Builds the programs of those asked for. Ours must be there; a peer that isn't is told of and left out.
pub fn build(asked: &[Who]) -> Result<Vec<Player>, String> {
    let ours = tools::target().join("release/goxide-bench");
    let mut cargo = tools::cargo();
    cargo.args(["build", "--release", "--quiet", "--package", "goxide-benches", "--bin", "goxide-bench"]);
    cargo.arg("--target-dir").arg(tools::target()).current_dir(tools::home());
    step("goxide-bench", &mut cargo)?;
    let rust = [Who::Tokio, Who::May, Who::Threads];
    let has_rust = rust.iter().any(|who| asked.contains(who)) && present("Rust", build_rust());
    let has_go = asked.contains(&Who::Go) && present("Go", build_go());
    let found = asked.iter().filter_map(|&who| {
        let program = match who {
            Who::Goxide => ours.clone(),
            Who::Go if has_go => go_program(),
            Who::Tokio | Who::May | Who::Threads if has_rust => peers().join("release").join(who.name()),
            _ => return None,
        };
        Some(Player { who, program })
    });
    Ok(found.collect())
}

fn present(what: &str, built: Result<(), String>) -> bool {
    if let Err(problem) = &built {
        eprintln!("without the peers in {what}: {problem}");
    }
    built.is_ok()
}

fn peers() -> PathBuf {
    tools::target().join("peers")
}

fn go_program() -> PathBuf {
    // With a path, however the target folder was given: Go is run in its own folder.
    std::path::absolute(peers().join("go-peers")).unwrap_or_else(|_| peers().join("go-peers"))
}

fn build_rust() -> Result<(), String> {
    let mut cargo = tools::cargo();
    cargo.args(["build", "--release", "--quiet", "--locked", "--manifest-path"]);
    cargo.arg(tools::home().join("peers/rust/Cargo.toml")).arg("--target-dir").arg(peers());
    step("the peers in Rust", &mut cargo)
}

fn build_go() -> Result<(), String> {
    let (go, _) = tools::go().ok_or("no Go found; GOXIDE_GO can name it")?;
    let mut build = Command::new(go);
    build.args(["build", "-o"]).arg(go_program()).arg(".").current_dir(tools::home().join("peers/go"));
    step("the peers in Go", &mut build)
}

fn step(what: &str, command: &mut Command) -> Result<(), String> {
    eprintln!("building {what}");
    process::run(command, BUILD).map(drop).map_err(|failure| failure.reason)
}

/// The versions in the peers' lock file of the crates that are measured.
pub fn versions() -> String {
    let lock = std::fs::read_to_string(tools::home().join("peers/rust/Cargo.lock")).unwrap_or_default();
    let all = ["tokio", "may", "crossbeam-channel", "flume", "kanal"].iter();
    let found = all.filter_map(|name| Some(format!("{name} {}", locked(&lock, name)?)));
    found.collect::<Vec<_>>().join(", ")
}

fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let package = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?.1;
    package.split('"').next()
}

/// The version of a checkout, and whether it has changes: only of `git`, if there is one.
pub fn commit(home: &Path) -> Option<String> {
    let git = |args: &[&str]| tools::output(Command::new("git").args(args).current_dir(home));
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--", "..", ":!RESULTS.md"])?;
    Some(format!("{}{}", commit.trim(), if changed.is_empty() { "" } else { " with changes" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_from_the_lock_file() {
        let lock = "[[package]]\nname = \"tokio-macros\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"tokio\"\nversion = \"1.54.1\"\nsource = \"\"\n";
        assert_eq!(locked(lock, "tokio"), Some("1.54.1"));
        assert_eq!(locked(lock, "may"), None);
        assert!(versions().starts_with("tokio 1."), "{}", versions());
    }
}
