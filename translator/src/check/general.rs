//! Which generic declarations stay generic: those whose body Rust can compile once for every type argument, with bounds that
//! are golib's traits. The others become instances (see `instances`).
//!
//! A declaration is looked at alone first, then loses its place if what it uses with its own type parameters has lost it; a type
//! and its methods stay or go together. What golib declares without a body is generic in Rust, too, and stays.
//!
//! Always holds: the answer errs on the side of instances, which are right for everything; layout cannot depend on a type argument
//! in Rust, so a struct that ends in a field of no size in one instance has instances only.

use super::Checker;
use super::instances::Generic;
use crate::ast::{AssignOp, BinaryOp, Decl, ExprId, ExprKind, File, Stmt, StmtKind, UnaryOp, any_stmt};
use crate::source::Span;
use crate::typed::{Builtin, Const, FileInfo, Mode, ObjId, Package, Selection, SelectionKind};
use crate::types::{Bound, NamedId, Type, TypeId, TypeParamId, Types};
use num_traits::ToPrimitive;
use rustc_hash::{FxHashMap, FxHashSet};

/// Why something cannot stay generic.
type Reason = &'static str;

/// What stays generic.
#[derive(Default)]
pub(super) struct Kept {
    /// Functions and methods.
    pub(super) funcs: FxHashSet<ObjId>,
    /// Types.
    pub(super) types: FxHashSet<NamedId>,
    /// Why the others became instances.
    pub(super) reasons: FxHashMap<ObjId, Reason>,
}

/// What a declaration needs to stay generic.
#[derive(Default)]
struct Needs {
    funcs: FxHashSet<ObjId>,
    types: FxHashSet<NamedId>,
}

/// Finds what stays generic.
pub(super) fn kept(c: &Checker, packages: &[Package], generic: &FxHashMap<ObjId, Generic>) -> Kept {
    let mut kept = Kept::default();
    let mut funcs: FxHashMap<ObjId, Needs> = FxHashMap::default();
    for (&obj, g) in generic {
        let package = &packages[g.pkg.0 as usize];
        let (file, info) = (&package.files[g.file], &package.infos[g.file]);
        let mut body = Body { c, file, info, span: g.decl.span, needs: Needs::default() };
        match body.function(obj, g) {
            Ok(()) => drop(funcs.insert(obj, body.needs)),
            Err(reason) => drop(kept.reasons.insert(obj, reason)),
        }
    }
    for (&obj, params) in &c.generic_funcs {
        let pkg = c.obj(obj).pkg;
        if pkg.is_some_and(|p| packages[p.0 as usize].is_golib) && bounded(&c.types, params).is_ok() {
            funcs.insert(obj, Needs::default());
        }
    }
    let mut types: FxHashMap<NamedId, Needs> = FxHashMap::default();
    let has_empty = has_empty_arguments(c, packages);
    for (i, named) in c.types.named.iter().enumerate() {
        if named.type_params.is_empty() || named.instance_of.is_some() {
            continue;
        }
        let mut needs = Needs::default();
        match declared(c, packages, NamedId(i as u32), has_empty, &mut needs) {
            Ok(()) => drop(types.insert(NamedId(i as u32), needs)),
            Err(reason) => drop(kept.reasons.insert(named.obj, reason)),
        }
    }
    // what needs something that goes must go, too
    loop {
        let stays = |n: &Needs| {
            n.funcs.iter().all(|f| funcs.contains_key(f)) && n.types.iter().all(|t| types.contains_key(t))
        };
        let lost: Vec<ObjId> = funcs.iter().filter(|(_, n)| !stays(n)).map(|(f, _)| *f).collect();
        let gone: Vec<NamedId> = types.iter().filter(|(_, n)| !stays(n)).map(|(t, _)| *t).collect();
        if lost.is_empty() && gone.is_empty() {
            break;
        }
        for func in lost {
            funcs.remove(&func);
            kept.reasons.insert(func, "it uses generic code that became instances");
        }
        for ty in gone {
            types.remove(&ty);
            kept.reasons.insert(c.types.named(ty).obj, "it uses generic code that became instances");
        }
    }
    kept.funcs = funcs.into_keys().collect();
    kept.types = types.into_keys().collect();
    kept
}

