//! The cache: golib and the runtime built once, and the programs built before.
//!
//! ```text
//! $GOXIDE_CACHE | $XDG_CACHE_HOME/goxide | ~/.cache/goxide
//!   target/            cargo's own, shared, so that a new goxide rebuilds only what changed
//!   libraries/<key>/workspace/   the embedded sources, written out
//!   libraries/<key>/lib/         the libraries that programs link (hard links into target)
//!   libraries/<key>/libraries    what `lib` holds and which rustc made it; written last, so its presence means "complete"
//!   programs/<hash>/   finished programs
//!   tmp/               work in progress; moved into place by one rename
//! ```
//! Always holds: whatever moment a run is ended at (Ctrl-C, power), the next one finds either a complete entry or none.
//! One process at a time builds libraries (a lock file the system releases at death); programs need no lock, because
//! the last rename wins and both are the same.
//!
//! Rejected: asking `rustc -vV` on every run (30-150 ms through rustup). The rustc that made the libraries is called by
//! its own path for as long as that file is unchanged; when it changes, the libraries are built again.

use super::embed;
use super::failure::{Failure, Outcome, io, reason};
use super::progress::Progress;
use serde_json::Value;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// Library entries and programs kept; older ones are removed when a new one is made.
const KEEP_LIBRARIES: usize = 3;
const KEEP_PROGRAMS: usize = 400;
/// Work in progress older than this was left by a run that died.
const STALE: Duration = Duration::from_secs(3600);

/// The cache folder.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
}

/// What rustc needs to link a program.
#[derive(Debug)]
pub struct Libraries {
    /// The rustc that made them.
    pub rustc: PathBuf,
    /// The folder that holds them all.
    pub dir: PathBuf,
    /// Crate name and file of the crates that programs name.
    pub externs: Vec<(String, PathBuf)>,
}

impl Cache {
    /// Finds the folder and creates it.
    pub fn open() -> Outcome<Cache> {
        let set = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let root = set("GOXIDE_CACHE")
            .or_else(|| set("XDG_CACHE_HOME").map(|d| d.join("goxide")))
            .or_else(|| set("HOME").map(|d| d.join(".cache/goxide")))
            .ok_or_else(|| Failure::new("no cache folder: set GOXIDE_CACHE, XDG_CACHE_HOME or HOME"))?;
        let root = std::path::absolute(&root).map_err(|e| io("cannot use the cache folder", &root, &e))?;
        fs::create_dir_all(root.join("tmp")).map_err(|e| io("cannot create the cache folder", &root, &e))?;
        Ok(Cache { root })
    }

