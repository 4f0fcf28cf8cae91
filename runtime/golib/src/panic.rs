//! Panics, and what the end of one says.
//!
//! A Go panic is a Rust unwind with an empty payload; the value lies in a record in the heap, reached from the running
//! goroutine's own words. What must hold: the newest record is that of the unwind under way, if one is; below it lie those that
//! wait for a deferred call to come back, and those it has superseded (their deferred call panicked itself). `runtime.Goexit` is a
//! record that cannot be recovered. defer.rs moves records; this file makes, prints and removes them.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use goxide::__private::{callers, fatal, record, set_orderly_unwind};
use goxide_macros::interface;

use crate::builtin;
use crate::heap;
use crate::interface::{Any, Error, Interface, ToAny, any};
use crate::ptr::Ptr;
use crate::runtime_error::{ErrorString, NIL_DEREFERENCE, PanicNilError};
use crate::slice::Slice;
use crate::string::Str;
use crate::trace;
use crate::ty::Kind;
use crate::view::zero;

/// The goroutine's word that points to its newest panic.
const NEWEST: usize = 0;
/// The goroutine's word by which a deferred call hands itself to the function that recovers.
pub(crate) const ARMED: usize = 1;

/// The payload of a Go panic's unwind.
pub(crate) struct Unwinding;

/// One panic, or one `Goexit`.
pub(crate) struct Panic {
    older: *mut Panic,
    value: Any,
    goexit: bool,
    recovered: bool,
    repanicked: bool,
    superseded: bool,
    /// Where it was raised: return addresses.
    trace: Slice<usize>,
}

/// The newest panic of this goroutine, or null.
pub(crate) fn newest() -> *mut Panic {
    std::ptr::with_exposed_provenance_mut(record()[NEWEST].get())
}

fn set_newest(panic: *mut Panic) {
    record()[NEWEST].set(panic.expose_provenance());
}

fn raise(value: Any, goexit: bool) -> ! {
    let older = newest();
    // SAFETY: null or a record of this goroutine, which nobody else touches.
    if let Some(older) = unsafe { older.as_mut() }
        && !goexit
        && older.recovered
    {
        older.repanicked = older.value.iface().is_same(value.iface());
    }
    let place = heap::alloc_for::<Panic>(false);
    let trace = if goexit { zero() } else { raised_at() };
    let panic = Panic { older, value, goexit, recovered: false, repanicked: false, superseded: false, trace };
    // SAFETY: fresh memory, which nobody else knows.
    unsafe { place.write(panic) };
    set_newest(place);
    resume_unwind(Box::new(Unwinding))
}

/// The return addresses of whoever panics, as many as a report shows.
fn raised_at() -> Slice<usize> {
    const LIMIT: usize = 64;
    let mut room = [0; LIMIT];
    let count = callers(&mut room);
    Slice::from_static(&room[..count])
}

/// Where the panics of this goroutine were raised, the newest first.
pub(crate) fn raised() -> Vec<Vec<usize>> {
    let mut list = Vec::new();
    let mut next = newest();
    // SAFETY: as in `recover`.
    while let Some(panic) = unsafe { next.as_ref() } {
        if !panic.goexit {
            list.push((0..panic.trace.len()).map(|i| *panic.trace[i]).collect());
        }
        next = panic.older;
    }
    list
}

/// Go's `panic`.
#[cold]
#[inline]
pub fn panic(value: impl ToAny) -> ! {
    panic_with(value.to_any())
}

#[cold]
#[inline(never)]
fn panic_with(value: Any) -> ! {
    let value = if value.is_nil() { any(Ptr::new(PanicNilError {})) } else { value };
    raise(value, false)
}

/// `runtime.Goexit`: runs the deferred calls and ends the goroutine.
#[cold]
#[inline(never)]
pub fn goexit() -> ! {
    set_orderly_unwind(|payload| payload.is::<Unwinding>() && is_goexit());
    raise(zero(), true)
}

/// The value of a panic that `recover` may take: not one that was recovered already, and no `Goexit`.
pub(crate) fn recover(panic: *mut Panic) -> Any {
    // SAFETY: null or a record of this goroutine, as the caller had it from `newest`.
    match unsafe { panic.as_mut() } {
        Some(panic) if !panic.recovered && !panic.goexit => {
            panic.recovered = true;
            panic.value
        }
        _ => zero(),
    }
}

/// Whether a deferred call has recovered the panic.
pub(crate) fn is_recovered(panic: *mut Panic) -> bool {
    // SAFETY: as in `recover`.
    unsafe { panic.as_ref() }.is_some_and(|panic| panic.recovered)
}

/// Says that a deferred call, run because of this panic, was ended by a newer one.
pub(crate) fn supersede(panic: *mut Panic) {
    // SAFETY: as in `recover`.
    if let Some(panic) = unsafe { panic.as_mut() } {
        panic.superseded = true;
    }
}

/// Removes the newest panic, which was recovered, and those it superseded; true when a `Goexit` among them goes on.
pub(crate) fn settle() -> bool {
    // SAFETY: as in `recover`.
    let Some(newest) = (unsafe { newest().as_ref() }) else { return false };
    let mut next = newest.older;
    let mut goes_on = false;
    // SAFETY: as in `recover`.
    while let Some(panic) = unsafe { next.as_mut() }
        && panic.superseded
    {
        if panic.goexit {
            panic.superseded = false;
            goes_on = true;
            break;
        }
        next = panic.older;
    }
    set_newest(next);
    goes_on
}

