//! Channels, with the semantics of the Go specification.
//!
//! One core serves two clothings: [`Chan`], [`Sender`] and [`Receiver`] here, which are reference counted and receive an
//! `Option`, and the `Copy` handle of translated Go. The core reports what happened; panics are the clothing's.
//!
//! What must always hold, under the lock:
//! 1. While an operation waits to receive, the buffer is empty and nobody waits to send; while one waits to send, the
//!    buffer is full and nobody waits to receive. (Nodes of a select that has chosen another case do not count.)
//! 2. A closed channel has nobody waiting.
//! 3. The notes that the lock leaves say at least what could be done (`MAY_RECEIVE`, `MAY_SEND`): whoever would not wait asks them first.
//! 4. No user code runs: elements are moved, never dropped; whoever is to be woken is woken after the unlock.
//!
//! Files: `waitq` who waits, `ring` the buffer, `handles` the clothing for Rust, `roles` what `select` needs of
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
    Chan, IntoIter, Iter, Receiver, SendError, Sender, TryIter, TryRecvError, TrySendError, chan, channel,
};
pub use self::roles::{Receive, ReceiveOk, SendTo};

/// One channel, whoever wears it.
#[doc(hidden)]
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

/// A note of the lock: receiving would not wait.
pub(crate) const MAY_RECEIVE: u32 = 2;
/// A note of the lock: sending would not wait.
pub(crate) const MAY_SEND: u32 = 4;

struct State<T> {
    ring: Ring<T>,
    receivers: WaitQueue<T>,
    senders: WaitQueue<T>,
    closed: bool,
    no_receivers: bool,
}

/// An element that could not be sent, and why.
#[derive(Debug)]
#[doc(hidden)]
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
#[doc(hidden)]
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
#[doc(hidden)]
pub struct AlreadyClosed;

impl<T> State<T> {
    /// What the lock is to note. Nodes that are no longer open count, too.
    #[inline]
    fn notes(&self) -> u32 {
        let receive = self.ring.len() > 0 || !self.senders.is_empty() || self.closed;
        let send = !self.ring.is_full() || !self.receivers.is_empty() || self.closed || self.no_receivers;
        (u32::from(receive) * MAY_RECEIVE) | (u32::from(send) * MAY_SEND)
    }

