//! The calendar: days, months, weekdays, without zones.
//!
//! Days are counted from 1 January of year 1 in the Gregorian calendar extended backwards, as Go's zero time is. Must hold:
//! no arithmetic here overflows for any second count of 64 bits.

use goxide_macros::{GoNewtype, methods};

use crate::string::{Str, str};

/// A month; January is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, GoNewtype)]
#[go("time.Month")]
pub struct Month(pub isize);

/// A day of the week; Sunday is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, GoNewtype)]
#[go("time.Weekday")]
pub struct Weekday(pub isize);

macro_rules! names {
    ($ty:ident $list:ident from $first:literal: $($name:ident)*) => {
        /// The names in order.
        pub(super) const $list: &[&str] = &[$(stringify!($name)),*];
        names!(@ $ty $first; $($name)*);
    };
    (@ $ty:ident $number:expr; $name:ident $($rest:ident)*) => {
        #[allow(missing_docs)]
        pub const $name: $ty = $ty($number);
        names!(@ $ty $number + 1; $($rest)*);
    };
    (@ $ty:ident $number:expr;) => {};
}
names!(Month MONTHS from 1: January February March April May June July August September October November December);
names!(Weekday WEEKDAYS from 0: Sunday Monday Tuesday Wednesday Thursday Friday Saturday);

#[methods(reflected)]
#[allow(missing_docs)]
impl Month {
    pub fn String(self) -> Str {
        match usize::try_from(self.0 - 1).ok().and_then(|i| MONTHS.get(i)) {
            Some(name) => str(name),
            // As an unsigned number, like Go.
            None => Str::from(format!("%!Month({})", self.0 as u64)),
        }
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Weekday {
    pub fn String(self) -> Str {
        match usize::try_from(self.0).ok().and_then(|i| WEEKDAYS.get(i)) {
            Some(name) => str(name),
            None => Str::from(format!("%!Weekday({})", self.0 as u64)),
        }
    }
}

pub(super) const SECONDS_PER_DAY: i64 = 86_400;
/// From year 1 to 1970.
pub(super) const UNIX_EPOCH: i64 = days_before_year(1970) * SECONDS_PER_DAY;

/// Days from 1 January of year 1 to 1 January of `year`.
pub(super) const fn days_before_year(year: i64) -> i64 {
    let y = year - 1;
    y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400)
}

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a year before the first of a month.
fn days_before_month(month: i64, leap: bool) -> i64 {
    const BEFORE: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    let index = usize::try_from(month - 1).unwrap_or(0);
    BEFORE[index] + i64::from(leap && month > 2)
}

pub(super) fn days_in_month(month: i64, year: i64) -> i64 {
    let leap = is_leap(year);
    days_before_month(month + 1, leap) - days_before_month(month, leap)
}

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Day {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    /// From 1.
    pub(super) of_year: i64,
}

/// The day with this number.
pub(super) fn day_of(number: i64) -> Day {
    // Years, centuries and periods of 400 years have one day more or less; 146097 days make 400 years.
    let (periods, rest) = (number.div_euclid(146_097), number.rem_euclid(146_097));
    let centuries = (rest / 36_524).min(3);
    let rest = rest - centuries * 36_524;
    let (fours, rest) = (rest / 1_461, rest % 1_461);
    let years = (rest / 365).min(3);
    let year = periods * 400 + centuries * 100 + fours * 4 + years + 1;
    let of_year = rest - years * 365;
    let leap = is_leap(year);
    let month = (1..=12).rev().find(|&month| days_before_month(month, leap) <= of_year).unwrap_or(1);
    Day { year, month, day: of_year - days_before_month(month, leap) + 1, of_year: of_year + 1 }
}

/// The number of a day; month and day may lie outside of their ranges.
pub(super) fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year.wrapping_add((month - 1).div_euclid(12));
    let month = (month - 1).rem_euclid(12) + 1;
    let before = year.wrapping_sub(1);
    let days = before
        .wrapping_mul(365)
        .wrapping_add(before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400));
    days.wrapping_add(days_before_month(month, is_leap(year))).wrapping_add(day - 1)
}

/// The weekday of a day. The first day was a Monday.
pub(super) fn weekday_of(number: i64) -> Weekday {
    Weekday((number.rem_euclid(7) as isize + 1) % 7)
}

/// Year and week by ISO 8601: weeks begin on Monday, and belong to the year that has their Thursday.
pub(super) fn iso_week(number: i64) -> (i64, i64) {
    let thursday = number - number.rem_euclid(7) + 3;
    let day = day_of(thursday);
    (day.year, (day.of_year - 1) / 7 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for number in (-800_000..800_000).step_by(37) {
            let day = day_of(number);
            assert_eq!(number_of(day.year, day.month, day.day), number);
            assert_eq!(number_of(day.year, 1, day.of_year), number);
        }
    }

    #[test]
    fn known_days() {
        assert_eq!(UNIX_EPOCH, 62_135_596_800);
        let day = day_of(UNIX_EPOCH / SECONDS_PER_DAY + 19_782);
        assert_eq!(day, Day { year: 2024, month: 2, day: 29, of_year: 60 });
        assert_eq!(weekday_of(UNIX_EPOCH / SECONDS_PER_DAY), Thursday);
        assert_eq!(iso_week(number_of(2021, 1, 3)), (2020, 53));
        assert_eq!(iso_week(number_of(2024, 12, 30)), (2025, 1));
    }

    #[test]
    fn names() {
        assert_eq!(December.String(), str("December"));
        assert_eq!(Month(13).String(), str("%!Month(13)"));
        assert_eq!(Weekday(-1).String(), str("%!Weekday(18446744073709551615)"));
    }
}
