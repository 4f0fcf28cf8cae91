//! Type parameters, and instances of generic types and functions (Go specification, "Type parameter declarations",
//! "Instantiations").
//!
//! An instance of a type is a [`Named`] of its own, one for equal arguments; inside its declaration the generic type itself is
//! the instance with its own parameters. The type parameters that a method's receiver names are those of the type under
//! other names.

use super::Checker;
use super::operand::Operand;
use super::subst::Map;
use crate::ast::{ExprId, ExprKind, Field, Ident};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Instance, Mode, ObjId, ObjKind};
use crate::types::spelling::Alias;
use crate::types::{Basic, Named, NamedId, Term, Type, TypeId, TypeParam, TypeParamId};

/// Type arguments nested deeper than this come from a type that contains ever larger instances of itself.
const MAX_NESTING: usize = 40;

impl<'a> Checker<'a> {
    /// Declares the parameters in the innermost scope and resolves their constraints.
    pub(super) fn declare_type_params(&mut self, fields: &'a [Field]) -> Vec<TypeParamId> {
        self.declare_params_of(fields, |_, _| {})
    }

    /// Tells `of` the parameters before constraints are resolved, which may mention what has the parameters.
    pub(super) fn declare_params_of(
        &mut self,
        fields: &'a [Field],
        of: impl FnOnce(&mut Self, &[TypeParamId]),
    ) -> Vec<TypeParamId> {
        let mut params = vec![];
        let any = self.empty_interface();
        for (group, field) in fields.iter().enumerate() {
            for name in &field.names {
                let index = params.len() as u32;
                params.push(self.declare_type_param(*name, index, group as u32, any));
            }
        }
        of(self, &params);
        let mut at = params.iter();
        let outer = std::mem::replace(&mut self.cx.in_type_params, true);
        for field in fields {
            let constraint = self.constraint_type(field.ty);
            for _ in &field.names {
                if let Some(p) = at.next() {
                    self.types.type_params[p.0 as usize].constraint = constraint;
                    if !matches!(self.under(constraint), Type::Interface(_)) {
                        self.late_constraints.push(*p);
                    }
                }
            }
        }
        self.cx.in_type_params = outer;
        params
    }

    /// Constraints that turned out not to be interfaces stand for one of a single type.
    pub(super) fn settle_constraints(&mut self) {
        for p in std::mem::take(&mut self.late_constraints) {
            let ty = self.types.type_params[p.0 as usize].constraint;
            let constraint = match self.under(ty) {
                Type::Interface(_) => continue,
                Type::Basic(Basic::Invalid) => self.empty_interface(),
                _ => {
                    let terms = vec![Term { tilde: false, ty }];
                    self.terms_interface(Some(terms.clone()), terms)
                }
            };
            self.types.type_params[p.0 as usize].constraint = constraint;
        }
    }

    fn declare_type_param(&mut self, name: Ident, index: u32, group: u32, constraint: TypeId) -> TypeParamId {
        let id = TypeParamId(self.types.type_params.len() as u32);
        let ty = self.types.intern(Type::TypeParam(id));
        let obj = self.new_object(name.name, name.pos, Some(self.pkg), ty, ObjKind::TypeName);
        self.types.type_params.push(TypeParam { obj, name: name.name, index, group, constraint });
        self.declare(name.name, obj);
        id
    }

    /// Puts parameters declared before into the innermost scope again.
    pub(super) fn redeclare_type_params(&mut self, params: &[TypeParamId]) {
        for p in params {
            let param = &self.types.type_params[p.0 as usize];
            let (name, obj) = (param.name, param.obj);
            if !name.is_blank() {
                self.cx.scopes.last_mut().expect("a scope is open").names.push((name, obj));
            }
        }
    }

