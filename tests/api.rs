//! golib's declarations beside the exported API of GOROOT's packages, as a committed snapshot.
//!
//! Both are type-checked, each with its own imports, and written down name by name: kinds, types, values of constants,
//! exported fields, method sets. What golib lacks is work to do; what it has differently is a defect. `api.snap` holds
//! both (`cargo bless` rewrites it).

use goxide_tests::{compare_or_update, go, report, root};
use goxide_translator::SourceText;
use goxide_translator::check::{Session, type_string};
use goxide_translator::package::{About, Found, Importer, Missing, Root, load};
use goxide_translator::source::SourceMap;
use goxide_translator::typed::{Const, NamedId, ObjId, ObjKind, Program, TypeId};
use goxide_translator::types::Type;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// What a package exports: a line for each name, by name (`Builder.Len` for a method or field).
type Api = BTreeMap<String, String>;

#[test]
fn golib_declares_what_go_has() {
    let Some(goroot) = go().and_then(|go| goroot(&go)) else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let golib = Folders { base: root().join("runtime/golib/src"), is_golib: true };
    let names = golib.packages();
    let go = Folders { base: goroot.join("src"), is_golib: false };
    let (ours, gos) = thread::scope(|scope| {
        let stack = || thread::Builder::new().stack_size(256 << 20);
        let ours = stack().spawn_scoped(scope, || apis(&golib, &names)).expect("a thread starts");
        let gos = stack().spawn_scoped(scope, || apis(&go, &names)).expect("a thread starts");
        (ours.join().expect("golib is right Go"), gos.join().expect("GOROOT is right Go"))
    });
    let found = snapshot(&names, &ours, &gos);
    report(&compare_or_update(&root().join("tests/api.snap"), &found).into_iter().collect::<Vec<_>>());
}

fn goroot(go: &Path) -> Option<PathBuf> {
    let out = Command::new(go).args(["env", "GOROOT"]).output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()))
}

fn snapshot(names: &[String], ours: &[Api], gos: &[Api]) -> String {
    let mut text = String::from("# Written by `cargo bless`: golib's declarations beside Go's API.\n");
    let (mut all, mut declared, mut differing) = (0, 0, 0);
    let mut body = String::new();
    for (name, (ours, gos)) in names.iter().zip(ours.iter().zip(gos)) {
        let missing: Vec<&str> = gos.keys().filter(|k| !ours.contains_key(*k)).map(String::as_str).collect();
        all += gos.len();
        declared += gos.len() - missing.len();
        writeln!(body, "{name}: {} of {}", gos.len() - missing.len(), gos.len()).expect("a String takes all");
        for (key, line) in ours {
            match gos.get(key) {
                Some(theirs) if theirs == line => {}
                Some(theirs) => {
                    differing += 1;
                    writeln!(body, "  differs {key}: {line}\n    in Go {theirs}")
                        .expect("a String takes all");
                }
                None => {
                    differing += 1;
                    writeln!(body, "  not in Go {key}: {line}").expect("a String takes all");
                }
            }
        }
        for key in missing {
            writeln!(body, "  missing {key}").expect("a String takes all");
        }
    }
    writeln!(text, "{declared} of {all} names, {differing} differ").expect("a String takes all");
    text + &body
}

