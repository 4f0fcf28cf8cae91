//! What the socket types have in common, as macros: they differ in the type of `std`'s that they wrap.

/// Functions that ask or tell the system something and never wait.
macro_rules! delegate {
    ($($(#[$doc:meta])* fn $name:ident(&self $(, $arg:ident: $ty:ty)*) -> $ret:ty;)*) => {
        $($(#[$doc])*
        ///
        /// # Errors
        /// The system's.
        pub fn $name(&self $(, $arg: $ty)*) -> std::io::Result<$ret> {
            self.0.socket().$name($($arg),*)
        })*
    };
}

/// Making, handing over and closing. `$shut` is done to the socket at `close`.
macro_rules! socket {
    ($name:ident, $std:ty, |$socket:ident| $shut:expr) => {
        impl $name {
            /// Wraps a socket of `std`'s, which must not block.
            fn of(socket: $std) -> std::io::Result<$name> {
                socket.set_nonblocking(true)?;
                Ok($name(Descriptor::new(socket)))
            }

            /// The socket of `std`'s, which blocks.
            ///
            /// # Errors
            /// `ResourceBusy` when there are other handles to it; the system's.
            pub fn into_std(self) -> std::io::Result<$std> {
                let socket = self.0.into_socket(|socket| socket.try_clone())?;
                socket.set_nonblocking(false)?;
                Ok(socket)
            }

            /// Another handle to the same socket, with the same timeouts and deadlines.
            ///
            /// # Errors
            /// None; as in `std`.
            pub fn try_clone(&self) -> std::io::Result<$name> {
                Ok($name(self.0.clone()))
            }

            /// Ends whatever waits for the socket, through all handles, and all that comes later, with the error "use of closed
            /// network connection". The descriptor itself goes with the last handle.
            ///
            /// # Errors
            /// When it was closed before.
            pub fn close(&self) -> std::io::Result<()> {
                self.0.close(|$socket| {
                    // What was never connected cannot be shut down, and need not.
                    let _ = $shut;
                })
            }

            /// The error that the system has noted for this socket, which is cleared.
            ///
            /// # Errors
            /// The system's.
            pub fn take_error(&self) -> std::io::Result<Option<std::io::Error>> {
                self.0.socket().take_error()
            }
        }

        impl From<$std> for $name {
            fn from(socket: $std) -> $name {
                // The system has no reason to refuse this to a descriptor that is open.
                let _ = socket.set_nonblocking(true);
                $name(Descriptor::new(socket))
            }
        }

        impl std::os::fd::AsFd for $name {
            fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
                self.0.socket().as_fd()
            }
        }

        impl std::os::fd::AsRawFd for $name {
            fn as_raw_fd(&self) -> std::os::fd::RawFd {
                self.0.socket().as_raw_fd()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.socket().fmt(f)
            }
        }
    };
}

/// Timeouts and deadlines of sockets that are read and written.
macro_rules! limits {
    ($name:ident) => {
        impl $name {
            /// The moment from which reads and writes fail with `TimedOut`, those that wait already included; none for `None`.
            ///
            /// # Errors
            /// When the socket is closed.
            pub fn set_deadline(&self, deadline: Option<std::time::Instant>) -> std::io::Result<()> {
                self.0.set_deadline(&[Direction::Read, Direction::Write], deadline)
            }

            /// As `set_deadline`, for reads alone.
            ///
            /// # Errors
            /// When the socket is closed.
            pub fn set_read_deadline(&self, deadline: Option<std::time::Instant>) -> std::io::Result<()> {
                self.0.set_deadline(&[Direction::Read], deadline)
            }

            /// As `set_deadline`, for writes alone.
            ///
            /// # Errors
            /// When the socket is closed.
            pub fn set_write_deadline(&self, deadline: Option<std::time::Instant>) -> std::io::Result<()> {
                self.0.set_deadline(&[Direction::Write], deadline)
            }

            /// How long each read may wait before it fails with `TimedOut`; for ever with `None`.
            ///
            /// # Errors
            /// `InvalidInput` for a timeout of zero.
            pub fn set_read_timeout(&self, timeout: Option<std::time::Duration>) -> std::io::Result<()> {
                self.0.set_timeout(Direction::Read, timeout)
            }

            /// How long each write may wait before it fails with `TimedOut`; for ever with `None`.
            ///
            /// # Errors
            /// `InvalidInput` for a timeout of zero.
            pub fn set_write_timeout(&self, timeout: Option<std::time::Duration>) -> std::io::Result<()> {
                self.0.set_timeout(Direction::Write, timeout)
            }

            /// How long each read may wait.
            ///
            /// # Errors
            /// None; as in `std`.
            pub fn read_timeout(&self) -> std::io::Result<Option<std::time::Duration>> {
                Ok(self.0.timeout(Direction::Read))
            }

            /// How long each write may wait.
            ///
            /// # Errors
            /// None; as in `std`.
            pub fn write_timeout(&self) -> std::io::Result<Option<std::time::Duration>> {
                Ok(self.0.timeout(Direction::Write))
            }
        }
    };
}

/// `Read` and `Write`, for the stream and for a reference to it.
macro_rules! stream {
    ($name:ident, |$stream:ident, $buffer:ident| $read:expr) => {
        impl std::io::Read for &$name {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let ($stream, $buffer) = (&self.0, buffer);
                $read
            }

            fn read_vectored(&mut self, buffers: &mut [std::io::IoSliceMut<'_>]) -> std::io::Result<usize> {
                self.0.run(Direction::Read, |mut socket| socket.read_vectored(buffers))
            }
        }

        impl std::io::Write for &$name {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.run(Direction::Write, |mut socket| socket.write(bytes))
            }

            fn write_vectored(&mut self, parts: &[std::io::IoSlice<'_>]) -> std::io::Result<usize> {
                self.0.run(Direction::Write, |mut socket| socket.write_vectored(parts))
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        impl std::io::Read for $name {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                (&*self).read(buffer)
            }

            fn read_vectored(&mut self, buffers: &mut [std::io::IoSliceMut<'_>]) -> std::io::Result<usize> {
                (&*self).read_vectored(buffers)
            }
        }

        impl std::io::Write for $name {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                (&*self).write(bytes)
            }

            fn write_vectored(&mut self, parts: &[std::io::IoSlice<'_>]) -> std::io::Result<usize> {
                (&*self).write_vectored(parts)
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
    };
}

/// Accepting, for a listener and its iterator.
macro_rules! listener {
    ($name:ident, $incoming:ident, $stream:ident, $address:ty) => {
        impl $name {
            /// Waits for a connection.
            ///
            /// # Errors
            /// The system's; after one of them, too many open files say, the listener can be used as before.
            pub fn accept(&self) -> std::io::Result<($stream, $address)> {
                let (stream, address) = self.0.run(Direction::Read, |socket| socket.accept())?;
                crate::sched::network::accepted();
                Ok(($stream::of(stream)?, address))
            }

            /// The connections one after the other, for ever, or until the listener is closed.
            pub fn incoming(&self) -> $incoming<'_> {
                $incoming { listener: self }
            }

            /// The moment from which `accept` fails with `TimedOut`, also where it waits already; none for `None`.
            ///
            /// # Errors
            /// When the listener is closed.
            pub fn set_deadline(&self, deadline: Option<std::time::Instant>) -> std::io::Result<()> {
                self.0.set_deadline(&[Direction::Read], deadline)
            }
        }

        /// The connections of a listener, until it is closed.
        ///
        /// ```
        #[doc = concat!("use goxide::net::{", stringify!($incoming), ", ", stringify!($name), "};")]
        ///
        #[doc = concat!("fn serve(listener: &", stringify!($name), ") {")]
        #[doc = concat!("    let incoming: ", stringify!($incoming), "<'_> = listener.incoming();")]
        ///     for stream in incoming.flatten() {
        ///         goxide::go!(move || drop(stream));
        ///     }
        /// }
        /// ```
        #[derive(Debug)]
        pub struct $incoming<'a> {
            listener: &'a $name,
        }

        impl Iterator for $incoming<'_> {
            type Item = std::io::Result<$stream>;

            fn next(&mut self) -> Option<Self::Item> {
                match self.listener.accept() {
                    Err(_) if self.listener.0.is_closed() => None,
                    accepted => Some(accepted.map(|(stream, _)| stream)),
                }
            }
        }

        impl<'a> IntoIterator for &'a $name {
            type Item = std::io::Result<$stream>;
            type IntoIter = $incoming<'a>;

            fn into_iter(self) -> $incoming<'a> {
                self.incoming()
            }
        }
    };
}

pub(super) use {delegate, limits, listener, socket, stream};
