//! Expressions and types, with parentheses exactly where precedence asks for them.

use super::Printer;
use crate::ir::{Expr, Pat, Type};
use std::fmt::Write;

/// Binding strength, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Prec {
    Any,
    Assign,
    Range,
    Or,
    And,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Cast,
    Unary,
    Postfix,
}

fn binary_prec(op: &str) -> Prec {
    match op {
        "||" => Prec::Or,
        "&&" => Prec::And,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => Prec::Compare,
        "|" => Prec::BitOr,
        "^" => Prec::BitXor,
        "&" => Prec::BitAnd,
        "<<" | ">>" => Prec::Shift,
        "+" | "-" => Prec::Sum,
        _ => Prec::Product,
    }
}

fn prec(x: &Expr) -> Prec {
    match x {
        Expr::Binary(op, ..) => binary_prec(op),
        Expr::Unary(..) => Prec::Unary,
        Expr::Lit(text) if text.starts_with('-') => Prec::Unary,
        Expr::Cast(..) => Prec::Cast,
        Expr::Range(..) => Prec::Range,
        Expr::Assign(..) => Prec::Assign,
        Expr::Closure { .. } | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Let(..) => {
            Prec::Any
        }
        _ => Prec::Postfix,
    }
}

/// Would the expression, put first in a statement, be taken for a statement of its own?
pub(super) fn starts_with_block(x: &Expr) -> bool {
    match x {
        Expr::Block(..)
        | Expr::If(..)
        | Expr::Match(..)
        | Expr::Loop(..)
        | Expr::While(..)
        | Expr::For(..) => true,
        Expr::Binary(_, x, _) | Expr::Cast(x, _) | Expr::Index(x, _) | Expr::Call(x, _) => {
            starts_with_block(x)
        }
        Expr::Assign(_, x, _) | Expr::Range(x, ..) => starts_with_block(x),
        _ => false,
    }
}

impl Printer {
    pub(super) fn expr(&mut self, x: &Expr) {
        self.expr_at(x, Prec::Any);
    }

    /// Prints `x` where at least `min` is needed.
    pub(super) fn expr_at(&mut self, x: &Expr, min: Prec) {
        if prec(x) < min {
            self.out.push('(');
            self.expr_bare(x);
            self.out.push(')');
        } else {
            self.expr_bare(x);
        }
    }

