//! `select`: one of several channel operations, whichever can proceed.
//!
//! The macro builds one arm per case, in source order, which evaluates and keeps the operands; [`select`] commits
//! exactly one arm and says which. Steps:
//! 1. Visit the enabled arms in a random order, one lock at a time, if the notes of that lock say that it is worth while; the first that is
//!    ready is committed.
//! 2. Take all their locks, in the order of the channels' addresses, and look again: what was seen arm by arm need not
//!    have been true at one moment. If none is ready and there is a default, that is chosen.
//! 3. Enqueue a node in every channel, all pointing to one claim, release the locks, wait. A peer that takes a node moves
//!    the claim from open to that case; every other peer finds the claim taken and passes on.
//! 4. Take the losing nodes out.
//!
//! While a select holds its locks it is in no queue, so two selects that meet never have to agree on both claims at
//! once: the one that looks takes the other's. The commit of a send to a closed channel panics in [`select`], after
//! the last lock is released.
//!
//! These entry points are what `select!` expands to; their twin is `macros/src/select/expand.rs`.

use std::cell::UnsafeCell;
use std::marker::PhantomPinned;

use crate::chan::waitq::{Claim, Node, Outcome};
use crate::chan::{ChanCore, MAY_RECEIVE, MAY_SEND, Polled, Receive, ReceiveOk, Refused, SendTo};
use crate::park::{self, Queues, Ticket, WaitReason};
use crate::sys::lock::RawLock;
use crate::sys::rng;

/// One case of a select. Implemented by [`RecvArm`] and [`SendArm`] only.
///
/// # Safety
/// The lock that `gate` names is that of the channel, always the same while the arm lives.
pub unsafe trait Arm {
    /// The channel's lock; `None` for an arm that cannot be chosen.
    #[doc(hidden)]
    fn gate(&self) -> Option<Gate>;

    /// Gives the lock back, with notes.
    ///
    /// # Safety
    /// The arm is enabled and its lock is held.
    #[doc(hidden)]
    unsafe fn unlock(&self);

    /// Commits if that is possible without waiting: the peer to wake once the lock is free.
    ///
    /// # Safety
    /// The arm is enabled and its lock is held.
    #[doc(hidden)]
    unsafe fn attempt(&mut self) -> Option<Option<Ticket>>;

    /// Waits in the channel's queue as `case` of the select that owns `claim`.
    ///
    /// # Safety
    /// The arm is enabled and its lock is held; arm and claim stay where they are until the claim was taken and, unless
    /// it was taken for this arm, `withdraw` was called.
    #[doc(hidden)]
    unsafe fn enqueue(&self, ticket: Ticket, claim: *const Claim, case: usize);

    /// Leaves the queue, taking the lock for that.
    ///
    /// # Safety
    /// `enqueue` was called.
    #[doc(hidden)]
    unsafe fn withdraw(&self);

    /// The arm was chosen and all locks are free: reports what could not be sent.
    #[doc(hidden)]
    fn settle(&mut self);
}

/// A receiving case.
pub struct RecvArm<'a, C: Receive + ?Sized> {
    core: Option<&'a ChanCore<C::Item>>,
    /// While it is enqueued, peers write it by rule 1 of `waitq`: hence the cell, and no `&mut` to the arm meanwhile.
    node: UnsafeCell<Node<C::Item>>,
    _pinned: PhantomPinned,
}

/// A sending case.
pub struct SendArm<'a, C: SendTo<V> + ?Sized, V> {
    chan: &'a C,
    core: Option<&'a ChanCore<C::Element>>,
    /// As in [`RecvArm`].
    node: UnsafeCell<Node<C::Element>>,
    _pinned: PhantomPinned,
}

/// The case `v = <-c`.
pub fn recv_arm<'a, C: Receive + ?Sized>(c: &'a C) -> RecvArm<'a, C> {
    recv_arm_if(true, c)
}

/// The case `v = <-c`, out of the race unless `cond`.
pub fn recv_arm_if<'a, C: Receive + ?Sized>(cond: bool, c: &'a C) -> RecvArm<'a, C> {
    RecvArm {
        core: if cond { c.core() } else { None },
        node: UnsafeCell::new(Node::new(None)),
        _pinned: PhantomPinned,
    }
}

/// The case `c <- v`. The value is moved in, also if another case is chosen.
pub fn send_arm<'a, C: SendTo<V> + ?Sized, V>(c: &'a C, v: V) -> SendArm<'a, C, V> {
    send_arm_if(true, c, v)
}

/// The case `c <- v`, out of the race unless `cond`.
pub fn send_arm_if<'a, C: SendTo<V> + ?Sized, V>(cond: bool, c: &'a C, v: V) -> SendArm<'a, C, V> {
    SendArm {
        chan: c,
        core: if cond { c.core() } else { None },
        node: UnsafeCell::new(Node::new(Some(C::element(v)))),
        _pinned: PhantomPinned,
    }
}

