//! `select`: one of several channel operations, whichever can proceed.
//!
//! The macro builds one arm per case, in source order, which evaluates and keeps the operands; [`select`] commits
//! exactly one arm and says which. Steps:
//! 1. Visit the enabled arms in a random order, one lock at a time; the first that is ready is committed.
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
use crate::chan::{ChanCore, Polled, Receive, ReceiveOk, Refused, SendTo};
use crate::park::{self, Ticket, WaitReason};
use crate::sys::rng;

/// One case of a select. Implemented by [`RecvArm`] and [`SendArm`] only.
///
/// # Safety
/// `rank` names the lock that `lock` and `unlock` move, always the same while the arm lives.
pub unsafe trait Arm {
    /// Orders and names the channel's lock; `None` for an arm that cannot be chosen.
    #[doc(hidden)]
    fn rank(&self) -> Option<usize>;

    /// Takes the lock of an enabled arm.
    #[doc(hidden)]
    fn lock(&self);

    /// Gives it back.
    #[doc(hidden)]
    fn unlock(&self);

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
    core: Option<&'a ChanCore<V>>,
    /// As in [`RecvArm`].
    node: UnsafeCell<Node<V>>,
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
        node: UnsafeCell::new(Node::new(Some(v))),
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

// SAFETY: the rank is the address of the channel whose lock the arm moves; the reference never changes.
unsafe impl<C: Receive + ?Sized> Arm for RecvArm<'_, C> {
    fn rank(&self) -> Option<usize> {
        self.core.map(ChanCore::rank)
    }

    fn lock(&self) {
        if let Some(core) = self.core {
            core.lock();
        }
    }

    fn unlock(&self) {
        if let Some(core) = self.core {
            core.unlock();
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
    fn rank(&self) -> Option<usize> {
        self.core.map(ChanCore::rank)
    }

    fn lock(&self) {
        if let Some(core) = self.core {
            core.lock();
        }
    }

    fn unlock(&self) {
        if let Some(core) = self.core {
            core.unlock();
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

/// The enabled arms: in the order of the visit first, later in the order of the locks.
struct Order {
    few: [u32; Order::FEW],
    many: Vec<u32>,
    len: usize,
}

impl Order {
    const FEW: usize = 8;

    fn new(arms: &[&mut dyn Arm]) -> Order {
        let enabled = (0..).zip(arms).filter(|(_, arm)| arm.rank().is_some()).map(|(index, _)| index);
        let mut order = Order { few: [0; Order::FEW], many: Vec::new(), len: 0 };
        if arms.len() <= Order::FEW {
            for index in enabled {
                order.few[order.len] = index;
                order.len += 1;
            }
        } else {
            order.many.extend(enabled);
            order.len = order.many.len();
        }
        order
    }

    fn items(&mut self) -> &mut [u32] {
        if self.many.is_empty() { &mut self.few[..self.len] } else { &mut self.many }
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
    let mut order = Order::new(arms);
    let order = order.items();
    if order.is_empty() {
        if has_default {
            park::polled_in_vain();
            return arms.len();
        }
        park::block_forever(WaitReason::SelectNoCases);
    }
    if fair {
        for last in (1..order.len()).rev() {
            order.swap(last, rng::below(last + 1));
        }
    }
    if order.len() > 1 {
        for &index in &*order {
            let arm = &mut *arms[index as usize];
            arm.lock();
            // SAFETY: the arm is enabled and its lock is held.
            let committed = unsafe { arm.attempt() };
            arm.unlock();
            if let Some(peer) = committed {
                return finish(arms, index as usize, peer);
            }
        }
    }
    wait(arms, order, has_default)
}

/// From step 2 on.
fn wait(arms: &mut [&mut dyn Arm], order: &mut [u32], has_default: bool) -> usize {
    let mut by_rank = LockOrder::new(arms, order);
    let by_rank = by_rank.items();
    each_lock(arms, by_rank, |arm| arm.lock());
    for &index in &*order {
        // SAFETY: the arm is enabled and its lock is held.
        if let Some(peer) = unsafe { arms[index as usize].attempt() } {
            each_lock(arms, by_rank, |arm| arm.unlock());
            return finish(arms, index as usize, peer);
        }
    }
    if has_default {
        each_lock(arms, by_rank, |arm| arm.unlock());
        park::polled_in_vain();
        return arms.len();
    }
    let claim = Claim::new();
    let claim = &raw const claim;
    let ticket = park::prepare(WaitReason::Select);
    for &index in &*order {
        // SAFETY: the arm is enabled and its lock is held; arms and claim stay in frames that outlive the wait, and
        // every arm that is not chosen is withdrawn below.
        unsafe { arms[index as usize].enqueue(ticket, claim, index as usize) };
    }
    each_lock(arms, by_rank, |arm| arm.unlock());
    park::park();
    // SAFETY: `claim` points into this frame.
    let chosen = unsafe { (*claim).chosen() };
    for &index in &*order {
        if index as usize != chosen {
            // SAFETY: it was enqueued above.
            unsafe { arms[index as usize].withdraw() };
        }
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

/// The enabled arms by the rank of their locks.
struct LockOrder(Order);

impl LockOrder {
    fn new(arms: &[&mut dyn Arm], enabled: &[u32]) -> LockOrder {
        let mut order = Order { few: [0; Order::FEW], many: Vec::new(), len: enabled.len() };
        if enabled.len() <= Order::FEW {
            order.few[..enabled.len()].copy_from_slice(enabled);
        } else {
            order.many.extend_from_slice(enabled);
        }
        order.items().sort_unstable_by_key(|&index| arms[index as usize].rank());
        LockOrder(order)
    }

    fn items(&mut self) -> &[u32] {
        self.0.items()
    }
}

/// Visits each lock once: two arms may name the same channel.
fn each_lock(arms: &[&mut dyn Arm], by_rank: &[u32], visit: impl Fn(&dyn Arm)) {
    let mut before = None;
    for &index in by_rank {
        let arm = &*arms[index as usize];
        let rank = arm.rank();
        if rank != before {
            visit(arm);
            before = rank;
        }
    }
}
