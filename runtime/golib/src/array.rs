//! Arrays: their views, their slices, indices of local ones.
//!
//! Must hold: an index is checked against the length with Go's message; a whole store goes element by element, as for every
//! view.

use std::ops::{Deref, Index};

use crate::hash::{GoHasher, eq, hash};
use crate::ptr::Ptr;
use crate::runtime_error;
use crate::slice::Slice;
use crate::ty::{Desc, Kind, composite_id};
use crate::view::{GoType, Var, View};

/// The view of `[N]T`.
#[repr(transparent)]
pub struct ArrView<T: GoType, const N: usize>([T::View; N]);

impl<T: GoType, const N: usize> Deref for ArrView<T, N> {
    type Target = [T; N];

    #[inline(always)]
    fn deref(&self) -> &[T; N] {
        // SAFETY: the view of an element has the layout of the element.
        unsafe { &*std::ptr::from_ref(self).cast() }
    }
}

impl<T: GoType, const N: usize> View for ArrView<T, N> {
    type Val = [T; N];

    #[inline]
    fn set(&self, value: [T; N]) {
        for (place, value) in self.0.iter().zip(value) {
            place.set(value);
        }
    }
}

impl<T: GoType, const N: usize> Index<isize> for ArrView<T, N> {
    type Output = T::View;

    #[inline(always)]
    fn index(&self, index: isize) -> &T::View {
        &self.0[at(index, N)]
    }
}

// SAFETY: elements without gaps; the view is made of theirs.
unsafe impl<T: GoType, const N: usize> GoType for [T; N] {
    type View = ArrView<T, N>;
    const ID: u128 = composite_id(Kind::Array, &[T::ID, N as u128]);
    const NOSCAN: bool = T::NOSCAN;
    const DESC: &'static Desc = &Desc {
        id: <[T; N]>::ID,
        size: size_of::<[T; N]>(),
        align: align_of::<[T; N]>(),
        noscan: T::NOSCAN,
        name: || format!("[{N}]{}", T::DESC.type_string()),
        elem: Some(|| T::DESC),
        len: N,
        eq: if T::DESC.eq.is_some() {
            Some(|a, b| {
                // SAFETY: the caller passes two values of this type.
                let (a, b) = unsafe { (&*a.cast::<[T; N]>(), &*b.cast::<[T; N]>()) };
                a.iter().zip(b).all(|(a, b)| eq(a, b))
            })
        } else {
            None
        },
        hash: if T::DESC.hash.is_some() {
            Some(|value, hasher: &mut GoHasher| {
                // SAFETY: the caller passes a value of this type.
                unsafe { &*value.cast::<[T; N]>() }.iter().for_each(|element| hash(element, hasher));
            })
        } else {
            None
        },
        ..Desc::of_kind(Kind::Array)
    };
}

/// Checks an index into something of length `len`.
#[inline(always)]
pub fn at(index: isize, len: usize) -> usize {
    if index as usize >= len {
        runtime_error::index(index, len);
    }
    index as usize
}

/// Indices and elements of a copy of an array.
pub fn range_array<T: GoType, const N: usize>(array: [T; N]) -> impl Iterator<Item = (isize, T)> {
    (0..).zip(array)
}

impl<T: GoType, const N: usize> Ptr<[T; N]> {
    /// `p[:]`
    #[inline]
    pub fn slice_all(self) -> Slice<T> {
        if self.is_nil() {
            runtime_error::nil_dereference();
        }
        Slice::from_raw_parts(self.as_raw().cast(), N, N)
    }

    /// `p[lo:hi]`
    #[inline]
    pub fn slice(self, lo: isize, hi: isize) -> Slice<T> {
        let all = self.slice_all();
        if hi as usize > N {
            runtime_error::slice_high(hi, N, false);
        }
        all.slice(lo, hi)
    }

    /// `p[lo:]`
    #[inline]
    pub fn slice_from(self, lo: isize) -> Slice<T> {
        self.slice_all().slice_from(lo)
    }

    /// `p[:hi]`
    #[inline]
    pub fn slice_to(self, hi: isize) -> Slice<T> {
        self.slice(0, hi)
    }

    /// `p[lo:hi:max]`
    #[inline]
    pub fn slice3(self, lo: isize, hi: isize, max: isize) -> Slice<T> {
        let all = self.slice_all();
        if max as usize > N {
            runtime_error::slice_max(max, N, false);
        }
        all.slice3(lo, hi, max)
    }

    /// Indices and elements as they are when the iteration comes to them.
    pub fn range(self) -> impl Iterator<Item = (isize, T)> {
        self.slice_all().range()
    }
}

const _: () = assert!(size_of::<ArrView<isize, 3>>() == size_of::<[isize; 3]>());
const _: () = assert!(size_of::<Var<u8>>() == 1);
