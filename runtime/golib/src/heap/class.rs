//! Size classes: which sizes small objects are rounded up to.
//!
//! Must hold: the classes ascend in multiples of eight; a block of [`super::space::BLOCK`] bytes wastes at most an eighth of itself
//! on any of them; every power of two is a class, so that any alignment up to a block's can be had by rounding up.

/// Larger objects get blocks of their own.
pub(super) const SMALL: usize = 8192;

/// How many classes there are.
pub(super) const CLASSES: usize = SIZES.len();

/// Kinds of run: a class, and whether its objects hold no handle.
pub(super) const KINDS: usize = CLASSES * 2;

/// Bytes of an object of each class.
pub(super) const SIZES: [u32; 32] = [
    16, 24, 32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024,
    1280, 1536, 1792, 2048, 2720, 3264, 4096, 5456, 6544, 8192,
];

const BY_WORDS: [u8; SMALL / 8 + 1] = {
    let mut table = [0; SMALL / 8 + 1];
    let (mut words, mut class) = (0, 0);
    while words < table.len() {
        while (SIZES[class] as usize) < words * 8 {
            class += 1;
        }
        table[words] = class as u8;
        words += 1;
    }
    table
};
static TABLE: [u8; SMALL / 8 + 1] = BY_WORDS;

/// The class of objects of `size` bytes, at most [`SMALL`].
#[inline(always)]
pub(super) fn class_of(size: usize) -> usize {
    usize::from(TABLE[size.div_ceil(8)])
}

/// Bytes of an object of the class.
#[inline(always)]
pub(super) fn size_of_class(class: usize) -> usize {
    SIZES[class] as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_the_least_that_fit() {
        for size in 1..=SMALL {
            let class = class_of(size);
            assert!(size_of_class(class) >= size);
            assert!(class == 0 || size_of_class(class - 1) < size);
        }
        for shift in 4..=13 {
            assert_eq!(size_of_class(class_of(1 << shift)), 1 << shift);
        }
    }

    #[test]
    fn blocks_waste_little() {
        for size in SIZES {
            assert!(crate::heap::space::BLOCK % size as usize <= crate::heap::space::BLOCK / 8);
        }
    }
}
