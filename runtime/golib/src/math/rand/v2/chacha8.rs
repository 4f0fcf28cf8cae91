//! `ChaCha8`: eight rounds of ChaCha, four blocks at a time.
//!
//! What must hold: the numbers are Go's. Four blocks with counters that follow one another make 32 numbers, their words interleaved; only the
//! key is added to the result. After four such makings the last four numbers are the key of the next, and are given to nobody.

use goxide_macros::{GoStruct, methods};

use crate::errors;
use crate::interface::Error;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::str;
use crate::view::{View, zero};

/// The generator; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("math/rand/v2.ChaCha8")]
#[repr(C)]
pub struct ChaCha8 {
    made: [u64; 32],
    key: [u64; 4],
    /// Of `made`, the next number and the end of those to give.
    next: u32,
    end: u32,
    /// The counter of the first of the four blocks.
    count: u32,
    /// What `Read` has left of a number: the last `unread` bytes.
    read: [u8; 8],
    unread: isize,
}

const BLOCKS: usize = 4;
const NUMBERS: u32 = 32;
const KEY: u32 = 4;
const LAST_COUNT: u32 = 12;
const MAGIC: &[u8] = b"chacha8:";
const READ_MAGIC: &[u8] = b"readbuf:";

/// One word of each block.
type Lanes = [u32; BLOCKS];

fn lanes(f: impl Fn(usize) -> u32) -> Lanes {
    std::array::from_fn(f)
}

fn quarter(w: &mut [Lanes; 16], [a, b, c, d]: [usize; 4]) {
    for (x, y, z, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
        w[x] = lanes(|i| w[x][i].wrapping_add(w[y][i]));
        w[z] = lanes(|i| (w[z][i] ^ w[x][i]).rotate_left(by));
    }
}

fn block(key: &[u64; 4], count: u32) -> [u64; 32] {
    const START: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
    let key_word = |i: usize| (key[i / 2] >> (i % 2 * 32)) as u32;
    let mut w: [Lanes; 16] = std::array::from_fn(|row| match row {
        0..4 => [START[row]; BLOCKS],
        4..12 => [key_word(row - 4); BLOCKS],
        12 => lanes(|i| count + i as u32),
        _ => [0; BLOCKS],
    });
    for _ in 0..4 {
        for i in 0..4 {
            quarter(&mut w, [i, i + 4, i + 8, i + 12]);
        }
        for i in 0..4 {
            quarter(&mut w, [i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4]);
        }
    }
    for (i, row) in w[4..12].iter_mut().enumerate() {
        *row = row.map(|word| word.wrapping_add(key_word(i)));
    }
    std::array::from_fn(|i| u64::from(w[i / 2][i % 2 * 2]) | u64::from(w[i / 2][i % 2 * 2 + 1]) << 32)
}

impl ChaCha8 {
    fn of(key: [u64; 4], count: u32, next: u32) -> ChaCha8 {
        let end = if count == LAST_COUNT { NUMBERS - KEY } else { NUMBERS };
        ChaCha8 { made: block(&key, count), key, next, end, count, read: [0; 8], unread: 0 }
    }

    fn seeded(seed: [u8; 32]) -> ChaCha8 {
        ChaCha8::of(key_of(&seed), 0, 0)
    }

    fn refilled(self) -> ChaCha8 {
        let (key, count) = match self.count {
            LAST_COUNT => (std::array::from_fn(|i| self.made[(NUMBERS - KEY) as usize + i]), 0),
            count => (self.key, count + BLOCKS as u32),
        };
        ChaCha8 { read: self.read, unread: self.unread, ..ChaCha8::of(key, count, 0) }
    }
}

fn key_of(bytes: &[u8; 32]) -> [u64; 4] {
    std::array::from_fn(|i| u64::from_le_bytes(std::array::from_fn(|k| bytes[8 * i + k])))
}

/// A generator that starts from 32 bytes.
pub fn NewChaCha8(seed: [u8; 32]) -> Ptr<ChaCha8> {
    Ptr::new(ChaCha8::seeded(seed))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ChaCha8> {
    pub fn AppendBinary(self, b: Slice<u8>) -> (Slice<u8>, Error) {
        let c = self.get();
        let mut out = b;
        if c.unread > 0 {
            let left = &c.read[c.read.len() - c.unread as usize..];
            out = out.append_bytes(READ_MAGIC).append(c.unread as u8).append_bytes(left);
        }
        let used = u64::from(c.count / BLOCKS as u32 * NUMBERS + c.next);
        out = out.append_bytes(MAGIC).append_bytes(&used.to_be_bytes());
        (c.key.iter().fold(out, |out, word| out.append_bytes(&word.to_le_bytes())), zero())
    }
    pub fn MarshalBinary(self) -> (Slice<u8>, Error) {
        self.AppendBinary(zero())
    }
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        for i in 0..p.len() {
            if *self.unread == 0 {
                self.read.set(self.Uint64().to_le_bytes());
                self.unread.set(8);
            }
            p[i].set(*self.read[8 - *self.unread]);
            self.unread.set(*self.unread - 1);
        }
        (p.len(), zero())
    }
    pub fn Seed(self, seed: [u8; 32]) {
        self.set(ChaCha8::seeded(seed));
    }
    pub fn Uint64(self) -> u64 {
        if *self.next == *self.end {
            self.set(self.get().refilled());
        }
        let next = *self.next;
        self.next.set(next + 1);
        *self.made[next as isize]
    }
    pub fn UnmarshalBinary(self, data: Slice<u8>) -> Error {
        let data = data.to_vec();
        let mut rest = &data[..];
        let (mut read, mut unread) = (*self.read, *self.unread);
        if let Some(behind) = rest.strip_prefix(READ_MAGIC) {
            let Some((left, state)) =
                behind.split_first().and_then(|(&n, rest)| rest.split_at_checked(n.into()))
            else {
                return errors::New(str("invalid ChaCha8 Read buffer encoding"));
            };
            let n = left.len().min(8);
            read[8 - left.len().min(8)..].copy_from_slice(&left[..n]);
            (unread, rest) = (n as isize, state);
        }
        let state = rest.strip_prefix(MAGIC).and_then(|state| <[u8; 40]>::try_from(state).ok());
        let most = (LAST_COUNT / BLOCKS as u32 + 1) * NUMBERS - KEY;
        let Some((used, key)) = state.and_then(|state| {
            let (used, key) = state.split_first_chunk::<8>()?;
            let used = u64::from_be_bytes(*used);
            (used <= u64::from(most)).then_some((used as u32, key_of(key.first_chunk()?)))
        }) else {
            return errors::New(str("invalid ChaCha8 encoding"));
        };
        let state = ChaCha8::of(key, used / NUMBERS * BLOCKS as u32, used % NUMBERS);
        self.set(ChaCha8 { read, unread, ..state });
        zero()
    }
}
