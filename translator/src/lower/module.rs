//! The crate: modules, package initialisation, `main` (Go specification, "Program initialization and execution").

use super::{Form, Lower};
use crate::ast::Decl;
use crate::ir::{self, Block, Crate, Expr, Function, Item, ItemKind, Module, Pat, Stmt};
use crate::symbol::Symbol;
use crate::typed::{NamedId, ObjId, ObjKind, PkgId};
use crate::types::Type;

impl Lower<'_> {
    pub(super) fn krate(&mut self, form: Form) -> Crate {
        let Some(main) = self.program.packages.iter().rposition(|p| !p.is_golib) else {
            return Crate::default();
        };
        self.name_modules();
        self.name_instances();
        let mut modules = vec![];
        let mut initialised = vec![];
        for pkg in self.init_sequence() {
            self.pkg = pkg;
            self.name_local_types();
            self.name_local_consts();
            self.patterns = self.pattern_names(pkg);
            if pkg.0 as usize == main && form == Form::Statements {
                return self.statements();
            }
            let module = self.module(form, &mut initialised);
            modules.push(module);
        }
        // the main package comes last here and first in the crate
        modules.rotate_right(1);
        let mut children: Vec<String> = self.modules.values().cloned().collect();
        children.sort();
        modules[0].children = children;
        let nesting = self.program.types.deepest();
        Crate { modules, nesting, snippet: form != Form::Program, statements: false }
    }

    /// The packages in the order of their initialisation (Go specification, "Program initialization"): sorted by path, each
    /// as soon as all that it imports is initialised.
    fn init_sequence(&self) -> Vec<PkgId> {
        let mut left: Vec<PkgId> = (0..self.program.packages.len() as u32)
            .map(PkgId)
            .filter(|p| !self.program.package(*p).is_golib)
            .collect();
        left.sort_by_key(|p| {
            let package = self.program.package(*p);
            (package.path == "main", package.path.clone())
        });
        let mut order = vec![];
        while !left.is_empty() {
            let ready = |p: &PkgId| self.program.package(*p).imports.iter().all(|i| !left.contains(i));
            // there are no cycles, so one is ready
            let next = left.iter().position(ready).unwrap_or(0);
            order.push(left.remove(next));
        }
        order
    }

    /// The module of the current package. `initialised` are the modules whose initialisation runs before it.
    fn module(&mut self, form: Form, initialised: &mut Vec<String>) -> Module {
        let mut items = vec![];
        let package = self.program.package(self.pkg);
        let mut docs = vec![];
        self.inits = 0;
        for (i, file) in package.files.iter().enumerate() {
            // instances stand where what they are instances of stood
            if file.package_pos == crate::source::Pos::NONE {
                continue;
            }
            self.file = i;
            self.linked_variables();
            self.start_comments();
            if form == Form::Program {
                let lead = self.lead(file.package_pos);
                Self::comment_items(lead.detached, &mut items);
                docs.extend(lead.doc.iter().map(|l| l.trim_start_matches("///").to_owned()));
                self.trailing_comment(file.package.pos);
            }
            for decl in &file.decls {
                self.decl_items(decl, &mut items);
            }
            self.loose_comments(crate::source::Pos(u32::MAX), &mut items);
        }
        if form == Form::Program {
            self.initialise(&mut items, initialised);
        }
        items.append(&mut self.local_items);
        self.hoisted_items(&mut items);
        let mut uses = vec!["goxide_golib::prelude::*".to_owned()];
        uses.extend(merged(std::mem::take(&mut self.uses)));
        let name = self.modules.get(&self.pkg).cloned().unwrap_or_default();
        Module { name, path: package.path.clone(), docs, children: vec![], uses, items }
    }

    /// `//go:linkname x path.y` makes a variable another package's; a function so bound has no body, which is refused, too.
    fn linked_variables(&mut self) {
        let package = self.program.package(self.pkg);
        for comment in &self.ast_file().comments {
            let Some(rest) = comment.text.strip_prefix("//go:linkname ") else { continue };
            let [name, _] = rest.split_whitespace().collect::<Vec<_>>()[..] else { continue };
            let obj = package.scope.get(&Symbol::intern(name));
            if obj.is_some_and(|obj| matches!(self.obj(*obj).kind, ObjKind::Var { .. })) {
                self.diags.unsupported(comment.pos, "a variable that //go:linkname makes another package's");
            }
        }
    }

    /// A snippet of statements: the body of the function that the checker saw around them.
    fn statements(&mut self) -> Crate {
        let mut items = vec![];
        let package = self.program.package(self.pkg);
        for (i, file) in package.files.iter().enumerate() {
            self.file = i;
            for decl in &file.decls {
                if let Decl::Func(decl) = decl
                    && decl.recv.is_none()
                {
                    self.start_comments();
                    let function = self.function(decl, "main".into(), false);
                    let mut item = Self::bare(ItemKind::Fn(function));
                    item.public = false;
                    items.push(item);
                }
            }
        }
        let mut types = std::mem::take(&mut self.local_items);
        self.hoisted_items(&mut types);
        types.extend(items);
        let module = Module { items: types, ..Module::default() };
        Crate { modules: vec![module], nesting: 0, snippet: true, statements: true }
    }

    /// Types declared in functions become items of the module; two of one name get numbers.
    fn name_local_types(&mut self) {
        let named = &self.program.types.named;
        let mut taken: Vec<String> = named
            .iter()
            .filter(|n| n.pkg == Some(self.pkg) && !n.local)
            .map(|n| n.name.to_string())
            .collect();
        let scope = &self.program.package(self.pkg).scope;
        taken.extend(scope.keys().map(|s| s.to_string()));
        taken.extend(self.program.package(self.pkg).instances.iter().map(|i| i.name.clone()));
        for (i, n) in named.iter().enumerate().filter(|(_, n)| n.pkg == Some(self.pkg) && n.local) {
            if self.hoisted.local.contains_key(&NamedId(i as u32)) {
                continue;
            }
            // without the type arguments of the function around
            let stem = n.name.as_str().split('[').next().unwrap_or_default();
            let stem = super::names::plain_name(Symbol::intern(stem));
            let mut name = stem.clone();
            let mut number = 2;
            while taken.contains(&name) {
                name = format!("{stem}_{number}");
                number += 1;
            }
            taken.push(name.clone());
            self.hoisted.local.insert(NamedId(i as u32), name);
        }
    }

    /// The names that the checker gave instances of generic types.
    fn name_instances(&mut self) {
        for package in &self.program.packages {
            for instance in &package.instances {
                let name = super::names::plain_name(Symbol::intern(&instance.name));
                self.hoisted.local.insert(instance.id, name);
            }
        }
    }

    /// `package_init` and the attribute of `main`, which initialises the other packages first.
    fn initialise(&mut self, items: &mut Vec<Item>, initialised: &mut Vec<String>) {
        let mut stmts = vec![];
        let own = self.modules.get(&self.pkg).cloned();
        if own.is_none() {
            let calls = initialised.iter().map(|m| ir::call(&format!("{m}::package_init"), vec![]));
            stmts.extend(calls.map(Stmt::Expr));
        }
        let order = self.program.package(self.pkg).init_order.clone();
        self.cx = super::FnCx { may_be_cut: true, ..super::FnCx::default() };
        self.taken.clear();
        for step in &order {
            self.file = step.file;
            self.add_names(self.ast(step.rhs).span);
        }
        self.enter_initialisation();
        for step in order {
            self.file = step.file;
            self.analyse_expr(step.rhs);
            let at = self.pos(step.rhs);
            self.cx.enclosing.line = self.map.line(at);
            stmts.extend(self.function_mark(at));
            if let [one] = step.lhs[..] {
                let ty = self.obj(one).ty;
                if self.obj(one).name.is_blank() {
                    let value = self.expr(step.rhs);
                    stmts.push(Stmt::Let { pat: Pat::Wild, ty: None, init: Some(value) });
                } else if !self.is_static(step.rhs, ty) {
                    let span = self.ast(step.rhs).span;
                    self.comments_at(span.lo);
                    let value = self.expr_as(step.rhs, ty);
                    stmts.extend(self.comments_inside(span.hi));
                    stmts.push(self.set_global(one, value));
                }
                continue;
            }
            let (init, types) = self.tuple_value(step.rhs);
            let temps: Vec<String> = step.lhs.iter().map(|_| self.temp("v")).collect();
            let pats = step
                .lhs
                .iter()
                .zip(&temps)
                .map(|(o, t)| if self.obj(*o).name.is_blank() { Pat::Wild } else { ir::bind(t) })
                .collect();
            stmts.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(init) });
            for ((&obj, temp), from) in step.lhs.iter().zip(&temps).zip(types) {
                if !self.obj(obj).name.is_blank() {
                    let to = self.obj(obj).ty;
                    let value = self.convert_value(ir::path(temp), from, to);
                    stmts.push(self.set_global(obj, value));
                }
            }
        }
        self.cx.may_be_cut = false;
        for i in 1..=self.inits {
            stmts.push(Stmt::Expr(ir::call(&format!("init_{i}"), vec![])));
        }
        let has_init = !stmts.is_empty();
        if let (Some(module), true) = (&own, has_init) {
            initialised.push(module.clone());
        }
        if own.is_none()
            && let Some(main) =
                items.iter_mut().find(|i| matches!(&i.kind, ItemKind::Fn(f) if f.name == "main"))
        {
            let init = has_init.then_some("init = package_init");
            let positions = self.marks.then_some("positions = \"positions\"");
            let parts: Vec<&str> = init.into_iter().chain(positions).collect();
            let attr = match parts[..] {
                [] => "go_main".to_owned(),
                _ => format!("go_main({})", parts.join(", ")),
            };
            main.attrs.insert(0, attr);
        }
        if has_init {
            let body = Some(Block::of(stmts));
            let function = Function {
                name: "package_init".into(),
                generics: ir::Generics::default(),
                receiver: false,
                params: vec![],
                ret: None,
                body,
            };
            let mut item = Self::bare(ItemKind::Fn(function));
            item.comments =
                vec!["/// Gives package variables their values and runs the init functions.".into()];
            item.public = own.is_some();
            items.push(item);
        }
    }

    fn set_global(&mut self, obj: ObjId, value: Expr) -> Stmt {
        let name = super::names::plain_name(self.obj(obj).name);
        Stmt::Expr(ir::path(name).method("set", vec![value]))
    }

    /// Items for structs and interfaces that had no name; making one may meet others.
    fn hoisted_items(&mut self, items: &mut Vec<Item>) {
        while let Some((ty, name)) =
            (!self.hoisted.pending.is_empty()).then(|| self.hoisted.pending.remove(0))
        {
            let path = self.program.package(self.pkg).path.clone();
            let of = |pkg: Option<PkgId>| pkg.map_or(path.clone(), |p| self.program.package(p).path.clone());
            let item = match self.program.types.get(ty).clone() {
                Type::Struct(fields) => {
                    let path = of(fields.iter().find_map(|f| f.pkg));
                    // embedded fields may lend unexported methods
                    let private = fields.iter().any(|f| f.pkg.is_some() || f.embedded);
                    let go = if private {
                        format!("go(struct, path = \"{path}\")")
                    } else {
                        "go(struct)".to_owned()
                    };
                    let item = self.struct_item(name.clone(), ir::Generics::default(), &fields, ty, &go);
                    items.push(item);
                    let lent = self.hoisted_methods(ty, name);
                    items.extend(lent);
                    continue;
                }
                Type::Interface(i) => {
                    let private = i.methods.iter().any(|m| m.pkg.is_some());
                    // methods of other packages say so themselves
                    let attr = if private {
                        format!("interface(path = \"{path}\")")
                    } else {
                        "interface".to_owned()
                    };
                    self.interface_item(name, ir::Generics::default(), &i, &attr)
                }
                _ => continue,
            };
            items.push(item);
        }
    }
}

/// What a module uses: `goxide_golib::{fmt, os}` for several packages of golib.
fn merged(uses: std::collections::BTreeSet<String>) -> Vec<String> {
    let (golib, mut others): (Vec<String>, Vec<String>) =
        uses.into_iter().partition(|u| u.starts_with("goxide_golib::"));
    let names: Vec<&str> = golib.iter().filter_map(|u| u.strip_prefix("goxide_golib::")).collect();
    let golib = match names[..] {
        [] => None,
        [one] => Some(format!("goxide_golib::{one}")),
        _ => Some(format!("goxide_golib::{{{}}}", names.join(", "))),
    };
    others.splice(0..0, golib);
    others
}
