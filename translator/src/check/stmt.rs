//! Statements (Go specification, "Statements").

use super::assign::Target;
use super::{Checker, returns};
use crate::ast::{AssignOp, Block, CommClause, ExprId, ExprKind, Stmt, StmtKind, UnaryOp};
use crate::source::Pos;
use crate::typed::{Builtin, Mode};

/// What an expression is good for as a statement.
#[derive(PartialEq)]
enum Use {
    Statement,
    Expression,
    Conversion,
}

impl<'a> Checker<'a> {
    /// A function's body; its parameters are declared in the innermost scope.
    pub(super) fn body(&mut self, block: &'a Block) {
        self.labels(block);
        self.stmts(&block.stmts);
        let has_results = self.cx.results.as_ref().is_some_and(|s| !s.results.is_empty());
        let typed = returns::Typed { file: self.file(), info: &self.infos[self.cx.file] };
        if has_results && !returns::terminates_list(&typed, &block.stmts) {
            self.error(block.rbrace, "missing return");
        }
        for obj in std::mem::take(&mut self.cx.locals) {
            if !self.used.contains(&obj) && !self.obj(obj).name.is_blank() {
                let (name, pos) = (self.obj(obj).name, self.obj(obj).pos);
                self.error(pos, format!("declared and not used: {name}"));
            }
        }
    }

    pub(super) fn stmts(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    pub(super) fn block(&mut self, block: &'a Block) {
        self.open_scope();
        self.stmts(&block.stmts);
        self.close_scope();
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        let pos = stmt.span.lo;
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Decl(decl) => self.local_decl(decl),
            StmtKind::Labeled { stmt, .. } => self.stmt(stmt),
            StmtKind::Expr(x) => self.expr_stmt(*x),
            StmtKind::Send { chan, value, .. } => self.send(*chan, *value),
            StmtKind::IncDec { x, inc, .. } => self.inc_dec(*x, *inc),
            StmtKind::Assign { lhs, op, op_pos, rhs } => match op {
                AssignOp::Assign => self.assignment(lhs, rhs),
                AssignOp::Define => self.define(*op_pos, lhs, rhs),
                AssignOp::Op(op) => match (&lhs[..], &rhs[..]) {
                    ([l], [r]) => self.op_assignment(*op, *l, *r),
                    _ => {
                        let text = format!(
                            "assignment operation {}= requires single-valued expressions",
                            op.as_str()
                        );
                        self.error(*op_pos, text);
                    }
                },
            },
            StmtKind::Go(call) => self.suspended_call("go", *call),
            StmtKind::Defer(call) => self.suspended_call("defer", *call),
            StmtKind::Return(values) => self.return_values(pos, values),
            StmtKind::Branch { .. } => {} // labels.rs and switch.rs check where they stand
            StmtKind::Block(block) => self.block(block),
            StmtKind::If { init, cond, then, els } => {
                self.open_scope();
                if let Some(init) = init {
                    self.stmt(init);
                }
                self.condition(*cond, "if");
                self.block(then);
                if let Some(els) = els {
                    self.stmt(els);
                }
                self.close_scope();
            }
            StmtKind::Switch { init, tag, clauses, .. } => {
                self.open_scope();
                if let Some(init) = init {
                    self.stmt(init);
                }
                self.expr_switch(*tag, clauses);
                self.close_scope();
            }
            StmtKind::TypeSwitch { init, bind, x, clauses, .. } => {
                self.open_scope();
                if let Some(init) = init {
                    self.stmt(init);
                }
                self.type_switch(*bind, *x, clauses);
                self.close_scope();
            }
            StmtKind::Select { clauses, .. } => self.select(clauses),
            StmtKind::For { init, cond, post, body } => {
                self.open_scope();
                if let Some(init) = init {
                    self.stmt(init);
                }
                if let Some(cond) = cond {
                    self.condition(*cond, "for");
                }
                if let Some(post) = post {
                    self.stmt(post);
                }
                self.block(body);
                self.close_scope();
            }
            StmtKind::Range { key, value, extra, define, x, body, .. } => {
                self.open_scope();
                self.range(stmt.span.lo, [*key, *value, *extra], *define, *x);
                self.block(body);
                self.close_scope();
            }
        }
    }

