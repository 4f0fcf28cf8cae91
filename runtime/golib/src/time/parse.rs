//! How a moment is read by a layout (the parts are those of format.rs).
//!
//! Must hold: what is not said by the text is as in Go: year 0, January 1, midnight, UTC; an offset that is the local one
//! gives the local zone, another a zone of its own. A value out of range is told apart from text that cannot be read.

use goxide_macros::{GoStruct, methods};

use super::calendar::{MONTHS, Month, WEEKDAYS, days_in_month, is_leap};
use super::duration::{Duration, Second};
use super::format::{OffsetForm, Piece, next_piece};
use super::location::{FixedZone, Local, Location, lookup, offset_of_name, utc};
use super::moment::{Date, Time};
use super::text::{is_digit, quote};
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::view::{View, zero};

/// What could not be read, and by which part of the layout.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.ParseError")]
#[repr(C)]
pub struct ParseError {
    /// The layout.
    pub Layout: Str,
    /// The text.
    pub Value: Str,
    /// The part of the layout.
    pub LayoutElem: Str,
    /// The rest of the text.
    pub ValueElem: Str,
    /// What is wrong instead, if it is something else.
    pub Message: Str,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ParseError> {
    pub fn Error(self) -> Str {
        let quoted = |text: &Str| quote(text.as_bytes());
        let value = quoted(&self.Value);
        Str::from(match self.Message.is_empty() {
            true => format!(
                "parsing time {value} as {}: cannot parse {} as {}",
                quoted(&self.Layout),
                quoted(&self.ValueElem),
                quoted(&self.LayoutElem)
            ),
            false => format!("parsing time {value}{}", *self.Message),
        })
    }
}

/// Reads a moment; without an offset it is one of UTC.
pub fn Parse(layout: Str, value: Str) -> (Time, Error) {
    finish(layout, value, utc(), Local.get())
}

/// Reads a moment; without an offset it is one of `loc`, whose zones are looked up, too.
pub fn ParseInLocation(layout: Str, value: Str, loc: Ptr<Location>) -> (Time, Error) {
    finish(layout, value, loc, loc)
}

fn finish(layout: Str, value: Str, default: Ptr<Location>, local: Ptr<Location>) -> (Time, Error) {
    let read = Parsed::read(layout.as_bytes(), value.as_bytes());
    match read.and_then(|parsed| parsed.time(default, local)) {
        Ok(time) => (time, zero()),
        Err(Failed { part, rest, message }) => {
            let error = ParseError {
                Layout: layout,
                Value: value,
                LayoutElem: Str::copy_of(part),
                ValueElem: Str::copy_of(rest),
                Message: message.map_or(str(""), |message| Str::from(format!(": {message}"))),
            };
            (zero(), Error::of(Ptr::new(error)))
        }
    }
}

struct Failed<'a> {
    part: &'a [u8],
    rest: &'a [u8],
    message: Option<String>,
}

/// Why a part could not be read.
enum Bad {
    Text,
    /// What is out of range.
    Range(&'static str),
}

type Part<T> = Result<T, Bad>;

#[derive(Default)]
struct Parsed<'a> {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    pm: Option<bool>,
    utc: bool,
    offset: Option<i64>,
    zone: &'a [u8],
}

impl<'a> Parsed<'a> {
    fn read(layout: &'a [u8], value: &'a [u8]) -> Result<Parsed<'a>, Failed<'a>> {
        let mut parsed = Parsed::default();
        let (mut layout, mut value) = (layout, value);
        loop {
            let (before, piece, after) = next_piece(layout);
            if !skip(&mut value, before) {
                return Err(Failed { part: before, rest: value, message: None });
            }
            let Some((piece, part)) = piece else {
                if !value.is_empty() {
                    let message = Some(format!("extra text: {}", quote(value)));
                    return Err(Failed { part: b"", rest: value, message });
                }
                return Ok(parsed);
            };
            let hold = value;
            parsed.part(piece, &mut value, after).map_err(|bad| match bad {
                Bad::Text => Failed { part, rest: hold, message: None },
                Bad::Range(what) => {
                    Failed { part, rest: value, message: Some(format!("{what} out of range")) }
                }
            })?;
            layout = after;
        }
    }

