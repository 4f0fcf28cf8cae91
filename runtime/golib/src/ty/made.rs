//! Arrays and structs of types made at run time: they are compared and hashed by their parts.
//!
//! Must hold: `eq` and `hash` of such a description only say whether that is possible; everybody who compares values of types not
//! known when compiled does so here.

use super::{Desc, Kind};
use crate::hash::GoHasher;

/// Stands for the equality of a type made at run time.
///
/// # Safety
/// Never called.
pub(crate) unsafe fn by_parts(_: *const u8, _: *const u8) -> bool {
    unreachable!("values of types made at run time are compared by their parts")
}

/// Stands for the hash of a type made at run time.
///
/// # Safety
/// Never called.
pub(crate) unsafe fn hash_by_parts(_: *const u8, _: &mut GoHasher) {
    unreachable!("values of types made at run time are hashed by their parts")
}

impl Desc {
    /// Was the type made at run time of parts that lie in its values?
    #[inline]
    fn has_parts(&self) -> bool {
        self.parts.is_some() && matches!(self.kind, Kind::Array | Kind::Struct)
    }

    /// The parts of a value: where they lie and their types. Blank fields are none.
    fn each_part(&self, mut f: impl FnMut(usize, &'static Desc) -> bool) -> bool {
        if self.kind == Kind::Array {
            let elem = self.elem();
            return (0..self.len).all(|i| f(i * elem.size, elem));
        }
        self.fields.iter().filter(|field| field.name != "_").all(|field| f(field.offset, field.desc()))
    }

    /// Go's `==`; none when Go calls the type not comparable.
    ///
    /// # Safety
    /// Values of this type lie at the addresses.
    #[inline]
    pub(crate) unsafe fn equal(&self, a: *const u8, b: *const u8) -> Option<bool> {
        let eq = self.eq?;
        if !self.has_parts() {
            // SAFETY: the caller's promise.
            return Some(unsafe { eq(a, b) });
        }
        Some(self.each_part(|offset, part| {
            // SAFETY: parts of these values.
            let equal = unsafe { part.equal(a.wrapping_add(offset), b.wrapping_add(offset)) };
            equal == Some(true)
        }))
    }

    /// Adds a value to a hash; false when Go calls the type not comparable.
    ///
    /// # Safety
    /// A value of this type lies at the address.
    #[inline]
    pub(crate) unsafe fn add_to_hash(&self, value: *const u8, hasher: &mut GoHasher) -> bool {
        let Some(hash) = self.hash else { return false };
        if !self.has_parts() {
            // SAFETY: the caller's promise.
            unsafe { hash(value, hasher) };
            return true;
        }
        self.each_part(|offset, part| {
            // SAFETY: a part of this value.
            unsafe { part.add_to_hash(value.wrapping_add(offset), hasher) }
        })
    }
}
