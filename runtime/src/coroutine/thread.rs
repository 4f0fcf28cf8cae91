//! The stand-in backend: an OS thread per coroutine, one of the two running at a time.
//!
//! It lets Miri, and later loom and thread sanitizer, see everything above the switch. Its price: thread-locals differ
//! between goroutines, so it cannot show what residue in thread-locals does to the real backends.

use std::cell::RefCell;
use std::io;

use super::{Stop, Substrate, carried, carry};
use crate::shim::{Arc, AtomicUsize, Condvar, Mutex, Ordering, lock};
use crate::stack::Bounds;

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Threads that coroutines occupy now.
pub(super) fn live() -> usize {
    LIVE.load(Ordering::SeqCst)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Resumer,
    Coroutine,
    Retire,
}

struct Baton {
    state: Mutex<State>,
    passed: Condvar,
}

struct State {
    turn: Turn,
    /// Why the coroutine gave the last turn back.
    stop: Stop,
    carried: Carried,
}

#[derive(Clone, Copy)]
struct Carried(*const ());

// SAFETY: only the word travels; who may follow it is decided by whoever has the turn.
unsafe impl Send for Carried {}

impl Baton {
    /// Gives the turn away and waits until it comes back or the coroutine is retired.
    fn pass(&self, to: Turn, back: Turn, change: impl FnOnce(&mut State)) -> (Turn, State) {
        let mut state = lock(&self.state);
        change(&mut state);
        state.turn = to;
        self.passed.notify_all();
        self.wait(state, back)
    }

    fn wait(&self, mut state: crate::shim::MutexGuard<'_, State>, back: Turn) -> (Turn, State) {
        while state.turn != back && state.turn != Turn::Retire {
            state = self.passed.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        (state.turn, State { turn: state.turn, stop: state.stop, carried: state.carried })
    }
}

thread_local! {
    static MINE: RefCell<Option<Arc<Baton>>> = const { RefCell::new(None) };
}

/// The handle.
pub(crate) struct Thread {
    baton: Arc<Baton>,
    bytes: usize,
    started: bool,
    returned: bool,
}

impl Substrate for Thread {
    fn create(bytes: usize, body: fn()) -> io::Result<Thread> {
        let baton = Arc::new(Baton {
            state: Mutex::new(State {
                turn: Turn::Resumer,
                stop: Stop::Parked,
                carried: Carried(std::ptr::null()),
            }),
            passed: Condvar::new(),
        });
        let mine = baton.clone();
        LIVE.fetch_add(1, Ordering::SeqCst);
        let spawned =
            std::thread::Builder::new().name("goxide-goroutine".into()).stack_size(bytes).spawn(move || {
                let (mut turn, state) = {
                    let state = lock(&mine.state);
                    mine.wait(state, Turn::Coroutine)
                };
                carry(state.carried.0);
                MINE.with(|slot| *slot.borrow_mut() = Some(mine.clone()));
                #[cfg(all(target_os = "linux", not(miri)))]
                let (low, high) = crate::sys::signal::own_stack();
                #[cfg(all(target_os = "linux", not(miri)))]
                let extent = crate::stack::Extent::new(Bounds { low, high });
                // SAFETY: it lives as long as the thread runs code of ours.
                #[cfg(all(target_os = "linux", not(miri)))]
                unsafe {
                    crate::stack::overflow::enter(&extent);
                }
                while turn != Turn::Retire {
                    body();
                    let (next, state) =
                        mine.pass(Turn::Resumer, Turn::Coroutine, |state| state.stop = Stop::Returned);
                    carry(state.carried.0);
                    turn = next;
                }
                // Destructors of thread-locals may wait: on a thread of its own, not as whatever the worker runs by now.
                carry(std::ptr::null());
                LIVE.fetch_sub(1, Ordering::SeqCst);
            });
        if let Err(error) = spawned {
            LIVE.fetch_sub(1, Ordering::SeqCst);
            return Err(error);
        }
        Ok(Thread { baton, bytes, started: false, returned: false })
    }

    fn resume(&mut self) -> Stop {
        self.started = true;
        let (_, state) = self.baton.pass(Turn::Coroutine, Turn::Resumer, |state| {
            state.carried = Carried(carried());
        });
        self.returned = state.stop == Stop::Returned;
        state.stop
    }

    fn park(stop: Stop) {
        let Some(baton) = MINE.with(|slot| slot.borrow().clone()) else {
            unreachable!("park outside a coroutine");
        };
        let (_, state) = baton.pass(Turn::Resumer, Turn::Coroutine, |state| state.stop = stop);
        carry(state.carried.0);
    }

    fn bounds(&self) -> Bounds {
        Bounds::default()
    }

    fn bytes(&self) -> usize {
        self.bytes
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        if self.started && !self.returned {
            return;
        }
        lock(&self.baton.state).turn = Turn::Retire;
        self.baton.passed.notify_all();
    }
}