    /// A fresh folder for work in progress, removed when dropped.
    pub fn scratch(&self) -> Outcome<Scratch> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        let dir = self.root.join("tmp").join(format!("{}-{now}", std::process::id()));
        fs::create_dir_all(&dir).map_err(|e| io("cannot create", &dir, &e))?;
        Ok(Scratch(dir))
    }

    /// Where the finished program with this hash lies.
    pub fn program(&self, hash: &str) -> PathBuf {
        self.root.join("programs").join(hash)
    }

    /// Moves a finished folder of `scratch` to where [`Cache::program`] says.
    pub fn store_program(&self, hash: &str, from: &Path) -> Outcome<()> {
        let to = self.program(hash);
        let programs = self.root.join("programs");
        fs::create_dir_all(&programs).map_err(|e| io("cannot create", &programs, &e))?;
        if fs::rename(from, &to).is_err() && !to.is_dir() {
            return Err(Failure::new(format!("cannot write to the cache folder {}", self.root.display())));
        }
        keep_newest(&programs, KEEP_PROGRAMS);
        Ok(())
    }

    /// The libraries that programs link, built now if they aren't there.
    pub fn libraries(&self) -> Outcome<Libraries> {
        let mut key = format!("{}-{}", env!("CARGO_PKG_VERSION"), embed::LIBRARIES_HASH);
        if let Ok(toolchain) = env::var("RUSTUP_TOOLCHAIN") {
            key.push('-');
            key.extend(
                toolchain.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }),
            );
        }
        let dir = self.root.join("libraries").join(key);
        if let Some(libraries) = Libraries::read(&dir) {
            return Ok(libraries);
        }
        fs::create_dir_all(&dir).map_err(|e| io("cannot create", &dir, &e))?;
        let _lock = self.lock()?;
        if let Some(libraries) = Libraries::read(&dir) {
            return Ok(libraries);
        }
        self.remove_stale();
        build_libraries(&dir, &self.root.join("target"))?;
        if keep_newest(&self.root.join("libraries"), KEEP_LIBRARIES) {
            let _ = fs::remove_dir_all(self.root.join("target"));
        }
        Libraries::read(&dir)
            .ok_or_else(|| Failure::new("the libraries vanished from the cache while in use"))
    }

    /// Waits until no other goxide builds libraries.
    fn lock(&self) -> Outcome<File> {
        let path = self.root.join("lock");
        let file = File::create(&path).map_err(|e| io("cannot write", &path, &e))?;
        if file.try_lock().is_err() {
            eprintln!("goxide: waiting for another goxide that builds the runtime");
            file.lock().map_err(|e| io("cannot lock", &path, &e))?;
        }
        Ok(file)
    }

    fn remove_stale(&self) {
        for path in entries(&self.root.join("tmp")) {
            if age(&path).is_some_and(|age| age > STALE) {
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

/// A folder that goes when its owner does.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Libraries {
    /// Reads `dir/libraries`: the rustc with its fingerprint, then one crate a line. None if anything has changed.
    fn read(dir: &Path) -> Option<Libraries> {
        let text = fs::read_to_string(dir.join("libraries")).ok()?;
        let mut lines = text.lines();
        let (print, rustc) = lines.next()?.split_once(' ')?;
        if fingerprint(Path::new(rustc)).as_deref() != Some(print) {
            return None;
        }
        let lib = dir.join("lib");
        let externs: Vec<(String, PathBuf)> = lines
            .filter_map(|l| l.split_once(' '))
            .map(|(name, file)| (name.to_owned(), lib.join(file)))
            .collect();
        externs.iter().all(|(_, file)| file.is_file()).then(|| Libraries {
            rustc: rustc.into(),
            dir: lib,
            externs,
        })
    }
}

/// Size and time of a file, which change when it is replaced.
fn fingerprint(path: &Path) -> Option<String> {
    let meta = fs::metadata(path).ok()?;
    let time = meta.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{}.{}", meta.len(), time.as_nanos()))
}

/// Writes the workspace out, builds it with cargo and records the result.
fn build_libraries(dir: &Path, target: &Path) -> Outcome<()> {
    let (workspace, lib) = (dir.join("workspace"), dir.join("lib"));
    for stale in [&workspace, &lib] {
        let _ = fs::remove_dir_all(stale);
    }
    fs::create_dir_all(&lib).map_err(|e| io("cannot create", &lib, &e))?;
    embed::extract(&workspace)?;
    let rustc = find_rustc(&workspace)?;
    let print =
        fingerprint(&rustc).ok_or_else(|| Failure::new(format!("cannot read {}", rustc.display())))?;
    let mut record = format!("{print} {}\n", rustc.display());
    for (krate, file) in cargo_build(&workspace, target)? {
        let Some(name) = file.file_name() else { continue };
        let to = lib.join(name);
        if fs::hard_link(&file, &to).is_err() {
            fs::copy(&file, &to).map_err(|e| io("cannot write", &to, &e))?;
        }
        if ["goxide", "goxide_golib"].contains(&krate.as_str()) {
            record.push_str(&format!("{krate} {}\n", name.to_string_lossy()));
        }
    }
    let temporary = dir.join("libraries.new");
    fs::write(&temporary, record).map_err(|e| io("cannot write", &temporary, &e))?;
    fs::rename(&temporary, dir.join("libraries")).map_err(|e| io("cannot write", dir, &e))
}

/// The compiler itself rather than rustup's proxy, which costs 30-150 ms a call.
fn find_rustc(workspace: &Path) -> Outcome<PathBuf> {
    let out =
        tool("rustc", workspace).args(["--print", "sysroot"]).output().map_err(|e| missing("rustc", &e))?;
    if !out.status.success() {
        return Err(Failure::new(format!(
            "rustc does not work: {}",
            String::from_utf8_lossy(&out.stderr).trim()
        )));
    }
    Ok(Path::new(String::from_utf8_lossy(&out.stdout).trim()).join("bin/rustc"))
}

/// A Rust tool called in the workspace, without what the user's environment would change about the libraries.
fn tool(name: &str, workspace: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace).stdin(Stdio::null());
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"] {
        command.env_remove(variable);
    }
    command
}

