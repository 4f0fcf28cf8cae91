//! Maps: contents against a model, Go's rules for changes during a range, keys that are floats, strings, structs, interfaces.

#![allow(non_snake_case)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use goxide_golib::hash::random;
use goxide_golib::prelude::*;
use support::runtime_error_of;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Key")]
#[repr(C)]
struct Key {
    small: u8,
    name: Str,
    value: Any,
    blank: Blank<isize>,
}

const MANY: isize = if cfg!(miri) { 60 } else { 20_000 };

#[test]
fn a_map_is_a_map() {
    let map = Map::<isize, isize>::make();
    let mut model = BTreeMap::new();
    for _ in 0..MANY {
        let key = random() as isize % (MANY / 4);
        match random() % 4 {
            0 => {
                map.delete(key);
                model.remove(&key);
            }
            1 => assert_eq!(map.get_ok(key), model.get(&key).map_or((0, false), |&value| (value, true))),
            _ => {
                let value = random() as isize;
                map.set(key, value);
                model.insert(key, value);
            }
        }
        assert_eq!(map.len(), model.len() as isize);
    }
    assert_eq!(map.range().collect::<BTreeMap<_, _>>(), model);
    assert_eq!(map.range().count(), model.len());
    for &key in model.keys() {
        map.delete(key);
    }
    assert!(map.is_empty() && map.range().next().is_none());
}

#[test]
fn literals_and_hints() {
    let map = Map::from([(str("a"), 1isize), (str("b"), 2), (str("a"), 3)]);
    assert_eq!((map.len(), map.get(str("a")), map.get(str("c"))), (2, 3, 0));
    map.update(str("b"), |n| n + 5);
    map.update(str("new"), |n| n + 5);
    assert_eq!((map.get(str("b")), map.get(str("new"))), (7, 5));
    let roomy = Map::<isize, Str>::make_cap(100);
    (0..200).for_each(|i| roomy.set(i, Str::from(i.to_string())));
    assert!((0..200).all(|i| roomy.get(i) == Str::from(i.to_string())));
}

#[test]
fn nil_maps_can_be_read() {
    let none = nil::<Map<Str, isize>>();
    assert!(none.is_nil() && none.is_empty());
    assert_eq!((none.get(str("a")), none.get_ok(str("a")), none.range().count()), (0, (0, false), 0));
    none.delete(str("a"));
    none.clear();
    assert_eq!(runtime_error_of(move || none.set(str("a"), 1)), "assignment to entry in nil map");
}

#[test]
fn deleting_everything_while_iterating() {
    let map = Map::<isize, isize>::make();
    (0..MANY).for_each(|i| map.set(i, i));
    let mut seen = 0;
    for (key, _) in map.range() {
        seen += 1;
        map.delete(key);
    }
    assert_eq!((seen, map.len()), (MANY, 0));
}

#[test]
fn what_is_deleted_before_its_turn_does_not_come() {
    for size in [2, 8, 9, 100] {
        let map = Map::<isize, isize>::make();
        (0..size).for_each(|i| map.set(i, i));
        let mut seen = 0;
        for (key, _) in map.range() {
            seen += 1;
            (0..size).filter(|&other| other != key).for_each(|other| map.delete(other));
        }
        assert_eq!((seen, map.len()), (1, 1));
    }
}

#[test]
fn growing_while_iterating_shows_each_entry_once() {
    for size in [1, 8, 9, 24, 25, MANY / 10] {
        let map = Map::<isize, isize>::make();
        (0..size).for_each(|i| map.set(i, i));
        let mut seen = BTreeSet::new();
        for (key, value) in map.range() {
            assert!(seen.insert(key), "an entry came twice");
            assert_eq!(value, if key < size && map.get(key) == -1 { -1 } else { key });
            (1..4).for_each(|n| map.set(key + n * 1_000_000, key + n * 1_000_000));
        }
        assert!((0..size).all(|key| seen.contains(&key)));
        assert!(map.len() >= size * 4);
    }
}

#[test]
fn an_iteration_sees_new_values_after_growth() {
    let map = Map::<isize, isize>::make();
    (0..5).for_each(|i| map.set(i, 0));
    let mut first = true;
    for (key, value) in map.range() {
        if std::mem::take(&mut first) {
            (0..100).for_each(|i| map.set(i, 7));
            map.delete((key + 1) % 5);
            assert_eq!(value, 0);
        } else {
            assert_eq!(value, 7);
        }
    }
    assert_eq!(map.len(), 99);
}

