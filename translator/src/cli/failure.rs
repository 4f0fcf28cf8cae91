//! How a command ends when it can't do its work: one line on stderr and exit status 1.
//!
//! Usage errors are clap's (status 2); a program's own exit status passes through and is no failure.

use std::path::Path;

/// Why the command stops.
#[derive(Debug)]
pub enum Failure {
    /// One line for the user, without the leading `goxide: `.
    Message(String),
    /// Everything was said already (diagnostics).
    Reported,
    /// There was nothing to work on, for a command that keeps status 1 for what it finds: status 2.
    Unusable(Option<String>),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Message(text) => f.write_str(text),
            Failure::Unusable(Some(text)) => f.write_str(text),
            Failure::Reported | Failure::Unusable(None) => Ok(()),
        }
    }
}

/// What a step of a command returns.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure with this message.
    pub fn new(text: impl Into<String>) -> Failure {
        Failure::Message(text.into())
    }

    /// The same with status 2.
    pub fn unusable(self) -> Failure {
        match self {
            Failure::Message(text) => Failure::Unusable(Some(text)),
            Failure::Reported => Failure::Unusable(None),
            unusable => unusable,
        }
    }
}

/// `what path: reason`, the reason as the system words it but without Rust's "(os error 2)".
pub fn io(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::Message(format!("{what} {}: {}", path.display(), reason(error)))
}

/// The system's words for `error`, lower case as in Go's messages.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
