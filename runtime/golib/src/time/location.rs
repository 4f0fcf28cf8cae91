//! `time.Location`: what clocks at a place show, from the system's time zone files.
//!
//! Must hold: the local zone is read when it is first needed, from `TZ` as Go understands it; a moment behind the last
//! change of a file goes by the rule in the file's last line (posix.rs). An own reader was preferred to a crate: golib is
//! compiled for every user, and the format is small.

use std::sync::Once;

use goxide_macros::{GoStruct, methods};

use super::{posix, zone_file};
use crate::errors;
use crate::global::Global;
use crate::interface::Error;
use crate::ptr::Ptr;
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::view::{View, nil, zero};

/// One of the ways in which clocks at a place have been set.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.zone")]
#[repr(C)]
pub struct Zone {
    pub(super) name: Str,
    /// Seconds east of UTC.
    pub(super) offset: isize,
    pub(super) dst: bool,
}

impl Zone {
    pub(super) const UTC: Zone = Zone { name: str("UTC"), offset: 0, dst: false };
}

/// From when on which zone holds.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.zoneTrans")]
#[repr(C)]
pub struct Change {
    /// Seconds since 1970.
    pub(super) when: i64,
    pub(super) zone: isize,
}

/// A place, with its zones through history.
#[derive(Clone, Copy, GoStruct)]
#[go("time.Location")]
#[repr(C)]
pub struct Location {
    pub(super) name: Str,
    pub(super) zones: Slice<Zone>,
    pub(super) changes: Slice<Change>,
    /// The rule for all time behind the last change, as POSIX writes it.
    pub(super) rule: Str,
}

static AT_UTC: Global<Location> = Global::new(Location { name: str("UTC"), ..zero() });
static HERE: Global<Location> = Global::zero();

/// Universal time.
pub static UTC: Global<Ptr<Location>> = Global::new(Ptr::from_raw(AT_UTC.raw()));
/// The zone of the system.
pub static Local: Global<Ptr<Location>> = Global::new(Ptr::from_raw(HERE.raw()));

/// What `UTC` is unless a program sets it.
pub(super) fn utc() -> Ptr<Location> {
    AT_UTC.addr()
}

/// The contents of a location, with the local one read.
fn loaded(loc: Ptr<Location>) -> Location {
    static READ: Once = Once::new();
    if loc.is_nil() {
        return AT_UTC.get();
    }
    if loc == HERE.addr() {
        READ.call_once(|| HERE.set(local_by_environment()));
    }
    loc.get()
}

fn local_by_environment() -> Location {
    let tz = crate::os::lookup(b"TZ").map(|tz| String::from_utf8_lossy(&tz).into_owned());
    let tz = tz.as_deref().map(|tz| tz.strip_prefix(':').unwrap_or(tz));
    let found = match tz {
        None => zone_file::read("/etc/localtime").map(|place| Location { name: str("Local"), ..place }),
        Some("" | "UTC") => None,
        Some(path) if path.starts_with('/') => {
            let name = if path == "/etc/localtime" { str("Local") } else { Str::from(path) };
            zone_file::read(path).map(|place| Location { name, ..place })
        }
        Some(name) => zone_file::find(name),
    };
    found.unwrap_or_else(|| AT_UTC.get())
}

/// The place with this name in the system's time zone files, such as `Europe/Berlin`.
pub fn LoadLocation(name: Str) -> (Ptr<Location>, Error) {
    let text = name.to_text();
    match &*text {
        "" | "UTC" => return (utc(), zero()),
        "Local" => return (HERE.addr(), zero()),
        path if path.split('/').any(|part| part == "..") || path.starts_with(['/', '\\']) => {
            return (nil(), errors::New(str("time: invalid location name")));
        }
        _ => {}
    }
    match zone_file::find(&text) {
        Some(place) => (Ptr::new(place), zero()),
        None => (nil(), errors::New(str("unknown time zone ") + name)),
    }
}

/// A place that is always so many seconds east of UTC.
pub fn FixedZone(name: Str, offset: isize) -> Ptr<Location> {
    Ptr::new(Location { name, zones: slice([Zone { name, offset, dst: false }]), ..zero() })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Location> {
    pub fn String(self) -> Str {
        loaded(self).name
    }
}

/// A zone and the time for which it holds.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) zone: Zone,
    pub(super) from: i64,
    pub(super) until: i64,
}

/// What holds at a place at a moment (seconds since 1970).
pub(super) fn lookup(loc: Ptr<Location>, unix: i64) -> Holding {
    let place = loaded(loc);
    if place.zones.is_empty() {
        return Holding { zone: Zone::UTC, from: i64::MIN, until: i64::MAX };
    }
    let count = place.changes.len();
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if *place.changes[middle].when <= unix { low = middle + 1 } else { high = middle }
    }
    let until = if low < count { *place.changes[low].when } else { i64::MAX };
    if low == 0 {
        let first = *place.zones[first_zone(place)];
        return Holding { zone: first, from: i64::MIN, until };
    }
    let change = *place.changes[low - 1];
    if low == count
        && !place.rule.is_empty()
        && let Some(holding) = posix::lookup(place.rule.as_bytes(), change.when, unix)
    {
        return holding;
    }
    Holding { zone: *place.zones[change.zone], from: change.when, until }
}

/// The zone before the first change: one that no change leads to, else the first without summer time.
fn first_zone(place: Location) -> isize {
    let used = place.changes.iter().any(|change| change.zone == 0);
    if !used {
        return 0;
    }
    let first = *place.changes[0].zone;
    if *place.zones[first].dst
        && let Some(before) = (0..first).rev().find(|&zone| !*place.zones[zone].dst)
    {
        return before;
    }
    (0..place.zones.len()).find(|&zone| !*place.zones[zone].dst).unwrap_or(0)
}

/// The offset at a place when its clocks show `shown` (as if it were seconds since 1970). Where clocks skip or repeat it,
/// one of the two that are near.
pub(super) fn offset_of_shown(loc: Ptr<Location>, shown: i64) -> i64 {
    let guess = lookup(loc, shown);
    let offset = guess.zone.offset as i64;
    if offset == 0 {
        return 0;
    }
    let unix = shown.wrapping_sub(offset);
    if (guess.from..guess.until).contains(&unix) {
        return offset;
    }
    lookup(loc, unix).zone.offset as i64
}

/// The offset of the zone that has this name at a place, seen from clocks that show `shown`.
pub(super) fn offset_of_name(loc: Ptr<Location>, name: &[u8], shown: i64) -> Option<i64> {
    let place = loaded(loc);
    let named = || place.zones.iter().filter(|zone| zone.name.as_bytes() == name);
    let fits = named().find_map(|zone| {
        let there = lookup(loc, shown.wrapping_sub(zone.offset as i64)).zone;
        (there.name.as_bytes() == name).then_some(there.offset as i64)
    });
    fits.or_else(|| named().next().map(|zone| zone.offset as i64))
}
