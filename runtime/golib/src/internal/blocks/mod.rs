//! The inner loops of the crypto hashes, which Go has in assembler: those of the RustCrypto crates, MD5 is our own.

use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::View;

/// MD5 over whole blocks of 64 bytes.
pub fn MD5(state: Ptr<[u32; 4]>, p: Slice<u8>) {
    let mut words = state.get();
    p.pieces(|piece| piece.as_chunks().0.iter().for_each(|block| md5(&mut words, block)));
    state.set(words);
}

/// SHA-1 over whole blocks of 64 bytes.
pub fn SHA1(state: Ptr<[u32; 5]>, p: Slice<u8>) {
    let mut words = state.get();
    p.pieces(|piece| sha1::block_api::compress(&mut words, piece.as_chunks().0));
    state.set(words);
}

/// SHA-256 and SHA-224 over whole blocks of 64 bytes.
pub fn SHA256(state: Ptr<[u32; 8]>, p: Slice<u8>) {
    let mut words = state.get();
    p.pieces(|piece| sha2::block_api::compress256(&mut words, piece.as_chunks().0));
    state.set(words);
}

/// SHA-512 and its shorter ones over whole blocks of 128 bytes.
pub fn SHA512(state: Ptr<[u64; 8]>, p: Slice<u8>) {
    let mut words = state.get();
    p.pieces(|piece| sha2::block_api::compress512(&mut words, piece.as_chunks().0));
    state.set(words);
}

/// `floor(2^32 * abs(sin(i + 1)))` (RFC 1321).
const SINES: [u32; 64] = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
];

fn md5(state: &mut [u32; 4], block: &[u8; 64]) {
    let mut words = [0; 16];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    let [mut a, mut b, mut c, mut d] = *state;
    let mut step = |mix: fn(u32, u32, u32) -> u32, i: usize, word: usize, turns: [u32; 4]| {
        let sum = a.wrapping_add(mix(b, c, d)).wrapping_add(SINES[i]).wrapping_add(words[word]);
        (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(turns[i % 4])));
    };
    for i in 0..16 {
        step(|b, c, d| d ^ b & (c ^ d), i, i, [7, 12, 17, 22]);
    }
    for i in 0..16 {
        step(|b, c, d| c ^ d & (b ^ c), 16 + i, (5 * i + 1) % 16, [5, 9, 14, 20]);
    }
    for i in 0..16 {
        step(|b, c, d| b ^ c ^ d, 32 + i, (3 * i + 5) % 16, [4, 11, 16, 23]);
    }
    for i in 0..16 {
        step(|b, c, d| c ^ (b | !d), 48 + i, 7 * i % 16, [6, 10, 15, 21]);
    }
    for (word, more) in state.iter_mut().zip([a, b, c, d]) {
        *word = word.wrapping_add(more);
    }
}
