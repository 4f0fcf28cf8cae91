//! golib's declarations as tests give them to the checker: as the command has them, from the repository's files.

use crate::root;
use goxide_translator::SourceText;
use goxide_translator::package::{About, Found, Importer, Missing};
use std::fs;

/// golib's declarations, from the repository.
pub struct Golib {
    files: Vec<(String, SourceText)>,
}

impl Golib {
    /// Reads all of them.
    pub fn read() -> Golib {
        let base = root().join("runtime/golib/src");
        let mut files = vec![];
        let mut folders = vec![base.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder of golib") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "go") {
                    let package = folder.strip_prefix(&base).expect("below it").display().to_string();
                    let text = fs::read(&path).expect("readable");
                    files.push((package, SourceText { name: path.display().to_string(), text }));
                }
            }
        }
        files.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        Golib { files }
    }
}

impl Importer for Golib {
    fn resolve(&self, path: &str, _importer: &str) -> Result<String, Missing> {
        match self.files.iter().any(|(p, _)| p == path) {
            true => Ok(path.to_owned()),
            false => Err(Missing::Unsupported(format!("package {path}"))),
        }
    }

    fn read(&self, path: &str) -> Result<Found, Missing> {
        let files = self.files.iter().filter(|(p, _)| p == path).map(|(_, text)| text.clone()).collect();
        let is_golib = root().join("runtime/golib/src").join(path).join("mod.rs").exists();
        let about = About { is_golib, bodies_elsewhere: is_golib, is_partial: true, ..About::default() };
        Ok(Found { files, about })
    }

    fn embeds(&self, _: &str, _: &str, _: bool) -> bool {
        false
    }

    fn named(&self, _name: &str) -> Option<String> {
        None
    }
}
