//! Scanning one operand into the variable it points to.

use super::scan::{Scanned, Scanning, failed};
use crate::errors;
use crate::interface::{Any, Error, Interface};
use crate::math;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::strconv;
use crate::string::{Str, str};
use crate::ty::Kind;
use crate::unicode::utf8;
use crate::value::Value;
use crate::view::View as _;

const FLOAT_VERBS: &str = "beEfFgGv";
const DECIMAL: &[u8] = b"0123456789_";

impl Scanning {
    /// One operand by a verb.
    pub(super) fn one(&mut self, verb: char, operand: Any) -> Scanned<()> {
        self.token.clear();
        if let Some(scanned) = self.by_itself(verb, operand) {
            return scanned;
        }
        let iface = operand.iface();
        let Some(value) = Value::of(&iface) else { return failed("can't scan type: <nil>") };
        if value.kind() != Kind::Pointer {
            return failed(&format!("type not a pointer: {}", value.desc().type_string()));
        }
        let cannot = || failed(&format!("can't scan type: {}", value.desc().type_string()));
        let Some(place) = value.pointee() else { return cannot() };
        let bits = place.desc().size as u32 * 8;
        match place.kind() {
            Kind::Bool => place.store(self.boolean(verb)?),
            Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                store_bits(place, self.int(verb, bits)? as u64);
            }
            Kind::Uint | Kind::Uint8 | Kind::Uint16 | Kind::Uint32 | Kind::Uint64 | Kind::Uintptr => {
                store_bits(place, self.uint(verb, bits)?);
            }
            Kind::Float32 => place.store(self.float(verb, 32)? as f32),
            Kind::Float64 => place.store(self.float(verb, 64)?),
            Kind::Complex64 => {
                let (re, im) = self.complex(verb, 32)?;
                place.store([re as f32, im as f32]);
            }
            Kind::Complex128 => {
                let (re, im) = self.complex(verb, 64)?;
                place.store([re, im]);
            }
            Kind::String => place.store(Str::copy_of(&self.string(verb)?)),
            Kind::Slice if place.desc().elem().kind == Kind::Uint8 => {
                place.store(Slice::<u8>::from_static(&self.string(verb)?));
            }
            _ => return cannot(),
        }
        Ok(())
    }

    fn verb_is(&self, verb: char, good: &str, what: &str) -> Scanned<()> {
        if good.contains(verb) { Ok(()) } else { failed(&format!("bad verb '%{verb}' for {what}")) }
    }

    /// Skips space; fails at the end.
    fn start(&mut self) -> Scanned<()> {
        self.skip_space()?;
        self.not_end()
    }

    fn boolean(&mut self, verb: char) -> Scanned<bool> {
        let wrong = |ok: bool| if ok { Ok(()) } else { failed("syntax error scanning boolean") };
        self.start()?;
        self.verb_is(verb, "tv", "boolean")?;
        match self.next()?.and_then(|rune| u8::try_from(rune).ok()) {
            Some(b'1') => Ok(true),
            Some(b't' | b'T') => {
                if self.accept(b"rR")? {
                    wrong(self.accept(b"uU")? && self.accept(b"eE")?)?;
                }
                Ok(true)
            }
            Some(b'f' | b'F') => {
                if self.accept(b"aA")? {
                    wrong(self.accept(b"lL")? && self.accept(b"sS")? && self.accept(b"eE")?)?;
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// Takes an integer's text; its base.
    fn integer(&mut self, verb: char, signed: bool) -> Scanned<isize> {
        self.start()?;
        self.verb_is(verb, "bdoUxXv", "integer")?;
        let (mut base, mut digits, mut found) = match verb {
            'b' => (2, &b"01"[..], false),
            'o' => (8, &b"01234567"[..], false),
            'x' | 'X' | 'U' => (16, &b"0123456789aAbBcCdDeEfF"[..], false),
            _ => (10, &DECIMAL[..10], false),
        };
        if verb == 'U' {
            // as in Go, what is something else is lost
            if !self.takes(b'U')? || !self.takes(b'+')? {
                return failed("bad unicode format ");
            }
            self.token.clear();
        } else {
            if signed {
                self.accept(b"+-")?;
            }
            if verb == 'v' {
                (base, digits, found) = (0, DECIMAL, false);
                if self.accept(b"0")? {
                    found = true;
                    digits = if self.accept(b"bB")? {
                        b"01_"
                    } else if self.accept(b"oO")? {
                        b"01234567_"
                    } else if self.accept(b"xX")? {
                        b"0123456789aAbBcCdDeEfF_"
                    } else {
                        b"01234567_"
                    };
                }
            }
        }
        if !found {
            self.not_end()?;
            if !self.accept(digits)? {
                return failed("expected integer");
            }
        }
        while self.accept(digits)? {}
        Ok(base)
    }

    fn character(&mut self, bits: u32) -> Scanned<i64> {
        self.not_end()?;
        let rune = i64::from(self.next()?.unwrap_or_default());
        let cut = rune << (64 - bits) >> (64 - bits);
        if cut != rune {
            let mut text = b"overflow on character value ".to_vec();
            utf8::push(&mut text, rune as i32);
            return Err(errors::New(Str::copy_of(&text)));
        }
        Ok(rune)
    }

    fn int(&mut self, verb: char, bits: u32) -> Scanned<i64> {
        if verb == 'c' {
            return self.character(bits);
        }
        let base = self.integer(verb, true)?;
        let token = Str::copy_of(&self.token);
        let (value, err) = strconv::ParseInt(token, base, 64);
        good(err)?;
        if value << (64 - bits) >> (64 - bits) != value {
            return Err(errors::New(str("integer overflow on token ") + token));
        }
        Ok(value)
    }

    fn uint(&mut self, verb: char, bits: u32) -> Scanned<u64> {
        if verb == 'c' {
            return self.character(bits).map(|rune| rune as u64);
        }
        let base = self.integer(verb, false)?;
        let token = Str::copy_of(&self.token);
        let (value, err) = strconv::ParseUint(token, base, 64);
        good(err)?;
        if value << (64 - bits) >> (64 - bits) != value {
            return Err(errors::New(str("unsigned integer overflow on token ") + token));
        }
        Ok(value)
    }

    /// Takes what looks like a float.
    fn float_token(&mut self) -> Scanned<Str> {
        self.token.clear();
        let nan = self.accept(b"nN")? && self.accept(b"aA")? && self.accept(b"nN")?;
        if !nan {
            self.accept(b"+-")?;
            let infinite = self.accept(b"iI")? && self.accept(b"nN")? && self.accept(b"fF")?;
            if !infinite {
                let (mut digits, mut exponent) = (DECIMAL, &b"eEpP"[..]);
                if self.accept(b"0")? && self.accept(b"xX")? {
                    (digits, exponent) = (b"0123456789aAbBcCdDeEfF_", b"pP");
                }
                while self.accept(digits)? {}
                if self.accept(b".")? {
                    while self.accept(digits)? {}
                }
                if self.accept(exponent)? {
                    self.accept(b"+-")?;
                    while self.accept(DECIMAL)? {}
                }
            }
        }
        Ok(Str::copy_of(&self.token))
    }

    fn float(&mut self, verb: char, bits: isize) -> Scanned<f64> {
        self.verb_is(verb, FLOAT_VERBS, &format!("float{bits}"))?;
        self.start()?;
        let token = self.float_token()?;
        to_float(token, bits)
    }

    fn complex(&mut self, verb: char, bits: isize) -> Scanned<(f64, f64)> {
        let wrong = |ok: bool| if ok { Ok(()) } else { failed("syntax error scanning complex number") };
        self.verb_is(verb, FLOAT_VERBS, "complex")?;
        self.start()?;
        let parens = self.accept(b"(")?;
        let re = self.float_token()?;
        self.token.clear();
        let signed = self.accept(b"+-")?;
        wrong(signed)?;
        let sign = Str::copy_of(&self.token);
        let im = sign + self.float_token()?;
        let ended = self.accept(b"i")? && (!parens || self.accept(b")")?);
        wrong(ended)?;
        Ok((to_float(re, bits)?, to_float(im, bits)?))
    }

    fn string(&mut self, verb: char) -> Scanned<Vec<u8>> {
        self.verb_is(verb, "svqxX", "string")?;
        self.start()?;
        match verb {
            'q' => self.quoted()?,
            'x' | 'X' => self.hex()?,
            _ => self.word()?,
        }
        Ok(std::mem::take(&mut self.token))
    }

    fn quoted(&mut self) -> Scanned<()> {
        match self.next()?.and_then(|rune| u8::try_from(rune).ok()) {
            Some(b'`') => loop {
                match self.must()? {
                    0x60 => return Ok(()),
                    rune => utf8::push(&mut self.token, rune),
                }
            },
            Some(b'"') => {
                self.token.push(b'"');
                loop {
                    let rune = self.must()?;
                    utf8::push(&mut self.token, rune);
                    match rune {
                        0x5c => {
                            let escaped = self.must()?;
                            utf8::push(&mut self.token, escaped);
                        }
                        0x22 => break,
                        _ => {}
                    }
                }
                let (text, err) = strconv::Unquote(Str::copy_of(&self.token));
                good(err)?;
                self.token = text.as_bytes().to_vec();
                Ok(())
            }
            _ => failed("expected quoted string"),
        }
    }

    fn hex(&mut self) -> Scanned<()> {
        let digit =
            |rune: i32| u32::try_from(rune).ok().and_then(char::from_u32).and_then(|c| c.to_digit(16));
        while let Some(rune) = self.next()? {
            let Some(high) = digit(rune) else {
                self.back();
                break;
            };
            let Some(low) = digit(self.must()?) else { return failed("illegal hex digit") };
            self.token.push((high * 16 + low) as u8);
        }
        if self.token.is_empty() { failed("no hex data for %x string") } else { Ok(()) }
    }
}

fn good(err: Error) -> Scanned<()> {
    if err.is_nil() { Ok(()) } else { Err(err) }
}

fn store_bits(place: Value<'_>, bits: u64) {
    match place.desc().size {
        1 => place.store(bits as u8),
        2 => place.store(bits as u16),
        4 => place.store(bits as u32),
        _ => place.store(bits),
    }
}

/// A decimal float may have an exponent of two.
fn to_float(token: Str, bits: isize) -> Scanned<f64> {
    let bytes = token.as_bytes();
    let hex = bytes.iter().any(|b| b | 0x20 == b'x');
    let Some(p) = bytes.iter().position(|&b| b == b'p').filter(|_| !hex) else {
        let (value, err) = strconv::ParseFloat(token, bits);
        return good(err).map(|()| value);
    };
    let whole = |err: Error| {
        if let Some(number) = err.downcast::<Ptr<strconv::NumError>>() {
            number.Num.set(token);
        }
        good(err)
    };
    let (value, err) = strconv::ParseFloat(token.slice_to(p as isize), bits);
    whole(err)?;
    let (exponent, err) = strconv::Atoi(token.slice_from(p as isize + 1));
    whole(err)?;
    Ok(math::Ldexp(value, exponent))
}
