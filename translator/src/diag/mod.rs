//! Diagnostics: what every stage returns beside its product.
//!
//! A stage never prints and never stops at the first mistake; it pushes a [`Diagnostic`] and goes on with a product that
//! says "invalid" at that place, so that one mistake gives one message.

pub mod render;

use crate::source::{FileId, Pos, SourceMap};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// The program is wrong Go: exit status 1.
    Error,
    /// Right Go that goxide can't translate yet: exit status 1.
    Unsupported,
}

/// One message about one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// The place to blame.
    pub pos: Pos,
    /// The text, worded as `go build` words it; a NUL stands for the next of `places`.
    pub text: String,
    /// Positions that the text mentions.
    pub places: Vec<Pos>,
    /// What to do about it, shown on a terminal.
    pub hint: Option<String>,
    /// Further lines: places with a text each (the other declaration, the cycle's members), or texts without a place.
    pub related: Vec<(Pos, String)>,
}

impl Diagnostic {
    fn new(level: Level, pos: Pos, text: String) -> Diagnostic {
        Diagnostic { level, pos, text, places: vec![], hint: None, related: vec![] }
    }

    /// Adds a line about another place, or with no position just a line.
    pub fn also(&mut self, pos: Pos, text: impl Into<String>) -> &mut Diagnostic {
        self.related.push((pos, text.into()));
        self
    }

    /// The position of the next NUL in the text.
    pub fn at(&mut self, pos: Pos) -> &mut Diagnostic {
        self.places.push(pos);
        self
    }

    /// The text with the positions that it mentions.
    pub fn message(&self, map: &SourceMap) -> String {
        let mut parts = self.text.split('\0');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, pos) in parts.zip(&self.places) {
            if let Some(l) = map.locate(*pos) {
                text.push_str(&format!("{}:{}:{}", l.file, l.line, l.col));
            }
            text.push_str(part);
        }
        text
    }
}

/// The diagnostics of a run.
#[derive(Clone, Default, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Reports an error.
    pub fn error(&mut self, pos: Pos, text: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic::new(Level::Error, pos, text.into()))
    }

    /// Refuses a construct that is right Go but not translated yet.
    pub fn unsupported(&mut self, pos: Pos, text: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic::new(Level::Unsupported, pos, text.into()))
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, d: Diagnostic) -> &mut Diagnostic {
        self.list.push(d);
        self.list.last_mut().expect("just pushed")
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Is anything refused that is right Go?
    pub fn has_unsupported(&self) -> bool {
        self.list.iter().any(|d| d.level == Level::Unsupported)
    }

    /// Is anything wrong with the syntax, so that nothing is known about what was meant?
    pub fn has_syntax_errors(&self) -> bool {
        self.list.iter().any(|d| d.text.starts_with("syntax error"))
    }

    /// Keeps those that `f` says yes to.
    pub fn retain(&mut self, f: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(f);
    }

    /// Is there one in this range?
    pub fn any_between(&self, start: Pos, end: Pos) -> bool {
        self.list.iter().rev().any(|d| start <= d.pos && d.pos <= end)
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// In the order they were reported in. Of equal messages for one line that follow each other one is enough, and one
    /// syntax error for a line.
    pub fn reported(&self, map: &SourceMap) -> Vec<&Diagnostic> {
        let mut kept: Vec<&Diagnostic> = vec![];
        let mut syntax_line = None;
        let mut last: Option<(&Diagnostic, Option<(FileId, u32)>)> = None;
        for d in &self.list {
            let line = map.file_at(d.pos).map(|file| (file, map.line(d.pos)));
            if d.text.starts_with("syntax error") {
                if syntax_line == Some(line) {
                    continue;
                }
                syntax_line = Some(line);
            } else {
                let again = |(other, at): (&Diagnostic, _)| {
                    at == line && other.text == d.text && other.related == d.related
                };
                if last.is_some_and(again) {
                    continue;
                }
                last = Some((d, line));
            }
            kept.push(d);
        }
        kept
    }

    /// In source order, the same text on the same place only once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.list.iter().collect();
        all.sort_by_key(|d| d.pos);
        all.dedup_by(|a, b| a.pos == b.pos && a.text == b.text);
        all
    }
}
