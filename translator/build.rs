//! Packs the sources of macros, runtime and golib into the command, so that a copied `goxide` works wherever cargo does.
//!
//! Always holds: what is embedded is a workspace that builds by itself with the same dependency versions as this one
//! (the lock file goes along), `EMBEDDED_HASH` changes whenever any embedded byte does, and `LIBRARIES_HASH` whenever one
//! does that cargo compiles: the Go files are the translator's alone, a change there builds no library again.
//!
//! Rejected: packing an archive (a table of `include_bytes!` needs no code to unpack and no dependency).
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // a build script is there for its I/O

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates that translated programs need; each brings its manifest and `src`.
const CRATES: [&str; 3] = ["macros", "runtime", "runtime/golib"];

fn main() {
    let root = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("..");
    let out = PathBuf::from(env("OUT_DIR"));
    let mut files: Vec<(String, PathBuf)> = Vec::new();

    let manifest = out.join("workspace.toml");
    fs::write(&manifest, workspace_manifest(&read(&root.join("Cargo.toml")))).expect("OUT_DIR is writable");
    files.push(("Cargo.toml".into(), manifest));
    for name in ["Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(name).display());
    }
    files.push(("Cargo.lock".into(), root.join("Cargo.lock")));
    for krate in CRATES {
        let manifest = out.join(format!("{}.toml", krate.replace('/', "-")));
        fs::write(&manifest, without_tests(&read(&root.join(krate).join("Cargo.toml"))))
            .expect("OUT_DIR is writable");
        files.push((format!("{krate}/Cargo.toml"), manifest));
        println!("cargo::rerun-if-changed={}", root.join(krate).join("Cargo.toml").display());
        println!("cargo::rerun-if-changed={}", root.join(krate).join("src").display());
        collect(&root.join(krate).join("src"), &format!("{krate}/src"), &mut files);
    }
    files.sort();

    let (mut hash, mut compiled) = (Sha256::new(), Sha256::new());
    let mut table = String::from("/// Path in the workspace and contents of every embedded file.\n");
    table.push_str("pub static FILES: &[(&str, &[u8])] = &[\n");
    for (name, path) in &files {
        let content = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for hash in std::iter::once(&mut hash).chain((!name.ends_with(".go")).then_some(&mut compiled)) {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(&content);
        }
        let path = fs::canonicalize(path).expect("it was just read");
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())
            .expect("a String takes all");
    }
    writeln!(table, "];\n/// Changes whenever an embedded file does.").expect("a String takes all");
    writeln!(table, "pub const EMBEDDED_HASH: &str = {:?};", hex(hash)).expect("a String takes all");
    table.push_str("/// Changes whenever an embedded file does that cargo compiles.\n");
    writeln!(table, "pub const LIBRARIES_HASH: &str = {:?};", hex(compiled)).expect("a String takes all");

    let translator = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("src");
    println!("cargo::rerun-if-changed={}", translator.display());
    let (mut own, mut hash) = (Vec::new(), Sha256::new());
    collect(&translator, "src", &mut own);
    own.sort();
    for (_, path) in &own {
        hash.update(fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
    }
    writeln!(table, "/// Changes whenever the translator does.").expect("a String takes all");
    writeln!(table, "pub const TRANSLATOR_HASH: &str = {:?};", hex(hash)).expect("a String takes all");
    fs::write(out.join("embedded.rs"), table).expect("OUT_DIR is writable");
}

/// The first 64 bits, enough to tell versions of goxide apart.
fn hex(hash: Sha256) -> String {
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Adds the Rust and Go files below `dir`.
fn collect(dir: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display())) {
        let entry = entry.expect("a readable directory");
        let file = entry.file_name().into_string().expect("source names are ASCII");
        let (path, name) = (entry.path(), format!("{name}/{file}"));
        if path.is_dir() {
            collect(&path, &name, files);
        } else if file.ends_with(".rs") || file.ends_with(".go") {
            files.push((name, path));
        }
    }
}

/// A crate's manifest without what only its tests need: those files don't travel.
fn without_tests(manifest: &str) -> String {
    let mut kept = String::new();
    let mut skipping = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            let is = |section: &str| line.trim_start_matches('[').starts_with(section);
            skipping = ["test]", "example]", "bench]", "dev-dependencies"].into_iter().any(is);
        }
        if !skipping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Our workspace's manifest, cut down to the three crates, with a profile of its own: the libraries are always
/// optimised, and linked into programs without LTO so that one small rustc call is all a program costs.
fn workspace_manifest(ours: &str) -> String {
    let mut text = String::new();
    for line in ours.lines() {
        if line.starts_with("[profile") {
            break;
        } else if line.starts_with("members") {
            let members: Vec<String> = CRATES.iter().map(|c| format!("{c:?}")).collect();
            text.push_str(&format!("members = [{}]\n", members.join(", ")));
        } else if !line.starts_with("goxide-translator") && !line.starts_with("goxide-include") {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str("[profile.release]\nopt-level = 3\noverflow-checks = false\n\n");
    text.push_str("[profile.release.build-override]\nopt-level = 1\n");
    text
}
