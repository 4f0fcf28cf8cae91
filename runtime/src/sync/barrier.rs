//! [`Barrier`].

use std::fmt;

use super::{Cond, Mutex};

/// A place where a number of goroutines wait for each other, again and again.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::sync::Barrier;
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// let (barrier, written, leaders) = (Barrier::new(3), AtomicUsize::new(0), AtomicUsize::new(0));
/// goxide::scope(|s| {
///     for _ in 0..3 {
///         goxide::go!(s; || {
///             written.fetch_add(1, Ordering::Relaxed);
///             let result = barrier.wait();
///             assert_eq!(written.load(Ordering::Relaxed), 3, "nobody is here before all are");
///             leaders.fetch_add(usize::from(result.is_leader()), Ordering::Relaxed);
///         });
///     }
/// });
/// assert_eq!(leaders.into_inner(), 1);
/// # });
/// ```
pub struct Barrier {
    size: usize,
    state: Mutex<State>,
    full: Cond,
}

struct State {
    waiting: usize,
    /// How often all have met.
    round: usize,
}

/// What [`Barrier::wait`] tells one of those who have met.
///
/// ```
/// # goxide::__private::run_test(|| {
/// assert!(goxide::sync::Barrier::new(1).wait().is_leader());
/// # });
/// ```
#[derive(Debug)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// True for one of them, the last to come.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier for `size` goroutines; with 0 or 1 nobody waits.
    pub const fn new(size: usize) -> Barrier {
        Barrier { size, state: Mutex::new(State { waiting: 0, round: 0 }), full: Cond::new() }
    }

    /// Waits until as many are here as the barrier is for, and starts the next round.
    pub fn wait(&self) -> BarrierWaitResult {
        let mut state = self.state.lock();
        state.waiting += 1;
        if state.waiting < self.size {
            let round = state.round;
            drop(self.full.wait_while(state, |state| state.round == round));
            return BarrierWaitResult(false);
        }
        state.waiting = 0;
        state.round = state.round.wrapping_add(1);
        self.full.broadcast();
        BarrierWaitResult(true)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").field("size", &self.size).finish_non_exhaustive()
    }
}
