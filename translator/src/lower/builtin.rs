//! Calls of builtin functions (Go specification, "Built-in functions").

use super::Lower;
use crate::ast::ExprId;
use crate::ir::{self, Expr};
use crate::typed::{Builtin, Mode, TypeId};
use crate::types::{Basic, Type};

impl Lower<'_> {
    pub(super) fn builtin(&mut self, id: ExprId, b: Builtin, args: &[ExprId], spread: bool) -> Expr {
        let ty = self.type_of(id);
        if args.len() == 1 && self.is_tuple(args[0]) {
            return self.builtin_with_results(id, b, args[0]);
        }
        match b {
            Builtin::Append => self.append(args, spread, ty),
            Builtin::Len | Builtin::Cap => {
                let name = if b == Builtin::Len { "len" } else { "cap" };
                match self.under(self.type_of(args[0])) {
                    // a constant, but for the call inside, which runs
                    Type::Array(_, n) => self.after(args[0], ir::lit(format!("{n}isize"))),
                    Type::Pointer(p) => match *self.under(*p) {
                        Type::Array(_, n) => self.after(args[0], ir::lit(format!("{n}isize"))),
                        _ => ir::lit("0"),
                    },
                    _ => self.unwrapped(args[0]).method(name, vec![]),
                }
            }
            Builtin::Copy => {
                let to = self.unwrapped(args[0]);
                let from = self.unwrapped(args[1]);
                ir::call("copy", vec![to, from])
            }
            Builtin::Clear => self.unwrapped(args[0]).method("clear", vec![]),
            Builtin::Close => self.unwrapped(args[0]).method("close", vec![]),
            Builtin::Delete => {
                let key = match *self.under(self.type_of(args[0])) {
                    Type::Map(key, _) => key,
                    _ => self.type_of(args[1]),
                };
                let m = self.unwrapped(args[0]);
                let k = self.expr_as(args[1], key);
                m.method("delete", vec![k])
            }
            Builtin::Make => self.make(args, ty),
            Builtin::New => {
                let elem = self.type_of(args[0]);
                if self.mode(args[0]) == Mode::Type {
                    return self.boxed_zero(elem);
                }
                match self.made_in_place(args[0], elem) {
                    Some(made) => made,
                    None => super::assign::boxed(self.expr(args[0])),
                }
            }
            Builtin::Panic => {
                let value = self.any_arg(args[0]);
                ir::call("panic", vec![value])
            }
            Builtin::Print | Builtin::Println => {
                let list = args.iter().map(|a| self.any_arg(*a)).collect();
                ir::call(if b == Builtin::Print { "print" } else { "println" }, vec![Expr::Args(list)])
            }
            // the body of a range over a function is none that was deferred, whatever it stands in
            Builtin::Recover if self.cx.targets.iter().any(super::control::Target::is_closure) => {
                ir::call("nil::<Any>", vec![])
            }
            Builtin::Recover => ir::path("recovery").method("recover", vec![]),
            Builtin::Complex => {
                let name = complex_name(self.basic(ty));
                let part =
                    if self.basic(ty) == Some(Basic::Complex64) { Basic::Float32 } else { Basic::Float64 };
                let parts = args.iter().map(|a| self.float_part(*a, part)).collect();
                let made = ir::call(name, parts);
                self.wrap(made, ty)
            }
            Builtin::Real | Builtin::Imag => {
                let x = self.unwrapped(args[0]).field(if b == Builtin::Real { "re" } else { "im" });
                self.wrap(x, ty)
            }
            Builtin::Min | Builtin::Max => {
                let name = if b == Builtin::Min { "min" } else { "max" };
                // not all are constant, so one says the type
                let list: Vec<Expr> = args
                    .iter()
                    .map(|a| if self.tv(*a).value.is_some() { self.expr_evident(*a) } else { self.expr(*a) })
                    .collect();
                let mut list = list.into_iter();
                let Some(first) = list.next() else { return ir::lit("0") };
                list.fold(first, |best, next| ir::call(name, vec![best, next]))
            }
            Builtin::UnsafeAdd => {
                let p = self.unwrapped(args[0]);
                let n = self.size_value(args[1]);
                p.method("add", vec![n])
            }
            Builtin::UnsafeSlice | Builtin::UnsafeString => {
                let p = self.unwrapped(args[0]);
                let n = self.size_value(args[1]);
                ir::call(
                    if b == Builtin::UnsafeSlice { "Slice::from_ptr" } else { "Str::from_ptr" },
                    vec![p, n],
                )
            }
            Builtin::UnsafeSliceData | Builtin::UnsafeStringData => {
                self.unwrapped(args[0]).method("data", vec![])
            }
            // of a type parameter, otherwise it is constant
            Builtin::UnsafeSizeof | Builtin::UnsafeAlignof => {
                let of = self.type_of(args[0]);
                let of = self.ty(of);
                let name = if b == Builtin::UnsafeSizeof { "size_of" } else { "align_of" };
                ir::call("Uintptr", vec![ir::call(&format!("::core::mem::{name}::<{of}>"), vec![])])
            }
            Builtin::UnsafeOffsetof => match self.offset_of(args[0]) {
                Some(offset) => ir::call("Uintptr", vec![offset]),
                None => {
                    let pos = self.pos(id);
                    self.unsupported(pos, "the offset of this field")
                }
            },
            Builtin::Assert => {
                let pos = self.pos(id);
                self.unsupported(pos, "this built-in function")
            }
        }
    }

    /// The offset of a field in a struct whose layout depends on a type parameter.
    fn offset_of(&mut self, field: ExprId) -> Option<Expr> {
        let selection = self.info().selections.get(&self.unparen(field))?;
        let mut at = match *self.under(selection.recv) {
            Type::Pointer(elem) => elem,
            _ => selection.recv,
        };
        let of = self.ty(at);
        let mut names = vec![];
        for &index in &selection.path {
            let Type::Struct(fields) = self.under(at) else { return None };
            let field = &fields[index as usize];
            names.push(super::names::field_name(field.name));
            at = field.ty;
        }
        Some(ir::lit(format!("::core::mem::offset_of!({of}, {})", names.join("."))))
    }

    /// `append(f())` where f has several results.
    fn builtin_with_results(&mut self, id: ExprId, b: Builtin, arg: ExprId) -> Expr {
        let ty = self.type_of(id);
        let (init, types) = self.tuple_value(arg);
        let names: Vec<String> = types.iter().map(|_| self.temp("a")).collect();
        let mut values = vec![];
        for (i, (name, &from)) in names.iter().zip(&types).enumerate() {
            let x = ir::path(name);
            values.push(match (b, self.under(types[0])) {
                (Builtin::Append, Type::Slice(elem)) if i > 0 => self.convert_value(x, from, *elem),
                (Builtin::Delete, Type::Map(key, _)) if i > 0 => self.convert_value(x, from, *key),
                (Builtin::Print | Builtin::Println, _) => x,
                _ => self.unwrap(x, from),
            });
        }
        let mut rest = values.split_off(1);
        let first = values.remove(0);
        let made = match b {
            Builtin::Append if rest.len() == 1 => first.method("append", rest),
            Builtin::Append => first.method("append_all", vec![Expr::Array(rest)]),
            Builtin::Copy => ir::call("copy", vec![first, rest.remove(0)]),
            Builtin::Delete => first.method("delete", rest),
            Builtin::Complex => ir::call(complex_name(self.basic(ty)), vec![first, rest.remove(0)]),
            Builtin::Print | Builtin::Println => {
                rest.insert(0, first);
                ir::call(if b == Builtin::Print { "print" } else { "println" }, vec![Expr::Args(rest)])
            }
            _ => {
                let pos = self.pos(id);
                self.unsupported(pos, "this built-in function called with several results of another call")
            }
        };
        let made = if self.mode(id) == Mode::NoValue { made } else { self.wrap(made, ty) };
        let pat = ir::Pat::Tuple(names.iter().map(ir::bind).collect());
        let bind = ir::Stmt::Let { pat, ty: None, init: Some(init) };
        Expr::Block(None, ir::Block::of(vec![bind, ir::Stmt::Tail(made)]))
    }

    fn float_part(&mut self, id: ExprId, basic: Basic) -> Expr {
        if let Some(value) = self.tv(id).value.clone() {
            return self.constant(&value, basic.id(), true);
        }
        self.unwrapped(id)
    }

    /// A value known beforehand, after whatever the operand does.
    fn after(&mut self, operand: ExprId, value: Expr) -> Expr {
        let x = self.expr(operand);
        let drop = ir::Stmt::Let { pat: ir::Pat::Wild, ty: None, init: Some(x) };
        Expr::Block(None, ir::Block::of(vec![drop, ir::Stmt::Tail(value)]))
    }

    fn append(&mut self, args: &[ExprId], spread: bool, ty: TypeId) -> Expr {
        let elem = match *self.under(ty) {
            Type::Slice(elem) => elem,
            _ => ty,
        };
        let s = self.unwrapped(args[0]);
        let result = match (&args[1..], spread) {
            ([], _) => s,
            ([other], true) => {
                let is_string = self.basic(self.type_of(*other)).is_some_and(Basic::is_string);
                let rest = if self.mode(*other) == Mode::Nil {
                    ir::call("nil", vec![])
                } else {
                    self.unwrapped(*other)
                };
                s.method(if is_string { "append_str" } else { "append_slice" }, vec![rest])
            }
            ([one], false) => {
                let v = self.expr_as(*one, elem);
                s.method("append", vec![v])
            }
            (many, _) => {
                let list = many.iter().map(|a| self.expr_as(*a, elem)).collect();
                s.method("append_all", vec![Expr::Array(list)])
            }
        };
        self.wrap(result, ty)
    }

    fn make(&mut self, args: &[ExprId], ty: TypeId) -> Expr {
        let sizes: Vec<Expr> = args[1..].iter().map(|a| self.size_value(*a)).collect();
        let made = match *self.under(ty) {
            Type::Slice(elem) => {
                let elem = self.ty(elem);
                let name = if sizes.len() == 2 { "make_cap" } else { "make" };
                ir::call(&format!("Slice::<{elem}>::{name}"), sizes)
            }
            Type::Map(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                // the size is a hint, but what it is computed from may have effects
                let made = ir::call(&format!("Map::<{key}, {value}>::make"), vec![]);
                match args.get(1).filter(|a| self.has_effect(**a)) {
                    Some(&size) => return self.after(size, made),
                    None => made,
                }
            }
            Type::Chan(_, elem) => {
                let n = sizes.into_iter().next().unwrap_or_else(|| ir::lit("0"));
                let elem_ty = self.ty(elem);
                let made = ir::call(&format!("Chan::<{elem_ty}>::make"), vec![n]);
                match self.under(ty) {
                    Type::Chan(crate::types::ChanDir::Recv, _) => made.method("recv_only", vec![]),
                    Type::Chan(crate::types::ChanDir::Send, _) => made.method("send_only", vec![]),
                    _ => made,
                }
            }
            _ => ir::call("nil", vec![]),
        };
        self.wrap(made, ty)
    }
}

fn complex_name(basic: Option<Basic>) -> &'static str {
    if basic == Some(Basic::Complex64) { "Complex64::new" } else { "Complex128::new" }
}
