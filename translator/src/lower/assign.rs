//! Assignments and variable declarations (Go specification, "Assignment statements").

use super::place::Place;
use super::{Lower, Storage};
use crate::ast::{BinaryOp, ExprId, ExprKind};
use crate::ir::{self, Expr, Pat, Stmt};
use crate::symbol::Symbol;
use crate::typed::{Mode, ObjId, TypeId};
use crate::types::{Basic, Type};

impl Lower<'_> {
    /// The type without which a `let` would leave the value's open, and the value.
    fn init_value(&mut self, value: ExprId, ty: TypeId) -> Expr {
        let same = self.type_of(value) == ty;
        if same && self.mode(value) != Mode::Nil { self.expr(value) } else { self.expr_as(value, ty) }
    }

    /// Declares variables with their values; `None` is a blank.
    pub(super) fn bind_vars(
        &mut self,
        vars: &[Option<ObjId>],
        values: &[ExprId],
        typed: bool,
        out: &mut Vec<Stmt>,
    ) {
        if vars.len() != values.len() {
            return self.bind_tuple(vars, values[0], out);
        }
        // `a, b := b, a` must not see the new names; only shadowing makes a difference
        if vars.len() > 1 {
            let mut pats = vec![];
            let mut inits = vec![];
            let mut boxes = vec![];
            for (var, &value) in vars.iter().zip(values) {
                match var.filter(|v| !self.obj(*v).name.is_blank()) {
                    Some(var) => {
                        let ty = self.obj(var).ty;
                        inits.push(self.init_value(value, ty));
                        pats.push(self.pattern(var, &mut boxes));
                    }
                    None => {
                        inits.push(self.expr(value));
                        pats.push(Pat::Wild);
                    }
                }
            }
            let independent = vars.iter().flatten().all(|v| {
                let name = self.local_name(*v);
                !inits.iter().any(|x| mentions(x, &name))
            });
            if independent {
                for ((pat, init), var) in pats.into_iter().zip(inits).zip(vars) {
                    let (ty, init) = match var {
                        Some(v) if self.storage(*v) == Storage::Boxed && !matches!(pat, Pat::Wild) => {
                            (None, boxed(init))
                        }
                        _ => (var.and_then(|v| self.annotation(v, &init, typed)), init),
                    };
                    out.push(Stmt::Let { pat, ty, init: Some(init) });
                }
                return;
            }
            out.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(Expr::Tuple(inits)) });
            out.extend(boxes);
            return;
        }
        let value = values[0];
        match vars[0].filter(|v| !self.obj(*v).name.is_blank()) {
            Some(var) => {
                let ty = self.obj(var).ty;
                let name = self.local_name(var);
                if self.storage(var) == Storage::Boxed
                    && let Some(made) = self.made_in_place(value, ty)
                {
                    out.push(ir::let_(name, made));
                    return;
                }
                let init = self.init_value(value, ty);
                let stmt = match self.storage(var) {
                    Storage::Boxed => ir::let_(name, boxed(init)),
                    storage => {
                        let ty = self.annotation(var, &init, typed);
                        let pat = Pat::Name { name, mutable: storage == Storage::Mut };
                        Stmt::Let { pat, ty, init: Some(init) }
                    }
                };
                out.push(stmt);
            }
            None => {
                let init = self.expr(value);
                out.push(Stmt::Let { pat: Pat::Wild, ty: None, init: Some(init) });
            }
        }
    }

    /// `let x: T`, where the value alone would not say T.
    fn annotation(&mut self, var: ObjId, init: &Expr, typed: bool) -> Option<ir::Type> {
        let open = match init {
            Expr::Call(f, args) => {
                matches!(&**f, Expr::Path(p) if matches!(p.as_str(), "nil" | "zero")) && args.is_empty()
            }
            Expr::Lit(text) => typed && is_bare_integer(text),
            _ => false,
        };
        open.then(|| self.ty(self.obj(var).ty))
    }

    /// What binds a fresh variable; a boxed one is bound plainly first and boxed by a statement after.
    pub(super) fn pattern(&mut self, var: ObjId, boxes: &mut Vec<Stmt>) -> Pat {
        let name = self.local_name(var);
        if self.storage(var) == Storage::Boxed {
            boxes.push(ir::let_(&name, ir::call("Ptr::new", vec![ir::path(&name)])));
            return ir::bind(name);
        }
        Pat::Name { name, mutable: self.storage(var) == Storage::Mut }
    }

    /// `a, b := f()` or a comma-ok form.
    fn bind_tuple(&mut self, vars: &[Option<ObjId>], value: ExprId, out: &mut Vec<Stmt>) {
        let (init, types) = self.tuple_value(value);
        let mut boxes = vec![];
        let mut pats = vec![];
        for (var, &ty) in vars.iter().zip(&types) {
            match var.filter(|v| !self.obj(*v).name.is_blank()) {
                Some(var) => {
                    let want = self.obj(var).ty;
                    pats.push(self.pattern(var, &mut boxes));
                    if want != ty {
                        let name = self.local_name(var);
                        let value = self.convert_value(ir::path(&name), ty, want);
                        let mutable = self.storage(var) == Storage::Mut;
                        let at = boxes.iter().position(
                            |s| matches!(s, Stmt::Let { pat: Pat::Name { name: n, .. }, .. } if *n == name),
                        );
                        let stmt =
                            Stmt::Let { pat: Pat::Name { name, mutable }, ty: None, init: Some(value) };
                        boxes.insert(at.unwrap_or(boxes.len()), stmt);
                    }
                }
                None => pats.push(Pat::Wild),
            }
        }
        out.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(init) });
        out.extend(boxes);
    }

    /// An expression with several values, and their types.
    pub(super) fn tuple_value(&mut self, value: ExprId) -> (Expr, Vec<TypeId>) {
        let types = match self.program.types.get(self.type_of(value)) {
            Type::Tuple(types) => types.clone(),
            _ => vec![self.type_of(value)],
        };
        let is_call = matches!(self.ast(self.unparen(value)).kind, ExprKind::Call { .. });
        let init = if is_call { self.expr(value) } else { self.comma_ok(value) };
        (init, types)
    }

    /// `lhs := rhs`
    pub(super) fn define(&mut self, lhs: &[ExprId], rhs: &[ExprId], out: &mut Vec<Stmt>) {
        let fresh: Vec<Option<ObjId>> = lhs.iter().map(|l| self.defined(self.pos(*l))).collect();
        let bound: Vec<Option<ObjId>> =
            lhs.iter().zip(&fresh).map(|(l, f)| f.or_else(|| self.rebound(*l))).collect();
        if lhs.iter().zip(&bound).all(|(l, b)| b.is_some() || self.is_blank(*l)) {
            for var in bound.iter().zip(&fresh).filter(|(_, f)| f.is_none()).filter_map(|(b, _)| *b) {
                let name = self.local_name(var);
                self.rebinds.insert(name);
            }
            return self.bind_vars(&bound, rhs, false, out);
        }
        // some are only assigned: all values into temporaries, then one by one
        let temps: Vec<String> = lhs
            .iter()
            .zip(&fresh)
            .map(|(l, f)| match (f, self.object_of(self.unparen(*l))) {
                (None, Some(obj)) => self.temp(self.obj(obj).name.as_str()),
                _ if lhs.len() == rhs.len() => self.temp("v"),
                _ => String::new(),
            })
            .collect();
        let types: Vec<TypeId>;
        let names = |temps: &[String]| Pat::Tuple(temps.iter().map(ir::bind).collect());
        if lhs.len() == rhs.len() {
            types = rhs.iter().map(|r| self.type_of(*r)).collect();
            let mut inits = vec![];
            for (r, l) in rhs.iter().zip(lhs) {
                let obj = self.object_of(*l);
                let want = obj.map_or(self.type_of(*r), |o| self.obj(o).ty);
                inits.push(self.init_value(*r, want));
            }
            out.push(Stmt::Let { pat: names(&temps), ty: None, init: Some(Expr::Tuple(inits)) });
        } else {
            let (init, list) = self.tuple_value(rhs[0]);
            types = list;
            // a fresh name can stand in the pattern itself
            let mut boxes = vec![];
            let mut pats = vec![];
            for ((l, f), temp) in lhs.iter().zip(&fresh).zip(&temps) {
                pats.push(match f.filter(|f| !self.obj(*f).name.is_blank()) {
                    Some(var) => self.pattern(var, &mut boxes),
                    None if self.is_blank(*l) => Pat::Wild,
                    None => ir::bind(temp),
                });
            }
            out.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(init) });
            out.extend(boxes);
            for (((l, f), temp), ty) in lhs.iter().zip(&fresh).zip(&temps).zip(types) {
                if f.is_none() && !self.is_blank(*l) {
                    self.assign_value(*l, ir::path(temp), ty, out);
                }
            }
            return;
        }
        for (((l, f), temp), _) in lhs.iter().zip(&fresh).zip(&temps).zip(types) {
            match f {
                Some(var) if !self.obj(*var).name.is_blank() => {
                    let name = self.local_name(*var);
                    let stmt = match self.storage(*var) {
                        Storage::Boxed => ir::let_(name, ir::call("Ptr::new", vec![ir::path(temp)])),
                        s => {
                            let pat = Pat::Name { name, mutable: s == Storage::Mut };
                            Stmt::Let { pat, ty: None, init: Some(ir::path(temp)) }
                        }
                    };
                    out.push(stmt);
                }
                Some(_) => {}
                None => {
                    let ty = self.object_of(*l).map(|o| self.obj(o).ty);
                    if let Some(ty) = ty {
                        self.assign_value(*l, ir::path(temp), ty, out);
                    }
                }
            }
        }
    }

    /// The variable that `:=` only assigns, if a new one of its name is as good: it is declared in the same block, so whatever
    /// comes after sees the new one; nothing else may look at it.
    fn rebound(&self, id: ExprId) -> Option<ObjId> {
        let var = self.object_of(self.unparen(id)).filter(|_| !self.is_blank(id))?;
        let is_result = self.cx.result_vars.contains(&var) && self.cx.has_defer;
        let is_plain = matches!(self.storage(var), Storage::Let | Storage::Mut);
        (is_plain && !is_result && !self.cx.has_goto).then_some(var)
    }

    pub(super) fn is_blank(&self, id: ExprId) -> bool {
        matches!(self.ast(self.unparen(id)).kind, ExprKind::Ident(name) if name.is_blank())
    }

    /// Assigns an already lowered value of type `ty`.
    pub(super) fn assign_value(&mut self, lhs: ExprId, value: Expr, ty: TypeId, out: &mut Vec<Stmt>) {
        if self.is_blank(lhs) {
            return;
        }
        let want = self.type_of(lhs);
        let value = if want == ty { value } else { self.convert_value(value, ty, want) };
        let place = self.place(lhs);
        let stored = self.store(place, value);
        out.push(Stmt::Expr(stored));
    }

    pub(super) fn assign_one(&mut self, l: ExprId, r: ExprId, out: &mut Vec<Stmt>) {
        let ty = self.type_of(l);
        let place = self.place(l);
        let value = self.expr_as(r, ty);
        if let Some(update) = self.appended(&place, &value).filter(|_| !self.has_effect(l)) {
            out.push(Stmt::Expr(update));
            return;
        }
        let mut stmts = vec![];
        let (place, value) = match place {
            // Rust finds the place of a plain assignment after the value; it shows only if both have effects
            place @ Place::Local(_) if self.has_effect(r) && self.has_call(l) => {
                (self.bind_place(place, &mut stmts), value)
            }
            place if self.shows_before(l, &[r]) => {
                let value = self.bind_atom(value, "v", &mut stmts);
                (place, value)
            }
            place => (place, value),
        };
        let stored = self.store(place, value);
        push_together(stmts, stored, out);
    }

    /// `m[k] = append(m[k], v)` as one access of the map.
    fn appended(&mut self, place: &Place, value: &Expr) -> Option<Expr> {
        let (Place::MapElem(m, k), Expr::Method(list, append, args)) = (place, value) else { return None };
        let Expr::Method(from, get, key) = &**list else { return None };
        let is_same = get == "get" && **from == *m && key[..] == [k.clone()];
        if !is_same || !append.starts_with("append") || !args.iter().all(is_plain) {
            return None;
        }
        let old =
            if args.iter().any(|x| mentions(x, "list")) { self.temp("list") } else { "list".to_owned() };
        let change = updating(&old, ir::path(&old).method(append, args.clone()));
        Some(m.clone().method("update", vec![k.clone(), change]))
    }

    pub(super) fn assign_tuple(&mut self, lhs: &[ExprId], value: ExprId, out: &mut Vec<Stmt>) {
        let places = self.places(lhs);
        let (init, types) = self.tuple_value(value);
        let same = lhs
            .iter()
            .zip(&types)
            .all(|(l, t)| self.is_blank(*l) || (self.is_plain_place(*l) && self.type_of(*l) == *t));
        if same {
            let targets = lhs.iter().map(|l| self.plain_place(*l)).collect();
            out.push(Stmt::Expr(Expr::Assign("=", Box::new(Expr::Tuple(targets)), Box::new(init))));
            return;
        }
        let mut bound = vec![];
        let mut pats = vec![];
        let mut stores = vec![];
        let places = self.bind_places(lhs, places, &mut bound);
        for ((&l, place), &ty) in lhs.iter().zip(places).zip(&types) {
            if self.is_blank(l) {
                pats.push(Pat::Wild);
                continue;
            }
            let temp = self.temp(stem(&place));
            pats.push(ir::bind(&temp));
            let want = self.type_of(l);
            let v = if want == ty { ir::path(&temp) } else { self.convert_value(ir::path(&temp), ty, want) };
            let stored = self.store(place, v);
            stores.push(Stmt::Expr(stored));
        }
        let mut stmts = vec![Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(init) }];
        stmts.extend(bound);
        stmts.extend(stores);
        out.push(Stmt::Expr(Expr::Block(None, ir::Block::of(stmts))));
    }

    /// `x++`
    pub(super) fn inc_dec(&mut self, id: ExprId, inc: bool, out: &mut Vec<Stmt>) {
        let ty = self.type_of(id);
        let one = self.constant(&crate::typed::Const::Int(1.into()), ty, true);
        let op = if inc { BinaryOp::Add } else { BinaryOp::Sub };
        let place = self.place(id);
        self.update(ty, place, op, one, out);
    }

    /// `lhs op= rhs`
    pub(super) fn op_assign(&mut self, op: BinaryOp, lhs: ExprId, rhs: ExprId, out: &mut Vec<Stmt>) {
        let ty = self.type_of(lhs);
        let place = self.place(lhs);
        let value = if op.is_shift() { self.shift_count(rhs) } else { self.expr_as(rhs, ty) };
        // calls on the left come before those on the right; a check of the left side before one of the right
        let calls = self.tv(rhs).value.is_none() && self.has_call(rhs) && self.has_call(lhs);
        let local = matches!(place, Place::Local(_));
        let checks = local && self.place_fails(lhs).shows_before(self.value_fails(rhs));
        let by_function = matches!(op, BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr);
        if !calls && !checks && !by_function {
            return self.update(ty, place, op, value, out);
        }
        let mut stmts = vec![];
        let place =
            if checks { self.bind_checked(place, &mut stmts) } else { self.bind_place(place, &mut stmts) };
        let old = self.read_place(place.clone(), ty);
        let new = self.operation(op, old, value, ty, rhs);
        let stored = match (&place, new) {
            // a plain operator may be contracted
            (Place::Local(p), Expr::Binary(sign, x, y)) if *p == *x => Expr::Assign(assigning(sign), x, y),
            (_, new) => self.store(place, new),
        };
        push_together(stmts, stored, out);
    }

    /// Reads, combines and stores; the place is evaluated once.
    fn update(&mut self, ty: TypeId, place: Place, op: BinaryOp, value: Expr, out: &mut Vec<Stmt>) {
        let sign = match op {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::And => "&",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
            _ => "",
        };
        if let (Place::Local(p), false) = (&place, sign.is_empty()) {
            let assigned = Expr::Assign(assigning(sign), Box::new(p.clone()), Box::new(value));
            out.push(Stmt::Expr(assigned));
            return;
        }
        if let (Place::MapElem(m, k), false) = (&place, sign.is_empty())
            && is_plain(&value)
        {
            let old = if mentions(&value, "n") { self.temp("n") } else { "n".to_owned() };
            let change = updating(&old, ir::binary(sign, ir::path(&old), value));
            out.push(Stmt::Expr(m.clone().method("update", vec![k.clone(), change])));
            return;
        }
        let mut stmts = vec![];
        let place = self.bind_place(place, &mut stmts);
        let old = self.read_place(place.clone(), ty);
        let new = match op {
            BinaryOp::AndNot => ir::binary("&", old, ir::not_bits(value)),
            _ => ir::binary(sign, old, value),
        };
        let stored = self.store(place, new);
        push_together(stmts, stored, out);
    }

    /// `return values`
    pub(super) fn return_stmt(&mut self, values: &[ExprId], out: &mut Vec<Stmt>) {
        if self.cx.targets.iter().any(super::control::Target::is_closure) {
            return self.return_from_closure(values, out);
        }
        let results = self.cx.results.clone();
        if values.is_empty() {
            let stmt =
                if self.cx.result_vars.is_empty() { Expr::Return(None) } else { self.return_results() };
            out.push(Stmt::Expr(stmt));
            return;
        }
        let value = self.returned(values, &results);
        if !self.cx.has_defer || self.cx.result_vars.is_empty() {
            out.push(Stmt::Expr(Expr::Return(Some(Box::new(value)))));
            return;
        }
        // deferred calls see the results
        if let ([var], [one]) = (&self.cx.result_vars[..], values)
            && self.object_of(self.unparen(*one)) == Some(*var)
        {
            out.push(Stmt::Expr(Expr::Return(None)));
            return;
        }
        self.store_results(value, out);
        out.push(Stmt::Expr(Expr::Return(None)));
    }

    /// The values of a `return` as one expression.
    pub(super) fn returned(&mut self, values: &[ExprId], results: &[TypeId]) -> Expr {
        if values.len() != results.len() {
            return self.spread_results(values[0], results);
        }
        let mut list: Vec<Expr> = vec![];
        for (&v, &ty) in values.iter().zip(results) {
            list.push(self.expr_as(v, ty));
        }
        if list.len() == 1 { list.remove(0) } else { Expr::Tuple(list) }
    }

    /// Assigns the named results.
    pub(super) fn store_results(&mut self, value: Expr, out: &mut Vec<Stmt>) {
        let vars = self.cx.result_vars.clone();
        match (&vars[..], value) {
            ([var], value) => {
                let stored = self.store_local(*var, value);
                out.push(Stmt::Expr(stored));
            }
            (_, Expr::Tuple(values)) if self.results_in_turn(&vars, &values) => {
                for (var, value) in vars.iter().zip(values) {
                    if value == self.read_local(*var) {
                        continue;
                    }
                    let stored = self.store_local(*var, value);
                    out.push(Stmt::Expr(stored));
                }
            }
            (_, value) => {
                let stem = |name: Symbol| if name.is_blank() { "result" } else { name.as_str() };
                let temps: Vec<String> = vars.iter().map(|v| self.temp(stem(self.obj(*v).name))).collect();
                let pats = temps.iter().map(ir::bind).collect();
                out.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(value) });
                for (var, temp) in vars.iter().zip(temps) {
                    let stored = self.store_local(*var, ir::path(temp));
                    out.push(Stmt::Expr(stored));
                }
            }
        }
    }

    /// May the results be set one after the other? What is evaluated behind the first to be set neither fails nor needs it.
    fn results_in_turn(&mut self, vars: &[ObjId], values: &[Expr]) -> bool {
        let mut set: Vec<String> = vec![];
        for (var, value) in vars.iter().zip(values) {
            if *value == self.read_local(*var) {
                continue;
            }
            let is_name = matches!(value, Expr::Path(name) if !set.contains(name));
            if !set.is_empty() && !is_name && !is_constant(value) {
                return false;
            }
            set.push(self.local_name(*var));
        }
        true
    }

    /// `return f()` where f has several results: as they are if the types agree, converted one by one otherwise.
    fn spread_results(&mut self, value: ExprId, want: &[TypeId]) -> Expr {
        let (init, types) = self.tuple_value(value);
        if types == want {
            return init;
        }
        let temps: Vec<String> = types.iter().map(|_| self.temp("v")).collect();
        let pats = temps.iter().map(ir::bind).collect();
        let mut list = vec![];
        for ((temp, &from), &to) in temps.iter().zip(&types).zip(want) {
            list.push(if from == to { ir::path(temp) } else { self.convert_value(ir::path(temp), from, to) });
        }
        let bind = Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(init) };
        Expr::Block(None, ir::Block::of(vec![bind, Stmt::Tail(Expr::Tuple(list))]))
    }

    pub(super) fn store_local(&mut self, var: ObjId, value: Expr) -> Expr {
        let name = ir::path(self.local_name(var));
        if self.storage(var) == Storage::Boxed {
            name.method("set", vec![value])
        } else {
            Expr::Assign("=", Box::new(name), Box::new(value))
        }
    }

    /// The right operand of a shift: any integer type, so a literal says which.
    pub(super) fn shift_count(&mut self, id: ExprId) -> Expr {
        match &self.tv(id).value {
            Some(crate::typed::Const::Int(n)) => ir::lit(n.to_string()),
            _ => self.expr(id),
        }
    }

    pub(super) fn is_integer(&self, ty: TypeId) -> bool {
        self.basic(ty).is_some_and(Basic::is_integer)
    }
}

