//! The numbers in a format.

/// No width, precision or index is larger.
pub(super) const LARGEST: usize = 1_000_000;

/// A number of digits at a place, with where it ends; none if there is none or it is too large.
pub(super) fn number(format: &[u8], start: usize) -> Option<(usize, usize)> {
    let mut value = 0;
    let mut at = start;
    while let Some(digit) = format.get(at).filter(|c| c.is_ascii_digit()) {
        if value > LARGEST {
            return None;
        }
        value = value * 10 + usize::from(digit - b'0');
        at += 1;
    }
    (at > start).then_some((value, at))
}

/// The index of an operand.
pub(super) struct Number {
    pub(super) value: isize,
    pub(super) len: usize,
    pub(super) good: bool,
}

/// `[n]` at the start of a format; how much of it to skip, also if it is wrong.
pub(super) fn argument_number(format: &[u8]) -> Number {
    let bad = |len| Number { value: 0, len, good: false };
    if format.len() < 3 {
        return bad(1);
    }
    let Some(end) = format.iter().position(|&c| c == b']') else { return bad(1) };
    match number(&format[..end], 1) {
        Some((value, stop)) if stop == end => Number { value: value as isize, len: end + 1, good: true },
        _ => bad(end + 1),
    }
}
