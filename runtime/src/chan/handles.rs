//! The clothing of channels for Rust.
//!
//! [`Chan`] is Go's channel: one handle for both directions, closed by whoever calls `close`, nil as [`Chan::nil`].
//! [`channel`] makes a pair of handles instead, whose last sender closes the channel by going away and whose senders
//! learn that the last receiver went. What fails hands the value back.

use std::error::Error;
use std::fmt;
use std::iter::FusedIterator;

use super::{AlreadyClosed, ChanCore, Polled, Refused};
use crate::park::{self, WaitReason};
use crate::shim::{Arc, AtomicUsize, Ordering, fence};

/// A channel of Go: send, receive and close from anywhere, any number of clones.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let ch = goxide::chan::<i32>(0);
/// let tx = ch.clone();
/// goxide::__private::go(move || {
///     for i in 0..3 {
///         tx.send(i);
///     }
///     tx.close();
/// });
/// assert_eq!(ch.iter().collect::<Vec<_>>(), [0, 1, 2]);
/// assert_eq!(ch.recv(), None);
/// # });
/// ```
///
/// ```
/// use goxide::{Chan, chan};
///
/// let numbers = chan(2);
/// assert!(numbers.is_empty());
/// assert!(numbers.try_send(1).is_ok());
/// numbers.send(2);
/// assert_eq!((numbers.len(), numbers.cap()), (2, 2));
/// assert!(numbers.try_send(3).is_err(), "there is no room");
/// numbers.close();
/// assert_eq!((numbers.recv(), numbers.try_recv()), (Some(1), Ok(2)));
/// assert_eq!(numbers.recv(), None);
/// assert_eq!(numbers.iter().count(), 0);
///
/// let never = Chan::<u8>::nil(); // neither sends nor receives, ever
/// assert!(never.is_nil() && never == Chan::default());
/// ```
pub struct Chan<T> {
    core: Option<Arc<ChanCore<T>>>,
}

/// Makes a channel with room for `cap` values; with 0, every send waits for its receive.
///
/// ```
/// let numbers = goxide::chan(2);
/// numbers.send(1);
/// numbers.send(2); // there is room
/// assert_eq!((numbers.recv(), numbers.recv()), (Some(1), Some(2)));
/// ```
pub fn chan<T: Send>(cap: usize) -> Chan<T> {
    Chan { core: Some(Arc::new(ChanCore::new(cap))) }
}

impl<T> Chan<T> {
    /// The nil channel: sending and receiving wait for ever, a select never chooses it.
    pub const fn nil() -> Chan<T> {
        Chan { core: None }
    }

    /// Whether this is the nil channel.
    pub fn is_nil(&self) -> bool {
        self.core.is_none()
    }

    pub(crate) fn as_core(&self) -> Option<&ChanCore<T>> {
        self.core.as_deref()
    }

    /// Sends, waiting for room or for a receiver.
    ///
    /// # Panics
    /// When the channel is closed, or is closed while waiting.
    #[track_caller]
    pub fn send(&self, value: T) {
        let Some(core) = self.as_core() else { park::block_forever(WaitReason::ChanSendNil) };
        if core.send(value).is_err() {
            panic!("send on closed channel");
        }
    }

    /// Receives, waiting for a value; `None` when the channel is closed and drained.
    pub fn recv(&self) -> Option<T> {
        let Some(core) = self.as_core() else { park::block_forever(WaitReason::ChanReceiveNil) };
        core.recv()
    }

    /// Sends if that is possible at once.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        match self.as_core() {
            Some(core) => core.try_send(value).map_err(TrySendError::from),
            None => Err(TrySendError::Full(value)),
        }
    }

    /// Receives if that is possible at once.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        match self.as_core() {
            Some(core) => polled(core.try_recv()),
            None => Err(TryRecvError::Empty),
        }
    }

    /// Closes the channel. What is buffered can still be received.
    ///
    /// # Panics
    /// When the channel is closed already, or nil.
    #[track_caller]
    pub fn close(&self) {
        match self.as_core().map(ChanCore::close) {
            Some(Ok(())) => {}
            Some(Err(AlreadyClosed)) => panic!("close of closed channel"),
            None => panic!("close of nil channel"),
        }
    }

    /// How many values are buffered; 0 for the nil channel.
    pub fn len(&self) -> usize {
        self.as_core().map_or(0, ChanCore::len)
    }

    /// Whether nothing is buffered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values can be buffered; 0 for the nil channel.
    pub fn cap(&self) -> usize {
        self.as_core().map_or(0, ChanCore::cap)
    }

    /// Receives until the channel is closed and drained.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { core: self.as_core() }
    }

    /// Receives what can be received at once.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let ch = goxide::chan(8);
    /// (0..3).for_each(|i| ch.send(i));
    /// assert_eq!(ch.try_iter().collect::<Vec<_>>(), [0, 1, 2]);
    /// assert_eq!(ch.try_iter().next(), None);
    /// # });
    /// ```
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { core: self.as_core() }
    }
}

