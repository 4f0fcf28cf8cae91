//! What `strings` and `bytes` have in common: searching, cutting and changing bytes that are usually UTF-8.
//!
//! What must hold: the answers are Go's for every sequence of bytes; bytes that are not UTF-8 count as U+FFFD, one each. The
//! functions of programs (`f`) may run for long and panic: nothing here is left half done.
//!
//! Go's packages below `text` are here, too.

pub mod tabwriter;

use crate::string::decode_rune;
use crate::unicode;
use crate::unicode::utf8::{self, RuneError};

/// Where a text starts to be `wanted`.
pub(crate) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [] => Some(0),
        [byte] => find_byte(text, *byte),
        [first, rest @ ..] => {
            // Jump from one first byte to the next, but not over and over through what nearly fits.
            let mut from = 0;
            let mut missed = 0;
            while let Some(at) = find_byte(&text[from..], *first) {
                let at = from + at;
                if text.len() - at < wanted.len() {
                    return None;
                }
                if text[at + 1..].starts_with(rest) {
                    return Some(at);
                }
                from = at + 1;
                missed += 1;
                if missed > 16 + from / 16 {
                    return by_hash(&text[from..], wanted).map(|at| from + at);
                }
            }
            None
        }
    }
}

/// Where a byte is, eight bytes at a time.
pub(crate) fn find_byte(text: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = text.as_chunks::<8>();
    let pattern = ONES * u64::from(byte);
    for (i, word) in words.iter().enumerate() {
        let same = u64::from_le_bytes(*word) ^ pattern;
        let zero = same.wrapping_sub(ONES) & !same & HIGH;
        if zero != 0 {
            return Some(i * 8 + zero.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|&b| b == byte).map(|at| words.len() * 8 + at)
}

/// By rolling hash: linear in expectation, whatever the text.
fn by_hash(text: &[u8], wanted: &[u8]) -> Option<usize> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let len = wanted.len();
    if text.len() < len {
        return None;
    }
    let add = |h: u64, b: u8| h.wrapping_mul(BASE).wrapping_add(u64::from(b) + 1);
    let hash = |bytes: &[u8]| bytes.iter().fold(0, |h, &b| add(h, b));
    let highest = (1..len).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let aim = hash(wanted);
    let mut now = hash(&text[..len]);
    for at in 0.. {
        if now == aim && text[at..at + len] == *wanted {
            return Some(at);
        }
        let next = *text.get(at + len)?;
        now = add(now.wrapping_sub((u64::from(text[at]) + 1).wrapping_mul(highest)), next);
    }
    None
}

/// The last place where a text is `wanted`.
pub(crate) fn find_last(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [] => Some(text.len()),
        [byte] => text.iter().rposition(|b| b == byte),
        _ => text.windows(wanted.len()).rposition(|window| window == wanted),
    }
}

/// How often `wanted` is there, not overlapping; for nothing one more than there are characters.
pub(crate) fn count(text: &[u8], wanted: &[u8]) -> usize {
    if wanted.is_empty() {
        return utf8::count(text) + 1;
    }
    let mut rest = text;
    let mut n = 0;
    while let Some(at) = find(rest, wanted) {
        n += 1;
        rest = &rest[at + wanted.len()..];
    }
    n
}

/// Characters and where they start.
pub(crate) fn runes(text: &[u8]) -> impl Iterator<Item = (usize, i32)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        (!rest.is_empty()).then(|| {
            let (rune, len) = decode_rune(rest);
            at += len;
            (at - len, rune)
        })
    })
}

/// Characters from the last to the first, and where they start.
pub(crate) fn runes_back(text: &[u8]) -> impl Iterator<Item = (usize, i32)> + '_ {
    let mut end = text.len();
    std::iter::from_fn(move || {
        (end > 0).then(|| {
            let (rune, len) = utf8::last(&text[..end]);
            end -= len;
            (end, rune)
        })
    })
}

/// Whether the characters of a set have this one; what is not UTF-8 in the set is U+FFFD.
pub(crate) fn is_among(set: &[u8], rune: i32) -> bool {
    match u8::try_from(rune) {
        Ok(byte) if byte < 0x80 => set.contains(&byte),
        _ => runes(set).any(|(_, r)| r == rune),
    }
}

