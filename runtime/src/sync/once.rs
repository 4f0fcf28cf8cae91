//! [`Once`].

use std::fmt;

use super::raw::RawOnce;

/// Runs something once, however many ask for it; the others wait until it has been run. A panic counts as run, as in
/// Go.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (once, mut runs) = (goxide::sync::Once::new(), 0);
/// (0..3).for_each(|_| once.call_once(|| runs += 1));
/// assert!(once.is_completed() && runs == 1);
/// # });
/// ```
#[derive(Default)]
pub struct Once {
    raw: RawOnce,
}

impl Once {
    /// One that has run nothing.
    pub const fn new() -> Once {
        Once { raw: RawOnce::new() }
    }

    /// Runs `f` if nothing was run before.
    pub fn call_once(&self, f: impl FnOnce()) {
        struct Finish<'a>(&'a RawOnce);
        impl Drop for Finish<'_> {
            fn drop(&mut self) {
                self.0.finish();
            }
        }
        if !self.raw.is_done() && self.raw.begin() {
            let _finish = Finish(&self.raw);
            f();
        }
    }

    /// Whether something was run.
    pub fn is_completed(&self) -> bool {
        self.raw.is_done()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("completed", &self.is_completed()).finish()
    }
}
