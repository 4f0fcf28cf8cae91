//! Spans of the crate `tracing` that follow a goroutine (feature `tracing`).
//!
//! `tracing` keeps the current span by OS thread, in last-in-first-out order. A goroutine that waits inside of `span.enter()` leaves its span
//! to all that run on its thread meanwhile: their events are put down to it, and what they leave in another order confuses the subscriber. [`in_span`] leaves
//! the span at each wait and enters it again behind it, as tracing's `Instrument` does for futures; so whatever is called inside of it, and
//! knows of `tracing` only, finds the right `Span::current()`.

use ::tracing::Span;

use crate::task::around::{self, Layer};

/// A span that is entered whenever its goroutine runs.
struct Inside<'a>(&'a Span);

impl Layer for Inside<'_> {
    fn leave(&self) {
        self.0.with_subscriber(|(id, dispatch)| dispatch.exit(id));
    }

    fn take_up(&self) {
        self.0.with_subscriber(|(id, dispatch)| dispatch.enter(id));
    }
}

/// Calls `f` inside of a span, which is left while the goroutine waits and entered again when it goes on. Nests; on a plain OS thread it is
/// `span.in_scope(f)`.
///
/// A subscriber must not wait as a goroutine does when spans are entered and left (`std`'s locks and files are fine): that ends the
/// program with a message. Subscribers set for a scope (`with_default`) belong to a thread; set one for the program.
///
/// ```
/// use goxide::{chan, go, tracing::in_span};
/// use tracing::{Span, info_span};
///
/// # #[goxide::main]
/// # fn main() {
/// let (jobs, done) = (chan(0), chan(0));
/// let (from, to) = (jobs.clone(), done.clone());
/// // The arguments are evaluated here: the new goroutine's span has ours for its parent.
/// go!(in_span(info_span!("worker", kind = "double"), move || {
///     for job in &from {
///         tracing::info!(job, "working"); // In span `worker`, however often it has waited.
///         to.send(2 * job);
///     }
/// }));
/// in_span(Span::current(), || jobs.send(21));
/// assert_eq!(done.recv(), Some(42));
/// # }
/// ```
pub fn in_span<T>(span: Span, f: impl FnOnce() -> T) -> T {
    struct Exit<'a>(Inside<'a>);
    impl Drop for Exit<'_> {
        fn drop(&mut self) {
            self.0.leave();
        }
    }
    let exit = Exit(Inside(&span));
    exit.0.take_up();
    around::within(&exit.0, f)
}
