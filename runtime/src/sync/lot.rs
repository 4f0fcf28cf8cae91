//! Waiting on the address of a word: the queues behind every primitive of this folder.
//!
//! A primitive is a few words that are zero when unused and know nothing of who waits; the waiters of all primitives
//! lie in a fixed table of queues, found by address. So the words can be copied into any struct of translated Go.
//! Must hold:
//! 1. A word's decision to wait and a waker's decision whom to wake are both made under the queue's lock: `wait` checks
//!    again there, `wake` changes the word there. No wake-up is lost between them.
//! 2. `waiting` is raised before that check and lowered after the waiter left, so a waker that reads zero after its own
//!    change of the word has nobody to wake. Both sides are sequentially consistent.
//! 3. A node lies in its waiter's frame. After it is taken out of the queue it belongs to the waker until `ready`. Others reach it by [`here`] only, anew behind
//!    each access to another stack: a stack that is put away stays so while others look for theirs in the queue.

use std::cell::UnsafeCell;
use std::ptr;

use crate::park::{self, Ticket, WaitReason, here};
use crate::shim::{AtomicU32, AtomicUsize, Ordering};
use crate::sys::lock::RawLock;

const BUCKETS: usize = 256;

struct Bucket {
    lock: RawLock,
    waiting: AtomicUsize,
    queue: UnsafeCell<Queue>,
}

// SAFETY: the queue is only touched under the lock.
unsafe impl Sync for Bucket {}

struct Queue {
    first: *mut Node,
    last: *mut Node,
}

struct Node {
    next: *mut Node,
    address: usize,
    ticket: Option<Ticket>,
    urgent: bool,
    number: u32,
    token: u32,
}

static TABLE: [Bucket; BUCKETS] = [const {
    Bucket {
        lock: RawLock::new(),
        waiting: AtomicUsize::new(0),
        queue: UnsafeCell::new(Queue { first: ptr::null_mut(), last: ptr::null_mut() }),
    }
}; BUCKETS];

fn address(word: &AtomicU32) -> usize {
    ptr::from_ref(word).addr()
}

fn bucket(address: usize) -> &'static Bucket {
    // Words of one struct are neighbours: multiply, so that they fall into different queues.
    let hash = (address >> 2).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
    &TABLE[hash >> (usize::BITS - BUCKETS.trailing_zeros())]
}

impl Bucket {
    fn locked<R>(&self, f: impl FnOnce(&mut Queue) -> R) -> R {
        self.lock.lock();
        // SAFETY: under the lock nobody else touches the queue.
        let result = f(unsafe { &mut *self.queue.get() });
        self.lock.unlock();
        result
    }
}

impl Queue {
    fn push(&mut self, node: *mut Node, front: bool) {
        // SAFETY: the node is the caller's, and not linked; linked nodes are alive, because their owners sleep.
        unsafe {
            if self.first.is_null() {
                (*node).next = ptr::null_mut();
                (self.first, self.last) = (node, node);
            } else if front {
                (*node).next = self.first;
                self.first = node;
            } else {
                (*node).next = ptr::null_mut();
                (*here(self.last)).next = node;
                self.last = node;
            }
        }
    }

    /// The first node of this address that is wanted, taken out.
    fn pop(&mut self, address: usize, wanted: impl Fn(&Node) -> bool) -> Option<*mut Node> {
        let mut before: *mut Node = ptr::null_mut();
        let mut node = self.first;
        // SAFETY: linked nodes are alive, because their owners sleep, and the lock keeps others away from the links.
        unsafe {
            while !node.is_null() {
                let there = here(node);
                let next = (*there).next;
                if (*there).address == address && wanted(&*there) {
                    match before.is_null() {
                        true => self.first = next,
                        false => (*here(before)).next = next,
                    }
                    if next.is_null() {
                        self.last = before;
                    }
                    return Some(node);
                }
                before = node;
                node = next;
            }
        }
        None
    }

    /// The first waiter of this address, left in, and how many there are.
    fn look(&self, address: usize) -> Waiters {
        let mut waiters = Waiters { count: 0, urgent: false };
        let mut node = self.first;
        // SAFETY: as in `pop`.
        while let Some(there) = unsafe { here(node).as_ref() } {
            if there.address == address {
                if waiters.count == 0 {
                    waiters.urgent = there.urgent;
                }
                waiters.count += 1;
            }
            node = there.next;
        }
        waiters
    }
}

