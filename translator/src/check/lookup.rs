//! Fields and methods by name, through embedded fields (Go specification, "Selectors" and "Method sets").

use super::Checker;
use crate::symbol::Symbol;
use crate::typed::{ObjId, ObjKind, PkgId};
use crate::types::{NamedId, Type, TypeId};
use rustc_hash::FxHashSet;

/// What a name selects.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Field {
        path: Vec<u32>,
        ty: TypeId,
        indirect: bool,
    },
    /// A declared method; `recv` is the named type it belongs to.
    Method {
        path: Vec<u32>,
        func: ObjId,
        recv: TypeId,
        ptr_recv: bool,
        indirect: bool,
    },
    /// A method of an interface.
    Abstract {
        path: Vec<u32>,
        sig: TypeId,
        recv: TypeId,
        indirect: bool,
    },
    /// Several at the same depth.
    Ambiguous,
    Missing,
}

/// What is searched for.
#[derive(Clone, Copy)]
struct Query {
    name: Symbol,
    /// The package that asks.
    pkg: PkgId,
    /// Letters of the other case count as equal, in names of any package.
    any_case: bool,
}

/// What was found, and the name it was declared with.
struct Hit {
    found: Found,
    name: Symbol,
    pkg: Option<PkgId>,
}

/// A field or method with a name like the one asked for.
pub(super) struct Similar {
    pub name: Symbol,
    /// The package of an unexported name.
    pub pkg: Option<PkgId>,
    pub is_field: bool,
}

struct Level {
    ty: TypeId,
    path: Vec<u32>,
    indirect: bool,
}

