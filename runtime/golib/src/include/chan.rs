//! Channels between the languages: Go's in the hands of Rust code, and Rust's in those of Go code.
//!
//! Must hold: elements that hold handles are only in channels of Go's, whose memory the collector knows, and are Rust's from when a
//! goroutine has received them; Rust's channels that Go code has known are kept until the program ends, for nobody counts there.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::iter::from_fn;
use std::sync::Mutex;

use goxide::__private::{ChanCore, Polled, Receive, Refused, SendTo, WaitReason, block_forever, core_of};
use goxide::chan::{TryRecvError, TrySendError};

use super::{Cross, Crosses, Plain, Root, assert_goroutine};
use crate::chan::{Chan, RecvChan, SendChan};
use crate::program;
use crate::view::nil;

/// A channel of Go's: `chan string` is `GoChan<String>`.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide_golib::include::GoChan;
/// let words = GoChan::new(1);
/// goxide::select! {
///     words <- "hello".to_string() => {}
///     default => unreachable!(),
/// }
/// words.close();
/// assert_eq!(words.iter().collect::<Vec<String>>(), ["hello"]);
/// # });
/// ```
pub struct GoChan<T: Crosses>(Root<Chan<T::Go>>);

/// `<-chan T` of Go.
pub struct GoReceiver<T: Crosses>(Root<Chan<T::Go>>);

/// `chan<- T` of Go.
pub struct GoSender<T: Crosses>(Root<Chan<T::Go>>);

impl<T: Crosses> GoChan<T> {
    /// Go's `make(chan T, cap)`.
    ///
    /// # Panics
    /// On an OS thread that runs no goroutine, as all that sends, receives or asks.
    pub fn new(cap: usize) -> GoChan<T> {
        program::prepare_included();
        GoChan(Root::new(Chan::make(cap as isize)))
    }

    /// The half that receives.
    pub fn receiver(&self) -> GoReceiver<T> {
        GoReceiver(self.0.clone())
    }

    /// The half that sends.
    pub fn sender(&self) -> GoSender<T> {
        GoSender(self.0.clone())
    }
}

macro_rules! channels {
    ($($name:ident of $go:ident: $narrow:expr, $wide:expr;)*) => {$(
        impl<T: Crosses> $name<T> {
            /// The nil channel: sending and receiving wait for ever, a select never chooses it.
            pub fn nil() -> Self {
                Self(Root::NIL)
            }

            /// Whether this is the nil channel.
            pub fn is_nil(&self) -> bool {
                self.0.is_nil()
            }

            /// How many values are buffered; 0 for the nil channel.
            pub fn len(&self) -> usize {
                self.channel().map_or(0, ChanCore::len)
            }

            /// Whether nothing is buffered.
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// How many values can be buffered; 0 for the nil channel.
            pub fn cap(&self) -> usize {
                self.channel().map_or(0, ChanCore::cap)
            }

            fn channel(&self) -> Option<&ChanCore<T::Go>> {
                // nobody may wait with an element on a stack that the collector does not know
                assert_goroutine();
                self.0.kept().and_then(Chan::channel)
            }
        }

        impl<T: Crosses> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<T: Crosses> Default for $name<T> {
            /// The nil channel.
            fn default() -> Self {
                Self::nil()
            }
        }

        impl<T: Crosses> PartialEq for $name<T> {
            /// Whether it is the same channel.
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<T: Crosses> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.0)
            }
        }

        impl<T: Crosses> Crosses for $name<T> {
            type Go = $go<T::Go>;
        }

        impl<E: Cross<Rust: Crosses<Go = E>>> Cross for $go<E> {
            type Rust = $name<E::Rust>;

            fn from_rust(value: &$name<E::Rust>) -> $go<E> {
                $narrow(value.0.get())
            }

            fn to_rust(self) -> $name<E::Rust> {
                $name(Root::unless(self.is_nil(), $wide(self)))
            }
        }
    )*};
}
channels! {
    GoChan of Chan: std::convert::identity, std::convert::identity;
    GoReceiver of RecvChan: Chan::recv_only, RecvChan::both;
    GoSender of SendChan: Chan::send_only, SendChan::both;
}

macro_rules! receives {
    ($($name:ident)*) => {$(
        impl<T: Crosses> $name<T> {
            /// Receives, waiting for a value; `None` when the channel is closed and drained.
            pub fn recv(&self) -> Option<T> {
                let Some(core) = self.channel() else { block_forever(WaitReason::ChanReceiveNil) };
                core.recv().map(Cross::to_rust)
            }

            /// Receives if that is possible at once.
            pub fn try_recv(&self) -> Result<T, TryRecvError> {
                match self.channel().map(ChanCore::try_recv) {
                    Some(Polled::Ready(value)) => Ok(value.to_rust()),
                    Some(Polled::Closed) => Err(TryRecvError::Closed),
                    Some(Polled::Empty) | None => Err(TryRecvError::Empty),
                }
            }

            /// Receives until the channel is closed and drained.
            pub fn iter(&self) -> impl Iterator<Item = T> {
                from_fn(|| self.recv())
            }
        }

        impl<T: Crosses> Receive for $name<T> {
            type Item = T::Go;
            type Output = Option<T>;

            fn core(&self) -> Option<&ChanCore<T::Go>> {
                self.channel()
            }

            fn output(value: Option<T::Go>) -> Option<T> {
                value.map(Cross::to_rust)
            }
        }
    )*};
}
receives!(GoChan GoReceiver);

