//! Order of evaluation (Go specification, "Order of evaluation"; lowering.md rule 13).
//!
//! Go orders calls and receives among themselves, but not against reads of variables; gc reads variables after the calls of
//! the same expression, and programs notice (`nodes[i].left = build()` where `build` appends to `nodes`). Rust evaluates
//! strictly from left to right. So if a call may write what an operand before it reads, the calls of that expression are
//! bound by `let` first, in their order, and the reads stay in the expression. The same is done where an operand may panic
//! and a call behind it does something that others notice (`a[i] + f()`): gc calls first.
//!
//! Always holds: an expression without such a pair stays one Rust expression. What a call may write is said by `effects`,
//! what may panic by `fails`.
//!
//! Rejected: binding operands wherever there is a call (`n.val + sum(n.next)` is in every program and needs nothing).

use super::effects::Mem;
use super::{Lower, Storage};
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr, Pat, Stmt};
use crate::symbol::Symbol;
use crate::typed::{Builtin, Mode, ObjId, ObjKind, SelectionKind, TypeId};
use crate::types::Type;

/// What is known about the expression being lowered.
#[derive(Default, Debug)]
pub(super) enum Order {
    /// Nothing: an outermost expression comes next.
    #[default]
    Unknown,
    /// Rust's order does.
    Fine,
    /// Calls are bound here first.
    Moving(Vec<Stmt>),
}

/// What evaluating an expression does, seen from the operands beside it.
#[derive(Default)]
struct Facts {
    /// Memory read, whose values still wait for their use.
    loads: Vec<Mem>,
    /// What may panic, but waits for the calls behind it.
    waits: Vec<Wait>,
    /// A call writes what was read before it.
    disorder: bool,
}

/// What may panic.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Wait {
    /// The use of a pointer in a Rust local, which no call changes.
    Nil(ObjId),
    Other,
}

