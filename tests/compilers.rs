//! Go's compiler and goxide's checker, as the tests of errors ask them about one file.
//!
//! Always holds: goxide runs in this process, and no panic of its ends the test.

use crate::build_dir;
use goxide_translator::diag::render::render;
use goxide_translator::package::Importer;
use goxide_translator::{SourceText, Sources, translate};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// What the programs may import.
pub const IMPORTS: [&str; 11] =
    ["fmt", "strings", "strconv", "os", "errors", "sort", "math", "sync", "time", "io", "unsafe"];

/// Go's compiler with the packages of [`IMPORTS`].
pub struct GoCompiler {
    go: PathBuf,
    import_config: PathBuf,
}

impl GoCompiler {
    /// Compiles the packages, unless that was done before.
    pub fn new(go: PathBuf) -> GoCompiler {
        let import_config = build_dir().join("errorcheck/importcfg");
        if !import_config.exists() {
            let out = Command::new(&go)
                .args(["list", "-export", "-deps", "-f"])
                .arg("{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}")
                .args(&IMPORTS[..10])
                .output()
                .expect("Go runs");
            assert!(out.status.success(), "go list: {}", String::from_utf8_lossy(&out.stderr));
            save(&import_config, &String::from_utf8_lossy(&out.stdout));
        }
        GoCompiler { go, import_config }
    }

    /// What it prints about the file `name` of `dir`.
    pub fn output(&self, dir: &Path, name: &str) -> String {
        // no /dev/null: Go removes its output file after an error
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let out = Command::new(&self.go)
            .args(["tool", "compile", "-e", "-complete", "-p", "main", "-o"])
            .arg(temporary.path().join("object"))
            .arg("-importcfg")
            .arg(&self.import_config)
            .arg(name)
            .current_dir(dir)
            .output()
            .expect("Go runs");
        format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
    }
}

/// Writes a file and the folders it lies in.
pub fn save(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("in a folder")).expect("target is writable");
    fs::write(path, text).expect("target is writable");
}

/// What stands for output where the checker panicked.
pub const PANIC: &str = "panic";

/// What `goxide check -e` prints about the file `name` of `dir`.
pub fn our_output(dir: &Path, name: &str, library: &dyn Importer) -> String {
    let text = fs::read(dir.join(name)).expect("readable");
    let file = SourceText { name: name.to_owned(), text };
    let sources = Sources { files: vec![file], check_only: true, ..Sources::default() };
    thread::scope(|scope| {
        let check = || {
            let check = AssertUnwindSafe(|| {
                let out = translate(&sources, library);
                render(&out.map, &out.diagnostics, true, false)
            });
            catch_unwind(check).unwrap_or_else(|_| PANIC.to_owned())
        };
        let thread = thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, check);
        thread.expect("a thread starts").join().expect("it catches panics")
    })
}
