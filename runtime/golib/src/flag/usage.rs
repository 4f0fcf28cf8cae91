//! How a program's flags are described.

use super::Flag;
use super::values::{
    BoolFlag, DurationValue, Float64Value, Int64Value, IntValue, StringValue, Uint64Value, UintValue, Value,
};
use crate::interface::Interface;
use crate::ptr::Ptr;
use crate::reflect;
use crate::strconv;
use crate::string::{Str, str};
use crate::ty::Kind;

/// The name of a flag's argument, back-quoted in its usage or following from its type, and the usage without the quotes.
pub fn UnquoteUsage(flag: Ptr<Flag>) -> (Str, Str) {
    let usage = *flag.Usage;
    let quotes: Vec<usize> =
        (0..).zip(usage.as_bytes()).filter(|(_, byte)| **byte == b'`').map(|(i, _)| i).collect();
    if let [open, close, ..] = quotes[..] {
        let name = usage.slice(open as isize + 1, close as isize);
        let rest = Str::concat([usage.slice_to(open as isize), name, usage.slice_from(close as isize + 1)]);
        return (name, rest);
    }
    let value = *flag.Value;
    let name = if value.downcast::<BoolFlag>().is_some_and(BoolFlag::IsBoolFlag) {
        ""
    } else if value.downcast::<Ptr<DurationValue>>().is_some() {
        "duration"
    } else if value.downcast::<Ptr<Float64Value>>().is_some() {
        "float"
    } else if value.downcast::<Ptr<IntValue>>().is_some() || value.downcast::<Ptr<Int64Value>>().is_some() {
        "int"
    } else if value.downcast::<Ptr<StringValue>>().is_some() {
        "string"
    } else if value.downcast::<Ptr<UintValue>>().is_some() || value.downcast::<Ptr<Uint64Value>>().is_some() {
        "uint"
    } else {
        "value"
    };
    (str(name), usage)
}

/// Whether a default is what the zero value of its type looks like.
fn is_zero(value: Value, default: Str) -> bool {
    let t = reflect::TypeOf(value.upcast());
    let zero = match t.Kind().0 == Kind::Pointer as usize {
        true => reflect::New(t.Elem()),
        false => reflect::Zero(t),
    };
    zero.Interface().assert::<Value>().String() == default
}

/// The lines about one flag.
pub(super) fn lines(flag: Ptr<Flag>) -> Vec<u8> {
    let mut text = format!("  -{}", *flag.Name).into_bytes();
    let (name, usage) = UnquoteUsage(flag);
    if !name.is_empty() {
        text.push(b' ');
        text.extend_from_slice(name.as_bytes());
    }
    // A flag of one letter without an argument leaves room on its line.
    text.extend_from_slice(if text.len() <= 4 { b"\t" } else { b"\n    \t" });
    for byte in usage.as_bytes() {
        match byte {
            b'\n' => text.extend_from_slice(b"\n    \t"),
            _ => text.push(*byte),
        }
    }
    let default = *flag.DefValue;
    if !is_zero(*flag.Value, default) {
        let is_text = flag.Value.downcast::<Ptr<StringValue>>().is_some();
        let shown = if is_text { strconv::Quote(default) } else { default };
        text.extend_from_slice(b" (default ");
        text.extend_from_slice(shown.as_bytes());
        text.push(b')');
    }
    text.push(b'\n');
    text
}
