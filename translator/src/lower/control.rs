//! Loops, branches and the labels that jumps need (Go specification, "If statements", "For statements", "Break statements").
//!
//! Rust's `break` and `continue` know loops only, Go's also switches and selects, and Go's `continue` runs the post statement.
//! What a jump leaves is therefore looked up in [`Target`]s: a switch or select that somebody breaks out of, and the body of a
//! loop whose `continue` has something left to do, stand in a labelled block. Which of them do is found out before the body
//! is lowered, because inside a labelled block every jump has to name its goal.

use super::{FnCx, Lower, Storage, range_func};
use crate::ast::{AssignOp, BinaryOp, Block, BranchKind, ExprId, ExprKind, Ident, Stmt, StmtKind};
use crate::ir::{self, Expr, Pat};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Builtin, Mode, ObjId};
use crate::types::{Basic, Type};
use num_traits::ToPrimitive;

/// A statement that jumps may leave.
pub(super) struct Target {
    is_loop: bool,
    go_label: Option<Symbol>,
    /// The Rust label of the loop; printed if a jump names it.
    loop_label: String,
    named: bool,
    /// The labelled block that a `break` (of a switch) or `continue` (of a loop with a post statement) leaves.
    block: Option<String>,
    /// What a `continue` does first, if that is short.
    post: Option<ir::Stmt>,
    /// What a `goto` can reach by leaving or continuing this.
    goto: Option<Goto>,
    /// The body of a range over a function is a closure: what leaves it gets a number.
    closure: Option<range_func::Exits>,
}

/// Where the labels are that `goto`s name.
pub(super) enum Goto {
    /// In the parts of a list, in a loop: the variable with the next part's number, and where labels begin.
    Parts(String, Vec<(Symbol, usize)>),
    /// At the start of a loop.
    Again(Symbol),
    /// Behind a block.
    Past(Symbol),
}

/// Which jumps a list of statements makes out of the statement it belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Jump {
    Break,
    Continue,
}

impl Target {
    /// For a function body: nothing yet.
    pub(super) fn of_loop(go_label: Option<Symbol>, loop_label: String, block: Option<String>) -> Target {
        Target {
            is_loop: true,
            go_label,
            loop_label,
            named: false,
            block,
            post: None,
            goto: None,
            closure: None,
        }
    }

    /// For a list of statements with labels.
    pub(super) fn of_goto(loop_label: String, goto: Goto) -> Target {
        Target {
            is_loop: false,
            go_label: None,
            loop_label,
            named: true,
            block: None,
            post: None,
            goto: Some(goto),
            closure: None,
        }
    }

    /// For a range over a function.
    pub(super) fn of_closure(go_label: Option<Symbol>, exits: range_func::Exits) -> Target {
        let loop_label = String::new();
        Target {
            is_loop: true,
            go_label,
            loop_label,
            named: false,
            block: None,
            post: None,
            goto: None,
            closure: Some(exits),
        }
    }

    /// Is it a range over a function?
    pub(super) fn is_closure(&self) -> bool {
        self.closure.is_some()
    }

    /// What left the closure, when it is lowered.
    pub(super) fn into_exits(self) -> Option<range_func::Exits> {
        self.closure
    }

    /// What leaves the closure that this is the body of.
    pub(super) fn exits(&mut self) -> Option<&mut range_func::Exits> {
        self.closure.as_mut()
    }

    /// The jump to the label, if it is here.
    pub(super) fn jump_to(&self, label: Symbol) -> Option<Expr> {
        let name = Some(self.loop_label.clone());
        match self.goto.as_ref()? {
            Goto::Again(l) => (*l == label).then_some(Expr::Continue(name)),
            Goto::Past(l) => (*l == label).then_some(Expr::Break(name)),
            Goto::Parts(next, begins) => {
                let part = begins.iter().find(|(l, _)| *l == label)?.1;
                let set = Expr::Assign("=", Box::new(ir::path(next)), Box::new(ir::lit(part.to_string())));
                let stmts = vec![ir::Stmt::Expr(set), ir::Stmt::Expr(Expr::Continue(name))];
                Some(Expr::Block(None, ir::Block::of(stmts)))
            }
        }
    }
}

