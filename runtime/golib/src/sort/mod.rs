//! Go's package `sort`.
//!
//! What must hold: what is sorted stays in the heap throughout, for "less" and "swap" are code of the program that may look
//! at it, and a collector must; only numbers are sorted outside. Strings, which no code of the program compares, are sorted in a copy
//! in the heap.

mod named;
mod pdq;

pub use named::*;

use std::cell::Cell;

use goxide_macros::{GoStruct, interface, methods};

use std::hint::select_unpredictable;

use crate::errors;
use crate::func::Func;
use crate::interface::{Any, Iface, Interface, any};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::Str;
use crate::value::{Swapper, Value};
use crate::view::View;
use pdq::Sorted;

/// What can be sorted.
#[interface("sort.Interface")]
pub trait Interface_ {
    fn Len(self) -> isize;
    fn Less(self, i: isize, j: isize) -> bool;
    fn Swap(self, i: isize, j: isize);
}

impl Sorted for Interface_ {
    fn less(&self, i: usize, j: usize) -> bool {
        self.Less(i as isize, j as isize)
    }
    fn swap(&self, i: usize, j: usize) {
        self.Swap(i as isize, j as isize);
    }
}

/// `func(i, j int) bool`
type Less = Func<dyn Fn(isize, isize) -> bool>;

/// A slice of any type with the program's "less".
struct Compared {
    swapper: Swapper,
    less: Less,
}

impl Sorted for Compared {
    fn less(&self, i: usize, j: usize) -> bool {
        (self.less)(i as isize, j as isize)
    }
    fn swap(&self, i: usize, j: usize) {
        self.swapper.swap(i, j);
    }
}

/// Numbers outside of the heap.
struct Floats(Vec<Cell<f64>>);

impl Sorted for Floats {
    fn less(&self, i: usize, j: usize) -> bool {
        float_less(self.0[i].get(), self.0[j].get())
    }
    fn swap(&self, i: usize, j: usize) {
        self.0[i].swap(&self.0[j]);
    }
}

/// NaN comes first.
fn float_less(x: f64, y: f64) -> bool {
    x < y || x.is_nan() && !y.is_nan()
}

fn swapper(x: &Iface) -> Swapper {
    let value = Value::of(x);
    match value.and_then(Value::swapper) {
        Some(swapper) => swapper,
        None => {
            let what = value.map_or("zero".to_string(), |value| format!("{:?}", value.kind()).to_lowercase());
            panic(any(errors::New(Str::from(format!("reflect: call of Swapper on {what} Value")))))
        }
    }
}

/// Sorts a slice by a function.
pub fn Slice_(x: Any, less: Less) {
    let swapper = swapper(&x.iface());
    let n = swapper.len();
    pdq::sort(&Compared { swapper, less }, n);
}
/// As `Slice_`; equal elements keep their order.
pub fn SliceStable(x: Any, less: Less) {
    let swapper = swapper(&x.iface());
    let n = swapper.len();
    pdq::stable(&Compared { swapper, less }, n);
}
/// Whether a slice is sorted.
pub fn SliceIsSorted(x: Any, less: Less) -> bool {
    let n = swapper(&x.iface()).len() as isize;
    (1..n).rev().all(|i| !less(i, i - 1))
}
/// Sorts.
pub fn Sort(data: Interface_) {
    pdq::sort(&data, data.Len().max(0) as usize);
}
/// Sorts; equal elements keep their order.
pub fn Stable(data: Interface_) {
    pdq::stable(&data, data.Len().max(0) as usize);
}
/// Whether it is sorted.
pub fn IsSorted(data: Interface_) -> bool {
    (1..data.Len()).rev().all(|i| !data.Less(i, i - 1))
}

/// The other way round; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sort.reverse")]
#[repr(C)]
pub struct Reversed {
    #[go(embedded)]
    Interface: Interface_,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Reversed> {
    pub fn Len(self) -> isize {
        self.Interface.Len()
    }
    pub fn Less(self, i: isize, j: isize) -> bool {
        self.Interface.Less(j, i)
    }
    pub fn Swap(self, i: isize, j: isize) {
        self.Interface.Swap(i, j);
    }
}

/// The other way round.
pub fn Reverse(data: Interface_) -> Interface_ {
    Interface_::of(Ptr::new(Reversed { Interface: data }))
}

/// The first of `n` for which `f` holds, by bisection.
pub fn Search(n: isize, f: Func<dyn Fn(isize) -> bool>) -> isize {
    bisect(n, |i| !f(i))
}
/// The first of `n` for which `cmp` is not positive, and whether it is 0 there.
pub fn Find(n: isize, cmp: Func<dyn Fn(isize) -> isize>) -> (isize, bool) {
    let at = bisect(n, |i| cmp(i) > 0);
    (at, at < n && cmp(at) == 0)
}

fn bisect(n: isize, before: impl Fn(isize) -> bool) -> isize {
    let (mut lo, mut hi) = (0, n);
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        if before(middle) { lo = middle + 1 } else { hi = middle }
    }
    lo
}

/// As `bisect`, for comparisons so cheap that a wrongly predicted branch would cost more than all else.
#[inline(always)]
fn bisect_numbers(n: isize, before: impl Fn(isize) -> bool) -> isize {
    let (mut lo, mut hi) = (0, n);
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        let is_before = before(middle);
        lo = select_unpredictable(is_before, middle + 1, lo);
        hi = select_unpredictable(is_before, hi, middle);
    }
    lo
}

/// Stores numbers that were sorted outside.
fn store<T: crate::view::GoType>(x: Slice<T>, sorted: impl IntoIterator<Item = T>) {
    for (i, value) in (0..).zip(sorted) {
        x[i].set(value);
    }
}

/// Sorts.
pub fn Ints(x: Slice<isize>) {
    let mut sorted = x.to_vec();
    sorted.sort_unstable();
    store(x, sorted);
}
/// Sorts, NaN first.
pub fn Float64s(x: Slice<f64>) {
    let floats = Floats(x.iter().map(Cell::new).collect());
    pdq::sort(&floats, floats.0.len());
    store(x, floats.0.into_iter().map(Cell::into_inner));
}
/// Sorts.
pub fn Strings(x: Slice<Str>) {
    x.change(<[Str]>::sort_unstable);
}
/// Whether they are sorted.
pub fn IntsAreSorted(x: Slice<isize>) -> bool {
    (1..x.len()).all(|i| *x[i - 1] <= *x[i])
}
/// Whether they are sorted, NaN first.
pub fn Float64sAreSorted(x: Slice<f64>) -> bool {
    (1..x.len()).all(|i| !float_less(*x[i], *x[i - 1]))
}
/// Whether they are sorted.
pub fn StringsAreSorted(x: Slice<Str>) -> bool {
    (1..x.len()).all(|i| *x[i - 1] <= *x[i])
}
/// Where `x` is or would be.
pub fn SearchInts(a: Slice<isize>, x: isize) -> isize {
    bisect_numbers(a.len(), |i| *a[i] < x)
}
/// Where `x` is or would be.
pub fn SearchFloat64s(a: Slice<f64>, x: f64) -> isize {
    bisect_numbers(a.len(), |i| *a[i] < x)
}
/// Where `x` is or would be.
pub fn SearchStrings(a: Slice<Str>, x: Str) -> isize {
    bisect(a.len(), |i| *a[i] < x)
}
