//! Generic code that stays generic (Go specification, "Type parameter declarations", "Instantiations").
//!
//! Which declarations do was decided by the checker (`check::general`); here they get Rust's bounds, and those who use them the
//! type arguments that Rust cannot infer.

use super::Lower;
use crate::ast::{ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr, Generics};
use crate::typed::{Const, Mode, NamedId, ObjId, ObjKind, TypeId};
use crate::types::{Bound, Type, TypeParamId};
use num_traits::ToPrimitive;

impl Lower<'_> {
    /// The parameters of a declaration with golib's bounds.
    pub(super) fn generics(&mut self, params: &[TypeParamId]) -> Generics {
        let bound = |l: &mut Self, p: TypeParamId| match l.program.types.bound(p) {
            Some(Bound::Comparable) => "GoType + PartialEq".to_owned(),
            Some(Bound::Ordered) => "GoOrdered".to_owned(),
            Some(Bound::Real) => "GoReal".to_owned(),
            Some(Bound::Integer) => "GoInteger".to_owned(),
            Some(Bound::Number) => "GoNumber".to_owned(),
            Some(Bound::Slice(elem)) => format!("SliceOf<E = {}>", l.ty(elem)),
            Some(Bound::Map(key, elem)) => format!("MapOf<K = {}, V = {}>", l.ty(key), l.ty(elem)),
            Some(Bound::Any | Bound::Methods) | None => "GoType".to_owned(),
        };
        Generics(params.iter().map(|p| (self.param_name(*p), bound(self, *p))).collect())
    }

    /// The parameters of a generic type.
    pub(super) fn type_generics(&mut self, id: NamedId) -> Generics {
        let named = self.program.types.named(id);
        match named.instance_of {
            Some(_) => Generics::default(),
            None => self.generics(&named.type_params),
        }
    }

    pub(super) fn param_name(&self, param: TypeParamId) -> String {
        super::names::plain_name(self.program.types.type_params[param.0 as usize].name)
    }

    /// The parameter as a type.
    pub(super) fn param_type(&self, param: TypeParamId) -> Option<TypeId> {
        let obj = self.program.types.type_params[param.0 as usize].obj;
        Some(self.obj(obj).ty)
    }

    /// `f::<A>` for a function that stays generic; what stands after its name, empty for others. `args` are its arguments,
    /// if it is called.
    pub(super) fn type_arguments(&mut self, fun: ExprId, func: ObjId, args: Option<&[ExprId]>) -> String {
        let Some(params) = self.program.generic.get(&func) else { return String::new() };
        let Some(instance) = self.info().instances.get(&fun) else { return String::new() };
        if let (Some(args), Type::Func(sig)) = (args, self.under(self.obj(func).ty)) {
            let last = sig.params.last().into_iter();
            let types = sig.params.iter().chain(last.cycle());
            let pairs: Vec<(TypeId, ExprId)> = types.copied().zip(args.iter().copied()).collect();
            if self.are_said(params, &pairs) {
                return String::new();
            }
        }
        let targs: Vec<ir::Type> = instance.targs.clone().into_iter().map(|t| self.ty(t)).collect();
        format!("::<{}>", ir::list(&targs))
    }

    /// Does each parameter occur in the type of something whose lowered form has but one type?
    pub(super) fn are_said(&self, params: &[TypeParamId], pairs: &[(TypeId, ExprId)]) -> bool {
        let mut said: Vec<TypeParamId> = vec![];
        for (ty, value) in pairs {
            if self.says_type(*value) {
                self.mentioned(*ty, &mut said);
            }
        }
        // elements are known by the slice
        for p in said.clone() {
            match self.program.types.bound(p) {
                Some(Bound::Slice(elem)) => self.mentioned(elem, &mut said),
                Some(Bound::Map(key, elem)) => {
                    self.mentioned(key, &mut said);
                    self.mentioned(elem, &mut said);
                }
                _ => {}
            }
        }
        params.iter().all(|p| said.contains(p))
    }

    fn mentioned(&self, ty: TypeId, out: &mut Vec<TypeParamId>) {
        match self.program.types.get(ty) {
            Type::TypeParam(p) => out.push(*p),
            Type::Named(n) => {
                if let Some((_, targs)) = &self.program.types.named(*n).instance_of {
                    targs.iter().for_each(|t| self.mentioned(*t, out));
                }
            }
            Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => {
                self.mentioned(*t, out)
            }
            Type::Map(k, v) => {
                self.mentioned(*k, out);
                self.mentioned(*v, out);
            }
            Type::Func(sig) => sig.params.iter().chain(&sig.results).for_each(|t| self.mentioned(*t, out)),
            _ => {}
        }
    }

    /// Has what an expression lowers to one type only, wherever it stands?
    fn says_type(&self, id: ExprId) -> bool {
        let Some(tv) = self.info().tv(id) else { return false };
        if tv.value.is_some() {
            return self.literal_says(tv.ty);
        }
        if tv.mode == Mode::Nil || self.is_tuple(id) {
            return false;
        }
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.says_type(*x),
            ExprKind::Ident(_) | ExprKind::Selector { .. } => {
                let func = self.object_of(id).filter(|o| matches!(self.obj(*o).kind, ObjKind::Func { .. }));
                func.is_none()
            }
            ExprKind::Index { .. } | ExprKind::Slice { .. } | ExprKind::Star(_) | ExprKind::FuncLit(_) => {
                true
            }
            ExprKind::TypeAssert { .. } => true,
            ExprKind::Unary { op: UnaryOp::Recv, .. } => true,
            ExprKind::Unary { x, .. } => self.says_type(*x),
            ExprKind::Binary { x, y, .. } => self.says_type(*x) || self.says_type(*y),
            ExprKind::Call { fun, .. } => !matches!(self.mode(*fun), Mode::Type | Mode::Builtin(_)),
            ExprKind::CompositeLit { elems, .. } => {
                let is_nil = |e: &ExprId| match self.ast(*e).kind {
                    ExprKind::KeyValue { key, value, .. } => {
                        [key, value].iter().any(|x| self.info().tv(*x).is_some_and(|tv| tv.mode == Mode::Nil))
                    }
                    _ => self.mode(*e) == Mode::Nil,
                };
                self.is_plain_name(tv.ty) || self.literal_says(tv.ty) && !elems.first().is_some_and(is_nil)
            }
            _ => false,
        }
    }

    /// A declared type without type arguments?
    fn is_plain_name(&self, ty: TypeId) -> bool {
        match *self.program.types.get(ty) {
            Type::Named(n) => {
                let named = self.program.types.named(n);
                named.instance_of.is_none() && named.type_params.is_empty()
            }
            _ => false,
        }
    }

    /// Have literals of the type one type only? Those of numbers may have any.
    fn literal_says(&self, ty: TypeId) -> bool {
        match self.program.types.get(ty) {
            Type::Basic(b) => b.is_string() || b.is_boolean(),
            Type::Named(_) => self.is_plain_name(ty),
            Type::Slice(t) | Type::Pointer(t) | Type::Array(t, _) => self.literal_says(*t),
            Type::Map(k, v) => self.literal_says(*k) && self.literal_says(*v),
            Type::Func(_) | Type::Chan(..) => true,
            _ => false,
        }
    }

    /// The type of a struct literal with these values for fields, without the type arguments that they tell.
    pub(super) fn literal_type(&mut self, ty: TypeId, values: &[(usize, ExprId)]) -> ir::Type {
        let types = &self.program.types;
        let full = self.ty(ty);
        let Type::Named(n) = *types.get(ty) else { return full };
        let origin = types.named(n).instance_of.as_ref().map_or(n, |(origin, _)| *origin);
        let Type::Struct(fields) = types.get(types.named(origin).underlying) else { return full };
        let pairs: Vec<(TypeId, ExprId)> = values.iter().map(|(i, v)| (fields[*i].ty, *v)).collect();
        match full {
            ir::Type::Path(path, args)
                if !args.is_empty() && self.are_said(&types.named(origin).type_params, &pairs) =>
            {
                ir::ty(path)
            }
            full => full,
        }
    }

    /// A constant of a type that a parameter stands for.
    pub(super) fn param_constant(&mut self, value: &Const, ty: TypeId) -> Option<Expr> {
        let param = self.program.types.param(ty)?;
        let name = self.param_name(param);
        Some(match value {
            Const::Int(n) => ir::call(&format!("{name}::int"), vec![ir::lit(n.to_i64()?.to_string())]),
            Const::Float(x) => {
                ir::call(&format!("{name}::float"), vec![ir::lit(format!("{:?}", x.to_f64()))])
            }
            _ => return None,
        })
    }
}
