//! `time.Time`: a moment, with the place it is shown for.
//!
//! ```text
//! wall: 1 | 33 bits of seconds since 1885 | 30 bits of nanoseconds      ext: nanoseconds of the monotonic clock
//!       0 |                             0 | 30 bits of nanoseconds      ext: seconds since year 1
//! ```
//! Both words are zero at the zero time, midnight of 1 January of year 1, UTC. Must hold: the first form is only for what
//! `Now` gave and for sums that stay within 1885 to 2157, like Go's, so that programs see the same of the monotonic clock.
//! A nil location is UTC.

use std::cmp::Ordering;
use std::time::{SystemTime, UNIX_EPOCH as SYSTEM_EPOCH};

use goxide_macros::{GoStruct, methods};

use super::calendar::{
    self, Day, Month, SECONDS_PER_DAY, UNIX_EPOCH, Weekday, day_of, days_before_year, number_of,
};
use super::duration::{Duration, LONGEST, SHORTEST};
use super::location::{Location, Zone, offset_of_shown};
use super::{Parse, RFC3339, marshal};
use crate::errors;
use crate::interface::{Error, any};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::value::bytes_of;
use crate::view::{View, nil, zero};

/// A moment with nanoseconds.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.Time")]
#[repr(C)]
pub struct Time {
    #[doc(hidden)]
    pub wall: u64,
    #[doc(hidden)]
    pub ext: i64,
    #[doc(hidden)]
    pub loc: Ptr<Location>,
}

/// What a clock and a calendar show.
pub(super) struct Shown {
    pub(super) zone: Zone,
    pub(super) day: Day,
    pub(super) weekday: Weekday,
    /// Of the day.
    pub(super) second: i64,
    pub(super) nanosecond: i64,
}

const MONOTONIC: u64 = 1 << 63;
const NANOSECOND_BITS: u32 = 30;
/// Where the 33 bits of seconds begin, in seconds since year 1, and how far they reach.
const FIRST_SECOND: i64 = days_before_year(1885) * SECONDS_PER_DAY;
const LAST_SECOND: i64 = FIRST_SECOND + (1 << 33) - 1;
const BILLION: i64 = 1_000_000_000;

/// Nanoseconds of the monotonic clock since the program first asked, plus one.
fn monotonic() -> i64 {
    static START: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    let now = goxide::__private::timer::now();
    now.saturating_sub(*START.get_or_init(|| now)) as i64 + 1
}

/// The present moment.
pub fn Now() -> Time {
    let (seconds, nanoseconds) = match SystemTime::now().duration_since(SYSTEM_EPOCH) {
        Ok(after) => (after.as_secs() as i64, i64::from(after.subsec_nanos())),
        Err(error) => {
            let before = error.duration().as_nanos() as i64;
            ((-before).div_euclid(BILLION), (-before).rem_euclid(BILLION))
        }
    };
    let mut now = Time::of(UNIX_EPOCH + seconds, nanoseconds, super::Local.get());
    let seconds = now.seconds();
    if (FIRST_SECOND..=LAST_SECOND).contains(&seconds) {
        now.wall |= MONOTONIC | ((seconds - FIRST_SECOND) as u64) << NANOSECOND_BITS;
        now.ext = monotonic();
    }
    now
}

/// The moment so many seconds and nanoseconds after the start of 1970.
pub fn Unix(sec: i64, nsec: i64) -> Time {
    let seconds = sec.wrapping_add(nsec.div_euclid(BILLION));
    Time::of(seconds.wrapping_add(UNIX_EPOCH), nsec.rem_euclid(BILLION), super::Local.get())
}

/// The moment so many milliseconds after the start of 1970.
pub fn UnixMilli(msec: i64) -> Time {
    Unix(msec.div_euclid(1_000), msec.rem_euclid(1_000) * 1_000_000)
}

/// The moment so many microseconds after the start of 1970.
pub fn UnixMicro(usec: i64) -> Time {
    Unix(usec.div_euclid(1_000_000), usec.rem_euclid(1_000_000) * 1_000)
}

/// How long it is since `t`.
pub fn Since(t: Time) -> Duration {
    Now().Sub(t)
}

/// How long it is until `t`.
pub fn Until(t: Time) -> Duration {
    t.Sub(Now())
}