/// Is it a literal, nil or a zero value?
fn is_constant(x: &Expr) -> bool {
    match x {
        Expr::Lit(_) => true,
        Expr::Unary(_, x) => is_constant(x),
        Expr::Call(f, args) => {
            let starts =
                |p: &str| ["nil", "zero", "str"].iter().any(|n| p == *n || p.starts_with(&format!("{n}::<")));
            matches!(&**f, Expr::Path(p) if starts(p)) && args.iter().all(is_constant)
        }
        _ => false,
    }
}

/// `|old| new`, what `Map::update` takes.
fn updating(old: &str, new: Expr) -> Expr {
    let params = vec![ir::Param { pat: ir::bind(old), ty: None }];
    Expr::Closure { moves: false, params, ret: None, body: Box::new(new) }
}

/// Does the expression only use locals, constants and operators? Those cannot touch a map.
fn is_plain(x: &Expr) -> bool {
    match x {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Unary(op, x) => *op != '*' && is_plain(x),
        Expr::Field(x, _) | Expr::Cast(x, _) => is_plain(x),
        Expr::Binary(_, x, y) => is_plain(x) && is_plain(y),
        Expr::Array(list) | Expr::Tuple(list) => list.iter().all(is_plain),
        Expr::Struct(_, fields, _) => fields.iter().all(|(_, x)| is_plain(x)),
        Expr::Call(f, args) => matches!(&**f, Expr::Path(name) if name == "str") && args.iter().all(is_plain),
        _ => false,
    }
}

