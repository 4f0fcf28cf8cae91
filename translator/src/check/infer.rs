//! Type inference for calls and values of generic functions (Go specification, "Type inference").
//!
//! Typed arguments come first, then constraints until nothing new is found, then the default types of untyped constants.

use super::Checker;
use super::operand::Operand;
use super::subst::Map;
use super::unify::{Mode, Unifier};
use crate::source::Pos;
use crate::types::{Basic, Signature, Type, TypeId, TypeParamId};

/// Why inference failed: a text about a place, in which a NUL stands for the place of a declaration.
pub(super) struct Failure {
    pub pos: Pos,
    pub text: String,
    pub declared: Option<Pos>,
}

fn failure(pos: Pos, text: String) -> Failure {
    Failure { pos, text, declared: None }
}

impl Checker<'_> {
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

    /// The signature with type arguments.
    pub(super) fn subst_sig(&mut self, sig: &Signature, map: &Map) -> Signature {
        Signature {
            params: self.subst_all(&sig.params, map),
            results: self.subst_all(&sig.results, map),
            variadic: sig.variadic,
            names: sig.names.clone(),
        }
    }

    /// Finds the arguments for `params` of which `known` are given, where `args` are assigned to variables of types `wanted`.
    /// With `reverse` it is the argument that has the type and the parameter that is the value.
    pub(super) fn infer(
        &mut self,
        pos: Pos,
        params: &[TypeParamId],
        known: &[Option<TypeId>],
        wanted: &[TypeId],
        args: &[Operand],
        reverse: bool,
    ) -> Result<Vec<TypeId>, Failure> {
        let mut u = Unifier::new(params, known);
        if u.unknowns() == 0 {
            return Ok(u.inferred().into_iter().flatten().collect());
        }
        let given = u.map();
        let wanted = self.subst_all(wanted, &given);
        let mut untyped: Vec<(usize, &Operand)> = vec![];
        for (arg, &param) in args.iter().zip(&wanted) {
            if !self.mentions(params, param) && !self.mentions(params, arg.ty) {
                continue;
            }
            if self.is_typed(arg.ty) {
                if !self.unify(&mut u, param, arg.ty, Mode::Assign) {
                    return Err(self.no_match(&u, param, arg, reverse));
                }
            } else if let Type::TypeParam(p) = *self.types.get(param)
                && let Some(i) = params.iter().position(|q| *q == p)
                && !arg.is_nil()
            {
                untyped.push((i, arg));
            }
        }
        self.infer_from_constraints(pos, &mut u)?;

        // the largest kind among the constants for one parameter
        let mut kinds: Vec<Option<TypeId>> = vec![None; params.len()];
        for (i, arg) in untyped {
            if u.at(i).is_some() {
                continue;
            }
            let kind = match kinds[i] {
                None => arg.ty,
                Some(max) => match self.larger_kind(max, arg.ty) {
                    Some(kind) => kind,
                    None => {
                        let name = self.types.type_params[params[i].0 as usize].name;
                        let (max, ty) = (self.type_string(max), self.type_string(arg.ty));
                        let text = format!("mismatched types {max} and {ty} (cannot infer {name})");
                        return Err(failure(self.pos(arg.expr), text));
                    }
                },
            };
            kinds[i] = Some(kind);
        }
        for (i, kind) in kinds.into_iter().enumerate() {
            if let Some(kind) = kind {
                let ty = self.default_type(kind);
                u.set(i, ty);
            }
        }
        self.settled(pos, &u)
    }

    fn no_match(&mut self, u: &Unifier, param: TypeId, arg: &Operand, reverse: bool) -> Failure {
        let (arg_s, expr) = (self.type_string(arg.ty), self.operand_expr(arg));
        let param_s = self.type_string(param);
        let pos = self.pos(arg.expr);
        let inferred = u.inferred();
        if inferred.iter().all(Option::is_none) {
            let names: Vec<&str> =
                u.params.iter().map(|p| self.types.type_params[p.0 as usize].name.as_str()).collect();
            let names = match &names[..] {
                [one] => (*one).to_owned(),
                [one, two] => format!("{one} and {two}"),
                [head @ .., last] => format!("{}, and {last}", head.join(", ")),
                [] => String::new(),
            };
            return failure(
                pos,
                format!("type {arg_s} of {expr} does not match {param_s} (cannot infer {names})"),
            );
        }
        let inferred = self.subst(param, &u.map());
        let inferred_s = self.type_string(inferred);
        let text = if inferred == param {
            format!("type {arg_s} of {expr} does not match {param_s}")
        } else if reverse {
            format!("inferred type {inferred_s} for {param_s} does not match type {arg_s} of {expr}")
        } else {
            format!("type {arg_s} of {expr} does not match inferred type {inferred_s} for {param_s}")
        };
        failure(pos, text)
    }

    /// What constraints tell, as long as they tell anything new.
    fn infer_from_constraints(&mut self, pos: Pos, u: &mut Unifier) -> Result<(), Failure> {
        loop {
            let before = u.unknowns();
            for i in 0..u.params.len() {
                let p = u.params[i];
                let found = u.at(i);
                let no = |c: &Self, tx: TypeId, cause: String| {
                    let param = &c.types.type_params[p.0 as usize];
                    let (tx, constraint) = (c.type_string(tx), c.type_string(param.constraint));
                    failure(pos, format!("{} (type {tx}) does not satisfy {constraint}{cause}", param.name))
                };
                match (self.core_term(p), found) {
                    (Some((core, _)), Some(tx)) if !self.unify(u, tx, core, Mode::Inexact) => {
                        return Err(no(self, tx, String::new()));
                    }
                    (Some((core, true)), None) => u.set(i, core),
                    _ => {}
                }
                let Some(tx) = found.filter(|tx| !self.mentions(&u.params, *tx)) else { continue };
                if let Some(cause) = self.lacks_methods(u, tx, p) {
                    return Err(no(self, tx, format!(" {cause}")));
                }
            }
            if u.unknowns() == before {
                return Ok(());
            }
        }
    }

    /// Unifies the methods that a parameter's constraint asks for with those of `tx`; tells what is missing.
    fn lacks_methods(&mut self, u: &mut Unifier, tx: TypeId, p: TypeParamId) -> Option<String> {
        let constraint = self.types.type_params[p.0 as usize].constraint;
        let Type::Interface(wanted) = self.under(constraint).clone() else { return None };
        for m in &wanted.methods {
            let fits = match self.method_type(tx, m) {
                Some((sig, needs_pointer)) => !needs_pointer && self.unify(u, sig, m.sig, Mode::Exact),
                None => false,
            };
            if !fits {
                return Some(self.missing_method(tx, constraint).unwrap_or_default());
            }
        }
        None
    }

    /// The one type of a parameter's type set, or the underlying type that all have in common; and whether nothing else than
    /// this type will do.
    fn core_term(&self, p: TypeParamId) -> Option<(TypeId, bool)> {
        let constraint = self.types.type_params[p.0 as usize].constraint;
        let Type::Interface(i) = self.under(constraint) else { return None };
        let terms = i.terms.as_ref()?;
        if let [term] = &terms[..] {
            return Some((term.ty, !term.tilde));
        }
        let first = self.types.underlying(terms.first()?.ty);
        let mut core = first;
        for term in terms {
            let under = self.types.underlying(term.ty);
            core = match (self.types.get(core), self.types.get(under)) {
                _ if core == under => core,
                (Type::Chan(d, a), Type::Chan(e, b)) if a == b => match (d, e) {
                    (crate::types::ChanDir::Both, _) => under,
                    (_, crate::types::ChanDir::Both) => core,
                    _ => return None,
                },
                _ => return None,
            };
        }
        Some((core, false))
    }

    fn larger_kind(&self, a: TypeId, b: TypeId) -> Option<TypeId> {
        let number = |t| self.basic(t).is_some_and(Basic::is_numeric);
        match number(a) && number(b) {
            true => Some(a.max(b)),
            false => (a == b).then_some(a),
        }
    }

    /// Everything that was found, with parameters that occur in it replaced by what they are.
    fn settled(&mut self, pos: Pos, u: &Unifier) -> Result<Vec<TypeId>, Failure> {
        let mut found = u.inferred();
        for i in 0..found.len() {
            self.break_cycles(&u.params, &mut found, i, &mut vec![]);
        }
        for _ in 0..found.len() {
            let known = u.params.iter().zip(&found);
            let map: Map = known.filter_map(|(p, ty)| Some((*p, (*ty)?))).collect();
            for ty in found.iter_mut().flatten() {
                *ty = self.subst(*ty, &map);
            }
        }
        let mut targs = vec![];
        for (p, ty) in u.params.iter().zip(found) {
            match ty.filter(|ty| !self.mentions(&u.params, *ty)) {
                Some(ty) => targs.push(ty),
                None => {
                    let param = &self.types.type_params[p.0 as usize];
                    let text = format!("cannot infer {} (declared at \0)", param.name);
                    return Err(Failure { pos, text, declared: Some(self.obj(param.obj).pos) });
                }
            }
        }
        Ok(targs)
    }

    /// Forgets parameters that were found to contain themselves.
    fn break_cycles(
        &self,
        params: &[TypeParamId],
        found: &mut [Option<TypeId>],
        i: usize,
        path: &mut Vec<usize>,
    ) {
        if path.contains(&i) {
            found[i] = None;
            return;
        }
        let Some(ty) = found[i] else { return };
        path.push(i);
        for j in 0..params.len() {
            if self.mentions(&params[j..=j], ty) {
                self.break_cycles(params, found, j, path);
            }
        }
        path.pop();
    }

    /// Does the type mention one of the parameters?
    pub(super) fn mentions(&self, params: &[TypeParamId], ty: TypeId) -> bool {
        let any = |list: &[TypeId]| list.iter().any(|t| self.mentions(params, *t));
        match self.types.get(ty) {
            Type::Basic(_) => false,
            Type::TypeParam(p) => params.contains(p),
            Type::Named(n) => {
                let named = self.types.named(*n);
                match &named.instance_of {
                    Some((_, targs)) => any(targs),
                    None => named.type_params.iter().any(|p| params.contains(p)),
                }
            }
            Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => {
                self.mentions(params, *t)
            }
            Type::Map(k, v) => self.mentions(params, *k) || self.mentions(params, *v),
            Type::Struct(fields) => fields.iter().any(|f| self.mentions(params, f.ty)),
            Type::Func(sig) => any(&sig.params) || any(&sig.results),
            Type::Interface(i) => {
                i.methods.iter().any(|m| self.mentions(params, m.sig))
                    || i.terms.iter().flatten().any(|t| self.mentions(params, t.ty))
            }
            Type::Tuple(list) => any(list),
        }
    }

    /// Reports why inference failed.
    pub(super) fn not_inferred(&mut self, f: Failure, before: &str) {
        self.report(f.pos, format!("{before}{}", f.text), |d| match f.declared {
            Some(pos) => d.at(pos),
            None => d,
        });
    }
}
