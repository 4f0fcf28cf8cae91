//! Where packages are: in golib, in the user's module and its vendor folder, in the module cache, in GOROOT.
//!
//! Always holds: all standard packages of a run come from one place, golib or GOROOT; types of the two never meet. golib
//! knows how its packages are run, GOROOT has all of them: `check` takes GOROOT where there is one.

use super::failure::{Failure, Outcome, reason};
use super::{embed, input, standard};
use goxide_translator::module::{self, Module, is_below};
use goxide_translator::package::{About, Found, Importer, Missing};
use goxide_translator::{SourceText, constraint};
use rustc_hash::FxHashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Knows where packages are.
#[derive(Debug)]
pub struct Packages {
    golib: Vec<(String, SourceText)>,
    /// Standard packages come from here and not from golib.
    goroot: Option<PathBuf>,
    module: Option<Home>,
    /// The import path of the root package, and its folder.
    root: String,
    dir: PathBuf,
    in_goroot: Mutex<FxHashMap<String, bool>>,
}

/// The module that the root package belongs to.
#[derive(Debug)]
struct Home {
    dir: PathBuf,
    module: Module,
    has_vendor: bool,
}

/// Where one package is.
enum Place {
    Golib,
    Folder { dir: PathBuf, about: About },
}

impl Packages {
    /// For the package in folder `dir`. With `use_goroot` standard packages are GOROOT's, if there is one.
    pub fn around(dir: &Path, use_goroot: bool) -> Outcome<Packages> {
        let mut packages = Packages {
            golib: embed::go_declarations(),
            goroot: if use_goroot { goroot() } else { None },
            module: None,
            root: "main".into(),
            dir: dir.to_owned(),
            in_goroot: Mutex::default(),
        };
        let Some(home) = find_module(dir)? else { return Ok(packages) };
        if let (Ok(dir), Ok(root)) = (fs::canonicalize(dir), fs::canonicalize(&home.dir))
            && let Ok(rest) = dir.strip_prefix(&root)
        {
            let rest = rest.to_string_lossy();
            let parts = [home.module.path.as_str(), &*rest];
            packages.root = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("/");
        }
        if matches!(home.module.path.as_str(), "std" | "cmd") {
            let src = if home.module.path == "std" { home.dir.clone() } else { home.dir.join("..") };
            packages.goroot = fs::canonicalize(src.join("..")).ok();
            packages.root = packages.root.strip_prefix("std/").unwrap_or(&packages.root).to_owned();
        } else {
            packages.module = Some(home);
        }
        Ok(packages)
    }

    /// The import path of the root package.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Can nothing but golib's packages be imported?
    pub fn only_golib(&self) -> bool {
        self.module.is_none() && self.goroot.is_none()
    }

    /// Version and origin of the root package.
    pub fn about_root(&self) -> About {
        match (&self.module, &self.goroot) {
            (None, Some(goroot)) if goroot.join("src").join(&self.root).is_dir() => {
                about_std(&goroot.join("src").join(&self.root), &self.root)
            }
            (Some(home), _) => About { go_minor: home.module.go_minor, ..About::default() },
            _ => About::default(),
        }
    }

    /// Every package below GOROOT/src that belongs to the build, `cmd` left out, as `go list std` has them.
    pub fn standard() -> Outcome<(Packages, Vec<String>)> {
        let goroot = goroot().ok_or_else(|| {
            Failure::new("no Go installation found: set GOROOT to the folder that has src/fmt")
        })?;
        let src = goroot.join("src");
        let mut paths = vec![];
        walk(&src, "", &mut paths)?;
        paths.sort();
        let packages = Packages {
            golib: vec![],
            goroot: Some(goroot),
            module: None,
            root: "main".into(),
            dir: src,
            in_goroot: Mutex::default(),
        };
        Ok((packages, paths))
    }