    /// Sends without waiting. A ticket is to be used after the unlock.
    #[inline(always)]
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
    #[inline(always)]
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
        let core = ChanCore {
            lock: RawLock::new(),
            state: UnsafeCell::new(State {
                ring: Ring::new(cap),
                receivers: WaitQueue::new(),
                senders: WaitQueue::new(),
                closed: false,
                no_receivers: false,
            }),
        };
        core.locked(|_| ());
        core
    }

    /// Makes a channel at `place`, whose buffer lies in lent memory. It is written field by field: what lies between them stays as it is. In a value that is
    /// moved that would be whatever its last place has held, words that a collector takes for pointers.
    ///
    /// # Safety
    /// `place` is memory for it that nobody else knows. `buffer` is aligned and has room for `cap` elements, for as long as the channel lives, and nobody else
    /// writes it.
    pub unsafe fn make_over(place: *mut ChanCore<T>, buffer: NonNull<T>, cap: usize) {
        // SAFETY: the caller's promise; the channel is whole when a reference is made.
        unsafe {
            (&raw mut (*place).lock).write(RawLock::new());
            let state = UnsafeCell::raw_get(&raw const (*place).state);
            Ring::make_over(&raw mut (*state).ring, buffer, cap);
            (&raw mut (*state).receivers).write(WaitQueue::new());
            (&raw mut (*state).senders).write(WaitQueue::new());
            (&raw mut (*state).closed).write(false);
            (&raw mut (*state).no_receivers).write(false);
            (*place).locked(|_| ());
        }
    }

    #[inline(always)]
    fn locked<R>(&self, f: impl FnOnce(&mut State<T>) -> R) -> R {
        self.lock.lock();
        // SAFETY: under the lock nobody else touches the state.
        let state = unsafe { &mut *self.state.get() };
        let result = f(state);
        self.lock.unlock_noting(state.notes());
        result
    }

    /// Sends, waiting while there is no room. Never gives back `Full`.
    pub fn send(&self, element: T) -> Result<(), Refused<T>> {
        self.lock.lock();
        // SAFETY: under the lock nobody else touches the state.
        let state = unsafe { &mut *self.state.get() };
        match state.offer(element) {
            // SAFETY: the lock is held.
            Err(Refused::Full(element)) => unsafe { self.wait_to_send(element) },
            sent => {
                self.lock.unlock_noting(state.notes());
                wake(sent?);
                park::checkpoint();
                Ok(())
            }
        }
    }

    /// The rest of a send that has to wait: apart, because most of what it needs those do not that find room.
    ///
    /// # Safety
    /// The lock is held; it is given back here.
    #[inline(never)]
    unsafe fn wait_to_send(&self, element: T) -> Result<(), Refused<T>> {
        let mut node = Node::new(Some(element));
        let node = &raw mut node;
        // SAFETY: under the lock nobody else touches the state. The node is ours until it is pushed, and stays in this frame, which does
        // not go before the wait is over; then the peer that woke us was done with it.
        let (outcome, left) = unsafe {
            let state = &mut *self.state.get();
            state.senders.push(node, park::prepare(WaitReason::ChanSend), ptr::null(), 0);
            self.lock.unlock_noting(state.notes());
            park::park();
            ((*node).outcome, (*node).slot.take())
        };
        refusal(outcome, left)
    }

    /// Receives, waiting while there is nothing; `None` when the channel is closed and drained.
    pub fn recv(&self) -> Option<T> {
        self.lock.lock();
        // SAFETY: under the lock nobody else touches the state.
        let state = unsafe { &mut *self.state.get() };
        let (polled, ticket) = state.poll();
        let element = match polled {
            Polled::Ready(element) => Some(element),
            Polled::Closed => None,
            // SAFETY: the lock is held. Where there is nothing, nobody was told anything.
            Polled::Empty => return unsafe { self.wait_to_receive() },
        };
        self.lock.unlock_noting(state.notes());
        wake(ticket);
        park::checkpoint();
        element
    }

    /// As [`ChanCore::wait_to_send`].
    ///
    /// # Safety
    /// The lock is held; it is given back here.
    #[inline(never)]
    unsafe fn wait_to_receive(&self) -> Option<T> {
        let mut node = Node::new(None);
        let node = &raw mut node;
        // SAFETY: as in `wait_to_send`.
        unsafe {
            let state = &mut *self.state.get();
            state.receivers.push(node, park::prepare(WaitReason::ChanReceive), ptr::null(), 0);
            self.lock.unlock_noting(state.notes());
            park::park();
            (*node).slot.take()
        }
    }

    /// Sends if that is possible without waiting.
    pub fn try_send(&self, element: T) -> Result<(), Refused<T>> {
        let sent = match self.lock.notes() & MAY_SEND {
            0 => Err(Refused::Full(element)),
            _ => self.locked(|state| state.offer(element)),
        };
        if sent.is_err() {
            park::polled_in_vain();
        }
        sent.map(wake)
    }

    /// Receives if that is possible without waiting.
    pub fn try_recv(&self) -> Polled<T> {
        let (polled, ticket) = match self.lock.notes() & MAY_RECEIVE {
            0 => (Polled::Empty, None),
            _ => self.locked(State::poll),
        };
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

/// The steps a select takes at one channel. All but `raw_lock` and `withdraw` need its lock to be held.
impl<T> ChanCore<T> {
    /// The channel's lock, whose address orders the locks of a select.
    pub(crate) fn raw_lock(&self) -> &RawLock {
        &self.lock
    }

    /// # Safety
    /// The lock is held by the caller.
    pub(crate) unsafe fn unlock(&self) {
        // SAFETY: under the lock nobody else touches the state.
        self.lock.unlock_noting(unsafe { &*self.state.get() }.notes());
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
