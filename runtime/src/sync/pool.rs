//! [`Pool`]: values to be used again.
//!
//! One small store for each worker, so that goroutines on different threads seldom meet; who finds its own empty looks into the
//! others. Must hold: no code of the user's runs under a lock. A store that is full drops what is put, which bounds the pool, as
//! Go's is bounded by its collector. Which store serves a call follows from the thread it runs on and shows nowhere.

use std::fmt;

use crate::sched;
use crate::shim::{Mutex, OnceLock, lock};

/// How many values a store keeps.
const KEEP: usize = 64;

/// Values of one kind that are costly to make and can be used again: buffers, parsers. What is put may be dropped, and
/// what `get` gives may be any of those that were put: reset it.
///
/// ```
/// use goxide::sync::Pool;
///
/// static BUFFERS: Pool<Vec<u8>> = Pool::new(|| Vec::with_capacity(4096));
///
/// # goxide::__private::run_test(|| {
/// let mut buffer = BUFFERS.get();
/// buffer.clear();
/// buffer.extend(b"hello");
/// BUFFERS.put(buffer);
/// # });
/// ```
pub struct Pool<T, F = fn() -> T> {
    make: F,
    stores: OnceLock<Box<[Mutex<Vec<T>>]>>,
}

impl<T: Send, F: Fn() -> T> Pool<T, F> {
    /// An empty pool; `make` makes values when there are none.
    pub const fn new(make: F) -> Pool<T, F> {
        Pool { make, stores: OnceLock::new() }
    }

    /// A value that was put, or a new one.
    pub fn get(&self) -> T {
        self.take().unwrap_or_else(&self.make)
    }

    /// Offers a value for use by whoever asks next.
    pub fn put(&self, value: T) {
        let mut store = lock(self.own());
        if store.len() < KEEP {
            store.push(value);
            return;
        }
        drop(store);
        drop(value);
    }

    fn take(&self) -> Option<T> {
        let own = lock(self.own()).pop();
        own.or_else(|| self.stores().iter().find_map(|store| lock(store).pop()))
    }

    fn own(&self) -> &Mutex<Vec<T>> {
        let stores = self.stores();
        // The last one is for OS threads that are no workers.
        let last = stores.len() - 1;
        &stores[sched::current_worker().map_or(last, |worker| worker % last)]
    }

    fn stores(&self) -> &[Mutex<Vec<T>>] {
        // Nothing waits in here.
        self.stores.get_or_init(|| (0..=sched::runtime().workers()).map(|_| Mutex::default()).collect())
    }
}

impl<T, F> fmt::Debug for Pool<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}
