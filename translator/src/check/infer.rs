//! Type inference for calls and values of generic functions (Go specification, "Type inference", "Type unification").
//!
//! Typed arguments come first, then the core types of constraints until nothing new is found, then the default types of untyped
//! constants.

use super::Checker;
use super::operand::Operand;
use super::subst::Map;
use crate::ast::ExprId;
use crate::source::Pos;
use crate::typed::Instance;
use crate::types::{Basic, ChanDir, Signature, Type, TypeId, TypeParamId};

impl<'a> Checker<'a> {
    /// The signature for a call of a generic function: explicit arguments, the rest inferred. `None` after an error.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn infer_call(
        &mut self,
        fun: ExprId,
        params: &[TypeParamId],
        explicit: &[TypeId],
        sig: &Signature,
        args: &mut [Operand],
        spread: bool,
        rparen: Pos,
    ) -> Option<(Signature, Vec<TypeId>)> {
        // a call of the function from within must not take its own parameters for those to be found
        if args.iter().any(|a| self.mentions_params(a.ty))
            || explicit.iter().any(|t| self.mentions_params(*t))
        {
            let (fresh, map) = self.renamed(params);
            let own = self.subst_sig(sig, &map);
            return self.infer_renamed(fun, &fresh, explicit, &own, args, spread, rparen);
        }
        self.infer_renamed(fun, params, explicit, sig, args, spread, rparen)
    }

    /// Copies of the parameters, and what each stands for.
    pub(super) fn renamed(&mut self, params: &[TypeParamId]) -> (Vec<TypeParamId>, Map) {
        let mut map = Map::default();
        let mut fresh = vec![];
        for p in params {
            let id = TypeParamId(self.types.type_params.len() as u32);
            let copy = self.types.type_params[p.0 as usize].clone();
            self.types.type_params.push(copy);
            map.insert(*p, self.types.intern(Type::TypeParam(id)));
            fresh.push(id);
        }
        for &id in &fresh {
            let constraint = self.types.type_params[id.0 as usize].constraint;
            let constraint = self.subst(constraint, &map);
            self.types.type_params[id.0 as usize].constraint = constraint;
        }
        (fresh, map)
    }

    fn subst_sig(&mut self, sig: &Signature, map: &Map) -> Signature {
        Signature {
            params: self.subst_all(&sig.params, map),
            results: self.subst_all(&sig.results, map),
            variadic: sig.variadic,
            names: sig.names.clone(),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn infer_renamed(
        &mut self,
        fun: ExprId,
        params: &[TypeParamId],
        explicit: &[TypeId],
        sig: &Signature,
        args: &mut [Operand],
        spread: bool,
        rparen: Pos,
    ) -> Option<(Signature, Vec<TypeId>)> {
        let mut known: Map = params.iter().copied().zip(explicit.iter().copied()).collect();
        let mut untyped: Vec<(TypeParamId, TypeId)> = vec![];
        let fixed = sig.params.len() - usize::from(sig.variadic);
        for (i, arg) in args.iter().enumerate() {
            let param = if sig.variadic && !spread && i >= fixed {
                match *self.types.get(sig.params[fixed]) {
                    Type::Slice(elem) => elem,
                    _ => continue,
                }
            } else {
                match sig.params.get(i) {
                    Some(p) => *p,
                    None => continue,
                }
            };
            if !self.mentions_params(param) || arg.is_nil() || self.generic_params(arg.expr).is_some() {
                continue;
            }
            if self.is_untyped(arg.ty) {
                if let Type::TypeParam(p) = *self.types.get(param)
                    && params.contains(&p)
                {
                    untyped.push((p, arg.ty));
                }
                continue;
            }
            if !self.unify(param, arg.ty, params, &mut known, true) {
                self.mismatched(param, arg, params, &known);
                return None;
            }
        }
        // a generic function as argument takes its types from the parameter
        for (i, arg) in args.iter_mut().enumerate() {
            let Some(&param) = sig.params.get(i) else { continue };
            let Some(own) = self.generic_params(arg.expr).cloned() else { continue };
            let param = self.subst(param, &known);
            let mut both = known.clone();
            let all: Vec<TypeParamId> = params.iter().chain(&own).copied().collect();
            if self.unify(param, arg.ty, &all, &mut both, false) {
                for p in params {
                    if let (None, Some(t)) = (known.get(p), both.get(p).copied()) {
                        let t = self.subst(t, &both);
                        if !self.mentions_params(t) {
                            known.insert(*p, t);
                        }
                    }
                }
                let targs: Option<Vec<TypeId>> = own.iter().map(|p| both.get(p).copied()).collect();
                if let Some(targs) = targs {
                    let targs = self.subst_all(&targs, &both);
                    self.instantiate_value(arg, &own, targs);
                }
            }
        }
        self.learn_from_constraints(params, &mut known);
        for (p, ty) in &untyped {
            if known.contains_key(p) {
                continue;
            }
            // the largest kind among the constants for one parameter
            let kind = untyped.iter().filter(|(q, _)| q == p).map(|(_, t)| *t).max().unwrap_or(*ty);
            let kind = self.default_type(kind);
            known.insert(*p, kind);
        }
        self.learn_from_constraints(params, &mut known);
        let mut targs = vec![];
        for p in params {
            match known.get(p).copied() {
                Some(t) => {
                    let t = self.solved(t, &known);
                    targs.push(t);
                }
                None => {
                    let (name, pos) = {
                        let param = &self.types.type_params[p.0 as usize];
                        (param.name, self.obj(param.obj).pos)
                    };
                    let text = format!("in call to {}, cannot infer {name}", self.expr_str(fun));
                    self.diags.error(rparen, text).related.push((pos, "declared here".into()));
                    return None;
                }
            }
        }
        if !self.verify_args(params, &targs, &[self.pos(fun)]) {
            return None;
        }
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        let sig = self.subst_sig(sig, &map);
        Some((sig, targs))
    }

    fn mismatched(&mut self, param: TypeId, arg: &Operand, params: &[TypeParamId], known: &Map) {
        let inferred = self.subst(param, known);
        let pos = self.pos(arg.expr);
        let names: Vec<String> =
            params.iter().map(|p| self.types.type_params[p.0 as usize].name.to_string()).collect();
        let (arg_s, expr) = (self.type_string(arg.ty), self.expr_str(arg.expr));
        let text = if inferred != param {
            format!(
                "type {arg_s} of {expr} does not match inferred type {} for {}",
                self.type_string(inferred),
                self.type_string(param)
            )
        } else {
            format!(
                "type {arg_s} of {expr} does not match {} (cannot infer {})",
                self.type_string(param),
                names.join(", ")
            )
        };
        self.error(pos, text);
    }

    /// What is known may mention parameters that are known themselves.
    pub(super) fn solved(&mut self, ty: TypeId, known: &Map) -> TypeId {
        let mut ty = ty;
        for _ in 0..known.len() {
            let next = self.subst(ty, known);
            if next == ty {
                break;
            }
            ty = next;
        }
        ty
    }

    /// What constraints with a core type tell about parameters.
    pub(super) fn learn_from_constraints(&mut self, params: &[TypeParamId], known: &mut Map) {
        loop {
            let before = known.len();
            for p in params {
                let ty = self.types.intern(Type::TypeParam(*p));
                let Some(terms) = self.terms_of(ty).cloned() else {
                    self.learn_from_methods(*p, params, known);
                    continue;
                };
                let core = self.core(ty);
                if self.is_invalid(core) {
                    continue;
                }
                match known.get(p).copied() {
                    Some(t) => {
                        let under = self.core(t);
                        self.unify(core, under, params, known, true);
                    }
                    None => {
                        let single = terms.len() == 1 && !terms[0].tilde;
                        let solved = self.subst(core, known);
                        if single || terms.iter().any(|t| t.tilde) && !self.mentions_params(solved) {
                            known.insert(*p, if single { terms[0].ty } else { solved });
                        }
                    }
                }
            }
            if known.len() == before {
                return;
            }
        }
    }

    /// The methods that a constraint asks for may mention other parameters.
    fn learn_from_methods(&mut self, p: TypeParamId, params: &[TypeParamId], known: &mut Map) {
        let Some(t) = known.get(&p).copied() else { return };
        let constraint = self.types.type_params[p.0 as usize].constraint;
        let Type::Interface(i) = self.under(constraint).clone() else { return };
        for m in i.methods {
            if let Some(sig) = self.method_type(t, m.name) {
                self.unify(m.sig, sig, params, known, false);
            }
        }
    }

    /// The signature of a method by name.
    fn method_type(&mut self, ty: TypeId, name: crate::symbol::Symbol) -> Option<TypeId> {
        use super::lookup::Found;
        match self.lookup(ty, name) {
            Found::Method { func, recv, .. } => Some(self.method_sig_of(func, recv)),
            Found::Abstract { sig, .. } => Some(sig),
            _ => None,
        }
    }

    /// Makes `x`, which may mention parameters, equal to `y`; `inexact` allows what assignability allows.
    fn unify(
        &mut self,
        x: TypeId,
        y: TypeId,
        params: &[TypeParamId],
        known: &mut Map,
        inexact: bool,
    ) -> bool {
        if x == y {
            return true;
        }
        for (a, b) in [(x, y), (y, x)] {
            let Type::TypeParam(p) = *self.types.get(a) else { continue };
            if !params.contains(&p) {
                continue;
            }
            return match known.get(&p).copied() {
                None => {
                    known.insert(p, b);
                    true
                }
                Some(have) => {
                    if have == b {
                        return true;
                    }
                    if !self.unify(have, b, params, known, inexact) {
                        return false;
                    }
                    // of a defined type and its literal the defined one is kept; a channel of both directions gives way
                    let directed = matches!(
                        (self.types.get(have), self.types.get(b)),
                        (Type::Chan(ChanDir::Both, _), Type::Chan(ChanDir::Send | ChanDir::Recv, _))
                    );
                    if (!self.has_name(have) && self.has_name(b)) || directed {
                        known.insert(p, b);
                    }
                    true
                }
            };
        }
        let (tx, ty) = (self.types.get(x).clone(), self.types.get(y).clone());
        if inexact {
            let named = |t: &Type| matches!(t, Type::Named(_));
            if named(&tx) != named(&ty) && !matches!(tx, Type::Basic(_)) && !matches!(ty, Type::Basic(_)) {
                let (a, b) = (self.types.underlying(x), self.types.underlying(y));
                if (a, b) != (x, y) && !self.is_interface(a) && !self.is_interface(b) {
                    return self.unify(a, b, params, known, false);
                }
            }
            // an interface parameter learns from the methods of what implements it
            if self.is_interface(x) && !self.is_type_param(x) {
                let same_origin = match (&tx, &ty) {
                    (Type::Named(a), Type::Named(b)) => self.origin(*a) == self.origin(*b),
                    _ => false,
                };
                if !same_origin {
                    let Type::Interface(i) = self.under(x).clone() else { return false };
                    for m in i.methods {
                        let Some(sig) = self.method_type(y, m.name) else { return false };
                        if !self.unify(m.sig, sig, params, known, false) {
                            return false;
                        }
                    }
                    return true;
                }
            }
        }
        // a parameter of the surrounding function is as good as its core type
        for (a, b) in [(x, y), (y, x)] {
            if self.is_type_param(a) {
                let core = self.core(a);
                return !self.is_invalid(core) && self.unify(core, b, params, known, true);
            }
        }
        match (tx, ty) {
            (Type::Named(a), Type::Named(b)) => {
                if self.origin(a) != self.origin(b) {
                    return false;
                }
                let (p, q) = (self.arguments_of(a), self.arguments_of(b));
                p.len() == q.len() && !p.is_empty() && self.unify_all(&p, &q, params, known)
            }
            (Type::Pointer(a), Type::Pointer(b)) | (Type::Slice(a), Type::Slice(b)) => {
                self.unify(a, b, params, known, false)
            }
            (Type::Array(a, n), Type::Array(b, m)) => n == m && self.unify(a, b, params, known, false),
            (Type::Map(k, v), Type::Map(l, w)) => self.unify_all(&[k, v], &[l, w], params, known),
            (Type::Chan(d, a), Type::Chan(e, b)) => {
                (d == e || (inexact && (d == ChanDir::Both || e == ChanDir::Both)))
                    && self.unify(a, b, params, known, false)
            }
            (Type::Func(a), Type::Func(b)) => {
                a.variadic == b.variadic
                    && self.unify_all(&a.params, &b.params, params, known)
                    && self.unify_all(&a.results, &b.results, params, known)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .zip(&b)
                        .all(|(f, g)| f.name == g.name && f.embedded == g.embedded && f.tag == g.tag)
                    && {
                        let p: Vec<TypeId> = a.iter().map(|f| f.ty).collect();
                        let q: Vec<TypeId> = b.iter().map(|f| f.ty).collect();
                        self.unify_all(&p, &q, params, known)
                    }
            }
            (Type::Interface(a), Type::Interface(b)) => {
                a.methods.len() == b.methods.len()
                    && a.methods.iter().zip(&b.methods).all(|(m, n)| m.name == n.name)
                    && {
                        let p: Vec<TypeId> = a.methods.iter().map(|m| m.sig).collect();
                        let q: Vec<TypeId> = b.methods.iter().map(|m| m.sig).collect();
                        self.unify_all(&p, &q, params, known)
                    }
            }
            _ => false,
        }
    }

    fn unify_all(&mut self, x: &[TypeId], y: &[TypeId], params: &[TypeParamId], known: &mut Map) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(a, b)| self.unify(*a, *b, params, known, false))
    }

    fn origin(&self, n: crate::types::NamedId) -> crate::types::NamedId {
        self.types.named(n).instance_of.as_ref().map_or(n, |(o, _)| *o)
    }

    /// The type arguments of an instance; a generic type inside its declaration has its own parameters.
    fn arguments_of(&mut self, n: crate::types::NamedId) -> Vec<TypeId> {
        let named = self.types.named(n).clone();
        match named.instance_of {
            Some((_, targs)) => targs,
            None => named.type_params.iter().map(|p| self.types.intern(Type::TypeParam(*p))).collect(),
        }
    }

    /// Makes a generic function's value one with these type arguments.
    pub(super) fn instantiate_value(&mut self, x: &mut Operand, params: &[TypeParamId], targs: Vec<TypeId>) {
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        x.ty = self.subst(x.ty, &map);
        let (expr, ty) = (self.unparen(x.expr), x.ty);
        self.info().instances.insert(expr, Instance { targs, ty });
        self.instantiated.insert((self.cx.file, expr));
        self.record_operand(x);
    }

    /// A generic function where a function of type `target` is wanted. True if it was made one.
    pub(super) fn infer_from_target(&mut self, x: &mut Operand, target: TypeId) -> bool {
        let Some(params) = self.generic_params(x.expr).cloned() else { return false };
        let mut known = Map::default();
        if !matches!(self.under(target), Type::Func(_)) {
            return false;
        }
        let target = self.types.underlying(target);
        if !self.unify(x.ty, target, &params, &mut known, false) {
            return false;
        }
        self.learn_from_constraints(&params, &mut known);
        let targs: Option<Vec<TypeId>> = params.iter().map(|p| known.get(p).copied()).collect();
        let Some(targs) = targs else { return false };
        let pos = self.pos(x.expr);
        if !self.verify_args(&params, &targs, &[pos]) {
            x.ty = Basic::Invalid.id();
            return true;
        }
        self.instantiate_value(x, &params, targs);
        true
    }
}
