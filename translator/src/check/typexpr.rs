//! Types as written (Go specification, "Types").

use super::Checker;
use super::constant;
use crate::ast::{ExprId, ExprKind, Field, File, FuncType, Ident, InterfaceElem};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Mode, ObjKind};
use crate::types::spelling::{Spelled, WrittenInterface};
use crate::types::{Basic, IfaceMethod, Interface, Signature, StructField, Term, Type, TypeId};
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

impl<'a> Checker<'a> {
    /// The type `id` denotes; anything else is an error.
    pub(super) fn type_expr(&mut self, id: ExprId) -> TypeId {
        let generic_ok = std::mem::take(&mut self.cx.generic_ok);
        let mut ty = self.type_of_expr(id);
        if !generic_ok && self.needs_arguments(id, ty) {
            let pos = self.pos(id);
            let text = self.generic_string(ty);
            self.error(pos, format!("cannot use generic type {text} without instantiation"));
            ty = Basic::Invalid.id();
        }
        self.record(id, Mode::Type, ty, None);
        ty
    }

    fn type_of_expr(&mut self, id: ExprId) -> TypeId {
        let invalid = Basic::Invalid.id();
        match &self.ast(id).kind {
            ExprKind::Bad => invalid,
            ExprKind::Ident(name) => {
                let name = *name;
                let x = self.ident(id, name, true);
                if x.mode == Mode::Type {
                    return x.ty;
                }
                if !x.is_invalid() {
                    let pos = self.pos(id);
                    self.error(pos, format!("{name} is not a type"));
                }
                invalid
            }
            ExprKind::Paren(x) => self.type_expr(*x),
            ExprKind::Selector { x, sel } => {
                let (x, sel) = (*x, *sel);
                let o = self.selector(id, x, sel, true);
                match o.mode {
                    Mode::Type => o.ty,
                    Mode::Invalid => invalid,
                    _ => {
                        let text = format!("{} is not a type", self.expr_str(id));
                        let pos = self.pos(id);
                        self.error(pos, text);
                        invalid
                    }
                }
            }
            ExprKind::Index { x, indices, .. } => {
                let x = *x;
                self.instantiated_type(id, x, indices)
            }
            ExprKind::Star(x) => {
                let elem = self.var_type(*x);
                if self.is_invalid(elem) { invalid } else { self.pointer_to(elem) }
            }
            ExprKind::ArrayType { len, elem } => {
                let (len, elem) = (*len, *elem);
                let Some(len) = len else {
                    let pos = self.pos(id);
                    self.error(pos, "invalid use of [...] array (outside a composite literal)");
                    self.type_expr(elem);
                    return invalid;
                };
                let n = self.array_len(len);
                let elem = self.var_type(elem);
                match n {
                    Some(n) if !self.is_invalid(elem) => self.types.intern(Type::Array(elem, n)),
                    _ => invalid,
                }
            }
            ExprKind::SliceType(elem) => {
                let elem = self.var_type(*elem);
                if self.is_invalid(elem) { invalid } else { self.slice_of(elem) }
            }
            ExprKind::Ellipsis(elem) => {
                let pos = self.pos(id);
                self.error(pos, "invalid use of ...");
                self.type_expr(*elem);
                invalid
            }
            ExprKind::StructType(fields) => self.struct_type(fields),
            ExprKind::FuncType(ty) => self.signature_type(ty, None),
            ExprKind::InterfaceType(elems) => self.interface_type(elems),
            ExprKind::MapType { key, value } => {
                let (key_expr, value) = (*key, *value);
                let key = self.var_type(key_expr);
                let value = self.var_type(value);
                if self.is_invalid(key) || self.is_invalid(value) {
                    return invalid;
                }
                self.map_keys.push((self.pos(key_expr), key));
                self.types.intern(Type::Map(key, value))
            }
            ExprKind::ChanType { dir, elem } => {
                let dir = *dir;
                let elem = self.var_type(*elem);
                if self.is_invalid(elem) { invalid } else { self.types.intern(Type::Chan(dir, elem)) }
            }
            _ => {
                let text = format!("{} is not a type", self.expr_str(id));
                let pos = self.pos(id);
                self.error(pos, text);
                invalid
            }
        }
    }

