//! [`Map`]: a map that many use at once, with the operations of Go's `sync.Map`.
//!
//! A fixed number of parts, each a `HashMap` behind a lock of this folder: hashing, comparing and cloning are code of
//! the user's and may wait. Must hold: a key lives in the part its hash names; no lock is held while `range` calls back, and
//! what is taken out is dropped after the unlock. Rejected: Go's own (a trie of hashes), which needs a collector.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash, RandomState};

use super::RwMutex;

const PARTS: usize = 32;

type Part<K, V> = RwMutex<HashMap<K, V, RandomState>>;

/// A map for use by many goroutines at once. Values are cloned out: use `Arc` for large ones.
///
/// The functions of keys and values (`Hash`, `Eq`, `Clone`, `PartialEq`) must not use the map they are in.
///
/// ```
/// use goxide::sync::{Map, WaitGroup};
/// use std::sync::Arc;
///
/// # goxide::__private::run_test(|| {
/// let squares = Arc::new(Map::new());
/// let wg = WaitGroup::new();
/// for n in 0..10 {
///     let squares = squares.clone();
///     wg.go(move || squares.store(n, n * n));
/// }
/// wg.wait();
/// assert_eq!(squares.load(&7), Some(49));
/// let mut sum = 0;
/// squares.range(|_, square| {
///     sum += square;
///     true
/// });
/// assert_eq!(sum, 285);
/// # });
/// ```
///
/// ```
/// // One step where several would leave a gap for others:
/// let map = goxide::sync::Map::new();
/// assert_eq!(map.swap("a", 1), None);
/// assert_eq!(map.swap("a", 2), Some(1));
/// assert!(!map.compare_and_delete(&"a", &1));
/// assert_eq!(map.load_and_delete(&"a"), Some(2));
/// map.store("b", 3);
/// map.delete(&"b");
/// map.store("c", 4);
/// map.clear();
/// assert_eq!(map.load(&"c"), None);
/// ```
pub struct Map<K, V> {
    parts: Box<[Part<K, V>]>,
    hasher: RandomState,
}

impl<K, V> Map<K, V> {
    /// An empty map.
    pub fn new() -> Map<K, V> {
        let hasher = RandomState::new();
        let part = || RwMutex::new(HashMap::with_hasher(hasher.clone()));
        Map { parts: (0..PARTS).map(|_| part()).collect(), hasher }
    }
}

impl<K: Hash + Eq, V: Clone> Map<K, V> {
    fn part<Q: Hash + ?Sized>(&self, key: &Q) -> &Part<K, V> {
        // The high bits choose inside of the part.
        &self.parts[(self.hasher.hash_one(key) >> 20) as usize % PARTS]
    }

    /// The value of `key`.
    pub fn load<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.part(key).read().get(key).cloned()
    }

    /// Sets the value of `key`.
    pub fn store(&self, key: K, value: V) {
        drop(self.swap(key, value));
    }

    /// Sets the value of `key` and gives the one before.
    pub fn swap(&self, key: K, value: V) -> Option<V> {
        self.part(&key).write().insert(key, value)
    }

    /// The value of `key`, which becomes `value` if there is none; and whether there was one.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let map = goxide::sync::Map::new();
    /// assert_eq!(map.load_or_store("a", 1), (1, false));
    /// assert_eq!(map.load_or_store("a", 2), (1, true));
    /// # });
    /// ```
    pub fn load_or_store(&self, key: K, value: V) -> (V, bool) {
        let part = self.part(&key);
        if let Some(old) = part.read().get(&key) {
            return (old.clone(), true);
        }
        let mut part = part.write();
        match part.get(&key) {
            Some(old) => (old.clone(), true),
            None => {
                part.insert(key, value.clone());
                (value, false)
            }
        }
    }

    /// Takes the value of `key` out.
    pub fn load_and_delete<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let removed = self.part(key).write().remove_entry(key);
        removed.map(|(_, value)| value)
    }

    /// Removes `key`.
    pub fn delete<Q: Hash + Eq + ?Sized>(&self, key: &Q)
    where
        K: Borrow<Q>,
    {
        drop(self.load_and_delete(key));
    }

    /// Sets the value of `key` if it is `old`; whether it was.
    ///
    /// ```
    /// # goxide::__private::run_test(|| {
    /// let map = goxide::sync::Map::new();
    /// map.store("a", 1);
    /// assert!(map.compare_and_swap("a", &1, 2));
    /// assert!(!map.compare_and_swap("a", &1, 3));
    /// assert!(map.compare_and_delete("a", &2));
    /// # });
    /// ```
    pub fn compare_and_swap<Q: Hash + Eq + ?Sized>(&self, key: &Q, old: &V, new: V) -> bool
    where
        K: Borrow<Q>,
        V: PartialEq,
    {
        let mut part = self.part(key).write();
        let Some(value) = part.get_mut(key).filter(|value| **value == *old) else { return false };
        let before = std::mem::replace(value, new);
        drop(part);
        drop(before);
        true
    }

    /// Removes `key` if its value is `old`; whether it was.
    pub fn compare_and_delete<Q: Hash + Eq + ?Sized>(&self, key: &Q, old: &V) -> bool
    where
        K: Borrow<Q>,
        V: PartialEq,
    {
        let mut part = self.part(key).write();
        if part.get(key).is_none_or(|value| *value != *old) {
            return false;
        }
        let before = part.remove_entry(key);
        drop(part);
        drop(before);
        true
    }

    /// Calls `f` with keys and values until it says false. No key comes twice; what is stored or deleted meanwhile, by
    /// `f` too, may be seen or not. It is not a picture of one moment.
    pub fn range(&self, mut f: impl FnMut(&K, &V) -> bool)
    where
        K: Clone,
    {
        for part in &self.parts {
            let pairs: Vec<(K, V)> = part.read().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            if !pairs.iter().all(|(key, value)| f(key, value)) {
                return;
            }
        }
    }

    /// Removes everything.
    pub fn clear(&self) {
        for part in &self.parts {
            let empty = HashMap::with_hasher(self.hasher.clone());
            let all = std::mem::replace(&mut *part.write(), empty);
            drop(all);
        }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map::new()
    }
}

impl<K, V> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Map").finish_non_exhaustive()
    }
}
