//! Addresses out of what a user writes; names of hosts are looked up on the pool for blocking calls.
//!
//! `std`'s trait was rejected as the bound of `bind` and `connect`: its lookup would block the worker, on a stack too
//! small for the system's resolver, and a type that is not known to be `Send` cannot go to another thread.

use std::io;
use std::net::{self, IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::vec;

use crate::bridge::blocking;

/// What stands for one address or several: `std`'s trait of that name, for goroutines.
///
/// ```
/// use goxide::net::ToSocketAddrs;
/// # goxide::__private::run_test(|| {
/// let mut all = "localhost:80".to_socket_addrs().unwrap();
/// assert!(all.all(|address| address.ip().is_loopback()));
/// # });
/// ```
pub trait ToSocketAddrs {
    /// The addresses.
    type Iter: Iterator<Item = SocketAddr>;

    /// The addresses it stands for; a name is looked up, for which the goroutine waits.
    ///
    /// # Errors
    /// `InvalidInput` where something is not an address; what the lookup gives.
    fn to_socket_addrs(&self) -> io::Result<Self::Iter>;
}

macro_rules! plain {
    ($($of:ty),*) => {
        $(impl ToSocketAddrs for $of {
            type Iter = std::option::IntoIter<SocketAddr>;

            fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
                Ok(Some(SocketAddr::from(*self)).into_iter())
            }
        })*
    };
}

plain!(SocketAddr, SocketAddrV4, SocketAddrV6, (IpAddr, u16), (Ipv4Addr, u16), (Ipv6Addr, u16));

fn lookup(host: &str, port: u16) -> io::Result<vec::IntoIter<SocketAddr>> {
    match host.parse::<IpAddr>() {
        Ok(address) => Ok(vec![SocketAddr::new(address, port)].into_iter()),
        Err(_) => blocking(|| net::ToSocketAddrs::to_socket_addrs(&(host, port))),
    }
}

impl ToSocketAddrs for (&str, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        lookup(self.0, self.1)
    }
}

impl ToSocketAddrs for (String, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        lookup(&self.0, self.1)
    }
}

impl ToSocketAddrs for str {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        if let Ok(address) = self.parse::<SocketAddr>() {
            return Ok(vec![address].into_iter());
        }
        let wrong = |what| io::Error::new(io::ErrorKind::InvalidInput, what);
        let (host, port) = self.rsplit_once(':').ok_or_else(|| wrong("an address is HOST:PORT"))?;
        lookup(host, port.parse().map_err(|_| wrong("a port is a number up to 65535"))?)
    }
}

impl ToSocketAddrs for String {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        ToSocketAddrs::to_socket_addrs(self.as_str())
    }
}

impl<'a> ToSocketAddrs for &'a [SocketAddr] {
    type Iter = std::iter::Copied<std::slice::Iter<'a, SocketAddr>>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        Ok(self.iter().copied())
    }
}

impl<T: ToSocketAddrs + ?Sized> ToSocketAddrs for &T {
    type Iter = T::Iter;

    fn to_socket_addrs(&self) -> io::Result<T::Iter> {
        ToSocketAddrs::to_socket_addrs(&**self)
    }
}

/// Does something with one address after the other until it succeeds; else the last error.
pub(super) fn each<T>(
    addresses: impl ToSocketAddrs,
    mut attempt: impl FnMut(SocketAddr) -> io::Result<T>,
) -> io::Result<T> {
    let mut last = io::Error::new(io::ErrorKind::InvalidInput, "could not resolve to any addresses");
    for address in addresses.to_socket_addrs()? {
        match attempt(address) {
            Ok(done) => return Ok(done),
            Err(error) => last = error,
        }
    }
    Err(last)
}
