//! Between Rust and the Go that `include_go!` puts into a crate: what the functions it writes are made of.
//!
//! Go's values are handles into a heap whose collector looks at stacks and at nothing that malloc gave. Must hold: no handle gets into
//! the hands of code that people write, who would put it into a `Vec`; what crosses is copied into a value of Rust's own, and what
//! cannot be copied does not cross. Channels are shared and not copied, so only those whose elements hold no handle cross.
//!
//! Rejected: handles that Rust code may keep (each would have to be a root, and `Copy` could not be had); a goroutine that passes
//! elements on between a channel of each side (it takes an element before anybody wants it, so neither `select` nor an unbuffered
//! channel would mean what it says).

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use goxide::__private::{ChanCore, core_of, on_goroutine};
use goxide::sync::Once;

use crate::chan::{Chan, RecvChan, SendChan};
use crate::interface::{Error, Interface};
use crate::map::Map;
use crate::program;
use crate::slice::Slice;
use crate::string::Str;
use crate::view::GoType;

pub use crate::builtin::EmptyStruct;

/// A type of Go whose values can be copied into one of Rust and back.
pub trait Cross: GoType {
    /// The type in Rust.
    type Rust;

    /// The value for Go.
    fn from_rust(value: &Self::Rust) -> Self;

    /// The value for Rust.
    ///
    /// # Panics
    /// It has none there: a string that is not UTF-8.
    fn to_rust(self) -> Self::Rust;
}

macro_rules! same {
    ($($ty:ident)*) => {$(
        impl Cross for $ty {
            type Rust = $ty;
            fn from_rust(value: &$ty) -> $ty {
                *value
            }
            fn to_rust(self) -> $ty {
                self
            }
        }
        impl Plain for $ty {}
    )*};
}
same!(bool isize i8 i16 i32 i64 usize u8 u16 u32 u64 f32 f64);

/// A type that is the same in both languages and holds no handle: what channels that cross may have as elements.
#[diagnostic::on_unimplemented(message = "channels of `{Self}` cannot be shared between Rust and Go")]
pub trait Plain: GoType {}
impl Plain for EmptyStruct {}

impl Cross for Str {
    type Rust = String;

    fn from_rust(value: &String) -> Str {
        Str::copy_of(value.as_bytes())
    }

    fn to_rust(self) -> String {
        match std::str::from_utf8(self.as_bytes()) {
            Ok(text) => text.to_owned(),
            Err(_) => panic!("a string of Go is not UTF-8 and has no value in Rust: {:?}", self.to_text()),
        }
    }
}

/// A string for Go.
pub fn text(value: &str) -> Str {
    Str::copy_of(value.as_bytes())
}

/// A slice of strings for Go.
pub fn texts(values: &[impl AsRef<str>]) -> Slice<Str> {
    let slice = Slice::make(values.len() as isize);
    for (i, value) in (0..).zip(values) {
        slice.set(i, text(value.as_ref()));
    }
    slice
}

/// A slice for Go.
pub fn list<T: Cross>(values: &[T::Rust]) -> Slice<T> {
    let slice = Slice::make(values.len() as isize);
    for (i, value) in (0..).zip(values) {
        slice.set(i, T::from_rust(value));
    }
    slice
}

impl<T: Cross> Cross for Slice<T> {
    type Rust = Vec<T::Rust>;

    fn from_rust(value: &Vec<T::Rust>) -> Slice<T> {
        list(value)
    }

    fn to_rust(self) -> Vec<T::Rust> {
        self.iter().map(T::to_rust).collect()
    }
}

impl<T: Cross, const N: usize> Cross for [T; N]
where
    [T; N]: GoType,
{
    type Rust = [T::Rust; N];

    fn from_rust(value: &[T::Rust; N]) -> [T; N] {
        std::array::from_fn(|i| T::from_rust(&value[i]))
    }

    fn to_rust(self) -> [T::Rust; N] {
        self.map(T::to_rust)
    }
}

impl<K: Cross<Rust: Eq + Hash>, V: Cross> Cross for Map<K, V>
where
    Map<K, V>: GoType,
{
    type Rust = HashMap<K::Rust, V::Rust>;

    fn from_rust(value: &HashMap<K::Rust, V::Rust>) -> Map<K, V> {
        let map = Map::make_cap(value.len() as isize);
        for (key, value) in value {
            map.set(K::from_rust(key), V::from_rust(value));
        }
        map
    }

    fn to_rust(self) -> HashMap<K::Rust, V::Rust> {
        self.range().map(|(key, value)| (key.to_rust(), value.to_rust())).collect()
    }
}

/// What a Go function returned as its `error`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoError {
    text: String,
}

impl fmt::Display for GoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for GoError {}

/// What a function returned as its last result.
pub fn failed(error: Error) -> Result<(), GoError> {
    match error.is_nil() {
        true => Ok(()),
        false => Err(GoError { text: error.Error().to_text().into_owned() }),
    }
}

/// Channels of Rust code that Go code knows: it may keep them where nobody counts, so they are kept for good.
static LENT: Mutex<Option<HashMap<usize, Box<dyn Any + Send>>>> = Mutex::new(None);

/// A channel of Rust code, as Go has it: the same channel.
pub fn chan<T: Plain>(chan: &goxide::Chan<T>) -> Chan<T> {
    let Some(core) = core_of(chan) else { return crate::view::nil() };
    let mut lent = LENT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let lent = lent.get_or_insert_default();
    lent.entry(std::ptr::from_ref(core).addr()).or_insert_with(|| Box::new(chan.clone()));
    // SAFETY: the handle that was just put there, or before, keeps the core until the program ends.
    let core: &'static ChanCore<T> = unsafe { &*std::ptr::from_ref(core) };
    Chan::of_core(core)
}

/// As [`chan`], for `<-chan T`.
pub fn recv_chan<T: Plain>(from: &goxide::Chan<T>) -> RecvChan<T> {
    chan(from).recv_only()
}

/// As [`chan`], for `chan<- T`.
pub fn send_chan<T: Plain>(to: &goxide::Chan<T>) -> SendChan<T> {
    chan(to).send_only()
}

/// Whether an included package is initialised.
pub struct Package {
    once: Once,
    done: AtomicBool,
}

impl Package {
    /// It is not.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Package {
        Package { once: Once::new(), done: AtomicBool::new(false) }
    }

    /// Prepares a call of Go code: the first one starts what Go code needs and runs `init`, others wait until it has.
    ///
    /// # Panics
    /// On an OS thread that runs no goroutine; if `init` panicked.
    #[inline]
    pub fn enter(&self, init: fn()) {
        if !self.done.load(Ordering::Acquire) || !on_goroutine() {
            self.enter_slow(init);
        }
    }

    #[cold]
    fn enter_slow(&self, init: fn()) {
        assert!(
            on_goroutine(),
            "Go code was called outside of goroutines: call it in #[goxide::main] or in what go! starts"
        );
        self.once.call_once(|| {
            program::prepare_included();
            init();
            self.done.store(true, Ordering::Release);
        });
        assert!(self.done.load(Ordering::Acquire), "the initialisation of an included Go package panicked");
    }
}