impl<T> Clone for Chan<T> {
    fn clone(&self) -> Chan<T> {
        Chan { core: self.core.clone() }
    }
}

impl<T> Default for Chan<T> {
    /// The nil channel.
    fn default() -> Chan<T> {
        Chan::nil()
    }
}

/// Two handles are equal when they are the same channel, or both nil.
impl<T> PartialEq for Chan<T> {
    fn eq(&self, other: &Chan<T>) -> bool {
        match (&self.core, &other.core) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T> Eq for Chan<T> {}

impl<T> fmt::Debug for Chan<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.core {
            Some(core) => f.debug_struct("Chan").field("len", &core.len()).field("cap", &core.cap()).finish(),
            None => f.write_str("Chan(nil)"),
        }
    }
}

/// A pair of channel ends and how many handles each side has.
struct Ends<T> {
    core: ChanCore<T>,
    senders: AtomicUsize,
    receivers: AtomicUsize,
}

/// The sending end of a [`channel`]. Any number of clones; when the last goes, the channel closes.
///
/// ```
/// let (tx, rx) = goxide::channel(1);
/// let other = tx.clone();
/// assert!(tx.is_empty());
/// assert!(tx.send("one").is_ok());
/// assert_eq!(other.len(), 1);
/// assert!(other.try_send("two").is_err(), "there is no room");
/// drop(rx);
/// assert_eq!(tx.send("three").unwrap_err().0, "three"); // nobody can receive it
/// ```
pub struct Sender<T> {
    ends: Arc<Ends<T>>,
}

/// The receiving end of a [`channel`]. Any number of clones; when the last goes, sends fail.
///
/// ```
/// use goxide::chan::TryRecvError;
///
/// let (tx, rx) = goxide::channel(3);
/// assert!(rx.is_empty());
/// assert_eq!(rx.try_recv(), Err(TryRecvError::Empty));
/// for n in 1..=3 {
///     tx.send(n).unwrap();
/// }
/// assert_eq!((rx.len(), rx.recv()), (3, Some(1)));
/// drop(tx);
/// assert_eq!(rx.iter().sum::<i32>(), 5);
/// assert_eq!(rx.try_recv(), Err(TryRecvError::Closed));
/// ```
pub struct Receiver<T> {
    ends: Arc<Ends<T>>,
}

/// Makes a channel with room for `cap` values that closes when its last sender goes.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (tx, rx) = goxide::channel(4);
/// goxide::__private::go(move || {
///     for i in 0..3 {
///         if tx.send(i).is_err() {
///             return; // nobody listens any more
///         }
///     }
/// });
/// assert_eq!(rx.iter().sum::<i32>(), 3);
/// # });
/// ```
pub fn channel<T: Send>(cap: usize) -> (Sender<T>, Receiver<T>) {
    let ends = Arc::new(Ends {
        core: ChanCore::new(cap),
        senders: AtomicUsize::new(1),
        receivers: AtomicUsize::new(1),
    });
    (Sender { ends: ends.clone() }, Receiver { ends })
}

impl<T> Sender<T> {
    pub(super) fn as_core(&self) -> &ChanCore<T> {
        &self.ends.core
    }

    /// Sends, waiting for room or for a receiver; the value comes back when the last receiver is gone.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.ends.core.send(value).map_err(|refused| match refused {
            Refused::Closed(value) | Refused::NoReceivers(value) | Refused::Full(value) => SendError(value),
        })
    }

    /// Sends if that is possible at once.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.ends.core.try_send(value).map_err(TrySendError::from)
    }

    /// How many values are buffered.
    pub fn len(&self) -> usize {
        self.ends.core.len()
    }

    /// Whether nothing is buffered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T> Receiver<T> {
    pub(super) fn as_core(&self) -> &ChanCore<T> {
        &self.ends.core
    }

    /// Receives, waiting for a value; `None` when the last sender is gone and nothing is left.
    pub fn recv(&self) -> Option<T> {
        self.ends.core.recv()
    }

    /// Receives if that is possible at once.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        polled(self.ends.core.try_recv())
    }

    /// How many values are buffered.
    pub fn len(&self) -> usize {
        self.ends.core.len()
    }

    /// Whether nothing is buffered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Receives until the last sender is gone and nothing is left.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { core: Some(self.as_core()) }
    }

    /// Receives what can be received at once.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let (tx, rx) = goxide::channel(8);
    /// (0..3).for_each(|i| assert!(tx.send(i).is_ok()));
    /// assert_eq!(rx.try_iter().collect::<Vec<_>>(), [0, 1, 2]);
    /// assert_eq!(rx.try_iter().next(), None);
    /// # });
    /// ```
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { core: Some(self.as_core()) }
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        self.ends.senders.fetch_add(1, Ordering::Relaxed);
        Sender { ends: self.ends.clone() }
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Receiver<T> {
        self.ends.receivers.fetch_add(1, Ordering::Relaxed);
        Receiver { ends: self.ends.clone() }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        if self.ends.senders.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            // Nobody else can have closed it.
            let _ = self.ends.core.close();
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        if self.ends.receivers.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            self.ends.core.abandon();
        }
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// The values of a channel until it is closed and drained.
///
/// ```
/// let letters = goxide::chan(2);
/// letters.send('a');
/// letters.send('b');
/// letters.close();
/// let mut iter = letters.iter();
/// assert_eq!((iter.next(), iter.next(), iter.next()), (Some('a'), Some('b'), None));
/// ```
pub struct Iter<'a, T> {
    core: Option<&'a ChanCore<T>>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let Some(core) = self.core else { park::block_forever(WaitReason::ChanReceiveNil) };
        core.recv()
    }
}

