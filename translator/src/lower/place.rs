//! Places: what can be read, assigned and pointed to (Go specification, "Address operators", "Assignment statements").
//!
//! A local that stays on the stack is a Rust place; everything else is a view with cells, reached through `Ptr`, `Slice` or a
//! package variable.

use super::{Lower, Storage};
use crate::ast::{ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr, Stmt};
use crate::typed::{Mode, ObjKind, SelectionKind, TypeId};
use crate::types::{Basic, Type};

/// Something that holds a value.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// `_`
    Blank,
    /// A Rust place (or a value nobody assigns to).
    Local(Expr),
    /// A view: `.set(v)`, `.addr()`, `.get()`, read by `*`.
    Cell(Expr),
    /// What a pointer, boxed local or package variable leads to: as a view, but read by `.get()`.
    Pointee(Expr),
    /// An element of a slice: a view that is found when it is wanted.
    Elem(Expr, Expr),
    /// An element of a map.
    MapElem(Expr, Expr),
}

impl Place {
    /// An element of a slice as the view it is.
    pub(super) fn found(self) -> Place {
        match self {
            Place::Elem(s, i) => Place::Cell(s.index(i)),
            place => place,
        }
    }
}

impl Lower<'_> {
    /// The place an expression denotes; for an expression that is no place, its value.
    pub(super) fn place(&mut self, id: ExprId) -> Place {
        let id = self.unparen(id);
        match &self.ast(id).kind {
            ExprKind::Ident(name) if name.is_blank() => Place::Blank,
            ExprKind::Ident(_) => match self.object_of(id) {
                Some(obj) if matches!(self.obj(obj).kind, ObjKind::Var { .. }) => match self.storage(obj) {
                    Storage::Let | Storage::Mut => Place::Local(ir::path(self.local_name(obj))),
                    Storage::Boxed => Place::Pointee(ir::path(self.local_name(obj))),
                    Storage::Global => Place::Pointee(ir::path(self.item_path(obj))),
                },
                _ => Place::Local(self.expr(id)),
            },
            ExprKind::Star(x) => Place::Pointee(self.pointer(*x)),
            ExprKind::Selector { x, .. } => self.field_place(id, *x),
            ExprKind::Index { x, indices, .. } => self.index_place(*x, indices[0]),
            _ => Place::Local(self.expr(id)),
        }
    }

    /// A pointer's value without the wrapper of a defined type.
    fn pointer(&mut self, id: ExprId) -> Expr {
        let ty = self.type_of(id);
        let p = self.expr(id);
        if self.is_wrapped(ty) { p.field("0") } else { p }
    }

    /// The place of an operand whose parts are wanted: through its pointer if it is one.
    pub(super) fn base_place(&mut self, x: ExprId) -> Place {
        if let Type::Pointer(_) = self.under(self.type_of(x)) {
            return Place::Pointee(self.pointer(x));
        }
        if self.mode(x) == Mode::Variable { self.place(x) } else { Place::Local(self.expr(x)) }
    }

    fn field_place(&mut self, id: ExprId, x: ExprId) -> Place {
        let Some(selection) = self.info().selections.get(&id) else {
            // a package's variable
            return match self.object_of(id) {
                Some(obj) => Place::Pointee(ir::path(self.item_path(obj))),
                None => Place::Local(self.expr(id)),
            };
        };
        if selection.kind != SelectionKind::Field {
            return Place::Local(self.expr(id));
        }
        let base = self.base_place(x);
        self.walk(base, selection.recv, &selection.path).0
    }

    /// Follows fields from a value of type `ty`; the result has the type of the last.
    pub(super) fn walk(&mut self, mut place: Place, ty: TypeId, path: &[u32]) -> (Place, TypeId) {
        let mut ty = match *self.under(ty) {
            Type::Pointer(elem) => elem,
            _ => ty,
        };
        for (i, &index) in path.iter().enumerate() {
            if i > 0
                && let Type::Pointer(elem) = *self.under(ty)
            {
                let wrapped = self.is_wrapped(ty);
                let p = self.read_place(place, ty);
                place = Place::Pointee(if wrapped { p.field("0") } else { p });
                ty = elem;
            }
            let Type::Struct(fields) = self.under(ty) else { break };
            let field = &fields[index as usize];
            let name = super::names::field_name(field.name);
            place = match place {
                Place::Local(x) => Place::Local(x.field(&name)),
                Place::Cell(x) | Place::Pointee(x) => Place::Cell(x.field(&name)),
                Place::Elem(s, i) => Place::Cell(s.index(i).field(&name)),
                Place::MapElem(m, k) => Place::Local(m.method("get", vec![k]).field(&name)),
                Place::Blank => Place::Blank,
            };
            ty = field.ty;
        }
        (place, ty)
    }

    pub(super) fn index_place(&mut self, x: ExprId, index: ExprId) -> Place {
        let ty = self.type_of(x);
        match self.under(ty).clone() {
            Type::Slice(_) => {
                let s = self.unwrapped(x);
                let i = self.index_value(index);
                Place::Elem(s, i)
            }
            Type::Array(_, n) => {
                let base =
                    if self.mode(x) == Mode::Variable { self.place(x) } else { Place::Local(self.expr(x)) };
                let wrapped = self.is_wrapped(ty);
                let inner = |x: Expr| if wrapped { x.field("0") } else { x };
                match base.found() {
                    Place::Cell(a) | Place::Pointee(a) => {
                        Place::Cell(inner(a).index(self.index_value(index)))
                    }
                    Place::Local(a) => Place::Local(inner(a).index(self.array_index(index, n))),
                    other => other,
                }
            }
            Type::Pointer(_) => {
                let p = self.pointer(x);
                let elem = match *self.under(ty) {
                    Type::Pointer(elem) => elem,
                    _ => ty,
                };
                let p = if self.is_wrapped(elem) { p.field("0") } else { p };
                let i = self.index_value(index);
                Place::Cell(p.index(i))
            }
            Type::Map(key, _) => {
                let m = self.unwrapped(x);
                let k = self.key_in_turn(index, key);
                Place::MapElem(m, k)
            }
            _ => Place::Local(self.expr(x)),
        }
    }

    /// A value without the wrapper of its defined type.
    pub(super) fn unwrapped(&mut self, id: ExprId) -> Expr {
        let ty = self.type_of(id);
        let x = self.expr(id);
        self.unwrap(x, ty)
    }

    /// An index or bound: an `isize`, or what Go's messages show as the large number it is.
    pub(super) fn index_value(&mut self, id: ExprId) -> Expr {
        let basic = self.basic(self.type_of(id));
        if self.tv(id).value.is_none() && matches!(basic, Some(Basic::Uint | Basic::Uint64 | Basic::Uintptr))
        {
            let x = self.unwrapped(id);
            return ir::call("unsigned", vec![x]);
        }
        self.size_value(id)
    }

    /// An index or size as an `isize`.
    pub(super) fn size_value(&mut self, id: ExprId) -> Expr {
        let ty = self.type_of(id);
        if let Some(value) = self.tv(id).value.clone() {
            return self.constant_expr(id, &value, Basic::Int.id(), true);
        }
        let x = self.unwrapped(id);
        if self.basic(ty) == Some(Basic::Int) { x } else { x.cast(ir::ty("isize")) }
    }

    /// The index of a Rust array: checked unless it is a constant, which the checker did.
    fn array_index(&mut self, id: ExprId, n: u64) -> Expr {
        if let Some(value) = self.tv(id).value.clone() {
            return self.constant(&value, Basic::Uint.id(), true);
        }
        let i = self.index_value(id);
        ir::call("at", vec![i, ir::lit(n.to_string())])
    }

    /// The value a place holds.
    pub(super) fn read_place(&mut self, place: Place, _ty: TypeId) -> Expr {
        match place {
            Place::Blank => ir::path("_"),
            Place::Local(x) => x,
            Place::Cell(x) => x.deref(),
            Place::Elem(s, i) => s.index(i).deref(),
            Place::Pointee(x) => x.method("get", vec![]),
            Place::MapElem(m, k) => m.method("get", vec![k]),
        }
    }

    /// The store as a statement.
    pub(super) fn store(&mut self, place: Place, value: Expr) -> Expr {
        let value = super::literal::untyped(value);
        match place {
            Place::Blank => Expr::Assign("=", Box::new(ir::path("_")), Box::new(value)),
            Place::Local(x) => Expr::Assign("=", Box::new(x), Box::new(value)),
            Place::Cell(x) | Place::Pointee(x) => x.method("set", vec![value]),
            Place::Elem(x, i) | Place::MapElem(x, i) => x.method("set", vec![i, value]),
        }
    }

    /// The places that expressions denote.
    pub(super) fn places(&mut self, lhs: &[ExprId]) -> Vec<Place> {
        lhs.iter().map(|l| if self.is_blank(*l) { Place::Blank } else { self.place(*l) }).collect()
    }

    /// As [`Self::bind_place`] for the places of `lhs`, which are then assigned one after the other.
    pub(super) fn bind_places(
        &mut self,
        lhs: &[ExprId],
        places: Vec<Place>,
        stmts: &mut Vec<Stmt>,
    ) -> Vec<Place> {
        let names =
            lhs.iter().filter_map(|l| self.object_of(self.unparen(*l))).map(|o| self.local_name(o)).collect();
        let outer = std::mem::replace(&mut self.assigning, names);
        let mut bound = vec![];
        for (&l, place) in lhs.iter().zip(places) {
            // a plain variable is a place of its own, not an operand of one
            bound.push(match place {
                place @ (Place::Local(Expr::Path(_)) | Place::Pointee(Expr::Path(_))) if self.is_name(l) => {
                    place
                }
                place => self.bind_place(place, stmts),
            });
        }
        self.assigning = outer;
        bound
    }

    fn is_name(&self, id: ExprId) -> bool {
        matches!(self.ast(self.unparen(id)).kind, ExprKind::Ident(_))
    }

    /// The place with its operands evaluated: reading and then storing evaluates nothing twice.
    pub(super) fn bind_place(&mut self, place: Place, stmts: &mut Vec<Stmt>) -> Place {
        match place {
            Place::Blank => Place::Blank,
            Place::Local(x) => Place::Local(self.bind_parts(x, stmts, true)),
            Place::Cell(x) => Place::Cell(self.bind_parts(x, stmts, false)),
            Place::Pointee(x) => Place::Pointee(self.bind_atom(x, "p", stmts)),
            Place::Elem(s, i) => {
                let s = self.bind_atom(s, "s", stmts);
                let i = self.bind_atom(i, "i", stmts);
                Place::Elem(s, i)
            }
            Place::MapElem(m, k) => {
                let m = self.bind_atom(m, "m", stmts);
                let k = self.bind_atom(k, "k", stmts);
                Place::MapElem(m, k)
            }
        }
    }

    /// As [`Self::bind_place`] for a local, with its indices checked.
    pub(super) fn bind_checked(&mut self, place: Place, stmts: &mut Vec<Stmt>) -> Place {
        fn bind(l: &mut Lower<'_>, x: Expr, stmts: &mut Vec<Stmt>) -> Expr {
            match x {
                Expr::Field(x, name) => Expr::Field(Box::new(bind(l, *x, stmts)), name),
                Expr::Index(x, i) => {
                    let x = bind(l, *x, stmts);
                    Expr::Index(Box::new(x), Box::new(l.bind_atom(*i, "i", stmts)))
                }
                x => x,
            }
        }
        match place {
            Place::Local(x) => Place::Local(bind(self, x, stmts)),
            place => self.bind_place(place, stmts),
        }
    }

    fn bind_parts(&mut self, x: Expr, stmts: &mut Vec<Stmt>, local: bool) -> Expr {
        match x {
            Expr::Field(x, name) => Expr::Field(Box::new(self.bind_parts(*x, stmts, local)), name),
            Expr::Index(x, i) => {
                let x = self.bind_parts(*x, stmts, local);
                let i = match *i {
                    // the check belongs to the use
                    Expr::Call(at, mut args) if matches!(&*at, Expr::Path(name) if name == "at") => {
                        args[0] = self.bind_atom(args[0].clone(), "i", stmts);
                        Expr::Call(at, args)
                    }
                    i => self.bind_atom(i, "i", stmts),
                };
                Expr::Index(Box::new(x), Box::new(i))
            }
            x if local => x,
            x => self.bind_atom(x, "p", stmts),
        }
    }

    pub(super) fn bind_atom(&mut self, x: Expr, stem: &str, stmts: &mut Vec<Stmt>) -> Expr {
        let changes = matches!(&x, Expr::Path(name) if self.assigning.contains(name));
        if (x.is_atom() && !changes) || is_text(&x) {
            return x;
        }
        // a field's address is best called by the field
        let stem = match &x {
            Expr::Method(recv, method, _) if method == "addr" => match &**recv {
                Expr::Field(_, field) => field.clone(),
                _ => stem.to_owned(),
            },
            _ => stem.to_owned(),
        };
        let name = self.temp(&stem);
        stmts.push(ir::let_(&name, x));
        ir::path(name)
    }

    /// `&x`
    pub(super) fn address_of(&mut self, id: ExprId) -> Expr {
        let id = self.unparen(id);
        if let ExprKind::CompositeLit { .. } = self.ast(id).kind {
            if let Some(made) = self.made_in_place(id, self.type_of(id)) {
                return made;
            }
            let value = self.expr(id);
            return ir::call("Ptr::new", vec![value]);
        }
        if let ExprKind::Unary { op: UnaryOp::Addr, .. } = self.ast(id).kind {
            return self.expr(id);
        }
        let place = self.place(id);
        self.place_address(place, id)
    }

    pub(super) fn place_address(&mut self, place: Place, id: ExprId) -> Expr {
        match place {
            Place::Cell(x) => x.method("addr", vec![]),
            Place::Elem(s, i) => s.index(i).method("addr", vec![]),
            Place::Pointee(x) if self.is_boxed_path(id) => x,
            // a package variable's address; `&*p`, which checks for nil
            Place::Pointee(x) => x.method("addr", vec![]),
            Place::Local(_) | Place::MapElem(..) | Place::Blank => {
                let pos = self.pos(id);
                self.unsupported(pos, "the address of this expression")
            }
        }
    }

    /// Is the place a pointer already: a boxed local, or what a pointer points to?
    pub(super) fn is_boxed_path(&self, id: ExprId) -> bool {
        let id = self.unparen(id);
        match self.ast(id).kind {
            ExprKind::Ident(_) => self.object_of(id).is_some_and(|o| self.storage(o) != Storage::Global),
            ExprKind::Selector { .. } => self.info().selections.contains_key(&id),
            ExprKind::Star(_) => false,
            _ => true,
        }
    }
}

/// `str("..")`, which costs nothing to repeat.
fn is_text(x: &Expr) -> bool {
    matches!(x, Expr::Call(f, args) if matches!((&**f, &args[..]), (Expr::Path(name), [Expr::Lit(_)]) if name == "str"))
}
