//! Who waits at a channel: nodes in a doubly linked list, each with the slot for one element.
//!
//! A node lies in the frame of the operation that waits; stacks never move and are never unwound while parked, so it
//! stays where it is until its owner has been woken. Must hold:
//! 1. Everything in a node but its own links is written by its owner before it is linked, and then by the one peer
//!    that claims it, under the channel's lock. The owner reads it after it was woken, or after it has unlinked it.
//! 2. The nodes of one select share a [`Claim`]; a peer may use a node only after it has moved the claim from open to
//!    that node's case. A node whose claim went elsewhere is dead: peers drop it from the list, its owner unlinks it
//!    before its frame goes.
//! 3. A claimer reads the ticket before it gives up what keeps the owner asleep: the `ready` itself is the last thing.
//! 4. Nodes and claims of others are reached by [`park::here`] only, anew behind each access to another stack: a stack that is put away stays so while peers
//!    pass by, and when they wake its owner.
//!
//! Rejected: nodes off the stack, from a free list of the channel. They would make it simpler to put parked stacks
//! away, and cost a second lock per wait.

use std::marker::PhantomPinned;
use std::ptr;

use crate::park::{self, Ticket, here};
use crate::shim::{AtomicUsize, Ordering};

/// Which case of a select was chosen.
pub struct Claim(AtomicUsize);

const OPEN: usize = usize::MAX;

impl Claim {
    crate::shim::maybe_const! {
        pub(crate) fn new() -> Claim {
            Claim(AtomicUsize::new(OPEN))
        }
    }

    /// What it is while no case is chosen, and where.
    pub(crate) fn word(&self) -> (usize, *const AtomicUsize) {
        (OPEN, &raw const self.0)
    }

