//! Gathers the package-level names of a package and what its files import (Go specification, "Declarations and scope").

use super::lookup::is_exported;
use super::{Checker, DeclInfo, VarGroup};
use crate::ast::{ConstSpec, Decl, ExprId, ExprKind, FuncDecl, Ident, ImportSpec, VarSpec};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, ObjId, ObjKind, PkgId};
use crate::types::Basic;

impl<'a> Checker<'a> {
    pub(super) fn collect(&mut self) {
        let files = self.files;
        for (i, file) in files.iter().enumerate() {
            self.cx.file = i;
            for decl in &file.decls {
                self.collect_decl(i, decl);
            }
        }
        self.imports_against_scope();
        self.associate_methods();
    }

    fn collect_decl(&mut self, file: usize, decl: &'a Decl) {
        match decl {
            Decl::Bad(_) => {}
            Decl::Import { specs, .. } => specs.iter().for_each(|s| self.import(file, s)),
            Decl::Const { specs, .. } => self.collect_consts(file, specs),
            Decl::Var { specs, .. } => specs.iter().for_each(|s| self.collect_var(file, s)),
            Decl::Type { specs, .. } => {
                for spec in specs {
                    let obj = self.package_object(spec.name, ObjKind::TypeName);
                    self.decls.insert(obj, DeclInfo::Type { file, spec });
                }
            }
            Decl::Func(decl) => self.collect_func(file, decl),
        }
    }

    fn package_object(&mut self, name: Ident, kind: ObjKind) -> ObjId {
        let obj = self.new_object(name.name, name.pos, Some(self.pkg), Basic::Invalid.id(), kind);
        self.info().defs.insert(name.pos, obj);
        self.decl_order.push(obj);
        if name.name.is_blank() {
            return obj;
        }
        if matches!(name.name.as_str(), "init" | "main") && name.name.as_str() == "init" {
            self.error(name.pos, "cannot declare init - must be func");
            return obj;
        }
        if name.name.as_str() == "main"
            && self.packages[self.pkg.0 as usize].name.as_str() == "main"
            && !self.is_func(obj)
        {
            self.error(name.pos, "cannot declare main - must be func");
            return obj;
        }
        self.insert_package_level(name, obj);
        obj
    }

    fn insert_package_level(&mut self, name: Ident, obj: ObjId) {
        match self.pkg_scope.get(&name.name) {
            Some(&other) => {
                let pos = self.obj(other).pos;
                self.redeclared(name.name, name.pos, pos);
            }
            None => {
                self.pkg_scope.insert(name.name, obj);
            }
        }
    }

    fn collect_consts(&mut self, file: usize, specs: &'a [ConstSpec]) {
        let mut last: Option<&ConstSpec> = None;
        for spec in specs {
            let inherited = spec.ty.is_none() && spec.values.is_empty();
            if !inherited {
                last = Some(spec);
            }
            let source = last.unwrap_or(spec);
            for (i, name) in spec.names.iter().enumerate() {
                let obj = self.package_object(*name, ObjKind::Const(Const::Unknown));
                let value = source.values.get(i).copied();
                let info = DeclInfo::Const { file, ty: source.ty, value, iota: spec.iota, inherited };
                self.decls.insert(obj, info);
            }
            self.arity(&spec.names, &source.values, true, inherited);
        }
    }

    /// As many values as names? One value may be for several variables.
    pub(super) fn arity(&mut self, names: &[Ident], values: &[ExprId], constant: bool, inherited: bool) {
        let (n, v) = (names.len(), values.len());
        if n < v {
            let extra = self.pos(values[n]);
            if inherited {
                self.report(names[0].pos, "extra init expr at \0", |d| d.at(extra));
            } else {
                let text = format!("extra init expr {}", self.expr_str(values[n]));
                self.error(extra, text);
            }
        } else if n > v && (constant || v != 1) {
            self.error(names[v].pos, format!("missing init expr for {}", names[v].name));
        }
    }

