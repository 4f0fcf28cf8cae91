//! Sets of flags: definition, parsing, looking up.

use goxide_macros::{GoStruct, methods};

use super::usage::lines;
use super::values::{
    BoolFlag, BoolFuncValue, BoolValue, DurationValue, Float64Value, FuncValue, Int64Value, IntValue,
    StringValue, TextValue, Uint64Value, UintValue, Value,
};
use super::{ErrHelp, ErrorHandling, ExitOnError, Flag, PanicOnError};
use crate::encoding::{TextMarshaler, TextUnmarshaler};
use crate::errors;
use crate::func::Func;
use crate::interface::{Error, Interface, any, eq_iface};
use crate::io::Writer;
use crate::map::Map;
use crate::os;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::reflect;
use crate::slice::Slice;
use crate::sort;
use crate::strconv::Quote;
use crate::string::{Str, str};
use crate::time::Duration;
use crate::view::{View, zero};

/// A set of flags; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("flag.FlagSet")]
#[repr(C)]
pub struct FlagSet {
    /// Says how the set is used; nil stands for a list of the flags.
    pub Usage: Func<dyn Fn()>,
    name: Str,
    parsed: bool,
    /// Flags that were set.
    actual: Map<Str, Ptr<Flag>>,
    /// All flags.
    formal: Map<Str, Ptr<Flag>>,
    args: Slice<Str>,
    errorHandling: ErrorHandling,
    output: Writer,
}

/// An empty set.
pub fn NewFlagSet(name: Str, errorHandling: ErrorHandling) -> Ptr<FlagSet> {
    Ptr::new(FlagSet { name, errorHandling, ..zero() })
}

fn write(to: Ptr<FlagSet>, text: &[u8]) {
    to.Output().Write(Slice::from_static(text));
}

fn usage(of: Ptr<FlagSet>) {
    let own = *of.Usage;
    if !own.is_nil() {
        return own();
    }
    match of.name.is_empty() {
        true => write(of, b"Usage:\n"),
        false => write(of, format!("Usage of {}:\n", *of.name).as_bytes()),
    }
    of.PrintDefaults();
}

/// Says what is wrong and how the set is used.
fn refused(of: Ptr<FlagSet>, text: String) -> Error {
    write(of, format!("{text}\n").as_bytes());
    usage(of);
    errors::New(Str::from(text))
}

/// Parses one flag: whether there was one, or what is wrong.
fn parse_one(of: Ptr<FlagSet>) -> Result<bool, Error> {
    if of.args.is_empty() {
        return Ok(false);
    }
    let arg = *of.args[0];
    let text = arg.as_bytes();
    if text.len() < 2 || text[0] != b'-' {
        return Ok(false);
    }
    let dashes = if text[1] == b'-' { 2 } else { 1 };
    if text.len() == 2 && dashes == 2 {
        of.args.set(of.args.slice_from(1));
        return Ok(false);
    }
    let given = &text[dashes..];
    if given.is_empty() || matches!(given[0], b'-' | b'=') {
        return Err(refused(of, format!("bad flag syntax: {arg}")));
    }
    of.args.set(of.args.slice_from(1));
    let equals = given.iter().position(|&byte| byte == b'=');
    let name = Str::copy_of(&given[..equals.unwrap_or(given.len())]);
    let mut value = equals.map(|at| Str::copy_of(&given[at + 1..]));
    let (flag, known) = of.formal.get_ok(name);
    if !known {
        if matches!(name.as_bytes(), b"help" | b"h") {
            usage(of);
            return Err(ErrHelp.get());
        }
        return Err(refused(of, format!("flag provided but not defined: -{name}")));
    }
    if flag.Value.downcast::<BoolFlag>().is_some_and(BoolFlag::IsBoolFlag) {
        let err = flag.Value.Set(value.unwrap_or(str("true")));
        if !err.is_nil() {
            let text = match value {
                Some(value) => {
                    format!("invalid boolean value {} for -{name}: {}", Quote(value), err.Error())
                }
                None => format!("invalid boolean flag {name}: {}", err.Error()),
            };
            return Err(refused(of, text));
        }
    } else {
        if value.is_none() && !of.args.is_empty() {
            value = Some(*of.args[0]);
            of.args.set(of.args.slice_from(1));
        }
        let Some(value) = value else {
            return Err(refused(of, format!("flag needs an argument: -{name}")));
        };
        let err = flag.Value.Set(value);
        if !err.is_nil() {
            let text = format!("invalid value {} for flag -{name}: {}", Quote(value), err.Error());
            return Err(refused(of, text));
        }
    }
    remember(of, name, flag);
    Ok(true)
}