/// The exported names of packages.
fn apis(folders: &Folders, names: &[String]) -> Vec<Api> {
    let mut map = SourceMap::new();
    let roots = names.iter().map(|name| Root::Path(name.clone())).collect();
    let (plan, mut diagnostics) = load(&mut map, roots, folders);
    let mut session = Session::new();
    plan.for_each(&map, false, |unit, found| {
        diagnostics.extend(found);
        session.check(unit, false);
    });
    let (program, found) = session.finish();
    diagnostics.extend(found);
    let wrong: Vec<String> = diagnostics.sorted().iter().map(|d| d.message(&map)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    names.iter().map(|name| api(&program, name)).collect()
}

fn api(program: &Program, path: &str) -> Api {
    let mut api = Api::new();
    let Some(package) = program.packages.iter().find(|p| p.path == path) else { return api };
    for (name, &obj) in &package.scope {
        if is_exported(name.as_str()) {
            declare(program, name.as_str(), obj, &mut api);
        }
    }
    api
}

fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

fn declare(program: &Program, name: &str, obj: ObjId, api: &mut Api) {
    let object = program.object(obj);
    let ty = type_string(program, object.ty);
    let line = match &object.kind {
        ObjKind::Const(value) => format!("const {ty} = {}", shown(value)),
        ObjKind::Var { .. } => format!("var {ty}"),
        ObjKind::Func { .. } => ty,
        ObjKind::TypeName => {
            let Type::Named(n) = *program.types.get(object.ty) else {
                api.insert(name.to_owned(), format!("alias {ty}"));
                return;
            };
            if program.types.named(n).obj != obj {
                api.insert(name.to_owned(), format!("alias {ty}"));
                return;
            }
            members(program, name, n, api);
            let underlying = program.types.named(n).underlying;
            match program.types.get(underlying) {
                Type::Struct(_) => "type struct".to_owned(),
                // nobody else can implement it, so methods may be missing
                Type::Interface(i) if i.methods.iter().any(|m| !is_exported(m.name.as_str())) => {
                    "type interface".to_owned()
                }
                _ => format!("type {}", type_string(program, underlying)),
            }
        }
        _ => return,
    };
    api.insert(name.to_owned(), line);
}

/// Exported fields, and methods with those of embedded fields.
fn members(program: &Program, name: &str, n: NamedId, api: &mut Api) {
    if let Type::Struct(fields) = program.types.get(program.types.named(n).underlying) {
        for field in fields {
            if is_exported(field.name.as_str()) {
                let key = format!("{name}.{}", field.name);
                api.insert(key, format!("field {}", type_string(program, field.ty)));
            }
        }
    }
    if let Type::Interface(i) = program.types.get(program.types.named(n).underlying) {
        for m in i.methods.iter().filter(|m| is_exported(m.name.as_str())) {
            api.insert(format!("{name}.{}", m.name), format!("method {}", type_string(program, m.sig)));
        }
    }
    let mut methods = BTreeMap::new();
    collect_methods(program, n, false, &mut vec![], &mut methods);
    for (method, (sig, by_pointer)) in methods {
        let receiver = if by_pointer { "*" } else { "" };
        let key = format!("{name}.{method}");
        api.entry(key).or_insert(format!("method ({receiver}{name}) {}", type_string(program, sig)));
    }
}

fn collect_methods(
    program: &Program,
    n: NamedId,
    by_value: bool,
    path: &mut Vec<NamedId>,
    found: &mut BTreeMap<String, (TypeId, bool)>,
) {
    if path.contains(&n) {
        return;
    }
    path.push(n);
    let named = program.types.named(n);
    for method in &named.methods {
        if is_exported(method.name.as_str()) {
            let sig = program.object(method.func).ty;
            found.entry(method.name.to_string()).or_insert((sig, method.ptr_recv && !by_value));
        }
    }
    if let Type::Struct(fields) = program.types.get(named.underlying) {
        for field in fields.iter().filter(|f| f.embedded) {
            let (ty, by_pointer) = match program.types.get(field.ty) {
                Type::Pointer(elem) => (*elem, true),
                _ => (field.ty, by_value),
            };
            let Type::Named(inner) = *program.types.get(ty) else { continue };
            if let Type::Interface(i) = program.types.under(ty) {
                for m in i.methods.iter().filter(|m| is_exported(m.name.as_str())) {
                    found.entry(m.name.to_string()).or_insert((m.sig, false));
                }
            }
            collect_methods(program, inner, by_pointer, path, found);
        }
    }
    path.pop();
}

fn shown(value: &Const) -> String {
    match value {
        Const::Unknown => "?".into(),
        Const::Bool(b) => b.to_string(),
        Const::Int(v) => v.to_string(),
        Const::String(s) => format!("{:?}", String::from_utf8_lossy(s)),
        Const::Float(v) => format!("{:?}", v.to_f64()),
        Const::Complex(re, im) => format!("({:?} + {:?}i)", re.to_f64(), im.to_f64()),
    }
}

/// Packages in folders.
struct Folders {
    base: PathBuf,
    is_golib: bool,
}

impl Folders {
    /// The import paths of all packages that a program may import.
    fn packages(&self) -> Vec<String> {
        let mut names = vec![];
        let mut folders = vec![self.base.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "go") {
                    names.push(folder.strip_prefix(&self.base).expect("below it").display().to_string());
                }
            }
        }
        names.retain(|name| !name.starts_with("internal/"));
        names.sort();
        names.dedup();
        names
    }
}

impl Importer for Folders {
    fn resolve(&self, path: &str, _importer: &str) -> Result<String, Missing> {
        let vendored = format!("vendor/{path}");
        for path in [path, &vendored] {
            if self.base.join(path).is_dir() {
                return Ok(path.to_owned());
            }
        }
        Err(Missing::Error(format!("package {path}")))
    }

    fn read(&self, path: &str) -> Result<Found, Missing> {
        let entries = fs::read_dir(self.base.join(path)).map_err(|e| Missing::Error(e.to_string()))?;
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.sort();
        let is_source = |path: &&PathBuf| {
            path.extension().is_some_and(|e| e == "go") && !path.to_string_lossy().ends_with("_test.go")
        };
        let file = |path: &PathBuf| SourceText {
            name: path.display().to_string(),
            text: fs::read(path).expect("a source file"),
        };
        let files = paths.iter().filter(is_source).map(file).collect();
        let about = About {
            is_golib: self.is_golib,
            is_std: !self.is_golib,
            bodies_elsewhere: true,
            ..About::default()
        };
        Ok(Found { files, about })
    }

    fn embeds(&self, _: &str, _: &str, _: bool) -> bool {
        true
    }

    fn named(&self, _name: &str) -> Option<String> {
        None
    }
}