macro_rules! sends {
    ($($name:ident)*) => {$(
        impl<T: Crosses> $name<T> {
            /// Sends, waiting for room or for a receiver.
            ///
            /// # Panics
            /// When the channel is closed, or is closed while waiting.
            #[track_caller]
            pub fn send(&self, value: T) {
                let Some(core) = self.channel() else { block_forever(WaitReason::ChanSendNil) };
                if core.send(Cross::from_rust(&value)).is_err() {
                    panic!("send on closed channel");
                }
            }

            /// Sends if that is possible at once.
            pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
                match self.channel().map(|core| core.try_send(Cross::from_rust(&value))) {
                    Some(Ok(())) => Ok(()),
                    Some(Err(Refused::Full(_))) | None => Err(TrySendError::Full(value)),
                    Some(Err(Refused::Closed(_) | Refused::NoReceivers(_))) => Err(TrySendError::Closed(value)),
                }
            }

            /// Closes the channel. What is buffered can still be received.
            ///
            /// # Panics
            /// When the channel is closed already, or nil.
            #[track_caller]
            pub fn close(&self) {
                match self.channel().map(ChanCore::close) {
                    Some(Ok(())) => {}
                    Some(Err(_)) => panic!("close of closed channel"),
                    None => panic!("close of nil channel"),
                }
            }
        }

        impl<T: Crosses> SendTo<T> for $name<T> {
            type Element = T::Go;

            fn element(value: T) -> T::Go {
                assert_goroutine();
                Cross::from_rust(&value)
            }

            fn core(&self) -> Option<&ChanCore<T::Go>> {
                self.channel()
            }

            fn refused(&self, _value: T::Go) {
                panic!("send on closed channel");
            }
        }
    )*};
}
sends!(GoChan GoSender);

/// What Go takes as `chan T`: Go's own channel, or for plain elements one of Rust's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no channel that Go code can have",
    note = "Go's channels are `GoChan<T>`; `goxide::Chan<T>` crosses if `T` is a number, `bool` or `EmptyStruct`"
)]
pub trait AsChan<T: Crosses> {
    /// The channel.
    fn as_chan(&self) -> Chan<T::Go>;
}

/// What Go takes as `<-chan T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no channel that Go code can receive from",
    note = "Go's channels are `GoChan<T>` and `GoReceiver<T>`; `goxide::Chan<T>` crosses if `T` is a number, `bool` or `EmptyStruct`"
)]
pub trait AsRecvChan<T: Crosses> {
    /// The channel.
    fn as_recv_chan(&self) -> RecvChan<T::Go>;
}

/// What Go takes as `chan<- T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no channel that Go code can send to",
    note = "Go's channels are `GoChan<T>` and `GoSender<T>`; `goxide::Chan<T>` crosses if `T` is a number, `bool` or `EmptyStruct`"
)]
pub trait AsSendChan<T: Crosses> {
    /// The channel.
    fn as_send_chan(&self) -> SendChan<T::Go>;
}

macro_rules! taken {
    ($($role:ident $method:ident -> $go:ident: $narrow:expr;)*) => {$(
        impl<T: Crosses> $role<T> for GoChan<T> {
            fn $method(&self) -> $go<T::Go> {
                $narrow(self.0.get())
            }
        }

        impl<T: Plain + Crosses<Go = T>> $role<T> for goxide::Chan<T> {
            fn $method(&self) -> $go<T> {
                $narrow(lent(self))
            }
        }

        impl<T: Crosses, C: $role<T>> $role<T> for &C {
            fn $method(&self) -> $go<T::Go> {
                (**self).$method()
            }
        }
    )*};
}
taken! {
    AsChan as_chan -> Chan: std::convert::identity;
    AsRecvChan as_recv_chan -> RecvChan: Chan::recv_only;
    AsSendChan as_send_chan -> SendChan: Chan::send_only;
}

impl<T: Crosses> AsRecvChan<T> for GoReceiver<T> {
    fn as_recv_chan(&self) -> RecvChan<T::Go> {
        self.0.get().recv_only()
    }
}

impl<T: Crosses> AsSendChan<T> for GoSender<T> {
    fn as_send_chan(&self) -> SendChan<T::Go> {
        self.0.get().send_only()
    }
}

/// Channels of Rust code that Go code knows.
static LENT: Mutex<Option<HashMap<usize, Box<dyn Any + Send>>>> = Mutex::new(None);

/// A channel of Rust code, as Go has it: the same channel.
fn lent<T: Plain>(chan: &goxide::Chan<T>) -> Chan<T> {
    let Some(core) = core_of(chan) else { return nil() };
    let mut lent = LENT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let lent = lent.get_or_insert_with(|| HashMap::with_hasher(crate::hash::keys()));
    lent.entry(std::ptr::from_ref(core).addr()).or_insert_with(|| Box::new(chan.clone()));
    // SAFETY: the handle that was just put there, or before, keeps the core until the program ends.
    let core: &'static ChanCore<T> = unsafe { &*std::ptr::from_ref(core) };
    Chan::of_core(core)
}
