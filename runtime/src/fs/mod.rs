//! Files with the names and signatures of `std::fs`, on the pool of OS threads for calls that block.
//!
//! Files of a disk are always ready as far as a poller knows, so each call goes to a thread of the pool, which costs some
//! microseconds: small reads and writes are worth a `BufReader` or `BufWriter`. On a plain OS thread the calls just block.
//!
//! ```
//! use goxide::fs::{self, File};
//! use std::io::{Read, Write};
//! # goxide::__private::run_test(|| {
//!
//! let path = std::env::temp_dir().join(format!("goxide-fs-{}", std::process::id()));
//! File::create(&path).unwrap().write_all(b"some text").unwrap();
//! assert_eq!(fs::read_to_string(&path).unwrap(), "some text");
//! fs::remove_file(&path).unwrap();
//! # });
//! ```
//!
//! All of it at work:
//!
//! ```
//! use goxide::fs;
//! # goxide::__private::run_test(|| {
//!
//! let folder = std::env::temp_dir().join(format!("goxide-fs-folder-{}", std::process::id()));
//! # let _ = std::fs::remove_dir_all(&folder);
//! fs::create_dir(&folder)?;
//! fs::create_dir_all(folder.join("a/b"))?;
//! fs::write(folder.join("text"), "some text")?;
//! assert_eq!(fs::read(folder.join("text"))?, b"some text");
//! assert_eq!(fs::copy(folder.join("text"), folder.join("copy"))?, 9);
//! fs::hard_link(folder.join("copy"), folder.join("second"))?;
//! fs::rename(folder.join("second"), folder.join("third"))?;
//! fs::set_permissions(folder.join("third"), fs::metadata(folder.join("text"))?.permissions())?;
//! std::os::unix::fs::symlink("text", folder.join("link"))?;
//! assert_eq!(fs::read_link(folder.join("link"))?.to_str(), Some("text"));
//! assert!(fs::symlink_metadata(folder.join("link"))?.is_symlink());
//! assert_eq!(fs::canonicalize(folder.join("link"))?, fs::canonicalize(folder.join("text"))?);
//! fs::remove_dir(folder.join("a/b"))?;
//! assert_eq!((fs::exists(folder.join("a/b"))?, fs::exists(folder.join("a"))?), (false, true));
//! assert_eq!(fs::read_dir(&folder)?.count(), 5);
//! fs::remove_dir_all(&folder)?;
//! # Ok::<(), std::io::Error>(())
//! # }).unwrap();
//! ```
//!
//! What `std` answers with values that do nothing themselves (`Metadata`, `Permissions`, `FileType`) is `std`'s own.

mod file;

use std::io;
use std::path::{Path, PathBuf};
use std::{fs, vec};

use crate::bridge::blocking;

pub use self::file::{File, OpenOptions};
pub use std::fs::{DirEntry, FileTimes, FileType, Metadata, Permissions};

macro_rules! of_one_path {
    ($($(#[$doc:meta])* fn $name:ident() -> $ret:ty;)*) => {
        $($(#[$doc])*
        ///
        /// # Errors
        /// The system's.
        pub fn $name<P: AsRef<Path>>(path: P) -> io::Result<$ret> {
            let path = path.as_ref();
            blocking(|| fs::$name(path))
        })*
    };
}

macro_rules! of_two_paths {
    ($($(#[$doc:meta])* fn $name:ident() -> $ret:ty;)*) => {
        $($(#[$doc])*
        ///
        /// # Errors
        /// The system's.
        pub fn $name<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<$ret> {
            let (from, to) = (from.as_ref(), to.as_ref());
            blocking(|| fs::$name(from, to))
        })*
    };
}

of_one_path! {
    /// All of a file.
    fn read() -> Vec<u8>;
    /// All of a file that is UTF-8.
    fn read_to_string() -> String;
    /// What the system knows of a file, links followed.
    fn metadata() -> Metadata;
    /// What the system knows of a file, or of the link itself.
    fn symlink_metadata() -> Metadata;
    /// The path without links and dots.
    fn canonicalize() -> PathBuf;
    /// Where a symbolic link leads.
    fn read_link() -> PathBuf;
    /// Makes a folder.
    fn create_dir() -> ();
    /// Makes a folder and those above it that are missing.
    fn create_dir_all() -> ();
    /// Removes a file.
    fn remove_file() -> ();
    /// Removes an empty folder.
    fn remove_dir() -> ();
    /// Removes a folder with everything in it.
    fn remove_dir_all() -> ();
    /// Whether there is something at the path; an error when that cannot be known.
    fn exists() -> bool;
}

of_two_paths! {
    /// Renames a file or folder; a file that is there already is replaced.
    fn rename() -> ();
    /// Copies a file with its permissions: how many bytes it has.
    fn copy() -> u64;
    /// Gives a file another name.
    fn hard_link() -> ();
}

/// Writes a file, which is replaced if it is there.
///
/// # Errors
/// The system's.
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {
    let (path, contents) = (path.as_ref(), contents.as_ref());
    blocking(|| fs::write(path, contents))
}

/// Sets the permissions of a file.
///
/// # Errors
/// The system's.
pub fn set_permissions<P: AsRef<Path>>(path: P, permissions: Permissions) -> io::Result<()> {
    let path = path.as_ref();
    blocking(|| fs::set_permissions(path, permissions))
}

/// The entries of a folder, in the order the system has them.
///
/// # Errors
/// The system's.
pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {
    let path = path.as_ref();
    let entries = blocking(|| fs::read_dir(path))?;
    Ok(ReadDir { entries: Some(entries), ready: Vec::new().into_iter() })
}

/// How many entries are fetched by one call on the pool.
const AT_ONCE: usize = 64;

/// The entries of a folder. Its `DirEntry` is `std`'s: what it says of a file's metadata it asks the system for where it stands.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let folder = std::env::temp_dir().join(format!("goxide-doc-folder-{}", std::process::id()));
/// goxide::fs::create_dir_all(folder.join("inside"))?;
/// let mut entries: goxide::fs::ReadDir = goxide::fs::read_dir(&folder)?;
/// assert_eq!(entries.next().unwrap()?.file_name(), "inside");
/// goxide::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct ReadDir {
    entries: Option<fs::ReadDir>,
    ready: vec::IntoIter<io::Result<DirEntry>>,
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<io::Result<DirEntry>> {
        if let Some(entry) = self.ready.next() {
            return Some(entry);
        }
        let entries = self.entries.as_mut()?;
        let ready: Vec<_> = blocking(|| entries.take(AT_ONCE).collect());
        if ready.len() < AT_ONCE {
            self.entries = None;
        }
        self.ready = ready.into_iter();
        self.ready.next()
    }
}
