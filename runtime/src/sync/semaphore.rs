//! [`Semaphore`]: weighted, as `golang.org/x/sync/semaphore`.
//!
//! Must hold: who waits is served in the order of arrival, and nobody overtakes the first, so that a big request is not
//! starved by small ones. A grant is made by whoever released, under the lock; a waiter whose context ended gives
//! back what it was granted meanwhile.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use crate::chan::{Chan, chan};
use crate::context::{self, Context};
use crate::park::{self, WaitReason};
use crate::select;
use crate::shim::{Mutex, lock};

struct State {
    size: usize,
    free: usize,
    waiters: VecDeque<Waiter>,
}

struct Waiter {
    wanted: usize,
    /// Has room for the one grant.
    granted: Chan<()>,
}

/// A number of units that can be taken, several at once, and are given back.
///
/// ```
/// use goxide::sync::{Semaphore, WaitGroup};
/// use std::sync::Arc;
///
/// # goxide::__private::run_test(|| {
/// let megabytes = Arc::new(Semaphore::new(10));
/// let wg = WaitGroup::new();
/// for size in [3, 5, 7] {
///     let megabytes = megabytes.clone();
///     wg.go(move || {
///         let _permit = megabytes.acquire(size);
///         // at most ten megabytes are in use here
///     });
/// }
/// wg.wait();
/// assert_eq!(megabytes.available(), 10);
/// # });
/// ```
///
/// ```
/// let places = goxide::sync::Semaphore::new(2);
/// let one = places.acquire(1);
/// assert!(places.try_acquire(2).is_none());
/// drop(one);
/// assert!(places.try_acquire(2).is_some());
/// ```
pub struct Semaphore {
    state: Mutex<State>,
}

impl Semaphore {
    /// One with `size` units, all free.
    pub const fn new(size: usize) -> Semaphore {
        Semaphore { state: Mutex::new(State { size, free: size, waiters: VecDeque::new() }) }
    }

    /// How many units are free just now.
    pub fn available(&self) -> usize {
        lock(&self.state).free
    }

    /// Takes `n` units, waiting until that many are free and all who came before have theirs. More than there are in all
    /// is waited for for ever.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let tickets = goxide::sync::Semaphore::new(3);
    /// let permit = tickets.acquire(2);
    /// assert!(tickets.try_acquire(2).is_none());
    /// drop(permit);
    /// assert!(tickets.try_acquire(2).is_some());
    /// # });
    /// ```
    pub fn acquire(&self, n: usize) -> Permit<'_> {
        match self.begin(n) {
            Begun::Granted => {}
            Begun::TooMany => park::block_forever(WaitReason::Semacquire),
            Begun::Waits(granted) => {
                granted.recv();
            }
        }
        Permit { semaphore: self, n }
    }

    /// As [`Semaphore::acquire`], for a permit that the caller hands to a goroutine: whoever takes work on waits for a place, and who does it
    /// gives the place back.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// use std::sync::Arc;
    ///
    /// let places = Arc::new(goxide::sync::Semaphore::new(2));
    /// for job in 0..5 {
    ///     let permit = places.acquire_owned(1); // at most two goroutines are at work
    ///     goxide::go! {
    ///         println!("job {job}");
    ///         drop(permit);
    ///     }
    /// }
    /// let all: goxide::sync::OwnedPermit = places.acquire_owned(2); // the last have ended
    /// all.forget();
    /// assert_eq!(places.available(), 0);
    /// # });
    /// ```
    pub fn acquire_owned(self: &Arc<Semaphore>, n: usize) -> OwnedPermit {
        self.acquire(n).forget();
        OwnedPermit { semaphore: self.clone(), n }
    }

    /// As [`Semaphore::acquire`], but gives up when `ctx` ends.
    ///
    /// # Errors
    /// How the context ended; nothing is taken then.
    ///
    /// ```
    /// use goxide::{context, sync::Semaphore};
    /// # use std::time::Duration;
    /// # goxide::__private::run_test(|| {
    /// let printers = Semaphore::new(1);
    /// let _mine = printers.acquire(1);
    /// let (ctx, _cancel) = context::background().with_timeout(Duration::from_millis(5));
    /// assert_eq!(printers.acquire_with(&ctx, 1).unwrap_err(), context::Error::DeadlineExceeded);
    /// # });
    /// ```
    pub fn acquire_with(&self, ctx: &Context, n: usize) -> Result<Permit<'_>, context::Error> {
        ctx.check()?;
        match self.begin(n) {
            Begun::Granted => return Ok(Permit { semaphore: self, n }),
            Begun::TooMany => ctx.done().recv(),
            Begun::Waits(granted) => {
                let mut has = false;
                select! {
                    _ = <-granted => has = true,
                    _ = <-ctx.done() => (),
                }
                if has || !self.leave(&granted) {
                    // Granted, now or while the context ended: dropping it gives it back.
                    let permit = Permit { semaphore: self, n };
                    return ctx.check().map(|()| permit);
                }
            }
        }
        // The context has ended: there is no other way here.
        ctx.check().map(|()| unreachable!("it has ended"))
    }

    /// Takes `n` units if they are free at once and nobody waits.
    pub fn try_acquire(&self, n: usize) -> Option<Permit<'_>> {
        let taken = lock(&self.state).take(n);
        if !taken {
            park::polled_in_vain();
        }
        // Lazily: a permit that is dropped gives back.
        taken.then(|| Permit { semaphore: self, n })
    }

    /// Gives `n` units back that a permit was told to [`Permit::forget`].
    ///
    /// # Panics
    /// When more units would be free than there are.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let slots = goxide::sync::Semaphore::new(2);
    /// slots.acquire(2).forget();
    /// slots.release(2);
    /// assert_eq!(slots.available(), 2);
    /// # });
    /// ```
    #[track_caller]
    pub fn release(&self, n: usize) {
        let granted = {
            let mut state = lock(&self.state);
            let held = state.size - state.free;
            if n > held {
                drop(state);
                panic!("semaphore: released more than held");
            }
            state.free += n;
            state.grant()
        };
        tell(granted);
    }

    fn begin(&self, n: usize) -> Begun {
        let mut state = lock(&self.state);
        if state.take(n) {
            return Begun::Granted;
        }
        if n > state.size {
            // It must not hold up the others.
            return Begun::TooMany;
        }
        let granted = chan(1);
        state.waiters.push_back(Waiter { wanted: n, granted: granted.clone() });
        Begun::Waits(granted)
    }

    /// Stops waiting; false when the units were granted already.
    fn leave(&self, waiter: &Chan<()>) -> bool {
        let granted = {
            let mut state = lock(&self.state);
            let Some(at) = state.waiters.iter().position(|one| one.granted == *waiter) else { return false };
            state.waiters.remove(at);
            // Those behind may have waited for it only.
            state.grant()
        };
        tell(granted);
        true
    }
}

