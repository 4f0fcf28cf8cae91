//! Rust names for Go names: Go's own spelling, with a trailing `_` where Rust or golib has the name (CONTRACT.md, "Names").

use super::Lower;
use crate::ast::{Decl, ExprId, ExprKind};
use crate::source::{Pos, Span};
use crate::symbol::Symbol;
use crate::typed::{ObjId, ObjKind, PkgId};
use crate::types::{Signature, Type};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that no Rust identifier can be.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield", "union", "gen",
];

/// Names of golib's prelude and of Rust's, which code without a path means.
const PRELUDE: &[&str] = &[
    "Any",
    "Blank",
    "Chan",
    "Complex128",
    "Complex64",
    "Defers",
    "EmptyStruct",
    "Error",
    "Func",
    "VariadicFunc",
    "Global",
    "GoInteger",
    "GoNewtype",
    "GoNumber",
    "GoOrdered",
    "GoReal",
    "GoStruct",
    "GoType",
    "Interface",
    "Map",
    "MapOf",
    "Newtype",
    "Padding",
    "Ptr",
    "RecvChan",
    "Recovery",
    "SendChan",
    "Slice",
    "SliceOf",
    "Str",
    "Uintptr",
    "UnsafePointer",
    "View",
    "any",
    "args",
    "at",
    "checkpoint",
    "copy",
    "defer_scope",
    "div",
    "defers",
    "float_to_int",
    "func",
    "func_recovers",
    "go",
    "go_main",
    "interface",
    "map_table",
    "max",
    "methods",
    "min",
    "nil",
    "panic",
    "print",
    "println",
    "range_array",
    "range_enter",
    "range_leave",
    "range_next",
    "recovery",
    "rem",
    "select",
    "shl",
    "shr",
    "slice",
    "slice_scanned",
    "slice_table",
    "str",
    "str_bytes",
    "unsigned",
    "zero",
    "package_init",
    "goxide",
    "goxide_golib",
    "std",
    "core",
    "alloc",
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
    "drop",
];

/// The names in `PRELUDE` with a capital letter that are values, too.
const VALUES: &[&str] = &["Blank", "EmptyStruct", "Err", "None", "Ok", "Some", "Uintptr"];

/// Methods of golib's handles and traits, which a Go method of the same name would take over.
const METHODS: &[&str] = &[
    "add",
    "addr",
    "append",
    "append_all",
    "append_slice",
    "append_str",
    "as_raw",
    "assert",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "bound",
    "cap",
    "clear",
    "clone",
    "clone_from",
    "clone_into",
    "close",
    "cmp",
    "delete",
    "deref",
    "div",
    "downcast",
    "eq",
    "fmt",
    "from",
    "from_iface",
    "ge",
    "get",
    "get_ok",
    "gt",
    "hash",
    "iface",
    "index",
    "inner",
    "into",
    "is_nil",
    "itab",
    "iter",
    "le",
    "len",
    "lt",
    "max",
    "method",
    "min",
    "mul",
    "ne",
    "neg",
    "not",
    "of",
    "partial_cmp",
    "range",
    "raw",
    "recv",
    "recv_ok",
    "recv_only",
    "recovers",
    "rem",
    "runes",
    "send",
    "send_only",
    "set",
    "shl",
    "shr",
    "slice",
    "slice3",
    "slice_all",
    "slice_from",
    "slice_to",
    "sub",
    "to_any",
    "to_array",
    "to_array_ptr",
    "to_bytes",
    "to_owned",
    "to_runes",
    "to_string",
    "to_unsafe",
    "try_assert",
    "try_from",
    "try_into",
    "type_id",
    "upcast",
    "wrap",
    "wrapping_neg",
    "from_raw",
    "make",
    "make_cap",
    "new",
    "run_main",
];

