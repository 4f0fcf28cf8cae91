//! Assignment of values to variables (Go specification, "Assignment statements", "Variable declarations").

use super::Checker;
use super::operand::Operand;
use super::representable::Misfit;
use crate::ast::{BinaryOp, ExprId, ExprKind, Ident};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, ObjId, ObjKind, TypeId};
use crate::types::{Basic, Signature, Type};

/// What a value is assigned to.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// Something of this type.
    Type(TypeId),
    /// Something that takes the value's own type.
    Infer,
}

/// How the values of one call are called in messages.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Naming {
    /// `2nd function result`
    Numbered,
    /// Each by the whole call.
    Call,
}

impl Checker<'_> {
    /// Is `x` a value of just this type?
    pub(super) fn fits_as_it_is(&self, x: &Operand, ty: TypeId) -> bool {
        let is_value = match x.mode {
            Mode::Variable | Mode::MapIndex | Mode::CommaOk | Mode::Constant => true,
            Mode::Value => !self.lacks_arguments(x.expr),
            _ => false,
        };
        is_value && x.ty == ty && self.is_typed(ty) && !self.is_invalid(ty)
    }

    /// Makes `x` a value of the target, or reports why it can't be one and makes it invalid.
    pub(super) fn assign_to(&mut self, x: &mut Operand, target: Target, context: &str) {
        if let Target::Type(ty) = target
            && self.fits_as_it_is(x, ty)
        {
            return;
        }
        *x = self.single(x.taken());
        if x.is_invalid() {
            return;
        }
        let pos = self.pos(x.expr);
        if self.is_untyped(x.ty) {
            let wanted = match target {
                Target::Infer if x.is_nil() => {
                    self.error(pos, format!("use of untyped nil in {context}"));
                    x.mode = Mode::Invalid;
                    return;
                }
                Target::Type(ty) if x.is_nil() || !self.is_interface(ty) => ty,
                _ => self.default_type(x.ty),
            };
            if let Err(misfit) = self.try_convert_untyped(x, wanted) {
                let why = match misfit {
                    Misfit::Truncated => " (truncated)",
                    Misfit::Overflows => " (overflows)",
                    Misfit::Mismatch => "",
                };
                let (x_s, ty) = (self.describe(x), self.type_string(wanted));
                self.error(pos, format!("cannot use {x_s} as {ty} value in {context}{why}"));
                x.mode = Mode::Invalid;
                return;
            }
        }
        let wanted = match target {
            Target::Type(ty) => Some(ty),
            Target::Infer => None,
        };
        *x = self.non_generic(x.taken(), wanted, context);
        if x.is_invalid() {
            return;
        }
        let Target::Type(ty) = target else { return };
        if let Err(why) = self.assignable(x, ty) {
            let mut text =
                format!("cannot use {} as {} value in {context}", self.describe(x), self.type_string(ty));
            if !why.is_empty() {
                text.push_str(&format!(": {why}"));
            }
            self.error(pos, text);
            x.mode = Mode::Invalid;
        }
    }

    /// `var obj = x`; a variable without a type takes that of `x`.
    pub(super) fn init_var(&mut self, obj: ObjId, x: &mut Operand, context: &str) {
        let awaits = self.awaiting_type.remove(&obj);
        let declared = self.obj(obj).ty;
        if x.is_invalid() || self.is_invalid(x.ty) || (!awaits && self.is_invalid(declared)) {
            x.mode = Mode::Invalid;
            return;
        }
        let ty = if !awaits {
            declared
        } else if x.is_nil() {
            let pos = self.pos(x.expr);
            self.error(pos, format!("use of untyped nil in {context}"));
            x.mode = Mode::Invalid;
            return;
        } else {
            self.default_type(x.ty)
        };
        self.objects[obj.0 as usize].ty = ty;
        self.assign_to(x, Target::Type(ty), context);
    }

    /// `lhs = values` as initialisation, also for `:=`.
    pub(super) fn init_vars(&mut self, lhs: &[ObjId], values: &[ExprId]) {
        let context = if lhs.len() > 1 { "multiple assignment" } else { "assignment" };
        if lhs.len() == values.len() && !self.is_one_call(values) {
            for (&obj, &value) in lhs.iter().zip(values) {
                let hint = Some(self.obj(obj).ty).filter(|t| !self.is_invalid(*t));
                let name = self.obj(obj).name;
                let mut x = self.expr_named(value, hint, name.as_str());
                self.init_var(obj, &mut x, context);
            }
            return;
        }
        let give_up = |c: &mut Self| c.awaiting_type.retain(|obj| !lhs.contains(obj));
        let [value] = values else {
            if self.use_all(values) {
                self.assignment_mismatch(lhs.len(), values, values.len());
            }
            give_up(self);
            return;
        };
        let mut operands = self.spread(*value, lhs.len() == 2, Naming::Numbered);
        if operands.len() != lhs.len() {
            if !operands[0].is_invalid() {
                self.assignment_mismatch(lhs.len(), values, operands.len());
            }
            give_up(self);
            return;
        }
        for (&obj, x) in lhs.iter().zip(&mut operands) {
            self.init_var(obj, x, context);
        }
        self.record_both(*value, &operands);
    }

    /// One call, whose results may be several?
    fn is_one_call(&self, values: &[ExprId]) -> bool {
        matches!(values, [one] if matches!(self.ast(self.unparen(*one)).kind, ExprKind::Call { .. }))
    }

    fn assignment_mismatch(&mut self, vars: usize, values: &[ExprId], count: usize) {
        let (vars, count) = (measure(vars, "variable"), measure(count, "value"));
        let text = match self.ast(self.unparen(values[0])).kind {
            ExprKind::Call { fun, .. } if values.len() == 1 => {
                format!("assignment mismatch: {vars} but {} returns {count}", self.expr_str(fun))
            }
            _ => format!("assignment mismatch: {vars} but {count}"),
        };
        let pos = self.pos(values[0]);
        self.error(pos, text);
    }

    /// Checks expressions whose values nobody asks for; true if there was no error.
    pub(super) fn use_all(&mut self, exprs: &[ExprId]) -> bool {
        let mut ok = true;
        for &e in exprs {
            ok &= self.use_one(e);
        }
        ok
    }

    fn use_one(&mut self, e: ExprId) -> bool {
        match self.ast(self.unparen(e)).kind {
            ExprKind::Ident(name) if name.is_blank() => true,
            ExprKind::Ident(_) => !self.generic_operand(e).is_invalid(),
            _ => !self.raw_expr(e, None).is_invalid(),
        }
    }

    /// The same for left sides: to assign is not to use.
    fn use_left(&mut self, exprs: &[ExprId]) -> bool {
        let mut ok = true;
        for &e in exprs {
            let before = self.local_of(e).map(|obj| (obj, self.used.contains(&obj)));
            ok &= self.use_one(e);
            if let Some((obj, false)) = before {
                self.used.remove(&obj);
            }
        }
        ok
    }

    /// The variable that an expression names.
    fn local_of(&mut self, e: ExprId) -> Option<ObjId> {
        let ExprKind::Ident(name) = self.ast(self.unparen(e)).kind else { return None };
        self.find(name).filter(|obj| matches!(self.obj(*obj).kind, ObjKind::Var { .. }))
    }

    /// The values of a list: of several expressions one each, of one perhaps several.
    pub(super) fn expr_list(&mut self, values: &[ExprId], naming: Naming) -> Vec<Operand> {
        match values {
            [one] => self.spread(*one, false, naming),
            _ => values.iter().map(|v| self.expr(*v)).collect(),
        }
    }

    /// The operands that one expression stands for: a call may give several, a comma-ok expression two. Never empty.
    pub(super) fn spread(&mut self, value: ExprId, allow_comma_ok: bool, naming: Naming) -> Vec<Operand> {
        let x = match naming {
            Naming::Numbered => self.multi_expr(value),
            Naming::Call => {
                let x = self.generic_raw(value);
                self.exclude(x, true)
            }
        };
        if let (Type::Tuple(types), Mode::Value) = (self.types.get(x.ty).clone(), x.mode) {
            let one = |(i, ty)| Operand {
                name: (naming == Naming::Numbered).then(|| Symbol::intern(&nth(i + 1, "function result"))),
                ..Operand::new(Mode::Value, ty, value)
            };
            return types.into_iter().enumerate().map(one).collect();
        }
        if allow_comma_ok && matches!(x.mode, Mode::MapIndex | Mode::CommaOk) {
            let ok = Operand {
                name: Some(Symbol::intern("ok value of (comma, ok) expression")),
                ..Operand::new(Mode::Value, Basic::UntypedBool.id(), value)
            };
            return vec![x, ok];
        }
        vec![x]
    }

    /// Records a comma-ok expression whose two values were assigned.
    fn record_both(&mut self, value: ExprId, operands: &[Operand]) {
        if let [x, ok] = operands
            && matches!(x.mode, Mode::MapIndex | Mode::CommaOk)
            && !ok.is_invalid()
        {
            self.record_comma_ok(value, x.ty);
        }
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
        if matches!(self.ast(name).kind, ExprKind::Ident(symbol) if symbol.is_blank()) {
            return Some(Target::Infer);
        }
        let before = self.local_of(id).map(|obj| (obj, self.used.contains(&obj)));
        let x = self.expr(id);
        if let Some((obj, false)) = before {
            self.used.remove(&obj);
        }
        self.assignable_place(x)
    }

    fn assignable_place(&mut self, x: Operand) -> Option<Target> {
        if x.is_invalid() || self.is_invalid(x.ty) {
            return None;
        }
        if matches!(x.mode, Mode::Variable | Mode::MapIndex) {
            return Some(Target::Type(x.ty));
        }
        let pos = self.pos(x.expr);
        let expr = self.expr_str(x.expr);
        if let ExprKind::Selector { x: base, .. } = self.ast(x.expr).kind
            && self.infos[self.cx.file].tv(base).is_some_and(|t| t.mode == Mode::MapIndex)
        {
            self.error(pos, format!("cannot assign to struct field {expr} in map"));
            return None;
        }
        self.error(pos, format!("cannot assign to {expr} (neither addressable nor a map index expression)"));
        None
    }

    /// `lhs = x`
    pub(super) fn assign_var(&mut self, lhs: ExprId, x: &mut Operand, context: &str) {
        let Some(target) = self.lhs(lhs) else {
            x.mode = Mode::Invalid;
            return;
        };
        self.assign_value(x, target, context);
    }

    fn assign_value(&mut self, x: &mut Operand, target: Target, context: &str) {
        let context = match target {
            Target::Infer if context == "assignment" => "assignment to _ identifier",
            _ => context,
        };
        self.assign_to(x, target, context);
    }

    /// `lhs = rhs`
    pub(super) fn assignment(&mut self, lhs: &[ExprId], rhs: &[ExprId]) {
        let context = if lhs.len() > 1 { "multiple assignment" } else { "assignment" };
        if lhs.len() == rhs.len() && !self.is_one_call(rhs) {
            for (&l, &r) in lhs.iter().zip(rhs) {
                let Some(target) = self.lhs(l) else {
                    self.use_one(r);
                    continue;
                };
                let hint = match target {
                    Target::Type(ty) => Some(ty),
                    Target::Infer => None,
                };
                let name = self.expr_str(l);
                let mut x = self.expr_named(r, hint, &name);
                self.assign_value(&mut x, target, context);
            }
            return;
        }
        let [value] = rhs else {
            let left = self.use_left(lhs);
            if self.use_all(rhs) && left {
                self.assignment_mismatch(lhs.len(), rhs, rhs.len());
            }
            return;
        };
        let mut operands = self.spread(*value, lhs.len() == 2, Naming::Numbered);
        if operands.len() == lhs.len() {
            for (&l, x) in lhs.iter().zip(&mut operands) {
                self.assign_var(l, x, context);
            }
            self.record_both(*value, &operands);
            return;
        }
        if !operands[0].is_invalid() {
            self.assignment_mismatch(lhs.len(), rhs, operands.len());
        }
        self.use_left(lhs);
    }

    /// `lhs := rhs`
    pub(super) fn define(&mut self, pos: Pos, lhs: &[ExprId], rhs: &[ExprId]) {
        let mut objs = vec![];
        let mut fresh = vec![];
        let mut seen: Vec<Symbol> = vec![];
        let mut failed = false;
        for (i, &l) in lhs.iter().enumerate() {
            let at = self.pos(l);
            let dummy = |c: &mut Self| {
                let obj = c.new_object(Symbol::intern("_"), at, Some(c.pkg), Basic::Invalid.id(), LOCAL);
                c.awaiting_type.insert(obj);
                obj
            };
            let ExprKind::Ident(name) = self.ast(l).kind else {
                self.use_left(&lhs[i..=i]);
                let text = format!("non-name {} on left side of :=", self.expr_str(l));
                self.error(at, text);
                failed = true;
                objs.push(dummy(self));
                continue;
            };
            if !name.is_blank() && seen.contains(&name) {
                self.error(at, format!("{name} repeated on left side of :="));
                failed = true;
                objs.push(dummy(self));
                continue;
            }
            seen.push(name);
            let here =
                self.cx.scopes.last().and_then(|s| s.names.iter().find(|(n, _)| *n == name)).map(|(_, o)| *o);
            match here {
                Some(obj) if !name.is_blank() => {
                    self.info().uses.insert(l, obj);
                    if matches!(self.obj(obj).kind, ObjKind::Var { .. }) {
                        let ty = self.obj(obj).ty;
                        self.record(l, Mode::Variable, ty, None);
                        objs.push(obj);
                        continue;
                    }
                    self.error(at, format!("cannot assign to {name}"));
                    failed = true;
                    objs.push(dummy(self));
                }
                _ => {
                    let obj = self.new_local(Ident { name, pos: at }, None);
                    self.info().uses.insert(l, obj);
                    if name.is_blank() {
                        self.info().defs.insert(at, obj);
                    } else {
                        fresh.push(obj);
                    }
                    objs.push(obj);
                }
            }
        }
        self.init_vars(&objs, rhs);
        for (&l, &obj) in lhs.iter().zip(&objs) {
            let ty = self.obj(obj).ty;
            self.record(l, Mode::Variable, ty, None);
        }
        if fresh.is_empty() && !failed {
            self.error(pos, "no new variables on left side of :=");
        }
        for obj in fresh {
            self.declare(self.obj(obj).name, obj);
        }
    }

    /// `lhs op= rhs`
    pub(super) fn op_assignment(&mut self, op: BinaryOp, lhs: ExprId, rhs: ExprId) {
        let x = self.expr(lhs);
        let y = self.expr(rhs);
        let place = x.clone();
        let mut result = self.op_operands(lhs, op, x, y);
        self.assign_back(place, &mut result);
    }

    /// Assigns to what was looked at as an operand before: checked twice, calls of generic functions in it would not be.
    fn assign_back(&mut self, place: Operand, x: &mut Operand) {
        match self.assignable_place(place) {
            Some(target) => self.assign_value(x, target, "assignment"),
            None => x.mode = Mode::Invalid,
        }
    }

    /// The operands' own records must survive, though the operation has no expression of its own.
    fn op_operands(&mut self, lhs: ExprId, op: BinaryOp, x: Operand, y: Operand) -> Operand {
        let before = self.infos[self.cx.file].exprs[lhs.0 as usize].clone();
        let result = self.binary_operands(lhs, op, x, y);
        self.info().exprs[lhs.0 as usize] = before;
        result
    }

    /// `x++`, `x--`
    pub(super) fn inc_dec(&mut self, id: ExprId, inc: bool) {
        let mut x = self.expr(id);
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
        self.assign_back(x.clone(), &mut x);
    }

    /// `return values`
    pub(super) fn return_values(&mut self, pos: Pos, values: &[ExprId]) {
        let want = self.cx.results.as_ref().map(|s| s.results.clone()).unwrap_or_default();
        if values.is_empty() && !self.cx.result_vars.is_empty() {
            for var in self.cx.result_vars.clone() {
                let name = self.obj(var).name;
                if let Some(other) = self.find(name).filter(|o| *o != var && !name.is_blank()) {
                    let at = self.obj(other).pos;
                    let ty = self.type_string(self.obj(var).ty);
                    let shown = format!("inner declaration of var {name} {ty}");
                    let text = format!("result parameter {name} not in scope at return");
                    self.report(pos, text, |d| d.also(at, shown));
                }
            }
            return;
        }
        let context = "return statement";
        if want.len() == values.len() && !self.is_one_call(values) {
            for (&value, &ty) in values.iter().zip(&want) {
                let mut x = self.expr_named(value, Some(ty), "result variable");
                self.return_value(&mut x, ty, context);
            }
            return;
        }
        let [value] = values else {
            if self.use_all(values) {
                let operands: Vec<Operand> = values.iter().map(|v| self.expr(*v)).collect();
                self.return_mismatch(pos, &want, &operands);
            }
            return;
        };
        let mut operands = self.spread(*value, false, Naming::Numbered);
        if operands.len() == want.len() {
            for (x, &ty) in operands.iter_mut().zip(&want) {
                self.return_value(x, ty, context);
            }
        } else if !operands[0].is_invalid() {
            self.return_mismatch(pos, &want, &operands);
        }
    }

    fn return_value(&mut self, x: &mut Operand, ty: TypeId, context: &str) {
        if !x.is_invalid() && !self.is_invalid(x.ty) && !self.is_invalid(ty) {
            self.assign_to(x, Target::Type(ty), context);
        }
    }

    fn return_mismatch(&mut self, pos: Pos, want: &[TypeId], have: &[Operand]) {
        let (few, blamed) = match have.get(want.len()) {
            Some(extra) => (false, Some(extra)),
            None => (true, have.last()),
        };
        let at = blamed.map_or(pos, |x| self.pos(x.expr));
        let text = if few { "not enough return values" } else { "too many return values" };
        let have: Vec<TypeId> = have.iter().map(|x| x.ty).collect();
        let (have, want) = (self.types_summary(&have, false, false), self.types_summary(want, false, false));
        self.report(at, text, |d| {
            d.also(Pos::NONE, format!("have {have}")).also(Pos::NONE, format!("want {want}"))
        });
    }

    /// `(number, string, ...int)`: types as lists of what is there and what is wanted show them.
    pub(super) fn types_summary(&self, list: &[TypeId], variadic: bool, dots: bool) -> String {
        let last = list.len().wrapping_sub(1);
        let texts: Vec<String> = list
            .iter()
            .enumerate()
            .map(|(i, &ty)| match self.types.get(ty) {
                Type::Slice(elem) if variadic && i == last => format!("...{}", self.type_string(*elem)),
                _ if dots && i == last => format!("{}...", self.summary(ty)),
                _ => self.summary(ty),
            })
            .collect();
        format!("({})", texts.join(", "))
    }

    /// Numbers without a type are just `number`.
    fn summary(&self, ty: TypeId) -> String {
        match self.types.get(ty) {
            Type::Basic(Basic::Invalid) => "unknown type".into(),
            Type::Basic(b) if b.is_untyped() && b.is_numeric() => "number".into(),
            Type::Basic(b) if b.is_untyped() => b.name().replace("untyped ", ""),
            _ => self.type_string(ty),
        }
    }

    /// The types of parameters, as lists of what is wanted show them.
    pub(super) fn params_summary(&self, sig: &Signature) -> String {
        self.types_summary(&sig.params, sig.variadic, false)
    }

    /// A constant's value as an index or size, if it is one.
    pub(super) fn const_int(&self, x: &Operand) -> Option<num_bigint::BigInt> {
        let value: &Const = x.value.as_ref().filter(|_| x.is_const())?;
        super::constant::to_int(value)
    }
}

/// `1 value`, `2 values`
pub(super) fn measure(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `2nd result`
fn nth(n: usize, what: &str) -> String {
    let ending = match n {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{n}{ending} {what}")
}

const LOCAL: ObjKind = ObjKind::Var { package_level: false, param: false };
