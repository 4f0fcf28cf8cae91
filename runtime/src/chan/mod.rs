//! Channels, with the semantics of the Go specification.
//!
//! One core serves two clothings: [`Chan`], [`Sender`] and [`Receiver`] here, which are reference counted and receive an
//! `Option`, and the `Copy` handle of translated Go. The core reports what happened; panics are the clothing's.
//!
//! What must always hold, under the lock:
//! 1. While an operation waits to receive, the buffer is empty and nobody waits to send; while one waits to send, the
//!    buffer is full and nobody waits to receive. (Nodes of a select that has chosen another case do not count.)
//! 2. A closed channel has nobody waiting.
//! 3. No user code runs: elements are moved, never dropped; whoever is to be woken is woken after the unlock.
//!
//! Files: [`waitq`] who waits, [`ring`] the buffer, [`handles`] the clothing for Rust, [`roles`] what `select` needs of
//! a channel.

mod handles;
mod ring;
mod roles;
pub(crate) mod waitq;

use std::cell::UnsafeCell;
use std::ptr::{self, NonNull};

use self::ring::Ring;
use self::waitq::{Claim, Node, Outcome, WaitQueue, WakeList};
use crate::park::{self, Ticket, WaitReason};
use crate::sys::lock::RawLock;

pub use self::handles::{
    Chan, IntoIter, Iter, Receiver, SendError, Sender, TryRecvError, TrySendError, chan, channel,
};
pub use self::roles::{Receive, ReceiveOk, SendTo};

/// One channel, whoever wears it.
pub struct ChanCore<T> {
    lock: RawLock,
    state: UnsafeCell<State<T>>,
}

// SAFETY: the state is only touched under the lock, or through `&mut`; elements travel between threads, so they must be
// `Send`, and no reference to one is ever shared.
unsafe impl<T: Send> Send for ChanCore<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for ChanCore<T> {}

// A panic cannot leave the state half changed: no user code runs under the lock.
impl<T> std::panic::UnwindSafe for ChanCore<T> {}
impl<T> std::panic::RefUnwindSafe for ChanCore<T> {}

struct State<T> {
    ring: Ring<T>,
    receivers: WaitQueue<T>,
    senders: WaitQueue<T>,
    closed: bool,
    no_receivers: bool,
}

/// An element that could not be sent, and why.
#[derive(Debug)]
pub enum Refused<T> {
    /// The channel is closed.
    Closed(T),
    /// Nobody can ever receive from it.
    NoReceivers(T),
    /// It would have to wait. Only from attempts.
    Full(T),
}

/// What an attempt to receive found.
#[derive(Debug, PartialEq, Eq)]
pub enum Polled<T> {
    /// An element.
    Ready(T),
    /// Nothing, and nothing will come.
    Closed,
    /// Nothing yet.
    Empty,
}

/// Closing failed: the channel was closed before.
#[derive(Debug, PartialEq, Eq)]
pub struct AlreadyClosed;

impl<T> State<T> {
    /// Sends without waiting. A ticket is to be used after the unlock.
    #[inline]
    fn offer(&mut self, element: T) -> Result<Option<Ticket>, Refused<T>> {
        if self.closed {
            return Err(Refused::Closed(element));
        }
        if self.no_receivers {
            return Err(Refused::NoReceivers(element));
        }
        // SAFETY: a `&mut State` is only had under the lock.
        if let Some(mut receiver) = unsafe { self.receivers.claim_first() } {
            receiver.swap(Some(element));
            return Ok(Some(receiver.finish(Outcome::Done)));
        }
        if self.ring.is_full() {
            return Err(Refused::Full(element));
        }
        self.ring.push(element);
        Ok(None)
    }

    /// Receives without waiting. A ticket is to be used after the unlock.
    #[inline]
    fn poll(&mut self) -> (Polled<T>, Option<Ticket>) {
        let buffered = self.ring.pop();
        if buffered.is_none() && self.ring.cap() > 0 {
            return (if self.closed { Polled::Closed } else { Polled::Empty }, None);
        }
        // SAFETY: a `&mut State` is only had under the lock.
        let sender = unsafe { self.senders.claim_first() };
        let (element, ticket) = match sender {
            None => (buffered, None),
            Some(mut sender) => {
                let sent = sender.swap(None);
                let ticket = sender.finish(Outcome::Done);
                match (buffered, sent) {
                    (Some(first), Some(sent)) => {
                        self.ring.push(sent);
                        (Some(first), Some(ticket))
                    }
                    (first, sent) => (first.or(sent), Some(ticket)),
                }
            }
        };
        match element {
            Some(element) => (Polled::Ready(element), ticket),
            None if self.closed => (Polled::Closed, ticket),
            None => (Polled::Empty, ticket),
        }
    }
}