    fn collect_var(&mut self, file: usize, spec: &'a VarSpec) {
        let kind = || ObjKind::Var { package_level: true, param: false };
        let lhs: Vec<ObjId> = spec.names.iter().map(|n| self.package_object(*n, kind())).collect();
        self.awaiting_type.extend(lhs.iter().copied());
        let one_call = spec.values.len() == 1 && lhs.len() > 1;
        for (i, &obj) in lhs.iter().enumerate() {
            let value = if one_call { Some(spec.values[0]) } else { spec.values.get(i).copied() };
            let group = self.groups.len();
            if one_call {
                if i == 0 {
                    self.groups.push(VarGroup { lhs: lhs.clone(), file, rhs: spec.values[0] });
                }
            } else if let Some(rhs) = value {
                self.groups.push(VarGroup { lhs: vec![obj], file, rhs });
            }
            let group = if one_call { self.groups.len() - 1 } else { group };
            self.decls.insert(obj, DeclInfo::Var { file, ty: spec.ty, value, group });
        }
        self.cx.file = file;
        if spec.ty.is_none() || !spec.values.is_empty() {
            self.arity(&spec.names, &spec.values, false, false);
        }
    }

    fn collect_func(&mut self, file: usize, decl: &'a FuncDecl) {
        let kind = ObjKind::Func { recv: None, external: decl.body.is_none() };
        let name = decl.name;
        let obj = self.new_object(name.name, name.pos, Some(self.pkg), Basic::Invalid.id(), kind);
        self.info().defs.insert(name.pos, obj);
        self.decls.insert(obj, DeclInfo::Func { file, decl });
        if decl.recv.is_some() {
            if let Some(param) = decl.ty.type_params.first().and_then(|field| field.names.first()) {
                self.require(param.pos, 27, "generic method");
            }
            self.decl_order.push(obj);
            return;
        }
        self.decl_order.push(obj);
        let is_main_package = self.packages[self.pkg.0 as usize].name.as_str() == "main";
        let special = name.name.as_str() == "init" || (name.name.as_str() == "main" && is_main_package);
        if special {
            if let Some(param) = decl.ty.type_params.first() {
                let at = param.names.first().map_or(name.pos, |n| n.pos);
                self.error(at, format!("func {} must have no type parameters", name.name));
            }
            if !decl.ty.params.is_empty() || !decl.ty.results.is_empty() {
                self.error(
                    name.pos,
                    format!("func {} must have no arguments and no return values", name.name),
                );
            }
            if decl.body.is_none() && name.name.as_str() == "init" {
                self.error(name.pos, "func init must have a body");
            }
        }
        if let Some(param) = decl.ty.type_params.first().and_then(|field| field.names.first())
            && !special
        {
            self.require(param.pos, 18, "type parameter");
        }
        if name.name.as_str() == "init" || name.name.is_blank() {
            return;
        }
        self.insert_package_level(name, obj);
    }

    /// Finds out which type each method belongs to.
    fn associate_methods(&mut self) {
        for obj in self.decl_order.clone() {
            let Some(&DeclInfo::Func { file, decl }) = self.decls.get(&obj) else { continue };
            let Some(recv) = decl.recv.as_ref().filter(|_| !decl.name.name.is_blank()) else { continue };
            if let Some((base, is_pointer)) = self.receiver_base(file, recv.ty) {
                self.methods.entry(base).or_default().push((file, decl, is_pointer));
            }
        }
    }

    /// The type that a method is declared on, found through aliases, and whether by a pointer.
    fn receiver_base(&self, file: usize, ty: ExprId) -> Option<(ObjId, bool)> {
        let (mut is_pointer, mut at) = (false, (file, ty));
        let mut seen = vec![];
        loop {
            let (file, id) = at;
            match &self.files[file].expr(id).kind {
                ExprKind::Paren(x) => at = (file, *x),
                ExprKind::Star(x) if !is_pointer => {
                    is_pointer = true;
                    at = (file, *x);
                }
                // an instance is no base type for an alias
                ExprKind::Index { x, .. } if seen.is_empty() => at = (file, *x),
                ExprKind::Ident(name) => {
                    let obj = *self.pkg_scope.get(name)?;
                    let &DeclInfo::Type { file, spec } = self.decls.get(&obj)? else { return None };
                    if !spec.is_alias {
                        return Some((obj, is_pointer));
                    }
                    if seen.contains(&obj) {
                        return None;
                    }
                    seen.push(obj);
                    at = (file, spec.ty);
                }
                _ => return None,
            }
        }
    }