/// The moment that clocks in `loc` show so. What lies outside of its range counts on.
#[allow(clippy::too_many_arguments)]
pub fn Date(
    year: isize,
    month: Month,
    day: isize,
    hour: isize,
    min: isize,
    sec: isize,
    nsec: isize,
    loc: Ptr<Location>,
) -> Time {
    if loc.is_nil() {
        panic(any(str("time: missing Location in call to Date")));
    }
    let sec = sec as i64 + (nsec as i64).div_euclid(BILLION);
    let day = number_of(year as i64, month.0 as i64, day as i64);
    let of_day =
        (hour as i64).wrapping_mul(3600).wrapping_add((min as i64).wrapping_mul(60)).wrapping_add(sec);
    let shown = day.wrapping_mul(SECONDS_PER_DAY).wrapping_add(of_day);
    let unix = shown.wrapping_sub(UNIX_EPOCH);
    let offset = offset_of_shown(loc, unix);
    Time::of(shown.wrapping_sub(offset), (nsec as i64).rem_euclid(BILLION), loc)
}

impl Time {
    /// Seconds since year 1, nanoseconds, and where.
    pub(super) fn of(seconds: i64, nanoseconds: i64, loc: Ptr<Location>) -> Time {
        let is_utc = loc == super::location::utc();
        Time { wall: nanoseconds as u64, ext: seconds, loc: if is_utc { nil() } else { loc } }
    }

    fn is_monotonic(self) -> bool {
        self.wall & MONOTONIC != 0
    }

    /// Seconds since year 1.
    pub(super) fn seconds(self) -> i64 {
        match self.is_monotonic() {
            true => FIRST_SECOND + (self.wall << 1 >> (NANOSECOND_BITS + 1)) as i64,
            false => self.ext,
        }
    }

    fn nanoseconds(self) -> i64 {
        (self.wall & ((1 << NANOSECOND_BITS) - 1)) as i64
    }

    fn unix(self) -> i64 {
        self.seconds().wrapping_sub(UNIX_EPOCH)
    }

    /// Without the monotonic clock.
    fn stripped(self) -> Time {
        Time { wall: self.nanoseconds() as u64, ext: self.seconds(), loc: self.loc }
    }

    fn zone(self) -> Zone {
        if self.loc.is_nil() { Zone::UTC } else { super::location::lookup(self.loc, self.unix()).zone }
    }

    /// Seconds since year 1 as a clock there shows them.
    fn clock(self) -> i64 {
        self.seconds().wrapping_add(self.zone().offset as i64)
    }

    fn day_number(self) -> i64 {
        self.clock().div_euclid(SECONDS_PER_DAY)
    }

    fn calendar_day(self) -> Day {
        day_of(self.day_number())
    }

    /// All that a clock and a calendar there show.
    pub(super) fn shown(self) -> Shown {
        let zone = self.zone();
        let clock = self.seconds().wrapping_add(zone.offset as i64);
        let number = clock.div_euclid(SECONDS_PER_DAY);
        Shown {
            zone,
            day: day_of(number),
            weekday: calendar::weekday_of(number),
            second: clock.rem_euclid(SECONDS_PER_DAY),
            nanosecond: self.nanoseconds(),
        }
    }

    fn order(self, other: Time) -> Ordering {
        match self.is_monotonic() && other.is_monotonic() {
            true => self.ext.cmp(&other.ext),
            false => (self.seconds(), self.nanoseconds()).cmp(&(other.seconds(), other.nanoseconds())),
        }
    }

    fn offset_by(self, seconds: i64, nanoseconds: i64) -> Time {
        let nanoseconds = self.nanoseconds() + nanoseconds;
        let seconds = self.seconds().saturating_add(seconds).saturating_add(nanoseconds.div_euclid(BILLION));
        Time { wall: nanoseconds.rem_euclid(BILLION) as u64, ext: seconds, loc: self.loc }
    }

