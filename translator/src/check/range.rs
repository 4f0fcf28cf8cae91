//! The header of `for .. range` (Go specification, "For statements with range clause").

use super::Checker;
use super::assign::Target;
use super::operand::Operand;
use crate::ast::{ExprId, ExprKind, Ident};
use crate::source::Pos;
use crate::typed::{Mode, ObjId, TypeId};
use crate::types::{Basic, ChanDir, Signature, Type};

impl Checker<'_> {
    /// Checks the header; the variables it declares are put into the innermost scope.
    pub(super) fn range(&mut self, pos: Pos, vars: [Option<ExprId>; 3], define: bool, x_id: ExprId) {
        let mut x = self.expr(x_id);
        let mut types = [None, None];
        if !x.is_invalid() {
            match self.range_types(x.ty) {
                Ok(found) => {
                    types = found;
                    self.too_many_variables(vars, types, &x);
                }
                Err(why) => {
                    let mut text = format!("cannot range over {}", self.describe(&x));
                    if !why.is_empty() {
                        text.push_str(&format!(": {why}"));
                    }
                    let at = self.pos(x_id);
                    self.error(at, text);
                }
            }
        }
        let vars = [vars[0], vars[1]];
        let over_int = !x.is_invalid() && self.is_integer(x.ty) && types[0].is_some();
        if define {
            self.define_variables(pos, vars, types, over_int.then_some(&mut x));
        } else if vars[0].is_some() {
            self.assign_variables(vars, types, over_int.then_some(&mut x));
        } else if over_int {
            self.assign_to(&mut x, Target::Infer, "range clause");
        }
        if !x.is_invalid() && !over_int && self.is_untyped(x.ty) && !x.is_nil() {
            let ty = self.default_type(x.ty);
            self.convert_untyped(&mut x, ty);
        }
    }

    fn too_many_variables(&mut self, vars: [Option<ExprId>; 3], types: [Option<TypeId>; 2], x: &Operand) {
        let (var, what) = match (vars, types) {
            ([Some(key), _, _], [None, _]) => (key, "no iteration variables"),
            ([_, Some(value), _], [_, None]) => (value, "only one iteration variable"),
            ([_, _, Some(extra)], _) => {
                let at = self.pos(extra);
                self.error(at, "range clause permits at most two iteration variables");
                return;
            }
            _ => return,
        };
        let text = format!("range over {} permits {what}", self.describe(x));
        let at = self.pos(var);
        self.error(at, text);
    }

    /// `for k, v := range x`; an integer `x` is what initialises the variable.
    fn define_variables(
        &mut self,
        pos: Pos,
        vars: [Option<ExprId>; 2],
        types: [Option<TypeId>; 2],
        mut integer: Option<&mut Operand>,
    ) {
        let mut fresh: Vec<ObjId> = vec![];
        for (var, ty) in vars.into_iter().zip(types) {
            let Some(var) = var else { continue };
            let at = self.pos(var);
            let name = match self.ast(var).kind {
                ExprKind::Ident(name) => name,
                _ => {
                    let text = format!("cannot declare {}", self.expr_str(var));
                    self.error(at, text);
                    continue;
                }
            };
            let obj = self.new_local(Ident { name, pos: at }, None);
            self.info().uses.insert(var, obj);
            if name.is_blank() {
                self.info().defs.insert(at, obj);
            } else {
                fresh.push(obj);
            }
            match (ty, integer.take()) {
                (None, _) => {
                    self.awaiting_type.remove(&obj);
                    self.used.insert(obj);
                }
                (Some(_), Some(x)) => self.init_var(obj, x, "range clause"),
                (Some(ty), None) => {
                    self.init_var(obj, &mut Operand::new(Mode::Value, ty, var), "assignment");
                }
            }
            let ty = self.obj(obj).ty;
            self.record(var, Mode::Variable, ty, None);
        }
        if fresh.is_empty() {
            self.error(pos, "no new variables on left side of :=");
        }
        for obj in fresh {
            self.declare(self.obj(obj).name, obj);
        }
    }

    /// `for k, v = range x`
    fn assign_variables(
        &mut self,
        vars: [Option<ExprId>; 2],
        types: [Option<TypeId>; 2],
        mut integer: Option<&mut Operand>,
    ) {
        for (var, ty) in vars.into_iter().zip(types) {
            let (Some(var), Some(ty)) = (var, ty) else { continue };
            let Some(x) = integer.take() else {
                self.assign_var(var, &mut Operand::new(Mode::Value, ty, var), "assignment");
                continue;
            };
            self.assign_var(var, x, "range clause");
            if !x.is_invalid() && !self.is_integer(x.ty) {
                let (at, ty) = (self.pos(var), self.type_string(x.ty));
                self.error(at, format!("cannot use iteration variable of type {ty}"));
            }
        }
    }

    /// Types of the iteration variables, as many as there may be.
    fn range_types(&self, ty: TypeId) -> Result<[Option<TypeId>; 2], String> {
        let under = self.common_under(ty, |c, member| match member {
            Some((t, u)) if matches!(c.types.get(u), Type::Chan(ChanDir::Send, _)) => {
                Err(format!("receive from send-only channel {}", c.type_string(t)))
            }
            _ => Ok(()),
        })?;
        let int = Some(Basic::Int.id());
        let array = match *self.types.get(under) {
            Type::Pointer(p) if matches!(self.under(p), Type::Array(..)) => self.types.underlying(p),
            _ => under,
        };
        Ok(match self.types.get(array) {
            Type::Basic(b) if b.is_string() => [int, Some(self.predeclared_type("rune"))],
            Type::Basic(b) if b.is_integer() && !self.allows(22) => {
                return Err("requires go1.22 or later".into());
            }
            Type::Basic(b) if b.is_integer() => [Some(ty), None],
            Type::Array(elem, _) | Type::Slice(elem) => [int, Some(*elem)],
            Type::Map(k, v) => [Some(*k), Some(*v)],
            Type::Chan(_, elem) => [Some(*elem), None],
            Type::Func(_) if !self.allows(23) => return Err("requires go1.23 or later".into()),
            Type::Func(sig) => {
                let why = |why: String| format!("func must be func(yield func(...) bool): {why}");
                let types = self.yield_types(sig).map_err(why)?;
                let yielder = self.core(sig.params[0]);
                if matches!(self.types.get(yielder), Type::Func(inner) if inner.variadic) {
                    let shown = self.type_string(yielder);
                    return Err(format!("yield func of type {shown} cannot be variadic"));
                }
                types
            }
            _ => return Err(String::new()),
        })
    }

    /// The parameters of `yield` in `func(yield func(..) bool)`.
    fn yield_types(&self, sig: &Signature) -> Result<[Option<TypeId>; 2], String> {
        let [param] = sig.params[..] else { return Err("wrong argument count".into()) };
        if !sig.results.is_empty() {
            return Err("unexpected results".into());
        }
        let inner = self.common_under(param, |_, _| Ok(())).map_err(|why| format!("in yield type, {why}"))?;
        let Type::Func(inner) = self.types.get(inner) else { return Err("argument is not func".into()) };
        if inner.params.len() > 2 {
            return Err("yield func has too many parameters".into());
        }
        match inner.results[..] {
            [result] if result == Basic::Bool.id() => {}
            [result] if self.is_boolean(result) => {
                return Err("yield func returns user-defined boolean, not bool".into());
            }
            _ => return Err("yield func does not return bool".into()),
        }
        Ok([inner.params.first().copied(), inner.params.get(1).copied()])
    }
}