    fn part(&mut self, piece: Piece, value: &mut &'a [u8], after: &[u8]) -> Part<()> {
        match piece {
            Piece::YearTwo => {
                let year = signed(cut(value, 2)?)?;
                self.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Piece::Year => self.year = digits(cut(value, 4)?)?,
            Piece::MonthName => self.month = Some(1 + name(value, MONTHS, usize::MAX)?),
            Piece::MonthShort => self.month = Some(1 + name(value, MONTHS, 3)?),
            Piece::MonthNumber | Piece::MonthTwo => {
                let month = number(value, 2, piece == Piece::MonthTwo)?;
                if !(1..=12).contains(&month) {
                    return Err(Bad::Range("month"));
                }
                self.month = Some(month);
            }
            Piece::WeekdayName => drop(name(value, WEEKDAYS, usize::MAX)?),
            Piece::WeekdayShort => drop(name(value, WEEKDAYS, 3)?),
            Piece::Day | Piece::DaySpaced | Piece::DayTwo => {
                if piece == Piece::DaySpaced {
                    skip_space(value);
                }
                self.day = Some(number(value, 2, piece == Piece::DayTwo)?);
            }
            Piece::YearDaySpaced | Piece::YearDayThree => {
                if piece == Piece::YearDaySpaced {
                    skip_space(value);
                    skip_space(value);
                }
                self.year_day = Some(number(value, 3, piece == Piece::YearDayThree)?);
            }
            Piece::Hour => self.hour = below(number(value, 2, false)?, 24, "hour")?,
            Piece::Hour12 | Piece::Hour12Two => {
                self.hour = below(number(value, 2, piece == Piece::Hour12Two)?, 13, "hour")?;
            }
            Piece::Minute | Piece::MinuteTwo => {
                self.minute = below(number(value, 2, piece == Piece::MinuteTwo)?, 60, "minute")?;
            }
            Piece::Second | Piece::SecondTwo => {
                self.second = below(number(value, 2, piece == Piece::SecondTwo)?, 60, "second")?;
                // A fraction may stand there even if the layout has none.
                let has_own = matches!(next_piece(after).1, Some((Piece::Fraction { .. }, _)));
                if !has_own {
                    self.optional_fraction(value)?;
                }
            }
            Piece::Pm | Piece::PmLower => {
                self.pm = Some(match (cut(value, 2)?, piece) {
                    (b"PM", Piece::Pm) | (b"pm", Piece::PmLower) => true,
                    (b"AM", Piece::Pm) | (b"am", Piece::PmLower) => false,
                    _ => return Err(Bad::Text),
                });
            }
            Piece::Offset(form) => match value.strip_prefix(b"Z") {
                Some(rest) if form.z => {
                    *value = rest;
                    self.utc = true;
                }
                _ => self.offset = Some(offset(value, form)?),
            },
            Piece::ZoneName => match value.strip_prefix(b"UTC") {
                Some(rest) => {
                    *value = rest;
                    self.utc = true;
                }
                None => {
                    let len = zone_name(value).ok_or(Bad::Text)?;
                    self.zone = cut(value, len)?;
                }
            },
            Piece::Fraction { digits, fixed: true } => {
                self.nanosecond = nanoseconds(cut(value, digits + 1)?)?
            }
            Piece::Fraction { fixed: false, .. } => self.optional_fraction(value)?,
        }
        Ok(())
    }

    fn optional_fraction(&mut self, value: &mut &'a [u8]) -> Part<()> {
        if let [b'.' | b',', rest @ ..] = *value {
            let len = rest.iter().take_while(|&&byte| is_digit(byte)).count();
            if len > 0 {
                self.nanosecond = nanoseconds(cut(value, len + 1)?)?;
            }
        }
        Ok(())
    }

    fn time(self, default: Ptr<Location>, local: Ptr<Location>) -> Result<Time, Failed<'a>> {
        let fail = |message: &str| Failed { part: b"", rest: b"", message: Some(message.to_string()) };
        let hour = match self.pm {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let (month, day) = match self.year_day {
            Some(year_day) => {
                let (month, day) =
                    of_year_day(self.year, year_day).ok_or_else(|| fail("day-of-year out of range"))?;
                if self.month.is_some_and(|said| said != month) {
                    return Err(fail("day-of-year does not match month"));
                }
                if self.day.is_some_and(|said| said != day) {
                    return Err(fail("day-of-year does not match day"));
                }
                (month, day)
            }
            None => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
        };
        if day < 1 || day > days_in_month(month, self.year) {
            return Err(fail("day out of range"));
        }
        let at = |loc: Ptr<Location>| {
            Date(
                self.year as isize,
                Month(month as isize),
                day as isize,
                hour as isize,
                self.minute as isize,
                self.second as isize,
                self.nanosecond as isize,
                loc,
            )
        };
        let earlier = |offset: i64| at(utc()).Add(Duration(-offset * Second.0));
        if self.utc {
            return Ok(at(utc()));
        }
        if let Some(offset) = self.offset {
            let time = earlier(offset);
            let zone = lookup(local, time.Unix()).zone;
            let is_local =
                zone.offset as i64 == offset && (self.zone.is_empty() || self.zone == zone.name.as_bytes());
            return Ok(time.In(match is_local {
                true => local,
                false => FixedZone(Str::copy_of(self.zone), offset as isize),
            }));
        }
        if !self.zone.is_empty() {
            if let Some(offset) = offset_of_name(local, self.zone, at(utc()).Unix()) {
                return Ok(earlier(offset).In(local));
            }
            // A name says nothing about the offset, except after GMT, where it changes only what is shown.
            let hours = self.zone.strip_prefix(b"GMT").and_then(|hours| std::str::from_utf8(hours).ok());
            let hours = hours.and_then(|hours| hours.parse::<isize>().ok()).unwrap_or(0);
            return Ok(at(utc()).In(FixedZone(Str::copy_of(self.zone), hours * 3600)));
        }
        Ok(at(default))
    }
}

fn of_year_day(year: i64, year_day: i64) -> Option<(i64, i64)> {
    let in_year = 365 + i64::from(is_leap(year));
    if !(1..=in_year).contains(&year_day) {
        return None;
    }
    let mut day = year_day;
    let month = (1..=12).find(|&month| {
        let here = day <= days_in_month(month, year);
        if !here {
            day -= days_in_month(month, year);
        }
        here
    })?;
    Some((month, day))
}

/// Takes the text between parts away; a space there stands for any number of them, or none at the end.
fn skip(value: &mut &[u8], mut text: &[u8]) -> bool {
    while let Some((&byte, rest)) = text.split_first() {
        if byte == b' ' {
            if value.first().is_some_and(|&byte| byte != b' ') {
                return false;
            }
            text = text.trim_ascii_start();
            while let [b' ', rest @ ..] = *value {
                *value = rest;
            }
            continue;
        }
        if value.first() != Some(&byte) {
            return false;
        }
        *value = &value[1..];
        text = rest;
    }
    true
}

fn skip_space(value: &mut &[u8]) {
    *value = value.strip_prefix(b" ").unwrap_or(value);
}

fn cut<'a>(value: &mut &'a [u8], len: usize) -> Part<&'a [u8]> {
    value.split_off(..len).ok_or(Bad::Text)
}

