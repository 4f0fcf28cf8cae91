//! Declarations of constants, variables, types and functions (Go specification, "Declarations and scope").

use super::assign::Target;
use super::operand::Operand;
use super::typexpr::embedded_name;
use super::{Body, Checker, Color, DeclInfo};
use crate::ast::{Decl, ExprId, ExprKind, FuncDecl, TypeSpec};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, ObjId, ObjKind};
use crate::types::spelling::Alias;
use crate::types::{Basic, Method, Named, NamedId, Type, TypeId};
use rustc_hash::FxHashMap;

impl<'a> Checker<'a> {
    /// Makes sure that a package-level object's type is known.
    pub(super) fn resolve(&mut self, obj: ObjId) {
        let Some(&info) = self.decls.get(&obj) else { return };
        match self.colors.get(&obj) {
            Some(Color::Black) => return,
            // functions may mention themselves in their types, with nothing known about them
            Some(Color::Grey) if matches!(info, DeclInfo::Func { .. }) => return,
            Some(Color::Grey) => {
                self.cycle(obj);
                return;
            }
            None => {}
        }
        self.colors.insert(obj, Color::Grey);
        self.path.push(obj);
        match info {
            DeclInfo::Const { file, ty, value, iota, inherited } => {
                let pos = self.obj(obj).pos;
                self.in_context(file, Some(obj), |c| {
                    c.cx.iota = Some(iota);
                    c.cx.error_pos = inherited.then_some(pos);
                    c.const_decl(obj, ty, value);
                });
            }
            DeclInfo::Var { file, ty, value, group } => {
                self.in_context(file, Some(obj), |c| c.package_var(obj, ty, value, group));
            }
            DeclInfo::Type { file, spec } => {
                self.in_context(file, None, |c| {
                    c.cx.names_suffice = true;
                    c.type_decl(obj, spec, false);
                });
            }
            DeclInfo::Func { file, decl } => self.in_context(file, None, |c| c.func_decl(obj, file, decl)),
        }
        self.path.pop();
        self.colors.insert(obj, Color::Black);
        if !self.cx.names_suffice {
            self.resolve_mentioned();
        }
    }

    /// Resolves the object of a name in a type or expression. Inside a type declaration it is enough that a defined type
    /// exists: what it is follows when the declaration is done. Otherwise `type A interface{ B }` would have to know B's
    /// methods while they are being found out, as soon as one of them mentions A.
    pub(super) fn resolve_name(&mut self, obj: ObjId) {
        if self.cx.names_suffice
            && self.colors.get(&obj) != Some(&Color::Black)
            && let Some(&DeclInfo::Type { file, spec }) = self.decls.get(&obj)
            && !spec.is_alias
        {
            if self.is_invalid(self.obj(obj).ty) {
                let id = self.new_named(obj, spec, false);
                self.mentioned.push(obj);
                if !spec.type_params.is_empty() {
                    self.in_context(file, None, |c| {
                        c.cx.names_suffice = true;
                        c.open_scope();
                        c.declare_own_params(id, spec);
                        c.close_scope();
                    });
                }
            }
            return;
        }
        self.resolve(obj);
    }

    /// Makes sure that a defined type's underlying type is known, unless its declaration is going on.
    pub(super) fn resolve_type(&mut self, ty: TypeId) {
        if let Type::Named(n) = *self.types.get(ty) {
            let obj = self.types.named(n).obj;
            if !self.colors.contains_key(&obj) {
                self.resolve(obj);
            }
        }
    }

    /// Resolves the types that were only mentioned so far.
    fn resolve_mentioned(&mut self) {
        while let Some(obj) = self.mentioned.pop() {
            if !self.colors.contains_key(&obj) {
                self.resolve(obj);
            }
        }
    }

    /// A new defined type.
    fn new_named(&mut self, obj: ObjId, spec: &TypeSpec, local: bool) -> NamedId {
        self.types.named.push(Named {
            obj,
            name: spec.name.name,
            pkg: Some(self.pkg),
            underlying: Basic::Invalid.id(),
            methods: vec![],
            type_params: vec![],
            instance_of: None,
            local,
            is_copy: false,
            pos: spec.name.pos,
        });
        let id = NamedId(self.types.named.len() as u32 - 1);
        self.objects[obj.0 as usize].ty = self.types.intern(Type::Named(id));
        id
    }

    // ---- constants

