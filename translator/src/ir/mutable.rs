//! Which bindings have to be `mut`.
//!
//! Lowering says `mut` of every variable that Go assigns. Where `x, err := f()` assigns one that is there already, the `let` makes
//! a new one of its name, and the one before may not need it any more; rustc would warn.

use super::visit::{Part, PartMut};
use super::{Block, Expr, Param, Pat, SelectHead, Stmt};
use rustc_hash::FxHashSet;

impl Block {
    /// Takes `mut` off the bindings of `names` that nothing assigns, also among the `params` of a function with this body.
    pub fn settle_mut(&mut self, params: &mut [Param], names: &FxHashSet<String>) {
        if names.is_empty() {
            return;
        }
        for param in params {
            settle(&mut param.pat, names, &|name| assigned_in(&self.stmts, name));
        }
        settle_block(self, names);
    }
}

fn settle_block(block: &mut Block, names: &FxHashSet<String>) {
    for i in 0..block.stmts.len() {
        let (before, rest) = block.stmts.split_at_mut(i + 1);
        match &mut before[i] {
            Stmt::Let { pat, init, .. } => {
                settle(pat, names, &|name| assigned_in(rest, name));
                if let Some(x) = init {
                    settle_expr(x, names);
                }
            }
            Stmt::Expr(x) | Stmt::Tail(x) => settle_expr(x, names),
            Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank | Stmt::Item(_) => {}
        }
    }
}

fn settle_expr(x: &mut Expr, names: &FxHashSet<String>) {
    match x {
        Expr::Closure { params, body, .. } => {
            for param in params {
                settle(&mut param.pat, names, &|name| assigned(body, name));
            }
        }
        Expr::For(_, pat, _, body) => settle(pat, names, &|name| assigned_in(&body.stmts, name)),
        _ => {}
    }
    x.parts_mut(&mut |part| match part {
        PartMut::Expr(x) => settle_expr(x, names),
        PartMut::Block(b) => settle_block(b, names),
    });
}

fn settle(pat: &mut Pat, names: &FxHashSet<String>, is_assigned: &dyn Fn(&str) -> bool) {
    match pat {
        Pat::Name { name, mutable } if *mutable && names.contains(name) => *mutable = is_assigned(name),
        Pat::Tuple(parts) => parts.iter_mut().for_each(|p| settle(p, names, is_assigned)),
        Pat::Some(inner) => settle(inner, names, is_assigned),
        _ => {}
    }
}

/// Do the statements assign the variable, before they declare another of its name?
pub(super) fn assigned_in(stmts: &[Stmt], name: &str) -> bool {
    for stmt in stmts {
        match stmt {
            Stmt::Let { pat, init, .. } => {
                if init.as_ref().is_some_and(|x| assigned(x, name)) {
                    return true;
                }
                if binds(pat, name) {
                    return false;
                }
            }
            Stmt::Expr(x) | Stmt::Tail(x) => {
                if assigned(x, name) {
                    return true;
                }
            }
            Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank | Stmt::Item(_) => {}
        }
    }
    false
}

fn assigned(x: &Expr, name: &str) -> bool {
    match x {
        Expr::Assign(_, place, _) if is_part_of(place, name) => return true,
        Expr::Closure { params, .. } if params.iter().any(|p| binds(&p.pat, name)) => return false,
        Expr::For(_, pat, iter, _) if binds(pat, name) => return assigned(iter, name),
        Expr::If(cond, _, els) if matches!(&**cond, Expr::Let(pat, _) if binds(pat, name)) => {
            return assigned(cond, name) || els.as_ref().is_some_and(|x| assigned(x, name));
        }
        Expr::Select(arms) => {
            return arms.iter().any(|arm| match &arm.head {
                SelectHead::Recv(Some(pat), chan) if binds(pat, name) => assigned(chan, name),
                SelectHead::Recv(_, chan) => assigned(chan, name) || assigned_in(&arm.body.stmts, name),
                SelectHead::Send(x, y) => {
                    assigned(x, name) || assigned(y, name) || assigned_in(&arm.body.stmts, name)
                }
                SelectHead::Default => assigned_in(&arm.body.stmts, name),
            });
        }
        _ => {}
    }
    let mut found = false;
    x.parts(&mut |part| {
        found = found
            || match part {
                Part::Expr(x) => assigned(x, name),
                Part::Block(b) => assigned_in(&b.stmts, name),
            };
    });
    found
}

/// Is the place the variable or inside of it?
fn is_part_of(place: &Expr, name: &str) -> bool {
    match place {
        Expr::Path(path) => path == name,
        Expr::Field(x, _) | Expr::Index(x, _) => is_part_of(x, name),
        Expr::Tuple(list) => list.iter().any(|x| is_part_of(x, name)),
        _ => false,
    }
}

fn binds(pat: &Pat, name: &str) -> bool {
    let mut names = vec![];
    super::tidy::bound(pat, &mut names);
    names.contains(&name)
}
