//! Turns diagnostics into text: `file:line:col: text`, as `go build` prints them.

use super::{Diagnostics, Level};
use crate::source::SourceMap;

/// Go prints this many errors before it gives up.
pub const MAX_ERRORS: usize = 10;

/// Renders in source order, at most [`MAX_ERRORS`] unless `all`; `with_source` adds the source line and a caret.
pub fn render(map: &SourceMap, diags: &Diagnostics, all: bool, with_source: bool) -> String {
    let mut out = String::new();
    let sorted = diags.sorted();
    let shown = if all { sorted.len() } else { sorted.len().min(MAX_ERRORS) };
    for d in &sorted[..shown] {
        let loc = map.locate(d.pos);
        match &loc {
            Some(l) => out.push_str(&format!("{}:{}:{}: ", l.file, l.line, l.col)),
            None => out.push_str("goxide: "),
        }
        if d.level == Level::Unsupported {
            out.push_str("not supported yet: ");
        }
        out.push_str(&d.text);
        out.push('\n');
        for (pos, text) in &d.related {
            if let Some(l) = map.locate(*pos) {
                out.push_str(&format!("\t{}:{}:{}: {}\n", l.file, l.line, l.col, text));
            }
        }
        if with_source && let (Some(l), Some(file)) = (&loc, map.file_at(d.pos)) {
            let line = map.file(file).line_text(l.line);
            let lead: String =
                line.chars().take(l.col as usize - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            out.push_str(&format!("    {line}\n    {lead}^\n"));
        }
        if let (true, Some(hint)) = (with_source, &d.hint) {
            out.push_str(&format!("    hint: {hint}\n"));
        }
    }
    if shown < sorted.len() {
        out.push_str("too many errors\n");
    }
    out
}
