//! Between Rust and the Go that `include_go!` puts into a crate: what the functions it writes are made of.
//!
//! Go's values are handles into a heap whose collector looks at stacks and at nothing that malloc gave. Must hold: no handle gets into
//! the hands of code that people write, who would put it into a `Vec`. What crosses is copied into a value of Rust's own, or Rust code has a
//! [`Root`] of it, inside a type that gives the handle to Go code only. Off goroutines nothing crosses: the collector does not stop other
//! threads, nor look at their stacks.
//!
//! Files: `root` what Rust code keeps, `pointer` Go's variables, `func` functions that are values, `chan` channels.
//!
//! Rejected: a goroutine that passes elements on between a channel of each side (it takes an element before anybody wants it, so neither
//! `select` nor an unbuffered channel would mean what it says); copying what a pointer leads to there and back around a call (Go code that
//! keeps the pointer would have another variable than Rust).

mod chan;
mod func;
mod pointer;
mod root;

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};

use goxide::__private::on_goroutine;
use goxide::sync::Once;

use crate::errors;
use crate::func::Results;
use crate::interface::{Error, Interface};
use crate::map::Map;
use crate::program;
use crate::slice::Slice;
use crate::string::Str;
use crate::view::{GoType, zero};

pub use self::chan::{AsChan, AsRecvChan, AsSendChan, GoChan, GoReceiver, GoSender};
pub use self::func::GoFunc;
pub use self::pointer::Pointee;
pub use self::root::Root;
pub use crate::builtin::EmptyStruct;
pub use crate::ptr::Ptr;

/// Where a handle is known to the collector.
fn assert_goroutine() {
    assert!(
        on_goroutine(),
        "Go code was called outside of goroutines: call it in #[goxide::main] or in what go! starts"
    );
}

/// A type of Go whose values have one in Rust.
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

/// A type of Rust that stands for one of Go: what channels of Go's have as elements in Rust.
pub trait Crosses: Sized {
    /// The type in Go.
    type Go: Cross<Rust = Self>;
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
        impl Crosses for $ty {
            type Go = $ty;
        }
        impl Plain for $ty {}
    )*};
}
same!(EmptyStruct bool isize i8 i16 i32 i64 usize u8 u16 u32 u64 f32 f64);

/// A type that is the same in both languages and holds no handle: what channels that cross may have as elements.
#[diagnostic::on_unimplemented(message = "channels of `{Self}` cannot be shared between Rust and Go")]
pub trait Plain: GoType {}

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

impl Crosses for String {
    type Go = Str;
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

impl<R: Crosses> Crosses for Vec<R> {
    type Go = Slice<R::Go>;
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
        let mut map = HashMap::with_hasher(crate::hash::keys());
        map.extend(self.range().map(|(key, value)| (key.to_rust(), value.to_rust())));
        map
    }
}

/// An `error` of Go's that is not nil.
#[derive(Clone)]
pub struct GoError {
    text: String,
    /// The error itself; none of those that Rust code has made.
    error: Root<Error>,
}

impl GoError {
    /// An error with this text, as Go's `errors.New`.
    ///
    /// ```
    /// use goxide_golib::include::GoError;
    /// assert_eq!(GoError::new("nothing there").to_string(), "nothing there");
    /// ```
    pub fn new(text: impl fmt::Display) -> GoError {
        GoError { text: text.to_string(), error: Root::NIL }
    }

    fn of(error: Error) -> Option<GoError> {
        if error.is_nil() {
            return None;
        }
        Some(GoError { text: error.Error().to_text().into_owned(), error: Root::new(error) })
    }

    fn for_go(&self) -> Error {
        if self.error.is_nil() { errors::New(text(&self.text)) } else { self.error.get() }
    }
}

/// By their texts.
impl PartialEq for GoError {
    fn eq(&self, other: &GoError) -> bool {
        self.text == other.text
    }
}

impl Eq for GoError {}

