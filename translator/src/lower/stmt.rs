//! Statements, blocks and function bodies (Go specification, "Statements").

use super::positions::Enclosing;
use super::{FnCx, Lower, Storage};
use crate::ast::{
    AssignOp, Block, Decl, ExprKind, FuncDecl, FuncLit, FuncType, Ident, Stmt, StmtKind, VarSpec, any_stmt,
};
use crate::ir::{self, Expr, Pat};
use crate::symbol::Symbol;
use crate::typed::{Mode, ObjId, ObjKind};
use crate::types::{Signature, Type};

impl Lower<'_> {
    /// The body of a declared function.
    pub(super) fn fn_body(&mut self, decl: &FuncDecl) -> ir::Block {
        let Some(body) = &decl.body else { return ir::Block::default() };
        let Some(func) = self.defined(decl.name.pos) else { return ir::Block::default() };
        let Type::Func(sig) = self.under(self.obj(func).ty).clone() else { return ir::Block::default() };
        self.enter_declared(func);
        self.disarms = decl.recv.is_some() && self.methods_recover(decl.name.name);
        let mut head = vec![];
        if let Some(name) = decl.recv.as_ref().and_then(|r| r.names.first())
            && !name.name.is_blank()
            && let Some(recv) = self.defined(name.pos)
        {
            match self.storage(recv) {
                Storage::Boxed => {
                    head.push(ir::let_(self.local_name(recv), ir::call("Ptr::new", vec![ir::path("self")])))
                }
                Storage::Mut => {
                    let pat = Pat::Name { name: self.local_name(recv), mutable: true };
                    head.push(ir::Stmt::Let { pat, ty: None, init: Some(ir::path("self")) });
                }
                _ => {
                    self.locals.insert(recv, "self".into());
                }
            }
        }
        let enclosing = self.cx.enclosing.clone();
        self.body(&decl.ty, &sig, body, head, enclosing)
    }

    /// The body of a function literal.
    pub(super) fn literal_body(&mut self, lit: &FuncLit, sig: &Signature) -> ir::Block {
        let enclosing = self.literal_in(!sig.params.is_empty());
        self.body(&lit.ty, sig, &lit.body, vec![], enclosing)
    }

    fn body(
        &mut self,
        ty: &FuncType,
        sig: &Signature,
        body: &Block,
        mut head: Vec<ir::Stmt>,
        enclosing: Enclosing,
    ) -> ir::Block {
        let idents = |fields: &[crate::ast::Field]| {
            fields.iter().flat_map(|f| f.names.clone()).collect::<Vec<Ident>>()
        };
        let result_vars: Vec<ObjId> =
            idents(&ty.results).iter().filter_map(|n| self.defined(n.pos)).collect();
        let has_defer = self.has_defer(&body.stmts);
        let calls_recover = self.calls_recover(&body.stmts);
        let disarms = !calls_recover && std::mem::take(&mut self.disarms);
        let has_goto = any_stmt(&body.stmts, &|s| {
            matches!(s.kind, StmtKind::Branch { kind: crate::ast::BranchKind::Goto, .. })
        });
        let results = sig.results.clone();
        let cx = FnCx { results, result_vars, has_defer, has_goto, enclosing, ..FnCx::default() };
        let outer = std::mem::replace(&mut self.cx, cx);
        let mark = self.function_mark(ty.pos);
        head.splice(0..0, mark);
        if calls_recover {
            head.push(ir::let_("recovery", ir::call("Recovery::take", vec![])));
        } else if disarms {
            head.push(ir::Stmt::Expr(ir::call("Recovery::take", vec![])));
        }
        for name in idents(&ty.params) {
            let Some(param) = self.defined(name.pos).filter(|_| !name.name.is_blank()) else { continue };
            let local = self.local_name(param);
            if self.storage(param) == Storage::Boxed {
                head.push(ir::let_(&local, ir::call("Ptr::new", vec![ir::path(&local)])));
            }
        }
        for (i, &var) in self.cx.result_vars.clone().iter().enumerate() {
            if self.obj(var).name.is_blank() {
                self.locals.insert(var, format!("result{i}_"));
            }
            head.push(self.declare_zero(var));
        }
        let over_func = |s: &Stmt| matches!(s.kind, StmtKind::Range { x, .. } if self.is_range_func(x));
        if has_defer || any_stmt(&body.stmts, &over_func) {
            self.name_shadows(body);
        }
        let mut stmts = self.stmts(&body.stmts);
        stmts.extend(self.comments_before(body.rbrace));
        if !has_defer {
            if !self.cx.result_vars.is_empty() && !super::switch::diverges(&stmts) {
                // only reached if Go's rules let it, that is never; a jump may still make rustc think so
                stmts.push(ir::Stmt::Expr(self.return_results()));
            }
            head.extend(stmts);
            self.cx = outer;
            return tail(ir::Block::of(head));
        }
        let named = !self.cx.result_vars.is_empty();
        let ret = if named { None } else { self.result_ty(&sig.results) };
        let params = vec![ir::Param { pat: ir::bind("defers"), ty: None }];
        stmts.splice(0..0, self.around_mark(body.lbrace));
        let inner = Expr::Block(None, tail(ir::Block::of(stmts)));
        let closure = Expr::Closure { moves: false, params, ret, body: Box::new(inner) };
        let scope = ir::call("defer_scope", vec![closure]);
        // deferred calls are made at the end
        head.extend(self.line_mark(body.rbrace));
        if named {
            head.push(ir::Stmt::Expr(scope));
            head.push(ir::Stmt::Tail(self.results_value()));
        } else {
            head.push(ir::Stmt::Tail(scope));
        }
        self.cx = outer;
        ir::Block::of(head)
    }

    /// Where `return v` assigns the named results (with defer, out of a range over a function), a variable that hides one of
    /// them gets another name.
    fn name_shadows(&mut self, body: &Block) {
        let info = self.info();
        for result in self.cx.result_vars.clone() {
            let name = self.obj(result).name;
            let mut shadows: Vec<ObjId> = info
                .defs
                .values()
                .chain(info.implicits.values())
                .filter(|o| **o != result && self.obj(**o).name == name && self.returns_under(body, **o))
                .copied()
                .collect();
            shadows.sort_by_key(|o| self.obj(*o).pos);
            for obj in shadows {
                let other = self.temp(name.as_str());
                self.locals.insert(obj, other);
            }
        }
    }

    /// Does a statement in the scope of a variable declared in the body return values?
    fn returns_under(&self, body: &Block, obj: ObjId) -> bool {
        let object = self.obj(obj);
        let holds = |s: &Stmt| (s.span.lo..s.span.hi).contains(&object.pos);
        if !matches!(object.kind, ObjKind::Var { .. }) || !body.stmts.iter().any(holds) {
            return false;
        }
        let returns =
            |s: &Stmt| matches!(&s.kind, StmtKind::Return(v) if !v.is_empty()) && s.span.lo > object.pos;
        // declared in a statement that has a scope: what is outside of the innermost one doesn't see it
        let has_scope = |s: &Stmt| !matches!(s.kind, StmtKind::Decl(_) | StmtKind::Assign { .. }) && holds(s);
        let any = |s: &Stmt, f: &dyn Fn(&Stmt) -> bool| any_stmt(std::slice::from_ref(s), f);
        any_stmt(&body.stmts, &|s| {
            let is_innermost = || !any(s, &|inner| has_scope(inner) && inner.span != s.span);
            has_scope(s) && is_innermost() && any(s, &returns)
        })
    }

    /// `let x = zero;` with whatever the variable needs.
    fn declare_zero(&mut self, var: ObjId) -> ir::Stmt {
        let ty = self.obj(var).ty;
        let name = self.local_name(var);
        if self.storage(var) == Storage::Boxed {
            let made = self.boxed_zero(ty);
            return ir::let_(name, made);
        }
        let mutable = self.storage(var) == Storage::Mut;
        let init = self.zero(ty);
        let ty = self.ty(ty);
        let says_type = match &init {
            Expr::Lit(text) => text == "false",
            Expr::Call(f, _) => matches!(&**f, Expr::Path(p) if p == "str" || *p == ty.to_string()),
            _ => false,
        };
        let ty = (!says_type).then_some(ty);
        ir::Stmt::Let { pat: Pat::Name { name, mutable }, ty, init: Some(init) }
    }

    /// The values of the named results.
    pub(super) fn results_value(&mut self) -> Expr {
        let vars = self.cx.result_vars.clone();
        let mut values: Vec<Expr> = vars.iter().map(|v| self.read_local(*v)).collect();
        if values.len() == 1 { values.remove(0) } else { Expr::Tuple(values) }
    }

    pub(super) fn read_local(&mut self, var: ObjId) -> Expr {
        let name = ir::path(self.local_name(var));
        if self.storage(var) == Storage::Boxed { name.method("get", vec![]) } else { name }
    }

    /// `return` with named results.
    pub(super) fn return_results(&mut self) -> Expr {
        if self.cx.has_defer {
            return Expr::Return(None);
        }
        let value = self.results_value();
        Expr::Return(Some(Box::new(value)))
    }

    // ---- lists

    /// The statements of a block with the comments in it.
    pub(super) fn block_stmts(&mut self, block: &Block) -> Vec<ir::Stmt> {
        let mut out = self.stmts(&block.stmts);
        out.extend(self.comments_before(block.rbrace));
        out
    }

    pub(super) fn stmts(&mut self, list: &[Stmt]) -> Vec<ir::Stmt> {
        let labels = Self::goto_labels(list);
        if !labels.is_empty() {
            return self.stmts_with_labels(list, &labels);
        }
        let mut out = vec![];
        for stmt in list {
            self.stmt_with_comments(stmt, &mut out);
        }
        out
    }

    /// A statement with the comments before it and behind it.
    pub(super) fn stmt_with_comments(&mut self, stmt: &Stmt, out: &mut Vec<ir::Stmt>) {
        let lead = self.comments_before(stmt.span.lo);
        out.extend(lead);
        let start = out.len();
        let line = self.map.line(stmt.span.lo);
        let outer = std::mem::replace(&mut self.cx.enclosing.line, line);
        out.extend(self.line_mark(stmt.span.lo));
        self.stmt(stmt, out);
        self.cx.enclosing.line = outer;
        let inside = self.comments_inside(stmt.span.hi);
        out.splice(start..start, inside);
        if let Some(text) = self.trailing_comment(stmt.span.hi) {
            out.push(ir::Stmt::Trailing(text));
        }
    }

    pub(super) fn stmt(&mut self, stmt: &Stmt, out: &mut Vec<ir::Stmt>) {
        self.labeled_stmt(stmt, None, out);
    }

    fn labeled_stmt(&mut self, stmt: &Stmt, label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let pos = stmt.span.lo;
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Decl(decl) => self.local_decl(decl, out),
            StmtKind::Labeled { label, stmt } => match stmt.kind {
                StmtKind::For { .. }
                | StmtKind::Range { .. }
                | StmtKind::Switch { .. }
                | StmtKind::TypeSwitch { .. }
                | StmtKind::Select { .. } => self.labeled_stmt(stmt, Some(label.name), out),
                // such a label serves goto only, which has cut the list there
                _ => self.stmt(stmt, out),
            },
            StmtKind::Expr(x) => {
                let x = self.expr(*x);
                super::order::spill(x, out);
            }
            StmtKind::Send { chan, value, .. } => {
                let elem = match self.under(self.type_of(*chan)) {
                    Type::Chan(_, elem) => *elem,
                    _ => return,
                };
                let c = self.unwrapped(*chan);
                let v = self.expr_as(*value, elem);
                out.push(ir::Stmt::Expr(c.method("send", vec![v])));
            }
            StmtKind::IncDec { x, inc, .. } => self.inc_dec(*x, *inc, out),
            StmtKind::Assign { lhs, op, rhs, .. } => match op {
                AssignOp::Define => self.ordered(&[], rhs, out, |l, out| l.define(lhs, rhs, out)),
                AssignOp::Assign => self.ordered(lhs, rhs, out, |l, out| l.assign(lhs, rhs, out)),
                AssignOp::Op(op) => {
                    let (x, y) = (lhs[0], rhs[0]);
                    self.ordered(&[], &[x, y], out, |l, out| l.op_assign(*op, x, y, out));
                }
            },
            StmtKind::Go(call) => self.go(*call, out),
            StmtKind::Defer(call) => self.defer(*call, out),
            StmtKind::Return(values) => self.ordered(&[], values, out, |l, out| l.return_stmt(values, out)),
            StmtKind::Branch { kind, label } => {
                if *kind != crate::ast::BranchKind::Fallthrough {
                    let jump = self.branch(pos, *kind, *label);
                    out.push(ir::Stmt::Expr(jump));
                }
            }
            StmtKind::Block(block) => {
                let inner = self.block_stmts(block);
                out.push(ir::Stmt::Expr(Expr::Block(None, ir::Block::of(inner))));
            }
            StmtKind::If { .. } => self.if_stmt(stmt, out),
            StmtKind::Switch { .. } => self.expr_switch(stmt, label, out),
            StmtKind::TypeSwitch { .. } => self.type_switch(stmt, label, out),
            StmtKind::Select { clauses, .. } => self.select(clauses, label, out),
            StmtKind::For { .. } => self.for_stmt(stmt, label, out),
            StmtKind::Range { .. } => self.range_stmt(stmt, label, out),
        }
    }

    // ---- declarations

    fn local_decl(&mut self, decl: &Decl, out: &mut Vec<ir::Stmt>) {
        match decl {
            Decl::Var { specs, .. } => {
                for spec in specs {
                    let lead = self.comments_before(spec.names[0].pos);
                    out.extend(lead);
                    self.var_spec(spec, out);
                    let end = spec.values.last().or(spec.ty.as_ref()).map(|x| self.ast(*x).span.hi);
                    if let Some(text) = end.and_then(|end| self.trailing_comment(end)) {
                        out.push(ir::Stmt::Trailing(text));
                    }
                }
            }
            Decl::Const { specs, .. } => self.local_consts(specs, out),
            Decl::Type { specs, .. } => self.local_types(specs),
            Decl::Import { .. } | Decl::Func(_) | Decl::Bad(_) => {}
        }
    }

    fn var_spec(&mut self, spec: &VarSpec, out: &mut Vec<ir::Stmt>) {
        let vars: Vec<Option<ObjId>> = spec.names.iter().map(|n| self.defined(n.pos)).collect();
        if spec.values.is_empty() {
            for var in vars.into_iter().flatten() {
                if !self.obj(var).name.is_blank() {
                    let stmt = self.declare_zero(var);
                    out.push(stmt);
                }
            }
            return;
        }
        self.ordered(&[], &spec.values, out, |l, out| {
            l.bind_vars(&vars, &spec.values, spec.ty.is_some(), out)
        });
    }

    // ---- questions about bodies

    /// Does the function itself defer something?
    fn has_defer(&self, stmts: &[Stmt]) -> bool {
        any_stmt(stmts, &|s| matches!(s.kind, StmtKind::Defer(_)))
    }

    /// Does the function call `recover` itself, as a statement or inside an expression?
    fn calls_recover(&self, stmts: &[Stmt]) -> bool {
        any_stmt(stmts, &|s| exprs_of(s).iter().any(|x| self.expr_recovers(*x)))
    }

    fn expr_recovers(&self, id: crate::ast::ExprId) -> bool {
        let sub = |x: &crate::ast::ExprId| self.expr_recovers(*x);
        match &self.ast(id).kind {
            ExprKind::Call { fun, args, .. } => {
                let is = self
                    .info()
                    .tv(*fun)
                    .is_some_and(|t| t.mode == Mode::Builtin(crate::typed::Builtin::Recover));
                is || sub(fun) || args.iter().any(sub)
            }
            ExprKind::Paren(x)
            | ExprKind::Star(x)
            | ExprKind::Unary { x, .. }
            | ExprKind::TypeAssert { x, .. } => sub(x),
            ExprKind::Selector { x, .. } => sub(x),
            ExprKind::Binary { x, y, .. } => sub(x) || sub(y),
            ExprKind::Index { x, indices, .. } => sub(x) || indices.iter().any(sub),
            ExprKind::Slice { x, lo, hi, max, .. } => sub(x) || [lo, hi, max].into_iter().flatten().any(sub),
            ExprKind::CompositeLit { elems, .. } => elems.iter().any(sub),
            ExprKind::KeyValue { key, value, .. } => sub(key) || sub(value),
            _ => false,
        }
    }

    /// Does a function literal call `recover` itself?
    pub(super) fn literal_recovers(&self, lit: &FuncLit) -> bool {
        self.calls_recover(&lit.body.stmts)
    }

    /// Does a declared function call `recover` itself? Unknown code counts as yes.
    pub(super) fn function_recovers(&self, func: ObjId) -> bool {
        let Some(pkg) = self.obj(func).pkg else { return true };
        let package = self.program.package(pkg);
        if package.is_golib {
            return false;
        }
        if !matches!(self.obj(func).kind, ObjKind::Func { .. }) {
            return true;
        }
        for (i, file) in package.files.iter().enumerate() {
            for decl in &file.decls {
                if let Decl::Func(decl) = decl
                    && decl.name.pos == self.obj(func).pos
                    && let Some(body) = &decl.body
                {
                    let there = Lower { pkg, file: i, ..Lower::new(self.program, self.map) };
                    return there.calls_recover(&body.stmts);
                }
            }
        }
        true
    }
}

