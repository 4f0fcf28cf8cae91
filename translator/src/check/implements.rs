//! Does a type implement an interface or satisfy a constraint, and if not, why (Go specification, "Implementing an interface",
//! "Satisfying a type constraint")?

use super::Checker;
use super::lookup::Found;
use crate::symbol::Symbol;
use crate::typed::TypeId;
use crate::types::{IfaceMethod, Interface, Term, Type, TypeParamId};

impl Checker<'_> {
    /// `Err` tells why `ty` does not implement `iface`, or as a type argument does not satisfy it as a constraint.
    pub(super) fn implements(
        &mut self,
        ty: TypeId,
        iface: TypeId,
        is_constraint: bool,
    ) -> Result<(), String> {
        let (under, target) = (self.types.underlying(ty), self.types.underlying(iface));
        let invalid = |c: &Self, t| c.is_invalid(t) || c.is_invalid(c.types.underlying(t));
        let to_invalid = matches!(*self.types.get(under), Type::Pointer(p) if invalid(self, p));
        if invalid(self, under) || invalid(self, target) || to_invalid {
            return Ok(());
        }
        if self.implementing.contains(&(ty, iface, is_constraint)) {
            return Ok(());
        }
        let verdict = self.why_not(ty, iface, is_constraint);
        if verdict.is_ok() {
            self.implementing.insert((ty, iface, is_constraint));
        }
        verdict
    }

    fn why_not(&mut self, ty: TypeId, iface: TypeId, is_constraint: bool) -> Result<(), String> {
        let (under, target) = (self.types.underlying(ty), self.types.underlying(iface));
        let verb = if is_constraint { "satisfy" } else { "implement" };
        let names = |c: &Self| (c.type_string(ty), c.type_string(iface));
        let no = |c: &Self, why: String| {
            let (ty_s, iface_s) = names(c);
            Err(format!("{ty_s} does not {verb} {iface_s}{why}"))
        };
        let Type::Interface(wanted) = self.types.get(target).clone() else {
            let why = match self.interface_pointer(iface) {
                Some(why) => format!(" ({why})"),
                None => format!(" ({} is not an interface)", self.type_string(iface)),
            };
            return no(self, why);
        };
        let is_empty = |i: &Interface| i.terms.as_ref().is_some_and(Vec::is_empty);
        if matches!(self.types.get(under), Type::Interface(i) if is_empty(i)) {
            return Ok(());
        }
        if is_empty(&wanted) {
            return Err(format!("cannot {verb} {} (empty type set)", self.type_string(iface)));
        }
        if let Some(why) = self.missing_method(ty, iface) {
            return no(self, format!(" {why}"));
        }
        if let Some(terms) = &wanted.terms {
            if let Type::Interface(own) = self.types.get(under).clone() {
                let inside = |h: &Term| terms.iter().any(|t| self.includes(t, h));
                if !own.terms.is_some_and(|own| own.iter().all(inside)) {
                    return no(self, String::new());
                }
            } else if !self.in_terms(ty, terms) {
                return no(self, format!(" ({})", self.outside(ty, iface, &wanted, terms)));
            }
        }
        if wanted.comparable && !self.strictly_comparable(ty) {
            let ty_s = self.type_string(ty);
            return match is_constraint && self.comparable(ty) {
                true if self.allows(20) => Ok(()),
                true => Err(format!("{ty_s} to {verb} comparable requires go1.20 or later")),
                false => Err(format!("{ty_s} does not {verb} comparable")),
            };
        }
        Ok(())
    }

    /// Is every type of term `inner` also one of `outer`?
    fn includes(&self, outer: &Term, inner: &Term) -> bool {
        let under = |t: &Term| self.types.underlying(t.ty);
        (outer.ty == inner.ty && (outer.tilde || !inner.tilde))
            || (outer.tilde && under(inner) == under(outer))
    }

    /// Why no term has `ty`.
    fn outside(&self, ty: TypeId, iface: TypeId, wanted: &Interface, terms: &[Term]) -> String {
        let (ty_s, iface_s) = (self.type_string(ty), self.type_string(iface));
        let under = self.types.underlying(ty);
        if let Some(term) = terms.iter().find(|t| !t.tilde && t.ty == under) {
            return format!("possibly missing ~ for {} in {iface_s}", self.type_string(term.ty));
        }
        let embeds = wanted.written.0.as_ref().map(|w| w.embeds.concat()).unwrap_or_default();
        if embeds.iter().any(|t| self.mentions_type(t.ty, ty)) {
            return format!("{iface_s} mentions {ty_s}, but {ty_s} is not in the type set of {iface_s}");
        }
        let terms: Vec<String> = terms.iter().map(|t| self.term_string(t)).collect();
        format!("{ty_s} missing in {}", terms.join(" | "))
    }

    fn mentions_type(&self, embedded: TypeId, ty: TypeId) -> bool {
        match self.types.get(embedded) {
            Type::Interface(i) => i
                .written
                .0
                .iter()
                .flat_map(|w| w.embeds.iter().flatten())
                .any(|t| self.mentions_type(t.ty, ty)),
            _ => embedded == ty,
        }
    }

    /// In parentheses: what method of `iface` is missing in `ty`, or of another type.
    pub(super) fn missing_method(&mut self, ty: TypeId, iface: TypeId) -> Option<String> {
        let Type::Interface(wanted) = self.under(iface).clone() else { return None };
        let is_interface = matches!(self.under(ty), Type::Interface(_));
        for m in &wanted.methods {
            let from = m.pkg.unwrap_or(self.pkg);
            let found = match is_interface {
                true => self.method_of_interface(ty, m),
                false => self.lookup_method(ty, m.name, from),
            };
            let why = match found {
                Found::Method { func, ptr_recv, indirect, recv, .. } => {
                    if ptr_recv && !indirect && !self.deref(ty).1 {
                        format!("(method {} has pointer receiver)", m.name)
                    } else {
                        let sig = self.method_sig_of(func, recv);
                        let own = self.generic_funcs.get(&func).cloned().unwrap_or_default();
                        if sig == m.sig && own.is_empty() {
                            continue;
                        }
                        self.wrong_type(m, sig, &own)
                    }
                }
                Found::Abstract { sig, .. } if sig == m.sig => continue,
                Found::Abstract { sig, .. } => self.wrong_type(m, sig, &[]),
                Found::Field { .. } => {
                    format!("({}.{} is a field, not a method)", self.type_string(ty), m.name)
                }
                Found::Ambiguous => format!("(ambiguous selector {}.{})", self.type_string(ty), m.name),
                Found::Missing => self.not_found(ty, iface, m, is_interface),
            };
            return if self.has_invalid_embedded(ty, &mut vec![]) { None } else { Some(why) };
        }
        None
    }

    fn method_of_interface(&self, ty: TypeId, m: &IfaceMethod) -> Found {
        let Type::Interface(have) = self.under(ty) else { return Found::Missing };
        match have.methods.iter().find(|h| h.name == m.name && h.pkg == m.pkg) {
            Some(h) => Found::Abstract { path: vec![], sig: h.sig, recv: ty, indirect: false },
            None => Found::Missing,
        }
    }

    /// As a selector does, but a defined pointer type has nothing.
    fn lookup_method(&self, ty: TypeId, name: Symbol, from: crate::typed::PkgId) -> Found {
        if matches!(self.types.get(ty), Type::Named(_)) && matches!(self.under(ty), Type::Pointer(_)) {
            return Found::Missing;
        }
        self.lookup_from(ty, name, from)
    }

    fn wrong_type(&mut self, m: &IfaceMethod, have: TypeId, own: &[TypeParamId]) -> String {
        let (have, want) = (self.method_string(m.name, own, have), self.method_string(m.name, &[], m.sig));
        if have == want {
            return format!("(wrong type for method {})", m.name);
        }
        format!("(wrong type for method {})\n\t\thave {have}\n\t\twant {want}", m.name)
    }

    fn not_found(&mut self, ty: TypeId, iface: TypeId, m: &IfaceMethod, is_interface: bool) -> String {
        if let Some(why) = self.interface_pointer(ty).or_else(|| self.interface_pointer(iface)) {
            return format!("({why})");
        }
        let name = m.name;
        let similar = if is_interface { None } else { self.similar_method(ty, name) };
        match similar {
            Some((other, _)) if other == name => format!("(unexported method {name})"),
            Some((other, sig)) => {
                let (have, want) =
                    (self.method_string(other, &[], sig), self.method_string(name, &[], m.sig));
                format!("(missing method {name})\n\t\thave {have}\n\t\twant {want}")
            }
            None => format!("(missing method {name})"),
        }
    }

    /// `type *I is pointer to interface, not interface`
    pub(super) fn interface_pointer(&self, ty: TypeId) -> Option<String> {
        let Type::Pointer(base) = *self.under(ty) else { return None };
        let what = if self.is_type_param(base) {
            "type parameter"
        } else if self.is_interface(base) {
            "interface"
        } else {
            return None;
        };
        Some(format!("type {} is pointer to {what}, not {what}", self.type_string(ty)))
    }

    /// Has the struct embedded fields of invalid types, which might have had a method?
    fn has_invalid_embedded(&self, ty: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let base = match *self.under(ty) {
            Type::Pointer(p) => p,
            _ => ty,
        };
        let Type::Struct(fields) = self.under(base) else { return false };
        if seen.contains(&base) {
            return false;
        }
        seen.push(base);
        fields.iter().any(|f| f.embedded && (self.is_invalid(f.ty) || self.has_invalid_embedded(f.ty, seen)))
    }
}
