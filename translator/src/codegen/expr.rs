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

/// The next stronger one: what a right operand needs.
fn above(p: Prec) -> Prec {
    match p {
        Prec::Or => Prec::And,
        Prec::And => Prec::Compare,
        Prec::Compare => Prec::BitOr,
        Prec::BitOr => Prec::BitXor,
        Prec::BitXor => Prec::BitAnd,
        Prec::BitAnd => Prec::Shift,
        Prec::Shift => Prec::Sum,
        Prec::Sum => Prec::Product,
        _ => Prec::Cast,
    }
}

fn prec(x: &Expr) -> Prec {
    match x {
        Expr::Binary(op, ..) => binary_prec(op),
        Expr::Unary(..) | Expr::RefMut(_) => Prec::Unary,
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
    /// Prints `x` before `after` characters more.
    pub(super) fn expr(&mut self, x: &Expr, after: usize) {
        self.expr_at(x, Prec::Any, after);
    }

    /// Prints `x` where at least `min` is needed, before `after` characters more.
    pub(super) fn expr_at(&mut self, x: &Expr, min: Prec, after: usize) {
        if self.has_failed() {
            return;
        }
        let in_parens = prec(x) < min;
        if in_parens {
            self.out.push('(');
        }
        let after = after + usize::from(in_parens);
        if self.flat || !self.fits(after, |p| p.expr_bare(x, 0)) {
            self.expr_bare(x, after);
        }
        if in_parens {
            self.out.push(')');
        }
    }

    /// Prints `x`: flat, or, if it is known not to fit on the line, broken.
    fn expr_bare(&mut self, x: &Expr, after: usize) {
        match x {
            Expr::Path(text) | Expr::Lit(text) => self.out.push_str(text),
            Expr::Call(f, args) => {
                match **f {
                    Expr::Field(..) => {
                        self.out.push('(');
                        self.expr(f, 2);
                        self.out.push(')');
                    }
                    _ => self.expr_at(f, Prec::Postfix, 1),
                }
                self.list('(', args, ')', after);
            }
            Expr::Args(args) => {
                self.out.push_str("args!");
                self.list('[', args, ']', after);
            }
            Expr::Method(..) | Expr::Field(..) | Expr::Index(..) if !self.flat => self.chain(x, after),
            Expr::Method(recv, name, args) => self.method(receiver(recv, name), name, args),
            Expr::Field(x, name) => {
                self.operand(field_operand(x, name), 0);
                write!(self.out, ".{name}").expect("a string");
            }
            Expr::Index(x, i) => {
                self.operand(through_cell(x), 0);
                self.out.push('[');
                self.expr(i, 0);
                self.out.push(']');
            }
            Expr::Unary(op, x) => {
                self.out.push(*op);
                self.expr_at(x, Prec::Unary, after);
            }
            Expr::RefMut(x) => {
                self.out.push_str("&mut ");
                self.expr_at(x, Prec::Unary, after);
            }
            Expr::Binary(op, a, b) if self.flat => {
                self.left(op, a, 0);
                write!(self.out, " {op} ").expect("a string");
                self.operand_of(op, b, above(binary_prec(op)), 0);
            }
            Expr::Binary(..) => self.operators(x, after),
            Expr::Cast(x, ty) => {
                let text = format!(" as {ty}");
                self.expr_at(x, Prec::Cast, after + text.len());
                self.out.push_str(&text);
            }
            Expr::Struct(ty, fields, rest) => self.struct_literal(ty, fields, *rest),
            Expr::Tuple(items) if items.len() == 1 => {
                self.out.push('(');
                self.expr(&items[0], after + 2);
                self.out.push_str(",)");
            }
            Expr::Tuple(items) => self.list('(', items, ')', after),
            Expr::Array(items) => self.list('[', items, ']', after),
            Expr::Repeat(x, n) => {
                let end = format!("; {n}]");
                self.out.push('[');
                self.expr(x, after + end.len());
                self.out.push_str(&end);
            }
            Expr::Range(lo, hi, inclusive) => {
                self.expr_at(lo, Prec::Or, 2);
                self.out.push_str(if *inclusive { "..=" } else { ".." });
                self.expr_at(hi, Prec::Or, after);
            }
            Expr::Assign(op, place, value) => {
                self.expr_at(place, Prec::Range, 3);
                self.assigned(op, value, Prec::Assign, after);
            }
            // outside of a list there is no place for them
            Expr::Commented(_, x, _) if !self.flat => self.expr_bare(x, after),
            Expr::Commented(..) => self.failed = true,
            _ => self.control(x, after),
        }
    }

    /// `recv.name(args)` with the receiver as it is.
    pub(super) fn method(&mut self, recv: &Expr, name: &str, args: &[Expr]) {
        self.operand(recv, 0);
        write!(self.out, ".{name}").expect("a string");
        self.call_args(args, 1);
    }

    /// The left side of a dot or bracket.
    pub(super) fn operand(&mut self, x: &Expr, after: usize) {
        // `1.f()` would be a float.
        let number = matches!(x, Expr::Lit(text) if text.bytes().all(|b| b.is_ascii_digit() || b == b'_'));
        if number {
            self.out.push('(');
            self.expr_bare(x, 0);
            self.out.push(')');
        } else {
            self.expr_at(x, Prec::Postfix, after);
        }
    }

    /// An operand of an operator, in parentheses also where only readers need them.
    fn operand_of(&mut self, op: &str, x: &Expr, min: Prec, after: usize) {
        let min = match x {
            Expr::Binary(inner, ..) if is_unclear(op, inner) => Prec::Postfix,
            _ => min,
        };
        self.expr_at(x, min, after);
    }

    /// The left operand of an operator.
    fn left(&mut self, op: &str, x: &Expr, after: usize) {
        // Comparisons don't chain, and `x as T < y` would open generic arguments.
        let cast_before_angle = op.starts_with('<') && last_is_cast(x);
        let min = match binary_prec(op) {
            _ if cast_before_angle => Prec::Unary,
            Prec::Compare => Prec::BitOr,
            level => level,
        };
        self.operand_of(op, x, min, after);
    }

    /// Operators of one strength, each on a line of its own.
    fn operators(&mut self, x: &Expr, after: usize) {
        let Expr::Binary(first, ..) = x else { return };
        let level = binary_prec(first);
        let mut parts = vec![];
        let mut rest = x;
        while let Expr::Binary(op, a, b) = rest
            && binary_prec(op) == level
        {
            let is_operand = level == Prec::Compare || op.starts_with('<') && last_is_cast(a);
            parts.push((*op, b));
            rest = a;
            if is_operand {
                break;
            }
        }
        parts.reverse();
        self.left(parts[0].0, rest, 0);
        self.indented(|p| {
            for (i, (op, operand)) in parts.iter().enumerate() {
                p.line();
                write!(p.out, "{op} ").expect("a string");
                let is_last = i + 1 == parts.len();
                p.operand_of(op, operand, above(level), if is_last { after } else { 0 });
            }
        });
    }

    fn struct_literal(&mut self, ty: &Type, fields: &[(String, Expr)], rest: bool) {
        self.ty_in_expr(ty);
        if fields.is_empty() && !rest {
            self.out.push_str(" {}");
            return;
        }
        let field = |p: &mut Printer, name: &str, value: &Expr| {
            p.out.push_str(name);
            if !matches!(value, Expr::Path(path) if path == name) {
                p.out.push_str(": ");
                p.expr(value, 1);
            }
        };
        if self.flat {
            self.out.push_str(" { ");
            for (i, (name, value)) in fields.iter().enumerate() {
                if i > 0 {
                    self.out.push_str(", ");
                }
                field(self, name, value);
                if self.has_failed() {
                    return;
                }
            }
            if rest {
                self.out.push_str(if fields.is_empty() { "..zero()" } else { ", ..zero()" });
            }
            self.out.push_str(" }");
            return;
        }
        self.out.push_str(" {");
        self.indented(|p| {
            for (name, value) in fields {
                p.element(value, |p, value| field(p, name, value));
            }
            if rest {
                p.line();
                p.out.push_str("..zero()");
            }
        });
        self.line();
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
                    self.expr(value, 0);
                }
            }
        }
    }
}

