//! Contexts: cancellation, deadlines and values that belong to a request, handed from call to call as an argument.
//!
//! A [`Context`] is two chains: the values it carries, and the lives that can end (`life`), whose ends travel from a
//! context to those made from it, never back. As in Go, except that [`CancelFunc`] cancels when it is dropped: what `go vet`
//! asks for (`defer cancel()`) is the default here, so that nothing waits or keeps a timer for a forgotten context.
//! Must hold: a context is an argument. It is looked up nowhere, so it works for goroutines, which have no identity.
//!
//! Rejected: contexts of the user's own making (an interface in Go): each level would need a goroutine to pass ends on.

mod life;

use std::any::{Any, TypeId};
use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, Instant};

use self::life::{Call, End, Life};
use crate::chan::{ChanCore, Receive};
use crate::park::{self, WaitReason};
use crate::shim::Arc;

/// Why a context ended in particular: any error.
///
/// ```
/// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
/// cancel.cancel("the disk is full");
/// let cause: goxide::context::Cause = ctx.cause().unwrap();
/// assert_eq!(cause.to_string(), "the disk is full");
/// ```
pub type Cause = Arc<dyn StdError + Send + Sync>;

/// What a cause can be made from: any error, or a text.
type IntoCause = Box<dyn StdError + Send + Sync>;

/// How a context ended.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::context::{Error, background};
/// use std::time::Duration;
///
/// let (ctx, _cancel) = background().with_timeout(Duration::ZERO);
/// ctx.done().recv();
/// assert_eq!(ctx.err(), Some(Error::DeadlineExceeded));
/// # });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Error {
    /// It, or one it was made from, was cancelled: Go's `context.Canceled`.
    Canceled,
    /// Its deadline, or that of one it was made from, has passed: Go's `context.DeadlineExceeded`.
    DeadlineExceeded,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::Canceled => "context canceled",
            Error::DeadlineExceeded => "context deadline exceeded",
        })
    }
}

impl StdError for Error {}

/// Cancellation, a deadline and values, for one request and all that is done for it. Clones are the same context.
///
/// ```
/// use goxide::{chan, context, go, select};
///
/// # goxide::__private::run_test(|| {
/// let (ctx, cancel) = context::background().with_cancel();
/// let numbers = chan(0);
/// let (out, generating) = (numbers.clone(), ctx.clone());
/// go! {
///     for n in 1.. {
///         select! {
///             _ = <-generating.done() => return,
///             out <- n => (),
///         }
///     }
/// }
/// assert_eq!(numbers.iter().take(3).sum::<i32>(), 6);
/// cancel.cancel();
/// assert_eq!(ctx.err(), Some(context::Error::Canceled));
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Context {
    /// `None` for one that never ends.
    life: Option<Arc<Life>>,
    values: Option<Arc<Value>>,
}

/// The context that never ends and carries nothing: what main, tests and servers start from.
///
/// ```
/// let ctx = goxide::context::background();
/// assert!(ctx.err().is_none() && ctx.deadline().is_none());
/// ```
pub fn background() -> Context {
    Context::default()
}

/// As [`background`], where it is not clear yet which context is to be used.
///
/// ```
/// assert!(goxide::context::todo().err().is_none());
/// ```
pub fn todo() -> Context {
    Context::default()
}

impl Context {
    /// A context that ends when it is cancelled, and with this one.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// drop(cancel);
    /// assert!(ctx.err().is_some());
    /// ```
    pub fn with_cancel(&self) -> (Context, CancelFunc) {
        let (ctx, life) = self.child(None);
        (ctx, CancelFunc { life, armed: true })
    }

    /// As [`Context::with_cancel`], with a word why.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
    /// let (below, _cancel_below) = ctx.with_cancel();
    /// cancel.cancel("the disk is full");
    /// assert_eq!(below.err(), Some(goxide::context::Error::Canceled));
    /// assert_eq!(below.cause().unwrap().to_string(), "the disk is full");
    /// ```
    pub fn with_cancel_cause(&self) -> (Context, CancelCauseFunc) {
        let (ctx, cancel) = self.with_cancel();
        (ctx, CancelCauseFunc(cancel))
    }

    /// A context that ends `duration` from now, unless it is cancelled or this one ends before.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # goxide::__private::run_test(|| {
    /// let (ctx, _cancel) = goxide::context::background().with_timeout(Duration::from_millis(5));
    /// ctx.done().recv();
    /// assert_eq!(ctx.err().unwrap().to_string(), "context deadline exceeded");
    /// # });
    /// ```
    pub fn with_timeout(&self, duration: Duration) -> (Context, CancelFunc) {
        // Too far away to name: it never comes.
        self.until(Instant::now().checked_add(duration), None)
    }

