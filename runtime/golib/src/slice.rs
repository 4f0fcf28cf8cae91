//! Go's slices.
//!
//! Must hold: the elements from `ptr` on, `cap` of them, are variables that live (in the heap or for the whole program);
//! elements beyond `len` are zero or what was there; a slice without elements keeps the address it was cut from, so that
//! it stays different from nil and points into its own object. Stores go through views; only fresh memory is filled
//! bytewise. Capacities grow as gc's do, which programs print.

mod growth;

use std::ops::Index;

pub(crate) use self::growth::{Element, grown, round_up};

use crate::array::{Position, at};
use crate::heap;
use crate::num::Uintptr;
use crate::ptr::Ptr;
use crate::runtime_error;
use crate::string::Str;
use crate::ty::{Desc, Kind, composite_id};
use crate::view::{GoType, Newtype, Var, View};

/// `[]T`
#[repr(C)]
pub struct Slice<T> {
    ptr: *mut T,
    len: usize,
    cap: usize,
}

impl<T> Clone for Slice<T> {
    #[inline(always)]
    fn clone(&self) -> Slice<T> {
        *self
    }
}
impl<T> Copy for Slice<T> {}

// SAFETY: as for `Ptr`.
unsafe impl<T> Send for Slice<T> {}
// SAFETY: as for `Ptr`.
unsafe impl<T> Sync for Slice<T> {}

// SAFETY: three words, nil when all bits are zero.
unsafe impl<T: GoType> GoType for Slice<T> {
    type View = Var<Slice<T>>;
    const ID: u128 = composite_id(Kind::Slice, &[T::ID]);
    const NOSCAN: bool = false;
    const DESC: &'static Desc = &Desc {
        id: <Slice<T>>::ID,
        size: size_of::<Slice<T>>(),
        align: align_of::<Slice<T>>(),
        name: || format!("[]{}", T::DESC.type_string()),
        elem: Some(|| T::DESC),
        ..Desc::of_kind(Kind::Slice)
    };
}

/// No object is larger.
const MAX_BYTES: usize = 1 << 47;

impl<T: GoType> Slice<T> {
    /// A slice of variables that live.
    #[inline(always)]
    pub(crate) const fn from_raw_parts(ptr: *mut T, len: usize, cap: usize) -> Slice<T> {
        Slice { ptr, len, cap }
    }

    /// The address of the first element.
    #[inline(always)]
    pub fn as_raw(self) -> *mut T {
        self.ptr
    }

    /// `unsafe.Slice(p, len)`
    #[inline]
    pub fn from_ptr(p: Ptr<T>, len: isize) -> Slice<T> {
        if len < 0 {
            runtime_error::throw("unsafe.Slice: len out of range");
        }
        // Behind the last address there is nothing, and from nil on there is nothing at all.
        let room = p.as_raw().addr().wrapping_neg();
        let fits = (len as usize).checked_mul(size_of::<T>()).is_some_and(|bytes| bytes <= room);
        if p.is_nil() && (len > 0 || !fits) {
            runtime_error::throw("unsafe.Slice: ptr is nil and len is not zero");
        }
        if !fits {
            runtime_error::throw("unsafe.Slice: len out of range");
        }
        Slice { ptr: p.as_raw(), len: len as usize, cap: len as usize }
    }

    /// `unsafe.SliceData(s)`
    #[inline(always)]
    pub fn data(self) -> Ptr<T> {
        Ptr::from_raw(self.ptr)
    }

    /// `make([]T, len)`
    #[inline]
    pub fn make(len: isize) -> Slice<T> {
        Slice::make_cap(len, len)
    }

    /// `make([]T, len, cap)`
    #[inline]
    pub fn make_cap(len: isize, cap: isize) -> Slice<T> {
        let fits =
            |n: isize| n >= 0 && (n as usize).checked_mul(size_of::<T>()).is_some_and(|b| b <= MAX_BYTES);
        if !fits(len) {
            runtime_error::make_slice("makeslice: len out of range");
        }
        if len > cap || !fits(cap) {
            runtime_error::make_slice("makeslice: cap out of range");
        }
        Slice { ptr: room(cap as usize), len: len as usize, cap: cap as usize }
    }