/// The last element of an import path.
fn last_element(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What the macros take the package with an import path to be called: its last element that is no major version.
pub(super) fn usual_package(path: &str) -> &str {
    let is_version = |part: &str| {
        part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    match path.rsplit_once('/') {
        Some((rest, last)) if is_version(last) => last_element(rest),
        _ => last_element(path),
    }
}

/// A field's Rust name, also a label's. The derives take one `_` off.
pub(super) fn field_name(name: Symbol) -> String {
    member(name.as_str(), &[KEYWORDS])
}

/// A method's Rust name. `#[methods]` takes one `_` off.
pub(super) fn method_name(name: Symbol) -> String {
    member(name.as_str(), &[KEYWORDS, METHODS])
}

fn member(name: &str, lists: &[&[&str]]) -> String {
    if name.ends_with('_') || lists.iter().any(|l| l.contains(&name)) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// The Rust name of a function, type, constant or variable. Go's own `zero_` makes room for what `zero` becomes.
pub(super) fn plain_name(name: Symbol) -> String {
    let name = name.as_str();
    let stem = name.trim_end_matches('_');
    let taken = KEYWORDS.contains(&stem) || PRELUDE.contains(&stem) || is_init(stem);
    if taken { format!("{name}_") } else { name.to_owned() }
}

/// The Rust name of a function of a translated package. Types of the prelude are in nobody's way there.
pub(super) fn function_name(name: Symbol) -> String {
    let text = name.as_str();
    let is_type = text.starts_with(|c: char| c.is_ascii_uppercase()) && !VALUES.contains(&text);
    if is_type && !KEYWORDS.contains(&text) { text.to_owned() } else { plain_name(name) }
}

/// `init_1` and so on: what the init functions are called.
fn is_init(name: &str) -> bool {
    name.strip_prefix("init_").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// The names in a file, wherever they stand.
#[derive(Default)]
pub(super) struct Idents {
    file: Option<(PkgId, usize)>,
    list: Vec<(Pos, Symbol)>,
}

impl Lower<'_> {
    /// A name for a temporary: `stem` itself, or with a number, where the Go code being lowered says something else by it.
    pub(super) fn temp(&mut self, stem: &str) -> String {
        let stem = variable_of(stem.trim_end_matches('_'));
        let separator = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let is_free = |name: &str| {
            !self.taken.contains(name)
                && !self.patterns.contains_key(name)
                && plain_name(Symbol::intern(name)) == name
        };
        let numbered = (2..).map(|n| format!("{stem}{separator}{n}"));
        let name =
            std::iter::once(stem.clone()).chain(numbered).find(|name| is_free(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    /// What a signature calls its parameters, as Rust names that mean nothing else in a function of its own.
    pub(super) fn param_names(&self, sig: &Signature) -> Vec<Option<String>> {
        let mut names: Vec<Option<String>> = vec![];
        for i in 0..sig.params.len() {
            let given = sig.names.0.0.get(i).filter(|n| !n.is_blank() && !n.as_str().is_empty());
            let name = given.map(|n| {
                let more = self.patterns.get(n.as_str().trim_end_matches('_')).copied().unwrap_or(0);
                format!("{}{}", plain_name(*n), "_".repeat(more))
            });
            names.push(name.filter(|n| !names.iter().flatten().any(|m| m == n)));
        }
        names
    }

    /// A declaration is lowered next: temporaries don't get the names in it.
    pub(super) fn take_names(&mut self, span: Span) {
        self.taken.clear();
        self.add_names(span);
    }

    pub(super) fn add_names(&mut self, span: Span) {
        if self.idents.file != Some((self.pkg, self.file)) {
            let (file, info) = (self.ast_file(), self.info());
            let mut list: Vec<(Pos, Symbol)> = vec![];
            for i in 0..file.exprs.len() {
                let x = file.expr(ExprId(i as u32));
                if let ExprKind::Ident(name) = x.kind {
                    list.push((x.span.lo, name));
                }
            }
            let declared = info.defs.iter().chain(&info.implicits);
            list.extend(declared.map(|(pos, obj)| (*pos, self.obj(*obj).name)));
            list.sort_by_key(|(pos, _)| *pos);
            self.idents = Idents { file: Some((self.pkg, self.file)), list };
        }
        let list = &self.idents.list;
        let from = list.partition_point(|(pos, _)| *pos < span.lo);
        let to = list.partition_point(|(pos, _)| *pos < span.hi);
        self.taken.extend(list[from..to].iter().map(|(_, name)| name.to_string()));
    }

    /// The Rust name of a local variable or constant.
    pub(super) fn local_name(&self, obj: ObjId) -> String {
        if let Some(name) = self.locals.get(&obj) {
            return name.clone();
        }
        let name = self.obj(obj).name;
        let more = self.patterns.get(name.as_str().trim_end_matches('_')).copied().unwrap_or(0);
        format!("{}{}", plain_name(name), "_".repeat(more))
    }

    /// A constant's item in the current module.
    pub(super) fn const_name(&self, obj: ObjId) -> String {
        self.locals.get(&obj).cloned().unwrap_or_else(|| plain_name(self.obj(obj).name))
    }

    /// Names the local constants that would be seen where something else of their name is meant: Rust's are visible in the
    /// whole block, Go's from their declaration on.
    pub(super) fn name_local_consts(&mut self) {
        let package = self.program.package(self.pkg);
        let bodies: Vec<Span> = package
            .files
            .iter()
            .flat_map(|file| &file.decls)
            .filter_map(|d| if let Decl::Func(f) = d { Some(f.span) } else { None })
            .collect();
        let mut numbers: FxHashMap<(usize, Symbol), u32> = FxHashMap::default();
        for (i, object) in self.program.objects.iter().enumerate() {
            let obj = ObjId(i as u32);
            if object.pkg != Some(self.pkg) || !matches!(object.kind, ObjKind::Const(_)) {
                continue;
            }
            let Some(body) = bodies.iter().position(|b| (b.lo..b.hi).contains(&object.pos)) else { continue };
            let number = numbers.entry((body, object.name)).or_insert(0);
            *number += 1;
            if *number > 1 || package.scope.contains_key(&object.name) {
                self.locals.insert(obj, format!("{}_{}_", object.name, *number));
            }
        }
    }

    /// How the current module names something declared at package level.
    pub(super) fn item_path(&mut self, obj: ObjId) -> String {
        if let Some(name) = self.locals.get(&obj) {
            return name.clone();
        }
        let object = self.obj(obj);
        let is_golib = object.pkg.is_some_and(|p| self.program.package(p).is_golib);
        let name = match object.kind {
            ObjKind::Func { .. } if !is_golib => function_name(object.name),
            _ => plain_name(object.name),
        };
        let Some(pkg) = object.pkg.filter(|p| *p != self.pkg) else { return name };
        format!("{}::{name}", self.module_path(pkg))
    }

    /// How the current module names another package's module, which it then uses.
    pub(super) fn module_path(&mut self, pkg: PkgId) -> String {
        let package = self.program.package(pkg);
        if !package.is_golib {
            let Some(module) = self.modules.get(&pkg).cloned() else { return "crate".into() };
            // the root module declares the others and need not use them
            if self.program.package(self.pkg).path != "main" {
                self.uses.insert(format!("crate::{module}"));
            }
            return module;
        }
        let last = last_element(&package.path);
        let alike =
            self.program.packages.iter().filter(|p| p.is_golib && last_element(&p.path) == last).count();
        let path = package.path.replace('/', "::");
        // of `math/rand` and `crypto/rand` only the full paths tell which is meant
        if alike > 1 && path.contains("::") {
            let first = path.split("::").next().unwrap_or_default();
            self.uses.insert(format!("goxide_golib::{first}"));
            return path;
        }
        self.uses.insert(format!("goxide_golib::{path}"));
        last.to_owned()
    }

    /// A pointer method of another package's type is a method of a trait of that package.
    pub(super) fn use_methods(&mut self, func: Option<ObjId>) {
        let Some(func) = func else { return };
        let ObjKind::Func { recv: Some(recv), .. } = self.obj(func).kind else { return };
        let Type::Pointer(base) = *self.program.types.get(recv) else { return };
        let Type::Named(n) = *self.program.types.get(base) else { return };
        let Some(pkg) = self.obj(func).pkg.filter(|p| *p != self.pkg) else { return };
        if let Some(module) = self.modules.get(&pkg) {
            let name = match self.hoisted.local.get(&n) {
                Some(name) => name.clone(),
                None => plain_name(self.program.types.named(n).name),
            };
            self.uses.insert(format!("crate::{module}::{name}Methods as _"));
        }
    }

    /// Gives every package but the main one a module of its name, with a number where that is taken.
    pub(super) fn name_modules(&mut self) {
        let program = self.program;
        let mut taken: FxHashSet<String> = program
            .packages
            .iter()
            .filter(|p| p.is_golib)
            .map(|p| last_element(&p.path).to_owned())
            .chain(program.types.named.iter().map(|n| n.name.to_string()))
            .collect();
        for (i, package) in
            program.packages.iter().enumerate().filter(|(_, p)| !p.is_golib && p.path != "main")
        {
            let clean: String =
                package.name.as_str().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            let stem = match clean.starts_with(|c: char| c.is_ascii_digit()) {
                true => format!("_{clean}"),
                false => plain_name(Symbol::intern(&clean)),
            };
            let mut name = stem.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{stem}_{number}");
                number += 1;
            }
            self.modules.insert(PkgId(i as u32), name);
        }
    }

    /// Names that would be patterns, not new bindings, in a `let` (constants, package variables and tuple structs) without
    /// their trailing `_`, and how many more of those a local of the name needs.
    pub(super) fn pattern_names(&self, pkg: PkgId) -> FxHashMap<String, usize> {
        let mut names = FxHashMap::default();
        for object in &self.program.objects {
            if object.pkg != Some(pkg) || object.pos == Pos::NONE {
                continue;
            }
            let is_pattern = match object.kind {
                ObjKind::Const(_) | ObjKind::Var { package_level: true, .. } => true,
                ObjKind::TypeName => !matches!(self.program.types.under(object.ty), Type::Interface(_)),
                _ => false,
            };
            if is_pattern {
                let name = object.name.as_str();
                let stem = name.trim_end_matches('_');
                let more = names.entry(stem.to_owned()).or_insert(0);
                *more = (name.len() - stem.len() + 1).max(*more);
            }
        }
        names
    }
}

/// A name as that of a variable: `mutex` of `Mutex`, `id` of `ID`, `rwMutex` of `RWMutex`.
pub(super) fn variable_of(name: &str) -> String {
    let mut name = name.to_owned();
    let capitals = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_word = name[capitals..].starts_with(|c: char| c.is_ascii_lowercase());
    let lower = if capitals > 1 && is_word { capitals - 1 } else { capitals };
    name[..lower].make_ascii_lowercase();
    name
}
