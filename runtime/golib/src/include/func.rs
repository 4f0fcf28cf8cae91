//! Functions that are values, between the languages.
//!
//! Must hold: a function of Go's is kept by a [`Root`]; a closure of Rust's lies where malloc put it and holds no handle but in a `Root`, and
//! the collector says when Go code has it no more. A panic of such a closure becomes one of Go's, so that what Go code has deferred runs.

use std::any::Any as Payload;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use super::{Cross, Pass, Return, Root};
use crate::func::{Func, func};
use crate::heap;
use crate::panic::{self, Unwinding};
use crate::ptr::Ptr;
use crate::runtime_error;
use crate::string::Str;
use crate::view::{View, nil};

/// A function that is a value: `func(int) string` of Go is `GoFunc<dyn Fn(isize) -> String + Send + Sync>`, and is called as `f(1)`.
///
/// ```
/// use goxide_golib::include::GoFunc;
/// let double: GoFunc<dyn Fn(isize) -> isize + Send + Sync> = GoFunc::from(|n: isize| 2 * n);
/// assert_eq!(double(21), 42);
/// ```
pub struct GoFunc<F: ?Sized>(Option<Arc<F>>);

impl<F: ?Sized> GoFunc<F> {
    /// No function; a call panics, as Go's does.
    pub const fn nil() -> GoFunc<F> {
        GoFunc(None)
    }

    /// Is it nil?
    pub fn is_nil(&self) -> bool {
        self.0.is_none()
    }
}

impl<F: ?Sized> Deref for GoFunc<F> {
    type Target = F;

    fn deref(&self) -> &F {
        match &self.0 {
            Some(function) => function,
            None => runtime_error::nil_dereference(),
        }
    }
}

impl<F: ?Sized> Clone for GoFunc<F> {
    fn clone(&self) -> GoFunc<F> {
        GoFunc(self.0.clone())
    }
}

impl<F: ?Sized> Default for GoFunc<F> {
    fn default() -> GoFunc<F> {
        GoFunc::nil()
    }
}

impl<F: ?Sized> PartialEq for GoFunc<F> {
    /// Whether they are clones of one, or both nil; Go compares functions with nil only.
    fn eq(&self, other: &GoFunc<F>) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
}

impl<F: ?Sized> fmt::Debug for GoFunc<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_nil() { "nil" } else { "func" })
    }
}

/// A value of Rust's that Go code holds: the address of its box in an object that the collector watches.
struct Lent<V>(Ptr<usize>, PhantomData<V>);

impl<V> Clone for Lent<V> {
    fn clone(&self) -> Lent<V> {
        *self
    }
}
impl<V> Copy for Lent<V> {}

// SAFETY: whoever has it gets clones of a value that may be shared and sent.
unsafe impl<V: Send + Sync> Send for Lent<V> {}
// SAFETY: as above.
unsafe impl<V: Send + Sync> Sync for Lent<V> {}

impl<V: Clone + Send + Sync + 'static> Lent<V> {
    fn new(value: V) -> Lent<V> {
        fn free<V>(task: usize, _: usize) {
            // SAFETY: the box that `new` took apart; the object that knew its address is unreachable, and this is called once.
            drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<V>(task)) });
        }
        let value = Box::into_raw(Box::new(value));
        let object = Ptr::new(value.expose_provenance());
        heap::when_unreachable(object.as_raw().cast(), value.cast(), free::<V>, false);
        Lent(object, PhantomData)
    }

    fn get(self) -> V {
        // SAFETY: `new` put the address of the box there, which lives as long as the object is found on this stack.
        let value = unsafe { &*std::ptr::with_exposed_provenance::<V>(self.0.get()) }.clone();
        std::hint::black_box(self.0);
        value
    }
}

/// Runs code of Rust's for Go.
fn call<R>(code: impl FnOnce() -> R) -> R {
    catch_unwind(AssertUnwindSafe(code)).unwrap_or_else(|payload| {
        if payload.is::<Unwinding>() {
            resume_unwind(payload);
        }
        panic::panic(Str::copy_of(message(&*payload).as_bytes()))
    })
}

fn message(payload: &(dyn Payload + Send)) -> &str {
    match payload.downcast_ref::<String>() {
        Some(text) => text,
        None => payload.downcast_ref::<&str>().unwrap_or(&"a panic in Rust"),
    }
}

macro_rules! functions {
    ($($ty:ident)*) => {
        #[allow(non_snake_case, clippy::unused_unit)]
        impl<$($ty: Pass<Rust: 'static>,)* R: Return<Rust: 'static>> Cross for Func<dyn Fn($($ty),*) -> R> {
            type Rust = GoFunc<dyn Fn($($ty::Rust),*) -> R::Rust + Send + Sync>;

            fn from_rust(value: &Self::Rust) -> Self {
                let Some(function) = &value.0 else { return nil() };
                let lent = Lent::new(function.clone());
                func(move |$($ty: $ty),*| -> R {
                    call(|| R::give((lent.get())($($ty.pass()),*)))
                })
            }

            fn to_rust(self) -> Self::Rust {
                if self.is_nil() {
                    return GoFunc::nil();
                }
                let root = Root::new(self);
                GoFunc(Some(Arc::new(move |$($ty: $ty::Rust),*| {
                    let function = root.get();
                    function($($ty::take($ty)),*).returned()
                })))
            }
        }

        impl<Z, $($ty: 'static,)* R: 'static> From<Z> for GoFunc<dyn Fn($($ty),*) -> R + Send + Sync>
        where
            Z: Fn($($ty),*) -> R + Send + Sync + 'static,
        {
            fn from(closure: Z) -> Self {
                GoFunc(Some(Arc::new(closure)))
            }
        }
    };
}
functions!();
functions!(A);
functions!(A B);
functions!(A B C);
functions!(A B C D);
functions!(A B C D E);
functions!(A B C D E F);
