//! Go's own tests of its checker (`GOROOT/src/internal/types/testdata`) through ours, as a committed snapshot.
//!
//! A file (or a folder, which is one package) agrees if every error stands on the line of an `ERROR` comment that it
//! matches, and every comment has its error: `ERROR "s"` wants `s` in the message, `ERRORx "rx"` a match. A comment is
//! about the token before it. Imports are GOROOT's. `testdata.snap` holds the counts and one word for each failure
//! (`cargo bless` rewrites it); what differs is written below `target` for reading.
//!
//! Always holds: goxide runs in this process.

use goxide_tests::goroot::{Std, goroot};
use goxide_tests::{build_dir, compare_or_update, go, literal_braces, report, root, two_at_a_time};
use goxide_translator::constraint::is_for_this_build;
use goxide_translator::diag::Diagnostic;
use goxide_translator::lexer::Lexer;
use goxide_translator::lexer::token::Tok;
use goxide_translator::package::About;
use goxide_translator::source::{Pos, SourceMap};
use goxide_translator::{SourceText, Sources, translate};
use regex::Regex;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

const FOLDERS: [&str; 4] = ["check", "spec", "fixedbugs", "examples"];

/// How a test fared.
struct Verdict {
    /// One word for what is wrong, if anything.
    failure: Option<&'static str>,
    /// Do the columns agree, too?
    columns: bool,
    details: String,
}

#[test]
fn errors_stand_where_gos_tests_want_them() {
    let Some(goroot) = go().map(|go| goroot(&go)) else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let data = goroot.join("src/internal/types/testdata");
    let std = Std::new(&goroot);
    let mut text =
        String::from("# Written by `cargo bless`: Go's tests of its checker, and where we fail them.\n");
    let mut failures = String::new();
    let mut details = String::new();
    for folder in FOLDERS {
        let tests = entries(&data.join(folder));
        let verdicts = two_at_a_time(&tests, |test| judge(test, &std));
        let agree = verdicts.iter().filter(|v| v.failure.is_none()).count();
        let columns = verdicts.iter().filter(|v| v.failure.is_none() && v.columns).count();
        writeln!(text, "{folder}: {agree} of {} agree, {columns} to the column", tests.len())
            .expect("a String takes all");
        for (test, verdict) in tests.iter().zip(&verdicts) {
            let name = test.file_name().expect("in a folder").to_string_lossy();
            if let Some(word) = verdict.failure {
                writeln!(failures, "  {folder}/{name} {word}").expect("a String takes all");
            }
            details.push_str(&verdict.details);
        }
    }
    fs::write(build_dir().join("testdata.txt"), details).expect("target is writable");
    let found = text + &failures;
    report(&compare_or_update(&root().join("tests/testdata.snap"), &found).into_iter().collect::<Vec<_>>());
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut all: Vec<PathBuf> = all.map(|entry| entry.expect("readable").path()).collect();
    all.sort();
    all
}

/// An error that we report, or a comment that wants one.
struct Place {
    file: usize,
    line: u32,
    col: u32,
    text: String,
}

/// What an `ERROR` comment wants.
struct Expected {
    place: Place,
    is_regexp: bool,
}

impl Expected {
    fn accepts(&self, error: &Place) -> bool {
        if (self.place.file, self.place.line) != (error.file, error.line) {
            return false;
        }
        if !self.is_regexp {
            return error.text.contains(&self.place.text);
        }
        let pattern = Regex::new(&literal_braces(&self.place.text))
            .unwrap_or_else(|e| panic!("{}: {e}", self.place.text));
        pattern.is_match(&error.text)
    }
}

fn judge(test: &Path, std: &Std) -> Verdict {
    let paths = if test.is_dir() { entries(test) } else { vec![test.to_owned()] };
    let mut files: Vec<SourceText> = paths
        .iter()
        .map(|path| SourceText {
            name: path.display().to_string(),
            text: fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        })
        .collect();
    files.retain(|file| is_for_this_build(&file.name, &file.text));
    if files.is_empty() {
        return Verdict { failure: None, columns: true, details: String::new() };
    }
    let expected: Vec<Expected> =
        files.iter().enumerate().flat_map(|(i, file)| expectations(i, &file.text)).collect();
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let Some((unsupported, errors)) = errors(files, std) else {
        return Verdict {
            failure: Some("panic"),
            columns: false,
            details: format!("{}: panic\n", test.display()),
        };
    };
    compare(&names, expected, errors, unsupported)
}