/// Can the type be declared once?
fn declared(
    c: &Checker,
    packages: &[Package],
    id: NamedId,
    has_empty: bool,
    needs: &mut Needs,
) -> Result<(), Reason> {
    let named = c.types.named(id);
    bounded(&c.types, &named.type_params)?;
    // Rust has it and its methods
    if named.pkg.is_none_or(|p| packages[p.0 as usize].is_golib) {
        return Ok(());
    }
    let parts: Vec<TypeId> = match c.types.get(named.underlying) {
        Type::Interface(i) if i.terms.is_some() || i.comparable => return Err("it is a constraint"),
        Type::Interface(i) => i.methods.iter().map(|m| m.sig).collect(),
        Type::Struct(fields) => {
            let ends_in_param = |t: TypeId| may_be_empty(c, t) && c.mentions_params(t);
            if has_empty && fields.len() > 1 && fields.last().is_some_and(|last| ends_in_param(last.ty)) {
                return Err("its last field takes no room in some instances, which are padded");
            }
            fields.iter().map(|f| f.ty).collect()
        }
        _ => vec![named.underlying],
    };
    for &part in &parts {
        sayable(&c.types, part, None, needs)?;
    }
    let held = |p: &TypeParamId| parts.iter().any(|t| holds(&c.types, *t, *p, id));
    let is_interface = matches!(c.types.get(named.underlying), Type::Interface(_));
    if !is_interface && !named.type_params.iter().all(held) {
        return Err("a type parameter is not used in it");
    }
    for method in &named.methods {
        if c.generic_funcs.contains_key(&method.func) {
            return Err("a method has type parameters");
        }
        needs.funcs.insert(method.func);
    }
    Ok(())
}

/// Is generic code used with a type argument whose values take no room?
fn has_empty_arguments(c: &Checker, packages: &[Package]) -> bool {
    // a parameter that is handed on takes room unless what is given for it elsewhere takes none
    let counts = |t: &TypeId| may_be_empty(c, *t) && c.types.param(*t).is_none();
    let of_types = c.types.named.iter().filter_map(|n| n.instance_of.as_ref());
    let infos = packages.iter().flat_map(|p| &p.infos);
    of_types.flat_map(|(_, targs)| targs).any(counts)
        || infos.flat_map(|info| info.instances.values()).flat_map(|i| &i.targs).any(counts)
}

/// May values of the type take no room? Those of type parameters may.
fn may_be_empty(c: &Checker, ty: TypeId) -> bool {
    if c.types.param(ty).is_some() {
        return true;
    }
    match c.under(ty) {
        Type::Array(elem, n) => *n == 0 || may_be_empty(c, *elem),
        Type::Struct(fields) => fields.iter().all(|f| may_be_empty(c, f.ty)),
        _ => false,
    }
}

/// Does the type mention the parameter other than in mentions of `of` itself?
fn holds(types: &Types, ty: TypeId, param: TypeParamId, of: NamedId) -> bool {
    let any = |list: &[TypeId]| list.iter().any(|t| holds(types, *t, param, of));
    match types.get(ty) {
        Type::TypeParam(p) => *p == param,
        Type::Named(n) => match &types.named(*n).instance_of {
            Some((origin, targs)) => *origin != of && any(targs),
            None => false,
        },
        Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => {
            holds(types, *t, param, of)
        }
        Type::Map(k, v) => any(&[*k, *v]),
        Type::Func(sig) => any(&sig.params) || any(&sig.results),
        Type::Tuple(list) => any(list),
        Type::Basic(_) | Type::Struct(_) | Type::Interface(_) => false,
    }
}

/// Has Rust bounds for all parameters?
fn bounded(types: &Types, params: &[TypeParamId]) -> Result<(), Reason> {
    for p in params {
        if types.type_params[p.0 as usize].name.is_blank() {
            return Err("a type parameter has no name");
        }
        if types.bound(*p).is_none() {
            return Err("no Rust bound is its constraint");
        }
    }
    Ok(())
}

