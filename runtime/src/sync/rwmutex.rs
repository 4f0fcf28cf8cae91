//! [`RwMutex`] and its guards.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use super::raw::RawRwMutex;

/// Many readers or one writer, around a value. A waiting writer keeps new readers out, so a reader must not lock again
/// while it reads.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let lock = goxide::sync::RwMutex::new(vec![1, 2]);
/// lock.write().push(3);
/// let (one, two) = (lock.read(), lock.read());
/// assert_eq!(one.len(), two.len());
/// assert!(lock.try_write().is_none());
/// # });
/// ```
///
/// ```
/// let mut numbers = goxide::sync::RwMutex::new(vec![1]);
/// assert_eq!(numbers.try_read().map(|numbers| numbers.len()), Some(1));
/// numbers.get_mut().push(2); // nobody else can have it
/// assert_eq!(numbers.into_inner(), [1, 2]);
/// ```
#[derive(Default)]
pub struct RwMutex<T: ?Sized> {
    raw: RawRwMutex,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached only through guards: one that writes, or any number that read.
unsafe impl<T: Send + ?Sized> Send for RwMutex<T> {}
// SAFETY: as above; several readers at once share the value.
unsafe impl<T: Send + Sync + ?Sized> Sync for RwMutex<T> {}

impl<T> RwMutex<T> {
    /// An unlocked one around `value`.
    pub const fn new(value: T) -> RwMutex<T> {
        RwMutex { raw: RawRwMutex::new(), value: UnsafeCell::new(value) }
    }

    /// The value, the lock being no longer needed.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> RwMutex<T> {
    /// Locks for reading until the guard goes.
    pub fn read(&self) -> ReadGuard<'_, T> {
        self.raw.read_lock();
        ReadGuard { lock: self, _not_send: PhantomData }
    }

    /// Locks for reading if that is possible at once.
    pub fn try_read(&self) -> Option<ReadGuard<'_, T>> {
        self.raw.try_read_lock().then(|| ReadGuard { lock: self, _not_send: PhantomData })
    }

    /// Locks for writing until the guard goes.
    pub fn write(&self) -> WriteGuard<'_, T> {
        self.raw.lock();
        WriteGuard { lock: self, _not_send: PhantomData }
    }

    /// Locks for writing if that is possible at once.
    pub fn try_write(&self) -> Option<WriteGuard<'_, T>> {
        self.raw.try_lock().then(|| WriteGuard { lock: self, _not_send: PhantomData })
    }

    /// The value: nobody else can have the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwMutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.try_read() {
            Some(guard) => f.debug_struct("RwMutex").field("value", &&*guard).finish(),
            None => f.write_str("RwMutex(locked)"),
        }
    }
}

/// The right to read the value; ends when it goes.
///
/// ```
/// let lock = goxide::sync::RwMutex::new(7);
/// let guard: goxide::sync::ReadGuard<'_, i32> = lock.read();
/// assert!(*guard == 7 && lock.try_write().is_none());
/// ```
#[must_use = "the lock ends as soon as the guard goes"]
pub struct ReadGuard<'a, T: ?Sized> {
    lock: &'a RwMutex<T>,
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value, no more.
unsafe impl<T: Sync + ?Sized> Sync for ReadGuard<'_, T> {}

impl<T: ?Sized> Deref for ReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: while readers hold the lock nobody writes.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> Drop for ReadGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.raw.read_unlock();
    }
}

/// The right to the value; ends when it goes.
///
/// ```
/// let lock = goxide::sync::RwMutex::new(7);
/// let mut guard: goxide::sync::WriteGuard<'_, i32> = lock.write();
/// *guard += 1;
/// assert!(lock.try_read().is_none());
/// drop(guard);
/// assert_eq!(*lock.read(), 8);
/// ```
#[must_use = "the lock ends as soon as the guard goes"]
pub struct WriteGuard<'a, T: ?Sized> {
    lock: &'a RwMutex<T>,
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value, no more.
unsafe impl<T: Sync + ?Sized> Sync for WriteGuard<'_, T> {}

impl<T: ?Sized> Deref for WriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the writer is alone.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> DerefMut for WriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the writer is alone.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized> Drop for WriteGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.raw.unlock();
    }
}