    fn place(&self, path: &str) -> Option<Place> {
        if self.goroot.is_none() && self.golib.iter().any(|(p, _)| p == path) {
            return Some(Place::Golib);
        }
        if let Some(goroot) = &self.goroot
            && !first(path).contains('.')
            && self.is_in_goroot(goroot, path)
        {
            let dir = goroot.join("src").join(path);
            return Some(Place::Folder { dir, about: About { is_std: true, ..About::default() } });
        }
        let home = self.module.as_ref()?;
        let about = |go_minor| About { go_minor, ..About::default() };
        if is_below(path, &home.module.path) {
            let dir = home.dir.join(path[home.module.path.len()..].trim_start_matches('/'));
            return dir.is_dir().then_some(Place::Folder { dir, about: about(home.module.go_minor) });
        }
        if home.has_vendor {
            let dir = home.dir.join("vendor").join(path);
            return dir.is_dir().then_some(Place::Folder { dir, about: about(home.module.go_minor) });
        }
        let required = home.module.required(path)?;
        let provider = home.module.provider(path)?;
        let rest = path[required.len()..].trim_start_matches('/');
        let root = if provider.version.is_empty() {
            home.dir.join(&provider.path)
        } else {
            module_cache()?.join(format!("{}@{}", escaped(&provider.path), escaped(&provider.version)))
        };
        let go_minor = fs::read_to_string(root.join("go.mod"))
            .ok()
            .and_then(|text| module::parse(&text).ok())
            .map_or(module::DEFAULT_MINOR, |module| module.go_minor);
        let dir = root.join(rest);
        dir.is_dir().then_some(Place::Folder { dir, about: about(go_minor) })
    }

    /// Is there such a folder in GOROOT? Every import asks, most for what others have asked for.
    fn is_in_goroot(&self, goroot: &Path, path: &str) -> bool {
        let Ok(mut known) = self.in_goroot.lock() else { return goroot.join("src").join(path).is_dir() };
        match known.get(path) {
            Some(&is_dir) => is_dir,
            None => {
                let is_dir = goroot.join("src").join(path).is_dir();
                known.insert(path.to_owned(), is_dir);
                is_dir
            }
        }
    }

    fn is_standard(&self, path: &str) -> bool {
        matches!(
            self.place(path),
            Some(Place::Golib | Place::Folder { about: About { is_std: true, .. }, .. })
        )
    }

    /// Why there is no such package.
    fn missing(&self, path: &str) -> Missing {
        let own = self.module.as_ref().is_some_and(|home| is_below(path, &home.module.path));
        if standard::PACKAGES.contains(&path) {
            return Missing::Unsupported(format!("package {path}"));
        }
        if !own && !first(path).contains('.') {
            let place = self.goroot.as_ref().map(|root| format!(" ({}/src/{path})", root.display()));
            return Missing::Error(format!("package {path} is not in std{}", place.unwrap_or_default()));
        }
        if self.module.is_none() {
            return Missing::Error(format!(
                "no required module provides package {path}: go.mod file not found in current directory or any parent directory; see 'go help modules'"
            ));
        }
        if self.module.as_ref().is_some_and(|home| home.has_vendor) && !own {
            return Missing::Error(format!(
                "cannot find module providing package {path}: import lookup disabled by -mod=vendor"
            ));
        }
        match self.module.as_ref().and_then(|home| home.module.required(path)) {
            Some(module) => Missing::Error(format!(
                "package {path} is not in the module cache; to download it:\n\tgo mod download {module}"
            )),
            None => Missing::Error(format!(
                "no required module provides package {path}; to add it:\n\tgo get {path}"
            )),
        }
    }
}

