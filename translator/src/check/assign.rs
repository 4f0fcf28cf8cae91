//! Assignment of values to variables (Go specification, "Assignment statements", "Variable declarations").

use super::Checker;
use super::collect::mismatch;
use super::operand::Operand;
use super::representable::Misfit;
use crate::ast::{BinaryOp, ExprId, ExprKind, Ident};
use crate::source::Pos;
use crate::typed::{Const, Mode, ObjId, ObjKind, TypeId};
use crate::types::{Basic, Type};

/// What a value is assigned to.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// Something of this type.
    Type(TypeId),
    /// Something that takes the value's own type.
    Infer,
}

impl<'a> Checker<'a> {
    /// Makes `x` a value of the target, or reports why it can't be one and makes it invalid.
    pub(super) fn assign_to(&mut self, x: &mut Operand, target: Target, context: &str) {
        if x.is_invalid() {
            return;
        }
        let pos = self.pos(x.expr);
        let target = match target {
            Target::Type(ty) => ty,
            Target::Infer if x.is_nil() => {
                self.error(pos, format!("use of untyped nil in {context}"));
                x.mode = Mode::Invalid;
                return;
            }
            Target::Infer => self.default_type(x.ty),
        };
        if self.is_invalid(target) {
            x.mode = Mode::Invalid;
            return;
        }
        if self.is_untyped(x.ty) {
            let before = x.clone();
            match self.try_convert_untyped(x, target) {
                Ok(()) => {}
                Err(misfit) => {
                    *x = before;
                    let mut text = format!(
                        "cannot use {} as {} value in {context}",
                        self.describe(x),
                        self.type_string(target)
                    );
                    let fraction = !self.is_integer(x.ty) && self.is_integer(target);
                    match misfit {
                        Misfit::Truncated => text.push_str(" (truncated)"),
                        Misfit::Overflows if fraction => text.push_str(" (truncated)"),
                        Misfit::Overflows => text.push_str(" (overflows)"),
                        Misfit::Mismatch => {
                            if let Err(why) = self.assignable(x, target)
                                && !why.is_empty()
                            {
                                text.push_str(&format!(": {why}"));
                            } else if self.is_interface(target) && !x.is_nil() {
                                let mut typed = x.clone();
                                typed.ty = self.default_type(x.ty);
                                if let Some(missing) = self.missing_method(typed.ty, target) {
                                    text.push_str(&format!(": {}", missing.text));
                                }
                            }
                        }
                    }
                    self.error(pos, text);
                    x.mode = Mode::Invalid;
                    return;
                }
            }
        }
        if let Err(why) = self.assignable(x, target) {
            let mut text =
                format!("cannot use {} as {} value in {context}", self.describe(x), self.type_string(target));
            if !why.is_empty() {
                text.push_str(&format!(": {why}"));
            }
            self.error(pos, text);
            x.mode = Mode::Invalid;
        }
    }

    /// `var obj = x`; a variable without a type takes that of `x`.
    pub(super) fn init_var(&mut self, obj: ObjId, x: &mut Operand, context: &str) {
        let declared = self.obj(obj).ty;
        if x.is_invalid() {
            self.used.insert(obj);
            return;
        }
        let target = if self.is_invalid(declared) { Target::Infer } else { Target::Type(declared) };
        self.assign_to(x, target, context);
        if x.is_invalid() {
            self.used.insert(obj);
        } else if self.is_invalid(declared) {
            self.objects[obj.0 as usize].ty = x.ty;
        }
    }

    /// `var lhs = values`, also for `:=`.
    pub(super) fn init_vars(&mut self, lhs: &[ObjId], values: &[ExprId], declared: Option<TypeId>) {
        let context = "assignment";
        if lhs.len() == values.len() {
            for (&obj, &value) in lhs.iter().zip(values) {
                let hint = Some(self.obj(obj).ty).filter(|t| !self.is_invalid(*t)).or(declared);
                let mut x = self.expr_for(value, hint);
                self.init_var(obj, &mut x, if declared.is_some() { "variable declaration" } else { context });
            }
            return;
        }
        let Some(mut operands) = self.spread(values, lhs.len() == 2) else {
            self.use_all(lhs);
            return;
        };
        if operands.len() != lhs.len() {
            self.use_all(lhs);
            let pos = self.obj(lhs[0]).pos;
            self.assignment_mismatch(pos, lhs.len(), values, operands.len());
            return;
        }
        for (&obj, x) in lhs.iter().zip(&mut operands) {
            self.init_var(obj, x, context);
        }
    }

