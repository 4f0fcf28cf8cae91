//! Type unification (Go specification, "Type unification").

use super::Checker;
use super::lookup::Found;
use super::subst::Map;
use crate::types::{ChanDir, IfaceMethod, Interface, NamedId, Type, TypeId, TypeParamId};

/// Deeper types don't unify.
const MAX_DEPTH: usize = 100;

/// How types are compared.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    /// Loosely: a defined type matches a literal of its structure, directions of channels don't matter, and an interface
    /// matches what implements it.
    Inexact,
    /// As values are assigned: loosely at the top, elements exactly.
    Assign,
    /// Identical.
    Exact,
}

impl Mode {
    fn of_elements(self) -> Mode {
        match self {
            Mode::Inexact => Mode::Inexact,
            _ => Mode::Exact,
        }
    }

    fn is_exact(self) -> bool {
        matches!(self, Mode::Exact)
    }
}

/// Type parameters and what they were found to be.
pub(super) struct Unifier {
    pub params: Vec<TypeParamId>,
    /// For each parameter an index into `types`; parameters that must be equal share it.
    handles: Vec<usize>,
    types: Vec<Option<TypeId>>,
    depth: usize,
}

impl Unifier {
    pub fn new(params: &[TypeParamId], known: &[Option<TypeId>]) -> Unifier {
        Unifier {
            params: params.to_vec(),
            handles: (0..params.len()).collect(),
            types: (0..params.len()).map(|i| known.get(i).copied().flatten()).collect(),
            depth: 0,
        }
    }

    fn index(&self, p: TypeParamId) -> Option<usize> {
        self.params.iter().position(|q| *q == p)
    }

    pub fn at(&self, i: usize) -> Option<TypeId> {
        self.types[self.handles[i]]
    }

    pub fn set(&mut self, i: usize, ty: TypeId) {
        self.types[self.handles[i]] = Some(ty);
    }

    pub fn unknowns(&self) -> usize {
        (0..self.params.len()).filter(|i| self.at(*i).is_none()).count()
    }

    pub fn inferred(&self) -> Vec<Option<TypeId>> {
        (0..self.params.len()).map(|i| self.at(i)).collect()
    }

    /// What is known, for substitution.
    pub fn map(&self) -> Map {
        let known = self.params.iter().zip(self.inferred());
        known.filter_map(|(p, ty)| Some((*p, ty?))).collect()
    }

    /// Makes two parameters equal, unless both are known.
    fn join(&mut self, x: usize, y: usize) -> bool {
        let (hx, hy) = (self.handles[x], self.handles[y]);
        let (from, to) = match (self.types[hx], self.types[hy]) {
            _ if hx == hy => return true,
            (Some(_), Some(_)) => return false,
            (Some(_), None) => (hy, hx),
            _ => (hx, hy),
        };
        self.handles.iter_mut().filter(|h| **h == from).for_each(|h| *h = to);
        true
    }
}

