//! Puts the real text where placeholders stand.
//!
//! Line placeholders (`__comment!(3);`, `#[__comment(3)]`, `__blank!();`, `__trailing!(3);`) have a line to themselves, since
//! prettyplease writes one statement, item or attribute a line. `__args(..)`, `__go(..)` and `match __select` are renamed
//! in place. String literals are stepped over, so a program that prints `__args(` stays as it is.

/// Replaces every placeholder of `text`.
pub(super) fn splice(text: &str, texts: &[String]) -> String {
    let mut out = String::new();
    let text = heads(text, texts);
    for line in text.lines() {
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        if body == "__blank!();" {
            if !out.ends_with("\n\n") && !out.ends_with("{\n") {
                out.push('\n');
            }
        } else if let Some(n) =
            number(body, "__comment!(", ");").or_else(|| number(body, "#[__comment(", ")]"))
        {
            comment(&mut out, indent, &texts[n]);
        } else if let Some(n) = number(body, "__trailing!(", ");") {
            trailing(&mut out, &texts[n]);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    while out.contains("\n\n}") || out.contains("{\n\n") {
        out = out.replace("\n\n}", "\n}").replace("{\n\n", "{\n");
    }
    calls(&out)
}

fn number(body: &str, open: &str, close: &str) -> Option<usize> {
    body.strip_prefix(open)?.strip_suffix(close)?.parse().ok()
}

fn comment(out: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        out.push_str(indent);
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn trailing(out: &mut String, text: &str) {
    if text.contains('\n') {
        out.push_str(text);
        out.push('\n');
        return;
    }
    while out.ends_with('\n') {
        out.pop();
    }
    out.push(' ');
    out.push_str(text);
    out.push('\n');
}

/// `#[__head(3)]` and the `_` of its arm become the head of a `select!` arm.
fn heads(text: &str, texts: &[String]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("#[__head(") {
        out.push_str(&rest[..at]);
        let tail = &rest[at + "#[__head(".len()..];
        let close = tail.find(")]").unwrap_or(0);
        let n: usize = tail[..close].parse().unwrap_or(0);
        out.push_str(&texts[n]);
        let arm = tail[close + 2..].trim_start();
        rest = arm.strip_prefix('_').unwrap_or(arm);
    }
    out.push_str(rest);
    out
}

/// Turns the calls that stand for macros into macros.
pub(super) fn calls(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut closers: Vec<u8> = vec![];
    let mut i = 0;
    while i < bytes.len() {
        let rest = &text.as_bytes()[i..];
        if let Some(len) = skipped(rest) {
            out.extend_from_slice(&rest[..len]);
            i += len;
            continue;
        }
        let at_word = i == 0 || !(bytes[i - 1].is_ascii_alphanumeric() || bytes[i - 1] == b'_');
        let mut take = |from: &str, to: &str, closer: u8| {
            if at_word && rest.starts_with(from.as_bytes()) {
                out.extend_from_slice(to.as_bytes());
                closers.push(closer);
                return from.len();
            }
            0
        };
        let taken = match take("__args(", "args![", b']') {
            0 => match take("__go(", "go!(", b')') {
                0 => take("match __select {", "select! {", b'}'),
                n => n,
            },
            n => n,
        };
        if taken > 0 {
            i += taken;
            continue;
        }
        match bytes[i] {
            open @ (b'(' | b'[' | b'{') => {
                closers.push(if open == b'(' { b')' } else { open + 2 });
                out.push(open);
            }
            b')' | b']' | b'}' => out.push(closers.pop().unwrap_or(bytes[i])),
            b => out.push(b),
        }
        i += 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The length of a string, character or comment that starts here.
fn skipped(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'/', b'/', ..] => Some(rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len())),
        [b'/', b'*', ..] => rest.windows(2).position(|w| w == b"*/").map(|n| n + 2),
        [b'"', ..] => {
            let mut i = 1;
            while i < rest.len() && rest[i] != b'"' {
                i += if rest[i] == b'\\' { 2 } else { 1 };
            }
            Some((i + 1).min(rest.len()))
        }
        [b'\'', b'\\', ..] => rest[2..].iter().skip(1).position(|&b| b == b'\'').map(|n| n + 4),
        [b'\'', ..] => {
            // A character literal closes within the next character; a label or lifetime does not.
            let text = std::str::from_utf8(&rest[1..rest.len().min(6)]);
            let valid = match text {
                Ok(text) => text,
                Err(e) => std::str::from_utf8(&rest[1..1 + e.valid_up_to()]).unwrap_or(""),
            };
            let first = valid.chars().next()?;
            let end = 1 + first.len_utf8();
            (rest.get(end) == Some(&b'\'')).then_some(end + 1)
        }
        _ => None,
    }
}
