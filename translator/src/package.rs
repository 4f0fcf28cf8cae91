//! From parsed files to packages in dependency order: build constraints, package names, imports.
//!
//! Works on files in memory; which files there are is the caller's to find out. golib's packages are parsed when they are first
//! imported, so a program pays only for what it uses.
//!
//! Always holds: a package stands behind everything it imports; the main package is last. `unsafe` is no package here, the
//! checker knows it.

use crate::ast::{Decl, ExprId, ExprKind, File, ImportSpec};
use crate::diag::Diagnostics;
use crate::parser::parse_file;
use crate::source::{FileId, Pos, SourceMap};
use crate::symbol::Symbol;
use rustc_hash::{FxHashMap, FxHashSet};

/// One file as the caller read it.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The name that messages show.
    pub name: String,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// A package with its parsed files.
#[derive(Debug)]
pub struct Unit {
    /// Import path, `main` for the package to translate.
    pub path: String,
    /// The name in its package clauses.
    pub name: Symbol,
    /// The files.
    pub files: Vec<File>,
    /// Declared by golib: functions without bodies are in Rust.
    pub is_golib: bool,
}

/// Newest Go release whose language and library we follow, for `go1.N` tags.
const GO_MINOR: u32 = 27;

/// Operating systems and processors that file names may end in; a name with another than ours is left out.
const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
];
const PROCESSORS: &[&str] = &[
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le",
    "riscv64", "s390x", "wasm",
];

/// Adds to `main` all that it imports. `library` has the files of importable packages by import path.
pub fn load(
    map: &mut SourceMap,
    main: Vec<File>,
    library: &[(String, SourceText)],
) -> (Vec<Unit>, Diagnostics) {
    let mut loader =
        Loader { map, library, state: FxHashMap::default(), units: vec![], diags: Diagnostics::new() };
    loader.imports(&main);
    if let Some(unit) = loader.unit("main", main, false) {
        loader.units.push(unit);
    }
    (loader.units, loader.diags)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Loaded,
}

struct Loader<'a> {
    map: &'a mut SourceMap,
    library: &'a [(String, SourceText)],
    state: FxHashMap<String, State>,
    units: Vec<Unit>,
    diags: Diagnostics,
}

impl Loader<'_> {
    fn imports(&mut self, files: &[File]) {
        for import in files.iter().flat_map(|file| &file.imports) {
            self.import(import);
        }
    }

    /// Loads one imported package, everything below it first.
    fn import(&mut self, import: &ImportSpec) {
        let path = &import.path;
        match self.state.get(path) {
            Some(State::Loaded) => return,
            Some(State::Loading) => {
                self.diags.error(import.path_pos, format!("import cycle not allowed: {path}"));
                return;
            }
            None => {}
        }
        if path == "unsafe" {
            return;
        }
        let texts: Vec<&SourceText> =
            self.library.iter().filter(|(p, _)| p == path).map(|(_, text)| text).collect();
        if texts.is_empty() {
            self.missing(import);
            self.state.insert(path.clone(), State::Loaded);
            return;
        }
        self.state.insert(path.clone(), State::Loading);
        let mut files = Vec::new();
        for text in texts {
            let id = self.map.add(text.name.clone(), text.text.clone());
            let (file, diags) = parse_file(self.map, id);
            self.diags.extend(diags);
            files.push(file);
        }
        self.imports(&files);
        let unit = self.unit(path, files, true);
        self.units.extend(unit);
        self.state.insert(path.clone(), State::Loaded);
    }

    fn missing(&mut self, import: &ImportSpec) {
        let path = &import.path;
        let first = path.split('/').next().unwrap_or_default();
        if path.is_empty() {
            self.diags.error(import.path_pos, "invalid import path: \"\"");
        } else if path == "C" {
            self.diags.unsupported(import.path_pos, "cgo (import \"C\")");
        } else if first.starts_with('.') {
            self.diags.unsupported(import.path_pos, format!("relative import {path}"));
        } else if first.contains('.') {
            self.diags.unsupported(import.path_pos, format!("package {path}: packages of other modules"));
        } else {
            self.diags.unsupported(import.path_pos, format!("package {path}"));
        }
    }

    /// Checks that all files name the same package.
    fn unit(&mut self, path: &str, files: Vec<File>, is_golib: bool) -> Option<Unit> {
        let first = files.first()?;
        let name = first.package.name;
        for file in &files[1..] {
            if file.package.name != name {
                let (one, two) = (self.map.file(first.id), self.map.file(file.id));
                let text = format!(
                    "found packages {name} ({}) and {} ({})",
                    base_name(&one.name),
                    file.package.name,
                    base_name(&two.name)
                );
                self.diags.error(file.package.pos, text);
            }
        }
        Some(Unit { path: path.to_owned(), name, files, is_golib })
    }
}

/// A program without a `main` is told last, as Go's linker does.
pub fn check_main(unit: &[File], diags: &mut Diagnostics) {
    let Some(first) = unit.first() else { return };
    if first.package.name.as_str() == "main"
        && first.package.pos != Pos::NONE
        && !unit.iter().any(declares_main)
    {
        diags.error(first.package.pos, "function main is undeclared in the main package");
    }
}