    pub(super) fn const_decl(&mut self, obj: ObjId, ty: Option<ExprId>, value: Option<ExprId>) {
        let declared = ty.map(|t| self.type_expr(t));
        if let (Some(t), Some(ty)) = (ty, declared) {
            let is_const = matches!(self.types.get(self.types.underlying(ty)), Type::Basic(b) if *b != Basic::UnsafePointer);
            if !is_const || self.is_type_param(ty) {
                let (pos, text) = (self.pos(t), format!("invalid constant type {}", self.type_string(ty)));
                self.error(pos, text);
                return;
            }
            self.objects[obj.0 as usize].ty = ty;
            if self.is_invalid(ty) || self.is_invalid(self.types.underlying(ty)) {
                return;
            }
        }
        let Some(value) = value else { return };
        let mut x = self.expr(value);
        if x.is_invalid() || self.is_invalid(x.ty) {
            return;
        }
        if !x.is_const() {
            let (pos, text) = (self.pos(value), format!("{} is not constant", self.describe(&x)));
            self.error(pos, text);
            return;
        }
        let ty = declared.unwrap_or(x.ty);
        self.objects[obj.0 as usize].ty = ty;
        self.assign_const(&mut x, ty);
        if !x.is_invalid() {
            self.objects[obj.0 as usize].kind = ObjKind::Const(x.value.unwrap_or(Const::Unknown));
        }
    }

    /// An untyped constant keeps its kind.
    fn assign_const(&mut self, x: &mut Operand, ty: TypeId) {
        if ty != x.ty {
            self.assign_to(x, Target::Type(ty), "constant declaration");
        }
    }

    // ---- variables

    fn package_var(&mut self, obj: ObjId, ty: Option<ExprId>, value: Option<ExprId>, group: usize) {
        let lhs = self.groups.get(group).filter(|g| Some(g.rhs) == value).map(|g| g.lhs.clone());
        let lhs = lhs.unwrap_or(vec![obj]);
        if lhs.len() > 1 {
            // one call for all: done once, by whichever variable is asked first
            for &other in &lhs {
                self.colors.insert(other, Color::Black);
            }
            self.cx.decl = Some(lhs[0]);
        }
        self.var_decl(obj, &lhs, ty, value);
    }

    /// `var obj T = value`, where one value may be for all of `lhs`.
    fn var_decl(&mut self, obj: ObjId, lhs: &[ObjId], ty: Option<ExprId>, value: Option<ExprId>) {
        let declared = ty.map(|t| self.var_type(t));
        if let Some(ty) = declared {
            self.awaiting_type.remove(&obj);
            self.objects[obj.0 as usize].ty = ty;
        }
        let Some(value) = value else {
            self.awaiting_type.remove(&obj);
            return;
        };
        if lhs.len() > 1 {
            if let Some(ty) = declared {
                for &other in lhs {
                    self.awaiting_type.remove(&other);
                    self.objects[other.0 as usize].ty = ty;
                }
            }
            self.init_vars(lhs, &[value]);
            return;
        }
        let name = self.obj(obj).name;
        let mut x = self.expr_named(value, declared, name.as_str());
        self.init_var(obj, &mut x, "variable declaration");
    }

    // ---- types

    fn type_spec_version(&mut self, spec: &TypeSpec) {
        let generic = spec.type_params.first().and_then(|field| field.names.first()).map(|name| name.pos);
        match generic {
            Some(pos) if spec.is_alias => {
                // the highest demand first
                self.require(pos, 23, "generic type alias");
            }
            Some(pos) => {
                self.require(pos, 18, "type parameter");
            }
            None if spec.is_alias => {
                self.require(spec.name.pos, 9, "type alias");
            }
            None => {}
        }
    }

    /// Declares the parameters of a generic type, which its constraints may mention with the type.
    fn declare_own_params(&mut self, id: NamedId, spec: &'a TypeSpec) {
        self.declare_params_of(&spec.type_params, |c, params| {
            c.types.named[id.0 as usize].type_params = params.to_vec();
        });
    }

