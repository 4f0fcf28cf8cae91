//! Checks a program as Go's compiler does and builds the typed program (model: `cmd/compile/internal/types2`).
//!
//! Package-level objects are resolved when first needed, with a colour that finds declaration cycles; function bodies
//! are checked after all of them. Expressions are checked bottom-up into an [`Operand`]; untyped ones keep their untyped
//! type in the tables until their context decides, then [`Checker::update_expr_type`] walks down and settles them.
//!
//! Always holds: what failed to check has mode `Invalid` or type `Invalid`, about which nobody complains again, so that one
//! mistake gives one message.

mod assign;
mod builtins;
mod call;
mod collect;
mod constant;
mod convert;
mod cycles;
mod decl;
mod embed;
mod expr;
mod format;
mod general;
mod generic;
mod implements;
mod index;
mod infer;
mod initorder;
mod instances;
mod labels;
mod literal;
mod lookup;
mod mono;
mod operand;
mod package_unsafe;
mod predicates;
mod range;
mod representable;
mod returns;
mod selector;
mod sizes;
mod stmt;
mod subst;
mod switch;
mod typeset;
mod typexpr;
mod under;
mod unify;
mod union;
mod universe;
mod version;

pub use format::type_string;

use crate::ast::{Expr, ExprId, ExprKind, File, FuncDecl};
use crate::diag::{Diagnostic, Diagnostics};
use crate::package::{About, Unit};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{
    Const, FileInfo, Mode, ObjId, ObjKind, Object, Package, PkgId, Program, TypeAndValue, TypeId, Types,
};
use crate::types::{Basic, NamedId, Signature, Type, TypeParamId};
use operand::Operand;
use rustc_hash::{FxHashMap, FxHashSet};

/// Checks packages one after the other, each behind what it imports.
#[derive(Debug)]
pub struct Session {
    known: Known,
    /// Packages with errors, and those that import them: about what these would say nobody can know.
    failed: FxHashSet<PkgId>,
    /// The functions and methods that stay generic, with their type parameters.
    generic: FxHashMap<ObjId, Vec<TypeParamId>>,
    /// The types that stay generic.
    generic_types: FxHashSet<NamedId>,
}

/// What stays known from one package to the next.
#[derive(Debug, Default)]
struct Known {
    types: Types,
    objects: Vec<Object>,
    packages: Vec<Package>,
    by_path: FxHashMap<String, PkgId>,
    universe: FxHashMap<Symbol, ObjId>,
    diags: Diagnostics,
    generic_funcs: FxHashMap<ObjId, Vec<TypeParamId>>,
    generic_aliases: FxHashMap<ObjId, Vec<TypeParamId>>,
    instances: FxHashMap<(NamedId, Vec<TypeId>), NamedId>,
    cycles: FxHashSet<NamedId>,
}

impl Default for Session {
    fn default() -> Session {
        Session::new()
    }
}

impl Session {
    /// Only the predeclared names are known.
    pub fn new() -> Session {
        Session::with(false)
    }

    /// Only the predeclared names are known, and `assert` if wanted.
    pub fn with(assert: bool) -> Session {
        let nothing = Unit {
            path: String::new(),
            name: Symbol::intern("_"),
            files: vec![],
            imports: FxHashMap::default(),
            about: About::default(),
        };
        let mut c = Checker::new(Known::default(), &nothing);
        c.declare_universe();
        if assert {
            c.declare_assert();
        }
        Session {
            known: c.into_known(),
            failed: FxHashSet::default(),
            generic: FxHashMap::default(),
            generic_types: FxHashSet::default(),
        }
    }

    /// Checks a package. With `keep` the program will have its files and what was found out about them, without only what
    /// packages that import it need.
    pub fn check(&mut self, unit: Unit, keep: bool) {
        let errors = self.known.diags.len();
        let mut known = std::mem::take(&mut self.known);
        let id = PkgId(known.packages.len() as u32);
        let imports_failed = {
            let imported =
                unit.files.iter().flat_map(|file| &file.imports).map(|import| unit.meaning(&import.path));
            imported.filter_map(|path| known.by_path.get(path)).any(|pkg| self.failed.contains(pkg))
        };
        if imports_failed {
            known.by_path.insert(unit.path.clone(), id);
            known.packages.push(new_package(&unit));
        } else {
            let mut c = Checker::new(known, &unit);
            c.package();
            known = c.into_known();
        }
        if imports_failed || known.diags.len() > errors {
            self.failed.insert(id);
        }
        let package = &mut known.packages[id.0 as usize];
        if keep {
            package.files = unit.files;
        } else {
            package.infos = vec![];
            package.init_order = vec![];
        }
        self.known = known;
    }