/// What a value on its way to the place is called: as the field.
pub(super) fn stem(place: &Place) -> &str {
    match place {
        Place::Local(Expr::Field(_, name)) | Place::Cell(Expr::Field(_, name))
            if !name.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            name
        }
        Place::Pointee(Expr::Path(name)) | Place::Local(Expr::Path(name)) => name,
        _ => "v",
    }
}

/// `Ptr::new(x)`; a literal says its type, which methods called on the pointer need.
pub(super) fn boxed(x: Expr) -> Expr {
    let x = match x {
        Expr::Lit(text) if text.replace('_', "").parse::<f64>().is_ok() && text.contains(['.', 'e']) => {
            ir::lit(format!("{text}f64"))
        }
        Expr::Unary('-', x) if matches!(*x, Expr::Lit(_)) => {
            let Expr::Call(_, mut args) = boxed(*x) else { unreachable!("it makes a call") };
            Expr::Unary('-', Box::new(args.remove(0)))
        }
        x => x,
    };
    ir::call("Ptr::new", vec![x])
}

/// A statement with what it needs bound before it.
fn push_together(mut stmts: Vec<Stmt>, last: Expr, out: &mut Vec<Stmt>) {
    if stmts.is_empty() {
        out.push(Stmt::Expr(last));
        return;
    }
    stmts.push(Stmt::Expr(last));
    out.push(Stmt::Expr(Expr::Block(None, ir::Block::of(stmts))));
}

/// An integer literal that does not say its type?
fn is_bare_integer(text: &str) -> bool {
    let digits = text.replace('_', "");
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, &digits[..]),
    };
    u128::from_str_radix(digits, radix).is_ok()
}

fn assigning(sign: &str) -> &'static str {
    match sign {
        "+" => "+=",
        "-" => "-=",
        "*" => "*=",
        "/" => "/=",
        "%" => "%=",
        "&" => "&=",
        "|" => "|=",
        "^" => "^=",
        "<<" => "<<=",
        _ => ">>=",
    }
}

/// Does the expression name `name`?
pub(super) fn mentions(x: &Expr, name: &str) -> bool {
    let text = format!("{x:?}");
    text.contains(&format!("\"{name}\""))
}
