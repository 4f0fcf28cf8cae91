//! Connecting a stream without blocking.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use socket2::{Domain, SockAddr, Socket, Type};

use crate::net::descriptor::Descriptor;
use crate::poll::descriptors::Direction;
use crate::poll::timers::NEVER;
use crate::sys::clock;
use crate::time;

/// How long to wait before a Unix listener with a full queue is asked again: the system tells nobody when there is room.
const FIRST_PAUSE: Duration = Duration::from_micros(100);
const LONGEST_PAUSE: Duration = Duration::from_millis(10);

/// What is asked of a socket of `std`'s here.
pub(super) trait Connecting: AsFd + From<Socket> {
    fn failure(&self) -> io::Result<Option<io::Error>>;
    fn is_connected(&self) -> io::Result<bool>;
}

macro_rules! connecting {
    ($($of:ty)*) => {
        $(impl Connecting for $of {
            fn failure(&self) -> io::Result<Option<io::Error>> {
                self.take_error()
            }

            fn is_connected(&self) -> io::Result<bool> {
                match self.peer_addr() {
                    Ok(_) => Ok(true),
                    Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(false),
                    Err(error) => Err(error),
                }
            }
        })*
    };
}

connecting!(std::net::TcpStream std::os::unix::net::UnixStream);

/// A stream connected to `address`, which fails with `TimedOut` after `timeout`.
pub(super) fn connect<S: Connecting>(
    domain: Domain,
    address: &SockAddr,
    timeout: Option<Duration>,
) -> io::Result<Descriptor<S>> {
    let limit = timeout.map_or(NEVER, clock::after);
    let socket = Socket::new(domain, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    let mut pause = FIRST_PAUSE;
    loop {
        match socket.connect(address) {
            Ok(()) => return Ok(Descriptor::new(S::from(socket))),
            Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => break,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if limit <= clock::now() {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                time::sleep(pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            Err(error) => return Err(error),
        }
    }
    let stream = Descriptor::new(S::from(socket));
    let mut seen = None;
    loop {
        stream.wait(Direction::Write, seen, limit)?;
        seen = stream.events(Direction::Write);
        if let Some(error) = stream.socket().failure()? {
            return Err(error);
        }
        if stream.socket().is_connected()? {
            return Ok(stream);
        }
    }
}
