//! Go's package `math/bits`.

use crate::runtime_error;

/// The bits of a `uint`.
pub const UintSize: isize = 64;

macro_rules! counting {
    ($($ty:ident $zeros:ident $trailing:ident $ones:ident $len:ident $reverse:ident $rotate:ident;)*) => {$(
        /// Zeros above the highest one.
        pub fn $zeros(x: $ty) -> isize {
            x.leading_zeros() as isize
        }
        /// Zeros below the lowest one.
        pub fn $trailing(x: $ty) -> isize {
            x.trailing_zeros() as isize
        }
        /// How many ones.
        pub fn $ones(x: $ty) -> isize {
            x.count_ones() as isize
        }
        /// How many bits it takes.
        pub fn $len(x: $ty) -> isize {
            ($ty::BITS - x.leading_zeros()) as isize
        }
        /// The bits the other way round.
        pub fn $reverse(x: $ty) -> $ty {
            x.reverse_bits()
        }
        /// Rotated to the left, to the right by a negative count.
        pub fn $rotate(x: $ty, k: isize) -> $ty {
            x.rotate_left(k.rem_euclid($ty::BITS as isize) as u32)
        }
    )*};
}
counting! {
    usize LeadingZeros TrailingZeros OnesCount Len Reverse RotateLeft;
    u8 LeadingZeros8 TrailingZeros8 OnesCount8 Len8 Reverse8 RotateLeft8;
    u16 LeadingZeros16 TrailingZeros16 OnesCount16 Len16 Reverse16 RotateLeft16;
    u32 LeadingZeros32 TrailingZeros32 OnesCount32 Len32 Reverse32 RotateLeft32;
    u64 LeadingZeros64 TrailingZeros64 OnesCount64 Len64 Reverse64 RotateLeft64;
}

macro_rules! swapping {
    ($($ty:ident $swap:ident;)*) => {$(
        /// The bytes the other way round.
        pub fn $swap(x: $ty) -> $ty {
            x.swap_bytes()
        }
    )*};
}
swapping! {
    usize ReverseBytes;
    u16 ReverseBytes16;
    u32 ReverseBytes32;
    u64 ReverseBytes64;
}

macro_rules! arithmetic {
    ($($ty:ident $wide:ident $add:ident $sub:ident $mul:ident $div:ident $rem:ident;)*) => {$(
        /// The sum and the carry.
        pub fn $add(x: $ty, y: $ty, carry: $ty) -> ($ty, $ty) {
            let (sum, over) = x.overflowing_add(y);
            let (sum, again) = sum.overflowing_add(carry);
            (sum, $ty::from(over | again))
        }
        /// The difference and the borrow.
        pub fn $sub(x: $ty, y: $ty, borrow: $ty) -> ($ty, $ty) {
            let (difference, under) = x.overflowing_sub(y);
            let (difference, again) = difference.overflowing_sub(borrow);
            (difference, $ty::from(under | again))
        }
        /// The product, high and low.
        pub fn $mul(x: $ty, y: $ty) -> ($ty, $ty) {
            let product = x as $wide * y as $wide;
            ((product >> $ty::BITS) as $ty, product as $ty)
        }
        /// The quotient, which must fit, and the remainder.
        pub fn $div(hi: $ty, lo: $ty, y: $ty) -> ($ty, $ty) {
            if y == 0 {
                runtime_error::divide();
            }
            if y <= hi {
                runtime_error::throw("integer overflow");
            }
            let value = (hi as $wide) << $ty::BITS | lo as $wide;
            ((value / y as $wide) as $ty, (value % y as $wide) as $ty)
        }
        /// The remainder.
        pub fn $rem(hi: $ty, lo: $ty, y: $ty) -> $ty {
            if y == 0 {
                runtime_error::divide();
            }
            (((hi as $wide) << $ty::BITS | lo as $wide) % y as $wide) as $ty
        }
    )*};
}
arithmetic! {
    usize u128 Add Sub Mul Div Rem;
    u32 u64 Add32 Sub32 Mul32 Div32 Rem32;
    u64 u128 Add64 Sub64 Mul64 Div64 Rem64;
}