impl Lower<'_> {
    /// Lowers `id` by `lower`; as the outermost expression it gets a block around it if calls must come first.
    pub(super) fn in_order(&mut self, id: ExprId, lower: impl FnOnce(&mut Self) -> Expr) -> Expr {
        match self.cx.order {
            Order::Fine => lower(self),
            Order::Moving(_) => {
                let x = lower(self);
                if !self.is_moved(id) || x.is_atom() {
                    return x;
                }
                let name = self.temp(&self.stem_of(self.type_of(id)));
                if let Order::Moving(lets) = &mut self.cx.order {
                    lets.push(ir::let_(&name, x));
                }
                ir::path(name)
            }
            Order::Unknown => {
                let moving = self.facts(id).disorder;
                let (x, lets) = self.ordered_if(moving, lower);
                block(lets, x)
            }
        }
    }

    /// What a value of the type is called if nothing else is known of it.
    fn stem_of(&self, ty: TypeId) -> String {
        let stem = match *self.program.types.get(ty) {
            Type::Basic(b) if b.is_integer() => "n".to_owned(),
            Type::Basic(b) if b.is_float() => "x".to_owned(),
            Type::Basic(b) if b.is_string() => "s".to_owned(),
            Type::Basic(b) if b.is_boolean() => "ok".to_owned(),
            Type::Slice(_) => "list".to_owned(),
            Type::Pointer(elem) if matches!(self.program.types.get(elem), Type::Named(_)) => {
                self.stem_of(elem)
            }
            Type::Named(n) => match self.program.types.named(n).name.as_str() {
                "error" => "err".to_owned(),
                name => super::names::variable_of(name),
            },
            _ => "t".to_owned(),
        };
        if super::names::plain_name(Symbol::intern(&stem)) == stem { stem } else { "t".to_owned() }
    }

    /// Lowers what is evaluated only sometimes: its calls stay with it.
    pub(super) fn apart(&mut self, lower: impl FnOnce(&mut Self) -> Expr) -> Expr {
        let outer = std::mem::take(&mut self.cx.order);
        let x = lower(self);
        self.cx.order = outer;
        x
    }

    /// Lowers a statement that finds `places` and evaluates `values`; what must come first goes before it.
    pub(super) fn ordered(
        &mut self,
        places: &[ExprId],
        values: &[ExprId],
        out: &mut Vec<Stmt>,
        lower: impl FnOnce(&mut Self, &mut Vec<Stmt>),
    ) {
        let mut facts = Facts::default();
        for &place in places.iter().filter(|p| !self.is_blank(**p)) {
            self.disorder(&mut facts, place);
            then(&mut facts, self.place_facts(place));
        }
        values.iter().for_each(|value| self.call_after(&mut facts, *value));
        // a place is found when all values are there
        let shows = values.iter().any(|v| self.value_fails(*v).effect);
        let calls = values.iter().any(|v| self.has_effect(*v));
        facts.disorder |= places.iter().any(|p| {
            !self.is_blank(*p) && (shows || calls && self.has_call(*p)) && self.shows_before(*p, values)
        });
        let mut stmts = vec![];
        let ((), mut lets) = self.ordered_if(facts.disorder, |l| lower(l, &mut stmts));
        // a tuple is taken apart at once
        if let Some(Stmt::Let { pat: Pat::Name { name, .. }, init: Some(_), .. }) = lets.last()
            && let Some(taken) = stmts.first_mut().and_then(taken_apart)
            && *taken == ir::path(name)
            && let Some(Stmt::Let { init: Some(tuple), .. }) = lets.pop()
        {
            *taken = tuple;
        }
        out.extend(lets);
        out.extend(stmts);
    }

    fn ordered_if<R>(&mut self, moving: bool, lower: impl FnOnce(&mut Self) -> R) -> (R, Vec<Stmt>) {
        self.cx.order = if moving { Order::Moving(vec![]) } else { Order::Fine };
        let x = lower(self);
        match std::mem::take(&mut self.cx.order) {
            Order::Moving(lets) => (x, lets),
            _ => (x, vec![]),
        }
    }

    /// Is it evaluated in its turn even where reads wait?
    fn is_moved(&self, id: ExprId) -> bool {
        match &self.ast(id).kind {
            ExprKind::Call { fun, args, .. } => match self.info().tv(*fun).map(|t| t.mode) {
                Some(Mode::Type) => false,
                // what nothing changes and cannot fail may stay
                Some(Mode::Builtin(b)) if b != Builtin::Recover && !self.value_fails(id).effect => {
                    let operands = self.list(args.iter().copied());
                    self.has_effect(id) || !operands.loads.is_empty() || !operands.waits.is_empty()
                }
                _ => true,
            },
            ExprKind::Unary { op: UnaryOp::Recv, .. } | ExprKind::Slice { .. } => true,
            // an interface that is one pointer is looked at where it is used
            ExprKind::TypeAssert { .. } => !matches!(
                self.under(self.type_of(id)),
                Type::Pointer(_) | Type::Map(..) | Type::Chan(..) | Type::Func(_)
            ),
            ExprKind::Binary { op: BinaryOp::LAnd | BinaryOp::LOr, .. } => self.has_call(id),
            _ => false,
        }
    }

    /// A key as gc takes it: those of maps that are not looked up by the plain value are copied in their turn.
    pub(super) fn key_in_turn(&mut self, index: ExprId, key: TypeId) -> Expr {
        let k = self.expr_as(index, key);
        let plain = match self.under(key) {
            Type::Basic(b) => b.is_string() || b.is_integer() && b.bits() >= Some(32),
            Type::Pointer(_) | Type::Chan(..) => true,
            _ => false,
        };
        let in_memory = self.mode(index) == Mode::Variable && self.type_of(index) == key;
        if plain || in_memory || k.is_atom() || !matches!(self.cx.order, Order::Moving(_)) {
            return k;
        }
        let name = self.temp("k");
        if let Order::Moving(lets) = &mut self.cx.order {
            lets.push(ir::let_(&name, k));
        }
        ir::path(name)
    }

    // ---- what an expression reads and calls

    fn list(&self, ids: impl IntoIterator<Item = ExprId>) -> Facts {
        let mut facts = Facts::default();
        ids.into_iter().for_each(|id| self.call_after(&mut facts, id));
        facts
    }

    /// `id` is evaluated after what `facts` tells of.
    fn call_after(&self, facts: &mut Facts, id: ExprId) {
        self.disorder(facts, id);
        then(facts, self.facts(id));
    }

    /// Do the calls of `id` write what was read, or show before what may panic?
    fn disorder(&self, facts: &mut Facts, id: ExprId) {
        if facts.disorder || facts.loads.is_empty() && facts.waits.is_empty() || !self.has_call(id) {
            return;
        }
        let told = |w: &Wait| matches!(w, Wait::Nil(var) if self.fails_first(id, *var));
        facts.disorder =
            self.writes_any(id, &facts.loads) || !facts.waits.iter().all(told) && self.value_fails(id).effect;
    }

    /// Does the value fail where the place does, and first?
    pub(super) fn fails_alike(&self, place: ExprId, value: ExprId) -> bool {
        self.place_facts(place)
            .waits
            .iter()
            .all(|w| matches!(w, Wait::Nil(var) if self.fails_first(value, *var)))
    }

    /// Does evaluating `id` use the pointer in `var` before anything shows?
    fn fails_first(&self, id: ExprId, var: ObjId) -> bool {
        let children: Vec<ExprId> = match &self.ast(id).kind {
            ExprKind::Star(x) if self.nil_of(*x) == Wait::Nil(var) => return true,
            ExprKind::Selector { x, .. } => match self.info().selections.get(&id) {
                Some(s) if s.kind == SelectionKind::Field => {
                    if !s.path.is_empty() && self.nil_of(*x) == Wait::Nil(var) {
                        return matches!(self.under(s.recv), Type::Pointer(_));
                    }
                    vec![*x]
                }
                Some(_) => vec![*x],
                None => vec![],
            },
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::TypeAssert { x, .. } => vec![*x],
            ExprKind::Unary { op, x } if *op != UnaryOp::Addr => vec![*x],
            ExprKind::Binary { op: BinaryOp::LAnd | BinaryOp::LOr, x, .. } => vec![*x],
            ExprKind::Binary { x, y, .. } => vec![*x, *y],
            ExprKind::Call { fun, args, .. } => std::iter::once(*fun).chain(args.iter().copied()).collect(),
            ExprKind::Index { x, indices, .. } => vec![*x, indices[0]],
            ExprKind::Slice { x, .. } => vec![*x],
            _ => vec![],
        };
        let shows = |x: &ExprId| self.info().tv(*x).is_some() && self.value_fails(*x).effect;
        match children.iter().find(|x| shows(x)) {
            Some(x) => self.fails_first(*x, var),
            None => children.iter().any(|x| self.info().tv(*x).is_some() && self.fails_first(*x, var)),
        }
    }

    /// The use of a pointer.
    fn nil_of(&self, pointer: ExprId) -> Wait {
        let pointer = self.unparen(pointer);
        match self.object_of(pointer) {
            Some(var)
                if matches!(self.ast(pointer).kind, ExprKind::Ident(_)) && self.in_rust_local(pointer) =>
            {
                Wait::Nil(var)
            }
            _ => Wait::Other,
        }
    }

    fn facts(&self, id: ExprId) -> Facts {
        if let ExprKind::KeyValue { key, value, .. } = self.ast(id).kind {
            return self.list([key, value]);
        }
        let Some(tv) = self.info().tv(id) else { return Facts::default() };
        if tv.value.is_some() || matches!(tv.mode, Mode::Type | Mode::Nil | Mode::Builtin(_)) {
            return Facts::default();
        }
        match &self.ast(id).kind {
            ExprKind::Ident(_) | ExprKind::Star(_) => self.read_facts(id),
            ExprKind::Paren(x) => self.facts(*x),
            ExprKind::Selector { x, .. } => match self.info().selections.get(&id) {
                Some(s) if s.kind == SelectionKind::Field => self.read_facts(id),
                Some(s) if s.kind == SelectionKind::MethodValue => self.receiver_facts(*x, s.ptr_recv),
                Some(_) => Facts::default(),
                None => self.read_facts(id),
            },
            ExprKind::Index { x, indices, .. } => match self.info().tv(*x).map(|tv| self.under(tv.ty)) {
                Some(Type::Map(key, _)) => {
                    let mut facts = self.list([*x, indices[0]]);
                    facts.loads.push(Mem::Map);
                    facts.waits_if(self.key_fails(*key).other);
                    facts
                }
                Some(Type::Basic(_)) => {
                    let mut facts = self.list([*x, indices[0]]);
                    facts.waits.push(Wait::Other);
                    facts
                }
                Some(Type::Func(_)) | None => Facts::default(),
                Some(_) => self.read_facts(id),
            },
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let is_array = matches!(self.under(self.type_of(*x)), Type::Array(..));
                let mut facts = if is_array { self.place_facts(*x) } else { self.facts(*x) };
                for bound in [lo, hi, max].into_iter().flatten() {
                    self.call_after(&mut facts, *bound);
                }
                facts.done()
            }
            ExprKind::TypeAssert { x, .. } if self.is_moved(id) => self.facts(*x).done(),
            ExprKind::TypeAssert { x, .. } => {
                let mut facts = self.facts(*x);
                facts.waits.push(Wait::Other);
                facts
            }
            ExprKind::Unary { op: UnaryOp::Addr, x } => match self.ast(self.unparen(*x)).kind {
                ExprKind::CompositeLit { .. } => self.facts(*x),
                _ => self.place_facts(*x),
            },
            ExprKind::Unary { op: UnaryOp::Recv, x } => self.facts(*x).done(),
            ExprKind::Unary { x, .. } => self.facts(*x),
            // the right side is lowered apart
            ExprKind::Binary { op: BinaryOp::LAnd | BinaryOp::LOr, x, .. } => self.facts(*x).done(),
            ExprKind::Binary { op, x, y, .. } => {
                let mut facts = self.list([*x, *y]);
                facts.waits_if(self.operation_fails(*op, *x, *y).other);
                facts
            }
            // the entries of a map are stored one after the other
            ExprKind::CompositeLit { elems, .. } if matches!(self.under(tv.ty), Type::Map(..)) => {
                let disorder = elems.iter().any(|e| self.facts(*e).disorder);
                Facts { disorder, ..Facts::default() }
            }
            ExprKind::CompositeLit { elems, .. } => self.list(elems.iter().copied()),
            ExprKind::Call { fun, args, .. } => self.call_facts(*fun, args),
            _ => Facts::default(),
        }
    }

    fn call_facts(&self, fun: ExprId, args: &[ExprId]) -> Facts {
        let fun = self.unparen(fun);
        let args = args.iter().copied();
        match self.info().tv(fun).map(|t| t.mode) {
            Some(Mode::Type) => {
                let mut facts = self.list(args.clone());
                // a string made of a slice reads its elements
                facts.loads.extend(args.filter_map(|a| match *self.under(self.type_of(a)) {
                    Type::Slice(elem) if self.basic(self.type_of(fun)).is_some() => Some(Mem::Elem(elem)),
                    _ => None,
                }));
                return facts;
            }
            Some(Mode::Builtin(_)) => return self.list(args).done(),
            _ => {}
        }
        let mut facts = match self.ast(fun).kind {
            ExprKind::Ident(_) if self.is_function(fun) => Facts::default(),
            ExprKind::Selector { .. } if self.is_function(fun) => Facts::default(),
            _ => self.facts(fun),
        };
        args.for_each(|arg| self.call_after(&mut facts, arg));
        facts.done()
    }

    fn is_function(&self, id: ExprId) -> bool {
        self.object_of(id).is_some_and(|o| matches!(self.obj(o).kind, ObjKind::Func { .. }))
    }

    fn receiver_facts(&self, x: ExprId, by_pointer: bool) -> Facts {
        let is_pointer = matches!(self.under(self.type_of(x)), Type::Pointer(_));
        if by_pointer && !is_pointer && self.mode(x) == Mode::Variable {
            self.place_facts(x)
        } else {
            self.facts(x)
        }
    }

    /// Reading a place: its operands, and the place itself unless it is a Rust local no call can change.
    fn read_facts(&self, id: ExprId) -> Facts {
        let mut facts = self.place_facts(id);
        if !self.in_rust_local(id) {
            facts.loads.extend(self.mem_of(id));
        }
        facts
    }

    pub(super) fn in_rust_local(&self, id: ExprId) -> bool {
        match self.ast(id).kind {
            ExprKind::Paren(x) => self.in_rust_local(x),
            ExprKind::Ident(_) => match self.object_of(id) {
                Some(obj) if matches!(self.obj(obj).kind, ObjKind::Var { .. }) => {
                    matches!(self.storage(obj), Storage::Let | Storage::Mut)
                }
                _ => true,
            },
            ExprKind::Selector { x, .. } => match self.info().selections.get(&id) {
                Some(s) => {
                    !s.indirect && !matches!(self.under(s.recv), Type::Pointer(_)) && self.in_rust_local(x)
                }
                None => false,
            },
            ExprKind::Index { x, .. } => {
                matches!(self.under(self.type_of(x)), Type::Array(..)) && self.in_rust_local(x)
            }
            ExprKind::Star(_) | ExprKind::Slice { .. } => false,
            // a value
            _ => true,
        }
    }

    /// The operands of a place: what finding it reads, and where that may panic.
    fn place_facts(&self, id: ExprId) -> Facts {
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.place_facts(*x),
            ExprKind::Star(x) => {
                let mut facts = self.facts(*x);
                facts.waits.push(self.nil_of(*x));
                facts
            }
            ExprKind::Selector { x, .. } => {
                let Some(s) = self.info().selections.get(&id) else { return Facts::default() };
                let by_pointer = matches!(self.under(s.recv), Type::Pointer(_));
                let mut facts = match self.mode(*x) {
                    _ if by_pointer => self.facts(*x),
                    _ if s.indirect => self.read_facts(*x),
                    Mode::Variable => self.place_facts(*x),
                    _ => self.facts(*x),
                };
                if by_pointer {
                    facts.waits.push(self.nil_of(*x));
                }
                facts.waits_if(s.indirect && s.path.len() > 1);
                facts
            }
            ExprKind::Index { x, indices, .. } => {
                let by_place = matches!(self.under(self.type_of(*x)), Type::Array(..))
                    && self.mode(*x) == Mode::Variable;
                let mut facts = if by_place { self.place_facts(*x) } else { self.facts(*x) };
                self.call_after(&mut facts, indices[0]);
                let fails = self.index_fails(*x, indices[0]);
                facts.waits_if(fails.nil || fails.other);
                facts
            }
            ExprKind::Ident(_) => Facts::default(),
            _ => self.facts(id),
        }
    }
}

