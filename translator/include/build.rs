//! Packs golib's Go files, so that the macro knows what Go's standard packages declare.
//!
//! Rejected: reading them when the macro runs (a crate's sources may be gone by then).
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // a build script is there for its I/O

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let golib = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("../../runtime/golib/src");
    println!("cargo::rerun-if-changed={}", golib.display());
    let mut files = Vec::new();
    collect(&golib, "runtime/golib/src", &mut files);
    files.sort();
    let mut table =
        String::from("/// Names and contents of golib's Go files; of its Rust only that it exists.\n");
    table.push_str("pub static FILES: &[(&str, &[u8])] = &[\n");
    for (name, path) in &files {
        let path = fs::canonicalize(path).expect("it was just found");
        match name.ends_with(".go") {
            true => writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.display().to_string()),
            false => writeln!(table, "    ({name:?}, &[]),"),
        }
        .expect("a String takes all");
    }
    table.push_str("];\n");
    fs::write(PathBuf::from(env("OUT_DIR")).join("embedded.rs"), table).expect("OUT_DIR is writable");
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

/// Adds the Go files below `dir`, and the Rust files that tell which packages are implemented in Rust.
fn collect(dir: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display())) {
        let entry = entry.expect("a readable directory");
        let file = entry.file_name().into_string().expect("source names are ASCII");
        let (path, name) = (entry.path(), format!("{name}/{file}"));
        if path.is_dir() {
            collect(&path, &name, files);
        } else if file == "mod.rs" || file.ends_with(".go") {
            files.push((name, path));
        }
    }
}