fn declares_main(file: &File) -> bool {
    file.decls
        .iter()
        .any(|decl| matches!(decl, Decl::Func(f) if f.recv.is_none() && f.name.name.as_str() == "main"))
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Gives a snippet the imports its qualified names need: `fmt.Println` needs `fmt`, unless the text declares a `fmt`.
pub fn add_missing_imports(map: &mut SourceMap, file: &mut File, library: &[(String, SourceText)]) {
    let text = map.file(file.id).text.clone();
    let declared = |name: &str| {
        let text = String::from_utf8_lossy(&text);
        [":=", "=", " *", " ["].iter().any(|after| {
            [format!("{name} {after}"), format!("{name}, ")].iter().any(|head| text.contains(head.as_str()))
        }) || text.contains(&format!("var {name} "))
    };
    let imported: FxHashSet<&str> = file.imports.iter().map(|i| base_name(&i.path)).collect();
    let mut paths: Vec<String> = vec![];
    for i in 0..file.exprs.len() {
        let ExprKind::Selector { x, .. } = file.expr(ExprId(i as u32)).kind else { continue };
        let ExprKind::Ident(name) = file.expr(x).kind else { continue };
        let name = name.as_str();
        if imported.contains(name) || declared(name) {
            continue;
        }
        if let Some(path) = path_of_name(library, name)
            && !paths.iter().any(|p| p == path)
        {
            paths.push(path.to_owned());
        }
    }
    paths.sort();
    add_imports(map, file, &paths);
}

/// The imports stand in a file of their own, so that each has its own position.
fn add_imports(map: &mut SourceMap, file: &mut File, paths: &[String]) {
    let text: String = paths.iter().map(|path| format!("import {path:?}\n")).collect();
    let id = map.add("<imports>", text.into_bytes());
    let mut pos = map.file(id).base;
    for (i, path) in paths.iter().enumerate() {
        let path_pos = pos.plus("import ".len());
        let spec = ImportSpec { pos: path_pos, name: None, path: path.clone(), path_pos };
        file.decls.insert(i, Decl::Import { pos, specs: vec![spec.clone()] });
        file.imports.push(spec);
        pos = pos.plus(format!("import {path:?}\n").len());
    }
}

/// The import path in `library` whose last part is `name`; of several the shortest (`math/rand` is never meant by `math`).
fn path_of_name<'a>(library: &'a [(String, SourceText)], name: &str) -> Option<&'a str> {
    let paths: FxHashSet<&str> =
        library.iter().map(|(path, _)| path.as_str()).filter(|p| base_name(p) == name).collect();
    paths.into_iter().min_by_key(|path| (path.len(), *path))
}

/// Does the file belong to a build for Linux on amd64, by its name and its `//go:build` line?
pub fn is_for_this_build(map: &SourceMap, id: FileId) -> bool {
    let file = map.file(id);
    name_fits(base_name(&file.name))
        && constraint(&file.text).is_none_or(|text| Constraint { rest: &text }.or())
}

/// `x_GOOS.go`, `x_GOARCH.go`, `x_GOOS_GOARCH.go`; a leading `_` or `.` hides a file.
fn name_fits(name: &str) -> bool {
    if name.starts_with(['_', '.']) {
        return false;
    }
    let mut parts: Vec<&str> = name.trim_end_matches(".go").split('_').skip(1).collect();
    if parts.last().is_some_and(|p| PROCESSORS.contains(p)) && parts.pop() != Some("amd64") {
        return false;
    }
    !parts.last().is_some_and(|p| SYSTEMS.contains(p) && *p != "linux")
}

/// The expression of the `//go:build` line, which stands before the package clause.
fn constraint(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let head = text.lines().map(str::trim).take_while(|line| !line.starts_with("package "));
    head.filter_map(|line| line.strip_prefix("//go:build ")).map(str::to_owned).next()
}

/// Evaluates `a && !b || (c)`.
struct Constraint<'a> {
    rest: &'a str,
}

impl Constraint<'_> {
    fn or(&mut self) -> bool {
        let mut value = self.and();
        while self.eat("||") {
            value |= self.and();
        }
        value
    }

    fn and(&mut self) -> bool {
        let mut value = self.not();
        while self.eat("&&") {
            value &= self.not();
        }
        value
    }

    fn not(&mut self) -> bool {
        if self.eat("!") {
            return !self.not();
        }
        if self.eat("(") {
            let value = self.or();
            self.eat(")");
            return value;
        }
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest.len());
        let (tag, rest) = self.rest.split_at(end);
        self.rest = rest;
        has_tag(tag)
    }

    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

fn has_tag(tag: &str) -> bool {
    if let Some(minor) = tag.strip_prefix("go1.") {
        return minor.parse::<u32>().is_ok_and(|n| n <= GO_MINOR);
    }
    ["linux", "amd64", "unix", "gc"].contains(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_constraints_choose_files() {
        for (name, text, expected) in [
            ("a.go", "package a", true),
            ("a_linux.go", "package a", true),
            ("a_windows.go", "package a", false),
            ("a_linux_arm64.go", "package a", false),
            ("linux.go", "package a", true),
            ("_a.go", "package a", false),
            ("a.go", "//go:build ignore\n\npackage a", false),
            ("a.go", "// c\n//go:build linux && (amd64 || arm64) && !cgo\n\npackage a", true),
            ("a.go", "//go:build go1.27\npackage a", true),
            ("a.go", "//go:build go1.28 || !gc\npackage a", false),
        ] {
            let mut map = SourceMap::new();
            let id = map.add(name, text.as_bytes());
            assert_eq!(is_for_this_build(&map, id), expected, "{name}: {text}");
        }
    }
}
