//! [`WaitGroup`].

use std::fmt;

use super::raw::RawWaitGroup;
use crate::sched;
use crate::sched::trace::Site;
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
///
/// ```
/// # goxide::__private::run_test(|| {
/// // Without `go`, as in Go:
/// let wg = goxide::sync::WaitGroup::new();
/// wg.add(2);
/// for _ in 0..2 {
///     let wg = wg.clone();
///     goxide::go!(move || wg.done());
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
    #[track_caller]
    pub fn go<F: FnOnce() + Send + 'static>(&self, f: F) {
        self.add(1);
        let group = self.clone();
        let body = move || {
            f();
            group.done();
        };
        sched::spawn_at(body, Site::of::<F>());
    }
}

impl fmt::Debug for WaitGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitGroup").field("count", &self.raw.count()).finish()
    }
}
