//! Go's layouts: how a moment is written. parse.rs reads by the same pieces.
//!
//! A layout is text in which the parts of the reference time, 2 January 2006 15:04:05 at -0700, stand for what is to be
//! written. Must hold: `next_piece` alone decides what is a part, so that writing and reading agree.

use super::calendar::{MONTHS, WEEKDAYS};
use super::moment::{Shown, Time};
use super::text::{is_digit, push_number};

/// A part of a layout.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Piece {
    /// `January`, `Jan`
    MonthName,
    MonthShort,
    /// `1`, `01`
    MonthNumber,
    MonthTwo,
    /// `Monday`, `Mon`
    WeekdayName,
    WeekdayShort,
    /// `2`, `_2`, `02`
    Day,
    DaySpaced,
    DayTwo,
    /// `__2`, `002`
    YearDaySpaced,
    YearDayThree,
    /// `15`, `3`, `03`
    Hour,
    Hour12,
    Hour12Two,
    /// `4`, `04`
    Minute,
    MinuteTwo,
    /// `5`, `05`
    Second,
    SecondTwo,
    /// `2006`, `06`
    Year,
    YearTwo,
    /// `PM`, `pm`
    Pm,
    PmLower,
    /// `MST`
    ZoneName,
    /// `-0700` and its like
    Offset(OffsetForm),
    /// `.000` and `.999`, with a comma as well: how many digits, and whether trailing zeros stay
    Fraction {
        digits: usize,
        fixed: bool,
    },
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct OffsetForm {
    /// `Z` stands for UTC.
    pub(super) z: bool,
    pub(super) colons: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

/// A part and how it is written.
pub(super) type Written<'a> = (Piece, &'a [u8]);

/// Cuts a layout at its first part: the text before it, the part, the rest.
pub(super) fn next_piece(layout: &[u8]) -> (&[u8], Option<Written<'_>>, &[u8]) {
    for start in 0..layout.len() {
        if let Some((piece, skip, len)) = piece_at(&layout[start..]) {
            let (before, rest) = layout.split_at(start + skip);
            let (text, rest) = rest.split_at(len);
            return (before, Some((piece, text)), rest);
        }
    }
    (layout, None, &[])
}

/// The part that starts here: what comes before it, and its length.
fn piece_at(text: &[u8]) -> Option<(Piece, usize, usize)> {
    use Piece::*;
    let fixed: &[(&str, Piece)] = match text[0] {
        b'J' => &[("January", MonthName), ("Jan", MonthShort)],
        b'M' => &[("Monday", WeekdayName), ("Mon", WeekdayShort), ("MST", ZoneName)],
        b'0' => &[
            ("002", YearDayThree),
            ("01", MonthTwo),
            ("02", DayTwo),
            ("03", Hour12Two),
            ("04", MinuteTwo),
            ("05", SecondTwo),
            ("06", YearTwo),
        ],
        b'1' => &[("15", Hour), ("1", MonthNumber)],
        b'2' => &[("2006", Year), ("2", Day)],
        b'_' if text.starts_with(b"_2006") => return Some((Year, 1, 4)),
        b'_' => &[("_2", DaySpaced), ("__2", YearDaySpaced)],
        b'3' => &[("3", Hour12)],
        b'4' => &[("4", Minute)],
        b'5' => &[("5", Second)],
        b'P' => &[("PM", Pm)],
        b'p' => &[("pm", PmLower)],
        b'-' | b'Z' => return offset_at(text).map(|(piece, len)| (piece, 0, len)),
        b'.' | b',' => return fraction_at(text).map(|(piece, len)| (piece, 0, len)),
        _ => return None,
    };
    let &(name, piece) = fixed.iter().find(|(name, _)| text.starts_with(name.as_bytes()))?;
    // `Jan` is no part of `Janus`.
    let is_short = matches!(piece, MonthShort | WeekdayShort);
    let goes_on = is_short && text.get(name.len()).is_some_and(u8::is_ascii_lowercase);
    (!goes_on).then_some((piece, 0, name.len()))
}

fn offset_at(text: &[u8]) -> Option<(Piece, usize)> {
    let rest = &text[1..];
    let (len, colons, minutes, seconds) = if rest.starts_with(b"070000") {
        (7, false, true, true)
    } else if rest.starts_with(b"07:00:00") {
        (9, true, true, true)
    } else if rest.starts_with(b"0700") {
        (5, false, true, false)
    } else if rest.starts_with(b"07:00") {
        (6, true, true, false)
    } else if rest.starts_with(b"07") {
        (3, false, false, false)
    } else {
        return None;
    };
    Some((Piece::Offset(OffsetForm { z: text[0] == b'Z', colons, minutes, seconds }), len))
}

