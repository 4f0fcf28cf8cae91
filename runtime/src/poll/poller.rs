//! The system's queue of events (epoll, kqueue) of one worker.
//!
//! A descriptor is entered once, edge-triggered, for both directions. One per worker: a started goroutine stays on its worker,
//! so an event found by its own worker wakes it without a word to another thread.
//!
//! Over `mio`: a wait is one system call. `polling` was read and rejected: it arms a timer descriptor, waits, clears and
//! re-arms its notifier, five calls for each wait. What mio lacks, waits of less than a millisecond, `sys::descriptor` adds.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::time::Duration;

use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Registry, Token, Waker};

use crate::poll::descriptors::{self, Happened};
use crate::poll::timers::Due;
use crate::shim::{Mutex, lock};
use crate::sys::descriptor;

/// Events taken at once; more stay for the next look.
const EVENTS: usize = 256;
/// No entry has this token: there are fewer.
const WAKE: Token = Token(u32::MAX as usize);

/// See the module.
pub(crate) struct Poller {
    /// Locked by the worker it belongs to, only.
    queue: Mutex<(Poll, Events)>,
    registry: Registry,
    waker: Waker,
    fd: RawFd,
}

impl Poller {
    pub(crate) fn new() -> io::Result<Poller> {
        let poll = Poll::new()?;
        let registry = poll.registry().try_clone()?;
        let waker = Waker::new(&registry, WAKE)?;
        let fd = poll.as_raw_fd();
        Ok(Poller { queue: Mutex::new((poll, Events::with_capacity(EVENTS))), registry, waker, fd })
    }

    /// Enters a descriptor; what it is ready for already comes as an event.
    pub(crate) fn enter(&self, fd: BorrowedFd<'_>, token: usize) -> io::Result<()> {
        #[allow(unused_mut, reason = "what is urgent is told of by Linux only")]
        let mut all = Interest::READABLE | Interest::WRITABLE;
        #[cfg(target_os = "linux")]
        {
            all |= Interest::PRIORITY;
        }
        self.registry.register(&mut SourceFd(&fd.as_raw_fd()), Token(token), all)
    }

    /// Takes a descriptor out.
    pub(crate) fn remove(&self, fd: BorrowedFd<'_>) {
        // It fails when the descriptor is not there, which is as well.
        let _ = self.registry.deregister(&mut SourceFd(&fd.as_raw_fd()));
    }

    /// Ends the present wait of the worker, or its next one.
    pub(crate) fn wake(&self) {
        // A counter that is full wakes, too.
        let _ = self.waker.wake();
    }

    /// Waits for events, for `timeout` if there is one; whom they wake is appended to `due`. May return early.
    pub(crate) fn wait(&self, timeout: Option<Duration>, due: &mut Vec<Due>) {
        let mut queue = lock(&self.queue);
        let (poll, events) = &mut *queue;
        let timeout = match timeout {
            Some(timeout) if !timeout.is_zero() => {
                descriptor::wait_readable(self.fd, timeout);
                Some(Duration::ZERO)
            }
            other => other,
        };
        // It fails when a signal came.
        if poll.poll(events, timeout).is_err() {
            return;
        }
        for event in events.iter().filter(|event| event.token() != WAKE) {
            let unclear = event.is_read_closed() || event.is_error() || event.is_priority();
            let happened = Happened {
                readable: event.is_readable() || unclear,
                writable: event.is_writable() || event.is_write_closed() || event.is_error(),
                unclear,
            };
            descriptors::happened(event.token().0, happened, due);
        }
    }
}
