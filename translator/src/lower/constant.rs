//! Constants as Rust literals and names (Go specification, "Constants").

use super::Lower;
use crate::ast::{BinaryOp, ExprId, ExprKind, LitKind};
use crate::ir::{self, Expr};
use crate::source::Pos;
use crate::typed::real::Real;
use crate::typed::{Const, ObjKind, TypeId};
use crate::types::Basic;
use num_traits::{Signed, ToPrimitive};

impl Lower<'_> {
    /// The value as a literal of type `ty`; `evident` if the context fixes the type anyway.
    pub(super) fn constant(&mut self, value: &Const, ty: TypeId, evident: bool) -> Expr {
        if let Some(x) = self.param_constant(value, ty) {
            return x;
        }
        let Some(basic) = self.basic(ty) else {
            // the checker gives constants basic types; an interface takes the default type
            return self.default_constant(value);
        };
        if self.is_wrapped(ty) {
            let mut inner = self.plain_constant(value, basic, true);
            if basic == Basic::Uintptr && self.is_named(ty) {
                inner = ir::call("Uintptr", vec![inner]);
            }
            let path = self.ty_path(ty);
            return ir::call(&path, vec![inner]);
        }
        self.plain_constant(value, basic, evident)
    }

    fn default_constant(&mut self, value: &Const) -> Expr {
        let basic = match value {
            Const::Bool(_) => Basic::Bool,
            Const::String(_) => Basic::String,
            Const::Int(_) => Basic::Int,
            Const::Float(_) => Basic::Float64,
            _ => Basic::Complex128,
        };
        self.plain_constant(value, basic, false)
    }

    fn plain_constant(&mut self, value: &Const, basic: Basic, evident: bool) -> Expr {
        match value {
            Const::Bool(b) => ir::lit(b.to_string()),
            Const::String(bytes) => string(bytes),
            _ if basic.is_complex() => {
                let (re, im) = parts(value);
                let name = if basic == Basic::Complex64 { "Complex64::new" } else { "Complex128::new" };
                let float = if basic == Basic::Complex64 { Basic::Float32 } else { Basic::Float64 };
                ir::call(name, vec![float_literal(&re, float, true), float_literal(&im, float, true)])
            }
            _ if basic.is_float() => float_literal(&parts(value).0, basic, evident),
            Const::Int(n) => {
                let suffix = if evident { "" } else { suffix(basic) };
                let literal = ir::lit(format!("{}{suffix}", n.abs()));
                if n.is_negative() { Expr::Unary('-', Box::new(literal)) } else { literal }
            }
            _ => ir::lit("0"),
        }
    }

    /// A constant expression: by its name if the program gave it one, as a character if it was written as one.
    pub(super) fn constant_expr(&mut self, id: ExprId, value: &Const, ty: TypeId, evident: bool) -> Expr {
        let id = self.unparen(id);
        if let Some(x) = self.param_constant(value, ty) {
            return x;
        }
        match &self.ast(id).kind {
            ExprKind::BasicLit { kind, text } => {
                if let Some(x) = self.as_written(*kind, text.as_str(), value, ty, evident) {
                    return x;
                }
            }
            // `byte('a')`
            ExprKind::Call { fun, args, .. } if self.mode(*fun) == crate::typed::Mode::Type => {
                let arg = self.unparen(args[0]);
                if matches!(self.ast(arg).kind, ExprKind::BasicLit { .. })
                    && self.tv(arg).value.as_ref() == Some(value)
                {
                    return self.constant_expr(arg, value, ty, evident);
                }
            }
            ExprKind::Ident(_) | ExprKind::Selector { .. } => {
                if let Some(x) = self.named_constant(id, ty) {
                    return x;
                }
            }
            // a repeated expression with iota in it has other values in other lines
            ExprKind::Binary { .. } if self.tv(id).value.as_ref() == Some(value) => {
                if let Some(x) = self.shaped(id, ty, evident) {
                    return x;
                }
            }
            _ => {}
        }
        self.constant(value, ty, evident)
    }

    /// A literal with its base, digits and quotes, if it has the value that is wanted.
    fn as_written(
        &mut self,
        kind: LitKind,
        text: &str,
        value: &Const,
        ty: TypeId,
        evident: bool,
    ) -> Option<Expr> {
        let is_wrapped = self.is_wrapped(ty);
        let basic = self.basic(ty)?;
        let inner = match kind {
            LitKind::Char => character(value, Some(basic))?,
            LitKind::Int if basic.is_integer() && basic != Basic::Uintptr => {
                let literal = int_literal(text);
                let is_decimal = literal.bytes().all(|b| b.is_ascii_digit());
                let separator = if is_decimal { "" } else { "_" };
                let suffix = if evident || is_wrapped { "" } else { suffix(basic) };
                let separator = if suffix.is_empty() { "" } else { separator };
                ir::lit(format!("{literal}{separator}{suffix}"))
            }
            LitKind::Float if basic == Basic::Float64 => ir::lit(float_text(text, parts(value).0.to_f64())?),
            LitKind::String => {
                let Const::String(bytes) = value else { return None };
                ir::call("str", vec![ir::lit(raw_text(text, std::str::from_utf8(bytes).ok()?)?)])
            }
            _ => return None,
        };
        Some(if is_wrapped { ir::call(&self.ty_path(ty), vec![inner]) } else { inner })
    }

    /// A constant computation as it was written, where Rust computes the same: `1 << 20`, `2 * KB`, `5 * time.Second`.
    fn shaped(&mut self, id: ExprId, ty: TypeId, evident: bool) -> Option<Expr> {
        let ExprKind::Binary { op, x, y, .. } = self.ast(id).kind else { return None };
        if ty == Basic::Float64.id() {
            return self.float_shape(id).map(|(shape, _)| shape);
        }
        let basic = self.basic(ty).filter(|b| b.is_integer() && *b != Basic::Uintptr)?;
        let sign = match op {
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul => op.as_str(),
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => op.as_str(),
            // what a defined type has no operator for in this form is folded
            _ if self.is_wrapped(ty) => return None,
            BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr => op.as_str(),
            _ => return None,
        };
        // operators of defined types are no constant functions
        if self.is_wrapped(ty) && (self.in_const || !(self.is_constant_name(x) || self.is_constant_name(y))) {
            return None;
        }
        if op.is_shift() {
            // a count with iota in it has another value in every line that repeats the expression
            if !matches!(self.ast(self.unparen(y)).kind, ExprKind::BasicLit { .. }) {
                return None;
            }
            let Const::Int(count) = self.tv(y).value.clone()? else { return None };
            let left = self.operand_shape(x, ty, basic, evident)?;
            return Some(ir::binary(
                if op == BinaryOp::Shl { "<<" } else { ">>" },
                left,
                ir::lit(count.to_string()),
            ));
        }
        let left = self.operand_shape(x, ty, basic, evident)?;
        let right = self.operand_shape(y, ty, basic, true)?;
        Some(ir::binary(sign, left, right))
    }

    /// A float64 computation with a named constant in it, if Rust's rounding after every step ends at the same value.
    fn float_shape(&mut self, id: ExprId) -> Option<(Expr, f64)> {
        let id = self.unparen(id);
        let ty = Basic::Float64.id();
        let value = self.tv(id).value.clone()?;
        let exact = parts(&value).0.to_f64();
        match self.ast(id).kind {
            ExprKind::Binary { op, x, y, .. } if self.type_of(id) == ty && self.names_constant(id) => {
                let ((left, a), (right, b)) = (self.float_shape(x)?, self.float_shape(y)?);
                let rounded = match op {
                    BinaryOp::Add => a + b,
                    BinaryOp::Sub => a - b,
                    BinaryOp::Mul => a * b,
                    BinaryOp::Div => a / b,
                    _ => return None,
                };
                (rounded == exact).then(|| (ir::binary(op.as_str(), left, right), rounded))
            }
            ExprKind::Ident(_) | ExprKind::Selector { .. } => Some((self.named_constant(id, ty)?, exact)),
            _ => Some((self.constant(&value, ty, true), exact)),
        }
    }

    fn names_constant(&self, id: ExprId) -> bool {
        match self.ast(self.unparen(id)).kind {
            ExprKind::Ident(_) | ExprKind::Selector { .. } => true,
            ExprKind::Binary { x, y, .. } => self.names_constant(x) || self.names_constant(y),
            _ => false,
        }
    }

    fn operand_shape(&mut self, id: ExprId, ty: TypeId, basic: Basic, evident: bool) -> Option<Expr> {
        let id = self.unparen(id);
        let value = self.tv(id).value.clone()?;
        let Const::Int(n) = &value else { return None };
        // every step must fit, not only the result
        let bits = u64::from(basic.bits()?);
        let fits = if basic.is_unsigned() { !n.is_negative() && n.bits() <= bits } else { n.bits() < bits };
        if !fits {
            return None;
        }
        match self.ast(id).kind {
            ExprKind::Ident(_) | ExprKind::Selector { .. } => self.named_constant(id, ty),
            ExprKind::BasicLit { .. } => Some(self.constant_expr(id, &value, ty, evident)),
            ExprKind::Binary { .. } => self.shaped(id, ty, evident),
            _ => None,
        }
    }

    fn is_constant_name(&self, id: ExprId) -> bool {
        let id = self.unparen(id);
        matches!(self.ast(id).kind, ExprKind::Ident(_) | ExprKind::Selector { .. })
    }

    /// The name of a declared constant, if it can stand for a value of type `ty`.
    fn named_constant(&mut self, id: ExprId, ty: TypeId) -> Option<Expr> {
        let obj = self.object_of(id)?;
        if self.obj(obj).pos == Pos::NONE || !matches!(self.obj(obj).kind, ObjKind::Const(_)) {
            return None;
        }
        let item = self.const_item_type(obj)?;
        let name = ir::path(self.item_path(obj));
        if item == ty {
            return Some(name);
        }
        let number = |l: &Self, t: TypeId| {
            !l.is_named(t)
                && l.basic(t).is_some_and(|b| b.is_integer() || b.is_float())
                && t != Basic::Uintptr.id()
        };
        if !number(self, item) {
            return None;
        }
        // an integer constant may turn into a float, the other way the literal is clearer
        let float_to_int =
            self.basic(item).is_some_and(Basic::is_float) && self.basic(ty).is_some_and(Basic::is_integer);
        if float_to_int {
            return None;
        }
        if number(self, ty) {
            let target = self.ty(ty);
            return Some(name.cast(target));
        }
        let basic = self.basic(ty).filter(|b| b.is_integer() && *b != Basic::Uintptr)?;
        if self.is_wrapped(ty) && self.basic(item).is_some_and(Basic::is_integer) {
            let inner = if item == basic.id() { name } else { name.cast(ir::ty(suffix(basic))) };
            return Some(ir::call(&self.ty_path(ty), vec![inner]));
        }
        None
    }
}