    /// Was anything wrong?
    pub fn has_errors(&self) -> bool {
        !self.known.diags.is_empty()
    }

    /// The checked program.
    pub fn finish(self) -> (Program, Diagnostics) {
        let Session { known, generic, generic_types, .. } = self;
        let Known { packages, types, objects, diags, .. } = known;
        (Program { packages, types, objects, generic, generic_types }, diags)
    }
}

fn new_package(unit: &Unit) -> Package {
    Package {
        path: unit.path.clone(),
        name: unit.name,
        files: vec![],
        infos: vec![],
        scope: FxHashMap::default(),
        imports: vec![],
        init_order: vec![],
        instances: vec![],
        is_partial: unit.about.is_partial,
        is_golib: unit.about.is_golib,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Color {
    Grey,
    Black,
}

/// Where a package-level object is declared.
#[derive(Clone, Copy)]
enum DeclInfo<'a> {
    Const { file: usize, ty: Option<ExprId>, value: Option<ExprId>, iota: u32, inherited: bool },
    Var { file: usize, ty: Option<ExprId>, value: Option<ExprId>, group: usize },
    Type { file: usize, spec: &'a crate::ast::TypeSpec },
    Func { file: usize, decl: &'a FuncDecl },
}

/// `var a, b = f()`: variables that one call initialises; or one variable with its value.
struct VarGroup {
    lhs: Vec<ObjId>,
    file: usize,
    rhs: ExprId,
}

/// What surrounds the expression or statement being checked.
#[derive(Default)]
struct Context {
    file: usize,
    scopes: Vec<Scope>,
    iota: Option<u32>,
    /// Errors in an inherited constant expression are reported here.
    error_pos: Option<Pos>,
    /// Results of the function being checked.
    results: Option<Signature>,
    result_vars: Vec<ObjId>,
    receiver: Option<ObjId>,
    /// The package-level object whose initialiser or body this is.
    decl: Option<ObjId>,
    /// Variables declared in this function, to find unused ones.
    locals: Vec<ObjId>,
    has_call_or_recv: bool,
    /// A generic type may stand without arguments here.
    generic_ok: bool,
    /// Inside the type parameters of a declaration.
    in_type_params: bool,
    /// Inside a type declaration: that a type exists is enough to mention it.
    names_suffice: bool,
}

/// Type arguments to check against constraints once all types are known.
struct Verify {
    params: Vec<TypeParamId>,
    targs: Vec<TypeId>,
    positions: Vec<Pos>,
    file: usize,
}

#[derive(Default)]
struct Scope {
    names: Vec<(Symbol, ObjId)>,
}

/// A function body to check once all package-level objects are known.
struct Body<'a> {
    func: ObjId,
    file: usize,
    decl: &'a FuncDecl,
}

pub(crate) struct Checker<'a> {
    types: Types,
    objects: Vec<Object>,
    packages: Vec<Package>,
    by_path: FxHashMap<String, PkgId>,
    universe: FxHashMap<Symbol, ObjId>,
    diags: Diagnostics,
    /// Has the package an error already?
    has_errors: bool,
    // the current package
    unit: &'a Unit,
    pkg: PkgId,
    files: &'a [File],
    infos: Vec<FileInfo>,
    pkg_scope: FxHashMap<Symbol, ObjId>,
    file_scopes: Vec<FxHashMap<Symbol, ObjId>>,
    decls: FxHashMap<ObjId, DeclInfo<'a>>,
    decl_order: Vec<ObjId>,
    groups: Vec<VarGroup>,
    /// The methods of each defined type: file, declaration, and whether the receiver is a pointer.
    methods: FxHashMap<ObjId, Vec<(usize, &'a FuncDecl, bool)>>,
    colors: FxHashMap<ObjId, Color>,
    path: Vec<ObjId>,
    bodies: Vec<Body<'a>>,
    used: FxHashSet<ObjId>,
    /// Names that a file has from `import .`, and the import.
    dot_names: FxHashMap<(usize, Symbol), ObjId>,
    /// Variables whose type is yet to be found out from a value.
    awaiting_type: FxHashSet<ObjId>,
    deps: FxHashMap<ObjId, FxHashSet<ObjId>>,
    map_keys: Vec<(Pos, TypeId)>,
    embedded: Vec<(Pos, TypeId)>,
    unions: Vec<union::Union>,
    mono: mono::Graph,
    /// Parameters with constraints whose declaration was going on.
    late_constraints: Vec<TypeParamId>,
    /// Where instances of generic types were written first.
    instance_pos: FxHashMap<NamedId, Pos>,
    /// Types of variables, fields and elements, which must not be constraints.
    var_types: Vec<(usize, Pos, TypeId)>,
    /// Receivers of methods: file, type expression and type.
    receivers: Vec<(usize, ExprId, TypeId)>,
    /// Functions that should have a body.
    bodyless: Vec<Pos>,
    /// Type names that turned out to need themselves.
    recursive: FxHashSet<ObjId>,
    /// What defined types are declared as.
    declared_as: FxHashMap<NamedId, TypeId>,
    /// Defined types that were mentioned and are not resolved yet.
    mentioned: Vec<ObjId>,
    /// Types declared as another defined type whose underlying type was not known yet.
    forwards: Vec<(NamedId, NamedId)>,
    about: About,
    /// Type parameters of generic functions and aliases.
    generic_funcs: FxHashMap<ObjId, Vec<TypeParamId>>,
    generic_aliases: FxHashMap<ObjId, Vec<TypeParamId>>,
    /// Selectors of generic methods, and the methods' own type parameters.
    method_params: FxHashMap<(usize, ExprId), Vec<TypeParamId>>,
    instances: FxHashMap<(NamedId, Vec<TypeId>), NamedId>,
    /// Instances of generic types whose declaration is in progress.
    pending: Vec<(NamedId, NamedId)>,
    verify: Vec<Verify>,
    /// Generic types that contain ever larger instances of themselves.
    cycles: FxHashSet<NamedId>,
    /// Names of generic functions that have their type arguments.
    instantiated: FxHashSet<(usize, ExprId)>,
    /// Types and the interfaces that they are known to implement, or as type arguments to satisfy.
    implementing: FxHashSet<(TypeId, TypeId, bool)>,
    /// Constants on the left of shifts that are no constants, until the context gives them a type.
    shifted: FxHashSet<(usize, ExprId)>,
    /// By file.
    versions: Vec<version::Version>,
    cx: Context,
}

fn new_info(file: &File) -> FileInfo {
    FileInfo { exprs: vec![None; file.exprs.len()], ..FileInfo::default() }
}

impl<'a> Checker<'a> {
    fn new(known: Known, unit: &'a Unit) -> Checker<'a> {
        Checker {
            unit,
            types: known.types,
            objects: known.objects,
            packages: known.packages,
            by_path: known.by_path,
            universe: known.universe,
            diags: known.diags,
            has_errors: false,
            pkg: PkgId(0),
            files: &unit.files,
            infos: unit.files.iter().map(new_info).collect(),
            pkg_scope: FxHashMap::default(),
            file_scopes: vec![FxHashMap::default(); unit.files.len()],
            decls: FxHashMap::default(),
            decl_order: vec![],
            groups: vec![],
            methods: FxHashMap::default(),
            colors: FxHashMap::default(),
            path: vec![],
            bodies: vec![],
            used: FxHashSet::default(),
            dot_names: FxHashMap::default(),
            awaiting_type: FxHashSet::default(),
            deps: FxHashMap::default(),
            map_keys: vec![],
            embedded: vec![],
            unions: vec![],
            mono: mono::Graph::default(),
            late_constraints: vec![],
            instance_pos: FxHashMap::default(),
            var_types: vec![],
            receivers: vec![],
            bodyless: vec![],
            recursive: FxHashSet::default(),
            declared_as: FxHashMap::default(),
            mentioned: vec![],
            forwards: vec![],
            about: unit.about.clone(),
            generic_funcs: known.generic_funcs,
            generic_aliases: known.generic_aliases,
            method_params: FxHashMap::default(),
            instances: known.instances,
            pending: vec![],
            verify: vec![],
            cycles: known.cycles,
            instantiated: FxHashSet::default(),
            implementing: FxHashSet::default(),
            shifted: FxHashSet::default(),
            versions: {
                let of = |file: &File| version::Version::of(unit.about.go_minor, file.go_minor);
                unit.files.iter().map(of).collect()
            },
            cx: Context::default(),
        }
    }

    fn into_known(self) -> Known {
        Known {
            types: self.types,
            objects: self.objects,
            packages: self.packages,
            by_path: self.by_path,
            universe: self.universe,
            diags: self.diags,
            generic_funcs: self.generic_funcs,
            generic_aliases: self.generic_aliases,
            instances: self.instances,
            cycles: self.cycles,
        }
    }

    fn package(&mut self) {
        self.pkg = PkgId(self.packages.len() as u32);
        self.packages.push(new_package(self.unit));
        self.by_path.insert(self.unit.path.clone(), self.pkg);
        for file in self.files {
            if file.package.name.is_blank() {
                self.error(file.package.pos, "invalid package name _");
            }
        }
        self.collect();
        self.direct_cycles();
        for obj in self.in_phases() {
            self.resolve(obj);
        }
        self.settle_constraints();
        self.check_recursive_types();
        self.check_receivers();
        self.verify_instances();
        self.check_methods();
        self.check_map_keys();
        self.check_embedded();
        self.check_unions();
        self.check_var_types();
        let bodies = std::mem::take(&mut self.bodies);
        for body in bodies {
            self.func_body(body);
        }
        self.verify_instances();
        self.check_map_keys();
        self.check_embedded();
        self.check_unions();
        self.check_var_types();
        self.check_embeds();
        let init_order = self.init_order();
        if !self.has_errors {
            self.check_instantiations();
        }
        self.unused_imports();
        if !self.has_errors {
            for pos in std::mem::take(&mut self.bodyless) {
                self.error(pos, "missing function body");
            }
        }
        let package = &mut self.packages[self.pkg.0 as usize];
        package.init_order = init_order;
        package.scope = std::mem::take(&mut self.pkg_scope);
        package.infos = std::mem::take(&mut self.infos);
    }

    /// Package-level objects in the order they are resolved in: defined types, aliases, everything else.
    fn in_phases(&self) -> Vec<ObjId> {
        let phase = |o: &ObjId| match self.decls.get(o) {
            Some(DeclInfo::Type { spec, .. }) if !spec.is_alias => 0,
            Some(DeclInfo::Type { .. }) => 1,
            _ => 2,
        };
        let mut all = self.decl_order.clone();
        all.sort_by_key(phase);
        all
    }

    // ---- access

    fn file(&self) -> &'a File {
        &self.files[self.cx.file]
    }

    fn ast(&self, id: ExprId) -> &'a Expr {
        self.file().expr(id)
    }

    /// Where messages about the expression stand: at its start, but at the bracket of the slice expression it starts with.
    fn pos(&self, mut id: ExprId) -> Pos {
        loop {
            id = match &self.ast(id).kind {
                ExprKind::Slice { lbrack, .. } => return *lbrack,
                ExprKind::CompositeLit { ty: Some(x), .. }
                | ExprKind::KeyValue { key: x, .. }
                | ExprKind::Selector { x, .. }
                | ExprKind::Index { x, .. }
                | ExprKind::TypeAssert { x, .. }
                | ExprKind::Binary { x, .. }
                | ExprKind::Call { fun: x, .. } => *x,
                // a function type starts at its parameters
                ExprKind::FuncType(_) => return self.ast(id).span.lo.plus("func".len()),
                _ => return self.ast(id).span.lo,
            };
        }
    }

    /// The position that Go's compiler gives the node itself: for most operations that of their operator.
    fn node_pos(&self, id: ExprId) -> Pos {
        match &self.ast(id).kind {
            ExprKind::Binary { op_pos, .. } => *op_pos,
            ExprKind::Call { lparen, .. } => *lparen,
            ExprKind::Index { lbrack, .. } => *lbrack,
            ExprKind::CompositeLit { lbrace, .. } => *lbrace,
            ExprKind::Selector { sel, .. } => Pos(sel.pos.0 - 1),
            ExprKind::TypeAssert { x, .. } => self.ast(*x).span.hi,
            _ => self.pos(id),
        }
    }

    fn unparen(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(x) = self.ast(id).kind {
            id = x;
        }
        id
    }

    fn info(&mut self) -> &mut FileInfo {
        &mut self.infos[self.cx.file]
    }

    fn obj(&self, id: ObjId) -> &Object {
        &self.objects[id.0 as usize]
    }

    fn under(&self, ty: TypeId) -> &Type {
        self.types.under(ty)
    }

    fn error(&mut self, pos: Pos, text: impl Into<String>) {
        self.report(pos, text, |d| d);
    }

    /// Reports an error to which `add` may add lines and positions.
    fn report(
        &mut self,
        pos: Pos,
        text: impl Into<String>,
        add: impl FnOnce(&mut Diagnostic) -> &mut Diagnostic,
    ) {
        let text = self.with_version(text.into());
        // about what follows from another error nobody complains again
        let follows = |what| text.find(what).is_some_and(|at| at > 0);
        if self.has_errors && (follows("invalid operand") || follows("invalid type")) {
            return;
        }
        self.has_errors = true;
        let pos = self.cx.error_pos.unwrap_or(pos);
        add(self.diags.error(pos, text));
    }

    fn new_object(&mut self, name: Symbol, pos: Pos, pkg: Option<PkgId>, ty: TypeId, kind: ObjKind) -> ObjId {
        self.objects.push(Object { name, pos, pkg, ty, kind });
        ObjId(self.objects.len() as u32 - 1)
    }

    /// Writes down what an expression turned out to be.
    fn record(&mut self, id: ExprId, mode: Mode, ty: TypeId, value: Option<Const>) {
        self.info().exprs[id.0 as usize] = Some(TypeAndValue { mode, ty, value });
    }

    fn record_operand(&mut self, x: &Operand) {
        self.record(x.expr, x.mode, x.ty, x.value.clone());
    }

    // ---- scopes

    fn open_scope(&mut self) {
        self.cx.scopes.push(Scope::default());
    }

    fn close_scope(&mut self) {
        self.cx.scopes.pop();
    }

    /// Declares a local name in the innermost scope.
    fn declare(&mut self, name: Symbol, obj: ObjId) {
        let pos = self.obj(obj).pos;
        self.info().defs.insert(pos, obj);
        if name.is_blank() {
            return;
        }
        let scope = self.cx.scopes.last().expect("a scope is open");
        if let Some(&(_, other)) = scope.names.iter().find(|(n, _)| *n == name) {
            let other_pos = self.obj(other).pos;
            self.redeclared(name, pos, other_pos);
            return;
        }
        self.cx.scopes.last_mut().expect("a scope is open").names.push((name, obj));
        if matches!(self.obj(obj).kind, ObjKind::Var { package_level: false, param: false }) {
            self.cx.locals.push(obj);
        }
    }

    fn redeclared(&mut self, name: Symbol, pos: Pos, other: Pos) {
        self.declared_twice(pos, other, format!("{name} redeclared in this block"), name);
    }

    fn declared_twice(&mut self, pos: Pos, other: Pos, text: String, name: Symbol) {
        self.report(pos, text, |d| match other {
            Pos::NONE => d,
            _ => d.also(other, format!("other declaration of {name}")),
        });
    }

    /// What `name` denotes here.
    fn find(&mut self, name: Symbol) -> Option<ObjId> {
        for scope in self.cx.scopes.iter().rev() {
            if let Some(&(_, obj)) = scope.names.iter().rev().find(|(n, _)| *n == name) {
                return Some(obj);
            }
        }
        self.find_package_level(name)
    }

    fn find_package_level(&self, name: Symbol) -> Option<ObjId> {
        let file = self.file_scopes.get(self.cx.file).and_then(|s| s.get(&name));
        file.or_else(|| self.pkg_scope.get(&name)).or_else(|| self.universe.get(&name)).copied()
    }

    /// Remembers that the current declaration depends on `obj`.
    fn depends(&mut self, obj: ObjId) {
        if let Some(from) = self.cx.decl
            && self.decls.contains_key(&obj)
        {
            self.deps.entry(from).or_default().insert(obj);
        }
    }

    /// Runs `f` in a fresh context of `file`.
    fn in_context<T>(&mut self, file: usize, decl: Option<ObjId>, f: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.cx, Context { file, decl, ..Context::default() });
        let result = f(self);
        self.cx = outer;
        result
    }

    fn is_invalid(&self, ty: TypeId) -> bool {
        ty == Basic::Invalid.id()
    }
}
