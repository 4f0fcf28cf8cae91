//! Labels and the statements that jump (Go specification, "Labeled statements", "Goto statements", "Break statements",
//! "Continue statements", "Fallthrough statements").
//!
//! One walk over a function's body, block by block. A `goto` whose label has not been seen waits; what still waits at a
//! block's end waits in the block around it.

use super::Checker;
use crate::ast::{AssignOp, Block, BranchKind, Decl, Ident, Stmt, StmtKind};
use crate::source::Pos;
use crate::symbol::Symbol;

/// A declared label.
struct Label {
    name: Symbol,
    pos: Pos,
    /// The block that declares it.
    block: usize,
    kind: Labeled,
    used: bool,
}

/// What a label stands before.
#[derive(Clone, Copy, PartialEq)]
enum Labeled {
    Loop,
    /// A switch or select.
    Choice,
    Other,
}

struct Scope {
    parent: Option<usize>,
    start: Pos,
    /// The label of the statement that the block belongs to.
    label: Option<Pos>,
}

/// What encloses a statement.
#[derive(Clone, Copy, Default)]
struct Targets {
    in_loop: bool,
    breakable: Option<Breakable>,
}

#[derive(Clone, Copy)]
enum Breakable {
    LoopOrSelect,
    TypeSwitch,
    /// A clause of an expression switch right around: is it the last one? None inside a block of a clause.
    Switch(Option<bool>),
}

impl Targets {
    /// Inside a block of its own.
    fn nested(self) -> Targets {
        let breakable = match self.breakable {
            Some(Breakable::Switch(_)) => Some(Breakable::Switch(None)),
            other => other,
        };
        Targets { breakable, ..self }
    }
}

/// A message and the positions it mentions.
type Report = (Pos, String, Vec<Pos>);

struct Walk<'c, 'a> {
    checker: &'c Checker<'a>,
    labels: Vec<Label>,
    blocks: Vec<Scope>,
    errors: Vec<Report>,
}

impl Checker<'_> {
    /// Checks all jumps of a function body; the bodies of literals inside have labels of their own.
    pub(super) fn labels(&mut self, body: &Block) {
        let mut walk = Walk { checker: self, labels: vec![], blocks: vec![], errors: vec![] };
        let waiting = walk.block(None, Targets::default(), None, body.lbrace, &body.stmts);
        for goto in waiting {
            let name = goto.name;
            match walk.labels.iter_mut().find(|l| l.name == name) {
                Some(label) => {
                    label.used = true;
                    let start = walk.blocks[label.block].start;
                    let text = format!("goto {name} jumps into block starting at \0");
                    walk.errors.push((goto.pos, text, vec![start]));
                }
                None => walk.errors.push((goto.pos, format!("label {name} not defined"), vec![])),
            }
        }
        for label in walk.labels.iter().filter(|l| !l.used) {
            walk.errors.push((label.pos, format!("label {} defined and not used", label.name), vec![]));
        }
        for (pos, text, places) in walk.errors {
            self.report(pos, text, |d| {
                d.places = places;
                d
            });
        }
    }
}

impl Walk<'_, '_> {
    fn error(&mut self, pos: Pos, text: impl Into<String>) {
        self.errors.push((pos, text.into(), vec![]));
    }

    /// Walks a block; returns the jumps forward that have found no label.
    fn block(
        &mut self,
        parent: Option<usize>,
        targets: Targets,
        label: Option<Pos>,
        start: Pos,
        stmts: &[Stmt],
    ) -> Vec<Ident> {
        let this = self.blocks.len();
        self.blocks.push(Scope { parent, start, label });
        let count = stmts.iter().rposition(|s| !matches!(s.kind, StmtKind::Empty)).map_or(0, |i| i + 1);
        let mut list = List { this, targets, waiting: vec![], over: vec![], declared: None };
        for (i, stmt) in stmts[..count].iter().enumerate() {
            self.stmt(&mut list, stmt, None, i + 1 == count);
        }
        list.waiting
    }

