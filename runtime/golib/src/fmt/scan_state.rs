//! The interfaces by which values scan themselves, and what a `Scanner` gets to see of the scan.
//!
//! What must hold: a method of the state that fails where Go's panics does so too, with a value that only the scan catches.

use goxide_macros::{GoStruct, interface, methods};

use super::scan::{Input, Scanned, Scanning, UNLIMITED, is_space};
use crate::defer::{Recovery, defer_scope};
use crate::errors;
use crate::func::Func;
use crate::interface::{Any, Error, Interface as _, any};
use crate::io::{EOF, ErrUnexpectedEOF};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::str;
use crate::unicode::utf8;
use crate::view::{View, zero};

/// Values that scan themselves.
#[interface("fmt.Scanner")]
pub trait Scanner {
    fn Scan(self, state: ScanState, verb: i32) -> Error;
}

/// What a `Scanner` reads from.
#[interface("fmt.ScanState")]
pub trait ScanState {
    fn ReadRune(self) -> (i32, isize, Error);
    fn UnreadRune(self) -> Error;
    fn SkipSpace(self);
    fn Token(self, skipSpace: bool, f: Func<dyn Fn(i32) -> bool>) -> (Slice<u8>, Error);
    fn Width(self) -> (isize, bool);
    fn Read(self, buf: Slice<u8>) -> (isize, Error);
}

/// What a failure inside of a `Scanner` panics with.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("fmt.scanError")]
#[repr(C)]
pub struct ScanError {
    err: Error,
}

/// What `act` says of the input, which it may change.
fn with<T>(state: Ptr<Input>, act: impl FnOnce(&mut Input) -> Scanned<T>) -> Scanned<T> {
    let mut input = state.get();
    let result = act(&mut input);
    state.set(input);
    result
}

/// The characters for which `f` holds.
fn token(state: Ptr<Input>, skip_space: bool, f: &dyn Fn(i32) -> bool) -> Scanned<Slice<u8>> {
    if skip_space {
        with(state, Input::skip_space)?;
    }
    let mut token = zero::<Slice<u8>>();
    while let Some((rune, _)) = with(state, Input::next)? {
        if !f(rune) {
            state.UnreadRune();
            break;
        }
        let mut bytes = Vec::with_capacity(4);
        utf8::push(&mut bytes, rune);
        token = token.append_bytes(&bytes);
    }
    Ok(token)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Input> {
    pub fn ReadRune(self) -> (i32, isize, Error) {
        match with(self, Input::next) {
            Ok(Some((rune, size))) => (rune, size as isize, zero()),
            Ok(None) => (0, 0, EOF.get()),
            Err(err) => (0, 0, err),
        }
    }
    pub fn UnreadRune(self) -> Error {
        let mut input = self.get();
        input.back();
        self.set(input);
        zero()
    }
    pub fn SkipSpace(self) {
        if let Err(err) = with(self, Input::skip_space) {
            panic(any(ScanError { err }));
        }
    }
    pub fn Token(self, skipSpace: bool, f: Func<dyn Fn(i32) -> bool>) -> (Slice<u8>, Error) {
        let found = if f.is_nil() {
            token(self, skipSpace, &|rune| !is_space(rune))
        } else {
            token(self, skipSpace, &|rune| f(rune))
        };
        match found {
            Ok(token) => (token, zero()),
            Err(err) => (zero(), err),
        }
    }
    pub fn Width(self) -> (isize, bool) {
        if *self.width == UNLIMITED { (0, false) } else { (*self.width, true) }
    }
    pub fn Read(self, _buf: Slice<u8>) -> (isize, Error) {
        (0, errors::New(str("ScanState's Read should not be called. Use ReadRune")))
    }
}

impl Scanning {
    /// Has the operand scan itself, if it can.
    pub(super) fn by_itself(&mut self, verb: char, operand: Any) -> Option<Scanned<()>> {
        let scanner = operand.downcast::<Scanner>()?;
        let state = Ptr::new(self.input);
        let failure = Ptr::<Error>::zeroed();
        defer_scope(|defers| {
            defers.push_recover(|| {
                let panicked = Recovery::take().recover();
                if panicked.is_nil() {
                    return;
                }
                match (panicked.downcast::<ScanError>(), panicked.downcast::<Error>()) {
                    (Some(inner), _) => failure.set(inner.err),
                    (None, Some(err)) if err == EOF.get() => failure.set(err),
                    _ => panic(panicked),
                }
            });
            let err = scanner.Scan(ScanState::of(state), verb as i32);
            failure.set(if err == EOF.get() { ErrUnexpectedEOF.get() } else { err });
        });
        self.input = state.get();
        let err = failure.get();
        Some(if err.is_nil() { Ok(()) } else { Err(err) })
    }
}
