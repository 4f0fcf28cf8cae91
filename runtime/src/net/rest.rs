//! What reads of a TCP stream leave behind.
//!
//! A read that gives less than there is room for has left nothing, and the next one need not be tried before an event
//! ([`crate::poll::side`]). One that fills its buffer says nothing, and where messages have a length that both ends know all reads do: then each request
//! costs a call in vain. So when that has happened a few times the system is asked to tell with each read what is left
//! (`TCP_INQ`), which costs less. It counts the end of the stream as a byte.
//!
//! Rejected: asking from the start, which makes reads dearer that would not need it; reading more than was asked for, which whoever has another
//! handle to the socket, or takes it out, would not find there.

use std::io::{self, Read};
use std::net::TcpStream;
use std::os::fd::{AsFd, BorrowedFd};

use crate::net::descriptor::Descriptor;
use crate::poll::descriptors::Direction;
use crate::shim::{AtomicU8, Ordering};
use crate::sys::socket;

/// So many reads in vain, each after one that filled its buffer, are enough.
const ENOUGH: u8 = 4;
/// The last read filled its buffer. Below this bit is the count.
const FILLED: u8 = 0x20;
/// The system cannot tell.
const UNTOLD: u8 = 0x40;
/// It tells.
const TOLD: u8 = 0x80;

/// What is known of a stream. Several may read at once: a count more or less does no harm.
pub(super) struct Rest(AtomicU8);

impl Rest {
    pub(super) const fn new() -> Rest {
        Rest(AtomicU8::new(0))
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes how a read went that was not told what it left; whether the next ones had better be.
    fn learns(&self, filled: bool, in_vain: bool) -> bool {
        let state = self.get();
        if state & UNTOLD != 0 {
            return false;
        }
        let count = (state & !FILLED) + u8::from(in_vain && state & FILLED != 0);
        self.0.store(count | if filled { FILLED } else { 0 }, Ordering::Relaxed);
        count >= ENOUGH
    }

    /// Whoever takes the socket now is not told.
    pub(super) fn untell(&self, socket: BorrowedFd<'_>) {
        if self.get() & TOLD != 0 {
            // It was possible to turn it on; at worst others get a message that they did not ask for.
            let _ = socket::tell_rest(socket, false);
            self.0.store(0, Ordering::Relaxed);
        }
    }
}

impl Descriptor<TcpStream> {
    /// Reads.
    pub(super) fn receive(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len();
        let drains = |&(length, left): &(usize, Option<u32>)| {
            0 < length && left.map_or(cfg!(target_os = "linux") && length < room, |left| left == 0)
        };
        let read = |socket: &TcpStream| self.receive_once(socket, buffer);
        self.run_until_drained(Direction::Read, read, drains).map(|(length, _)| length)
    }

    fn receive_once(&self, mut socket: &TcpStream, buffer: &mut [u8]) -> io::Result<(usize, Option<u32>)> {
        if self.rest().get() & TOLD != 0 {
            return socket::receive(socket.as_fd(), buffer);
        }
        let result = socket.read(buffer);
        let filled = result.as_ref().is_ok_and(|&length| 0 < length && length == buffer.len());
        let in_vain = result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock);
        if self.rest().learns(filled, in_vain) {
            let told = socket::tell_rest(socket.as_fd(), true).is_ok();
            self.rest().0.store(if told { TOLD } else { UNTOLD }, Ordering::Relaxed);
        }
        result.map(|length| (length, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_reads_that_are_followed_by_ones_in_vain_are_counted() {
        let rest = Rest::new();
        for _ in 0..100 {
            assert!(!rest.learns(false, true));
            assert!(!rest.learns(true, false));
            assert!(!rest.learns(true, false));
            assert!(!rest.learns(false, false));
        }
        for count in 1..=ENOUGH {
            assert!(!rest.learns(true, false));
            assert_eq!(rest.learns(false, true), count == ENOUGH);
        }
        rest.0.store(UNTOLD, Ordering::Relaxed);
        for _ in 0..100 {
            assert!(!rest.learns(true, false) && !rest.learns(false, true));
        }
    }
}