    /// The type of variables or elements, which must not be a constraint.
    pub(super) fn var_type(&mut self, id: ExprId) -> TypeId {
        let ty = self.type_expr(id);
        self.valid_var_type(id, ty);
        ty
    }

    pub(super) fn valid_var_type(&mut self, id: ExprId, ty: TypeId) {
        if !self.is_invalid(ty) && !self.is_type_param(ty) {
            self.var_types.push((self.cx.file, self.pos(id), ty));
        }
    }

    /// Says where constraints stand for types of variables; known once all types are.
    pub(super) fn check_var_types(&mut self) {
        for (file, pos, ty) in std::mem::take(&mut self.var_types) {
            let Type::Interface(i) = self.under(ty) else { continue };
            let why = match i.comparable {
                true => "is (or embeds) comparable",
                false if i.terms.is_some() => "contains type constraints",
                false => continue,
            };
            let outer = std::mem::replace(&mut self.cx.file, file);
            let ty = self.type_string(ty);
            self.error(pos, format!("cannot use type {ty} outside a type constraint: interface {why}"));
            self.cx.file = outer;
        }
    }

    /// Map keys must be comparable; known once all types are.
    pub(super) fn check_map_keys(&mut self) {
        for (pos, key) in std::mem::take(&mut self.map_keys) {
            if !self.comparable(key) && !self.is_invalid(self.types.underlying(key)) {
                let why = if self.is_type_param(key) { " (missing comparable constraint)" } else { "" };
                let text = format!("invalid map key type {}{why}", self.type_string(key));
                self.error(pos, text);
            }
        }
    }

    fn array_len(&mut self, id: ExprId) -> Option<u64> {
        let pos = self.pos(id);
        if let ExprKind::Ident(name) = self.ast(id).kind {
            let problem = match self.find(name).map(|obj| &self.obj(obj).kind) {
                None => format!("undefined array length {name} or missing type constraint"),
                Some(ObjKind::Const(_)) => String::new(),
                Some(_) => format!("invalid array length {name}"),
            };
            if !problem.is_empty() {
                self.error(pos, problem);
                return None;
            }
        }
        let names_suffice = std::mem::take(&mut self.cx.names_suffice);
        let mut x = self.expr(id);
        self.cx.names_suffice = names_suffice;
        if x.is_invalid() {
            return None;
        }
        let x_s = self.describe(&x);
        if !x.is_const() {
            self.error(pos, format!("array length {x_s} must be constant"));
            return None;
        }
        if self.is_untyped(x.ty) || self.is_integer(x.ty) {
            let int = x.value.as_ref().and_then(constant::to_int);
            if let Some(n) = int.and_then(|n| n.to_i64()).filter(|n| *n >= 0) {
                if self.is_untyped(x.ty) {
                    self.convert_untyped(&mut x, Basic::Int.id());
                }
                return Some(n as u64);
            }
        }
        let text = match self.is_integer(x.ty) {
            true => format!("invalid array length {x_s}"),
            false => format!("array length {x_s} must be integer"),
        };
        self.error(pos, text);
        None
    }

    fn struct_type(&mut self, list: &'a [Field]) -> TypeId {
        let mut fields: Vec<StructField> = vec![];
        let mut seen: FxHashMap<Symbol, Pos> = FxHashMap::default();
        for field in list {
            let ty = self.var_type(field.ty);
            let tag = field.tag.and_then(|t| self.string_literal(t));
            let mut add = |c: &mut Self, name: Ident, embedded: bool| {
                if !name.name.is_blank() {
                    if let Some(&other) = seen.get(&name.name) {
                        c.declared_twice(name.pos, other, format!("{} redeclared", name.name), name.name);
                        return;
                    }
                    seen.insert(name.name, name.pos);
                }
                let pkg = (!super::lookup::is_exported(name.name)).then_some(c.pkg);
                fields.push(StructField { name: name.name, pkg, ty, embedded, tag });
            };
            if field.names.is_empty() {
                let Some(name) = embedded_name(self.file(), field.ty) else {
                    let pos = self.pos(field.ty);
                    let text = format!("invalid embedded field type {}", self.expr_str(field.ty));
                    self.error(pos, text);
                    continue;
                };
                let pos = self.pos(field.ty);
                self.embedded.push((pos, ty));
                add(self, name, true);
            } else {
                for name in &field.names {
                    add(self, *name, false);
                }
            }
        }
        self.types.intern(Type::Struct(fields))
    }

