//! What a Rust bound can say of a type parameter (golib's CONTRACT.md, "Generic code").

use super::{Basic, Type, TypeId, TypeParamId, Types};

/// The operations that a constraint allows, as far as one of golib's traits has them all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// None but those of every type.
    Any,
    /// The methods of the constraint, an interface that values are converted to.
    Methods,
    /// `==` and `!=`
    Comparable,
    /// Those of strings and real numbers: `<`, `+`
    Ordered,
    /// Those of real numbers.
    Real,
    /// Those of integers.
    Integer,
    /// Those of all numbers, complex ones included.
    Number,
    /// Those of slices with elements of this type.
    Slice(TypeId),
    /// Those of maps with keys and elements of these types.
    Map(TypeId, TypeId),
}

impl Types {
    /// The bound for a type parameter; none if Rust cannot say what its constraint allows.
    pub fn bound(&self, param: TypeParamId) -> Option<Bound> {
        let Type::Interface(constraint) = self.under(self.type_params[param.0 as usize].constraint) else {
            return None;
        };
        if !constraint.methods.is_empty() {
            let is_type = constraint.terms.is_none() && !constraint.comparable;
            return is_type.then_some(Bound::Methods);
        }
        let Some(terms) = &constraint.terms else {
            return Some(if constraint.comparable { Bound::Comparable } else { Bound::Any });
        };
        if let [term] = &terms[..] {
            match *self.under(term.ty) {
                Type::Slice(elem) => return Some(Bound::Slice(elem)),
                Type::Map(key, elem) => return Some(Bound::Map(key, elem)),
                _ => {}
            }
        }
        let basic = |t: TypeId| match self.under(t) {
            Type::Basic(b) => Some(*b),
            _ => None,
        };
        let all = |f: &dyn Fn(Basic) -> bool| terms.iter().all(|t| basic(t.ty).is_some_and(f));
        let is_real = |b: Basic| b.is_integer() || b.is_float();
        if terms.is_empty() {
            None
        } else if all(&Basic::is_integer) {
            Some(Bound::Integer)
        } else if all(&is_real) {
            Some(Bound::Real)
        } else if all(&|b| is_real(b) || b.is_string()) {
            Some(Bound::Ordered)
        } else if all(&|b| is_real(b) || b.is_complex()) {
            Some(Bound::Number)
        } else {
            None
        }
    }

    /// The type parameter that a type is.
    pub fn param(&self, ty: TypeId) -> Option<TypeParamId> {
        match *self.get(ty) {
            Type::TypeParam(p) => Some(p),
            _ => None,
        }
    }
}

impl Bound {
    /// Are values compared with `==`?
    pub fn is_comparable(self) -> bool {
        !matches!(self, Bound::Any | Bound::Methods | Bound::Slice(_) | Bound::Map(..))
    }

    /// Are values compared with `<`?
    pub fn is_ordered(self) -> bool {
        matches!(self, Bound::Ordered | Bound::Real | Bound::Integer)
    }

    /// Can values be subtracted and multiplied?
    pub fn is_numeric(self) -> bool {
        matches!(self, Bound::Real | Bound::Integer | Bound::Number)
    }

    /// Is a value used through the slice or map it is?
    pub fn is_composite(self) -> bool {
        matches!(self, Bound::Slice(_) | Bound::Map(..))
    }
}
