//! Go's standard library as tests give it to the checker.
//!
//! Always holds: nothing of it comes from golib, so types of the two never meet.

use goxide_translator::SourceText;
use goxide_translator::package::{About, Found, Importer, Missing};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that a Go installation says it lies in.
pub fn goroot(go: &Path) -> PathBuf {
    let out = Command::new(go).args(["env", "GOROOT"]).output().expect("Go runs");
    PathBuf::from(String::from_utf8_lossy(&out.stdout).trim())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut all: Vec<PathBuf> = all.map(|entry| entry.expect("readable").path()).collect();
    all.sort();
    all
}

/// The standard library from source.
pub struct Std {
    src: PathBuf,
}

impl Std {
    /// That of this Go installation.
    pub fn new(goroot: &Path) -> Std {
        Std { src: goroot.join("src") }
    }
}

impl Importer for Std {
    fn resolve(&self, path: &str, _importer: &str) -> Result<String, Missing> {
        for path in [path.to_owned(), format!("vendor/{path}")] {
            if !path.starts_with('/') && self.src.join(&path).is_dir() {
                return Ok(path);
            }
        }
        Err(Missing::Error(format!("could not import {path} (package {path} is not in std)")))
    }

    fn read(&self, path: &str) -> Result<Found, Missing> {
        let is_source = |path: &PathBuf| {
            path.extension().is_some_and(|e| e == "go") && !path.to_string_lossy().ends_with("_test.go")
        };
        let files = entries(&self.src.join(path)).into_iter().filter(is_source);
        let files = files
            .map(|path| SourceText {
                name: path.display().to_string(),
                text: fs::read(&path).expect("a source file"),
            })
            .collect();
        Ok(Found { files, about: About { is_std: true, bodies_elsewhere: true, ..About::default() } })
    }

    fn embeds(&self, _: &str, _: &str, _: bool) -> bool {
        false
    }

    fn named(&self, _name: &str) -> Option<String> {
        None
    }
}
