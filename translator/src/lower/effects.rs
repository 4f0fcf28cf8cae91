//! What calls may write, for the order of evaluation (`order`).
//!
//! Memory is told apart by how it is reached: a variable, a field by name, elements and pointed-to values by type. A
//! function's effect holds what it writes and, after closing over the calls, what those it calls write; a call through an
//! interface counts as every method of that name, a call of a function value as every function used as a value of that
//! signature. What may let another goroutine run may write anything.
//!
//! Always holds: too much is said, never too little.

use super::Lower;
use crate::ast::{AssignOp, Decl, ExprId, ExprKind, FuncLit, Stmt, StmtKind, UnaryOp, any_stmt};
use crate::symbol::Symbol;
use crate::typed::{Builtin, Mode, ObjId, ObjKind, PkgId, SelectionKind, TypeId};
use crate::types::{Signature, Type};
use rustc_hash::{FxHashMap, FxHashSet};

/// A kind of memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Mem {
    /// A variable of this type, or part of it.
    Var(ObjId, TypeId),
    /// A field reached through a pointer.
    Field(Symbol, TypeId),
    /// Elements of this type.
    Elem(TypeId),
    /// What a pointer points to.
    Deref(TypeId),
    /// Entries of maps.
    Map,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Callee {
    Function(ObjId),
    /// Through an interface.
    Method(Symbol),
    /// A function value of this signature.
    Value(TypeId),
    /// A function value of any signature with type parameters.
    Generic,
}

/// What running some code may write.
#[derive(Clone, Default, Debug)]
struct Effect {
    anything: bool,
    /// Others may notice that it ran.
    shows: bool,
    /// So may those who look at the memory afterwards, after a `recover`.
    changes: bool,
    writes: FxHashSet<Mem>,
    calls: FxHashSet<Callee>,
}

/// The effects of the program's functions.
#[derive(Default, Debug)]
pub(super) struct Effects {
    of: FxHashMap<Callee, Effect>,
    /// The program recovers somewhere.
    recovers: bool,
}