fn digits(text: &[u8]) -> Part<i64> {
    text.iter().try_fold(0, |sum, &byte| match is_digit(byte) {
        true => Ok(sum * 10 + i64::from(byte - b'0')),
        false => Err(Bad::Text),
    })
}

/// At most `most` digits, exactly as many if `fixed`.
fn number(value: &mut &[u8], most: usize, fixed: bool) -> Part<i64> {
    let len = value.iter().take(most).take_while(|&&byte| is_digit(byte)).count();
    if len == 0 || fixed && len != most {
        return Err(Bad::Text);
    }
    digits(cut(value, len)?)
}

fn below(value: i64, limit: i64, what: &'static str) -> Part<i64> {
    if value < limit { Ok(value) } else { Err(Bad::Range(what)) }
}

/// One of the names, or its first letters, in whatever case.
fn name(value: &mut &[u8], names: &[&str], letters: usize) -> Part<i64> {
    for (i, name) in names.iter().enumerate() {
        let name = &name.as_bytes()[..name.len().min(letters)];
        if value.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            *value = &value[name.len()..];
            return Ok(i as i64);
        }
    }
    Err(Bad::Text)
}

/// Digits, before which a sign may stand; none is 0, as in Go.
fn signed(text: &[u8]) -> Part<i64> {
    match text {
        [b'-', rest @ ..] => digits(rest).map(|value| -value),
        [b'+', rest @ ..] => digits(rest),
        _ => digits(text),
    }
}

