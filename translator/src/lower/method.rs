//! Methods at their types, and the methods that embedded fields lend (Go specification, "Method sets", "Struct types").

use super::Lower;
use super::place::Place;
use crate::ast::Decl;
use crate::ir::{self, Block, Expr, Function, Item, ItemKind, Stmt};
use crate::symbol::Symbol;
use crate::typed::{NamedId, ObjId, ObjKind, PkgId, Selection, SelectionKind, TypeId};
use crate::types::{Named, Signature, StructField, Type};
use rustc_hash::{FxHashMap, FxHashSet};

/// A method that an embedded field lends.
struct Promoted {
    name: Symbol,
    path: Vec<u32>,
    sig: Signature,
    /// None for an interface's.
    func: Option<ObjId>,
    /// The package of an unexported name.
    pkg: Option<PkgId>,
    ptr_recv: bool,
    /// Reached through a pointer, so also callable on a value.
    indirect: bool,
}

/// A name in method sets: an unexported one belongs to its package.
type Member = (Symbol, Option<PkgId>);

fn member(name: Symbol, pkg: Option<PkgId>) -> Member {
    (name, pkg.filter(|_| !name.is_exported()))
}

fn own_methods(named: &Named) -> FxHashSet<Member> {
    named.methods.iter().map(|m| member(m.name, Some(m.pkg))).collect()
}

