//! [`Mutex`] with its guard, and [`Cond`].

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use super::raw::{RawCond, RawMutex};

/// Mutual exclusion around a value.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let total = std::sync::Arc::new(goxide::sync::Mutex::new(0));
/// let wg = goxide::sync::WaitGroup::new();
/// for i in 0..10 {
///     let total = total.clone();
///     wg.go(move || *total.lock() += i);
/// }
/// wg.wait();
/// assert_eq!(*total.lock(), 45);
/// # });
/// ```
///
/// ```
/// let mut names = goxide::sync::Mutex::new(vec!["anna"]);
/// names.lock().push("bert");
/// names.get_mut().push("carl"); // nobody else can have it
/// assert_eq!(names.into_inner(), ["anna", "bert", "carl"]);
/// ```
#[derive(Default)]
pub struct Mutex<T: ?Sized> {
    raw: RawMutex,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached only through a guard, of which there is one at a time.
unsafe impl<T: Send + ?Sized> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: Send + ?Sized> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// An unlocked mutex around `value`.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { raw: RawMutex::new(), value: UnsafeCell::new(value) }
    }

    /// The value, the mutex being no longer needed.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Locks, waiting while another holds the lock, until the guard goes.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.raw.lock();
        MutexGuard { mutex: self, _not_send: PhantomData }
    }

    /// Locks if that is possible at once.
    ///
    /// ```
    /// let mutex = goxide::sync::Mutex::new(1);
    /// let guard = mutex.lock();
    /// assert!(mutex.try_lock().is_none());
    /// drop(guard);
    /// assert!(mutex.try_lock().is_some());
    /// ```
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        self.raw.try_lock().then(|| MutexGuard { mutex: self, _not_send: PhantomData })
    }

    /// The value: nobody else can have the mutex.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.try_lock() {
            Some(guard) => f.debug_struct("Mutex").field("value", &&*guard).finish(),
            None => f.write_str("Mutex(locked)"),
        }
    }
}

/// The right to the value; unlocks when it goes.
///
/// ```
/// let total = goxide::sync::Mutex::new(1);
/// let mut guard: goxide::sync::MutexGuard<'_, i32> = total.lock();
/// *guard += 1;
/// assert!(total.try_lock().is_none());
/// drop(guard);
/// assert_eq!(*total.lock(), 2);
/// ```
#[must_use = "the mutex is unlocked as soon as the guard goes"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value, no more.
unsafe impl<T: Sync + ?Sized> Sync for MutexGuard<'_, T> {}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard is the only one.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard is the only one.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.raw.unlock();
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A place to wait until something behind a mutex has changed.
///
/// There are no spurious wake-ups, but what was waited for may have been undone before the mutex is locked again: wait
/// in a loop. Go's `Signal` and `Broadcast` are there by `std`'s names, too.
///
/// ```
/// use goxide::sync::{Cond, Mutex};
/// use std::sync::Arc;
///
/// # goxide::__private::run_test(|| {
/// let queue = Arc::new((Mutex::new(Vec::new()), Cond::new()));
/// let other = queue.clone();
/// goxide::go! {
///     other.0.lock().push("job");
///     other.1.signal();
/// }
/// let mut jobs = queue.1.wait_while(queue.0.lock(), |jobs| jobs.is_empty());
/// assert_eq!(jobs.pop(), Some("job"));
/// # });
/// ```
///
/// ```
/// # goxide::__private::run_test(|| {
/// # use goxide::sync::{Cond, Mutex};
/// # use std::sync::Arc;
/// let gate = Arc::new((Mutex::new(false), Cond::new()));
/// let all = goxide::sync::WaitGroup::new();
/// for _ in 0..3 {
///     let gate = gate.clone();
///     all.go(move || {
///         let mut open = gate.0.lock();
///         while !*open {
///             open = gate.1.wait(open);
///         }
///     });
/// }
/// *gate.0.lock() = true;
/// gate.1.broadcast(); // or `notify_all`; `notify_one` is another name of `signal`
/// all.wait();
/// # gate.1.notify_one();
/// # gate.1.notify_all();
/// # });
/// ```
#[derive(Default)]
pub struct Cond {
    raw: RawCond,
}

impl Cond {
    /// A condition nobody waits for.
    pub const fn new() -> Cond {
        Cond { raw: RawCond::new() }
    }

    /// Unlocks the mutex, waits for a signal, and locks it again.
    pub fn wait<'a, T: ?Sized>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        let mutex = guard.mutex;
        self.raw.wait(move || drop(guard));
        mutex.lock()
    }

    /// Waits as long as `condition` holds.
    pub fn wait_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'a, T> {
        while condition(&mut guard) {
            guard = self.wait(guard);
        }
        guard
    }

    /// Wakes the one who has waited longest.
    pub fn signal(&self) {
        self.raw.signal();
    }

    /// Wakes all who wait.
    pub fn broadcast(&self) {
        self.raw.broadcast();
    }

    /// [`Cond::signal`] by the name `std` has for it.
    pub fn notify_one(&self) {
        self.signal();
    }

    /// [`Cond::broadcast`] by the name `std` has for it.
    pub fn notify_all(&self) {
        self.broadcast();
    }
}

impl fmt::Debug for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cond").finish_non_exhaustive()
    }
}
