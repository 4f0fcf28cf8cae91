//! Scanning by a format.

use super::parse::number;
use super::scan::{Scanned, Scanning, UNLIMITED, failed, is_space};
use crate::errors;
use crate::interface::Any;
use crate::slice::Slice;
use crate::string::Str;
use crate::unicode::utf8;

/// How the text between directives went.
enum Matched {
    /// This much of the format is done.
    Up(usize),
    /// The input is something else.
    Not,
}

impl Scanning {
    /// All directives of a format.
    pub(super) fn by_format(&mut self, format: &[u8], operands: Slice<Any>, done: &mut isize) -> Scanned<()> {
        let mut at = 0;
        while at < format.len() {
            match self.literal(&format[at..])? {
                Matched::Up(0) => {}
                Matched::Up(n) => {
                    at += n;
                    continue;
                }
                Matched::Not if format[at] != b'%' => return failed("input does not match format"),
                Matched::Not => {}
            }
            at += 1;
            let mut most = UNLIMITED;
            if let Some((width, end)) = number(format, at) {
                (most, at) = (width as isize, end);
            }
            let (rune, len) = utf8::first(&format[at..]);
            let verb_at = at;
            at += len;
            let verb = utf8::char_of(rune);
            if verb != 'c' {
                self.skip_space()?;
            }
            if verb == '%' {
                self.skip_space()?;
                self.not_end()?;
                if !self.accept(b"%")? {
                    return failed("missing literal %");
                }
                continue;
            }
            if *done >= operands.len() {
                let rest = [b"too few operands for format '%", &format[verb_at..], b"'"].concat();
                return Err(errors::New(Str::copy_of(&rest)));
            }
            self.input.width = most;
            self.input.limit = UNLIMITED.min(self.input.count + most);
            let scanned = self.one(verb, *operands[*done]);
            self.input.limit = UNLIMITED;
            scanned?;
            *done += 1;
        }
        if *done < operands.len() { failed("too many operands") } else { Ok(()) }
    }

    /// The text of the format up to the next directive.
    fn literal(&mut self, format: &[u8]) -> Scanned<Matched> {
        let mut at = 0;
        while at < format.len() {
            let (rune, len) = utf8::first(&format[at..]);
            if is_space(rune) {
                at += self.spaces(&format[at..])?;
                continue;
            }
            if rune == i32::from(b'%') {
                match format.get(at + 1) {
                    None => return failed("missing verb: % at end of format string"),
                    Some(b'%') => at += 1,
                    Some(_) => return Ok(Matched::Up(at)),
                }
            }
            if self.must()? != rune {
                self.back();
                return Ok(Matched::Not);
            }
            at += len;
        }
        Ok(Matched::Up(at))
    }

    /// Spaces of the format: newlines stand for themselves, others for any space of one line.
    fn spaces(&mut self, format: &[u8]) -> Scanned<usize> {
        const NEWLINE: i32 = b'\n' as i32;
        let (mut at, mut newlines, mut trailing) = (0, 0, false);
        while at < format.len() {
            let (rune, len) = utf8::first(&format[at..]);
            if !is_space(rune) {
                break;
            }
            if rune == NEWLINE {
                newlines += 1;
            }
            trailing = rune != NEWLINE;
            at += len;
        }
        let blank = |rune: Option<i32>| rune.is_some_and(|rune| is_space(rune) && rune != NEWLINE);
        for _ in 0..newlines {
            let mut rune = self.next()?;
            while blank(rune) {
                rune = self.next()?;
            }
            if rune.is_some_and(|rune| rune != NEWLINE) {
                return failed("newline in format does not match input");
            }
        }
        if trailing {
            let mut rune = self.next()?;
            if newlines == 0 {
                if rune.is_some_and(|rune| !is_space(rune)) {
                    return failed("expected space in input to match format");
                }
                if rune == Some(NEWLINE) {
                    return failed("newline in input does not match format");
                }
            }
            while blank(rune) {
                rune = self.next()?;
            }
            if rune.is_some() {
                self.back();
            }
        }
        Ok(at)
    }
}