fn compare(names: &[String], mut expected: Vec<Expected>, errors: Vec<Place>, unsupported: bool) -> Verdict {
    let mut details = String::new();
    let mut columns = true;
    let mut extra: Vec<(usize, u32)> = vec![];
    let mut note = |what: &str, place: &Place| {
        let Place { file, line, col, text } = place;
        writeln!(details, "{}:{line}:{col}: {what}: {text}", names[*file]).expect("a String takes all");
    };
    for error in &errors {
        let fitting = (0..expected.len()).filter(|&i| expected[i].accepts(error));
        match fitting.min_by_key(|&i| expected[i].place.col.abs_diff(error.col)) {
            Some(i) => columns &= expected.remove(i).place.col == error.col,
            None => {
                note("unexpected", error);
                extra.push((error.file, error.line));
            }
        }
    }
    let mut missing: Vec<(usize, u32)> = vec![];
    for Expected { place, .. } in &expected {
        note("missing", place);
        missing.push((place.file, place.line));
    }
    let failure = if unsupported {
        Some("unsupported")
    } else if extra.is_empty() && missing.is_empty() {
        None
    } else if extra == missing {
        Some("wording")
    } else if extra.is_empty() {
        Some("missing")
    } else if missing.is_empty() {
        Some("extra")
    } else {
        Some("different")
    };
    Verdict { failure, columns, details }
}

/// What we say about a package; nothing if we panic.
fn errors(files: Vec<SourceText>, std: &Std) -> Option<(bool, Vec<Place>)> {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let about = About { bodies_elsewhere: true, ..About::default() };
    let about = match language_version(&files[0].text) {
        Some(go_minor) => About { go_minor, ..about },
        None => about,
    };
    let sources = Sources {
        files,
        check_only: true,
        checker_test: true,
        path: Some("p".into()),
        about,
        ..Sources::default()
    };
    thread::scope(|scope| {
        let check = || {
            let out = catch_unwind(AssertUnwindSafe(|| translate(&sources, std))).ok()?;
            let place = |d: &Diagnostic| {
                let at = out.map.locate(d.pos)?;
                let file = names.iter().position(|name| *name == at.file)?;
                Some(Place { file, line: at.line, col: at.col, text: message(&out.map, d) })
            };
            let list: Vec<Place> = out.diagnostics.sorted().into_iter().filter_map(place).collect();
            // there is no other sign of a message without a place in these files
            let elsewhere = list.len() < out.diagnostics.sorted().len();
            Some((out.diagnostics.has_unsupported() || elsewhere, list))
        };
        let thread = thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, check);
        thread.expect("a thread starts").join().expect("it catches panics")
    })
}

/// The text with its further lines.
fn message(map: &SourceMap, d: &Diagnostic) -> String {
    let mut text = d.message(map);
    for (pos, line) in &d.related {
        let at = map.locate(*pos).map_or(String::new(), |at| format!("{}:{}:{}: ", at.file, at.line, at.col));
        text.push_str(&format!("\n\t{at}{line}"));
    }
    text
}

/// `// -lang=go1.17` on the first line.
fn language_version(text: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(text);
    let flags = text.lines().next()?.strip_prefix("//")?.trim_start();
    let flag = flags
        .starts_with('-')
        .then(|| flags.split_whitespace().find_map(|f| f.strip_prefix("-lang=go1.")))??;
    flag.parse().ok()
}

/// The `ERROR` comments of a file, each with the place of the token before it.
fn expectations(file: usize, text: &[u8]) -> Vec<Expected> {
    let mut lexer = Lexer::new(text, Pos(0));
    let mut list = vec![];
    let (mut seen, mut before) = (0, Pos(0));
    loop {
        let token = lexer.next_token();
        for comment in &lexer.comments[seen..] {
            // a line break that ends a statement comes with the comments behind it
            let at = if comment.pos < token.pos || token.kind == Tok::Eof { before } else { token.pos };
            let body = comment.text[2..].strip_suffix("*/").unwrap_or(&comment.text[2..]);
            let (is_regexp, quoted) = match (body.strip_prefix(" ERROR "), body.strip_prefix(" ERRORx ")) {
                (Some(quoted), _) => (false, quoted),
                (_, Some(quoted)) => (true, quoted),
                _ => continue,
            };
            let (line, col) = line_and_column(text, at);
            let text = unquoted(quoted.trim());
            list.push(Expected { place: Place { file, line, col, text }, is_regexp });
        }
        seen = lexer.comments.len();
        if token.kind == Tok::Eof {
            return list;
        }
        let inserted = token.kind == Tok::Semi && text.get(token.pos.0 as usize) != Some(&b';');
        if !inserted {
            before = token.pos;
        }
    }
}

fn line_and_column(text: &[u8], pos: Pos) -> (u32, u32) {
    let before = &text[..pos.0 as usize];
    let line = before.iter().filter(|b| **b == b'\n').count();
    let col = before.iter().rev().take_while(|b| **b != b'\n').count();
    (line as u32 + 1, col as u32 + 1)
}

/// The value of a Go string literal without other escapes than of single characters.
fn unquoted(text: &str) -> String {
    if let Some(raw) = text.strip_prefix('`').and_then(|t| t.strip_suffix('`')) {
        return raw.to_owned();
    }
    let inner = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let mut out = String::new();
    let mut chars = inner.unwrap_or_else(|| panic!("a quoted pattern: {text}")).chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                other => out.extend(other),
            },
            c => out.push(c),
        }
    }
    out
}
