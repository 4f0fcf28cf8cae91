//! The rule behind the end of a time zone file: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX, with RFC 9636's wider hours).

use super::calendar::{SECONDS_PER_DAY, UNIX_EPOCH, day_of, days_in_month, is_leap, number_of};
use super::location::{Holding, Zone};
use crate::string::Str;

/// What the rule says of a moment; `last` is when the file's last change was.
pub(super) fn lookup(rule: &[u8], last: i64, unix: i64) -> Option<Holding> {
    let mut text = rule;
    let standard = name(&mut text)?;
    let standard_offset = -offset(&mut text)?;
    let standard = Zone { name: standard, offset: standard_offset as isize, dst: false };
    if text.is_empty() || text[0] == b',' {
        return Some(Holding { zone: standard, from: last, until: i64::MAX });
    }
    let summer = name(&mut text)?;
    let summer_offset = match text.first() {
        None | Some(b',') => standard_offset + 3600,
        Some(_) => -offset(&mut text)?,
    };
    let summer = Zone { name: summer, offset: summer_offset as isize, dst: true };
    if text.is_empty() {
        text = b",M3.2.0,M11.1.0";
    }
    take(&mut text, b',')?;
    let begin = change(&mut text)?;
    take(&mut text, b',')?;
    let end = change(&mut text)?;
    if !text.is_empty() {
        return None;
    }

    // as in Go, no answer reaches beyond the year of UTC that it is asked for; years have 365 days for that
    let year = day_of((unix + UNIX_EPOCH).div_euclid(SECONDS_PER_DAY)).year;
    let january = number_of(year, 1, 1) * SECONDS_PER_DAY - UNIX_EPOCH;
    let (mut begins, mut ends) =
        (begin.second_of(year) - standard_offset, end.second_of(year) - summer_offset);
    let (mut outside, mut inside) = (standard, summer);
    if ends < begins {
        (begins, ends, outside, inside) = (ends, begins, summer, standard);
    }
    let second = unix - january;
    let (zone, from, until) = if second < begins {
        (outside, 0, begins)
    } else if second < ends {
        (inside, begins, ends)
    } else {
        (outside, ends, 365 * SECONDS_PER_DAY)
    };
    Some(Holding { zone, from: january + from, until: january + until })
}

fn take(text: &mut &[u8], byte: u8) -> Option<()> {
    *text = text.strip_prefix(&[byte])?;
    Some(())
}

/// Letters, or anything between angle brackets.
fn name(text: &mut &[u8]) -> Option<Str> {
    let (name, rest) = match text.strip_prefix(b"<") {
        Some(inner) => {
            let end = inner.iter().position(|&byte| byte == b'>')?;
            (&inner[..end], &inner[end + 1..])
        }
        None => text.split_at(text.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len())),
    };
    *text = rest;
    (name.len() >= 3).then(|| Str::copy_of(name))
}

fn number(text: &mut &[u8], range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value = std::str::from_utf8(digits).ok()?.parse().ok()?;
    *text = rest;
    range.contains(&value).then_some(value)
}

/// `[+-]hh[:mm[:ss]]` in seconds.
fn offset(text: &mut &[u8]) -> Option<i64> {
    let negative = text.first() == Some(&b'-');
    if let [b'-' | b'+', rest @ ..] = *text {
        *text = rest;
    }
    let mut seconds = number(text, 0..=24 * 7)? * 3600;
    for unit in [60, 1] {
        if take(text, b':').is_none() {
            break;
        }
        seconds += number(text, 0..=59)? * unit;
    }
    Some(if negative { -seconds } else { seconds })
}

/// When in a year clocks change.
struct Rule {
    day: RuleDay,
    time: i64,
}

enum RuleDay {
    /// The n-th day from 1, 29 February never counted.
    Julian(i64),
    /// The n-th day from 0.
    OfYear(i64),
    /// Month, week (5 is the last), weekday.
    Week(i64, i64, i64),
}

fn change(text: &mut &[u8]) -> Option<Rule> {
    let day = if take(text, b'J').is_some() {
        RuleDay::Julian(number(text, 1..=365)?)
    } else if take(text, b'M').is_some() {
        let month = number(text, 1..=12)?;
        take(text, b'.')?;
        let week = number(text, 1..=5)?;
        take(text, b'.')?;
        RuleDay::Week(month, week, number(text, 0..=6)?)
    } else {
        RuleDay::OfYear(number(text, 0..=365)?)
    };
    let time = if take(text, b'/').is_some() { offset(text)? } else { 2 * 3600 };
    Some(Rule { day, time })
}

impl Rule {
    /// Seconds from the start of the year as clocks show them before the change.
    fn second_of(&self, year: i64) -> i64 {
        let days = match self.day {
            RuleDay::Julian(n) => n - 1 + i64::from(is_leap(year) && n >= 60),
            RuleDay::OfYear(n) => n,
            RuleDay::Week(month, week, weekday) => {
                let first = number_of(year, month, 1);
                // Day 0 of the calendar was a Monday.
                let skip = (weekday - (first + 1)).rem_euclid(7);
                let day = skip + 7 * (week - 1);
                let day = if day >= days_in_month(month, year) { day - 7 } else { day };
                first + day - number_of(year, 1, 1)
            }
        };
        days * SECONDS_PER_DAY + self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Europe's summer time of 2050 begins on 27 March at 1:00 UTC and ends on 30 October at 1:00 UTC.
    #[test]
    fn europe() {
        let rule = b"CET-1CEST,M3.5.0,M10.5.0/3";
        let begin = number_of(2050, 3, 27) * SECONDS_PER_DAY - UNIX_EPOCH + 3600;
        let end = number_of(2050, 10, 30) * SECONDS_PER_DAY - UNIX_EPOCH + 3600;
        for (unix, name) in [(begin - 1, "CET"), (begin, "CEST"), (end - 1, "CEST"), (end, "CET")] {
            let holding = lookup(rule, 0, unix).map(|holding| holding.zone.name.to_string());
            assert_eq!(holding.as_deref(), Some(name), "{unix}");
        }
        let summer = lookup(rule, 0, begin).map(|holding| (holding.from, holding.until, holding.zone.offset));
        assert_eq!(summer, Some((begin, end, 7200)));
    }

    #[test]
    fn others() {
        let fixed = lookup(b"<+0530>-5:30", 7, 8).map(|holding| (holding.zone.offset, holding.from));
        assert_eq!(fixed, Some((19_800, 7)));
        assert!(lookup(b"CET-1CEST,M3.5.0", 0, 0).is_none());
        // Southern summer spans the turn of the year.
        let january = number_of(2050, 1, 1) * SECONDS_PER_DAY - UNIX_EPOCH;
        let sydney = lookup(b"AEST-10AEDT,M10.1.0,M4.1.0/3", 0, january).map(|holding| holding.zone.offset);
        assert_eq!(sydney, Some(39_600));
    }
}
