//! Go's package `log`.
//!
//! Must hold: one message is one write, and messages do not mix.

use goxide::__private::sema::RawMutex;
use goxide_macros::{GoStruct, methods};

use crate::fmt;
use crate::global::Global;
use crate::interface::{Any, Error, Interface, any};
use crate::io;
use crate::os;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::sync::Mutex;
use crate::sync::overlay::overlay;
use crate::time;
use crate::trace;
use crate::view::{View, zero};

/// The date.
pub const Ldate: isize = 1;
/// The time.
pub const Ltime: isize = 2;
/// The time with microseconds.
pub const Lmicroseconds: isize = 4;
/// The file with its folder, and the line.
pub const Llongfile: isize = 8;
/// The file and the line.
pub const Lshortfile: isize = 16;
/// Both in UTC.
pub const LUTC: isize = 32;
/// The prefix right before the message.
pub const Lmsgprefix: isize = 64;
/// What a logger has that was not told otherwise.
pub const LstdFlags: isize = Ldate | Ltime;

/// A logger; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("log.Logger")]
#[repr(C)]
pub struct Logger {
    prefix: Str,
    flag: isize,
    out: io::Writer,
    writing: Mutex,
}

static STANDARD: Global<Logger> = Global::zero();

/// Gives the standard logger what it has at the start.
pub(crate) fn start() {
    STANDARD.set(Logger { flag: LstdFlags, out: io::Writer::of(os::Stderr.get()), ..zero() });
}

/// Unlocks when the writer panics, too.
struct Locked(&'static RawMutex);

impl Drop for Locked {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

/// Runs `body` while nobody else changes or uses the logger.
fn locked<R>(of: Ptr<Logger>, body: impl FnOnce() -> R) -> R {
    let lock: &RawMutex = overlay(of.writing.addr());
    lock.lock();
    let _locked = Locked(lock);
    body()
}

/// Writes a message of the Go function that called golib, or one that called that `above` times.
fn write_from(of: Ptr<Logger>, above: usize, text: Str) -> Error {
    let now = time::Now();
    let (flag, prefix) = locked(of, || (*of.flag, *of.prefix));
    let mut line = Vec::new();
    let prefixed = flag & Lmsgprefix != 0;
    if !prefixed {
        line.extend_from_slice(prefix.as_bytes());
    }
    let now = if flag & LUTC != 0 { now.UTC() } else { now };
    if flag & Ldate != 0 {
        line.extend_from_slice(now.Format(str("2006/01/02 ")).as_bytes());
    }
    if flag & Lmicroseconds != 0 {
        line.extend_from_slice(now.Format(str("15:04:05.000000 ")).as_bytes());
    } else if flag & Ltime != 0 {
        line.extend_from_slice(now.Format(str("15:04:05 ")).as_bytes());
    }
    if flag & (Lshortfile | Llongfile) != 0 {
        let (file, number) = match trace::caller(above) {
            Some((_, frame)) if frame.line > 0 => (frame.file, frame.line),
            _ => ("???", 0),
        };
        let short = file.rsplit('/').next().unwrap_or_default();
        let file = if flag & Lshortfile != 0 { short } else { file };
        line.extend_from_slice(format!("{file}:{number}: ").as_bytes());
    }
    if prefixed {
        line.extend_from_slice(prefix.as_bytes());
    }
    line.extend_from_slice(text.as_bytes());
    if line.last() != Some(&b'\n') {
        line.push(b'\n');
    }
    let line = Slice::from_static(&line);
    locked(of, || (*of.out).Write(line).1)
}

fn write(of: Ptr<Logger>, text: Str) -> Error {
    write_from(of, 0, text)
}

fn fatal(of: Ptr<Logger>, text: Str) {
    write(of, text);
    os::Exit(1);
}

fn panicking(of: Ptr<Logger>, text: Str) {
    write(of, text);
    panic(any(text));
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Logger> {
    #[go(variadic)]
    pub fn Fatal(self, v: Slice<Any>) {
        fatal(self, fmt::Sprint(v));
    }
    #[go(variadic)]
    pub fn Fatalf(self, format: Str, v: Slice<Any>) {
        fatal(self, fmt::Sprintf(format, v));
    }
    #[go(variadic)]
    pub fn Fatalln(self, v: Slice<Any>) {
        fatal(self, fmt::Sprintln(v));
    }
    pub fn Flags(self) -> isize {
        locked(self, || *self.flag)
    }
    pub fn Output(self, calldepth: isize, s: Str) -> Error {
        write_from(self, calldepth.max(1) as usize - 1, s)
    }
    #[go(variadic)]
    pub fn Panic(self, v: Slice<Any>) {
        panicking(self, fmt::Sprint(v));
    }
    #[go(variadic)]
    pub fn Panicf(self, format: Str, v: Slice<Any>) {
        panicking(self, fmt::Sprintf(format, v));
    }
    #[go(variadic)]
    pub fn Panicln(self, v: Slice<Any>) {
        panicking(self, fmt::Sprintln(v));
    }
    pub fn Prefix(self) -> Str {
        locked(self, || *self.prefix)
    }
    #[go(variadic)]
    pub fn Print(self, v: Slice<Any>) {
        write(self, fmt::Sprint(v));
    }
    #[go(variadic)]
    pub fn Printf(self, format: Str, v: Slice<Any>) {
        write(self, fmt::Sprintf(format, v));
    }
    #[go(variadic)]
    pub fn Println(self, v: Slice<Any>) {
        write(self, fmt::Sprintln(v));
    }
    pub fn SetFlags(self, flag: isize) {
        locked(self, || self.flag.set(flag));
    }
    pub fn SetOutput(self, w: io::Writer) {
        locked(self, || self.out.set(w));
    }
    pub fn SetPrefix(self, prefix: Str) {
        locked(self, || self.prefix.set(prefix));
    }
    pub fn Writer(self) -> io::Writer {
        locked(self, || *self.out)
    }
}

/// A logger of its own.
pub fn New(out: io::Writer, prefix: Str, flag: isize) -> Ptr<Logger> {
    Ptr::new(Logger { prefix, flag, out, ..zero() })
}

/// The standard logger, which the functions of the package use.
pub fn Default_() -> Ptr<Logger> {
    STANDARD.addr()
}

macro_rules! of_standard {
    ($($name:ident($($arg:ident: $ty:ty),*) $(-> $result:ty)?;)*) => {$(
        #[allow(missing_docs)]
        pub fn $name($($arg: $ty),*) $(-> $result)? {
            Default_().$name($($arg),*)
        }
    )*};
}
of_standard! {
    Fatal(v: Slice<Any>);
    Fatalf(format: Str, v: Slice<Any>);
    Fatalln(v: Slice<Any>);
    Flags() -> isize;
    Output(calldepth: isize, s: Str) -> Error;
    Panic(v: Slice<Any>);
    Panicf(format: Str, v: Slice<Any>);
    Panicln(v: Slice<Any>);
    Prefix() -> Str;
    Print(v: Slice<Any>);
    Printf(format: Str, v: Slice<Any>);
    Println(v: Slice<Any>);
    SetFlags(flag: isize);
    SetOutput(w: io::Writer);
    SetPrefix(prefix: Str);
    Writer() -> io::Writer;
}
