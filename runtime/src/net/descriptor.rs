//! What all sockets share: a descriptor that does not block, and how a goroutine waits for it.
//!
//! An operation is tried first, and waits only if the system says that it would block. Must hold: the count of events is asked
//! before the try; deadline and `closed` are written before all that wait are woken, and looked at by each after it has
//! become visible as one that waits. A plain OS thread waits for the descriptor itself.
//!
//! Clones share all this. The descriptor is taken out of the poller and closed with the last of them.

use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

use crate::net::rest::Rest;
use crate::poll::descriptors::{self, Direction, EntryRef};
use crate::poll::side::Side;
use crate::poll::timers::NEVER;
use crate::sched::network;
use crate::shim::{Arc, AtomicBool, AtomicU64, Mutex, OnceLock, Ordering, lock};
use crate::sys::{clock, descriptor};
use crate::task;

/// Times of one direction: nanoseconds, [`NEVER`] for none.
struct Limits {
    deadline: AtomicU64,
    timeout: AtomicU64,
}

impl Limits {
    const fn new() -> Limits {
        Limits { deadline: AtomicU64::new(NEVER), timeout: AtomicU64::new(NEVER) }
    }
}

struct Inner<S: AsFd> {
    socket: S,
    /// Only goroutines need one, once they wait.
    entry: OnceLock<EntryRef>,
    making: Mutex<()>,
    closed: AtomicBool,
    rest: Rest,
    read: Limits,
    write: Limits,
}

impl<S: AsFd> Drop for Inner<S> {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            network::forget(entry, self.socket.as_fd());
            descriptors::give(entry);
        }
    }
}

/// See the module.
pub(super) struct Descriptor<S: AsFd>(Arc<Inner<S>>);

impl<S: AsFd> Clone for Descriptor<S> {
    fn clone(&self) -> Descriptor<S> {
        Descriptor(self.0.clone())
    }
}

/// What operations on closed sockets give.
fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, "use of closed network connection")
}

fn timed_out() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "i/o timeout")
}

impl<S: AsFd> Descriptor<S> {
    /// Of a socket that does not block.
    pub(super) fn new(socket: S) -> Descriptor<S> {
        Descriptor(Arc::new(Inner {
            socket,
            entry: OnceLock::new(),
            making: Mutex::new(()),
            closed: AtomicBool::new(false),
            rest: Rest::new(),
            read: Limits::new(),
            write: Limits::new(),
        }))
    }

    #[inline]
    pub(super) fn socket(&self) -> &S {
        &self.0.socket
    }

    /// What reads leave, where that is asked.
    #[inline]
    pub(super) fn rest(&self) -> &Rest {
        &self.0.rest
    }

    /// The socket, out of the poller, if this is its only handle.
    pub(super) fn into_socket(self, second: impl FnOnce(&S) -> io::Result<S>) -> io::Result<S> {
        match Arc::try_unwrap(self.0) {
            // It has a destructor, so its parts cannot be moved out: a second descriptor for the same socket.
            Ok(inner) => {
                inner.rest.untell(inner.socket.as_fd());
                second(&inner.socket)
            }
            Err(_) => {
                Err(io::Error::new(io::ErrorKind::ResourceBusy, "the socket has other handles (try_clone)"))
            }
        }
    }

    #[inline]
    fn limits(&self, direction: Direction) -> &Limits {
        match direction {
            Direction::Read => &self.0.read,
            Direction::Write => &self.0.write,
        }
    }

    #[inline]
    fn check(&self, direction: Direction) -> io::Result<()> {
        if self.is_closed() {
            return Err(closed());
        }
        match self.limits(direction).deadline.load(Ordering::SeqCst) {
            NEVER => Ok(()),
            deadline if deadline > clock::now() => Ok(()),
            _ => Err(timed_out()),
        }
    }

    /// Tries until it does not block any more.
    #[inline]
    pub(super) fn run<T>(
        &self,
        direction: Direction,
        operation: impl FnMut(&S) -> io::Result<T>,
    ) -> io::Result<T> {
        self.run_until_drained(direction, operation, |_| false)
    }

