//! Go's package `reflect`, over the descriptions of types.
//!
//! Must hold: what a value or type cannot tell is absent, so that a program which needs it is refused. Types can be
//! composed at run time only as far as descriptions can: no channels (`ChanOf`), which need code of their own, and functions only to
//! be talked about. A function type does not know whether it
//! is variadic, as everywhere in goxide; methods do.

mod calls;
mod chans;
mod composed;
mod convert;
mod deep_equal;
mod fields;
mod kind;
mod maps;
mod parts;
mod place;
mod relations;
mod scalars;
mod sequences;
mod table;
mod types;
mod value;

pub use self::calls::MakeFunc;
pub(crate) use self::calls::held;
pub use self::chans::MakeChan;
pub use self::composed::{ArrayOf, FuncOf, StructOf};
pub use self::deep_equal::DeepEqual;
pub use self::kind::{
    Array, Bool, BothDir, Chan_, Complex64_, Complex128_, Float32, Float64, Func_, Int, Int8, Int16, Int32,
    Int64, Interface_, Invalid, Map_, Pointer, Ptr_, RecvDir, SendDir, Slice_, String_, Struct, Uint, Uint8,
    Uint16, Uint32, Uint64, Uintptr_, UnsafePointer_,
};
pub use self::kind::{
    ChanDir, Kind, Method, SliceHeader, StringHeader, StructField, StructTag, ValueError, ValueErrorMethods,
};
pub use self::maps::{MakeMap, MakeMapWithSize, MapIter, MapIterMethods};
pub use self::parts::{Indirect, New, Zero};
pub use self::sequences::{Append, AppendSlice, Copy as Copy_, MakeSlice, Swapper};
pub use self::types::{
    MapOf as MapOf_, PointerTo, PtrTo, RType, RTypeMethods, SliceOf as SliceOf_, Type, TypeFor, TypeOf, rtype,
};
pub use self::value::{Value, ValueOf};

use crate::slice::Slice;

/// The fields that a selector on a value of the struct type can name, and those that have no name.
pub fn VisibleFields(t: Type) -> Slice<StructField> {
    if t.Kind().0 != crate::ty::Kind::Struct as usize {
        kind::complain("reflect.VisibleFields of non-struct type");
    }
    fields::visible(types::desc_of(t))
}
