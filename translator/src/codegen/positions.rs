//! The table that leads from lines of the Rust to functions and lines of the Go, read by golib (`trace/positions.rs`).
//!
//! ```text
//! R src/main.rs      lines of this file follow
//! G 0 prime.go       a Go file and its number
//! N 3 0 12 1 main.f  a function: number, Go file, line, whether it takes anything, name
//! P 41 13 3          from line 41 of the Rust on: line 13 in function 3; without function what is no frame of Go
//! ```
//! A mark (`lower::positions`) is good up to the next one, or to where the text is indented less than it.

use super::OutFile;
use crate::lower::MARK;
use crate::source::{FileId, SourceMap};
use rustc_hash::FxHashSet;
use std::fmt::Write;

/// The table's file. The root module includes it.
pub const FILE: &str = "src/positions";

enum Kind {
    Line,
    Function(usize),
}

/// A mark that is good for what is being read.
struct Mark {
    indent: usize,
    line: u32,
    kind: Kind,
}

/// The table of all marks in `files`; none if there are none.
pub(super) fn table(files: &[OutFile], map: &SourceMap) -> Option<OutFile> {
    let mut text = String::new();
    let mut known: FxHashSet<u32> = FxHashSet::default();
    let mut functions = 0;
    for file in files {
        let _ = writeln!(text, "R {}", file.path);
        let mut marks: Vec<Mark> = vec![];
        let mut last = None;
        // the line where the last declared function begins
        let mut header = None;
        for (number, line) in file.text.lines().enumerate() {
            let body = line.trim_start();
            let indent = line.len() - body.len();
            if body.is_empty() {
                continue;
            }
            let Some(mark) = body.strip_prefix(MARK) else {
                marks.retain(|m| m.indent <= indent);
                if body.starts_with("fn ") || body.starts_with("pub fn ") {
                    header = Some(number + 1);
                }
                let function = marks.iter().rev().find_map(|m| match m.kind {
                    Kind::Function(n) => Some(n),
                    Kind::Line => None,
                });
                let here = function.zip(marks.last().map(|m| m.line));
                match here.filter(|_| here != last) {
                    Some((function, line)) => drop(writeln!(text, "P {} {line} {function}", number + 1)),
                    None if last.is_some() && here.is_none() => drop(writeln!(text, "P {} 0", number + 1)),
                    None => {}
                }
                last = here;
                continue;
            };
            let is_new = |m: &Mark| match m.kind {
                Kind::Line => m.indent < indent,
                Kind::Function(_) => m.indent <= indent,
            };
            marks.retain(is_new);
            let mut words = mark.splitn(5, ' ');
            let kind = words.next().unwrap_or_default();
            if kind == "H" {
                let _ = writeln!(text, "N {functions} - 0 0 ");
                marks.push(Mark { indent, line: 0, kind: Kind::Function(functions) });
                functions += 1;
                continue;
            }
            let mut number = || words.next().and_then(|w| w.parse::<u32>().ok());
            if kind != "F" {
                marks.push(Mark { indent, line: number().unwrap_or(0), kind: Kind::Line });
                continue;
            }
            let (Some(go), Some(line), Some(takes)) = (number(), number(), number()) else { continue };
            let name = words.next().unwrap_or_default();
            if known.insert(go) {
                let _ = writeln!(text, "G {go} {}", map.file(FileId(go)).name);
            }
            let _ = writeln!(text, "N {functions} {go} {line} {takes} {name}");
            if let Some(at) = header.take() {
                let _ = writeln!(text, "P {at} {line} {functions}");
                last = Some((functions, line));
            }
            marks.push(Mark { indent, line, kind: Kind::Function(functions) });
            functions += 1;
        }
    }
    (functions > 0).then(|| OutFile { path: FILE.to_owned(), text })
}
