//! Go's package `iter`: the types of iterators, and iterators that are pulled.
//!
//! What must hold: of the two goroutines of a pulled iterator one runs at a time, and whichever runs may touch what they share;
//! how the iterator fails (panic, `runtime.Goexit`), `next` and `stop` fail. It is Rust so that golib's other packages can
//! return iterators.

use goxide_macros::{GoNewtype, GoStruct};

use crate::defer::{Recovery, defer_scope};
use crate::func::{Func, func};
use crate::interface::{Any, Interface as _, any};
use crate::internal::coro::{Switch, SwitchMethods as _};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::runtime::Goexit;
use crate::string::{Str, str};
use crate::view::{GoType, View, zero};

/// Takes a value, and says whether it wants another.
pub type Yield<V> = Func<dyn Fn(V) -> bool>;
/// As [`Yield`], for pairs.
pub type Yield2<K, V> = Func<dyn Fn(K, V) -> bool>;

/// A function that calls `yield` with one value after the other until it returns false.
#[derive(Clone, Copy, GoNewtype)]
#[go("iter.Seq")]
pub struct Seq<V: GoType>(pub Func<dyn Fn(Yield<V>)>);

/// A function that calls `yield` with one pair of values after the other until it returns false.
#[derive(Clone, Copy, GoNewtype)]
#[go("iter.Seq2")]
pub struct Seq2<K: GoType, V: GoType>(pub Func<dyn Fn(Yield2<K, V>)>);

/// What the two sides tell each other.
#[derive(Clone, Copy, GoStruct)]
#[go("iter.state")]
#[repr(C)]
pub struct State<V: GoType> {
    switch: Switch,
    value: V,
    ok: bool,
    started: bool,
    /// `next` waits for `yield`.
    asked: bool,
    /// The iterator has ended, or is to end.
    done: bool,
    /// It has returned.
    finished: bool,
    /// It has panicked, with `failure`.
    failed: bool,
    /// It has ended its goroutine.
    exited: bool,
    failure: Any,
}

/// An iterator as what is done with each value until it says false.
type Each<V> = Func<dyn Fn(Yield<V>)>;
/// The next value, and the end of an iterator that is pulled.
type Pulled<T> = (Func<dyn Fn() -> T>, Func<dyn Fn()>);

/// Lets the iterator run until it yields or ends; as it failed, the caller fails.
fn resume<V: GoType>(state: Ptr<State<V>>, name: Str, each: Each<V>) {
    if !*state.started {
        state.started.set(true);
        goxide_macros::go!(iterate(state, name, each));
    }
    state.switch.addr().Resume();
    if *state.failed {
        state.failed.set(false);
        panic(*state.failure);
    }
    if *state.exited {
        state.exited.set(false);
        Goexit();
    }
}

/// The goroutine of an iterator.
fn iterate<V: GoType>(state: Ptr<State<V>>, name: Str, each: Each<V>) {
    state.switch.addr().Begin();
    defer_scope(|defers| {
        defers.push_recover(move || {
            let panicked = Recovery::take().recover();
            if !panicked.is_nil() {
                state.failed.set(true);
                state.failure.set(panicked);
            } else if !*state.finished {
                state.exited.set(true);
            }
            state.done.set(true);
            state.switch.addr().End();
        });
        each(func(move |value: V| {
            if *state.done {
                return false;
            }
            if !*state.asked {
                panic(any(name + str(": yield called again before next")));
            }
            state.asked.set(false);
            state.value.set(value);
            state.ok.set(true);
            state.switch.addr().Yield();
            !*state.done
        }));
        state.finished.set(true);
    });
}

fn pull<V: GoType>(name: Str, each: Each<V>) -> Pulled<(V, bool)> {
    let state = Ptr::<State<V>>::zeroed();
    let next = func(move || {
        if *state.done {
            return (zero(), false);
        }
        if *state.asked {
            panic(any(name + str(": next called again before yield")));
        }
        state.asked.set(true);
        resume(state, name, each);
        let next = (state.value.get(), *state.ok);
        state.value.set(zero());
        state.ok.set(false);
        next
    });
    let stop = func(move || {
        if !*state.done {
            state.done.set(true);
            if *state.started {
                resume(state, name, each);
            }
        }
    });
    (next, stop)
}

/// Has `next` return one value after the other, and false behind the last. The iterator has a goroutine of its own, which runs
/// only while `next` or `stop` waits for it. Who doesn't take all values calls `stop`, so that the iterator can end.
pub fn Pull<V: GoType>(seq: Seq<V>) -> Pulled<(V, bool)> {
    pull(str("iter.Pull"), seq.0)
}

/// A pair of an iterator.
#[derive(Clone, Copy, GoStruct)]
#[go("iter.pair")]
#[repr(C)]
pub struct Pair<K: GoType, V: GoType> {
    key: K,
    value: V,
}

/// As [`Pull`], of pairs.
pub fn Pull2<K: GoType, V: GoType>(seq: Seq2<K, V>) -> Pulled<(K, V, bool)> {
    let pairs = func(move |yield_: Func<dyn Fn(Pair<K, V>) -> bool>| {
        (seq.0)(func(move |key: K, value: V| yield_(Pair { key, value })));
    });
    let (next, stop) = pull(str("iter.Pull2"), pairs);
    let next = func(move || {
        let (pair, ok) = next();
        (pair.key, pair.value, ok)
    });
    (next, stop)
}
