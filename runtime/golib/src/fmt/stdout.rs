//! Standard output, unbuffered: whatever `os.Stdout` is at the moment.

use crate::interface::Error;
use crate::os;
use crate::view::View;

/// Writes all of it, in one system call unless the system takes it in parts.
pub(super) fn write(text: &[u8]) -> (isize, Error) {
    os::write_bytes(os::Stdout.get(), text)
}
