//! Channels as `Stream` and `Sink` of the `futures` crates, for code that is async (feature `futures`).
//!
//! A future waits in the channel's queue like a goroutine: fairly among the others, and an unbuffered channel stays one. Must hold: the node
//! in the queue is touched only as `waitq` allows its owner to, who counts as asleep until the ticket was used; a stream or sink that is
//! dropped takes its node out first.
//!
//! Rejected: a goroutine that passes elements on (it takes one before anybody wants it, and what it holds is lost with the stream).

use std::marker::PhantomData;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use futures_sink::Sink;

use crate::chan::waitq::{Node, Outcome};
use crate::chan::{Chan, ChanCore, Polled, Receive, Receiver, Refused, SendError, SendTo, Sender};
use crate::park::{self, Ticket, WaitReason};
use crate::task::future::FutureWaiter;

/// A wait in a channel's queue that may last from one poll to the next.
struct Wait<T> {
    /// A box of our own, to which the queue points.
    node: NonNull<Node<T>>,
    /// While it is in the queue, or was taken out of it by a peer.
    waiter: Option<&'static FutureWaiter>,
    _owns: PhantomData<Node<T>>,
}

// SAFETY: peers touch the node under the channel's lock and before they wake us; else it is the owner's, whose elements are `Send`.
unsafe impl<T: Send> Send for Wait<T> {}

impl<T> Wait<T> {
    fn new() -> Wait<T> {
        let node = NonNull::from(Box::leak(Box::new(Node::new(None))));
        Wait { node, waiter: None, _owns: PhantomData }
    }

    /// Ready when the wait is over, or there is none.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(waiter) = self.waiter else { return Poll::Ready(()) };
        waiter.set_waker(cx.waker());
        if !waiter.is_woken() {
            return Poll::Pending;
        }
        waiter.give_back();
        self.waiter = None;
        Poll::Ready(())
    }

    /// Puts the node into the queue unless `attempt` succeeds, which is tried under the channel's lock.
    ///
    /// # Safety
    /// No wait is under way, and [`Wait::leave`] is called with this channel before it goes.
    unsafe fn enter<R>(
        &mut self,
        core: &ChanCore<T>,
        sending: bool,
        cx: &Context<'_>,
        mut attempt: impl FnMut(&mut Node<T>) -> Option<(R, Option<Ticket>)>,
    ) -> Option<R> {
        // Once without a waiter: most operations need none.
        for prepared in [false, true] {
            if prepared {
                let waiter = FutureWaiter::take();
                waiter.set_waker(cx.waker());
                self.waiter = Some(waiter);
            }
            core.raw_lock().lock();
            // SAFETY: the node is in no queue, so it is ours; the lock is held.
            if let Some((result, peer)) = attempt(unsafe { self.node.as_mut() }) {
                // SAFETY: the lock is held.
                unsafe { core.unlock() };
                if let Some(waiter) = self.waiter.take() {
                    waiter.give_back();
                }
                if let Some(peer) = peer {
                    park::ready(peer);
                }
                return Some(result);
            }
            // SAFETY: the lock is held. The node stays where it is until the wait is over or was left.
            unsafe {
                if let Some(waiter) = self.waiter {
                    let reason = if sending { WaitReason::ChanSend } else { WaitReason::ChanReceive };
                    let ticket = park::prepare_future(waiter, reason);
                    core.enqueue(sending, self.node.as_ptr(), ticket, std::ptr::null(), 0);
                }
                core.unlock();
            }
        }
        None
    }

    /// Ends a wait that nobody is interested in any more.
    fn leave(&mut self, core: Option<&ChanCore<T>>, sending: bool) {
        let (Some(waiter), Some(core)) = (self.waiter.take(), core) else { return };
        // SAFETY: it was enqueued there. Once it is out, nobody finds it; who had found it before says so by the outcome, under the lock.
        let claimed = unsafe {
            core.withdraw(sending, self.node.as_ptr());
            core.raw_lock().lock();
            let claimed = self.node.as_ref().outcome != Outcome::Waiting;
            core.unlock();
            claimed
        };
        // A peer that has claimed the node is about to wake us, and uses it until then.
        while claimed && !waiter.is_woken() {
            std::thread::yield_now();
        }
        waiter.give_back();
    }

    /// What is in the node, and how the last wait ended. None is under way.
    fn take(&mut self) -> (Option<T>, Outcome) {
        // SAFETY: it is in no queue and no peer's, so it is ours.
        let node = unsafe { self.node.as_mut() };
        (node.slot.take(), std::mem::replace(&mut node.outcome, Outcome::Waiting))
    }
}

impl<T> Drop for Wait<T> {
    fn drop(&mut self) {
        // SAFETY: it came from a box, and the wait has been left.
        drop(unsafe { Box::from_raw(self.node.as_ptr()) });
    }
}