    /// As [`Descriptor::run`], which it does not even try while it is known to be in vain: since `drains` has said of a result that it took all there was.
    #[inline]
    pub(super) fn run_until_drained<T>(
        &self,
        direction: Direction,
        mut operation: impl FnMut(&S) -> io::Result<T>,
        drains: impl Fn(&T) -> bool,
    ) -> io::Result<T> {
        self.check(direction)?;
        let mut limit = None;
        let result = loop {
            let known = self.known(direction);
            match self.attempt(known, &mut operation, &drains) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let limit = *limit.get_or_insert_with(|| self.limit_of_one(direction));
                    if let Err(error) = self.wait(direction, known.map(|(_, seen)| seen), limit) {
                        break Err(error);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        if let Some(entry) = self.0.entry.get() {
            network::pass_on(entry, direction);
        }
        match result {
            Err(_) if self.is_closed() => Err(closed()),
            result => {
                network::take_turns();
                result
            }
        }
    }

    #[inline]
    fn attempt<T>(
        &self,
        known: Option<(&Side, u64)>,
        operation: &mut impl FnMut(&S) -> io::Result<T>,
        drains: &impl Fn(&T) -> bool,
    ) -> io::Result<T> {
        if known.is_some_and(|(side, seen)| side.is_drained(seen)) && task::on_goroutine() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let result = operation(&self.0.socket);
        if let (Some((side, seen)), Ok(done)) = (known, &result)
            && drains(done)
        {
            side.note_drained(seen);
        }
        result
    }

    /// When an operation that begins to wait now has to give up.
    fn limit_of_one(&self, direction: Direction) -> u64 {
        match self.limits(direction).timeout.load(Ordering::Relaxed) {
            NEVER => NEVER,
            timeout => clock::now().saturating_add(timeout),
        }
    }

    /// Waits until it is worth trying again. `seen` is the count of events before the last try.
    pub(super) fn wait(&self, direction: Direction, seen: Option<u64>, limit: u64) -> io::Result<()> {
        let deadline = self.limits(direction).deadline.load(Ordering::SeqCst);
        let until = limit.min(deadline);
        if task::on_goroutine() {
            let entry = self.entry()?;
            // Without a count it has just been made: entering it into the poller tells what it is ready for.
            let seen = seen.unwrap_or_else(|| entry.side(direction).events());
            let given_up =
                || self.is_closed() || self.limits(direction).deadline.load(Ordering::SeqCst) != deadline;
            network::wait(entry, self.0.socket.as_fd(), direction, seen, until, given_up)?;
        } else {
            let left = (until != NEVER).then(|| Duration::from_nanos(until.saturating_sub(clock::now())));
            let fd = self.0.socket.as_fd().as_raw_fd();
            match descriptor::wait(fd, direction == Direction::Write, left) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
        }
        self.check(direction)?;
        if limit != NEVER && limit <= clock::now() { Err(timed_out()) } else { Ok(()) }
    }

    fn entry(&self) -> io::Result<EntryRef> {
        if let Some(entry) = self.0.entry.get() {
            return Ok(entry);
        }
        let _making = lock(&self.0.making);
        if let Some(entry) = self.0.entry.get() {
            return Ok(entry);
        }
        let made = descriptors::take()?;
        Ok(self.0.entry.get_or_init(|| made))
    }

    /// The count of events, to be asked before a try.
    pub(super) fn events(&self, direction: Direction) -> Option<u64> {
        self.known(direction).map(|(_, seen)| seen)
    }

    /// What is known of a direction once somebody has waited, and its count of events.
    #[inline]
    fn known(&self, direction: Direction) -> Option<(&'static Side, u64)> {
        self.0.entry.get().map(|entry| entry.side(direction)).map(|side| (side, side.events()))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.0.closed.load(Ordering::SeqCst)
    }

    /// Ends what waits and what comes later, through all handles.
    pub(super) fn close(&self, shut: impl FnOnce(&S)) -> io::Result<()> {
        if self.0.closed.swap(true, Ordering::SeqCst) {
            return Err(closed());
        }
        shut(&self.0.socket);
        self.wake_all(Direction::Read);
        self.wake_all(Direction::Write);
        Ok(())
    }

    fn wake_all(&self, direction: Direction) {
        if let Some(entry) = self.0.entry.get() {
            network::wake_all(entry, direction);
        }
    }

    /// Sets the moment from which operations fail, for all these directions before anything wakes.
    pub(super) fn set_deadline(&self, directions: &[Direction], deadline: Option<Instant>) -> io::Result<()> {
        if self.is_closed() {
            return Err(closed());
        }
        let at = match deadline {
            None => NEVER,
            // One that is over must not look like a new one each time.
            Some(deadline) => clock::after(deadline.saturating_duration_since(Instant::now())),
        };
        for &direction in directions {
            self.limits(direction).deadline.store(at, Ordering::SeqCst);
        }
        directions.iter().for_each(|&direction| self.wake_all(direction));
        Ok(())
    }

    /// Sets how long an operation may wait.
    pub(super) fn set_timeout(&self, direction: Direction, timeout: Option<Duration>) -> io::Result<()> {
        let nanos = match timeout {
            Some(Duration::ZERO) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "cannot set a 0 duration timeout; None is for none",
                ));
            }
            Some(timeout) => clock::nanos(timeout),
            None => NEVER,
        };
        self.limits(direction).timeout.store(nanos, Ordering::Relaxed);
        Ok(())
    }

    pub(super) fn timeout(&self, direction: Direction) -> Option<Duration> {
        match self.limits(direction).timeout.load(Ordering::Relaxed) {
            NEVER => None,
            nanos => Some(Duration::from_nanos(nanos)),
        }
    }
}