    /// As [`Context::with_timeout`]; `cause` is the cause if the time runs out.
    ///
    /// ```
    /// # use std::time::Duration;
    /// let (ctx, _cancel) = goxide::context::background().with_timeout_cause(Duration::ZERO, "the printer is slow");
    /// assert_eq!(ctx.cause().unwrap().to_string(), "the printer is slow");
    /// ```
    pub fn with_timeout_cause(
        &self,
        duration: Duration,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> (Context, CancelFunc) {
        self.until(Instant::now().checked_add(duration), Some(Arc::from(cause.into())))
    }

    /// A context that ends at `deadline`, unless it is cancelled or this one ends before.
    ///
    /// ```
    /// # use std::time::{Duration, Instant};
    /// let soon = Instant::now() + Duration::from_secs(60);
    /// let (ctx, _cancel) = goxide::context::background().with_deadline(soon);
    /// let (below, _cancel) = ctx.with_deadline(soon + Duration::from_secs(60));
    /// assert_eq!(below.deadline(), Some(soon));
    /// ```
    pub fn with_deadline(&self, deadline: Instant) -> (Context, CancelFunc) {
        self.until(Some(deadline), None)
    }

    /// As [`Context::with_deadline`]; `cause` is the cause if the time runs out.
    ///
    /// ```
    /// # use std::time::Instant;
    /// let (ctx, _cancel) = goxide::context::background().with_deadline_cause(Instant::now(), "closing time");
    /// assert_eq!(ctx.cause().unwrap().to_string(), "closing time");
    /// ```
    pub fn with_deadline_cause(
        &self,
        deadline: Instant,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> (Context, CancelFunc) {
        self.until(Some(deadline), Some(Arc::from(cause.into())))
    }

    fn until(&self, deadline: Option<Instant>, cause: Option<Cause>) -> (Context, CancelFunc) {
        let earlier = self.deadline();
        let deadline = deadline.filter(|&mine| earlier.is_none_or(|earlier| mine < earlier));
        let (ctx, life) = self.child(deadline);
        if let Some(deadline) = deadline {
            life.end_at(deadline, End { error: Error::DeadlineExceeded, cause });
        }
        (ctx, CancelFunc { life, armed: true })
    }

    fn child(&self, deadline: Option<Instant>) -> (Context, Arc<Life>) {
        let life = Life::begin(self.life.clone(), deadline.or(self.deadline()));
        (Context { life: Some(life.clone()), values: self.values.clone() }, life)
    }

    /// A context with the values of this one that does not end with it: for what has to be done anyway.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// let audit = ctx.without_cancel();
    /// cancel.cancel();
    /// assert!(ctx.err().is_some() && audit.err().is_none());
    /// ```
    pub fn without_cancel(&self) -> Context {
        Context { life: None, values: self.values.clone() }
    }

    /// A context that also carries `value`, to be found by its type; it hides one of the same type. Give each key a type
    /// of its own, as in Go.
    ///
    /// ```
    /// use goxide::context::{self, Context};
    ///
    /// struct User(String);
    ///
    /// fn greeting(ctx: &Context) -> String {
    ///     ctx.value::<User>().map_or("who are you?".into(), |User(name)| format!("hello, {name}"))
    /// }
    ///
    /// let ctx = context::background().with_value(User("Ada".into()));
    /// assert_eq!(greeting(&ctx), "hello, Ada");
    /// assert_eq!(greeting(&context::background()), "who are you?");
    /// ```
    pub fn with_value<T: Send + Sync + 'static>(&self, value: T) -> Context {
        let value = Value { key: TypeId::of::<T>(), value: Box::new(value), outer: self.values.clone() };
        Context { life: self.life.clone(), values: Some(Arc::new(value)) }
    }

    /// The value of this type, if there is one. See [`Context::with_value`].
    ///
    /// ```
    /// struct User(&'static str);
    ///
    /// let ctx = goxide::context::background().with_value(User("anna"));
    /// assert_eq!(ctx.value::<User>().map(|user| user.0), Some("anna"));
    /// assert!(ctx.value::<String>().is_none());
    /// ```
    pub fn value<T: Send + Sync + 'static>(&self) -> Option<&T> {
        let mut next = &self.values;
        while let Some(here) = next {
            if here.key == TypeId::of::<T>() {
                return here.value.downcast_ref();
            }
            next = &here.outer;
        }
        None
    }

