//! Blocks that only keep Go's scopes apart, taken away where nothing needs them.
//!
//! Go's `if v := f(); v > 0 {}` declares v for the statement alone, so lowering puts a block around it. The block goes where no
//! name declared in it is used for something else after it. Always holds: every name means what it meant before.

use super::{Block, Expr, Pat, SelectHead, Stmt};

impl Block {
    /// Takes needless blocks away, here and inside.
    pub fn tidy(&mut self) {
        let stmts = std::mem::take(&mut self.stmts);
        let mut rest = stmts.into_iter();
        while let Some(mut stmt) = rest.next() {
            match &mut stmt {
                Stmt::Let { init: Some(x), .. } | Stmt::Expr(x) | Stmt::Tail(x) => tidy_expr(x),
                _ => {}
            }
            match stmt {
                Stmt::Expr(Expr::Block(None, inner)) | Stmt::Tail(Expr::Block(None, inner))
                    if is_flat(&inner, rest.as_slice()) =>
                {
                    self.stmts.extend(inner.stmts);
                }
                stmt => self.stmts.push(stmt),
            }
        }
        self.return_directly();
    }

    /// `let x = f(); x` is `f()`.
    fn return_directly(&mut self) {
        let [
            ..,
            Stmt::Let { pat: Pat::Name { name, .. }, ty: None, init: Some(_) },
            Stmt::Tail(Expr::Path(x)),
        ] = &self.stmts[..]
        else {
            return;
        };
        if name == x {
            self.stmts.pop();
            if let Some(Stmt::Let { init: Some(value), .. }) = self.stmts.pop() {
                self.stmts.push(Stmt::Tail(value));
            }
        }
    }
}

/// Can the statements stand where the block stands, before `rest`?
fn is_flat(block: &Block, rest: &[Stmt]) -> bool {
    let has_value = block.stmts.iter().any(|s| matches!(s, Stmt::Tail(_)));
    let is_last = rest.iter().all(|s| matches!(s, Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank));
    if has_value && !rest.is_empty() || block.stmts.iter().any(|s| matches!(s, Stmt::Item(_))) {
        return false;
    }
    let mut names = vec![];
    for stmt in &block.stmts {
        if let Stmt::Let { pat, .. } = stmt {
            bound(pat, &mut names);
        }
    }
    is_last || names.iter().all(|name| !uses(rest, name))
}

fn bound<'a>(pat: &'a Pat, names: &mut Vec<&'a str>) {
    match pat {
        Pat::Name { name, .. } => names.push(name),
        Pat::Tuple(parts) => parts.iter().for_each(|p| bound(p, names)),
        Pat::Some(inner) => bound(inner, names),
        Pat::Wild | Pat::Values(_) => {}
    }
}

/// Is a name used in the statements before they declare it?
fn uses(stmts: &[Stmt], name: &str) -> bool {
    for stmt in stmts {
        match stmt {
            Stmt::Let { pat, init, .. } => {
                if init.as_ref().is_some_and(|x| mentions(x, name)) {
                    return true;
                }
                let mut names = vec![];
                bound(pat, &mut names);
                if names.contains(&name) {
                    return false;
                }
            }
            Stmt::Expr(Expr::Block(_, inner)) | Stmt::Tail(Expr::Block(_, inner)) => {
                if uses(&inner.stmts, name) {
                    return true;
                }
            }
            Stmt::Expr(x) | Stmt::Tail(x) => {
                if mentions(x, name) {
                    return true;
                }
            }
            Stmt::Item(_) => return true,
            Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank => {}
        }
    }
    false
}

/// Does a name occur in the expression?
fn mentions(x: &Expr, name: &str) -> bool {
    let one = |x: &Expr| mentions(x, name);
    let any = |list: &[Expr]| list.iter().any(one);
    let within = |b: &Block| uses(&b.stmts, name);
    match x {
        Expr::Path(path) => path == name,
        Expr::Lit(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Return(None) => false,
        Expr::Call(f, args) => one(f) || any(args),
        Expr::Method(x, _, args) => one(x) || any(args),
        Expr::Args(list) | Expr::Tuple(list) | Expr::Array(list) => any(list),
        Expr::Field(x, _)
        | Expr::Unary(_, x)
        | Expr::Cast(x, _)
        | Expr::Repeat(x, _)
        | Expr::Let(_, x)
        | Expr::Return(Some(x))
        | Expr::Go(x)
        | Expr::Closure { body: x, .. } => one(x),
        Expr::Index(x, y) | Expr::Binary(_, x, y) | Expr::Range(x, y, _) | Expr::Assign(_, x, y) => {
            one(x) || one(y)
        }
        Expr::Struct(_, fields, _) => fields.iter().any(|(_, x)| one(x)),
        Expr::Block(_, b) | Expr::Loop(_, b) => within(b),
        Expr::If(cond, then, els) => one(cond) || within(then) || els.as_ref().is_some_and(|e| one(e)),
        Expr::Match(x, arms) => {
            one(x) || arms.iter().any(|a| matches!(&a.pat, Pat::Values(list) if any(list)) || within(&a.body))
        }
        Expr::While(_, cond, b) | Expr::For(_, _, cond, b) => one(cond) || within(b),
        Expr::Select(arms) => arms.iter().any(|a| {
            let head = match &a.head {
                SelectHead::Recv(_, x) => one(x),
                SelectHead::Send(x, y) => one(x) || one(y),
                SelectHead::Default => false,
            };
            head || within(&a.body)
        }),
    }
}

fn tidy_expr(x: &mut Expr) {
    match x {
        Expr::Path(_) | Expr::Lit(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Return(None) => {}
        Expr::Call(f, args) => {
            tidy_expr(f);
            args.iter_mut().for_each(tidy_expr);
        }
        Expr::Method(x, _, args) => {
            tidy_expr(x);
            args.iter_mut().for_each(tidy_expr);
        }
        Expr::Args(list) | Expr::Tuple(list) | Expr::Array(list) => list.iter_mut().for_each(tidy_expr),
        Expr::Field(x, _)
        | Expr::Unary(_, x)
        | Expr::Cast(x, _)
        | Expr::Repeat(x, _)
        | Expr::Let(_, x)
        | Expr::Return(Some(x))
        | Expr::Go(x)
        | Expr::Closure { body: x, .. } => tidy_expr(x),
        Expr::Index(x, y) | Expr::Binary(_, x, y) | Expr::Range(x, y, _) | Expr::Assign(_, x, y) => {
            tidy_expr(x);
            tidy_expr(y);
        }
        Expr::Struct(_, fields, _) => fields.iter_mut().for_each(|(_, x)| tidy_expr(x)),
        Expr::Block(_, b) | Expr::Loop(_, b) => b.tidy(),
        Expr::If(cond, then, els) => {
            tidy_expr(cond);
            then.tidy();
            if let Some(els) = els {
                tidy_expr(els);
            }
        }
        Expr::Match(x, arms) => {
            tidy_expr(x);
            arms.iter_mut().for_each(|a| a.body.tidy());
        }
        Expr::While(_, cond, b) | Expr::For(_, _, cond, b) => {
            tidy_expr(cond);
            b.tidy();
        }
        Expr::Select(arms) => arms.iter_mut().for_each(|a| {
            match &mut a.head {
                SelectHead::Recv(_, x) => tidy_expr(x),
                SelectHead::Send(x, y) => {
                    tidy_expr(x);
                    tidy_expr(y);
                }
                SelectHead::Default => {}
            }
            a.body.tidy();
        }),
    }
}
