//! Standard output, unbuffered.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;
use std::sync::OnceLock;

use crate::errors;
use crate::heap;
use crate::interface::Error;
use crate::string::Str;
use crate::view::zero;

/// Writes all of it, in one system call unless the system takes it in parts.
pub(super) fn write(text: &[u8]) -> (isize, Error) {
    // A descriptor of its own, for Rust's `Stdout` would keep the part after the last newline.
    static STDOUT: OnceLock<std::io::Result<File>> = OnceLock::new();
    let open = || std::io::stdout().as_fd().try_clone_to_owned().map(File::from);
    let written = heap::blocking(|| match STDOUT.get_or_init(open) {
        Ok(file) => {
            let mut file: &File = file;
            file.write_all(text).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    });
    match written {
        Ok(()) => (text.len() as isize, zero()),
        Err(error) => (0, errors::New(Str::from(format!("write /dev/stdout: {error}")))),
    }
}
