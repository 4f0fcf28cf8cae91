//! Statements, blocks and the expressions that hold blocks.

use super::Printer;
use super::expr::{Prec, starts_with_block};
use crate::ir::{Block, Expr, SelectHead, Stmt};
use std::fmt::Write;

impl Printer {
    pub(super) fn block(&mut self, block: &Block) {
        self.out.push_str("{\n");
        self.stmts(&block.stmts);
        self.out.push('}');
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        // Nothing may follow the value of the block: what stands behind it is put there after the layout.
        let tail = stmts.iter().position(|s| matches!(s, Stmt::Tail(_)));
        let (before, after) = stmts.split_at(tail.unwrap_or(stmts.len()));
        for stmt in before {
            self.stmt(stmt);
        }
        let Some((value, after)) = after.split_first() else { return };
        for stmt in after {
            match stmt {
                Stmt::Trailing(text) => self.placeholder("__behind_trailing", text),
                Stmt::Comment(text) => self.placeholder("__behind_comment", text),
                Stmt::Blank => self.placeholder("__behind_comment", ""),
                stmt => self.stmt(stmt),
            }
        }
        self.stmt(value);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let { pat, ty, init } => {
                self.out.push_str("let ");
                self.pat(pat);
                if let Some(ty) = ty {
                    self.out.push_str(": ");
                    self.ty(ty);
                }
                if let Some(init) = init {
                    self.out.push_str(" = ");
                    self.expr(init);
                }
                self.out.push_str(";\n");
            }
            Stmt::Expr(x) => {
                self.expr_statement(x);
                let block_like = matches!(
                    x,
                    Expr::Block(..)
                        | Expr::If(..)
                        | Expr::Match(..)
                        | Expr::Loop(..)
                        | Expr::While(..)
                        | Expr::For(..)
                );
                self.out.push_str(if block_like { "\n" } else { ";\n" });
            }
            Stmt::Tail(x) => {
                self.expr_statement(x);
                self.out.push('\n');
            }
            Stmt::Comment(text) => self.placeholder("__comment", text),
            Stmt::Trailing(text) => self.placeholder("__trailing", text),
            Stmt::Blank => self.out.push_str("__blank!();\n"),
            Stmt::Item(item) => self.item(item),
        }
    }

    fn expr_statement(&mut self, x: &Expr) {
        let whole = matches!(
            x,
            Expr::Block(..)
                | Expr::If(..)
                | Expr::Match(..)
                | Expr::Loop(..)
                | Expr::While(..)
                | Expr::For(..)
        );
        if !whole && starts_with_block(x) {
            self.out.push('(');
            self.expr(x);
            self.out.push(')');
        } else {
            self.expr(x);
        }
    }

    pub(super) fn placeholder(&mut self, name: &str, text: &str) {
        let n = self.keep(text);
        writeln!(self.out, "{name}!({n});").expect("a string");
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
            self.expr(x);
            self.out.push(')');
        } else {
            self.expr(x);
        }
    }

    pub(super) fn control(&mut self, x: &Expr) {
        match x {
            Expr::Closure { moves, params, ret, body } => {
                self.out.push_str(if *moves { "move |" } else { "|" });
                for (i, param) in params.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(", ");
                    }
                    self.pat(&param.pat);
                    if let Some(ty) = &param.ty {
                        self.out.push_str(": ");
                        self.ty(ty);
                    }
                }
                self.out.push_str("| ");
                if let Some(ret) = ret {
                    self.out.push_str("-> ");
                    self.ty(ret);
                    self.out.push(' ');
                    self.block(&body.as_ref().clone().into_block());
                } else {
                    self.expr(body);
                }
            }
            Expr::Block(label, block) => {
                self.label(label);
                self.block(block);
            }
            Expr::If(cond, then, els) => {
                self.out.push_str("if ");
                self.head(cond);
                self.out.push(' ');
                self.block(then);
                match els.as_deref() {
                    None => {}
                    Some(els @ (Expr::If(..) | Expr::Block(None, _))) => {
                        self.out.push_str(" else ");
                        self.expr(els);
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
                self.expr_at(x, Prec::Compare);
            }
            Expr::Match(x, arms) => {
                self.out.push_str("match ");
                self.head(x);
                self.out.push_str(" {\n");
                for arm in arms {
                    self.attribute_comments(&arm.comments);
                    self.pat(&arm.pat);
                    self.out.push_str(" => ");
                    self.arm_body(&arm.body);
                }
                self.out.push('}');
            }
            Expr::Loop(label, body) => {
                self.label(label);
                self.out.push_str("loop ");
                self.block(body);
            }
            Expr::While(label, cond, body) => {
                self.label(label);
                self.out.push_str("while ");
                self.head(cond);
                self.out.push(' ');
                self.block(body);
            }
            Expr::For(label, pat, iter, body) => {
                self.label(label);
                self.out.push_str("for ");
                self.pat(pat);
                self.out.push_str(" in ");
                self.head(iter);
                self.out.push(' ');
                self.block(body);
            }
            Expr::Return(value) => {
                self.out.push_str("return");
                if let Some(value) = value {
                    self.out.push(' ');
                    self.expr(value);
                }
            }
            Expr::Break(label) | Expr::Continue(label) => {
                self.out.push_str(if matches!(x, Expr::Break(_)) { "break" } else { "continue" });
                if let Some(label) = label {
                    write!(self.out, " '{label}").expect("a string");
                }
            }
            Expr::Go(x) => {
                self.out.push_str("__go(");
                match &**x {
                    // the macro takes the receiver by itself, so it is a value, not a cell
                    Expr::Method(recv, name, args) => self.method(recv, name, args),
                    x => self.expr(x),
                }
                self.out.push(')');
            }
            Expr::Select(arms) => {
                self.out.push_str("match __select {\n");
                for arm in arms {
                    self.attribute_comments(&arm.comments);
                    let head = head_text(&arm.head);
                    let n = self.keep(&head);
                    writeln!(self.out, "#[__head({n})]").expect("a string");
                    self.out.push_str("_ => ");
                    self.arm_body(&arm.body);
                }
                self.out.push('}');
            }
            _ => unreachable!("expr_bare prints the rest"),
        }
    }

    fn arm_body(&mut self, body: &Block) {
        if let [Stmt::Tail(x) | Stmt::Expr(x)] = &body.stmts[..]
            && !starts_with_block(x)
        {
            // An assignment or call of type () reads better without braces only when it is short; prettyplease decides.
            if matches!(body.stmts[0], Stmt::Tail(_)) {
                self.expr(x);
                self.out.push_str(",\n");
                return;
            }
        }
        self.block(body);
        self.out.push('\n');
    }

    pub(super) fn attribute_comments(&mut self, comments: &[String]) {
        for comment in comments {
            if comment.is_empty() {
                self.out.push_str("#[__blank]\n");
                continue;
            }
            let n = self.keep(comment);
            writeln!(self.out, "#[__comment({n})]").expect("a string");
        }
    }
}

/// The text of an arm's head; it is outside of what prettyplease lays out.
fn head_text(head: &SelectHead) -> String {
    let mut p = Printer::default();
    match head {
        SelectHead::Default => p.out.push_str("default"),
        SelectHead::Recv(pat, chan) => {
            if let Some(pat) = pat {
                p.pat(pat);
                p.out.push_str(" = ");
            }
            p.out.push_str("<-");
            p.expr_at(chan, Prec::Unary);
        }
        SelectHead::Send(chan, value) => {
            p.expr_at(chan, Prec::Unary);
            p.out.push_str(" <- ");
            p.expr(value);
        }
    }
    let text = p.out.replace("{\n", "{ ").replace(";\n", "; ").replace('\n', " ");
    super::splice::calls(&text)
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
