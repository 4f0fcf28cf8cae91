//! OS threads: starting them, counting them, putting one to sleep.

use std::io;
use std::time::Duration;

use crate::shim::{Condvar, Mutex, lock};

/// Starts a detached OS thread.
pub(crate) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.to_string()).spawn(body).map(drop)
}

/// How many workers to run: GOMAXPROCS if it is a positive number, else the CPUs this process may use.
pub(crate) fn parallelism() -> usize {
    std::env::var("GOMAXPROCS")
        .ok()
        .and_then(|n| n.trim().parse().ok())
        .filter(|&n: &usize| n > 0)
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get()))
        .min(1024)
}

/// How many OS threads this process has, where that can be known.
pub(crate) fn count() -> Option<usize> {
    if cfg!(miri) {
        return None;
    }
    std::fs::read_dir("/proc/self/task").ok().map(|tasks| tasks.count())
}

/// Whether this is the thread that `main` was called on, where that can be known.
#[cfg(target_os = "linux")]
pub(crate) fn is_main() -> bool {
    // SAFETY: both calls only return a number.
    !cfg!(miri) && unsafe { libc::gettid() == libc::getpid() }
}

/// Whether this is the thread that `main` was called on, where that can be known.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_main() -> bool {
    false
}

/// A place for one thread to sleep until told. A token left while nobody sleeps makes the next sleep return at once.
pub(crate) struct Parker {
    token: Mutex<bool>,
    woken: Condvar,
}

impl Parker {
    pub(crate) const fn new() -> Self {
        Parker { token: Mutex::new(false), woken: Condvar::new() }
    }

    /// Sleeps until the token is there, or for `timeout`, and takes it. Says whether there was one.
    pub(crate) fn park(&self, timeout: Option<Duration>) -> bool {
        let mut token = lock(&self.token);
        match timeout {
            None => {
                while !*token {
                    token = self.woken.wait(token).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
            }
            Some(timeout) => {
                if !*token {
                    token = match self.woken.wait_timeout(token, timeout) {
                        Ok((token, _)) => token,
                        Err(poisoned) => poisoned.into_inner().0,
                    };
                }
            }
        }
        std::mem::take(&mut *token)
    }

    /// Leaves the token and wakes the sleeper.
    pub(crate) fn unpark(&self) {
        // Notified under the lock: a parker in a thread's record may be taken over by another thread as soon as the
        // sleeper runs.
        let mut token = lock(&self.token);
        *token = true;
        self.woken.notify_one();
    }
}
