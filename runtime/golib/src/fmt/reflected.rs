//! Values by their kinds and by their methods.

use std::cell::Cell;

use super::format::Flags;
use super::printer::Printer;
use super::state::{Formatter, GoStringer, Printing, State, Stringer, written};
use crate::defer::{Recovery, defer_scope};
use crate::interface::{Any, Error, Interface};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::string::Str;
use crate::ty::{Desc, Kind};
use crate::unicode::utf8;
use crate::value::{Entries, Value};

impl Printer {
    /// Lets a value print itself, if it can; `whole` is the value as an interface, where there is one already.
    pub(super) fn by_methods(&mut self, value: Value<'_>, whole: Option<Any>, verb: char) -> bool {
        if self.erring {
            return false;
        }
        if value.desc().methods.iter().all(|table| table.is_empty()) && verb != 'w' {
            return false;
        }
        let whole = whole.unwrap_or_else(|| value.to_any());
        let mut verb = verb;
        if verb == 'w' {
            if !self.wraps || whole.downcast::<Error>().is_none() {
                self.bad_verb(verb, Some(value));
                return true;
            }
            verb = 'v';
        }
        if let Some(formatter) = whole.downcast::<Formatter>() {
            self.by_formatter(value, formatter, verb);
            return true;
        }
        if self.flags.sharp_v {
            let Some(stringer) = whole.downcast::<GoStringer>() else { return false };
            let said = self.guarded(value, verb, "GoString", || stringer.GoString());
            if let Some(text) = said {
                self.flags.string(&mut self.out, text.as_bytes());
            }
            return true;
        }
        if !matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') {
            return false;
        }
        let said = if let Some(error) = whole.downcast::<Error>() {
            self.guarded(value, verb, "Error", || error.Error())
        } else if let Some(stringer) = whole.downcast::<Stringer>() {
            self.guarded(value, verb, "String", || stringer.String())
        } else {
            return false;
        };
        if let Some(text) = said {
            self.text(text.as_bytes(), verb, value);
        }
        true
    }

    fn by_formatter(&mut self, value: Value<'_>, formatter: Formatter, verb: char) {
        let state = Ptr::new(Printing::of(&self.flags));
        let flags = self.flags;
        // What it wrote before a panic stays.
        let panicked = caught(|| formatter.Format(State::of(state), verb as i32)).err();
        self.out.extend_from_slice(written(state));
        self.flags = flags;
        if let Some(with) = panicked {
            self.panicked(value, verb, "Format", with);
        }
    }

    /// Calls a method; none if it panicked, which has become part of the text.
    fn guarded(
        &mut self,
        value: Value<'_>,
        verb: char,
        name: &str,
        method: impl FnOnce() -> Str,
    ) -> Option<Str> {
        match caught(method) {
            Ok(text) => Some(text),
            Err(with) => {
                self.panicked(value, verb, name, with);
                None
            }
        }
    }

    fn panicked(&mut self, value: Value<'_>, verb: char, name: &str, with: Any) {
        if value.kind() == Kind::Pointer && value.is_nil() {
            return self.add("<nil>");
        }
        if self.panicking {
            panic(with);
        }
        let flags = std::mem::take(&mut self.flags);
        self.add("%!");
        utf8::push(&mut self.out, verb as i32);
        self.add("(PANIC=");
        self.add(name);
        self.add(" method: ");
        self.panicking = true;
        self.print_operand(with, 'v');
        self.panicking = false;
        self.out.push(b')');
        self.flags = flags;
    }

    /// A value by its kind.
    pub(super) fn print_value(&mut self, value: Value<'_>, verb: char, depth: usize) {
        if depth > 0 && !value.is_hidden() && self.by_methods(value, None, verb) {
            return;
        }
        if let Some(int) = value.int() {
            return self.integer(int.unsigned_abs(), int < 0, true, verb, value);
        }
        if let Some(uint) = value.uint() {
            return self.integer(uint, false, false, verb, value);
        }
        match value.kind() {
            Kind::Bool => match verb {
                't' | 'v' => self.flags.boolean(&mut self.out, value.bool()),
                _ => self.bad_verb(verb, Some(value)),
            },
            Kind::Float32 => self.float(value.float().unwrap_or_default(), 32, verb, value),
            Kind::Float64 => self.float(value.float().unwrap_or_default(), 64, verb, value),
            Kind::Complex64 | Kind::Complex128 => self.complex(value, verb),
            Kind::String => {
                self.text(value.string().unwrap_or(crate::string::str("")).as_bytes(), verb, value)
            }
            Kind::Map => self.map(value, verb, depth),
            Kind::Struct => self.structure(value, verb, depth),
            Kind::Interface => match value.inner() {
                Some(inner) => self.print_value(inner, verb, depth + 1),
                None if self.flags.sharp_v => {
                    self.add(&value.desc().type_string());
                    self.add("(nil)");
                }
                None => self.add("<nil>"),
            },
            Kind::Array | Kind::Slice => self.list(value, verb, depth),
            Kind::Pointer => match value.pointee() {
                Some(inner)
                    if depth == 0
                        && matches!(inner.kind(), Kind::Array | Kind::Slice | Kind::Struct | Kind::Map) =>
                {
                    self.out.push(b'&');
                    self.print_value(inner, verb, depth + 1);
                }
                _ => self.pointer(value, verb),
            },
            _ => self.pointer(value, verb),
        }
    }

    fn hex64(&mut self, value: u64, prefix: bool) {
        Flags { sharp: prefix, ..self.flags }.integer(&mut self.out, value, false, 16, 'v', false);
    }

    fn integer(&mut self, value: u64, negative: bool, signed: bool, verb: char, whole: Value<'_>) {
        let (base, upper) = match verb {
            'v' if self.flags.sharp_v && !signed => return self.hex64(value, true),
            'v' | 'd' => (10, false),
            'b' => (2, false),
            'o' | 'O' => (8, false),
            'x' => (16, false),
            'X' => (16, true),
            // A negative number is no character.
            'c' | 'q' | 'U' => {
                let bits = if negative { value.wrapping_neg() } else { value };
                return match verb {
                    'c' => self.flags.character(&mut self.out, bits),
                    'q' => self.flags.quoted_character(&mut self.out, bits),
                    _ => self.flags.unicode(&mut self.out, bits),
                };
            }
            _ => return self.bad_verb(verb, Some(whole)),
        };
        self.flags.integer(&mut self.out, value, negative, base, verb, upper);
    }

    fn float(&mut self, value: f64, bits: u32, verb: char, whole: Value<'_>) {
        let (format, precision) = match verb {
            'v' => (b'g', -1),
            'b' | 'g' | 'G' | 'x' | 'X' => (verb as u8, -1),
            'f' | 'e' | 'E' => (verb as u8, 6),
            'F' => (b'f', 6),
            _ => return self.bad_verb(verb, Some(whole)),
        };
        self.flags.float(&mut self.out, value, bits, format, precision);
    }

    fn complex(&mut self, value: Value<'_>, verb: char) {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(verb, Some(value));
        }
        let (re, im) = value.complex().unwrap_or_default();
        let bits = if value.kind() == Kind::Complex64 { 32 } else { 64 };
        let plus = self.flags.plus;
        self.out.push(b'(');
        self.float(re, bits, verb, value);
        self.flags.plus = true;
        self.float(im, bits, verb, value);
        self.add("i)");
        self.flags.plus = plus;
    }

    fn text(&mut self, text: &[u8], verb: char, whole: Value<'_>) {
        match verb {
            'v' if self.flags.sharp_v => self.flags.quoted(&mut self.out, text),
            'v' | 's' => self.flags.string(&mut self.out, text),
            'x' | 'X' => self.flags.hex(&mut self.out, text, verb == 'X'),
            'q' => self.flags.quoted(&mut self.out, text),
            _ => self.bad_verb(verb, Some(whole)),
        }
    }

    /// An operand that is a `[]byte`, which has its Go name and is not asked for methods.
    pub(super) fn byte_slice(&mut self, value: Value<'_>, verb: char) {
        if !(self.flags.sharp_v && verb == 'v') {
            return self.print_value(value, verb, 0);
        }
        self.add("[]byte");
        if value.is_nil() {
            return self.add("(nil)");
        }
        self.elements(value, verb, 0);
    }

    fn list(&mut self, value: Value<'_>, verb: char, depth: usize) {
        if matches!(verb, 's' | 'q' | 'x' | 'X')
            && let Some(bytes) = value.bytes()
        {
            return self.text(bytes, verb, value);
        }
        let go = self.flags.sharp_v;
        if go {
            self.add(&value.desc().type_string());
            if value.kind() == Kind::Slice && value.is_nil() {
                return self.add("(nil)");
            }
        }
        self.elements(value, verb, depth);
    }

    fn elements(&mut self, value: Value<'_>, verb: char, depth: usize) {
        let go = self.flags.sharp_v;
        self.out.push(if go { b'{' } else { b'[' });
        for i in 0..value.len() {
            if i > 0 {
                self.add(if go { ", " } else { " " });
            }
            self.print_value(value.index(i), verb, depth + 1);
        }
        self.out.push(if go { b'}' } else { b']' });
    }

    fn map(&mut self, value: Value<'_>, verb: char, depth: usize) {
        let go = self.flags.sharp_v;
        if go {
            self.add(&value.desc().type_string());
            if value.is_nil() {
                return self.add("(nil)");
            }
            self.out.push(b'{');
        } else {
            self.add("map[");
        }
        let entries = value.entries();
        for (n, i) in sorted(&entries).into_iter().enumerate() {
            if n > 0 {
                self.add(if go { ", " } else { " " });
            }
            let (key, elem) = entries.get(i);
            self.print_value(key, verb, depth + 1);
            self.out.push(b':');
            self.print_value(elem, verb, depth + 1);
        }
        self.out.push(if go { b'}' } else { b']' });
    }

    fn structure(&mut self, value: Value<'_>, verb: char, depth: usize) {
        let go = self.flags.sharp_v;
        if go {
            self.add(&value.desc().type_string());
        }
        self.out.push(b'{');
        for (i, (field, part)) in value.fields().enumerate() {
            if i > 0 {
                self.add(if go { ", " } else { " " });
            }
            if go || self.flags.plus_v {
                self.add(field.name);
                self.out.push(b':');
            }
            let part = if part.is_interface() { part.inner().unwrap_or(part) } else { part };
            self.print_value(part, verb, depth + 1);
        }
        self.out.push(b'}');
    }

    /// Where a handle points.
    pub(super) fn pointer(&mut self, value: Value<'_>, verb: char) {
        let Some(address) = value.address() else { return self.bad_verb(verb, Some(value)) };
        let address = address as u64;
        match verb {
            'v' if self.flags.sharp_v => {
                self.out.push(b'(');
                self.add(&value.desc().type_string());
                self.add(")(");
                if address == 0 {
                    self.add("nil");
                } else {
                    self.hex64(address, true);
                }
                self.out.push(b')');
            }
            'v' if address == 0 => self.flags.pad(&mut self.out, b"<nil>"),
            'v' | 'p' => self.hex64(address, !self.flags.sharp),
            'b' | 'o' | 'd' | 'x' | 'X' => self.integer(address, false, false, verb, value),
            _ => self.bad_verb(verb, Some(value)),
        }
    }
}

