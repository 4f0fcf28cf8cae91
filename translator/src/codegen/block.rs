//! Statements, blocks and the expressions that hold blocks.

use super::Printer;
use super::expr::{Prec, starts_with_block};
use super::layout::only_value;
use crate::ir::{Block, Expr, SelectHead, Stmt};
use std::fmt::Write;

impl Printer {
    /// `{ .. }`; the statements stand on lines of their own.
    pub(super) fn block(&mut self, block: &Block) {
        if block.stmts.is_empty() {
            self.out.push_str("{}");
            return;
        }
        if self.flat {
            self.failed = true;
            return;
        }
        self.out.push_str("{\n");
        self.indented(|p| p.stmts(&block.stmts));
        if self.out.ends_with("\n\n") {
            self.out.pop();
        }
        if self.out.ends_with("{\n") {
            self.out.pop();
        } else {
            self.start();
        }
        self.out.push('}');
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        // nothing but comments may follow the value of the block
        let is_text =
            |s: &&Stmt| matches!(s, Stmt::Tail(_) | Stmt::Trailing(_) | Stmt::Comment(_) | Stmt::Blank);
        let tail = stmts.iter().position(|s| matches!(s, Stmt::Tail(_))).unwrap_or(stmts.len());
        let (before, after) = stmts.split_at(tail);
        before.iter().chain(after.iter().filter(|s| !is_text(s))).for_each(|s| self.stmt(s));
        after.iter().filter(is_text).for_each(|s| self.stmt(s));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let { pat, ty, init } => {
                self.start();
                self.out.push_str("let ");
                self.pat(pat);
                if let Some(ty) = ty {
                    self.out.push_str(": ");
                    self.ty(ty);
                }
                if let Some(init) = init {
                    self.assigned("=", init, Prec::Any, 1);
                }
                self.out.push_str(";\n");
            }
            Stmt::Expr(x) => {
                self.start();
                self.expr_statement(x, 1);
                self.out.push_str(if is_whole(x) || matches!(x, Expr::Select(_)) { "\n" } else { ";\n" });
            }
            Stmt::Tail(x) => {
                self.start();
                self.expr_statement(x, 0);
                self.out.push('\n');
            }
            Stmt::Comment(text) => self.comment(text),
            Stmt::Trailing(text) => self.trailing(text),
            Stmt::Blank => self.blank(),
            Stmt::Item(item) => self.item(item),
        }
    }

    fn expr_statement(&mut self, x: &Expr, after: usize) {
        if is_whole(x) {
            self.control(x, after);
        } else if starts_with_block(x) {
            self.out.push('(');
            self.expr(x, after + 1);
            self.out.push(')');
        } else {
            self.expr(x, after);
        }
    }

    fn label(&mut self, label: &Option<String>) {
        if let Some(label) = label {
            write!(self.out, "'{label}: ").expect("a string");
        }
    }

    /// A condition or scrutinee: a struct literal there would be taken for the block.
    fn head(&mut self, x: &Expr) {
        if ends_before_brace(x) {
            self.out.push('(');
            self.expr(x, 3);
            self.out.push(')');
        } else {
            self.expr(x, 2);
        }
    }

    /// A head and what it is the head of.
    fn headed(&mut self, word: &str, head: &Expr, body: &Block) {
        self.out.push_str(word);
        self.head(head);
        self.open_brace();
        self.out.pop();
        self.block(body);
    }

    pub(super) fn control(&mut self, x: &Expr, after: usize) {
        match x {
            Expr::Closure { moves, params, ret, body } => {
                self.out.push_str(if *moves { "move |" } else { "|" });
                for (i, param) in params.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.param(param);
                }
                self.out.push_str("| ");
                if let Some(ret) = ret {
                    self.out.push_str("-> ");
                    self.ty(ret);
                    self.out.push(' ');
                }
                self.closure_body(body, ret.is_some(), after);
            }
            Expr::Block(label, block) => {
                self.label(label);
                self.block(block);
            }
            Expr::If(cond, then, els) if self.flat => match (only_value(then), els.as_deref()) {
                (Some(then), Some(Expr::Block(None, els))) if only_value(els).is_some() => {
                    self.out.push_str("if ");
                    self.head(cond);
                    self.out.push_str(" { ");
                    self.expr(then, 0);
                    self.out.push_str(" } else { ");
                    only_value(els).into_iter().for_each(|x| self.expr(x, 0));
                    self.out.push_str(" }");
                }
                _ => self.failed = true,
            },
            Expr::If(cond, then, els) => {
                self.headed("if ", cond, then);
                match els.as_deref() {
                    None => {}
                    Some(els @ (Expr::If(..) | Expr::Block(None, _))) => {
                        self.out.push_str(" else ");
                        self.control(els, after);
                    }
                    Some(els) => {
                        self.out.push_str(" else ");
                        self.block(&els.clone().into_block());
                    }
                }
            }
            Expr::Let(pat, x) => {
                self.out.push_str("let ");
                self.pat(pat);
                self.out.push_str(" = ");
                self.expr_at(x, Prec::Compare, after);
            }
            Expr::Loop(label, body) => {
                self.label(label);
                self.out.push_str("loop ");
                self.block(body);
            }
            Expr::While(label, cond, body) => {
                self.label(label);
                self.headed("while ", cond, body);
            }
            Expr::For(label, pat, iter, body) => {
                self.label(label);
                self.out.push_str("for ");
                self.pat(pat);
                self.headed(" in ", iter, body);
            }
            Expr::Return(value) => {
                self.out.push_str("return");
                if let Some(value) = value {
                    self.out.push(' ');
                    self.expr(value, after);
                }
            }
            Expr::Break(label) | Expr::Continue(label) => {
                self.out.push_str(if matches!(x, Expr::Break(_)) { "break" } else { "continue" });
                if let Some(label) = label {
                    write!(self.out, " '{label}").expect("a string");
                }
            }
            Expr::Go(x) => {
                self.out.push_str("go!(");
                match &**x {
                    // the macro takes the receiver by itself, so it is a value, not a cell
                    Expr::Method(recv, name, args) => self.method(recv, name, args),
                    x => self.expr(x, after + 1),
                }
                self.out.push(')');
            }
            Expr::Match(..) | Expr::Select(_) if self.flat => self.failed = true,
            Expr::Match(x, arms) => {
                self.out.push_str("match ");
                self.head(x);
                self.open_brace();
                self.out.push('\n');
                self.indented(|p| {
                    for arm in arms {
                        p.comments(&arm.comments);
                        p.start();
                        p.pat(&arm.pat);
                        p.arm_body(&arm.body);
                    }
                });
                self.start();
                self.out.push('}');
            }
            Expr::Select(arms) => {
                self.out.push_str("select! {\n");
                self.indented(|p| {
                    for arm in arms {
                        p.comments(&arm.comments);
                        p.start();
                        p.select_head(&arm.head);
                        p.arm_body(&arm.body);
                    }
                });
                self.start();
                self.out.push('}');
            }
            _ => unreachable!("expr_bare prints the rest"),
        }
    }

    fn closure_body(&mut self, body: &Expr, in_braces: bool, after: usize) {
        match body {
            Expr::Block(None, block) => match only_value(block) {
                Some(x) if self.flat && in_braces => {
                    self.out.push_str("{ ");
                    self.expr(x, 0);
                    self.out.push_str(" }");
                }
                Some(x) if self.flat => self.expr(x, 0),
                _ => self.block(block),
            },
            x if self.flat && in_braces => {
                self.out.push_str("{ ");
                self.expr(x, 0);
                self.out.push_str(" }");
            }
            x if in_braces => self.block(&x.clone().into_block()),
            x => self.expr(x, after),
        }
    }

    /// ` => body` and the end of the line.
    fn arm_body(&mut self, body: &Block) {
        self.out.push_str(" => ");
        match only_value(body) {
            Some(x) if !starts_with_block(x) => {
                let (start, indent) = (self.out.len(), self.indent);
                if !self.fits(1, |p| p.expr(x, 0)) {
                    self.out.push_str("{\n");
                    self.indent = indent + 1;
                    self.start();
                    let is_line = self.fits(0, |p| p.expr(x, 0));
                    self.indent = indent;
                    if is_line {
                        self.line();
                        self.out.push_str("}\n");
                        return;
                    }
                    self.out.truncate(start);
                    self.expr(x, 1);
                }
                self.out.push_str(",\n");
            }
            _ => {
                self.block(body);
                self.out.push('\n');
            }
        }
    }

    /// Comments above something; an empty one is an empty line.
    pub(super) fn comments(&mut self, comments: &[String]) {
        for comment in comments {
            if comment.is_empty() { self.blank() } else { self.comment(comment) }
        }
    }

    fn select_head(&mut self, head: &SelectHead) {
        match head {
            SelectHead::Default => self.out.push_str("default"),
            SelectHead::Recv(pat, chan) => {
                if let Some(pat) = pat {
                    self.pat(pat);
                    self.out.push_str(" = ");
                }
                self.out.push_str("<-");
                self.expr_at(chan, Prec::Unary, 5);
            }
            SelectHead::Send(chan, value) => {
                self.expr_at(chan, Prec::Unary, 5);
                self.out.push_str(" <- ");
                self.expr(value, 5);
            }
        }
    }
}

/// An expression that is a statement without a semicolon.
fn is_whole(x: &Expr) -> bool {
    matches!(
        x,
        Expr::Block(..) | Expr::If(..) | Expr::Match(..) | Expr::Loop(..) | Expr::While(..) | Expr::For(..)
    )
}

/// Does the expression hold a struct literal outside of parentheses?
fn ends_before_brace(x: &Expr) -> bool {
    match x {
        Expr::Struct(..) => true,
        Expr::Binary(_, x, y) | Expr::Assign(_, x, y) => ends_before_brace(x) || ends_before_brace(y),
        Expr::Unary(_, x) | Expr::Cast(x, _) | Expr::Field(x, _) | Expr::Method(x, ..) | Expr::Call(x, _) => {
            ends_before_brace(x)
        }
        Expr::Index(x, _) | Expr::Let(_, x) => ends_before_brace(x),
        Expr::Range(x, y, _) => ends_before_brace(x) || ends_before_brace(y),
        _ => false,
    }
}
