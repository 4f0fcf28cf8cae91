//! `scope`: goroutines that borrow from the one that starts them.
//!
//! What makes it sound:
//! 1. [`scope`] does not return, neither by value nor by panic, before every goroutine of the scope has dropped its closure.
//!    Its caller's frame, and with it all that is older than `'env`, stays until then.
//! 2. Who waits is `scope` itself, after catching what its closure may have thrown: nothing depends on a destructor or a
//!    handle, so nothing can be leaked to get out early. The [`Scope`] is lent, never owned by the user.
//! 3. A goroutine counts from before it is queued until its closure was consumed, by returning or by its panic. One that is
//!    never run (the program ends) is counted for ever, and `scope` then waits for ever.
//! 4. The count lies in an `Arc`: the last goroutine still touches it while the scope may already have gone on.
//! 5. A goroutine that waits is never unwound nor freed from outside, so the frame borrowed from cannot go while `scope`
//!    waits: when all goroutines sleep for ever, the deadlock report ends the program, or in a test leaks that stack.
//!
//! The wait is outside the unwind on purpose: meanwhile other goroutines run on the thread, which must not look panicking.
//! Results come over channels or in borrowed places; `spawn` gives no handle, since a goroutine has no identity.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::sched;
use crate::sched::trace::Site;
use crate::shim::{Arc, Mutex, lock};
use crate::sync::raw::RawWaitGroup;
use crate::task::panic::{fatal, is_orderly};
use crate::task::{self, WaitReason};

#[derive(Default)]
struct Shared {
    running: RawWaitGroup,
    /// The first panic of a goroutine.
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

impl Shared {
    /// Keeps the first. The destructor of a later one is the user's code, which may wait, so it runs outside the lock.
    fn panicked(&self, payload: Box<dyn Any + Send>) {
        let mut first = lock(&self.panic);
        if first.is_none() {
            *first = Some(payload);
        } else {
            drop(first);
            drop(payload);
        }
    }
}

/// Starts goroutines that may borrow what outlives the call of [`scope`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::{Scope, scope};
///
/// /// Starts goroutines of its caller's scope.
/// fn lengths<'scope>(s: &'scope Scope<'scope, '_>, words: &'scope [&str], lengths: &'scope mut [usize]) {
///     for (word, length) in words.iter().zip(lengths) {
///         s.spawn(move || *length = word.len());
///     }
/// }
///
/// let mut found = [0; 2];
/// scope(|s| lengths(s, &["one", "three"], &mut found));
/// assert_eq!(found, [3, 5]);
/// # });
/// ```
pub struct Scope<'scope, 'env: 'scope> {
    shared: Arc<Shared>,
    /// Invariant, so that neither can be taken for a shorter one.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// Runs `f`, which may start goroutines that borrow from the caller, and waits for all of them.
///
/// # Panics
/// With the panic of `f`, else with the first of a goroutine; in either case after all have ended.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let words = ["so", "many", "words"];
/// let mut lengths = [0; 3];
/// goxide::scope(|s| {
///     for (word, length) in words.iter().zip(&mut lengths) {
///         s.spawn(move || *length = word.len());
///     }
/// });
/// assert_eq!(lengths, [2, 4, 5]);
/// # });
/// ```
///
/// What lives in the closure only is too short:
///
/// ```compile_fail,E0373
/// goxide::scope(|s| {
///     let text = String::from("gone too early");
///     s.spawn(|| println!("{text}"));
/// });
/// ```
pub fn scope<'env, T>(f: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let shared = Arc::new(Shared::default());
    let _lent = task::Lent::new();
    let scope = Scope { shared: shared.clone(), scope: PhantomData, env: PhantomData };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    shared.running.wait_as(WaitReason::Scope);
    let panic = lock(&shared.panic).take();
    match (result, panic) {
        (Err(payload), _) | (Ok(_), Some(payload)) => resume_unwind(payload),
        (Ok(value), None) => value,
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a goroutine of this scope, as [`go!`](crate::go!)`(s; ..)` does. It may start others: the scope waits for those as well.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let log = goxide::sync::Mutex::new(Vec::new());
    /// goxide::scope(|s| {
    ///     s.spawn(|| {
    ///         s.spawn(|| log.lock().push("inner"));
    ///         log.lock().push("outer");
    ///     });
    /// });
    /// assert_eq!(log.into_inner().len(), 2);
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn<F: FnOnce() + Send + 'scope>(&'scope self, f: F) {
        sched::spawn_at(self.body(f), Site::of::<F>());
    }

    #[track_caller]
    pub(crate) fn spawn_with_stack<F: FnOnce() + Send + 'scope>(&'scope self, bytes: usize, f: F) {
        sched::program::spawn_with_stack_at(bytes, self.body(f), Site::of::<F>());
    }

    /// What the goroutine runs. It counts from now on.
    fn body<F: FnOnce() + Send + 'scope>(&'scope self, f: F) -> impl FnOnce() + Send + 'static {
        let f: Box<dyn FnOnce() + Send + 'scope> = Box::new(f);
        // SAFETY: only the lifetime changes. The closure is consumed before the count falls, and what it borrows stays
        // until then: points 1 to 3 of the module.
        let f = unsafe {
            std::mem::transmute::<Box<dyn FnOnce() + Send + 'scope>, Box<dyn FnOnce() + Send + 'static>>(f)
        };
        let running = Running::begin(&self.shared);
        move || {
            // Dropped last, whatever happens.
            let running = running;
            if let Err(payload) = catch_unwind(AssertUnwindSafe(f))
                && !is_orderly(&*payload)
            {
                running.0.panicked(payload);
            }
        }
    }
}

/// One goroutine in the count.
struct Running(Arc<Shared>);

impl Running {
    fn begin(shared: &Arc<Shared>) -> Running {
        if shared.running.add(1).is_err() {
            fatal("goxide::scope: more goroutines than can be counted");
        }
        Running(shared.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It was counted, so the count does not fall below zero.
        let _ = self.0.running.add(-1);
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("running", &self.shared.running.count()).finish_non_exhaustive()
    }
}