    /// The names that a receiver `T[A, B]` gives the parameters of its type.
    pub(super) fn declare_receiver_params(&mut self, recv: ExprId) {
        let mut at = recv;
        let (x, indices) = loop {
            match &self.ast(at).kind {
                ExprKind::Star(x) | ExprKind::Paren(x) => at = *x,
                ExprKind::Index { x, indices, .. } => break (*x, indices),
                _ => return,
            }
        };
        let ExprKind::Ident(base) = self.ast(x).kind else { return };
        let Some(obj) = self.find_package_level(base) else { return };
        self.resolve(obj);
        let params = match *self.types.get(self.obj(obj).ty) {
            Type::Named(n) => self.types.named(n).type_params.clone(),
            _ => vec![],
        };
        for (i, &index) in indices.iter().enumerate() {
            let ExprKind::Ident(name) = self.ast(index).kind else { continue };
            let pos = self.pos(index);
            let Some(p) = params.get(i) else {
                // what is wrong has been told
                let any = self.empty_interface();
                self.declare_type_param(Ident { name, pos }, i as u32, i as u32, any);
                continue;
            };
            let ty = self.types.intern(Type::TypeParam(*p));
            let obj = self.new_object(name, pos, Some(self.pkg), ty, ObjKind::TypeName);
            self.declare(name, obj);
        }
    }

    /// The receiver's type: for `T[A]` the generic type itself.
    pub(super) fn receiver_type(&mut self, recv: ExprId) -> TypeId {
        match &self.ast(recv).kind {
            ExprKind::Paren(x) => {
                let ty = self.receiver_type(*x);
                self.record(recv, Mode::Type, ty, None);
                ty
            }
            ExprKind::Star(x) => {
                let elem = self.receiver_type(*x);
                if self.is_invalid(elem) {
                    return elem;
                }
                let ty = self.pointer_to(elem);
                self.record(recv, Mode::Type, ty, None);
                ty
            }
            ExprKind::Index { x, indices, .. } => {
                let (x, indices) = (*x, indices.clone());
                let start = self.pos(x);
                self.require(start, 18, "type instantiation");
                let ty = self.receiver_base_type(x, &indices);
                self.record(recv, Mode::Type, ty, None);
                ty
            }
            _ => {
                let ty = self.generic_type(recv);
                if let Type::Named(n) = *self.types.get(ty)
                    && !self.types.named(n).type_params.is_empty()
                {
                    let pos = self.pos(recv);
                    let text =
                        format!("cannot use generic type {} without instantiation", self.generic_string(ty));
                    self.error(pos, text);
                    return Basic::Invalid.id();
                }
                ty
            }
        }
    }

    /// The generic type `x` of a receiver that names its parameters.
    fn receiver_base_type(&mut self, x: ExprId, indices: &[ExprId]) -> TypeId {
        let invalid = Basic::Invalid.id();
        for &index in indices {
            if !matches!(self.ast(index).kind, ExprKind::Ident(_)) {
                let (pos, shown) = (self.pos(index), self.expr_str(index));
                self.error(pos, format!("receiver type parameter {shown} must be an identifier"));
            }
        }
        let ty = self.generic_type(x);
        if self.is_invalid(ty) {
            return invalid;
        }
        let alias = self.info().uses.get(&x).copied().filter(|obj| self.generic_aliases.contains_key(obj));
        let want = match self.types.get(ty) {
            Type::Named(n) => self.types.named(*n).type_params.len(),
            _ => 0,
        };
        let have = indices.len();
        let (text, is_wrong) = if let Some(alias) = alias {
            let params = self.generic_aliases[&alias].clone();
            let name = self.obj(alias).name;
            let params = self.type_params_string(&params);
            (format!("cannot define new methods on generic alias type {name}{params}"), true)
        } else if want == 0 {
            (format!("{} is not a generic type", self.type_string(ty)), true)
        } else if have != want {
            let s = if have == 1 { "" } else { "s" };
            let text =
                format!("receiver declares {have} type parameter{s}, but receiver base type declares {want}");
            (text, false)
        } else {
            return ty;
        };
        let pos = self.pos(x);
        self.error(pos, text);
        if is_wrong { invalid } else { ty }
    }