/// Can Rust say the type inside a declaration (at `span`) with type parameters?
fn sayable(types: &Types, ty: TypeId, span: Option<Span>, needs: &mut Needs) -> Result<(), Reason> {
    let mut all = |list: &[TypeId]| list.iter().try_for_each(|t| sayable(types, *t, span, needs));
    match types.get(ty) {
        Type::Basic(_) | Type::TypeParam(_) => Ok(()),
        Type::Named(n) => {
            let named = types.named(*n);
            if named.local && span.is_some_and(|s| (s.lo..s.hi).contains(&named.pos)) {
                return Err("it declares a type");
            }
            match &named.instance_of {
                Some((origin, targs)) => {
                    all(targs)?;
                    if targs.iter().any(|t| types.mentions_params(*t)) {
                        needs.types.insert(*origin);
                    }
                }
                None if !named.type_params.is_empty() => drop(needs.types.insert(*n)),
                None => {}
            }
            Ok(())
        }
        Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => all(&[*t]),
        Type::Map(k, v) => all(&[*k, *v]),
        Type::Func(sig) => {
            all(&sig.params)?;
            all(&sig.results)
        }
        Type::Tuple(list) => all(list),
        Type::Struct(_) | Type::Interface(_) => match types.mentions_params(ty) {
            true => Err("a type without a name depends on a type parameter"),
            false => Ok(()),
        },
    }
}

/// A declaration being looked at.
struct Body<'a> {
    c: &'a Checker<'a>,
    file: &'a File,
    info: &'a FileInfo,
    span: Span,
    needs: Needs,
}