enum From<T> {
    Chan(Chan<T>),
    Receiver(Receiver<T>),
}

/// The values of a channel as a `Stream`; it ends when the channel is closed and drained. See [`Receiver::into_stream`].
///
/// Once polled in vain it has a place in the queue: a value that is sent to it then waits in it for the next poll.
///
/// ```
/// use futures_core::{FusedStream, Stream};
/// use goxide::bridge::RecvStream;
///
/// let (tx, rx) = goxide::channel::<u32>(0);
/// let stream: RecvStream<u32> = rx.into_stream();
/// fn takes_any(_: &impl Stream<Item = u32>) {}
/// takes_any(&stream);
/// assert!(!stream.is_terminated());
/// # drop(tx);
/// ```
pub struct RecvStream<T> {
    from: From<T>,
    wait: Wait<T>,
    ended: bool,
}

impl<T> RecvStream<T> {
    fn new(from: From<T>) -> RecvStream<T> {
        RecvStream { from, wait: Wait::new(), ended: false }
    }

    fn parts(&mut self) -> (Option<&ChanCore<T>>, &mut Wait<T>) {
        let core = match &self.from {
            From::Chan(chan) => Receive::core(chan),
            From::Receiver(receiver) => Receive::core(receiver),
        };
        (core, &mut self.wait)
    }
}

// Nothing is borrowed from it while it is polled: the node has a box of its own.
impl<T> Unpin for RecvStream<T> {}

impl<T> Stream for RecvStream<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let (core, wait) = self.parts();
        // The nil channel: nothing ever comes.
        let Some(core) = core else { return Poll::Pending };
        let waited = wait.waiter.is_some();
        ready!(wait.poll(cx));
        let received = match waited {
            true => Some(wait.take().0),
            // SAFETY: no wait is under way; `drop` leaves it.
            false => unsafe {
                wait.enter(core, false, cx, |_| match core.poll_locked() {
                    (Polled::Ready(value), peer) => Some((Some(value), peer)),
                    (Polled::Closed, peer) => Some((None, peer)),
                    (Polled::Empty, _) => None,
                })
            },
        };
        let Some(value) = received else { return Poll::Pending };
        self.ended = value.is_none();
        Poll::Ready(value)
    }
}

impl<T> FusedStream for RecvStream<T> {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl<T> Drop for RecvStream<T> {
    fn drop(&mut self) {
        let (core, wait) = self.parts();
        wait.leave(core, false);
    }
}

impl<T> std::fmt::Debug for RecvStream<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecvStream").field("ended", &self.ended).finish_non_exhaustive()
    }
}

enum To<T> {
    Chan(Chan<T>),
    Sender(Sender<T>),
}

/// The sending side of a channel as a `Sink`. See [`Sender::into_sink`].
///
/// A value that finds no room waits in the sink, in the channel's queue; it is sent once a flush, or being ready for the next value, has been
/// reported.
///
/// ```
/// use futures_sink::Sink;
/// use goxide::bridge::SendSink;
///
/// let (tx, rx) = goxide::channel::<u32>(0);
/// let sink: SendSink<u32> = tx.into_sink();
/// fn takes_any(_: &impl Sink<u32>) {}
/// takes_any(&sink);
/// # drop(rx);
/// ```
pub struct SendSink<T> {
    to: Option<To<T>>,
    wait: Wait<T>,
}

impl<T> SendSink<T> {
    fn parts(&mut self) -> (Option<&ChanCore<T>>, &mut Wait<T>) {
        let core = match &self.to {
            Some(To::Chan(chan)) => SendTo::core(chan),
            Some(To::Sender(sender)) => SendTo::core(sender),
            None => None,
        };
        (core, &mut self.wait)
    }

