//! `goto` (Go specification, "Goto statements").
//!
//! One label that is only jumped back to is the start of a loop, one that is only jumped forward to stands behind a block. Any
//! other list of statements with labels is cut at them; the parts stand in a `match` inside a loop, and a jump sets the number of
//! the next part. What one part declares and another uses is declared before the loop.

use super::Lower;
use super::control::{Goto, Target};
use crate::ast::{BranchKind, Ident, Stmt, StmtKind};
use crate::ir::{self, Arm, Block, Expr, Pat};
use crate::source::Pos;
use crate::symbol::Symbol;

impl Lower<'_> {
    /// The labels of this very list that a `goto` in it names.
    pub(super) fn goto_labels(list: &[Stmt]) -> Vec<Symbol> {
        let mut labels = vec![];
        for stmt in list {
            let mut stmt = stmt;
            while let StmtKind::Labeled { label, stmt: inner } = &stmt.kind {
                let name = label.name;
                let jumped_to = crate::ast::any_stmt(
                    list,
                    &|s| matches!(s.kind, StmtKind::Branch { kind: BranchKind::Goto, label: Some(l) } if l.name == name),
                );
                if jumped_to {
                    labels.push(name);
                }
                stmt = inner;
            }
        }
        labels
    }

    /// Lowers a list with such labels.
    pub(super) fn stmts_with_labels(&mut self, list: &[Stmt], labels: &[Symbol]) -> Vec<ir::Stmt> {
        if let [label] = *labels
            && let Some(stmts) = self.structured(list, label)
        {
            return stmts;
        }
        let next = self.temp("next");
        let loop_label = self.temp("goto");
        // which part a label begins
        let mut begins = vec![];
        let mut parts: Vec<Vec<&Stmt>> = vec![vec![]];
        for stmt in list {
            let mut at = stmt;
            let mut cut = false;
            while let StmtKind::Labeled { label, stmt: inner } = &at.kind {
                if labels.contains(&label.name) {
                    if !cut {
                        parts.push(vec![]);
                        cut = true;
                    }
                    begins.push((label.name, parts.len() - 1));
                }
                at = inner;
            }
            parts.last_mut().expect("starts with one").push(stmt);
        }
        self.cx.targets.push(Target::of_goto(loop_label.clone(), Goto::Parts(next.clone(), begins)));
        let mut lowered: Vec<Vec<ir::Stmt>> = vec![];
        for part in parts {
            let mut out = vec![];
            for stmt in part {
                self.stmt_with_comments(stmt, &mut out);
            }
            lowered.push(out);
        }
        self.cx.targets.pop();

        let mut stmts = shared(&mut lowered);
        let pat = Pat::Name { name: next.clone(), mutable: true };
        stmts.push(ir::Stmt::Let { pat, ty: None, init: Some(ir::lit("0")) });
        let last = lowered.len() - 1;
        let mut arms = vec![];
        for (i, mut part) in lowered.into_iter().enumerate() {
            if !super::switch::diverges(&part) {
                part.push(ir::Stmt::Expr(match i == last {
                    true => Expr::Break(Some(loop_label.clone())),
                    false => {
                        Expr::Assign("=", Box::new(ir::path(&next)), Box::new(ir::lit((i + 1).to_string())))
                    }
                }));
            }
            let pat = if i == last { Pat::Wild } else { Pat::Values(vec![ir::lit(i.to_string())]) };
            arms.push(Arm { comments: vec![], pat, body: Block::of(part) });
        }
        let dispatch = Expr::Match(Box::new(ir::path(&next)), arms);
        let body = Block::of(vec![super::pace::checkpoint(), ir::Stmt::Expr(dispatch)]);
        stmts.push(ir::Stmt::Expr(Expr::Loop(Some(loop_label), body)));
        stmts
    }

    /// `goto label`
    pub(super) fn goto(&mut self, pos: Pos, label: Ident) -> Expr {
        let targets = self.cx.targets.iter().enumerate().rev();
        let found = targets.into_iter().find_map(|(at, t)| Some((at, t.jump_to(label.name)?)));
        let Some((at, jump)) = found else {
            return self.unsupported(pos, "this goto");
        };
        // out of the body of a range over a function the jump is made behind the loop
        match self.cx.targets.iter().rposition(Target::is_closure).filter(|inner| *inner > at) {
            Some(inner) => self.leave_by(inner, BranchKind::Goto, Some(label)),
            None => jump,
        }
    }

    /// A list with one label, if all jumps to it go in one direction.
    fn structured(&mut self, list: &[Stmt], label: Symbol) -> Option<Vec<ir::Stmt>> {
        let is_labelled = |s: &Stmt| {
            let mut at = s;
            while let StmtKind::Labeled { label: l, stmt } = &at.kind {
                if l.name == label {
                    return true;
                }
                at = stmt;
            }
            false
        };
        let (before, after) = list.split_at(list.iter().position(is_labelled)?);
        let jumps = |s: &[Stmt]| {
            crate::ast::any_stmt(
                s,
                &|s| matches!(s.kind, StmtKind::Branch { kind: BranchKind::Goto, label: Some(l) } if l.name == label),
            )
        };
        let mut out = vec![];
        let lower = |l: &mut Self, stmts: &[Stmt], out: &mut Vec<ir::Stmt>| {
            stmts.iter().for_each(|s| l.stmt_with_comments(s, out));
        };
        if !jumps(before) {
            lower(self, before, &mut out);
            let name = self.label(Some(label), "");
            self.cx.targets.push(Target::of_goto(name.clone(), Goto::Again(label)));
            let mut body = vec![super::pace::checkpoint()];
            lower(self, after, &mut body);
            self.cx.targets.pop();
            if !super::switch::diverges(&body) {
                body.push(ir::Stmt::Expr(Expr::Break(Some(name.clone()))));
            }
            out.push(ir::Stmt::Expr(Expr::Loop(Some(name), Block::of(body))));
            return Some(out);
        }
        let first = before.iter().position(|s| jumps(std::slice::from_ref(s)))?;
        // what the block would declare, the statements after it could use
        let declares = |s: &Stmt| matches!(s.kind, StmtKind::Decl(_));
        if jumps(after) || before[first..].iter().any(declares) {
            return None;
        }
        lower(self, &before[..first], &mut out);
        let name = self.label(Some(label), "");
        self.cx.targets.push(Target::of_goto(name.clone(), Goto::Past(label)));
        let mut body = vec![];
        lower(self, &before[first..], &mut body);
        self.cx.targets.pop();
        out.push(ir::Stmt::Expr(Expr::Block(Some(name), Block::of(body))));
        lower(self, after, &mut out);
        Some(out)
    }
}