    fn condition(&mut self, cond: ExprId, statement: &str) {
        let mut x = self.expr(cond);
        if x.is_invalid() {
            return;
        }
        if !self.is_boolean(x.ty) {
            let pos = self.pos(cond);
            self.error(pos, format!("non-boolean condition in {statement} statement"));
            return;
        }
        let ty = self.default_type(x.ty);
        self.convert_untyped(&mut x, ty);
    }

    /// Statement, conversion, or a value somebody has to use?
    fn use_of(&self, id: ExprId) -> Use {
        match self.ast(self.unparen(id)).kind {
            ExprKind::Call { fun, .. } => match self.infos[self.cx.file].tv(fun).map(|t| t.mode) {
                Some(Mode::Type) => Use::Conversion,
                Some(Mode::Builtin(b)) if !is_statement(b) => Use::Expression,
                _ => Use::Statement,
            },
            ExprKind::Unary { op: UnaryOp::Recv, .. } => Use::Statement,
            _ => Use::Expression,
        }
    }

    fn expr_stmt(&mut self, id: ExprId) {
        let x = self.raw_expr(id, None);
        let x = self.non_generic(x, None, "");
        let what = match x.mode {
            Mode::Invalid => return,
            Mode::Builtin(_) => "must be called",
            Mode::Type => "is not an expression",
            _ if self.use_of(id) == Use::Statement => return,
            _ => "is not used",
        };
        let text = format!("{} {what}", self.describe(&x));
        let pos = self.pos(id);
        self.error(pos, text);
    }

    fn suspended_call(&mut self, keyword: &str, id: ExprId) {
        let pos = self.pos(id);
        if !matches!(self.ast(id).kind, ExprKind::Call { .. }) {
            self.error(pos, format!("expression in {keyword} must be function call"));
            self.use_all(&[id]);
            return;
        }
        let x = self.raw_expr(id, None);
        if x.is_invalid() {
            return;
        }
        let what = match self.use_of(id) {
            Use::Statement => return,
            Use::Conversion => "requires function call, not conversion",
            Use::Expression => "discards result of",
        };
        let text = format!("{keyword} {what} {}", self.describe(&x));
        self.error(pos, text);
    }

    fn send(&mut self, chan: ExprId, value: ExprId) {
        let ch = self.expr(chan);
        let mut x = self.generic_value(value, None);
        if ch.is_invalid() || x.is_invalid() {
            return;
        }
        let pos = self.pos(chan);
        if let Some(elem) = self.chan_elem(pos, &ch, false) {
            self.assign_to(&mut x, Target::Type(elem), "send");
        }
    }

    fn select(&mut self, clauses: &'a [CommClause]) {
        let defaults = clauses.iter().filter(|c| c.comm.is_none()).map(|c| c.pos);
        self.one_default(defaults);
        for clause in clauses {
            if let Some(comm) = &clause.comm
                && !self.is_communication(comm)
            {
                let at = match &comm.kind {
                    StmtKind::Expr(x) => self.node_pos(*x),
                    StmtKind::Assign { lhs, .. } if !lhs.is_empty() => self.pos(lhs[0]),
                    _ => comm.span.lo,
                };
                self.error(at, "select case must be send or receive (possibly with assignment)");
                continue;
            }
            self.open_scope();
            if let Some(comm) = &clause.comm {
                self.stmt(comm);
            }
            self.stmts(&clause.body);
            self.close_scope();
        }
    }

    /// At most one of the clauses of a statement may be its default.
    pub(super) fn one_default(&mut self, mut positions: impl Iterator<Item = Pos>) {
        let Some(first) = positions.next() else { return };
        for pos in positions {
            self.report(pos, "multiple defaults (first at \0)", |d| d.at(first));
        }
    }

    fn is_communication(&self, comm: &Stmt) -> bool {
        let receive =
            |id: ExprId| matches!(self.ast(self.unparen(id)).kind, ExprKind::Unary { op: UnaryOp::Recv, .. });
        match &comm.kind {
            StmtKind::Send { .. } => true,
            StmtKind::Expr(x) => receive(*x),
            StmtKind::Assign { op: AssignOp::Assign | AssignOp::Define, rhs, .. } => {
                matches!(rhs[..], [x] if receive(x))
            }
            _ => false,
        }
    }
}

/// May a call of the builtin stand alone?
fn is_statement(b: Builtin) -> bool {
    use Builtin::*;
    matches!(b, Assert | Clear | Close | Copy | Delete | Panic | Print | Println | Recover)
}