    fn string_literal(&self, id: ExprId) -> Option<Symbol> {
        let ExprKind::BasicLit { kind, text } = self.ast(id).kind else { return None };
        match constant::from_literal(kind, text.as_str())? {
            // an empty tag is none
            crate::typed::Const::String(s) if s.is_empty() => None,
            crate::typed::Const::String(s) => Some(Symbol::intern(&String::from_utf8_lossy(&s))),
            _ => None,
        }
    }

    /// What may be embedded in a struct; known once all types are.
    pub(super) fn check_embedded(&mut self) {
        for (pos, ty) in std::mem::take(&mut self.embedded) {
            let (base, is_ptr) = self.deref(ty);
            let text = match self.under(base) {
                _ if self.is_type_param(base) => {
                    "embedded field type cannot be a (pointer to a) type parameter"
                }
                Type::Pointer(_) => "embedded field type cannot be a pointer",
                Type::Interface(_) if is_ptr => "embedded field type cannot be a pointer to an interface",
                Type::Basic(Basic::UnsafePointer) => "embedded field type cannot be unsafe.Pointer",
                _ => continue,
            };
            self.error(pos, text);
        }
    }

    pub(super) fn signature_type(&mut self, ty: &'a FuncType, recv: Option<&Field>) -> TypeId {
        let mut params = vec![];
        let mut variadic = false;
        let mut misplaced = false;
        let count = ty.params.len();
        for (i, field) in ty.params.iter().enumerate() {
            let mut t = match self.ast(field.ty).kind {
                ExprKind::Ellipsis(elem) => self.var_type(elem),
                _ => self.var_type(field.ty),
            };
            if matches!(self.ast(field.ty).kind, ExprKind::Ellipsis(_)) {
                if i + 1 == count && field.names.len() <= 1 {
                    variadic = true;
                    t = if self.is_invalid(t) { t } else { self.slice_of(t) };
                } else if !std::mem::replace(&mut misplaced, true) {
                    let pos = self.pos(field.ty);
                    self.error(pos, "can only use ... with final parameter");
                }
                self.record(field.ty, Mode::Type, t, None);
            }
            params.extend(std::iter::repeat_n(t, field.names.len().max(1)));
        }
        let mut results = vec![];
        let mut misplaced = false;
        for field in &ty.results {
            let t = match self.ast(field.ty).kind {
                ExprKind::Ellipsis(elem) => {
                    if !std::mem::replace(&mut misplaced, true) {
                        let pos = self.pos(field.ty);
                        self.error(pos, "invalid use of ...");
                    }
                    self.var_type(elem)
                }
                _ => self.var_type(field.ty),
            };
            results.extend(std::iter::repeat_n(t, field.names.len().max(1)));
        }
        self.names_once(ty, recv);
        let names = Spelled((names_of(&ty.params), names_of(&ty.results)));
        self.types.intern(Type::Func(Signature { params, results, variadic, names }))
    }

    /// Type parameters, receiver, parameters and results share one scope.
    fn names_once(&mut self, ty: &FuncType, recv: Option<&Field>) {
        let fields = ty.type_params.iter().chain(recv).chain(&ty.params).chain(&ty.results);
        let mut seen = recv.map(|field| self.receiver_params(field.ty)).unwrap_or_default();
        for (i, name) in fields.flat_map(|f| &f.names).enumerate() {
            let is_type_param = i < ty.type_params.iter().map(|f| f.names.len()).sum();
            match seen.iter().find(|other| other.name == name.name) {
                // declaring them has told of type parameters already
                Some(_) if is_type_param => {}
                Some(other) => self.redeclared(name.name, name.pos, other.pos),
                None if name.name.is_blank() => {}
                None => seen.push(*name),
            }
        }
    }