    fn use_all(&mut self, objs: &[ObjId]) {
        self.used.extend(objs.iter().copied());
    }

    pub(super) fn assignment_mismatch(&mut self, pos: Pos, vars: usize, values: &[ExprId], count: usize) {
        let text = match (values, values.first().map(|v| &self.ast(self.unparen(*v)).kind)) {
            ([_], Some(ExprKind::Call { fun, .. })) => {
                let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
                let (vars, values) = (plural(vars, "variable"), plural(count, "value"));
                format!("assignment mismatch: {vars} but {}() returns {values}", self.expr_str(*fun))
            }
            _ => format!("assignment mismatch: {}", mismatch(vars, count)),
        };
        self.error(pos, text);
    }

    /// The operands that a list of expressions stands for: one call may give several, and one comma-ok expression two.
    /// `None` after an error.
    pub(super) fn spread(&mut self, values: &[ExprId], allow_comma_ok: bool) -> Option<Vec<Operand>> {
        let &[value] = values else {
            let list: Vec<Operand> = values.iter().map(|v| self.expr(*v)).collect();
            return if list.iter().any(Operand::is_invalid) && !list.is_empty() { None } else { Some(list) };
        };
        let x = self.multi_expr(value);
        if x.is_invalid() {
            return None;
        }
        if let Type::Tuple(types) = self.types.get(x.ty).clone()
            && x.mode == Mode::Value
        {
            return Some(types.into_iter().map(|ty| Operand::new(Mode::Value, ty, value)).collect());
        }
        if allow_comma_ok && matches!(x.mode, Mode::MapIndex | Mode::CommaOk) {
            self.record_comma_ok(value, x.ty);
            let ok = Operand::new(Mode::Value, Basic::UntypedBool.id(), value);
            return Some(vec![Operand { mode: Mode::Value, ..x }, ok]);
        }
        Some(vec![x])
    }

    /// The expression gives `(T, bool)`.
    fn record_comma_ok(&mut self, id: ExprId, ty: TypeId) {
        let tuple = self.types.intern(Type::Tuple(vec![ty, Basic::Bool.id()]));
        let mut id = id;
        loop {
            if let Some(tv) = &mut self.info().exprs[id.0 as usize] {
                tv.ty = tuple;
            }
            match self.ast(id).kind {
                ExprKind::Paren(x) => id = x,
                _ => return,
            }
        }
    }

    /// The type of what stands left of `=`; blank takes anything, `None` after an error.
    pub(super) fn lhs(&mut self, id: ExprId) -> Option<Target> {
        let name = self.unparen(id);
        if let ExprKind::Ident(symbol) = self.ast(name).kind {
            if symbol.is_blank() {
                return Some(Target::Infer);
            }
            // to assign is not to use
            let known = self.find(symbol).map(|obj| (obj, self.used.contains(&obj)));
            let x = self.expr(id);
            if let Some((obj, used)) = known
                && !used
                && matches!(self.obj(obj).kind, ObjKind::Var { package_level: false, .. })
            {
                self.used.remove(&obj);
            }
            return self.assignable_place(x);
        }
        let x = self.expr(id);
        self.assignable_place(x)
    }

    fn assignable_place(&mut self, x: Operand) -> Option<Target> {
        match x.mode {
            Mode::Invalid => None,
            Mode::Variable | Mode::MapIndex => Some(Target::Type(x.ty)),
            _ => {
                let pos = self.pos(x.expr);
                let expr = self.expr_str(x.expr);
                if let ExprKind::Selector { x: base, .. } = self.ast(self.unparen(x.expr)).kind {
                    let base = self.unparen(base);
                    if self.infos[self.cx.file].tv(base).is_some_and(|t| t.mode == Mode::MapIndex) {
                        self.error(pos, format!("cannot assign to struct field {expr} in map"));
                        return None;
                    }
                }
                let text =
                    format!("cannot assign to {expr} (neither addressable nor a map index expression)");
                self.error(pos, text);
                None
            }
        }
    }

