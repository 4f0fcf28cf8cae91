//! Fields and methods by name, through embedded fields (Go specification, "Selectors" and "Method sets").

use super::Checker;
use crate::symbol::Symbol;
use crate::typed::{ObjId, ObjKind, PkgId};
use crate::types::{Interface, NamedId, Type, TypeId};
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

/// Why a type does not implement an interface.
pub(super) struct MissingMethod {
    pub text: String,
}

struct Level {
    ty: TypeId,
    path: Vec<u32>,
    indirect: bool,
}

impl Checker<'_> {
    /// Does an object `name` of `decl_pkg` answer to `name` written in package `from`?
    fn visible(&self, name: Symbol, decl_pkg: Option<PkgId>, from: PkgId) -> bool {
        is_exported(name) || decl_pkg == Some(from)
    }

    /// What `x.name` selects when `x` has type `ty`. Follows at most one pointer at the start.
    pub(super) fn lookup(&self, ty: TypeId, name: Symbol) -> Found {
        self.lookup_from(ty, name, self.pkg)
    }

    pub(super) fn lookup_from(&self, ty: TypeId, name: Symbol, pkg: PkgId) -> Found {
        if name.is_blank() {
            return Found::Missing;
        }
        // a named pointer type has no methods, only the fields of its base
        if let Type::Named(_) = self.types.get(ty)
            && let Type::Pointer(base) = self.under(ty)
        {
            return match self.lookup_from(*base, name, pkg) {
                Found::Field { path, ty, .. } => Found::Field { path, ty, indirect: true },
                _ => Found::Missing,
            };
        }
        let (base, is_ptr) = self.deref(ty);
        if is_ptr && (self.is_interface(base) || self.is_type_param(base)) {
            return Found::Missing;
        }
        let mut seen: FxHashSet<NamedId> = FxHashSet::default();
        let mut level = vec![Level { ty: base, path: vec![], indirect: is_ptr }];
        while !level.is_empty() {
            let mut found: Option<Found> = None;
            let mut next: Vec<Level> = vec![];
            let mut this_level: FxHashSet<NamedId> = FxHashSet::default();
            for at in &level {
                if let Type::Named(n) = *self.types.get(at.ty) {
                    if seen.contains(&n) {
                        continue;
                    }
                    if !this_level.insert(n) {
                        // the same type twice at one depth hides itself
                        if found.is_some() {
                            return Found::Ambiguous;
                        }
                    }
                    let named = self.types.named(n);
                    // an instance has the methods of its generic type
                    let named =
                        named.instance_of.as_ref().map_or(named, |(origin, _)| self.types.named(*origin));
                    if let Some(m) =
                        named.methods.iter().find(|m| m.name == name && self.visible(name, Some(m.pkg), pkg))
                    {
                        if found.is_some() {
                            return Found::Ambiguous;
                        }
                        found = Some(Found::Method {
                            path: at.path.clone(),
                            func: m.func,
                            recv: at.ty,
                            ptr_recv: m.ptr_recv,
                            indirect: at.indirect,
                        });
                        continue;
                    }
                }
                match self.under(at.ty) {
                    Type::Struct(fields) => {
                        for (i, f) in fields.iter().enumerate() {
                            let path = || at.path.iter().copied().chain([i as u32]).collect::<Vec<u32>>();
                            if f.name == name && self.visible(name, f.pkg, pkg) {
                                if found.is_some() {
                                    return Found::Ambiguous;
                                }
                                found = Some(Found::Field { path: path(), ty: f.ty, indirect: at.indirect });
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
                        if let Some(m) =
                            i.methods.iter().find(|m| m.name == name && self.visible(name, m.pkg, pkg))
                        {
                            if found.is_some() {
                                return Found::Ambiguous;
                            }
                            let (path, sig) = (at.path.clone(), m.sig);
                            found = Some(Found::Abstract { path, sig, recv: at.ty, indirect: at.indirect });
                        }
                    }
                    _ => {}
                }
            }
            if let Some(found) = found {
                return found;
            }
            seen.extend(this_level);
            level = next;
        }
        Found::Missing
    }

    /// The signature of a declared method.
    pub(super) fn method_sig(&mut self, func: ObjId) -> TypeId {
        self.resolve(func);
        self.obj(func).ty
    }

    /// What keeps `ty` from implementing `iface`, if anything; `is_static` asks about the static type.
    pub(super) fn missing_method(&mut self, ty: TypeId, iface_ty: TypeId) -> Option<MissingMethod> {
        let Type::Interface(iface) = self.under(iface_ty).clone() else { return None };
        if let Type::Interface(have) = self.under(ty).clone() {
            return self.missing_in_interface(ty, &have, iface_ty, &iface);
        }
        for m in &iface.methods {
            let from = m.pkg.unwrap_or(self.pkg);
            let found = self.lookup_from(ty, m.name, from);
            let (ty_s, iface_s) = (self.type_string(ty), self.type_string(iface_ty));
            let missing = |why: String| {
                Some(MissingMethod { text: format!("{ty_s} does not implement {iface_s} {why}") })
            };
            match found {
                Found::Method { func, ptr_recv, indirect, recv, .. } => {
                    let sig = self.method_sig_of(func, recv);
                    if sig != m.sig {
                        let (have, want) = (self.sig_string(m.name, sig), self.sig_string(m.name, m.sig));
                        return missing(format!(
                            "(wrong type for method {})\n\t\thave {have}\n\t\twant {want}",
                            m.name
                        ));
                    }
                    let by_pointer = self.deref(ty).1 || indirect;
                    if ptr_recv && !by_pointer {
                        return missing(format!("(method {} has pointer receiver)", m.name));
                    }
                }
                Found::Abstract { sig, .. } if sig == m.sig => {}
                Found::Abstract { sig, .. } => {
                    let (have, want) = (self.sig_string(m.name, sig), self.sig_string(m.name, m.sig));
                    return missing(format!(
                        "(wrong type for method {})\n\t\thave {have}\n\t\twant {want}",
                        m.name
                    ));
                }
                _ => {
                    if self.deref(ty).1 && self.is_interface(self.deref(ty).0) {
                        return missing(format!("(type {ty_s} is pointer to interface, not interface)"));
                    }
                    if let Some((other, sig)) = self.method_with_other_case(ty, m.name) {
                        let (have, want) = (self.sig_string(other, sig), self.sig_string(m.name, m.sig));
                        return missing(format!(
                            "(missing method {})\n\t\thave {have}\n\t\twant {want}",
                            m.name
                        ));
                    }
                    return missing(format!("(missing method {})", m.name));
                }
            }
        }
        None
    }

    fn missing_in_interface(
        &mut self,
        ty: TypeId,
        have: &Interface,
        iface_ty: TypeId,
        want: &Interface,
    ) -> Option<MissingMethod> {
        for m in &want.methods {
            let (ty_s, iface_s) = (self.type_string(ty), self.type_string(iface_ty));
            match have.methods.iter().find(|h| h.name == m.name && h.pkg == m.pkg) {
                Some(h) if h.sig == m.sig => {}
                Some(h) => {
                    let (h, w) = (self.sig_string(m.name, h.sig), self.sig_string(m.name, m.sig));
                    let text = format!(
                        "{ty_s} does not implement {iface_s} (wrong type for method {})\n\t\thave {h}\n\t\twant {w}",
                        m.name
                    );
                    return Some(MissingMethod { text });
                }
                None => {
                    let text = format!("{ty_s} does not implement {iface_s} (missing method {})", m.name);
                    return Some(MissingMethod { text });
                }
            }
        }
        None
    }

    /// A declared method that differs from `name` in upper and lower case only.
    fn method_with_other_case(&mut self, ty: TypeId, name: Symbol) -> Option<(Symbol, TypeId)> {
        let Type::Named(n) = *self.types.get(self.deref(ty).0) else { return None };
        let lower = name.as_str().to_lowercase();
        let m = self.types.named(n).methods.iter().find(|m| m.name.as_str().to_lowercase() == lower)?.clone();
        Some((m.name, self.method_sig(m.func)))
    }

    fn sig_string(&self, name: Symbol, sig: TypeId) -> String {
        let text = self.type_string(sig);
        format!("{name}{}", text.strip_prefix("func").unwrap_or(&text))
    }

    /// Every method name in the method set of `ty`'s named type, for tests of conflicts.
    pub(super) fn is_func(&self, obj: ObjId) -> bool {
        matches!(self.obj(obj).kind, ObjKind::Func { .. })
    }
}

/// Starts with an upper-case letter?
pub(super) fn is_exported(name: Symbol) -> bool {
    name.as_str().chars().next().is_some_and(char::is_uppercase)
}
