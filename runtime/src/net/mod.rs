//! Sockets with the names and signatures of `std::net` and `std::os::unix::net`: a goroutine that has to wait lets its thread run
//! others.
//!
//! They implement `std`'s `Read` and `Write`, for themselves and for `&`, so that crates made for blocking streams (rustls,
//! tungstenite, httparse ..) work on goroutines as they are. On a plain OS thread the calls just block.
//!
//! Beyond `std`, as in Go:
//! - `set_deadline`, `set_read_deadline`, `set_write_deadline`: from that moment on operations fail with `TimedOut`, those that wait
//!   already included. Timeouts (`set_read_timeout` ..) are for each operation and fail with `TimedOut`, too. A thread that is no
//!   goroutine and waits already keeps the deadline it began with.
//! - `close`: whatever waits for the socket, through any handle, ends with an error, and so does all that comes later.
//!
//! Handles of `try_clone` share one descriptor, its timeouts and deadlines. Several goroutines may use a socket at once;
//! each operation of the system is whole, and a `write_all` may be mixed with another one. Names of hosts are looked up on the
//! pool for blocking calls.
//!
//! ```
//! use goxide::net::{TcpListener, TcpStream};
//! use std::io::{Read, Write};
//! # goxide::__private::run_test(|| {
//!
//! let listener = TcpListener::bind("127.0.0.1:0").unwrap();
//! let address = listener.local_addr().unwrap();
//! goxide::go! {
//!     let (mut peer, _) = listener.accept().unwrap();
//!     std::io::copy(&mut peer.try_clone().unwrap(), &mut peer).unwrap();
//! }
//! let mut stream = TcpStream::connect(address).unwrap();
//! stream.write_all(b"hello").unwrap();
//! stream.shutdown(std::net::Shutdown::Write).unwrap();
//! let mut echo = String::new();
//! stream.read_to_string(&mut echo).unwrap();
//! assert_eq!(echo, "hello");
//! # });
//! ```
//!
//! Files: `descriptor` waiting, `common` what the types have in common, `connect`, `names`, `rest` what reads of TCP leave, and a file for each family.

mod common;
mod connect;
mod descriptor;
mod names;
mod rest;
mod tcp;
mod udp;
mod unix;

pub use self::names::ToSocketAddrs;
pub use self::tcp::{Incoming, TcpListener, TcpStream};
pub use self::udp::UdpSocket;
pub use self::unix::{UnixDatagram, UnixIncoming, UnixListener, UnixStream};
pub use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, SocketAddrV4, SocketAddrV6};