fn missing(name: &str, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        Failure::new(format!(
            "{name} not found on the PATH: goxide needs Rust's cargo and rustc (see https://rustup.rs)"
        ))
    } else {
        Failure::new(format!("cannot start {name}: {}", reason(error)))
    }
}

/// Builds golib with all it needs; returns crate name and file of every library.
fn cargo_build(workspace: &Path, target: &Path) -> Outcome<Vec<(String, PathBuf)>> {
    let mut child = tool("cargo", workspace)
        .args(["build", "--release", "--package", "goxide-golib", "--package", "goxide", "--target-dir"])
        .arg(target)
        // traces walk the chain of frames
        .env("RUSTFLAGS", "-C force-frame-pointers=yes")
        .args(["--message-format", "json-render-diagnostics", "--color", "never"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| missing("cargo", &e))?;
    let progress = Progress::start("building goxide's runtime and library, once (about a minute)");
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let complaints = std::thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut stderr) = stderr {
            // What cargo says matters only if it fails, and invalid UTF-8 there costs us no more than the text.
            let _ = stderr.read_to_string(&mut text);
        }
        text
    });
    let mut files = Vec::new();
    for line in stdout.into_iter().flat_map(|s| BufReader::new(s).lines()).map_while(Result::ok) {
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        if message["reason"] == "compiler-artifact" {
            let name = message["target"]["name"].as_str().unwrap_or_default();
            progress.step(name);
            let names = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let libraries =
                names.filter(|f| [".rlib", ".so", ".dylib", ".dll"].iter().any(|end| f.ends_with(end)));
            files.extend(libraries.map(|f| (name.replace('-', "_"), PathBuf::from(f))));
        }
    }
    let status = child.wait().map_err(|e| Failure::new(format!("cargo: {}", reason(&e))))?;
    progress.finish();
    let complaints = complaints.join().unwrap_or_default();
    if status.success() {
        return Ok(files);
    }
    let all: String = complaints
        .lines()
        .filter(|l| !l.trim_start().starts_with("Compiling"))
        .map(|l| format!("\n{l}"))
        .collect();
    Err(Failure::new(format!("cargo could not build goxide's runtime and library:{all}")))
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok).map(|e| e.path()).collect()
}

fn age(path: &Path) -> Option<Duration> {
    fs::metadata(path).ok()?.modified().ok()?.elapsed().ok()
}

/// Removes all but the newest entries; says whether any had to go.
fn keep_newest(dir: &Path, keep: usize) -> bool {
    let mut all = entries(dir);
    if all.len() <= keep {
        return false;
    }
    // Each age is asked once: time goes on meanwhile, and an order that changes is none.
    all.sort_by_cached_key(|path| age(path).unwrap_or(Duration::MAX));
    for path in &all[keep..] {
        let _ = fs::remove_dir_all(path);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_one_age_are_put_in_some_order() {
        let dir = env::temp_dir().join(format!("goxide-keep-newest-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder");
        // Their ages differ only by when each is asked.
        let made = SystemTime::now();
        for name in 0..400 {
            let entry = dir.join(name.to_string());
            fs::create_dir(&entry).expect("a folder");
            fs::File::open(&entry).and_then(|file| file.set_modified(made)).expect("its time set");
        }
        assert!(keep_newest(&dir, 300));
        assert_eq!(entries(&dir).len(), 300);
        assert!(!keep_newest(&dir, 300));
        fs::remove_dir_all(&dir).expect("removed");
    }
}