impl<C: Receive + ?Sized> RecvArm<'_, C> {
    /// What the chosen case received.
    pub fn take(&mut self) -> C::Output {
        C::output(self.received())
    }

    /// What the chosen case received, and whether the channel was open.
    pub fn take_ok(&mut self) -> C::OutputOk
    where
        C: ReceiveOk,
    {
        C::output_ok(self.received())
    }

    fn received(&mut self) -> Option<C::Item> {
        let node = self.node.get_mut();
        assert!(node.outcome != Outcome::Waiting, "this case was not chosen");
        node.slot.take()
    }
}

// SAFETY: the lock is that of the channel the arm refers to, and the reference never changes.
unsafe impl<C: Receive + ?Sized> Arm for RecvArm<'_, C> {
    fn gate(&self) -> Option<Gate> {
        Some(Gate { lock: self.core?.raw_lock(), note: MAY_RECEIVE, arm: 0 })
    }

    unsafe fn unlock(&self) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.unlock() };
        }
    }

    unsafe fn attempt(&mut self) -> Option<Option<Ticket>> {
        // SAFETY: the caller holds the lock.
        let (polled, ticket) = unsafe { self.core?.poll_locked() };
        let node = self.node.get_mut();
        match polled {
            Polled::Ready(value) => {
                node.slot = Some(value);
                node.outcome = Outcome::Done;
            }
            Polled::Closed => node.outcome = Outcome::Closed,
            Polled::Empty => return None,
        }
        Some(ticket)
    }

    unsafe fn enqueue(&self, ticket: Ticket, claim: *const Claim, case: usize) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.enqueue(false, self.node.get(), ticket, claim, case) };
        }
    }

    unsafe fn withdraw(&self) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.withdraw(false, self.node.get()) };
        }
    }

    fn settle(&mut self) {}
}

// SAFETY: as for `RecvArm`.
unsafe impl<C: SendTo<V> + ?Sized, V> Arm for SendArm<'_, C, V> {
    fn gate(&self) -> Option<Gate> {
        Some(Gate { lock: self.core?.raw_lock(), note: MAY_SEND, arm: 0 })
    }

    unsafe fn unlock(&self) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.unlock() };
        }
    }

    unsafe fn attempt(&mut self) -> Option<Option<Ticket>> {
        let node = self.node.get_mut();
        let value = node.slot.take()?;
        // SAFETY: the caller holds the lock.
        let (outcome, left) = match unsafe { self.core?.offer_locked(value) } {
            Ok(ticket) => {
                node.outcome = Outcome::Done;
                return Some(ticket);
            }
            Err(Refused::Full(value)) => {
                node.slot = Some(value);
                return None;
            }
            Err(Refused::Closed(value)) => (Outcome::Closed, value),
            Err(Refused::NoReceivers(value)) => (Outcome::NoReceivers, value),
        };
        node.outcome = outcome;
        node.slot = Some(left);
        Some(None)
    }

    unsafe fn enqueue(&self, ticket: Ticket, claim: *const Claim, case: usize) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.enqueue(true, self.node.get(), ticket, claim, case) };
        }
    }

    unsafe fn withdraw(&self) {
        if let Some(core) = self.core {
            // SAFETY: the caller's promise.
            unsafe { core.withdraw(true, self.node.get()) };
        }
    }

    fn settle(&mut self) {
        let node = self.node.get_mut();
        if matches!(node.outcome, Outcome::Closed | Outcome::NoReceivers)
            && let Some(value) = node.slot.take()
        {
            self.chan.refused(value);
        }
    }
}

/// An enabled arm, with what is asked of it most.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Gate {
    lock: *const RawLock,
    /// What the lock's notes say when the arm may be ready.
    note: u32,
    arm: u32,
}

impl Gate {
    fn lock(&self) -> &RawLock {
        // SAFETY: the lock of a channel that an arm refers to; gates do not outlive the arms.
        unsafe { &*self.lock }
    }

    fn may_be_ready(&self) -> bool {
        self.lock().notes() & self.note != 0
    }
}

/// Some gates, in the order of the visit or in that of their locks. Filled where they are: a move of them is seen in the time of a select.
struct Gates {
    few: [Gate; Gates::FEW],
    many: Vec<Gate>,
    len: usize,
}

impl Gates {
    const FEW: usize = 8;

    const fn new() -> Gates {
        const NONE: Gate = Gate { lock: std::ptr::null(), note: 0, arm: 0 };
        Gates { few: [NONE; Gates::FEW], many: Vec::new(), len: 0 }
    }

    /// The enabled arms, in source order.
    fn enabled(&mut self, arms: &[&mut dyn Arm]) -> &mut [Gate] {
        let enabled = (0..).zip(arms).filter_map(|(arm, it)| Some(Gate { arm, ..it.gate()? }));
        if arms.len() > Gates::FEW {
            self.many.extend(enabled);
            return &mut self.many;
        }
        for gate in enabled {
            self.few[self.len] = gate;
            self.len += 1;
        }
        &mut self.few[..self.len]
    }

