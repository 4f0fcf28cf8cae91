//! Command lru shows a cache that forgets what was not used for longest.

#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// entry is a node of a doubly linked list; the newest entry is first.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.entry")]
#[repr(C)]
pub struct entry {
    pub key: isize,
    pub value: isize,
    pub prev: Ptr<entry>,
    pub next: Ptr<entry>,
}

/// Cache holds at most capacity entries.
#[derive(Clone, Copy, GoStruct)]
#[go("main.Cache")]
#[repr(C)]
pub struct Cache {
    pub capacity: isize,
    pub byKey: Map<isize, Ptr<entry>>,
    pub root: entry, // sentinel: root.next is the newest, root.prev the oldest
    pub hits: isize,
    pub misses: isize,
}

#[methods]
impl Ptr<Cache> {
    /// pushFront makes e the newest.
    pub fn pushFront(self, e: Ptr<entry>) {
        e.prev.set(self.root.addr());
        e.next.set(*self.root.next);
        e.prev.next.set(e);
        e.next.prev.set(e);
    }

    /// Get returns the value of key and makes it the newest.
    pub fn Get(self, key: isize) -> (isize, bool) {
        let (e, ok) = self.byKey.get_ok(key);
        if !ok {
            self.misses.set(*self.misses + 1);
            return (0, false);
        }
        self.hits.set(*self.hits + 1);
        unlink(e);
        self.pushFront(e);
        (*e.value, true)
    }

    /// Put stores value under key; the oldest entry makes room if need be.
    pub fn Put(self, key: isize, value: isize) {
        let e = (*self.byKey).get(key);
        if !e.is_nil() {
            e.value.set(value);
            unlink(e);
            self.pushFront(e);
            return;
        }
        if self.byKey.len() == *self.capacity {
            let oldest = *self.root.prev;
            unlink(oldest);
            self.byKey.delete(*oldest.key);
        }
        let e = Ptr::new(entry { key, value, ..zero() });
        (*self.byKey).set(key, e);
        self.pushFront(e);
    }

    /// Keys lists the keys, newest first.
    pub fn Keys(self) -> Slice<isize> {
        let mut keys = Slice::<isize>::make_cap(0, self.byKey.len());
        let mut e = *self.root.next;
        while e != self.root.addr() {
            keys = keys.append(*e.key);
            e = *e.next;
        }
        keys
    }
}

/// New returns an empty cache.
pub fn New(capacity: isize) -> Ptr<Cache> {
    let c = Ptr::new(Cache { capacity, byKey: Map::make(), ..zero() });
    c.root.next.set(c.root.addr());
    c.root.prev.set(c.root.addr());
    c
}

/// unlink takes e out of the list.
pub fn unlink(e: Ptr<entry>) {
    e.prev.next.set(*e.next);
    e.next.prev.set(*e.prev);
}

#[go_main]
fn main() {
    let c = New(3);
    for i in 1..=4isize {
        c.Put(i, i * i);
    }
    fmt::Println(args![c.Keys()]);

    let (v, ok) = c.Get(2);
    if ok {
        fmt::Println(args!["2 ->", v]);
    }
    let (_, ok) = c.Get(1);
    if !ok {
        fmt::Println(args!["1 was forgotten"]);
    }
    c.Put(5, 25);
    fmt::Println(args![c.Keys()]);

    // A simple random walk: near keys are asked for again and again.
    let mut seed = 1u32;
    let mut key = 0isize;
    for n in 0..10000isize {
        seed = seed * 1664525 + 1013904223;
        key += (seed >> 30) as isize - 1;
        let (_, ok) = c.Get(key);
        if !ok {
            c.Put(key, n);
        }
    }
    fmt::Printf(str("%d hits, %d misses\n"), args![*c.hits, *c.misses]);
}
