//! Printing diagnostics: `file:line:col: text` as `go build` does, with the source line on a terminal, or as JSON lines.

use goxide_translator::Output;
use goxide_translator::diag::Level;
use goxide_translator::diag::render::{render, shown};
use serde_json::json;
use std::io::{IsTerminal, stderr};

/// How to print diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// For people: `file:line:col: text`
    Human,
    /// One JSON object a line
    Json,
}

/// Prints the diagnostics of `output` on stderr.
pub fn print(output: &Output, format: Format, all: bool) {
    match format {
        Format::Human => eprint!("{}", render(&output.map, &output.diagnostics, all, stderr().is_terminal())),
        Format::Json => {
            for d in shown(&output.map, &output.diagnostics, all).0 {
                let place = |pos| {
                    output.map.locate(pos).map(|l| json!({"file": l.file, "line": l.line, "column": l.col}))
                };
                let related: Vec<_> = d
                    .related
                    .iter()
                    .map(|(pos, text)| json!({"place": place(*pos), "message": text}))
                    .collect();
                let level = if d.level == Level::Error { "error" } else { "unsupported" };
                eprintln!(
                    "{}",
                    json!({"level": level, "place": place(d.pos), "message": d.message(&output.map), "hint": d.hint, "related": related})
                );
            }
        }
    }
}
