//! Questions about types (Go specification, "Properties of types and values").

use super::Checker;
use crate::types::{Basic, Type, TypeId};
use rustc_hash::FxHashSet;

impl Checker<'_> {
    /// The basic type that underlies `ty`.
    pub(super) fn basic(&self, ty: TypeId) -> Option<Basic> {
        match self.under(ty) {
            Type::Basic(b) => Some(*b),
            _ => None,
        }
    }

    pub(super) fn is_untyped(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::Basic(b) if b.is_untyped())
    }

    pub(super) fn is_typed(&self, ty: TypeId) -> bool {
        !self.is_untyped(ty)
    }

    pub(super) fn is_boolean(&self, ty: TypeId) -> bool {
        self.all_basic(ty, Basic::is_boolean)
    }

    pub(super) fn is_string(&self, ty: TypeId) -> bool {
        self.all_basic(ty, Basic::is_string)
    }

    pub(super) fn is_integer(&self, ty: TypeId) -> bool {
        self.all_basic(ty, Basic::is_integer)
    }

    pub(super) fn is_numeric(&self, ty: TypeId) -> bool {
        self.all_basic(ty, Basic::is_numeric)
    }

    /// Do all types that `ty` may be have an underlying basic type like this?
    pub(super) fn all_basic(&self, ty: TypeId, f: fn(Basic) -> bool) -> bool {
        self.all_types(ty, |t| matches!(self.types.get(t), Type::Basic(b) if f(*b)))
    }

    /// An interface, not a type parameter.
    pub(super) fn is_interface(&self, ty: TypeId) -> bool {
        !self.is_type_param(ty) && matches!(self.under(ty), Type::Interface(_))
    }

    /// A type with a name: predeclared or defined.
    pub(super) fn has_name(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::Basic(_) | Type::Named(_) | Type::TypeParam(_))
    }

    /// May hold nil?
    pub(super) fn has_nil(&self, ty: TypeId) -> bool {
        if self.is_type_param(ty) {
            return self.all_types(ty, |t| self.has_nil(t));
        }
        match self.under(ty) {
            Type::Basic(b) => *b == Basic::UnsafePointer || *b == Basic::UntypedNil,
            Type::Pointer(_)
            | Type::Slice(_)
            | Type::Map(..)
            | Type::Chan(..)
            | Type::Func(_)
            | Type::Interface(_) => true,
            _ => false,
        }
    }

    /// Comparable with `==`, which may panic where interfaces are?
    pub(super) fn comparable(&self, ty: TypeId) -> bool {
        self.comparable_beside(ty, true, &mut FxHashSet::default())
    }

    /// Comparable without a panic at run time?
    pub(super) fn strictly_comparable(&self, ty: TypeId) -> bool {
        self.comparable_beside(ty, false, &mut FxHashSet::default())
    }

    /// Comparable, if the types in `seen` are? Constraints may lead back to what they constrain, and one type that is not
    /// comparable decides for all.
    fn comparable_beside(&self, ty: TypeId, dynamic: bool, seen: &mut FxHashSet<TypeId>) -> bool {
        match self.under(ty) {
            Type::Basic(b) => return *b != Basic::UntypedNil,
            Type::Pointer(_) | Type::Chan(..) => return true,
            _ => {}
        }
        if !seen.insert(ty) {
            return true;
        }
        match self.under(ty) {
            Type::Interface(i) => {
                (dynamic && !self.is_type_param(ty))
                    || i.comparable
                    || i.terms.as_ref().is_some_and(|terms| {
                        !terms.is_empty()
                            && terms.iter().all(|term| self.comparable_beside(term.ty, false, seen))
                    })
            }
            Type::Struct(fields) => fields.iter().all(|f| self.comparable_beside(f.ty, dynamic, seen)),
            Type::Array(elem, _) => self.comparable_beside(*elem, dynamic, seen),
            _ => false,
        }
    }

    pub(super) fn ordered(&self, ty: TypeId) -> bool {
        self.all_basic(ty, Basic::is_ordered)
    }

    /// The type an untyped value takes without further context.
    pub(super) fn default_type(&self, ty: TypeId) -> TypeId {
        match self.types.get(ty) {
            Type::Basic(Basic::UntypedBool) => Basic::Bool.id(),
            Type::Basic(Basic::UntypedInt) => Basic::Int.id(),
            Type::Basic(Basic::UntypedRune) => self.predeclared_type("rune"),
            Type::Basic(Basic::UntypedFloat) => Basic::Float64.id(),
            Type::Basic(Basic::UntypedComplex) => Basic::Complex128.id(),
            Type::Basic(Basic::UntypedString) => Basic::String.id(),
            _ => ty,
        }
    }

    /// `(pointed-to type, true)` for a pointer, `(ty, false)` otherwise.
    pub(super) fn deref(&self, ty: TypeId) -> (TypeId, bool) {
        match self.types.get(ty) {
            Type::Pointer(elem) => (*elem, true),
            _ => (ty, false),
        }
    }

    pub(super) fn pointer_to(&mut self, elem: TypeId) -> TypeId {
        self.types.intern(Type::Pointer(elem))
    }

    pub(super) fn slice_of(&mut self, elem: TypeId) -> TypeId {
        self.types.intern(Type::Slice(elem))
    }
}