#[test]
fn clearing_ends_an_iteration() {
    for size in [3, 50] {
        let map = Map::<f64, isize>::make();
        (0..size).for_each(|i| map.set(i as f64, i));
        map.set(f64::NAN, -1);
        let mut seen = 0;
        for _ in map.range() {
            seen += 1;
            map.clear();
        }
        assert_eq!((seen, map.len()), (1, 0));
        map.set(1.0, 1);
        assert_eq!((map.len(), map.range().count()), (1, 1));
    }
}

#[test]
fn iterations_start_anywhere() {
    let map = Map::from([(1isize, ()), (2, ()), (3, ())].map(|(key, ())| (key, true)));
    let firsts: BTreeSet<_> = (0..200).filter_map(|_| map.keys().next()).collect();
    assert_eq!(firsts.len(), 3);
}

#[test]
fn floats_as_keys() {
    let map = Map::<f64, isize>::make();
    map.set(0.0, 1);
    map.set(-0.0, 2);
    assert_eq!((map.len(), map.get(0.0)), (1, 2));
    assert!(map.range().all(|(key, _)| key.is_sign_negative()), "the key is the newest that was assigned");
    for _ in 0..20 {
        map.set(f64::NAN, 3);
    }
    map.delete(f64::NAN);
    assert_eq!((map.len(), map.get_ok(f64::NAN), map.range().count()), (21, (0, false), 21));
    let mut seen = 0;
    for (key, _) in map.range() {
        seen += isize::from(key.is_nan());
        map.set(random() as f64 + 1.0, 0);
    }
    assert!(seen == 20, "growth does not lose what cannot be looked up");
    map.clear();
    assert_eq!(map.range().count(), 0);
}

#[test]
fn structs_and_interfaces_as_keys() {
    let map = Map::<Key, isize>::make();
    let key = |small: u8, value: Any| Key { small, name: str("n"), value, blank: Blank(isize::from(small)) };
    map.set(key(1, any(1isize)), 1);
    map.set(key(1, any(1i32)), 2);
    map.set(Key { blank: Blank(77), ..key(1, any(1isize)) }, 3);
    assert_eq!((map.len(), map.get(key(1, any(1isize))), map.get(key(1, any(1i32)))), (2, 3, 2));
    let anys = Map::<Any, isize>::make();
    anys.set(any(str("a")), 1);
    anys.set(any([1isize, 2]), 2);
    anys.set(nil(), 3);
    let pointer = Ptr::new(5isize);
    anys.set(any(pointer), 4);
    assert_eq!(anys.get(any(Str::from(String::from("a")))), 1);
    assert_eq!((anys.get(any([1isize, 2])), anys.get(nil()), anys.get(any(pointer))), (2, 3, 4));
    assert_eq!(anys.get_ok(any(Ptr::new(5isize))), (0, false));
    let unhashable = "runtime error: hash of unhashable type []int";
    assert_eq!(runtime_error_of(move || anys.get(any(slice([1isize])))), unhashable);
    assert_eq!(runtime_error_of(move || anys.set(any(slice([1isize])), 1)), unhashable);
    assert_eq!(runtime_error_of(move || anys.delete(any(slice([1isize])))), unhashable);
    assert_eq!(
        runtime_error_of(|| nil::<Map<Any, isize>>().get(any(slice([1isize])))),
        "hash of unhashable type: []int"
    );
    assert_eq!(anys.len(), 4, "the map goes on after the panic");
    anys.set(any(1.5), 5);
}

#[test]
fn empty_keys_and_values() {
    let set = Map::<Str, [u8; 0]>::make();
    (0..100isize).for_each(|i| set.set(Str::from((i % 50).to_string()), []));
    assert_eq!((set.len(), set.get_ok(str("49")).1, set.get_ok(str("50")).1), (50, true, false));
    let one = Map::<[u8; 0], isize>::make();
    one.set([], 1);
    one.set([], 2);
    assert_eq!((one.len(), one.get([]), one.range().count()), (1, 2, 1));
}

#[test]
fn slots_are_used_again() {
    let map = Map::<isize, isize>::make();
    for i in 0..MANY {
        map.set(i, i);
        if i >= 30 {
            map.delete(i - 30);
        }
    }
    assert_eq!(map.len(), 30);
    assert_eq!(map.keys().collect::<BTreeSet<_>>(), (MANY - 30..MANY).collect());
}
