//! Diagnostics: what every stage returns beside its product.
//!
//! A stage never prints and never stops at the first mistake; it pushes a [`Diagnostic`] and goes on with a product that
//! says "invalid" at that place, so that one mistake gives one message.

pub mod render;

use crate::source::Pos;

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
    /// The text, worded as `go build` words it.
    pub text: String,
    /// What to do about it, shown on a terminal.
    pub hint: Option<String>,
    /// Further places with a text each (the other declaration, the cycle's members).
    pub related: Vec<(Pos, String)>,
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
        self.push(Diagnostic { level: Level::Error, pos, text: text.into(), hint: None, related: vec![] })
    }

    /// Refuses a construct that is right Go but not translated yet.
    pub fn unsupported(&mut self, pos: Pos, text: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic {
            level: Level::Unsupported,
            pos,
            text: text.into(),
            hint: None,
            related: vec![],
        })
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

    /// Keeps those that `f` says yes to.
    pub fn retain(&mut self, f: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(f);
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// In source order, the same text on the same place only once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.list.iter().collect();
        all.sort_by_key(|d| d.pos);
        all.dedup_by(|a, b| a.pos == b.pos && a.text == b.text);
        all
    }
}
