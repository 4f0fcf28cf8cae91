//! Go's package `flag`.
//!
//! Must hold: a flag's variable has its default from the start; flags are listed by name.

mod set;
mod usage;
mod values;

pub use self::set::{FlagSet, FlagSetMethods, NewFlagSet};
pub use self::usage::UnquoteUsage;
pub use self::values::{Getter, Value};

use goxide_macros::{GoNewtype, GoStruct};

use crate::encoding::{TextMarshaler, TextUnmarshaler};
use crate::errors::error_variables;
use crate::fmt;
use crate::func::{Func, func};
use crate::global::Global;
use crate::interface::{Error, any};
use crate::os;
use crate::ptr::Ptr;
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::time;
use crate::view::View;

error_variables! {
    /// `-h` or `-help` was given and no such flag is defined.
    ErrHelp = "flag: help requested";
}

/// What happens when a command line cannot be parsed.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("flag.ErrorHandling")]
pub struct ErrorHandling(pub isize);

/// The error is returned.
pub const ContinueOnError: ErrorHandling = ErrorHandling(0);
/// The program ends.
pub const ExitOnError: ErrorHandling = ErrorHandling(1);
/// The error is panicked with.
pub const PanicOnError: ErrorHandling = ErrorHandling(2);

/// A flag; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("flag.Flag")]
#[repr(C)]
pub struct Flag {
    /// Its name.
    pub Name: Str,
    /// What it is for.
    pub Usage: Str,
    /// What it sets.
    pub Value: Value,
    /// The default as text.
    pub DefValue: Str,
}

/// The flags of the command line.
pub static CommandLine: Global<Ptr<FlagSet>> = Global::zero();
/// Says how the program is used.
pub static Usage: Global<Func<dyn Fn()>> = Global::zero();

/// Gives the package its variables, once the command line is known.
pub(crate) fn start() {
    let name = if os::Args.get().is_empty() { str("") } else { *os::Args.get()[0] };
    CommandLine.set(NewFlagSet(name, ExitOnError));
    CommandLine.get().Usage.set(func(|| (Usage.get())()));
    Usage.set(func(|| {
        let (to, name) = (CommandLine.get().Output(), CommandLine.get().Name());
        fmt::Fprintf(to, str("Usage of %s:\n"), slice([any(name)]));
        PrintDefaults();
    }));
}

/// Parses the command line.
pub fn Parse() {
    CommandLine.get().Parse(os::Args.get().slice_from(1));
}

macro_rules! of_command_line {
    ($($name:ident $method:ident($($arg:ident: $ty:ty),*) $(-> $result:ty)?;)*) => {$(
        #[allow(missing_docs)]
        pub fn $name($($arg: $ty),*) $(-> $result)? {
            CommandLine.get().$method($($arg),*)
        }
    )*};
}
of_command_line! {
    Arg Arg(i: isize) -> Str;
    Args Args() -> Slice<Str>;
    Bool Bool(name: Str, value: bool, usage: Str) -> Ptr<bool>;
    BoolFunc BoolFunc(name: Str, usage: Str, fun: Func<dyn Fn(Str) -> Error>);
    BoolVar BoolVar(p: Ptr<bool>, name: Str, value: bool, usage: Str);
    Duration Duration(name: Str, value: time::Duration, usage: Str) -> Ptr<time::Duration>;
    DurationVar DurationVar(p: Ptr<time::Duration>, name: Str, value: time::Duration, usage: Str);
    Float64 Float64(name: Str, value: f64, usage: Str) -> Ptr<f64>;
    Float64Var Float64Var(p: Ptr<f64>, name: Str, value: f64, usage: Str);
    Func_ Func(name: Str, usage: Str, fun: Func<dyn Fn(Str) -> Error>);
    Int Int(name: Str, value: isize, usage: Str) -> Ptr<isize>;
    Int64 Int64(name: Str, value: i64, usage: Str) -> Ptr<i64>;
    Int64Var Int64Var(p: Ptr<i64>, name: Str, value: i64, usage: Str);
    IntVar IntVar(p: Ptr<isize>, name: Str, value: isize, usage: Str);
    Lookup Lookup(name: Str) -> Ptr<Flag>;
    NArg NArg() -> isize;
    NFlag NFlag() -> isize;
    Parsed Parsed() -> bool;
    PrintDefaults PrintDefaults();
    Set Set(name: Str, value: Str) -> Error;
    String_ String(name: Str, value: Str, usage: Str) -> Ptr<Str>;
    StringVar StringVar(p: Ptr<Str>, name: Str, value: Str, usage: Str);
    TextVar TextVar(p: TextUnmarshaler, name: Str, value: TextMarshaler, usage: Str);
    Uint Uint(name: Str, value: usize, usage: Str) -> Ptr<usize>;
    Uint64 Uint64(name: Str, value: u64, usage: Str) -> Ptr<u64>;
    Uint64Var Uint64Var(p: Ptr<u64>, name: Str, value: u64, usage: Str);
    UintVar UintVar(p: Ptr<usize>, name: Str, value: usize, usage: Str);
    Var Var(value: Value, name: Str, usage: Str);
    Visit Visit(fun: Func<dyn Fn(Ptr<Flag>)>);
    VisitAll VisitAll(fun: Func<dyn Fn(Ptr<Flag>)>);
}
