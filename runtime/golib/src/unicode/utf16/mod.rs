//! Go's package `unicode/utf16`.
//!
//! Must hold: half of a pair and what is no rune are U+FFFD.

use crate::slice::Slice;

const REPLACEMENT: i32 = 0xfffd;
const HIGH: std::ops::Range<i32> = 0xd800..0xdc00;
const LOW: std::ops::Range<i32> = 0xdc00..0xe000;
/// The first rune that needs a pair, and the first number that is no rune.
const PAIRED: std::ops::Range<i32> = 0x10000..0x11_0000;

/// `append` of a rune's one or two words.
pub fn AppendRune(a: Slice<u16>, r: i32) -> Slice<u16> {
    match RuneLen(r) {
        1 => a.append(r as u16),
        2 => {
            let (high, low) = EncodeRune(r);
            a.append(high as u16).append(low as u16)
        }
        _ => a.append(REPLACEMENT as u16),
    }
}

/// The runes of UTF-16.
pub fn Decode(s: Slice<u16>) -> Slice<i32> {
    let mut runes = Slice::make_cap(0, s.len());
    let mut words = s.iter().map(i32::from).peekable();
    while let Some(word) = words.next() {
        let low = words.peek().copied().unwrap_or(0);
        runes = runes.append(if HIGH.contains(&word) && LOW.contains(&low) {
            words.next();
            DecodeRune(word, low)
        } else if IsSurrogate(word) {
            REPLACEMENT
        } else {
            word
        });
    }
    runes
}

/// The rune of a pair.
pub fn DecodeRune(r1: i32, r2: i32) -> i32 {
    match HIGH.contains(&r1) && LOW.contains(&r2) {
        true => ((r1 - HIGH.start) << 10 | (r2 - LOW.start)) + PAIRED.start,
        false => REPLACEMENT,
    }
}

/// The runes as UTF-16.
pub fn Encode(s: Slice<i32>) -> Slice<u16> {
    let words = s.iter().map(|rune| RuneLen(rune).max(1)).sum();
    if words == 0 { Slice::make(0) } else { s.iter().fold(Slice::make_cap(0, words), AppendRune) }
}

/// The pair of a rune that needs one.
pub fn EncodeRune(r: i32) -> (i32, i32) {
    if !PAIRED.contains(&r) {
        return (REPLACEMENT, REPLACEMENT);
    }
    let r = r - PAIRED.start;
    (HIGH.start + (r >> 10 & 0x3ff), LOW.start + (r & 0x3ff))
}

/// Whether it is half of a pair.
pub fn IsSurrogate(r: i32) -> bool {
    (HIGH.start..LOW.end).contains(&r)
}

/// How many words a rune takes; -1 for what is none.
pub fn RuneLen(r: i32) -> isize {
    match r {
        _ if PAIRED.contains(&r) => 2,
        _ if !(0..PAIRED.end).contains(&r) || IsSurrogate(r) => -1,
        _ => 1,
    }
}
