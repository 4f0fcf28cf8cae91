//! Switches by value and by type (Go specification, "Switch statements").

use super::assign::Target;
use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{BinaryOp, CaseClause, ExprId, ExprKind, Ident};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, ObjKind, TypeId};
use crate::types::Basic;
use rustc_hash::FxHashMap;

impl<'a> Checker<'a> {
    pub(super) fn expr_switch(&mut self, tag: Option<ExprId>, clauses: &'a [CaseClause]) {
        let (x, shown) = match tag {
            Some(tag) => {
                let mut x = self.expr(tag);
                self.assign_to(&mut x, Target::Infer, "switch expression");
                if !x.is_invalid() && !self.comparable(x.ty) && !self.has_nil(x.ty) {
                    let (x_s, ty) = (self.describe(&x), self.type_string(x.ty));
                    let at = self.pos(tag);
                    self.error(at, format!("cannot switch on {x_s} ({ty} is not comparable)"));
                    x.mode = Mode::Invalid;
                }
                (x, self.expr_str(tag))
            }
            None => {
                let name = Symbol::intern("true");
                let x = Operand::constant(Basic::Bool.id(), Const::Bool(true), ExprId(0));
                (Operand { name: Some(name), ..x }, name.to_string())
            }
        };
        self.one_default(clauses.iter().filter(|c| c.is_default).map(|c| c.pos));
        let mut seen: FxHashMap<String, Vec<(Const, TypeId, Pos)>> = FxHashMap::default();
        for clause in clauses {
            for &e in &clause.exprs {
                self.case_value(&x, &shown, e, &mut seen);
            }
            self.open_scope();
            self.stmts(&clause.body);
            self.close_scope();
        }
    }

    fn case_value(
        &mut self,
        x: &Operand,
        tag: &str,
        id: ExprId,
        seen: &mut FxHashMap<String, Vec<(Const, TypeId, Pos)>>,
    ) {
        let mut v = self.expr(id);
        if v.is_invalid() || x.is_invalid() {
            return;
        }
        self.convert_untyped(&mut v, x.ty);
        if v.is_invalid() || self.comparison(BinaryOp::Eq, &v, x, Some(tag)).is_none() {
            return;
        }
        let Some(value) = v.value.clone().filter(|_| v.is_const()) else { return };
        if !matches!(value, Const::Int(_) | Const::Float(_) | Const::String(_)) {
            return;
        }
        let pos = self.pos(id);
        let equal = seen.entry(constant::display(&value, None)).or_default();
        match equal.iter().find(|(c, t, _)| *c == value && *t == v.ty) {
            Some(&(_, _, at)) => {
                let text = format!("duplicate case {} in expression switch", self.describe(&v));
                self.report(pos, text, |d| d.also(at, "previous case"));
            }
            None => {
                let at = self.node_pos(id);
                equal.push((value, v.ty, at));
            }
        }
    }

    pub(super) fn type_switch(&mut self, bind: Option<Ident>, x_id: ExprId, clauses: &'a [CaseClause]) {
        let mut bind = bind;
        if let Some(blank) = bind.take_if(|b| b.name.is_blank()) {
            self.error(blank.pos, "no new variable on left side of :=");
        }
        let mut x = self.expr(x_id);
        if !x.is_invalid() && !self.is_interface(x.ty) {
            let x_s = self.describe(&x);
            let text = match self.is_type_param(x.ty) {
                true => format!("cannot use type switch on type parameter value {x_s}"),
                false => format!("{x_s} is not an interface"),
            };
            let pos = self.pos(x_id);
            self.error(pos, text);
            x.mode = Mode::Invalid;
        }
        self.one_default(clauses.iter().filter(|c| c.is_default).map(|c| c.pos));
        let mut seen: Vec<(Option<TypeId>, Pos)> = vec![];
        let mut bound = vec![];
        for clause in clauses {
            let mut only = None;
            for &e in &clause.exprs {
                only = self.case_type(&x, e, &mut seen);
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
                self.cx.scopes.last_mut().expect("a scope is open").names.push((bind.name, obj));
                bound.push(obj);
            }
            self.stmts(&clause.body);
            self.close_scope();
        }
        if let Some(bind) = bind
            && !bound.iter().any(|o| self.used.contains(o))
        {
            self.error(bind.pos, format!("{} declared and not used", bind.name));
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
            let ty = self.var_type(id);
            if self.is_invalid(ty) {
                return None;
            }
            Some(ty)
        };
        if let Some(&(_, at)) = seen.iter().find(|(t, _)| *t == ty) {
            let shown = ty.map_or("nil".to_owned(), |t| self.type_string(t));
            let text = format!("duplicate case {shown} in type switch");
            self.report(pos, text, |d| d.also(at, "previous case"));
            return ty;
        }
        seen.push((ty, pos));
        if let (Some(t), false) = (ty, x.is_invalid())
            && let Some(why) = self.impossible(x.ty, t)
        {
            let (x_s, ty_s) = (self.describe(x), self.type_string(t));
            let text = format!("impossible type switch case: {}", self.expr_str(id));
            let why = format!("{x_s} cannot have dynamic type {ty_s} {why}");
            self.report(pos, text, |d| d.also(Pos::NONE, why));
        }
        ty
    }

    /// Why an interface value of type `iface` can never hold a `ty`.
    pub(super) fn impossible(&mut self, iface: TypeId, ty: TypeId) -> Option<String> {
        if self.is_interface(ty) || self.is_type_param(ty) {
            return None;
        }
        self.missing_method(ty, iface)
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
        if x.is_invalid() {
            return invalid;
        }
        let pos = self.pos(x_id);
        if !self.is_interface(x.ty) {
            let x_s = self.describe(&x);
            let text = match self.is_type_param(x.ty) {
                true => format!("cannot use type assertion on type parameter value {x_s}"),
                false => format!("{x_s} is not an interface"),
            };
            self.error(pos, format!("invalid operation: {text}"));
            return invalid;
        }
        let ty = self.var_type(ty);
        if self.is_invalid(ty) || !self.is_complete(ty) {
            return invalid;
        }
        if let Some(why) = self.impossible(x.ty, ty) {
            let (ty_s, x_s) = (self.type_string(ty), self.type_string(x.ty));
            let text = format!("impossible type assertion: {}", self.expr_str(id));
            let why = format!("{ty_s} does not implement {x_s} {why}");
            self.report(pos, text, |d| d.also(Pos::NONE, why));
        }
        Operand::new(Mode::CommaOk, ty, id)
    }
}
