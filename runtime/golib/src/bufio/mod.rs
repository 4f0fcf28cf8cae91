//! Go's package `bufio`: reading and writing through buffers.
//!
//! What must hold: buffers lie in the heap, for the readers and writers below are code of the program; what `Peek`,
//! `ReadSlice` and `Scanner.Bytes` give is part of the buffer and good until the next read.

mod reader;
mod scanner;
mod writer;

pub use reader::{NewReader, NewReaderSize, Reader, ReaderMethods};
pub use scanner::{
    NewScanner, ScanBytes, ScanLines, ScanRunes, ScanWords, Scanner, ScannerMethods, SplitFunc,
};
pub(crate) use writer::put_bytes;
pub use writer::{NewReadWriter, NewWriter, NewWriterSize, ReadWriter, Writer, WriterMethods};

use crate::errors::error_variables;

/// The longest token of a `Scanner` unless `Buffer` says otherwise.
pub const MaxScanTokenSize: isize = 64 << 10;

/// The usual size of buffers.
const SIZE: isize = 4096;
/// How often a reader may give nothing and no error.
const EMPTY_READS: isize = 100;

error_variables! {
    /// `UnreadByte` after something that read no byte.
    ErrInvalidUnreadByte = "bufio: invalid use of UnreadByte";
    /// `UnreadRune` after something else than `ReadRune`.
    ErrInvalidUnreadRune = "bufio: invalid use of UnreadRune";
    /// A buffer that cannot hold what was asked for.
    ErrBufferFull = "bufio: buffer full";
    /// A negative count.
    ErrNegativeCount = "bufio: negative count";
    /// A token that is longer than the buffer may be.
    ErrTooLong = "bufio.Scanner: token too long";
    /// A split function that goes back.
    ErrNegativeAdvance = "bufio.Scanner: SplitFunc returns negative advance count";
    /// A split function that goes beyond the input.
    ErrAdvanceTooFar = "bufio.Scanner: SplitFunc returns advance count beyond input";
    /// A reader that claims to have read more than there is room for.
    ErrBadReadCount = "bufio.Scanner: Read returned impossible count";
    /// What a split function returns with the last token.
    ErrFinalToken = "final token";
    /// A reader that claims to have read less than nothing.
    NegativeRead = "bufio: reader returned negative count from Read";
    /// A writer that claims less than nothing.
    NegativeWrite = "bufio: writer returned negative count from Write";
}
