//! Switches by value and by type (Go specification, "Switch statements").

use super::Checker;
use super::operand::Operand;
use crate::ast::{CaseClause, ExprId, ExprKind, Ident};
use crate::source::Pos;
use crate::typed::{Const, Mode, ObjKind, TypeId};
use crate::types::Basic;

impl<'a> Checker<'a> {
    pub(super) fn expr_switch(&mut self, pos: Pos, tag: Option<ExprId>, clauses: &'a [CaseClause]) {
        let mut x = match tag {
            Some(tag) => {
                let mut x = self.expr(tag);
                self.assign_to(&mut x, super::assign::Target::Infer, "switch expression");
                if !x.is_invalid() && !self.comparable(x.ty) && !self.has_nil(x.ty) {
                    let text = format!("cannot switch on {}", self.describe(&x));
                    let at = self.pos(tag);
                    self.error(at, text);
                    x.mode = Mode::Invalid;
                }
                x
            }
            None => Operand::constant(Basic::Bool.id(), Const::Bool(true), ExprId(0)),
        };
        if tag.is_some() && x.is_const() {
            // cases are compared with a value
            x.mode = Mode::Value;
            x.value = None;
        }
        self.one_default(clauses, "switch");
        let _ = pos;
        let mut seen: Vec<(Const, TypeId, Pos)> = vec![];
        for clause in clauses {
            for &e in &clause.exprs {
                self.case_value(&x, tag, e, &mut seen);
            }
            self.open_scope();
            self.stmts(&clause.body);
            self.close_scope();
        }
    }

    fn case_value(
        &mut self,
        x: &Operand,
        tag: Option<ExprId>,
        id: ExprId,
        seen: &mut Vec<(Const, TypeId, Pos)>,
    ) {
        let mut v = self.expr(id);
        if v.is_invalid() || x.is_invalid() {
            return;
        }
        let pos = self.pos(id);
        let mut tagged = x.clone();
        let untyped = v.clone();
        self.match_case(&mut v, &mut tagged);
        let ok = !v.is_invalid()
            && (self.assignable(&v, x.ty).is_ok() || self.assignable(&tagged, v.ty).is_ok())
            && (v.is_nil() || tagged.is_nil() || self.comparable(v.ty) && self.comparable(x.ty));
        if !ok {
            let (a, b) = (&untyped, x);
            let why = if v.is_invalid() || a.ty != b.ty {
                format!("mismatched types {} and {}", self.type_string(a.ty), self.type_string(b.ty))
            } else {
                format!("{} cannot be compared", self.type_string(a.ty))
            };
            let text = match tag {
                Some(tag) => {
                    format!("invalid case {} in switch on {} ({why})", self.expr_str(id), self.expr_str(tag))
                }
                None => format!("invalid case {} in switch ({why})", self.expr_str(id)),
            };
            self.error(pos, text);
            return;
        }
        if let (true, Some(value)) = (v.is_const(), &v.value)
            && tag.is_some()
        {
            if let Some((_, _, at)) = seen.iter().find(|(c, t, _)| c == value && *t == v.ty) {
                let at = *at;
                let text = format!("duplicate case {} in expression switch", self.expr_str(id));
                self.diags.error(pos, text).related.push((at, "previous case".into()));
                return;
            }
            seen.push((value.clone(), v.ty, pos));
        }
    }

    /// As the operands of `==`, but failure is told by an invalid mode alone.
    fn match_case(&mut self, v: &mut Operand, x: &mut Operand) {
        if self.is_typed(v.ty) {
            return;
        }
        if self.try_convert_untyped(v, x.ty).is_err() {
            v.mode = Mode::Invalid;
        } else if self.is_untyped(v.ty) {
            let ty = self.default_type(v.ty);
            self.convert_untyped(v, ty);
        }
    }

    fn one_default(&mut self, clauses: &[CaseClause], what: &str) {
        let mut first: Option<Pos> = None;
        for clause in clauses.iter().filter(|c| c.is_default) {
            match first {
                None => first = Some(clause.pos),
                Some(at) => {
                    let d = self.diags.error(clause.pos, format!("multiple defaults in {what}"));
                    d.related.push((at, "first default".into()));
                }
            }
        }
    }