    /// A new slice with a copy of `values`.
    pub fn from_static(values: &[T]) -> Slice<T> {
        let ptr = room(values.len());
        // SAFETY: fresh memory for as many elements.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), ptr, values.len()) };
        Slice { ptr, len: values.len(), cap: values.len() }
    }

    /// `len(s)`
    #[inline(always)]
    pub fn len(self) -> isize {
        self.len as isize
    }

    /// `len(s) == 0`
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// `cap(s)`
    #[inline(always)]
    pub fn cap(self) -> isize {
        self.cap as isize
    }

    /// `s == nil`
    #[inline(always)]
    pub fn is_nil(self) -> bool {
        self.ptr.is_null()
    }

    /// The variable at an index that is known to be below the capacity.
    #[inline(always)]
    fn place(&self, index: usize) -> &T::View {
        // SAFETY: the first `cap` elements are variables that live; the view has their layout and is made of cells.
        unsafe { &*self.ptr.wrapping_add(index).cast::<T::View>() }
    }

    /// `s[lo:hi]`
    #[inline]
    pub fn slice(self, lo: impl Position, hi: impl Position) -> Slice<T> {
        if hi.position() > self.cap {
            runtime_error::slice_high(hi.number(), self.cap, true);
        }
        if lo.position() > hi.position() {
            runtime_error::slice_low(lo.number(), hi.position());
        }
        self.cut(lo.position(), hi.position(), self.cap)
    }

    /// `s[lo:]`
    #[inline]
    pub fn slice_from(self, lo: impl Position) -> Slice<T> {
        if lo.position() > self.len {
            runtime_error::slice_low(lo.number(), self.len);
        }
        self.cut(lo.position(), self.len, self.cap)
    }

    /// `s[:hi]`
    #[inline]
    pub fn slice_to(self, hi: impl Position) -> Slice<T> {
        self.slice(0isize, hi)
    }

    /// `s[lo:hi:max]`
    #[inline]
    pub fn slice3(self, lo: impl Position, hi: impl Position, max: impl Position) -> Slice<T> {
        if max.position() > self.cap {
            runtime_error::slice_max(max.number(), self.cap, true);
        }
        if hi.position() > max.position() {
            runtime_error::slice3_high(hi.number(), max.position());
        }
        if lo.position() > hi.position() {
            runtime_error::slice3_low(lo.number(), hi.position());
        }
        self.cut(lo.position(), hi.position(), max.position())
    }

    #[inline(always)]
    fn cut(self, lo: usize, hi: usize, max: usize) -> Slice<T> {
        // An address past the end would be in the next object.
        let ptr = if lo == max { self.ptr } else { self.ptr.wrapping_add(lo) };
        Slice { ptr, len: hi - lo, cap: max - lo }
    }

    /// `append(s, value)`
    #[inline]
    pub fn append(self, value: T) -> Slice<T> {
        let slice = self.with_room(1);
        slice.place(slice.len).set(value);
        Slice { len: slice.len + 1, ..slice }
    }

    /// `append(s, a, b)`
    pub fn append_all<const N: usize>(self, values: [T; N]) -> Slice<T> {
        let slice = self.with_room(N);
        for (i, value) in values.into_iter().enumerate() {
            slice.place(slice.len + i).set(value);
        }
        Slice { len: slice.len + N, ..slice }
    }

    /// `append(s, t...)`
    pub fn append_slice(self, other: Slice<T>) -> Slice<T> {
        let slice = self.with_room(other.len);
        let longer = Slice { len: slice.len + other.len, ..slice };
        longer.slice_from(slice.len as isize).fill_from(other.ptr, other.len);
        longer
    }

    /// The same elements, with room for `more`.
    #[inline(always)]
    fn with_room(self, more: usize) -> Slice<T> {
        if more <= self.cap - self.len {
            return self;
        }
        let (ptr, cap) = grown(self.ptr.cast(), self.len, self.cap, more, &Self::ELEMENT);
        Slice { ptr: ptr.cast(), len: self.len, cap }
    }

    const ELEMENT: Element = Element { size: size_of::<T>(), align: align_of::<T>(), noscan: T::NOSCAN };