impl Checker<'_> {
    /// What `x.name` selects when `x` has type `ty`. Follows at most one pointer at the start.
    pub(super) fn lookup(&self, ty: TypeId, name: Symbol) -> Found {
        self.lookup_from(ty, name, self.pkg)
    }

    pub(super) fn lookup_from(&self, ty: TypeId, name: Symbol, pkg: PkgId) -> Found {
        let query = Query { name, pkg, any_case: false };
        self.search(ty, query).map_or(Found::Missing, |hit| hit.found)
    }

    /// What `x.name` would select if upper and lower case did not matter.
    pub(super) fn similar(&self, ty: TypeId, name: Symbol) -> Option<Similar> {
        let hit = self.search(ty, Query { name, pkg: self.pkg, any_case: true })?;
        let is_field = match hit.found {
            Found::Field { .. } => true,
            Found::Method { .. } | Found::Abstract { .. } => false,
            _ => return None,
        };
        Some(Similar { name: hit.name, pkg: hit.pkg, is_field })
    }

    /// Does a field or method declared as `name` answer to the query?
    fn answers(&self, query: Query, name: Symbol, pkg: Option<PkgId>) -> bool {
        if query.any_case {
            let (a, b) = (name.as_str(), query.name.as_str());
            return a == b || a.to_lowercase() == b.to_lowercase();
        }
        name == query.name && (is_exported(name) || pkg == Some(query.pkg))
    }

    fn search(&self, ty: TypeId, query: Query) -> Option<Hit> {
        if query.name.is_blank() {
            return None;
        }
        // a named pointer type has no methods, only the fields of its base
        if let Type::Named(_) = self.types.get(ty)
            && let Type::Pointer(base) = self.under(ty)
        {
            let level = vec![Level { ty: *base, path: vec![], indirect: true }];
            let hit = self.search_levels(level, query)?;
            return match hit.found {
                Found::Field { path, ty, .. } => {
                    Some(Hit { found: Found::Field { path, ty, indirect: true }, ..hit })
                }
                _ => None,
            };
        }
        let (base, is_ptr) = self.deref(ty);
        if is_ptr && (self.is_interface(base) || self.is_type_param(base)) {
            return None;
        }
        self.search_levels(vec![Level { ty: base, path: vec![], indirect: is_ptr }], query)
    }

    /// Searches embedding by embedding.
    fn search_levels(&self, mut level: Vec<Level>, query: Query) -> Option<Hit> {
        let mut seen: FxHashSet<NamedId> = FxHashSet::default();
        while !level.is_empty() {
            let mut found: Option<Hit> = None;
            let mut next: Vec<Level> = vec![];
            let mut this_level: FxHashSet<NamedId> = FxHashSet::default();
            let mut several = false;
            let mut add = |hit: Hit| several |= found.replace(hit).is_some();
            for at in &level {
                if let Type::Named(n) = *self.types.get(at.ty) {
                    if seen.contains(&n) {
                        continue;
                    }
                    this_level.insert(n);
                    let named = self.types.named(n);
                    // an instance has the methods of its generic type
                    let named =
                        named.instance_of.as_ref().map_or(named, |(origin, _)| self.types.named(*origin));
                    if let Some(m) = named.methods.iter().find(|m| self.answers(query, m.name, Some(m.pkg))) {
                        let (path, func) = (at.path.clone(), m.func);
                        let (ptr_recv, indirect) = (m.ptr_recv, at.indirect);
                        let found = Found::Method { path, func, recv: at.ty, ptr_recv, indirect };
                        add(Hit { found, name: m.name, pkg: Some(m.pkg) });
                        continue;
                    }
                }
                match self.under(at.ty) {
                    Type::Struct(fields) => {
                        for (i, f) in fields.iter().enumerate() {
                            let path = || at.path.iter().copied().chain([i as u32]).collect::<Vec<u32>>();
                            if self.answers(query, f.name, f.pkg) {
                                let found = Found::Field { path: path(), ty: f.ty, indirect: at.indirect };
                                add(Hit { found, name: f.name, pkg: f.pkg });
                                continue;
                            }
                            if f.embedded {
                                let (elem, ptr) = self.deref(f.ty);
                                if matches!(self.under(elem), Type::Struct(_) | Type::Interface(_))
                                    || matches!(self.types.get(elem), Type::Named(_))
                                {
                                    next.push(Level { ty: elem, path: path(), indirect: at.indirect || ptr });
                                }
                            }
                        }
                    }
                    Type::Interface(i) => {
                        if let Some(m) = i.methods.iter().find(|m| self.answers(query, m.name, m.pkg)) {
                            let (path, sig) = (at.path.clone(), m.sig);
                            let found = Found::Abstract { path, sig, recv: at.ty, indirect: at.indirect };
                            add(Hit { found, name: m.name, pkg: m.pkg });
                        }
                    }
                    _ => {}
                }
            }
            if several {
                return found.map(|hit| Hit { found: Found::Ambiguous, ..hit });
            }
            if found.is_some() {
                return found;
            }
            seen.extend(this_level);
            level = next;
        }
        None
    }

    /// The signature of a declared method.
    pub(super) fn method_sig(&mut self, func: ObjId) -> TypeId {
        self.resolve(func);
        self.obj(func).ty
    }

    /// A method whose name differs from `name` in upper and lower case only, or only in its package.
    pub(super) fn similar_method(&mut self, ty: TypeId, name: Symbol) -> Option<(Symbol, TypeId)> {
        let hit = self.search(ty, Query { name, pkg: self.pkg, any_case: true })?;
        match hit.found {
            Found::Method { func, recv, .. } => Some((hit.name, self.method_sig_of(func, recv))),
            Found::Abstract { sig, .. } => Some((hit.name, sig)),
            _ => None,
        }
    }

    /// Every method name in the method set of `ty`'s named type, for tests of conflicts.
    pub(super) fn is_func(&self, obj: ObjId) -> bool {
        matches!(self.obj(obj).kind, ObjKind::Func { .. })
    }
}

/// Starts with an upper-case letter?
pub(super) fn is_exported(name: Symbol) -> bool {
    name.is_exported()
}