    /// Chooses a case, unless one is chosen.
    fn take(&self, case: usize) -> bool {
        self.0.compare_exchange(OPEN, case, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// The chosen case.
    pub(crate) fn chosen(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

/// How the wait ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// It has not.
    Waiting,
    /// The element went over.
    Done,
    /// The channel was closed: a receiver gets nothing, a sender keeps its element in the slot.
    Closed,
    /// The last receiver went: a sender keeps its element in the slot.
    NoReceivers,
}

/// One waiting operation.
pub(crate) struct Node<T> {
    next: *mut Node<T>,
    prev: *mut Node<T>,
    linked: bool,
    waiter: Option<Waiter>,
    pub(crate) slot: Option<T>,
    pub(crate) outcome: Outcome,
    /// Peers write through pointers of their own while the owner's frame has a reference to what the node lies in.
    _pinned: PhantomPinned,
}

#[derive(Clone, Copy)]
struct Waiter {
    ticket: Ticket,
    claim: *const Claim,
    case: usize,
}

impl Waiter {
    /// Wins the operation for the caller, unless it is over.
    ///
    /// # Safety
    /// The lock of the channel is held, and the node was linked there.
    #[inline]
    unsafe fn claim(self) -> bool {
        // SAFETY: the owner of a linked node unlinks it under this lock before its claim goes.
        self.claim.is_null() || unsafe { &*here(self.claim.cast_mut()) }.take(self.case)
    }
}

impl<T> Node<T> {
    pub(crate) fn new(slot: Option<T>) -> Node<T> {
        Node {
            next: ptr::null_mut(),
            prev: ptr::null_mut(),
            linked: false,
            waiter: None,
            slot,
            outcome: Outcome::Waiting,
            _pinned: PhantomPinned,
        }
    }
}

/// The operations waiting on one side of a channel, longest first.
pub(crate) struct WaitQueue<T> {
    first: *mut Node<T>,
    last: *mut Node<T>,
}

impl<T> WaitQueue<T> {
    pub(crate) const fn new() -> WaitQueue<T> {
        WaitQueue { first: ptr::null_mut(), last: ptr::null_mut() }
    }

    /// Whether there is no node, open or not.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// Adds a node. `claim` is null for an operation that waits for nothing else.
    ///
    /// # Safety
    /// The lock of the channel is held. `node` and `claim` stay where they are until the node was claimed or removed.
    pub(crate) unsafe fn push(
        &mut self,
        node: *mut Node<T>,
        ticket: Ticket,
        claim: *const Claim,
        case: usize,
    ) {
        // SAFETY: until it is linked the node is its owner's, who runs and calls; `last` is linked, so alive, and the lock
        // keeps peers away from its links.
        unsafe {
            (*node).waiter = Some(Waiter { ticket, claim, case });
            (*node).outcome = Outcome::Waiting;
            (*node).next = ptr::null_mut();
            (*node).prev = self.last;
            (*node).linked = true;
            match self.last.is_null() {
                true => self.first = node,
                false => (*here(self.last)).next = node,
            }
        }
        self.last = node;
    }

    /// Takes a node out, if it is still in.
    ///
    /// # Safety
    /// The lock of the channel is held, and the node was pushed here or nowhere. It is where [`here`] says.
    pub(crate) unsafe fn remove(&mut self, node: *mut Node<T>) {
        // SAFETY: linked nodes are alive, and the lock keeps others away from the links.
        unsafe {
            if !(*node).linked {
                return;
            }
            (*node).linked = false;
            let (next, prev) = ((*node).next, (*node).prev);
            match prev.is_null() {
                true => self.first = next,
                false => (*here(prev)).next = next,
            }
            match next.is_null() {
                true => self.last = prev,
                false => (*here(next)).prev = prev,
            }
        }
    }

    /// Takes out the operation that has waited longest and is still open: it now belongs to the caller, who completes
    /// it with [`Claimed::finish`].
    ///
    /// # Safety
    /// The lock of the channel is held.
    #[inline]
    pub(crate) unsafe fn claim_first(&mut self) -> Option<Claimed<T>> {
        while !self.first.is_null() {
            let node = here(self.first);
            // SAFETY: a linked node is alive until its owner has unlinked it under this lock.
            unsafe {
                self.remove(node);
                if let Some(waiter) = (*node).waiter
                    && waiter.claim()
                {
                    return Some(Claimed { node, ticket: waiter.ticket });
                }
            }
        }
        None
    }
}

/// A waiting operation that the caller has won: its owner sleeps until told. It lies where [`here`] said, until the lock is given back.
pub struct Claimed<T> {
    node: *mut Node<T>,
    ticket: Ticket,
}

impl<T> Claimed<T> {
    /// Fills the slot of a receiver, or takes what a sender has in it.
    #[inline]
    pub(crate) fn swap(&mut self, element: Option<T>) -> Option<T> {
        // SAFETY: the node was claimed, so it is ours until its owner is woken, which takes the ticket we have.
        unsafe { std::mem::replace(&mut (*self.node).slot, element) }
    }

    /// Says how it went. The owner still sleeps: it is woken with the ticket, outside the lock.
    #[inline]
    pub(crate) fn finish(self, outcome: Outcome) -> Ticket {
        // SAFETY: as in `swap`.
        unsafe { (*self.node).outcome = outcome };
        self.ticket
    }
}

/// Claimed operations to be woken when the lock is free, linked through their own nodes. Waking very many brings no stack back: their workers do, each its own.
pub(crate) struct WakeList<T> {
    first: *mut Node<T>,
    last: *mut Node<T>,
}

impl<T> WakeList<T> {
    pub(crate) const fn new() -> WakeList<T> {
        WakeList { first: ptr::null_mut(), last: ptr::null_mut() }
    }

    /// Claims everything that waits in `queue`, with this outcome.
    ///
    /// # Safety
    /// The lock of the channel is held.
    pub(crate) unsafe fn claim_all(&mut self, queue: &mut WaitQueue<T>, outcome: Outcome) {
        let mut node = std::mem::replace(&mut queue.first, ptr::null_mut());
        queue.last = ptr::null_mut();
        while !node.is_null() {
            // SAFETY: the lock; a linked node is alive until its owner has unlinked it, and so is its claim. A claimed one is ours until its owner
            // is woken.
            unsafe {
                let there = here(node);
                (*there).linked = false;
                let next = (*there).next;
                if let Some(waiter) = (*there).waiter
                    && waiter.claim()
                {
                    let there = here(node);
                    (*there).outcome = outcome;
                    (*there).next = ptr::null_mut();
                    match self.last.is_null() {
                        true => self.first = node,
                        false => (*here(self.last)).next = node,
                    }
                    self.last = node;
                }
                node = next;
            }
        }
    }

    /// Wakes them.
    pub(crate) fn wake(self) {
        let mut node = self.first;
        while !node.is_null() {
            // SAFETY: the owner is asleep, so the node is alive, until `ready`; nothing of it is read after that.
            let (next, waiter) = unsafe {
                let there = here(node);
                ((*there).next, (*there).waiter)
            };
            if let Some(waiter) = waiter {
                park::ready(waiter.ticket);
            }
            node = next;
        }
    }
}
