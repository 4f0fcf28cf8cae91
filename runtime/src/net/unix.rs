//! [`UnixListener`], [`UnixStream`] and [`UnixDatagram`].

use std::io;
use std::net::Shutdown;
use std::os::unix::net::{self, SocketAddr};
use std::path::Path;

use socket2::{Domain, SockAddr};

use crate::net::common::{delegate, limits, listener, socket, stream};
use crate::net::connect::connect;
use crate::net::descriptor::Descriptor;
use crate::poll::descriptors::Direction;

/// Waits for connections at a path: `std::os::unix::net::UnixListener` for goroutines. See [`crate::net`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{UnixListener, UnixStream};
/// use std::time::Instant;
///
/// let path = std::env::temp_dir().join(format!("goxide-doc-listener-{}", std::process::id()));
/// # let _ = std::fs::remove_file(&path);
/// let listener = UnixListener::bind(&path)?;
/// assert_eq!(listener.local_addr()?.as_pathname(), Some(path.as_path()));
/// let stream = UnixStream::connect(&path)?;
/// let (accepted, _) = listener.accept()?;
/// # drop((stream, accepted));
///
/// listener.set_deadline(Some(Instant::now()))?;
/// assert!(listener.incoming().next().unwrap().is_err());
/// assert!(listener.take_error()?.is_none());
/// listener.try_clone()?.close()?;
/// let plain: std::os::unix::net::UnixListener = listener.into_std()?;
/// # drop(plain);
/// std::fs::remove_file(&path)?;
///
/// let path = std::os::unix::net::SocketAddr::from_pathname(&path)?;
/// drop(UnixListener::bind_addr(&path)?);
/// # std::fs::remove_file(path.as_pathname().unwrap())?;
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct UnixListener(Descriptor<net::UnixListener>);

impl UnixListener {
    /// Listens at a path, which must not exist.
    ///
    /// # Errors
    /// The system's, such as `AddrInUse`.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixListener> {
        UnixListener::of(net::UnixListener::bind(path)?)
    }

    /// Listens at an address.
    ///
    /// # Errors
    /// The system's, such as `AddrInUse`.
    pub fn bind_addr(address: &SocketAddr) -> io::Result<UnixListener> {
        UnixListener::of(net::UnixListener::bind_addr(address)?)
    }

    delegate! {
        /// Where it listens.
        fn local_addr(&self) -> SocketAddr;
    }
}

socket!(UnixListener, net::UnixListener, |listener| socket2::SockRef::from(listener)
    .shutdown(Shutdown::Both));
listener!(UnixListener, UnixIncoming, UnixStream, SocketAddr);

/// A connection within this machine: `std::os::unix::net::UnixStream` for goroutines. See [`crate::net`].
///
/// ```
/// use goxide::net::UnixStream;
/// use std::io::{Read, Write};
/// # goxide::__private::run_test(|| {
/// let (mut a, mut b) = UnixStream::pair().unwrap();
/// goxide::go!(move || a.write_all(b"hello").unwrap());
/// let mut all = String::new();
/// b.read_to_string(&mut all).unwrap();
/// assert_eq!(all, "hello");
/// # });
/// ```
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{Shutdown, UnixListener, UnixStream};
/// use std::io::Read;
/// use std::time::{Duration, Instant};
///
/// let path = std::env::temp_dir().join(format!("goxide-doc-stream-{}", std::process::id()));
/// # let _ = std::fs::remove_file(&path);
/// let listener = UnixListener::bind(&path)?;
/// let mut stream = UnixStream::connect(&path)?;
/// std::fs::remove_file(&path)?;
/// assert_eq!(stream.peer_addr()?.as_pathname(), Some(path.as_path()));
/// assert!(stream.local_addr()?.is_unnamed());
///
/// stream.set_read_timeout(Some(Duration::from_millis(1)))?;
/// stream.set_write_timeout(None)?;
/// assert!(stream.read_timeout()?.is_some() && stream.write_timeout()?.is_none());
/// assert!(stream.read(&mut [0]).is_err());
/// stream.set_read_deadline(Some(Instant::now()))?;
/// stream.set_write_deadline(None)?;
/// stream.set_deadline(None)?;
/// assert!(stream.take_error()?.is_none());
/// stream.try_clone()?.shutdown(Shutdown::Both)?;
/// stream.close()?;
/// let plain: std::os::unix::net::UnixStream = UnixStream::pair()?.0.into_std()?;
/// # drop((plain, listener));
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct UnixStream(Descriptor<net::UnixStream>);

impl UnixStream {
    /// Connects to the listener at a path.
    ///
    /// # Errors
    /// The system's, such as `NotFound` and `ConnectionRefused`.
    pub fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream> {
        connect(Domain::UNIX, &SockAddr::unix(path)?, None).map(UnixStream)
    }

