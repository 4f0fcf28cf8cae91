//! Standard input for goroutines: reads wait on the pool of OS threads for calls that block.
//!
//! Output needs nothing of the kind: `print!` and `std::io::stdout` are as good on a goroutine.

use std::io::{self, BufRead, Read};

use crate::bridge::blocking;

/// Standard input, the buffer of which it shares with `std::io::stdin`.
///
/// ```no_run
/// for line in goxide::io::stdin().lines() {
///     println!("{}", line?);
/// }
/// # std::io::Result::Ok(())
/// ```
#[must_use]
pub fn stdin() -> Stdin {
    Stdin(io::stdin())
}

/// See [`stdin`].
///
/// ```no_run
/// # goxide::__private::run_test(|| {
/// use goxide::io::stdin;
///
/// // What is typed by lines; here nothing is.
/// let mut first = String::new();
/// stdin().read_line(&mut first)?;
/// let mut words = Vec::new();
/// stdin().read_until(b';', &mut words)?;
/// for line in stdin().lines() {
///     println!("{}", line?);
/// }
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct Stdin(io::Stdin);

impl Stdin {
    /// Appends the next line with its end; 0 at the end of the input.
    ///
    /// # Errors
    /// The system's; `InvalidData` when it is not UTF-8.
    pub fn read_line(&self, line: &mut String) -> io::Result<usize> {
        blocking(|| self.0.read_line(line))
    }

    /// The lines without their ends.
    pub fn lines(self) -> impl Iterator<Item = io::Result<String>> {
        std::iter::from_fn(move || {
            let mut line = String::new();
            match self.read_line(&mut line) {
                Ok(0) => None,
                Ok(_) => {
                    if line.ends_with('\n') {
                        line.pop();
                        if line.ends_with('\r') {
                            line.pop();
                        }
                    }
                    Some(Ok(line))
                }
                Err(error) => Some(Err(error)),
            }
        })
    }

    /// Appends what comes up to and with `byte`; 0 at the end of the input.
    ///
    /// # Errors
    /// The system's.
    pub fn read_until(&self, byte: u8, into: &mut Vec<u8>) -> io::Result<usize> {
        blocking(|| self.0.lock().read_until(byte, into))
    }
}

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        blocking(|| self.0.lock().read(buffer))
    }

    fn read_to_end(&mut self, all: &mut Vec<u8>) -> io::Result<usize> {
        blocking(|| self.0.lock().read_to_end(all))
    }

    fn read_to_string(&mut self, all: &mut String) -> io::Result<usize> {
        blocking(|| self.0.lock().read_to_string(all))
    }
}
