//! Where a worker sleeps: until another thread leaves a token, until the time, or until something happens to a descriptor.
//!
//! As long as the worker has no descriptors it sleeps on a condition, and the poller is not even made; from then on in its
//! poller. There is one token for both, under the lock that also says where the sleeper is, so none goes to the wrong place.

use std::io;
use std::time::Duration;

use crate::poll::poller::Poller;
use crate::poll::timers::Due;
use crate::shim::{Condvar, Mutex, MutexGuard, OnceLock, lock};

struct State {
    token: bool,
    in_poller: bool,
}

/// See the module.
pub(crate) struct Sleeper {
    state: Mutex<State>,
    woken: Condvar,
    poller: OnceLock<Poller>,
}

impl Sleeper {
    pub(crate) const fn new() -> Sleeper {
        Sleeper {
            state: Mutex::new(State { token: false, in_poller: false }),
            woken: Condvar::new(),
            poller: OnceLock::new(),
        }
    }

    /// The poller, if there are descriptors.
    #[inline]
    pub(crate) fn poller(&self) -> Option<&Poller> {
        self.poller.get()
    }

    /// The poller, made if need be. Called on the worker itself, which does not sleep now.
    pub(crate) fn make_poller(&self) -> io::Result<&Poller> {
        if let Some(poller) = self.poller.get() {
            return Ok(poller);
        }
        let made = Poller::new()?;
        Ok(self.poller.get_or_init(|| made))
    }

    /// Sleeps until the token is there, or for `timeout`, and takes it. Says whether there was one. Returns early, with
    /// those to be woken in `due`, when something happens to a descriptor, and for no reason at times if there is a poller.
    pub(crate) fn park(&self, timeout: Option<Duration>, due: &mut Vec<Due>) -> bool {
        let mut state = lock(&self.state);
        if !state.token {
            state = match self.poller.get() {
                Some(poller) => {
                    state.in_poller = true;
                    drop(state);
                    poller.wait(timeout, due);
                    lock(&self.state)
                }
                None => self.wait(state, timeout),
            };
            state.in_poller = false;
        }
        std::mem::take(&mut state.token)
    }

    fn wait<'a>(&self, mut state: MutexGuard<'a, State>, timeout: Option<Duration>) -> MutexGuard<'a, State> {
        match timeout {
            Some(timeout) => match self.woken.wait_timeout(state, timeout) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            },
            None => {
                while !state.token {
                    state = self.woken.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
                state
            }
        }
    }

    /// Leaves the token and wakes the sleeper.
    pub(crate) fn unpark(&self) {
        let mut state = lock(&self.state);
        state.token = true;
        if !std::mem::replace(&mut state.in_poller, false) {
            drop(state);
            self.woken.notify_one();
            return;
        }
        drop(state);
        if let Some(poller) = self.poller.get() {
            poller.wake();
        }
    }
}
