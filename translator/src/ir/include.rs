//! What changes when a translated program becomes a module of somebody's crate, for `include_go!`.
//!
//! input: `x += a * b` and `use crate::util;`
//! output: `wrapping::by(wrapping::mul(a, b)).add_to(&mut x)` and `use super::util;`
//!
//! A program of our own is built with overflow checks off; the crate it is included in belongs to others and may have them on, so that
//! operators would panic where Go's integers wrap. All `+`, `-` and `*` become calls, whatever their type: the traits behind them
//! know what each does. Always holds: operands are evaluated in the order in which the operators would do it. Left alone are items of
//! constants and statics, where an overflow does not compile anyway, as it does not in Go.
//!
//! Nor is the edition ours: in a closure without a value that ends in a panic, later ones take `!` for its result, so `()` is said.

use super::visit::PartMut;
use super::{Block, Crate, Expr, Item, ItemKind, Stmt, Type, call};

/// Where the functions are.
const WRAPPING: &str = "::goxide_golib::wrapping";

impl Crate {
    /// Makes it fit to stand in another crate.
    pub fn include(&mut self) {
        for module in &mut self.modules {
            items(&mut module.items);
            for path in &mut module.uses {
                if let Some(rest) = path.strip_prefix("crate::") {
                    *path = format!("super::{rest}");
                }
            }
        }
    }
}

fn items(list: &mut [Item]) {
    for item in list {
        match &mut item.kind {
            ItemKind::Fn(function) => function.body.iter_mut().for_each(block),
            ItemKind::Impl { items: list, .. } => items(list),
            _ => {}
        }
    }
}

fn block(block: &mut Block) {
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Let { init: Some(x), .. } | Stmt::Expr(x) | Stmt::Tail(x) => expr(x),
            Stmt::Item(item) => items(std::slice::from_mut(item)),
            Stmt::Let { init: None, .. } | Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank => {}
        }
    }
}

fn expr(x: &mut Expr) {
    x.parts_mut(&mut |part| match part {
        PartMut::Expr(x) => expr(x),
        PartMut::Block(b) => block(b),
    });
    match x {
        Expr::Binary(op, a, b) => {
            if let Some(name) = function(op) {
                *x = call(&format!("{WRAPPING}::{name}"), vec![take(a), take(b)]);
            }
        }
        // a negative literal is none of an operator's
        Expr::Unary('-', a) if !matches!(**a, Expr::Lit(_)) => {
            *x = call(&format!("{WRAPPING}::neg"), vec![take(a)]);
        }
        Expr::Assign(op, place, value) => {
            if let Some(name) = op.strip_suffix('=').and_then(function) {
                let place = Expr::RefMut(Box::new(take(place)));
                let by = call(&format!("{WRAPPING}::by"), vec![take(value)]);
                *x = by.method(&format!("{name}_to"), vec![place]);
            }
        }
        Expr::Closure { ret: ret @ None, body, .. } => {
            if let Expr::Block(None, block) = &**body
                && !matches!(block.stmts.last(), Some(Stmt::Tail(_)))
            {
                *ret = Some(Type::Tuple(vec![]));
            }
        }
        _ => {}
    }
}

fn function(op: &str) -> Option<&'static str> {
    match op {
        "+" => Some("add"),
        "-" => Some("sub"),
        "*" => Some("mul"),
        _ => None,
    }
}

fn take(x: &mut Expr) -> Expr {
    std::mem::replace(x, Expr::Tuple(vec![]))
}
