//! Statements (Go specification, "Statements").

use super::Parser;
use crate::ast::{
    AssignOp, BinaryOp, Block, BranchKind, CaseClause, CommClause, ExprId, ExprKind, Ident, Stmt, StmtKind,
};
use crate::lexer::{Kw, Tok};
use crate::source::{Pos, Span};

/// Which statement a header belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Header {
    If,
    For,
    Switch,
}

/// A parsed `init; cond; post`.
struct Clauses {
    init: Option<Box<Stmt>>,
    cond: Option<Box<Stmt>>,
    post: Option<Box<Stmt>>,
}

impl Parser<'_> {
    /// A function body.
    pub(super) fn func_body(&mut self) -> Block {
        let outer = std::mem::replace(&mut self.in_func, true);
        let body = self.block();
        self.in_func = outer;
        body
    }

    fn block(&mut self) -> Block {
        let lbrace = self.want(Tok::LBrace);
        let stmts = self.nested(Self::stmt_list, |_| vec![]);
        let rbrace = self.want(Tok::RBrace);
        Block { lbrace, stmts, rbrace }
    }

    /// The block after the header of a statement.
    fn body_after(&mut self, clause: &str) -> Block {
        if !self.at(Tok::LBrace) {
            self.syntax_error(&format!("expected {{ after {clause} clause"));
            self.skip_to(&[Tok::Ident, Tok::RBrace]);
            let here = self.tok.pos;
            if self.eat(Tok::RBrace) {
                return Block { lbrace: here, stmts: vec![], rbrace: here };
            }
            let stmts = self.nested(Self::stmt_list, |_| vec![]);
            let rbrace = self.want(Tok::RBrace);
            return Block { lbrace: here, stmts, rbrace };
        }
        self.block()
    }

    pub(super) fn stmt_list(&mut self) -> Vec<Stmt> {
        let mut stmts = vec![];
        while !matches!(self.tok.kind, Tok::Eof | Tok::RBrace | Tok::Kw(Kw::Case | Kw::Default)) {
            let start = self.tok.pos;
            let Some(stmt) = self.opt_stmt() else { break };
            stmts.push(stmt);
            // a semicolon may be left out before a closing brace
            if !self.eat(Tok::Semi) && !self.at(Tok::RBrace) {
                self.syntax_error("at end of statement");
                self.skip_to(&[Tok::Semi, Tok::RBrace, Tok::Kw(Kw::Case), Tok::Kw(Kw::Default)]);
                self.eat(Tok::Semi);
            }
            if self.tok.pos == start && !self.at(Tok::Eof) {
                self.next();
            }
        }
        stmts
    }

    fn stmt_at(&mut self, lo: Pos, kind: StmtKind) -> Stmt {
        Stmt { span: Span::new(lo, self.prev_end), kind }
    }

    /// Statement, if one starts here.
    fn opt_stmt(&mut self) -> Option<Stmt> {
        self.nested(Self::opt_stmt_inner, |_| None)
    }

    fn opt_stmt_inner(&mut self) -> Option<Stmt> {
        let lo = self.tok.pos;
        let kind = match self.tok.kind {
            Tok::Semi => return Some(Stmt { span: Span::new(lo, lo), kind: StmtKind::Empty }),
            Tok::LBrace => StmtKind::Block(self.block()),
            Tok::Kw(Kw::Var | Kw::Const | Kw::Type) => StmtKind::Decl(self.general_decl()),
            Tok::Kw(kw) => match kw {
                Kw::For => self.for_stmt(),
                Kw::Switch => self.switch_stmt(),
                Kw::Select => self.select_stmt(),
                Kw::If => return Some(self.if_stmt()),
                Kw::Fallthrough => {
                    self.next();
                    StmtKind::Branch { kind: BranchKind::Fallthrough, label: None }
                }
                Kw::Break | Kw::Continue => {
                    self.next();
                    let label = self.at(Tok::Ident).then(|| self.name());
                    let kind = if kw == Kw::Break { BranchKind::Break } else { BranchKind::Continue };
                    StmtKind::Branch { kind, label }
                }
                Kw::Goto => {
                    self.next();
                    StmtKind::Branch { kind: BranchKind::Goto, label: Some(self.name()) }
                }
                Kw::Go | Kw::Defer => self.call_stmt(kw),
                Kw::Return => {
                    self.next();
                    let values = if matches!(self.tok.kind, Tok::Semi | Tok::RBrace) {
                        vec![]
                    } else {
                        self.expr_list()
                    };
                    StmtKind::Return(values)
                }
                Kw::Func | Kw::Struct | Kw::Map | Kw::Chan | Kw::Interface => {
                    return Some(self.simple_stmt(false));
                }
                _ => return None,
            },
            Tok::Ident => {
                let first = self.expr_list();
                if let [x] = first[..]
                    && let ExprKind::Ident(name) = self.exprs.get(x).kind
                    && self.at(Tok::Colon)
                {
                    return self.labeled_stmt(Ident { name, pos: lo });
                }
                return Some(self.simple_from(lo, first, false));
            }
            Tok::Lit(_) | Tok::LParen | Tok::LBrack | Tok::Not | Tok::Tilde | Tok::Arrow => {
                return Some(self.simple_stmt(false));
            }
            Tok::Op(BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::And | BinaryOp::Xor) => {
                return Some(self.simple_stmt(false));
            }
            _ => return None,
        };
        Some(self.stmt_at(lo, kind))
    }

    fn labeled_stmt(&mut self, label: Ident) -> Option<Stmt> {
        let colon = self.tok.pos;
        self.next();
        let inner = if self.at(Tok::RBrace) {
            Stmt { span: Span::new(self.tok.pos, self.tok.pos), kind: StmtKind::Empty }
        } else {
            match self.opt_stmt() {
                Some(stmt) => stmt,
                None => {
                    self.syntax_error_at(colon, "!missing statement after label");
                    return None;
                }
            }
        };
        Some(self.stmt_at(label.pos, StmtKind::Labeled { label, stmt: Box::new(inner) }))
    }

    fn call_stmt(&mut self, kw: Kw) -> StmtKind {
        self.next();
        let pos = self.tok.pos;
        let mut x = self.expr();
        let mut inner = x;
        while let ExprKind::Paren(y) = self.exprs.get(inner).kind {
            inner = y;
        }
        if inner != x {
            self.diags.error(pos, format!("expression in {} must not be parenthesized", kw.as_str()));
            x = inner;
        }
        if kw == Kw::Go { StmtKind::Go(x) } else { StmtKind::Defer(x) }
    }

    /// SimpleStmt; with `range` a range clause is allowed.
    fn simple_stmt(&mut self, range: bool) -> Stmt {
        let lo = self.tok.pos;
        if range && self.at_kw(Kw::Range) {
            return self.range_clause(lo, &[], false);
        }
        let first = self.expr_list();
        self.simple_from(lo, first, range)
    }

    fn simple_from(&mut self, lo: Pos, mut lhs: Vec<ExprId>, range: bool) -> Stmt {
        let op_pos = self.tok.pos;
        let op = match self.tok.kind {
            Tok::Assign => AssignOp::Assign,
            Tok::Define => AssignOp::Define,
            Tok::OpAssign(op) if lhs.len() == 1 => AssignOp::Op(op),
            Tok::Inc | Tok::Dec if lhs.len() == 1 => {
                let inc = self.at(Tok::Inc);
                self.next();
                return self.stmt_at(lo, StmtKind::IncDec { x: lhs[0], inc, op_pos });
            }
            Tok::Arrow if lhs.len() == 1 => {
                self.next();
                let value = self.expr();
                return self.stmt_at(lo, StmtKind::Send { chan: lhs[0], arrow: op_pos, value });
            }
            _ if lhs.len() == 1 => {
                let x = lhs.pop().expect("one expression");
                return self.stmt_at(lo, StmtKind::Expr(x));
            }
            _ => {
                self.syntax_error("expected := or = or comma");
                self.skip_to(&[Tok::Semi, Tok::RBrace, Tok::LBrace]);
                return self.stmt_at(lo, StmtKind::Bad);
            }
        };
        self.next();
        if range && self.at_kw(Kw::Range) && !matches!(op, AssignOp::Op(_)) {
            return self.range_clause(lo, &lhs, op == AssignOp::Define);
        }
        let rhs = if matches!(op, AssignOp::Op(_)) { vec![self.expr()] } else { self.expr_list() };
        self.stmt_at(lo, StmtKind::Assign { lhs, op, op_pos, rhs })
    }

    fn range_clause(&mut self, lo: Pos, lhs: &[ExprId], define: bool) -> Stmt {
        let range_pos = self.tok.pos;
        self.next();
        let x = self.expr();
        let nothing = Block { lbrace: Pos::NONE, stmts: vec![], rbrace: Pos::NONE };
        let [key, value, extra] = [0, 1, 2].map(|i| lhs.get(i).copied());
        self.stmt_at(lo, StmtKind::Range { key, value, extra, define, x, range_pos, body: nothing })
    }

    /// The part between the keyword and `{`.
    fn header(&mut self, header: Header) -> Clauses {
        let keyword = match header {
            Header::If => "if",
            Header::For => "for",
            Header::Switch => "switch",
        };
        let mut clauses = Clauses { init: None, cond: None, post: None };
        if self.at(Tok::LBrace) {
            if header == Header::If {
                self.syntax_error("!missing condition in if statement");
            }
            return clauses;
        }
        let outer = std::mem::replace(&mut self.expr_level, -1);
        if !self.at(Tok::Semi) {
            if self.at_kw(Kw::Var) {
                self.next();
                self.syntax_error(&format!("!var declaration not allowed in {keyword} initializer"));
            }
            let init = self.simple_stmt(header == Header::For);
            if matches!(init.kind, StmtKind::Range { .. }) {
                self.expr_level = outer;
                clauses.cond = Some(Box::new(init));
                return clauses;
            }
            clauses.init = Some(Box::new(init));
        }
        if self.at(Tok::Semi) {
            let semi = self.tok;
            self.next();
            let inserted = semi.sym.is_some_and(|s| s.as_str() == "newline");
            if header == Header::For {
                if !self.at(Tok::Semi) {
                    if self.at(Tok::LBrace) {
                        self.syntax_error("expected for loop condition");
                        self.expr_level = outer;
                        return clauses;
                    }
                    clauses.cond = Some(Box::new(self.simple_stmt(false)));
                }
                self.want(Tok::Semi);
                if !self.at(Tok::LBrace) {
                    let post = self.simple_stmt(false);
                    if let StmtKind::Assign { op: AssignOp::Define, op_pos, .. } = post.kind {
                        self.syntax_error_at(op_pos, "!cannot declare in post statement of for loop");
                    }
                    clauses.post = Some(Box::new(post));
                }
            } else if !self.at(Tok::LBrace) {
                clauses.cond = Some(Box::new(self.simple_stmt(false)));
            } else if header == Header::If {
                if inserted {
                    self.syntax_error_at(
                        semi.pos,
                        &format!("!unexpected newline, expected {{ after {keyword} clause"),
                    );
                } else {
                    self.syntax_error_at(semi.pos, "!missing condition in if statement");
                }
            }
        } else {
            if !self.at(Tok::LBrace) {
                self.syntax_error("expected {");
                self.skip_to(&[Tok::LBrace, Tok::RBrace]);
            }
            clauses.cond = clauses.init.take();
        }
        self.expr_level = outer;
        clauses
    }

    /// A header's last part must be an expression.
    fn condition(&mut self, stmt: Option<Box<Stmt>>) -> Option<ExprId> {
        let stmt = stmt?;
        match stmt.kind {
            StmtKind::Expr(x) => Some(x),
            StmtKind::Bad => None,
            kind => {
                let what = match &kind {
                    StmtKind::Assign { lhs, op: AssignOp::Assign, rhs, .. }
                        if lhs.len() == 1 && rhs.len() == 1 =>
                    {
                        let text = |x: ExprId| {
                            let span = self.exprs.get(x).span;
                            let bytes = &self.src
                                [(span.lo.0 - self.base.0) as usize..(span.hi.0 - self.base.0) as usize];
                            String::from_utf8_lossy(bytes).into_owned()
                        };
                        format!("cannot use assignment {} = {} as value", text(lhs[0]), text(rhs[0]))
                    }
                    _ => {
                        let bytes = &self.src[(stmt.span.lo.0 - self.base.0) as usize
                            ..(stmt.span.hi.0 - self.base.0) as usize];
                        format!("cannot use {} as value", String::from_utf8_lossy(bytes))
                    }
                };
                let at = match kind {
                    StmtKind::Assign { op_pos, .. } | StmtKind::IncDec { op_pos, .. } => op_pos,
                    StmtKind::Send { arrow, .. } => arrow,
                    _ => stmt.span.lo,
                };
                self.syntax_error_at(at, &format!("!{what}"));
                None
            }
        }
    }

    fn if_stmt(&mut self) -> Stmt {
        let lo = self.tok.pos;
        self.next();
        let Clauses { init, cond, .. } = self.header(Header::If);
        let cond = match self.condition(cond) {
            Some(cond) => cond,
            None => self.bad(),
        };
        let then = self.body_after("if");
        let els = if self.at_kw(Kw::Else) {
            self.next();
            let lo = self.tok.pos;
            match self.tok.kind {
                Tok::Kw(Kw::If) => {
                    // programs that programs write have long chains of them
                    let mut links = self.else_ifs;
                    let rest = if self.link(&mut links) {
                        let outer = std::mem::replace(&mut self.else_ifs, links);
                        let rest = self.if_stmt();
                        self.else_ifs = outer;
                        rest
                    } else {
                        self.stmt_at(lo, StmtKind::Bad)
                    };
                    Some(Box::new(rest))
                }
                Tok::LBrace => {
                    let block = self.block();
                    Some(Box::new(self.stmt_at(lo, StmtKind::Block(block))))
                }
                _ => {
                    self.syntax_error("!else must be followed by if or statement block");
                    self.skip_to(&[Tok::Ident, Tok::RBrace]);
                    None
                }
            }
        } else {
            None
        };
        self.stmt_at(lo, StmtKind::If { init, cond, then, els })
    }

    fn for_stmt(&mut self) -> StmtKind {
        self.next();
        let Clauses { init, cond, post } = self.header(Header::For);
        if let Some(stmt) = cond {
            if let StmtKind::Range { key, value, extra, define, x, range_pos, .. } = stmt.kind {
                let body = self.body_after("for");
                return StmtKind::Range { key, value, extra, define, x, range_pos, body };
            }
            let cond = self.condition(Some(stmt));
            let body = self.body_after("for");
            return StmtKind::For { init, cond, post, body };
        }
        let body = self.body_after("for");
        StmtKind::For { init, cond: None, post, body }
    }

    fn switch_stmt(&mut self) -> StmtKind {
        self.next();
        let Clauses { init, cond, .. } = self.header(Header::Switch);
        let guard = cond.as_ref().and_then(|stmt| self.type_switch_guard(stmt));
        let tag = if guard.is_some() { None } else { self.condition(cond) };
        if !self.eat(Tok::LBrace) {
            self.syntax_error("!missing { after switch clause");
            self.skip_to(&[Tok::Kw(Kw::Case), Tok::Kw(Kw::Default), Tok::RBrace]);
        }
        let mut clauses = vec![];
        while !matches!(self.tok.kind, Tok::Eof | Tok::RBrace) {
            let start = self.tok.pos;
            clauses.push(self.case_clause());
            if self.tok.pos == start {
                self.next();
            }
        }
        let rbrace = self.want(Tok::RBrace);
        match guard {
            Some((bind, x)) => StmtKind::TypeSwitch { init, bind, x, clauses, rbrace },
            None => StmtKind::Switch { init, tag, clauses, rbrace },
        }
    }

    /// `x.(type)` or `v := x.(type)`.
    fn type_switch_guard(&self, stmt: &Stmt) -> Option<(Option<Ident>, ExprId)> {
        let operand = |x: ExprId| match self.exprs.get(x).kind {
            ExprKind::TypeAssert { x, ty: None } => Some(x),
            _ => None,
        };
        match &stmt.kind {
            StmtKind::Expr(x) => Some((None, operand(*x)?)),
            StmtKind::Assign { lhs, op: AssignOp::Define, rhs, .. } if lhs.len() == 1 && rhs.len() == 1 => {
                let x = operand(rhs[0])?;
                match self.exprs.get(lhs[0]).kind {
                    ExprKind::Ident(name) => Some((Some(Ident { name, pos: self.pos_of(lhs[0]) }), x)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn case_clause(&mut self) -> CaseClause {
        let pos = self.tok.pos;
        let mut exprs = vec![];
        let mut is_default = false;
        match self.tok.kind {
            Tok::Kw(Kw::Case) => {
                self.next();
                exprs.push(self.type_or_expr());
                while self.eat(Tok::Comma) {
                    exprs.push(self.type_or_expr());
                }
            }
            Tok::Kw(Kw::Default) => {
                self.next();
                is_default = true;
            }
            _ => {
                self.syntax_error("expected case or default or }");
                self.skip_to(&[Tok::Colon, Tok::Kw(Kw::Case), Tok::Kw(Kw::Default), Tok::RBrace]);
            }
        }
        let colon = self.want(Tok::Colon);
        let body = self.nested(Self::stmt_list, |_| vec![]);
        CaseClause { pos, exprs, is_default, colon, body }
    }

    fn select_stmt(&mut self) -> StmtKind {
        self.next();
        if !self.eat(Tok::LBrace) {
            self.syntax_error("!missing { after select clause");
            self.skip_to(&[Tok::Kw(Kw::Case), Tok::Kw(Kw::Default), Tok::RBrace]);
        }
        let mut clauses = vec![];
        while !matches!(self.tok.kind, Tok::Eof | Tok::RBrace) {
            let start = self.tok.pos;
            clauses.push(self.comm_clause());
            if self.tok.pos == start {
                self.next();
            }
        }
        let rbrace = self.want(Tok::RBrace);
        StmtKind::Select { clauses, rbrace }
    }

    fn comm_clause(&mut self) -> CommClause {
        let pos = self.tok.pos;
        let comm = match self.tok.kind {
            Tok::Kw(Kw::Case) => {
                self.next();
                Some(Box::new(self.simple_stmt(false)))
            }
            Tok::Kw(Kw::Default) => {
                self.next();
                None
            }
            _ => {
                self.syntax_error("expected case or default or }");
                self.skip_to(&[Tok::Colon, Tok::Kw(Kw::Case), Tok::Kw(Kw::Default), Tok::RBrace]);
                None
            }
        };
        let colon = self.want(Tok::Colon);
        let body = self.nested(Self::stmt_list, |_| vec![]);
        CommClause { pos, comm, colon, body }
    }
}