    /// Others by the addresses of their locks, each lock once.
    fn by_lock(&mut self, gates: &[Gate]) -> &[Gate] {
        if gates.len() > Gates::FEW {
            self.many.extend_from_slice(gates);
            self.many.sort_unstable_by_key(|gate| gate.lock.addr());
            self.many.dedup_by_key(|gate| gate.lock);
            return &self.many;
        }
        for gate in gates {
            let few = &mut self.few;
            if few[..self.len].iter().any(|other| other.lock == gate.lock) {
                continue;
            }
            // Gate by gate: a call that moves several takes longer than they do.
            let mut at = self.len;
            while at > 0 && few[at - 1].lock.addr() > gate.lock.addr() {
                few[at] = few[at - 1];
                at -= 1;
            }
            few[at] = *gate;
            self.len += 1;
        }
        &self.few[..self.len]
    }
}

/// Waits until one of the arms can proceed, commits it and gives its index; of several, each is as likely as the
/// next. With a default that means not waiting: `arms.len()` when none is ready. Without any enabled arm and without
/// default it waits for ever.
pub fn select(arms: &mut [&mut dyn Arm], has_default: bool) -> usize {
    select_in(arms, has_default, true)
}

/// As [`select`], but of several arms that are ready at once the first in source order is chosen.
pub fn select_biased(arms: &mut [&mut dyn Arm], has_default: bool) -> usize {
    select_in(arms, has_default, false)
}

fn select_in(arms: &mut [&mut dyn Arm], has_default: bool, fair: bool) -> usize {
    let mut gates = Gates::new();
    let order = gates.enabled(arms);
    if order.is_empty() {
        if has_default {
            park::polled_in_vain();
            return arms.len();
        }
        park::block_forever(WaitReason::SelectNoCases);
    }
    if fair {
        mix(order);
    }
    for gate in &*order {
        if !gate.may_be_ready() {
            continue;
        }
        let arm = &mut *arms[gate.arm as usize];
        gate.lock().lock();
        // SAFETY: the arm is enabled and its lock is held until the second call.
        let committed = unsafe {
            let committed = arm.attempt();
            arm.unlock();
            committed
        };
        if let Some(peer) = committed {
            return finish(arms, gate.arm as usize, peer);
        }
    }
    if has_default && order.len() == 1 {
        // One channel was found not ready at one moment.
        park::polled_in_vain();
        return arms.len();
    }
    wait(arms, order, has_default, fair)
}

/// Brings the arms into a random order, unless none or only one may be ready: then it does not matter.
fn mix(order: &mut [Gate]) {
    if order.iter().filter(|gate| gate.may_be_ready()).count() > 1 {
        for last in (1..order.len()).rev() {
            order.swap(last, rng::below(last + 1));
        }
    }
}

/// From step 2 on.
fn wait(arms: &mut [&mut dyn Arm], order: &mut [Gate], has_default: bool, fair: bool) -> usize {
    let mut locks = Gates::new();
    let locks = locks.by_lock(order);
    locks.iter().for_each(|gate| gate.lock().lock());
    let unlock = |arms: &mut [&mut dyn Arm]| {
        // SAFETY: each lock is held, and is there once.
        locks.iter().for_each(|gate| unsafe { arms[gate.arm as usize].unlock() });
    };
    if fair {
        mix(order);
    }
    let order = &*order;
    // Under the lock its notes are true.
    for gate in order.iter().filter(|gate| gate.may_be_ready()) {
        // SAFETY: the arm is enabled and its lock is held.
        if let Some(peer) = unsafe { arms[gate.arm as usize].attempt() } {
            unlock(arms);
            return finish(arms, gate.arm as usize, peer);
        }
    }
    if has_default {
        unlock(arms);
        park::polled_in_vain();
        return arms.len();
    }
    let claim = Claim::new();
    let claim = &raw const claim;
    let ticket = park::prepare(WaitReason::Select);
    for gate in order {
        // SAFETY: the arm is enabled and its lock is held; arms and claim stay in frames that outlive the wait, and
        // every arm that is not chosen is withdrawn below.
        unsafe { arms[gate.arm as usize].enqueue(ticket, claim, gate.arm as usize) };
    }
    unlock(arms);
    // SAFETY: `claim` points into this frame, and a gate begins with its lock.
    let queues = unsafe {
        Queues::new((*claim).word(), locks.as_ptr().cast::<*const RawLock>(), locks.len(), size_of::<Gate>())
    };
    park::park_among(&queues);
    // SAFETY: `claim` points into this frame.
    let chosen = unsafe { (*claim).chosen() };
    for gate in order.iter().filter(|gate| gate.arm as usize != chosen) {
        // SAFETY: it was enqueued above.
        unsafe { arms[gate.arm as usize].withdraw() };
    }
    finish(arms, chosen, None)
}

fn finish(arms: &mut [&mut dyn Arm], chosen: usize, peer: Option<Ticket>) -> usize {
    if let Some(peer) = peer {
        park::ready(peer);
    }
    park::checkpoint();
    arms[chosen].settle();
    chosen
}