/// Runs code of the program; the error is what it panicked with.
fn caught<R>(code: impl FnOnce() -> R) -> Result<R, Any> {
    let (result, panicked) = (Cell::new(None), Cell::new(None));
    defer_scope(|defers| {
        defers.push_recover(|| {
            let with = Recovery::take().recover();
            if !with.is_nil() {
                panicked.set(Some(with));
            }
        });
        result.set(Some(code()));
    });
    match (result.take(), panicked.take()) {
        (Some(result), _) => Ok(result),
        (None, Some(with)) => Err(with),
        // A recovered panic left its value.
        (None, None) => unreachable!("neither returned nor panicked"),
    }
}

/// The order in which a map's entries are shown.
fn sorted(entries: &Entries) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|&a, &b| compare(entries.get(a).0, entries.get(b).0));
    order
}

/// Compares two values of one type as maps are sorted: nil and NaN first, false before true, structs and arrays part by part,
/// interfaces by what they hold.
fn compare(a: Value<'_>, b: Value<'_>) -> std::cmp::Ordering {
    use std::cmp::Ordering::Equal;
    let floats = |a: f64, b: f64| a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()));
    let all = |mut parts: &mut dyn Iterator<Item = std::cmp::Ordering>| {
        (&mut parts).find(|order| *order != Equal).unwrap_or(Equal)
    };
    match a.kind() {
        Kind::Bool => a.bool().cmp(&b.bool()),
        Kind::Float32 | Kind::Float64 => floats(a.float().unwrap_or(0.0), b.float().unwrap_or(0.0)),
        Kind::Complex64 | Kind::Complex128 => {
            let (a, b) = (a.complex().unwrap_or_default(), b.complex().unwrap_or_default());
            floats(a.0, b.0).then_with(|| floats(a.1, b.1))
        }
        Kind::String => a.string().cmp(&b.string()),
        Kind::Struct => all(&mut a.fields().zip(b.fields()).map(|(a, b)| compare(a.1, b.1))),
        Kind::Array => all(&mut (0..a.len()).map(|i| compare(a.index(i), b.index(i)))),
        Kind::Interface => match (a.inner(), b.inner()) {
            (Some(a), Some(b)) if a.desc().id == b.desc().id => compare(a, b),
            (Some(a), Some(b)) => rank(a.desc()).cmp(&rank(b.desc())),
            (a, b) => a.is_some().cmp(&b.is_some()),
        },
        _ => match (a.int(), a.uint()) {
            (Some(_), _) => a.int().cmp(&b.int()),
            (_, Some(_)) => a.uint().cmp(&b.uint()),
            _ => a.address().cmp(&b.address()),
        },
    }
}

/// The order of types among the keys of a map. Go's is that of their addresses, which comes out like this for predeclared types.
fn rank(desc: &Desc) -> (usize, String) {
    const ORDER: [Kind; 17] = [
        Kind::String,
        Kind::Int8,
        Kind::Uint8,
        Kind::Int16,
        Kind::Uint16,
        Kind::Int32,
        Kind::Uint32,
        Kind::Int64,
        Kind::Uint64,
        Kind::Int,
        Kind::Uint,
        Kind::Uintptr,
        Kind::Complex64,
        Kind::Complex128,
        Kind::Float32,
        Kind::Float64,
        Kind::Bool,
    ];
    let predeclared = desc.named && desc.pkg_path.is_empty();
    let at = ORDER.iter().position(|kind| *kind == desc.kind).filter(|_| predeclared);
    (at.map_or(0, |at| at + 1), desc.type_string())
}
