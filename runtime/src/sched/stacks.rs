//! The stacks of a worker: idle ones kept for the next goroutine, and which size a new one gets.
//!
//! Stacks of the default sizes only are kept. A goroutine gets the roomiest of which not too many are out (see [`stack`]),
//! whoever it is. Must hold: a kept stack holds at most what shallow goroutines touch.

use std::cell::RefCell;
use std::io;

use super::worker::add_one;
use crate::coroutine::Coroutine;
use crate::shim::{AtomicU64, AtomicUsize, Ordering};
use crate::stack::TIERS;
use crate::sys::clock;
use crate::{stack, task};

/// Idle stacks that all workers together keep, and what each may keep in any case: with many CPUs, stacks kept by one
/// worker must not be missing on the others.
const KEPT: usize = 2048;
const LEAST_KEPT: usize = 16;

/// See the module.
pub(super) struct Stacks {
    body: fn(),
    most: usize,
    /// By tier.
    kept: RefCell<[Vec<Coroutine>; TIERS]>,
    /// How many were made, and how many were given back to the system; only the worker writes them.
    made: AtomicUsize,
    gone: AtomicUsize,
    /// How long making them took in all, in nanoseconds; only the worker writes it.
    making: AtomicU64,
}

impl Stacks {
    /// Stacks for one of `workers`, on which `body` will run.
    pub(super) fn new(workers: usize, body: fn()) -> Stacks {
        Stacks {
            body,
            most: (KEPT / workers).max(LEAST_KEPT),
            kept: Default::default(),
            made: AtomicUsize::new(0),
            gone: AtomicUsize::new(0),
            making: AtomicU64::new(0),
        }
    }

    /// A stack of so many bytes, of a default size for 0; with [`stack::OR_LESS`], of as many of them as can be had.
    pub(super) fn take(&self, bytes: usize) -> Coroutine {
        if bytes != 0 {
            return self.create(bytes & !stack::OR_LESS, bytes & stack::OR_LESS != 0);
        }
        for (tier, kept) in self.kept.borrow_mut().iter_mut().enumerate() {
            if let Some(kept) = kept.pop() {
                return kept;
            }
            if stack::claim(tier) {
                match self.make(stack::bytes_of(tier)) {
                    Ok(stack) => return self.counted(stack),
                    // A small machine refuses so much address space.
                    Err(_) => stack::none_left(tier),
                }
            }
        }
        self.create(stack::default_size(), false)
    }

    fn create(&self, mut bytes: usize, or_less: bool) -> Coroutine {
        loop {
            match self.make(bytes) {
                Ok(stack) => return self.counted(stack),
                // A small machine may refuse the address space of main's stack.
                Err(_) if or_less && bytes > stack::default_size() => bytes = stack::whole_pages(bytes / 2),
                Err(error) if bytes > stack::default_size() => task::panic::fatal(&format!(
                    "no stack of {} KiB for a goroutine ({error}): ask for less in go!(stack = ..), or raise the limit on \
                     address space (ulimit -v)",
                    bytes >> 10
                )),
                Err(error) => task::panic::fatal(&format!(
                    "no memory for another goroutine stack ({error}); each started goroutine takes two memory mappings, of \
                     which Linux allows vm.max_map_count (65530 unless changed with sysctl)"
                )),
            }
        }
    }

    fn make(&self, bytes: usize) -> io::Result<Coroutine> {
        let begun = clock::now();
        let made = Coroutine::create(bytes, self.body);
        let took = clock::now().saturating_sub(begun);
        self.making.store(self.making.load(Ordering::Relaxed).wrapping_add(took), Ordering::Relaxed);
        made
    }

    /// How long making stacks took so far, in nanoseconds. Any thread may ask.
    pub(super) fn making(&self) -> u64 {
        self.making.load(Ordering::Relaxed)
    }

    fn counted(&self, stack: Coroutine) -> Coroutine {
        add_one(&self.made);
        stack
    }

    /// How many there are, in use or kept. Any thread may ask.
    pub(super) fn count(&self) -> usize {
        let gone = self.gone.load(Ordering::Relaxed);
        self.made.load(Ordering::Relaxed).wrapping_sub(gone)
    }

    /// Takes back the stack of a goroutine that has returned.
    pub(super) fn give(&self, stack: Coroutine) {
        let Some(tier) = stack::tier_of(stack.bytes()) else { return add_one(&self.gone) };
        let mut kept = self.kept.borrow_mut();
        if kept.iter().map(Vec::len).sum::<usize>() < self.most {
            stack.give_back_depth();
            kept[tier].push(stack);
            return;
        }
        add_one(&self.gone);
        // A roomier one is worth more.
        let least = (tier + 1..TIERS).rev().find(|&other| !kept[other].is_empty());
        if let Some(other) = least {
            kept[other].pop();
            stack.give_back_depth();
            kept[tier].push(stack);
        }
        stack::release(least.unwrap_or(tier));
    }
}