/// What a waker sees under the lock.
#[derive(Clone, Copy)]
pub(crate) struct Waiters {
    /// How many wait on this address.
    pub(crate) count: u32,
    /// The first has waited too long and asks to be served before anybody new.
    pub(crate) urgent: bool,
}

/// How to wait.
#[derive(Clone, Copy)]
pub(crate) struct How {
    pub(crate) reason: WaitReason,
    /// In front of the others: it has waited before.
    pub(crate) front: bool,
    /// See [`Waiters::urgent`].
    pub(crate) urgent: bool,
    /// For [`wake_numbered`].
    pub(crate) number: u32,
}

/// Waits on `word` if `still` holds, checked under the lock; the waker's token, or `None` when it did not hold.
pub(crate) fn wait(word: &AtomicU32, how: How, still: impl FnOnce() -> bool) -> Option<u32> {
    let address = address(word);
    let bucket = bucket(address);
    let mut node = Node {
        next: ptr::null_mut(),
        address,
        ticket: None,
        urgent: how.urgent,
        number: how.number,
        token: 0,
    };
    let node = &raw mut node;
    bucket.waiting.fetch_add(1, Ordering::SeqCst);
    let waits = bucket.locked(|queue| {
        if !still() {
            return false;
        }
        // SAFETY: the node is in this frame, and not linked yet.
        unsafe { (*node).ticket = Some(park::prepare(how.reason)) };
        queue.push(node, how.front);
        true
    });
    let token = waits.then(|| {
        park::park();
        // SAFETY: we were woken, so the node was taken out, and the waker is done with it.
        unsafe { (*node).token }
    });
    bucket.waiting.fetch_sub(1, Ordering::SeqCst);
    token
}

/// Wakes one waiter. `decide` runs under the lock with what is there, first waiter still in its queue: it changes the
/// word and gives the token for that waiter, or `None` to wake nobody. With nobody waiting, its answer is not used.
/// It always runs.
pub(crate) fn wake_one(word: &AtomicU32, decide: impl FnOnce(Waiters) -> Option<u32>) {
    let address = address(word);
    let woken = bucket(address).locked(|queue| {
        let waiters = queue.look(address);
        let token = decide(waiters)?;
        queue.pop(address, |_| true).map(|node| claim(node, token))
    });
    if let Some(ticket) = woken.flatten() {
        park::ready(ticket);
    }
}

/// Wakes the waiter whose number `decide` names under the lock, if it waits already. `decide` always runs.
pub(crate) fn wake_numbered(word: &AtomicU32, decide: impl FnOnce() -> Option<u32>) {
    let address = address(word);
    let woken = bucket(address).locked(|queue| {
        let number = decide()?;
        queue.pop(address, |node| node.number == number).map(|node| claim(node, 0))
    });
    if let Some(ticket) = woken.flatten() {
        park::ready(ticket);
    }
}

/// Wakes all waiters with token 0, after `decide` has changed the word under the lock. It always runs.
pub(crate) fn wake_all(word: &AtomicU32, decide: impl FnOnce(Waiters)) {
    wake_all_if(word, |waiters| {
        decide(waiters);
        true
    });
}

/// As [`wake_all`], unless `decide` says no.
pub(crate) fn wake_all_if(word: &AtomicU32, decide: impl FnOnce(Waiters) -> bool) {
    let address = address(word);
    let mut list: *mut Node = ptr::null_mut();
    let mut last: *mut Node = ptr::null_mut();
    bucket(address).locked(|queue| {
        if !decide(queue.look(address)) {
            return;
        }
        while let Some(node) = queue.pop(address, |_| true) {
            // SAFETY: taken out, so it is ours until its owner is woken.
            unsafe {
                (*here(node)).next = ptr::null_mut();
                match last.is_null() {
                    true => list = node,
                    false => (*here(last)).next = node,
                }
            }
            last = node;
        }
    });
    while !list.is_null() {
        // SAFETY: as above; nothing of the node is read after its owner is woken.
        let (next, ticket) = unsafe { ((*here(list)).next, claim(list, 0)) };
        if let Some(ticket) = ticket {
            park::ready(ticket);
        }
        list = next;
    }
}

/// Whether somebody may wait on `word`. To be asked after the word was changed.
#[inline]
pub(crate) fn maybe_waiting(word: &AtomicU32) -> bool {
    bucket(address(word)).waiting.load(Ordering::SeqCst) != 0
}

fn claim(node: *mut Node, token: u32) -> Option<Ticket> {
    // SAFETY: the caller has taken the node out of its queue, so it is ours until its owner is woken.
    unsafe {
        let there = here(node);
        (*there).token = token;
        (*there).ticket
    }
}