impl Lower<'_> {
    /// `#[methods] impl T` and `#[methods] impl Ptr<T>`.
    pub(super) fn method_items(&mut self, id: NamedId) -> Vec<Item> {
        let mut values = vec![];
        let mut pointers = vec![];
        for m in self.program.types.named(id).methods.clone() {
            let Some(item) = self.method_item(m.func) else { continue };
            if m.ptr_recv { pointers.push(item) } else { values.push(item) }
        }
        let (lent_values, lent_pointers) = self.lent(id);
        values.extend(lent_values);
        pointers.extend(lent_pointers);
        let mut items = self.impls(id, values, pointers);
        items.append(&mut self.local_items);
        items
    }

    /// The forwarding methods of a struct type without a name.
    pub(super) fn hoisted_methods(&mut self, ty: TypeId, name: String) -> Vec<Item> {
        let (values, pointers) = self.lent_by(ty, FxHashSet::default());
        self.impls_of(ir::Generics::default(), name, values, pointers)
    }

    fn impls(&mut self, id: NamedId, values: Vec<Item>, pointers: Vec<Item>) -> Vec<Item> {
        let name = match self.hoisted.local.get(&id) {
            Some(name) => name.clone(),
            None => super::names::plain_name(self.program.types.named(id).name),
        };
        let generics = self.type_generics(id);
        self.impls_of(generics, name, values, pointers)
    }

    fn impls_of(
        &self,
        generics: ir::Generics,
        name: String,
        values: Vec<Item>,
        pointers: Vec<Item>,
    ) -> Vec<Item> {
        let mut items = vec![];
        let args = generics.0.iter().map(|(name, _)| ir::ty(name)).collect();
        let ty = ir::Type::Path(name, args);
        for (ty, list) in [(ty.clone(), values), (ir::ty1("Ptr", ty), pointers)] {
            if list.is_empty() {
                continue;
            }
            let mut item = Self::bare(ItemKind::Impl { generics: generics.clone(), ty, items: list });
            item.attrs = vec![self.methods_attribute().into()];
            item.public = false;
            items.push(item);
        }
        items
    }

    fn method_item(&mut self, func: ObjId) -> Option<Item> {
        let pos = self.obj(func).pos;
        let files = &self.program.package(self.pkg).files;
        let found = files.iter().enumerate().find_map(|(i, file)| {
            file.decls.iter().find_map(|d| match d {
                Decl::Func(d) if d.name.pos == pos => Some((i, d)),
                _ => None,
            })
        });
        let (file, decl) = found?;
        let outer = std::mem::replace(&mut self.file, file);
        let before = decl.pos;
        self.comments_at(self.lead_start(before));
        let lead = self.lead(before);
        let mut comments: Vec<String> = lead.detached.into_iter().flatten().collect();
        comments.extend(lead.doc);
        let name = self.method_name(decl.name.name, Some(self.pkg));
        let function = self.function(decl, name, true);
        self.file = outer;
        let mut item = Self::bare(ItemKind::Fn(function));
        item.comments = comments;
        if let ObjKind::Func { .. } = self.obj(func).kind
            && let Type::Func(sig) = self.under(self.obj(func).ty)
            && sig.variadic
        {
            item.attrs.push("go(variadic)".into());
        }
        item.attrs.extend(self.go_name(decl.name.name, Some(self.pkg)));
        Some(item)
    }

    /// What tables of methods tell: their types if the program may call methods by their names, and those of the functions with a
    /// receiver if it asks for such.
    fn methods_attribute(&self) -> &'static str {
        self.methods_attribute.get_or_init(|| {
            let packages = &self.program.packages;
            let by_name = |path: &str| path == "reflect" || path.ends_with("/template");
            if !packages.iter().any(|p| by_name(&p.path)) {
                return "methods";
            }
            let types = &self.program.types;
            let is_method = |n: &Named| {
                n.name.as_str() == "Method"
                    && n.pkg.is_some_and(|p| self.program.package(p).path == "reflect")
            };
            let Some(method) = types.named.iter().find(|n| is_method(n)).map(|n| n.underlying) else {
                return "methods(reflected)";
            };
            let pointee = |t: TypeId| match types.get(t) {
                Type::Pointer(elem) => *elem,
                _ => t,
            };
            let asks = |s: &Selection| {
                let Type::Struct(fields) = types.get(method) else { return false };
                let field = s.path.last().and_then(|i| fields.get(*i as usize));
                s.kind == SelectionKind::Field
                    && field.is_some_and(|f| f.name.as_str() == "Func")
                    && types.underlying(pointee(s.recv)) == method
            };
            let mut infos = packages.iter().filter(|p| !p.is_golib).flat_map(|p| &p.infos);
            match infos.any(|info| info.selections.values().any(asks)) {
                true => "methods(expressions)",
                false => "methods(reflected)",
            }
        })
    }

    /// Where the comment right above a declaration starts.
    pub(super) fn lead_start(&self, pos: crate::source::Pos) -> crate::source::Pos {
        let file = self.ast_file();
        let mut start = pos;
        for comment in file.comments.iter().rev().filter(|c| c.end <= pos) {
            if self.map.line(comment.end) + 1 < self.map.line(start) {
                break;
            }
            // a comment behind code on its line belongs to that
            let begins_line = self.begins_line(comment.pos);
            if !begins_line {
                break;
            }
            start = comment.pos;
        }
        start
    }

    fn begins_line(&self, pos: crate::source::Pos) -> bool {
        let Some(id) = self.map.file_at(pos) else { return false };
        let file = self.map.file(id);
        let at = (pos.0 - file.base.0) as usize;
        file.text[..at].iter().rev().take_while(|b| **b != b'\n').all(|b| b.is_ascii_whitespace())
    }

    /// Forwarding methods for what embedded fields lend: for the value and for the pointer.
    fn lent(&mut self, id: NamedId) -> (Vec<Item>, Vec<Item>) {
        let named = self.program.types.named(id);
        let own = own_methods(named);
        self.lent_by(named.underlying, own)
    }

    fn lent_by(&mut self, ty: TypeId, own: FxHashSet<Member>) -> (Vec<Item>, Vec<Item>) {
        let mut values = vec![];
        let mut pointers = vec![];
        for p in self.promoted(ty, &own) {
            let by_value = !p.ptr_recv || p.indirect;
            let item = self.forward(ty, &p, by_value);
            if by_value { values.push(item) } else { pointers.push(item) }
        }
        (values, pointers)
    }

    fn forward(&mut self, ty: TypeId, p: &Promoted, by_value: bool) -> Item {
        let mut params = vec![];
        let mut args = vec![];
        for (i, (name, &t)) in self.param_names(&p.sig).into_iter().zip(&p.sig.params).enumerate() {
            let name = name.unwrap_or_else(|| format!("a{i}_"));
            let t = self.ty(t);
            params.push(ir::Param { pat: ir::bind(&name), ty: Some(t) });
            args.push(ir::path(name));
        }
        self.use_methods(p.func);
        let base = if by_value { Place::Local(ir::path("self")) } else { Place::Pointee(ir::path("self")) };
        let (place, end) = self.walk(base, ty, &p.path);
        let is_ptr = matches!(self.under(end), Type::Pointer(_));
        let recv = match (p.ptr_recv, is_ptr, place) {
            (true, false, Place::Cell(x)) => x.method("addr", vec![]),
            (false, true, place) => self.read_place(place, end).method("get", vec![]),
            (_, _, place) => self.read_place(place, end),
        };
        let name = self.method_name(p.name, p.pkg);
        let call: Expr = recv.method(&name, args);
        let ret = self.result_ty(&p.sig.results);
        let body = Block::of(vec![if ret.is_some() { Stmt::Tail(call) } else { Stmt::Expr(call) }]);
        let mut item = Self::bare(ItemKind::Fn(Function {
            name,
            generics: ir::Generics::default(),
            receiver: true,
            params,
            ret,
            body: Some(body),
        }));
        if by_value {
            item.attrs.push("go(promoted)".into());
        }
        if p.sig.variadic {
            item.attrs.push("go(variadic)".into());
        }
        item.attrs.extend(self.go_name(p.name, p.pkg));
        item.attrs.extend(self.foreign_name(p.pkg));
        item
    }

    /// What tells that an unexported method's name belongs to another package than the type.
    pub(super) fn foreign_name(&self, pkg: Option<PkgId>) -> Option<String> {
        let pkg = pkg.filter(|p| *p != self.pkg)?;
        Some(format!("go(path = {:?})", self.program.package(pkg).path))
    }

    /// All methods that the embedded fields of a struct lend: at the shallowest depth where the name is met, if only once.
    fn promoted(&self, ty: TypeId, own: &FxHashSet<Member>) -> Vec<Promoted> {
        struct At {
            ty: TypeId,
            path: Vec<u32>,
            indirect: bool,
        }
        let mut taken: FxHashSet<Member> = own.clone();
        let mut seen: FxHashSet<NamedId> = FxHashSet::default();
        let mut level = vec![At { ty, path: vec![], indirect: false }];
        let mut out = vec![];
        while !level.is_empty() {
            let mut next = vec![];
            for at in &level {
                let Type::Struct(fields) = self.under(at.ty) else { continue };
                taken.extend(fields.iter().map(|f| member(f.name, f.pkg)));
                for (i, f) in fields.iter().enumerate().filter(|(_, f)| f.embedded) {
                    let path: Vec<u32> = at.path.iter().copied().chain([i as u32]).collect();
                    let (elem, is_ptr) = match *self.program.types.get(f.ty) {
                        Type::Pointer(elem) => (elem, true),
                        _ => (f.ty, false),
                    };
                    // met at a lesser depth, a type lends nothing more; it may even embed itself
                    if !matches!(self.program.types.get(elem), Type::Named(n) if seen.contains(n)) {
                        next.push(At { ty: elem, path, indirect: at.indirect || is_ptr });
                    }
                }
            }
            // the methods of the types embedded at this depth
            let mut methods: FxHashMap<Member, Vec<Promoted>> = FxHashMap::default();
            for at in &next {
                if let Type::Named(n) = *self.program.types.get(at.ty) {
                    for m in &self.program.types.named(n).methods {
                        let Type::Func(sig) = self.under(self.obj(m.func).ty).clone() else { continue };
                        methods.entry(member(m.name, Some(m.pkg))).or_default().push(Promoted {
                            name: m.name,
                            path: at.path.clone(),
                            sig,
                            func: Some(m.func),
                            pkg: (!m.name.is_exported()).then_some(m.pkg),
                            ptr_recv: m.ptr_recv,
                            indirect: at.indirect,
                        });
                    }
                }
                if let Type::Interface(i) = self.under(at.ty) {
                    for m in &i.methods {
                        let Type::Func(sig) = self.under(m.sig).clone() else { continue };
                        methods.entry(member(m.name, m.pkg)).or_default().push(Promoted {
                            name: m.name,
                            path: at.path.clone(),
                            sig,
                            func: None,
                            pkg: m.pkg,
                            ptr_recv: false,
                            indirect: at.indirect,
                        });
                    }
                }
            }
            let mut names: Vec<Member> = methods.keys().copied().collect();
            names.sort_by_key(|(name, pkg)| (name.as_str(), pkg.map(|p| p.0)));
            for member in names {
                let list = methods.remove(&member).unwrap_or_default();
                if taken.insert(member)
                    && list.len() == 1
                    && !self.field_at(&next.iter().map(|a| a.ty).collect::<Vec<_>>(), member)
                {
                    out.extend(list);
                }
            }
            for at in &next {
                if let Type::Named(n) = *self.program.types.get(at.ty) {
                    seen.insert(n);
                }
            }
            level = next;
        }
        out
    }

    /// Does one of the types have a field of this name? It is as deep as the methods beside it.
    fn field_at(&self, types: &[TypeId], wanted: Member) -> bool {
        let is_it = |f: &StructField| member(f.name, f.pkg) == wanted;
        types.iter().any(|t| matches!(self.under(*t), Type::Struct(fields) if fields.iter().any(is_it)))
    }

    // ---- names that several packages have

    /// A method's Rust name. Where methods of several packages meet under one name, it says the package.
    pub(super) fn method_name(&self, name: Symbol, pkg: Option<PkgId>) -> String {
        let plain = super::names::method_name(name);
        match member(name, pkg).1.filter(|_| self.meeting().contains(&name)) {
            Some(pkg) if !self.program.package(pkg).is_golib => {
                format!("{name}__{}", self.program.package(pkg).name)
            }
            _ => plain,
        }
    }

    /// What tells the Go name of a method from its Rust name.
    pub(super) fn go_name(&self, name: Symbol, pkg: Option<PkgId>) -> Option<String> {
        let differs = self.method_name(name, pkg) != super::names::method_name(name);
        differs.then(|| format!("go(name = {:?})", name.as_str()))
    }

    /// Unexported names that methods of different packages have in one interface or method set.
    fn meeting(&self) -> &FxHashSet<Symbol> {
        self.meeting.get_or_init(|| {
            let types = &self.program.types;
            let mut packages: FxHashMap<Symbol, PkgId> = FxHashMap::default();
            let mut several: FxHashSet<Symbol> = FxHashSet::default();
            let declared = types.named.iter().flat_map(|n| &n.methods).map(|m| member(m.name, Some(m.pkg)));
            let asked = types.all().filter_map(|t| match types.get(t) {
                Type::Interface(i) => Some(i.methods.iter().map(|m| member(m.name, m.pkg))),
                _ => None,
            });
            for (name, pkg) in declared.chain(asked.flatten()) {
                let Some(pkg) = pkg else { continue };
                if *packages.entry(name).or_insert(pkg) != pkg {
                    several.insert(name);
                }
            }
            let mut meeting = FxHashSet::default();
            if several.is_empty() {
                return meeting;
            }
            let mut meet = |members: Vec<Member>| {
                let mut seen: FxHashMap<Symbol, Option<PkgId>> = FxHashMap::default();
                for (name, pkg) in members {
                    if several.contains(&name) && *seen.entry(name).or_insert(pkg) != pkg {
                        meeting.insert(name);
                    }
                }
            };
            for ty in types.all() {
                match types.get(ty) {
                    Type::Interface(i) => meet(i.methods.iter().map(|m| member(m.name, m.pkg)).collect()),
                    Type::Struct(_) => meet(self.members(ty, FxHashSet::default())),
                    _ => {}
                }
            }
            for n in types.named.iter().filter(|n| matches!(types.get(n.underlying), Type::Struct(_))) {
                meet(self.members(n.underlying, own_methods(n)));
            }
            meeting
        })
    }

    /// The methods of a struct type with these of its own.
    fn members(&self, ty: TypeId, own: FxHashSet<Member>) -> Vec<Member> {
        let lent = self.promoted(ty, &own).into_iter().map(|p| member(p.name, p.pkg)).collect::<Vec<_>>();
        own.into_iter().chain(lent).collect()
    }
}

/// The forwarding methods of a type declared in a function, which has no methods of its own.
pub(super) fn promoted_items(lower: &mut Lower<'_>, id: NamedId) -> Vec<Item> {
    let (values, pointers) = lower.lent(id);
    lower.impls(id, values, pointers)
}
