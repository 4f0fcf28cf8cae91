//! `goxide translate`: the Rust on standard output, or a Cargo package that builds by itself.
//!
//! ```text
//! DIR/Cargo.toml          ours alone: [workspace] with the copies excluded, overflow checks off
//! DIR/Cargo.lock          the dependency versions that goxide itself was built with
//! DIR/src/..              the translated files
//! DIR/goxide/..           copies of macros, runtime and golib, used as path dependencies
//! ```
//! Always holds: a folder that has anything else in it is refused, and nothing is written before all of it is known.
//!
//! Rejected: a dependency by version (goxide is not published; copies also keep the output buildable for good).

use super::compile::write_files;
use super::embed;
use super::failure::{Failure, Outcome, io, reason};
use goxide_translator::{OutFile, Output};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The first line of our manifests: what tells our own output from a user's package.
const MARK: &str = "# Written by goxide translate; run it again to refresh src and goxide.";

/// Prints the Rust; several files are told apart by a comment with their names.
pub fn to_stdout(output: &Output) -> Outcome<()> {
    let mut text = String::new();
    for file in &output.files {
        if output.files.len() > 1 {
            text.push_str(&format!("// ---- {} ----\n", file.path));
        }
        text.push_str(&file.text);
    }
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|e| Failure::new(format!("cannot write to standard output: {}", reason(&e))))
}

/// Writes the package.
pub fn package(dir: &Path, output: &Output, name: &str) -> Outcome<()> {
    match output.package.as_deref() {
        Some("main") => {}
        Some(name) => {
            return Err(Failure::new(format!(
                "cannot write a program: package {name} is not a main package"
            )));
        }
        None => return Err(Failure::new("a snippet becomes no package: leave out -o")),
    }
    check_folder(dir)?;
    fs::create_dir_all(dir).map_err(|e| io("cannot create", dir, &e))?;
    for ours in ["src", "goxide"] {
        let path = dir.join(ours);
        if path.exists() {
            fs::remove_dir_all(&path).map_err(|e| io("cannot replace", &path, &e))?;
        }
    }
    embed::extract(&dir.join("goxide"))?;
    // The copies' lock file serves the whole package: cargo adds the package itself and leaves out what it doesn't need.
    let (lock, copy) = (dir.join("goxide/Cargo.lock"), dir.join("Cargo.lock"));
    fs::rename(&lock, &copy).map_err(|e| io("cannot write", &copy, &e))?;
    write_files(dir, &[OutFile { path: "Cargo.toml".into(), text: manifest(&package_name(name)) }])?;
    write_files(dir, &output.files)
}

/// An empty folder, our own output, or none yet: everything else is refused.
fn check_folder(dir: &Path) -> Outcome<()> {
    if dir.exists() && !dir.is_dir() {
        return Err(Failure::new(format!("cannot write to {}: not a directory", dir.display())));
    }
    let ours = fs::read_to_string(dir.join("Cargo.toml")).is_ok_and(|text| text.starts_with(MARK));
    let empty = fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    if ours || empty {
        return Ok(());
    }
    Err(Failure::new(format!("{} is not empty and not written by goxide translate", dir.display())))
}

fn manifest(name: &str) -> String {
    format!(
        "{MARK}
[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2021\"
publish = false

[dependencies]
goxide = {{ path = \"goxide/runtime\" }}
goxide-golib = {{ path = \"goxide/runtime/golib\" }}

# Go's integers wrap.
[profile.dev]
opt-level = 1
overflow-checks = false

[profile.release]
overflow-checks = false

[workspace]
exclude = [\"goxide\"]
"
    )
}

/// `name` as Cargo accepts it.
fn package_name(name: &str) -> String {
    let clean: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let clean = clean.trim_matches('-');
    if clean.starts_with(|c: char| c.is_ascii_alphabetic()) {
        clean.to_owned()
    } else {
        format!("go-{clean}")
    }
}