fn fraction_at(text: &[u8]) -> Option<(Piece, usize)> {
    let digit = *text.get(1).filter(|&&digit| digit == b'0' || digit == b'9')?;
    let digits = text[1..].iter().take_while(|&&byte| byte == digit).count();
    // A longer number is not about fractions.
    let ends = !text.get(digits + 1).is_some_and(|&byte| is_digit(byte));
    ends.then_some((Piece::Fraction { digits, fixed: digit == b'0' }, digits + 1))
}

/// Writes a moment by a layout.
pub(super) fn write(time: Time, layout: &[u8], out: &mut Vec<u8>) {
    let shown = time.shown();
    let mut rest = layout;
    loop {
        let (before, piece, after) = next_piece(rest);
        out.extend_from_slice(before);
        let Some((piece, text)) = piece else { return };
        write_piece(&shown, piece, text[0], out);
        rest = after;
    }
}

fn write_piece(shown: &Shown, piece: Piece, first: u8, out: &mut Vec<u8>) {
    let Shown { day, zone, .. } = *shown;
    let (hour, min, sec) = (shown.second / 3600, shown.second / 60 % 60, shown.second % 60);
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let month = MONTHS[day.month as usize - 1].as_bytes();
    let weekday = WEEKDAYS[shown.weekday.0 as usize].as_bytes();
    match piece {
        Piece::MonthName => out.extend_from_slice(month),
        Piece::MonthShort => out.extend_from_slice(&month[..3]),
        Piece::MonthNumber => push_number(out, day.month, 0),
        Piece::MonthTwo => push_number(out, day.month, 2),
        Piece::WeekdayName => out.extend_from_slice(weekday),
        Piece::WeekdayShort => out.extend_from_slice(&weekday[..3]),
        Piece::Day => push_number(out, day.day, 0),
        Piece::DaySpaced => out.extend_from_slice(format!("{:2}", day.day).as_bytes()),
        Piece::DayTwo => push_number(out, day.day, 2),
        Piece::YearDaySpaced => out.extend_from_slice(format!("{:3}", day.of_year).as_bytes()),
        Piece::YearDayThree => push_number(out, day.of_year, 3),
        Piece::Hour => push_number(out, hour, 2),
        Piece::Hour12 => push_number(out, hour12, 0),
        Piece::Hour12Two => push_number(out, hour12, 2),
        Piece::Minute => push_number(out, min, 0),
        Piece::MinuteTwo => push_number(out, min, 2),
        Piece::Second => push_number(out, sec, 0),
        Piece::SecondTwo => push_number(out, sec, 2),
        Piece::Year => push_number(out, day.year, 4),
        Piece::YearTwo => push_number(out, (day.year % 100).abs(), 2),
        Piece::Pm => out.extend_from_slice(if hour >= 12 { b"PM" } else { b"AM" }),
        Piece::PmLower => out.extend_from_slice(if hour >= 12 { b"pm" } else { b"am" }),
        Piece::ZoneName => {
            if !zone.name.is_empty() {
                out.extend_from_slice(zone.name.as_bytes());
                return;
            }
            // No name is known: the offset stands for it.
            let minutes = zone.offset as i64 / 60;
            out.push(if minutes < 0 { b'-' } else { b'+' });
            push_number(out, minutes.abs() / 60, 2);
            push_number(out, minutes.abs() % 60, 2);
        }
        Piece::Offset(form) => write_offset(zone.offset as i64, form, out),
        Piece::Fraction { digits, fixed } => {
            let start = out.len();
            out.push(first);
            push_number(out, shown.nanosecond, 9);
            // nine digits, unless the moment was made of bytes with more
            out.truncate(out.len() - 9usize.saturating_sub(digits));
            if !fixed {
                let kept = out[start + 1..].iter().rposition(|&digit| digit != b'0');
                out.truncate(kept.map_or(start, |last| start + last + 2));
            }
        }
    }
}

fn write_offset(offset: i64, form: OffsetForm, out: &mut Vec<u8>) {
    if form.z && offset == 0 {
        out.push(b'Z');
        return;
    }
    let minutes = offset / 60;
    out.push(if minutes < 0 { b'-' } else { b'+' });
    push_number(out, minutes.abs() / 60, 2);
    if form.colons {
        out.push(b':');
    }
    if form.minutes {
        push_number(out, minutes.abs() % 60, 2);
    }
    if form.seconds {
        if form.colons {
            out.push(b':');
        }
        push_number(out, offset.abs() % 60, 2);
    }
}
