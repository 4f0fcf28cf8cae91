//! Go's maps.
//!
//! Entries lie side by side in the order of insertion, found through an index of hashes; up to eight need no index.
//! ```text
//! Map -> Header { seed, table, count }      table -> entries [key, value]..  control: index [tag | slot].., tags [u32]..
//! ```
//! Must hold: an entry stays in its slot until the table grows, and a table that was outgrown is left as it was, so an
//! iteration goes over the slots it started with and asks the current table when the two differ; a slot's tag is zero exactly
//! when the slot is free. What differs by type is only hashing, comparing and the layout of an entry; the rest is compiled once
//! (raw.rs). hashbrown was rejected: its iterators cannot outlive a change, and its entries move.

pub(crate) mod described;
mod raw;

use std::ptr;

use self::raw::{Header, Table};
use crate::hash::{GoHasher, eq, hash, random};
use crate::runtime_error::throw_plain;
use crate::ty::{Desc, Kind, composite_id};
use crate::view::{GoType, Var, zero};

/// `map[K]V`
#[repr(transparent)]
pub struct Map<K, V>(*mut Header, std::marker::PhantomData<*mut (K, V)>);

/// One key and its value.
#[repr(C)]
struct Entry<K, V> {
    key: K,
    value: V,
}

impl<K, V> Clone for Map<K, V> {
    #[inline(always)]
    fn clone(&self) -> Map<K, V> {
        *self
    }
}
impl<K, V> Copy for Map<K, V> {}

// SAFETY: keys and values are GoTypes; Go forbids changing a map while others use it, and says when it sees that.
unsafe impl<K, V> Send for Map<K, V> {}
// SAFETY: as above.
unsafe impl<K, V> Sync for Map<K, V> {}

// SAFETY: one pointer, nil when all bits are zero.
unsafe impl<K: GoType, V: GoType> GoType for Map<K, V> {
    type View = Var<Map<K, V>>;
    const ID: u128 = composite_id(Kind::Map, &[K::ID, V::ID]);
    const NOSCAN: bool = false;
    const DESC: &'static Desc = &Desc {
        id: <Map<K, V>>::ID,
        size: size_of::<Map<K, V>>(),
        align: align_of::<Map<K, V>>(),
        name: || format!("map[{}]{}", K::DESC.type_string(), V::DESC.type_string()),
        elem: Some(|| V::DESC),
        key: Some(|| K::DESC),
        ..Desc::of_kind(Kind::Map)
    };
}

impl<K, V> Map<K, V> {
    /// `m == nil`
    #[inline(always)]
    pub const fn is_nil(self) -> bool {
        self.0.is_null()
    }

    /// The address that `%p` and `println` show.
    pub fn as_raw(self) -> *const u8 {
        self.0.cast_const().cast()
    }

    /// `len(m)`
    #[inline]
    pub fn len(self) -> isize {
        // SAFETY: a map that is not nil was made by `make` and lives.
        unsafe { self.0.as_ref() }.map_or(0, |header| header.count.get() as isize)
    }

    /// `len(m) == 0`
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl<K: GoType, V: GoType> Map<K, V> {
    const LAYOUT: raw::EntryLayout = raw::EntryLayout {
        size: size_of::<Entry<K, V>>(),
        align: align_of::<Entry<K, V>>(),
        noscan: K::NOSCAN && V::NOSCAN,
    };
    /// Whether equal keys may look different.
    const KEYS_VARY: bool = !matches!(
        K::DESC.kind,
        Kind::Bool
            | Kind::Int
            | Kind::Int8
            | Kind::Int16
            | Kind::Int32
            | Kind::Int64
            | Kind::Uint
            | Kind::Uint8
            | Kind::Uint16
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Uintptr
            | Kind::Pointer
            | Kind::Chan
            | Kind::UnsafePointer
    );

    /// Whether every key can be hashed.
    const HAS_HASH: bool =
        !Self::KEYS_VARY || matches!(K::DESC.kind, Kind::String | Kind::Float32 | Kind::Float64);

    /// `make(map[K]V)`
    #[inline]
    pub fn make() -> Map<K, V> {
        Map(raw::make(), std::marker::PhantomData)
    }

    /// `make(map[K]V, n)`: room for `n` entries.
    pub fn make_cap(n: isize) -> Map<K, V> {
        let map = Map::make();
        if n > 0 {
            raw::reserve(map.header(), n as usize, &Self::LAYOUT);
        }
        map
    }

    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: the callers have a map that is not nil, so `make` made it and it lives.
        unsafe { &*self.0 }
    }

