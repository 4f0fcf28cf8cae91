//! Go's package `hash/crc32`: a byte at a time over a table, for IEEE's polynomial the crate `crc32fast`.

use goxide_macros::{GoStruct, methods};

use super::{Cloner, Hash32};
use crate::global::Global;
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

/// The polynomial that Ethernet, zip and many others use.
pub const IEEE: u32 = 0xedb8_8320;
/// Castagnoli's, which iSCSI uses.
pub const Castagnoli: u32 = 0x82f6_3b78;
/// Koopman's.
pub const Koopman: u32 = 0xeb31_d82e;
/// Bytes of a checksum.
pub const Size: isize = 4;

/// What a polynomial does to each byte.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("hash/crc32.Table")]
#[repr(C)]
pub struct Table(pub [u32; 256]);

const fn table(poly: u32) -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ poly } else { crc >> 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
}

/// The table of `IEEE`.
pub static IEEETable: Global<Ptr<Table>> = Global::new(Ptr::from_raw(IEEE_TABLE.raw()));

static IEEE_TABLE: Global<Table> = Global::new(Table(table(IEEE)));

/// The table of a polynomial.
pub fn MakeTable(poly: u32) -> Ptr<Table> {
    if poly == IEEE { IEEETable.get() } else { Ptr::new(Table(table(poly))) }
}

/// The checksum after more bytes.
pub fn Update(crc: u32, tab: Ptr<Table>, p: Slice<u8>) -> u32 {
    // That of IEEE has an instruction and larger tables.
    if tab == Ptr::from_raw(IEEE_TABLE.raw()) {
        let mut hasher = crc32fast::Hasher::new_with_initial(crc);
        p.pieces(|piece| hasher.update(piece));
        return hasher.finalize();
    }
    let table = tab.get().0;
    let step = |crc: u32, byte: u8| table[usize::from(crc as u8 ^ byte)] ^ crc >> 8;
    !p.iter().fold(!crc, step)
}

/// The checksum of bytes.
pub fn Checksum(data: Slice<u8>, tab: Ptr<Table>) -> u32 {
    Update(0, tab, data)
}

/// The checksum of bytes by `IEEE`.
pub fn ChecksumIEEE(data: Slice<u8>) -> u32 {
    Update(0, IEEETable.get(), data)
}

/// A checksum in the making; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("hash/crc32.digest")]
#[repr(C)]
pub struct Digest {
    crc: u32,
    tab: Ptr<Table>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Digest> {
    pub fn BlockSize(self) -> isize {
        1
    }
    pub fn Clone(self) -> (Cloner, Error) {
        (Cloner::of(Ptr::new(self.get())), zero())
    }
    pub fn Reset(self) {
        self.crc.set(0);
    }
    pub fn Size(self) -> isize {
        Size
    }
    pub fn Sum(self, b: Slice<u8>) -> Slice<u8> {
        b.append_bytes(&self.crc.to_be_bytes())
    }
    pub fn Sum32(self) -> u32 {
        *self.crc
    }
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        self.crc.set(Update(*self.crc, *self.tab, p));
        (p.len(), zero())
    }
}

/// A checksum by a table.
pub fn New(tab: Ptr<Table>) -> Hash32 {
    Hash32::of(Ptr::new(Digest { crc: 0, tab }))
}

/// A checksum by `IEEE`.
pub fn NewIEEE() -> Hash32 {
    New(IEEETable.get())
}