    /// `lhs = x`
    pub(super) fn assign_var(&mut self, lhs: ExprId, x: &mut Operand) {
        let Some(target) = self.lhs(lhs) else { return };
        self.assign_to(x, target, "assignment");
    }

    /// `lhs = rhs`
    pub(super) fn assignment(&mut self, lhs: &[ExprId], rhs: &[ExprId]) {
        if lhs.len() == rhs.len() {
            for (&l, &r) in lhs.iter().zip(rhs) {
                let Some(target) = self.lhs(l) else {
                    self.expr(r);
                    continue;
                };
                let hint = match target {
                    Target::Type(ty) => Some(ty),
                    Target::Infer => None,
                };
                let mut x = self.expr_for(r, hint);
                self.assign_to(&mut x, target, "assignment");
            }
            return;
        }
        let Some(mut operands) = self.spread(rhs, lhs.len() == 2) else {
            for &l in lhs {
                self.lhs(l);
            }
            return;
        };
        if operands.len() != lhs.len() {
            for &l in lhs {
                self.lhs(l);
            }
            let pos = self.pos(lhs[0]);
            self.assignment_mismatch(pos, lhs.len(), rhs, operands.len());
            return;
        }
        for (&l, x) in lhs.iter().zip(&mut operands) {
            self.assign_var(l, x);
        }
    }

    /// `lhs := rhs`
    pub(super) fn define(&mut self, pos: Pos, lhs: &[ExprId], rhs: &[ExprId]) {
        let mut objs = vec![];
        let mut fresh = vec![];
        let mut seen: Vec<crate::symbol::Symbol> = vec![];
        for &l in lhs {
            let ExprKind::Ident(name) = self.ast(l).kind else {
                let at = self.pos(l);
                let text = format!("non-name {} on left side of :=", self.expr_str(l));
                self.error(at, text);
                self.expr(l);
                let dummy = Ident { name: crate::symbol::Symbol::intern("_"), pos: at };
                objs.push(self.new_object(dummy.name, at, Some(self.pkg), Basic::Invalid.id(), LOCAL));
                continue;
            };
            let at = self.pos(l);
            if !name.is_blank() && seen.contains(&name) {
                self.error(at, format!("{name} repeated on left side of :="));
                objs.push(self.new_object(name, at, Some(self.pkg), Basic::Invalid.id(), LOCAL));
                continue;
            }
            seen.push(name);
            let here =
                self.cx.scopes.last().and_then(|s| s.names.iter().find(|(n, _)| *n == name)).map(|(_, o)| *o);
            match here {
                Some(obj) if !name.is_blank() => {
                    self.info().uses.insert(l, obj);
                    if !matches!(self.obj(obj).kind, ObjKind::Var { .. }) {
                        let text = format!("cannot assign to {name}");
                        self.error(at, text);
                    }
                    let ty = self.obj(obj).ty;
                    self.record(l, Mode::Variable, ty, None);
                    objs.push(obj);
                }
                _ => {
                    let obj = self.new_local(Ident { name, pos: at }, Basic::Invalid.id());
                    self.info().uses.insert(l, obj);
                    if !name.is_blank() {
                        fresh.push(obj);
                    } else {
                        self.used.insert(obj);
                        self.info().defs.insert(at, obj);
                    }
                    objs.push(obj);
                }
            }
        }
        self.init_vars(&objs, rhs, None);
        for (&l, &obj) in lhs.iter().zip(&objs) {
            let ty = self.obj(obj).ty;
            self.record(l, Mode::Variable, ty, None);
        }
        if fresh.is_empty() {
            let any_bad = lhs.iter().any(|l| !matches!(self.ast(*l).kind, ExprKind::Ident(_)));
            if !any_bad {
                self.error(pos, "no new variables on left side of :=");
            }
        }
        for obj in fresh {
            self.declare(self.obj(obj).name, obj);
        }
    }

    /// `lhs op= rhs`
    pub(super) fn op_assignment(&mut self, op: BinaryOp, op_pos: Pos, lhs: ExprId, rhs: ExprId) {
        let x = self.expr(lhs);
        let y = self.expr(rhs);
        let place = self.assignable_place(x.clone());
        if place.is_none() {
            return;
        }
        let mut result = self.op_operands(lhs, op, op_pos, x, y);
        if let Some(target) = place {
            self.assign_to(&mut result, target, "assignment operation");
        }
    }

