//! What translated Go programs link: Go's values, their heap, and the standard packages, over the `goxide` runtime.
//!
//! CONTRACT.md beside this crate's manifest says what translated code may use and what the macros expand to. What must hold
//! everywhere: values are `Copy` handles whose zero value is all-zero bits; nobody makes a `&mut` into the heap (two
//! goroutines may write different fields of one struct); what Go answers with a panic is a Go panic, so that `recover` sees
//! it; what cannot be done is refused, never faked.
//!
//! Layers, each using only those before it: heap; view, hash, ty (what a type is); num, complex; ptr, array, slice, string,
//! func, map, interface; panic, runtime_error, defer; chan, global; builtin, program; then one module per Go package.

// Go's spelling is kept.
#![allow(non_snake_case, non_upper_case_globals)]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate self as goxide_golib;

pub mod array;
pub mod builtin;
pub mod chan;
pub mod complex;
pub mod constraint;
pub mod defer;
pub mod func;
pub mod global;
pub mod hash;
pub mod heap;
pub mod include;
pub mod interface;
pub mod map;
pub mod num;
pub mod panic;
pub mod prelude;
pub mod program;
pub mod ptr;
mod range_func;
pub mod runtime_error;
pub mod slice;
pub mod string;
pub mod text;
mod trace;
pub mod ty;
mod value;
pub mod view;
pub mod wrapping;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

// Go's packages.
pub mod bufio;
pub mod bytes;
pub mod context;
pub mod encoding;
pub mod errors;
pub mod flag;
pub mod fmt;
pub mod internal;
pub mod io;
pub mod iter;
pub mod log;
pub mod math;
pub mod os;
pub mod path;
pub mod reflect;
pub mod runtime;
pub mod sort;
pub mod strconv;
pub mod strings;
pub mod sync;
pub mod syscall;
pub mod time;
pub mod unicode;
