//! Channels.

use std::marker::PhantomData;

/// One channel, whoever wears it.
#[doc(hidden)]
pub struct ChanCore<T>(PhantomData<T>);

/// A Go channel for Rust.
pub struct Chan<T>(PhantomData<T>);

/// The sending half of [`channel`].
pub struct Sender<T>(PhantomData<T>);

/// The receiving half of [`channel`].
pub struct Receiver<T>(PhantomData<T>);

/// Makes a channel.
pub fn chan<T: Send>(_cap: usize) -> Chan<T> {
    unimplemented!()
}

/// Makes a channel that closes when its last sender goes.
pub fn channel<T: Send>(_cap: usize) -> (Sender<T>, Receiver<T>) {
    unimplemented!()
}

/// What a `v = <-c` arm needs of `c`.
pub trait Receive {
    /// The element.
    type Item;
    /// What an arm binds.
    type Output;
    /// The channel, `None` when nil.
    fn core(&self) -> Option<&ChanCore<Self::Item>>;
    /// Clothes a received element, `None` when closed and drained.
    fn output(value: Option<Self::Item>) -> Self::Output;
}

/// What a `(v, ok) = <-c` arm needs of `c`.
#[diagnostic::on_unimplemented(
    message = "receiving from `{Self}` gives an `Option`, not a value and an `ok`",
    label = "this channel's receive gives `Option<(..)>`",
    note = "match the pair inside the option: `Some((a, b)) = <-rx => ..`, or take `v = <-rx` and match on `v`"
)]
pub trait ReceiveOk: Receive {
    /// What an arm binds.
    type OutputOk;
    /// Clothes a received element, `None` when closed and drained.
    fn output_ok(value: Option<Self::Item>) -> Self::OutputOk;
}

/// What a `c <- v` arm needs of `c`.
pub trait SendTo<V> {
    /// The channel, `None` when nil.
    fn core(&self) -> Option<&ChanCore<V>>;
    /// The arm was chosen but the value can go nowhere.
    fn refused(&self, value: V);
}

impl<C: Receive + ?Sized> Receive for &C {
    type Item = C::Item;
    type Output = C::Output;
    fn core(&self) -> Option<&ChanCore<C::Item>> {
        (**self).core()
    }
    fn output(value: Option<C::Item>) -> C::Output {
        C::output(value)
    }
}

impl<C: ReceiveOk + ?Sized> ReceiveOk for &C {
    type OutputOk = C::OutputOk;
    fn output_ok(value: Option<C::Item>) -> C::OutputOk {
        C::output_ok(value)
    }
}

impl<V, C: SendTo<V> + ?Sized> SendTo<V> for &C {
    fn core(&self) -> Option<&ChanCore<V>> {
        (**self).core()
    }
    fn refused(&self, value: V) {
        (**self).refused(value)
    }
}

impl<T> Receive for Chan<T> {
    type Item = T;
    type Output = Option<T>;
    fn core(&self) -> Option<&ChanCore<T>> {
        unimplemented!()
    }
    fn output(value: Option<T>) -> Option<T> {
        value
    }
}

impl<T> Receive for Receiver<T> {
    type Item = T;
    type Output = Option<T>;
    fn core(&self) -> Option<&ChanCore<T>> {
        unimplemented!()
    }
    fn output(value: Option<T>) -> Option<T> {
        value
    }
}

impl<T> SendTo<T> for Chan<T> {
    fn core(&self) -> Option<&ChanCore<T>> {
        unimplemented!()
    }
    fn refused(&self, _value: T) {
        panic!("send on closed channel")
    }
}

impl<T> SendTo<T> for Sender<T> {
    fn core(&self) -> Option<&ChanCore<T>> {
        unimplemented!()
    }
    fn refused(&self, _value: T) {}
}
