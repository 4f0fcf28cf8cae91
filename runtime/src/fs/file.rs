//! [`File`] and [`OpenOptions`].

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::bridge::blocking;

/// An open file: `std::fs::File` for goroutines. See [`crate::fs`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::fs::File;
/// use std::io::{Read, Seek, Write};
///
/// let path = std::env::temp_dir().join(format!("goxide-doc-file-{}", std::process::id()));
/// # let _ = std::fs::remove_file(&path);
/// let mut file = File::create_new(&path)?;
/// file.write_all(b"some text")?;
/// file.sync_data()?;
/// file.sync_all()?;
/// file.set_len(4)?;
/// assert_eq!(file.metadata()?.len(), 4);
/// file.set_permissions(file.metadata()?.permissions())?;
/// file.set_times(goxide::fs::FileTimes::new())?;
///
/// let mut text = String::new();
/// File::open(&path)?.read_to_string(&mut text)?;
/// assert_eq!(text, "some");
/// let mut both = File::options().read(true).write(true).open(&path)?;
/// both.try_clone()?.rewind()?;
/// both.read_to_string(&mut text)?;
/// drop(File::create(&path)?); // empties it
/// let plain: std::fs::File = both.into_std();
/// assert_eq!(plain.metadata()?.len(), 0);
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct File(fs::File);

impl File {
    /// Opens a file to read.
    ///
    /// # Errors
    /// The system's, such as `NotFound`.
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).open(path)
    }

    /// Makes a file to write, or empties the one that is there.
    ///
    /// # Errors
    /// The system's.
    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(true).open(path)
    }

    /// Makes a file to read and write that must not be there.
    ///
    /// # Errors
    /// The system's, such as `AlreadyExists`.
    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    /// Other ways of opening.
    #[must_use]
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// Returns once data and metadata are on the disk.
    ///
    /// # Errors
    /// The system's.
    pub fn sync_all(&self) -> io::Result<()> {
        blocking(|| self.0.sync_all())
    }

    /// Returns once the data is on the disk.
    ///
    /// # Errors
    /// The system's.
    pub fn sync_data(&self) -> io::Result<()> {
        blocking(|| self.0.sync_data())
    }

    /// Cuts the file or fills it up with zeros.
    ///
    /// # Errors
    /// The system's.
    pub fn set_len(&self, size: u64) -> io::Result<()> {
        blocking(|| self.0.set_len(size))
    }

    /// What the system knows of the file.
    ///
    /// # Errors
    /// The system's.
    pub fn metadata(&self) -> io::Result<fs::Metadata> {
        blocking(|| self.0.metadata())
    }

    /// Sets the file's permissions.
    ///
    /// # Errors
    /// The system's.
    pub fn set_permissions(&self, permissions: fs::Permissions) -> io::Result<()> {
        blocking(|| self.0.set_permissions(permissions))
    }

    /// Sets the file's times.
    ///
    /// # Errors
    /// The system's.
    pub fn set_times(&self, times: fs::FileTimes) -> io::Result<()> {
        blocking(|| self.0.set_times(times))
    }

    /// Another handle to the same open file, with the same position.
    ///
    /// # Errors
    /// The system's.
    pub fn try_clone(&self) -> io::Result<File> {
        self.0.try_clone().map(File)
    }

    /// The file of `std`'s.
    #[must_use]
    pub fn into_std(self) -> fs::File {
        self.0
    }
}

impl From<fs::File> for File {
    fn from(file: fs::File) -> File {
        File(file)
    }
}

impl AsFd for File {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl AsRawFd for File {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

impl Read for &File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        blocking(|| (&self.0).read(buffer))
    }

    // Whole files in one call on the pool.
    fn read_to_end(&mut self, all: &mut Vec<u8>) -> io::Result<usize> {
        blocking(|| (&self.0).read_to_end(all))
    }

    fn read_to_string(&mut self, all: &mut String) -> io::Result<usize> {
        blocking(|| (&self.0).read_to_string(all))
    }
}

impl Write for &File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        blocking(|| (&self.0).write(bytes))
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        blocking(|| (&self.0).write_all(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for &File {
    // It only changes a number, which no disk is asked for.
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        (&self.0).seek(position)
    }
}

impl Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }

    fn read_to_end(&mut self, all: &mut Vec<u8>) -> io::Result<usize> {
        (&*self).read_to_end(all)
    }

    fn read_to_string(&mut self, all: &mut String) -> io::Result<usize> {
        (&*self).read_to_string(all)
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        (&*self).write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        (&*self).seek(position)
    }
}

/// How a file is to be opened: `std::fs::OpenOptions` for goroutines.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::fs::OpenOptions;
/// use std::io::Write;
///
/// let path = std::env::temp_dir().join(format!("goxide-doc-options-{}", std::process::id()));
/// # let _ = std::fs::remove_file(&path);
/// drop(OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?);
/// OpenOptions::new().append(true).create(true).open(&path)?.write_all(b"at the end")?;
/// assert_eq!(std::fs::read(&path)?, b"at the end");
/// let emptied = OpenOptions::new().read(true).write(true).truncate(true).custom_flags(0).open(&path)?;
/// assert_eq!(emptied.metadata()?.len(), 0);
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct OpenOptions(fs::OpenOptions);

macro_rules! options {
    ($($(#[$doc:meta])* fn $name:ident(&mut self, $arg:ident: $ty:ty);)*) => {
        $($(#[$doc])*
        pub fn $name(&mut self, $arg: $ty) -> &mut OpenOptions {
            self.0.$name($arg);
            self
        })*
    };
}

impl OpenOptions {
    /// Nothing is allowed yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub fn new() -> OpenOptions {
        OpenOptions(fs::OpenOptions::new())
    }

    options! {
        /// Whether it may be read.
        fn read(&mut self, read: bool);
        /// Whether it may be written.
        fn write(&mut self, write: bool);
        /// Whether writes go to the end.
        fn append(&mut self, append: bool);
        /// Whether it is emptied.
        fn truncate(&mut self, truncate: bool);
        /// Whether it is made if it is missing.
        fn create(&mut self, create: bool);
        /// Whether it is made and must be missing.
        fn create_new(&mut self, create_new: bool);
        /// The permissions of a file that is made, less the process's mask.
        fn mode(&mut self, mode: u32);
        /// Flags of the system for `open`.
        fn custom_flags(&mut self, flags: i32);
    }

    /// Opens a file.
    ///
    /// # Errors
    /// The system's; `InvalidInput` for options that contradict each other.
    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {
        let path = path.as_ref();
        blocking(|| self.0.open(path)).map(File)
    }
}

impl From<fs::OpenOptions> for OpenOptions {
    fn from(options: fs::OpenOptions) -> OpenOptions {
        OpenOptions(options)
    }
}