/// Turns what a body ends in from `return x;` into `x`.
pub(super) fn tail(mut block: ir::Block) -> ir::Block {
    let last = block
        .stmts
        .iter()
        .rposition(|s| !matches!(s, ir::Stmt::Comment(_) | ir::Stmt::Trailing(_) | ir::Stmt::Blank));
    let Some(last) = last else { return block };
    let stmt = match std::mem::replace(&mut block.stmts[last], ir::Stmt::Blank) {
        ir::Stmt::Expr(x) => match tail_expr(x) {
            Some((x, true)) => ir::Stmt::Tail(x),
            Some((x, false)) => ir::Stmt::Expr(x),
            None => {
                block.stmts.remove(last);
                return block;
            }
        },
        other => other,
    };
    block.stmts[last] = stmt;
    block
}

/// The expression in tail position and whether it is the value of its block; `None` if nothing is left of it.
fn tail_expr(x: Expr) -> Option<(Expr, bool)> {
    Some(match x {
        Expr::Return(Some(value)) => (*value, true),
        Expr::Return(None) => return None,
        Expr::If(cond, then, Some(els)) => {
            let then = tail(then);
            let els = match *els {
                Expr::Block(None, block) => Expr::Block(None, tail(block)),
                els => match tail_expr(els.clone()) {
                    Some((els, _)) => els,
                    None => els,
                },
            };
            let value = has_value(&then) || value_of(&els);
            (Expr::If(cond, then, Some(Box::new(els))), value)
        }
        Expr::Match(on, arms) => {
            let arms: Vec<ir::Arm> = arms.into_iter().map(|a| ir::Arm { body: tail(a.body), ..a }).collect();
            let value = arms.iter().any(|a| has_value(&a.body));
            (Expr::Match(on, arms), value)
        }
        Expr::Select(arms) => {
            let arms: Vec<ir::SelectArm> =
                arms.into_iter().map(|a| ir::SelectArm { body: tail(a.body), ..a }).collect();
            let value = arms.iter().any(|a| has_value(&a.body));
            (Expr::Select(arms), value)
        }
        Expr::Block(None, block) => {
            let block = tail(block);
            let value = has_value(&block);
            (Expr::Block(None, block), value)
        }
        x => (x, false),
    })
}

