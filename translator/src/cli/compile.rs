//! From translated files to a program: one call of rustc against the libraries of the cache.
//!
//! Always holds: a finished program appears in the cache whole or not at all; the same sources, flags and goxide give
//! the same hash and are not compiled twice.
//!
//! Rejected: `cargo build` per program (0.2-0.4 s of bookkeeping before rustc starts).

use super::cache::Cache;
use super::embed::{EMBEDDED_HASH, TRANSLATOR_HASH};
use super::failure::{Failure, Outcome, io, reason};
use goxide_translator::package::GOLIB_PREFIX;
use goxide_translator::{Marks, OutFile, POSITIONS, SourceText, Sources};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The name of a finished program in its folder of the cache.
const PROGRAM: &str = "program";

/// What the sources and flags hash to: the name of the finished program. `imported` are the packages that don't travel in
/// the command.
pub fn program_hash(sources: &Sources, imported: &[SourceText], release: bool) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(EMBEDDED_HASH);
    hash.update(TRANSLATOR_HASH);
    hash.update([u8::from(release)]);
    // the program knows where its files are
    let is_asked =
        |text: &[u8]| [&b"\"runtime"[..], b"\"log\""].iter().any(|w| text.windows(w.len()).any(|t| t == *w));
    let traced = sources.marks == Marks::Always;
    hash.update([u8::from(traced)]);
    if traced || sources.files.iter().chain(imported).any(|file| is_asked(&file.text)) {
        let paths = sources.files.iter().filter_map(|file| std::path::absolute(&file.name).ok());
        paths.for_each(|path| hash.update(path.as_os_str().as_encoded_bytes()));
    }
    for (file, own) in sources.files.iter().map(|f| (f, true)).chain(imported.iter().map(|f| (f, false))) {
        // where the main package lies doesn't matter, where others do decides what imports mean
        let name = if own { file.name.rsplit('/').next().unwrap_or_default() } else { &file.name };
        for part in [name.as_bytes(), &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// The finished program, if it was compiled before.
pub fn find(cache: &Cache, hash: &str) -> Option<PathBuf> {
    Some(cache.program(hash).join(PROGRAM)).filter(|path| path.is_file())
}

/// Compiles `files` and returns the finished program's path.
pub fn compile(cache: &Cache, hash: &str, files: &[OutFile], release: bool) -> Outcome<PathBuf> {
    let libraries = cache.libraries()?;
    let scratch = cache.scratch()?;
    write_files(scratch.path(), &located(files))?;
    let finished = scratch.path().join("finished");
    fs::create_dir(&finished).map_err(|e| io("cannot create", &finished, &e))?;

    let mut rustc = Command::new(&libraries.rustc);
    rustc.current_dir(scratch.path()).stdin(Stdio::null());
    rustc.args(["--edition", "2021", "--crate-name", "program", "--crate-type", "bin", "--color", "never"]);
    rustc.args(["-C", if release { "opt-level=3" } else { "opt-level=1" }]);
    rustc.args(["-C", "overflow-checks=off", "-C", "debug-assertions=off", "-C", "panic=unwind"]);
    rustc.args(["-C", "force-frame-pointers=yes", "--cap-lints", "allow"]);
    if files.iter().any(|file| file.path == POSITIONS) {
        rustc.args(["-C", "debuginfo=line-tables-only", "-C", "strip=none"]);
        // these symbols tell which function a function value is
        rustc.args(["-C", "symbol-mangling-version=v0"]);
    } else {
        rustc.args(["-C", "debuginfo=0", "-C", "strip=debuginfo"]);
    }
    if release {
        rustc.args(["-C", "codegen-units=1"]);
    }
    // the traces of finished programs find their files by it (golib's trace/positions.rs)
    rustc.arg(format!("--remap-path-prefix={}=/goxide-program", scratch.path().display()));
    rustc.arg("-L").arg(format!("dependency={}", libraries.dir.display()));
    for (name, file) in &libraries.externs {
        rustc.arg("--extern").arg(format!("{name}={}", file.display()));
    }
    // all of the program is translated Go: its goroutines may move (golib's program.rs)
    rustc.env("GOXIDE_MOVABLE", "yes");
    rustc.arg("-o").arg(finished.join(PROGRAM)).arg("src/main.rs");
    let out = rustc.output().map_err(|e| Failure::new(format!("cannot start rustc: {}", reason(&e))))?;
    if !out.status.success() {
        return Err(explain(&String::from_utf8_lossy(&out.stderr)));
    }
    cache.store_program(hash, &finished)?;
    find(cache, hash).ok_or_else(|| Failure::new("the program vanished from the cache"))
}

/// The files with whole names in the table of positions, as Go says them when it runs.
fn located(files: &[OutFile]) -> Vec<OutFile> {
    let whole = |line: &str| match line.strip_prefix("G ").and_then(|rest| rest.split_once(' ')) {
        Some((number, name)) if !name.starts_with(GOLIB_PREFIX) => {
            let name = std::path::absolute(name).unwrap_or_else(|_| name.into());
            format!("G {number} {}\n", name.display())
        }
        _ => format!("{line}\n"),
    };
    let located = |file: &OutFile| match file.path == POSITIONS {
        true => OutFile { text: file.text.lines().map(whole).collect(), ..file.clone() },
        false => file.clone(),
    };
    files.iter().map(located).collect()
}

/// rustc refused: the user's machine lacks a linker, or goxide wrote wrong Rust.
fn explain(complaint: &str) -> Failure {
    if let Some(line) = complaint.lines().find(|l| l.starts_with("error: linker") && l.ends_with("not found"))
    {
        return Failure::new(format!("{} (install a C compiler)", line.trim_start_matches("error: ")));
    }
    Failure::new(format!(
        "internal error: rustc refuses the Rust that goxide wrote; please report it with the Go source\n{complaint}"
    ))
}

/// Writes files below `dir`.
pub fn write_files(dir: &Path, files: &[OutFile]) -> Outcome<()> {
    for file in files {
        let path = dir.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| io("cannot create", parent, &e))?;
        }
        fs::write(&path, &file.text).map_err(|e| io("cannot write", &path, &e))?;
    }
    Ok(())
}