    /// The names that a receiver `T[A, B]` gives the parameters of its type.
    fn receiver_params(&self, recv: ExprId) -> Vec<Ident> {
        let mut at = recv;
        loop {
            match &self.ast(at).kind {
                ExprKind::Star(x) | ExprKind::Paren(x) => at = *x,
                ExprKind::Index { indices, .. } => {
                    let ident = |i: &ExprId| match self.ast(*i).kind {
                        ExprKind::Ident(name) => Some(Ident { name, pos: self.pos(*i) }),
                        _ => None,
                    };
                    return indices.iter().filter_map(ident).filter(|i| !i.name.is_blank()).collect();
                }
                _ => return vec![],
            }
        }
    }

    fn interface_type(&mut self, elems: &'a [InterfaceElem]) -> TypeId {
        let mut methods: Vec<IfaceMethod> = vec![];
        let mut terms: Option<Vec<Term>> = None;
        let mut is_comparable = false;
        let mut embeds: Vec<Vec<Term>> = vec![];
        let mut declared = vec![];
        let mut places: FxHashMap<Symbol, Pos> = FxHashMap::default();
        // what is declared here counts before what is embedded
        let (own, embedded): (Vec<_>, Vec<_>) =
            elems.iter().partition(|e| matches!(e, InterfaceElem::Method { .. }));
        for elem in own.into_iter().chain(embedded) {
            match elem {
                InterfaceElem::Method { name, ty } => {
                    let sig = self.signature_type(ty, None);
                    if name.name.is_blank() {
                        self.error(name.pos, "methods must have a unique non-blank name");
                        continue;
                    }
                    if let Some(&other) = places.get(&name.name) {
                        self.duplicate_method(name.name, name.pos, other);
                        continue;
                    }
                    places.insert(name.name, name.pos);
                    let pkg = (!super::lookup::is_exported(name.name)).then_some(self.pkg);
                    methods.push(IfaceMethod { name: name.name, pkg, sig });
                    declared.push(IfaceMethod { name: name.name, pkg, sig });
                }
                InterfaceElem::Embed(x) => {
                    let (x, pos) = (*x, self.pos(*x));
                    if self.is_union(x) {
                        let what = format!("embedding interface element {}", self.expr_str(x));
                        self.require(pos, 18, what);
                        let list = self.union_terms(x);
                        embeds.push(self.written_terms(x));
                        terms = self.intersect(terms, list);
                        continue;
                    }
                    let mut ty = self.type_expr(x);
                    if self.is_type_param(ty) {
                        self.error(pos, "term cannot be a type parameter");
                        ty = Basic::Invalid.id();
                    }
                    embeds.push(vec![Term { tilde: false, ty }]);
                    self.resolve_type(ty);
                    match self.under(ty).clone() {
                        Type::Interface(inner) => {
                            let imported = self.is_imported(ty);
                            if imported && (inner.terms.is_some() || inner.comparable) {
                                let what = format!("embedding constraint interface {}", self.type_string(ty));
                                self.require(pos, 18, what);
                            }
                            is_comparable |= inner.comparable;
                            terms = self.intersect(terms, inner.terms.clone());
                            for m in inner.methods {
                                match methods.iter().find(|have| have.name == m.name && have.pkg == m.pkg) {
                                    Some(have) if have.sig != m.sig || !self.allows(14) => {
                                        let other = places.get(&m.name).copied().unwrap_or(Pos::NONE);
                                        self.duplicate_method(m.name, pos, other);
                                    }
                                    Some(_) => {}
                                    None => {
                                        places.insert(m.name, pos);
                                        methods.push(m);
                                    }
                                }
                            }
                        }
                        Type::Basic(Basic::Invalid) => {
                            if let Type::Named(n) = *self.types.get(ty) {
                                let named = self.types.named(n);
                                // whether instances contain themselves is seen when they are complete
                                let generic = named.instance_of.is_some() || !named.type_params.is_empty();
                                let obj = named.obj;
                                if !generic && self.path.contains(&obj) {
                                    self.recursive_type(obj);
                                }
                            }
                        }
                        _ => {
                            let what = format!("embedding non-interface type {}", self.type_string(ty));
                            self.require(pos, 18, what);
                            terms = self.intersect(terms, Some(vec![Term { tilde: false, ty }]));
                        }
                    }
                }
            }
        }
        // of listed types only the comparable ones are left
        if let Some(list) = terms.as_mut().filter(|_| is_comparable) {
            list.retain(|term| self.strictly_comparable(term.ty));
            is_comparable = false;
        }
        sort_methods(&mut methods);
        sort_methods(&mut declared);
        let written = (!embeds.is_empty())
            .then(|| Box::new(WrittenInterface { methods: declared, embeds, implicit: false }));
        let interface = Interface { methods, terms, comparable: is_comparable, written: Spelled(written) };
        self.types.intern(Type::Interface(interface))
    }

