//! Sets of characters as ranges.
//!
//! What must hold: the ranges of a table are sorted and do not overlap. The tables of this package lie in the program and
//! are never written.

use goxide_macros::GoStruct;

use crate::global::Global;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::View;

/// A range of characters below U+10000.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("unicode.Range16")]
#[repr(C)]
#[allow(missing_docs)]
pub struct Range16 {
    pub Lo: u16,
    pub Hi: u16,
    pub Stride: u16,
}

/// A range of characters, the others.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("unicode.Range32")]
#[repr(C)]
#[allow(missing_docs)]
pub struct Range32 {
    pub Lo: u32,
    pub Hi: u32,
    pub Stride: u32,
}

/// A set of characters.
#[derive(Clone, Copy, GoStruct)]
#[go("unicode.RangeTable")]
#[repr(C)]
pub struct RangeTable {
    /// Those below U+10000.
    pub R16: Slice<Range16>,
    /// The others.
    pub R32: Slice<Range32>,
    /// How many ranges of `R16` end in Latin-1.
    pub LatinOffset: isize,
}

/// A set of characters for Rust.
pub(crate) struct Raw {
    pub(crate) r16: &'static [Range16],
    pub(crate) r32: &'static [Range32],
}

/// A slice of ranges that lie in the program.
pub(crate) const fn fixed<T: crate::view::GoType>(ranges: &'static [T]) -> Slice<T> {
    Slice::from_raw_parts(ranges.as_ptr().cast_mut(), ranges.len(), ranges.len())
}

/// A variable with a table.
pub(crate) type Variable = Global<Ptr<RangeTable>>;

/// Declares tables for Rust and for Go, and the list of them.
macro_rules! tables {
    ($list:ident; $($name:ident $raw:ident ($($alias:ident)*) $latin:literal
        [$($lo16:literal $hi16:literal $stride16:literal,)*] [$($lo32:literal $hi32:literal $stride32:literal,)*];)*) => {$(
        pub(crate) static $raw: super::super::range_table::Raw = super::super::range_table::Raw {
            r16: &[$(super::super::Range16 { Lo: $lo16, Hi: $hi16, Stride: $stride16 }),*],
            r32: &[$(super::super::Range32 { Lo: $lo32, Hi: $hi32, Stride: $stride32 }),*],
        };
        #[doc = concat!("`", stringify!($name), "`")]
        pub static $name: super::super::range_table::Variable = {
            static TABLE: super::super::RangeTable = super::super::RangeTable {
                R16: super::super::range_table::fixed($raw.r16),
                R32: super::super::range_table::fixed($raw.r32),
                LatinOffset: $latin,
            };
            crate::global::Global::new(crate::ptr::Ptr::from_raw((&raw const TABLE).cast_mut()))
        };
        $(pub use $name as $alias;)*
    )*
        /// All of them by name.
        pub(crate) static $list: &[(&str, &super::super::range_table::Variable)] =
            &[$((stringify!($name), &$name)),*];
    };
}
pub(crate) use tables;

impl Raw {
    /// Whether the set has the character.
    pub(crate) fn has(&self, rune: i32) -> bool {
        let Ok(rune) = u32::try_from(rune) else { return false };
        if let Ok(rune) = u16::try_from(rune) {
            let at = self.r16.partition_point(|range| range.Hi < rune);
            return self.r16.get(at).is_some_and(|r| r.Lo <= rune && (rune - r.Lo).is_multiple_of(r.Stride));
        }
        let at = self.r32.partition_point(|range| range.Hi < rune);
        self.r32.get(at).is_some_and(|r| r.Lo <= rune && (rune - r.Lo).is_multiple_of(r.Stride))
    }
}

/// Whether the table has the character.
pub fn Is(rangeTab: Ptr<RangeTable>, r: i32) -> bool {
    let within = |lo: u32, hi: u32, stride: u32, r: u32| {
        lo <= r && r <= hi && (stride <= 1 || (r - lo).is_multiple_of(stride))
    };
    let table = rangeTab.get();
    let Ok(r) = u32::try_from(r) else { return false };
    if r <= 0xffff {
        let (mut lo, mut hi) = (0, table.R16.len());
        while lo < hi {
            let middle = lo + (hi - lo) / 2;
            let range = table.R16[middle].get();
            if r > u32::from(range.Hi) { lo = middle + 1 } else { hi = middle }
        }
        return lo < table.R16.len() && {
            let range = table.R16[lo].get();
            within(range.Lo.into(), range.Hi.into(), range.Stride.into(), r)
        };
    }
    let (mut lo, mut hi) = (0, table.R32.len());
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        if r > *table.R32[middle].Hi { lo = middle + 1 } else { hi = middle }
    }
    lo < table.R32.len() && {
        let range = table.R32[lo].get();
        within(range.Lo, range.Hi, range.Stride, r)
    }
}
/// Whether one of the tables has the character.
pub fn In(r: i32, ranges: Slice<Ptr<RangeTable>>) -> bool {
    ranges.iter().any(|table| Is(table, r))
}
/// As `In`.
pub fn IsOneOf(ranges: Slice<Ptr<RangeTable>>, r: i32) -> bool {
    In(r, ranges)
}
