//! From import paths to parsed packages in dependency order.
//!
//! Works on files in memory: an [`Importer`] says what a path means and which files there are; the command's looks into
//! modules, vendor folders, GOROOT and golib, a test's into a table. Packages are found in rounds: all that the last round's
//! files import is read at once, and parsed only as far as the imports go. The rest is parsed when the checker is about to
//! need it, on the other processors and a few packages ahead: so the trees of a large program are never all in memory.
//!
//! Always holds: a package stands behind everything it imports; the main package is last. `unsafe` is no package here, the
//! checker knows it.
//!
//! Rejected: parsing everything at once first (4 times the memory, and slower for it).

use crate::ast::{Decl, ExprId, ExprKind, File, ImportSpec};
use crate::constraint;
use crate::diag::Diagnostics;
use crate::embed;
use crate::parallel;
use crate::parser::{parse_code, parse_file, parse_imports};
use crate::source::{FileId, Pos, SourceMap};
use crate::symbol::Symbol;
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of golib's files begin so.
pub const GOLIB_PREFIX: &str = "$GOXIDE/";

/// One file as the caller read it.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The name that messages show.
    pub name: String,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// What is known about a package beside its files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Language version: the N of Go 1.N.
    pub go_minor: u32,
    /// Declared by golib: functions without bodies are in Rust.
    pub is_golib: bool,
    /// A standard package of which we may lack something.
    pub is_partial: bool,
    /// From GOROOT.
    pub is_std: bool,
    /// May functions have no body here, because assembly or the runtime has it?
    pub bodies_elsewhere: bool,
}

impl Default for About {
    fn default() -> About {
        About {
            go_minor: constraint::GO_MINOR,
            is_golib: false,
            is_partial: false,
            is_std: false,
            bodies_elsewhere: false,
        }
    }
}

/// A package with its parsed files.
#[derive(Debug)]
pub struct Unit {
    /// Import path, `main` for the program to translate.
    pub path: String,
    /// The name in its package clauses.
    pub name: Symbol,
    /// The files.
    pub files: Vec<File>,
    /// The package that an import path means in these files, where it isn't the path itself (`vendor/..`).
    pub imports: FxHashMap<String, String>,
    /// Version and origin.
    pub about: About,
}

impl Unit {
    /// The package that an import path means in these files.
    pub fn meaning<'a>(&'a self, path: &'a str) -> &'a str {
        self.imports.get(path).map_or(path, String::as_str)
    }
}

/// The files of a package as an [`Importer`] found them.
#[derive(Clone, Debug)]
pub struct Found {
    /// All Go files of its folder but tests; build constraints choose among them.
    pub files: Vec<SourceText>,
    /// Version and origin.
    pub about: About,
}

/// Why there is no package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// It is wrong to import it, or it doesn't exist.
    Error(String),
    /// Go has it, goxide doesn't.
    Unsupported(String),
}

/// Knows where packages are.
pub trait Importer: Sync {
    /// The package that `path` means in a file of package `importer`.
    ///
    /// # Errors
    /// There is none, or it may not be imported there.
    fn resolve(&self, path: &str, importer: &str) -> Result<String, Missing>;

    /// The files of a package that [`Importer::resolve`] named.
    ///
    /// # Errors
    /// The files cannot be read, or there are none.
    fn read(&self, path: &str) -> Result<Found, Missing>;

    /// Does a `//go:embed` pattern of package `path` name any file?
    fn embeds(&self, path: &str, glob: &str, all: bool) -> bool;

    /// The standard package that a snippet means by `name`.
    fn named(&self, name: &str) -> Option<String>;
}

/// What to load.
#[derive(Debug)]
pub enum Root {
    /// A package that was parsed already, with its import path.
    Parsed(String, Vec<File>, About),
    /// A package by its path.
    Path(String),
}

/// The packages of a program in dependency order. Their files are parsed when their turn comes.
#[derive(Debug)]
pub struct Plan {
    packages: Vec<Package>,
}

impl Plan {
    /// Calls `f` with one package after the other and what its parser had to say, while the next ones are parsed. Without
    /// `comments` only directives are kept of these.
    pub fn for_each(self, map: &SourceMap, comments: bool, mut f: impl FnMut(Unit, Diagnostics)) {
        parallel::ahead(
            self.packages,
            |package| package.parse(map, comments),
            |(unit, diags)| f(unit, diags),
        );
    }
}