    pub(super) fn type_decl(&mut self, obj: ObjId, spec: &'a TypeSpec, local: bool) {
        self.type_spec_version(spec);
        if spec.is_alias {
            self.open_scope();
            let params = self.declare_type_params(&spec.type_params);
            if local {
                self.path.push(obj);
            }
            let mut ty = self.type_expr(spec.ty);
            if local {
                self.path.pop();
            }
            self.close_scope();
            if matches!(self.types.get(ty), Type::TypeParam(p) if params.contains(p)) {
                let pos = self.pos(spec.ty);
                self.error(pos, "cannot use type parameter declared in alias declaration as RHS");
                ty = Basic::Invalid.id();
            }
            if !self.is_invalid(ty) {
                let targs = params.iter().map(|p| self.types.intern(Type::TypeParam(*p))).collect();
                let alias = Alias { name: spec.name.name, pkg: Some(self.pkg), targs, is_basic: false };
                ty = self.types.alias(ty, alias);
            }
            self.objects[obj.0 as usize].ty = ty;
            if !params.is_empty() {
                self.generic_aliases.insert(obj, params);
            }
            return;
        }
        let id = match *self.types.get(self.obj(obj).ty) {
            Type::Named(id) => id,
            _ => self.new_named(obj, spec, local),
        };
        let ty = self.obj(obj).ty;
        self.open_scope();
        let known = self.types.named(id).type_params.clone();
        if known.is_empty() {
            self.declare_own_params(id, spec);
        } else {
            self.redeclare_type_params(&known);
        }
        if !local {
            self.collect_methods(id, obj, spec.name.name);
        }
        if local {
            self.path.push(obj);
        }
        let rhs = self.type_expr(spec.ty);
        if local {
            self.path.pop();
        }
        self.close_scope();
        self.declared_as.insert(id, rhs);
        self.resolve_type(rhs);
        if self.is_type_param(rhs) {
            let pos = self.pos(spec.ty);
            self.error(pos, "cannot use a type parameter as RHS in type declaration");
            return;
        }
        let underlying = match self.recursive.contains(&obj) {
            true => Basic::Invalid.id(),
            false => self.types.underlying(rhs),
        };
        if let Type::Named(other) = *self.types.get(rhs)
            && self.is_invalid(underlying)
            && !self.leads_back(other, id)
        {
            self.forwards.push((id, other));
            return;
        }
        if rhs == ty
            || (self.is_invalid(underlying)
                && matches!(self.types.get(rhs), Type::Named(n) if self.leads_back(*n, id)))
        {
            self.cycle_error(&[obj], 0);
            return;
        }
        self.settle_underlying(id, underlying);
    }

    /// Also for the types declared as this one.
    pub(super) fn settle_underlying(&mut self, id: NamedId, underlying: TypeId) {
        self.types.named[id.0 as usize].underlying = underlying;
        self.expand_pending(id);
        let waiting: Vec<NamedId> =
            self.forwards.iter().filter(|(_, to)| *to == id).map(|(from, _)| *from).collect();
        self.forwards.retain(|(_, to)| *to != id);
        for from in waiting {
            self.settle_underlying(from, underlying);
        }
    }

    /// Is `from` declared as `id`, perhaps through others?
    fn leads_back(&self, from: NamedId, id: NamedId) -> bool {
        let mut at = from;
        loop {
            if at == id {
                return true;
            }
            match self.forwards.iter().find(|(f, _)| *f == at) {
                Some((_, to)) => at = *to,
                None => return false,
            }
        }
    }

    fn collect_methods(&mut self, id: NamedId, obj: ObjId, name: Symbol) {
        let Some(list) = self.methods.get(&obj).cloned() else { return };
        let mut seen: FxHashMap<Symbol, Pos> = FxHashMap::default();
        for (file, decl, ptr_recv) in list {
            let Some(&func) = self.infos[file].defs.get(&decl.name.pos) else { continue };
            let method = decl.name.name;
            if method.is_blank() {
                continue;
            }
            if let Some(&other) = seen.get(&method) {
                let text = format!("method {name}.{method} already declared at \0");
                self.report(decl.name.pos, text, |d| d.at(other));
                continue;
            }
            seen.insert(method, decl.name.pos);
            self.types.named[id.0 as usize].methods.push(Method {
                name: method,
                pkg: self.pkg,
                func,
                ptr_recv,
            });
        }
    }

    /// Fields and methods of a type may not share a name.
    pub(super) fn check_methods(&mut self) {
        let types: Vec<ObjId> = self
            .decl_order
            .iter()
            .copied()
            .filter(|o| matches!(self.decls.get(o), Some(DeclInfo::Type { spec, .. }) if !spec.is_alias))
            .collect();
        for obj in types {
            let Type::Named(n) = *self.types.get(self.obj(obj).ty) else { continue };
            let Type::Struct(fields) = self.under(self.obj(obj).ty).clone() else { continue };
            for m in self.types.named(n).methods.clone() {
                if fields.iter().any(|f| f.name == m.name) {
                    let pos = self.obj(m.func).pos;
                    let field = self.field_pos(obj, m.name);
                    let text = format!("field and method with the same name {}", m.name);
                    let other = format!("other declaration of {}", m.name);
                    self.report(pos, text, |d| match field {
                        Some(field) => d.also(field, other),
                        None => d,
                    });
                }
            }
        }
    }

