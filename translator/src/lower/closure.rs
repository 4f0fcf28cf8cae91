//! Function literals (Go specification, "Function literals").

use super::{Lower, Storage};
use crate::ast::{ExprId, FuncLit, FuncType};
use crate::ir::{self, Expr, Param, Pat};
use crate::types::{Signature, Type};

impl Lower<'_> {
    /// `func(move |x: isize| -> R { .. })`
    pub(super) fn func_lit(&mut self, id: ExprId, lit: &FuncLit) -> Expr {
        let Type::Func(sig) = self.under(self.type_of(id)).clone() else { return ir::call("nil", vec![]) };
        let params = self.fn_params(&lit.ty, &sig);
        let ret = self.result_ty(&sig.results);
        let body = self.literal_body(lit, &sig);
        let closure = Expr::Closure { moves: true, params, ret, body: Box::new(Expr::Block(None, body)) };
        super::defer::function_of(self.literal_recovers(lit), closure, sig.variadic)
    }

    /// Parameters with their types; one without a name is `_`.
    pub(super) fn fn_params(&mut self, ty: &FuncType, sig: &Signature) -> Vec<Param> {
        let mut params = vec![];
        let mut types = sig.params.iter();
        for field in &ty.params {
            if field.names.is_empty() {
                let Some(&t) = types.next() else { break };
                let ty = self.ty(t);
                params.push(Param { pat: Pat::Wild, ty: Some(ty) });
            }
            for name in &field.names {
                let Some(&t) = types.next() else { break };
                let ty = self.ty(t);
                let pat = match self.defined(name.pos).filter(|_| !name.name.is_blank()) {
                    Some(var) => {
                        let mutable = self.storage(var) == Storage::Mut;
                        Pat::Name { name: self.local_name(var), mutable }
                    }
                    None => Pat::Wild,
                };
                params.push(Param { pat, ty: Some(ty) });
            }
        }
        params
    }
}
