//! `//go:embed` directives: their patterns, and the files a pattern names (<https://pkg.go.dev/embed>).
//!
//! Always holds: no I/O; who knows the folder asks [`Pattern::parse`] what to look for.

/// A directive's pattern and where it starts, in bytes from the start of the text that was parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    /// Offset of its first byte.
    pub at: usize,
    /// The pattern, unquoted, with its `all:`.
    pub text: String,
}

impl Pattern {
    /// The glob, and whether names that start with `.` or `_` are meant too.
    ///
    /// # Errors
    /// It can match nothing in the package's folder.
    pub fn parse(&self) -> Result<(&str, bool), String> {
        let (glob, all) = match self.text.strip_prefix("all:") {
            Some(glob) => (glob, true),
            None => (self.text.as_str(), false),
        };
        let bad_part = |part: &str| part.is_empty() || part == "." || part == "..";
        if glob != "." && glob.split('/').any(bad_part) {
            return Err(format!("pattern {}: invalid pattern syntax", self.text));
        }
        Ok((glob, all))
    }
}

/// The text behind `//go:embed`, if the comment is such a directive.
pub fn directive(comment: &str) -> Option<&str> {
    let rest = comment.strip_prefix("//go:embed")?;
    rest.chars().next().is_none_or(|c| c == ' ' || c == '\t').then_some(rest)
}

/// The patterns of a directive's text.
///
/// # Errors
/// A quote that does not end.
pub fn patterns(text: &str) -> Result<Vec<Pattern>, String> {
    let mut list = vec![];
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = &text[start..];
        let Some(first) = rest.chars().next() else { return Ok(list) };
        let invalid = || format!("invalid quoted string in //go:embed: {rest}");
        let (text, end) = match first {
            '`' => {
                let end = rest[1..].find('`').ok_or_else(invalid)? + 1;
                (rest[1..end].to_owned(), end + 1)
            }
            '"' => {
                let end = end_of_string(rest).ok_or_else(invalid)?;
                (unquoted(&rest[1..end]), end + 1)
            }
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest[..end].to_owned(), end)
            }
        };
        if rest[end..].chars().next().is_some_and(|c| !c.is_whitespace()) {
            return Err(invalid());
        }
        list.push(Pattern { at: start, text });
        at = start + end;
    }
}

/// Where the closing quote of a string is that starts here.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(i, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(i)
    })
}

/// File names need no escapes but those of quote and backslash.
fn unquoted(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_words_or_strings() {
        let list = patterns(" a.txt \"b c\" `d` all:e").expect("four patterns");
        let texts: Vec<&str> = list.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["a.txt", "b c", "d", "all:e"]);
        assert_eq!(list[1].at, 7);
        assert_eq!(list[3].parse(), Ok(("e", true)));
        assert!(patterns(" \"a").is_err() && patterns(" `a`b").is_err());
        assert!(patterns(" ../a").expect("a word")[0].parse().is_err());
    }

    #[test]
    fn directives_are_told_from_other_comments() {
        assert_eq!(directive("//go:embed a"), Some(" a"));
        assert_eq!(directive("//go:embedded a"), None);
        assert_eq!(directive("// go:embed a"), None);
    }
}