    /// The package that an import path means here.
    fn imported(&self, path: &str) -> Option<PkgId> {
        self.by_path.get(self.unit.meaning(path)).copied()
    }

    fn import(&mut self, file: usize, spec: &ImportSpec) {
        let Some(pkg) = self.imported(&spec.path) else {
            self.error(spec.path_pos, format!("could not import {} (package not found)", spec.path));
            return;
        };
        let me = &mut self.packages[self.pkg.0 as usize];
        if !me.imports.contains(&pkg) {
            me.imports.push(pkg);
        }
        let imported = self.packages[pkg.0 as usize].name;
        let name = spec.name.map_or(imported, |n| n.name);
        match name.as_str() {
            "_" => return,
            "init" => {
                self.error(spec.pos, "cannot import package as init - init must be a func");
                return;
            }
            "." => {
                let mut exported: Vec<(Symbol, ObjId)> = self.packages[pkg.0 as usize]
                    .scope
                    .iter()
                    .filter(|(n, _)| is_exported(**n))
                    .map(|(n, o)| (*n, *o))
                    .collect();
                exported.sort_by_key(|(name, _)| name.as_str());
                let at = spec.name.map_or(spec.pos, |n| n.pos);
                let obj =
                    self.new_object(name, at, Some(self.pkg), Basic::Invalid.id(), ObjKind::PkgName(pkg));
                self.info().defs.insert(at, obj);
                for (name, imported) in exported {
                    match self.file_scopes[file].get(&name) {
                        Some(&other) => {
                            let other = self.obj(other).pos;
                            self.redeclared(name, at, other);
                        }
                        None => {
                            self.file_scopes[file].insert(name, imported);
                            self.dot_names.insert((file, name), obj);
                        }
                    }
                }
                return;
            }
            _ => {}
        }
        let pos = spec.name.map_or(spec.path_pos, |n| n.pos);
        let obj = self.new_object(name, pos, Some(self.pkg), Basic::Invalid.id(), ObjKind::PkgName(pkg));
        self.info().defs.insert(pos, obj);
        if let Some(&other) = self.file_scopes[file].get(&name) {
            let other_pos = self.obj(other).pos;
            self.redeclared(name, pos, other_pos);
            return;
        }
        self.file_scopes[file].insert(name, obj);
    }

    /// An import may not bear the name of a package-level object.
    fn imports_against_scope(&mut self) {
        for i in 0..self.file_scopes.len() {
            let clashes: Vec<(Symbol, Pos, Pos)> = self.file_scopes[i]
                .iter()
                .filter_map(|(name, &import)| {
                    let obj = *self.pkg_scope.get(name)?;
                    Some((*name, self.obj(import).pos, self.obj(obj).pos))
                })
                .collect();
            for (name, import, obj) in clashes {
                let imported = match self.obj(self.file_scopes[i][&name]).kind {
                    ObjKind::PkgName(pkg) => {
                        let package = &self.packages[pkg.0 as usize];
                        format!("import of package {} ({:?})", package.name, package.path)
                    }
                    _ => "dot-import".to_owned(),
                };
                let text = format!("{name} already declared through {imported}");
                self.declared_twice(obj, import, text, name);
            }
        }
    }

    pub(super) fn unused_imports(&mut self) {
        let files = self.files;
        for (i, file) in files.iter().enumerate() {
            for spec in &file.imports {
                if self.imported(&spec.path).is_none() {
                    continue;
                }
                let pos = spec.name.map_or(spec.path_pos, |n| n.pos);
                let Some(&obj) = self.infos[i].defs.get(&pos) else { continue };
                if self.used.contains(&obj) {
                    continue;
                }
                let name = self.obj(obj).name;
                let last = spec.path.rsplit('/').next().unwrap_or(&spec.path);
                let text = match name.as_str() {
                    "." => format!("{:?} imported and not used", spec.path),
                    name if name == last => format!("{:?} imported and not used", spec.path),
                    name => format!("{:?} imported as {name} and not used", spec.path),
                };
                self.error(spec.pos, text);
            }
        }
    }

    pub(super) fn pkg_of(&self, obj: ObjId) -> Option<PkgId> {
        match self.obj(obj).kind {
            ObjKind::PkgName(pkg) => Some(pkg),
            _ => None,
        }
    }
}