    pub(super) fn type_switch(&mut self, bind: Option<Ident>, x_id: ExprId, clauses: &'a [CaseClause]) {
        if let Some(bind) = bind
            && bind.name.is_blank()
        {
            self.error(bind.pos, "no new variable on left side of :=");
        }
        let mut x = self.expr(x_id);
        if !x.is_invalid() && !self.is_interface(x.ty) {
            let text = if self.is_type_param(x.ty) {
                format!("cannot use type switch on type parameter value {}", self.describe(&x))
            } else {
                format!("{} is not an interface", self.describe(&x))
            };
            let pos = self.pos(x_id);
            self.error(pos, text);
            x.mode = Mode::Invalid;
        }
        self.one_default(clauses, "switch");
        let mut seen: Vec<(Option<TypeId>, Pos)> = vec![];
        let mut bound = vec![];
        for clause in clauses {
            let mut only = None;
            for &e in &clause.exprs {
                only = self.case_type(&x, e, &mut seen);
            }
            if let Some(pos) = Self::fallthrough_at_end(&clause.body) {
                self.error(pos, "cannot fallthrough in type switch");
            }
            self.open_scope();
            if let Some(bind) = bind {
                let ty = match (&clause.exprs[..], only) {
                    ([_], Some(ty)) => ty,
                    _ if x.is_invalid() => Basic::Invalid.id(),
                    ([_], None) if !self.is_nil_case(clause.exprs[0]) => Basic::Invalid.id(),
                    _ => x.ty,
                };
                let kind = ObjKind::Var { package_level: false, param: false };
                let obj = self.new_object(bind.name, bind.pos, Some(self.pkg), ty, kind);
                self.info().implicits.insert(clause.pos, obj);
                if !bind.name.is_blank() {
                    self.cx.scopes.last_mut().expect("a scope is open").names.push((bind.name, obj));
                }
                bound.push(obj);
            }
            self.stmts(&clause.body);
            self.close_scope();
        }
        if let Some(bind) = bind
            && !bind.name.is_blank()
            && !bound.iter().any(|o| self.used.contains(o))
        {
            self.error(bind.pos, format!("declared and not used: {}", bind.name));
        }
    }

    fn is_nil_case(&self, id: ExprId) -> bool {
        self.infos[self.cx.file].tv(id).is_some_and(|t| t.mode == Mode::Nil)
    }

    /// The type a case names; `None` for nil or after an error.
    fn case_type(
        &mut self,
        x: &Operand,
        id: ExprId,
        seen: &mut Vec<(Option<TypeId>, Pos)>,
    ) -> Option<TypeId> {
        let pos = self.pos(id);
        let is_nil = matches!(self.ast(self.unparen(id)).kind, ExprKind::Ident(name)
            if name.as_str() == "nil" && self.find(name).is_some_and(|o| matches!(self.obj(o).kind, ObjKind::Nil)));
        let ty = if is_nil {
            self.raw_expr(id, None);
            None
        } else {
            let ty = self.type_expr(id);
            if self.is_invalid(ty) {
                return None;
            }
            Some(ty)
        };
        if let Some((_, at)) = seen.iter().find(|(t, _)| *t == ty) {
            let at = *at;
            let text = match ty {
                None => "multiple nil cases in type switch (first at previous case)".to_owned(),
                Some(_) => format!("duplicate case {} in type switch", self.expr_str(id)),
            };
            self.diags.error(pos, text).related.push((at, "previous case".into()));
            return ty;
        }
        seen.push((ty, pos));
        if let (Some(t), false) = (ty, x.is_invalid())
            && let Some(why) = self.impossible(x.ty, t)
        {
            let text = format!(
                "impossible type switch case: {} cannot have dynamic type {} {why}",
                self.describe(x),
                self.type_string(t)
            );
            self.error(pos, text);
            return None;
        }
        ty
    }

    /// Why an interface value of type `iface` can never hold a `ty`.
    pub(super) fn impossible(&mut self, iface: TypeId, ty: TypeId) -> Option<String> {
        if self.is_interface(ty) || self.is_type_param(ty) {
            return None;
        }
        let missing = self.missing_method(ty, iface)?;
        // only the reason in parentheses
        Some(missing.text.find(" (").map_or(missing.text.clone(), |at| missing.text[at + 1..].to_owned()))
    }

    /// `x.(T)`
    pub(super) fn type_assert(&mut self, id: ExprId, x_id: ExprId, ty: Option<ExprId>) -> Operand {
        let invalid = Operand::invalid(id);
        let x = self.expr(x_id);
        let Some(ty) = ty else {
            let pos = self.pos(id);
            self.error(pos, "invalid syntax tree: use of .(type) outside type switch");
            return invalid;
        };
        let ty_pos = self.pos(ty);
        let ty = self.type_expr(ty);
        if x.is_invalid() || self.is_invalid(ty) {
            return invalid;
        }
        let pos = self.pos(x_id);
        if self.is_type_param(x.ty) {
            let text = format!(
                "invalid operation: cannot use type assertion on type parameter value {}",
                self.describe(&x)
            );
            self.error(pos, text);
            return invalid;
        }
        if !self.is_interface(x.ty) {
            let text = format!("invalid operation: {} is not an interface", self.describe(&x));
            self.error(pos, text);
            return invalid;
        }
        if let Some(why) = self.impossible(x.ty, ty) {
            let text = format!(
                "impossible type assertion: {}\n\t{} does not implement {} {why}",
                self.expr_str(id),
                self.type_string(ty),
                self.type_string(x.ty)
            );
            let _ = ty_pos;
            self.error(pos, text);
            return invalid;
        }
        Operand::new(Mode::CommaOk, ty, id)
    }
}
