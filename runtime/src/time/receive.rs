//! Receiving for a limited time, without writing a `select!`.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::Timer;
use crate::chan::{Chan, Receive, Receiver};
use crate::select::{Arm, recv_arm, select_biased};

/// Why nothing was received in time.
///
/// ```
/// use goxide::time::RecvTimeoutError;
/// use std::time::Duration;
///
/// # goxide::__private::run_test(|| {
/// let ch = goxide::chan::<i32>(0);
/// let soon = Duration::from_millis(1);
/// assert_eq!(ch.recv_timeout(soon), Err(RecvTimeoutError::Timeout));
/// ch.close();
/// assert_eq!(ch.recv_timeout(soon), Err(RecvTimeoutError::Closed));
/// # });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecvTimeoutError {
    /// Nothing was sent in that time.
    Timeout,
    /// The channel is closed and drained.
    Closed,
}

impl fmt::Display for RecvTimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecvTimeoutError::Timeout => "receiving took too long",
            RecvTimeoutError::Closed => "receiving from a closed and drained channel",
        })
    }
}

impl Error for RecvTimeoutError {}

fn receive<T, C: Receive<Output = Option<T>>>(from: &C, limit: Duration) -> Result<T, RecvTimeoutError> {
    let timer = Timer::new(limit);
    let (mut value, mut late) = (recv_arm(from), recv_arm(timer.channel()));
    let chosen = select_biased(&mut [&mut value as &mut dyn Arm, &mut late], false);
    timer.stop();
    match chosen {
        0 => value.take().ok_or(RecvTimeoutError::Closed),
        _ => Err(RecvTimeoutError::Timeout),
    }
}

impl<T> Receiver<T> {
    /// Receives, waiting for that long at most.
    ///
    /// ```
    /// use goxide::time::RecvTimeoutError;
    /// use std::time::Duration;
    ///
    /// # goxide::__private::run_test(|| {
    /// let (tx, rx) = goxide::channel(1);
    /// assert_eq!(rx.recv_timeout(Duration::from_millis(1)), Err(RecvTimeoutError::Timeout));
    /// assert!(tx.send(7).is_ok());
    /// drop(tx);
    /// assert_eq!(rx.recv_timeout(Duration::from_secs(5)), Ok(7));
    /// assert_eq!(rx.recv_timeout(Duration::from_secs(5)), Err(RecvTimeoutError::Closed));
    /// # });
    /// ```
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        receive(self, limit)
    }
}

impl<T> Chan<T> {
    /// Receives, waiting for that long at most; the nil channel gives nothing until then.
    ///
    /// ```
    /// use goxide::time::RecvTimeoutError;
    /// use std::time::Duration;
    ///
    /// # goxide::__private::run_test(|| {
    /// let ch = goxide::chan(0);
    /// let tx = ch.clone();
    /// goxide::__private::go(move || tx.send(7));
    /// assert_eq!(ch.recv_timeout(Duration::from_secs(5)), Ok(7));
    /// assert_eq!(ch.recv_timeout(Duration::from_millis(1)), Err(RecvTimeoutError::Timeout));
    /// # });
    /// ```
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        receive(self, limit)
    }
}
