//! Large tables of moments, compared with what Go prints by a hash: the Go program is `oracle/times.go`. To see where a table
//! differs, set `GOXIDE_TABLE=FILE` and compare the file with what the program prints, given the table's name.

use goxide_golib::prelude::*;
use goxide_golib::time::{self, Duration, Location, LocationMethods, Month, Time};

struct Table(Vec<u8>, u64);

impl Table {
    fn new() -> Table {
        Table(Vec::new(), 1)
    }

    fn line(&mut self, text: impl AsRef<[u8]>) {
        self.0.extend_from_slice(text.as_ref());
        self.0.push(b'\n');
    }

    /// The same numbers as the Go program.
    fn next(&mut self) -> u64 {
        self.1 = self.1.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.1 ^ self.1 >> 29
    }

    fn below(&mut self, limit: u64) -> i64 {
        (self.next() % limit) as i64
    }

    /// Compares the FNV-1a hash.
    fn check(&self, expected: u64) {
        if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
            std::fs::write(file, &self.0).unwrap();
        }
        let step = |h: u64, &b: &u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        assert_eq!(self.0.iter().fold(0xcbf2_9ce4_8422_2325, step), expected, "the table differs from Go's");
    }

    fn moment(&mut self, i: usize) -> Time {
        let (a, b) = (self.next(), self.next());
        let sec = match i % 4 {
            0 => (a % 4_000_000_000) as i64,
            1 => (a % 400_000_000_000) as i64 - 200_000_000_000,
            2 => (a % 100_000) as i64 * 86_400,
            _ => -62_135_596_800 + (a % 1000) as i64 - 500,
        };
        let nsec =
            if i.is_multiple_of(5) { (b % 1000) as i64 * 1_000_000 } else { (b % 1_000_000_000) as i64 };
        time::Unix(sec, nsec).In(zones()[i % 4])
    }
}

fn zones() -> [Ptr<Location>; 4] {
    thread_local! {
        static ZONES: [Ptr<Location>; 4] = [
            time::UTC.get(),
            time::FixedZone(str("X"), 3600),
            time::FixedZone(str(""), -12_600),
            time::FixedZone(str("ODD"), -3723),
        ];
    }
    ZONES.with(|zones| *zones)
}

const LAYOUTS: [Str; 23] = [
    time::Layout,
    time::ANSIC,
    time::UnixDate,
    time::RubyDate,
    time::RFC822,
    time::RFC822Z,
    time::RFC850,
    time::RFC1123,
    time::RFC1123Z,
    time::RFC3339,
    time::RFC3339Nano,
    time::Kitchen,
    time::Stamp,
    time::StampMilli,
    time::StampMicro,
    time::StampNano,
    time::DateTime,
    time::DateOnly,
    time::TimeOnly,
    str("002 __2 _2 _2006 2 1 3pm 4 5 .00 ,999 06"),
    str("Z0700 Z07 -07 -07:00:00 Z07:00:00 -070000 Z070000"),
    str("Janus Monk January Monday Jan Mon 15h05 .000000000001"),
    str("2006-01-02T15:04:05.999999999 -0700 MST"),
];

fn err_text(err: Error) -> String {
    if err.is_nil() { "<nil>".to_string() } else { err.Error().to_string() }
}

fn fields(t: Time) -> String {
    let (year, week) = t.ISOWeek();
    let (name, offset) = t.Zone();
    let date = format!("{} {} {} {} {}", t.Unix(), t.Nanosecond(), t.Year(), t.Month().0, t.Day());
    let clock = format!("{} {} {} {} {}", t.Hour(), t.Minute(), t.Second(), t.Weekday().0, t.YearDay());
    let unix = format!("{} {} {}", t.UnixNano(), t.UnixMilli(), t.UnixMicro());
    format!("{date} {clock} {year} {week} {name} {offset} {unix} {} {}", t.IsZero(), t.String())
}