impl Importer for Packages {
    fn resolve(&self, path: &str, importer: &str) -> Result<String, Missing> {
        let importer = if importer == "main" { &self.root } else { importer };
        let error = |text: String| Err(Missing::Error(text));
        if path == "C" {
            return Err(Missing::Unsupported("cgo (import \"C\")".into()));
        }
        if path.is_empty() {
            return error("invalid import path (empty string)".into());
        }
        if path.starts_with('.') {
            return error(format!(
                "{path:?} is relative, but relative import paths are not supported in module mode"
            ));
        }
        if path.starts_with('/') {
            return error(format!("{path:?} is not a package path; see 'go help packages'"));
        }
        if let Some(c) = path.chars().find(|c| {
            !c.is_ascii_graphic() && !c.is_alphanumeric() || "!\"#$%&'()*,:;<=>?[\\]^`{|}".contains(*c)
        }) {
            return error(format!("invalid import path: {path:?} (contains {c:?})"));
        }
        // the standard library has vendor folders of its own
        let may_be_vendored = first(path).contains('.') && self.is_standard(importer);
        for vendor in ["vendor", "cmd/vendor"].into_iter().filter(|_| may_be_vendored) {
            let inside = vendor == "vendor" || importer.starts_with("cmd/");
            let vendored = format!("{vendor}/{path}");
            if inside && self.is_standard(&vendored) {
                return Ok(vendored);
            }
        }
        if let Some(parent) = internal_parent(path)
            && !is_below(importer, parent)
            && !(parent.is_empty() && (self.is_standard(importer) || first(importer) == "cmd"))
        {
            return error(format!("use of internal package {path} not allowed"));
        }
        match self.place(path) {
            Some(_) => Ok(path.to_owned()),
            None => Err(self.missing(path)),
        }
    }

    fn read(&self, path: &str) -> Result<Found, Missing> {
        match self.place(path).ok_or_else(|| self.missing(path))? {
            Place::Golib => {
                let texts = self.golib.iter().filter(|(p, _)| p == path);
                let files = texts.map(|(_, text)| text.clone()).collect();
                let is_golib = embed::has_rust(path);
                let about =
                    About { is_golib, bodies_elsewhere: is_golib, is_partial: true, ..About::default() };
                Ok(Found { files, about })
            }
            Place::Folder { dir, about } => {
                let files = input::read_dir(&dir).map_err(|failure| Missing::Error(failure.to_string()))?;
                let about = if about.is_std { about_std(&dir, path) } else { about };
                Ok(Found { files, about })
            }
        }
    }

    fn embeds(&self, path: &str, pattern: &str, all: bool) -> bool {
        let path = if path == "main" { &self.root } else { path };
        let dir = match self.place(path) {
            Some(Place::Folder { dir, .. }) => dir,
            _ => self.dir.clone(),
        };
        matches_file(&dir, pattern, all)
    }

    fn named(&self, name: &str) -> Option<String> {
        let paths = self.golib.iter().map(|(path, _)| path).filter(|p| p.rsplit('/').next() == Some(name));
        // `math/rand` is never meant by `math`
        paths.min_by_key(|path| (path.len(), path.as_str())).cloned()
    }
}

/// The first element of an import path.
fn first(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// The path below which an internal package may be imported: what stands before its last element `internal`.
fn internal_parent(path: &str) -> Option<&str> {
    let at = match path.rfind("/internal/") {
        Some(at) => at + 1,
        None if path.ends_with("/internal") => path.len() - "internal".len(),
        None if is_below(path, "internal") => 0,
        None => return None,
    };
    Some(path[..at].trim_end_matches('/'))
}

/// Standard packages may have functions in assembly: a folder with `.s` files, or one that the runtime fills in.
fn about_std(dir: &Path, path: &str) -> About {
    const BY_RUNTIME: [&str; 11] = [
        "bytes",
        "internal/poll",
        "net",
        "os",
        "runtime/metrics",
        "runtime/pprof",
        "runtime/trace",
        "sync",
        "syscall",
        "time",
        "unsafe",
    ];
    let assembly = || {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|e| e == "s"))
    };
    About {
        go_minor: constraint::GO_MINOR,
        is_golib: false,
        is_partial: false,
        is_std: true,
        bodies_elsewhere: BY_RUNTIME.contains(&path) || assembly(),
    }
}

/// The folder of the user's Go: `$GOROOT`, or where the `go` on the PATH is.
fn goroot() -> Option<PathBuf> {
    let has_src = |dir: &PathBuf| dir.join("src/fmt").is_dir();
    if let Some(dir) = std::env::var_os("GOROOT").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(dir)).filter(has_src);
    }
    let path = std::env::var_os("PATH")?;
    let go = std::env::split_paths(&path).map(|dir| dir.join("go")).find(|go| go.is_file())?;
    let dir = fs::canonicalize(go).ok()?.ancestors().nth(2)?.to_owned();
    Some(dir).filter(has_src)
}