    /// Ready once the context has ended: to be received from, alone or as a case of a `select!`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # goxide::__private::run_test(|| {
    /// let (ctx, _cancel) = goxide::context::background().with_timeout(Duration::from_millis(1));
    /// goxide::select! {
    ///     _ = <-ctx.done() => (),
    ///     _ = <-goxide::time::after(Duration::from_secs(3600)) => panic!("slow"),
    /// }
    /// # });
    /// ```
    pub fn done(&self) -> Done<'_> {
        Done { channel: self.life.as_deref().map(Life::done) }
    }

    /// How the context ended; `None` while it has not.
    ///
    /// ```
    /// assert_eq!(goxide::context::background().err(), None);
    /// ```
    pub fn err(&self) -> Option<Error> {
        self.life.as_ref()?.ended().map(|end| end.error)
    }

    /// Fails once the context has ended: a line between two steps of long work.
    ///
    /// ```
    /// use goxide::context::{self, Context};
    ///
    /// fn add_up(ctx: &Context, numbers: &[u64]) -> Result<u64, context::Error> {
    ///     let mut sum = 0;
    ///     for number in numbers {
    ///         ctx.check()?;
    ///         sum += number;
    ///     }
    ///     Ok(sum)
    /// }
    ///
    /// let (ctx, cancel) = context::background().with_cancel();
    /// assert_eq!(add_up(&ctx, &[1, 2]), Ok(3));
    /// cancel.cancel();
    /// assert_eq!(add_up(&ctx, &[1, 2]), Err(context::Error::Canceled));
    /// ```
    pub fn check(&self) -> Result<(), Error> {
        self.err().map_or(Ok(()), Err)
    }

    /// Why the context ended: what was given to whoever ended it, else [`Context::err`] itself; `None` while it has not.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// assert!(ctx.cause().is_none());
    /// cancel.cancel();
    /// assert_eq!(ctx.cause().unwrap().to_string(), "context canceled");
    /// ```
    pub fn cause(&self) -> Option<Cause> {
        let end = self.life.as_ref()?.ended()?;
        Some(end.cause.unwrap_or_else(|| Arc::new(end.error)))
    }

    /// When the context will end at the latest, if that is known.
    ///
    /// ```
    /// assert_eq!(goxide::context::background().deadline(), None);
    /// ```
    pub fn deadline(&self) -> Option<Instant> {
        self.life.as_ref()?.deadline()
    }

    /// Runs `f` in a goroutine of its own once the context has ended, at once if it has. What it gives can take that back;
    /// dropping it does not.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// let told = goxide::chan(1);
    /// let tell = told.clone();
    /// let stop = ctx.after_func(move || tell.send("over"));
    /// cancel.cancel();
    /// assert_eq!(told.recv(), Some("over"));
    /// assert!(!stop.stop());
    /// # });
    /// ```
    pub fn after_func(&self, f: impl FnOnce() + Send + 'static) -> AfterFunc {
        AfterFunc { call: self.life.as_ref().map(|life| life.call(Box::new(f))) }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("err", &self.err())
            .field("deadline", &self.deadline())
            .finish_non_exhaustive()
    }
}

/// One value and those outside of it.
struct Value {
    key: TypeId,
    value: Box<dyn Any + Send + Sync>,
    outer: Option<Arc<Value>>,
}

/// One after the other: a long chain must not need a deep stack.
impl Drop for Value {
    fn drop(&mut self) {
        let mut next = self.outer.take();
        while let Some(value) = next {
            next = Arc::into_inner(value).and_then(|mut value| value.outer.take());
        }
    }
}

/// What tells that a context has ended; see [`Context::done`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::{context, select};
///
/// let (ctx, cancel) = context::background().with_cancel();
/// cancel.cancel();
/// let ended = select! {
///     <-ctx.done() => true,
///     default => false,
/// };
/// assert!(ended);
/// # });
/// ```
#[derive(Clone, Copy)]
pub struct Done<'a> {
    /// Closed at the end. `None` for a context that never ends.
    channel: Option<&'a ChanCore<Infallible>>,
}

impl Done<'_> {
    /// Waits until the context has ended; for ever, if it is one that never does.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// goxide::go!(cancel.cancel());
    /// ctx.done().recv();
    /// # });
    /// ```
    pub fn recv(&self) {
        let Some(channel) = self.channel else { park::block_forever(WaitReason::ChanReceiveNil) };
        let closed = channel.recv();
        debug_assert!(closed.is_none());
    }
}