    #[inline(always)]
    fn hash_of(seed: u64, key: &K) -> u64 {
        let mut hasher = GoHasher::new(seed);
        hash(key, &mut hasher);
        hasher.finish()
    }

    /// What cannot be hashed is refused, also where there is nothing to be found.
    #[inline(always)]
    fn refuse(key: &K) {
        if !Self::HAS_HASH {
            hash(key, &mut GoHasher::for_nothing());
        }
    }

    /// The entry in a slot below the table's capacity.
    #[inline(always)]
    fn entry(table: &Table, slot: usize) -> *mut Entry<K, V> {
        table.entries.cast::<Entry<K, V>>().wrapping_add(slot)
    }

    /// The slot of a key.
    #[inline]
    fn find(table: &Table, hash: u64, key: &K) -> Option<usize> {
        // SAFETY: `find` passes slots in use, whose entries are initialised.
        table.find(hash, |slot| unsafe { eq(&(*Self::entry(table, slot)).key, key) })
    }

    /// The entry of a key, or null.
    #[inline]
    fn look_up(self, key: &K) -> *const Entry<K, V> {
        if self.is_nil() {
            Self::refuse(key);
            return ptr::null();
        }
        let header = self.header();
        header.check_read();
        if !Self::HAS_HASH && header.count.get() == 0 {
            Self::refuse(key);
            return ptr::null();
        }
        let hash = Self::hash_of(header.seed, key);
        let table = header.table.get();
        match Self::find(&table, hash, key) {
            Some(slot) => Self::entry(&table, slot),
            None => ptr::null(),
        }
    }

    /// `m[k]`
    #[inline]
    pub fn get(self, key: K) -> V {
        self.get_ok(key).0
    }

    /// `v, ok := m[k]`
    #[inline]
    pub fn get_ok(self, key: K) -> (V, bool) {
        // SAFETY: null, or an entry in use; it is read before anything else runs.
        match unsafe { self.look_up(&key).as_ref() } {
            Some(entry) => (entry.value, true),
            None => (zero(), false),
        }
    }

    /// `m[k] = v`
    #[inline]
    pub fn set(self, key: K, value: V) {
        if self.is_nil() {
            nil_map();
        }
        let header = self.header();
        let hash = Self::hash_of(header.seed, &key);
        header.begin_write();
        let table = header.table.get();
        match Self::find(&table, hash, &key) {
            Some(slot) => Self::store(&table, slot, key, value),
            None => Self::insert(header, hash, key, value),
        }
        header.end_write();
    }

    /// `m[k] op= ..`: stores what `change` makes of the value there, or of the zero value. `change` may panic but must not use
    /// the map.
    #[inline]
    pub fn update(self, key: K, change: impl FnOnce(V) -> V) {
        if self.is_nil() {
            change(zero());
            nil_map();
        }
        let header = self.header();
        let hash = Self::hash_of(header.seed, &key);
        header.check_read();
        let table = header.table.get();
        match Self::find(&table, hash, &key) {
            Some(slot) => {
                // SAFETY: an entry in use.
                let value = change(unsafe { (*Self::entry(&table, slot)).value });
                header.begin_write();
                Self::store(&table, slot, key, value);
            }
            None => {
                let value = change(zero());
                header.begin_write();
                Self::insert(header, hash, key, value);
            }
        }
        header.end_write();
    }

