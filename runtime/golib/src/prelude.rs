//! The names translated code uses without saying where they come from: CONTRACT.md's list, and the macros.
//!
//! **Invariant:** every name here stands on the translator's list of names that a Go identifier must step aside for.

pub use goxide::__private::loop_checkpoint as checkpoint;
pub use goxide::{go, select};
pub use goxide_macros::{GoNewtype, GoStruct, go_main, interface, methods};

pub use crate::args;
pub use crate::array::{at, range_array, unsigned};
pub use crate::builtin::{Blank, EmptyStruct, Padding, panic, print, println};
pub use crate::chan::{Chan, RecvChan, SendChan};
pub use crate::complex::{Complex64, Complex128};
pub use crate::constraint::{GoInteger, GoNumber, GoOrdered, GoReal, MapOf};
pub use crate::defer::{Defers, Recovery, defer_scope};
pub use crate::func::{Func, VariadicFunc, func, func_recovers};
pub use crate::global::Global;
pub use crate::interface::{Any, Error, Interface, any};
pub use crate::map::{Map, map_table};
pub use crate::num::{Uintptr, div, float_to_int, max, min, rem, shl, shr};
pub use crate::ptr::{Ptr, UnsafePointer};
pub use crate::range_func::{range_enter, range_leave, range_next};
pub use crate::runtime_error::{PanicNilErrorMethods as _, TypeAssertionErrorMethods as _};
pub use crate::slice::{Slice, SliceOf, copy, slice, slice_scanned, slice_table};
pub use crate::string::{Str, str, str_bytes};
pub use crate::view::{GoType, Newtype, View, nil, zero};

// Methods of pointers to golib's types: traits that only their methods are wanted of.
pub use crate::bufio::{ReaderMethods as _, ScannerMethods as _, WriterMethods as _};
pub use crate::bytes::{BufferMethods as _, ReaderMethods as _};
pub use crate::encoding::base64::EncodingMethods as _;
pub use crate::flag::FlagSetMethods as _;
pub use crate::io::fs::PathErrorMethods as _;
pub use crate::io::{
    LimitedReaderMethods as _, OffsetWriterMethods as _, PipeReaderMethods as _, PipeWriterMethods as _,
    SectionReaderMethods as _,
};
pub use crate::log::LoggerMethods as _;
pub use crate::math::rand::v2::{ChaCha8Methods as _, PCGMethods as _, RandMethods as _, ZipfMethods as _};
pub use crate::math::rand::{RandMethods as _, RngSourceMethods as _, ZipfMethods as _};
pub use crate::os::{FileMethods as _, LinkErrorMethods as _, ProcessMethods as _, SyscallErrorMethods as _};
pub use crate::reflect::{MapIterMethods as _, RTypeMethods as _, ValueErrorMethods as _};
pub use crate::runtime::{FramesMethods as _, FuncMethods as _};
pub use crate::strconv::NumErrorMethods as _;
pub use crate::strings::{BuilderMethods as _, ReaderMethods as _, ReplacerMethods as _};
pub use crate::sync::atomic::{
    BoolMethods as _, Int32Methods as _, Int64Methods as _, PointerMethods as _, Uint32Methods as _,
    Uint64Methods as _, Uintptr_Methods as _, ValueMethods as _,
};
pub use crate::sync::{
    CondMethods as _, Map_Methods as _, MutexMethods as _, OnceMethods as _, PoolMethods as _,
    RWMutexMethods as _, WaitGroupMethods as _,
};
pub use crate::text::tabwriter::WriterMethods as _;
pub use crate::time::{
    LocationMethods as _, ParseErrorMethods as _, TickerMethods as _, TimeMethods as _, TimerMethods as _,
};