impl Receive for Done<'_> {
    type Item = Infallible;
    type Output = ();

    fn core(&self) -> Option<&ChanCore<Infallible>> {
        self.channel
    }

    fn output(_closed: Option<Infallible>) {}
}

impl fmt::Debug for Done<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Done").finish_non_exhaustive()
    }
}

/// Ends its context, and those made from it, when told to, or when it is dropped. Let it live as long as the work does:
/// `let (ctx, _cancel) = ..`, and not `(ctx, _)`, which drops it at once.
///
/// ```
/// let (ctx, cancel) = goxide::context::background().with_cancel();
/// assert!(ctx.err().is_none());
/// drop(cancel); // as `cancel.cancel()` does
/// assert!(ctx.err().is_some());
///
/// let (ctx, cancel) = goxide::context::background().with_cancel();
/// cancel.detach(); // nobody will
/// assert!(ctx.err().is_none());
/// ```
#[must_use = "the context ends when this is dropped"]
pub struct CancelFunc {
    life: Arc<Life>,
    armed: bool,
}

impl CancelFunc {
    /// Ends the context. Once it has ended, does nothing.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// cancel.cancel();
    /// cancel.cancel();
    /// assert!(ctx.err().is_some());
    /// ```
    pub fn cancel(&self) {
        self.life.end(End { error: Error::Canceled, cause: None });
    }

    /// Goes without ending the context, which then ends at its deadline or with the one it was made from.
    ///
    /// ```
    /// # use std::time::Duration;
    /// let (ctx, cancel) = goxide::context::background().with_timeout(Duration::from_secs(60));
    /// cancel.detach();
    /// assert!(ctx.err().is_none());
    /// ```
    pub fn detach(mut self) {
        self.armed = false;
    }
}

impl Drop for CancelFunc {
    fn drop(&mut self) {
        if self.armed {
            self.cancel();
        }
    }
}

impl fmt::Debug for CancelFunc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelFunc").finish_non_exhaustive()
    }
}

/// As [`CancelFunc`], with a word why. Dropped, it cancels without one.
///
/// ```
/// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
/// cancel.cancel("closing time");
/// assert_eq!(ctx.cause().unwrap().to_string(), "closing time");
///
/// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
/// cancel.detach();
/// assert!(ctx.err().is_none());
/// ```
#[derive(Debug)]
#[must_use = "the context ends when this is dropped"]
pub struct CancelCauseFunc(CancelFunc);

impl CancelCauseFunc {
    /// Ends the context because of `cause`. Once it has ended, does nothing: the first cause stays.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
    /// cancel.cancel(std::io::Error::other("the cable is out"));
    /// cancel.cancel("too late");
    /// let cause = ctx.cause().unwrap();
    /// assert_eq!(cause.downcast_ref::<std::io::Error>().unwrap().to_string(), "the cable is out");
    /// ```
    pub fn cancel(&self, cause: impl Into<Box<dyn StdError + Send + Sync>>) {
        self.cancel_boxed(cause.into());
    }

    fn cancel_boxed(&self, cause: IntoCause) {
        self.0.life.end(End { error: Error::Canceled, cause: Some(Arc::from(cause)) });
    }

    /// As [`CancelFunc::detach`].
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel_cause();
    /// cancel.detach();
    /// assert!(ctx.err().is_none());
    /// ```
    pub fn detach(self) {
        self.0.detach();
    }
}

/// Takes back what [`Context::after_func`] was to run.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (ctx, cancel) = goxide::context::background().with_cancel();
/// let told = goxide::chan(0);
/// let tell = told.clone();
/// let function = ctx.after_func(move || tell.send("ended"));
/// cancel.cancel();
/// assert_eq!(told.recv(), Some("ended"));
/// assert!(!function.stop(), "it has run");
/// # });
/// ```
#[must_use = "dropping this does not stop the function"]
pub struct AfterFunc {
    /// `None` if it will never run: its context never ends.
    call: Option<Call>,
}

impl AfterFunc {
    /// Keeps the function from running; false when it has been started.
    ///
    /// ```
    /// let (ctx, cancel) = goxide::context::background().with_cancel();
    /// let stop = ctx.after_func(|| unreachable!());
    /// assert!(stop.stop());
    /// cancel.cancel();
    /// ```
    pub fn stop(self) -> bool {
        self.call.is_none_or(|call| call.take_back())
    }
}

impl fmt::Debug for AfterFunc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AfterFunc").finish_non_exhaustive()
    }
}
