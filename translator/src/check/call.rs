//! Calls and conversions (Go specification, "Calls", "Passing arguments to ... parameters").

use super::Checker;
use super::assign::{Naming, Target};
use super::operand::Operand;
use crate::ast::ExprId;
use crate::source::Pos;
use crate::typed::{Instance, Mode, TypeId, TypeParamId};
use crate::types::{Signature, Type};

/// What stands between the parentheses of a call.
#[derive(Clone, Copy)]
pub(super) struct CallArgs<'a> {
    pub id: ExprId,
    pub fun: ExprId,
    pub args: &'a [ExprId],
    /// Ends in `...`?
    pub dots: bool,
    pub lparen: Pos,
}

impl<'a> Checker<'a> {
    /// `fun(args)`
    pub(super) fn call(&mut self, call: CallArgs<'a>) -> Operand {
        let CallArgs { id, fun, args, .. } = call;
        let invalid = Operand::invalid(id);
        let f = self.generic_raw(fun);
        let f = self.exclude(f, false);
        let f = self.single(f);
        match f.mode {
            Mode::Invalid => {
                self.use_all(args);
                return invalid;
            }
            Mode::Type => {
                if self.needs_arguments(fun, f.ty) {
                    self.type_expr(fun);
                    return invalid;
                }
                return self.conversion_call(call, f.ty);
            }
            Mode::Builtin(b) => return self.builtin(call, b),
            _ => {}
        }
        let callee = self.common_under(f.ty, |c, member| match member {
            Some((_, u)) if matches!(c.types.get(u), Type::Func(_)) => Ok(()),
            Some((t, _)) => Err(format!("{} is not a function", c.type_string(t))),
            None => Ok(()),
        });
        let sig = match callee.map(|u| self.types.get(u).clone()) {
            Ok(Type::Func(sig)) => sig,
            Ok(_) => return invalid,
            Err(cause) => {
                let text = format!("invalid operation: cannot call {}: {cause}", self.describe(&f));
                let pos = self.pos(fun);
                self.error(pos, text);
                return invalid;
            }
        };
        let generic = self.generic_params(fun).filter(|_| self.lacks_arguments(fun)).cloned();
        let operands = match args {
            [one] => self.spread(*one, false, Naming::Call),
            _ => args.iter().map(|a| self.generic_value(*a, None)).collect(),
        };
        let sig = match generic {
            Some(params) => self.generic_call(call, &params, &sig, operands),
            None => {
                self.check_arguments(call, &sig, operands, None);
                Some(sig)
            }
        };
        self.cx.has_call_or_recv = true;
        sig.map_or(invalid, |sig| self.call_result(id, &sig))
    }

    fn call_result(&mut self, id: ExprId, sig: &Signature) -> Operand {
        match sig.results[..] {
            [] => {
                let ty = self.types.intern(Type::Tuple(vec![]));
                Operand::new(Mode::NoValue, ty, id)
            }
            [ty] if self.is_invalid(ty) || !self.is_complete(ty) => Operand::invalid(id),
            [ty] => Operand::new(Mode::Value, ty, id),
            _ => {
                let ty = self.types.intern(Type::Tuple(sig.results.clone()));
                Operand::new(Mode::Value, ty, id)
            }
        }
    }

    fn conversion_call(&mut self, call: CallArgs<'a>, ty: TypeId) -> Operand {
        let CallArgs { id, args, dots, .. } = call;
        let invalid = Operand::invalid(id);
        if !self.is_complete(ty) {
            return invalid;
        }
        let start = self.pos(id);
        let ty_s = self.type_string(ty);
        let (pos, text) = match args {
            [] => (start, format!("missing argument in conversion to {ty_s}")),
            [arg] => {
                let x = self.expr_for(*arg, Some(ty));
                if x.is_invalid() {
                    return invalid;
                }
                let constraint = self.is_interface(ty) && self.is_constraint(ty);
                if constraint {
                    let why = "contains specific type constraints or is comparable";
                    (start, format!("cannot use interface {ty_s} in conversion ({why})"))
                } else if dots {
                    (self.pos(*arg), format!("invalid use of ... in conversion to {ty_s}"))
                } else {
                    let mut result = self.conversion(id, x, ty);
                    result.expr = id;
                    return result;
                }
            }
            [.., last] => {
                self.use_all(args);
                (self.pos(*last), format!("too many arguments in conversion to {ty_s}"))
            }
        };
        self.error(pos, text);
        invalid
    }

