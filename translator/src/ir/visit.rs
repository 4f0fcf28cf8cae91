//! What an expression is made of, one level down.

use super::{Block, Expr, SelectHead};

/// A part of an expression.
pub(super) enum Part<'a> {
    Expr(&'a Expr),
    Block(&'a Block),
}

/// A part that may be changed.
pub(super) enum PartMut<'a> {
    Expr(&'a mut Expr),
    Block(&'a mut Block),
}

/// Both walks are one text: `$part` is the enum, the rest how to get at a place.
macro_rules! walk {
    ($x:expr, $f:expr, $part:ident, $iter:ident $(, $mutable:tt)?) => {{
        let f = $f;
        match $x {
            Expr::Path(_) | Expr::Lit(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Return(None) => {}
            Expr::Call(x, args) | Expr::Method(x, _, args) => {
                f($part::Expr(x));
                args.$iter().for_each(|x| f($part::Expr(x)));
            }
            Expr::Args(list) | Expr::Tuple(list) | Expr::Array(list) => {
                list.$iter().for_each(|x| f($part::Expr(x)));
            }
            Expr::Field(x, _)
            | Expr::Unary(_, x)
            | Expr::RefMut(x)
            | Expr::Cast(x, _)
            | Expr::Repeat(x, _)
            | Expr::Let(_, x)
            | Expr::Return(Some(x))
            | Expr::Go(x)
            | Expr::Commented(_, x, _)
            | Expr::Closure { body: x, .. } => f($part::Expr(x)),
            Expr::Index(x, y) | Expr::Binary(_, x, y) | Expr::Range(x, y, _) | Expr::Assign(_, x, y) => {
                f($part::Expr(x));
                f($part::Expr(y));
            }
            Expr::Struct(_, fields, _) => fields.$iter().for_each(|(_, x)| f($part::Expr(x))),
            Expr::Block(_, b) | Expr::Loop(_, b) => f($part::Block(b)),
            Expr::If(cond, then, els) => {
                f($part::Expr(cond));
                f($part::Block(then));
                if let Some(els) = els {
                    f($part::Expr(els));
                }
            }
            Expr::Match(x, arms) => {
                f($part::Expr(x));
                arms.$iter().for_each(|a| f($part::Block(& $($mutable)? a.body)));
            }
            Expr::While(_, x, b) | Expr::For(_, _, x, b) => {
                f($part::Expr(x));
                f($part::Block(b));
            }
            Expr::Select(arms) => arms.$iter().for_each(|a| {
                match & $($mutable)? a.head {
                    SelectHead::Recv(_, x) => f($part::Expr(x)),
                    SelectHead::Send(x, y) => {
                        f($part::Expr(x));
                        f($part::Expr(y));
                    }
                    SelectHead::Default => {}
                }
                f($part::Block(& $($mutable)? a.body));
            }),
        }
    }};
}

impl Expr {
    /// Shows `f` the parts in their order.
    pub(super) fn parts<'a>(&'a self, f: &mut dyn FnMut(Part<'a>)) {
        walk!(self, f, Part, iter);
    }

    /// Is a number in it that does not say its type?
    pub fn has_open_number(&self) -> bool {
        const TYPES: [&str; 6] = ["8", "16", "32", "64", "128", "size"];
        if let Expr::Lit(text) = self {
            let says = |t: &str| ["i", "u", "f"].iter().any(|sign| text.ends_with(&format!("{sign}{t}")));
            let hex = text.starts_with("0x") && !text.contains(['i', 'u']);
            return text.starts_with(|c: char| c.is_ascii_digit()) && (hex || !TYPES.iter().any(|t| says(t)));
        }
        let mut found = false;
        self.parts(&mut |part| found |= matches!(part, Part::Expr(x) if x.has_open_number()));
        found
    }

    /// As [`Self::parts`], for changes.
    pub(super) fn parts_mut(&mut self, f: &mut dyn FnMut(PartMut<'_>)) {
        walk!(self, f, PartMut, iter_mut, mut);
    }
}
