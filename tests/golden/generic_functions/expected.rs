// ---- src/main.rs ----
#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

mod cmp;
mod slices;

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// Map needs nothing of its types.
pub fn Map<T: GoType, U: GoType>(s: Slice<T>, f: Func<dyn Fn(T) -> U>) -> Slice<U> {
    let mut out = Slice::<U>::make_cap(0, s.len());
    for v in s.iter() {
        out = out.append(f(v));
    }
    out
}

/// Keys compares.
pub fn Keys<K: GoType + PartialEq, V: GoType>(m: Map<K, V>) -> Slice<K> {
    let mut keys = Slice::<K>::make(0);
    for k in m.keys() {
        keys = keys.append(k);
    }
    keys
}

/// Max orders.
pub fn Max<T: GoOrdered>(a: T, b: T) -> T {
    if a > b {
        return a;
    }
    b
}

/// Mean calculates: constants and conversions are the type's own.
pub fn Mean<T: GoReal>(xs: Slice<T>) -> f64 {
    let mut total: T = zero();
    for x in xs.iter() {
        total += x;
    }
    div(total, T::int(2)).convert::<f64>() / xs.len() as f64 * T::int(2).convert::<f64>()
}

/// IndexOf takes named slices, too.
pub fn IndexOf<S: SliceOf<E = E>, E: GoType + PartialEq>(s: S, x: E) -> isize {
    for (i, v) in s.to_slice().range() {
        if v == x {
            return i;
        }
    }
    -1
}

/// First depends on what the type is, so every type gets its own.
pub fn First_string(s: Str) -> u8 {
    s[0]
}

/// First depends on what the type is, so every type gets its own.
pub fn First_Slice_byte(s: Slice<u8>) -> u8 {
    *s[0]
}

#[derive(Clone, Copy, GoNewtype)]
#[go("main.IDs")]
pub struct IDs(pub Slice<isize>);

#[go_main]
fn main() {
    let ids = IDs(slice([3, 1, 2]));
    slices::Sort(ids);
    fmt::Println(args![ids, IndexOf(ids, 2), Keys(Map::from([(str("a"), true)])).len()]);
    fmt::Println(args![Map(ids.0, func(move |i: isize| -> Str { fmt::Sprint(args!["#", i]) }))]);
    fmt::Println(args![
        Max(str("a"), str("b")),
        Max::<isize>(1, 2),
        Max::<f64>(1.0, 2.0),
        Mean(ids.0),
        Mean::<f64>(slice([1.0, 2.5])),
    ]);
    fmt::Println(args![First_string(str("go")), First_Slice_byte(str("go").to_bytes())]);
    let largest = func(Max::<isize>);
    fmt::Println(args![largest(*ids.0[0], *ids.0[1])]);
}
// ---- src/cmp.rs ----
//! Package cmp compares ordered values. It is plain Go: programs translate it with themselves.

use goxide_golib::prelude::*;

/// Less tells whether x is less than y; NaN is less than everything else.
pub fn Less<T: GoOrdered>(x: T, y: T) -> bool {
    x < y || x != x && y == y
}
// ---- src/slices.rs ----
//! Package slices works on slices of any type. It is plain Go: programs translate it with themselves.

use goxide_golib::prelude::*;
use goxide_golib::sort;
use crate::cmp;

/// Sort sorts in ascending order; NaN comes first.
pub fn Sort<S: SliceOf<E = E>, E: GoOrdered>(x: S) {
    sort::Slice_(any(x), func(move |i: isize, j: isize| -> bool {
        cmp::Less(*x.to_slice()[i], *x.to_slice()[j])
    }));
}
