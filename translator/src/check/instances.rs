//! Instances of generic code that cannot stay generic in Rust (see `general`): every such function, method and type that
//! a program uses becomes an ordinary declaration for each list of type arguments (Go specification, "Instantiations").
//!
//! An instance of a function is its declaration once more, in a file of its own that shares the expressions, with its own
//! objects and with the types that the arguments give. An instance of a type is the [`Named`](crate::types::Named) that the
//! checker made, which gets methods. What was generic and became instances is taken out of the files.
//!
//! Always holds afterwards: a type, object or selection in the files mentions a type parameter only inside of a declaration
//! that stays generic; an instance stands in the package of what it is an instance of.
//!
//! Rejected: lowering to Rust's generics only (methods of constraints, conversions, and operations on unions need what the
//! type is).

use super::general::{self, Kept};
use super::lookup::Found;
use super::representable::represent;
use super::{Checker, Session};
use crate::ast::{Decl, ExprId, ExprKind, Exprs, File, FuncDecl};
use crate::package::{About, Unit};
use crate::source::{Pos, Span};
use crate::symbol::Symbol;
use crate::typed::{
    Const, FileInfo, Instance, Mode, ObjId, ObjKind, Object, Package, PkgId, Selection, TypeInstance, Types,
};
use crate::types::{
    Basic, ChanDir, Interface, Method, Named, NamedId, Signature, StructField, Term, Type, TypeId,
    TypeParamId,
};
use crate::types::{IfaceMethod, spelling::Spelled};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// Declarations of instances have positions from here on, which no source has: names are told apart by them.
const POSITIONS: u32 = u32::MAX - (1 << 24);

impl Session {
    /// Makes the instances that the program needs. Packages that were kept only.
    pub fn instantiate(&mut self) {
        let nothing = Unit {
            path: String::new(),
            name: Symbol::BLANK,
            files: vec![],
            imports: FxHashMap::default(),
            about: About::default(),
        };
        let mut known = std::mem::take(&mut self.known);
        let packages = std::mem::take(&mut known.packages);
        let mut maker = Maker {
            c: Checker::new(known, &nothing),
            packages,
            generic: FxHashMap::default(),
            made: FxHashMap::default(),
            kept: Kept::default(),
            reached: FxHashSet::default(),
            queue: VecDeque::new(),
            implicits: FxHashMap::default(),
            names: FxHashMap::default(),
        };
        maker.run();
        let Maker { c, packages, generic, kept, reached, .. } = maker;
        let generic = generic.into_iter().filter(|(func, g)| {
            let is_ours = !packages[g.pkg.0 as usize].is_partial;
            kept.funcs.contains(func) && (is_ours || g.of_receiver > 0 || reached.contains(func))
        });
        let declared = c.generic_funcs.iter().filter(|(func, _)| {
            kept.funcs.contains(func) && c.obj(**func).pkg.is_some_and(|p| packages[p.0 as usize].is_golib)
        });
        let declared = declared.map(|(func, params)| (*func, params.clone()));
        self.generic = generic.map(|(func, g)| (func, g.params)).chain(declared).collect();
        self.generic_types = kept.types;
        self.known = c.into_known();
        self.known.packages = packages;
    }
}

/// A generic declaration.
#[derive(Clone)]
pub(super) struct Generic {
    pub(super) pkg: PkgId,
    pub(super) file: usize,
    pub(super) decl: Box<FuncDecl>,
    /// The end of what stands before it: comments from there on are its own.
    from: Pos,
    /// Type parameters: the receiver's, then its own.
    pub(super) params: Vec<TypeParamId>,
    /// How many are the receiver's.
    pub(super) of_receiver: usize,
}

/// An instance to be made.
struct Wanted {
    func: ObjId,
    targs: Vec<TypeId>,
    obj: ObjId,
    pos: Pos,
}

/// What type parameters and local types stand for inside an instance.
#[derive(Default)]
struct Env {
    params: FxHashMap<TypeParamId, TypeId>,
    locals: FxHashMap<NamedId, NamedId>,
    done: FxHashMap<TypeId, TypeId>,
}

/// What becomes of a generic declaration.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// It is taken apart into instances.
    Instances,
    /// It stays generic, if anything uses it.
    KeptIfUsed,
    /// It stays generic.
    Kept,
}

struct Maker<'c> {
    c: Checker<'c>,
    packages: Vec<Package>,
    generic: FxHashMap<ObjId, Generic>,
    made: FxHashMap<(ObjId, Vec<TypeId>), ObjId>,
    /// What stays generic.
    kept: Kept,
    /// Functions that stay generic and are used.
    reached: FxHashSet<ObjId>,
    queue: VecDeque<Wanted>,
    /// The type arguments of the instances of functions in which copies of types are declared.
    implicits: FxHashMap<NamedId, Vec<TypeId>>,
    /// Rust names given in each package.
    names: FxHashMap<PkgId, FxHashSet<String>>,
}

