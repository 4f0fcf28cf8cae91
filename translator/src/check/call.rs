//! Calls and conversions (Go specification, "Calls", "Passing arguments to ... parameters").

use super::Checker;
use super::assign::Target;
use super::operand::Operand;
use crate::ast::ExprId;
use crate::source::Pos;
use crate::typed::{Mode, TypeId};
use crate::types::{Signature, Type};

impl<'a> Checker<'a> {
    /// `fun(args)`
    pub(super) fn call(
        &mut self,
        id: ExprId,
        fun: ExprId,
        args: &'a [ExprId],
        ellipsis: Option<Pos>,
        rparen: Pos,
    ) -> Operand {
        let invalid = Operand::invalid(id);
        let f = self.raw_expr(fun, None);
        match f.mode {
            Mode::Invalid => {
                for &arg in args {
                    self.raw_expr(arg, None);
                }
                return invalid;
            }
            Mode::Type => return self.conversion_call(id, f.ty, args, rparen),
            Mode::Builtin(b) => return self.builtin(id, b, fun, args, ellipsis, rparen),
            _ => {}
        }
        self.cx.has_call_or_recv = true;
        let Type::Func(sig) = self.core_type(f.ty).clone() else {
            for &arg in args {
                self.raw_expr(arg, None);
            }
            let text = format!("invalid operation: cannot call non-function {}", self.describe(&f));
            let pos = self.pos(id);
            self.error(pos, text);
            return invalid;
        };
        let generic = self.generic_params(fun).cloned();
        match self.arguments(fun, &sig, generic, args, ellipsis, rparen) {
            Some(sig) => self.call_result(id, &sig),
            None => invalid,
        }
    }

    fn call_result(&mut self, id: ExprId, sig: &Signature) -> Operand {
        match sig.results[..] {
            [] => {
                let ty = self.types.intern(Type::Tuple(vec![]));
                Operand::new(Mode::NoValue, ty, id)
            }
            [ty] => Operand::new(Mode::Value, ty, id),
            _ => {
                let ty = self.types.intern(Type::Tuple(sig.results.clone()));
                Operand::new(Mode::Value, ty, id)
            }
        }
    }

    fn conversion_call(&mut self, id: ExprId, ty: TypeId, args: &'a [ExprId], rparen: Pos) -> Operand {
        let invalid = Operand::invalid(id);
        match args {
            [] => {
                let text = format!("missing argument in conversion to {}", self.type_string(ty));
                self.error(rparen, text);
                invalid
            }
            [arg] => {
                let x = self.expr_for(*arg, Some(ty));
                let mut result = self.conversion(id, x, ty);
                result.expr = id;
                result
            }
            [.., last] => {
                for &arg in args {
                    self.raw_expr(arg, None);
                }
                let text = format!("too many arguments in conversion to {}", self.type_string(ty));
                let pos = self.pos(*last);
                self.error(pos, text);
                invalid
            }
        }
    }

    fn arguments(
        &mut self,
        fun: ExprId,
        sig: &Signature,
        generic: Option<Vec<crate::types::TypeParamId>>,
        args: &'a [ExprId],
        ellipsis: Option<Pos>,
        rparen: Pos,
    ) -> Option<Signature> {
        // literals among the arguments may lack a type of their own only inside other literals, so no hints here
        let spread_call = args.len() == 1 && ellipsis.is_none();
        let operands = if spread_call { self.spread(args, false) } else { self.each(args) };
        // after a bad argument the results of an ordinary call are known all the same
        let Some(mut operands) = operands else { return generic.is_none().then(|| sig.clone()) };
        let name = self.expr_str(fun);
        let count = operands.len();
        let fixed = sig.params.len() - usize::from(sig.variadic);
        if let Some(dots) = ellipsis {
            if !sig.variadic {
                let at = args.last().map_or(dots, |a| self.pos(*a));
                self.error(at, format!("cannot use ... in call to non-variadic {name}"));
                return generic.is_none().then(|| sig.clone());
            }
            if args.len() == 1 && count > 1 {
                let text = format!("cannot use ... with multi-valued expression {}", self.expr_str(args[0]));
                self.error(dots, text);
                return generic.is_none().then(|| sig.clone());
            }
        }
        let spread = ellipsis.is_some();
        let enough = if sig.variadic && !spread { count >= fixed } else { count == sig.params.len() };
        if !enough {
            let few = count < sig.params.len();
            let at = if few {
                rparen
            } else {
                let i = sig.params.len();
                args.get(i).or(args.last()).map_or(rparen, |a| self.pos(*a))
            };
            let what = if few { "not enough" } else { "too many" };
            let have: Vec<String> = operands.iter().map(|x| self.summary(x)).collect();
            let want = self.params_string(sig);
            let text =
                format!("{what} arguments in call to {name}\n\thave ({})\n\twant {want}", have.join(", "));
            self.error(at, text);
            return generic.is_none().then(|| sig.clone());
        }
        let instantiated;
        let sig = match generic {
            Some(params) => {
                let explicit = self.explicit_args(fun);
                let (inferred, targs) =
                    self.infer_call(fun, &params, &explicit, sig, &mut operands, spread, rparen)?;
                let ty = self.types.intern(Type::Func(inferred.clone()));
                let mut f = Operand::new(Mode::Value, ty, fun);
                f.ty = ty;
                let name = self.generic_name(fun);
                self.info().instances.insert(name, crate::typed::Instance { targs, ty });
                self.instantiated.insert((self.cx.file, name));
                self.record(fun, Mode::Value, ty, None);
                self.record(name, Mode::Value, ty, None);
                instantiated = inferred;
                &instantiated
            }
            None => sig,
        };
        let context = format!("argument to {name}");
        for (i, x) in operands.iter_mut().enumerate() {
            let ty = if sig.variadic && !spread && i >= fixed {
                match *self.types.get(sig.params[fixed]) {
                    Type::Slice(elem) => elem,
                    _ => continue,
                }
            } else {
                sig.params[i]
            };
            self.infer_from_target(x, ty);
            self.assign_to(x, Target::Type(ty), &context);
        }
        Some(sig.clone())
    }

    fn each(&mut self, args: &'a [ExprId]) -> Option<Vec<Operand>> {
        let list: Vec<Operand> = args.iter().map(|a| self.generic_operand(*a)).collect();
        if list.iter().any(Operand::is_invalid) { None } else { Some(list) }
    }

    fn params_string(&mut self, sig: &Signature) -> String {
        let only = Signature { results: vec![], ..sig.clone() };
        let ty = self.types.intern(Type::Func(only));
        self.type_string(ty).trim_start_matches("func").to_owned()
    }
}
