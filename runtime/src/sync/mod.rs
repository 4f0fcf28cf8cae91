//! Locks and friends that let a goroutine wait without blocking its thread.
//!
//! `std`'s locks block the OS thread, and with it every goroutine on it: use these where a goroutine may hold a lock
//! while it waits for something else. They work on plain OS threads as well. A panic while a lock is held just releases
//! it.

mod lot;
mod mutex;
mod once;
pub(crate) mod raw;
mod rwmutex;
mod wait_group;

pub use self::mutex::{Cond, Mutex, MutexGuard};
pub use self::once::Once;
pub use self::rwmutex::{ReadGuard, RwMutex, WriteGuard};
pub use self::wait_group::WaitGroup;

/// [`RwMutex`] by the name `std` has for it.
pub type RwLock<T> = RwMutex<T>;