/// Where a character is. U+FFFD is found in what is not UTF-8, too.
pub(crate) fn find_rune(text: &[u8], rune: i32) -> Option<usize> {
    match rune {
        0..0x80 => find_byte(text, rune as u8),
        RuneError => runes(text).find(|&(_, r)| r == RuneError).map(|(at, _)| at),
        _ if !utf8::ValidRune(rune) => None,
        _ => find(text, utf8::char_of(rune).encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// The part without characters at the start for which `drop` holds.
pub(crate) fn trim_left(text: &[u8], mut drop: impl FnMut(i32) -> bool) -> usize {
    runes(text).find(|&(_, rune)| !drop(rune)).map_or(text.len(), |(at, _)| at)
}

/// Where the part without such characters at the end ends.
pub(crate) fn trim_right(text: &[u8], mut drop: impl FnMut(i32) -> bool) -> usize {
    let mut end = text.len();
    for (at, rune) in runes_back(text) {
        if !drop(rune) {
            return end;
        }
        end = at;
    }
    0
}

/// Where the parts between the characters for which `separates` holds start and end.
pub(crate) fn fields(text: &[u8], mut separates: impl FnMut(i32) -> bool) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = None;
    for (at, rune) in runes(text) {
        if separates(rune) {
            parts.extend(start.take().map(|start| (start, at)));
        } else if start.is_none() {
            start = Some(at);
        }
    }
    parts.extend(start.map(|start| (start, text.len())));
    parts
}

/// Where the parts between separators start and end, at most `limit` of them (negative: all); each with the first `keep`
/// bytes of its separator.
pub(crate) fn split(text: &[u8], separator: &[u8], keep: usize, limit: isize) -> Vec<(usize, usize)> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    if separator.is_empty() {
        let mut at = 0;
        while at < text.len() {
            let end = if parts.len() + 1 >= limit { text.len() } else { at + decode_rune(&text[at..]).1 };
            parts.push((at, end));
            at = end;
        }
        return parts;
    }
    let mut start = 0;
    while parts.len() + 1 < limit
        && let Some(at) = find(&text[start..], separator)
    {
        parts.push((start, start + at + keep));
        start += at + separator.len();
    }
    parts.push((start, text.len()));
    parts
}

/// With `old` replaced at most `limit` times (negative: everywhere); none if nothing changes.
pub(crate) fn replace(text: &[u8], old: &[u8], new: &[u8], limit: isize) -> Option<Vec<u8>> {
    if old == new || limit == 0 {
        return None;
    }
    let found = count(text, old);
    let times = usize::try_from(limit).map_or(found, |limit| limit.min(found));
    if times == 0 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() + times * new.len());
    let mut rest = text;
    for i in 0..times {
        let at = match old {
            // Between characters.
            [] if i == 0 => 0,
            [] => utf8::first(rest).1,
            _ => find(rest, old).unwrap_or(0),
        };
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// With each character mapped; one below 0 is dropped. None if nothing changes.
pub(crate) fn map(text: &[u8], mut mapping: impl FnMut(i32) -> i32) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    for (at, rune) in runes(text) {
        let mapped = mapping(rune);
        // A wrong byte that maps to U+FFFD becomes U+FFFD.
        let wrong = rune == RuneError && decode_rune(&text[at..]).1 == 1;
        if out.is_none() && (mapped != rune || wrong) {
            out = Some(text[..at].to_vec());
        }
        if let Some(out) = &mut out
            && mapped >= 0
        {
            utf8::push(out, mapped);
        }
    }
    out
}

/// Whether two texts are the same but for case.
pub(crate) fn equal_fold(a: &[u8], b: &[u8]) -> bool {
    let (mut a, mut b) = (runes(a), runes(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some((_, x)), Some((_, y))) => {
                if x != y && !same_but_for_case(x, y) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn same_but_for_case(x: i32, y: i32) -> bool {
    let mut next = unicode::SimpleFold(x);
    while next != x {
        if next == y {
            return true;
        }
        next = unicode::SimpleFold(next);
    }
    false
}

/// With each run of bytes that are not UTF-8 replaced.
pub(crate) fn to_valid(text: &[u8], replacement: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut in_run = false;
    for chunk in text.utf8_chunks() {
        if !chunk.valid().is_empty() {
            in_run = false;
        }
        out.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() && !in_run {
            out.extend_from_slice(replacement);
            in_run = true;
        }
    }
    out
}

/// What `Title` takes for the letters of a word.
pub(crate) fn is_separator(rune: i32) -> bool {
    if (0..0x80).contains(&rune) {
        return !(rune as u8).is_ascii_alphanumeric() && rune != i32::from(b'_');
    }
    !unicode::IsLetter(rune) && !unicode::IsDigit(rune) && unicode::IsSpace(rune)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searching_finds_what_a_naive_search_finds() {
        let mut state = 7u32;
        let mut next = move || {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
            state >> 16
        };
        for _ in 0..20_000 {
            let text: Vec<u8> = (0..next() % 200).map(|_| b'a' + (next() % 2) as u8).collect();
            let wanted: Vec<u8> = (0..1 + next() % 12).map(|_| b'a' + (next() % 2) as u8).collect();
            let naive = text.windows(wanted.len()).position(|window| window == wanted);
            assert_eq!(find(&text, &wanted), naive);
        }
        let nearly = [vec![b'a'; 5000], b"b".to_vec()].concat();
        assert_eq!(find(&nearly, &[vec![b'a'; 1000], b"b".to_vec()].concat()), Some(4000));
        assert_eq!(
            (find(b"", b""), find(b"", b"a"), find(b"abcdefgh\x00", b"\x00")),
            (Some(0), None, Some(8))
        );
    }

    #[test]
    fn splitting_and_replacing_at_the_edges() {
        let parts = |text: &str, separator: &str, limit| {
            let cut = |(start, end)| text[start..end].to_string();
            split(text.as_bytes(), separator.as_bytes(), 0, limit)
                .into_iter()
                .map(cut)
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(parts("a,b,c", ",", -1), "a|b|c");
        assert_eq!(parts("a,b,c", ",", 2), "a|b,c");
        assert_eq!(parts("", ",", -1), "");
        assert_eq!(parts("aäb", "", -1), "a|ä|b");
        assert_eq!(parts("aäb", "", 2), "a|äb");
        let replaced =
            |limit| replace("aä".as_bytes(), b"", b"-", limit).map(|t| String::from_utf8(t).unwrap());
        assert_eq!((replaced(-1), replaced(2)), (Some("-a-ä-".into()), Some("-a-ä".into())));
        assert_eq!(to_valid(b"a\xff\xfeb\xc3", b"?"), b"a?b?");
    }
}