    /// A type of another package?
    fn is_imported(&self, ty: TypeId) -> bool {
        matches!(*self.types.get(ty), Type::Named(n) if self.types.named(n).pkg.is_some_and(|p| p != self.pkg))
    }

    fn duplicate_method(&mut self, name: Symbol, pos: Pos, other: Pos) {
        let text = format!("duplicate method {name}");
        self.report(pos, text, |d| d.also(other, format!("other declaration of method {name}")));
    }

    /// Does a name stand for a generic type that still lacks its arguments?
    pub(super) fn needs_arguments(&self, id: ExprId, ty: TypeId) -> bool {
        if !matches!(self.ast(id).kind, ExprKind::Ident(_) | ExprKind::Selector { .. }) {
            return false;
        }
        let obj = self.infos[self.cx.file].uses.get(&id);
        if obj.is_some_and(|o| self.generic_aliases.contains_key(o)) {
            return true;
        }
        match self.types.get(ty) {
            Type::Named(n) => {
                let named = self.types.named(*n);
                // an alias of an instance is no generic name
                !named.type_params.is_empty() && obj == Some(&named.obj)
            }
            _ => false,
        }
    }

    /// Declares the parameters and results of a function in the innermost scope.
    pub(super) fn declare_params(&mut self, ty: &'a FuncType, sig: &Signature) {
        let mut types = sig.params.iter();
        for field in &ty.params {
            if field.names.is_empty() {
                types.next();
            }
            for name in &field.names {
                let t = types.next().copied().unwrap_or(Basic::Invalid.id());
                self.declare_param(*name, t);
            }
        }
        let mut types = sig.results.iter();
        let mut vars = vec![];
        for field in &ty.results {
            if field.names.is_empty() {
                types.next();
            }
            for name in &field.names {
                let t = types.next().copied().unwrap_or(Basic::Invalid.id());
                vars.push(self.declare_param(*name, t));
            }
        }
        self.cx.result_vars = vars;
    }
}

fn sort_methods(methods: &mut [IfaceMethod]) {
    methods.sort_by(|a, b| (a.name.as_str(), a.pkg).cmp(&(b.name.as_str(), b.pkg)));
}

/// The names of parameters or results, blank texts for those without; empty if none has one.
fn names_of(fields: &[Field]) -> Vec<Symbol> {
    if fields.iter().all(|f| f.names.is_empty()) {
        return vec![];
    }
    let unnamed = Symbol::intern("");
    fields
        .iter()
        .flat_map(|f| match &f.names[..] {
            [] => vec![unnamed],
            names => names.iter().map(|n| n.name).collect(),
        })
        .collect()
}

/// The name of an embedded field: that of its type.
pub(super) fn embedded_name(file: &File, id: ExprId) -> Option<Ident> {
    let x = file.expr(id);
    match &x.kind {
        ExprKind::Ident(name) => Some(Ident { name: *name, pos: x.span.lo }),
        ExprKind::Selector { sel, .. } => Some(*sel),
        ExprKind::Star(x) if !matches!(file.expr(*x).kind, ExprKind::Star(_)) => embedded_name(file, *x),
        ExprKind::Paren(x) => embedded_name(file, *x),
        ExprKind::Index { x, .. } => embedded_name(file, *x),
        _ => None,
    }
}
