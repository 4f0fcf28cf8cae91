//! Contexts that end: by `cancel`, with their parent, or at a deadline.
//!
//! Must hold: the lock of a parent is taken before that of a child, never the other way round, and neither is held while
//! code of the program runs. A context finds the nearest one above that ends by asking for the value of a key nobody else
//! has, as in Go: so values and contexts of other packages between the two are no hindrance, unless they change `Done`.

use goxide::__private::sema::RawMutex;
use goxide_macros::{GoStruct, methods};

use super::{CancelCauseFunc, CancelFunc, Canceled, Context, DeadlineExceeded, check_parent, name_of};
use crate::builtin::EmptyStruct;
use crate::chan::{Chan, RecvChan};
use crate::func::{Func, func};
use crate::global::Global;
use crate::interface::{Any, Error, Interface, any};
use crate::map::Map;
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::sync::Mutex;
use crate::sync::overlay::overlay;
use crate::time::{self, Duration, Time, Timer, TimerMethods};
use crate::view::{View, nil, zero};

/// What contexts that can be ended have in common.
#[derive(Clone, Copy, GoStruct)]
#[go("context.core")]
#[repr(C)]
pub struct Core {
    above: Context,
    lock: Mutex,
    done: Chan<EmptyStruct>,
    err: Error,
    cause: Error,
    children: Map<Ptr<Core>, bool>,
    /// Among whose children it is.
    parent: Ptr<Core>,
    /// Called in a goroutine of its own at the end.
    call: Func<dyn Fn()>,
    deadline: Time,
    timer: Ptr<Timer>,
}

/// The key by which a context of this package is found, by its address.
static QUESTION: Global<isize> = Global::zero();

/// Whether somebody asks for the nearest context that ends.
pub(super) fn is_question(key: Any) -> bool {
    key.downcast::<Ptr<isize>>() == Some(QUESTION.addr())
}

/// The nearest context of this package that ends, at or above `context`.
fn nearest(context: Context) -> Ptr<Core> {
    context.Value(any(QUESTION.addr())).downcast().unwrap_or(nil())
}

