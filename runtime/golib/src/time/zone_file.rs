//! Time zone files as the system has them (RFC 9636).
//!
//! Must hold: a file that is damaged gives nothing, never a wrong zone: every count and index in it is checked.

use super::location::{Change, Location, Zone};
use crate::slice::Slice;
use crate::string::Str;
use crate::view::zero;

const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/", "/etc/zoneinfo/"];
/// No honest file is larger.
const LARGEST: usize = 10 << 20;

/// The place with this name; `ZONEINFO` names a folder to look into first.
pub(super) fn find(name: &str) -> Option<Location> {
    let own = std::env::var("ZONEINFO").ok().filter(|own| !own.is_empty()).map(|own| format!("{own}/"));
    let mut folders = own.iter().map(String::as_str).chain(FOLDERS);
    let place = folders.find_map(|folder| read(&format!("{folder}{name}")))?;
    Some(Location { name: Str::from(name), ..place })
}

/// Reads a file; the place has no name yet.
pub(super) fn read(path: &str) -> Option<Location> {
    let bytes = std::fs::read(path).ok().filter(|bytes| bytes.len() <= LARGEST)?;
    parse(&bytes)
}

/// The numbers of a header.
struct Counts {
    ut: usize,
    std: usize,
    leaps: usize,
    changes: usize,
    zones: usize,
    letters: usize,
}

fn header<'a>(bytes: &mut &'a [u8]) -> Option<(u8, Counts)> {
    let head: &'a [u8] = bytes.split_off(..44)?;
    let number = |i: usize| Some(be32(head.get(20 + 4 * i..24 + 4 * i)?)? as usize);
    let counts = Counts {
        ut: number(0)?,
        std: number(1)?,
        leaps: number(2)?,
        changes: number(3)?,
        zones: number(4)?,
        letters: number(5)?,
    };
    (&head[..4] == b"TZif").then_some((head[4], counts))
}

fn be32(bytes: &[u8]) -> Option<i32> {
    Some(i32::from_be_bytes(bytes.try_into().ok()?))
}

fn be64(bytes: &[u8]) -> Option<i64> {
    Some(i64::from_be_bytes(bytes.try_into().ok()?))
}

/// Reads the contents of a file.
pub(super) fn parse(mut bytes: &[u8]) -> Option<Location> {
    let (version, mut counts) = header(&mut bytes)?;
    let mut width = 4;
    if version >= b'2' {
        // The same again with wider numbers.
        let skip = counts.changes * 5
            + counts.zones * 6
            + counts.letters
            + counts.leaps * 8
            + counts.std
            + counts.ut;
        bytes = bytes.get(skip..)?;
        counts = header(&mut bytes)?.1;
        width = 8;
    }
    let times = bytes.split_off(..counts.changes.checked_mul(width)?)?;
    let indices = bytes.split_off(..counts.changes)?;
    let zone_records = bytes.split_off(..counts.zones.checked_mul(6)?)?;
    let letters = bytes.split_off(..counts.letters)?;
    bytes = bytes.get(counts.leaps.checked_mul(width + 4)? + counts.std + counts.ut..)?;
    let rule = match bytes {
        [b'\n', rule @ .., b'\n'] if version >= b'2' => Str::copy_of(rule),
        _ => zero(),
    };

    let mut zones: Slice<Zone> = zero();
    for record in zone_records.chunks_exact(6) {
        let name = letters.get(usize::from(record[5])..)?;
        let name = &name[..name.iter().position(|&letter| letter == 0)?];
        let offset = be32(&record[..4])? as isize;
        zones = zones.append(Zone { name: Str::copy_of(name), offset, dst: record[4] != 0 });
    }
    let mut changes: Slice<Change> = zero();
    for (time, &zone) in times.chunks_exact(width).zip(indices) {
        let when = if width == 8 { be64(time)? } else { i64::from(be32(time)?) };
        if usize::from(zone) >= counts.zones {
            return None;
        }
        changes = changes.append(Change { when, zone: isize::from(zone) });
    }
    (counts.zones > 0).then(|| Location { zones, changes, rule, ..zero() })
}
