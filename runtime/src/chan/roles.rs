//! What the cases of a select need of a channel, whatever it wears.

use std::rc::Rc;

use super::{Chan, ChanCore, Receiver, Sender};
use crate::shim::Arc;

/// What `v = <-c` needs of `c`.
#[diagnostic::on_unimplemented(
    message = "cannot receive from `{Self}`",
    label = "not a channel to receive from",
    note = "`<-c` wants a `goxide::Chan` or a `goxide::Receiver`, and receives by itself: no `.recv()` behind it",
    note = "of a context it wants `<-ctx.done()`; for a time there are `after(duration) =>` and `goxide::time::after(..)`"
)]
#[doc(hidden)]
pub trait Receive {
    /// The element.
    type Item;
    /// What the case binds.
    type Output;
    /// The channel, `None` when it is nil.
    fn core(&self) -> Option<&ChanCore<Self::Item>>;
    /// Clothes what was received, `None` when the channel is closed and drained.
    fn output(value: Option<Self::Item>) -> Self::Output;
}

/// What `(v, ok) = <-c` needs of `c`: only channels of translated Go have it.
#[diagnostic::on_unimplemented(
    message = "receiving from `{Self}` gives an `Option`, not a value and an `ok`",
    label = "this channel's receive gives `Option<(..)>`",
    note = "take `v = <-rx` and match on `v`: it is `Some((a, b))`, or `None` when the channel is closed"
)]
#[doc(hidden)]
pub trait ReceiveOk: Receive {
    /// What the case binds.
    type OutputOk;
    /// Clothes what was received, `None` when the channel is closed and drained.
    fn output_ok(value: Option<Self::Item>) -> Self::OutputOk;
}

/// What `c <- v` needs of `c`.
#[diagnostic::on_unimplemented(
    message = "cannot send `{V}` to `{Self}`",
    label = "not a channel for `{V}`",
    note = "`c <- v` wants a `goxide::Chan` or a `goxide::Sender` of the type of `v`"
)]
#[doc(hidden)]
pub trait SendTo<V> {
    /// What travels: `V`, unless the channel is one of Go's that Rust code has.
    type Element;
    /// Makes it of the value.
    fn element(value: V) -> Self::Element;
    /// The channel, `None` when it is nil.
    fn core(&self) -> Option<&ChanCore<Self::Element>>;
    /// The case was chosen, but the channel is closed or has no receivers. Go's channels panic.
    fn refused(&self, value: Self::Element);
}

macro_rules! through {
    ($($pointer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<C: Receive + ?Sized> Receive for $pointer {
            type Item = C::Item;
            type Output = C::Output;

            fn core(&self) -> Option<&ChanCore<C::Item>> {
                (**self).core()
            }

            fn output(value: Option<C::Item>) -> C::Output {
                C::output(value)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<V, C: SendTo<V> + ?Sized> SendTo<V> for $pointer {
            type Element = C::Element;

            fn element(value: V) -> C::Element {
                C::element(value)
            }

            fn core(&self) -> Option<&ChanCore<C::Element>> {
                (**self).core()
            }

            fn refused(&self, value: C::Element) {
                (**self).refused(value);
            }
        }
    )*};
}
through!(&C, &mut C, Box<C>, Rc<C>, Arc<C>);

impl<C: ReceiveOk + ?Sized> ReceiveOk for &C {
    type OutputOk = C::OutputOk;

    fn output_ok(value: Option<C::Item>) -> C::OutputOk {
        C::output_ok(value)
    }
}

impl<T> Receive for Chan<T> {
    type Item = T;
    type Output = Option<T>;

    fn core(&self) -> Option<&ChanCore<T>> {
        self.as_core()
    }

    fn output(value: Option<T>) -> Option<T> {
        value
    }
}

impl<T> Receive for Receiver<T> {
    type Item = T;
    type Output = Option<T>;

    fn core(&self) -> Option<&ChanCore<T>> {
        Some(self.as_core())
    }

    fn output(value: Option<T>) -> Option<T> {
        value
    }
}

impl<T> SendTo<T> for Chan<T> {
    type Element = T;

    fn element(value: T) -> T {
        value
    }

    fn core(&self) -> Option<&ChanCore<T>> {
        self.as_core()
    }

    fn refused(&self, _value: T) {
        panic!("send on closed channel");
    }
}

/// A case that sends to a channel whose receivers are gone is ready, and the value is dropped: a select has no place for
/// an error, and waiting for ever would be worse.
impl<T> SendTo<T> for Sender<T> {
    type Element = T;

    fn element(value: T) -> T {
        value
    }

    fn core(&self) -> Option<&ChanCore<T>> {
        Some(self.as_core())
    }

    fn refused(&self, _value: T) {}
}
