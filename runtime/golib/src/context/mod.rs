//! Go's package `context`.
//!
//! Must hold: a context ends once, and with it all that were made of it, before `cancel` returns; then its channel is closed,
//! `Err` and `Cause` say why. Children hang from their parent as a list in the heap; a parent that is not of this package is
//! watched by a goroutine, as in Go.

mod cancel;

use goxide_macros::{GoNewtype, GoStruct, interface, methods};

use crate::builtin::EmptyStruct;
use crate::chan::RecvChan;
use crate::errors::error_variables;
use crate::func::Func;
use crate::global::Global;
use crate::interface::{Any, Error, Interface, any, eq_iface};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::time::Time;
use crate::ty::Desc;
use crate::view::{nil, zero};

pub use cancel::{
    AfterFunc, Cause, WithCancel, WithCancelCause, WithDeadline, WithDeadlineCause, WithTimeout,
    WithTimeoutCause,
};

/// A deadline, an end, and values of a task.
#[interface("context.Context")]
pub trait Context {
    fn Deadline(self) -> (Time, bool);
    fn Done(self) -> RecvChan<EmptyStruct>;
    fn Err(self) -> Error;
    fn Value(self, key: Any) -> Any;
}

/// Ends a context.
#[derive(Clone, Copy, GoNewtype)]
#[go("context.CancelFunc")]
pub struct CancelFunc(pub Func<dyn Fn()>);

/// Ends a context and says why.
#[derive(Clone, Copy, GoNewtype)]
#[go("context.CancelCauseFunc")]
pub struct CancelCauseFunc(pub Func<dyn Fn(Error)>);

error_variables! {
    /// It was cancelled.
    Canceled = "context canceled";
}

/// The type of `DeadlineExceeded`.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("context.deadlineExceededError")]
#[repr(C)]
pub struct DeadlineExceededError {}

#[methods(reflected)]
#[allow(missing_docs)]
impl DeadlineExceededError {
    pub fn Error(self) -> Str {
        str("context deadline exceeded")
    }
    pub fn Timeout(self) -> bool {
        true
    }
    pub fn Temporary(self) -> bool {
        true
    }
}

/// Its deadline has passed.
pub static DeadlineExceeded: Global<Error> = Global::new(Error::of_empty::<DeadlineExceededError>());

#[interface]
trait KnowsString {
    fn String(self) -> Str;
}

/// How a context shows itself in the name of another.
pub(crate) fn name_of(context: Context) -> Str {
    match context.downcast::<KnowsString>() {
        Some(context) => context.String(),
        None => Str::from(context.iface().desc().map_or(String::new(), Desc::type_string)),
    }
}

macro_rules! roots {
    ($($(#[$doc:meta])* $make:ident $name:ident $go:literal $text:literal;)*) => {$(
        /// A context that never ends.
        #[derive(Clone, Copy, PartialEq, GoStruct)]
        #[go($go)]
        #[repr(C)]
        pub struct $name {}

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl $name {
            pub fn Deadline(self) -> (Time, bool) {
                zero2()
            }
            pub fn Done(self) -> RecvChan<EmptyStruct> {
                nil()
            }
            pub fn Err(self) -> Error {
                nil()
            }
            pub fn Value(self, _key: Any) -> Any {
                nil()
            }
            pub fn String(self) -> Str {
                str($text)
            }
        }

        $(#[$doc])*
        pub fn $make() -> Context {
            Context::of($name {})
        }
    )*};
}
roots! {
    /// The context from which all others are made.
    Background BackgroundCtx "context.backgroundCtx" "context.Background";
    /// As `Background`, where it is not clear yet which one to use.
    TODO TodoCtx "context.todoCtx" "context.TODO";
}

fn zero2() -> (Time, bool) {
    (zero(), false)
}

fn complain(text: &'static str) -> ! {
    panic(any(str(text)))
}

fn check_parent(parent: Context) {
    if parent.is_nil() {
        complain("cannot create context from nil parent");
    }
}

/// A context with one value more; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("context.valueCtx")]
#[repr(C)]
pub struct ValueCtx {
    #[go(embedded)]
    Context: Context,
    key: Any,
    val: Any,
}

/// A context in which `key` has the value `val`.
pub fn WithValue(parent: Context, key: Any, val: Any) -> Context {
    check_parent(parent);
    match key.iface().desc() {
        None => complain("nil key"),
        Some(desc) if desc.eq.is_none() => complain("key is not comparable"),
        Some(_) => Context::of(Ptr::new(ValueCtx { Context: parent, key, val })),
    }
}

/// A key or value in the name of a context: what it says of itself, else its type.
fn shown(value: Any) -> Str {
    if let Some(value) = value.downcast::<KnowsString>() {
        return value.String();
    }
    if let Some(text) = value.downcast::<Str>() {
        return text;
    }
    Str::from(value.iface().desc().map_or("<nil>".to_string(), Desc::type_string))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ValueCtx> {
    pub fn Deadline(self) -> (Time, bool) {
        self.Context.Deadline()
    }
    pub fn Done(self) -> RecvChan<EmptyStruct> {
        self.Context.Done()
    }
    pub fn Err(self) -> Error {
        self.Context.Err()
    }
    pub fn Value(self, key: Any) -> Any {
        // Chains of values may be long: no recursion through them.
        let mut at = self;
        loop {
            if eq_iface(at.key.iface(), key.iface()) {
                return *at.val;
            }
            match at.Context.downcast::<Ptr<ValueCtx>>() {
                Some(above) => at = above,
                None => return at.Context.Value(key),
            }
        }
    }
    pub fn String(self) -> Str {
        name_of(*self.Context)
            + str(".WithValue(")
            + shown(*self.key)
            + str(", ")
            + shown(*self.val)
            + str(")")
    }
}

/// A context that does not end with its parent.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("context.withoutCancelCtx")]
#[repr(C)]
pub struct WithoutCancelCtx {
    c: Context,
}

/// A context with the values of `parent` that goes on when that ends.
pub fn WithoutCancel(parent: Context) -> Context {
    check_parent(parent);
    Context::of(WithoutCancelCtx { c: parent })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl WithoutCancelCtx {
    pub fn Deadline(self) -> (Time, bool) {
        zero2()
    }
    pub fn Done(self) -> RecvChan<EmptyStruct> {
        nil()
    }
    pub fn Err(self) -> Error {
        nil()
    }
    pub fn Value(self, key: Any) -> Any {
        match cancel::is_question(key) {
            // It is not ended by what is above it.
            true => nil(),
            false => self.c.Value(key),
        }
    }
    pub fn String(self) -> Str {
        name_of(self.c) + str(".WithoutCancel")
    }
}
