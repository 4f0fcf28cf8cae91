//! The printer: operands one by one, and formats.

use super::format::Flags;
use super::parse::{Number, argument_number, number};
use crate::interface::{Any, Interface};
use crate::reflect;
use crate::slice::Slice;
use crate::string::decode_rune;
use crate::ty::Kind;
use crate::unicode::utf8;
use crate::value::Value;
use crate::view::GoType;

/// A text in the making.
#[derive(Default)]
pub(super) struct Printer {
    pub(super) out: Vec<u8>,
    pub(super) flags: Flags,
    /// Whether `%w` is allowed.
    pub(super) wraps: bool,
    /// Which operands `%w` stood for.
    pub(super) wrapped: Vec<isize>,
    /// A value is shown because its verb was wrong: its methods are not asked.
    pub(super) erring: bool,
    /// A value is shown because a method of it panicked.
    pub(super) panicking: bool,
}

impl Printer {
    /// With room for a short text, so that it does not grow in small steps.
    pub(super) fn new() -> Printer {
        Printer { out: Vec::with_capacity(64), ..Printer::default() }
    }

    pub(super) fn add(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// `Sprint`
    pub(super) fn print(&mut self, operands: Slice<Any>) {
        let mut after_string = false;
        for (i, operand) in operands.range() {
            let is_string = operand.iface().desc().is_some_and(|desc| desc.kind == Kind::String);
            if i > 0 && !is_string && !after_string {
                self.out.push(b' ');
            }
            self.print_operand(operand, 'v');
            after_string = is_string;
        }
    }

    /// `Sprintln`
    pub(super) fn print_line(&mut self, operands: Slice<Any>) {
        for (i, operand) in operands.range() {
            if i > 0 {
                self.out.push(b' ');
            }
            self.print_operand(operand, 'v');
        }
        self.out.push(b'\n');
    }

    /// One operand by a verb.
    pub(super) fn print_operand(&mut self, operand: Any, verb: char) {
        let iface = operand.iface();
        let Some(value) = Value::of(&iface) else {
            return match verb {
                'T' | 'v' => self.flags.pad(&mut self.out, b"<nil>"),
                _ => self.bad_verb(verb, None),
            };
        };
        match verb {
            'T' => self.flags.string(&mut self.out, value.desc().type_string().as_bytes()),
            'p' => self.pointer(value, 'p'),
            _ if value.desc().id == reflect::Value::ID => self.reflected(operand.assert(), verb),
            _ if value.desc().id == <Slice<u8>>::ID => self.byte_slice(value, verb),
            _ if self.by_methods(value, Some(operand), verb) => {}
            _ => self.print_value(value, verb, 0),
        }
    }

    /// An operand that is a `reflect.Value` stands for the value it holds.
    fn reflected(&mut self, of: reflect::Value, verb: char) {
        let Some((held, hidden)) = reflect::held(of) else { return self.add("<invalid reflect.Value>") };
        if !hidden {
            return self.print_operand(held, verb);
        }
        let iface = held.iface();
        match Value::of(&iface) {
            Some(value) => self.print_value(value.hide(), verb, 0),
            None => self.print_operand(held, verb),
        }
    }

    /// `%!verb(type=value)`
    pub(super) fn bad_verb(&mut self, verb: char, value: Option<Value<'_>>) {
        self.add("%!");
        utf8::push(&mut self.out, verb as i32);
        self.out.push(b'(');
        match value {
            Some(value) => {
                self.add(&value.desc().type_string());
                self.out.push(b'=');
                self.erring = true;
                self.print_value(value, 'v', 0);
                self.erring = false;
            }
            None => self.add("<nil>"),
        }
        self.out.push(b')');
    }

    fn complain(&mut self, verb: char, what: &str) {
        self.add("%!");
        utf8::push(&mut self.out, verb as i32);
        self.add(what);
    }

    /// `Sprintf`
    pub(super) fn print_format(&mut self, format: &[u8], operands: Slice<Any>) {
        let mut cursor = Cursor { format, at: 0, next: 0, indexed: false, good: true, reordered: false };
        loop {
            let rest = &format[cursor.at..];
            let text = rest.iter().position(|&c| c == b'%').unwrap_or(rest.len());
            self.out.extend_from_slice(&rest[..text]);
            cursor.at += text;
            if cursor.at == format.len() {
                break;
            }
            cursor.at += 1;
            if !self.directive(&mut cursor, operands) {
                self.add("%!(NOVERB)");
                break;
            }
        }
        if !cursor.reordered && cursor.next < operands.len() {
            self.extra(operands.slice_from(cursor.next));
        }
    }

    /// What stands after a `%`; false if there is no verb.
    fn directive(&mut self, cursor: &mut Cursor<'_>, operands: Slice<Any>) -> bool {
        self.flags = Flags::default();
        cursor.good = true;
        cursor.indexed = false;
        loop {
            match cursor.peek() {
                b'#' => self.flags.sharp = true,
                b'0' => self.flags.zero = true,
                b'+' => self.flags.plus = true,
                b'-' => self.flags.minus = true,
                b' ' => self.flags.space = true,
                _ => break,
            }
            cursor.at += 1;
        }
        cursor.index(operands.len());
        self.width(cursor, operands);
        if cursor.peek() == b'.' {
            self.precision(cursor, operands);
        }
        if !cursor.indexed {
            cursor.index(operands.len());
        }
        if cursor.at >= cursor.format.len() {
            return false;
        }
        let (rune, len) = decode_rune(&cursor.format[cursor.at..]);
        cursor.at += len;
        let verb = utf8::char_of(rune);
        if verb == '%' {
            self.out.push(b'%');
        } else if !cursor.good {
            self.complain(verb, "(BADINDEX)");
        } else if cursor.next >= operands.len() {
            self.complain(verb, "(MISSING)");
        } else {
            if verb == 'w' {
                self.wrapped.push(cursor.next);
            }
            if matches!(verb, 'v' | 'w') {
                self.flags.sharp_v = std::mem::take(&mut self.flags.sharp);
                self.flags.plus_v = std::mem::take(&mut self.flags.plus);
            }
            let operand = *operands[cursor.next];
            cursor.next += 1;
            self.print_operand(operand, verb);
        }
        true
    }

    fn width(&mut self, cursor: &mut Cursor<'_>, operands: Slice<Any>) {
        if cursor.peek() != b'*' {
            if let Some((width, end)) = number(cursor.format, cursor.at) {
                self.flags.width = Some(width);
                cursor.at = end;
                cursor.good &= !cursor.indexed;
            } else {
                cursor.skip_huge();
            }
            return;
        }
        cursor.at += 1;
        match cursor.int(operands) {
            Some(width) => {
                self.flags.width = Some(width.unsigned_abs());
                if width < 0 {
                    self.flags.minus = true;
                    self.flags.zero = false;
                }
            }
            None => self.add("%!(BADWIDTH)"),
        }
        cursor.indexed = false;
    }

    fn precision(&mut self, cursor: &mut Cursor<'_>, operands: Slice<Any>) {
        cursor.at += 1;
        cursor.good &= !cursor.indexed;
        cursor.index(operands.len());
        if cursor.peek() != b'*' {
            let (precision, end) = number(cursor.format, cursor.at).unwrap_or((0, cursor.at));
            self.flags.precision = Some(precision);
            cursor.at = end;
            cursor.skip_huge();
            return;
        }
        cursor.at += 1;
        self.flags.precision = cursor.int(operands).and_then(|precision| usize::try_from(precision).ok());
        if self.flags.precision.is_none() {
            self.add("%!(BADPREC)");
        }
        cursor.indexed = false;
    }

    /// The operands that no directive asked for.
    fn extra(&mut self, operands: Slice<Any>) {
        self.flags = Flags::default();
        self.add("%!(EXTRA ");
        for (i, operand) in operands.range() {
            if i > 0 {
                self.add(", ");
            }
            match operand.iface().desc() {
                Some(desc) => {
                    self.add(&desc.type_string());
                    self.out.push(b'=');
                    self.print_operand(operand, 'v');
                }
                None => self.add("<nil>"),
            }
        }
        self.out.push(b')');
    }
}

/// Where a format has been read to, and which operand is next.
struct Cursor<'a> {
    format: &'a [u8],
    at: usize,
    next: isize,
    /// An index stands right before.
    indexed: bool,
    /// Whether the indices of this directive are good.
    good: bool,
    reordered: bool,
}

