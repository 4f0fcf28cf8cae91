//! How capacities grow: as gc's do, since programs print them.
//!
//! Must hold: the same thresholds, the same sizes of objects and the same words in front of objects with handles as gc 1.27 has, so
//! that `cap` after `append` is the same number. (Where gc's escape analysis keeps a slice's first elements on the stack, its
//! capacity starts at 32 bytes instead; that is not imitated.)

use super::MAX_BYTES;
use crate::heap;
use crate::runtime_error;

/// Sizes of objects that gc's allocator has; programs see them in `cap`.
const SIZE_CLASSES: [u16; 67] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416,
    448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,
    3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568,
    14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672,
];
const LARGEST_CLASS: usize = 32768;
const PAGE: usize = 8192;
/// Objects with handles that are larger than this have one word in front of them.
const MIN_WITH_HEADER: usize = 512;

/// How many bytes gc gives out when asked for `bytes`.
pub(crate) fn round_up(bytes: usize, noscan: bool) -> usize {
    if bytes > LARGEST_CLASS - 8 {
        return bytes.next_multiple_of(PAGE);
    }
    let header = if !noscan && bytes > MIN_WITH_HEADER { 8 } else { 0 };
    let wanted = bytes + header;
    let class = SIZE_CLASSES.iter().map(|&class| usize::from(class)).find(|&class| class >= wanted);
    class.unwrap_or(LARGEST_CLASS) - header
}

/// What growing knows of an element.
pub(crate) struct Element {
    pub(crate) size: usize,
    pub(crate) align: usize,
    pub(crate) noscan: bool,
}

/// Fresh memory with the old elements and room for `more`, and its capacity. Two words come back in registers; a slice
/// would keep every appending loop's slice in memory.
#[cold]
#[inline(never)]
pub(crate) fn grown(
    old: *const u8,
    len: usize,
    cap: usize,
    more: usize,
    element: &Element,
) -> (*mut u8, usize) {
    let cap = match len.checked_add(more) {
        Some(needed) => grown_cap(cap, needed, element.size, element.noscan),
        None => usize::MAX,
    };
    if cap.checked_mul(element.size).is_none_or(|bytes| bytes > MAX_BYTES) {
        runtime_error::make_slice("growslice: len out of range");
    }
    let ptr = heap::alloc(cap * element.size, element.align, element.noscan);
    if len > 0 {
        // SAFETY: fresh memory for `cap` elements, which are more than `len`; the old ones live.
        unsafe { std::ptr::copy_nonoverlapping(old, ptr, len * element.size) };
    }
    (ptr, cap)
}

/// The capacity after growing from `old` to at least `needed` elements of `size` bytes.
fn grown_cap(old: usize, needed: usize, size: usize, noscan: bool) -> usize {
    const THRESHOLD: usize = 256;
    if size == 0 {
        return needed;
    }
    let mut cap = old;
    if needed > old * 2 {
        cap = needed;
    } else if old < THRESHOLD {
        cap = old * 2;
    } else {
        while cap < needed {
            cap += (cap + 3 * THRESHOLD) / 4;
        }
    }
    match cap.checked_mul(size) {
        Some(bytes) if bytes <= MAX_BYTES => round_up(bytes, noscan) / size,
        _ => usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::grown_cap;

    fn caps(size: usize, noscan: bool, upto: usize) -> Vec<usize> {
        let mut caps = vec![0];
        while caps[caps.len() - 1] < upto {
            let old = caps[caps.len() - 1];
            caps.push(grown_cap(old, old + 1, size, noscan));
        }
        caps[1..].to_vec()
    }

    #[test]
    fn capacities_grow_as_gcs_do() {
        assert_eq!(
            caps(8, true, 5000),
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120]
        );
        assert_eq!(caps(8, false, 5000)[6..], [64, 143, 287, 607, 1023, 1535, 2303, 3071, 4095, 6144]);
        assert_eq!(caps(16, false, 5000)[5..], [32, 71, 143, 303, 591, 1023, 1535, 2560, 3584, 5120]);
        assert_eq!(
            caps(40, false, 5000),
            [1, 2, 4, 8, 17, 35, 76, 153, 307, 614, 1024, 1638, 2252, 3072, 4096, 5324]
        );
        assert_eq!(
            caps(1, true, 70000)[5..],
            [
                256, 512, 896, 1408, 2048, 3072, 4096, 5376, 6912, 9472, 12288, 16384, 21760, 28672, 40960,
                57344, 73728
            ]
        );
        assert_eq!(grown_cap(1, 41, 1, true), 48);
        assert_eq!(grown_cap(3, 8, 8, true), 8);
        assert_eq!(grown_cap(0, 5, 0, true), 5);
    }
}
