//! Go's slices.
//!
//! Must hold: the elements from `ptr` on, `cap` of them, are variables that live (in the heap or for the whole program);
//! elements beyond `len` are zero or what was there; a slice without elements keeps the address it was cut from, so that
//! it stays different from nil and points into its own object. Stores go through views; only fresh memory is filled
//! bytewise. Capacities grow as gc's do, which programs print.

use std::ops::Index;

use crate::array::at;
use crate::heap;
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
    pub fn slice(self, lo: isize, hi: isize) -> Slice<T> {
        if hi as usize > self.cap {
            runtime_error::slice_high(hi, self.cap, true);
        }
        if lo as usize > hi as usize {
            runtime_error::slice_low(lo, hi);
        }
        self.cut(lo as usize, hi as usize, self.cap)
    }

    /// `s[lo:]`
    #[inline]
    pub fn slice_from(self, lo: isize) -> Slice<T> {
        if lo as usize > self.len {
            runtime_error::slice_low(lo, self.len as isize);
        }
        self.cut(lo as usize, self.len, self.cap)
    }

    /// `s[:hi]`
    #[inline]
    pub fn slice_to(self, hi: isize) -> Slice<T> {
        self.slice(0, hi)
    }

    /// `s[lo:hi:max]`
    #[inline]
    pub fn slice3(self, lo: isize, hi: isize, max: isize) -> Slice<T> {
        if max as usize > self.cap {
            runtime_error::slice_max(max, self.cap, true);
        }
        if hi as usize > max as usize {
            runtime_error::slice3_high(hi, max);
        }
        if lo as usize > hi as usize {
            runtime_error::slice3_low(lo, hi);
        }
        self.cut(lo as usize, hi as usize, max as usize)
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

impl<T: GoType> Index<isize> for Slice<T> {
    type Output = T::View;

    #[inline(always)]
    fn index(&self, index: isize) -> &T::View {
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
    fn to_slice(self) -> Slice<T> {
        self
    }
    fn of_slice(slice: Slice<T>) -> Slice<T> {
        slice
    }
}
impl<N: Newtype<Inner: SliceOf>> SliceOf for N {
    type E = <N::Inner as SliceOf>::E;
    fn to_slice(self) -> Slice<Self::E> {
        self.inner().to_slice()
    }
    fn of_slice(slice: Slice<Self::E>) -> N {
        N::wrap(SliceOf::of_slice(slice))
    }
}

/// Sizes of objects that gc's allocator has; programs see them in `cap`.
const SIZE_CLASSES: [u16; 67] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416,
    448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,
    3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568,
    14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672,
];
const LARGEST_CLASS: usize = 32768;
const PAGE: usize = 8192;
/// Objects with handles that are larger than this have one word in front of them.
const MIN_WITH_HEADER: usize = 512;

/// How many bytes gc gives out when asked for `bytes`.
pub(crate) fn round_up(bytes: usize, noscan: bool) -> usize {
    if bytes > LARGEST_CLASS - 8 {
        return bytes.next_multiple_of(PAGE);
    }
    let header = if !noscan && bytes > MIN_WITH_HEADER { 8 } else { 0 };
    let wanted = bytes + header;
    let class = SIZE_CLASSES.iter().map(|&class| usize::from(class)).find(|&class| class >= wanted);
    class.unwrap_or(LARGEST_CLASS) - header
}

/// What growing knows of an element.
struct Element {
    size: usize,
    align: usize,
    noscan: bool,
}

/// Fresh memory with the old elements and room for `more`, and its capacity. Two words come back in registers; a slice
/// would keep every appending loop's slice in memory.
#[cold]
#[inline(never)]
fn grown(old: *const u8, len: usize, cap: usize, more: usize, element: &Element) -> (*mut u8, usize) {
    let cap = match len.checked_add(more) {
        Some(needed) => grown_cap(cap, needed, element.size, element.noscan),
        None => usize::MAX,
    };
    if cap.checked_mul(element.size).is_none_or(|bytes| bytes > MAX_BYTES) {
        runtime_error::make_slice("growslice: len out of range");
    }
    let ptr = heap::alloc(cap * element.size, element.align, element.noscan);
    if len > 0 {
        // SAFETY: fresh memory for `cap` elements, which are more than `len`; the old ones live.
        unsafe { std::ptr::copy_nonoverlapping(old, ptr, len * element.size) };
    }
    (ptr, cap)
}

/// The capacity after growing from `old` to at least `needed` elements of `size` bytes.
fn grown_cap(old: usize, needed: usize, size: usize, noscan: bool) -> usize {
    const THRESHOLD: usize = 256;
    if size == 0 {
        return needed;
    }
    let mut cap = old;
    if needed > old * 2 {
        cap = needed;
    } else if old < THRESHOLD {
        cap = old * 2;
    } else {
        while cap < needed {
            cap += (cap + 3 * THRESHOLD) / 4;
        }
    }
    match cap.checked_mul(size) {
        Some(bytes) if bytes <= MAX_BYTES => round_up(bytes, noscan) / size,
        _ => usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(size: usize, noscan: bool, upto: usize) -> Vec<usize> {
        let mut caps = vec![0];
        while caps[caps.len() - 1] < upto {
            let old = caps[caps.len() - 1];
            caps.push(grown_cap(old, old + 1, size, noscan));
        }
        caps[1..].to_vec()
    }

    #[test]
    fn capacities_grow_as_gcs_do() {
        assert_eq!(
            caps(8, true, 5000),
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120]
        );
        assert_eq!(caps(8, false, 5000)[6..], [64, 143, 287, 607, 1023, 1535, 2303, 3071, 4095, 6144]);
        assert_eq!(caps(16, false, 5000)[5..], [32, 71, 143, 303, 591, 1023, 1535, 2560, 3584, 5120]);
        assert_eq!(
            caps(40, false, 5000),
            [1, 2, 4, 8, 17, 35, 76, 153, 307, 614, 1024, 1638, 2252, 3072, 4096, 5324]
        );
        assert_eq!(
            caps(1, true, 70000)[5..],
            [
                256, 512, 896, 1408, 2048, 3072, 4096, 5376, 6912, 9472, 12288, 16384, 21760, 28672, 40960,
                57344, 73728
            ]
        );
        assert_eq!(grown_cap(1, 41, 1, true), 48);
        assert_eq!(grown_cap(3, 8, 8, true), 8);
        assert_eq!(grown_cap(0, 5, 0, true), 5);
    }
}
