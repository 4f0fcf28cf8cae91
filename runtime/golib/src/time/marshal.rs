//! Moments as bytes, as text for JSON and its like, and as Go source.
//!
//! What must hold: the bytes are those of Go, version 1 or, for offsets that are no whole minutes, 2; the text is RFC 3339 with
//! as many digits as there are, and whatever that format cannot say is refused.

use super::calendar::{MONTHS, UNIX_EPOCH};
use super::location::{FixedZone, Location, lookup, utc};
use super::moment::Time;
use super::{Local, RFC3339Nano};
use crate::errors;
use crate::interface::Error;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::strconv;
use crate::string::{Str, str};
use crate::value::bytes_of;
use crate::view::{View, zero};

const WHOLE_MINUTES: u8 = 1;
const WITH_SECONDS: u8 = 2;
/// Version, seconds, nanoseconds, minutes of the offset.
const LEN: usize = 1 + 8 + 4 + 2;
/// In place of the minutes: UTC.
const AT_UTC: i16 = -1;

/// The bytes of a moment.
pub(super) fn binary(time: Time) -> Result<Vec<u8>, Error> {
    let (_, offset) = time.Zone();
    let (minutes, seconds) = (offset / 60, offset % 60);
    let minutes = if time.Location() == super::UTC.get() {
        AT_UTC
    } else {
        match i16::try_from(minutes) {
            Ok(minutes) if minutes != AT_UTC => minutes,
            _ => return Err(errors::New(str("Time.MarshalBinary: unexpected zone offset"))),
        }
    };
    let with_seconds = minutes != AT_UTC && seconds != 0;
    let mut bytes = vec![if with_seconds { WITH_SECONDS } else { WHOLE_MINUTES }];
    bytes.extend(time.seconds().to_be_bytes());
    bytes.extend((time.Nanosecond() as i32).to_be_bytes());
    bytes.extend(minutes.to_be_bytes());
    bytes.extend(with_seconds.then_some(seconds as u8));
    Ok(bytes)
}

/// The moment that such bytes are of.
pub(super) fn from_binary(bytes: &[u8]) -> Result<Time, &'static str> {
    let Some(&version) = bytes.first() else { return Err("Time.UnmarshalBinary: no data") };
    let seconds = match version {
        WHOLE_MINUTES if bytes.len() == LEN => 0,
        WITH_SECONDS if bytes.len() == LEN + 1 => isize::from(bytes[LEN] as i8),
        WHOLE_MINUTES | WITH_SECONDS => return Err("Time.UnmarshalBinary: invalid length"),
        _ => return Err("Time.UnmarshalBinary: unsupported version"),
    };
    let word =
        |from: usize, len: usize| bytes[from..from + len].iter().fold(0, |w, b| w << 8 | u64::from(*b));
    let (unix, nanoseconds) = (word(1, 8) as i64, word(9, 4) as i32);
    let minutes = isize::from(word(13, 2) as i16);
    let offset = minutes * 60 + seconds;
    let loc = if offset == -60 {
        utc()
    } else if lookup(Local.get(), unix.wrapping_sub(UNIX_EPOCH)).zone.offset == offset {
        Local.get()
    } else {
        FixedZone(str(""), offset)
    };
    Ok(Time::of(unix, i64::from(nanoseconds), loc))
}

/// The moment as RFC 3339 has it, or why it cannot.
pub(super) fn text(time: Time) -> Result<Vec<u8>, &'static str> {
    let text = time.Format(RFC3339Nano).as_bytes().to_vec();
    if text.get(4) != Some(&b'-') {
        return Err("year outside of range [0,9999]");
    }
    if let [.., sign, tens, ones, _, _, _] = text[..]
        && !text.ends_with(b"Z")
        && (sign.is_ascii_digit() || (tens - b'0') * 10 + (ones - b'0') >= 24)
    {
        return Err("timezone hour outside of range [0,23]");
    }
    Ok(text)
}

/// Why there is no text, with the name of who wanted it.
pub(super) fn refused(who: &'static str, why: &'static str) -> Error {
    errors::New(str(who) + str(": ") + str(why))
}

/// A moment as Go source.
pub(super) fn go_source(time: Time) -> Str {
    let (year, month, day) = time.Date();
    let (hour, min, sec) = time.Clock();
    let month = MONTHS[month.0 as usize - 1];
    let place = time.Location();
    let place = if place == super::UTC.get() {
        str("time.UTC")
    } else if place == Local.get() {
        str("time.Local")
    } else {
        Str::concat([str("time.Location("), strconv::Quote(super::LocationMethods::String(place)), str(")")])
    };
    let nanosecond = time.Nanosecond();
    Str::from(format!("time.Date({year}, time.{month}, {day}, {hour}, {min}, {sec}, {nanosecond}, {place})"))
}

/// Stores what was read.
pub(super) fn store(place: Ptr<Time>, read: (Time, Error)) -> Error {
    let (time, err) = read;
    // also the zero time of a failure, as in Go
    place.set(time);
    err
}

/// The place that a time zone file's contents describe.
pub fn LoadLocationFromTZData(name: Str, data: Slice<u8>) -> (Ptr<Location>, Error) {
    match super::zone_file::parse(bytes_of(data)) {
        Some(place) => (Ptr::new(Location { name, ..place }), zero()),
        None => (zero(), errors::New(str("malformed time zone information"))),
    }
}