    /// Stores the `len` values at `from`, which may be among our own elements. There is room for them.
    fn fill_from(self, from: *const T, len: usize) {
        if len == 0 {
            return;
        }
        if !matches!(T::DESC.kind, Kind::Struct | Kind::Array) {
            // SAFETY: both sides are `len` variables that live; a scalar or handle has no padding.
            unsafe { std::ptr::copy(from, self.ptr, len) };
            return;
        }
        // SAFETY: element `i` lives.
        let store = |i: usize| self.place(i).set(unsafe { *from.add(i) });
        if from.addr() >= self.ptr.addr() {
            (0..len).for_each(store);
        } else {
            (0..len).rev().for_each(store);
        }
    }

    /// `clear(s)`
    pub fn clear(self) {
        (0..self.len).for_each(|i| self.place(i).set(crate::view::zero()));
    }

    /// `s[i] = v`: the index is looked at when the value is there.
    #[inline(always)]
    pub fn set(self, index: impl Position, value: T) {
        self[index].set(value);
    }

    /// `s[i], s[j] = s[j], s[i]`
    #[inline]
    pub fn swap(self, i: isize, j: isize) {
        // gc needs a copy of the second value, which it makes first
        let (a, b) = (*self[i], *self[j]);
        self[i].set(b);
        self[j].set(a);
    }

    /// Indices and elements; the slice is the one it was, the elements are those of the moment.
    #[inline]
    pub fn range(self) -> SliceRange<T> {
        SliceRange { slice: self, next: 0 }
    }

    /// The elements, each as it is when the iteration comes to it.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = T> {
        self.range().map(|(_, value)| value)
    }

    /// A copy for Rust. Handles must not stay in it across an allocation or a park.
    pub fn to_vec(self) -> Vec<T> {
        self.iter().collect()
    }

    /// Replaces the elements by what `change` makes of a copy of them, which lies in the heap: a collector finds its handles.
    pub(crate) fn change(self, change: impl FnOnce(&mut [T])) {
        if self.len == 0 {
            return;
        }
        let copy = room(self.len);
        Slice { ptr: copy, ..self }.fill_from(self.ptr, self.len);
        // SAFETY: fresh memory for as many elements, which nobody else knows.
        change(unsafe { std::slice::from_raw_parts_mut(copy, self.len) });
        self.fill_from(copy, self.len);
    }

    /// `[N]T(s)`
    pub fn to_array<const N: usize>(self) -> [T; N] {
        self.to_array_ptr::<N>().get()
    }

    /// `(*[N]T)(s)`
    pub fn to_array_ptr<const N: usize>(self) -> Ptr<[T; N]> {
        if self.len < N {
            runtime_error::slice_to_array(self.len, N);
        }
        Ptr::from_raw(self.ptr.cast())
    }
}

impl Slice<u8> {
    /// `append(s, text...)`
    pub fn append_str(self, text: Str) -> Slice<u8> {
        self.append_slice(text.as_slice())
    }

    /// `append(s, bytes...)`
    pub fn append_bytes(self, bytes: &[u8]) -> Slice<u8> {
        let slice = self.with_room(bytes.len());
        let longer = Slice { len: slice.len + bytes.len(), ..slice };
        longer.slice_from(slice.len as isize).fill_from(bytes.as_ptr(), bytes.len());
        longer
    }

    /// The bytes in pieces of 4 KiB, each copied for `take`: somebody may write them meanwhile.
    pub(crate) fn pieces(self, mut take: impl FnMut(&[u8])) {
        const SIZE: usize = 4096;
        let mut room = std::mem::MaybeUninit::<[u8; SIZE]>::uninit();
        let room = room.as_mut_ptr().cast::<u8>();
        for start in (0..self.len).step_by(SIZE) {
            let len = SIZE.min(self.len - start);
            // SAFETY: so many bytes live from there on, and nobody else knows the room, which is filled as far as it is lent.
            let piece = unsafe {
                std::ptr::copy_nonoverlapping(self.ptr.add(start), room, len);
                std::slice::from_raw_parts(room, len)
            };
            take(piece);
        }
    }