    /// A type name that may be generic; ordinary uses of generic types need arguments.
    pub(super) fn generic_type(&mut self, id: ExprId) -> TypeId {
        let outer = std::mem::replace(&mut self.cx.generic_ok, true);
        let ty = self.type_expr(id);
        self.cx.generic_ok = outer;
        ty
    }

    /// `x[A, B]` where `x` is a generic type.
    pub(super) fn instantiated_type(&mut self, id: ExprId, x: ExprId, indices: &'a [ExprId]) -> TypeId {
        let invalid = Basic::Invalid.id();
        let start = self.pos(id);
        self.require(start, 18, "type instantiation");
        let generic = self.generic_type(x);
        if self.is_invalid(generic) {
            self.use_all(indices);
            return invalid;
        }
        let name = self.unparen(x);
        let obj = self.info().uses.get(&name).copied();
        let params = match (obj.and_then(|o| self.generic_aliases.get(&o).cloned()), self.types.get(generic))
        {
            (Some(params), _) => params,
            (None, Type::Named(n)) => self.types.named(*n).type_params.clone(),
            _ => vec![],
        };
        let pos = self.pos(x);
        if params.is_empty() {
            let list: Vec<String> = indices.iter().map(|i| self.expr_str(*i)).collect();
            let text = format!(
                "invalid operation: {}[{}] ({} is not a generic type)",
                self.expr_str(x),
                list.join(", "),
                self.type_string(generic)
            );
            self.error(pos, text);
            return invalid;
        }
        let generic_ok = std::mem::take(&mut self.cx.generic_ok);
        let targs: Vec<TypeId> = indices.iter().map(|i| self.var_type(*i)).collect();
        self.cx.generic_ok = generic_ok;
        if targs.iter().any(|t| self.is_invalid(*t)) {
            return invalid;
        }
        let (have, want) = (targs.len(), params.len());
        if have != want {
            let few = if have < want { "not enough" } else { "too many" };
            let at = self.node_pos(x);
            let name = self.expr_str(x);
            self.error(at, format!("{few} type arguments for type {name}: have {have}, want {want}"));
            return invalid;
        }
        let positions: Vec<Pos> = indices.iter().map(|i| self.pos(*i)).collect();
        self.verify.push(super::Verify {
            params: params.clone(),
            targs: targs.clone(),
            positions,
            file: self.cx.file,
        });
        let ty = match obj.filter(|o| self.generic_aliases.contains_key(o)) {
            Some(_) => {
                let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
                let ty = self.subst(generic, &map);
                match self.types.alias_of(generic).cloned() {
                    Some(alias) => self.types.alias(ty, Alias { targs: targs.clone(), ..alias }),
                    None => ty,
                }
            }
            None => match *self.types.get(generic) {
                Type::Named(n) => self.instance(n, targs.clone()),
                _ => invalid,
            },
        };
        if let Type::Named(n) = *self.types.get(ty) {
            self.instance_pos.entry(n).or_insert(pos);
        }
        self.info().instances.insert(id, Instance { targs, ty });
        ty
    }

    /// The instance of a generic type, one for equal arguments.
    pub(super) fn instance(&mut self, origin: NamedId, targs: Vec<TypeId>) -> TypeId {
        let own = self.types.named(origin).type_params.clone();
        let is_itself = own.len() == targs.len()
            && own.iter().zip(&targs).all(|(p, t)| *self.types.get(*t) == Type::TypeParam(*p));
        if is_itself {
            return self.types.intern(Type::Named(origin));
        }
        if let Some(&n) = self.instances.get(&(origin, targs.clone())) {
            return self.types.intern(Type::Named(n));
        }
        let named = self.types.named(origin).clone();
        if targs.iter().any(|t| self.nesting(*t) > MAX_NESTING) {
            // that this has no end is told when all instances are known
            self.cycles.insert(origin);
            return Basic::Invalid.id();
        }
        let id = NamedId(self.types.named.len() as u32);
        self.types.named.push(Named {
            underlying: Basic::Invalid.id(),
            methods: vec![],
            type_params: vec![],
            instance_of: Some((origin, targs.clone())),
            ..named
        });
        self.instances.insert((origin, targs), id);
        let ty = self.types.intern(Type::Named(id));
        if self.is_invalid(self.types.named(origin).underlying) {
            self.pending.push((origin, id));
        } else {
            self.expand(id);
        }
        ty
    }