    fn list(&mut self, items: &[Expr]) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.expr(item);
        }
    }

    fn expr_bare(&mut self, x: &Expr) {
        match x {
            Expr::Path(text) | Expr::Lit(text) => self.out.push_str(text),
            Expr::Call(f, args) => {
                match **f {
                    Expr::Field(..) => {
                        self.out.push('(');
                        self.expr_bare(f);
                        self.out.push(')');
                    }
                    _ => self.expr_at(f, Prec::Postfix),
                }
                self.out.push('(');
                self.list(args);
                self.out.push(')');
            }
            Expr::Method(x, name, args) => {
                let recv = if CELL_METHODS.contains(&name.as_str()) { x } else { through_pointer(x) };
                self.method(recv, name, args);
            }
            Expr::Args(args) => {
                self.out.push_str("__args(");
                self.list(args);
                self.out.push(')');
            }
            Expr::Field(x, name) => {
                let part_of_view = !name.starts_with(|c: char| c.is_ascii_digit());
                self.operand(if part_of_view { through_cell(x) } else { x });
                write!(self.out, ".{name}").expect("a string");
            }
            Expr::Index(x, i) => {
                self.operand(through_cell(x));
                self.out.push('[');
                self.expr(i);
                self.out.push(']');
            }
            Expr::Unary(op, x) => {
                self.out.push(*op);
                self.expr_at(x, Prec::Unary);
            }
            Expr::Binary(op, x, y) => self.binary(op, x, y),
            Expr::Cast(x, ty) => {
                self.expr_at(x, Prec::Cast);
                self.out.push_str(" as ");
                self.ty(ty);
            }
            Expr::Struct(ty, fields, rest) => self.struct_literal(ty, fields, *rest),
            Expr::Tuple(items) => {
                self.out.push('(');
                self.list(items);
                if items.len() == 1 {
                    self.out.push(',');
                }
                self.out.push(')');
            }
            Expr::Array(items) => {
                self.out.push('[');
                self.list(items);
                self.out.push(']');
            }
            Expr::Repeat(x, n) => {
                self.out.push('[');
                self.expr(x);
                write!(self.out, "; {n}]").expect("a string");
            }
            Expr::Range(lo, hi, inclusive) => {
                self.expr_at(lo, Prec::Or);
                self.out.push_str(if *inclusive { "..=" } else { ".." });
                self.expr_at(hi, Prec::Or);
            }
            Expr::Assign(op, place, value) => {
                self.expr_at(place, Prec::Range);
                write!(self.out, " {op} ").expect("a string");
                self.expr_at(value, Prec::Assign);
            }
            _ => self.control(x),
        }
    }

    /// `recv.name(args)` with the receiver as it is.
    pub(super) fn method(&mut self, recv: &Expr, name: &str, args: &[Expr]) {
        self.operand(recv);
        write!(self.out, ".{name}(").expect("a string");
        self.list(args);
        self.out.push(')');
    }

    /// The left side of a dot or bracket.
    fn operand(&mut self, x: &Expr) {
        // `1.f()` would be a float.
        let number = matches!(x, Expr::Lit(text) if text.bytes().all(|b| b.is_ascii_digit() || b == b'_'));
        if number {
            self.out.push('(');
            self.expr_bare(x);
            self.out.push(')');
        } else {
            self.expr_at(x, Prec::Postfix);
        }
    }

    fn binary(&mut self, op: &str, x: &Expr, y: &Expr) {
        let level = binary_prec(op);
        let above = |p: Prec| match p {
            Prec::Or => Prec::And,
            Prec::And => Prec::Compare,
            Prec::Compare => Prec::BitOr,
            Prec::BitOr => Prec::BitXor,
            Prec::BitXor => Prec::BitAnd,
            Prec::BitAnd => Prec::Shift,
            Prec::Shift => Prec::Sum,
            Prec::Sum => Prec::Product,
            _ => Prec::Cast,
        };
        // Comparisons don't chain, and `x as T < y` would open generic arguments.
        let cast_before_angle = matches!(x, Expr::Cast(..)) && op.starts_with('<');
        let left = match level {
            _ if cast_before_angle => Prec::Unary,
            Prec::Compare => Prec::BitOr,
            level => level,
        };
        let ends_in_cast = op.starts_with('<') && last_is_cast(x);
        self.expr_at(x, if ends_in_cast { Prec::Unary } else { left });
        write!(self.out, " {op} ").expect("a string");
        self.expr_at(y, above(level));
    }

    fn struct_literal(&mut self, ty: &Type, fields: &[(String, Expr)], rest: bool) {
        self.ty_in_expr(ty);
        self.out.push_str(" { ");
        for (name, value) in fields {
            if matches!(value, Expr::Path(path) if path == name) {
                write!(self.out, "{name}, ").expect("a string");
                continue;
            }
            write!(self.out, "{name}: ").expect("a string");
            self.expr(value);
            self.out.push_str(", ");
        }
        if rest {
            self.out.push_str("..zero()");
        }
        self.out.push('}');
    }

    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Path(path, args) => {
                self.out.push_str(path);
                self.ty_args("<", args);
            }
            Type::Array(elem, n) => {
                self.out.push('[');
                self.ty(elem);
                write!(self.out, "; {n}]").expect("a string");
            }
            Type::Tuple(parts) => {
                self.out.push('(');
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.ty(part);
                }
                if parts.len() == 1 {
                    self.out.push(',');
                }
                self.out.push(')');
            }
            Type::DynFn(params, ret) => {
                self.out.push_str("dyn Fn(");
                for (i, param) in params.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.ty(param);
                }
                self.out.push(')');
                if !ret.is_unit() {
                    self.out.push_str(" -> ");
                    self.ty(ret);
                }
            }
            Type::Never => self.out.push('!'),
        }
    }

    fn ty_args(&mut self, open: &str, args: &[Type]) {
        if args.is_empty() {
            return;
        }
        self.out.push_str(open);
        for (i, arg) in args.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.ty(arg);
        }
        self.out.push('>');
    }

    /// A type where an expression may stand: generic arguments behind `::`.
    fn ty_in_expr(&mut self, ty: &Type) {
        match ty {
            Type::Path(path, args) => {
                self.out.push_str(path);
                self.ty_args("::<", args);
            }
            ty => self.ty(ty),
        }
    }

    pub(super) fn pat(&mut self, pat: &Pat) {
        match pat {
            Pat::Wild => self.out.push('_'),
            Pat::Name { name, mutable } => {
                if *mutable {
                    self.out.push_str("mut ");
                }
                self.out.push_str(name);
            }
            Pat::Tuple(parts) => {
                self.out.push('(');
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.pat(part);
                }
                self.out.push(')');
            }
            Pat::Some(inner) => {
                self.out.push_str("Some(");
                self.pat(inner);
                self.out.push(')');
            }
            Pat::Values(values) => {
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(" | ");
                    }
                    self.expr(value);
                }
            }
        }
    }
}

/// Methods that cells and the pointers to them have beside those of their values.
const CELL_METHODS: [&str; 6] = ["addr", "as_raw", "get", "is_nil", "set", "to_unsafe"];

/// The receiver of a method: Rust follows pointers by itself, too.
fn through_pointer(x: &Expr) -> &Expr {
    match x {
        Expr::Method(pointer, name, args) if name == "get" && args.is_empty() => through_cell(pointer),
        x => through_cell(x),
    }
}

/// The value of a cell to the left of a dot or bracket: Rust looks through the cell by itself.
fn through_cell(x: &Expr) -> &Expr {
    match x {
        Expr::Unary('*', cell) if matches!(**cell, Expr::Field(..) | Expr::Index(..)) => cell,
        Expr::Method(cell, name, args)
            if name == "get" && args.is_empty() && matches!(**cell, Expr::Path(_)) =>
        {
            cell
        }
        x => x,
    }
}

fn last_is_cast(x: &Expr) -> bool {
    match x {
        Expr::Cast(..) => true,
        Expr::Binary(_, _, y) => last_is_cast(y),
        Expr::Unary(_, y) => last_is_cast(y),
        _ => false,
    }
}