impl Facts {
    /// Everything so far is evaluated; nothing waits.
    fn done(self) -> Facts {
        Facts { disorder: self.disorder, ..Facts::default() }
    }

    fn waits_if(&mut self, fails: bool) {
        self.waits.extend(fails.then_some(Wait::Other));
    }
}

fn then(facts: &mut Facts, next: Facts) {
    facts.disorder |= next.disorder;
    facts.loads.extend(next.loads);
    facts.waits.extend(next.waits);
}

/// `x` after `lets`.
fn block(mut lets: Vec<Stmt>, x: Expr) -> Expr {
    if lets.is_empty() {
        return x;
    }
    lets.push(Stmt::Tail(x));
    Expr::Block(None, ir::Block::of(lets))
}

/// An expression as a statement: a block's statements stand by themselves.
pub(super) fn spill(x: Expr, out: &mut Vec<Stmt>) {
    match x {
        Expr::Block(None, block) => out.extend(block.stmts.into_iter().map(|s| match s {
            Stmt::Tail(x) => Stmt::Expr(x),
            s => s,
        })),
        x => out.push(Stmt::Expr(x)),
    }
}

/// The value that a statement starts with taking apart.
fn taken_apart(stmt: &mut Stmt) -> Option<&mut Expr> {
    match stmt {
        Stmt::Let { pat: Pat::Tuple(_), init, .. } => init.as_mut(),
        Stmt::Expr(Expr::Block(None, block)) => block.stmts.first_mut().and_then(taken_apart),
        _ => None,
    }
}
