//! Labels and the statements that jump to them (Go specification, "Labeled statements", "Goto statements").

use super::Checker;
use crate::ast::{AssignOp, Block, BranchKind, Decl, Stmt, StmtKind};
use crate::source::Pos;
use crate::symbol::Symbol;

/// A label of the function: which block declares it, as the path of block numbers from the body.
struct Label {
    name: Symbol,
    pos: Pos,
    block: Vec<u32>,
    used: bool,
}

/// A statement that `break` or `continue` may name or leave.
#[derive(Clone, Copy)]
struct Enclosing {
    label: Option<Symbol>,
    is_loop: bool,
}

/// A message and the other place it is about.
type Report = (Pos, String, Option<(Pos, String)>);

#[derive(Default)]
struct Walk {
    labels: Vec<Label>,
    /// Variable declarations by block.
    vars: Vec<(Vec<u32>, Pos)>,
    gotos: Vec<(Symbol, Pos, Vec<u32>)>,
    enclosing: Vec<Enclosing>,
    block: Vec<u32>,
    next_block: u32,
    errors: Vec<Report>,
}

impl Checker<'_> {
    /// Checks all jumps of a function body; the bodies of literals inside have labels of their own.
    pub(super) fn labels(&mut self, body: &Block) {
        let mut walk = Walk::default();
        walk.collect(&body.stmts);
        walk.block.clear();
        walk.next_block = 0;
        walk.stmts(&body.stmts);
        walk.jumps();
        for label in walk.labels.iter().filter(|l| !l.used && !l.name.is_blank()) {
            self.error(label.pos, format!("label {} defined and not used", label.name));
        }
        for (pos, text, related) in walk.errors {
            self.diags.error(pos, text).related.extend(related);
        }
    }
}

impl Walk {
    fn error(&mut self, pos: Pos, text: String) {
        self.errors.push((pos, text, None));
    }

    fn in_block(&mut self, f: impl FnOnce(&mut Self)) {
        self.next_block += 1;
        self.block.push(self.next_block);
        f(self);
        self.block.pop();
    }