    /// Two streams connected to each other.
    ///
    /// # Errors
    /// The system's.
    pub fn pair() -> io::Result<(UnixStream, UnixStream)> {
        let (a, b) = net::UnixStream::pair()?;
        Ok((UnixStream::of(a)?, UnixStream::of(b)?))
    }

    delegate! {
        /// Whom it is connected to.
        fn peer_addr(&self) -> SocketAddr;
        /// Its own end.
        fn local_addr(&self) -> SocketAddr;
        /// Ends one direction or both; the peer reads the end of the stream.
        fn shutdown(&self, how: Shutdown) -> ();
    }
}

socket!(UnixStream, net::UnixStream, |stream| stream.shutdown(Shutdown::Both));
limits!(UnixStream);
// A read stops before bytes that came with descriptors, too.
stream!(UnixStream, |stream, buffer| stream.run(Direction::Read, |mut socket| socket.read(buffer)));

/// Sends and receives packets within this machine: `std::os::unix::net::UnixDatagram` for goroutines. See [`crate::net`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{Shutdown, UnixDatagram};
/// use std::time::{Duration, Instant};
///
/// let path = std::env::temp_dir().join(format!("goxide-doc-datagram-{}", std::process::id()));
/// # let _ = std::fs::remove_file(&path);
/// let (named, nameless) = (UnixDatagram::bind(&path)?, UnixDatagram::unbound()?);
/// nameless.send_to(b"one", &path)?;
/// nameless.connect(&path)?;
/// nameless.send(b"two")?;
/// assert_eq!(nameless.peer_addr()?.as_pathname(), named.local_addr()?.as_pathname());
/// let mut packet = [0; 16];
/// assert_eq!((named.recv_from(&mut packet)?.0, named.recv(&mut packet)?), (3, 3));
/// std::fs::remove_file(&path)?;
///
/// named.set_read_timeout(Some(Duration::from_millis(1)))?;
/// named.set_write_timeout(None)?;
/// assert!(named.read_timeout()?.is_some() && named.write_timeout()?.is_none());
/// assert!(named.recv(&mut packet).is_err());
/// named.set_read_deadline(Some(Instant::now()))?;
/// named.set_write_deadline(None)?;
/// named.set_deadline(None)?;
/// assert!(named.take_error()?.is_none());
/// named.try_clone()?.shutdown(Shutdown::Both)?;
/// named.close()?;
/// let plain: std::os::unix::net::UnixDatagram = UnixDatagram::pair()?.0.into_std()?;
/// # drop(plain);
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct UnixDatagram(Descriptor<net::UnixDatagram>);

impl UnixDatagram {
    /// A socket at a path, which must not exist.
    ///
    /// # Errors
    /// The system's, such as `AddrInUse`.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixDatagram> {
        UnixDatagram::of(net::UnixDatagram::bind(path)?)
    }

    /// A socket without an address.
    ///
    /// # Errors
    /// The system's.
    pub fn unbound() -> io::Result<UnixDatagram> {
        UnixDatagram::of(net::UnixDatagram::unbound()?)
    }

    /// Two sockets connected to each other.
    ///
    /// # Errors
    /// The system's.
    pub fn pair() -> io::Result<(UnixDatagram, UnixDatagram)> {
        let (a, b) = net::UnixDatagram::pair()?;
        Ok((UnixDatagram::of(a)?, UnixDatagram::of(b)?))
    }

    /// Sets whom [`UnixDatagram::send`] sends to.
    ///
    /// # Errors
    /// The system's.
    pub fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        self.0.socket().connect(path)
    }

    /// Sends a packet to a path. Waits only for a socket that is connected: for another one whose queue is full the error is
    /// `WouldBlock`, because the system tells nobody when there is room.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn send_to<P: AsRef<Path>>(&self, packet: &[u8], path: P) -> io::Result<usize> {
        self.0.socket().send_to(packet, path)
    }

    /// Waits for a packet: how long it is and whom it is from. What has no room in the buffer is lost.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.0.run(Direction::Read, |socket| socket.recv_from(buffer))
    }

    /// Sends a packet to whom the socket is connected to.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn send(&self, packet: &[u8]) -> io::Result<usize> {
        self.0.run(Direction::Write, |socket| socket.send(packet))
    }

    /// Waits for a packet.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.run(Direction::Read, |socket| socket.recv(buffer))
    }

    delegate! {
        /// Whom it is connected to.
        fn peer_addr(&self) -> SocketAddr;
        /// Its own address.
        fn local_addr(&self) -> SocketAddr;
        /// Ends one direction or both.
        fn shutdown(&self, how: Shutdown) -> ();
    }
}

socket!(UnixDatagram, net::UnixDatagram, |socket| socket.shutdown(Shutdown::Both));
limits!(UnixDatagram);