    /// Where the struct type that `obj` is declared as declares a field.
    fn field_pos(&self, obj: ObjId, name: Symbol) -> Option<Pos> {
        let &DeclInfo::Type { file, spec } = self.decls.get(&obj)? else { return None };
        match &self.files[file].expr(spec.ty).kind {
            ExprKind::Ident(other) => self.field_pos(*self.pkg_scope.get(other)?, name),
            ExprKind::StructType(fields) => {
                let named = fields.iter().flat_map(|f| &f.names).find(|n| n.name == name);
                let embedded = || {
                    let mut all = fields.iter().filter(|f| f.names.is_empty());
                    all.find_map(|f| embedded_name(&self.files[file], f.ty).filter(|n| n.name == name))
                };
                named.copied().or_else(embedded).map(|n| n.pos)
            }
            _ => None,
        }
    }

    // ---- functions

    fn func_decl(&mut self, obj: ObjId, file: usize, decl: &'a FuncDecl) {
        let mut recv = None;
        self.open_scope();
        if let Some(field) = &decl.recv {
            let ty = self.receiver_type(field.ty);
            recv = Some(ty);
            self.receivers.push((file, field.ty, ty));
            self.declare_receiver_params(field.ty);
        }
        let params = self.declare_type_params(&decl.ty.type_params);
        let ty = self.signature_type(&decl.ty, decl.recv.as_ref());
        self.close_scope();
        if !params.is_empty() {
            self.generic_funcs.insert(obj, params);
        }
        let o = &mut self.objects[obj.0 as usize];
        o.ty = ty;
        o.kind = ObjKind::Func { recv, external: decl.body.is_none() };
        if decl.body.is_some() {
            self.bodies.push(Body { func: obj, file, decl });
        } else if !self.about.is_golib {
            let elsewhere = self.about.bodies_elsewhere || self.is_linknamed(file, decl.name.name);
            if decl.ty.type_params.is_empty() {
                self.bodyless.extend((!elsewhere).then_some(decl.name.pos));
            } else {
                self.error(decl.name.pos, "generic function is missing function body");
            }
        }
    }

    /// Does a `//go:linkname` directive say that the body is in another package?
    fn is_linknamed(&self, file: usize, name: Symbol) -> bool {
        self.files[file].comments.iter().any(|comment| {
            let mut words = comment.text.split_whitespace();
            matches!(words.next(), Some("//go:linkname" | "//go:linknamestd"))
                && words.next() == Some(name.as_str())
        })
    }

    /// Methods belong to types of this package that are no pointers and no interfaces; known once all types are.
    pub(super) fn check_receivers(&mut self) {
        for (file, expr, ty) in std::mem::take(&mut self.receivers) {
            self.in_context(file, None, |c| c.check_receiver(expr, ty));
        }
    }

    fn check_receiver(&mut self, expr: ExprId, ty: TypeId) {
        let (base, _) = self.deref(ty);
        if self.is_invalid(base) {
            return;
        }
        let mut at = self.unparen(expr);
        if let ExprKind::Star(x) = self.ast(at).kind {
            at = self.unparen(x);
        }
        let pos = self.pos(at);
        let base_s = self.type_string(base);
        let text = match self.types.get(base) {
            Type::Named(n) => {
                let named = self.types.named(*n);
                let why = match self.under(base) {
                    Type::Basic(Basic::UnsafePointer) => "unsafe.Pointer",
                    Type::Pointer(_) | Type::Interface(_) => "pointer or interface type",
                    _ => "",
                };
                if named.instance_of.is_some() {
                    // not the alias that may stand there
                    let plain = Type::Named(*n);
                    let plain = self.types.intern(plain);
                    let base_s = self.type_string(plain);
                    format!("cannot define new methods on instantiated type {base_s}")
                } else if named.pkg != Some(self.pkg) {
                    format!("cannot define new methods on non-local type {base_s}")
                } else if !why.is_empty() {
                    format!("invalid receiver type {base_s} ({why})")
                } else {
                    return;
                }
            }
            Type::Basic(_) => format!("cannot define new methods on non-local type {base_s}"),
            _ => format!("invalid receiver type {}", self.type_string(ty)),
        };
        self.error(pos, text);
    }

