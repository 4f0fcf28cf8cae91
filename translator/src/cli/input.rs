//! Reading what the user names: Go files, a directory of them, or standard input.

use super::failure::{Failure, Outcome, io, reason};
use super::packages::Packages;
use goxide_translator::{SourceText, Sources};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The argument that means standard input.
pub const STDIN: &str = "-";

/// More than this is no program: checking needs up to 60 bytes for each.
const MAX_FILE: u64 = 64 << 20;

/// Reads the files of one package and finds out where it may import from.
pub fn read(inputs: &[PathBuf], use_goroot: bool) -> Outcome<(Sources, Packages)> {
    let (files, dir) = match inputs {
        [one] if one.as_os_str() == STDIN => (vec![read_stdin()?], Path::new(".")),
        [one] if one.is_dir() => (read_dir(one)?, one.as_path()),
        _ => {
            let files = inputs.iter().map(|path| read_file(path)).collect::<Outcome<Vec<_>>>()?;
            (files, inputs.first().and_then(|path| path.parent()).unwrap_or(Path::new(".")))
        }
    };
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    let packages = Packages::around(dir, use_goroot)?;
    let sources = Sources {
        files,
        is_directory: matches!(inputs, [one] if one.is_dir()),
        path: Some(packages.root().to_owned()),
        about: packages.about_root(),
        ..Sources::default()
    };
    Ok((sources, packages))
}

/// How messages name a file: by its path from here if it is below, as Go's tools do.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

/// What `build` calls a program whose name the user left open, as `go build` does.
pub fn program_name(inputs: &[PathBuf]) -> String {
    let path = inputs.first().and_then(|p| fs::canonicalize(p).ok()).unwrap_or_default();
    path.file_stem().map_or_else(|| "program".into(), |name| name.to_string_lossy().into_owned())
}

fn read_stdin() -> Outcome<SourceText> {
    let mut text = Vec::new();
    std::io::stdin()
        .read_to_end(&mut text)
        .map_err(|e| Failure::new(format!("cannot read standard input: {}", reason(&e))))?;
    Ok(SourceText { name: "<standard input>".into(), text })
}

fn read_file(path: &Path) -> Outcome<SourceText> {
    if path.extension().is_none_or(|e| e != "go") {
        if path.as_os_str() == STDIN {
            return Err(Failure::new("- (standard input) must be the only input"));
        }
        if path.is_dir() {
            return Err(Failure::new(format!("{}: name one directory, or Go files", path.display())));
        }
        let hint = if path.exists() { "" } else { " (a program's own arguments go after --)" };
        return Err(Failure::new(format!("{}: not a Go file{hint}", path.display())));
    }
    let size = fs::metadata(path).map_err(|e| io("cannot read", path, &e))?.len();
    if size > MAX_FILE {
        return Err(Failure::new(format!("{}: larger than {} MB", path.display(), MAX_FILE >> 20)));
    }
    let text = fs::read(path).map_err(|e| io("cannot read", path, &e))?;
    Ok(SourceText { name: shown(path), text })
}

/// The Go files of a directory but its tests, in the order of their names. Which of them belong to the build is for
/// the pipeline to say.
pub fn read_dir(dir: &Path) -> Outcome<Vec<SourceText>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .map_err(|e| io("cannot read", dir, &e))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "go") && path.is_file())
        .collect();
    if paths.is_empty() {
        return Err(Failure::new(format!("no Go files in {}", dir.display())));
    }
    paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().ends_with("_test.go")));
    if paths.is_empty() {
        return Err(Failure::new(format!("no non-test Go files in {}", dir.display())));
    }
    paths.sort();
    paths.iter().map(|path| read_file(path)).collect()
}
