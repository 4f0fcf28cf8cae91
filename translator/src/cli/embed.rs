//! The sources that travel inside the command: macros, runtime and golib as one small workspace (packed by `build.rs`).

use super::failure::{Outcome, io};
use goxide_translator::SourceText;
use goxide_translator::package::GOLIB_PREFIX;
use std::fs;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Where golib's packages lie in the embedded workspace: the folder below it is the import path.
const GOLIB: &str = "runtime/golib/src/";

/// Writes the embedded workspace into `dir`.
pub fn extract(dir: &Path) -> Outcome<()> {
    for (name, text) in FILES {
        let path = dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| io("cannot create", parent, &e))?;
        }
        fs::write(&path, text).map_err(|e| io("cannot write", &path, &e))?;
    }
    Ok(())
}

/// golib's Go declarations as `(import path, file)`.
pub fn go_declarations() -> Vec<(String, SourceText)> {
    let mut list = Vec::new();
    for (name, text) in FILES {
        let Some((package, file)) = name.strip_prefix(GOLIB).and_then(|rest| rest.rsplit_once('/')) else {
            continue;
        };
        if file.ends_with(".go") {
            list.push((
                package.to_owned(),
                SourceText { name: format!("{GOLIB_PREFIX}{package}/{file}"), text: text.to_vec() },
            ));
        }
    }
    list
}

/// Is the package declared in Go and implemented in Rust? Others are Go alone and are translated with the program.
pub fn has_rust(package: &str) -> bool {
    let module = format!("{GOLIB}{package}/mod.rs");
    FILES.iter().any(|(name, _)| *name == module)
}
