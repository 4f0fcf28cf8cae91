//! Switches (Go specification, "Switch statements").
//!
//! Integer constants (defined types' too) and texts become a `match`, everything else a chain of `if`s in source order;
//! `fallthrough` numbers the clauses and walks on from the one chosen.

use super::Lower;
use crate::ast::{BranchKind, CaseClause, ExprId, ExprKind, LitKind, Stmt, StmtKind};
use crate::ir::{self, Arm, Expr, Pat};
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, TypeId};
use crate::types::{Basic, Type};
use num_traits::ToPrimitive;

impl Lower<'_> {
    pub(super) fn expr_switch(&mut self, stmt: &Stmt, label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let StmtKind::Switch { init, tag, clauses, .. } = &stmt.kind else { return };
        let mut scoped = vec![];
        if let Some(init) = init {
            self.stmt(init, &mut scoped);
        }
        let bodies: Vec<&[Stmt]> = clauses.iter().map(|c| &c.body[..]).collect();
        let falls = clauses.iter().any(falls_through);
        let whole = if falls {
            self.breakable(label, &bodies, |l| l.numbered(*tag, clauses))
        } else if let Some((tag, on)) = tag.and_then(|t| Some((t, self.matches_constants(t, clauses)?))) {
            self.breakable(label, &bodies, |l| {
                let x = l.match_constants(tag, on, clauses);
                ir::Block::of(vec![ir::Stmt::Expr(x)])
            })
        } else {
            self.breakable(label, &bodies, |l| l.chain(*tag, clauses))
        };
        self.scoped(scoped, whole, out);
    }

    /// Statements of an init and what follows, in a block if there are any.
    pub(super) fn scoped(&mut self, mut scoped: Vec<ir::Stmt>, whole: Expr, out: &mut Vec<ir::Stmt>) {
        if scoped.is_empty() {
            match whole {
                Expr::Block(None, block) if !declares(&block) => out.extend(block.stmts),
                whole => out.push(ir::Stmt::Expr(whole)),
            }
            return;
        }
        scoped.push(ir::Stmt::Expr(whole));
        out.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(scoped))));
    }

    /// What a `match` can look at, if all cases are constants that can be patterns.
    fn matches_constants(&self, tag: ExprId, clauses: &[CaseClause]) -> Option<On> {
        let ty = self.type_of(tag);
        let cases: Vec<ExprId> = clauses.iter().flat_map(|c| &c.exprs).copied().collect();
        if cases.is_empty() || !cases.iter().all(|e| self.type_of(*e) == ty) {
            return None;
        }
        let values: Vec<&Const> = cases.iter().map(|e| self.tv(*e).value.as_ref()).collect::<Option<_>>()?;
        match self.basic(ty)? {
            basic if basic.is_integer() => {
                let is_written = |e: &ExprId| {
                    matches!(self.ast(self.unparen(*e)).kind, ExprKind::BasicLit { kind: LitKind::Char, .. })
                };
                let is_char = |v: &&Const| matches!(v, Const::Int(n) if n.to_u32().is_some_and(|n| char::from_u32(n).is_some()));
                if basic == Basic::Int32
                    && !self.is_named(ty)
                    && cases.iter().any(is_written)
                    && values.iter().all(is_char)
                {
                    return Some(On::Char);
                }
                (!self.is_named(ty) || self.is_structural(ty)).then_some(On::Value)
            }
            basic if basic.is_string() => {
                let is_name =
                    |e: &ExprId| !matches!(self.ast(self.unparen(*e)).kind, ExprKind::BasicLit { .. });
                let is_plain =
                    |v: &&Const| matches!(v, Const::String(b) if b.iter().all(|b| matches!(b, b' '..=b'~')));
                (!cases.iter().any(is_name) && values.iter().all(is_plain)).then_some(On::Text)
            }
            _ => None,
        }
    }

    /// Can the constants of a defined integer type be patterns? Its Rust type says `Eq` then.
    fn is_structural(&self, ty: TypeId) -> bool {
        let Type::Named(id) = *self.program.types.get(ty) else { return false };
        self.program.types.named(id).pkg.is_some_and(|p| {
            let package = self.program.package(p);
            !package.is_golib || package.path == "time"
        })
    }

    fn match_constants(&mut self, tag: ExprId, on: On, clauses: &[CaseClause]) -> Expr {
        let ty = self.type_of(tag);
        let x = match on {
            On::Value => self.expr(tag),
            On::Char => ir::call("char::from_u32", vec![self.expr(tag).cast(ir::ty("u32"))]),
            On::Text => self.unwrapped(tag).method("as_bytes", vec![]),
        };
        let mut arms: Vec<Arm> = vec![];
        let mut default: Option<Arm> = None;
        for clause in clauses {
            let comments = self.arm_comments(clause);
            let values = clause.exprs.iter().map(|e| self.pattern_constant(*e, on, ty)).collect();
            let body = ir::Block::of(self.clause_stmts(clause.pos, clause.colon, &clause.body));
            let pat = match on {
                _ if clause.is_default => Pat::Wild,
                On::Char => Pat::Some(Box::new(Pat::Values(values))),
                On::Value | On::Text => Pat::Values(values),
            };
            let arm = Arm { comments, pat, body };
            if clause.is_default { default = Some(arm) } else { arms.push(arm) }
        }
        arms.push(default.unwrap_or(Arm { comments: vec![], pat: Pat::Wild, body: ir::Block::default() }));
        Expr::Match(Box::new(x), arms)
    }

    /// A constant as a pattern: a name if the program gave it one, else a literal.
    fn pattern_constant(&mut self, id: ExprId, on: On, ty: TypeId) -> Expr {
        let Some(value) = self.tv(id).value.clone() else { return ir::lit("0") };
        match (on, &value) {
            (On::Char, Const::Int(n)) => {
                let c = n.to_u32().and_then(char::from_u32).unwrap_or_default();
                return ir::lit(super::constant::quoted_char(c));
            }
            (On::Text, Const::String(bytes)) => {
                let text = super::constant::quoted(&String::from_utf8_lossy(bytes));
                return ir::lit(format!("b{text}"));
            }
            _ => {}
        }
        match self.constant_expr(id, &value, ty, true) {
            x if is_pattern(&x) => x,
            _ => self.constant(&value, ty, true),
        }
    }

    fn arm_comments(&mut self, clause: &CaseClause) -> Vec<String> {
        super::comments::texts(self.comments_before(clause.pos))
    }

    /// Binds the tag once, unless it is a name or constant.
    fn bind_tag(&mut self, tag: Option<ExprId>, stmts: &mut Vec<ir::Stmt>) -> Option<(Expr, TypeId)> {
        let tag = tag?;
        let ty = self.type_of(tag);
        let x = self.expr(tag);
        let stable =
            matches!(self.ast(self.unparen(tag)).kind, ExprKind::Ident(_)) && matches!(x, Expr::Path(_));
        if stable {
            return Some((x, ty));
        }
        let name = self.temp("tag");
        stmts.push(ir::let_(&name, x));
        Some((ir::path(name), ty))
    }

    fn case_test(&mut self, tag: Option<&(Expr, TypeId)>, clause: &CaseClause) -> Expr {
        let mut test: Option<Expr> = None;
        for &e in &clause.exprs {
            let one = match tag {
                None => self.cond(e),
                Some((x, ty)) => self.equals(x.clone(), *ty, e),
            };
            test = Some(match test {
                None => one,
                Some(before) => ir::binary("||", before, one),
            });
        }
        test.unwrap_or_else(|| ir::lit("true"))
    }

    /// `if`s in source order; the default clause comes last wherever it stands.
    fn chain(&mut self, tag: Option<ExprId>, clauses: &[CaseClause]) -> ir::Block {
        let mut stmts = vec![];
        let tag = self.bind_tag(tag, &mut stmts);
        let mut branches: Vec<(Expr, ir::Block)> = vec![];
        let mut default = None;
        for clause in clauses {
            let lead: Vec<ir::Stmt> = self
                .comments_before(clause.pos)
                .into_iter()
                .filter(|s| !matches!(s, ir::Stmt::Blank))
                .collect();
            let test = if clause.is_default { None } else { Some(self.case_test(tag.as_ref(), clause)) };
            let stmts = self.clause_stmts(clause.pos, clause.colon, &clause.body);
            let body = ir::Block::of(lead.into_iter().chain(stmts).collect());
            match test {
                Some(test) => branches.push((test, body)),
                None => default = Some(body),
            }
        }
        stmts.extend(if_chain(branches, default));
        ir::Block::of(stmts)
    }

    /// With `fallthrough`: which clause is chosen first, then one `if` a clause.
    fn numbered(&mut self, tag: Option<ExprId>, clauses: &[CaseClause]) -> ir::Block {
        let mut stmts = vec![];
        let tag = self.bind_tag(tag, &mut stmts);
        let mut branches = vec![];
        let mut default = clauses.len();
        for (i, clause) in clauses.iter().enumerate() {
            if clause.is_default {
                default = i;
                continue;
            }
            let test = self.case_test(tag.as_ref(), clause);
            branches.push((test, ir::lit(i.to_string()).into_block()));
        }
        let chosen = if_chain(branches, Some(ir::lit(default.to_string()).into_block()));
        let choose = match chosen {
            Some(ir::Stmt::Expr(x)) => x,
            _ => ir::lit(default.to_string()),
        };
        let name = self.temp("clause");
        let pat = Pat::Name { name: name.clone(), mutable: true };
        stmts.push(ir::Stmt::Let { pat, ty: None, init: Some(choose) });
        // once every clause before it has left the switch or fallen through, the last one runs
        let mut only_last = default < clauses.len();
        for (i, clause) in clauses.iter().enumerate() {
            let mut body = self.clause_stmts(clause.pos, clause.colon, &clause.body);
            if i + 1 == clauses.len() && only_last {
                stmts.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(body))));
                break;
            }
            if falls_through(clause) {
                let next =
                    Expr::Assign("=", Box::new(ir::path(&name)), Box::new(ir::lit((i + 1).to_string())));
                body.push(ir::Stmt::Expr(next));
            } else {
                only_last &= diverges(&body);
            }
            let test = ir::binary("==", ir::path(&name), ir::lit(i.to_string()));
            stmts.push(ir::Stmt::Expr(Expr::If(Box::new(test), ir::Block::of(body), None)));
        }
        ir::Block::of(stmts)
    }

    pub(super) fn type_switch(&mut self, stmt: &Stmt, label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let StmtKind::TypeSwitch { init, bind, x, clauses, .. } = &stmt.kind else { return };
        let (x, bind) = (*x, *bind);
        let mut scoped = vec![];
        if let Some(init) = init {
            self.stmt(init, &mut scoped);
        }
        let bodies: Vec<&[Stmt]> = clauses.iter().map(|c| &c.body[..]).collect();
        let whole = self.breakable(label, &bodies, |l| {
            let mut stmts = vec![];
            let value = l.expr(x);
            let on = if matches!(value, Expr::Path(_)) {
                value
            } else {
                let name = l.temp("x");
                stmts.push(ir::let_(&name, value));
                ir::path(name)
            };
            let mut branches = vec![];
            let mut default = None;
            for clause in clauses {
                let lead: Vec<ir::Stmt> = l.comments_before(clause.pos).into_iter().filter(|s| !matches!(s, ir::Stmt::Blank)).collect();
                let var = bind.and_then(|_| l.info().implicits.get(&clause.pos).copied());
                let used = var.is_some() && l.mentions_var(&clause.body, var);
                let mut body = lead;
                let mut test: Option<Expr> = None;
                let one_type = clause.exprs.len() == 1 && l.mode(clause.exprs[0]) == Mode::Type;
                for &e in &clause.exprs {
                    let one = if l.mode(e) == Mode::Nil {
                        on.clone().method("is_nil", vec![])
                    } else {
                        let ty = l.type_of(e);
                        let ty = l.ty(ty);
                        if one_type && used {
                            let var = var.expect("used");
                            let mut boxes = vec![];
                            let pat = l.pattern(var, &mut boxes);
                            body.extend(boxes);
                            let cast = on.clone().method(&format!("downcast::<{ty}>"), vec![]);
                            Expr::Let(Pat::Some(Box::new(pat)), Box::new(cast))
                        } else {
                            on.clone().method(&format!("downcast::<{ty}>"), vec![]).method("is_some", vec![])
                        }
                    };
                    test = Some(match test {
                        None => one,
                        Some(before) => ir::binary("||", before, one),
                    });
                }
                if let (Some(var), true, false) = (var, used, one_type) {
                    let mut boxes = vec![];
                    let pat = l.pattern(var, &mut boxes);
                    let same = matches!((&pat, &on), (Pat::Name { name, mutable: false }, Expr::Path(p)) if name == p);
                    if !same {
                        body.push(ir::Stmt::Let { pat, ty: None, init: Some(on.clone()) });
                        body.extend(boxes);
                    }
                }
                body.extend(l.clause_stmts(clause.pos, clause.colon, &clause.body));
                if clause.is_default {
                    default = Some(ir::Block::of(body));
                } else if let Some(test) = test {
                    branches.push((test, ir::Block::of(body)));
                }
            }
            stmts.extend(if_chain(branches, default));
            ir::Block::of(stmts)
        });
        self.scoped(scoped, whole, out);
    }

    /// Is the variable of a type switch clause used there?
    fn mentions_var(&self, body: &[Stmt], var: Option<crate::typed::ObjId>) -> bool {
        let Some(var) = var else { return false };
        let (lo, hi) = match (body.first(), body.last()) {
            (Some(a), Some(b)) => (a.span.lo, b.span.hi),
            _ => return false,
        };
        self.info().uses.iter().any(|(id, obj)| *obj == var && (lo..hi).contains(&self.pos(*id)))
    }

    /// `x == e` as a switch compares: an interface with a value of any type that implements it.
    fn equals(&mut self, x: Expr, ty: TypeId, e: ExprId) -> Expr {
        if self.mode(e) == Mode::Nil {
            return x.method("is_nil", vec![]);
        }
        let other = self.type_of(e);
        match (self.is_interface(ty), self.is_interface(other)) {
            (false, true) => {
                let value = self.convert_value(x, ty, other);
                let y = self.expr(e);
                ir::binary("==", value, y)
            }
            _ => {
                let y = self.expr_as(e, ty);
                match (self.under(ty), self.tv(e).value.clone()) {
                    (Type::Basic(b), Some(Const::Bool(true))) if b.is_boolean() && !self.is_named(ty) => x,
                    (Type::Basic(b), Some(Const::Bool(false))) if b.is_boolean() && !self.is_named(ty) => {
                        ir::not(x)
                    }
                    _ => ir::binary("==", x, y),
                }
            }
        }
    }
}

