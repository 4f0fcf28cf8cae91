//! Go's package `math/rand`.
//!
//! What must hold: a generator with a seed gives the numbers that Go's gives, because programs print them; the functions of
//! the package differ from run to run and may be called by all goroutines at once.

mod source;
mod table;
pub mod v2;
mod ziggurat;
mod zipf;

pub use source::{NewSource, RngSource, RngSourceMethods, Source, Source64};

use goxide_macros::{GoStruct, methods};

use crate::func::Func;
use crate::interface::{Error, Interface, any};
use crate::math::{Exp, Floor, Log};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::str;
use crate::view::{View, nil, zero};

/// A generator; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("math/rand.Rand")]
#[repr(C)]
pub struct Rand {
    src: Source,
    s64: Source64,
    /// What `Read` has left of a number, and how many bytes of it.
    readVal: i64,
    readPos: i8,
}

/// A generator over a source.
pub fn New(src: Source) -> Ptr<Rand> {
    Ptr::new(Rand { src, s64: src.try_assert::<Source64>().0, readVal: 0, readPos: 0 })
}

zipf::zipf!("math/rand.Zipf");

/// What numbers are made of.
pub(super) trait Bits: Copy {
    fn bits63(self) -> i64;
    fn bits64(self) -> u64;

    fn bits32(self) -> u32 {
        (self.bits63() >> 31) as u32
    }
    fn bits31(self) -> i32 {
        (self.bits63() >> 32) as i32
    }
    fn below63(self, n: i64) -> i64 {
        if n <= 0 {
            panic(any(str("invalid argument to Int63n")));
        }
        if n & (n - 1) == 0 {
            return self.bits63() & (n - 1);
        }
        let most = i64::MAX - ((1 << 63) % n as u64) as i64;
        loop {
            let v = self.bits63();
            if v <= most {
                return v % n;
            }
        }
    }
    fn below31(self, n: i32) -> i32 {
        if n <= 0 {
            panic(any(str("invalid argument to Int31n")));
        }
        if n & (n - 1) == 0 {
            return self.bits31() & (n - 1);
        }
        let most = i32::MAX - ((1 << 31) % n as u32) as i32;
        loop {
            let v = self.bits31();
            if v <= most {
                return v % n;
            }
        }
    }
    /// By multiplication, as `Shuffle` does it.
    fn below_fast(self, n: i32) -> i32 {
        let n = n as u32;
        let mut product = u64::from(self.bits32()) * u64::from(n);
        if (product as u32) < n {
            let least = n.wrapping_neg() % n;
            while (product as u32) < least {
                product = u64::from(self.bits32()) * u64::from(n);
            }
        }
        (product >> 32) as i32
    }
    fn below(self, n: isize) -> isize {
        if n <= 0 {
            panic(any(str("invalid argument to Intn")));
        }
        match i32::try_from(n) {
            Ok(n) => self.below31(n) as isize,
            Err(_) => self.below63(n as i64) as isize,
        }
    }
    fn float64(self) -> f64 {
        loop {
            let f = self.bits63() as f64 / (1u64 << 63) as f64;
            if f != 1.0 {
                return f;
            }
        }
    }
    fn float32(self) -> f32 {
        loop {
            let f = self.float64() as f32;
            if f != 1.0 {
                return f;
            }
        }
    }
    fn normal(self) -> f64 {
        let draw = || {
            let j = self.bits32() as i32;
            (j, (j & 127) as usize)
        };
        ziggurat::normal(draw, || self.float64())
    }
    fn exponential(self) -> f64 {
        let draw = || {
            let j = self.bits32();
            (j, (j & 255) as usize)
        };
        ziggurat::exponential(draw, || self.float64())
    }
    fn permutation(self, n: isize) -> Slice<isize> {
        let all = Slice::<isize>::make(n);
        for i in 0..n {
            let j = self.below(i + 1);
            all[i].set(*all[j]);
            all[j].set(i);
        }
        all
    }
    fn shuffle(self, n: isize, swap: Func<dyn Fn(isize, isize)>) {
        if n < 0 {
            panic(any(str("invalid argument to Shuffle")));
        }
        for i in (1..n).rev() {
            let j = match i32::try_from(i + 1) {
                Ok(n) => self.below_fast(n) as isize,
                Err(_) => self.below63(i as i64 + 1) as isize,
            };
            swap(i, j);
        }
    }
}

