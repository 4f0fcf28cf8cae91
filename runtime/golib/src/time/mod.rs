//! Go's package `time`.
//!
//! Calendar, layouts and zone files are read and written by code of our own: what programs print is Go's to the letter, and
//! golib stays small. Missing: the encodings (`MarshalJSON`, `MarshalText`, `MarshalBinary`, `GobEncode` and their
//! counterparts), `GoString`, `ZoneBounds`, `LoadLocationFromTZData`.

mod calendar;
mod duration;
mod format;
mod location;
mod marshal;
mod moment;
mod parse;
mod posix;
mod text;
mod timer;
mod zone_file;

use crate::string::{Str, str};

pub use calendar::{
    April, August, December, February, Friday, January, July, June, March, May, Monday, Month, November,
    October, Saturday, September, Sunday, Thursday, Tuesday, Wednesday, Weekday,
};
pub use duration::{Duration, Hour, Microsecond, Millisecond, Minute, Nanosecond, ParseDuration, Second};
pub use location::{FixedZone, LoadLocation, Local, Location, LocationMethods, UTC};
pub use marshal::LoadLocationFromTZData;
pub use moment::{Date, Now, Since, Time, TimeMethods, Unix, UnixMicro, UnixMilli, Until};
pub use parse::{Parse, ParseError, ParseErrorMethods, ParseInLocation};
pub use timer::{
    After, AfterFunc, NewTicker, NewTimer, Sleep, Tick, Ticker, TickerMethods, Timer, TimerMethods,
};

macro_rules! layouts {
    ($($name:ident = $text:literal;)*) => {$(
        #[doc = concat!("The layout `", $text, "`.")]
        pub const $name: Str = str($text);
    )*};
}
layouts! {
    Layout = "01/02 03:04:05PM '06 -0700";
    ANSIC = "Mon Jan _2 15:04:05 2006";
    UnixDate = "Mon Jan _2 15:04:05 MST 2006";
    RubyDate = "Mon Jan 02 15:04:05 -0700 2006";
    RFC822 = "02 Jan 06 15:04 MST";
    RFC822Z = "02 Jan 06 15:04 -0700";
    RFC850 = "Monday, 02-Jan-06 15:04:05 MST";
    RFC1123 = "Mon, 02 Jan 2006 15:04:05 MST";
    RFC1123Z = "Mon, 02 Jan 2006 15:04:05 -0700";
    RFC3339 = "2006-01-02T15:04:05Z07:00";
    RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00";
    Kitchen = "3:04PM";
    Stamp = "Jan _2 15:04:05";
    StampMilli = "Jan _2 15:04:05.000";
    StampMicro = "Jan _2 15:04:05.000000";
    StampNano = "Jan _2 15:04:05.000000000";
    DateTime = "2006-01-02 15:04:05";
    DateOnly = "2006-01-02";
    TimeOnly = "15:04:05";
}
