//! [`TcpListener`] and [`TcpStream`].

use std::io;
use std::net::{self, Shutdown, SocketAddr};
use std::time::Duration;

use socket2::{Domain, SockAddr};

use crate::net::common::{delegate, limits, listener, socket, stream};
use crate::net::connect::connect;
use crate::net::descriptor::Descriptor;
use crate::net::names::{self, ToSocketAddrs};
use crate::poll::descriptors::Direction;

/// Waits for TCP connections: `std::net::TcpListener` for goroutines. See [`crate::net`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{TcpListener, TcpStream};
/// use std::time::Instant;
///
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// listener.set_ttl(40)?;
/// assert_eq!(listener.ttl()?, 40);
/// let address = listener.local_addr()?;
/// assert!(listener.take_error()?.is_none());
///
/// // Accepts until it is closed.
/// let server = listener.try_clone()?;
/// let served = goxide::sync::WaitGroup::new();
/// served.go(move || {
///     for stream in server.incoming().flatten() {
///         println!("somebody at {:?}", stream.peer_addr());
///     }
/// });
/// drop(TcpStream::connect(address)?);
/// listener.close()?;
/// served.wait();
///
/// // Gives up at a moment.
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// listener.set_deadline(Some(Instant::now()))?;
/// assert!(listener.accept().is_err());
/// let plain: std::net::TcpListener = listener.into_std()?;
/// # drop(plain);
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct TcpListener(Descriptor<net::TcpListener>);

impl TcpListener {
    /// Listens at an address, of several at the first that can be had; port 0 is one that is free.
    ///
    /// # Errors
    /// The system's, such as `AddrInUse`; what looking up a name gives.
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<TcpListener> {
        names::each(address, |address| TcpListener::of(net::TcpListener::bind(address)?))
    }

    delegate! {
        /// Where it listens.
        fn local_addr(&self) -> SocketAddr;
        /// Sets how many routers a packet may pass.
        fn set_ttl(&self, ttl: u32) -> ();
        /// How many routers a packet may pass.
        fn ttl(&self) -> u32;
    }
}

socket!(TcpListener, net::TcpListener, |listener| socket2::SockRef::from(listener).shutdown(Shutdown::Both));
listener!(TcpListener, Incoming, TcpStream, SocketAddr);

/// A TCP connection: `std::net::TcpStream` for goroutines. See [`crate::net`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{Shutdown, TcpListener, TcpStream};
/// use std::io::{ErrorKind, Read, Write};
/// use std::time::{Duration, Instant};
///
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// let address = listener.local_addr()?;
/// drop(TcpStream::connect(address)?); // several addresses, or a name, as well
/// drop(listener.accept()?);
/// let mut here = TcpStream::connect_timeout(&address, Duration::from_secs(100))?;
/// let (mut there, from) = listener.accept()?;
/// assert_eq!((here.local_addr()?, there.peer_addr()?), (from, from));
///
/// here.set_nodelay(true)?;
/// here.set_ttl(40)?;
/// assert!(here.nodelay()? && here.ttl()? == 40);
/// here.write_all(b"hello")?;
/// let mut text = [0; 5];
/// assert!(there.peek(&mut text)? > 0); // still there
/// there.read_exact(&mut text)?;
/// assert_eq!(&text, b"hello");
///
/// // Timeouts are for each operation, deadlines for all until that moment.
/// there.set_read_timeout(Some(Duration::from_millis(1)))?;
/// there.set_write_timeout(Some(Duration::from_secs(9)))?;
/// assert!(there.read_timeout()?.is_some() && there.write_timeout()?.is_some());
/// assert_eq!(there.read(&mut text).unwrap_err().kind(), ErrorKind::TimedOut);
/// let soon = Some(Instant::now());
/// there.set_read_deadline(soon)?;
/// there.set_write_deadline(soon)?;
/// assert_eq!(there.write(b"too late").unwrap_err().kind(), ErrorKind::TimedOut);
/// there.set_deadline(None)?;
/// there.set_read_timeout(None)?;
///
/// // Another handle of the same connection.
/// let other = here.try_clone()?;
/// other.shutdown(Shutdown::Write)?;
/// assert_eq!(there.read(&mut text)?, 0);
/// assert!(there.take_error()?.is_none());
/// other.close()?;
/// let plain: std::net::TcpStream = there.into_std()?;
/// # drop(plain);
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct TcpStream(Descriptor<net::TcpStream>);

impl TcpStream {
    /// Connects to an address, of several to the first that answers.
    ///
    /// # Errors
    /// The system's, such as `ConnectionRefused`; what looking up a name gives.
    pub fn connect<A: ToSocketAddrs>(address: A) -> io::Result<TcpStream> {
        names::each(address, |address| TcpStream::connect_to(&address, None))
    }

    /// Connects to an address and fails with `TimedOut` after `timeout`.
    ///
    /// # Errors
    /// `InvalidInput` for a timeout of zero; the system's.
    pub fn connect_timeout(address: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
        if timeout.is_zero() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "cannot set a 0 duration timeout"));
        }
        TcpStream::connect_to(address, Some(timeout))
    }

    fn connect_to(address: &SocketAddr, timeout: Option<Duration>) -> io::Result<TcpStream> {
        connect(Domain::for_address(*address), &SockAddr::from(*address), timeout).map(TcpStream)
    }

    /// Reads without taking what is read.
    ///
    /// # Errors
    /// As for a read.
    pub fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.run(Direction::Read, |socket| socket.peek(buffer))
    }

    delegate! {
        /// Whom it is connected to.
        fn peer_addr(&self) -> SocketAddr;
        /// Its own end.
        fn local_addr(&self) -> SocketAddr;
        /// Ends one direction or both; the peer reads the end of the stream.
        fn shutdown(&self, how: Shutdown) -> ();
        /// Sets whether small writes go out at once.
        fn set_nodelay(&self, nodelay: bool) -> ();
        /// Whether small writes go out at once.
        fn nodelay(&self) -> bool;
        /// Sets how many routers a packet may pass.
        fn set_ttl(&self, ttl: u32) -> ();
        /// How many routers a packet may pass.
        fn ttl(&self) -> u32;
    }
}

socket!(TcpStream, net::TcpStream, |stream| stream.shutdown(Shutdown::Both));
limits!(TcpStream);
stream!(TcpStream, |stream, buffer| stream.receive(buffer));
