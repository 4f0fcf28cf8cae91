//! Cases.

use super::tables::cases::{ALTERNATE, CASES, ROUNDS};
use super::{MaxRune, ReplacementChar};

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

/// The character in a case.
pub fn To(_case: isize, r: i32) -> i32 {
    if !(0..MaxCase).contains(&_case) {
        return ReplacementChar;
    }
    let at = CASES.partition_point(|&(_, last, _)| last < r);
    match CASES.get(at) {
        Some(&(first, _, deltas)) if first <= r => match deltas[_case as usize] {
            // The range starts with an upper case letter; title case is upper case.
            ALTERNATE => first + ((r - first) & !1 | (_case as i32 & 1)),
            delta => r + delta,
        },
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