/// Whether the unwind under way is a `Goexit`.
pub(crate) fn is_goexit() -> bool {
    // SAFETY: as in `recover`.
    unsafe { newest().as_ref() }.is_some_and(|panic| panic.goexit)
}

#[interface("runtime.stringer")]
pub(crate) trait Stringer {
    fn String(self) -> Str;
}

/// The number of a goroutine that is not the main one: they have none, a report has.
const OTHER: usize = 2;

/// As [`report`], for a program in Rust, whose own panics have printed their message where they were raised.
pub(crate) fn report_included(payload: &(dyn std::any::Any + Send)) {
    match payload.is::<Unwinding>() {
        true => report(payload),
        false => eprintln!("fatal error: a goroutine panicked and nothing caught it"),
    }
}

/// Prints an uncaught panic as Go does. The runtime calls it on the stack that panicked.
pub(crate) fn report(payload: &(dyn std::any::Any + Send)) {
    if !payload.is::<Unwinding>() {
        eprintln!("fatal error: goxide panicked (a mistake of goxide, not of the program)");
        return;
    }
    let mut chain = Vec::new();
    let mut next = newest();
    // SAFETY: as in `recover`.
    while let Some(panic) = unsafe { next.as_ref() } {
        chain.push(panic);
        next = panic.older;
    }
    chain.reverse();
    let mut text = Vec::new();
    let mut signalled = false;
    for (i, panic) in chain.iter().enumerate() {
        let older = i.checked_sub(1).map(|older| chain[older]);
        if older.is_some_and(|older| older.repanicked) || panic.goexit {
            continue;
        }
        if older.is_some_and(|older| !older.goexit) {
            text.push(b'\t');
        }
        text.extend_from_slice(b"panic: ");
        print_value(&mut text, panic.value);
        text.extend_from_slice(match (panic.repanicked, panic.recovered) {
            (true, _) => b" [recovered, repanicked]\n",
            (_, true) => b" [recovered]\n",
            _ => b"\n",
        });
        let error = panic.value.downcast::<ErrorString>();
        signalled |= error.is_some_and(|error| error.0.as_bytes() == NIL_DEREFERENCE.as_bytes());
    }
    if signalled {
        text.extend_from_slice(b"[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n");
    }
    let number = if trace::on_main() { 1 } else { OTHER };
    text.extend_from_slice(format!("\ngoroutine {number} [running]:\n").as_bytes());
    let mut raised = raised();
    if !raised.is_empty() {
        let newest = raised.remove(0);
        trace::print(&mut text, &trace::with_panics(newest, raised));
    }
    builtin::write_stderr(&text);
}

/// The value as a panic's text: what it says of itself, or its basic value, or its type and where it lies.
fn print_value(out: &mut Vec<u8>, value: Any) {
    let said = catch_unwind(AssertUnwindSafe(|| {
        let said = value.downcast::<Error>().map(Error::Error);
        said.or_else(|| value.downcast::<Stringer>().map(Stringer::String))
    }));
    match said {
        Ok(Some(text)) => return print_text(out, text.as_bytes()),
        Ok(None) => {}
        Err(_) => failed_to_say(),
    }
    let value = value.iface();
    let Some(desc) = value.desc() else { return out.extend_from_slice(b"nil") };
    if !builtin::is_basic(desc.kind) {
        let at = match desc.kind {
            Kind::Pointer | Kind::Map | Kind::Chan | Kind::Func | Kind::UnsafePointer => {
                // SAFETY: a handle of one word.
                unsafe { *value.value().cast::<*const u8>() }
            }
            _ => value.value(),
        };
        return out.extend_from_slice(format!("({}) {at:?}", desc.type_string()).as_bytes());
    }
    let mut text = Vec::new();
    // SAFETY: a value of the described type.
    unsafe { builtin::print_value(&mut text, desc, value.value()) };
    if desc.pkg_path.is_empty() {
        return print_text(out, &text);
    }
    let quote: &[u8] = if desc.kind == Kind::String { b"\"" } else { b"" };
    // A complex number brings its own.
    let is_complex = matches!(desc.kind, Kind::Complex64 | Kind::Complex128);
    let (open, close): (&[u8], &[u8]) = if is_complex { (b"", b"") } else { (b"(", b")") };
    out.extend_from_slice(desc.type_string().as_bytes());
    out.extend_from_slice(open);
    out.extend_from_slice(quote);
    print_text(out, &text);
    out.extend_from_slice(quote);
    out.extend_from_slice(close);
}

/// The method that tells what a panic's value says panicked itself.
fn failed_to_say() -> ! {
    // SAFETY: as in `recover`.
    let value = unsafe { newest().as_ref() }.map_or(zero(), |panic| panic.value);
    let reason = match value.downcast::<Str>() {
        Some(text) => text.to_text().into_owned(),
        None => value.iface().desc().map_or(String::new(), |desc| format!("type {}", desc.type_string())),
    };
    fatal(&format!("panic while printing panic value: {reason}"))
}

/// Indents the lines after the first.
fn print_text(out: &mut Vec<u8>, text: &[u8]) {
    for &byte in text {
        out.push(byte);
        if byte == b'\n' {
            out.push(b'\t');
        }
    }
}