impl<T> FusedIterator for Iter<'_, T> {}

/// What can be received from a channel at once.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let ch = goxide::chan(8);
/// ch.send(1);
/// let mut ready = ch.try_iter();
/// assert_eq!((ready.next(), ready.next()), (Some(1), None));
/// # });
/// ```
pub struct TryIter<'a, T> {
    core: Option<&'a ChanCore<T>>,
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self.core?.try_recv() {
            Polled::Ready(value) => Some(value),
            Polled::Closed | Polled::Empty => None,
        }
    }
}

impl<'a, T> IntoIterator for &'a Chan<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The values of a channel whose handle was given up for them.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (tx, rx) = goxide::channel(0);
/// goxide::go!(move || (1..=3).for_each(|n| tx.send(n).unwrap()));
/// assert_eq!(rx.into_iter().map(|n| n * n).sum::<i32>(), 14);
/// # });
/// ```
pub struct IntoIter<H>(H);

impl<T> Iterator for IntoIter<Chan<T>> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv()
    }
}

impl<T> Iterator for IntoIter<Receiver<T>> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv()
    }
}

impl<T> IntoIterator for Chan<T> {
    type Item = T;
    type IntoIter = IntoIter<Chan<T>>;

    fn into_iter(self) -> IntoIter<Chan<T>> {
        IntoIter(self)
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<Receiver<T>>;

    fn into_iter(self) -> IntoIter<Receiver<T>> {
        IntoIter(self)
    }
}

fn polled<T>(polled: Polled<T>) -> Result<T, TryRecvError> {
    match polled {
        Polled::Ready(value) => Ok(value),
        Polled::Closed => Err(TryRecvError::Closed),
        Polled::Empty => Err(TryRecvError::Empty),
    }
}

/// The value that could not be sent because the last receiver is gone.
///
/// ```
/// let (tx, rx) = goxide::channel(0);
/// drop(rx);
/// let goxide::chan::SendError(value) = tx.send(7).unwrap_err();
/// assert_eq!(value, 7);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// The value that could not be sent at once, and why.
///
/// ```
/// use goxide::chan::TrySendError;
///
/// let (tx, rx) = goxide::channel(0);
/// assert_eq!(tx.try_send(1), Err(TrySendError::Full(1))); // nobody waits to receive
/// drop(rx);
/// assert_eq!(tx.try_send(2), Err(TrySendError::Closed(2)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room, and nobody waits to receive.
    Full(T),
    /// The channel is closed, or its last receiver is gone.
    Closed(T),
}

/// Why nothing could be received at once.
///
/// ```
/// use goxide::chan::TryRecvError;
///
/// let numbers = goxide::chan::<u8>(0);
/// assert_eq!(numbers.try_recv(), Err(TryRecvError::Empty));
/// numbers.close();
/// assert_eq!(numbers.try_recv(), Err(TryRecvError::Closed));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TryRecvError {
    /// Nothing has been sent yet.
    Empty,
    /// The channel is closed and drained.
    Closed,
}

impl<T> From<Refused<T>> for TrySendError<T> {
    fn from(refused: Refused<T>) -> TrySendError<T> {
        match refused {
            Refused::Full(value) => TrySendError::Full(value),
            Refused::Closed(value) | Refused::NoReceivers(value) => TrySendError::Closed(value),
        }
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError(..)")
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "Full(..)",
            TrySendError::Closed(_) => "Closed(..)",
        })
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sending to a channel without receivers")
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "sending to a full channel",
            TrySendError::Closed(_) => "sending to a closed channel",
        })
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "receiving from an empty channel",
            TryRecvError::Closed => "receiving from a closed and drained channel",
        })
    }
}

impl<T> Error for SendError<T> {}
impl<T> Error for TrySendError<T> {}
impl Error for TryRecvError {}