    /// Infers the type arguments of a call; none if that failed, which is reported, and the result would depend on them.
    fn generic_call(
        &mut self,
        call: CallArgs<'a>,
        params: &[TypeParamId],
        sig: &Signature,
        mut operands: Vec<Operand>,
    ) -> Option<Signature> {
        let known = |c: &Self| {
            let depends = sig.results.iter().any(|t| c.mentions_params(*t));
            (!depends).then(|| sig.clone())
        };
        if operands.iter().any(Operand::is_invalid) || !self.count_arguments(call, sig, &operands) {
            return known(self);
        }
        let explicit = self.explicit_args(call.fun);
        if explicit.is_empty() {
            let start = self.pos(call.id);
            self.require(start, 18, "implicit function instantiation");
        }
        let inferred =
            self.infer_call(call.fun, params, &explicit, sig, &mut operands, call.dots, call.lparen);
        let Some((inferred, targs)) = inferred else { return known(self) };
        let ty = self.types.intern(Type::Func(inferred.clone()));
        let name = self.generic_name(call.fun);
        self.info().instances.insert(name, Instance { targs, ty });
        self.instantiated.insert((self.cx.file, name));
        self.record(call.fun, Mode::Value, ty, None);
        self.record(name, Mode::Value, ty, None);
        self.check_arguments(call, &inferred, operands, None);
        Some(inferred)
    }

    /// Checks that arguments fit parameters; messages call the function by its expression, or by `name`.
    pub(super) fn check_arguments(
        &mut self,
        call: CallArgs<'a>,
        sig: &Signature,
        mut operands: Vec<Operand>,
        name: Option<&str>,
    ) {
        if !self.count_arguments(call, sig, &operands) {
            return;
        }
        let fixed = sig.params.len() - usize::from(sig.variadic);
        let context = match name {
            Some(name) => format!("argument to {name}"),
            None => format!("argument to {}", self.expr_str(call.fun)),
        };
        for (i, x) in operands.iter_mut().enumerate() {
            let ty = if sig.variadic && !call.dots && i >= fixed {
                match *self.types.get(sig.params[fixed]) {
                    Type::Slice(elem) => elem,
                    _ => continue,
                }
            } else {
                sig.params[i]
            };
            if self.is_invalid(ty) {
                continue;
            }
            self.assign_to(x, Target::Type(ty), &context);
        }
    }

    /// As many arguments as parameters?
    fn count_arguments(&mut self, call: CallArgs<'a>, sig: &Signature, operands: &[Operand]) -> bool {
        let count = operands.len();
        let mut wanted = sig.params.len();
        let problem = match (sig.variadic, call.dots) {
            (true, true) if call.args.len() == 1 && count > 1 => {
                Some(format!("cannot use ... with {count}-valued {}", self.expr_str(call.args[0])))
            }
            (true, false) => {
                wanted = if count + 1 >= wanted { count } else { wanted - 1 };
                None
            }
            (false, true) => {
                Some(format!("cannot use ... in call to non-variadic {}", self.expr_str(call.fun)))
            }
            _ => None,
        };
        let start = self.pos(call.id);
        if let Some(problem) = problem {
            self.error(start, problem);
            return false;
        }
        if count == wanted {
            return true;
        }
        let (few, blamed) = match operands.get(wanted) {
            Some(extra) => ("too many", Some(extra)),
            None => ("not enough", operands.last()),
        };
        let at = blamed.map_or(start, |x| self.pos(x.expr));
        let have: Vec<TypeId> = operands.iter().map(|x| x.ty).collect();
        let (have, want) = (self.types_summary(&have, false, call.dots), self.params_summary(sig));
        let text = format!("{few} arguments in call to {}", self.expr_str(call.fun));
        self.report(at, text, |d| {
            d.also(Pos::NONE, format!("have {have}")).also(Pos::NONE, format!("want {want}"))
        });
        false
    }
}
