//! Go's package `runtime`.
//!
//! Must hold: what it says of the program is true; what is not known is left out, so that a program which needs it is refused.

pub mod debug;
mod frames;
mod gc;

pub use self::frames::{
    Caller, Callers, CallersFrames, Frame, Frames, FramesMethods, Func, FuncForPC, FuncMethods, Stack,
};
pub use self::gc::{AddCleanup, Cleanup, GC, KeepAlive, MemStats, ReadMemStats, SetFinalizer};

use crate::global::Global;
use crate::string::{Str, str};

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

/// Sets how many OS threads run goroutines at the same time, unless `n` is less than 1, and says how many did so far.
pub fn GOMAXPROCS(n: isize) -> isize {
    let before = match usize::try_from(n) {
        Ok(n @ 1..) => goxide::set_max_procs(n),
        _ => goxide::__private::workers(),
    };
    before as isize
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

/// How many CPUs the process may use.
pub fn NumCPU() -> isize {
    std::thread::available_parallelism().map_or(1, |n| n.get() as isize)
}

/// How many goroutines there are.
pub fn NumGoroutine() -> isize {
    goxide::__private::goroutines() as isize
}

/// What translated the program, and the Go release it follows.
pub fn Version() -> Str {
    str(concat!("goxide", env!("CARGO_PKG_VERSION"), " (go1.27)"))
}
