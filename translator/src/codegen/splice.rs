//! Puts the real text where placeholders stand.
//!
//! Line placeholders (`__comment!(3);`, `#[__comment(3)]`, `__blank!();`, `__trailing!(3);`, `#[__head(3)]` ..) have a line to
//! themselves, since prettyplease writes one statement, item or attribute a line. `__args(..)`, `__go(..)` and `match __select` are renamed
//! in place. String literals are stepped over, so a program that prints `__args(` stays as it is.

/// Replaces every placeholder of `text`.
pub(super) fn splice(text: &str, texts: &[String]) -> String {
    let mut out = String::new();
    let mut waiting = Waiting::default();
    for line in text.lines() {
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        let place = |open: &str, close: &str| number(body, open, close).map(|n| texts[n].as_str());
        waiting.leave(indent, &mut out);
        if body == "__blank!();" || body == "#[__blank]" {
            blank(&mut out);
        } else if let Some(text) = place("__comment!(", ");")
            .or_else(|| place("#[__comment(", ")]"))
            .or_else(|| place("__comment_", ": (),"))
        {
            comment(&mut out, indent, text);
        } else if let Some(text) = place("__trailing!(", ");") {
            trailing(&mut out, text);
        } else if let Some(text) = place("#[__trailing(", ")]") {
            waiting.field = Some((indent, text));
        } else if let Some(text) = place("__behind_trailing!(", ");") {
            waiting.behind.push((indent, text, true));
        } else if let Some(text) = place("__behind_comment!(", ");") {
            waiting.behind.push((indent, text, false));
        } else if let Some(text) = place("#[__head(", ")]") {
            waiting.head = Some(text);
        } else {
            if body.starts_with('}') && out.ends_with("\n\n") {
                out.pop();
            }
            out.push_str(indent);
            match waiting.head.take() {
                Some(head) => {
                    out.push_str(head);
                    out.push_str(body.strip_prefix('_').unwrap_or(body));
                }
                None => out.push_str(body),
            }
            out.push('\n');
            if let Some((_, text)) = waiting.field.take_if(|(at, _)| *at == indent && body.ends_with(',')) {
                trailing(&mut out, text);
            }
        }
    }
    calls(&out)
}

/// Texts whose place comes later than their placeholder.
#[derive(Default)]
struct Waiting<'a> {
    /// The end of a field, which may take several lines.
    field: Option<(&'a str, &'a str)>,
    /// What stands behind the value of a block with this indentation; `true` on the same line.
    behind: Vec<(&'a str, &'a str, bool)>,
    /// The head of an arm of `select!`, put for the `_` of the next line.
    head: Option<&'a str>,
}

impl Waiting<'_> {
    /// A line indented by `indent` follows: blocks that were deeper have ended.
    fn leave(&mut self, indent: &str, out: &mut String) {
        self.behind.retain(|(at, text, same_line)| {
            let ended = indent.len() < at.len();
            match (ended, same_line) {
                (true, true) => trailing(out, text),
                (true, false) if text.is_empty() => blank(out),
                (true, false) => comment(out, at, text),
                _ => {}
            }
            !ended
        });
    }
}

fn blank(out: &mut String) {
    if !(out.is_empty() || out.ends_with("\n\n") || out.ends_with("{\n")) {
        out.push('\n');
    }
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

/// Turns the calls that stand for macros into macros.
pub(super) fn calls(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    // what closes each bracket, and whether it is the one of `go!`
    let mut closers: Vec<(u8, bool)> = vec![];
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
                closers.push((closer, to == "go!("));
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
                closers.push((if open == b'(' { b')' } else { open + 2 }, false));
                out.push(open);
            }
            b')' | b']' | b'}' => {
                let (closer, is_go) = closers.pop().unwrap_or((bytes[i], false));
                let end = out.trim_ascii_end().len();
                // a call over several lines ends in a comma, which the macro does not take
                if is_go && out[..end].ends_with(b",") {
                    out.remove(end - 1);
                }
                out.push(closer);
            }
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
