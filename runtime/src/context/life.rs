//! The tree of what can end: a parent's end is its children's.
//!
//! Must hold:
//! 1. A life ends once. Its end is stored before its channel closes and before its children learn of it.
//! 2. A parent knows its children weakly and forgets one when it ends or goes, so it costs nothing to have had
//!    a million of them. Children hold their parents.
//! 3. No lock is held while another is taken, a timer aside, nor while code of the user runs or is dropped.
//! 4. Neither an end nor a drop recurses: chains may be long and stacks are small.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::time::Instant;

use super::{Cause, Error};
use crate::chan::ChanCore;
use crate::poll::timers::{Due, TimerKey};
use crate::sched;
use crate::shim::{Arc, AtomicU64, Mutex, OnceLock, Ordering, Weak, lock};
use crate::sys::clock;

/// How and why a life ended.
#[derive(Clone)]
pub(super) struct End {
    pub(super) error: Error,
    pub(super) cause: Option<Cause>,
}

/// See the module.
pub(super) struct Life {
    parent: Option<Arc<Life>>,
    /// Its name among the parent's children; 0 for none.
    name: AtomicU64,
    deadline: Option<Instant>,
    /// Made when somebody first asks.
    done: OnceLock<ChanCore<Infallible>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    end: Option<End>,
    /// In the order they came.
    children: BTreeMap<u64, Child>,
    named: u64,
    timer: Option<TimerKey>,
}

enum Child {
    Life(Weak<Life>),
    /// What is to run then. It keeps its life alive, so that the end still reaches it.
    Call(Box<dyn FnOnce() + Send>, Arc<Life>),
}

impl State {
    fn adopt(&mut self, child: Child) -> u64 {
        self.named += 1;
        self.children.insert(self.named, child);
        self.named
    }
}

impl Life {
    /// A life that ends with `parent`, if not before.
    pub(super) fn begin(parent: Option<Arc<Life>>, deadline: Option<Instant>) -> Arc<Life> {
        let life = Arc::new(Life {
            parent,
            name: AtomicU64::new(0),
            deadline,
            done: OnceLock::new(),
            state: Mutex::default(),
        });
        let ended = life.parent.as_ref().and_then(|parent| {
            let mut state = lock(&parent.state);
            if state.end.is_none() {
                let name = state.adopt(Child::Life(Arc::downgrade(&life)));
                life.name.store(name, Ordering::Relaxed);
            }
            state.end.clone()
        });
        if let Some(end) = ended {
            life.end(end);
        }
        life
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub(super) fn ended(&self) -> Option<End> {
        lock(&self.state).end.clone()
    }

    /// A channel that is closed when the life ends.
    pub(super) fn done(&self) -> &ChanCore<Infallible> {
        self.done.get_or_init(|| ChanCore::new(0));
        // Whoever ends it now finds the channel; whoever did before left it to us.
        if lock(&self.state).end.is_some() {
            self.close_done();
        }
        self.done.get_or_init(|| ChanCore::new(0))
    }

    fn close_done(&self) {
        if let Some(done) = self.done.get() {
            // It may be closed twice, see `done`.
            let _ = done.close();
        }
    }

    /// Lets it end like `end` at `deadline`.
    pub(super) fn end_at(self: &Arc<Life>, deadline: Instant, end: End) {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return self.end(end);
        }
        let weak = Arc::downgrade(self);
        let due = Due::Call(Arc::new(move || {
            if let Some(life) = weak.upgrade() {
                let end = end.clone();
                // An end may have much to do, and timers must not wait for it.
                sched::spawn(move || life.end(end));
            }
        }));
        let mut state = lock(&self.state);
        if state.end.is_none() {
            state.timer = Some(sched::runtime().add_timer(clock::after(left), 0, due));
        }
    }

    /// Ends it and all below, unless it has ended.
    pub(super) fn end(&self, end: End) {
        let Some(children) = self.settle(&end) else { return };
        self.leave_parent();
        let mut below = VecDeque::from_iter(children.into_values());
        while let Some(child) = below.pop_front() {
            match child {
                Child::Life(life) => {
                    if let Some(life) = life.upgrade()
                        && let Some(children) = life.settle(&end)
                    {
                        below.extend(children.into_values());
                    }
                }
                Child::Call(call, _life) => sched::spawn(call),
            }
        }
    }

