//! Go's package `runtime`.
//!
//! Must hold: what it says of the program is true; what is not known is left out (`Caller`, `Stack`, most of `MemStats`), so
//! that a program which needs it is refused. While nothing is collected, `GC` and finalizers do nothing, which Go allows: a
//! finalizer need never run.

pub mod debug;

use goxide_macros::GoStruct;

use crate::global::Global;
use crate::heap;
use crate::interface::{Any, Interface};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::ty::Kind;
use crate::view::{View, zero};

pub use crate::runtime_error::{
    PanicNilError, PanicNilErrorMethods, RuntimeError as Error_, TypeAssertionError,
    TypeAssertionErrorMethods,
};

/// The operating system. Translation reads the same from the declaration file.
pub const GOOS: Str = str("linux");
/// The processor that translated programs are told, whose rules for conversions they get.
pub const GOARCH: Str = str("amd64");
/// Who compiled the program.
pub const Compiler: Str = str("goxide");

/// What is known of the memory in use.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.MemStats")]
#[repr(C)]
pub struct MemStats {
    /// Bytes of objects, to within what each thread has in reserve (1 MiB): while nothing is freed, all there ever were.
    pub Alloc: u64,
    /// The same.
    pub TotalAlloc: u64,
    /// Bytes had from the system for the heap.
    pub Sys: u64,
    /// Objects freed.
    pub Frees: u64,
    /// As `Alloc`.
    pub HeapAlloc: u64,
    /// As `Sys`.
    pub HeapSys: u64,
    /// As `Sys`.
    pub HeapInuse: u64,
    /// How long collections have stopped the program.
    pub PauseTotalNs: u64,
    /// Collections so far.
    pub NumGC: u32,
}

/// Fills in the numbers.
pub fn ReadMemStats(m: Ptr<MemStats>) {
    let bytes = heap::mapped() as u64;
    m.set(MemStats {
        Alloc: bytes,
        TotalAlloc: bytes,
        Sys: bytes,
        HeapAlloc: bytes,
        HeapSys: bytes,
        HeapInuse: bytes,
        ..zero()
    });
}

/// A place for a collection; there is none that it could force yet.
pub fn GC() {
    heap::safepoint();
}

/// How many OS threads run goroutines. That is settled when the program starts (environment variable `GOMAXPROCS`), so an
/// `n` above zero changes nothing.
pub fn GOMAXPROCS(_n: isize) -> isize {
    goxide::__private::workers() as isize
}

/// Ends the goroutine after its deferred calls.
pub fn Goexit() {
    crate::panic::goexit();
}

/// The folder that the environment variable `GOROOT` names; a translated program has no other.
pub fn GOROOT() -> Str {
    crate::os::Getenv(str("GOROOT"))
}

/// How often memory profiling would look at an allocation. No profile is kept, so it changes nothing.
pub static MemProfileRate: Global<isize> = Global::new(512 << 10);

/// Stops the program for a debugger, by the signal that debuggers wait for.
pub fn Breakpoint() {
    crate::os::signal::breakpoint();
}

/// How many calls of C functions the program has made: none, for it has no way to.
pub fn NumCgoCall() -> i64 {
    0
}

/// Lets other goroutines run.
pub fn Gosched() {
    goxide::yield_now();
}

/// Marks `x` as used until here.
pub fn KeepAlive(x: Any) {
    std::hint::black_box(x);
}

/// How many CPUs the process may use.
pub fn NumCPU() -> isize {
    std::thread::available_parallelism().map_or(1, |n| n.get() as isize)
}

/// How many goroutines there are.
pub fn NumGoroutine() -> isize {
    goxide::__private::goroutines() as isize
}

/// Checks its first argument as Go does. Nothing is freed, so no finalizer ever runs.
pub fn SetFinalizer(obj: Any, _finalizer: Any) {
    match obj.iface().desc() {
        None => goxide::__private::fatal("runtime.SetFinalizer: first argument is nil"),
        Some(desc) if desc.kind != Kind::Pointer => goxide::__private::fatal(&format!(
            "runtime.SetFinalizer: first argument is {}, not pointer",
            desc.type_string()
        )),
        Some(_) => {}
    }
}

/// What translated the program, and the Go release it follows.
pub fn Version() -> Str {
    str(concat!("goxide", env!("CARGO_PKG_VERSION"), " (go1.27)"))
}