    /// The bytes, for a moment.
    ///
    /// # Safety
    /// No other goroutine and no code of this one writes them while the reference is used.
    #[inline]
    pub unsafe fn as_bytes<'a>(self) -> &'a [u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the elements live; the rest is the caller's promise.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }
}

impl<T: GoType, P: Position> Index<P> for Slice<T> {
    type Output = T::View;

    #[inline(always)]
    fn index(&self, index: P) -> &T::View {
        self.place(at(index, self.len))
    }
}

/// Iteration over a slice.
pub struct SliceRange<T> {
    slice: Slice<T>,
    next: usize,
}

impl<T: GoType> Iterator for SliceRange<T> {
    type Item = (isize, T);

    #[inline(always)]
    fn next(&mut self) -> Option<(isize, T)> {
        let index = self.next;
        if index >= self.slice.len {
            return None;
        }
        self.next += 1;
        Some((index as isize, self.slice.place(index).get()))
    }
}

/// `[]T{a, b}`
#[inline]
pub fn slice<T: GoType, const N: usize>(values: [T; N]) -> Slice<T> {
    let ptr: *mut T = room(N);
    // SAFETY: fresh memory for N elements.
    unsafe { ptr.cast::<[T; N]>().write(values) };
    Slice { ptr, len: N, cap: N }
}

/// As [`slice()`], of addresses that keep alive what lies there.
pub fn slice_scanned<const N: usize>(values: [Uintptr; N]) -> Slice<Uintptr> {
    let ptr: *mut Uintptr = heap::alloc(size_of_val(&values), align_of::<Uintptr>(), false).cast();
    // SAFETY: fresh memory for N elements.
    unsafe { ptr.cast::<[Uintptr; N]>().write(values) };
    Slice { ptr, len: N, cap: N }
}

/// `[]T{..}` with many constants: a copy of the table.
pub fn slice_table<T: GoType>(table: &'static [T]) -> Slice<T> {
    let ptr: *mut T = room(table.len());
    // SAFETY: fresh memory for as many elements as the table has; they are `Copy`, and nobody else knows the memory yet.
    unsafe { ptr.copy_from_nonoverlapping(table.as_ptr(), table.len()) };
    Slice { ptr, len: table.len(), cap: table.len() }
}

/// Fresh zeroed memory for `n` elements.
#[inline]
fn room<T: GoType>(n: usize) -> *mut T {
    heap::alloc(n * size_of::<T>(), align_of::<T>(), T::NOSCAN).cast()
}

/// What `copy` copies from: a slice, or a string into bytes.
pub trait CopySource<T> {
    /// As a slice that is only read.
    fn source(self) -> Slice<T>;
}
impl<T> CopySource<T> for Slice<T> {
    fn source(self) -> Slice<T> {
        self
    }
}
impl CopySource<u8> for Str {
    fn source(self) -> Slice<u8> {
        self.as_slice()
    }
}

/// Go's `copy`: as many elements as both have room for; they may overlap.
#[inline]
pub fn copy<T: GoType>(to: Slice<T>, from: impl CopySource<T>) -> isize {
    let from = from.source();
    let n = from.len.min(to.len);
    to.fill_from(from.ptr, n);
    n as isize
}

/// Slices and named types over slices, for functions that take any of them.
pub trait SliceOf: GoType {
    /// The element type.
    type E: GoType;
    /// Takes the name away.
    fn to_slice(self) -> Slice<Self::E>;
    /// Gives it back.
    fn of_slice(slice: Slice<Self::E>) -> Self;
}
impl<T: GoType> SliceOf for Slice<T> {
    type E = T;
    #[inline(always)]
    fn to_slice(self) -> Slice<T> {
        self
    }
    #[inline(always)]
    fn of_slice(slice: Slice<T>) -> Slice<T> {
        slice
    }
}
impl<N: Newtype<Inner: SliceOf>> SliceOf for N {
    type E = <N::Inner as SliceOf>::E;
    #[inline(always)]
    fn to_slice(self) -> Slice<Self::E> {
        self.inner().to_slice()
    }
    #[inline(always)]
    fn of_slice(slice: Slice<Self::E>) -> N {
        N::wrap(SliceOf::of_slice(slice))
    }
}