/// The downloaded modules.
fn module_cache() -> Option<PathBuf> {
    let var = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    var("GOMODCACHE")
        .or_else(|| Some(var("GOPATH")?.join("pkg/mod")))
        .or_else(|| Some(var("HOME")?.join("go/pkg/mod")))
}

/// Capitals are written `!c` in the module cache, as some file systems don't tell them apart.
fn escaped(path: &str) -> String {
    let escape = |c: char| match c.is_ascii_uppercase() {
        true => format!("!{}", c.to_ascii_lowercase()),
        false => c.to_string(),
    };
    path.chars().map(escape).collect()
}

/// The module around `dir`: the nearest `go.mod` above.
fn find_module(dir: &Path) -> Outcome<Option<Home>> {
    let start = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let Some(root) = start.ancestors().find(|dir| dir.join("go.mod").is_file()) else { return Ok(None) };
    let file = root.join("go.mod");
    let shown = input::shown(&file);
    let text = fs::read(&file).map_err(|e| Failure::new(format!("cannot read {shown}: {}", reason(&e))))?;
    let text = String::from_utf8(text).map_err(|_| Failure::new(format!("{shown}: invalid UTF-8")))?;
    let module = module::parse(&text).map_err(|p| Failure::new(format!("{shown}:{}: {}", p.line, p.text)))?;
    if module.path.is_empty() {
        return Err(Failure::new(format!("{shown}: no module declaration")));
    }
    Ok(Some(Home { dir: root.to_owned(), has_vendor: root.join("vendor").is_dir(), module }))
}

/// Does a pattern name a file below `dir`, or a folder with files? Without `all`, names starting with `.` or `_` count only
/// where the pattern itself names them.
fn matches_file(dir: &Path, pattern: &str, all: bool) -> bool {
    let full = format!("{}/{}", glob::Pattern::escape(&dir.to_string_lossy()), pattern.replace("[^", "[!"));
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    let Ok(paths) = glob::glob_with(&full, options) else { return false };
    paths.flatten().any(|path| path.is_file() || (path.is_dir() && holds_file(&path, all)))
}

fn holds_file(dir: &Path, all: bool) -> bool {
    fs::read_dir(dir).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
        (all || !hidden) && (path.is_file() || (path.is_dir() && holds_file(&path, all)))
    })
}

/// Adds the packages in `dir`, whose import path is `path`, and below.
fn walk(dir: &Path, path: &str, found: &mut Vec<String>) -> Outcome<()> {
    let entries = fs::read_dir(dir)
        .map_err(|e| Failure::new(format!("cannot read {}: {}", dir.display(), reason(&e))))?;
    let mut is_package = false;
    for entry in entries.flatten() {
        let (file, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if file.is_dir() {
            let hidden = name.starts_with(['.', '_'])
                || name == "testdata"
                // these two declare what the checker knows, for readers
                || (path.is_empty() && matches!(name.as_str(), "cmd" | "builtin" | "unsafe"));
            if !hidden {
                let below = if path.is_empty() { name } else { format!("{path}/{name}") };
                walk(&file, &below, found)?;
            }
        } else if !is_package && name.ends_with(".go") && !name.ends_with("_test.go") {
            let text = fs::read(&file).unwrap_or_default();
            is_package = constraint::is_for_this_build(&name, &text);
        }
    }
    if is_package {
        found.push(path.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_packages_have_a_parent() {
        assert_eq!(internal_parent("a/b/internal/c"), Some("a/b"));
        assert_eq!(internal_parent("a/internal"), Some("a"));
        assert_eq!(internal_parent("internal/abi"), Some(""));
        assert_eq!(internal_parent("a/internals/c"), None);
    }

    #[test]
    fn capitals_are_escaped_in_the_module_cache() {
        assert_eq!(escaped("github.com/BurntSushi/toml"), "github.com/!burnt!sushi/toml");
    }
}
