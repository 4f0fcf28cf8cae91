//! Declarations of packages as Rust items (Go specification, "Declarations and scope").

use super::{Lower, method};
use crate::ast::{ConstSpec, Decl, ExprId, FuncDecl, TypeSpec, VarSpec};
use crate::ir::{self, Field, Function, Generics, Item, ItemKind};
use crate::source::{Pos, Span};
use crate::typed::{Const, NamedId, ObjId, ObjKind, TypeId};
use crate::types::{Basic, Interface, StructField, Type};
use num_traits::ToPrimitive;

impl Lower<'_> {
    /// An item without comments.
    pub(super) fn bare(kind: ItemKind) -> Item {
        Item { comments: vec![], trailing: None, blank: true, attrs: vec![], public: true, kind }
    }

    /// The comments above a declaration: those that belong to nothing become items of their own.
    fn led(&mut self, pos: Pos, items: &mut Vec<Item>) -> (Vec<String>, bool) {
        let line = self.comments_line();
        let lead = self.lead(pos);
        Self::comment_items(lead.detached, items);
        let blank = self.map.line(pos) > line + 1 + lead.doc.len() as u32 || !lead.doc.is_empty();
        (lead.doc, blank)
    }

    /// One declaration of a file, but for methods, which stand at their type.
    pub(super) fn decl_items(&mut self, decl: &Decl, items: &mut Vec<Item>) {
        match decl {
            // a generic function, which its instances stand for
            Decl::Bad(span) => {
                let start = self.lead_start(span.lo);
                self.loose_comments(start, items);
                self.instances_of(*span, items);
                self.comments_at(span.hi);
            }
            // imports that a snippet was given stand in a file of their own
            Decl::Import { pos, .. } if self.map.file_at(*pos) != Some(self.ast_file().id) => {}
            Decl::Import { pos, specs } => {
                self.loose_comments(*pos, items);
                // those about a single import have nothing left to be about
                if let Some(last) = specs.last() {
                    self.comments_at(last.path_pos);
                    self.trailing_comment(last.path_pos);
                }
            }
            Decl::Const { pos, specs, .. } => {
                let (group_doc, mut blank) = self.led(*pos, items);
                let mut doc = group_doc;
                let mut values: &[ExprId] = &[];
                for spec in specs {
                    let (own, spaced) = self.led(spec.names[0].pos, items);
                    doc.extend(own);
                    // a line without values repeats those before it
                    values = if spec.values.is_empty() { values } else { &spec.values };
                    self.const_items(spec, values, std::mem::take(&mut doc), blank || spaced, items);
                    blank = false;
                }
            }
            Decl::Var { pos, specs, .. } => {
                let (group_doc, mut blank) = self.led(*pos, items);
                let mut doc = group_doc;
                for spec in specs {
                    let (own, spaced) = self.led(spec.names[0].pos, items);
                    doc.extend(own);
                    self.var_items(spec, std::mem::take(&mut doc), blank || spaced, items);
                    blank = false;
                }
            }
            Decl::Type { pos, specs, .. } => {
                let (group_doc, _) = self.led(*pos, items);
                let mut doc = group_doc;
                for spec in specs {
                    let (own, _) = self.led(spec.name.pos, items);
                    doc.extend(own);
                    self.type_items(spec, std::mem::take(&mut doc), items);
                }
            }
            Decl::Func(decl) if decl.recv.is_none() => {
                let (doc, _) = self.led(decl.pos, items);
                self.function_item(decl, doc, items);
            }
            Decl::Func(decl) => {
                // its comments go with it
                let start = self.lead_start(decl.pos);
                self.loose_comments(start, items);
                self.comments_at(decl.span.hi);
            }
        }
    }

    fn comments_line(&self) -> u32 {
        self.comments.line()
    }

    // ---- constants

    fn const_items(
        &mut self,
        spec: &ConstSpec,
        values: &[ExprId],
        mut doc: Vec<String>,
        blank: bool,
        items: &mut Vec<Item>,
    ) {
        let mut blank = blank;
        let end = self.const_end(spec);
        let trailing = end.and_then(|end| self.trailing_comment(end));
        for (i, name) in spec.names.iter().enumerate().filter(|(_, n)| !n.name.is_blank()) {
            let Some(obj) = self.defined(name.pos) else { continue };
            let Some(mut item) = self.const_item(obj, values.get(i).copied(), spec.iota) else { continue };
            item.comments = std::mem::take(&mut doc);
            item.blank = std::mem::take(&mut blank);
            item.trailing = trailing.clone();
            items.push(item);
        }
    }

    fn const_end(&self, spec: &ConstSpec) -> Option<Pos> {
        let last = spec.values.last().or(spec.ty.as_ref());
        last.map(|x| self.ast(*x).span.hi).or(spec.names.last().map(|n| n.pos))
    }

    /// `pub const NAME: T = value;`, if some Rust type holds the value.
    pub(super) fn const_item(&mut self, obj: ObjId, written: Option<ExprId>, iota: u32) -> Option<Item> {
        let ObjKind::Const(value) = self.obj(obj).kind.clone() else { return None };
        let ty = self.const_item_type(obj)?;
        let name = self.const_name(obj);
        self.in_const = true;
        // an item sees itself where Go sees what it hides
        let value = match written.filter(|id| !self.names_itself(*id, obj)) {
            Some(id) => match self.const_shape(id, iota, &value, ty) {
                Some(x) => x,
                None => self.constant_expr(id, &value, ty, true),
            },
            None => self.constant(&value, ty, true),
        };
        self.in_const = false;
        let ty = self.ty(ty);
        Some(Self::bare(ItemKind::Const { name, ty, value }))
    }

    fn names_itself(&self, id: ExprId, obj: ObjId) -> bool {
        use crate::ast::ExprKind;
        match self.ast(id).kind {
            ExprKind::Ident(name) => name == self.obj(obj).name,
            ExprKind::Paren(x) | ExprKind::Unary { x, .. } => self.names_itself(x, obj),
            ExprKind::Binary { x, y, .. } => self.names_itself(x, obj) || self.names_itself(y, obj),
            ExprKind::Call { ref args, .. } => args.iter().any(|x| self.names_itself(*x, obj)),
            _ => false,
        }
    }

    /// The type a constant's item has: its own, or for a constant without type the first that holds the value.
    pub(super) fn const_item_type(&self, obj: ObjId) -> Option<TypeId> {
        let object = self.obj(obj);
        let ObjKind::Const(value) = &object.kind else { return None };
        let Type::Basic(basic) = self.program.types.get(object.ty) else { return Some(object.ty) };
        Some(match basic {
            Basic::UntypedBool => Basic::Bool.id(),
            Basic::UntypedString => Basic::String.id(),
            Basic::UntypedRune => Basic::Int32.id(),
            Basic::UntypedComplex => Basic::Complex128.id(),
            Basic::UntypedFloat => match value {
                Const::Float(v) if v.to_f64().is_finite() => Basic::Float64.id(),
                Const::Int(n) if n.bits() < 1000 => Basic::Float64.id(),
                _ => return None,
            },
            Basic::UntypedInt => match value {
                Const::Int(n) if n.to_i64().is_some() => Basic::Int.id(),
                Const::Int(n) if n.to_u64().is_some() => Basic::Uint64.id(),
                _ => return None,
            },
            _ => object.ty,
        })
    }

    // ---- variables

    fn var_items(&mut self, spec: &VarSpec, mut doc: Vec<String>, blank: bool, items: &mut Vec<Item>) {
        let mut blank = blank;
        let end = spec.values.last().or(spec.ty.as_ref()).map(|v| self.ast(*v).span.hi);
        let multi_line = spec.values.last().is_some_and(|v| {
            let span = self.ast(*v).span;
            self.map.line(span.lo) != self.map.line(span.hi)
        });
        if multi_line && let Some(end) = end {
            let runs =
                spec.names.iter().zip(&spec.values).any(|(n, v)| {
                    self.defined(n.pos).is_some_and(|obj| !self.is_static(*v, self.obj(obj).ty))
                });
            if runs {
                // comments inside come with the initialisation
                self.comments_at(end);
            } else {
                let inside = self.comments_inside(end);
                doc.extend(super::comments::texts(inside));
            }
        }
        let trailing = end.and_then(|end| self.trailing_comment(end));
        for (i, name) in spec.names.iter().enumerate().filter(|(_, n)| !n.name.is_blank()) {
            let Some(obj) = self.defined(name.pos) else { continue };
            let ty = self.obj(obj).ty;
            let value = spec.values.get(i).filter(|_| spec.values.len() == spec.names.len()).copied();
            let init = match value.filter(|v| self.is_static(*v, ty)) {
                Some(v) => {
                    self.in_const = true;
                    let value = self.expr_as(v, ty);
                    self.in_const = false;
                    ir::call("Global::new", vec![value])
                }
                None => ir::call("Global::zero", vec![]),
            };
            let rust = self.ty(ty);
            let name = super::names::plain_name(name.name);
            let mut item = Self::bare(ItemKind::Static { name, ty: ir::ty1("Global", rust), value: init });
            item.comments = std::mem::take(&mut doc);
            item.blank = std::mem::take(&mut blank);
            item.trailing = trailing.clone();
            items.push(item);
        }
    }

    /// Can the variable start with this value without code being run?
    pub(super) fn is_static(&self, value: crate::ast::ExprId, ty: TypeId) -> bool {
        self.tv(value).value.is_some() && !self.is_interface(ty)
    }

    // ---- types

    /// What a declared type became: its instances, and itself unless it has only those.
    fn types_of(&self, id: NamedId) -> Vec<NamedId> {
        let instances = self.program.package(self.pkg).instances.iter().filter(|i| i.of == id);
        let mut types: Vec<NamedId> = instances.map(|i| i.id).collect();
        let is_generic = !self.program.types.named(id).type_params.is_empty();
        if !is_generic || self.program.generic_types.contains(&id) {
            types.push(id);
        }
        types
    }

    fn type_items(&mut self, spec: &TypeSpec, doc: Vec<String>, items: &mut Vec<Item>) {
        let Some(obj) = self.defined(spec.name.pos) else { return };
        if spec.is_alias || spec.name.name.is_blank() {
            return;
        }
        let Type::Named(id) = *self.program.types.get(self.obj(obj).ty) else { return };
        let end = self.ast(spec.ty).span.hi;
        let types = self.types_of(id);
        let start = self.comments;
        for id in types {
            self.comments = start;
            let mut item = self.named_item(id, None);
            item.comments.clone_from(&doc);
            self.comments_within(&mut item.kind, spec.ty);
            self.comments_at(end);
            item.trailing = self.trailing_comment(end);
            items.push(item);
            items.extend(self.method_items(id));
        }
        // the methods' comments were read out of order
        self.comments_at(end);
        self.trailing_comment(end);
    }

    /// The instances of a generic function that was declared at `span`.
    fn instances_of(&mut self, span: Span, items: &mut Vec<Item>) {
        let package = self.program.package(self.pkg);
        let (file, comments) = (self.file, self.comments);
        for (i, instance) in package.files.iter().enumerate() {
            let is_it = |f: &FuncDecl| f.recv.is_none() && f.span.lo == span.lo;
            if instance.package_pos == Pos::NONE
                && let [Decl::Func(decl)] = &instance.decls[..]
                && is_it(decl)
            {
                self.file = i;
                self.comments_at(self.lead_start(decl.pos));
                let (doc, _) = self.led(decl.pos, items);
                self.function_item(decl, doc, items);
            }
        }
        (self.file, self.comments) = (file, comments);
    }

    /// The struct, newtype or trait of a defined type; `scope` tells types of functions apart.
    pub(super) fn named_item(&mut self, id: NamedId, scope: Option<&str>) -> Item {
        let named = self.program.types.named(id).clone();
        let name = match self.hoisted.local.get(&id) {
            Some(name) => name.clone(),
            None => super::names::plain_name(named.name),
        };
        let path = named.pkg.map_or(String::new(), |p| self.program.package(p).path.clone());
        // where the path does not say what the package is called
        let package = named.pkg.map_or(String::new(), |p| self.program.package(p).name.to_string());
        let package = match super::names::usual_package(&path) == package {
            true => String::new(),
            false => format!(", package = {package:?}"),
        };
        // instances whose arguments are called alike are told apart by their names in Rust
        let instances = &self.program.package(self.pkg).instances;
        let is_twin =
            |i: &crate::typed::TypeInstance| i.id != id && self.program.types.named(i.id).name == named.name;
        let twin = instances.iter().any(|i| i.id == id) && instances.iter().any(is_twin);
        let scope = match (scope, twin) {
            (Some(scope), true) => format!(", scope = \"{scope}.{name}\""),
            (None, true) => format!(", scope = {name:?}"),
            (Some(scope), false) => format!(", scope = {scope:?}"),
            (None, false) => String::new(),
        };
        let go = format!("{:?}{package}{scope}", format!("{path}.{}", named.name));
        let generics = self.type_generics(id);
        let ty = named.underlying;
        match self.under(ty).clone() {
            Type::Struct(fields) => self.struct_item(name, generics, &fields, ty, &format!("go({go})")),
            Type::Interface(i) => self.interface_item(name, generics, &i, &format!("interface({go})")),
            Type::Array(..) => {
                let inner = self.ty(ty);
                let mut item = Self::bare(ItemKind::Newtype { name, generics, ty: inner });
                let eq = if self.is_comparable(ty) { "PartialEq, " } else { "" };
                item.attrs =
                    vec![format!("derive(Clone, Copy, {eq}GoStruct)"), format!("go({go})"), "repr(C)".into()];
                item
            }
            _ => {
                let inner = self.ty(ty);
                let mut item = Self::bare(ItemKind::Newtype { name, generics, ty: inner });
                // patterns need more
                let is_pattern = self.basic(ty).is_some_and(|b| b.is_integer() && b != Basic::Uintptr);
                let eq = match self.is_comparable(ty) {
                    true if is_pattern => "PartialEq, Eq, ",
                    true => "PartialEq, ",
                    false => "",
                };
                let ord = if self.basic(ty).is_some_and(Basic::is_ordered) { "PartialOrd, " } else { "" };
                item.attrs = vec![format!("derive(Clone, Copy, {eq}{ord}GoNewtype)"), format!("go({go})")];
                item
            }
        }
    }

    pub(super) fn struct_item(
        &mut self,
        name: String,
        generics: Generics,
        fields: &[StructField],
        ty: TypeId,
        go: &str,
    ) -> Item {
        let mut list = vec![];
        for (i, f) in fields.iter().enumerate() {
            let rust = self.ty(f.ty);
            let blank = f.name.is_blank();
            let mut attrs = vec![];
            if f.embedded {
                attrs.push("go(embedded)".to_owned());
            }
            if let Some(tag) = f.tag {
                attrs.push(format!("go(tag = {})", super::constant::quoted(tag.as_str())));
            }
            list.push(Field {
                comments: vec![],
                trailing: None,
                attrs,
                name: if blank { format!("blank_{i}") } else { super::names::field_name(f.name) },
                ty: if blank { ir::ty1("Blank", rust) } else { rust },
            });
        }
        if self.is_padded(fields) {
            list.push(Field {
                comments: vec![],
                trailing: None,
                attrs: vec![],
                name: super::types::padding_name(fields),
                ty: ir::ty("Padding"),
            });
        }
        let mut item = Self::bare(ItemKind::Struct { name, generics, fields: list, end: vec![] });
        let eq = if self.is_comparable(ty) { "PartialEq, " } else { "" };
        item.attrs = vec![format!("derive(Clone, Copy, {eq}GoStruct)"), go.to_owned(), "repr(C)".into()];
        item
    }

    pub(super) fn interface_item(
        &mut self,
        name: String,
        generics: Generics,
        i: &Interface,
        attr: &str,
    ) -> Item {
        if i.terms.is_some() || i.comparable {
            // only constraints have type sets, and generic code is refused where it is declared
            self.diags.unsupported(Pos(1), format!("constraint interface {name}"));
        }
        let mut items = vec![];
        for m in &i.methods {
            let Type::Func(sig) = self.under(m.sig).clone() else { continue };
            let mut params = vec![];
            for (name, &ty) in self.param_names(&sig).into_iter().zip(&sig.params) {
                let ty = self.ty(ty);
                params.push(ir::Param { pat: name.map_or(ir::Pat::Wild, ir::bind), ty: Some(ty) });
            }
            let ret = self.result_ty(&sig.results);
            let name = self.method_name(m.name, m.pkg);
            let function =
                Function { name, generics: ir::Generics::default(), receiver: true, params, ret, body: None };
            let mut item = Self::bare(ItemKind::Fn(function));
            item.blank = false;
            item.public = false;
            if sig.variadic {
                item.attrs.push("go(variadic)".into());
            }
            item.attrs.extend(self.go_name(m.name, m.pkg));
            item.attrs.extend(self.foreign_name(m.pkg));
            items.push(item);
        }
        let mut item = Self::bare(ItemKind::Trait { name, generics, items });
        item.attrs = vec![attr.to_owned()];
        item
    }

    // ---- functions

    fn function_item(&mut self, decl: &FuncDecl, doc: Vec<String>, items: &mut Vec<Item>) {
        let is_main =
            decl.name.name.as_str() == "main" && self.program.package(self.pkg).name.as_str() == "main";
        let is_init = decl.name.name.as_str() == "init";
        let name = if is_init {
            self.inits += 1;
            format!("init_{}", self.inits)
        } else if decl.name.name.is_blank() {
            // never called, but checked
            self.comments_at(decl.span.hi);
            return;
        } else if is_main {
            "main".into()
        } else {
            super::names::function_name(decl.name.name)
        };
        let function = self.function(decl, name, false);
        let mut item = Self::bare(ItemKind::Fn(function));
        item.comments = doc;
        item.public = !is_main && !is_init;
        item.trailing = self.trailing_comment(decl.span.hi);
        items.push(item);
        let local = std::mem::take(&mut self.local_items);
        items.extend(local);
    }

    /// The function; `method` takes `self`.
    pub(super) fn function(&mut self, decl: &FuncDecl, name: String, method: bool) -> Function {
        self.analyse_function(decl);
        let obj = self.defined(decl.name.pos);
        let sig = match obj.map(|o| self.under(self.obj(o).ty).clone()) {
            Some(Type::Func(sig)) => sig,
            _ => {
                let generics = Generics::default();
                return Function { name, generics, receiver: method, params: vec![], ret: None, body: None };
            }
        };
        // a method's are those of its type
        let generics = match obj.and_then(|o| self.program.generic.get(&o)) {
            Some(params) if !method => self.generics(params),
            _ => Generics::default(),
        };
        self.take_names(decl.span);
        self.rebinds.clear();
        let mut params = self.fn_params(&decl.ty, &sig);
        let ret = self.result_ty(&sig.results);
        // what stands among the parameters opens the body
        let mut stmts = decl.body.as_ref().map_or(vec![], |body| self.comments_inside(body.lbrace.plus(1)));
        let mut body = self.fn_body(decl);
        stmts.append(&mut body.stmts);
        body.stmts = stmts;
        body.tidy();
        body.settle_mut(&mut params, &self.rebinds);
        Function { name, generics, receiver: method, params, ret, body: Some(body) }
    }

    /// Constants of a function: items of its block.
    pub(super) fn local_consts(&mut self, specs: &[ConstSpec], out: &mut Vec<ir::Stmt>) {
        let mut values: &[ExprId] = &[];
        for spec in specs {
            values = if spec.values.is_empty() { values } else { &spec.values };
            let lead = self.comments_before(spec.names[0].pos);
            out.extend(lead);
            for (i, name) in spec.names.iter().enumerate().filter(|(_, n)| !n.name.is_blank()) {
                let Some(obj) = self.defined(name.pos) else { continue };
                let Some(mut item) = self.const_item(obj, values.get(i).copied(), spec.iota) else {
                    continue;
                };
                item.public = false;
                item.blank = false;
                out.push(ir::Stmt::Item(item));
            }
            if let Some(text) = self.const_end(spec).and_then(|end| self.trailing_comment(end)) {
                out.push(ir::Stmt::Trailing(text));
            }
        }
    }

    /// Types of a function: items of the module, under a name that nothing else has.
    pub(super) fn local_types(&mut self, specs: &[TypeSpec]) {
        for spec in specs.iter().filter(|s| !s.is_alias && !s.name.name.is_blank()) {
            let Some(obj) = self.defined(spec.name.pos) else { continue };
            let Type::Named(id) = *self.program.types.get(self.obj(obj).ty) else { continue };
            let line = self.map.line(spec.name.pos);
            let start = self.comments;
            for id in self.types_of(id) {
                self.comments = start;
                let mut item = self.named_item(id, Some(&format!("{}.{line}", self.file)));
                self.comments_within(&mut item.kind, spec.ty);
                self.local_items.push(item);
                let promoted = method::promoted_items(self, id);
                self.local_items.extend(promoted);
            }
        }
    }
}
