//! Calls and conversions (Go specification, "Calls", "Passing arguments to ... parameters").

use super::Checker;
use super::assign::{Naming, Target};
use super::operand::Operand;
use super::subst::Map;
use crate::ast::ExprId;
use crate::source::Pos;
use crate::typed::{Instance, Mode, TypeId, TypeParamId};
use crate::types::{Basic, Signature, Type};

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
                    let text =
                        format!("cannot use generic type {} without instantiation", self.expr_str(fun));
                    let pos = self.pos(fun);
                    self.error(pos, text);
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
        let sig = self.arguments(call, &generic.unwrap_or_default(), sig, operands);
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

    /// Checks the arguments of a call, with those type arguments of the callee and of generic functions among the arguments
    /// that are to be inferred. None if that failed, which is reported, and the result would depend on them.
    fn arguments(
        &mut self,
        call: CallArgs<'a>,
        params: &[TypeParamId],
        sig: Signature,
        mut operands: Vec<Operand>,
    ) -> Option<Signature> {
        let any_generic = operands.iter().any(|x| !x.is_invalid() && self.lacks_arguments(x.expr));
        if params.is_empty() && !any_generic {
            self.check_arguments(call, &sig, operands, None);
            return Some(sig);
        }
        let depends = sig.results.iter().any(|t| self.mentions(params, *t));
        let failed = (!depends).then(|| sig.clone());
        if !self.count_arguments(call, &sig, &operands) || operands.iter().any(Operand::is_invalid) {
            return failed;
        }
        let explicit = self.explicit_args(call.fun);
        if !params.is_empty() && explicit.is_empty() {
            let start = self.pos(call.id);
            self.require(start, 18, "implicit function instantiation");
        }
        // a call of the function from within must not take its own parameters for those to be found
        let (callee, sig) = match operands.iter().any(|x| self.mentions(params, x.ty))
            || explicit.iter().any(|t| self.mentions(params, *t))
        {
            true => {
                let (fresh, map) = self.renamed(params);
                (fresh, self.subst_sig(&sig, &map))
            }
            false => (params.to_vec(), sig),
        };
        let mut all = callee.clone();
        let mut known: Vec<Option<TypeId>> = explicit.into_iter().map(Some).collect();
        known.resize(all.len(), None);
        let mut generic_args: Vec<(usize, Vec<TypeParamId>)> = vec![];
        for (i, x) in operands.iter_mut().enumerate() {
            if !self.lacks_arguments(x.expr) {
                continue;
            }
            let Some(own) = self.generic_params(x.expr).cloned() else { continue };
            if generic_args.is_empty() && self.explicit_args(x.expr).is_empty() {
                let pos = self.pos(x.expr);
                self.require(pos, 21, "implicitly instantiated function as argument");
            }
            let (fresh, map) = self.renamed(&own);
            x.ty = self.subst(x.ty, &map);
            all.extend(&fresh);
            known.extend(self.explicit_args(x.expr).into_iter().map(Some));
            known.resize(all.len(), None);
            generic_args.push((i, fresh));
        }
        let wanted: Vec<TypeId> = (0..operands.len()).map(|i| self.param_type(&sig, i, call.dots)).collect();
        let targs = match self.infer(call.lparen, &all, &known, &wanted, &operands, false) {
            Ok(targs) => targs,
            Err(f) => {
                let before = format!("in call to {}, ", self.expr_str(call.fun));
                self.not_inferred(f, &before);
                return failed;
            }
        };
        let (own, mut rest) = targs.split_at(callee.len());
        let mut sig = sig;
        if !callee.is_empty() {
            let Some(instantiated) = self.instantiated_callee(call, &callee, own.to_vec(), &sig) else {
                return failed;
            };
            sig = instantiated;
        }
        for (i, fresh) in generic_args {
            let (own, others) = rest.split_at(fresh.len());
            rest = others;
            if !self.verify_args(&fresh, own, &[call.lparen]) {
                return Some(sig);
            }
            self.instantiate_value(&mut operands[i], &fresh, own.to_vec());
        }
        self.check_arguments(call, &sig, operands, None);
        Some(sig)
    }

    fn instantiated_callee(
        &mut self,
        call: CallArgs<'a>,
        params: &[TypeParamId],
        targs: Vec<TypeId>,
        sig: &Signature,
    ) -> Option<Signature> {
        let written = self.explicit_positions(call.fun);
        let positions: Vec<Pos> =
            (0..targs.len()).map(|i| written.get(i).copied().unwrap_or(call.lparen)).collect();
        if !self.verify_args(params, &targs, &positions) {
            return None;
        }
        let map: Map = params.iter().copied().zip(targs.iter().copied()).collect();
        let sig = self.subst_sig(sig, &map);
        let ty = self.types.intern(Type::Func(sig.clone()));
        let name = self.generic_name(call.fun);
        self.info().instances.insert(name, Instance { targs, ty });
        self.instantiated.insert((self.cx.file, name));
        self.record(call.fun, Mode::Value, ty, None);
        self.record(name, Mode::Value, ty, None);
        Some(sig)
    }

    /// The type that argument `i` is assigned to.
    fn param_type(&self, sig: &Signature, i: usize, dots: bool) -> TypeId {
        let fixed = sig.params.len() - usize::from(sig.variadic);
        if sig.variadic && !dots && i >= fixed {
            return match *self.types.get(sig.params[fixed]) {
                Type::Slice(elem) => elem,
                _ => Basic::Invalid.id(),
            };
        }
        sig.params[i]
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
        for (i, x) in operands.iter_mut().enumerate() {
            let ty = self.param_type(sig, i, call.dots);
            if self.is_invalid(ty) || self.fits_as_it_is(x, ty) {
                continue;
            }
            let context = match name {
                Some(name) => format!("argument to {name}"),
                None => format!("argument to {}", self.expr_str(call.fun)),
            };
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