    /// Ends it alone: those who are to end next, `None` when it had ended.
    fn settle(&self, end: &End) -> Option<BTreeMap<u64, Child>> {
        let (children, timer) = {
            let mut state = lock(&self.state);
            if state.end.is_some() {
                return None;
            }
            state.end = Some(end.clone());
            (std::mem::take(&mut state.children), state.timer.take())
        };
        if let Some(timer) = timer {
            sched::runtime().remove_timer(timer);
        }
        self.close_done();
        Some(children)
    }

    fn leave_parent(&self) {
        let name = self.name.load(Ordering::Relaxed);
        if let Some(parent) = &self.parent
            && name != 0
        {
            parent.forget(name);
        }
    }

    fn forget(&self, name: u64) -> Option<Child> {
        lock(&self.state).children.remove(&name)
    }

    /// Runs `f` in a goroutine once it has ended.
    pub(super) fn call(self: &Arc<Life>, f: Box<dyn FnOnce() + Send>) -> Call {
        let mut state = lock(&self.state);
        let name = if state.end.is_none() {
            state.adopt(Child::Call(f, self.clone()))
        } else {
            drop(state);
            sched::spawn(f);
            0
        };
        Call { life: Arc::downgrade(self), name }
    }

    /// Takes it out of the world while nobody else has it: its parent.
    fn retire(&mut self) -> Option<Arc<Life>> {
        let state = self.state.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(timer) = state.timer.take() {
            sched::runtime().remove_timer(timer);
        }
        if state.end.is_none() {
            self.leave_parent();
        }
        self.parent.take()
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        let mut parent = self.retire();
        while let Some(life) = parent {
            parent = Arc::into_inner(life).and_then(|mut life| life.retire());
        }
    }
}

/// A function that waits for the end of a life.
pub(super) struct Call {
    life: Weak<Life>,
    name: u64,
}

impl Call {
    /// True when that kept it from being run.
    pub(super) fn take_back(self) -> bool {
        // The function is dropped after the lock.
        self.life.upgrade().is_some_and(|life| life.forget(self.name).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANCELED: End = End { error: Error::Canceled, cause: None };

    #[test]
    fn a_parent_forgets_children_however_they_go() {
        let parent = Life::begin(None, None);
        for round in 0..if cfg!(miri) { 50 } else { 100_000 } {
            let child = Life::begin(Some(parent.clone()), None);
            if round % 2 == 0 {
                child.end(CANCELED);
            }
        }
        assert!(lock(&parent.state).children.is_empty());
        assert_eq!((Arc::strong_count(&parent), Arc::weak_count(&parent)), (1, 0));
    }

    #[test]
    fn long_chains_end_and_go_without_recursion() {
        let top = Life::begin(None, None);
        let mut last = top.clone();
        for _ in 0..if cfg!(miri) { 50 } else { 100_000 } {
            last = Life::begin(Some(last), None);
        }
        top.end(CANCELED);
        assert!(last.ended().is_some());
        drop(last);
        assert_eq!(Arc::strong_count(&top), 1);
        let mut last = top.clone();
        for _ in 0..if cfg!(miri) { 50 } else { 100_000 } {
            last = Life::begin(Some(last), None);
            assert!(last.ended().is_some(), "born after the end");
        }
    }

    #[test]
    fn a_timer_goes_with_its_life() {
        let life = Life::begin(None, None);
        life.end_at(Instant::now() + std::time::Duration::from_secs(3600), CANCELED);
        let key = lock(&life.state).timer.expect("a timer");
        life.end(CANCELED);
        assert!(!sched::runtime().remove_timer(key));
        let life = Life::begin(None, None);
        life.end_at(Instant::now() + std::time::Duration::from_secs(3600), CANCELED);
        let key = lock(&life.state).timer.expect("a timer");
        drop(life);
        assert!(!sched::runtime().remove_timer(key));
    }
}
