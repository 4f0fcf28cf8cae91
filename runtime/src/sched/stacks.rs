//! The stacks of a worker: idle ones kept for the next goroutine, and which size a new one gets.
//!
//! Stacks of the default size only are kept. Where roomy ones are asked for (see [`stack`]), a goroutine gets one as long as
//! not too many are out, whoever it is. Must hold: a kept stack holds at most what shallow goroutines touch.

use std::cell::RefCell;

use crate::coroutine::Coroutine;
use crate::{stack, task};

/// Idle stacks that all workers together keep, and what each may keep in any case: with many CPUs, stacks kept by one
/// worker must not be missing on the others.
const KEPT: usize = 2048;
const LEAST_KEPT: usize = 16;

/// See the module.
pub(super) struct Stacks {
    body: fn(),
    most: usize,
    plain: RefCell<Vec<Coroutine>>,
    roomy: RefCell<Vec<Coroutine>>,
}

impl Stacks {
    /// Stacks for one of `workers`, on which `body` will run.
    pub(super) fn new(workers: usize, body: fn()) -> Stacks {
        let most = (KEPT / workers).max(LEAST_KEPT);
        Stacks { body, most, plain: RefCell::new(Vec::new()), roomy: RefCell::new(Vec::new()) }
    }

    /// A stack of so many bytes, of the default size for 0.
    pub(super) fn take(&self, bytes: usize) -> Coroutine {
        if bytes != 0 {
            return self.create(bytes);
        }
        if let Some(kept) = self.roomy.borrow_mut().pop() {
            return kept;
        }
        if let Some(bytes) = stack::claim_roomy() {
            match Coroutine::create(bytes, self.body) {
                Ok(stack) => return stack,
                // A small machine refuses so much address space.
                Err(_) => stack::no_roomy(),
            }
        }
        let kept = self.plain.borrow_mut().pop();
        kept.unwrap_or_else(|| self.create(stack::default_size()))
    }

    fn create(&self, mut bytes: usize) -> Coroutine {
        loop {
            match Coroutine::create(bytes, self.body) {
                Ok(stack) => return stack,
                // A small machine may refuse the address space of main's stack.
                Err(_) if bytes > stack::default_size() => bytes /= 2,
                Err(error) => task::panic::fatal(&format!(
                    "no memory for another goroutine stack ({error}); each started goroutine takes two memory mappings, of \
                     which Linux allows vm.max_map_count (65530 unless changed with sysctl)"
                )),
            }
        }
    }

    /// Takes back the stack of a goroutine that has returned.
    pub(super) fn give(&self, stack: Coroutine) {
        let (mut plain, mut roomy) = (self.plain.borrow_mut(), self.roomy.borrow_mut());
        let full = plain.len() + roomy.len() >= self.most;
        if stack::is_roomy(stack.bytes()) {
            // It is worth more than a plain one.
            if full && plain.pop().is_none() {
                stack::release_roomy();
                return;
            }
            stack.give_back_depth();
            roomy.push(stack);
        } else if !full && stack.bytes() == stack::default_size() {
            stack.give_back_depth();
            plain.push(stack);
        }
    }
}
