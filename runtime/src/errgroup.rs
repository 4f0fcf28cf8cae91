//! Goroutines on parts of one task, of which the first error counts: Go's `golang.org/x/sync/errgroup`.
//!
//! Must hold: `wait` returns after every function has returned. A panic in one is not lost: it goes on in `wait`, as in
//! Go's, and ends the group's context like an error.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::context::{CancelCauseFunc, Context};
use crate::sched;
use crate::shim::Arc;
use crate::sync::{Cond, Mutex, WaitGroup};
use crate::task::panic::is_orderly;

/// The error of a [`Group`] unless another type is named.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let group = goxide::errgroup::Group::<goxide::errgroup::BoxError>::new();
/// group.go(|| Ok("12x".parse::<u32>().map(drop)?));
/// group.go(|| Err("any other error".into()));
/// assert!(group.wait().is_err());
/// # });
/// ```
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Ends the context, and what makes its cause of an error.
type Cancel<E> = (CancelCauseFunc, fn(&E) -> BoxError);

struct State<E> {
    active: usize,
    limit: Option<usize>,
    /// An error or a panic came; only the first error is kept.
    failed: bool,
    error: Option<E>,
    panic: Option<Box<dyn Any + Send>>,
    /// Taken by whatever ends the context.
    cancel: Option<Cancel<E>>,
}

struct Shared<E> {
    running: WaitGroup,
    state: Mutex<State<E>>,
    room: Cond,
}

/// Goroutines on parts of one task. Clones are the same group.
///
/// ```
/// use goxide::errgroup::Group;
///
/// # goxide::__private::run_test(|| {
/// let group = Group::<std::num::ParseIntError>::new();
/// for text in ["1", "2", "three"] {
///     group.go(move || text.parse::<i32>().map(|_| ()));
/// }
/// assert!(group.wait().unwrap_err().to_string().contains("invalid digit"));
/// # });
/// ```
pub struct Group<E = BoxError> {
    shared: Arc<Shared<E>>,
}