    /// Gives an instance its underlying type.
    pub(super) fn expand(&mut self, id: NamedId) {
        let Some((origin, targs)) = self.types.named(id).instance_of.clone() else { return };
        let params = self.types.named(origin).type_params.clone();
        let map: Map = params.into_iter().zip(targs).collect();
        let underlying = self.types.named(origin).underlying;
        let underlying = self.subst(underlying, &map);
        self.settle_underlying(id, underlying);
    }

    /// The instances that waited for the generic type's declaration.
    pub(super) fn expand_pending(&mut self, origin: NamedId) {
        let waiting: Vec<NamedId> =
            self.pending.iter().filter(|(o, _)| *o == origin).map(|(_, n)| *n).collect();
        self.pending.retain(|(o, _)| *o != origin);
        for id in waiting {
            self.expand(id);
        }
    }

    fn nesting(&self, ty: TypeId) -> usize {
        match self.types.get(ty) {
            Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => 1 + self.nesting(*t),
            Type::Map(k, v) => 1 + self.nesting(*k).max(self.nesting(*v)),
            Type::Named(n) => match &self.types.named(*n).instance_of {
                Some((_, targs)) => 1 + targs.iter().map(|t| self.nesting(*t)).max().unwrap_or(0),
                None => 0,
            },
            Type::Func(sig) => {
                1 + sig.params.iter().chain(&sig.results).map(|t| self.nesting(*t)).max().unwrap_or(0)
            }
            Type::Struct(fields) => 1 + fields.iter().map(|f| self.nesting(f.ty)).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// Checks type arguments against constraints, once all types are known.
    pub(super) fn verify_instances(&mut self) {
        for v in std::mem::take(&mut self.verify) {
            let outer = std::mem::replace(&mut self.cx.file, v.file);
            self.verify_args(&v.params, &v.targs, &v.positions);
            self.cx.file = outer;
        }
    }

    /// Checks type arguments against constraints and reports the first that does not fit.
    pub(super) fn verify_args(
        &mut self,
        params: &[TypeParamId],
        targs: &[TypeId],
        positions: &[Pos],
    ) -> bool {
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        for (i, (p, &t)) in params.iter().zip(targs).enumerate() {
            let constraint = self.types.type_params[p.0 as usize].constraint;
            let constraint = self.subst(constraint, &map);
            if let Err(why) = self.implements(t, constraint, true) {
                let pos = positions.get(i).or(positions.last()).copied().unwrap_or(Pos::NONE);
                self.error(pos, why);
                return false;
            }
        }
        self.record_instantiation(params, targs, positions);
        true
    }

    /// The type parameters of the function an expression names, if it is generic.
    pub(super) fn generic_params(&self, id: ExprId) -> Option<&Vec<TypeParamId>> {
        let id = self.unparen(id);
        if let Some(params) = self.method_params.get(&(self.cx.file, id)) {
            return Some(params);
        }
        let obj = self.infos[self.cx.file].uses.get(&id)?;
        self.generic_funcs.get(obj)
    }

    /// The type parameters of a method's own, and its signature, where the receiver is `recv`. An instance's method has
    /// parameters of its own too: their constraints may mention the receiver's type arguments.
    pub(super) fn generic_method(
        &mut self,
        func: ObjId,
        recv: TypeId,
        sig: TypeId,
    ) -> Option<(Vec<TypeParamId>, TypeId)> {
        let params = self.generic_funcs.get(&func)?.clone();
        let instance = match *self.types.get(recv) {
            Type::Named(n) => self.types.named(n).instance_of.clone(),
            _ => None,
        };
        let Some((origin, targs)) = instance else { return Some((params, sig)) };
        let (fresh, own) = self.renamed(&params);
        let map: Map = self.types.named(origin).type_params.iter().copied().zip(targs).collect();
        for p in &fresh {
            let constraint = self.types.type_params[p.0 as usize].constraint;
            let constraint = self.subst(constraint, &map);
            self.types.type_params[p.0 as usize].constraint = constraint;
        }
        Some((fresh, self.subst(sig, &own)))
    }

    /// The signature of a method of `recv`, whose type arguments take the parameters' places.
    pub(super) fn method_sig_of(&mut self, func: ObjId, recv: TypeId) -> TypeId {
        let sig = self.method_sig(func);
        let Type::Named(n) = *self.types.get(recv) else { return sig };
        let Some((origin, targs)) = self.types.named(n).instance_of.clone() else { return sig };
        let params = self.types.named(origin).type_params.clone();
        let map: Map = params.into_iter().zip(targs).collect();
        self.subst(sig, &map)
    }

    /// A single value, which may be a generic function; `hint` is the type of elements that lack one.
    pub(super) fn generic_value(&mut self, id: ExprId, hint: Option<TypeId>) -> Operand {
        let outer = std::mem::replace(&mut self.cx.generic_ok, true);
        let x = self.raw_expr(id, hint);
        self.cx.generic_ok = outer;
        let x = self.exclude(x, true);
        self.single(x)
    }

    /// An expression that may be a generic function; perhaps several values.
    pub(super) fn generic_raw(&mut self, id: ExprId) -> Operand {
        let outer = std::mem::replace(&mut self.cx.generic_ok, true);
        let x = self.raw_expr(id, None);
        self.cx.generic_ok = outer;
        x
    }

    /// An operand that may be a generic function without its type arguments, or a generic type.
    pub(super) fn generic_operand(&mut self, id: ExprId) -> Operand {
        let outer = std::mem::replace(&mut self.cx.generic_ok, true);
        let x = self.expr_or_type(id);
        self.cx.generic_ok = outer;
        x
    }

    /// The identifier or selector that names a generic function.
    pub(super) fn generic_name(&self, fun: ExprId) -> ExprId {
        let fun = self.unparen(fun);
        match self.ast(fun).kind {
            ExprKind::Index { x, .. } => self.unparen(x),
            _ => fun,
        }
    }

    /// The type arguments written in `f[A, B]`.
    pub(super) fn explicit_args(&self, fun: ExprId) -> Vec<TypeId> {
        match &self.ast(self.unparen(fun)).kind {
            ExprKind::Index { indices, .. } => {
                indices.iter().filter_map(|i| self.infos[self.cx.file].tv(*i)).map(|tv| tv.ty).collect()
            }
            _ => vec![],
        }
    }

    /// Where the type arguments in `f[A, B]` stand.
    pub(super) fn explicit_positions(&self, fun: ExprId) -> Vec<Pos> {
        match &self.ast(self.unparen(fun)).kind {
            ExprKind::Index { indices, .. } => indices.iter().map(|i| self.pos(*i)).collect(),
            _ => vec![],
        }
    }

    /// Gives a generic function's value its type arguments, those not written inferred from the function type `target` (of
    /// `what`) or from constraints. Makes it invalid after an error, which is reported.
    pub(super) fn infer_value(&mut self, x: &mut Operand, target: Option<TypeId>, what: &str) {
        let Some(own) = self.generic_params(x.expr).cloned() else { return };
        let written = self.explicit_args(x.expr);
        let start = self.pos(x.expr);
        let pos = match self.ast(self.unparen(x.expr)).kind {
            ExprKind::Index { lbrack, .. } => lbrack,
            _ => start,
        };
        if target.is_some() {
            let how = if written.is_empty() { "implicitly" } else { "partially" };
            let what = format!("{how} instantiated function in assignment");
            let _ = self.require(pos, 18, "function instantiation") && self.require(pos, 21, what);
        }
        let (params, map) = self.renamed(&own);
        x.ty = self.subst(x.ty, &map);
        let known: Vec<Option<TypeId>> = written.into_iter().map(Some).collect();
        let (mut wanted, mut args) = (vec![], vec![]);
        if let Some(target) = target {
            wanted.push(x.ty);
            let name = Some(Symbol::intern(what));
            args.push(Operand { name, ..Operand::new(Mode::Value, target, x.expr) });
        }
        let targs = match self.infer(pos, &params, &known, &wanted, &args, true) {
            Ok(targs) => targs,
            Err(f) => {
                self.not_inferred(f, "");
                x.mode = Mode::Invalid;
                return;
            }
        };
        let written = self.explicit_positions(x.expr);
        let positions: Vec<Pos> =
            (0..targs.len()).map(|i| written.get(i).copied().unwrap_or(start)).collect();
        if !self.verify_args(&params, &targs, &positions) {
            x.mode = Mode::Invalid;
            return;
        }
        self.instantiate_value(x, &params, targs);
    }

    /// Makes a generic function's value one with these type arguments.
    pub(super) fn instantiate_value(&mut self, x: &mut Operand, params: &[TypeParamId], targs: Vec<TypeId>) {
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        x.ty = self.subst(x.ty, &map);
        let (expr, name, ty) = (self.unparen(x.expr), self.generic_name(x.expr), x.ty);
        for id in [expr, name] {
            self.info().instances.insert(id, Instance { targs: targs.clone(), ty });
            self.instantiated.insert((self.cx.file, id));
        }
        self.record_operand(x);
    }

    /// `f[A, B]` where `f` is a generic function; fewer arguments than parameters leave the rest to a call.
    pub(super) fn instantiated_func(
        &mut self,
        id: ExprId,
        x: Operand,
        params: &[TypeParamId],
        indices: &'a [ExprId],
    ) -> Operand {
        let invalid = Operand::invalid(id);
        let start = self.pos(id);
        self.require(start, 18, "function instantiation");
        let generic_ok = std::mem::take(&mut self.cx.generic_ok);
        let targs: Vec<TypeId> = indices.iter().map(|i| self.var_type(*i)).collect();
        self.cx.generic_ok = generic_ok;
        if targs.iter().any(|t| self.is_invalid(*t)) {
            return invalid;
        }
        let name = self.generic_name(x.expr);
        if targs.len() > params.len() {
            let (got, want) = (targs.len(), params.len());
            let pos = self.pos(indices[got - 1]);
            self.error(pos, format!("got {got} type arguments but want {want}"));
            return invalid;
        }
        if targs.len() < params.len() {
            // who asked infers the others; `uses` tells which function this is
            if let Some(&obj) = self.info().uses.get(&name) {
                self.info().uses.insert(id, obj);
            }
            if let Some(params) = self.method_params.get(&(self.cx.file, name)).cloned() {
                self.method_params.insert((self.cx.file, id), params);
            }
            return Operand::new(Mode::Value, x.ty, id);
        }
        self.complete_func(id, &x, params, targs, indices)
    }

    fn complete_func(
        &mut self,
        id: ExprId,
        x: &Operand,
        params: &[TypeParamId],
        targs: Vec<TypeId>,
        indices: &[ExprId],
    ) -> Operand {
        let name = self.generic_name(x.expr);
        let positions: Vec<Pos> = indices.iter().map(|i| self.pos(*i)).collect();
        if !self.verify_args(params, &targs, &positions) {
            return Operand::invalid(id);
        }
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        let ty = self.subst(x.ty, &map);
        self.info().instances.insert(name, Instance { targs, ty });
        self.instantiated.insert((self.cx.file, name));
        Operand::new(Mode::Value, ty, id)
    }

    /// A generic function may only stand where its type arguments are found out.
    pub(super) fn lacks_arguments(&self, id: ExprId) -> bool {
        let id = self.unparen(id);
        self.generic_params(id).is_some() && !self.instantiated.contains(&(self.cx.file, id))
    }
}