/// Finds `roots` and all that they import.
pub fn load(map: &mut SourceMap, roots: Vec<Root>, importer: &dyn Importer) -> (Plan, Diagnostics) {
    let mut loader = Loader {
        map,
        importer,
        index: FxHashMap::default(),
        packages: vec![],
        unread: vec![],
        diags: Diagnostics::new(),
    };
    for root in roots {
        match root {
            Root::Parsed(path, files, about) => {
                let at = loader.package(&path);
                loader.unread.pop();
                loader.packages[at].about = about;
                loader.imports(at, &files);
                loader.packages[at].source = Source::Parsed(files);
            }
            Root::Path(path) => {
                loader.package(&path);
            }
        }
    }
    while !loader.unread.is_empty() {
        loader.round();
    }
    loader.sorted()
}

/// The files of a package.
#[derive(Debug)]
enum Source {
    Parsed(Vec<File>),
    Texts(Vec<FileId>),
}

/// A package on its way.
#[derive(Debug)]
struct Package {
    path: String,
    name: Symbol,
    source: Source,
    about: About,
    /// Imported packages by index, and the first place that imports each.
    imports: Vec<(usize, Pos)>,
    renamed: FxHashMap<String, String>,
    /// Where it is imported first; none for a root.
    imported_at: Option<Pos>,
}

struct Loader<'a> {
    map: &'a mut SourceMap,
    importer: &'a dyn Importer,
    index: FxHashMap<String, usize>,
    packages: Vec<Package>,
    unread: Vec<usize>,
    diags: Diagnostics,
}