/// Turns declarations that other parts use into assignments; the result declares them.
fn shared(parts: &mut [Vec<ir::Stmt>]) -> Vec<ir::Stmt> {
    let mut declared = vec![];
    for i in 0..parts.len() {
        for j in 0..parts[i].len() {
            let ir::Stmt::Let { pat, .. } = &parts[i][j] else { continue };
            let names: Vec<String> = names_of(pat);
            let used = |part: &Vec<ir::Stmt>| {
                let text = format!("{part:?}");
                names.iter().any(|name| text.contains(&format!("\"{name}\"")))
            };
            let elsewhere = parts.iter().enumerate().any(|(k, part)| k != i && used(part));
            if !elsewhere {
                continue;
            }
            for name in &names {
                if !declared.iter().any(|(n, _)| n == name) {
                    let ty = match &parts[i][j] {
                        ir::Stmt::Let { ty, pat: Pat::Name { .. }, .. } => ty.clone(),
                        _ => None,
                    };
                    declared.push((name.clone(), ty));
                }
            }
            let ir::Stmt::Let { pat, init, .. } = std::mem::replace(&mut parts[i][j], ir::Stmt::Blank) else {
                continue;
            };
            if let Some(init) = init {
                let assigned = Expr::Assign("=", Box::new(as_expr(&pat)), Box::new(init));
                parts[i][j] = ir::Stmt::Expr(assigned);
            }
        }
    }
    declared
        .into_iter()
        .map(|(name, ty)| {
            let pat = Pat::Name { name, mutable: true };
            ir::Stmt::Let { pat, ty, init: Some(ir::call("zero", vec![])) }
        })
        .collect()
}

pub(super) fn names_of(pat: &Pat) -> Vec<String> {
    match pat {
        Pat::Name { name, .. } => vec![name.clone()],
        Pat::Tuple(parts) => parts.iter().flat_map(names_of).collect(),
        _ => vec![],
    }
}

fn as_expr(pat: &Pat) -> Expr {
    match pat {
        Pat::Name { name, .. } => ir::path(name),
        Pat::Tuple(parts) => Expr::Tuple(parts.iter().map(as_expr).collect()),
        _ => ir::path("_"),
    }
}
