//! Users, owners and times of files.

use std::fs::{self, FileTimes};
use std::io;
use std::os::unix::fs::{chown, lchown};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::env::Getenv;
use super::errors::outcome;
use super::file::path;
use crate::errors::{self, error_variables};
use crate::interface::Error;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::time::Time;
use crate::view::zero;

error_variables! {
    /// A file that knows no deadlines.
    ErrNoDeadline = "file type does not support deadline";
    /// A deadline that is over.
    ErrDeadlineExceeded = "i/o timeout";
    /// A process that has ended.
    ErrProcessDone = "os: process already finished";
    /// A process without a handle.
    ErrNoHandle = "os: process handle unavailable";
}

/// The numbers behind a name in what the system says of this process.
fn status(name: &str) -> Vec<isize> {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_default().split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

fn one(name: &str, i: usize) -> isize {
    status(name).get(i).copied().unwrap_or(-1)
}

/// The user who started the process.
pub fn Getuid() -> isize {
    one("Uid", 0)
}
/// The user whose rights count.
pub fn Geteuid() -> isize {
    one("Uid", 1)
}
/// The group of the user.
pub fn Getgid() -> isize {
    one("Gid", 0)
}
/// The group whose rights count.
pub fn Getegid() -> isize {
    one("Gid", 1)
}
/// The user's other groups.
pub fn Getgroups() -> (Slice<isize>, Error) {
    (Slice::from_static(&status("Groups")), zero())
}
/// The size of a page of memory: what amd64 has.
pub fn Getpagesize() -> isize {
    4096
}
/// Whether it stands between the elements of a path.
pub fn IsPathSeparator(c: u8) -> bool {
    c == b'/'
}

fn user_dir(variable: &'static str, below_home: &'static str) -> (Str, Error) {
    let dir = Getenv(str(variable));
    if dir.is_empty() {
        let home = Getenv(str("HOME"));
        if home.is_empty() {
            let text = format!("neither ${variable} nor $HOME are defined");
            return (home, errors::New(Str::from(text)));
        }
        return (home + str(below_home), zero());
    }
    if !dir.as_bytes().starts_with(b"/") {
        return (str(""), errors::New(Str::from(format!("path in ${variable} is relative"))));
    }
    (dir, zero())
}

/// Where the user's programs keep what can be made again.
pub fn UserCacheDir() -> (Str, Error) {
    user_dir("XDG_CACHE_HOME", "/.cache")
}
/// Where the user's programs keep their settings.
pub fn UserConfigDir() -> (Str, Error) {
    user_dir("XDG_CONFIG_HOME", "/.config")
}

/// A number of a user or group; -1 leaves things as they are.
pub(super) fn id(number: isize) -> Option<u32> {
    u32::try_from(number).ok()
}

/// Gives a file to a user and a group; a link is followed.
pub fn Chown(name: Str, uid: isize, gid: isize) -> Error {
    outcome("chown", name, chown(path(name), id(uid), id(gid)))
}
/// As [`Chown`], of a link itself.
pub fn Lchown(name: Str, uid: isize, gid: isize) -> Error {
    outcome("lchown", name, lchown(path(name), id(uid), id(gid)))
}

fn system_time(time: Time) -> SystemTime {
    let (seconds, nanoseconds) = (time.Unix(), time.Nanosecond() as u32);
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let whole = if seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
    whole + Duration::from_nanos(u64::from(nanoseconds))
}

/// Sets when a file was read and written last; a zero time leaves it as it is.
pub fn Chtimes(name: Str, atime: Time, mtime: Time) -> Error {
    let mut times = FileTimes::new();
    if !atime.IsZero() {
        times = times.set_accessed(system_time(atime));
    }
    if !mtime.IsZero() {
        times = times.set_modified(system_time(mtime));
    }
    let set = || -> io::Result<()> { fs::File::open(path(name))?.set_times(times) };
    outcome("chtimes", name, set())
}