/// What a `match` looks at.
#[derive(Clone, Copy)]
enum On {
    /// An integer, in a defined type or not.
    Value,
    /// A rune, as a `char`.
    Char,
    /// A string's bytes.
    Text,
}

/// Can the constant stand in a pattern?
fn is_pattern(x: &Expr) -> bool {
    match x {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Unary('-', x) => matches!(**x, Expr::Lit(_)),
        Expr::Call(_, args) => args.iter().all(|x| !matches!(x, Expr::Path(_)) && is_pattern(x)),
        _ => false,
    }
}

fn falls_through(clause: &CaseClause) -> bool {
    let last = clause.body.iter().rev().find(|s| !matches!(s.kind, StmtKind::Empty));
    last.is_some_and(|s| matches!(s.kind, StmtKind::Branch { kind: BranchKind::Fallthrough, .. }))
}

/// `if a {..} else if b {..} else {..}`; only the default block's statements if there is no branch.
fn if_chain(branches: Vec<(Expr, ir::Block)>, default: Option<ir::Block>) -> Option<ir::Stmt> {
    let mut rest = default.filter(|b| !b.stmts.is_empty()).map(|b| Expr::Block(None, b));
    for (test, body) in branches.into_iter().rev() {
        rest = Some(Expr::If(Box::new(test), body, rest.map(Box::new)));
    }
    rest.map(ir::Stmt::Expr)
}

