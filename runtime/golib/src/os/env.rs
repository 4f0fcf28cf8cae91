//! The environment.
//!
//! Must hold: the process's own environment is read once and never written, as C code may read it at any time; what a Go
//! program sets is seen by Go code only, `time` included. Go does the same.

use std::os::unix::ffi::OsStringExt;
use std::sync::{Mutex, MutexGuard};

use super::errors::NewSyscallError;
use crate::func::Func;
use crate::interface::{Error, Interface};
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::syscall::EINVAL;
use crate::view::zero;

type Entries = Vec<(Vec<u8>, Vec<u8>)>;

static ENTRIES: Mutex<Option<Entries>> = Mutex::new(None);

fn with<R>(f: impl FnOnce(&mut Entries) -> R) -> R {
    let mut entries: MutexGuard<'_, Option<Entries>> =
        ENTRIES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    f(entries.get_or_insert_with(|| {
        let mut entries = Entries::new();
        for (key, value) in std::env::vars_os() {
            let key = key.into_vec();
            // Of two with one name the first counts.
            if entries.iter().all(|(known, _)| *known != key) {
                entries.push((key, value.into_vec()));
            }
        }
        entries
    }))
}

/// The value of a variable, if it is set.
pub(crate) fn lookup(key: &[u8]) -> Option<Vec<u8>> {
    with(|entries| entries.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone()))
}

/// The value of a variable, empty if it is not set.
pub fn Getenv(key: Str) -> Str {
    LookupEnv(key).0
}

/// The value of a variable, and whether it is set.
pub fn LookupEnv(key: Str) -> (Str, bool) {
    match lookup(key.as_bytes()) {
        Some(value) => (Str::copy_of(&value), true),
        None => (str(""), false),
    }
}

/// Sets a variable.
pub fn Setenv(key: Str, value: Str) -> Error {
    let (name, text) = (key.as_bytes(), value.as_bytes());
    if name.is_empty() || name.iter().any(|byte| matches!(byte, b'=' | 0)) || text.contains(&0) {
        return NewSyscallError(str("setenv"), Error::of(EINVAL));
    }
    with(|entries| match entries.iter_mut().find(|(known, _)| known == name) {
        Some((_, value)) => *value = text.to_vec(),
        None => entries.push((name.to_vec(), text.to_vec())),
    });
    zero()
}

/// Removes a variable.
pub fn Unsetenv(key: Str) -> Error {
    with(|entries| entries.retain(|(known, _)| known != key.as_bytes()));
    zero()
}

/// Removes all variables.
pub fn Clearenv() {
    with(Vec::clear);
}

/// All variables as `name=value`.
pub fn Environ() -> Slice<Str> {
    let lines: Vec<Vec<u8>> =
        with(|entries| entries.iter().map(|(key, value)| [key, &b"="[..], value].concat()).collect());
    lines.iter().fold(zero(), |all: Slice<Str>, line| all.append(Str::copy_of(line)))
}

/// Replaces `$name` and `${name}` by what `mapping` says.
pub fn Expand(s: Str, mapping: Func<dyn Fn(Str) -> Str>) -> Str {
    let mut out: Vec<u8> = Vec::new();
    let mut rest = s.as_bytes();
    while let Some(at) = rest.iter().position(|&byte| byte == b'$') {
        if at + 1 == rest.len() {
            break;
        }
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let (name, len) = shell_name(rest);
        match (name.is_empty(), len) {
            // `${}` and the like are swallowed, a lone dollar stays.
            (true, 0) => out.push(b'$'),
            (true, _) => {}
            (false, _) => out.extend_from_slice(mapping(Str::copy_of(name)).as_bytes()),
        }
        rest = &rest[len..];
    }
    out.extend_from_slice(rest);
    Str::copy_of(&out)
}

/// Replaces `$name` and `${name}` by what the environment says.
pub fn ExpandEnv(s: Str) -> Str {
    Expand(s, crate::func::func(Getenv))
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9')
}

fn is_of_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The name behind a dollar, and how many bytes it takes with its braces.
fn shell_name(text: &[u8]) -> (&[u8], usize) {
    if let Some(inner) = text.strip_prefix(b"{") {
        if inner.len() >= 2 && is_special(inner[0]) && inner[1] == b'}' {
            return (&inner[..1], 3);
        }
        return match inner.iter().position(|&byte| byte == b'}') {
            Some(0) => (b"", 2),
            Some(end) => (&inner[..end], end + 2),
            None => (b"", 1),
        };
    }
    if is_special(text[0]) {
        return (&text[..1], 1);
    }
    let len = text.iter().take_while(|&&byte| is_of_name(byte)).count();
    (&text[..len], len)
}