enum Begun {
    Granted,
    TooMany,
    Waits(Chan<()>),
}

impl State {
    fn take(&mut self, n: usize) -> bool {
        let possible = n <= self.free && self.waiters.is_empty();
        if possible {
            self.free -= n;
        }
        possible
    }

    /// Serves those in front for whom there is enough.
    fn grant(&mut self) -> Vec<Waiter> {
        let mut granted = Vec::new();
        while let Some(first) = self.waiters.pop_front_if(|first| first.wanted <= self.free) {
            self.free -= first.wanted;
            granted.push(first);
        }
        granted
    }
}

fn tell(granted: Vec<Waiter>) {
    for waiter in granted {
        // There is room: nothing was sent before.
        let _ = waiter.granted.try_send(());
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore").field("available", &self.available()).finish_non_exhaustive()
    }
}

/// Units that are given back when this goes.
///
/// ```
/// let places = goxide::sync::Semaphore::new(2);
/// let permit: goxide::sync::Permit<'_> = places.acquire(1);
/// drop(permit); // gives it back
/// places.acquire(1).forget(); // does not
/// assert_eq!(places.available(), 1);
/// ```
#[derive(Debug)]
#[must_use = "the units are given back as soon as the permit goes"]
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
    n: usize,
}

impl Permit<'_> {
    /// Keeps the units taken: somebody else will [`Semaphore::release`] them.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.release(self.n);
    }
}

/// A [`Permit`] that borrows from nobody: see [`Semaphore::acquire_owned`].
///
/// ```
/// let places = std::sync::Arc::new(goxide::sync::Semaphore::new(2));
/// drop(places.acquire_owned(1)); // gives it back
/// places.acquire_owned(1).forget(); // does not
/// assert_eq!(places.available(), 1);
/// ```
#[derive(Debug)]
#[must_use = "the units are given back as soon as the permit goes"]
pub struct OwnedPermit {
    semaphore: Arc<Semaphore>,
    n: usize,
}

impl OwnedPermit {
    /// Keeps the units taken: somebody else will [`Semaphore::release`] them.
    pub fn forget(mut self) {
        self.n = 0;
    }
}

impl Drop for OwnedPermit {
    fn drop(&mut self) {
        self.semaphore.release(self.n);
    }
}