/// Methods that cells and the pointers to them have beside those of their values.
const CELL_METHODS: [&str; 6] = ["addr", "as_raw", "get", "is_nil", "set", "to_unsafe"];

/// The receiver of the method `name`.
pub(super) fn receiver<'a>(x: &'a Expr, name: &str) -> &'a Expr {
    match x {
        // cells have none, pointers do
        Expr::Unary('*', _) if name == "is_nil" => through_cell(x),
        _ if CELL_METHODS.contains(&name) => x,
        _ => through_pointer(x),
    }
}

/// What the field `name` is selected of.
pub(super) fn field_operand<'a>(x: &'a Expr, name: &str) -> &'a Expr {
    let is_part_of_view = !name.starts_with(|c: char| c.is_ascii_digit());
    if is_part_of_view { through_cell(x) } else { x }
}

/// The receiver of a method: Rust follows pointers by itself, too.
fn through_pointer(x: &Expr) -> &Expr {
    match x {
        Expr::Method(pointer, name, args) if name == "get" && args.is_empty() => through_cell(pointer),
        x => through_cell(x),
    }
}

/// The value of a cell to the left of a dot or bracket: Rust looks through the cell by itself.
pub(super) fn through_cell(x: &Expr) -> &Expr {
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

/// Operators on bits bind otherwise in other languages.
fn is_unclear(op: &str, inner: &str) -> bool {
    let (outer, level) = (binary_prec(op), binary_prec(inner));
    let is_bits = |p: Prec| matches!(p, Prec::BitOr | Prec::BitXor | Prec::BitAnd | Prec::Shift);
    outer != level && (is_bits(outer) && level > Prec::Compare || is_bits(level) && outer == Prec::Compare)
}

fn last_is_cast(x: &Expr) -> bool {
    match x {
        Expr::Cast(..) => true,
        Expr::Binary(_, _, y) => last_is_cast(y),
        Expr::Unary(_, y) => last_is_cast(y),
        _ => false,
    }
}