fn has_value(block: &ir::Block) -> bool {
    block.stmts.iter().any(|s| matches!(s, ir::Stmt::Tail(_)))
}

fn value_of(x: &Expr) -> bool {
    match x {
        Expr::Block(None, block) => has_value(block),
        Expr::If(_, then, els) => has_value(then) || els.as_ref().is_some_and(|e| value_of(e)),
        _ => false,
    }
}

/// The expressions that stand directly in a statement.
pub(super) fn exprs_of(stmt: &Stmt) -> Vec<crate::ast::ExprId> {
    match &stmt.kind {
        StmtKind::Expr(x) | StmtKind::Go(x) | StmtKind::Defer(x) | StmtKind::IncDec { x, .. } => vec![*x],
        StmtKind::Send { chan, value, .. } => vec![*chan, *value],
        StmtKind::Assign { lhs, rhs, .. } => lhs.iter().chain(rhs).copied().collect(),
        StmtKind::Return(values) => values.clone(),
        StmtKind::If { cond, .. } => vec![*cond],
        StmtKind::Switch { tag, clauses, .. } => {
            tag.iter().chain(clauses.iter().flat_map(|c| &c.exprs)).copied().collect()
        }
        StmtKind::TypeSwitch { x, .. } => vec![*x],
        StmtKind::For { cond, .. } => cond.iter().copied().collect(),
        StmtKind::Range { x, .. } => vec![*x],
        StmtKind::Decl(Decl::Var { specs, .. }) => specs.iter().flat_map(|s| s.values.clone()).collect(),
        _ => vec![],
    }
}
