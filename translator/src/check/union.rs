//! Unions in constraints (Go specification, "General interfaces").

use super::Checker;
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::source::Pos;
use crate::types::{Basic, Term, Type, TypeId};

/// Longer unions are refused, as Go's compiler does.
const MAX_TERMS: usize = 100;
const TOO_MANY: &str = "cannot handle more than 100 union terms (implementation limitation)";

/// A union whose terms are judged when all types are known.
pub(super) struct Union {
    file: usize,
    terms: Vec<(Pos, Term)>,
}

/// A term as it stands there.
struct Leaf {
    id: ExprId,
    ty: ExprId,
    tilde: bool,
}

impl Checker<'_> {
    /// The terms of a union; `None` if one of its members admits every type.
    pub(super) fn union_terms(&mut self, id: ExprId) -> Option<Vec<Term>> {
        let mut leaves = vec![];
        self.flatten(id, &mut leaves);
        let mut written = vec![];
        let mut all: Option<Vec<Term>> = Some(vec![]);
        for (i, leaf) in leaves.iter().enumerate() {
            if i >= MAX_TERMS {
                let pos = self.pos(leaf.id);
                self.error(pos, TOO_MANY);
                return Some(vec![]);
            }
            let ty = self.term_type(leaf);
            let pos = self.pos(leaf.id);
            written.push((pos, Term { tilde: leaf.tilde, ty }));
            self.resolve_type(ty);
            let terms = match self.under(ty) {
                _ if self.is_invalid(ty) => continue,
                Type::Interface(i) if !self.is_type_param(ty) => i.terms.clone(),
                _ if leaf.tilde && self.types.underlying(ty) != ty => continue,
                _ => Some(vec![Term { tilde: leaf.tilde, ty }]),
            };
            all = all.zip(terms).map(|(mut all, terms)| {
                for term in terms {
                    if !all.contains(&term) {
                        all.push(term);
                    }
                }
                all
            });
        }
        if let (Some(first), Some(list)) = (written.first().map(|(pos, _)| *pos), &all)
            && list.len() > MAX_TERMS
        {
            self.error(first, TOO_MANY);
            return Some(vec![]);
        }
        self.unions.push(Union { file: self.cx.file, terms: written });
        all
    }

    /// The terms of a checked union as they stand there.
    pub(super) fn written_terms(&self, id: ExprId) -> Vec<Term> {
        let mut leaves = vec![];
        self.flatten(id, &mut leaves);
        let known = |e: ExprId| self.infos[self.cx.file].tv(e).map_or(Basic::Invalid.id(), |t| t.ty);
        leaves.iter().map(|leaf| Term { tilde: leaf.tilde, ty: known(leaf.ty) }).collect()
    }

    fn flatten(&self, id: ExprId, leaves: &mut Vec<Leaf>) {
        let id = self.unparen(id);
        match self.ast(id).kind {
            ExprKind::Binary { op: BinaryOp::Or, x, y, .. } => {
                self.flatten(x, leaves);
                self.flatten(y, leaves);
            }
            ExprKind::Unary { op: UnaryOp::Tilde, x } => leaves.push(Leaf { id, ty: x, tilde: true }),
            _ => leaves.push(Leaf { id, ty: id, tilde: false }),
        }
    }

    fn term_type(&mut self, leaf: &Leaf) -> TypeId {
        let ty = self.type_expr(leaf.ty);
        if !self.is_type_param(ty) {
            return ty;
        }
        let pos = self.pos(leaf.ty);
        let text = match leaf.tilde {
            true => format!("type in term {} cannot be a type parameter", self.expr_str(leaf.id)),
            false => "term cannot be a type parameter".to_owned(),
        };
        self.error(pos, text);
        Basic::Invalid.id()
    }

    /// Judges the unions seen so far.
    pub(super) fn check_unions(&mut self) {
        for union in std::mem::take(&mut self.unions) {
            let outer = std::mem::replace(&mut self.cx.file, union.file);
            for (i, (pos, term)) in union.terms.iter().enumerate() {
                if let Some(text) = self.bad_term(term, &union.terms[..i]) {
                    self.error(*pos, text);
                }
            }
            self.cx.file = outer;
        }
    }

    fn bad_term(&self, term: &Term, before: &[(Pos, Term)]) -> Option<String> {
        if self.is_invalid(term.ty) || self.is_invalid(self.types.underlying(term.ty)) {
            return None;
        }
        let (under, ty_s) = (self.types.underlying(term.ty), self.type_string(term.ty));
        if let Type::Interface(i) = self.types.get(under) {
            let shown = self.term_string(term);
            return match i {
                _ if term.tilde => Some(format!("invalid use of ~ ({ty_s} is an interface)")),
                i if !i.methods.is_empty() => {
                    Some(format!("cannot use {shown} in union ({shown} contains methods)"))
                }
                _ if term.ty == self.predeclared_type("comparable") => {
                    Some("cannot use comparable in union".into())
                }
                i if i.comparable => Some(format!("cannot use {shown} in union ({shown} embeds comparable)")),
                _ => None,
            };
        }
        if term.tilde && under != term.ty {
            let under_s = self.type_string(under);
            return Some(format!("invalid use of ~ (underlying type of {ty_s} is {under_s})"));
        }
        let other = before.iter().map(|(_, other)| other).find(|other| self.overlap(other, term))?;
        Some(format!("overlapping terms {} and {}", self.term_string(term), self.term_string(other)))
    }

    /// Do two terms have a type in common?
    fn overlap(&self, a: &Term, b: &Term) -> bool {
        if self.is_invalid(a.ty) || matches!(self.under(a.ty), Type::Interface(_)) {
            return false;
        }
        let side = |t: &Term, other: &Term| if other.tilde { self.types.underlying(t.ty) } else { t.ty };
        side(a, b) == side(b, a)
    }
}