    fn stmt(&mut self, list: &mut List, stmt: &Stmt, label: Option<Pos>, is_last: bool) {
        let (outer, targets) = (list.this, list.targets);
        let nested = targets.nested();
        let mut inner = |w: &mut Self, targets: Targets, start: Pos, stmts: &[Stmt]| {
            let waiting = w.block(Some(outer), targets, label, start, stmts);
            list.waiting.extend(waiting);
        };
        match &stmt.kind {
            StmtKind::Decl(Decl::Var { specs, .. }) => {
                if let Some(name) = specs.first().and_then(|s| s.names.first()) {
                    list.declares(name.pos, name.name.to_string());
                }
            }
            StmtKind::Assign { lhs, op: AssignOp::Define, op_pos, .. } => {
                let names: Vec<String> = lhs.iter().map(|l| self.checker.expr_str(*l)).collect();
                list.declares(*op_pos, names.join(", "));
            }
            StmtKind::Labeled { label, stmt } if label.name.is_blank() => {
                self.stmt(list, stmt, None, is_last);
            }
            StmtKind::Labeled { label, stmt } => {
                self.declare(list, *label, kind_of(stmt));
                self.stmt(list, stmt, Some(label.pos), is_last);
            }
            StmtKind::Branch { kind, label: None } => self.unlabeled(targets, stmt.span.lo, *kind, is_last),
            StmtKind::Branch { kind, label: Some(to) } => self.labeled(list, *kind, *to),
            StmtKind::Block(b) => inner(self, nested, b.lbrace, &b.stmts),
            StmtKind::If { then, els, .. } => {
                inner(self, nested, then.lbrace, &then.stmts);
                if let Some(els) = els {
                    inner(self, nested, els.span.lo, std::slice::from_ref(els));
                }
            }
            StmtKind::For { body, .. } | StmtKind::Range { body, .. } => {
                let targets = Targets { in_loop: true, breakable: Some(Breakable::LoopOrSelect) };
                inner(self, targets, body.lbrace, &body.stmts);
            }
            StmtKind::Switch { clauses, .. } => {
                for (i, c) in clauses.iter().enumerate() {
                    let breakable = Some(Breakable::Switch(Some(i + 1 == clauses.len())));
                    inner(self, Targets { breakable, ..targets }, c.pos, &c.body);
                }
            }
            StmtKind::TypeSwitch { clauses, .. } => {
                for c in clauses {
                    inner(
                        self,
                        Targets { breakable: Some(Breakable::TypeSwitch), ..targets },
                        c.pos,
                        &c.body,
                    );
                }
            }
            StmtKind::Select { clauses, .. } => {
                for c in clauses {
                    let breakable = Some(Breakable::LoopOrSelect);
                    inner(self, Targets { breakable, ..targets }, c.pos, &c.body);
                }
            }
            _ => {}
        }
    }

    fn declare(&mut self, list: &mut List, label: Ident, kind: Labeled) {
        let known = match self.labels.iter().position(|l| l.name == label.name) {
            Some(known) => {
                let text = format!("label {} already defined at \0", label.name);
                self.errors.push((label.pos, text, vec![self.labels[known].pos]));
                known
            }
            None => {
                let (name, pos) = (label.name, label.pos);
                self.labels.push(Label { name, pos, block: list.this, kind, used: false });
                self.labels.len() - 1
            }
        };
        let (found, waiting): (Vec<Ident>, Vec<Ident>) =
            std::mem::take(&mut list.waiting).into_iter().partition(|g| g.name == label.name);
        list.waiting = waiting;
        for goto in found {
            self.labels[known].used = true;
            if let Some((at, names)) = list.declared.as_ref().filter(|_| list.over.contains(&goto)) {
                let text = format!("goto {} jumps over declaration of {names} at \0", label.name);
                self.errors.push((goto.pos, text, vec![*at]));
            }
        }
    }

    fn unlabeled(&mut self, targets: Targets, pos: Pos, kind: BranchKind, is_last: bool) {
        let text = match (kind, targets.breakable) {
            (BranchKind::Break, None) => "break is not in a loop, switch, or select",
            (BranchKind::Continue, _) if !targets.in_loop => "continue is not in a loop",
            (BranchKind::Fallthrough, Some(Breakable::TypeSwitch)) => "cannot fallthrough in type switch",
            (BranchKind::Fallthrough, Some(Breakable::Switch(Some(is_final)))) if is_last => {
                if !is_final {
                    return;
                }
                "cannot fallthrough final case in switch"
            }
            (BranchKind::Fallthrough, _) => "fallthrough statement out of place",
            _ => return,
        };
        self.error(pos, text);
    }

    fn labeled(&mut self, list: &mut List, kind: BranchKind, to: Ident) {
        let name = to.name;
        let known = self.labels.iter_mut().find(|l| l.name == name);
        let (pos, block, labeled) = match known {
            Some(label) => {
                label.used = true;
                (label.pos, label.block, label.kind)
            }
            None => {
                match kind {
                    BranchKind::Break => self.error(to.pos, format!("break label not defined: {name}")),
                    BranchKind::Continue => self.error(to.pos, format!("continue label not defined: {name}")),
                    _ => list.waiting.push(to),
                }
                return;
            }
        };
        let encloses = self.around(list.this).any(|b| self.blocks[b].label == Some(pos));
        match kind {
            BranchKind::Break if !encloses || labeled == Labeled::Other => {
                self.error(to.pos, format!("invalid break label {name}"));
            }
            BranchKind::Continue if !encloses || labeled != Labeled::Loop => {
                self.error(to.pos, format!("invalid continue label {name}"));
            }
            BranchKind::Goto if !self.around(list.this).any(|b| b == block) => list.waiting.push(to),
            _ => {}
        }
    }

    /// A block and those around it.
    fn around(&self, block: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(block), |b| self.blocks[*b].parent)
    }
}

/// The statements of one block.
struct List {
    this: usize,
    targets: Targets,
    /// Jumps forward without a label yet.
    waiting: Vec<Ident>,
    /// Those of them that jump over the last declaration.
    over: Vec<Ident>,
    declared: Option<(Pos, String)>,
}

impl List {
    fn declares(&mut self, pos: Pos, names: String) {
        self.declared = Some((pos, names));
        self.over.clone_from(&self.waiting);
    }
}

fn kind_of(stmt: &Stmt) -> Labeled {
    match &stmt.kind {
        StmtKind::For { .. } | StmtKind::Range { .. } => Labeled::Loop,
        StmtKind::Switch { .. } | StmtKind::TypeSwitch { .. } | StmtKind::Select { .. } => Labeled::Choice,
        _ => Labeled::Other,
    }
}
