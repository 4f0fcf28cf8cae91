//! The values that flags of predeclared types have.
//!
//! Must hold: a value is the variable itself seen under a type with the methods of `Value`, as in Go.

use goxide_macros::{GoNewtype, GoStruct, interface, methods};

use crate::encoding::{TextMarshaler, TextUnmarshaler};
use crate::errors;
use crate::func::Func;
use crate::interface::{Any, Error, Interface, any, eq_iface};
use crate::ptr::Ptr;
use crate::strconv;
use crate::string::{Str, str};
use crate::time::{self, ParseDuration};
use crate::view::{View, zero};

/// What a flag sets.
#[interface("flag.Value")]
pub trait Value {
    fn Set(self, text: Str) -> Error;
    fn String(self) -> Str;
}

/// What a flag sets and can be read.
#[interface("flag.Getter")]
pub trait Getter {
    fn Get(self) -> Any;
    fn Set(self, text: Str) -> Error;
    fn String(self) -> Str;
}

/// What knows whether its flag stands alone.
#[interface("flag.boolFlag")]
pub(super) trait BoolFlag {
    fn IsBoolFlag(self) -> bool;
    fn Set(self, text: Str) -> Error;
    fn String(self) -> Str;
}

/// What was wrong with a number, in the words of the package.
fn number_error(err: Error) -> Error {
    let Some(number) = err.downcast::<Ptr<strconv::NumError>>() else { return err };
    let is = |other: Error| eq_iface((*number.Err).iface(), other.iface());
    if is(strconv::ErrSyntax.get()) {
        errors::New(str("parse error"))
    } else if is(strconv::ErrRange.get()) {
        errors::New(str("value out of range"))
    } else {
        err
    }
}

macro_rules! values {
    ($($name:ident $go:literal $ty:ty, $parse:expr, $show:expr $(, $alone:ident)?;)*) => {$(
        #[doc = "A flag's variable; values are pointers to it."]
        #[derive(Clone, Copy, PartialEq, GoNewtype)]
        #[go($go)]
        pub struct $name(pub $ty);

        impl $name {
            /// The variable as a flag's value, after it got its default.
            pub(super) fn at(place: Ptr<$ty>, value: $ty) -> Value {
                place.set(value);
                Value::of(place.to_unsafe().to_ptr::<$name>())
            }
        }

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<$name> {
            pub fn Get(self) -> Any {
                any(self.get().0)
            }
            $(
                pub fn $alone(self) -> bool {
                    true
                }
            )?
            pub fn Set(self, text: Str) -> Error {
                let parse: fn(Str) -> ($ty, Error) = $parse;
                let (value, err) = parse(text);
                self.set($name(value));
                err
            }
            pub fn String(self) -> Str {
                let show: fn($ty) -> Str = $show;
                show(self.get().0)
            }
        }
    )*};
}

fn with<T, U>((value, err): (T, Error), change: impl Fn(T) -> U) -> (U, Error) {
    (change(value), if err.is_nil() { err } else { number_error(err) })
}

fn parse_error<T>((value, err): (T, Error)) -> (T, Error) {
    (value, if err.is_nil() { err } else { errors::New(str("parse error")) })
}

values! {
    BoolValue "flag.boolValue" bool, |text| parse_error(strconv::ParseBool(text)), strconv::FormatBool, IsBoolFlag;
    IntValue "flag.intValue" isize, |text| with(strconv::ParseInt(text, 0, 64), |x| x as isize),
        |x: isize| strconv::Itoa(x);
    Int64Value "flag.int64Value" i64, |text| with(strconv::ParseInt(text, 0, 64), |x| x),
        |x: i64| strconv::FormatInt(x, 10);
    UintValue "flag.uintValue" usize, |text| with(strconv::ParseUint(text, 0, 64), |x| x as usize),
        |x: usize| strconv::FormatUint(x as u64, 10);
    Uint64Value "flag.uint64Value" u64, |text| with(strconv::ParseUint(text, 0, 64), |x| x),
        |x: u64| strconv::FormatUint(x, 10);
    StringValue "flag.stringValue" Str, |text| (text, zero()), |x: Str| x;
    Float64Value "flag.float64Value" f64, |text| with(strconv::ParseFloat(text, 64), |x| x),
        |x: f64| strconv::FormatFloat(x, b'g', -1, 64);
    DurationValue "flag.durationValue" time::Duration, |text| parse_error(ParseDuration(text)),
        |x: time::Duration| x.String();
}

/// A flag that calls a function.
#[derive(Clone, Copy, GoNewtype)]
#[go("flag.funcValue")]
pub struct FuncValue(pub Func<dyn Fn(Str) -> Error>);

#[methods(reflected)]
#[allow(missing_docs)]
impl FuncValue {
    pub fn Set(self, text: Str) -> Error {
        (self.0)(text)
    }
    pub fn String(self) -> Str {
        str("")
    }
}

/// A flag that stands alone and calls a function.
#[derive(Clone, Copy, GoNewtype)]
#[go("flag.boolFuncValue")]
pub struct BoolFuncValue(pub Func<dyn Fn(Str) -> Error>);

#[methods(reflected)]
#[allow(missing_docs)]
impl BoolFuncValue {
    pub fn IsBoolFlag(self) -> bool {
        true
    }
    pub fn Set(self, text: Str) -> Error {
        (self.0)(text)
    }
    pub fn String(self) -> Str {
        str("")
    }
}

/// A flag whose variable reads text.
#[derive(Clone, Copy, GoStruct)]
#[go("flag.textValue")]
#[repr(C)]
pub struct TextValue {
    pub(super) p: TextUnmarshaler,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl TextValue {
    pub fn Get(self) -> Any {
        self.p.upcast()
    }
    pub fn Set(self, text: Str) -> Error {
        self.p.UnmarshalText(text.to_bytes())
    }
    pub fn String(self) -> Str {
        let Some(marshaler) = self.p.downcast::<TextMarshaler>() else { return str("") };
        let (text, err) = marshaler.MarshalText();
        if err.is_nil() { Str::from_slice(text) } else { str("") }
    }
}