impl Body<'_> {
    fn function(&mut self, obj: ObjId, g: &Generic) -> Result<(), Reason> {
        if g.of_receiver > 0 && g.params.len() > g.of_receiver {
            return Err("a method has type parameters");
        }
        bounded(&self.c.types, &g.params)?;
        let Some(body) = &g.decl.body else { return Err("it has no body") };
        self.ty(self.c.obj(obj).ty)?;
        if let crate::typed::ObjKind::Func { recv: Some(recv), .. } = self.c.obj(obj).kind {
            self.ty(recv)?;
        }
        self.stmts(&body.stmts)?;
        for i in 0..self.file.exprs.len() {
            let id = ExprId(i as u32);
            if (self.span.lo..self.span.hi).contains(&self.file.expr(id).span.lo) {
                self.expr(id)?;
            }
        }
        Ok(())
    }

    fn ty(&mut self, ty: TypeId) -> Result<(), Reason> {
        sayable(&self.c.types, ty, Some(self.span), &mut self.needs)
    }

    fn type_of(&self, id: ExprId) -> Option<TypeId> {
        self.info.tv(id).map(|tv| tv.ty)
    }

    /// The bound of the type parameter that a type is.
    fn bound(&self, ty: TypeId) -> Option<Bound> {
        self.c.types.bound(self.c.types.param(ty)?)
    }

    /// The bound of an operand's type, unless it is used as the slice or map it is.
    fn opaque(&self, id: ExprId) -> Option<Bound> {
        self.bound(self.type_of(id)?).filter(|b| !b.is_composite())
    }

    fn none_opaque<'i>(&self, ids: impl IntoIterator<Item = &'i ExprId>) -> Result<(), Reason> {
        match ids.into_iter().any(|id| self.opaque(*id).is_some()) {
            true => Err("an operation needs to know the type"),
            false => Ok(()),
        }
    }

    // ---- statements

    fn stmts(&self, stmts: &[Stmt]) -> Result<(), Reason> {
        let found = std::cell::Cell::new(None);
        any_stmt(stmts, &|s| {
            found.set(self.stmt(s).err());
            found.get().is_some()
        });
        found.get().map_or(Ok(()), Err)
    }

    fn stmt(&self, stmt: &Stmt) -> Result<(), Reason> {
        match &stmt.kind {
            StmtKind::Decl(Decl::Type { .. }) => Err("it declares a type"),
            StmtKind::Range { x, .. } | StmtKind::Send { chan: x, .. } => self.none_opaque([x]),
            StmtKind::IncDec { x, .. } => match self.opaque(*x) {
                None | Some(Bound::Real | Bound::Integer) => Ok(()),
                _ => Err("an operation needs to know the type"),
            },
            StmtKind::Assign { lhs, op: AssignOp::Op(op), rhs, .. } => {
                self.binary(*op, lhs[0], lhs[0], rhs[0])
            }
            StmtKind::Switch { tag: Some(tag), clauses, .. } => {
                let ty = self.type_of(*tag);
                let mut cases = clauses.iter().flat_map(|c| &c.exprs);
                match self.opaque(*tag) {
                    Some(b) if !b.is_comparable() || cases.any(|e| self.type_of(*e) != ty) => {
                        Err("a switch needs to know the type")
                    }
                    Some(_) => Ok(()),
                    None => self.none_opaque(cases),
                }
            }
            _ => Ok(()),
        }
    }

    // ---- expressions

    fn expr(&mut self, id: ExprId) -> Result<(), Reason> {
        if let Some(tv) = self.info.tv(id) {
            self.ty(tv.ty)?;
            if let (Some(value), Some(bound)) = (&tv.value, self.bound(tv.ty)) {
                constant(value, bound)?;
            }
        }
        if let Some(selection) = self.info.selections.get(&id) {
            self.selection(selection)?;
        }
        if let (Some(instance), Some(func)) = (self.info.instances.get(&id), self.info.uses.get(&id)) {
            for &t in &instance.targs {
                self.ty(t)?;
            }
            let is_func = matches!(self.c.obj(*func).kind, crate::typed::ObjKind::Func { .. });
            if is_func && instance.targs.iter().any(|t| self.c.mentions_params(*t)) {
                self.needs.funcs.insert(*func);
            }
        }
        let file = self.file;
        match &file.expr(id).kind {
            ExprKind::Index { x, indices, .. } => {
                let is_map = self.type_of(*x).is_some_and(|t| {
                    matches!(self.c.under(t), Type::Map(..)) || matches!(self.bound(t), Some(Bound::Map(..)))
                });
                self.none_opaque([x])?;
                let is_value = |id: &&ExprId| self.info.tv(**id).is_some_and(|tv| tv.mode != Mode::Type);
                if is_map { Ok(()) } else { self.none_opaque(indices.iter().filter(is_value)) }
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                self.none_opaque([x].into_iter().chain(lo).chain(hi).chain(max))
            }
            ExprKind::Star(x) => match self.info.tv(*x) {
                Some(tv) if tv.mode == Mode::Type => Ok(()),
                _ => self.none_opaque([x]),
            },
            ExprKind::CompositeLit { .. } => self.none_opaque([&id]),
            ExprKind::FuncLit(lit) => self.stmts(&lit.body.stmts),
            ExprKind::Unary { op, x } => match (op, self.opaque(*x)) {
                (_, None) | (UnaryOp::Addr | UnaryOp::Plus, _) => Ok(()),
                (UnaryOp::BitNot, Some(Bound::Integer)) => Ok(()),
                _ => Err("an operation needs to know the type"),
            },
            ExprKind::Binary { op, x, y, .. } => self.binary(*op, id, *x, *y),
            ExprKind::Call { fun, args, ellipsis, .. } => match self.info.tv(*fun).map(|tv| tv.mode) {
                Some(Mode::Type) => self.conversion(id, args[0]),
                Some(Mode::Builtin(b)) => self.builtin(b, args, ellipsis.is_some()),
                _ => self.none_opaque([fun]),
            },
            _ => Ok(()),
        }
    }

    fn selection(&mut self, selection: &Selection) -> Result<(), Reason> {
        let Some(param) = self.c.types.param(self.c.deref(selection.recv).0) else { return Ok(()) };
        let is_method = selection.kind == SelectionKind::MethodValue && selection.path.is_empty();
        if !is_method || self.bound(selection.recv) != Some(Bound::Methods) {
            return Err("it selects something of a type parameter");
        }
        self.ty(self.c.types.type_params[param.0 as usize].constraint)
    }

    /// `x op y`, whose value has the type of `whole`.
    fn binary(&self, op: BinaryOp, whole: ExprId, x: ExprId, y: ExprId) -> Result<(), Reason> {
        let allowed = if op.is_comparison() {
            let (a, b) = (self.opaque(x), self.opaque(y));
            let Some(bound) = a.or(b) else { return Ok(()) };
            let same = self.type_of(x) == self.type_of(y);
            let is_equality = matches!(op, BinaryOp::Eq | BinaryOp::Ne);
            same && if is_equality { bound.is_comparable() } else { bound.is_ordered() }
        } else if op.is_shift() {
            let is_integer = |id| self.opaque(id).is_none_or(|b| b == Bound::Integer);
            is_integer(whole) && is_integer(y)
        } else {
            let Some(bound) = self.opaque(whole) else { return self.none_opaque([&x, &y]) };
            match op {
                BinaryOp::Add => bound.is_numeric() || bound.is_ordered(),
                BinaryOp::Sub | BinaryOp::Mul => bound.is_numeric(),
                BinaryOp::Div => matches!(bound, Bound::Real | Bound::Integer),
                _ => bound == Bound::Integer,
            }
        };
        if allowed { Ok(()) } else { Err("an operation needs to know the type") }
    }

    fn conversion(&self, id: ExprId, arg: ExprId) -> Result<(), Reason> {
        let (Some(to), Some(from)) = (self.type_of(id), self.type_of(arg)) else { return Ok(()) };
        let reason = Err("a conversion needs to know the type");
        let is_real = |b| matches!(b, Bound::Real | Bound::Integer);
        let real = |ty| match self.c.under(ty) {
            Type::Basic(b) => b.is_integer() || b.is_float(),
            _ => false,
        };
        if to == from {
            return Ok(());
        }
        match (self.bound(to), self.bound(from)) {
            (None, None) => Ok(()),
            (Some(Bound::Slice(_) | Bound::Map(..)), None) => Ok(()),
            (Some(a), Some(b)) if a == b && a.is_composite() => Ok(()),
            (Some(b), None) if is_real(b) => match self.info.tv(arg).and_then(|tv| tv.value.as_ref()) {
                Some(value) => constant(value, b),
                None if real(from) => Ok(()),
                None => reason,
            },
            (Some(a), Some(b)) if is_real(a) && is_real(b) => Ok(()),
            (None, Some(b)) if b.is_composite() => Ok(()),
            (None, Some(b)) if is_real(b) && real(to) => Ok(()),
            (None, Some(_)) if matches!(self.c.under(to), Type::Interface(_)) => Ok(()),
            _ => reason,
        }
    }

    fn builtin(&self, builtin: Builtin, args: &[ExprId], spread: bool) -> Result<(), Reason> {
        match builtin {
            Builtin::Append if spread => self.none_opaque(args),
            Builtin::Append | Builtin::Delete => self.none_opaque(args.first()),
            Builtin::New | Builtin::Panic | Builtin::Print | Builtin::Println | Builtin::Recover => Ok(()),
            Builtin::Min | Builtin::Max => {
                let ordered = |id: &ExprId| self.opaque(*id).is_none_or(Bound::is_ordered);
                if args.iter().all(ordered) { Ok(()) } else { Err("an operation needs to know the type") }
            }
            Builtin::Cap
            | Builtin::Clear
            | Builtin::Close
            | Builtin::Complex
            | Builtin::Copy
            | Builtin::Imag
            | Builtin::Len
            | Builtin::Make
            | Builtin::Real => self.none_opaque(args),
            _ => Err("it uses package unsafe"),
        }
    }
}

/// Can a constant be one of whatever type with this bound?
fn constant(value: &Const, bound: Bound) -> Result<(), Reason> {
    let is_sayable = match value {
        Const::Int(n) => n.to_i64().is_some(),
        // rounded once, whether to 32 bits or to 64
        Const::Float(x) => x.to_f64() == f64::from(x.to_f64() as f32),
        _ => false,
    };
    let is_real = matches!(bound, Bound::Real | Bound::Integer);
    if is_sayable && is_real { Ok(()) } else { Err("a constant depends on the type") }
}
