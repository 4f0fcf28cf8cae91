//! The interfaces by which values print themselves, and what a `Formatter` gets to see of the printer.

use goxide_macros::{GoStruct, interface, methods};

use super::format::Flags;
use crate::interface::Error;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::Str;
use crate::value::bytes_of;
use crate::view::{View, zero};

/// Values that say their own text.
#[interface("fmt.Stringer")]
pub trait Stringer {
    fn String(self) -> Str;
}

/// Values that say how they are written in Go.
#[interface("fmt.GoStringer")]
pub trait GoStringer {
    fn GoString(self) -> Str;
}

/// What a `Formatter` writes to and asks for the flags.
#[interface("fmt.State")]
pub trait State {
    fn Write(self, b: Slice<u8>) -> (isize, Error);
    fn Width(self) -> (isize, bool);
    fn Precision(self) -> (isize, bool);
    fn Flag(self, c: isize) -> bool;
}

/// Values that format themselves.
#[interface("fmt.Formatter")]
pub trait Formatter {
    fn Format(self, f: State, verb: i32);
}

/// The `State` of golib: what was written, and the flags. Values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("fmt.pp")]
#[repr(C)]
pub struct Printing {
    buf: Slice<u8>,
    wid: isize,
    prec: isize,
    widPresent: bool,
    precPresent: bool,
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
}

impl Printing {
    pub(super) fn of(flags: &Flags) -> Printing {
        Printing {
            buf: zero(),
            wid: flags.width.unwrap_or(0) as isize,
            prec: flags.precision.unwrap_or(0) as isize,
            widPresent: flags.width.is_some(),
            precPresent: flags.precision.is_some(),
            minus: flags.minus,
            plus: flags.plus || flags.plus_v,
            sharp: flags.sharp || flags.sharp_v,
            space: flags.space,
            zero: flags.zero,
        }
    }
}

/// What was written.
pub(super) fn written<'a>(state: Ptr<Printing>) -> &'a [u8] {
    bytes_of(*state.buf)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Printing> {
    pub fn Write(self, b: Slice<u8>) -> (isize, Error) {
        self.buf.set(self.buf.append_slice(b));
        (b.len(), zero())
    }
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        self.buf.set(self.buf.append_str(s));
        (s.len(), zero())
    }
    pub fn Width(self) -> (isize, bool) {
        (*self.wid, *self.widPresent)
    }
    pub fn Precision(self) -> (isize, bool) {
        (*self.prec, *self.precPresent)
    }
    pub fn Flag(self, c: isize) -> bool {
        match u8::try_from(c) {
            Ok(b'-') => *self.minus,
            Ok(b'+') => *self.plus,
            Ok(b'#') => *self.sharp,
            Ok(b' ') => *self.space,
            Ok(b'0') => *self.zero,
            _ => false,
        }
    }
}