impl FnCx {
    /// The innermost target, which its statement takes back when it is done.
    pub(super) fn pop_target(&mut self) -> Target {
        self.targets.pop().expect("pushed by the same statement")
    }
}

impl Lower<'_> {
    /// Runs `f` on the body of a switch or select; its result stands in a labelled block if it is left early.
    pub(super) fn breakable(
        &mut self,
        label: Option<Symbol>,
        bodies: &[&[Stmt]],
        f: impl FnOnce(&mut Self) -> ir::Block,
    ) -> Expr {
        let left = bodies.iter().any(|b| jumps(b, Jump::Break, label, true));
        let block = left.then(|| self.label(label, "switch"));
        self.cx.targets.push(Target {
            is_loop: false,
            go_label: label,
            loop_label: String::new(),
            named: false,
            block: block.clone(),
            post: None,
            goto: None,
            closure: None,
        });
        let body = f(self);
        self.cx.pop_target();
        match (block, &body.stmts[..]) {
            (Some(block), _) => Expr::Block(Some(block), body),
            (None, [ir::Stmt::Expr(_)]) => {
                let Some(ir::Stmt::Expr(x)) = body.stmts.into_iter().next() else {
                    unreachable!("just seen")
                };
                x
            }
            (None, _) => Expr::Block(None, body),
        }
    }

    /// The Rust label for a Go label, or a fresh one.
    pub(super) fn label(&mut self, go_label: Option<Symbol>, stem: &str) -> String {
        match go_label {
            Some(label) => {
                let name = super::names::field_name(label);
                if self.cx.targets.iter().any(|t| t.loop_label == name || t.block.as_deref() == Some(&name)) {
                    self.temp(&name)
                } else {
                    name
                }
            }
            None => {
                let depth = self.cx.targets.len();
                if depth == 0 { stem.to_owned() } else { format!("{stem}{}", depth + 1) }
            }
        }
    }

    /// `break`, `continue`
    pub(super) fn branch(&mut self, pos: Pos, kind: BranchKind, label: Option<Ident>) -> Expr {
        let jump = match kind {
            BranchKind::Break => Jump::Break,
            BranchKind::Continue => Jump::Continue,
            BranchKind::Goto => {
                return match label {
                    Some(label) => self.goto(pos, label),
                    None => self.unsupported(pos, "goto"),
                };
            }
            // the switch knows where its clauses fall through
            BranchKind::Fallthrough => return Expr::Tuple(vec![]),
        };
        let name = label.map(|l| l.name);
        let fits = |t: &Target| match name {
            Some(name) => t.go_label == Some(name),
            None => t.goto.is_none() && (t.is_loop || jump == Jump::Break),
        };
        let Some(at) = self.cx.targets.iter().rposition(fits) else {
            return self.unsupported(pos, "a jump out of a labelled block");
        };
        if let Some(inner) = self.cx.targets.iter().rposition(|t| t.closure.is_some())
            && inner >= at
        {
            return self.leave_closure(inner, at, jump, kind, label);
        }
        let blocks_between = self.cx.targets[at + 1..].iter().any(|t| t.block.is_some());
        let loops_between = self.cx.targets[at + 1..].iter().any(|t| t.is_loop || t.goto.is_some());
        let target = &mut self.cx.targets[at];
        if let Some(block) = &target.block
            && (!target.is_loop || jump == Jump::Continue)
        {
            return Expr::Break(Some(block.clone()));
        }
        let named = blocks_between || loops_between || target.block.is_some();
        target.named |= named;
        let label = named.then(|| target.loop_label.clone());
        if jump == Jump::Break {
            return Expr::Break(label);
        }
        match target.post.clone() {
            Some(post) => Expr::Block(None, ir::Block::of(vec![post, ir::Stmt::Expr(Expr::Continue(label))])),
            None => Expr::Continue(label),
        }
    }

    /// Lowers the body of a loop; the result carries the loop's label if a jump names it. `post` runs after every round.
    pub(super) fn loop_body(
        &mut self,
        label: Option<Symbol>,
        body: &Block,
        head: Vec<ir::Stmt>,
        post: impl FnOnce(&mut Self) -> Vec<ir::Stmt>,
        has_post: bool,
    ) -> (Option<String>, ir::Block) {
        let loop_label = self.label(label, "outer");
        let continues = has_post && jumps(&body.stmts, Jump::Continue, label, true);
        // one short statement is said again before every `continue`, where it means the same
        let mut post = Some(post);
        let mut last = vec![];
        let mut again = None;
        if continues {
            last = post.take().map(|post| post(self)).unwrap_or_default();
            again = match &last[..] {
                [one @ ir::Stmt::Expr(Expr::Assign(_, x, y))] if x.is_atom() && y.is_atom() => {
                    Some(one.clone())
                }
                _ => None,
            };
            again = again.filter(|one| !self.declares_names_of(one, body));
        }
        let block = (continues && again.is_none()).then(|| format!("{loop_label}_next"));
        let mut target = Target::of_loop(label, loop_label.clone(), block.clone());
        target.post = again;
        self.cx.targets.push(target);
        let inner = self.block_stmts(body);
        let target = self.cx.pop_target();
        let last = match post {
            Some(post) => post(self),
            None => last,
        };
        let mut stmts = head;
        match block {
            Some(block) => stmts.push(ir::Stmt::Expr(Expr::Block(Some(block), ir::Block::of(inner)))),
            None if hides_from(&inner, &last) => {
                stmts.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(inner))))
            }
            None => stmts.extend(inner),
        }
        stmts.extend(last);
        (target.named.then_some(loop_label), ir::Block::of(stmts))
    }

    /// Does the body declare something of a name that the assignment of names uses?
    fn declares_names_of(&self, assignment: &ir::Stmt, body: &Block) -> bool {
        let ir::Stmt::Expr(Expr::Assign(_, x, y)) = assignment else { return true };
        let names: Vec<&str> = [x, y]
            .into_iter()
            .filter_map(|x| if let Expr::Path(p) = &**x { Some(p.as_str()) } else { None })
            .collect();
        let (lo, hi) = (body.lbrace, body.rbrace);
        self.info()
            .defs
            .iter()
            .chain(&self.info().implicits)
            .any(|(pos, obj)| (lo..hi).contains(pos) && names.contains(&self.local_name(*obj).as_str()))
    }

    /// `if init; cond { } else ..`
    pub(super) fn if_stmt(&mut self, stmt: &Stmt, out: &mut Vec<ir::Stmt>) {
        let StmtKind::If { init, cond, then, els } = &stmt.kind else { return };
        let mut scoped = vec![];
        if let Some(init) = init {
            self.stmt(init, &mut scoped);
        }
        let cond = self.cond(*cond);
        let then = ir::Block::of(self.block_stmts(then));
        let els = els.as_ref().map(|e| Box::new(self.else_branch(e)));
        let whole = Expr::If(Box::new(cond), then, els);
        if scoped.is_empty() {
            out.push(ir::Stmt::Expr(whole));
        } else {
            scoped.push(ir::Stmt::Expr(whole));
            out.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(scoped))));
        }
    }

    fn else_branch(&mut self, stmt: &Stmt) -> Expr {
        let mut out = vec![];
        match &stmt.kind {
            StmtKind::Block(block) => return Expr::Block(None, ir::Block::of(self.block_stmts(block))),
            _ => self.stmt(stmt, &mut out),
        }
        match &out[..] {
            [ir::Stmt::Expr(Expr::If(..))] => {
                let Some(ir::Stmt::Expr(x)) = out.pop() else { unreachable!("just seen") };
                x
            }
            _ => Expr::Block(None, ir::Block::of(out)),
        }
    }

    /// `for init; cond; post { }`
    pub(super) fn for_stmt(&mut self, stmt: &Stmt, label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let StmtKind::For { init, cond, post, body } = &stmt.kind else { return };
        if let (Some(init), Some(cond), Some(post)) = (init, *cond, post)
            && let Some((name, range)) = self.counting(init, cond, post, body)
        {
            let (label, body) = self.loop_body(label, body, vec![], |_| vec![], false);
            out.push(ir::Stmt::Expr(Expr::For(label, name, Box::new(range), body)));
            return;
        }
        let mut scoped = vec![];
        let mut vars = vec![];
        if let Some(init) = init {
            vars = self.declared_by(init);
            self.stmt(init, &mut scoped);
            // the loop rebinds a boxed variable before every round
            for stmt in &mut scoped {
                if let ir::Stmt::Let { pat: Pat::Name { name, mutable }, .. } = stmt
                    && vars.iter().any(|v| self.storage(*v) == Storage::Boxed && self.local_name(*v) == *name)
                {
                    *mutable = true;
                }
            }
        }
        let test = match cond {
            Some(cond) if self.tv(*cond).value == Some(crate::typed::Const::Bool(true)) => None,
            Some(cond) => Some(self.cond(*cond)),
            None => None,
        };
        let boxed: Vec<ObjId> = vars.into_iter().filter(|v| self.storage(*v) == Storage::Boxed).collect();
        let has_post = post.is_some() || !boxed.is_empty();
        let pace = self.pace(*cond, post.as_deref(), &body.stmts);
        let (label, body) = self.loop_body(
            label,
            body,
            pace,
            |l| {
                let mut stmts = vec![];
                for var in boxed {
                    // every iteration has its own variable
                    let name = l.local_name(var);
                    let copy = ir::call("Ptr::new", vec![ir::path(&name).method("get", vec![])]);
                    stmts.push(ir::Stmt::Expr(Expr::Assign("=", Box::new(ir::path(&name)), Box::new(copy))));
                }
                if let Some(post) = post {
                    stmts.extend(l.line_mark(post.span.lo));
                    l.stmt(post, &mut stmts);
                }
                stmts
            },
            has_post,
        );
        let whole = match test {
            Some(test) => Expr::While(label, Box::new(test), body),
            None => Expr::Loop(label, body),
        };
        if scoped.is_empty() {
            out.push(ir::Stmt::Expr(whole));
        } else {
            scoped.push(ir::Stmt::Expr(whole));
            out.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(scoped))));
        }
    }

    /// Is the constant the largest number of the type? `i <= MaxInt` always holds.
    fn is_largest(&self, constant: ExprId, ty: crate::typed::TypeId) -> bool {
        let Some(crate::typed::Const::Int(n)) = &self.tv(constant).value else { return true };
        let basic = self.basic(ty);
        let bits =
            basic.and_then(Basic::bits).unwrap_or(64) - u32::from(!basic.is_some_and(Basic::is_unsigned));
        n.bits() >= u64::from(bits) && (n + 1u8).bits() > u64::from(bits)
    }

    /// The variables an `init` statement declares.
    fn declared_by(&self, init: &Stmt) -> Vec<ObjId> {
        let StmtKind::Assign { lhs, op: AssignOp::Define, .. } = &init.kind else { return vec![] };
        lhs.iter().filter_map(|l| self.defined(self.pos(*l))).collect()
    }

    /// `for i := a; i < b; i++` that Rust writes `for i in a..b`: `i` changes nowhere else, and `b` not at all.
    fn counting(&mut self, init: &Stmt, cond: ExprId, post: &Stmt, body: &Block) -> Option<(Pat, Expr)> {
        let StmtKind::Assign { lhs, op: AssignOp::Define, rhs, .. } = &init.kind else { return None };
        let ([lhs], [start]) = (&lhs[..], &rhs[..]) else { return None };
        let var = self.defined(self.pos(*lhs))?;
        let ty = self.obj(var).ty;
        if self.is_named(ty)
            || !self.basic(ty).is_some_and(Basic::is_integer)
            || self.storage(var) == Storage::Boxed
        {
            return None;
        }
        let StmtKind::IncDec { x, inc, .. } = post.kind else { return None };
        let ExprKind::Binary { op, x: left, y: bound, .. } = self.ast(self.unparen(cond)).kind else {
            return None;
        };
        if self.object_of(self.unparen(x)) != Some(var) || self.object_of(self.unparen(left)) != Some(var) {
            return None;
        }
        if self.assigned_in(body, var) || !self.is_stable(bound, body) {
            return None;
        }
        if !inc {
            let range = self.counting_down(*start, op, bound, ty)?;
            return Some((ir::bind(self.local_name(var)), range));
        }
        let constant = self.tv(bound).value.is_some();
        let inclusive = match op {
            BinaryOp::Lt => false,
            // a bound that is the largest number is never passed
            BinaryOp::Le if constant && !self.is_largest(bound, ty) => true,
            BinaryOp::Le if !constant && (self.is_length(bound) || self.is_far_from_end(*start, ty)) => true,
            _ => return None,
        };
        // one side fixes the type for both
        let (start, bound) = match self.tv(*start).value {
            Some(_) => (self.expr_evident(*start), self.expr(bound)),
            None => (self.expr(*start), self.expr_evident(bound)),
        };
        let range = Expr::Range(Box::new(start), Box::new(bound), inclusive);
        Some((ir::bind(self.local_name(var)), range))
    }

    /// `for i := a; i >= 0; i--`: `(0..=a).rev()`.
    fn counting_down(
        &mut self,
        start: ExprId,
        op: BinaryOp,
        bound: ExprId,
        ty: crate::typed::TypeId,
    ) -> Option<Expr> {
        let Some(crate::typed::Const::Int(bound)) = &self.tv(bound).value else { return None };
        // the smallest number is never passed
        let is_signed = self.basic(ty).is_some_and(|b| !b.is_unsigned());
        let lowest = bound.to_i8().filter(|n| (0..100).contains(n) && is_signed)?;
        let lowest = match op {
            BinaryOp::Ge => lowest,
            BinaryOp::Gt => lowest + 1,
            _ => return None,
        };
        let (end, inclusive) = match self.ast(self.unparen(start)).kind {
            ExprKind::Binary { op: BinaryOp::Sub, x, y, .. }
                if self.is_length(x)
                    && self.tv(x).value.is_none()
                    && self.tv(y).value == Some(crate::typed::Const::Int(1.into())) =>
            {
                (self.expr(x), false)
            }
            _ => (self.expr(start), true),
        };
        let range = Expr::Range(Box::new(ir::lit(lowest.to_string())), Box::new(end), inclusive);
        Some(range.method("rev", vec![]))
    }

    /// `len(x)`, which is never the largest number?
    fn is_length(&self, id: ExprId) -> bool {
        let ExprKind::Call { fun, .. } = self.ast(self.unparen(id)).kind else { return false };
        matches!(self.mode(fun), Mode::Builtin(Builtin::Len))
    }

    /// A constant from which no program counts up to the largest number of the type: it would take centuries.
    fn is_far_from_end(&self, start: ExprId, ty: crate::typed::TypeId) -> bool {
        let Some(crate::typed::Const::Int(n)) = &self.tv(start).value else { return false };
        n.bits() <= 32 && self.basic(ty).and_then(Basic::bits) == Some(64)
    }

    /// Does the expression have the same value in every round?
    fn is_stable(&self, id: ExprId, body: &Block) -> bool {
        let id = self.unparen(id);
        let tv = self.tv(id);
        if tv.value.is_some() {
            return true;
        }
        match &self.ast(id).kind {
            ExprKind::Ident(_) => self.object_of(id).is_some_and(|obj| match self.storage(obj) {
                Storage::Let => true,
                Storage::Mut => !self.assigned_in(body, obj),
                Storage::Boxed | Storage::Global => false,
            }),
            ExprKind::Call { fun, args, .. } => {
                let is_len = matches!(self.mode(*fun), Mode::Builtin(Builtin::Len));
                let fixed = |a: &ExprId| {
                    matches!(self.under(self.type_of(*a)), Type::Slice(_) | Type::Basic(_) | Type::Array(..))
                        && self.is_stable(*a, body)
                };
                is_len && args.first().is_some_and(fixed)
            }
            ExprKind::Binary { op, x, y, .. } if self.is_integer(tv.ty) && !self.is_named(tv.ty) => {
                let is_total = match op {
                    BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul => true,
                    BinaryOp::Div | BinaryOp::Rem => self.tv(*y).value.is_some(),
                    _ => false,
                };
                is_total && self.is_stable(*x, body) && self.is_stable(*y, body)
            }
            _ => false,
        }
    }

    /// Is the variable assigned anywhere in these statements? Only asked about variables that no closure changes.
    fn assigned_in(&self, body: &Block, var: ObjId) -> bool {
        body.stmts.iter().any(|s| self.stmt_assigns(s, var))
    }

    fn stmt_assigns(&self, stmt: &Stmt, var: ObjId) -> bool {
        let is_var = |id: &ExprId| self.root_of(*id) == Some(var);
        let opt = |s: &Option<Box<Stmt>>| s.as_ref().is_some_and(|s| self.stmt_assigns(s, var));
        let list = |l: &[Stmt]| l.iter().any(|s| self.stmt_assigns(s, var));
        match &stmt.kind {
            StmtKind::IncDec { x, .. } => is_var(x),
            StmtKind::Assign { lhs, .. } => lhs.iter().any(is_var),
            StmtKind::Labeled { stmt, .. } => self.stmt_assigns(stmt, var),
            StmtKind::Block(b) => list(&b.stmts),
            StmtKind::If { init, then, els, .. } => opt(init) || list(&then.stmts) || opt(els),
            StmtKind::Switch { init, clauses, .. } | StmtKind::TypeSwitch { init, clauses, .. } => {
                opt(init) || clauses.iter().any(|c| list(&c.body))
            }
            StmtKind::Select { clauses, .. } => clauses.iter().any(|c| opt(&c.comm) || list(&c.body)),
            StmtKind::For { init, post, body, .. } => opt(init) || opt(post) || list(&body.stmts),
            StmtKind::Range { key, value, body, .. } => {
                key.iter().any(is_var) || value.iter().any(is_var) || list(&body.stmts)
            }
            _ => false,
        }
    }

    /// The variable that `x`, `x.f` or `x[i]` (of an array) is part of.
    fn root_of(&self, id: ExprId) -> Option<ObjId> {
        match self.ast(id).kind {
            ExprKind::Ident(_) => self.object_of(id),
            ExprKind::Paren(x) | ExprKind::Selector { x, .. } | ExprKind::Index { x, .. } => self.root_of(x),
            _ => None,
        }
    }
}