    /// What is left of the time since the zero time after whole units, and whether the moment is before the zero time.
    fn rest(self, unit: Duration) -> i128 {
        let all = i128::from(self.seconds()) * i128::from(BILLION) + i128::from(self.nanoseconds());
        all.rem_euclid(i128::from(unit.0))
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Time {
    pub fn IsZero(self) -> bool {
        self.seconds() == 0 && self.nanoseconds() == 0
    }
    pub fn After(self, u: Time) -> bool {
        self.order(u).is_gt()
    }
    pub fn Before(self, u: Time) -> bool {
        self.order(u).is_lt()
    }
    pub fn Compare(self, u: Time) -> isize {
        self.order(u) as isize
    }
    pub fn Equal(self, u: Time) -> bool {
        self.order(u).is_eq()
    }
    pub fn Add(self, d: Duration) -> Time {
        let sum = self.offset_by(d.0 / BILLION, d.0 % BILLION);
        if !self.is_monotonic() {
            return sum;
        }
        match self.ext.checked_add(d.0) {
            Some(ext) if (FIRST_SECOND..=LAST_SECOND).contains(&sum.ext) => Time {
                wall: sum.wall | MONOTONIC | ((sum.ext - FIRST_SECOND) as u64) << NANOSECOND_BITS,
                ext,
                loc: self.loc,
            },
            _ => sum,
        }
    }
    pub fn Sub(self, u: Time) -> Duration {
        let difference = match self.is_monotonic() && u.is_monotonic() {
            true => i128::from(self.ext) - i128::from(u.ext),
            false => {
                (i128::from(self.seconds()) - i128::from(u.seconds())) * i128::from(BILLION)
                    + i128::from(self.nanoseconds() - u.nanoseconds())
            }
        };
        match i64::try_from(difference) {
            Ok(difference) => Duration(difference),
            Err(_) if difference < 0 => SHORTEST,
            Err(_) => LONGEST,
        }
    }
    pub fn AddDate(self, years: isize, months: isize, days: isize) -> Time {
        let Day { year, month, day, .. } = self.calendar_day();
        let (hour, min, sec) = self.Clock();
        Date(
            (year as isize).wrapping_add(years),
            Month((month as isize).wrapping_add(months)),
            (day as isize).wrapping_add(days),
            hour,
            min,
            sec,
            self.nanoseconds() as isize,
            self.Location(),
        )
    }
    pub fn Truncate(self, d: Duration) -> Time {
        let time = self.stripped();
        if d.0 <= 0 {
            return time;
        }
        time.Add(Duration(-(time.rest(d) as i64)))
    }
    pub fn Round(self, d: Duration) -> Time {
        let time = self.stripped();
        if d.0 <= 0 {
            return time;
        }
        let rest = time.rest(d) as i64;
        let down = rest < d.0 - rest;
        time.Add(Duration(if down { -rest } else { d.0 - rest }))
    }
    pub fn Year(self) -> isize {
        self.calendar_day().year as isize
    }
    pub fn Month(self) -> Month {
        Month(self.calendar_day().month as isize)
    }
    pub fn Day(self) -> isize {
        self.calendar_day().day as isize
    }
    pub fn YearDay(self) -> isize {
        self.calendar_day().of_year as isize
    }
    pub fn Date(self) -> (isize, Month, isize) {
        let Day { year, month, day, .. } = self.calendar_day();
        (year as isize, Month(month as isize), day as isize)
    }
    pub fn Clock(self) -> (isize, isize, isize) {
        let second = self.clock().rem_euclid(SECONDS_PER_DAY) as isize;
        (second / 3600, second / 60 % 60, second % 60)
    }
    pub fn Hour(self) -> isize {
        self.Clock().0
    }
    pub fn Minute(self) -> isize {
        self.Clock().1
    }
    pub fn Second(self) -> isize {
        self.Clock().2
    }
    pub fn Nanosecond(self) -> isize {
        self.nanoseconds() as isize
    }
    pub fn Weekday(self) -> Weekday {
        calendar::weekday_of(self.day_number())
    }
    pub fn ISOWeek(self) -> (isize, isize) {
        let (year, week) = calendar::iso_week(self.day_number());
        (year as isize, week as isize)
    }
    pub fn Unix(self) -> i64 {
        self.unix()
    }
    pub fn UnixMilli(self) -> i64 {
        self.unix().wrapping_mul(1_000).wrapping_add(self.nanoseconds() / 1_000_000)
    }
    pub fn UnixMicro(self) -> i64 {
        self.unix().wrapping_mul(1_000_000).wrapping_add(self.nanoseconds() / 1_000)
    }
    pub fn UnixNano(self) -> i64 {
        self.unix().wrapping_mul(BILLION).wrapping_add(self.nanoseconds())
    }
    pub fn UTC(self) -> Time {
        Time { loc: nil(), ..self.stripped() }
    }
    pub fn Local(self) -> Time {
        Time { loc: super::Local.get(), ..self.stripped() }
    }
    pub fn In(self, loc: Ptr<Location>) -> Time {
        if loc.is_nil() {
            panic(any(str("time: missing Location in call to Time.In")));
        }
        Time::of(self.seconds(), self.nanoseconds(), loc)
    }
    pub fn Location(self) -> Ptr<Location> {
        if self.loc.is_nil() { super::location::utc() } else { self.loc }
    }
    pub fn Zone(self) -> (Str, isize) {
        let zone = self.zone();
        (zone.name, zone.offset)
    }
    pub fn IsDST(self) -> bool {
        self.zone().dst
    }
    pub fn Format(self, layout: Str) -> Str {
        let mut text = Vec::new();
        super::format::write(self, layout.as_bytes(), &mut text);
        Str::copy_of(&text)
    }
    pub fn AppendFormat(self, b: Slice<u8>, layout: Str) -> Slice<u8> {
        let mut text = Vec::new();
        super::format::write(self, layout.as_bytes(), &mut text);
        b.append_bytes(&text)
    }
    pub fn String(self) -> Str {
        let mut text = Vec::new();
        super::format::write(self, b"2006-01-02 15:04:05.999999999 -0700 MST", &mut text);
        if self.is_monotonic() {
            let sign = if self.ext < 0 { '-' } else { '+' };
            let all = self.ext.unsigned_abs();
            let (seconds, rest) = (all / BILLION.unsigned_abs(), all % BILLION.unsigned_abs());
            text.extend_from_slice(format!(" m={sign}{seconds}.{rest:09}").as_bytes());
        }
        Str::copy_of(&text)
    }
    pub fn GoString(self) -> Str {
        marshal::go_source(self)
    }
    pub fn ZoneBounds(self) -> (Time, Time) {
        let holding = super::location::lookup(self.Location(), self.unix());
        let at = |unix: i64, never: i64| {
            if unix == never { zero() } else { Time::of(unix.wrapping_add(UNIX_EPOCH), 0, self.loc) }
        };
        (at(holding.from, i64::MIN), at(holding.until, i64::MAX))
    }
    pub fn MarshalBinary(self) -> (Slice<u8>, Error) {
        self.AppendBinary(zero())
    }
    pub fn AppendBinary(self, b: Slice<u8>) -> (Slice<u8>, Error) {
        match marshal::binary(self) {
            Ok(bytes) => (b.append_bytes(&bytes), zero()),
            Err(err) => (b, err),
        }
    }
    pub fn GobEncode(self) -> (Slice<u8>, Error) {
        self.MarshalBinary()
    }
    pub fn MarshalText(self) -> (Slice<u8>, Error) {
        match marshal::text(self) {
            Ok(text) => (Slice::from_static(&text), zero()),
            Err(why) => (zero(), marshal::refused("Time.MarshalText", why)),
        }
    }
    pub fn AppendText(self, b: Slice<u8>) -> (Slice<u8>, Error) {
        match marshal::text(self) {
            Ok(text) => (b.append_bytes(&text), zero()),
            Err(why) => (zero(), marshal::refused("Time.AppendText", why)),
        }
    }
    pub fn MarshalJSON(self) -> (Slice<u8>, Error) {
        match marshal::text(self) {
            Ok(text) => (Slice::from_static(&[b"\"", &text[..], b"\""].concat()), zero()),
            Err(why) => (zero(), marshal::refused("Time.MarshalJSON", why)),
        }
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Time> {
    pub fn UnmarshalBinary(self, data: Slice<u8>) -> Error {
        match marshal::from_binary(bytes_of(data)) {
            Ok(time) => {
                self.set(time);
                zero()
            }
            Err(why) => errors::New(str(why)),
        }
    }
    pub fn GobDecode(self, data: Slice<u8>) -> Error {
        self.UnmarshalBinary(data)
    }
    pub fn UnmarshalJSON(self, data: Slice<u8>) -> Error {
        match bytes_of(data) {
            b"null" => zero(),
            [b'"', text @ .., b'"'] => marshal::store(self, Parse(RFC3339, Str::copy_of(text))),
            _ => errors::New(str("Time.UnmarshalJSON: input is not a JSON string")),
        }
    }
    pub fn UnmarshalText(self, data: Slice<u8>) -> Error {
        marshal::store(self, Parse(RFC3339, Str::copy_of(bytes_of(data))))
    }
}