    pub(super) fn func_body(&mut self, body: Body<'a>) {
        let Some(block) = &body.decl.body else { return };
        let Type::Func(sig) = self.types.get(self.obj(body.func).ty).clone() else { return };
        self.in_context(body.file, Some(body.func), |c| {
            c.open_scope();
            if let Some(params) = c.generic_funcs.get(&body.func).cloned() {
                c.redeclare_type_params(&params);
            }
            if let Some(recv) = &body.decl.recv {
                c.declare_receiver_params(recv.ty);
                let ObjKind::Func { recv: Some(ty), .. } = c.obj(body.func).kind else { return };
                if let Some(name) = recv.names.first() {
                    c.cx.receiver = Some(c.declare_param(*name, ty));
                }
            }
            c.declare_params(&body.decl.ty, &sig);
            c.cx.results = Some(sig);
            c.body(block);
            c.close_scope();
        });
    }

    // ---- inside functions

    pub(super) fn local_decl(&mut self, decl: &'a Decl) {
        match decl {
            Decl::Const { specs, .. } => {
                let mut last = None;
                for spec in specs {
                    let inherited = spec.ty.is_none() && spec.values.is_empty();
                    if !inherited {
                        last = Some(spec);
                    }
                    let source = last.unwrap_or(spec);
                    let objs: Vec<ObjId> = spec
                        .names
                        .iter()
                        .enumerate()
                        .map(|(i, name)| {
                            let kind = ObjKind::Const(Const::Unknown);
                            let obj = self.new_object(
                                name.name,
                                name.pos,
                                Some(self.pkg),
                                Basic::Invalid.id(),
                                kind,
                            );
                            let outer = (self.cx.iota.replace(spec.iota), self.cx.error_pos);
                            self.cx.error_pos = inherited.then_some(name.pos);
                            self.const_decl(obj, source.ty, source.values.get(i).copied());
                            (self.cx.iota, self.cx.error_pos) = outer;
                            obj
                        })
                        .collect();
                    self.arity(&spec.names, &source.values, true, inherited);
                    for obj in objs {
                        self.declare(self.obj(obj).name, obj);
                    }
                }
            }
            Decl::Var { specs, .. } => {
                for spec in specs {
                    let objs: Vec<ObjId> = spec.names.iter().map(|n| self.new_local(*n, None)).collect();
                    for (i, &obj) in objs.iter().enumerate() {
                        let one = spec.values.len() == 1 && objs.len() > 1;
                        let value = if one { spec.values.first() } else { spec.values.get(i) };
                        let lhs = if one { &objs[..] } else { &objs[i..=i] };
                        self.var_decl(obj, lhs, spec.ty, value.copied());
                        if one {
                            break;
                        }
                    }
                    if spec.ty.is_none() || !spec.values.is_empty() {
                        self.arity(&spec.names, &spec.values, false, false);
                    }
                    for obj in objs {
                        self.declare(self.obj(obj).name, obj);
                    }
                }
            }
            Decl::Type { specs, .. } => {
                for spec in specs {
                    let obj = self.new_object(
                        spec.name.name,
                        spec.name.pos,
                        Some(self.pkg),
                        Basic::Invalid.id(),
                        ObjKind::TypeName,
                    );
                    self.declare(spec.name.name, obj);
                    self.type_decl(obj, spec, true);
                    self.check_recursive_type(obj);
                }
            }
            Decl::Import { .. } | Decl::Func(_) | Decl::Bad(_) => {}
        }
    }

    /// A new local variable, not yet in scope.
    pub(super) fn new_local(&mut self, name: crate::ast::Ident, ty: Option<TypeId>) -> ObjId {
        let kind = ObjKind::Var { package_level: false, param: false };
        let known = ty.unwrap_or(Basic::Invalid.id());
        let obj = self.new_object(name.name, name.pos, Some(self.pkg), known, kind);
        if ty.is_none() {
            self.awaiting_type.insert(obj);
        }
        obj
    }

    pub(super) fn declare_param(&mut self, name: crate::ast::Ident, ty: TypeId) -> ObjId {
        let kind = ObjKind::Var { package_level: false, param: true };
        let obj = self.new_object(name.name, name.pos, Some(self.pkg), ty, kind);
        self.info().defs.insert(name.pos, obj);
        // the signature has been checked for names that stand there twice
        let scope = self.cx.scopes.last_mut().expect("a scope is open");
        if !name.name.is_blank() && !scope.names.iter().any(|(n, _)| *n == name.name) {
            scope.names.push((name.name, obj));
        }
        obj
    }
}
