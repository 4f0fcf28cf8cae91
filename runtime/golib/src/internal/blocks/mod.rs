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
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
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
