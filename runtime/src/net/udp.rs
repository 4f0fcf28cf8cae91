//! [`UdpSocket`].

use std::io;
use std::net::{self, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr};

use crate::net::common::{delegate, limits, socket};
use crate::net::descriptor::Descriptor;
use crate::net::names::{self, ToSocketAddrs};
use crate::poll::descriptors::Direction;

/// Sends and receives UDP packets: `std::net::UdpSocket` for goroutines. See [`crate::net`].
///
/// ```
/// use goxide::net::UdpSocket;
/// # goxide::__private::run_test(|| {
/// let (a, b) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
/// a.send_to(b"hello", b.local_addr().unwrap()).unwrap();
/// let mut packet = [0; 16];
/// let (length, from) = b.recv_from(&mut packet).unwrap();
/// assert_eq!((&packet[..length], from), (&b"hello"[..], a.local_addr().unwrap()));
/// # });
/// ```
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::net::{Ipv4Addr, UdpSocket};
/// use std::time::{Duration, Instant};
///
/// let (a, b) = (UdpSocket::bind("127.0.0.1:0")?, UdpSocket::bind("127.0.0.1:0")?);
/// a.connect(b.local_addr()?)?;
/// b.connect(a.local_addr()?)?;
/// assert_eq!(a.peer_addr()?, b.local_addr()?);
/// a.send(b"hello")?;
/// let mut packet = [0; 16];
/// assert_eq!((b.peek(&mut packet)?, b.peek_from(&mut packet)?.0, b.recv(&mut packet)?), (5, 5, 5));
///
/// a.set_ttl(9)?;
/// a.set_broadcast(true)?;
/// a.set_multicast_loop_v4(false)?;
/// a.set_multicast_ttl_v4(2)?;
/// assert!(a.ttl()? == 9 && a.broadcast()? && !a.multicast_loop_v4()? && a.multicast_ttl_v4()? == 2);
/// let group = Ipv4Addr::new(224, 0, 0, 123);
/// if a.join_multicast_v4(&group, &Ipv4Addr::LOCALHOST).is_ok() {
///     a.leave_multicast_v4(&group, &Ipv4Addr::LOCALHOST)?;
/// }
///
/// if let Ok(six) = UdpSocket::bind("[::1]:0") {
///     six.set_multicast_loop_v6(false)?;
///     assert!(!six.multicast_loop_v6()?);
///     let group = "ff01::123".parse().unwrap();
///     if six.join_multicast_v6(&group, 0).is_ok() {
///         six.leave_multicast_v6(&group, 0)?;
///     }
/// }
///
/// b.set_read_timeout(Some(Duration::from_millis(1)))?;
/// b.set_write_timeout(None)?;
/// assert!(b.read_timeout()?.is_some() && b.write_timeout()?.is_none());
/// assert!(b.recv(&mut packet).is_err());
/// b.set_read_deadline(Some(Instant::now()))?;
/// b.set_write_deadline(None)?;
/// b.set_deadline(None)?;
/// assert!(b.take_error()?.is_none());
/// b.try_clone()?.close()?;
/// let plain: std::net::UdpSocket = a.into_std()?;
/// # drop(plain);
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
pub struct UdpSocket(Descriptor<net::UdpSocket>);

impl UdpSocket {
    /// A socket at an address, of several at the first that can be had; port 0 is one that is free.
    ///
    /// # Errors
    /// The system's, such as `AddrInUse`; what looking up a name gives.
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<UdpSocket> {
        names::each(address, |address| UdpSocket::of(net::UdpSocket::bind(address)?))
    }

    /// Sets whom [`UdpSocket::send`] sends to and [`UdpSocket::recv`] receives from.
    ///
    /// # Errors
    /// The system's; what looking up a name gives.
    pub fn connect<A: ToSocketAddrs>(&self, address: A) -> io::Result<()> {
        names::each(address, |address| self.0.socket().connect(address))
    }

    /// Sends a packet to an address, of several to the first.
    ///
    /// # Errors
    /// The system's; what looking up a name gives; `InvalidInput` for no address.
    pub fn send_to<A: ToSocketAddrs>(&self, packet: &[u8], address: A) -> io::Result<usize> {
        let Some(address) = address.to_socket_addrs()?.next() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no addresses to send data to"));
        };
        self.0.run(Direction::Write, |socket| socket.send_to(packet, address))
    }

    /// Waits for a packet: how long it is and whom it is from. What has no room in the buffer is lost.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.0.run(Direction::Read, |socket| socket.recv_from(buffer))
    }

    /// As [`UdpSocket::recv_from`], and the packet stays.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn peek_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.0.run(Direction::Read, |socket| socket.peek_from(buffer))
    }

    /// Sends a packet to whom the socket is connected to.
    ///
    /// # Errors
    /// The system's.
    pub fn send(&self, packet: &[u8]) -> io::Result<usize> {
        self.0.run(Direction::Write, |socket| socket.send(packet))
    }

    /// Waits for a packet from whom the socket is connected to.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.run(Direction::Read, |socket| socket.recv(buffer))
    }

    /// As [`UdpSocket::recv`], and the packet stays.
    ///
    /// # Errors
    /// The system's; `TimedOut`.
    pub fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.run(Direction::Read, |socket| socket.peek(buffer))
    }

    delegate! {
        /// Whom it is connected to.
        fn peer_addr(&self) -> SocketAddr;
        /// Its own address.
        fn local_addr(&self) -> SocketAddr;
        /// Sets how many routers a packet may pass.
        fn set_ttl(&self, ttl: u32) -> ();
        /// How many routers a packet may pass.
        fn ttl(&self) -> u32;
        /// Sets whether it may send to all of a network.
        fn set_broadcast(&self, broadcast: bool) -> ();
        /// Whether it may send to all of a network.
        fn broadcast(&self) -> bool;
        /// Sets whether what it sends to a group comes back to this machine.
        fn set_multicast_loop_v4(&self, on: bool) -> ();
        /// Whether what it sends to a group comes back to this machine.
        fn multicast_loop_v4(&self) -> bool;
        /// Sets how many routers a packet to a group may pass.
        fn set_multicast_ttl_v4(&self, ttl: u32) -> ();
        /// How many routers a packet to a group may pass.
        fn multicast_ttl_v4(&self) -> u32;
        /// Sets whether what it sends to a group comes back to this machine.
        fn set_multicast_loop_v6(&self, on: bool) -> ();
        /// Whether what it sends to a group comes back to this machine.
        fn multicast_loop_v6(&self) -> bool;
        /// Joins a group on the interface of an address.
        fn join_multicast_v4(&self, group: &Ipv4Addr, interface: &Ipv4Addr) -> ();
        /// Joins a group on the interface of a number.
        fn join_multicast_v6(&self, group: &Ipv6Addr, interface: u32) -> ();
        /// Leaves a group.
        fn leave_multicast_v4(&self, group: &Ipv4Addr, interface: &Ipv4Addr) -> ();
        /// Leaves a group.
        fn leave_multicast_v6(&self, group: &Ipv6Addr, interface: u32) -> ();
    }
}

socket!(UdpSocket, net::UdpSocket, |socket| socket2::SockRef::from(socket).shutdown(Shutdown::Both));
limits!(UdpSocket);