impl Cursor<'_> {
    /// The next byte, 0 at the end.
    fn peek(&self) -> u8 {
        self.format.get(self.at).copied().unwrap_or(0)
    }

    /// `[n]`
    fn index(&mut self, operands: isize) {
        self.indexed = false;
        if self.peek() != b'[' {
            return;
        }
        self.reordered = true;
        let Number { value, len, good } = argument_number(&self.format[self.at..]);
        self.at += len;
        self.indexed = good;
        if good && (1..=operands).contains(&value) {
            self.next = value - 1;
        } else {
            self.good = false;
        }
    }

    /// Go gives up on a number that is too large by looking for the verb at the end of the format.
    fn skip_huge(&mut self) {
        if self.peek().is_ascii_digit() {
            self.at = self.format.len();
        }
    }

    /// The operand of a `*`, if it is an integer that is not too large.
    fn int(&mut self, operands: Slice<Any>) -> Option<isize> {
        if self.next >= operands.len() {
            return None;
        }
        let iface = operands[self.next].iface();
        self.next += 1;
        let value = Value::of(&iface)?;
        let int = match value.uint() {
            Some(uint) => isize::try_from(uint).ok()?,
            None => value.int()? as isize,
        };
        (int.unsigned_abs() <= super::parse::LARGEST).then_some(int)
    }
}