    /// Runs `f` on the statement lists right below `stmt`, each as a block of its own.
    fn inner(&mut self, stmt: &Stmt, f: &mut dyn FnMut(&mut Self, &[Stmt])) {
        match &stmt.kind {
            StmtKind::Block(b) => self.in_block(|w| f(w, &b.stmts)),
            StmtKind::If { then, els, .. } => {
                self.in_block(|w| f(w, &then.stmts));
                if let Some(els) = els {
                    self.in_block(|w| f(w, std::slice::from_ref(els)));
                }
            }
            StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
                for c in clauses {
                    self.in_block(|w| f(w, &c.body));
                }
            }
            StmtKind::Select { clauses, .. } => {
                for c in clauses {
                    self.in_block(|w| f(w, &c.body));
                }
            }
            StmtKind::For { body, .. } | StmtKind::Range { body, .. } => self.in_block(|w| f(w, &body.stmts)),
            _ => {}
        }
    }

    fn collect(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            let mut stmt = stmt;
            while let StmtKind::Labeled { label, stmt: inner } = &stmt.kind {
                if let Some(other) =
                    self.labels.iter().find(|l| l.name == label.name && !label.name.is_blank())
                {
                    let related = Some((other.pos, "other definition".to_owned()));
                    self.errors.push((label.pos, format!("label {} already defined", label.name), related));
                } else {
                    let block = self.block.clone();
                    self.labels.push(Label { name: label.name, pos: label.pos, block, used: false });
                }
                stmt = inner;
            }
            match &stmt.kind {
                StmtKind::Decl(Decl::Var { pos, .. }) => self.vars.push((self.block.clone(), *pos)),
                StmtKind::Assign { op: AssignOp::Define, .. } => {
                    self.vars.push((self.block.clone(), stmt.span.lo))
                }
                _ => {}
            }
            self.inner(stmt, &mut |w, list| w.collect(list));
        }
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            self.stmt(stmt, None);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, label: Option<Symbol>) {
        match &stmt.kind {
            StmtKind::Labeled { label, stmt } => self.stmt(stmt, Some(label.name)),
            StmtKind::Branch { kind, label } => {
                self.branch(stmt.span.lo, *kind, label.map(|l| (l.name, l.pos)))
            }
            StmtKind::For { .. } | StmtKind::Range { .. } => {
                self.enclosing.push(Enclosing { label, is_loop: true });
                self.inner(stmt, &mut |w, list| w.stmts(list));
                self.enclosing.pop();
            }
            StmtKind::Select { .. } | StmtKind::TypeSwitch { .. } => {
                self.enclosing.push(Enclosing { label, is_loop: false });
                // a fallthrough there is out of place; type switches are told by switch.rs
                let in_select = matches!(stmt.kind, StmtKind::Select { .. });
                self.inner(stmt, &mut |w, list| w.clause(list, false, in_select));
                self.enclosing.pop();
            }
            StmtKind::Switch { clauses, .. } => {
                self.enclosing.push(Enclosing { label, is_loop: false });
                let mut left = clauses.len();
                self.inner(stmt, &mut |w, list| {
                    left -= 1;
                    if left == 0
                        && let Some(pos) = Checker::fallthrough_at_end(list)
                    {
                        w.error(pos, "cannot fallthrough final case in switch".into());
                    }
                    w.clause(list, true, true);
                });
                self.enclosing.pop();
            }
            _ => self.inner(stmt, &mut |w, list| w.stmts(list)),
        }
    }

    /// The body of a case; a `fallthrough` at its end has been judged if `may_fall`.
    fn clause(&mut self, list: &[Stmt], may_fall: bool, report: bool) {
        let at_end = Checker::fallthrough_at_end(list);
        for stmt in list {
            let fall = matches!(stmt.kind, StmtKind::Branch { kind: BranchKind::Fallthrough, .. });
            if fall && (may_fall || !report) && Some(stmt.span.lo) == at_end {
                continue;
            }
            self.stmt(stmt, None);
        }
    }

    fn branch(&mut self, pos: Pos, kind: BranchKind, label: Option<(Symbol, Pos)>) {
        let Some((name, label_pos)) = label else {
            match kind {
                BranchKind::Break if self.enclosing.is_empty() => {
                    self.error(pos, "break is not in a loop, switch, or select".into());
                }
                BranchKind::Continue if !self.enclosing.iter().any(|e| e.is_loop) => {
                    self.error(pos, "continue is not in a loop".into());
                }
                BranchKind::Fallthrough => self.error(pos, "fallthrough statement out of place".into()),
                _ => {}
            }
            return;
        };
        let Some(known) = self.labels.iter_mut().find(|l| l.name == name) else {
            let text = match kind {
                BranchKind::Break => format!("break label not defined: {name}"),
                BranchKind::Continue => format!("continue label not defined: {name}"),
                _ => format!("label {name} not defined"),
            };
            self.error(label_pos, text);
            return;
        };
        known.used = true;
        let target = self.enclosing.iter().rev().find(|e| e.label == Some(name));
        match kind {
            BranchKind::Break if target.is_none() => {
                self.error(label_pos, format!("invalid break label {name}"))
            }
            BranchKind::Continue if !target.is_some_and(|t| t.is_loop) => {
                self.error(label_pos, format!("invalid continue label {name}"));
            }
            BranchKind::Goto => self.gotos.push((name, label_pos, self.block.clone())),
            _ => {}
        }
    }

    fn jumps(&mut self) {
        for (name, pos, block) in std::mem::take(&mut self.gotos) {
            let Some(label) = self.labels.iter().find(|l| l.name == name) else { continue };
            let (target, label_pos) = (label.block.clone(), label.pos);
            if !block.starts_with(&target) {
                let text = format!("goto {name} jumps into block");
                self.errors.push((pos, text, Some((label_pos, "the label".into()))));
                continue;
            }
            let over = self.vars.iter().find(|(b, at)| *b == target && *at > pos && *at < label_pos);
            if let Some((_, at)) = over {
                let related = Some((*at, "the declaration".to_owned()));
                self.errors.push((pos, format!("goto {name} jumps over variable declaration"), related));
            }
        }
    }
}