impl<T> ChanCore<T> {
    /// A channel with room for `cap` elements.
    ///
    /// # Panics
    /// When `cap` elements are more than the address space holds.
    pub fn new(cap: usize) -> ChanCore<T> {
        ChanCore::with(Ring::new(cap))
    }

    /// A channel whose buffer lies in lent memory.
    ///
    /// # Safety
    /// `buffer` is aligned and has room for `cap` elements, for as long as the channel lives, and nobody else writes it.
    pub unsafe fn over(buffer: NonNull<T>, cap: usize) -> ChanCore<T> {
        // SAFETY: the caller's promise.
        ChanCore::with(unsafe { Ring::over(buffer, cap) })
    }

    fn with(ring: Ring<T>) -> ChanCore<T> {
        ChanCore {
            lock: RawLock::new(),
            state: UnsafeCell::new(State {
                ring,
                receivers: WaitQueue::new(),
                senders: WaitQueue::new(),
                closed: false,
                no_receivers: false,
            }),
        }
    }

    #[inline]
    fn locked<R>(&self, f: impl FnOnce(&mut State<T>) -> R) -> R {
        self.lock.lock();
        // SAFETY: under the lock nobody else touches the state.
        let result = f(unsafe { &mut *self.state.get() });
        self.lock.unlock();
        result
    }

    /// Sends, waiting while there is no room. Never gives back `Full`.
    pub fn send(&self, element: T) -> Result<(), Refused<T>> {
        let mut node = Node::new(None);
        let node = &raw mut node;
        let sent = self.locked(|state| match state.offer(element) {
            Err(Refused::Full(element)) => {
                let ticket = park::prepare(WaitReason::ChanSend);
                // SAFETY: the node is ours until it is pushed, which happens under the lock; it stays in this frame,
                // which does not go before the wait is over.
                unsafe {
                    (*node).slot = Some(element);
                    state.senders.push(node, ticket, ptr::null(), 0);
                }
                Ok(Waits::Yes)
            }
            Err(refused) => Err(refused),
            Ok(ticket) => Ok(Waits::No(ticket)),
        })?;
        match sent {
            Waits::No(ticket) => {
                wake(ticket);
                park::checkpoint();
                Ok(())
            }
            Waits::Yes => {
                park::park();
                // SAFETY: the peer that woke us was done with the node, and nobody else has it.
                let (outcome, left) = unsafe { ((*node).outcome, (*node).slot.take()) };
                refusal(outcome, left)
            }
        }
    }

    /// Receives, waiting while there is nothing; `None` when the channel is closed and drained.
    pub fn recv(&self) -> Option<T> {
        let mut node = Node::new(None);
        let node = &raw mut node;
        let (polled, ticket) = self.locked(|state| {
            let (polled, ticket) = state.poll();
            if matches!(polled, Polled::Empty) {
                let ticket = park::prepare(WaitReason::ChanReceive);
                // SAFETY: as in `send`.
                unsafe { state.receivers.push(node, ticket, ptr::null(), 0) };
            }
            (polled, ticket)
        });
        wake(ticket);
        match polled {
            Polled::Ready(element) => {
                park::checkpoint();
                Some(element)
            }
            Polled::Closed => {
                park::checkpoint();
                None
            }
            Polled::Empty => {
                park::park();
                // SAFETY: as in `send`.
                unsafe { (*node).slot.take() }
            }
        }
    }

    /// Sends if that is possible without waiting.
    pub fn try_send(&self, element: T) -> Result<(), Refused<T>> {
        let sent = self.locked(|state| state.offer(element));
        if sent.is_err() {
            park::polled_in_vain();
        }
        sent.map(wake)
    }

