//! Cases.

use goxide_macros::{GoNewtype, GoStruct, methods};

use super::range_table::fixed;
use super::tables::cases::{CASES, ROUNDS};
use super::{MaxRune, ReplacementChar};
use crate::global::Global;
use crate::slice::Slice;
use crate::view::View;

/// The number of upper case.
pub const UpperCase: isize = 0;
/// The number of lower case.
pub const LowerCase: isize = 1;
/// The number of title case.
pub const TitleCase: isize = 2;
/// How many cases there are.
pub const MaxCase: isize = 3;
/// In a range of cases: upper and lower take turns.
pub const UpperLower: i32 = MaxRune + 1;

/// What each case adds to a character.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("unicode.d")]
#[repr(C)]
pub struct d(pub [i32; 3]);

/// A range of characters with other cases.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("unicode.CaseRange")]
#[repr(C)]
#[allow(missing_docs)]
pub struct CaseRange {
    pub Lo: u32,
    pub Hi: u32,
    pub Delta: d,
}

pub(crate) const fn range(first: u32, last: u32, deltas: [i32; 3]) -> CaseRange {
    CaseRange { Lo: first, Hi: last, Delta: d(deltas) }
}

/// Cases of a language that differ from everybody's.
#[derive(Clone, Copy, GoNewtype)]
#[go("unicode.SpecialCase")]
pub struct SpecialCase(pub Slice<CaseRange>);

#[methods(reflected)]
#[allow(missing_docs)]
impl SpecialCase {
    pub fn ToUpper(self, r: i32) -> i32 {
        self.first(UpperCase, r, ToUpper)
    }
    pub fn ToTitle(self, r: i32) -> i32 {
        self.first(TitleCase, r, ToTitle)
    }
    pub fn ToLower(self, r: i32) -> i32 {
        self.first(LowerCase, r, ToLower)
    }
}

impl SpecialCase {
    fn first(self, case: isize, r: i32, otherwise: fn(i32) -> i32) -> i32 {
        // the ranges are the program's: a binary search, as in Go, matters if they are in disorder
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let range = self.0[middle].get();
            if (i64::from(range.Lo)..=i64::from(range.Hi)).contains(&i64::from(r)) {
                return in_case(range, case, r);
            }
            if i64::from(r) < i64::from(range.Lo) { high = middle } else { low = middle + 1 }
        }
        otherwise(r)
    }
}

const TURKISH: [CaseRange; 4] = [
    range(0x49, 0x49, [0, 0x131 - 0x49, 0]),
    range(0x69, 0x69, [0x130 - 0x69, 0, 0x130 - 0x69]),
    range(0x130, 0x130, [0, 0x69 - 0x130, 0]),
    range(0x131, 0x131, [0x49 - 0x131, 0, 0x49 - 0x131]),
];
/// Turkish has a dotted and a dotless i, each with a great one.
pub static TurkishCase: Global<SpecialCase> = Global::new(SpecialCase(fixed(&TURKISH)));
/// So has Azeri.
pub static AzeriCase: Global<SpecialCase> = Global::new(SpecialCase(fixed(&TURKISH)));
/// All characters with other cases.
pub static CaseRanges: Global<Slice<CaseRange>> = Global::new(fixed(&CASES));

/// What a character of the range is in a case.
fn in_case(range: CaseRange, case: isize, r: i32) -> i32 {
    match range.Delta.0[case as usize] {
        // The range starts with an upper case letter; title case is upper case.
        delta if delta > MaxRune => range.Lo as i32 + ((r - range.Lo as i32) & !1 | (case as i32 & 1)),
        delta => r + delta,
    }
}

/// The character in a case.
pub fn To(_case: isize, r: i32) -> i32 {
    if !(0..MaxCase).contains(&_case) {
        return ReplacementChar;
    }
    let Ok(code) = u32::try_from(r) else { return r };
    match CASES.get(CASES.partition_point(|range| range.Hi < code)) {
        Some(&range) if range.Lo <= code => in_case(range, _case, r),
        _ => r,
    }
}

/// The upper case.
pub fn ToUpper(r: i32) -> i32 {
    match u8::try_from(r) {
        Ok(c) if c.is_ascii() => i32::from(c.to_ascii_uppercase()),
        _ => To(UpperCase, r),
    }
}
/// The lower case.
pub fn ToLower(r: i32) -> i32 {
    match u8::try_from(r) {
        Ok(c) if c.is_ascii() => i32::from(c.to_ascii_lowercase()),
        _ => To(LowerCase, r),
    }
}
/// The title case.
pub fn ToTitle(r: i32) -> i32 {
    match u8::try_from(r) {
        Ok(c) if c.is_ascii() => i32::from(c.to_ascii_uppercase()),
        _ => To(TitleCase, r),
    }
}

/// The next of the characters that differ only in case: the least greater one, or the least.
pub fn SimpleFold(r: i32) -> i32 {
    if !(0..=MaxRune).contains(&r) {
        return r;
    }
    if let Ok(at) = ROUNDS.binary_search_by_key(&r, |&(from, _)| from) {
        return ROUNDS[at].1;
    }
    match ToLower(r) {
        lower if lower != r => lower,
        _ => ToUpper(r),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_simple_mappings() {
        let c = |c: char| c as i32;
        assert_eq!(
            (ToUpper(c('ß')), ToUpper(c('ä')), ToLower(c('Ā')), ToUpper(c('ā'))),
            (c('ß'), c('Ä'), c('ā'), c('Ā'))
        );
        assert_eq!((ToTitle(c('ǆ')), ToUpper(c('ǅ')), ToLower(c('İ'))), (c('ǅ'), c('Ǆ'), c('i')));
        assert_eq!(
            (SimpleFold(c('K')), SimpleFold(c('k')), SimpleFold(0x212a), SimpleFold(c('1'))),
            (c('k'), 0x212a, c('K'), c('1'))
        );
        assert_eq!(To(7, c('a')), ReplacementChar);
    }
}