/// `str("..")`, or `str_bytes(b"..")` for what is not UTF-8.
pub(super) fn string(bytes: &[u8]) -> Expr {
    match std::str::from_utf8(bytes) {
        Ok(text) => ir::call("str", vec![ir::lit(quoted(text))]),
        Err(_) => {
            let mut out = String::from("b\"");
            for &b in bytes {
                match b {
                    b'"' => out.push_str("\\\""),
                    b'\\' => out.push_str("\\\\"),
                    b'\n' => out.push_str("\\n"),
                    b'\t' => out.push_str("\\t"),
                    0x20..=0x7e => out.push(b as char),
                    _ => out.push_str(&format!("\\x{b:02x}")),
                }
            }
            out.push('"');
            ir::call("str_bytes", vec![ir::lit(out)])
        }
    }
}

/// A Rust string literal.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            c if c.is_control() || (!c.is_ascii() && c.is_whitespace()) || is_invisible(c) => {
                out.push_str(&format!("\\u{{{:x}}}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A raw string over several lines or with something in it that would need a backslash, as Rust's raw string.
pub(super) fn raw_text(written: &str, content: &str) -> Option<String> {
    if !written.starts_with('`') {
        return None;
    }
    let is_plain = |c: char| c == '\n' || c == '\t' || !(c.is_control() || is_invisible(c));
    let needs = content.contains(['\n', '\\']) || content.matches('"').count() > 1;
    if !needs || !content.chars().all(is_plain) {
        return None;
    }
    let hashes = (0..).map(|n| "#".repeat(n)).find(|h| !content.contains(&format!("\"{h}")))?;
    Some(format!("r{hashes}\"{content}\"{hashes}"))
}

/// Characters that turn the direction of text or show nothing; rustc warns about the former.
fn is_invisible(c: char) -> bool {
    matches!(c as u32, 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xe000..=0xf8ff | 0xfeff | 0xfff0..=0xffff | 0xe0000..)
}

fn parts(value: &Const) -> (Real, Real) {
    match value {
        Const::Int(n) => (Real::from(n.clone()), Real::zero()),
        Const::Float(v) => (v.clone(), Real::zero()),
        Const::Complex(re, im) => (re.clone(), im.clone()),
        _ => (Real::zero(), Real::zero()),
    }
}

fn float_literal(value: &Real, basic: Basic, evident: bool) -> Expr {
    // the checker has rounded the value to the type, so this conversion is exact
    let v = value.to_f64();
    let magnitude = v.abs();
    let text = if basic == Basic::Float32 {
        let suffix = if evident { "" } else { "f32" };
        format!("{:?}{suffix}", magnitude as f32)
    } else {
        format!("{magnitude:?}")
    };
    let literal = ir::lit(text);
    if v < 0.0 { Expr::Unary('-', Box::new(literal)) } else { literal }
}

fn character(value: &Const, basic: Option<Basic>) -> Option<Expr> {
    let Const::Int(n) = value else { return None };
    let code = n.to_u32()?;
    match basic? {
        Basic::Uint8 if code < 0x80 => {
            let c = code as u8 as char;
            let text: String = match c {
                '\'' => "\\'".into(),
                '"' => "\"".into(),
                c => c.escape_default().to_string(),
            };
            let text = if c.is_control() && !matches!(c, '\n' | '\t' | '\r') {
                format!("\\x{code:02x}")
            } else {
                text
            };
            Some(ir::lit(format!("b'{text}'")))
        }
        basic if basic.is_integer() && basic.bits() >= Some(32) && basic != Basic::Uintptr => {
            let c = char::from_u32(code)?;
            Some(ir::lit(quoted_char(c)).cast(ir::ty(suffix(basic))))
        }
        _ => None,
    }
}

/// A Rust character literal.
pub(super) fn quoted_char(c: char) -> String {
    let text = quoted(&c.to_string());
    let inner = match c {
        '\'' => "\\'",
        '"' => "\"",
        _ => &text[1..text.len() - 1],
    };
    format!("'{inner}'")
}

/// An integer literal of Go's, in Rust's spelling.
fn int_literal(text: &str) -> String {
    let digits = text.trim_start_matches(['0', '_']);
    match text.as_bytes() {
        [b'0', b'x' | b'X' | b'b' | b'B' | b'o' | b'O', ..] => {
            format!("{}{}", text[..2].to_ascii_lowercase(), text[2..].trim_start_matches('_'))
        }
        // a leading zero once meant octal
        [b'0', _, ..] if !digits.is_empty() => format!("0o{digits}"),
        [b'0', ..] => "0".to_owned(),
        _ => text.to_owned(),
    }
}

/// A float64 literal of Go's, if Rust spells the value `v` the same way.
fn float_text(text: &str, v: f64) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let mut text = if text.starts_with('.') { format!("0{text}") } else { text };
    if text.starts_with("0x") || text.ends_with('.') || text.contains(".e") {
        return None;
    }
    if !text.contains(['.', 'e']) {
        text.push_str(".0");
    }
    let is_same = text.replace('_', "").parse::<f64>().is_ok_and(|x| x == v);
    is_same.then_some(text)
}

/// The suffix of an integer literal.
pub(super) fn suffix(basic: Basic) -> &'static str {
    match basic {
        Basic::Int | Basic::UntypedInt => "isize",
        Basic::Int8 => "i8",
        Basic::Int16 => "i16",
        Basic::Int32 | Basic::UntypedRune => "i32",
        Basic::Int64 => "i64",
        Basic::Uint | Basic::Uintptr => "usize",
        Basic::Uint8 => "u8",
        Basic::Uint16 => "u16",
        Basic::Uint32 => "u32",
        Basic::Uint64 => "u64",
        _ => "",
    }
}

/// The Rust name of a number type.
pub(super) fn suffix_or_float(basic: Basic) -> &'static str {
    match basic {
        Basic::Float32 => "f32",
        Basic::Float64 | Basic::UntypedFloat => "f64",
        basic => suffix(basic),
    }
}
