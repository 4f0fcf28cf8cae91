//! The part of package `runtime` that tells where a goroutine is.
//!
//! A program counter is a place of `trace`: it stands for one Go function's frame, also where rustc has put several functions into
//! one.

use std::collections::HashMap;
use std::sync::Mutex;

use goxide_macros::{GoStruct, methods};

use crate::heap;
use crate::num::Uintptr;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::trace;
use crate::view::{View, nil, zero};

/// A function of the program.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.Func")]
#[repr(C)]
pub struct Func {
    name: Str,
    file: Str,
    line: isize,
    entry: Uintptr,
}

/// The function of a frame, the same pointer each time.
fn function_of(frame: trace::Frame) -> Ptr<Func> {
    static KNOWN: Mutex<Option<HashMap<(&'static str, usize), usize>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let known = known.get_or_insert_with(|| HashMap::with_hasher(crate::hash::keys()));
    let at = known.entry((frame.function, frame.entry)).or_insert_with(|| {
        let func = Func {
            name: str(frame.function),
            file: str(frame.file),
            line: frame.declared as isize,
            entry: Uintptr(frame.entry),
        };
        // Its strings are no memory of the heap.
        Box::into_raw(Box::new(func)).expose_provenance()
    });
    Ptr::from_raw(std::ptr::with_exposed_provenance_mut(*at))
}

/// The function at a program counter; nil if there is none.
pub fn FuncForPC(pc: Uintptr) -> Ptr<Func> {
    let frame = trace::entry(pc.0).or_else(|| trace::frame(pc.0));
    frame.map_or(nil(), function_of)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Func> {
    pub fn Name(self) -> Str {
        if self.is_nil() { str("") } else { *self.name }
    }
    pub fn Entry(self) -> Uintptr {
        *self.entry
    }
    pub fn FileLine(self, pc: Uintptr) -> (Str, isize) {
        if pc == *self.entry {
            return (*self.file, *self.line);
        }
        match trace::frame(pc.0) {
            Some(frame) => (str(frame.file), frame.line as isize),
            None => (str("?"), 0),
        }
    }
}

/// Where the function is that called the caller of this one, and so on `skip` times.
#[inline(never)]
pub fn Caller(skip: isize) -> (Uintptr, Str, isize, bool) {
    match usize::try_from(skip).ok().and_then(trace::caller) {
        Some((place, frame)) => (Uintptr(place), str(frame.file), frame.line as isize, true),
        None => (Uintptr(0), str(""), 0, false),
    }
}

/// Fills `pc` with the frames of the running goroutine: this function's, its caller's and so on, without the first `skip`. How many.
#[inline(never)]
pub fn Callers(skip: isize, pc: Slice<Uintptr>) -> isize {
    let places = [trace::of_callers()].into_iter().chain(trace::places());
    let mut count = 0;
    for place in places.skip(skip.max(0) as usize).take(pc.len() as usize) {
        pc[count].set(Uintptr(place));
        count += 1;
    }
    count
}

/// What is known of a frame.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.Frame")]
#[repr(C)]
pub struct Frame {
    pub PC: Uintptr,
    pub Func: Ptr<Func>,
    pub Function: Str,
    pub File: Str,
    pub Line: isize,
    pub Entry: Uintptr,
}

/// Frames, one after the other.
#[derive(Clone, Copy, GoStruct)]
#[go("runtime.Frames")]
#[repr(C)]
pub struct Frames {
    callers: Slice<Uintptr>,
}

/// The frames of what [`Callers`] gave.
pub fn CallersFrames(callers: Slice<Uintptr>) -> Ptr<Frames> {
    Ptr::new(Frames { callers })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Frames> {
    pub fn Next(self) -> (Frame, bool) {
        while !self.callers.is_empty() {
            let place = self.callers[0].get();
            self.callers.set(self.callers.slice_from(1));
            if let Some(frame) = trace::frame(place.0) {
                let function = function_of(frame);
                let frame = Frame {
                    PC: Uintptr(place.0 - 1),
                    Func: function,
                    Function: str(frame.function),
                    File: str(frame.file),
                    Line: frame.line as isize,
                    Entry: Uintptr(frame.entry),
                };
                return (frame, !self.callers.is_empty());
            }
        }
        (zero(), false)
    }
}

/// The trace of the running goroutine, as it ends an uncaught panic.
#[inline(never)]
pub(crate) fn trace_text() -> Vec<u8> {
    let number = if trace::on_main() { 1 } else { 2 };
    let mut text = format!("goroutine {number} [running]:\n").into_bytes();
    trace::print(&mut text, &trace::places());
    text
}

/// Writes the trace of the running goroutine into `buf`, and with `all` those of the ones that wait; as much as fits. How much that is.
#[inline(never)]
pub fn Stack(buf: Slice<u8>, all: bool) -> isize {
    let mut text = trace_text();
    // Goroutines have no numbers: these are the report's.
    let first = if trace::on_main() { 2 } else { 3 };
    let others = if all { heap::parked() } else { Vec::new() };
    for (i, (reason, addresses)) in others.into_iter().enumerate() {
        let reason = if reason == "running" { "runnable" } else { reason };
        text.extend_from_slice(format!("\ngoroutine {} [{reason}]:\n", first + i).as_bytes());
        trace::print(&mut text, &trace::with_panics(addresses, Vec::new()));
    }
    let count = text.len().min(buf.len() as usize);
    for (i, byte) in text[..count].iter().enumerate() {
        buf[i as isize].set(*byte);
    }
    count as isize
}
