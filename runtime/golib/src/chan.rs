//! Go's channels: `chan T` and its two directions over the runtime's one channel core.
//!
//! Must hold: the core and its buffer lie in the heap, where the elements' handles are found; a channel value is one word,
//! so that it is `Copy` and nil when zero; what the runtime reports as refused is a Go panic here.

use std::ptr::NonNull;

use goxide::__private::{
    AlreadyClosed, ChanCore, Polled, Receive, ReceiveOk, Refused, SendTo, WaitReason, block_forever,
};

use crate::heap;
use crate::ptr::word_desc;
use crate::runtime_error::throw_plain;
use crate::ty::{ChanDir, ChanOps, Desc, Kind, composite_id};
use crate::view::{GoType, Var, zero};

macro_rules! channel_type {
    ($(#[$doc:meta])* $name:ident, $dir:ident, $word:literal, $close:expr, $send:expr, $recv:expr) => {
        $(#[$doc])*
        #[repr(transparent)]
        pub struct $name<T>(*mut ChanCore<T>);

        impl<T> Clone for $name<T> {
            #[inline(always)]
            fn clone(&self) -> $name<T> {
                *self
            }
        }
        impl<T> Copy for $name<T> {}
        impl<T> PartialEq for $name<T> {
            #[inline(always)]
            fn eq(&self, other: &$name<T>) -> bool {
                std::ptr::eq(self.0, other.0)
            }
        }
        impl<T> Eq for $name<T> {}

        // SAFETY: the core has its own lock, and elements are GoTypes, which are Send.
        unsafe impl<T> Send for $name<T> {}
        // SAFETY: as above.
        unsafe impl<T> Sync for $name<T> {}

        // SAFETY: one pointer, nil when all bits are zero.
        unsafe impl<T: GoType> GoType for $name<T> {
            type View = Var<$name<T>>;
            const ID: u128 = composite_id(Kind::Chan, &[T::ID, ChanDir::$dir as u128]);
            const NOSCAN: bool = false;
            const DESC: &'static Desc = &Desc {
                elem: Some(|| T::DESC),
                chan_dir: ChanDir::$dir,
                chan: Some(&ChanOps {
                    make: |cap| Chan::<T>::make(cap).as_raw(),
                    // SAFETY: the caller passes the address of a channel of this type, here and below.
                    len: |chan| unsafe { *chan.cast::<$name<T>>() }.len(),
                    // SAFETY: as above.
                    cap: |chan| unsafe { *chan.cast::<$name<T>>() }.cap(),
                    close: $close,
                    send: $send,
                    recv: $recv,
                }),
                ..word_desc::<$name<T>>(Kind::Chan, || name($word, ChanDir::$dir, T::DESC))
            };
        }

        impl<T> $name<T> {
            /// `c == nil`
            #[inline(always)]
            pub const fn is_nil(self) -> bool {
                self.0.is_null()
            }

            /// The address that `%p` and `println` show.
            pub fn as_raw(self) -> *const u8 {
                self.0.cast_const().cast()
            }

            #[inline(always)]
            pub(crate) fn channel(&self) -> Option<&ChanCore<T>> {
                // SAFETY: a channel that is not nil was made by `make` and lives.
                unsafe { self.0.as_ref() }
            }

            /// `len(c)`
            pub fn len(self) -> isize {
                self.channel().map_or(0, ChanCore::len) as isize
            }

            /// `len(c) == 0`
            pub fn is_empty(self) -> bool {
                self.len() == 0
            }

            /// `cap(c)`
            pub fn cap(self) -> isize {
                self.channel().map_or(0, ChanCore::cap) as isize
            }
        }
    };
}

channel_type! {
    /// `chan T`
    Chan, Both, "chan ", Some(close::<T>), Some(send::<T>), Some(receive::<T>)
}
channel_type! {
    /// `<-chan T`
    RecvChan, Recv, "<-chan ", None, None, Some(receive::<T>)
}
channel_type! {
    /// `chan<- T`
    SendChan, Send, "chan<- ", Some(close::<T>), Some(send::<T>), None
}

/// # Safety
/// The address of a channel of `T`; its directions look alike.
unsafe fn close<T: GoType>(chan: *const u8) {
    // SAFETY: the caller's promise.
    unsafe { *chan.cast::<SendChan<T>>() }.close();
}

/// # Safety
/// The addresses of a channel of `T` and of a `T`.
unsafe fn send<T: GoType>(chan: *const u8, value: *const u8, may_block: bool) -> bool {
    // SAFETY: the caller's promise.
    let (chan, value) = unsafe { (*chan.cast::<SendChan<T>>(), value.cast::<T>().read_unaligned()) };
    if may_block {
        chan.send(value);
        return true;
    }
    match chan.channel().map(|core| core.try_send(value)) {
        Some(Ok(())) => true,
        Some(Err(Refused::Full(_))) | None => false,
        Some(Err(Refused::Closed(_) | Refused::NoReceivers(_))) => sent_to_closed(),
    }
}

/// # Safety
/// The addresses of a channel of `T` and of a place for a `T`.
unsafe fn receive<T: GoType>(chan: *const u8, to: *mut u8, may_block: bool) -> (bool, bool) {
    // SAFETY: the caller's promise.
    let chan = unsafe { *chan.cast::<RecvChan<T>>() };
    let received = match chan.channel() {
        _ if may_block => chan.receive(),
        None => return (false, false),
        Some(core) => match core.try_recv() {
            Polled::Ready(value) => Some(value),
            Polled::Closed => None,
            Polled::Empty => return (false, false),
        },
    };
    let ok = received.is_some();
    // SAFETY: the caller's promise.
    unsafe { to.cast::<T>().write_unaligned(received.unwrap_or_else(zero)) };
    (true, ok)
}

fn name(word: &str, dir: ChanDir, elem: &Desc) -> String {
    let elem_name = elem.type_string();
    // `chan <-chan T` would be read as a channel of `chan<-`.
    if dir != ChanDir::Recv && !elem.named && elem.kind == Kind::Chan && elem.chan_dir == ChanDir::Recv {
        return format!("{word}({elem_name})");
    }
    format!("{word}{elem_name}")
}

impl<T: GoType> Chan<T> {
    /// `make(chan T, cap)`
    pub fn make(cap: isize) -> Chan<T> {
        let bytes = usize::try_from(cap).ok().and_then(|cap| cap.checked_mul(size_of::<T>().max(1)));
        if bytes.is_none_or(|bytes| bytes > 1 << 47) {
            throw_plain("makechan: size out of range");
        }
        let cap = cap as usize;
        let buffer = heap::alloc(cap * size_of::<T>(), align_of::<T>(), T::NOSCAN).cast::<T>();
        let place = heap::alloc_for::<ChanCore<T>>(false);
        // SAFETY: the buffer is fresh memory of that size, aligned and not null, which nobody else knows; so is the place.
        unsafe { ChanCore::make_over(place, NonNull::new_unchecked(buffer), cap) };
        Chan(place)
    }

    /// A channel of Rust code, which must never be freed.
    pub(crate) fn of_core(core: &'static ChanCore<T>) -> Chan<T> {
        Chan(std::ptr::from_ref(core).cast_mut())
    }

    /// The channel as `<-chan T`.
    #[inline]
    pub fn recv_only(self) -> RecvChan<T> {
        RecvChan(self.0)
    }

    /// The channel as `chan<- T`.
    #[inline]
    pub fn send_only(self) -> SendChan<T> {
        SendChan(self.0)
    }
}

macro_rules! directions {
    ($($name:ident)*) => {$(
        impl<T> $name<T> {
            /// The channel without its direction.
            pub(crate) fn both(self) -> Chan<T> {
                Chan(self.0)
            }
        }
    )*};
}
directions!(RecvChan SendChan);

macro_rules! sends {
    ($($name:ident)*) => {$(
        impl<T: GoType> $name<T> {
            /// `c <- value`
            pub fn send(self, value: T) {
                let Some(core) = self.channel() else { block_forever(WaitReason::ChanSendNil) };
                if let Err(Refused::Closed(_) | Refused::NoReceivers(_) | Refused::Full(_)) = core.send(value) {
                    sent_to_closed();
                }
            }

            /// `close(c)`
            pub fn close(self) {
                match self.channel().map(ChanCore::close) {
                    Some(Ok(())) => {}
                    Some(Err(AlreadyClosed)) => throw_plain("close of closed channel"),
                    None => throw_plain("close of nil channel"),
                }
            }
        }

        impl<T: GoType> SendTo<T> for $name<T> {
            type Element = T;

            fn element(value: T) -> T {
                value
            }

            fn core(&self) -> Option<&ChanCore<T>> {
                self.channel()
            }

            fn refused(&self, _value: T) {
                sent_to_closed();
            }
        }
    )*};
}
sends!(Chan SendChan);

macro_rules! receives {
    ($($name:ident)*) => {$(
        impl<T: GoType> $name<T> {
            /// `<-c`
            #[inline]
            pub fn recv(self) -> T {
                self.receive().unwrap_or_else(zero)
            }

            /// `v, ok := <-c`
            #[inline]
            pub fn recv_ok(self) -> (T, bool) {
                with_ok(self.receive())
            }

            fn receive(self) -> Option<T> {
                let Some(core) = self.channel() else { block_forever(WaitReason::ChanReceiveNil) };
                core.recv()
            }

            /// `for v := range c`
            #[inline]
            pub fn range(self) -> impl Iterator<Item = T> {
                std::iter::from_fn(move || self.receive())
            }
        }

        impl<T: GoType> Receive for $name<T> {
            type Item = T;
            type Output = T;

            fn core(&self) -> Option<&ChanCore<T>> {
                self.channel()
            }

            fn output(value: Option<T>) -> T {
                value.unwrap_or_else(zero)
            }
        }

        impl<T: GoType> ReceiveOk for $name<T> {
            type OutputOk = (T, bool);

            fn output_ok(value: Option<T>) -> (T, bool) {
                with_ok(value)
            }
        }
    )*};
}
receives!(Chan RecvChan);

fn with_ok<T: GoType>(value: Option<T>) -> (T, bool) {
    match value {
        Some(value) => (value, true),
        None => (zero(), false),
    }
}

#[cold]
#[inline(never)]
fn sent_to_closed() -> ! {
    throw_plain("send on closed channel")
}
