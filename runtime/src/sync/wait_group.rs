//! [`WaitGroup`].

use std::fmt;

use super::raw::RawWaitGroup;
use crate::sched;
use crate::shim::Arc;

/// Counts goroutines under way and waits for all of them. Clones count together.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let wg = goxide::sync::WaitGroup::new();
/// for i in 0..3 {
///     wg.go(move || println!("{i}"));
/// }
/// wg.wait();
/// # });
/// ```
#[derive(Clone, Default)]
pub struct WaitGroup {
    raw: Arc<RawWaitGroup>,
}

impl WaitGroup {
    /// One with nothing under way.
    pub fn new() -> WaitGroup {
        WaitGroup::default()
    }

    /// Announces `n` more; a negative number takes back.
    ///
    /// # Panics
    /// When the count goes below zero.
    #[track_caller]
    pub fn add(&self, n: i32) {
        if self.raw.add(n).is_err() {
            panic!("sync: negative WaitGroup counter");
        }
    }

    /// One is done.
    ///
    /// # Panics
    /// When none was under way.
    #[track_caller]
    pub fn done(&self) {
        self.add(-1);
    }

    /// Waits until none is under way.
    pub fn wait(&self) {
        self.raw.wait();
    }

    /// Runs `f` in a goroutine that counts until it has returned.
    pub fn go(&self, f: impl FnOnce() + Send + 'static) {
        self.add(1);
        let group = self.clone();
        sched::spawn(move || {
            f();
            group.done();
        });
    }
}

impl fmt::Debug for WaitGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitGroup").field("count", &self.raw.count()).finish()
    }
}