    /// Sends what waits in the sink.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), SendError<T>>> {
        let (core, wait) = self.parts();
        let waited = wait.waiter.is_some();
        ready!(wait.poll(cx));
        if waited && let (Some(value), Outcome::Closed | Outcome::NoReceivers) = wait.take() {
            return Poll::Ready(Err(SendError(value)));
        }
        // SAFETY: no wait is under way, so the node is ours.
        if unsafe { wait.node.as_ref() }.slot.is_none() {
            return Poll::Ready(Ok(()));
        }
        // The nil channel: there is never room.
        let Some(core) = core else { return Poll::Pending };
        // SAFETY: as above; `drop` leaves the wait.
        let sent = unsafe {
            wait.enter(core, true, cx, |node| match core.offer_locked(node.slot.take()?) {
                Ok(peer) => Some((Ok(()), peer)),
                Err(Refused::Full(value)) => {
                    node.slot = Some(value);
                    None
                }
                Err(Refused::Closed(value) | Refused::NoReceivers(value)) => {
                    Some((Err(SendError(value)), None))
                }
            })
        };
        sent.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T> Unpin for SendSink<T> {}

impl<T> Sink<T> for SendSink<T> {
    type Error = SendError<T>;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError<T>>> {
        self.poll_send(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, value: T) -> Result<(), SendError<T>> {
        if self.to.is_none() {
            return Err(SendError(value));
        }
        assert!(self.wait.waiter.is_none(), "start_send on a sink that was not ready");
        // SAFETY: no wait is under way, so the node is ours.
        let slot = &mut unsafe { self.wait.node.as_mut() }.slot;
        assert!(slot.is_none(), "start_send on a sink that was not ready");
        *slot = Some(value);
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError<T>>> {
        self.poll_send(cx)
    }

    /// Flushes, and gives the handle up: a [`Sender`]'s channel closes if it was the last, a [`Chan`] is closed.
    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError<T>>> {
        ready!(self.poll_send(cx))?;
        if let Some(To::Chan(chan)) = self.to.take()
            && let Some(core) = SendTo::core(&chan)
        {
            // Another one may have closed it.
            let _ = core.close();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T> Drop for SendSink<T> {
    fn drop(&mut self) {
        let (core, wait) = self.parts();
        wait.leave(core, true);
    }
}

impl<T> std::fmt::Debug for SendSink<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendSink").finish_non_exhaustive()
    }
}

impl<T> Receiver<T> {
    /// The values as a `Stream` for async code, on whatever executor (feature `futures`).
    ///
    /// ```
    /// use goxide::bridge::RecvStream;
    ///
    /// /// Async code that knows nothing of goroutines.
    /// async fn sum(mut numbers: RecvStream<u32>) -> u32 {
    ///     use std::{future::poll_fn, pin::Pin};
    ///     let mut sum = 0;
    ///     // With the crate futures-util: numbers.next().await
    ///     while let Some(n) = poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut numbers), cx)).await {
    ///         sum += n;
    ///     }
    ///     sum
    /// }
    ///
    /// # goxide::__private::run_test(|| {
    /// let (tx, rx) = goxide::channel(0);
    /// goxide::__private::go(move || (1..=4).for_each(|n| tx.send(n).unwrap()));
    /// assert_eq!(goxide::block_on(sum(rx.into_stream())), 10);
    /// # });
    /// ```
    pub fn into_stream(self) -> RecvStream<T> {
        RecvStream::new(From::Receiver(self))
    }
}

impl<T> Chan<T> {
    /// As [`Receiver::into_stream`] (feature `futures`).
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let ch = goxide::chan::<u32>(1);
    /// ch.send(7);
    /// let mut numbers = ch.into_stream();
    /// let next = std::future::poll_fn(|cx| futures_core::Stream::poll_next(std::pin::Pin::new(&mut numbers), cx));
    /// assert_eq!(goxide::block_on(next), Some(7));
    /// # });
    /// ```
    pub fn into_stream(self) -> RecvStream<T> {
        RecvStream::new(From::Chan(self))
    }

    /// As [`Sender::into_sink`]; closing the sink closes the channel (feature `futures`).
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let ch = goxide::chan::<u32>(1);
    /// let mut sink = ch.clone().into_sink();
    /// let close = std::future::poll_fn(|cx| futures_sink::Sink::poll_close(std::pin::Pin::new(&mut sink), cx));
    /// assert!(goxide::block_on(close).is_ok());
    /// assert_eq!(ch.recv(), None);
    /// # });
    /// ```
    pub fn into_sink(self) -> SendSink<T> {
        SendSink { to: Some(To::Chan(self)), wait: Wait::new() }
    }
}

impl<T> Sender<T> {
    /// The sending side as a `Sink` for async code, on whatever executor (feature `futures`).
    ///
    /// ```
    /// use std::{future::poll_fn, pin::Pin};
    /// use futures_sink::Sink;
    ///
    /// # goxide::__private::run_test(|| {
    /// let (tx, rx) = goxide::channel(0);
    /// goxide::__private::go(move || {
    ///     let mut sink = tx.into_sink();
    ///     // With the crate futures-util: sink.send(7).await
    ///     let ready = poll_fn(|cx| Pin::new(&mut sink).poll_ready(cx));
    ///     assert!(goxide::block_on(ready).is_ok());
    ///     assert!(Pin::new(&mut sink).start_send(7).is_ok());
    ///     assert!(goxide::block_on(poll_fn(|cx| Pin::new(&mut sink).poll_close(cx))).is_ok());
    /// });
    /// assert_eq!(rx.iter().collect::<Vec<_>>(), [7]);
    /// # });
    /// ```
    pub fn into_sink(self) -> SendSink<T> {
        SendSink { to: Some(To::Sender(self)), wait: Wait::new() }
    }
}