fn remember(of: Ptr<FlagSet>, name: Str, flag: Ptr<Flag>) {
    if (*of.actual).is_nil() {
        of.actual.set(Map::make());
    }
    (*of.actual).set(name, flag);
}

/// Calls a function with the flags of a map, by name.
fn visit(flags: Map<Str, Ptr<Flag>>, fun: impl Fn(Ptr<Flag>)) {
    let names: Slice<Str> = flags.keys().fold(zero(), Slice::append);
    sort::Strings(names);
    names.iter().for_each(|name| fun(flags.get(name)));
}

macro_rules! variables {
    ($($define:ident $ty:ty, $value:ident;)*) => {
        /// What defines flags of each type.
        trait Defines {
            $(fn $define(self, place: Ptr<$ty>, name: Str, value: $ty, usage: Str) -> Ptr<$ty>;)*
        }
        impl Defines for Ptr<FlagSet> {
            $(fn $define(self, place: Ptr<$ty>, name: Str, value: $ty, usage: Str) -> Ptr<$ty> {
                self.Var($value::at(place, value), name, usage);
                place
            })*
        }
    };
}
variables! {
    bool_flag bool, BoolValue;
    duration_flag Duration, DurationValue;
    float64_flag f64, Float64Value;
    int_flag isize, IntValue;
    int64_flag i64, Int64Value;
    string_flag Str, StringValue;
    uint_flag usize, UintValue;
    uint64_flag u64, Uint64Value;
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<FlagSet> {
    pub fn Arg(self, i: isize) -> Str {
        if (0..self.args.len()).contains(&i) { *self.args[i] } else { str("") }
    }
    pub fn Args(self) -> Slice<Str> {
        *self.args
    }
    pub fn Bool(self, name: Str, value: bool, usage: Str) -> Ptr<bool> {
        self.bool_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn BoolFunc(self, name: Str, usage: Str, fun: Func<dyn Fn(Str) -> Error>) {
        self.Var(Value::of(BoolFuncValue(fun)), name, usage);
    }
    pub fn BoolVar(self, p: Ptr<bool>, name: Str, value: bool, usage: Str) {
        self.bool_flag(p, name, value, usage);
    }
    pub fn Duration(self, name: Str, value: Duration, usage: Str) -> Ptr<Duration> {
        self.duration_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn DurationVar(self, p: Ptr<Duration>, name: Str, value: Duration, usage: Str) {
        self.duration_flag(p, name, value, usage);
    }
    pub fn ErrorHandling(self) -> ErrorHandling {
        *self.errorHandling
    }
    pub fn Float64(self, name: Str, value: f64, usage: Str) -> Ptr<f64> {
        self.float64_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn Float64Var(self, p: Ptr<f64>, name: Str, value: f64, usage: Str) {
        self.float64_flag(p, name, value, usage);
    }
    pub fn Func(self, name: Str, usage: Str, fun: Func<dyn Fn(Str) -> Error>) {
        self.Var(Value::of(FuncValue(fun)), name, usage);
    }
    pub fn Init(self, name: Str, errorHandling: ErrorHandling) {
        self.name.set(name);
        self.errorHandling.set(errorHandling);
    }
    pub fn Int(self, name: Str, value: isize, usage: Str) -> Ptr<isize> {
        self.int_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn Int64(self, name: Str, value: i64, usage: Str) -> Ptr<i64> {
        self.int64_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn Int64Var(self, p: Ptr<i64>, name: Str, value: i64, usage: Str) {
        self.int64_flag(p, name, value, usage);
    }
    pub fn IntVar(self, p: Ptr<isize>, name: Str, value: isize, usage: Str) {
        self.int_flag(p, name, value, usage);
    }
    pub fn Lookup(self, name: Str) -> Ptr<Flag> {
        (*self.formal).get(name)
    }
    pub fn NArg(self) -> isize {
        self.args.len()
    }
    pub fn NFlag(self) -> isize {
        self.actual.len()
    }
    pub fn Name(self) -> Str {
        *self.name
    }
    pub fn Output(self) -> Writer {
        let output = *self.output;
        if output.is_nil() { Writer::of(os::Stderr.get()) } else { output }
    }
    pub fn Parse(self, arguments: Slice<Str>) -> Error {
        self.parsed.set(true);
        self.args.set(arguments);
        loop {
            match parse_one(self) {
                Ok(true) => {}
                Ok(false) => return zero(),
                Err(err) => {
                    let handling = *self.errorHandling;
                    if handling == ExitOnError {
                        let for_help = eq_iface(err.iface(), ErrHelp.get().iface());
                        os::Exit(if for_help { 0 } else { 2 });
                    }
                    if handling == PanicOnError {
                        panic(err);
                    }
                    return err;
                }
            }
        }
    }
    pub fn Parsed(self) -> bool {
        *self.parsed
    }
    pub fn PrintDefaults(self) {
        visit(*self.formal, |flag| write(self, &lines(flag)));
    }
    pub fn Set(self, name: Str, value: Str) -> Error {
        let (flag, known) = self.formal.get_ok(name);
        if !known {
            return errors::New(Str::from(format!("no such flag -{name}")));
        }
        let err = flag.Value.Set(value);
        if err.is_nil() {
            remember(self, name, flag);
        }
        err
    }
    pub fn SetOutput(self, output: Writer) {
        self.output.set(output);
    }
    pub fn String(self, name: Str, value: Str, usage: Str) -> Ptr<Str> {
        self.string_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn StringVar(self, p: Ptr<Str>, name: Str, value: Str, usage: Str) {
        self.string_flag(p, name, value, usage);
    }
    pub fn TextVar(self, p: TextUnmarshaler, name: Str, value: TextMarshaler, usage: Str) {
        let (place, default) = (reflect::ValueOf(p.upcast()), reflect::ValueOf(value.upcast()));
        let place = if place.Type().Kind().0 == crate::ty::Kind::Pointer as usize {
            place
        } else {
            panic(any(str("variable value type must be a pointer")))
        };
        let default =
            if default.Kind().0 == crate::ty::Kind::Pointer as usize { default.Elem() } else { default };
        if default.Type().common() != place.Type().Elem().common() {
            let (default, place) = (default.Type().String(), place.Type().Elem().String());
            panic(any(Str::from(format!("default type does not match variable type: {default} != {place}"))));
        }
        place.Elem().Set(default);
        self.Var(Value::of(TextValue { p }), name, usage);
    }
    pub fn Uint(self, name: Str, value: usize, usage: Str) -> Ptr<usize> {
        self.uint_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn Uint64(self, name: Str, value: u64, usage: Str) -> Ptr<u64> {
        self.uint64_flag(Ptr::zeroed(), name, value, usage)
    }
    pub fn Uint64Var(self, p: Ptr<u64>, name: Str, value: u64, usage: Str) {
        self.uint64_flag(p, name, value, usage);
    }
    pub fn UintVar(self, p: Ptr<usize>, name: Str, value: usize, usage: Str) {
        self.uint_flag(p, name, value, usage);
    }
    pub fn Var(self, value: Value, name: Str, usage: Str) {
        let complain = |text: String| -> ! {
            write(self, format!("{text}\n").as_bytes());
            panic(any(Str::from(text)))
        };
        if name.as_bytes().first() == Some(&b'-') {
            complain(format!("flag {} begins with -", Quote(name)));
        }
        if name.as_bytes().contains(&b'=') {
            complain(format!("flag {} contains =", Quote(name)));
        }
        if self.formal.get_ok(name).1 {
            match self.name.is_empty() {
                true => complain(format!("flag redefined: {name}")),
                false => complain(format!("{} flag redefined: {name}", *self.name)),
            }
        }
        if (*self.formal).is_nil() {
            self.formal.set(Map::make());
        }
        let flag = Flag { Name: name, Usage: usage, Value: value, DefValue: value.String() };
        (*self.formal).set(name, Ptr::new(flag));
    }
    pub fn Visit(self, fun: Func<dyn Fn(Ptr<Flag>)>) {
        visit(*self.actual, &*fun);
    }
    pub fn VisitAll(self, fun: Func<dyn Fn(Ptr<Flag>)>) {
        visit(*self.formal, &*fun);
    }
}
