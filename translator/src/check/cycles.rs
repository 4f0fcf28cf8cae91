//! Declarations that refer to themselves (Go specification, "Type declarations", "Declarations and scope").
//!
//! Three kinds are refused: type names that lead only to type names, objects whose declaration needs itself, and types that
//! contain themselves by value. Cycles among values are told by the order of initialisation.

use super::{Checker, Color, DeclInfo};
use crate::ast::ExprKind;
use crate::source::Pos;
use crate::typed::{NamedId, ObjId, ObjKind, TypeId};
use crate::types::{Basic, Named, Type, TypeParamId};
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
        all.sort_by_key(|n| self.node_pos_of(Node { named: *n, is_instance: true }));
        for n in all {
            let is_instance = self.types.named(n).instance_of.is_some();
            self.valid_named(Node { named: n, is_instance }, &mut Nest::default(), &mut done);
        }
    }

    /// The same for a local type, right after its declaration.
    pub(super) fn check_recursive_type(&mut self, obj: ObjId) {
        if let Type::Named(n) = *self.types.get(self.obj(obj).ty) {
            let node = Node { named: n, is_instance: false };
            self.valid_named(node, &mut Nest::default(), &mut FxHashSet::default());
        }
    }

    /// Where an instance was made first, or a type declared.
    fn node_pos_of(&self, node: Node) -> Pos {
        let made = self.instance_pos.get(&node.named).filter(|_| node.is_instance);
        made.copied().unwrap_or(self.types.named(node.named).pos)
    }

    fn node_name(&mut self, node: Node) -> String {
        let named = self.types.named(node.named).clone();
        let targs: Vec<TypeId> = match named.instance_of {
            _ if !node.is_instance => return named.name.to_string(),
            Some((_, targs)) => targs,
            None => named.type_params.iter().map(|p| self.types.intern(Type::TypeParam(*p))).collect(),
        };
        let targs: Vec<String> = targs.iter().map(|t| self.type_string(*t)).collect();
        format!("{}[{}]", named.name, targs.join(","))
    }

    /// False after an error.
    fn valid_named(&mut self, node: Node, nest: &mut Nest, done: &mut FxHashSet<NamedId>) -> bool {
        let Named { pkg, ref instance_of, .. } = *self.types.named(node.named);
        let origin = instance_of.as_ref().map_or(node.named, |(origin, _)| *origin);
        if self.is_invalid(self.types.named(origin).underlying) {
            return true;
        }
        if nest.around.contains(&node) {
            let start = nest.path.iter().position(|p| *p == node).unwrap_or(0);
            self.contains_itself(&nest.path[start..]);
            self.declared_as.insert(origin, Basic::Invalid.id());
            for n in [node.named, origin] {
                self.types.named[n.0 as usize].underlying = Basic::Invalid.id();
            }
            return false;
        }
        // what is valid by itself is valid anywhere, unless its type arguments decide
        if !node.is_instance && (pkg != Some(self.pkg) || done.contains(&node.named)) {
            return true;
        }
        let underlying = self.types.named(origin).underlying;
        let rhs = self.declared_as.get(&origin).copied().unwrap_or(underlying);
        nest.around.push(node);
        nest.path.push(node);
        let valid = self.valid_type(rhs, nest, done);
        nest.around.pop();
        nest.path.pop();
        if valid && !node.is_instance {
            done.insert(node.named);
        }
        valid
    }

    fn valid_type(&mut self, ty: TypeId, nest: &mut Nest, done: &mut FxHashSet<NamedId>) -> bool {
        match self.types.get(ty).clone() {
            Type::Named(n) => {
                let named = self.types.named(n);
                let is_instance = named.instance_of.is_some() || !named.type_params.is_empty();
                self.valid_named(Node { named: n, is_instance }, nest, done)
            }
            Type::Array(elem, _) => self.valid_type(elem, nest, done),
            Type::Struct(fields) => fields.iter().all(|f| self.valid_type(f.ty, nest, done)),
            Type::Interface(i) => {
                let embeds = i.written.0.map(|w| w.embeds.concat()).unwrap_or_default();
                embeds.iter().all(|term| self.valid_type(term.ty, nest, done))
            }
            Type::TypeParam(p) => {
                let Some(inner) = nest.around.pop() else { return true };
                let valid = match self.argument_of(inner.named, p) {
                    // where the instance stands it must be valid, not within it
                    Some(targ) if inner.is_instance => {
                        let alone = nest.around.is_empty();
                        let known = alone && nest.valid_alone.contains(&targ);
                        let valid = known || self.valid_type(targ, nest, done);
                        if alone && valid {
                            nest.valid_alone.insert(targ);
                        }
                        valid
                    }
                    _ => true,
                };
                nest.around.push(inner);
                valid
            }
            _ => true,
        }
    }

    /// What a parameter stands for in an instance.
    fn argument_of(&self, n: NamedId, p: TypeParamId) -> Option<TypeId> {
        let (origin, targs) = self.types.named(n).instance_of.as_ref()?;
        let at = self.types.named(*origin).type_params.iter().position(|q| *q == p)?;
        targs.get(at).copied()
    }

    fn contains_itself(&mut self, cycle: &[Node]) {
        let names: Vec<String> = cycle.iter().map(|node| self.node_name(*node)).collect();
        let places: Vec<Pos> = cycle.iter().map(|node| self.node_pos_of(*node)).collect();
        if let [name] = &names[..] {
            self.error(places[0], format!("invalid recursive type: {name} refers to itself"));
            return;
        }
        let lines = (0..names.len())
            .map(|i| (places[i], format!("{} refers to {}", names[i], names[(i + 1) % names.len()])))
            .collect();
        self.report(places[0], format!("invalid recursive type {}", names[0]), |d| {
            d.related = lines;
            d
        });
    }
}

/// A type on the way into other types: declared, or an instance, which a generic type is inside its own declaration.
#[derive(Clone, Copy, PartialEq)]
struct Node {
    named: NamedId,
    is_instance: bool,
}

/// The types around the one looked at, and how it was reached.
#[derive(Default)]
struct Nest {
    around: Vec<Node>,
    path: Vec<Node>,
    /// Type arguments that are valid with nothing around them.
    valid_alone: FxHashSet<TypeId>,
}