    /// The operands' own records must survive, though the operation has no expression of its own.
    fn op_operands(&mut self, lhs: ExprId, op: BinaryOp, op_pos: Pos, x: Operand, y: Operand) -> Operand {
        let before = self.infos[self.cx.file].exprs[lhs.0 as usize].clone();
        let result = self.binary_operands(lhs, op, op_pos, x, y);
        self.info().exprs[lhs.0 as usize] = before;
        result
    }

    /// `x++`, `x--`
    pub(super) fn inc_dec(&mut self, id: ExprId, inc: bool) {
        let x = self.expr(id);
        if x.is_invalid() {
            return;
        }
        if !self.is_numeric(x.ty) {
            let op = if inc { "++" } else { "--" };
            let text = format!(
                "invalid operation: {}{op} (non-numeric type {})",
                self.expr_str(id),
                self.type_string(x.ty)
            );
            let pos = self.pos(id);
            self.error(pos, text);
            return;
        }
        self.assignable_place(x);
    }

    /// `return values`
    pub(super) fn return_values(&mut self, pos: Pos, values: &[ExprId]) {
        let want = self.cx.results.as_ref().map(|s| s.results.clone()).unwrap_or_default();
        if values.is_empty() {
            if want.is_empty() {
                return;
            }
            if self.cx.result_vars.is_empty() {
                let text =
                    format!("not enough return values\n\thave ()\n\twant ({})", self.types_string(&want));
                self.error(pos, text);
                return;
            }
            for var in self.cx.result_vars.clone() {
                let name = self.obj(var).name;
                if !name.is_blank() && self.find(name) != Some(var) {
                    let other = self.find(name).map_or(Pos::NONE, |o| self.obj(o).pos);
                    let d = self.diags.error(pos, format!("result parameter {name} not in scope at return"));
                    d.related.push((other, format!("inner declaration of {name}")));
                }
            }
            return;
        }
        if want.len() == values.len() {
            for (&value, &ty) in values.iter().zip(&want) {
                let mut x = self.expr_for(value, Some(ty));
                self.assign_to(&mut x, Target::Type(ty), "return statement");
            }
            return;
        }
        let Some(mut operands) = self.spread(values, false) else { return };
        if want.is_empty() {
            let at = self.pos(values[0]);
            self.error(at, "too many return values".to_owned() + &self.have_want(&operands, &want));
            return;
        }
        if operands.len() != want.len() {
            let few = operands.len() < want.len();
            let at = if few {
                self.pos(values[values.len() - 1])
            } else {
                self.pos(values[want.len().min(values.len() - 1)])
            };
            let at = if few && values.len() == 1 { self.pos(values[0]) } else { at };
            let what = if few { "not enough return values" } else { "too many return values" };
            self.error(at, what.to_owned() + &self.have_want(&operands, &want));
            return;
        }
        for (x, &ty) in operands.iter_mut().zip(&want) {
            self.assign_to(x, Target::Type(ty), "return statement");
        }
    }

    /// `\n\thave (..)\n\twant (..)`
    pub(super) fn have_want(&self, have: &[Operand], want: &[TypeId]) -> String {
        let have: Vec<String> = have.iter().map(|x| self.summary(x)).collect();
        format!("\n\thave ({})\n\twant ({})", have.join(", "), self.types_string(want))
    }

    /// An argument's type as such lists show it: numbers without a type are just `number`.
    pub(super) fn summary(&self, x: &Operand) -> String {
        match self.types.get(x.ty) {
            Type::Basic(Basic::UntypedNil) => "nil".into(),
            Type::Basic(b) if b.is_untyped() && b.is_numeric() => "number".into(),
            Type::Basic(b) if b.is_untyped() => b.name().trim_start_matches("untyped ").into(),
            _ => self.type_string(x.ty),
        }
    }

    /// A constant's value as an index or size, if it is one.
    pub(super) fn const_int(&self, x: &Operand) -> Option<num_bigint::BigInt> {
        let value: &Const = x.value.as_ref().filter(|_| x.is_const())?;
        super::constant::to_int(value)
    }
}

const LOCAL: ObjKind = ObjKind::Var { package_level: false, param: false };
