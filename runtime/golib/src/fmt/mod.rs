//! Go's package `fmt`.
//!
//! What must hold: every text is Go's to the byte, also where arguments and format do not fit (`%!d(string=hi)`); output goes
//! out in one write a call. Methods of values run while a text is made, so nothing of it lies where they could see it, and
//! what they panic with becomes part of the text.
//!
//! A text is made in a `Vec` (it holds no handles); `Print` and its like differ in where it goes.

mod errorf;
mod format;
mod parse;
mod printer;
mod reflected;
mod scan;
mod scan_format;
mod scan_source;
mod scan_state;
mod scan_value;
mod state;
mod stdout;

pub use errorf::*;
pub use scan::{Fscan, Fscanf, Fscanln, Scan, Scanf, Scanln, Sscan, Sscanf, Sscanln};
pub use scan_state::{ScanState, Scanner};
pub use state::{Formatter, GoStringer, State, Stringer};

use crate::bufio;
use crate::interface::{Any, Error, Interface as _};
use crate::io::Writer;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::Str;
use crate::strings::{self, BuilderMethods as _};
use crate::view::zero;
use printer::Printer;

pub use errorf::{WrapErrorMethods as _, WrapErrorsMethods as _};

fn printed(a: Slice<Any>) -> Vec<u8> {
    let mut printer = Printer::new();
    printer.print(a);
    printer.out
}
fn printed_line(a: Slice<Any>) -> Vec<u8> {
    let mut printer = Printer::new();
    printer.print_line(a);
    printer.out
}
fn formatted(format: Str, a: Slice<Any>) -> Vec<u8> {
    let mut printer = Printer::new();
    printer.print_format(format.as_bytes(), a);
    printer.out
}

fn to_writer(w: Writer, text: &[u8]) -> (isize, Error) {
    if let Some(buffered) = w.downcast::<Ptr<bufio::Writer>>()
        && bufio::put_bytes(buffered, text)
    {
        return (text.len() as isize, zero());
    }
    if let Some(builder) = w.downcast::<Ptr<strings::Builder>>() {
        return builder.WriteString(Str::passing(text));
    }
    w.Write(Slice::from_static(text))
}

/// The operands in their default formats, with spaces between those that are no strings.
pub fn Sprint(a: Slice<Any>) -> Str {
    Str::copy_of(&printed(a))
}
/// The operands in their default formats, with spaces between them, and a newline.
pub fn Sprintln(a: Slice<Any>) -> Str {
    Str::copy_of(&printed_line(a))
}
/// The operands by a format.
pub fn Sprintf(format: Str, a: Slice<Any>) -> Str {
    Str::copy_of(&formatted(format, a))
}
/// `Sprint` to stdout.
pub fn Print(a: Slice<Any>) -> (isize, Error) {
    stdout::write(&printed(a))
}
/// `Sprintln` to stdout.
pub fn Println(a: Slice<Any>) -> (isize, Error) {
    stdout::write(&printed_line(a))
}
/// `Sprintf` to stdout.
pub fn Printf(format: Str, a: Slice<Any>) -> (isize, Error) {
    stdout::write(&formatted(format, a))
}
/// `Sprint` to a writer.
pub fn Fprint(w: Writer, a: Slice<Any>) -> (isize, Error) {
    to_writer(w, &printed(a))
}
/// `Sprintln` to a writer.
pub fn Fprintln(w: Writer, a: Slice<Any>) -> (isize, Error) {
    to_writer(w, &printed_line(a))
}
/// `Sprintf` to a writer.
pub fn Fprintf(w: Writer, format: Str, a: Slice<Any>) -> (isize, Error) {
    to_writer(w, &formatted(format, a))
}
/// Appends `Sprint`.
pub fn Append(b: Slice<u8>, a: Slice<Any>) -> Slice<u8> {
    b.append_bytes(&printed(a))
}
/// Appends `Sprintln`.
pub fn Appendln(b: Slice<u8>, a: Slice<Any>) -> Slice<u8> {
    b.append_bytes(&printed_line(a))
}
/// Appends `Sprintf`.
pub fn Appendf(b: Slice<u8>, format: Str, a: Slice<Any>) -> Slice<u8> {
    b.append_bytes(&formatted(format, a))
}
/// The directive that a `State` stands for.
pub fn FormatString(state: State, verb: i32) -> Str {
    let mut text = vec![b'%'];
    text.extend(b" +-#0".iter().filter(|&&flag| state.Flag(isize::from(flag))));
    if let (width, true) = state.Width() {
        text.extend_from_slice(width.to_string().as_bytes());
    }
    if let (precision, true) = state.Precision() {
        text.push(b'.');
        text.extend_from_slice(precision.to_string().as_bytes());
    }
    crate::unicode::utf8::push(&mut text, verb);
    Str::copy_of(&text)
}
