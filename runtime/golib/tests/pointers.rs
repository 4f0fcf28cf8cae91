//! The pointer layer under two threads: what legal Go does at once must be no data race and no undefined behaviour in Rust.
//!
//! Meant for Miri (`cargo +nightly miri test -p goxide-golib --test pointers`, also with `-Zmiri-tree-borrows`); it runs everywhere.
//! Must hold: threads that touch different fields or elements share no memory location, whatever handles they came by.

#![allow(non_snake_case)]

use goxide_golib::prelude::*;
use std::thread;

const ROUNDS: isize = if cfg!(miri) { 50 } else { 100_000 };

#[derive(Clone, Copy, PartialEq, Debug, GoStruct)]
#[go("main.Inner")]
#[repr(C)]
struct Inner {
    small: u8,
    wide: isize,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Shared")]
#[repr(C)]
struct Shared {
    flag: bool,
    count: isize,
    name: Str,
    inner: Inner,
    cells: [u8; 4],
    next: Ptr<Shared>,
}

/// Runs both at once, each in a loop.
fn both(first: impl Fn(isize) + Send, second: impl Fn(isize) + Send) {
    thread::scope(|scope| {
        scope.spawn(|| (0..ROUNDS).for_each(first));
        scope.spawn(|| (0..ROUNDS).for_each(second));
    });
}

#[test]
fn fields_of_one_struct() {
    let shared = Ptr::new(zero::<Shared>());
    both(
        |i| {
            shared.count.set(*shared.count + 1);
            shared.flag.set(i % 2 == 0);
        },
        |_| {
            shared.inner.wide.set(*shared.inner.wide + 2);
            shared.inner.small.set(shared.inner.small.wrapping_add(1));
        },
    );
    assert_eq!((*shared.count, *shared.inner.wide), (ROUNDS, 2 * ROUNDS));
}

#[test]
fn a_field_by_its_own_address_while_another_is_written_through_the_struct() {
    let shared = Ptr::new(zero::<Shared>());
    let wide = shared.inner.wide.addr();
    both(|i| wide.set(wide.get() + i), |_| shared.name.set(str("a") + shared.name.slice(0, 0)));
    assert_eq!(*shared.inner.wide, ROUNDS * (ROUNDS - 1) / 2);
    assert_eq!(*shared.name, str("a"));
}

#[test]
fn elements_of_one_array_and_of_one_slice() {
    let shared = Ptr::new(zero::<Shared>());
    both(|i| shared.cells[0].set(i as u8), |i| shared.cells[1].set(i as u8));
    assert_eq!(*shared.cells[0], *shared.cells[1]);
    let slice = Slice::<Inner>::make(2);
    let tail = slice.slice_from(1);
    both(|i| slice[0].small.set(i as u8), |i| tail[0].small.set(i as u8));
    assert_eq!(*slice[0], *slice[1]);
}

#[test]
fn whole_values_beside_others() {
    let slice = Slice::<Shared>::make(2);
    let inner = Inner { small: 1, wide: 2 };
    both(
        |_| {
            slice[0].inner.set(inner);
            slice[0].next.set(slice[1].addr());
        },
        |i| slice[0].count.set(i),
    );
    assert_eq!(*slice[0].inner, inner);
    assert_eq!(*slice[0].count, ROUNDS - 1);
}
