//! Blocks that only keep Go's scopes apart, taken away where nothing needs them.
//!
//! Go's `if v := f(); v > 0 {}` declares v for the statement alone, so lowering puts a block around it. The block goes where no
//! name declared in it is used for something else after it. Always holds: every name means what it meant before.

use super::visit::{Part, PartMut};
use super::{Block, Expr, Pat, Stmt};

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
        self.join_declarations();
        self.return_directly();
    }

    /// A variable that gets a zero value gets the value it is assigned first, if nothing has looked at it until then. Without
    /// any use (a named result that `return v` leaves alone) it goes.
    fn join_declarations(&mut self) {
        let mut i = 0;
        while i < self.stmts.len() {
            let (before, rest) = self.stmts.split_at(i + 1);
            let Stmt::Let { pat: Pat::Name { name, .. }, ty, init: Some(init) } = &before[i] else {
                i += 1;
                continue;
            };
            // a comment behind it stays with it
            if !is_zero(init) || matches!(rest.first(), Some(Stmt::Trailing(_))) {
                i += 1;
                continue;
            }
            let first = rest.iter().position(|s| uses(std::slice::from_ref(s), name) || declares(s, name));
            match first.map(|at| (at, &rest[at])) {
                None => drop(self.stmts.remove(i)),
                Some((_, s)) if declares(s, name) && !uses(std::slice::from_ref(s), name) => {
                    drop(self.stmts.remove(i))
                }
                Some((at, Stmt::Expr(Expr::Assign("=", place, value))))
                    if matches!(&**place, Expr::Path(p) if p == name) && !mentions(value, name) =>
                {
                    let says_type = matches!(&**value, Expr::Call(f, _) if matches!(&**f, Expr::Path(p) if p.contains("::<")));
                    let ty = ty.clone().filter(|_| !says_type);
                    let mutable = rest[at + 1..].iter().any(|s| uses(std::slice::from_ref(s), name))
                        && super::mutable::assigned_in(&rest[at + 1..], name);
                    let pat = Pat::Name { name: name.clone(), mutable };
                    let joined = Stmt::Let { pat, ty, init: Some((**value).clone()) };
                    self.stmts[i + 1 + at] = joined;
                    self.stmts.remove(i);
                }
                _ => i += 1,
            }
        }
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

/// `nil()`, `0`, `str("")` and so on: nothing is lost with it.
fn is_zero(x: &Expr) -> bool {
    match x {
        Expr::Lit(text) => matches!(text.as_str(), "0" | "0.0" | "false" | "\"\""),
        Expr::Path(text) => text == "false",
        Expr::Call(f, args) => {
            let is_name = |p: &str| {
                matches!(p, "nil" | "zero" | "str") || p.starts_with("nil::<") || p.starts_with("zero::<")
            };
            matches!(&**f, Expr::Path(p) if is_name(p)) && args.iter().all(is_zero)
        }
        _ => false,
    }
}

fn declares(stmt: &Stmt, name: &str) -> bool {
    let Stmt::Let { pat, .. } = stmt else { return false };
    let mut names = vec![];
    bound(pat, &mut names);
    names.contains(&name)
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

pub(super) fn bound<'a>(pat: &'a Pat, names: &mut Vec<&'a str>) {
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
    let values = match x {
        Expr::Path(path) => return path == name,
        Expr::Match(_, arms) => {
            arms.iter().any(|a| matches!(&a.pat, Pat::Values(list) if list.iter().any(|x| mentions(x, name))))
        }
        _ => false,
    };
    let mut found = values;
    x.parts(&mut |part| {
        found = found
            || match part {
                Part::Expr(x) => mentions(x, name),
                Part::Block(b) => uses(&b.stmts, name),
            };
    });
    found
}

fn tidy_expr(x: &mut Expr) {
    // a loop that only counts
    if let Expr::For(_, pat, _, body) = x
        && matches!(pat, Pat::Name { name, .. } if !uses(&body.stmts, name))
    {
        *pat = Pat::Wild;
    }
    x.parts_mut(&mut |part| match part {
        PartMut::Expr(x) => tidy_expr(x),
        PartMut::Block(b) => b.tidy(),
    });
}
