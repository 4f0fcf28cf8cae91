//! Locks and friends that let a goroutine wait without blocking its thread.
//!
//! `std`'s locks block the OS thread, and with it every goroutine on it: use these where a goroutine may hold a lock
//! while it waits for something else. They work on plain OS threads as well. A panic while a lock is held just releases
//! it.

mod barrier;
mod lot;
mod map;
mod mutex;
mod once;
mod once_lock;
mod pool;
pub(crate) mod raw;
mod raw_mutex;
mod rwmutex;
mod semaphore;
mod value;
mod wait_group;

pub use self::barrier::{Barrier, BarrierWaitResult};
pub use self::map::Map;
pub use self::mutex::{Cond, Mutex, MutexGuard};
pub use self::once::Once;
pub use self::once_lock::{LazyLock, OnceLock};
pub use self::pool::Pool;
pub use self::rwmutex::{ReadGuard, RwMutex, WriteGuard};
pub use self::semaphore::{OwnedPermit, Permit, Semaphore};
pub use self::value::Value;
pub use self::wait_group::WaitGroup;

/// [`RwMutex`] by the name `std` has for it.
///
/// ```
/// let lock = goxide::sync::RwLock::new(1);
/// *lock.write() += 1;
/// assert_eq!(*lock.read(), 2);
/// ```
pub type RwLock<T> = RwMutex<T>;

/// [`Cond`] by the name `std` has for it.
///
/// ```
/// let (lock, ready) = (goxide::sync::Mutex::new(1), goxide::sync::Condvar::new());
/// let guard = ready.wait_while(lock.lock(), |n| *n == 0);
/// assert_eq!(*guard, 1);
/// ```
pub type Condvar = Cond;