impl Checker<'_> {
    /// Makes `x` and `y` equal by finding out about type parameters.
    pub(super) fn unify(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, mode: Mode) -> bool {
        if x == y {
            return true;
        }
        if u.depth > MAX_DEPTH {
            return false;
        }
        u.depth += 1;
        let result = self.unify_different(u, x, y, mode);
        u.depth -= 1;
        result
    }

    fn bound(&self, u: &Unifier, ty: TypeId) -> Option<usize> {
        match *self.types.get(ty) {
            Type::TypeParam(p) => u.index(p),
            _ => None,
        }
    }

    fn is_named(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::Named(_))
    }

    fn unify_different(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, mode: Mode) -> bool {
        let (mut x, mut y) = (x, y);
        // a defined type stands right, a parameter to be found left
        if self.is_named(x) || self.bound(u, y).is_some() {
            (x, y) = (y, x);
        }
        let is_literal = !self.is_named(x) && !self.is_type_param(x);
        if !mode.is_exact() && self.is_named(y) && is_literal && !(self.allows(21) && self.is_interface(x)) {
            self.resolve_type(y);
            y = self.types.underlying(y);
            if x == y {
                return true;
            }
        }
        match (self.bound(u, x), self.bound(u, y)) {
            (Some(px), Some(py)) => {
                if u.join(px, py) {
                    return true;
                }
                return match (u.at(px), u.at(py)) {
                    (Some(a), Some(b)) => self.unify(u, a, b, mode),
                    _ => false,
                };
            }
            (Some(p), None) => return self.unify_param(u, p, y, mode),
            _ => {}
        }
        if self.allows(21) && !mode.is_exact() {
            match (self.is_interface(x), self.is_interface(y)) {
                (true, true) => return self.unify_interfaces(u, x, y, false),
                (true, false) => return self.unify_methods(u, x, y),
                (false, true) => return self.unify_methods(u, y, x),
                (false, false) => {}
            }
        }
        if self.is_type_param(y) {
            (x, y) = (y, x);
        }
        self.unify_structure(u, x, y, mode)
    }

    fn unify_param(&mut self, u: &mut Unifier, p: usize, y: TypeId, mode: Mode) -> bool {
        let Some(x) = u.at(p) else {
            u.set(p, y);
            return true;
        };
        if !self.unify(u, x, y, mode) {
            return false;
        }
        let (x_named, y_named) = (self.is_named(x), self.is_named(y));
        match (self.is_interface(x), self.is_interface(y)) {
            (true, true) if x_named && y_named => return x == y,
            (true, true) => {
                let count = |c: &Self, t| matches!(c.under(t), Type::Interface(i) if !i.methods.is_empty());
                let methods = |c: &Self, t| match c.under(t) {
                    Type::Interface(i) => i.methods.len(),
                    _ => 0,
                };
                if count(self, x) != count(self, y) || methods(self, x) != methods(self, y) {
                    return false;
                }
            }
            // either might be meant
            (true, false) | (false, true) => return false,
            (false, false) => {}
        }
        if mode.is_exact() || x_named {
            return true;
        }
        // what loses nothing: the defined type, or the channel with a direction
        let directed = matches!(self.under(y), Type::Chan(ChanDir::Send | ChanDir::Recv, _));
        if y_named || directed {
            u.set(p, y);
        }
        true
    }

    fn unify_all(&mut self, u: &mut Unifier, x: &[TypeId], y: &[TypeId], mode: Mode) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(a, b)| self.unify(u, *a, *b, mode))
    }

    fn unify_structure(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, mode: Mode) -> bool {
        let inner = mode.of_elements();
        match (self.types.get(x).clone(), self.types.get(y).clone()) {
            (Type::TypeParam(_), _) => {
                // a parameter of the surrounding function is as good as the type all its types share
                let core = self.common_under(x, |_, _| Ok(()));
                core.is_ok_and(|core| self.unify(u, core, y, Mode::Assign))
            }
            (Type::Array(a, n), Type::Array(b, m)) => n == m && self.unify(u, a, b, inner),
            (Type::Pointer(a), Type::Pointer(b)) | (Type::Slice(a), Type::Slice(b)) => {
                self.unify(u, a, b, inner)
            }
            (Type::Map(k, v), Type::Map(l, w)) => self.unify_all(u, &[k, v], &[l, w], inner),
            (Type::Chan(d, a), Type::Chan(e, b)) => {
                (d == e || !mode.is_exact()) && self.unify(u, a, b, inner)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                a.len() == b.len()
                    && a.iter().zip(&b).all(|(f, g)| {
                        f.embedded == g.embedded
                            && f.tag == g.tag
                            && f.name == g.name
                            && f.pkg == g.pkg
                            && self.unify(u, f.ty, g.ty, inner)
                    })
            }
            (Type::Func(a), Type::Func(b)) => {
                a.variadic == b.variadic
                    && self.unify_all(u, &a.params, &b.params, inner)
                    && self.unify_all(u, &a.results, &b.results, inner)
            }
            (Type::Interface(_), Type::Interface(_)) => self.unify_interfaces(u, x, y, true),
            (Type::Named(a), Type::Named(b)) => {
                let (p, q) = (self.arguments_of(a), self.arguments_of(b));
                // arguments first, for what messages can say then
                self.unify_all(u, &p, &q, mode) && self.origin(a) == self.origin(b)
            }
            _ => false,
        }
    }

    /// Interfaces with the same methods, or where one may have more than the other (`all` unset).
    fn unify_interfaces(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, all: bool) -> bool {
        self.resolve_type(x);
        self.resolve_type(y);
        let (Type::Interface(x), Type::Interface(y)) = (self.under(x).clone(), self.under(y).clone()) else {
            return false;
        };
        let sorted = |i: &Interface| {
            let mut terms: Vec<_> = i.terms.iter().flatten().map(|t| (t.ty, t.tilde)).collect();
            terms.sort();
            (terms, i.terms.is_some(), i.comparable)
        };
        if sorted(&x) != sorted(&y) || (all && x.methods.len() != y.methods.len()) {
            return false;
        }
        let (few, many) =
            if x.methods.len() <= y.methods.len() { (x.methods, y.methods) } else { (y.methods, x.methods) };
        few.iter().all(|m| {
            let same = |n: &&IfaceMethod| n.name == m.name && n.pkg == m.pkg;
            many.iter().find(same).is_some_and(|n| self.unify(u, m.sig, n.sig, Mode::Exact))
        })
    }

    /// `ty` must have the methods of `iface`.
    fn unify_methods(&mut self, u: &mut Unifier, iface: TypeId, ty: TypeId) -> bool {
        self.resolve_type(iface);
        let Type::Interface(wanted) = self.under(iface).clone() else { return false };
        wanted.methods.iter().all(|m| match self.method_type(ty, m) {
            Some((sig, _)) => self.unify(u, m.sig, sig, Mode::Exact),
            None => false,
        })
    }

    /// The signature of the method of `ty` that `m` asks for, and whether it needs a pointer that `ty` isn't.
    pub(super) fn method_type(&mut self, ty: TypeId, m: &IfaceMethod) -> Option<(TypeId, bool)> {
        self.resolve_type(ty);
        match self.lookup_from(ty, m.name, m.pkg.unwrap_or(self.pkg)) {
            Found::Method { func, .. } if self.generic_funcs.contains_key(&func) => None,
            Found::Method { func, recv, ptr_recv, indirect, .. } => {
                let needs_pointer = ptr_recv && !indirect && !self.deref(ty).1;
                Some((self.method_sig_of(func, recv), needs_pointer))
            }
            Found::Abstract { sig, .. } => Some((sig, false)),
            _ => None,
        }
    }

    fn origin(&self, n: NamedId) -> NamedId {
        self.types.named(n).instance_of.as_ref().map_or(n, |(o, _)| *o)
    }

    /// The type arguments of an instance; a generic type inside its declaration has its own parameters.
    fn arguments_of(&mut self, n: NamedId) -> Vec<TypeId> {
        let named = self.types.named(n).clone();
        match named.instance_of {
            Some((_, targs)) => targs,
            None => named.type_params.iter().map(|p| self.types.intern(Type::TypeParam(*p))).collect(),
        }
    }
}