    /// Receives if that is possible without waiting.
    pub fn try_recv(&self) -> Polled<T> {
        let (polled, ticket) = self.locked(State::poll);
        wake(ticket);
        if matches!(polled, Polled::Empty) {
            park::polled_in_vain();
        }
        polled
    }

    /// Closes the channel: receivers drain it, then get nothing; whoever sends or waits to send is refused.
    pub fn close(&self) -> Result<(), AlreadyClosed> {
        let waiting = self.locked(|state| {
            if std::mem::replace(&mut state.closed, true) {
                return Err(AlreadyClosed);
            }
            let mut waiting = WakeList::new();
            // SAFETY: under the lock.
            unsafe {
                waiting.claim_all(&mut state.receivers, Outcome::Closed);
                waiting.claim_all(&mut state.senders, Outcome::Closed);
            }
            Ok(waiting)
        })?;
        waiting.wake();
        Ok(())
    }

    /// Says that nobody can receive any more: senders are refused, and what was buffered is dropped.
    pub(crate) fn abandon(&self) {
        let (waiting, left) = self.locked(|state| {
            state.no_receivers = true;
            let mut waiting = WakeList::new();
            // SAFETY: under the lock.
            unsafe { waiting.claim_all(&mut state.senders, Outcome::NoReceivers) };
            let empty = Ring::new(0);
            (waiting, std::mem::replace(&mut state.ring, empty))
        });
        waiting.wake();
        drop(left);
    }

    /// How many elements are buffered.
    pub fn len(&self) -> usize {
        self.locked(|state| state.ring.len())
    }

    /// Whether nothing is buffered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many elements can be buffered.
    pub fn cap(&self) -> usize {
        self.locked(|state| state.ring.cap())
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.locked(|state| state.closed)
    }
}

enum Waits {
    Yes,
    No(Option<Ticket>),
}

#[inline]
fn wake(ticket: Option<Ticket>) {
    if let Some(ticket) = ticket {
        park::ready(ticket);
    }
}

fn refusal<T>(outcome: Outcome, left: Option<T>) -> Result<(), Refused<T>> {
    match (outcome, left) {
        (Outcome::Closed, Some(element)) => Err(Refused::Closed(element)),
        (Outcome::NoReceivers, Some(element)) => Err(Refused::NoReceivers(element)),
        _ => Ok(()),
    }
}

/// The steps a select takes at one channel. All but `withdraw` need its lock to be held.
impl<T> ChanCore<T> {
    /// Orders the locks of a select.
    pub(crate) fn rank(&self) -> usize {
        ptr::from_ref(self).addr()
    }

    pub(crate) fn lock(&self) {
        self.lock.lock();
    }

    pub(crate) fn unlock(&self) {
        self.lock.unlock();
    }

    /// # Safety
    /// The lock is held.
    pub(crate) unsafe fn poll_locked(&self) -> (Polled<T>, Option<Ticket>) {
        // SAFETY: under the lock nobody else touches the state.
        unsafe { &mut *self.state.get() }.poll()
    }

    /// # Safety
    /// The lock is held.
    pub(crate) unsafe fn offer_locked(&self, element: T) -> Result<Option<Ticket>, Refused<T>> {
        // SAFETY: under the lock nobody else touches the state.
        unsafe { &mut *self.state.get() }.offer(element)
    }

    /// # Safety
    /// The lock is held; `node` and `claim` stay where they are until `withdraw` or until the node was claimed.
    pub(crate) unsafe fn enqueue(
        &self,
        sending: bool,
        node: *mut Node<T>,
        ticket: Ticket,
        claim: *const Claim,
        case: usize,
    ) {
        // SAFETY: under the lock nobody else touches the state; the rest is the caller's promise.
        unsafe {
            let state = &mut *self.state.get();
            let queue = if sending { &mut state.senders } else { &mut state.receivers };
            queue.push(node, ticket, claim, case);
        }
    }

    /// Takes a node out of its queue if it is still there. Takes the lock itself.
    ///
    /// # Safety
    /// The node was enqueued here on that side.
    pub(crate) unsafe fn withdraw(&self, sending: bool, node: *mut Node<T>) {
        self.locked(|state| {
            let queue = if sending { &mut state.senders } else { &mut state.receivers };
            // SAFETY: under the lock; the node is where the caller says.
            unsafe { queue.remove(node) };
        });
    }
}