    /// Replaces the entry in a slot in use.
    #[inline(always)]
    fn store(table: &Table, slot: usize, key: K, value: V) {
        // SAFETY: the slot is below the capacity, and nobody else touches the map between begin and end of a write.
        unsafe {
            let entry = Self::entry(table, slot);
            if Self::KEYS_VARY {
                (&raw mut (*entry).key).write(key);
            }
            (&raw mut (*entry).value).write(value);
        }
    }

    /// Adds an entry whose key is not there.
    #[inline]
    fn insert(header: &Header, hash: u64, key: K, value: V) {
        let slot = raw::insert(header, hash, &Self::LAYOUT);
        // SAFETY: a slot of the table, which `raw::insert` has just set aside for this key.
        unsafe { Self::entry(&header.table.get(), slot).write(Entry { key, value }) };
    }

    /// `delete(m, k)`
    pub fn delete(self, key: K) {
        if self.is_empty() {
            return Self::refuse(&key);
        }
        let header = self.header();
        let hash = Self::hash_of(header.seed, &key);
        header.begin_write();
        let table = header.table.get();
        if let Some(slot) = Self::find(&table, hash, &key) {
            raw::remove(header, hash, slot);
            // SAFETY: a slot of the table that is free now. Zeroed, so that nothing is kept alive.
            unsafe { ptr::write_bytes(Self::entry(&table, slot), 0, 1) };
        }
        header.end_write();
    }

    /// `clear(m)`
    pub fn clear(self) {
        if !self.is_nil() {
            raw::clear(self.header(), &Self::LAYOUT);
        }
    }

    /// Keys and values. The map may change meanwhile: what is deleted before the iteration comes to it is left out, what
    /// is added may come or not.
    pub fn range(self) -> MapRange<K, V> {
        if self.is_nil() || self.is_empty() {
            return MapRange { map: self, table: Table::EMPTY, next: 0, left: 0, clears: 0 };
        }
        let header = self.header();
        header.check_iteration();
        let table = header.table.get();
        let start = random() as usize % table.used;
        MapRange { map: self, table, next: start, left: table.used, clears: header.clears.get() }
    }

    /// The keys.
    pub fn keys(self) -> impl Iterator<Item = K> {
        self.range().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(self) -> impl Iterator<Item = V> {
        self.range().map(|(_, value)| value)
    }
}

/// Iteration over a map.
pub struct MapRange<K, V> {
    map: Map<K, V>,
    /// As it was at the start.
    table: Table,
    next: usize,
    left: usize,
    clears: usize,
}

// SAFETY: it holds addresses of the heap, like the map.
unsafe impl<K, V> Send for MapRange<K, V> {}

impl<K: GoType, V: GoType> Iterator for MapRange<K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        while self.left > 0 {
            let slot = self.next;
            self.left -= 1;
            self.next = if slot + 1 == self.table.used { 0 } else { slot + 1 };
            if !self.table.is_used(slot) {
                continue;
            }
            let header = self.map.header();
            header.check_iteration();
            // SAFETY: a slot in use of a table that lives.
            let Entry { key, value } = unsafe { Map::<K, V>::entry(&self.table, slot).read() };
            let now = header.table.get();
            if now.is_same(&self.table) {
                return Some((key, value));
            }
            // What cannot be looked up can be neither changed nor deleted, but cleared.
            if !eq(&key, &key) {
                if header.clears.get() == self.clears {
                    return Some((key, value));
                }
                continue;
            }
            // SAFETY: null, or an entry in use.
            if let Some(entry) = unsafe { self.map.look_up(&key).as_ref() } {
                return Some((entry.key, entry.value));
            }
        }
        None
    }
}

impl<K: GoType, V: GoType, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Map<K, V> {
        let map = Map::make_cap(N as isize);
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }
}

/// `map[K]V{..}` with many constants.
pub fn map_table<K: GoType, V: GoType>(table: &'static [(K, V)]) -> Map<K, V> {
    let map = Map::make_cap(table.len() as isize);
    for &(key, value) in table {
        map.set(key, value);
    }
    map
}

#[cold]
#[inline(never)]
fn nil_map() -> ! {
    throw_plain("assignment to entry in nil map")
}

const _: () = assert!(size_of::<Map<isize, isize>>() == size_of::<usize>());