impl<E: Send + 'static> Group<E> {
    /// A group of nothing, without a limit.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let group = goxide::errgroup::Group::<()>::new();
    /// assert_eq!(group.wait(), Ok(()));
    /// # });
    /// ```
    pub fn new() -> Group<E> {
        Group::with(None)
    }

    fn with(cancel: Option<Cancel<E>>) -> Group<E> {
        let state = State { active: 0, limit: None, failed: false, error: None, panic: None, cancel };
        Group {
            shared: Arc::new(Shared {
                running: WaitGroup::new(),
                state: Mutex::new(state),
                room: Cond::new(),
            }),
        }
    }

    /// A group, and a context that ends with the first error (its cause has that error's text), with the first panic, or
    /// when [`Group::wait`] returns.
    ///
    /// ```
    /// use goxide::{context, errgroup::Group};
    ///
    /// # goxide::__private::run_test(|| {
    /// let (group, ctx) = Group::<std::io::Error>::with_context(&context::background());
    /// let waiting = ctx.clone();
    /// group.go(move || {
    ///     waiting.done().recv(); // the other has failed
    ///     Ok(())
    /// });
    /// group.go(|| Err(std::io::Error::other("no such host")));
    /// assert_eq!(group.wait().unwrap_err().to_string(), "no such host");
    /// assert_eq!(ctx.cause().unwrap().to_string(), "no such host");
    /// # });
    /// ```
    pub fn with_context(parent: &Context) -> (Group<E>, Context)
    where
        E: fmt::Display,
    {
        let (ctx, cancel) = parent.with_cancel_cause();
        (Group::with(Some((cancel, |error| error.to_string().into()))), ctx)
    }

    /// Runs `f` in a goroutine, after waiting, if there is a limit, until fewer than that run. The first error counts.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let group = goxide::errgroup::Group::new();
    /// group.go(|| Ok(()));
    /// group.go(|| Err("no"));
    /// assert_eq!(group.wait(), Err("no"));
    /// # });
    /// ```
    pub fn go(&self, f: impl FnOnce() -> Result<(), E> + Send + 'static) {
        let mut state = self.shared.state.lock();
        while state.limit.is_some_and(|limit| state.active >= limit) {
            state = self.shared.room.wait(state);
        }
        state.active += 1;
        drop(state);
        self.start(f);
    }

    /// As [`Group::go`], unless it would have to wait: then false, and `f` is dropped.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let group = goxide::errgroup::Group::<()>::new();
    /// group.set_limit(Some(1));
    /// let gate = goxide::chan::<()>(0);
    /// let opened = gate.clone();
    /// assert!(group.try_go(move || {
    ///     opened.recv();
    ///     Ok(())
    /// }));
    /// assert!(!group.try_go(|| Ok(())));
    /// gate.close();
    /// assert!(group.wait().is_ok());
    /// # });
    /// ```
    pub fn try_go(&self, f: impl FnOnce() -> Result<(), E> + Send + 'static) -> bool {
        {
            let mut state = self.shared.state.lock();
            if state.limit.is_some_and(|limit| state.active >= limit) {
                return false;
            }
            state.active += 1;
        }
        self.start(f);
        true
    }

    /// Lets at most `limit` functions run at once; `None` for any number, and with 0 none can start.
    ///
    /// # Panics
    /// While some run.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let group = goxide::errgroup::Group::<()>::new();
    /// group.set_limit(Some(2));
    /// (0..10).for_each(|_| group.go(|| Ok(())));
    /// assert_eq!(group.wait(), Ok(()));
    /// # });
    /// ```
    #[track_caller]
    pub fn set_limit(&self, limit: Option<usize>) {
        let mut state = self.shared.state.lock();
        let active = state.active;
        assert!(
            active == 0,
            "errgroup: modify limit while {active} goroutines in the group are still active"
        );
        state.limit = limit;
    }

    fn start(&self, f: impl FnOnce() -> Result<(), E> + Send + 'static) {
        self.shared.running.add(1);
        let shared = self.shared.clone();
        sched::spawn(move || {
            shared.ended(catch_unwind(AssertUnwindSafe(f)));
            shared.running.done();
        });
    }

    /// Waits for all to return: the first error, once. The context of the group has then ended.
    ///
    /// # Panics
    /// With the first panic of one of them.
    pub fn wait(&self) -> Result<(), E> {
        self.shared.running.wait();
        let mut state = self.shared.state.lock();
        let (cancel, panic, error) = (state.cancel.take(), state.panic.take(), state.error.take());
        state.failed = false;
        drop(state);
        drop(cancel);
        if let Some(payload) = panic {
            resume_unwind(payload);
        }
        error.map_or(Ok(()), Err)
    }
}

impl<E> Shared<E> {
    /// Notes how a function ended. Code of the user's (texts of errors, drops) runs outside the lock.
    fn ended(&self, result: std::thread::Result<Result<(), E>>) {
        let mut state = self.state.lock();
        match result {
            Ok(Ok(())) => {}
            Err(payload) if is_orderly(&*payload) => {}
            Ok(Err(error)) => {
                let is_first = !std::mem::replace(&mut state.failed, true);
                let cancel = state.cancel.take();
                drop(state);
                if let Some((cancel, cause)) = cancel {
                    cancel.cancel(cause(&error));
                }
                // A later one is dropped here.
                let first = is_first.then_some(error);
                state = self.state.lock();
                if first.is_some() {
                    state.error = first;
                }
            }
            Err(payload) => {
                state.failed = true;
                let cancel = state.cancel.take();
                let later = match state.panic {
                    None => {
                        state.panic = Some(payload);
                        None
                    }
                    Some(_) => Some(payload),
                };
                drop(state);
                drop((cancel, later));
                state = self.state.lock();
            }
        }
        state.active -= 1;
        drop(state);
        self.room.signal();
    }
}

impl<E> Clone for Group<E> {
    fn clone(&self) -> Group<E> {
        Group { shared: self.shared.clone() }
    }
}

impl<E: Send + 'static> Default for Group<E> {
    fn default() -> Group<E> {
        Group::new()
    }
}

impl<E> fmt::Debug for Group<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("running", &self.shared.running).finish_non_exhaustive()
    }
}
