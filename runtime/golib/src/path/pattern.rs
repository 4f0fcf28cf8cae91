//! `Match`: shell patterns.
//!
//! Must hold: a pattern that is none is reported even where the name is already known not to match.

use super::ErrBadPattern;
use crate::interface::Error;
use crate::string::{Str, decode_rune};
use crate::view::{View, zero};

struct Bad;

/// Whether a name matches all of a shell pattern.
pub fn Match(pattern: Str, name: Str) -> (bool, Error) {
    match matches(pattern.as_bytes(), name.as_bytes()) {
        Ok(matched) => (matched, zero()),
        Err(Bad) => (false, ErrBadPattern.get()),
    }
}

fn matches(pattern: &[u8], name: &[u8]) -> Result<bool, Bad> {
    let (mut pattern, mut name) = (pattern, name);
    'pattern: while !pattern.is_empty() {
        let stars = pattern.iter().take_while(|&&c| c == b'*').count();
        let chunk;
        (chunk, pattern) = pattern[stars..].split_at(chunk_end(&pattern[stars..]));
        if stars > 0 && chunk.is_empty() {
            return Ok(!name.contains(&b'/'));
        }
        if let Some(rest) = chunk_matches(chunk, name)?
            && (rest.is_empty() || !pattern.is_empty())
        {
            name = rest;
            continue;
        }
        if stars > 0 {
            for skipped in 1..=name.len() {
                if name[skipped - 1] == b'/' {
                    break;
                }
                if let Some(rest) = chunk_matches(chunk, &name[skipped..])?
                    && (!pattern.is_empty() || rest.is_empty())
                {
                    name = rest;
                    continue 'pattern;
                }
            }
        }
        // The rest of the pattern must be one.
        while !pattern.is_empty() {
            let stars = pattern.iter().take_while(|&&c| c == b'*').count();
            let (chunk, rest) = pattern[stars..].split_at(chunk_end(&pattern[stars..]));
            chunk_matches(chunk, b"")?;
            pattern = rest;
        }
        return Ok(false);
    }
    Ok(name.is_empty())
}

/// Where the next star outside of brackets stands.
fn chunk_end(pattern: &[u8]) -> usize {
    let (mut at, mut in_range) = (0, false);
    while at < pattern.len() {
        match pattern[at] {
            b'\\' => at += usize::from(at + 1 < pattern.len()),
            b'[' => in_range = true,
            b']' => in_range = false,
            b'*' if !in_range => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// What is left of the name behind a chunk without stars, if it begins with that. A chunk is read to its end in any case.
fn chunk_matches<'a>(chunk: &[u8], name: &'a [u8]) -> Result<Option<&'a [u8]>, Bad> {
    let (mut chunk, mut name, mut failed) = (chunk, name, false);
    while let Some(&first) = chunk.first() {
        failed |= name.is_empty();
        match first {
            b'[' => {
                let mut rune = 0;
                if !failed {
                    let len;
                    (rune, len) = decode_rune(name);
                    name = &name[len..];
                }
                let (fits, rest) = class(&chunk[1..], rune)?;
                failed |= !fits;
                chunk = rest;
            }
            b'?' => {
                if !failed {
                    failed = name[0] == b'/';
                    name = &name[decode_rune(name).1..];
                }
                chunk = &chunk[1..];
            }
            _ => {
                if first == b'\\' {
                    chunk = &chunk[1..];
                }
                let Some(wanted) = chunk.first() else { return Err(Bad) };
                if !failed {
                    failed = name[0] != *wanted;
                    name = &name[1..];
                }
                chunk = &chunk[1..];
            }
        }
    }
    Ok((!failed).then_some(name))
}

/// Whether a rune is in the class that starts behind its bracket, and what follows the class.
fn class(text: &[u8], rune: i32) -> Result<(bool, &[u8]), Bad> {
    let (mut text, negated) = match text.strip_prefix(b"^") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (mut found, mut ranges) = (false, 0);
    loop {
        if let Some(rest) = text.strip_prefix(b"]")
            && ranges > 0
        {
            return Ok((found != negated, rest));
        }
        let (low, rest) = class_rune(text)?;
        let mut high = low;
        text = rest;
        if let Some(rest) = text.strip_prefix(b"-") {
            (high, text) = class_rune(rest)?;
        }
        found |= low <= rune && rune <= high;
        ranges += 1;
    }
}

/// A rune of a class, and what follows; something must.
fn class_rune(text: &[u8]) -> Result<(i32, &[u8]), Bad> {
    let text = match text.first() {
        None | Some(b'-' | b']') => return Err(Bad),
        Some(b'\\') => &text[1..],
        Some(_) => text,
    };
    if text.is_empty() {
        return Err(Bad);
    }
    let (rune, len) = decode_rune(text);
    if rune == 0xfffd && len == 1 || text.len() == len {
        return Err(Bad);
    }
    Ok((rune, &text[len..]))
}