impl Loader<'_> {
    /// The index of a package, which is read in the next round if it is new.
    fn package(&mut self, path: &str) -> usize {
        if let Some(&at) = self.index.get(path) {
            return at;
        }
        let at = self.packages.len();
        self.index.insert(path.to_owned(), at);
        self.packages.push(Package {
            path: path.to_owned(),
            name: Symbol::intern("_"),
            source: Source::Texts(vec![]),
            about: About::default(),
            imports: vec![],
            renamed: FxHashMap::default(),
            imported_at: None,
        });
        self.unread.push(at);
        at
    }

    /// Reads and parses every package that was named and not read yet.
    fn round(&mut self) {
        let batch = std::mem::take(&mut self.unread);
        let importer = self.importer;
        let paths: Vec<&str> = batch.iter().map(|&at| self.packages[at].path.as_str()).collect();
        let found = parallel::map(paths, |path| importer.read(path));
        let mut ids: Vec<(usize, FileId)> = vec![];
        for (&at, found) in batch.iter().zip(found) {
            match found {
                Ok(found) => {
                    self.packages[at].about = found.about;
                    let any = ids.len();
                    for file in found.files {
                        if constraint::is_for_this_build(&file.name, &file.text) {
                            ids.push((at, self.map.add(file.name, file.text)));
                        }
                    }
                    if ids.len() == any {
                        let text = format!(
                            "build constraints exclude all Go files of package {}",
                            self.packages[at].path
                        );
                        self.missing(self.packages[at].imported_at, Missing::Error(text));
                    }
                }
                Err(missing) => self.missing(self.packages[at].imported_at, missing),
            }
        }
        let map = &*self.map;
        let heads = parallel::map(ids.clone(), |(_, id)| parse_imports(map, id));
        let mut heads = ids.into_iter().zip(heads).peekable();
        for at in batch {
            let (mut texts, mut files) = (vec![], vec![]);
            while let Some(((_, id), head)) = heads.next_if(|((of, _), _)| *of == at) {
                // cgo is off, and the standard library has pure Go for it
                let is_cgo = head.imports.iter().any(|import| import.path == "C");
                if !(self.packages[at].about.is_std && is_cgo) {
                    texts.push(id);
                    files.push(head);
                }
            }
            self.imports(at, &files);
            self.packages[at].source = Source::Texts(texts);
        }
    }

    /// Looks at what the files of a package import and whether they belong together.
    fn imports(&mut self, at: usize, files: &[File]) {
        let Some(first) = files.first() else { return };
        let name = first.package.name;
        self.packages[at].name = name;
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
        for file in files.iter().filter(|file| file.imports.iter().any(|import| import.path == "embed")) {
            self.embeds(at, file.id);
        }
        for spec in files.iter().flat_map(|file| &file.imports) {
            if spec.path != "unsafe" {
                self.import(at, spec);
            }
        }
    }

    /// Do the patterns of a file's `//go:embed` directives name files? Directives stand at the start of a line.
    fn embeds(&mut self, at: usize, id: FileId) {
        let file = self.map.file(id);
        let (text, base) = (file.text.clone(), file.base);
        let path = self.packages[at].path.clone();
        let mut offset = 0;
        for line in text.split(|b| *b == b'\n') {
            let start = offset;
            offset += line.len() + 1;
            let Some(rest) = std::str::from_utf8(line).ok().and_then(embed::directive) else { continue };
            // what is wrong with the directive itself the checker says
            for pattern in embed::patterns(rest).unwrap_or_default() {
                let found = pattern.parse().and_then(|(glob, all)| {
                    let missing = || format!("pattern {}: no matching files found", pattern.text);
                    self.importer.embeds(&path, glob, all).then_some(()).ok_or_else(missing)
                });
                if let Err(text) = found {
                    self.diags.error(base.plus(start + "//go:embed".len() + pattern.at), text);
                }
            }
        }
    }

    fn import(&mut self, at: usize, spec: &ImportSpec) {
        let from = self.packages[at].path.clone();
        let resolved = match self.importer.resolve(&spec.path, &from) {
            Ok(path) => path,
            Err(missing) => return self.missing(Some(spec.path_pos), missing),
        };
        let to = self.package(&resolved);
        self.packages[to].imported_at.get_or_insert(spec.path_pos);
        let package = &mut self.packages[at];
        if resolved != spec.path {
            package.renamed.insert(spec.path.clone(), resolved);
        }
        if !package.imports.iter().any(|(p, _)| *p == to) {
            package.imports.push((to, spec.path_pos));
        }
    }

    fn missing(&mut self, pos: Option<Pos>, missing: Missing) {
        let pos = pos.unwrap_or(Pos::NONE);
        match missing {
            Missing::Error(text) => self.diags.error(pos, text),
            Missing::Unsupported(text) => self.diags.unsupported(pos, text),
        };
    }

    /// The packages behind what they import, as far as there is no cycle.
    fn sorted(mut self) -> (Plan, Diagnostics) {
        let mut order = vec![];
        let mut state = vec![State::New; self.packages.len()];
        // depth first with a stack of our own: chains of imports may be long
        for root in 0..self.packages.len() {
            let mut path: Vec<(usize, usize)> = vec![];
            if state[root] == State::New {
                state[root] = State::Open;
                path.push((root, 0));
            }
            while let Some((at, next)) = path.last_mut() {
                let Some(&(to, pos)) = self.packages[*at].imports.get(*next) else {
                    state[*at] = State::Done;
                    order.push(*at);
                    path.pop();
                    continue;
                };
                *next += 1;
                match state[to] {
                    State::New => {
                        state[to] = State::Open;
                        path.push((to, 0));
                    }
                    State::Open => {
                        let nodes: Vec<usize> = path.iter().map(|(at, _)| *at).collect();
                        self.cycle(&nodes, to, pos);
                    }
                    State::Done => {}
                }
            }
        }
        for package in &self.packages {
            if let Some(pos) = package.imported_at
                && package.name.as_str() == "main"
            {
                self.diags
                    .error(pos, format!("import {:?} is a program, not an importable package", package.path));
            }
        }
        let mut packages: Vec<Option<Package>> = self.packages.drain(..).map(Some).collect();
        let packages =
            order.into_iter().filter_map(|at| packages[at].take()).filter(|p| !p.is_empty()).collect();
        (Plan { packages }, self.diags)
    }

    /// Says that `path`'s last package imports `to`, which stands on the path.
    fn cycle(&mut self, path: &[usize], to: usize, pos: Pos) {
        let start = path.iter().position(|at| *at == to).unwrap_or(0);
        let mut text = format!("import cycle not allowed\n\tpackage {}", self.packages[to].path);
        for at in path[start + 1..].iter().chain([&to]) {
            text.push_str(&format!("\n\timports {}", self.packages[*at].path));
        }
        self.diags.error(pos, text);
    }
}

impl Package {
    fn is_empty(&self) -> bool {
        match &self.source {
            Source::Parsed(files) => files.is_empty(),
            Source::Texts(ids) => ids.is_empty(),
        }
    }

