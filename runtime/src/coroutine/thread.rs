//! The stand-in backend: an OS thread per coroutine, one of the two running at a time.
//!
//! It lets Miri, and later loom and thread sanitizer, see everything above the switch. Its price: thread-locals differ
//! between goroutines, so it cannot show what residue in thread-locals does to the real backends.

use std::cell::RefCell;
use std::io;

use super::{Substrate, carried, carry};
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
    returned: bool,
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
        (state.turn, State { turn: state.turn, returned: state.returned, carried: state.carried })
    }
}

thread_local! {
    static MINE: RefCell<Option<Arc<Baton>>> = const { RefCell::new(None) };
}

/// The handle.
pub(crate) struct Thread {
    baton: Arc<Baton>,
    started: bool,
    returned: bool,
}

impl Substrate for Thread {
    fn create(bytes: usize, body: fn()) -> io::Result<Thread> {
        let baton = Arc::new(Baton {
            state: Mutex::new(State {
                turn: Turn::Resumer,
                returned: false,
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
                while turn != Turn::Retire {
                    body();
                    let (next, state) =
                        mine.pass(Turn::Resumer, Turn::Coroutine, |state| state.returned = true);
                    carry(state.carried.0);
                    turn = next;
                }
                LIVE.fetch_sub(1, Ordering::SeqCst);
            });
        if let Err(error) = spawned {
            LIVE.fetch_sub(1, Ordering::SeqCst);
            return Err(error);
        }
        Ok(Thread { baton, started: false, returned: false })
    }

    fn resume(&mut self) -> bool {
        self.started = true;
        let (_, state) = self.baton.pass(Turn::Coroutine, Turn::Resumer, |state| {
            state.returned = false;
            state.carried = Carried(carried());
        });
        self.returned = state.returned;
        self.returned
    }

    fn park() {
        let Some(baton) = MINE.with(|slot| slot.borrow().clone()) else {
            unreachable!("park outside a coroutine");
        };
        let (_, state) = baton.pass(Turn::Resumer, Turn::Coroutine, |_| ());
        carry(state.carried.0);
    }

    fn bounds(&self) -> Bounds {
        Bounds::default()
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