impl Maker<'_> {
    fn run(&mut self) {
        self.find_generic();
        self.kept = general::kept(&self.c, &self.packages, &self.generic);
        for p in 0..self.packages.len() {
            for file in 0..self.packages[p].files.len() {
                self.name_functions(p, file);
                self.settle_file(p, file);
            }
        }
        let mut done: FxHashSet<NamedId> = FxHashSet::default();
        let mut types: Vec<NamedId> = vec![];
        loop {
            while let Some(wanted) = self.queue.pop_front() {
                self.make(wanted);
            }
            let next = (0..self.c.types.named.len() as u32)
                .map(NamedId)
                .find(|n| !done.contains(n) && self.is_concrete_instance(*n));
            let Some(next) = next else { break };
            done.insert(next);
            types.push(next);
            self.give_methods(next);
        }
        types.retain(|n| !self.is_kept(*n));
        for n in types {
            self.name_type(n);
        }
        // embedded, it lends methods
        let mut at = 0;
        while at < self.c.types.named.len() {
            if self.is_kept(NamedId(at as u32)) {
                self.declare_methods(NamedId(at as u32));
            }
            at += 1;
        }
        self.remove_generic();
    }

    // ---- what is generic

    fn find_generic(&mut self) {
        for (p, package) in self.packages.iter().enumerate() {
            for (f, (file, info)) in package.files.iter().zip(&package.infos).enumerate() {
                let mut from = file.package.pos;
                for decl in &file.decls {
                    let before = std::mem::replace(&mut from, end_of(decl));
                    let Decl::Func(decl) = decl else { continue };
                    let Some(&obj) = info.defs.get(&decl.name.pos) else { continue };
                    let mut params = vec![];
                    if let ObjKind::Func { recv: Some(recv), .. } = self.c.obj(obj).kind
                        && let Type::Named(n) = *self.c.types.get(self.c.deref(recv).0)
                    {
                        params.clone_from(&self.c.types.named(n).type_params);
                    }
                    let of_receiver = params.len();
                    params.extend(self.c.generic_funcs.get(&obj).into_iter().flatten());
                    if !params.is_empty() {
                        let (pkg, decl) = (PkgId(p as u32), decl.clone());
                        let generic = Generic { pkg, file: f, decl, from: before, params, of_receiver };
                        self.generic.insert(obj, generic);
                    }
                }
            }
        }
    }

    /// Takes the functions that became instances and the constraints out. Of a type, its instances stand where it stood.
    fn remove_generic(&mut self) {
        for package in self.packages.iter_mut() {
            for (file, info) in package.files.iter_mut().zip(&package.infos) {
                for decl in &mut file.decls {
                    match decl {
                        Decl::Func(f) => {
                            let obj = info.defs.get(&f.name.pos);
                            let is_gone = |obj: &ObjId| {
                                let Some(generic) = self.generic.get(obj) else { return false };
                                let is_ours = !package.is_partial || generic.of_receiver > 0;
                                !self.kept.funcs.contains(obj) || !(is_ours || self.reached.contains(obj))
                            };
                            if obj.is_some_and(is_gone) {
                                *decl = Decl::Bad(f.span);
                            }
                        }
                        Decl::Type { pos, specs, .. } => {
                            let end = specs.last().map(|spec| file.exprs.get(spec.ty).span.hi);
                            specs.retain(|spec| {
                                let obj = info.defs.get(&spec.name.pos);
                                let ty = obj.map(|obj| self.c.objects[obj.0 as usize].ty);
                                !ty.is_some_and(|t| is_constraint(&self.c.types, t))
                            });
                            if let (true, Some(end)) = (specs.is_empty(), end) {
                                *decl = Decl::Bad(Span::new(*pos, end));
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// `f[A]` is written where `f` is meant: the instance has a name of its own.
    fn name_functions(&mut self, p: usize, f: usize) {
        let package = &mut self.packages[p];
        let (file, info) = (&mut package.files[f], &mut package.infos[f]);
        for i in 0..file.exprs.len() {
            let id = ExprId(i as u32);
            let ExprKind::Index { x, .. } = file.expr(id).kind else { continue };
            let mut x = x;
            while let ExprKind::Paren(inner) = file.expr(x).kind {
                x = inner;
            }
            let is_func =
                info.tv(id).is_some_and(|tv| tv.mode == Mode::Value) && info.instances.contains_key(&x);
            if !is_func {
                continue;
            }
            let (span, kind) = (file.expr(id).span, file.expr(x).kind.clone());
            std::sync::Arc::make_mut(&mut file.exprs).replace(id, crate::ast::Expr { span, kind });
            if let Some(instance) = info.instances.remove(&x) {
                info.instances.insert(id, instance);
            }
            if let Some(obj) = info.uses.get(&x).copied() {
                info.uses.insert(id, obj);
            }
            if let Some(selection) = info.selections.remove(&x) {
                info.selections.insert(id, selection);
            }
        }
    }

    // ---- code that is not generic

    /// Instances in a file's ordinary declarations.
    fn settle_file(&mut self, p: usize, f: usize) {
        let is_partial = self.packages[p].is_partial;
        let here: Vec<(Span, Fate)> = self
            .generic
            .iter()
            .filter(|(_, g)| g.pkg.0 as usize == p && g.file == f)
            .map(|(func, g)| {
                let fate = match self.kept.funcs.contains(func) {
                    false => Fate::Instances,
                    true if is_partial && g.of_receiver == 0 => Fate::KeptIfUsed,
                    true => Fate::Kept,
                };
                (g.decl.span, fate)
            })
            .collect();
        let within =
            |pos: Pos, fate: Fate| here.iter().any(|(s, of)| *of == fate && (s.lo..s.hi).contains(&pos));
        let mut info = std::mem::take(&mut self.packages[p].infos[f]);
        let outside =
            |m: &Self, id: ExprId| !within(m.packages[p].files[f].expr(id).span.lo, Fate::Instances);
        let mut instances: Vec<ExprId> = info.instances.keys().copied().collect();
        instances.sort();
        let mut selections: Vec<ExprId> = info.selections.keys().copied().collect();
        selections.sort();
        for id in instances.into_iter().filter(|id| !info.selections.contains_key(id)) {
            if !outside(self, id) {
                continue;
            }
            let pos = self.packages[p].files[f].expr(id).span.lo;
            let targs = info.instances[&id].targs.clone();
            let Some(&func) = info.uses.get(&id) else { continue };
            // that counts when what it stands in is used
            if self.kept.funcs.contains(&func) && within(pos, Fate::KeptIfUsed) {
                continue;
            }
            if let Some(obj) = self.want(func, targs, pos) {
                info.uses.insert(id, obj);
            }
        }
        for id in selections {
            if !outside(self, id) {
                continue;
            }
            let pos = self.packages[p].files[f].expr(id).span.lo;
            let own = info.instances.get(&id).map(|i| (i.targs.clone(), i.ty));
            if let Some(selection) = info.selections.get_mut(&id) {
                self.settle_selection(selection, own, pos);
            }
        }
        self.packages[p].infos[f] = info;
    }

    /// Makes a selection of a generic type's method one of the instance's method. `own` are the type arguments of the
    /// method's own parameters, and its type with them.
    fn settle_selection(&mut self, selection: &mut Selection, own: Option<(Vec<TypeId>, TypeId)>, pos: Pos) {
        let Some(func) = selection.func.filter(|f| self.c.objects[f.0 as usize].pkg.is_some()) else {
            return;
        };
        let Some(generic) = self.generic.get(&func) else {
            if own.is_some() {
                self.want(func, vec![], pos);
            }
            return;
        };
        let of_receiver = generic.of_receiver;
        let mut targs = vec![];
        if of_receiver > 0 {
            let recv = selection.method_recv.unwrap_or(selection.recv);
            if let Type::Named(n) = *self.c.types.get(self.c.deref(recv).0)
                && let Some((_, list)) = &self.c.types.named(n).instance_of
            {
                targs.clone_from(list);
            }
        }
        if let Some((own, ty)) = own {
            targs.extend(own);
            selection.ty = ty;
        }
        if let Some(obj) = self.want(func, targs, pos) {
            selection.func = Some(obj);
            selection.name = self.c.objects[obj.0 as usize].name;
        }
    }

    /// The instance of a function.
    fn want(&mut self, func: ObjId, targs: Vec<TypeId>, pos: Pos) -> Option<ObjId> {
        let Some(generic) = self.generic.get(&func) else {
            let object = self.c.obj(func);
            let (name, pkg) = (object.name, object.pkg);
            if matches!(object.kind, ObjKind::Func { .. })
                && let Some(pkg) = pkg.filter(|p| self.packages[p.0 as usize].is_golib)
                && !self.kept.funcs.contains(&func)
            {
                let path = self.packages[pkg.0 as usize].path.clone();
                self.c.diags.unsupported(pos, format!("generic function {path}.{name}"));
            }
            return None;
        };
        if self.kept.funcs.contains(&func) {
            self.reach(func);
            return None;
        }
        if let Some(&obj) = self.made.get(&(func, targs.clone())) {
            return Some(obj);
        }
        let (pkg, of_receiver) = (generic.pkg, generic.of_receiver);
        let mut name = self.c.obj(func).name;
        let own: Vec<String> =
            targs[of_receiver.min(targs.len())..].iter().map(|t| self.rust_word(*t)).collect();
        if !own.is_empty() {
            let stem = format!("{name}_{}", own.join("_"));
            let is_method = matches!(self.c.obj(func).kind, ObjKind::Func { recv: Some(_), .. });
            name = Symbol::intern(&if is_method { stem } else { self.unique(pkg, &stem) });
        }
        let pos = Pos(POSITIONS + self.made.len() as u32);
        let object = Object { name, pos, ..self.c.obj(func).clone() };
        self.c.objects.push(object);
        let obj = ObjId(self.c.objects.len() as u32 - 1);
        self.made.insert((func, targs.clone()), obj);
        self.queue.push_back(Wanted { func, targs, obj, pos });
        Some(obj)
    }

    /// A function that stays generic is used, and so is what it uses.
    fn reach(&mut self, func: ObjId) {
        let mut list = vec![func];
        while let Some(func) = list.pop() {
            let Some(generic) = self.generic.get(&func) else { continue };
            if !self.reached.insert(func) {
                continue;
            }
            let package = &self.packages[generic.pkg.0 as usize];
            let (file, span) = (&package.files[generic.file], generic.decl.span);
            list.extend(package.infos[generic.file].uses.iter().filter_map(|(id, obj)| {
                let is_inside = (span.lo..span.hi).contains(&file.expr(*id).span.lo);
                (is_inside && self.kept.funcs.contains(obj)).then_some(*obj)
            }));
        }
    }

    // ---- functions

    fn make(&mut self, wanted: Wanted) {
        let Some(generic) = self.generic.get(&wanted.func).cloned() else { return };
        let Generic { pkg, file, mut decl, from, params, .. } = generic;
        self.c.pkg = pkg;
        let p = pkg.0 as usize;
        let span = decl.span;
        let inside = |pos: Pos| (span.lo..span.hi).contains(&pos);
        let mut env =
            Env { params: params.into_iter().zip(wanted.targs.iter().copied()).collect(), ..Env::default() };
        self.copy_local_types(pkg, span, &wanted.targs, &mut env);

        let ty = self.c.obj(wanted.func).ty;
        let ty = self.inst(ty, &mut env);
        let kind = match self.c.obj(wanted.func).kind {
            ObjKind::Func { recv: Some(recv), external } => {
                ObjKind::Func { recv: Some(self.inst(recv, &mut env)), external }
            }
            ref kind => kind.clone(),
        };
        let object = &mut self.c.objects[wanted.obj.0 as usize];
        (object.ty, object.kind) = (ty, kind);

        // what the declaration declares
        let there = &self.packages[p].infos[file];
        let mut defs: Vec<(Pos, ObjId)> =
            there.defs.iter().filter(|(pos, _)| inside(**pos)).map(|(p, o)| (*p, *o)).collect();
        defs.sort();
        let mut implicits: Vec<(Pos, ObjId)> =
            there.implicits.iter().filter(|(pos, _)| inside(**pos)).map(|(p, o)| (*p, *o)).collect();
        implicits.sort();
        let mut objects: FxHashMap<ObjId, ObjId> = FxHashMap::default();
        for &(_, old) in defs.iter().chain(&implicits) {
            if old == wanted.func || objects.contains_key(&old) {
                continue;
            }
            let mut object = self.c.obj(old).clone();
            object.ty = self.inst(object.ty, &mut env);
            self.c.objects.push(object);
            objects.insert(old, ObjId(self.c.objects.len() as u32 - 1));
        }
        // defined types know their objects
        for (old, new) in &env.locals {
            let obj = self.c.types.named(*old).obj;
            if let Some(&obj) = objects.get(&obj) {
                self.c.types.named[new.0 as usize].obj = obj;
            }
        }
        let renamed = |old: ObjId| objects.get(&old).copied().unwrap_or(old);

        let mut info = FileInfo::default();
        let original = self.packages[p].files[file].exprs.clone();
        for i in 0..original.len() {
            let id = ExprId(i as u32);
            if !inside(original.get(id).span.lo) {
                info.exprs.push(None);
                continue;
            }
            let constant = self.converted_constant(&original, &self.packages[p].infos[file], id);
            let tv = self.packages[p].infos[file].exprs[i].clone().map(|mut tv| {
                tv.ty = self.inst(tv.ty, &mut env);
                if let (Some(value), Type::Basic(_)) = (constant, self.c.under(tv.ty)) {
                    (tv.mode, tv.value) = (Mode::Constant, Some(value));
                }
                if let (Some(value), Type::Basic(b)) = (&tv.value, self.c.under(tv.ty)) {
                    tv.value = represent(value, *b).or(tv.value);
                }
                tv
            });
            info.exprs.push(tv);
            let there = &self.packages[p].infos[file];
            let used = there.uses.get(&id).copied();
            let instance = there.instances.get(&id).cloned();
            let selection = there.selections.get(&id).cloned();
            let own = instance.map(|i| {
                let targs: Vec<TypeId> = i.targs.iter().map(|t| self.inst(*t, &mut env)).collect();
                (targs, self.inst(i.ty, &mut env))
            });
            let pos = original.get(id).span.lo;
            if let Some(selection) = selection {
                let selection = self.inst_selection(selection, own, pkg, pos, &mut env);
                info.selections.insert(id, selection);
            } else if let (Some(func), Some((targs, ty))) = (used, own) {
                if let Some(obj) = self.want(func, targs.clone(), pos) {
                    info.uses.insert(id, obj);
                    continue;
                }
                info.instances.insert(id, Instance { targs, ty });
            }
            if let Some(used) = used {
                info.uses.insert(id, renamed(used));
            }
        }
        info.defs = defs.iter().map(|(pos, obj)| (*pos, renamed(*obj))).collect();
        info.implicits = implicits.iter().map(|(pos, obj)| (*pos, renamed(*obj))).collect();

        // the declaration itself, under its own name
        decl.name.name = self.c.obj(wanted.obj).name;
        decl.name.pos = wanted.pos;
        decl.ty.type_params.clear();
        info.defs.insert(wanted.pos, wanted.obj);
        let there = &self.packages[p].files[file];
        let comments = there.comments.iter().filter(|c| from <= c.pos && c.pos < span.hi).cloned().collect();
        let copy = File {
            id: there.id,
            go_minor: there.go_minor,
            package_pos: Pos::NONE,
            package: there.package,
            imports: vec![],
            decls: vec![Decl::Func(decl)],
            exprs: original,
            comments,
        };
        self.packages[p].files.push(copy);
        self.packages[p].infos.push(info);
    }

    /// `T(1)` with a type parameter is no constant, but in an instance the constant is converted as one.
    fn converted_constant(&self, exprs: &Exprs, info: &FileInfo, id: ExprId) -> Option<Const> {
        let ExprKind::Call { fun, args, .. } = &exprs.get(id).kind else { return None };
        let [arg] = args[..] else { return None };
        let fun = info.tv(*fun).filter(|fun| fun.mode == Mode::Type && self.c.is_type_param(fun.ty));
        fun.and_then(|_| info.tv(arg)?.value.clone())
    }

    fn inst_selection(
        &mut self,
        mut selection: Selection,
        own: Option<(Vec<TypeId>, TypeId)>,
        pkg: PkgId,
        pos: Pos,
        env: &mut Env,
    ) -> Selection {
        let generic_recv = self.c.deref(selection.recv).0;
        let of_param = self.c.is_type_param(generic_recv) || self.c.is_type_param(selection.recv);
        selection.recv = self.inst(selection.recv, env);
        selection.ty = self.inst(selection.ty, env);
        selection.method_recv = selection.method_recv.map(|t| self.inst(t, env));
        if of_param {
            // a method of the constraint is one of the type now
            match self.c.lookup_from(selection.recv, selection.name, pkg) {
                Found::Method { path, func, recv, ptr_recv, indirect } => {
                    let method_recv = if ptr_recv { self.c.pointer_to(recv) } else { recv };
                    selection.path = path;
                    selection.func = Some(func);
                    selection.indirect = indirect;
                    selection.ptr_recv = ptr_recv;
                    selection.method_recv = Some(method_recv);
                }
                Found::Abstract { path, recv, indirect, .. } => {
                    selection.path = path;
                    selection.func = None;
                    selection.indirect = indirect;
                    selection.ptr_recv = false;
                    selection.method_recv = Some(recv);
                }
                _ => {}
            }
        }
        self.settle_selection(&mut selection, own, pos);
        selection
    }

    /// Types declared in a generic function are others in each instance, which has the type arguments `targs`.
    fn copy_local_types(&mut self, pkg: PkgId, span: Span, targs: &[TypeId], env: &mut Env) {
        let local: Vec<NamedId> = (0..self.c.types.named.len() as u32)
            .map(NamedId)
            .filter(|n| {
                let named = self.c.types.named(*n);
                let is_here =
                    named.local && named.pkg == Some(pkg) && (span.lo..span.hi).contains(&named.pos);
                // what stands for it in the copies of an instance that was made before is no type of the source, and instances
                // of a copy are made of it
                is_here && !named.is_copy && named.instance_of.is_none()
            })
            .collect();
        for &old in &local {
            let copy = self.c.types.named(old).clone();
            let new = NamedId(self.c.types.named.len() as u32);
            // its instances wait
            let underlying = Basic::Invalid.id();
            self.c.types.named.push(Named { is_copy: true, underlying, ..copy });
            self.c.types.intern(Type::Named(new));
            env.locals.insert(old, new);
            self.implicits.insert(new, targs.to_vec());
        }
        for old in local {
            let new = env.locals[&old];
            let underlying = self.c.types.named(old).underlying;
            let underlying = self.inst(underlying, env);
            let named = &mut self.c.types.named[new.0 as usize];
            named.underlying = underlying;
            if named.type_params.is_empty() {
                let shown = targs.iter().map(|t| self.go_name(*t)).collect::<Vec<_>>().join(",");
                let name = Symbol::intern(&format!("{}[{shown}]", self.c.types.named(new).name));
                self.c.types.named[new.0 as usize].name = name;
            } else {
                self.c.expand_pending(new);
            }
        }
    }

    // ---- types

    /// The type with parameters and local types replaced.
    fn inst(&mut self, ty: TypeId, env: &mut Env) -> TypeId {
        if let Some(&done) = env.done.get(&ty) {
            return done;
        }
        let new = match self.c.types.get(ty).clone() {
            Type::Basic(_) => ty,
            Type::TypeParam(p) => env.params.get(&p).copied().unwrap_or(ty),
            Type::Named(n) => {
                if let Some(&copy) = env.locals.get(&n) {
                    self.c.types.intern(Type::Named(copy))
                } else {
                    let named = self.c.types.named(n).clone();
                    match named.instance_of {
                        Some((origin, targs)) => {
                            let targs = self.inst_all(&targs, env);
                            let origin = env.locals.get(&origin).copied().unwrap_or(origin);
                            self.c.instance(origin, targs)
                        }
                        None if !named.type_params.is_empty() => {
                            let targs: Vec<TypeId> = named
                                .type_params
                                .iter()
                                .map(|p| env.params.get(p).copied().unwrap_or(ty))
                                .collect();
                            if targs.contains(&ty) { ty } else { self.c.instance(n, targs) }
                        }
                        None => ty,
                    }
                }
            }
            Type::Pointer(t) => {
                let t = self.inst(t, env);
                self.c.types.intern(Type::Pointer(t))
            }
            Type::Slice(t) => {
                let t = self.inst(t, env);
                self.c.types.intern(Type::Slice(t))
            }
            Type::Array(t, n) => {
                let t = self.inst(t, env);
                self.c.types.intern(Type::Array(t, n))
            }
            Type::Map(k, v) => {
                let (k, v) = (self.inst(k, env), self.inst(v, env));
                self.c.types.intern(Type::Map(k, v))
            }
            Type::Chan(dir, t) => {
                let t = self.inst(t, env);
                self.c.types.intern(Type::Chan(dir, t))
            }
            Type::Struct(fields) => {
                let fields =
                    fields.into_iter().map(|f| StructField { ty: self.inst(f.ty, env), ..f }).collect();
                self.c.types.intern(Type::Struct(fields))
            }
            Type::Func(sig) => {
                let params = self.inst_all(&sig.params, env);
                let results = self.inst_all(&sig.results, env);
                self.c.types.intern(Type::Func(Signature { params, results, ..sig }))
            }
            Type::Interface(i) => {
                let methods: Vec<IfaceMethod> =
                    i.methods.into_iter().map(|m| IfaceMethod { sig: self.inst(m.sig, env), ..m }).collect();
                let terms = i
                    .terms
                    .map(|terms| terms.into_iter().map(|t| Term { ty: self.inst(t.ty, env), ..t }).collect());
                let written = Spelled(None);
                let interface = Interface { methods, terms, comparable: i.comparable, written };
                self.c.types.intern(Type::Interface(interface))
            }
            Type::Tuple(list) => {
                let list = self.inst_all(&list, env);
                self.c.types.intern(Type::Tuple(list))
            }
        };
        env.done.insert(ty, new);
        new
    }

    fn inst_all(&mut self, list: &[TypeId], env: &mut Env) -> Vec<TypeId> {
        list.iter().map(|t| self.inst(*t, env)).collect()
    }

    /// An instance of a type of ours whose arguments mention no type parameter.
    fn is_concrete_instance(&self, n: NamedId) -> bool {
        let named = self.c.types.named(n);
        let ours = named.pkg.is_some_and(|p| !self.packages[p.0 as usize].is_golib);
        let args = named.instance_of.as_ref().map(|(_, targs)| targs);
        ours && args.is_some_and(|targs| !targs.iter().any(|t| self.c.mentions_params(*t)))
    }

    /// An instance of a type that stays generic?
    fn is_kept(&self, n: NamedId) -> bool {
        let origin = self.c.types.named(n).instance_of.as_ref().map(|(origin, _)| *origin);
        origin.is_some_and(|origin| self.kept.types.contains(&origin))
    }

    /// Says of an instance of a type that stays generic which methods it has.
    fn declare_methods(&mut self, n: NamedId) {
        let Some((origin, targs)) = self.c.types.named(n).instance_of.clone() else { return };
        let params = self.c.types.named(origin).type_params.clone();
        let mut env = Env { params: params.into_iter().zip(targs).collect(), ..Env::default() };
        for method in self.c.types.named(origin).methods.clone() {
            let mut object = self.c.obj(method.func).clone();
            object.ty = self.inst(object.ty, &mut env);
            if let ObjKind::Func { recv: Some(recv), .. } = &mut object.kind {
                *recv = self.inst(*recv, &mut env);
            }
            self.c.objects.push(object);
            let func = ObjId(self.c.objects.len() as u32 - 1);
            self.c.types.named[n.0 as usize].methods.push(Method { func, ..method });
        }
    }

    /// Gives an instance of a type the instances of its methods.
    fn give_methods(&mut self, n: NamedId) {
        if self.is_kept(n) {
            return;
        }
        let Some((origin, targs)) = self.c.types.named(n).instance_of.clone() else { return };
        let pos = self.c.types.named(n).pos;
        for method in self.c.types.named(origin).methods.clone() {
            // one with parameters of its own is made where it is used
            if !self.c.generic_funcs.contains_key(&method.func)
                && let Some(func) = self.want(method.func, targs.clone(), pos)
            {
                self.c.types.named[n.0 as usize].methods.push(Method { func, ..method });
            }
        }
    }

    /// Makes an instance an ordinary type with a name of its own.
    fn name_type(&mut self, n: NamedId) {
        let named = self.c.types.named(n).clone();
        let (Some(pkg), Some((of, targs))) = (named.pkg, named.instance_of) else { return };
        // nothing has a constraint's type
        if is_constraint(&self.c.types, named.underlying) {
            return;
        }
        let shown = self.go_arguments(of, &targs);
        let words: Vec<String> = targs.iter().map(|t| self.rust_word(*t)).collect();
        let rust = self.unique(pkg, &format!("{}_{}", named.name, words.join("_")));
        // generic methods that were used
        let own: Vec<Method> = self
            .made
            .iter()
            .filter_map(|((func, _), obj)| {
                let object = self.c.obj(*obj);
                let ObjKind::Func { recv: Some(recv), .. } = object.kind else { return None };
                let (base, ptr_recv) = self.c.deref(recv);
                let is_own =
                    *self.c.types.get(base) == Type::Named(n) && self.c.generic_funcs.contains_key(func);
                is_own.then_some(Method { name: object.name, pkg, func: *obj, ptr_recv })
            })
            .collect();
        let name = Symbol::intern(&format!("{}{shown}", named.name));
        let named = &mut self.c.types.named[n.0 as usize];
        named.name = name;
        named.methods.extend(own);
        named.methods.sort_by_key(|m| m.name.as_str());
        named.instance_of = None;
        self.packages[pkg.0 as usize].instances.push(TypeInstance { id: n, of, name: rust });
    }

    /// A type as the names of instances show it: with import paths, and no blanks between arguments.
    fn go_name(&self, ty: TypeId) -> String {
        match self.c.types.get(ty) {
            Type::Named(n) => {
                let named = self.c.types.named(*n);
                let path =
                    named.pkg.map_or(String::new(), |p| format!("{}.", self.packages[p.0 as usize].path));
                let args = named.instance_of.as_ref();
                let args = args.map_or(String::new(), |(of, targs)| self.go_arguments(*of, targs));
                format!("{path}{}{args}{}", named.name, self.generation(named))
            }
            Type::Pointer(t) => format!("*{}", self.go_name(*t)),
            Type::Slice(t) => format!("[]{}", self.go_name(*t)),
            Type::Array(t, n) => format!("[{n}]{}", self.go_name(*t)),
            Type::Map(k, v) => format!("map[{}]{}", self.go_name(*k), self.go_name(*v)),
            Type::Chan(ChanDir::Send, t) => format!("chan<- {}", self.go_name(*t)),
            Type::Chan(ChanDir::Recv, t) => format!("<-chan {}", self.go_name(*t)),
            Type::Chan(ChanDir::Both, t) => match self.c.types.get(*t) {
                Type::Chan(ChanDir::Recv, _) => format!("chan ({})", self.go_name(*t)),
                _ => format!("chan {}", self.go_name(*t)),
            },
            Type::Func(sig) => format!("func{}", self.go_signature(sig)),
            Type::Struct(fields) => {
                let field = |f: &StructField| {
                    let mut text = match f.embedded {
                        true => String::new(),
                        false => format!("{} ", self.go_member(f.name, f.pkg)),
                    };
                    text.push_str(&self.go_name(f.ty));
                    let tag = f.tag.map(|tag| format!(" {:?}", tag.as_str()));
                    text + &tag.unwrap_or_default()
                };
                in_braces("struct", fields.iter().map(field).collect())
            }
            Type::Interface(i) => {
                let method = |m: &IfaceMethod| {
                    let Type::Func(sig) = self.c.types.under(m.sig) else { return String::new() };
                    self.go_member(m.name, m.pkg) + &self.go_signature(sig)
                };
                in_braces("interface", i.methods.iter().map(method).collect())
            }
            Type::Tuple(list) => self.go_names(list),
            Type::Basic(b) => b.name().to_owned(),
            Type::TypeParam(_) => String::new(),
        }
    }

    /// `[int,string]`; those of the function around stand first.
    fn go_arguments(&self, of: NamedId, targs: &[TypeId]) -> String {
        let list = |list: &[TypeId]| list.iter().map(|t| self.go_name(*t)).collect::<Vec<_>>().join(",");
        match self.implicits.get(&of) {
            Some(implicits) => format!("[{};{}]", list(implicits), list(targs)),
            None => format!("[{}]", list(targs)),
        }
    }

    /// What tells a type declared in a function from others of its name: its number among the package's.
    fn generation(&self, named: &Named) -> String {
        if !named.local {
            return String::new();
        }
        let types = self.c.types.named.iter();
        let mut places: Vec<Pos> = types.filter(|n| n.local && n.pkg == named.pkg).map(|n| n.pos).collect();
        places.sort();
        places.dedup();
        format!("·{}", places.partition_point(|pos| *pos < named.pos) + 1)
    }

    fn go_names(&self, list: &[TypeId]) -> String {
        let names: Vec<String> = list.iter().map(|t| self.go_name(*t)).collect();
        names.join(", ")
    }

    /// `(int, ...string) error`
    fn go_signature(&self, sig: &Signature) -> String {
        let mut params = self.go_names(&sig.params);
        if let (true, Some(last)) = (sig.variadic, sig.params.last()) {
            let last = self.go_name(*last);
            params.truncate(params.len() - last.len());
            params.push_str("...");
            params.push_str(last.strip_prefix("[]").unwrap_or(&last));
        }
        match &sig.results[..] {
            [] => format!("({params})"),
            [one] => format!("({params}) {}", self.go_name(*one)),
            many => format!("({params}) ({})", self.go_names(many)),
        }
    }

    /// The name of a field or method, with its package if others cannot say it.
    fn go_member(&self, name: Symbol, pkg: Option<PkgId>) -> String {
        match pkg {
            Some(pkg) => format!("{}.{name}", self.packages[pkg.0 as usize].path),
            None => name.to_string(),
        }
    }

    /// A type as part of a Rust name.
    fn rust_word(&self, ty: TypeId) -> String {
        let text = match self.c.types.get(ty) {
            Type::Named(n) => {
                let named = self.c.types.named(*n);
                let args = named.instance_of.as_ref().map_or(vec![], |(_, targs)| targs.clone());
                let words: Vec<String> = args.iter().map(|t| format!("_{}", self.rust_word(*t))).collect();
                format!("{}{}", named.name, words.concat())
            }
            Type::Pointer(t) => format!("Ptr_{}", self.rust_word(*t)),
            Type::Slice(t) => format!("Slice_{}", self.rust_word(*t)),
            Type::Array(t, n) => format!("Array{n}_{}", self.rust_word(*t)),
            Type::Map(k, v) => format!("Map_{}_{}", self.rust_word(*k), self.rust_word(*v)),
            Type::Chan(_, t) => format!("Chan_{}", self.rust_word(*t)),
            Type::Struct(_) => "struct".into(),
            Type::Func(_) => "func".into(),
            Type::Interface(_) => "any".into(),
            // as it was written
            _ => self.c.types.alias_of(ty).map_or_else(|| self.go_name(ty), |a| a.name.to_string()),
        };
        let clean = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
        text.chars().map(clean).collect::<String>().trim_end_matches('_').to_owned()
    }

    /// A name that nothing else in the package has.
    fn unique(&mut self, pkg: PkgId, stem: &str) -> String {
        let scope = &self.packages[pkg.0 as usize].scope;
        let names = self.names.entry(pkg).or_default();
        let mut name = stem.to_owned();
        let mut number = 2;
        while scope.contains_key(&Symbol::intern(&name)) || !names.insert(name.clone()) {
            name = format!("{stem}_{number}");
            number += 1;
        }
        name
    }
}

/// `struct { a; b }`
fn in_braces(word: &str, parts: Vec<String>) -> String {
    if parts.is_empty() { format!("{word} {{}}") } else { format!("{word} {{ {} }}", parts.join("; ")) }
}

/// An interface that only type parameters may have.
fn is_constraint(types: &Types, ty: TypeId) -> bool {
    matches!(types.under(ty), Type::Interface(i) if i.terms.is_some() || i.comparable)
}

fn end_of(decl: &Decl) -> Pos {
    match decl {
        Decl::Bad(span) => span.hi,
        Decl::Func(f) => f.span.hi,
        Decl::Import { pos, .. }
        | Decl::Const { pos, .. }
        | Decl::Type { pos, .. }
        | Decl::Var { pos, .. } => *pos,
    }
}
