//! Source text and positions.
//!
//! A [`Pos`] is a byte offset into the concatenation of all files of one run (as `go/token` does), so a position is
//! four bytes and orders across files. Position 0 means "no position". A [`SourceMap`] turns it back into
//! file, line and column (1-based; the column counts bytes, as Go's tools do).
//!
//! Always holds: files are added before they are lexed and never change; bases are at least 1.

use std::sync::Arc;

/// A byte position in the [`SourceMap`]; 0 is "none".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Pos(pub u32);

impl Pos {
    /// No position.
    pub const NONE: Pos = Pos(0);

    /// The position `n` bytes further on.
    pub fn plus(self, n: usize) -> Pos {
        Pos(self.0 + n as u32)
    }
}

/// A half-open range of source bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub lo: Pos,
    /// One past the last byte.
    pub hi: Pos,
}

impl Span {
    /// The range from `lo` up to `hi`.
    pub fn new(lo: Pos, hi: Pos) -> Span {
        Span { lo, hi }
    }
}

/// Index of a file in its [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// One source file.
#[derive(Debug)]
pub struct SourceFile {
    /// The name as messages show it.
    pub name: String,
    /// The text, as read; it may hold invalid UTF-8.
    pub text: Arc<[u8]>,
    /// Position of the first byte.
    pub base: Pos,
    /// Offsets of line starts.
    lines: Vec<u32>,
}

impl SourceFile {
    /// The text of line `line` (1-based) without its newline, invalid UTF-8 replaced.
    pub fn line_text(&self, line: u32) -> String {
        let start = self.lines[line as usize - 1] as usize;
        let end = self.lines.get(line as usize).map_or(self.text.len(), |&e| e as usize);
        String::from_utf8_lossy(&self.text[start..end]).trim_end_matches(['\n', '\r']).to_owned()
    }
}

/// A position as people read it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Location {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub col: u32,
}

/// All source files of one run.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Adds a file and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<[u8]>>) -> FileId {
        let text = text.into();
        let base = self.files.last().map_or(Pos(1), |f| f.base.plus(f.text.len() + 1));
        let mut lines = vec![0];
        lines.extend(text.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i as u32 + 1));
        self.files.push(SourceFile { name: name.into(), text, base, lines });
        FileId(self.files.len() as u32 - 1)
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Lines of all files.
    pub fn lines(&self) -> usize {
        self.files.iter().map(|file| file.lines.len() - 1).sum()
    }

    /// The file that holds `pos`, if any does.
    pub fn file_at(&self, pos: Pos) -> Option<FileId> {
        if pos == Pos::NONE {
            return None;
        }
        let i = self.files.partition_point(|f| f.base <= pos);
        i.checked_sub(1).map(|i| FileId(i as u32))
    }

    /// The line (1-based) that holds `pos`, 0 for no position.
    pub fn line(&self, pos: Pos) -> u32 {
        self.locate(pos).map_or(0, |l| l.line)
    }

    /// File, line and column of `pos`.
    pub fn locate(&self, pos: Pos) -> Option<Location> {
        let file = self.file(self.file_at(pos)?);
        let offset = pos.0 - file.base.0;
        let line = file.lines.partition_point(|&l| l <= offset);
        Some(Location { file: file.name.clone(), line: line as u32, col: offset - file.lines[line - 1] + 1 })
    }
}
