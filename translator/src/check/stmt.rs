//! Statements (Go specification, "Statements").

use super::{Checker, returns};
use crate::ast::{AssignOp, Block, BranchKind, CommClause, ExprId, ExprKind, Ident, Stmt, StmtKind, UnaryOp};
use crate::source::Pos;
use crate::typed::{Builtin, Mode, ObjId, TypeId};
use crate::types::{Basic, ChanDir, Signature, Type};

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
        if has_results && !returns::terminates_list(self.file(), &block.stmts) {
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
                    ([l], [r]) => self.op_assignment(*op, *op_pos, *l, *r),
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
                self.expr_switch(pos, *tag, clauses);
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
            StmtKind::Range { key, value, define, x, range_pos, body } => {
                self.open_scope();
                self.range(*key, *value, *define, *x, *range_pos);
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
        if !matches!(self.ast(self.unparen(id)).kind, ExprKind::Call { .. }) {
            self.raw_expr(id, None);
            self.error(pos, format!("expression in {keyword} must be function call"));
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
        let mut x = self.expr(value);
        if ch.is_invalid() || x.is_invalid() {
            return;
        }
        let pos = self.pos(chan);
        match *self.core_type(ch.ty) {
            Type::Chan(ChanDir::Recv, _) => {
                let text =
                    format!("invalid operation: cannot send to receive-only channel {}", self.describe(&ch));
                self.error(pos, text);
            }
            Type::Chan(_, elem) => self.assign_to(&mut x, super::assign::Target::Type(elem), "send"),
            _ => {
                let text = format!("invalid operation: cannot send to non-channel {}", self.describe(&ch));
                self.error(pos, text);
            }
        }
    }

    fn select(&mut self, clauses: &'a [CommClause]) {
        let mut default: Option<Pos> = None;
        for clause in clauses {
            self.open_scope();
            match &clause.comm {
                None => {
                    if default.replace(clause.pos).is_some() {
                        self.error(clause.pos, "multiple defaults in select");
                    }
                }
                Some(comm) => {
                    if !self.is_communication(comm) {
                        self.error(comm.span.lo, "select case must be receive, send or assign recv");
                    }
                    self.stmt(comm);
                }
            }
            self.stmts(&clause.body);
            self.close_scope();
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

    // ---- range

    fn range(
        &mut self,
        key: Option<ExprId>,
        value: Option<ExprId>,
        define: bool,
        x_id: ExprId,
        range_pos: Pos,
    ) {
        let mut x = self.expr(x_id);
        let pos = self.pos(x_id);
        let invalid = Basic::Invalid.id();
        let mut vars = [None, None];
        if !x.is_invalid() {
            // an untyped number takes the type of the variable, or int
            if self.is_untyped(x.ty) && self.is_numeric(x.ty) {
                let target = match key {
                    Some(k) if !define => {
                        let t = self.lhs(k);
                        match t {
                            Some(super::assign::Target::Type(ty)) => ty,
                            _ => Basic::Int.id(),
                        }
                    }
                    _ => Basic::Int.id(),
                };
                self.assign_to(&mut x, super::assign::Target::Type(target), "range clause");
            } else if self.is_untyped(x.ty) && !x.is_nil() {
                let ty = self.default_type(x.ty);
                self.convert_untyped(&mut x, ty);
            }
        }
        if !x.is_invalid() {
            match self.range_types(x.ty) {
                Ok((k, v, most)) => {
                    vars = [k, v];
                    for (i, given) in [key, value].into_iter().enumerate() {
                        if let (Some(var), true) = (given, i >= most) {
                            let text = match most {
                                0 => {
                                    format!("range over {} permits no iteration variables", self.describe(&x))
                                }
                                _ => format!(
                                    "range over {} permits only one iteration variable",
                                    self.describe(&x)
                                ),
                            };
                            let at = self.pos(var);
                            self.error(at, text);
                            break;
                        }
                    }
                }
                Err(why) => {
                    let mut text = format!("cannot range over {}", self.describe(&x));
                    if !why.is_empty() {
                        text.push_str(&format!(": {why}"));
                    }
                    self.error(pos, text);
                }
            }
        }
        let failed = x.is_invalid() || vars == [None, None];
        let mut fresh: Vec<ObjId> = vec![];
        for (i, var) in [key, value].into_iter().enumerate() {
            let Some(var) = var else { continue };
            let ty = vars[i].unwrap_or(invalid);
            if !define {
                if failed || vars[i].is_none() {
                    self.lhs(var);
                    continue;
                }
                let mut v = super::operand::Operand::new(Mode::Value, ty, x_id);
                if let Some(target) = self.lhs(var) {
                    v.expr = var;
                    self.assign_to(&mut v, target, "range clause");
                }
                continue;
            }
            let at = self.pos(var);
            let ExprKind::Ident(name) = self.ast(var).kind else {
                let text = format!("non-name {} on left side of :=", self.expr_str(var));
                self.error(at, text);
                continue;
            };
            let obj = self.new_local(Ident { name, pos: at }, Some(ty));
            self.info().uses.insert(var, obj);
            self.record(var, Mode::Variable, ty, None);
            if self.is_invalid(ty) {
                self.used.insert(obj);
            }
            fresh.push(obj);
        }
        let _ = range_pos;
        for obj in fresh {
            self.declare(self.obj(obj).name, obj);
        }
    }

    /// Types of the iteration variables and how many there may be.
    #[allow(clippy::type_complexity)]
    fn range_types(&mut self, ty: TypeId) -> Result<(Option<TypeId>, Option<TypeId>, usize), String> {
        let int = Some(Basic::Int.id());
        Ok(match self.core_type(ty).clone() {
            Type::Basic(b) if b.is_integer() => (Some(ty), None, 1),
            Type::Basic(b) if b.is_string() => (int, Some(self.predeclared_type("rune")), 2),
            Type::Array(elem, _) | Type::Slice(elem) => (int, Some(elem), 2),
            Type::Pointer(p) => match *self.core_type(p) {
                Type::Array(elem, _) => (int, Some(elem), 2),
                _ => return Err(String::new()),
            },
            Type::Map(k, v) => (Some(k), Some(v), 2),
            Type::Chan(ChanDir::Send, _) => return Err("receive from send-only channel".into()),
            Type::Chan(_, elem) => (Some(elem), None, 1),
            Type::Func(sig) => {
                let yields = self.yield_types(&sig)?;
                (yields.first().copied(), yields.get(1).copied(), yields.len())
            }
            _ => return Err(String::new()),
        })
    }

    /// The parameters of `yield` in `func(yield func(..) bool)`.
    fn yield_types(&self, sig: &Signature) -> Result<Vec<TypeId>, String> {
        let [param] = sig.params[..] else {
            return Err("func must be func(yield func(...) bool): wrong argument count".into());
        };
        if !sig.results.is_empty() {
            return Err("func must be func(yield func(...) bool): unexpected result(s)".into());
        }
        let Type::Func(inner) = self.under(param) else {
            return Err("func must be func(yield func(...) bool): argument is not func".into());
        };
        if inner.results != [Basic::Bool.id()] {
            return Err("func must be func(yield func(...) bool): yield func does not return bool".into());
        }
        if inner.params.len() > 2 {
            return Err("func must be func(yield func(...) bool): yield func has too many parameters".into());
        }
        Ok(inner.params.clone())
    }

    /// May the statement be a `fallthrough`, and is it one?
    pub(super) fn fallthrough_at_end(body: &[Stmt]) -> Option<Pos> {
        let last = body.iter().rev().find(|s| !matches!(s.kind, StmtKind::Empty))?;
        match last.kind {
            StmtKind::Branch { kind: BranchKind::Fallthrough, .. } => Some(last.span.lo),
            _ => None,
        }
    }
}

/// May a call of the builtin stand alone?
fn is_statement(b: Builtin) -> bool {
    use Builtin::*;
    matches!(b, Clear | Close | Copy | Delete | Panic | Print | Println | Recover)
}