fn declares(block: &ir::Block) -> bool {
    block.stmts.iter().any(|s| matches!(s, ir::Stmt::Let { .. }))
}

/// Does control never reach the end of the list? Only an answer about what lowering itself makes.
pub(super) fn diverges(stmts: &[ir::Stmt]) -> bool {
    let last = stmts
        .iter()
        .rev()
        .find(|s| !matches!(s, ir::Stmt::Comment(_) | ir::Stmt::Trailing(_) | ir::Stmt::Blank));
    match last {
        Some(ir::Stmt::Expr(x) | ir::Stmt::Tail(x)) => expr_diverges(x),
        _ => false,
    }
}

fn expr_diverges(x: &Expr) -> bool {
    match x {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Call(f, _) => matches!(&**f, Expr::Path(p) if p == "panic"),
        Expr::If(_, then, Some(els)) => diverges(&then.stmts) && expr_diverges(els),
        Expr::Block(None, block) => diverges(&block.stmts),
        Expr::Match(_, arms) => arms.iter().all(|a| diverges(&a.body.stmts)),
        Expr::Select(arms) => arms.iter().all(|a| diverges(&a.body.stmts)),
        // a jump out of a loop names it, or there is none
        Expr::Loop(_, body) => !format!("{body:?}").contains("Break("),
        _ => false,
    }
}
