//! Turns diagnostics into text: `file:line:col: text`, as `go build` prints them.

use super::{Diagnostic, Diagnostics, Level};
use crate::source::{Pos, SourceMap};

/// Go prints this many errors before it gives up.
pub const MAX_ERRORS: usize = 10;

/// What is shown of `diags`: the first [`MAX_ERRORS`] that were reported (or `all`), in source order; and where the rest was
/// given up.
pub fn shown<'a>(map: &SourceMap, diags: &'a Diagnostics, all: bool) -> (Vec<&'a Diagnostic>, Option<Pos>) {
    let mut list = diags.reported(map);
    let mut rest = None;
    if !all && list.len() >= MAX_ERRORS {
        list.truncate(MAX_ERRORS);
        rest = list.last().map(|d| d.pos);
    }
    list.sort_by_key(|d| d.pos);
    list.dedup_by(|a, b| a.pos == b.pos && a.text == b.text);
    (list, rest)
}

/// Renders in source order, at most [`MAX_ERRORS`] unless `all`; `with_source` adds the source line and a caret.
pub fn render(map: &SourceMap, diags: &Diagnostics, all: bool, with_source: bool) -> String {
    let mut out = String::new();
    let (list, rest) = shown(map, diags, all);
    for d in list {
        let loc = map.locate(d.pos);
        match &loc {
            Some(_) => out.push_str(&place(map, d.pos)),
            None => out.push_str("goxide: "),
        }
        if d.level == Level::Unsupported {
            out.push_str("not supported yet: ");
        }
        out.push_str(&d.message(map));
        out.push('\n');
        for (pos, text) in &d.related {
            out.push_str(&format!("\t{}{text}\n", place(map, *pos)));
        }
        if with_source && let (Some(l), Some(file)) = (&loc, map.file_at(d.pos)) {
            let line = map.file(file).line_text(l.line);
            // columns count bytes
            let before = line.char_indices().take_while(|(at, _)| at + 1 < l.col as usize);
            let lead: String = before.map(|(_, c)| if c == '\t' { '\t' } else { ' ' }).collect();
            out.push_str(&format!("    {line}\n    {lead}^\n"));
        }
        if let (true, Some(hint)) = (with_source, &d.hint) {
            out.push_str(&format!("    hint: {hint}\n"));
        }
    }
    if let Some(pos) = rest {
        out.push_str(&format!("{}too many errors\n", place(map, pos)));
    }
    out
}

/// `file:line:col: `, nothing for no position.
fn place(map: &SourceMap, pos: Pos) -> String {
    map.locate(pos).map_or(String::new(), |l| format!("{}:{}:{}: ", l.file, l.line, l.col))
}
