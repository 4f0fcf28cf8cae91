//! Where local variables live: in a Rust local, or in the heap because something may outlive or share them
//! (lowering.md rule 10).
//!
//! A variable is boxed if its address is taken, or if a function literal captures it and it is assigned anywhere after its
//! declaration. A loop's own variable does not count as assigned by its post statement: every iteration has its own.

use super::{Lower, Storage};
use crate::ast::{
    AssignOp, Block, Decl, ExprId, ExprKind, Field, FuncDecl, FuncType, Stmt, StmtKind, UnaryOp,
};
use crate::typed::{ObjId, SelectionKind};
use crate::types::Type;
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Default)]
struct Facts {
    /// How many literals deep the declaration stands.
    declared: FxHashMap<ObjId, u32>,
    captured: FxHashSet<ObjId>,
    assigned: FxHashSet<ObjId>,
    /// Assigned by the post statement of their loop.
    stepped: FxHashSet<ObjId>,
    addressed: FxHashSet<ObjId>,
    depth: u32,
    in_post: bool,
}

impl Lower<'_> {
    /// Decides for every local of a declared function, those of its literals included.
    pub(super) fn analyse_function(&mut self, decl: &FuncDecl) {
        let Some(body) = &decl.body else { return };
        let mut facts = Facts::default();
        if let Some(field) = &decl.recv {
            self.declare_field(field, &mut facts);
        }
        self.analyse_body(&decl.ty, body, &mut facts);
        self.settle(facts);
    }

    /// Decides for the locals of literals in a package variable's initialiser.
    pub(super) fn analyse_expr(&mut self, id: ExprId) {
        let mut facts = Facts::default();
        self.expr_facts(id, &mut facts);
        self.settle(facts);
    }

    fn settle(&mut self, facts: Facts) {
        for &obj in facts.declared.keys() {
            let assigned = facts.assigned.contains(&obj);
            let large = self.is_large(self.obj(obj).ty);
            let storage =
                if facts.addressed.contains(&obj) || (assigned && facts.captured.contains(&obj)) || large {
                    Storage::Boxed
                } else if assigned || facts.stepped.contains(&obj) {
                    Storage::Mut
                } else {
                    Storage::Let
                };
            self.storage.insert(obj, storage);
        }
    }

    fn analyse_body(&self, ty: &FuncType, body: &Block, facts: &mut Facts) {
        for field in ty.params.iter().chain(&ty.results) {
            self.declare_field(field, facts);
        }
        // with defer, `return v` assigns the named results
        if self.body_defers(&body.stmts) {
            for name in ty.results.iter().flat_map(|f| &f.names) {
                facts.assigned.extend(self.defined(name.pos));
            }
        }
        // a return inside such a loop assigns them, too
        let over_func = |s: &Stmt| matches!(s.kind, StmtKind::Range { x, .. } if self.is_range_func(x));
        if crate::ast::any_stmt(&body.stmts, &over_func) {
            for obj in ty.results.iter().flat_map(|f| &f.names).filter_map(|name| self.defined(name.pos)) {
                facts.assigned.insert(obj);
                facts.captured.insert(obj);
            }
        }
        self.list_facts(&body.stmts, facts);
    }

    fn declare_field(&self, field: &Field, facts: &mut Facts) {
        for name in &field.names {
            self.declare_at(name.pos, facts);
        }
    }

    fn declare_at(&self, pos: crate::source::Pos, facts: &mut Facts) {
        if let Some(obj) = self.defined(pos) {
            facts.declared.insert(obj, facts.depth);
        }
    }

    fn body_defers(&self, stmts: &[Stmt]) -> bool {
        crate::ast::any_stmt(stmts, &|s| matches!(s.kind, StmtKind::Defer(_)))
    }

    fn list_facts(&self, stmts: &[Stmt], facts: &mut Facts) {
        stmts.iter().for_each(|s| self.stmt_facts(s, facts));
    }

    fn opt_facts(&self, stmt: &Option<Box<Stmt>>, facts: &mut Facts) {
        if let Some(stmt) = stmt {
            self.stmt_facts(stmt, facts);
        }
    }

    fn stmt_facts(&self, stmt: &Stmt, facts: &mut Facts) {
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Branch { .. } => {}
            StmtKind::Decl(Decl::Var { specs, .. }) => {
                for spec in specs {
                    for name in &spec.names {
                        self.declare_at(name.pos, facts);
                    }
                    spec.values.iter().for_each(|v| self.expr_facts(*v, facts));
                }
            }
            StmtKind::Decl(_) => {}
            StmtKind::Labeled { stmt, .. } => self.stmt_facts(stmt, facts),
            StmtKind::Expr(x) | StmtKind::Go(x) | StmtKind::Defer(x) => self.expr_facts(*x, facts),
            StmtKind::Send { chan, value, .. } => {
                self.expr_facts(*chan, facts);
                self.expr_facts(*value, facts);
            }
            StmtKind::IncDec { x, .. } => self.assigned(*x, facts),
            StmtKind::Assign { lhs, op, rhs, .. } => {
                for &l in lhs {
                    if *op == AssignOp::Define && self.defined(self.pos(l)).is_some() {
                        self.declare_at(self.pos(l), facts);
                    } else {
                        self.assigned(l, facts);
                    }
                }
                rhs.iter().for_each(|r| self.expr_facts(*r, facts));
            }
            StmtKind::Return(values) => values.iter().for_each(|v| self.expr_facts(*v, facts)),
            StmtKind::Block(b) => self.list_facts(&b.stmts, facts),
            StmtKind::If { init, cond, then, els } => {
                self.opt_facts(init, facts);
                self.expr_facts(*cond, facts);
                self.list_facts(&then.stmts, facts);
                self.opt_facts(els, facts);
            }
            StmtKind::Switch { init, tag, clauses, .. } => {
                self.opt_facts(init, facts);
                tag.iter().for_each(|t| self.expr_facts(*t, facts));
                for clause in clauses {
                    clause.exprs.iter().for_each(|e| self.expr_facts(*e, facts));
                    self.list_facts(&clause.body, facts);
                }
            }
            StmtKind::TypeSwitch { init, x, clauses, .. } => {
                self.opt_facts(init, facts);
                self.expr_facts(*x, facts);
                for clause in clauses {
                    if let Some(&obj) = self.info().implicits.get(&clause.pos) {
                        facts.declared.insert(obj, facts.depth);
                    }
                    self.list_facts(&clause.body, facts);
                }
            }
            StmtKind::Select { clauses, .. } => {
                for clause in clauses {
                    self.opt_facts(&clause.comm, facts);
                    self.list_facts(&clause.body, facts);
                }
            }
            StmtKind::For { init, cond, post, body } => {
                self.opt_facts(init, facts);
                cond.iter().for_each(|c| self.expr_facts(*c, facts));
                let outer = std::mem::replace(&mut facts.in_post, true);
                self.opt_facts(post, facts);
                facts.in_post = outer;
                self.list_facts(&body.stmts, facts);
            }
            StmtKind::Range { key, value, define, x, body, .. } => {
                self.expr_facts(*x, facts);
                // the body of a range over a function is a closure
                let is_closure = self.is_range_func(*x);
                facts.depth += u32::from(is_closure);
                for &var in key.iter().chain(value) {
                    if *define {
                        self.declare_at(self.pos(var), facts);
                    } else {
                        self.assigned(var, facts);
                    }
                }
                self.list_facts(&body.stmts, facts);
                facts.depth -= u32::from(is_closure);
            }
        }
    }

    /// Does a range clause range over a function?
    pub(super) fn is_range_func(&self, x: ExprId) -> bool {
        matches!(self.under(self.type_of(x)), Type::Func(_))
    }

    /// The place is assigned.
    fn assigned(&self, id: ExprId, facts: &mut Facts) {
        self.expr_facts(id, facts);
        if let Some(obj) = self.stack_root(id) {
            if facts.in_post && matches!(self.ast(self.unparen(id)).kind, ExprKind::Ident(_)) {
                facts.stepped.insert(obj);
                // a literal inside a post statement would see the change
                if facts.declared.get(&obj).is_some_and(|d| *d < facts.depth) {
                    facts.assigned.insert(obj);
                }
            } else {
                facts.assigned.insert(obj);
            }
        }
    }

    /// The local whose own memory the place is part of; none behind a pointer or slice.
    pub(super) fn stack_root(&self, id: ExprId) -> Option<ObjId> {
        match self.ast(id).kind {
            ExprKind::Ident(_) => self.object_of(id),
            ExprKind::Paren(x) => self.stack_root(x),
            ExprKind::Selector { x, .. } => {
                let selection = self.info().selections.get(&id)?;
                if selection.kind != SelectionKind::Field || selection.indirect {
                    None
                } else {
                    self.stack_root(x)
                }
            }
            ExprKind::Index { x, .. } if matches!(self.under(self.type_of(x)), Type::Array(..)) => {
                self.stack_root(x)
            }
            _ => None,
        }
    }

    fn addressed(&self, id: ExprId, facts: &mut Facts) {
        facts.addressed.extend(self.stack_root(id));
    }

    fn expr_facts(&self, id: ExprId, facts: &mut Facts) {
        match &self.ast(id).kind {
            ExprKind::Ident(_) => {
                if let Some(obj) = self.object_of(id)
                    && facts.declared.get(&obj).is_some_and(|d| *d < facts.depth)
                {
                    facts.captured.insert(obj);
                }
            }
            ExprKind::FuncLit(lit) => {
                facts.depth += 1;
                let outer = std::mem::replace(&mut facts.in_post, false);
                self.analyse_body(&lit.ty, &lit.body, facts);
                facts.in_post = outer;
                facts.depth -= 1;
            }
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::TypeAssert { x, .. } => {
                self.expr_facts(*x, facts)
            }
            ExprKind::Unary { op, x } => {
                if *op == UnaryOp::Addr {
                    self.addressed(*x, facts);
                }
                self.expr_facts(*x, facts);
            }
            ExprKind::Binary { x, y, .. } => {
                self.expr_facts(*x, facts);
                self.expr_facts(*y, facts);
            }
            ExprKind::Selector { x, .. } => {
                if let Some(selection) = self.info().selections.get(&id) {
                    // a method that takes a pointer, called on a variable
                    let through =
                        selection.indirect || matches!(self.under(selection.recv), Type::Pointer(_));
                    if selection.kind == SelectionKind::MethodValue && selection.ptr_recv && !through {
                        self.addressed(*x, facts);
                    }
                    self.expr_facts(*x, facts);
                }
            }
            ExprKind::Index { x, indices, .. } => {
                self.expr_facts(*x, facts);
                indices.iter().for_each(|i| self.expr_facts(*i, facts));
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                if matches!(self.under(self.type_of(*x)), Type::Array(..)) {
                    self.addressed(*x, facts);
                }
                self.expr_facts(*x, facts);
                [lo, hi, max].into_iter().flatten().for_each(|b| self.expr_facts(*b, facts));
            }
            ExprKind::Call { fun, args, .. } => {
                self.expr_facts(*fun, facts);
                args.iter().for_each(|a| self.expr_facts(*a, facts));
            }
            ExprKind::CompositeLit { elems, .. } => elems.iter().for_each(|e| self.expr_facts(*e, facts)),
            ExprKind::KeyValue { key, value, .. } => {
                if self.info().tv(*key).is_some() {
                    self.expr_facts(*key, facts);
                }
                self.expr_facts(*value, facts);
            }
            _ => {}
        }
    }
}
