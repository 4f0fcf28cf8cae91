//! Language versions: what a package, or a file of it, may use (Go specification, "Language versions").

use super::Checker;
use crate::ast::{ExprId, LitKind};
use crate::source::Pos;
use std::fmt::Display;

/// A version, the N of Go 1.N, and where it is from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    minor: u32,
    /// From the file's `//go:build` line, not from go.mod.
    of_file: bool,
}

/// A file cannot ask for less.
const LEAST_OF_FILE: u32 = 21;

impl Version {
    /// A file's version in a package of version 1.`package`.
    pub fn of(package: u32, file: Option<u32>) -> Version {
        match file {
            Some(minor) => Version { minor: minor.max(LEAST_OF_FILE), of_file: minor >= LEAST_OF_FILE },
            None => Version { minor: package, of_file: false },
        }
    }
}

impl Checker<'_> {
    /// May the current file use what Go 1.`minor` brought?
    pub(super) fn allows(&self, minor: u32) -> bool {
        self.versions[self.cx.file].minor >= minor
    }

    /// Reports `what` if it came with Go 1.`minor` and the current file is older.
    pub(super) fn require(&mut self, pos: Pos, minor: u32, what: impl Display) -> bool {
        let allowed = self.allows(minor);
        if !allowed {
            self.error(pos, format!("{what} requires go1.{minor} or later"));
        }
        allowed
    }

    /// A message about a version says which one this is.
    pub(super) fn with_version(&self, text: String) -> String {
        let Some(Version { minor, of_file }) = self.versions.get(self.cx.file) else { return text };
        if !text.contains("requires go1.") || !text.contains(" or later") {
            return text;
        }
        match of_file {
            true => format!("{text} (file declares //go:build go1.{minor})"),
            false => format!("{text} (-lang was set to go1.{minor}; check go.mod)"),
        }
    }

    /// Number literals that came with Go 1.13.
    pub(super) fn literal_version(&mut self, id: ExprId, kind: LitKind, text: &str) {
        if text.len() <= 2 || self.allows(13) {
            return;
        }
        let what = match text.as_bytes() {
            _ if text.contains('_') => "underscore in numeric literal",
            [b'0', b'b' | b'B', ..] => "binary literal",
            [b'0', b'o' | b'O', ..] => "0o/0O-style octal literal",
            [b'0', b'x' | b'X', ..] if kind != LitKind::Int => "hexadecimal floating-point literal",
            _ => return,
        };
        let pos = self.pos(id);
        self.require(pos, 13, what);
    }
}
