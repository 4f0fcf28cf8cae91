//! The small types of the package: kinds, directions, tags, fields, methods, and the error of a wrong kind.

use goxide_macros::{GoNewtype, GoStruct, methods};

use super::types::Type;
use super::value::Value;
use crate::interface::any;
use crate::num::Uintptr;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::ty;
use crate::view::zero;

/// What sort of type it is, in Go's numbers.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("reflect.Kind")]
pub struct Kind(pub usize);

const KINDS: [&str; 27] = [
    "invalid",
    "bool",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uintptr",
    "float32",
    "float64",
    "complex64",
    "complex128",
    "array",
    "chan",
    "func",
    "interface",
    "map",
    "ptr",
    "slice",
    "string",
    "struct",
    "unsafe.Pointer",
];

macro_rules! constants {
    ($ty:ident: $($name:ident = $number:expr;)*) => {$(
        #[allow(missing_docs)]
        pub const $name: $ty = $ty($number);
    )*};
}

constants! { Kind:
    Invalid = 0;
    Bool = 1;
    Int = 2;
    Int8 = 3;
    Int16 = 4;
    Int32 = 5;
    Int64 = 6;
    Uint = 7;
    Uint8 = 8;
    Uint16 = 9;
    Uint32 = 10;
    Uint64 = 11;
    Uintptr_ = 12;
    Float32 = 13;
    Float64 = 14;
    Complex64_ = 15;
    Complex128_ = 16;
    Array = 17;
    Chan_ = 18;
    Func_ = 19;
    Interface_ = 20;
    Map_ = 21;
    Pointer = 22;
    Slice_ = 23;
    String_ = 24;
    Struct = 25;
    UnsafePointer_ = 26;
    Ptr_ = 22;
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Kind {
    pub fn String(self) -> Str {
        match KINDS.get(self.0) {
            Some(name) => str(name),
            None => Str::from(format!("kind{}", self.0)),
        }
    }
}

impl Kind {
    pub(super) fn of(kind: ty::Kind) -> Kind {
        Kind(kind as usize)
    }
}

/// Which ways a channel type goes.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("reflect.ChanDir")]
pub struct ChanDir(pub isize);

constants! { ChanDir:
    RecvDir = 1;
    SendDir = 2;
    BothDir = 3;
}

#[methods(reflected)]
#[allow(missing_docs)]
impl ChanDir {
    pub fn String(self) -> Str {
        match self.0 {
            1 => str("<-chan"),
            2 => str("chan<-"),
            3 => str("chan"),
            n => Str::from(format!("ChanDir{n}")),
        }
    }
}

/// A field's tag: by convention `key:"value"` pairs with spaces between.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("reflect.StructTag")]
pub struct StructTag(pub Str);

#[methods(reflected)]
#[allow(missing_docs)]
impl StructTag {
    pub fn Get(self, key: Str) -> Str {
        self.Lookup(key).0
    }
    pub fn Lookup(self, key: Str) -> (Str, bool) {
        match look_up(self.0.as_bytes(), key.as_bytes()) {
            Some(value) => (value, true),
            None => (zero(), false),
        }
    }
}

/// The value of a key in a tag that keeps to the convention as far as the key.
fn look_up(tag: &[u8], key: &[u8]) -> Option<Str> {
    let mut tag = tag;
    loop {
        tag = &tag[tag.iter().position(|&c| c != b' ')?..];
        let end = tag.iter().position(|&c| c <= b' ' || matches!(c, b':' | b'"' | 0x7f))?;
        if end == 0 || !tag[end..].starts_with(b":\"") {
            return None;
        }
        let (name, quoted) = (&tag[..end], &tag[end + 1..]);
        let mut close = 1;
        while *quoted.get(close)? != b'"' {
            close += if quoted[close] == b'\\' { 2 } else { 1 };
        }
        if name == key {
            let (value, err) = crate::strconv::Unquote(Str::copy_of(&quoted[..=close]));
            return crate::interface::Interface::is_nil(err).then_some(value);
        }
        tag = &quoted[close + 1..];
    }
}

/// One field of a struct type.
#[derive(Clone, Copy, GoStruct)]
#[go("reflect.StructField")]
#[repr(C)]
pub struct StructField {
    /// Its name.
    pub Name: Str,
    /// The package of an unexported name.
    pub PkgPath: Str,
    /// Its type.
    pub Type: Type,
    /// Its tag.
    pub Tag: StructTag,
    /// Where it lies in the struct.
    pub Offset: Uintptr,
    /// The index for `FieldByIndex`.
    pub Index: Slice<isize>,
    /// Whether it is embedded.
    pub Anonymous: bool,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl StructField {
    pub fn IsExported(self) -> bool {
        self.PkgPath == str("")
    }
}

/// One method of a type.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.Method")]
#[repr(C)]
pub struct Method {
    /// Its name.
    pub Name: Str,
    /// The package of an unexported name.
    pub PkgPath: Str,
    /// Its type; that of a concrete type's method takes the receiver first.
    pub Type: Type,
    /// A function that takes the receiver first.
    pub Func: Value,
    /// Which method it is.
    pub Index: isize,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Method {
    pub fn IsExported(self) -> bool {
        self.PkgPath == str("")
    }
}

/// What a slice is made of, as an old idiom of package `unsafe` sees it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.SliceHeader")]
#[repr(C)]
pub struct SliceHeader {
    /// The address of the first element.
    pub Data: Uintptr,
    /// The length.
    pub Len: isize,
    /// The capacity.
    pub Cap: isize,
}

/// What a string is made of.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.StringHeader")]
#[repr(C)]
pub struct StringHeader {
    /// The address of the first byte.
    pub Data: Uintptr,
    /// The length.
    pub Len: isize,
}

/// A method of `Value` was called on a value of a kind that has no such thing; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.ValueError")]
#[repr(C)]
pub struct ValueError {
    /// The method.
    pub Method: Str,
    /// The kind.
    pub Kind: Kind,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ValueError> {
    pub fn Error(self) -> Str {
        let kind = match self.Kind.0 {
            0 => "zero".to_string(),
            _ => (*self.Kind).String().to_string(),
        };
        Str::from(format!("reflect: call of {} on {kind} Value", *self.Method))
    }
}

/// Panics with a [`ValueError`].
#[cold]
pub(super) fn wrong_kind(method: &'static str, kind: Kind) -> ! {
    panic(any(Ptr::new(ValueError { Method: str(method), Kind: kind })))
}

/// Panics with a text.
#[cold]
pub(super) fn complain(text: &str) -> ! {
    panic(any(Str::from(text)))
}