    fn parse(self, map: &SourceMap, comments: bool) -> (Unit, Diagnostics) {
        let mut diags = Diagnostics::new();
        let files = match self.source {
            Source::Parsed(files) => files,
            Source::Texts(ids) => {
                let parse = |id| {
                    let parse = if comments && !self.about.is_golib { parse_file } else { parse_code };
                    let (file, found) = parse(map, id);
                    diags.extend(found);
                    file
                };
                ids.into_iter().map(parse).collect()
            }
        };
        let Package { path, name, renamed, about, .. } = self;
        (Unit { path, name, files, imports: renamed, about }, diags)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
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
pub fn add_missing_imports(map: &mut SourceMap, file: &mut File, importer: &dyn Importer) {
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
        if let Some(path) = importer.named(name)
            && !paths.contains(&path)
        {
            paths.push(path);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Packages `a` to `z`: each text is a file `path.go`.
    struct Table(Vec<(&'static str, &'static str)>);

    impl Importer for Table {
        fn resolve(&self, path: &str, _: &str) -> Result<String, Missing> {
            Ok(path.to_owned())
        }

        fn read(&self, path: &str) -> Result<Found, Missing> {
            let texts = self.0.iter().filter(|(p, _)| *p == path);
            let files: Vec<SourceText> = texts
                .map(|(p, text)| SourceText { name: format!("{p}.go"), text: text.as_bytes().to_vec() })
                .collect();
            if files.is_empty() {
                return Err(Missing::Error(format!("package {path} is not in std")));
            }
            Ok(Found { files, about: About::default() })
        }

        fn embeds(&self, _: &str, glob: &str, _: bool) -> bool {
            glob == "there"
        }

        fn named(&self, _: &str) -> Option<String> {
            None
        }
    }

    fn load_from(table: Vec<(&'static str, &'static str)>) -> (Vec<String>, Vec<String>) {
        let mut map = SourceMap::new();
        let (plan, diags) = load(&mut map, vec![Root::Path("a".into())], &Table(table));
        let mut units = vec![];
        plan.for_each(&map, true, |unit, _| units.push(unit));
        let text = |d: &crate::diag::Diagnostic| match map.locate(d.pos) {
            Some(l) => format!("{}:{}: {}", l.file, l.line, d.text),
            None => d.text.clone(),
        };
        (units.into_iter().map(|u| u.path).collect(), diags.sorted().into_iter().map(text).collect())
    }

    #[test]
    fn packages_stand_behind_their_imports() {
        let (units, diags) = load_from(vec![
            ("a", "package a; import (\"b\"; \"c\"; \"unsafe\")"),
            ("b", "package b; import \"c\""),
            ("c", "package c"),
        ]);
        assert_eq!(units, ["c", "b", "a"]);
        assert!(diags.is_empty(), "{diags:?}");
    }

    #[test]
    fn embedded_files_must_be_there() {
        let text = "package a\nimport _ \"embed\"\n//go:embed there gone\nvar s string";
        let (_, diags) = load_from(vec![("a", text), ("embed", "package embed")]);
        assert_eq!(diags, ["a.go:3: pattern gone: no matching files found"]);
    }

    #[test]
    fn cycles_programs_and_gaps_are_errors_at_the_import() {
        let cycle = vec![("a", "package a; import \"b\""), ("b", "package b\nimport \"a\"")];
        let expected = "b.go:2: import cycle not allowed\n\tpackage a\n\timports b\n\timports a";
        assert_eq!(load_from(cycle).1, [expected]);
        let of_itself = vec![("a", "package a; import \"a\"")];
        assert_eq!(load_from(of_itself).1, ["a.go:1: import cycle not allowed\n\tpackage a\n\timports a"]);
        let program = vec![("a", "package a; import \"b\""), ("b", "package main")];
        assert_eq!(load_from(program).1, ["a.go:1: import \"b\" is a program, not an importable package"]);
        assert_eq!(load_from(vec![("a", "package a; import \"x\"")]).1, ["a.go:1: package x is not in std"]);
        let two = vec![("a", "package a"), ("a", "package b")];
        assert_eq!(load_from(two).1, ["a.go:1: found packages a (a.go) and b (a.go)"]);
        let none = vec![("a", "package a; import \"b\""), ("b", "//go:build ignore\npackage b")];
        assert_eq!(load_from(none).1, ["a.go:1: build constraints exclude all Go files of package b"]);
    }
}
