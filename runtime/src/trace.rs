//! An execution trace: which goroutine ran when on which worker, why it stopped, who woke it.
//!
//! `GOXIDE_TRACE=file.json` makes one of a whole program, translated ones included; [`start`] and [`stop`] make one of a part. The
//! file is JSON in the Trace Event Format: open it at <https://ui.perfetto.dev> or in `chrome://tracing`.
//!
//! - Each worker is a track. Its slices are turns of goroutines, named by the function and the line that started them; the argument
//!   `then` says why a turn ended: what the goroutine waits for, `runnable` if it gave way, or `ended`. `sleep` is a worker without work;
//!   `timers fire` and `network is ready` are wake-ups that no goroutine made; `steal from worker 1` is what it says.
//! - An arrow leads from where a goroutine was started or woken to the turn that followed. An arrow's number is one of the file and
//!   names no goroutine.
//! - Threads of the blocking pool, and your own that start or wake goroutines, are tracks too. The track `world` has the moments in which
//!   all stood still: for the collector of translated Go, or for a [`crate::dump`].
//!
//! It is kept in memory, 32 bytes an event, and written at the end: when main returns, at a panic, a deadlock, an exit or SIGQUIT
//! (Ctrl-\, which ends a server whose trace you want; Ctrl-C leaves an empty one). Each worker keeps its first half million events;
//! how many found no room is in the file (`otherData.dropped`). Without a trace nothing is slower for its sake; with one, a turn takes
//! about a tenth of a microsecond longer.

use std::io::{self, Write};

use crate::sched;

pub use crate::sched::trace::Written;

/// Begins a trace, which [`stop`] will write to `to`. It is lost if the program ends before.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if one is being made already, by `GOXIDE_TRACE` for example.
///
/// ```
/// # use std::sync::{Arc, Mutex};
/// # #[derive(Clone, Default)]
/// # struct Shared(Arc<Mutex<Vec<u8>>>);
/// # impl std::io::Write for Shared {
/// #     fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
/// #         self.0.lock().unwrap().write(bytes)
/// #     }
/// #     fn flush(&mut self) -> std::io::Result<()> {
/// #         Ok(())
/// #     }
/// # }
/// # goxide::__private::run_test(|| {
/// # let file = Shared::default();
/// # let written = file.clone();
/// goxide::trace::start(file)?; // std::fs::File::create("trace.json")?
/// let done = goxide::chan(0);
/// let tell = done.clone();
/// goxide::go!(move || tell.send(()));
/// done.recv();
/// let trace = goxide::trace::stop()?;
/// assert!(trace.events > 0 && trace.dropped == 0);
/// # assert!(String::from_utf8_lossy(&written.0.lock().unwrap()).contains("chan receive"));
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub fn start(to: impl Write + Send + 'static) -> io::Result<()> {
    sched::start_trace(Box::new(to))
}

/// Ends the trace and writes it: what it holds.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] if none is being made; else what writing it said.
///
/// ```
/// let nothing = goxide::trace::stop().unwrap_err(); // none has been started
/// assert_eq!(nothing.kind(), std::io::ErrorKind::NotFound);
/// ```
pub fn stop() -> io::Result<Written> {
    sched::stop_trace()
}
