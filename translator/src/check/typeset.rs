//! Type sets of constraints, and what they let a program do with a type parameter (Go specification, "General interfaces",
//! "Core types").

use super::Checker;
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::types::spelling::{Spelled, WrittenInterface};
use crate::types::{Basic, ChanDir, Interface, Term, Type, TypeId};

impl Checker<'_> {
    pub(super) fn is_type_param(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::TypeParam(_))
    }

    /// The terms of a type parameter's type set; `None` if every type is in it.
    pub(super) fn terms_of(&self, ty: TypeId) -> Option<&Vec<Term>> {
        match self.under(ty) {
            Type::Interface(i) => i.terms.as_ref(),
            _ => None,
        }
    }

    /// Does `f` hold for (the underlying type of) every type that `ty` may be? A type parameter without terms has none.
    pub(super) fn all_types(&self, ty: TypeId, f: impl Fn(TypeId) -> bool) -> bool {
        if !self.is_type_param(ty) {
            return f(self.types.underlying(ty));
        }
        match self.terms_of(ty) {
            Some(terms) if !terms.is_empty() => terms.iter().all(|t| f(self.types.underlying(t.ty))),
            _ => false,
        }
    }

    /// The underlying type; of a type parameter the one all its types share, or an invalid type.
    pub(super) fn core(&self, ty: TypeId) -> TypeId {
        if !self.is_type_param(ty) {
            return self.types.underlying(ty);
        }
        let invalid = Basic::Invalid.id();
        let Some(terms) = self.terms_of(ty) else { return invalid };
        let mut core: Option<TypeId> = None;
        for term in terms {
            let under = self.types.underlying(term.ty);
            core = match core {
                None => Some(under),
                Some(c) if c == under => core,
                Some(c) => match (self.types.get(c), self.types.get(under)) {
                    // channels of both directions agree on the restricted one
                    (Type::Chan(ChanDir::Both, a), Type::Chan(_, b)) if a == b => Some(under),
                    (Type::Chan(_, a), Type::Chan(ChanDir::Both, b)) if a == b => core,
                    _ => return invalid,
                },
            };
        }
        core.unwrap_or(invalid)
    }

    /// The structure of the core type.
    pub(super) fn core_type(&self, ty: TypeId) -> &Type {
        self.types.get(self.core(ty))
    }

    /// A type parameter whose types are all strings or byte slices: it may be read like a string.
    pub(super) fn is_bytestring(&self, ty: TypeId) -> bool {
        self.is_type_param(ty)
            && self.all_types(ty, |t| match self.types.get(t) {
                Type::Basic(b) => b.is_string(),
                Type::Slice(e) => self.types.underlying(*e) == Basic::Uint8.id(),
                _ => false,
            })
    }

    /// A constraint as written: an interface, or a union or single type that stands for one.
    pub(super) fn constraint_type(&mut self, id: ExprId) -> TypeId {
        if self.is_union(id) {
            let terms = self.union_terms(id);
            let written = self.written_terms(id);
            return self.terms_interface(terms, written);
        }
        let ty = self.type_expr(id);
        self.resolve_type(ty);
        match self.under(ty) {
            Type::Interface(_) if !self.is_type_param(ty) => ty,
            // what it is follows when the declaration is done
            Type::Basic(Basic::Invalid) if matches!(self.types.get(ty), Type::Named(_)) => ty,
            Type::Basic(Basic::Invalid) => self.empty_interface(),
            _ => {
                if self.is_type_param(ty) {
                    let pos = self.pos(id);
                    let text = "cannot use a type parameter as constraint";
                    self.error(pos, text);
                    return self.empty_interface();
                }
                let terms = vec![Term { tilde: false, ty }];
                self.terms_interface(Some(terms.clone()), terms)
            }
        }
    }

    pub(super) fn terms_interface(&mut self, terms: Option<Vec<Term>>, written: Vec<Term>) -> TypeId {
        let written = WrittenInterface { methods: vec![], embeds: vec![written], implicit: true };
        let written = Spelled(Some(Box::new(written)));
        self.types.intern(Type::Interface(Interface { terms, written, ..Interface::default() }))
    }

    pub(super) fn is_union(&self, id: ExprId) -> bool {
        matches!(
            self.ast(self.unparen(id)).kind,
            ExprKind::Binary { op: BinaryOp::Or, .. } | ExprKind::Unary { op: UnaryOp::Tilde, .. }
        )
    }

    /// The types in both sets.
    pub(super) fn intersect(&self, a: Option<Vec<Term>>, b: Option<Vec<Term>>) -> Option<Vec<Term>> {
        let (Some(a), Some(b)) = (&a, &b) else { return a.or(b) };
        let mut both: Vec<Term> = vec![];
        for x in a {
            for y in b {
                let common = if x.ty == y.ty {
                    Some(Term { tilde: x.tilde && y.tilde, ty: x.ty })
                } else if x.tilde && self.types.underlying(y.ty) == x.ty {
                    Some(y.clone())
                } else if y.tilde && self.types.underlying(x.ty) == y.ty {
                    Some(x.clone())
                } else {
                    None
                };
                both.extend(common.filter(|t| !both.contains(t)));
            }
        }
        Some(both)
    }

    /// Is the type one of the terms'?
    pub(super) fn in_terms(&self, ty: TypeId, terms: &[Term]) -> bool {
        terms
            .iter()
            .any(|t| t.ty == ty || (t.tilde && self.types.underlying(ty) == self.types.underlying(t.ty)))
    }
}
