//! Go's package `math/rand/v2`.
//!
//! What must hold: a generator with a seed gives the numbers that Go's gives; the functions of the package differ from run to
//! run and may be called by all goroutines at once.

mod chacha8;
mod pcg;

pub use self::chacha8::{ChaCha8, ChaCha8Methods, NewChaCha8};
pub use self::pcg::{NewPCG, PCG, PCGMethods};

use goxide_macros::{GoStruct, interface, methods};

use super::{ziggurat, zipf::zipf};
use crate::constraint::{GoInteger, Number};
use crate::func::Func;
use crate::interface::any;
use crate::math::{Exp, Floor, Log};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::str;
use crate::view::{View, nil};

/// Where numbers come from.
#[interface("math/rand/v2.Source")]
pub trait Source {
    fn Uint64(self) -> u64;
}

/// A generator; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("math/rand/v2.Rand")]
#[repr(C)]
pub struct Rand {
    src: Source,
}

/// A generator over a source.
pub fn New(src: Source) -> Ptr<Rand> {
    Ptr::new(Rand { src })
}

zipf!("math/rand/v2.Zipf");

/// Refuses a bound.
#[cold]
fn refuse(text: &'static str) -> ! {
    panic(any(str(text)))
}

/// What numbers are made of.
trait Bits: Copy {
    fn bits(self) -> u64;

    fn high(self) -> u32 {
        (self.bits() >> 32) as u32
    }
    /// Below `n`, all equally likely.
    fn below(self, n: u64) -> u64 {
        if let Ok(small) = u32::try_from(n) {
            return u64::from(self.below32(small));
        }
        if n & (n - 1) == 0 {
            return self.bits() & (n - 1);
        }
        let draw = || u128::from(self.bits()) * u128::from(n);
        let mut product = draw();
        if (product as u64) < n {
            let unfair = n.wrapping_neg() % n;
            while (product as u64) < unfair {
                product = draw();
            }
        }
        (product >> 64) as u64
    }
    fn below32(self, n: u32) -> u32 {
        if n & n.wrapping_sub(1) == 0 {
            return self.bits() as u32 & n.wrapping_sub(1);
        }
        let draw = || u64::from(self.high()) * u64::from(n);
        let mut product = draw();
        if (product as u32) < n {
            let unfair = n.wrapping_neg() % n;
            while (product as u32) < unfair {
                product = draw();
            }
        }
        (product >> 32) as u32
    }
    fn float64(self) -> f64 {
        (self.bits() << 11 >> 11) as f64 / (1u64 << 53) as f64
    }
    fn float32(self) -> f32 {
        (self.high() << 8 >> 8) as f32 / (1u32 << 24) as f32
    }
    fn normal(self) -> f64 {
        let draw = || {
            let u = self.bits();
            (u as i32, (u >> 32 & 127) as usize)
        };
        ziggurat::normal(draw, || self.float64())
    }
    fn exponential(self) -> f64 {
        let draw = || {
            let u = self.bits();
            (u as u32, (u >> 32 & 255) as usize)
        };
        ziggurat::exponential(draw, || self.float64())
    }
    fn permutation(self, n: isize) -> Slice<isize> {
        let all = Slice::<isize>::make(n);
        (0..n).for_each(|i| all[i].set(i));
        self.shuffled(n, |i, j| {
            let kept = *all[i];
            all[i].set(*all[j]);
            all[j].set(kept);
        });
        all
    }
    fn shuffled(self, n: isize, swap: impl Fn(isize, isize)) {
        if n < 0 {
            refuse("invalid argument to Shuffle");
        }
        for i in (1..n).rev() {
            swap(i, self.below(i as u64 + 1) as isize);
        }
    }
}

impl Bits for Ptr<Rand> {
    fn bits(self) -> u64 {
        (*self.src).Uint64()
    }
}

/// The package's own generator.
#[derive(Clone, Copy)]
struct Own;

impl Bits for Own {
    fn bits(self) -> u64 {
        crate::hash::random()
    }
}

macro_rules! draws {
    ($($name:ident($($n:ident: $param:ty),*) -> $ty:ty, |$bits:ident| $draw:expr;)*) => {
        $(
            #[allow(missing_docs)]
            pub fn $name($($n: $param),*) -> $ty {
                let $bits = Own;
                $draw
            }
        )*

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<Rand> {
            $(pub fn $name(self $(, $n: $param)*) -> $ty {
                let $bits = self;
                $draw
            })*
            pub fn Shuffle(self, n: isize, swap: Func<dyn Fn(isize, isize)>) {
                self.shuffled(n, &*swap);
            }
        }
    };
}
draws! {
    ExpFloat64() -> f64, |bits| bits.exponential();
    Float32() -> f32, |bits| bits.float32();
    Float64() -> f64, |bits| bits.float64();
    Int() -> isize, |bits| (bits.bits() << 1 >> 1) as isize;
    Int32() -> i32, |bits| (bits.bits() >> 33) as i32;
    Int32N(n: i32) -> i32, |bits| match n {
        ..=0 => refuse("invalid argument to Int32N"),
        _ => bits.below(n as u64) as i32,
    };
    Int64() -> i64, |bits| (bits.bits() << 1 >> 1) as i64;
    Int64N(n: i64) -> i64, |bits| match n {
        ..=0 => refuse("invalid argument to Int64N"),
        _ => bits.below(n as u64) as i64,
    };
    IntN(n: isize) -> isize, |bits| match n {
        ..=0 => refuse("invalid argument to IntN"),
        _ => bits.below(n as u64) as isize,
    };
    NormFloat64() -> f64, |bits| bits.normal();
    Perm(n: isize) -> Slice<isize>, |bits| bits.permutation(n);
    Uint() -> usize, |bits| bits.bits() as usize;
    Uint32() -> u32, |bits| bits.high();
    Uint32N(n: u32) -> u32, |bits| match n {
        0 => refuse("invalid argument to Uint32N"),
        _ => bits.below(u64::from(n)) as u32,
    };
    Uint64() -> u64, |bits| bits.bits();
    Uint64N(n: u64) -> u64, |bits| match n {
        0 => refuse("invalid argument to Uint64N"),
        _ => bits.below(n),
    };
    UintN(n: usize) -> usize, |bits| match n {
        0 => refuse("invalid argument to UintN"),
        _ => bits.below(n as u64) as usize,
    };
}

/// Below `n`, for every type of integers.
pub fn N<I: GoInteger>(n: I) -> I {
    match n.number() {
        Number::Int(bound @ 1..) => I::of_number(Number::Int(Own.below(bound as u64).into())),
        _ => refuse("invalid argument to N"),
    }
}

/// Puts `n` things into an order of chance.
pub fn Shuffle(n: isize, swap: Func<dyn Fn(isize, isize)>) {
    Own.shuffled(n, &*swap);
}
