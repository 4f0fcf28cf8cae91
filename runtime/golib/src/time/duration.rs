//! `time.Duration`: nanoseconds, how they are written and read.
//!
//! Must hold: arithmetic wraps or saturates exactly where Go's does; what `String` writes, `ParseDuration` reads back.

use goxide_macros::{GoNewtype, methods};

use super::text::{is_digit, quote};
use crate::errors;
use crate::interface::Error;
use crate::string::Str;
use crate::view::zero;

/// A span of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, GoNewtype)]
#[go("time.Duration")]
pub struct Duration(pub i64);

/// 1 ns
pub const Nanosecond: Duration = Duration(1);
/// 1000 ns
pub const Microsecond: Duration = Duration(1_000);
/// 1000 µs
pub const Millisecond: Duration = Duration(1_000_000);
/// 1000 ms
pub const Second: Duration = Duration(1_000_000_000);
/// 60 s
pub const Minute: Duration = Duration(60 * Second.0);
/// 60 min
pub const Hour: Duration = Duration(3600 * Second.0);

/// The longest, and the shortest, that 64 bits hold.
pub(super) const LONGEST: Duration = Duration(i64::MAX);
pub(super) const SHORTEST: Duration = Duration(i64::MIN);

impl Duration {
    fn in_units(self, unit: Duration) -> f64 {
        (self.0 / unit.0) as f64 + (self.0 % unit.0) as f64 / unit.0 as f64
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Duration {
    pub fn Nanoseconds(self) -> i64 {
        self.0
    }
    pub fn Microseconds(self) -> i64 {
        self.0 / Microsecond.0
    }
    pub fn Milliseconds(self) -> i64 {
        self.0 / Millisecond.0
    }
    pub fn Seconds(self) -> f64 {
        self.in_units(Second)
    }
    pub fn Minutes(self) -> f64 {
        self.in_units(Minute)
    }
    pub fn Hours(self) -> f64 {
        self.in_units(Hour)
    }
    pub fn Abs(self) -> Duration {
        Duration(self.0.saturating_abs())
    }
    pub fn Truncate(self, m: Duration) -> Duration {
        if m.0 <= 0 { self } else { Duration(self.0 - self.0 % m.0) }
    }
    pub fn Round(self, m: Duration) -> Duration {
        if m.0 <= 0 {
            return self;
        }
        let rest = self.0 % m.0;
        // Half of the unit goes away from zero; the double may not fit in 64 bits.
        let near = rest.unsigned_abs() * 2 < m.0.unsigned_abs();
        let rounded = match near {
            true => Some(self.0 - rest),
            false if self.0 < 0 => (self.0 - rest).checked_sub(m.0),
            false => (self.0 - rest).checked_add(m.0),
        };
        match rounded {
            Some(rounded) => Duration(rounded),
            None if self.0 < 0 => SHORTEST,
            None => LONGEST,
        }
    }
    pub fn String(self) -> Str {
        Str::from(written(self.0))
    }
}

fn written(nanoseconds: i64) -> String {
    let all = nanoseconds.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let second = Second.0.unsigned_abs();
    if all == 0 {
        return "0s".to_string();
    }
    if all < second {
        let (unit, name) = match all {
            ..1_000 => (1, "ns"),
            1_000..1_000_000 => (1_000, "µs"),
            _ => (1_000_000, "ms"),
        };
        return format!("{sign}{}{name}", decimal(all, unit));
    }
    let (minutes, rest) = (all / (60 * second), all % (60 * second));
    let seconds = decimal(rest, second);
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, minutes) => format!("{sign}{minutes}m{seconds}s"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

/// `value / unit` with as many decimals as it needs; `unit` is a power of ten.
fn decimal(value: u64, unit: u64) -> String {
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.ilog10() as usize;
    let fraction = format!("{rest:0digits$}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

/// Reads a duration such as `1h15m30.918s` or `-1.5ms`.
pub fn ParseDuration(s: Str) -> (Duration, Error) {
    match read(s.as_bytes()) {
        Ok(nanoseconds) => (Duration(nanoseconds), zero()),
        Err(Refused::Invalid) => refuse("invalid duration ", s),
        Err(Refused::MissingUnit) => refuse("missing unit in duration ", s),
        Err(Refused::UnknownUnit(unit)) => {
            refuse(&format!("unknown unit {} in duration ", quote(unit.as_bytes())), s)
        }
    }
}

fn refuse(why: &str, text: Str) -> (Duration, Error) {
    let message = Str::from(format!("time: {why}{}", quote(text.as_bytes())));
    (Duration(0), errors::New(message))
}

enum Refused {
    Invalid,
    MissingUnit,
    UnknownUnit(Str),
}

fn read(text: &[u8]) -> Result<i64, Refused> {
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(Refused::Invalid);
    }
    let limit = 1 << 63;
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let mut whole: u64 = 0;
        let before = rest.len();
        while let [digit @ b'0'..=b'9', more @ ..] = rest {
            whole = whole
                .checked_mul(10)
                .and_then(|n| n.checked_add(u64::from(digit - b'0')))
                .unwrap_or(u64::MAX);
            if whole > limit {
                return Err(Refused::Invalid);
            }
            rest = more;
        }
        let mut has_digits = rest.len() != before;
        let (mut fraction, mut scale) = (0, 1.0);
        if let [b'.', more @ ..] = rest {
            rest = more;
            let before = rest.len();
            (fraction, scale, rest) = read_fraction(rest);
            has_digits |= rest.len() != before;
        }
        if !has_digits {
            return Err(Refused::Invalid);
        }
        let end = rest.iter().position(|&byte| byte == b'.' || is_digit(byte)).unwrap_or(rest.len());
        let (unit, more) = rest.split_at(end);
        rest = more;
        let unit = unit_of(unit)?;
        if whole > limit / unit {
            return Err(Refused::Invalid);
        }
        let mut value = whole * unit;
        if fraction > 0 {
            value += (fraction as f64 * (unit as f64 / scale)) as u64;
        }
        sum = sum.checked_add(value).filter(|&sum| sum <= limit).ok_or(Refused::Invalid)?;
    }
    match negative {
        true => Ok((sum as i64).wrapping_neg()),
        false => i64::try_from(sum).map_err(|_| Refused::Invalid),
    }
}

/// Digits behind the point, as a number and what to divide it by; those that do not fit are skipped.
fn read_fraction(mut text: &[u8]) -> (u64, f64, &[u8]) {
    let (mut value, mut scale, mut full) = (0u64, 1.0, false);
    while let [digit @ b'0'..=b'9', more @ ..] = text {
        let longer = value.checked_mul(10).and_then(|n| n.checked_add(u64::from(digit - b'0')));
        match longer.filter(|&n| !full && n <= 1 << 63) {
            Some(longer) => {
                value = longer;
                scale *= 10.0;
            }
            None => full = true,
        }
        text = more;
    }
    (value, scale, text)
}

fn unit_of(name: &[u8]) -> Result<u64, Refused> {
    let unit = match name {
        b"" => return Err(Refused::MissingUnit),
        b"ns" => Nanosecond,
        b"us" => Microsecond,
        b"ms" => Millisecond,
        b"s" => Second,
        b"m" => Minute,
        b"h" => Hour,
        // The micro sign and the Greek letter.
        name if name == "µs".as_bytes() || name == "μs".as_bytes() => Microsecond,
        other => return Err(Refused::UnknownUnit(Str::copy_of(other))),
    };
    Ok(unit.0.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::string::str;

    /// Values and texts as Go 1.27 gives them.
    #[test]
    fn written_as_go_does() {
        for (nanoseconds, text) in [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1µs"),
            (2_200_000, "2.2ms"),
            (3_300_000_000, "3.3s"),
            (245_000_000_000, "4m5s"),
            (245_001_000_000, "4m5.001s"),
            (18_367_001_000_000, "5h6m7.001s"),
            (480_000_000_001, "8m0.000000001s"),
            (i64::MAX, "2562047h47m16.854775807s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(Duration(nanoseconds).String(), str(text), "{nanoseconds}");
        }
    }

    #[test]
    fn read_as_go_does() {
        for (text, nanoseconds) in [
            ("0", 0),
            ("-5s", -5_000_000_000),
            ("+5s", 5_000_000_000),
            ("5.s", 5_000_000_000),
            (".5s", 500_000_000),
            ("1h15m30.918s", 4_530_918_000_000),
            ("3h30m", 12_600_000_000_000),
            ("10.5s4m", 250_500_000_000),
            ("12µs", 12_000),
            ("0.100000000000000000000h", 360_000_000_000),
            ("0.830103483285477580700h", 2_988_372_539_827),
            ("-9223372036854775808ns", i64::MIN),
            ("9223372036854775807ns", i64::MAX),
        ] {
            let (value, error) = ParseDuration(str(text));
            assert!(crate::interface::Interface::is_nil(error), "{text}");
            assert_eq!(value.0, nanoseconds, "{text}");
        }
    }

    #[test]
    fn refused_as_go_does() {
        for (text, message) in [
            ("", r#"time: invalid duration """#),
            ("3", r#"time: missing unit in duration "3""#),
            (".", r#"time: invalid duration ".""#),
            ("-", r#"time: invalid duration "-""#),
            ("5x", r#"time: unknown unit "x" in duration "5x""#),
            ("s", r#"time: invalid duration "s""#),
            ("3000000h", r#"time: invalid duration "3000000h""#),
            ("9223372036854775808ns", r#"time: invalid duration "9223372036854775808ns""#),
            ("1\u{e9}", r#"time: unknown unit "\xc3\xa9" in duration "1\xc3\xa9""#),
        ] {
            assert_eq!(ParseDuration(str(text)).1.Error(), str(message), "{text}");
        }
    }

    #[test]
    fn rounding() {
        assert_eq!(Duration(1_500_000_000).Round(Second), Duration(2_000_000_000));
        assert_eq!(Duration(-1_500_000_000).Round(Second), Duration(-2_000_000_000));
        assert_eq!(Duration(1_499_999_999).Round(Second), Second);
        assert_eq!(Duration(-1_700_000_000).Truncate(Second), Duration(-1_000_000_000));
        assert_eq!(LONGEST.Round(Hour), LONGEST);
        assert_eq!(SHORTEST.Round(Hour), SHORTEST);
        assert_eq!(SHORTEST.Abs(), LONGEST);
    }
}
