//! `sync.Map`: a map under a lock for readers and writers.
//!
//! Must hold: no function of the program runs while the lock is held (comparisons are the types' own), and a comparison that
//! panics releases it. Go's hash trie, whose readers take no lock, was not worth its size yet.

#![allow(non_camel_case_types)] // for the trait that `#[methods(reflected)]` makes of a name that ends in `_`

use goxide::__private::sema::RawRwMutex;
use goxide_macros::{GoStruct, methods};

use super::RWMutex;
use super::overlay::overlay;
use crate::func::Func;
use crate::interface::{Any, Interface, eq_iface};
use crate::map::Map;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

/// A map that many goroutines may use at once.
#[derive(Clone, Copy, GoStruct)]
#[go("sync.Map")]
#[repr(C)]
pub struct Map_ {
    #[doc(hidden)]
    pub lock: RWMutex,
    #[doc(hidden)]
    pub entries: Map<Any, Any>,
}

/// Holds the lock for reading.
struct Reading(&'static RawRwMutex);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.read_unlock();
    }
}

fn read(map: Ptr<Map_>) -> (Reading, Map<Any, Any>) {
    let lock: &RawRwMutex = overlay(map.lock.addr());
    lock.read_lock();
    (Reading(lock), *map.entries)
}

/// Holds the lock for writing.
struct Writing(&'static RawRwMutex);

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

fn write(map: Ptr<Map_>) -> (Writing, Map<Any, Any>) {
    let lock: &RawRwMutex = overlay(map.lock.addr());
    lock.lock();
    let writing = Writing(lock);
    if (*map.entries).is_nil() {
        map.entries.set(Map::make());
    }
    (writing, *map.entries)
}

fn is_equal(a: Any, b: Any) -> bool {
    eq_iface(a.iface(), b.iface())
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Map_> {
    pub fn Load(self, key: Any) -> (Any, bool) {
        let (_reading, entries) = read(self);
        entries.get_ok(key)
    }
    pub fn Store(self, key: Any, value: Any) {
        self.Swap(key, value);
    }
    pub fn LoadOrStore(self, key: Any, value: Any) -> (Any, bool) {
        let found = self.Load(key);
        if found.1 {
            return found;
        }
        let (_writing, entries) = write(self);
        let found = entries.get_ok(key);
        if found.1 {
            return found;
        }
        entries.set(key, value);
        (value, false)
    }
    pub fn LoadAndDelete(self, key: Any) -> (Any, bool) {
        let (_writing, entries) = write(self);
        let found = entries.get_ok(key);
        entries.delete(key);
        found
    }
    pub fn Delete(self, key: Any) {
        self.LoadAndDelete(key);
    }
    pub fn Swap(self, key: Any, value: Any) -> (Any, bool) {
        let (_writing, entries) = write(self);
        let found = entries.get_ok(key);
        entries.set(key, value);
        found
    }
    pub fn CompareAndSwap(self, key: Any, old: Any, new: Any) -> bool {
        let (_writing, entries) = write(self);
        let (value, found) = entries.get_ok(key);
        let swaps = found && is_equal(value, old);
        if swaps {
            entries.set(key, new);
        }
        swaps
    }
    pub fn CompareAndDelete(self, key: Any, old: Any) -> bool {
        let (_writing, entries) = write(self);
        let (value, found) = entries.get_ok(key);
        let deletes = found && is_equal(value, old);
        if deletes {
            entries.delete(key);
        }
        deletes
    }
    pub fn Range(self, f: Func<dyn Fn(Any, Any) -> bool>) {
        let keys = {
            let (_reading, entries) = read(self);
            entries.range().fold(zero::<Slice<Any>>(), |keys, (key, _)| keys.append(key))
        };
        for (_, key) in keys.range() {
            let (value, found) = self.Load(key);
            if found && !f(key, value) {
                break;
            }
        }
    }
    pub fn Clear(self) {
        let (_writing, entries) = write(self);
        entries.clear();
    }
}
