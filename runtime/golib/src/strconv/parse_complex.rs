//! Text to complex numbers: `N`, `Ni` or `N±Ni`, in parentheses or not.

use super::parse_float::read_prefix;
use super::{Refusal, num_error};
use crate::complex::Complex128;
use crate::interface::Error;
use crate::string::Str;
use crate::view::zero;

/// The parts, and whether one of them is too large for a float.
fn read_complex(text: &[u8], bits: isize) -> Option<(f64, f64, bool)> {
    let text = match text {
        [b'(', inner @ .., b')'] => inner,
        _ => text,
    };
    let first = read_prefix(text, bits)?;
    let rest = match &text[first.len..] {
        [] => return Some((first.value, 0.0, first.beyond)),
        b"i" => return Some((0.0, first.value, first.beyond)),
        // no sign belongs to a NaN, and another may follow this one
        [b'+', rest @ ..] if !rest.starts_with(b"+") => rest,
        rest @ [b'+' | b'-', ..] => rest,
        _ => return None,
    };
    let second = read_prefix(rest, bits).filter(|second| &rest[second.len..] == b"i")?;
    Some((first.value, second.value, first.beyond || second.beyond))
}

/// Reads a complex number of 64 or 128 bits.
pub fn ParseComplex(s: Str, bitSize: isize) -> (Complex128, Error) {
    let fail = |refusal| num_error("ParseComplex", s, refusal);
    match read_complex(s.as_bytes(), if bitSize == 64 { 32 } else { 64 }) {
        None => (zero(), fail(Refusal::Syntax)),
        Some((re, im, true)) => (Complex128::new(re, im), fail(Refusal::Range)),
        Some((re, im, false)) => (Complex128::new(re, im), zero()),
    }
}
