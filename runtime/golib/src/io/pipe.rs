//! Pipes in memory.
//!
//! What must hold: a `Write` returns when reads have taken all of it or an end is closed, and one goes after the other; nothing
//! is buffered. A closed end wins over data that waits.

use goxide_macros::{GoStruct, methods};

use super::{EOF, ErrClosedPipe};
use crate::interface::{Error, Interface as _};
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::sync::{Cond, CondMethods as _, Locker, Mutex, MutexMethods as _, NewCond};
use crate::view::{View, zero};

/// What both ends share.
#[derive(Clone, Copy, GoStruct)]
#[go(struct, path = "io")]
#[repr(C)]
struct Ends {
    writing: Mutex,
    lock: Mutex,
    changed: Ptr<Cond>,
    offered: bool,
    closed: bool,
    data: Slice<u8>,
    reader_left: Error,
    writer_left: Error,
}

/// What holds a mutex.
struct Locked(Ptr<Mutex>);

impl Locked {
    fn new(mutex: Ptr<Mutex>) -> Locked {
        mutex.Lock();
        Locked(mutex)
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        self.0.Unlock();
    }
}

fn or(first: Error, second: Error) -> Error {
    if first.is_nil() { second } else { first }
}

/// What reading from a closed pipe gives: why the writer left, unless the reader did.
fn read_failure(ends: Ptr<Ends>) -> Error {
    if (*ends.reader_left).is_nil() {
        or(*ends.writer_left, ErrClosedPipe.get())
    } else {
        ErrClosedPipe.get()
    }
}

/// What writing to a closed pipe gives.
fn write_failure(ends: Ptr<Ends>) -> Error {
    if (*ends.writer_left).is_nil() {
        or(*ends.reader_left, ErrClosedPipe.get())
    } else {
        ErrClosedPipe.get()
    }
}

fn close(ends: Ptr<Ends>, reason: impl FnOnce()) {
    let _locked = Locked::new(ends.lock.addr());
    reason();
    ends.closed.set(true);
    ends.changed.Broadcast();
}

/// The end for reading; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.PipeReader")]
#[repr(C)]
pub struct PipeReader {
    pipe: Ptr<Ends>,
}

/// The end for writing; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.PipeWriter")]
#[repr(C)]
pub struct PipeWriter {
    pipe: Ptr<Ends>,
}

/// Both ends of a new pipe.
pub fn Pipe() -> (Ptr<PipeReader>, Ptr<PipeWriter>) {
    let pipe = Ptr::<Ends>::zeroed();
    pipe.changed.set(NewCond(Locker::of(pipe.lock.addr())));
    (Ptr::new(PipeReader { pipe }), Ptr::new(PipeWriter { pipe }))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<PipeReader> {
    pub fn Read(self, data: Slice<u8>) -> (isize, Error) {
        let ends = *self.pipe;
        let _locked = Locked::new(ends.lock.addr());
        loop {
            if *ends.closed {
                return (0, read_failure(ends));
            }
            if *ends.offered {
                let n = copy(data, *ends.data);
                ends.data.set(ends.data.slice_from(n));
                ends.offered.set(!ends.data.is_empty());
                ends.changed.Broadcast();
                return (n, zero());
            }
            ends.changed.Wait();
        }
    }
    pub fn Close(self) -> Error {
        self.CloseWithError(zero())
    }
    pub fn CloseWithError(self, err: Error) -> Error {
        let ends = *self.pipe;
        close(ends, || ends.reader_left.set(or(*ends.reader_left, or(err, ErrClosedPipe.get()))));
        zero()
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<PipeWriter> {
    pub fn Write(self, data: Slice<u8>) -> (isize, Error) {
        let ends = *self.pipe;
        if *ends.closed {
            return (0, write_failure(ends));
        }
        let _alone = Locked::new(ends.writing.addr());
        let _locked = Locked::new(ends.lock.addr());
        ends.data.set(data);
        ends.offered.set(true);
        ends.changed.Broadcast();
        loop {
            if !*ends.offered || *ends.closed {
                break;
            }
            ends.changed.Wait();
        }
        let written = data.len() - ends.data.len();
        let failed = *ends.offered;
        ends.offered.set(false);
        ends.data.set(zero());
        (written, if failed { write_failure(ends) } else { zero() })
    }
    pub fn Close(self) -> Error {
        self.CloseWithError(zero())
    }
    pub fn CloseWithError(self, err: Error) -> Error {
        let ends = *self.pipe;
        close(ends, || ends.writer_left.set(or(*ends.writer_left, or(err, EOF.get()))));
        zero()
    }
}
