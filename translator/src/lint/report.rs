//! Findings as text, in the form that rustc's errors have, or as JSON, one object a line.
//!
//! JSON objects, told apart by `kind`:
//! ```text
//! {"kind": "finding", "rule", "message", "help", "place", "function", "goroutine": {"function", "place"}, "path": [{"function", "place", "call"}], "allowed"}
//! {"kind": "unused-allow", "function", "reason", "place"}
//! {"kind": "summary", "goroutines", "findings", "allowed", "unused"}
//! ```
//! `place` is null or `{"file", "line", "column"}`, with the file relative to the folder that was linted if it lies there; `call` tells whether
//! the next function of the path is called there (else it is named: its address is taken); `allowed` is null or
//! `{"function", "reason", "place"}`. Fields may be added.

use super::find::{Allowed, Finding, Findings};
use super::graph::{Graph, Spot};
use super::name;
use serde_json::{Value, json};
use std::fmt::Write;

/// What a report needs beside the findings.
pub struct Context<'c> {
    pub graph: &'c Graph,
    /// Paths below it are shown without it.
    pub root: &'c str,
    /// The text of a source file, if it can be read.
    pub source: &'c dyn Fn(&str) -> Option<String>,
}

impl Context<'_> {
    fn file(&self, spot: Spot) -> &str {
        let file = &self.graph.files[spot.file as usize];
        file.strip_prefix(self.root).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file)
    }

    /// As people know it: `std/src/thread/local.rs`, `rand-0.9.5/src/lib.rs`.
    fn short(&self, spot: Spot) -> &str {
        let file = self.file(spot);
        let of_std = file.starts_with("/rustc/").then(|| file.split_once("/library/")).flatten();
        let of_registry = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
        of_std.or(of_registry).map_or(file, |(_, short)| short)
    }

    /// `file:line:column`; a function has no column.
    fn place(&self, spot: Spot) -> String {
        match spot.column {
            0 => format!("{}:{}", self.short(spot), spot.line),
            column => format!("{}:{}:{column}", self.short(spot), spot.line),
        }
    }

    fn json(&self, spot: Option<Spot>) -> Value {
        spot.map_or(Value::Null, |s| json!({"file": self.file(s), "line": s.line, "column": s.column}))
    }

    /// What rustc prints below a message.
    fn excerpt(&self, spot: Spot) -> Option<String> {
        let source = (self.source)(&self.graph.files[spot.file as usize])?;
        let line = source.lines().nth(spot.line.checked_sub(1)? as usize)?.to_owned();
        let width = spot.line.to_string().len();
        let mut text = format!("{:width$} |\n{} | {}\n", "", spot.line, line.replace('\t', " "));
        if let Some(before) = spot.column.checked_sub(1) {
            // columns of debug information count bytes
            let before = line.get(..before as usize).map_or(0, |start| start.chars().count());
            let rest: String = line.chars().skip(before).collect();
            let len = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len())
                .max(1);
            let _ = writeln!(text, "{:width$} | {:before$}{}", "", "", "^".repeat(len));
        }
        Some(text)
    }
}

/// For people. Findings that are allowed are only counted.
pub fn text(findings: &Findings, context: &Context<'_>) -> String {
    let mut out = String::new();
    let (allowed, found): (Vec<&Finding>, Vec<&Finding>) =
        findings.all.iter().partition(|f| f.allowed.is_some());
    for finding in &found {
        let _ = writeln!(out, "error[{}]: {}", finding.rule, finding.message);
        if let Some(spot) = finding.place {
            let _ = writeln!(out, "  --> {}", context.place(spot));
            out.push_str(&context.excerpt(spot).unwrap_or_default());
        }
        let (goroutine, begins) = &finding.goroutine;
        let begins = begins.map_or_else(String::new, |spot| format!(" at {}", context.place(spot)));
        let _ = writeln!(out, "  = goroutine: {goroutine}{begins}\n  = path:");
        for (i, hop) in finding.path.iter().enumerate() {
            let place = hop.place.map_or_else(String::new, |spot| format!(" at {}", context.place(spot)));
            let how = match (i + 1 == finding.path.len(), hop.is_call) {
                (true, _) => "",
                (_, true) => " calls",
                (_, false) => " names",
            };
            let _ = writeln!(out, "      {}{how}{place}", name::shown(&hop.function));
        }
        let _ = writeln!(out, "  = help: {}\n", finding.help);
    }
    for unused in &findings.unused {
        let _ = writeln!(
            out,
            "warning[unused-allow]: `{}` has #[goxide::allow_identity] and nothing in it needs that",
            unused.function
        );
        if let Some(spot) = unused.place {
            let _ = writeln!(out, "  --> {}", context.place(spot));
        }
        let _ = writeln!(out, "  = reason given: {}\n", unused.reason);
    }
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let (n, g) = (found.len(), findings.goroutines);
    let _ = write!(
        out,
        "goxide lint: {n} finding{} in {g} goroutine bod{}",
        s(n),
        if g == 1 { "y" } else { "ies" }
    );
    if !allowed.is_empty() {
        let _ = write!(out, ", {} allowed", allowed.len());
    }
    if !findings.unused.is_empty() {
        let _ = write!(out, ", {} unused allow_identity", findings.unused.len());
    }
    out.push('\n');
    out
}

/// For tools.
pub fn json(findings: &Findings, context: &Context<'_>) -> String {
    let mut out = String::new();
    let allow = |allowed: &Allowed| json!({"function": allowed.function, "reason": allowed.reason, "place": context.json(allowed.place)});
    for f in &findings.all {
        let hop = |hop: &super::find::Hop| json!({"function": hop.function, "place": context.json(hop.place), "call": hop.is_call});
        let line = json!({
            "kind": "finding",
            "rule": f.rule,
            "message": f.message,
            "help": f.help,
            "place": context.json(f.place),
            "function": f.function,
            "goroutine": {"function": f.goroutine.0, "place": context.json(f.goroutine.1)},
            "path": f.path.iter().map(hop).collect::<Vec<_>>(),
            "allowed": f.allowed.as_ref().map(allow),
        });
        let _ = writeln!(out, "{line}");
    }
    for unused in &findings.unused {
        let mut line = allow(unused);
        line["kind"] = "unused-allow".into();
        let _ = writeln!(out, "{line}");
    }
    let allowed = findings.all.iter().filter(|f| f.allowed.is_some()).count();
    let summary = json!({
        "kind": "summary",
        "goroutines": findings.goroutines,
        "findings": findings.all.len() - allowed,
        "allowed": allowed,
        "unused": findings.unused.len(),
    });
    let _ = writeln!(out, "{summary}");
    out
}