impl Lower<'_> {
    /// May the calls in `id` write any of `loads`?
    pub(super) fn writes_any(&self, id: ExprId, loads: &[Mem]) -> bool {
        let effects = self.effects.get_or_init(|| self.all_effects());
        let mut effect = Effect::default();
        self.expr_effect(id, &mut effect, &mut Effects::default());
        let known = effect.calls.iter().filter_map(|c| effects.of.get(c));
        std::iter::once(&effect)
            .chain(known)
            .any(|e| e.anything || e.writes.iter().any(|w| loads.iter().any(|l| self.may_be_same(*w, *l))))
    }

    /// May others notice that the calls in `id` ran?
    pub(super) fn shows(&self, id: ExprId) -> bool {
        let effects = self.effects.get_or_init(|| self.all_effects());
        let mut effect = Effect::default();
        self.expr_effect(id, &mut effect, &mut Effects::default());
        let known = effect.calls.iter().filter_map(|c| effects.of.get(c));
        std::iter::once(&effect).chain(known).any(|e| e.anything || e.shows || e.changes && effects.recovers)
    }

    /// A function of golib that, given no functions, neither panics nor does anything that shows.
    pub(super) fn is_quiet(&self, func: ObjId) -> bool {
        const QUIET: [&str; 6] = ["math", "math/bits", "strconv", "strings", "unicode", "unicode/utf8"];
        let object = self.obj(func);
        let Some(package) = object.pkg.map(|p| self.program.package(p)) else { return false };
        let Type::Func(sig) = self.under(object.ty) else { return false };
        let (path, name) = (package.path.as_str(), object.name.as_str());
        let calls = sig.params.iter().any(|p| matches!(self.under(*p), Type::Func(_)));
        let listed = QUIET.contains(&path) && name != "Repeat" || (path, name) == ("errors", "New");
        package.is_golib && matches!(object.kind, ObjKind::Func { .. }) && listed && !calls
    }

    /// What memory a place is.
    pub(super) fn mem_of(&self, id: ExprId) -> Option<Mem> {
        if let Some(root) = self.stack_root(id) {
            return matches!(self.obj(root).kind, ObjKind::Var { .. })
                .then(|| Mem::Var(root, self.obj(root).ty));
        }
        let ty = self.info().tv(id)?.ty;
        Some(match &self.ast(id).kind {
            ExprKind::Paren(x) => return self.mem_of(*x),
            ExprKind::Selector { sel, .. } => match self.object_of(id) {
                Some(obj) => Mem::Var(obj, ty),
                None => Mem::Field(sel.name, ty),
            },
            ExprKind::Index { x, .. } if matches!(self.under(self.type_of(*x)), Type::Map(..)) => Mem::Map,
            ExprKind::Index { .. } => Mem::Elem(ty),
            _ => Mem::Deref(ty),
        })
    }

    fn may_be_same(&self, write: Mem, load: Mem) -> bool {
        let within = |a: TypeId, b: TypeId| self.holds(a, b) || self.holds(b, a);
        // what a type parameter stands for may be any type
        let is_open = |m: Mem| match m {
            Mem::Field(_, t) | Mem::Elem(t) | Mem::Deref(t) => self.program.types.mentions_params(t),
            Mem::Var(..) | Mem::Map => false,
        };
        if is_open(write) || is_open(load) {
            return true;
        }
        let type_of = |m: Mem| match m {
            Mem::Var(_, t) | Mem::Field(_, t) | Mem::Elem(t) | Mem::Deref(t) => Some(t),
            Mem::Map => None,
        };
        match (write, load) {
            (Mem::Var(a, _), Mem::Var(b, _)) => a == b,
            (Mem::Field(a, t), Mem::Field(b, u)) if t == u => a == b,
            (Mem::Elem(t), Mem::Elem(u)) if t == u => true,
            _ => match (type_of(write), type_of(load)) {
                (Some(t), Some(u)) if t == u => {
                    matches!(write, Mem::Deref(_)) || matches!(load, Mem::Deref(_))
                }
                (Some(t), Some(u)) => within(t, u),
                (a, b) => a == b,
            },
        }
    }

    /// Does a value of type `whole` hold one of type `part`?
    fn holds(&self, whole: TypeId, part: TypeId) -> bool {
        match self.under(whole) {
            Type::Struct(fields) => fields.iter().any(|f| f.ty == part || self.holds(f.ty, part)),
            Type::Array(elem, _) => *elem == part || self.holds(*elem, part),
            _ => false,
        }
    }

    // ---- the whole program

    fn all_effects(&self) -> Effects {
        let mut all = Effects::default();
        for (p, package) in self.program.packages.iter().enumerate().filter(|(_, p)| !p.is_golib) {
            for (i, file) in package.files.iter().enumerate() {
                let there = Lower { pkg: PkgId(p as u32), file: i, ..Lower::new(self.program, self.map) };
                for decl in &file.decls {
                    there.decl_effect(decl, &mut all);
                }
            }
        }
        close(&mut all);
        all
    }

    fn decl_effect(&self, decl: &Decl, all: &mut Effects) {
        match decl {
            Decl::Func(f) => {
                let Some(func) = self.defined(f.name.pos) else { return };
                let mut effect = Effect { anything: f.body.is_none(), ..Effect::default() };
                if let Some(body) = &f.body {
                    self.body_effect(&body.stmts, &mut effect, all);
                }
                effect.changes |= effect.writes.iter().any(|w| match w {
                    Mem::Var(var, _) => self.storage(*var) == super::Storage::Global,
                    _ => true,
                });
                if f.recv.is_some() {
                    let method = all.of.entry(Callee::Method(f.name.name)).or_default();
                    method.calls.insert(Callee::Function(func));
                }
                all.of.insert(Callee::Function(func), effect);
            }
            Decl::Var { specs, .. } => {
                // run before anything else; the literals in them may be called later
                let values = specs.iter().flat_map(|s| &s.values);
                values.for_each(|v| self.expr_effect(*v, &mut Effect::default(), all));
            }
            _ => {}
        }
    }

    fn body_effect(&self, stmts: &[Stmt], effect: &mut Effect, all: &mut Effects) {
        let found = std::cell::RefCell::new((vec![], vec![], false, false));
        any_stmt(stmts, &|s| {
            let (writes, exprs, waits, shows) = &mut *found.borrow_mut();
            match &s.kind {
                StmtKind::IncDec { x, .. } => writes.push(*x),
                StmtKind::Assign { lhs, op, .. } => {
                    writes.extend(
                        lhs.iter()
                            .filter(|l| *op != AssignOp::Define || self.defined(self.pos(**l)).is_none()),
                    );
                }
                StmtKind::Range { key, value, define: false, .. } => writes.extend(key.iter().chain(value)),
                StmtKind::Range { x, .. } => {
                    *waits |= matches!(self.under(self.type_of(*x)), Type::Chan(..) | Type::Func(_))
                }
                StmtKind::Send { .. } | StmtKind::Select { .. } => *waits = true,
                StmtKind::Go(_) | StmtKind::Defer(_) => *shows = true,
                _ => {}
            }
            exprs.extend(super::stmt::exprs_of(s));
            false
        });
        let (writes, exprs, waits, shows) = found.into_inner();
        effect.anything |= waits;
        effect.shows |= shows;
        effect
            .writes
            .extend(writes.into_iter().filter(|w| !self.is_blank(*w)).filter_map(|w| self.mem_of(w)));
        exprs.into_iter().for_each(|x| self.expr_effect(x, effect, all));
    }

    /// Adds what evaluating `id` may write; literals and functions used as values go to `all`.
    fn expr_effect(&self, id: ExprId, effect: &mut Effect, all: &mut Effects) {
        match &self.ast(id).kind {
            ExprKind::Call { fun, args, .. } => {
                self.call_effect(*fun, args, effect, all);
                args.iter().for_each(|a| self.expr_effect(*a, effect, all));
            }
            ExprKind::FuncLit(lit) => self.literal_effect(id, lit, all),
            ExprKind::Ident(_) => self.value_effect(id, all),
            ExprKind::Selector { x, .. } => {
                self.value_effect(id, all);
                if self.info().tv(*x).is_some() {
                    self.expr_effect(*x, effect, all);
                }
            }
            ExprKind::Unary { op, x } => {
                effect.anything |= *op == UnaryOp::Recv;
                self.expr_effect(*x, effect, all);
            }
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::TypeAssert { x, .. } => {
                self.expr_effect(*x, effect, all)
            }
            ExprKind::Binary { x, y, .. } | ExprKind::KeyValue { key: x, value: y, .. } => {
                self.expr_effect(*x, effect, all);
                self.expr_effect(*y, effect, all);
            }
            ExprKind::Index { x, indices, .. } => {
                std::iter::once(x).chain(indices).for_each(|x| self.expr_effect(*x, effect, all));
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let bounds = [lo, hi, max].into_iter().flatten();
                std::iter::once(x).chain(bounds).for_each(|x| self.expr_effect(*x, effect, all));
            }
            ExprKind::CompositeLit { elems, .. } => {
                elems.iter().for_each(|e| self.expr_effect(*e, effect, all))
            }
            _ => {}
        }
    }

    fn literal_effect(&self, id: ExprId, lit: &FuncLit, all: &mut Effects) {
        let mut effect = Effect::default();
        self.body_effect(&lit.body.stmts, &mut effect, all);
        let value = all.of.entry(self.value_callee(self.type_of(id))).or_default();
        value.anything |= effect.anything;
        value.shows |= effect.shows;
        value.changes |= effect.changes || !effect.writes.is_empty();
        value.writes.extend(effect.writes);
        value.calls.extend(effect.calls);
    }

    /// A function or method named without being called.
    fn value_effect(&self, id: ExprId, all: &mut Effects) {
        let called = match (self.info().selections.get(&id), self.object_of(id)) {
            (Some(s), _) if s.kind != SelectionKind::Field => Callee::Method(s.name),
            (None, Some(obj)) if matches!(self.obj(obj).kind, ObjKind::Func { .. }) => Callee::Function(obj),
            _ => return,
        };
        let foreign = matches!(called, Callee::Function(f) if !self.is_own_object(f));
        let value = all.of.entry(self.value_callee(self.type_of(id))).or_default();
        value.shows |= foreign;
        value.calls.insert(called);
    }

    /// Is the type declared in the program, not in golib?
    fn is_own(&self, ty: TypeId) -> bool {
        match self.program.types.get(ty) {
            Type::Named(n) => self.is_own_object(self.program.types.named(*n).obj),
            _ => false,
        }
    }

    fn is_own_object(&self, obj: ObjId) -> bool {
        self.obj(obj).pkg.is_some_and(|p| !self.program.package(p).is_golib)
    }

    fn value_callee(&self, ty: TypeId) -> Callee {
        let signature = self.program.types.underlying(ty);
        match self.program.types.mentions_params(signature) {
            true => Callee::Generic,
            false => Callee::Value(signature),
        }
    }

    /// A call of a function value.
    fn value_call(&self, ty: TypeId, effect: &mut Effect) {
        let callee = self.value_callee(ty);
        effect.anything |= callee == Callee::Generic;
        effect.calls.extend([callee, Callee::Generic]);
    }

    fn call_effect(&self, fun: ExprId, args: &[ExprId], effect: &mut Effect, all: &mut Effects) {
        let fun = self.unparen(fun);
        match self.info().tv(fun).map(|t| t.mode) {
            Some(Mode::Type) => return,
            Some(Mode::Builtin(b)) => {
                all.recovers |= b == Builtin::Recover;
                effect.changes |= matches!(b, Builtin::Clear | Builtin::Copy | Builtin::Delete);
                effect.shows |= !matches!(
                    b,
                    Builtin::Append
                        | Builtin::Cap
                        | Builtin::Clear
                        | Builtin::Complex
                        | Builtin::Copy
                        | Builtin::Delete
                        | Builtin::Imag
                        | Builtin::Len
                        | Builtin::Make
                        | Builtin::Max
                        | Builtin::Min
                        | Builtin::New
                        | Builtin::Real
                );
                let written = args.first().map(|a| self.under(self.type_of(*a)));
                effect.writes.extend(match (b, written) {
                    (Builtin::Append | Builtin::Copy | Builtin::Clear, Some(Type::Slice(elem))) => {
                        Some(Mem::Elem(*elem))
                    }
                    (Builtin::Delete | Builtin::Clear, _) => Some(Mem::Map),
                    _ => None,
                });
                return;
            }
            _ => {}
        }
        if let ExprKind::FuncLit(lit) = &self.ast(fun).kind {
            effect.shows = true;
            return self.body_effect(&lit.body.stmts, effect, all);
        }
        if let Some(s) = self.info().selections.get(&fun).filter(|s| s.kind != SelectionKind::Field) {
            if let ExprKind::Selector { x, .. } = self.ast(fun).kind {
                self.expr_effect(x, effect, all);
            }
            let through_interface = s.method_recv.is_some_and(|r| self.is_interface(r))
                || self.program.types.param(s.recv).is_some();
            match s.func.filter(|_| !through_interface) {
                Some(func) => self.function_effect(func, s.ty, effect),
                None => {
                    // those of golib are implemented there, too
                    effect.shows |= !s.method_recv.is_some_and(|r| self.is_own(r));
                    effect.calls.insert(Callee::Method(s.name));
                }
            }
            return;
        }
        match self.object_of(fun).filter(|o| matches!(self.obj(*o).kind, ObjKind::Func { .. })) {
            Some(func) => self.function_effect(func, self.obj(func).ty, effect),
            None => {
                self.expr_effect(fun, effect, all);
                self.value_call(self.type_of(fun), effect);
            }
        }
    }

    fn function_effect(&self, func: ObjId, ty: TypeId, effect: &mut Effect) {
        let Some(package) = self.obj(func).pkg.map(|p| self.program.package(p)) else {
            effect.calls.insert(Callee::Method(self.obj(func).name));
            return;
        };
        if !package.is_golib {
            effect.calls.insert(Callee::Function(func));
            return;
        }
        let Type::Func(sig) = self.under(ty) else { return };
        effect.shows |= !self.is_quiet(func);
        match package.path.as_str() {
            "fmt" if !self.obj(func).name.as_str().to_lowercase().contains("scan") => {
                let methods = ["String", "Error", "Format", "GoString", "Write"];
                effect.calls.extend(methods.map(|m| Callee::Method(Symbol::intern(m))));
            }
            // others run meanwhile
            "sync" | "context" | "runtime" => effect.anything = true,
            "time" if self.obj(func).name.as_str() == "Sleep" => effect.anything = true,
            _ => self.library_effect(sig, effect),
        }
    }

    /// A function of golib writes what its arguments let it reach.
    fn library_effect(&self, sig: &Signature, effect: &mut Effect) {
        for &param in &sig.params {
            match self.under(param) {
                Type::Func(_) => self.value_call(param, effect),
                Type::Interface(i) if i.methods.is_empty() => effect.anything = true,
                Type::Interface(i) => effect.calls.extend(i.methods.iter().map(|m| Callee::Method(m.name))),
                Type::Slice(elem) if self.is_interface(*elem) => effect.anything = true,
                Type::Slice(elem) => {
                    effect.writes.insert(Mem::Elem(*elem));
                }
                Type::Pointer(elem) => {
                    effect.writes.insert(Mem::Deref(*elem));
                }
                Type::Map(..) => {
                    effect.writes.insert(Mem::Map);
                }
                _ => {}
            }
        }
    }
}

/// Adds to every effect those of what it calls, until nothing changes.
fn close(all: &mut Effects) {
    let callees: Vec<Callee> = all.of.keys().copied().collect();
    loop {
        let mut changed = false;
        for callee in &callees {
            let Some(mut effect) = all.of.remove(callee) else { continue };
            let before = (effect.anything, effect.shows, effect.changes, effect.writes.len());
            for called in effect.calls.iter().filter_map(|c| all.of.get(c)) {
                effect.anything |= called.anything;
                effect.shows |= called.shows;
                effect.changes |= called.changes;
                effect.writes.extend(&called.writes);
            }
            changed |= before != (effect.anything, effect.shows, effect.changes, effect.writes.len());
            all.of.insert(*callee, effect);
        }
        if !changed {
            return;
        }
    }
}
