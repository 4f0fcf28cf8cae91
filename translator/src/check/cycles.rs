//! Declarations that refer to themselves (Go specification, "Type declarations", "Declarations and scope").
//!
//! Three kinds are refused: type names that lead only to type names, objects whose declaration needs itself, and types that
//! contain themselves by value. Cycles among values are told by the order of initialisation.

use super::{Checker, Color, DeclInfo};
use crate::ast::ExprKind;
use crate::source::Pos;
use crate::typed::{NamedId, ObjId, ObjKind, TypeId};
use crate::types::{Basic, Type};
use rustc_hash::FxHashSet;

impl Checker<'_> {
    /// Finds type declarations that lead from name to name and back.
    pub(super) fn direct_cycles(&mut self) {
        let mut done: FxHashSet<ObjId> = FxHashSet::default();
        for obj in self.decl_order.clone() {
            let mut path = vec![];
            let mut at = obj;
            while let Some(&DeclInfo::Type { file, spec }) = self.decls.get(&at) {
                if let Some(start) = path.iter().position(|o| *o == at) {
                    self.colors.insert(at, Color::Black);
                    self.cycle_error(&path[start..], self.first_of(&path[start..]));
                    break;
                }
                if !done.insert(at) {
                    break;
                }
                path.push(at);
                let ExprKind::Ident(name) = self.files[file].expr(spec.ty).kind else { break };
                let Some(&next) = self.pkg_scope.get(&name) else { break };
                at = next;
            }
        }
    }

    /// `obj` is needed while it is being resolved: fine for most, an error for aliases and mixtures of types and values.
    pub(super) fn cycle(&mut self, obj: ObjId) {
        let start = self.path.iter().position(|&o| o == obj).unwrap_or(0);
        let cycle: Vec<ObjId> = self.path[start..].to_vec();
        let is_value = |o: &&ObjId| matches!(self.obj(**o).kind, ObjKind::Const(_) | ObjKind::Var { .. });
        let defines = |o: &ObjId| self.is_defined_type(*o);
        let values = cycle.iter().filter(is_value).count();
        let generic = |o: &ObjId| self.is_generic_type(self.obj(*o).ty);
        if (self.cx.in_type_params && cycle.iter().any(generic))
            || values == cycle.len()
            || (values == 0 && cycle.iter().any(defines))
        {
            return;
        }
        self.cycle_error(&cycle, self.first_of(&cycle));
        if !matches!(self.obj(obj).kind, ObjKind::Func { .. }) {
            self.objects[obj.0 as usize].ty = Basic::Invalid.id();
        }
    }

    /// The name of a defined type, which an alias is not?
    fn is_defined_type(&self, obj: ObjId) -> bool {
        match self.decls.get(&obj) {
            Some(DeclInfo::Type { spec, .. }) => !spec.is_alias,
            Some(_) => false,
            // local types have no declaration in that table; an alias has no type while it is being found out
            None => matches!(self.obj(obj).kind, ObjKind::TypeName) && !self.is_invalid(self.obj(obj).ty),
        }
    }

    /// The declaration of `obj` embeds `obj`.
    pub(super) fn recursive_type(&mut self, obj: ObjId) {
        let start = self.path.iter().position(|&o| o == obj).unwrap_or(0);
        let cycle: Vec<ObjId> =
            self.path[start..].iter().copied().filter(|o| self.is_defined_type(*o)).collect();
        self.cycle_error(&cycle, self.first_of(&cycle));
        self.recursive.extend(cycle);
    }

    /// Is the type known as far as its underlying type? Its own declaration may not ask for that, which is reported.
    pub(super) fn is_complete(&mut self, ty: TypeId) -> bool {
        let mut at = ty;
        while let Type::Named(n) = *self.types.get(at) {
            let obj = self.types.named(n).obj;
            if let Some(start) = self.path.iter().position(|&o| o == obj) {
                let cycle: Vec<ObjId> = self.path[start..].to_vec();
                self.cycle_error(&cycle, self.first_of(&cycle));
                return false;
            }
            match self.forwards.iter().find(|(from, _)| *from == n) {
                Some((_, to)) => at = self.types.intern(Type::Named(*to)),
                None => break,
            }
        }
        self.resolve_type(ty);
        true
    }

    /// Which of the objects stands first in the source.
    fn first_of(&self, cycle: &[ObjId]) -> usize {
        (0..cycle.len()).min_by_key(|i| self.obj(cycle[*i]).pos).unwrap_or(0)
    }

    /// Reports a cycle, told from `start` on.
    pub(super) fn cycle_error(&mut self, cycle: &[ObjId], start: usize) {
        let Some(&first) = cycle.get(start) else { return };
        let names: Vec<String> = cycle.iter().map(|o| self.obj(*o).name.to_string()).collect();
        self.report_cycle(first, cycle, &names, start);
    }

    fn report_cycle(&mut self, first: ObjId, cycle: &[ObjId], names: &[String], start: usize) {
        let is_type = matches!(self.obj(first).kind, ObjKind::TypeName);
        let (name, pos) = (&names[start], self.obj(first).pos);
        if let [_] = cycle {
            let what = if is_type { "invalid recursive type" } else { "invalid cycle in declaration" };
            self.error(pos, format!("{what}: {name} refers to itself"));
            return;
        }
        let what = if is_type { "invalid recursive type" } else { "invalid cycle in declaration of" };
        let lines: Vec<(Pos, String)> = (0..cycle.len())
            .map(|i| {
                let (a, b) = ((start + i) % cycle.len(), (start + i + 1) % cycle.len());
                (self.obj(cycle[a]).pos, format!("{} refers to {}", names[a], names[b]))
            })
            .collect();
        self.report(pos, format!("{what} {name}"), |d| {
            d.related = lines;
            d
        });
    }

    /// A type may not contain itself by value.
    pub(super) fn check_recursive_types(&mut self) {
        let mut done = FxHashSet::default();
        let mut all: Vec<NamedId> = (0..self.types.named.len() as u32)
            .map(NamedId)
            .filter(|n| self.types.named(*n).pkg == Some(self.pkg))
            .collect();
        all.sort_by_key(|n| self.types.named(*n).pos);
        for n in all {
            self.contains_itself(n, &mut vec![], &mut done);
        }
    }

    /// The same for a local type, right after its declaration.
    pub(super) fn check_recursive_type(&mut self, obj: ObjId) {
        if let Type::Named(n) = *self.types.get(self.obj(obj).ty) {
            self.contains_itself(n, &mut vec![], &mut FxHashSet::default());
        }
    }

    fn contains_itself(&mut self, n: NamedId, path: &mut Vec<NamedId>, done: &mut FxHashSet<NamedId>) {
        if let Some(start) = path.iter().position(|p| *p == n) {
            let cycle: Vec<ObjId> = path[start..].iter().map(|c| self.types.named(*c).obj).collect();
            let names: Vec<String> = path[start..]
                .iter()
                .map(|c| {
                    let ty = self.types.intern(Type::Named(*c));
                    match self.types.named(*c).instance_of {
                        Some(_) => self.type_string(ty),
                        None => self.types.named(*c).name.to_string(),
                    }
                })
                .collect();
            self.report_cycle(cycle[0], &cycle, &names, 0);
            self.types.named[n.0 as usize].underlying = Basic::Invalid.id();
            return;
        }
        if !done.insert(n) {
            return;
        }
        path.push(n);
        let underlying = self.types.named(n).underlying;
        if !self.is_invalid(underlying) {
            let rhs = self.declared_as.get(&n).copied().unwrap_or(underlying);
            self.walk_contained(rhs, path, done);
        }
        path.pop();
    }

    fn walk_contained(&mut self, ty: TypeId, path: &mut Vec<NamedId>, done: &mut FxHashSet<NamedId>) {
        match self.types.get(ty).clone() {
            Type::Named(n) => self.contains_itself(n, path, done),
            Type::Array(elem, _) => self.walk_contained(elem, path, done),
            Type::Struct(fields) => {
                for f in fields {
                    self.walk_contained(f.ty, path, done);
                }
            }
            _ => {}
        }
    }
}
