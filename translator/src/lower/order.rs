//! Order of evaluation (Go specification, "Order of evaluation"; lowering.md rule 13).
//!
//! Go orders calls and receives among themselves, but not against reads of variables; gc reads variables after the calls of
//! the same expression, and programs notice (`nodes[i].left = build()` where `build` appends to `nodes`). Rust evaluates
//! strictly from left to right. So if a call may write what an operand before it reads, the calls of that expression are
//! bound by `let` first, in their order, and the reads stay in the expression.
//!
//! Always holds: an expression without such a pair stays one Rust expression. What a call may write is said by `effects`.
//!
//! Rejected: binding operands wherever there is a call (`n.val + sum(n.next)` is in every program and needs nothing).

use super::effects::Mem;
use super::{Lower, Storage};
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr, Stmt};
use crate::typed::{Mode, ObjKind, SelectionKind, TypeId};
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
    /// A call writes what was read before it.
    disorder: bool,
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
                let name = self.temp("t");
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
        let mut stmts = vec![];
        let ((), lets) = self.ordered_if(facts.disorder, |l| lower(l, &mut stmts));
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
            ExprKind::Call { fun, .. } => !self.info().tv(*fun).is_some_and(|t| t.mode == Mode::Type),
            ExprKind::Unary { op: UnaryOp::Recv, .. } | ExprKind::TypeAssert { .. } => true,
            ExprKind::Index { x, .. } => self.info().tv(*x).is_some_and(|tv| self.is_slow_map(tv.ty)),
            ExprKind::Binary { op: BinaryOp::LAnd | BinaryOp::LOr, .. } => self.has_call(id),
            _ => false,
        }
    }

    /// A map that gc reads in its turn, by a call; those with plain keys it reads late, as variables.
    fn is_slow_map(&self, ty: TypeId) -> bool {
        let Type::Map(key, _) = *self.under(ty) else { return false };
        match self.under(key) {
            Type::Basic(b) => !(b.is_string() || (b.is_integer() && b.bits() >= Some(32))),
            Type::Pointer(_) | Type::Chan(..) => false,
            _ => true,
        }
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

    /// Do the calls of `id` write what waits?
    fn disorder(&self, facts: &mut Facts, id: ExprId) {
        if !facts.loads.is_empty() && !facts.disorder && self.has_call(id) {
            facts.disorder = self.writes_any(id, &facts.loads);
        }
    }

    fn facts(&self, id: ExprId) -> Facts {
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
                Some(Type::Map(..)) => {
                    let operands = self.list([*x, indices[0]]);
                    let loads = if self.is_slow_map(self.type_of(*x)) { vec![] } else { vec![Mem::Map] };
                    Facts { loads, ..operands }
                }
                Some(Type::Basic(_)) => self.list([*x, indices[0]]),
                Some(Type::Func(_)) | None => Facts::default(),
                Some(_) => self.read_facts(id),
            },
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let is_array = matches!(self.under(self.type_of(*x)), Type::Array(..));
                let mut facts = if is_array { self.place_facts(*x) } else { self.facts(*x) };
                for bound in [lo, hi, max].into_iter().flatten() {
                    self.call_after(&mut facts, *bound);
                }
                facts
            }
            ExprKind::TypeAssert { x, .. } => Facts { loads: vec![], ..self.facts(*x) },
            ExprKind::Unary { op: UnaryOp::Addr, x } => match self.ast(self.unparen(*x)).kind {
                ExprKind::CompositeLit { .. } => self.facts(*x),
                _ => self.place_facts(*x),
            },
            ExprKind::Unary { op: UnaryOp::Recv, x } => Facts { loads: vec![], ..self.facts(*x) },
            ExprKind::Unary { x, .. } => self.facts(*x),
            // the right side is lowered apart
            ExprKind::Binary { op: BinaryOp::LAnd | BinaryOp::LOr, x, .. } => {
                Facts { loads: vec![], ..self.facts(*x) }
            }
            ExprKind::Binary { x, y, .. } => self.list([*x, *y]),
            ExprKind::CompositeLit { elems, .. } => self.list(elems.iter().copied()),
            ExprKind::KeyValue { key, value, .. } => self.list([*key, *value]),
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
            Some(Mode::Builtin(_)) => return Facts { loads: vec![], ..self.list(args) },
            _ => {}
        }
        let mut facts = match self.ast(fun).kind {
            ExprKind::Ident(_) if self.is_function(fun) => Facts::default(),
            ExprKind::Selector { .. } if self.is_function(fun) => Facts::default(),
            _ => self.facts(fun),
        };
        args.for_each(|arg| self.call_after(&mut facts, arg));
        Facts { loads: vec![], ..facts }
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

    fn in_rust_local(&self, id: ExprId) -> bool {
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

    /// The operands of a place: what finding it reads.
    fn place_facts(&self, id: ExprId) -> Facts {
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.place_facts(*x),
            ExprKind::Star(x) => self.facts(*x),
            ExprKind::Selector { x, .. } => match self.info().selections.get(&id) {
                Some(s) if matches!(self.under(s.recv), Type::Pointer(_)) => self.facts(*x),
                Some(s) if s.indirect => self.read_facts(*x),
                Some(_) if self.mode(*x) == Mode::Variable => self.place_facts(*x),
                Some(_) => self.facts(*x),
                None => Facts::default(),
            },
            ExprKind::Index { x, indices, .. } => {
                let by_place = matches!(self.under(self.type_of(*x)), Type::Array(..))
                    && self.mode(*x) == Mode::Variable;
                let mut facts = if by_place { self.place_facts(*x) } else { self.facts(*x) };
                self.call_after(&mut facts, indices[0]);
                facts
            }
            ExprKind::Ident(_) => Facts::default(),
            _ => self.facts(id),
        }
    }
}

fn then(facts: &mut Facts, next: Facts) {
    facts.disorder |= next.disorder;
    facts.loads.extend(next.loads);
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