impl fmt::Debug for GoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoError").field("text", &self.text).finish()
    }
}

impl fmt::Display for GoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for GoError {}

/// A type that parameters of functions may have.
pub trait Pass: GoType {
    /// The type in Rust.
    type Rust;

    /// The value for Go.
    fn take(value: Self::Rust) -> Self;

    /// The value for Rust.
    fn pass(self) -> Self::Rust;
}

impl<T: Cross> Pass for T {
    type Rust = T::Rust;

    fn take(value: T::Rust) -> T {
        T::from_rust(&value)
    }

    fn pass(self) -> T::Rust {
        self.to_rust()
    }
}

impl Pass for Error {
    type Rust = Option<GoError>;

    fn take(value: Option<GoError>) -> Error {
        value.map_or(zero(), |error| error.for_go())
    }

    fn pass(self) -> Option<GoError> {
        GoError::of(self)
    }
}

/// What functions return: nothing, a value, several, and a last `error` as a `Result`.
pub trait Return: Results {
    /// The type in Rust.
    type Rust;

    /// The values for Go.
    fn give(value: Self::Rust) -> Self;

    /// The values for Rust.
    fn returned(self) -> Self::Rust;
}

impl<T: Cross> Return for T {
    type Rust = T::Rust;

    fn give(value: T::Rust) -> T {
        T::from_rust(&value)
    }

    fn returned(self) -> T::Rust {
        self.to_rust()
    }
}

impl Return for Error {
    type Rust = Result<(), GoError>;

    fn give(value: Result<(), GoError>) -> Error {
        Pass::take(value.err())
    }

    fn returned(self) -> Result<(), GoError> {
        GoError::of(self).map_or(Ok(()), Err)
    }
}

impl Return for () {
    type Rust = ();

    fn give(_: ()) {}

    fn returned(self) {}
}

impl<A: Cross> Return for (A, Error) {
    type Rust = Result<A::Rust, GoError>;

    fn give(value: Self::Rust) -> Self {
        match value {
            Ok(value) => (A::from_rust(&value), zero()),
            Err(error) => (zero(), error.for_go()),
        }
    }

    fn returned(self) -> Self::Rust {
        // what comes beside an error may be what has no value in Rust
        self.1.returned().map(|()| self.0.to_rust())
    }
}

macro_rules! returns {
    ($($ty:ident)*) => {
        #[allow(non_snake_case)]
        impl<$($ty: Cross),*> Return for ($($ty),*) {
            type Rust = ($($ty::Rust),*);

            fn give(value: Self::Rust) -> Self {
                let ($($ty),*) = value;
                ($($ty::from_rust(&$ty)),*)
            }

            fn returned(self) -> Self::Rust {
                let ($($ty),*) = self;
                ($($ty.to_rust()),*)
            }
        }

        #[allow(non_snake_case)]
        impl<$($ty: Cross),*> Return for ($($ty),*, Error) {
            type Rust = Result<($($ty::Rust),*), GoError>;

            fn give(value: Self::Rust) -> Self {
                match value {
                    Ok(($($ty),*)) => ($($ty::from_rust(&$ty)),*, zero()),
                    Err(error) => ($(zero::<$ty>()),*, error.for_go()),
                }
            }

            fn returned(self) -> Self::Rust {
                let ($($ty),*, error) = self;
                error.returned()?;
                Ok(($($ty.to_rust()),*))
            }
        }
    };
}
returns!(A B);
returns!(A B C);
returns!(A B C D);
returns!(A B C D E);
returns!(A B C D E F);
returns!(A B C D E F G);
returns!(A B C D E F G H);
returns!(A B C D E F G H I);

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
        assert_goroutine();
        self.once.call_once(|| {
            program::prepare_included();
            init();
            self.done.store(true, Ordering::Release);
        });
        assert!(self.done.load(Ordering::Acquire), "the initialisation of an included Go package panicked");
    }
}
