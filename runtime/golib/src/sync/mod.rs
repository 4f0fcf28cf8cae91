//! Go's package `sync`: locks and what is built of them.
//!
//! The types are structs of integers that the runtime's locks lie over; a goroutine that waits does so at the address. Must
//! hold: what Go makes fatal is fatal here (unlocking what is not locked), and what Go answers with a panic is a panic; none
//! of our own locks stays locked when one passes through.

pub mod atomic;
mod map;
mod once;
pub(crate) mod overlay;
mod pool;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use goxide::__private::sema::{RawCond, RawMutex, RawRwMutex, RawWaitGroup};
use goxide_macros::{GoStruct, interface, methods};

use crate::func::Func;
use crate::interface::{Interface, any};
use crate::panic::{is_goexit, panic};
use crate::ptr::Ptr;
use crate::string::str;
use crate::view::{View, zero};
use overlay::overlay;

pub use map::{Map_, Map_Methods};
pub use once::{Once, OnceFunc, OnceMethods, OnceValue, OnceValues};
pub use pool::{Pool, PoolMethods};

/// What can be locked.
#[interface("sync.Locker")]
pub trait Locker {
    fn Lock(self);
    fn Unlock(self);
}

/// Mutual exclusion.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.Mutex")]
#[repr(C)]
pub struct Mutex {
    #[doc(hidden)]
    pub word: u32,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Mutex> {
    #[inline]
    pub fn Lock(self) {
        overlay::<_, RawMutex>(self).lock();
    }
    pub fn TryLock(self) -> bool {
        overlay::<_, RawMutex>(self).try_lock()
    }
    #[inline]
    pub fn Unlock(self) {
        overlay::<_, RawMutex>(self).unlock();
    }
}

/// Many readers or one writer.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.RWMutex")]
#[repr(C)]
pub struct RWMutex {
    #[doc(hidden)]
    pub words: [u32; 3],
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<RWMutex> {
    pub fn Lock(self) {
        overlay::<_, RawRwMutex>(self).lock();
    }
    pub fn TryLock(self) -> bool {
        overlay::<_, RawRwMutex>(self).try_lock()
    }
    pub fn Unlock(self) {
        overlay::<_, RawRwMutex>(self).unlock();
    }
    pub fn RLock(self) {
        overlay::<_, RawRwMutex>(self).read_lock();
    }
    pub fn TryRLock(self) -> bool {
        overlay::<_, RawRwMutex>(self).try_read_lock()
    }
    pub fn RUnlock(self) {
        overlay::<_, RawRwMutex>(self).read_unlock();
    }
    pub fn RLocker(self) -> Locker {
        Locker::of(self.to_unsafe().to_ptr::<ReadLocker>())
    }
}

/// The read side of a lock as a `Locker`; values are pointers to the lock itself.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.rlocker")]
#[repr(C)]
pub struct ReadLocker {
    #[doc(hidden)]
    pub lock: RWMutex,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ReadLocker> {
    pub fn Lock(self) {
        self.lock.addr().RLock();
    }
    pub fn Unlock(self) {
        self.lock.addr().RUnlock();
    }
}

/// Counts what is under way.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.WaitGroup")]
#[repr(C)]
pub struct WaitGroup {
    #[doc(hidden)]
    pub count: u32,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<WaitGroup> {
    pub fn Add(self, delta: isize) {
        // Go's counter has 32 bits, too.
        if overlay::<_, RawWaitGroup>(self).add(delta as i32).is_err() {
            panic(any(str("sync: negative WaitGroup counter")));
        }
    }
    pub fn Done(self) {
        self.Add(-1);
    }
    pub fn Wait(self) {
        overlay::<_, RawWaitGroup>(self).wait();
    }
    pub fn Go(self, f: Func<dyn Fn()>) {
        self.Add(1);
        goxide::go!(move || {
            let result = catch_unwind(AssertUnwindSafe(&*f));
            // A panic ends the program: those who wait must not go on before it is reported.
            if result.is_ok() || is_goexit() {
                self.Done();
            }
            if let Err(payload) = result {
                resume_unwind(payload);
            }
        });
    }
}

/// A place to wait until something may have changed.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.Cond")]
#[repr(C)]
pub struct Cond {
    /// Held while what is waited for is looked at or changed.
    pub L: Locker,
    #[doc(hidden)]
    pub words: [u32; 2],
}

/// A condition variable with this lock.
pub fn NewCond(l: Locker) -> Ptr<Cond> {
    Ptr::new(Cond { L: l, words: zero() })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Cond> {
    pub fn Wait(self) {
        overlay::<_, RawCond>(self.words.addr()).wait(|| self.L.Unlock());
        self.L.Lock();
    }
    pub fn Signal(self) {
        overlay::<_, RawCond>(self.words.addr()).signal();
    }
    pub fn Broadcast(self) {
        overlay::<_, RawCond>(self.words.addr()).broadcast();
    }
}