/// A point or comma and digits, of which nine count. Go takes a sign for one of them.
fn nanoseconds(text: &[u8]) -> Part<i64> {
    let [b'.' | b',', fraction @ ..] = text else { return Err(Bad::Text) };
    let fraction = &fraction[..fraction.len().min(9)];
    match signed(fraction)? {
        ..0 => Err(Bad::Range("fractional second")),
        value => Ok(value * 10i64.pow(9 - fraction.len() as u32)),
    }
}

fn offset(value: &mut &[u8], form: OffsetForm) -> Part<i64> {
    let colons = usize::from(form.colons);
    let len = 3 + if form.minutes { 2 + colons } else { 0 } + if form.seconds { 2 + colons } else { 0 };
    let text = cut(value, len)?;
    let step = 2 + colons;
    if form.colons && text[3..].iter().step_by(step).any(|&byte| byte != b':') {
        return Err(Bad::Text);
    }
    // Some write offsets of 24 hours or 60 minutes. Of what is out of range the last is named, before what is no number.
    let names = ["time zone offset hour", "time zone offset minute", "time zone offset second"];
    let (mut offset, mut range, mut text_is_bad) = (0, None, false);
    for (i, (what, limit)) in names.into_iter().zip([25, 61, 61]).enumerate() {
        let part = text.get(1 + i * step..3 + i * step).filter(|_| !text_is_bad).unwrap_or(b"00");
        match digits(part) {
            Ok(part) => {
                offset = offset * 60 + part;
                range = if part < limit { range } else { Some(what) };
            }
            Err(_) => text_is_bad = true,
        }
    }
    match (range, text[0]) {
        (Some(what), _) => Err(Bad::Range(what)),
        (None, b'+') if !text_is_bad => Ok(offset),
        (None, b'-') if !text_is_bad => Ok(-offset),
        _ => Err(Bad::Text),
    }
}

/// The length of a zone's name at the start: three to five capitals, or a sign and hours.
fn zone_name(value: &[u8]) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with(b"ChST") || value.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = value.strip_prefix(b"GMT") {
        return Some(3 + signed_hours(rest).unwrap_or(0));
    }
    if matches!(value[0], b'+' | b'-') {
        return signed_hours(value);
    }
    match value.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count() {
        5 if value[4] == b'T' => Some(5),
        4 if value[3] == b'T' || value.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

fn signed_hours(value: &[u8]) -> Option<usize> {
    let [b'+' | b'-', rest @ ..] = value else { return None };
    let len = rest.iter().take_while(|&&byte| is_digit(byte)).count();
    let hours: u64 = std::str::from_utf8(&rest[..len]).ok()?.parse().ok()?;
    (hours <= 23).then_some(1 + len)
}