impl Bits for Ptr<Rand> {
    fn bits63(self) -> i64 {
        self.src.Int63()
    }
    fn bits64(self) -> u64 {
        if !self.s64.is_nil() {
            return self.s64.Uint64();
        }
        (self.bits63() as u64) >> 31 | (self.bits63() as u64) << 32
    }
}

/// The package's own generator.
#[derive(Clone, Copy)]
struct Own;

impl Bits for Own {
    fn bits63(self) -> i64 {
        (self.bits64() << 1 >> 1) as i64
    }
    fn bits64(self) -> u64 {
        crate::hash::random()
    }
}

/// Fills bytes from the low end of numbers of 63 bits; what is left of the last one stays in `left`.
fn fill(p: Slice<u8>, mut left: (i64, i8), mut next: impl FnMut() -> i64) -> (i64, i8) {
    for i in 0..p.len() {
        if left.1 == 0 {
            left = (next(), 7);
        }
        p[i].set(left.0 as u8);
        left = (left.0 >> 8, left.1 - 1);
    }
    left
}

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident($($param:ident: $ty:ty),*) -> $result:tt = $method:ident $(as $cast:ident)?;)*) => {
        $(
            $(#[$doc])*
            pub fn $name($($param: $ty),*) -> $result {
                Own.$method($($param),*) $(as $cast)?
            }
        )*

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<Rand> {
            $(pub fn $name(self $(, $param: $ty)*) -> $result {
                Bits::$method(self $(, $param)*) $(as $cast)?
            })*
            pub fn Perm(self, n: isize) -> Slice<isize> {
                self.permutation(n)
            }
            pub fn Shuffle(self, n: isize, swap: Func<dyn Fn(isize, isize)>) {
                self.shuffle(n, swap);
            }
            pub fn Seed(self, seed: i64) {
                self.src.Seed(seed);
                self.readPos.set(0);
            }
            pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
                let (value, count) = fill(p, (*self.readVal, *self.readPos), || self.src.Int63());
                self.readVal.set(value);
                self.readPos.set(count);
                (p.len(), zero())
            }
        }
    };
}
functions! {
    /// 63 bits.
    Int63() -> i64 = bits63;
    /// 32 bits.
    Uint32() -> u32 = bits32;
    /// 64 bits.
    Uint64() -> u64 = bits64;
    /// 31 bits.
    Int31() -> i32 = bits31;
    /// 63 bits.
    Int() -> isize = bits63 as isize;
    /// From 0 to `n`, exclusive.
    Int63n(n: i64) -> i64 = below63;
    /// From 0 to `n`, exclusive.
    Int31n(n: i32) -> i32 = below31;
    /// From 0 to `n`, exclusive.
    Intn(n: isize) -> isize = below;
    /// From 0 to 1, exclusive.
    Float64() -> f64 = float64;
    /// From 0 to 1, exclusive.
    Float32() -> f32 = float32;
    /// Normally distributed, with mean 0 and deviation 1.
    NormFloat64() -> f64 = normal;
    /// Exponentially distributed, with rate 1.
    ExpFloat64() -> f64 = exponential;
}

/// The numbers below `n` in any order.
pub fn Perm(n: isize) -> Slice<isize> {
    Own.permutation(n)
}
/// Any order, by exchanging.
pub fn Shuffle(n: isize, swap: Func<dyn Fn(isize, isize)>) {
    Own.shuffle(n, swap);
}
/// Does nothing, as in Go since 1.24: the package's functions are seeded at random.
pub fn Seed(_seed: i64) {}
/// Any bytes.
pub fn Read(p: Slice<u8>) -> (isize, Error) {
    fill(p, (0, 0), || Own.bits63());
    (p.len(), zero())
}