/// Do the statements declare a name that those behind them mean something else by?
fn hides_from(stmts: &[ir::Stmt], behind: &[ir::Stmt]) -> bool {
    let text = format!("{behind:?}");
    let is_meant = |name: &String| text.contains(&format!("\"{name}\""));
    stmts.iter().any(|s| match s {
        ir::Stmt::Let { pat, .. } => super::goto::names_of(pat).iter().any(is_meant),
        ir::Stmt::Item(_) => !behind.is_empty(),
        _ => false,
    })
}

/// Do the statements jump out of the statement they are the body of, by its label or (if `bare`) without one?
fn jumps(stmts: &[Stmt], jump: Jump, label: Option<Symbol>, bare: bool) -> bool {
    stmts.iter().any(|s| stmt_jumps(s, jump, label, bare))
}

fn stmt_jumps(stmt: &Stmt, jump: Jump, label: Option<Symbol>, bare: bool) -> bool {
    match &stmt.kind {
        StmtKind::Branch { kind, label: to } => {
            let same = matches!(
                (kind, jump),
                (BranchKind::Break, Jump::Break) | (BranchKind::Continue, Jump::Continue)
            );
            same && match to {
                Some(to) => Some(to.name) == label,
                None => bare,
            }
        }
        StmtKind::Labeled { stmt, .. } => stmt_jumps(stmt, jump, label, bare),
        StmtKind::Block(b) => jumps(&b.stmts, jump, label, bare),
        StmtKind::If { then, els, .. } => {
            jumps(&then.stmts, jump, label, bare)
                || els.as_ref().is_some_and(|e| stmt_jumps(e, jump, label, bare))
        }
        StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
            clauses.iter().any(|c| jumps(&c.body, jump, label, bare && jump == Jump::Continue))
        }
        StmtKind::Select { clauses, .. } => {
            clauses.iter().any(|c| jumps(&c.body, jump, label, bare && jump == Jump::Continue))
        }
        StmtKind::For { body, .. } | StmtKind::Range { body, .. } => jumps(&body.stmts, jump, label, false),
        _ => false,
    }
}
