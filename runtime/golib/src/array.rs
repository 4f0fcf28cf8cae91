//! Arrays: their views, their slices, indices of local ones.
//!
//! Must hold: an index is checked against the length with Go's message; a whole store goes element by element, as for every
//! view.

use std::ops::{Deref, Index};

use crate::hash::{GoHasher, eq, hash};
use crate::num::Uintptr;
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
        if !matches!(T::DESC.kind, Kind::Struct | Kind::Array) {
            let place = std::ptr::from_ref(self).cast_mut().cast::<[T; N]>();
            // SAFETY: cells side by side, which the view lets every goroutine write; scalars and handles have no padding.
            return unsafe { place.write(value) };
        }
        for (place, value) in self.0.iter().zip(&value) {
            place.set(*value);
        }
    }
}

impl<T: GoType, const N: usize, P: Position> Index<P> for ArrView<T, N> {
    type Output = T::View;

    #[inline(always)]
    fn index(&self, index: P) -> &T::View {
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

/// What indices and bounds of slices are: `isize`, or [`Unsigned`], which differs in what a panic says of a large one.
pub trait Position: Copy {
    /// As `usize`: too large for anything if it is negative.
    fn position(self) -> usize;
    /// The number.
    fn number(self) -> i128;
}

impl Position for isize {
    #[inline(always)]
    fn position(self) -> usize {
        self as usize
    }
    #[inline(always)]
    fn number(self) -> i128 {
        self as i128
    }
}

/// An index of one of Go's unsigned types of 64 bits.
#[derive(Clone, Copy)]
pub struct Unsigned(usize);

impl Position for Unsigned {
    #[inline(always)]
    fn position(self) -> usize {
        self.0
    }
    #[inline(always)]
    fn number(self) -> i128 {
        self.0 as i128
    }
}

impl From<usize> for Unsigned {
    #[inline(always)]
    fn from(index: usize) -> Unsigned {
        Unsigned(index)
    }
}
impl From<u64> for Unsigned {
    #[inline(always)]
    fn from(index: u64) -> Unsigned {
        Unsigned(index as usize)
    }
}
impl From<Uintptr> for Unsigned {
    #[inline(always)]
    fn from(index: Uintptr) -> Unsigned {
        Unsigned(index.0)
    }
}

/// An index or bound of type uint, uint64 or uintptr.
#[inline(always)]
pub fn unsigned(index: impl Into<Unsigned>) -> Unsigned {
    index.into()
}

/// Checks an index into something of length `len`.
#[inline(always)]
pub fn at(index: impl Position, len: usize) -> usize {
    if index.position() >= len {
        runtime_error::index(index.number(), len);
    }
    index.position()
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
    pub fn slice(self, lo: impl Position, hi: impl Position) -> Slice<T> {
        let all = self.slice_all();
        if hi.position() > N {
            runtime_error::slice_high(hi.number(), N, false);
        }
        all.slice(lo, hi)
    }

    /// `p[lo:]`
    #[inline]
    pub fn slice_from(self, lo: impl Position) -> Slice<T> {
        self.slice_all().slice_from(lo)
    }

    /// `p[:hi]`
    #[inline]
    pub fn slice_to(self, hi: impl Position) -> Slice<T> {
        self.slice(0isize, hi)
    }

    /// `p[lo:hi:max]`
    #[inline]
    pub fn slice3(self, lo: impl Position, hi: impl Position, max: impl Position) -> Slice<T> {
        let all = self.slice_all();
        if max.position() > N {
            runtime_error::slice_max(max.number(), N, false);
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