struct Held(&'static RawMutex);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

fn lock(context: Ptr<Core>) -> Held {
    let lock: &RawMutex = overlay(context.lock.addr());
    lock.lock();
    Held(lock)
}

impl Core {
    fn below(parent: Context) -> Core {
        check_parent(parent);
        Core { above: parent, done: Chan::make(0), ..zero() }
    }
}

/// Makes a context end when its parent does.
fn follow(child: Ptr<Core>) {
    let above = *child.above;
    let done = above.Done();
    if done.is_nil() {
        return;
    }
    let parent = nearest(above);
    if !parent.is_nil() && (*parent.done).recv_only() == done {
        let held = lock(parent);
        if (*parent.err).is_nil() {
            if (*parent.children).is_nil() {
                parent.children.set(Map::make());
            }
            (*parent.children).set(child, true);
            child.parent.set(parent);
            return;
        }
        let (err, cause) = (*parent.err, *parent.cause);
        drop(held);
        end(child, err, cause);
        return;
    }
    // A context of the program's own making.
    let own = (*child.done).recv_only();
    goxide::go!(move || {
        goxide::select! {
            _ = <-done => end(child, above.Err(), Cause(above)),
            _ = <-own => {}
        }
    });
}

/// Ends a context and those made of it, the first time only.
fn end(context: Ptr<Core>, err: Error, cause: Error) {
    let held = lock(context);
    if !(*context.err).is_nil() {
        return;
    }
    let cause = if cause.is_nil() { err } else { cause };
    context.err.set(err);
    context.cause.set(cause);
    (*context.done).close();
    let (children, parent) = (*context.children, *context.parent);
    let (timer, call) = (*context.timer, *context.call);
    context.children.set(nil());
    context.parent.set(nil());
    context.timer.set(nil());
    // New children see that this one has ended, and those that end by themselves find no list.
    drop(held);
    for (child, _) in children.range() {
        end(child, err, cause);
    }
    if !parent.is_nil() {
        let _held = lock(parent);
        (*parent.children).delete(context);
    }
    if !timer.is_nil() {
        timer.Stop();
    }
    if !call.is_nil() {
        goxide::go!(call());
    }
}

fn err_of(context: Ptr<Core>) -> Error {
    let _held = lock(context);
    *context.err
}

macro_rules! contexts {
    ($($(#[$doc:meta])* $name:ident $go:literal |$core:ident| $has:expr, $text:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, GoStruct)]
        #[go($go)]
        #[repr(C)]
        pub struct $name {
            core: Core,
        }

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<$name> {
            pub fn Deadline(self) -> (Time, bool) {
                if $has { (self.core.deadline.get(), true) } else { self.core.above.Deadline() }
            }
            pub fn Done(self) -> RecvChan<EmptyStruct> {
                (*self.core.done).recv_only()
            }
            pub fn Err(self) -> Error {
                err_of(self.core.addr())
            }
            pub fn Value(self, key: Any) -> Any {
                if is_question(key) { any(self.core.addr()) } else { self.core.above.Value(key) }
            }
            pub fn String(self) -> Str {
                let $core = self.core.addr();
                name_of(*$core.above) + $text
            }
        }
    )*};
}
contexts! {
    /// A context that can be cancelled; values are pointers to it.
    CancelCtx "context.cancelCtx" |core| false, str(".WithCancel");
    /// A context with a deadline; values are pointers to it.
    TimerCtx "context.timerCtx" |core| true, {
        let deadline = core.deadline.get();
        let left = time::Until(deadline).String();
        str(".WithDeadline(") + deadline.String() + str(" [") + left + str("])")
    };
}

fn cancellable(parent: Context) -> (Context, Ptr<Core>) {
    let context = Ptr::new(CancelCtx { core: Core::below(parent) });
    let core = context.core.addr();
    follow(core);
    (Context::of(context), core)
}

fn cancel_of(core: Ptr<Core>) -> CancelFunc {
    CancelFunc(func(move || end(core, Canceled.get(), nil())))
}

/// A context that ends when `cancel` is called, or with its parent.
pub fn WithCancel(parent: Context) -> (Context, CancelFunc) {
    let (context, core) = cancellable(parent);
    (context, cancel_of(core))
}

/// As [`WithCancel`]; who ends it says why.
pub fn WithCancelCause(parent: Context) -> (Context, CancelCauseFunc) {
    let (context, core) = cancellable(parent);
    (context, CancelCauseFunc(func(move |cause: Error| end(core, Canceled.get(), cause))))
}

/// A context that ends at `d`, or earlier.
pub fn WithDeadline(parent: Context, d: Time) -> (Context, CancelFunc) {
    WithDeadlineCause(parent, d, nil())
}

/// As [`WithDeadline`]; `cause` says why it ended if the deadline did.
pub fn WithDeadlineCause(parent: Context, d: Time, cause: Error) -> (Context, CancelFunc) {
    check_parent(parent);
    let (earlier, has) = parent.Deadline();
    if has && earlier.Before(d) {
        return WithCancel(parent);
    }
    let context = Ptr::new(TimerCtx { core: Core { deadline: d, ..Core::below(parent) } });
    let core = context.core.addr();
    follow(core);
    let left = time::Until(d);
    let late = move || end(core, DeadlineExceeded.get(), cause);
    if left.0 <= 0 {
        late();
    } else {
        let _held = lock(core);
        if (*core.err).is_nil() {
            core.timer.set(time::AfterFunc(left, func(late)));
        }
    }
    (Context::of(context), cancel_of(core))
}

/// A context that ends after `timeout`, or earlier.
pub fn WithTimeout(parent: Context, timeout: Duration) -> (Context, CancelFunc) {
    WithDeadline(parent, time::Now().Add(timeout))
}

/// As [`WithTimeout`]; `cause` says why it ended if the timeout did.
pub fn WithTimeoutCause(parent: Context, timeout: Duration, cause: Error) -> (Context, CancelFunc) {
    WithDeadlineCause(parent, time::Now().Add(timeout), cause)
}

/// Why a context has ended; nil if it has not.
pub fn Cause(c: Context) -> Error {
    let core = nearest(c);
    if !core.is_nil() {
        let _held = lock(core);
        if !(*core.cause).is_nil() {
            return *core.cause;
        }
    }
    c.Err()
}

/// Calls `f` in a goroutine of its own when `ctx` ends, unless `stop` is called before.
pub fn AfterFunc(ctx: Context, f: Func<dyn Fn()>) -> Func<dyn Fn() -> bool> {
    let core = Ptr::new(Core { call: f, ..Core::below(ctx) });
    follow(core);
    func(move || {
        {
            let _held = lock(core);
            if !(*core.err).is_nil() {
                return false;
            }
            core.call.set(nil());
        }
        end(core, Canceled.get(), nil());
        true
    })
}