#[test]
fn format() {
    let mut table = Table::new();
    for i in 0..2000 {
        let t = table.moment(i);
        table.line(fields(t));
        table.line(t.Format(LAYOUTS[i % LAYOUTS.len()]).as_bytes());
    }
    table.check(FORMAT);
}

#[test]
fn arithmetic() {
    let mut table = Table::new();
    for i in 0..2000 {
        let (t, u) = (table.moment(i), table.moment(i + 1));
        let d = table.next() as i64;
        let d = Duration(if i % 2 == 0 { d % 1_000_000_000_000_000 } else { d });
        let (a, b, c) = (table.below(50) - 25, table.below(100) - 50, table.below(1000) - 500);
        let (a, b, c) = (a as isize, b as isize, c as isize);
        table.line(fields(t.Add(d)));
        table.line(t.Sub(u).String().as_bytes());
        table.line(fields(t.AddDate(a, b, c)));
        table.line(fields(t.Truncate(d)));
        table.line(fields(t.Round(d)));
        table.line(std::format!("{} {} {} {}", t.Before(u), t.After(u), t.Equal(u), t.Compare(u)));
        let date = time::Date(a * 100, Month(b), c, a * 7, b * 31, c * 17, a * 123_456_789, zones()[i % 4]);
        table.line(fields(date));
        let (round, cut) = (table.below(1_000_000_000_000), table.below(1_000_000_000_000));
        table.line(std::format!(
            "{} {}",
            d.Round(Duration(round)).String(),
            d.Truncate(Duration(cut)).String()
        ));
    }
    table.check(ARITHMETIC);
}

#[test]
fn parse() {
    let mut table = Table::new();
    for i in 0..6000 {
        let t = table.moment(i * 3);
        let layout = LAYOUTS[table.below(LAYOUTS.len() as u64) as usize];
        let mut text = t.Format(layout).as_bytes().to_vec();
        if i % 3 != 0 && !text.is_empty() {
            for _ in 0..table.below(3) {
                let at = table.below(text.len() as u64) as usize;
                match table.below(4) {
                    0 => text[at] = b'0' + table.below(10) as u8,
                    1 => text[at] = b" -+:.,TZaPX\x01"[table.below(12) as usize],
                    2 => text.push(text[at]),
                    _ => {
                        text.remove(at);
                        if text.is_empty() {
                            text.push(b'7');
                        }
                    }
                }
            }
        }
        let (u, err) = time::ParseInLocation(layout, Str::copy_of(&text), zones()[i % 4]);
        let mut line = text;
        line.extend_from_slice(std::format!(" {} {}", fields(u), err_text(err)).as_bytes());
        table.line(line);
    }
    table.check(PARSE);
}

/// Needs the system's time zone files, whose zones here are as they have been for long.
#[test]
fn zone_files() {
    let mut table = Table::new();
    for name in [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "America/St_Johns",
        "",
        "UTC",
        "No/Where",
        "../x",
        "/etc",
    ] {
        let (loc, err) = time::LoadLocation(str(name));
        table.line(std::format!("{name} {}", err_text(err)));
        if !err.is_nil() {
            continue;
        }
        table.line(loc.String().as_bytes());
        for i in 0..300 {
            let sec = table.below(4_000_000_000);
            let t = time::Unix(sec, 0).In(loc);
            table.line(std::format!("{} {}", fields(t), t.IsDST()));
            for month in [time::March, time::October] {
                table.line(fields(time::Date(1970 + i, month, 31 - i % 7, i % 24, i % 60, 0, 0, loc)));
            }
            for layout in [time::RFC1123, time::RFC1123Z] {
                let (u, err) = time::ParseInLocation(layout, t.Format(layout), loc);
                table.line(fields(u) + &err_text(err));
            }
        }
    }
    table.check(ZONES);
}

const FORMAT: u64 = 0x7f84_1323_3900_75e8;
const ARITHMETIC: u64 = 0x4a1a_2173_3bdc_1d51;
const PARSE: u64 = 0x47ae_ddc0_3fd6_67cc;
const ZONES: u64 = 0xfa76_c921_6a74_7217;
