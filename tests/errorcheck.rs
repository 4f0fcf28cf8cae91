//! Go's own programs with errors (`// errorcheck`) through the checker: which lines, which words, as a committed snapshot.
//!
//! A program is judged three ways: the lines with errors are those of Go 1.27; every message matches the program's own
//! `// ERROR "regexp"` and none is left over; the whole output is Go 1.27's, byte for byte. Programs that Go 1.27
//! accepts don't count. `errorcheck.snap` holds the counts and one word for each program that falls short
//! (`cargo bless` rewrites it). Go's output is kept below `target`, ours beside it for comparing by hand.
//!
//! Always holds: goxide runs in this process, so the whole takes seconds.

use goxide_tests::compilers::{GoCompiler, IMPORTS, PANIC, our_output, save};
use goxide_tests::golib::Golib;
use goxide_tests::goroot::{Std, goroot};
use goxide_tests::{build_dir, compare_or_update, go, literal_braces, report, root, two_at_a_time};
use regex::Regex;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const SUITE: &str = "/usr/share/go-1.19/test";

/// One message of a compiler with its continuation lines, and the line it is about.
struct Message {
    line: usize,
    text: String,
}

/// How a program fared; each reason is one word.
#[derive(Default)]
struct Verdict {
    /// Go accepts the program.
    accepted: bool,
    lines: Option<&'static str>,
    messages: Option<&'static str>,
    output: Option<&'static str>,
    /// Do Go 1.27's own messages match the program's expressions?
    gos_own: bool,
}

#[test]
fn errors_are_gos() {
    if !Path::new(SUITE).is_dir() {
        println!("skipped: Go's test programs are not installed (apt-get install golang-1.19-src)");
        return;
    }
    let Some(go) = go() else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let names = programs();
    assert_eq!(names.len(), 488, "programs of the suite");
    let cache = build_dir().join("errorcheck");
    let library = Golib::read();
    let std = Std::new(&goroot(&go));
    let compiler = GoCompiler::new(go);
    let verdicts = two_at_a_time(&names, |name| {
        let gos = gos_output(&compiler, &cache, name);
        let mut ours = our_output(Path::new(SUITE), name, &library);
        // golib has part of what Go's library has: `goxide check` takes GOROOT where there is one
        if ours.contains("golib's ") {
            ours = our_output(Path::new(SUITE), name, &std);
        }
        save(&cache.join("ours").join(name).with_extension("txt"), &ours);
        judge(name, &gos, &ours)
    });
    report(
        &compare_or_update(&root().join("tests/errorcheck.snap"), &snapshot(&names, &verdicts))
            .into_iter()
            .collect::<Vec<_>>(),
    );
}

/// What Go's compiler prints, asked once.
fn gos_output(compiler: &GoCompiler, cache: &Path, name: &str) -> String {
    let path = cache.join("go").join(name).with_extension("txt");
    fs::read_to_string(&path).unwrap_or_else(|_| {
        let text = compiler.output(Path::new(SUITE), name);
        save(&path, &text);
        text
    })
}

fn snapshot(names: &[String], verdicts: &[Verdict]) -> String {
    let counted: Vec<(&String, &Verdict)> = names.iter().zip(verdicts).filter(|(_, v)| !v.accepted).collect();
    let all = counted.len();
    let count = |f: fn(&Verdict) -> bool| counted.iter().filter(|(_, v)| f(v)).count();
    let mut text =
        String::from("# Written by `cargo bless`: Go's programs with errors, and where we differ.\n");
    let accepted = names.len() - all;
    let gos_own = count(|v| v.gos_own);
    writeln!(text, "programs that Go 1.27 rejects: {all} ({accepted} it accepts)")
        .expect("a String takes all");
    let lines = count(|v| v.lines.is_none());
    writeln!(text, "lines with errors are Go's: {lines}").expect("a String takes all");
    let messages = count(|v| v.messages.is_none());
    writeln!(text, "messages match the program's expressions: {messages} (Go 1.27's own: {gos_own})")
        .expect("a String takes all");
    let output = count(|v| v.output.is_none());
    writeln!(text, "output is Go's byte for byte: {output}").expect("a String takes all");
    for (title, of) in [
        ("lines", (|v| v.lines) as fn(&Verdict) -> Option<&'static str>),
        ("messages", |v| v.messages),
        ("output", |v| v.output),
    ] {
        writeln!(text, "{title}:").expect("a String takes all");
        for (name, verdict) in &counted {
            if let Some(word) = of(verdict) {
                writeln!(text, "  {name} {word}").expect("a String takes all");
            }
        }
    }
    text
}

fn judge(name: &str, gos: &str, ours: &str) -> Verdict {
    if gos.is_empty() {
        return Verdict { accepted: true, ..Verdict::default() };
    }
    let (go_messages, our_messages) = (split(gos), split(ours));
    let refused = if ours.contains("not supported yet: ") {
        Some("unsupported")
    } else if ours == PANIC {
        Some("panic")
    } else {
        None
    };
    let lines_of = |list: &[Message]| list.iter().map(|m| m.line).collect::<BTreeSet<_>>();
    let (want, have) = (lines_of(&go_messages), lines_of(&our_messages));
    let lines = if want == have {
        None
    } else if refused.is_some() {
        refused
    } else if gos.contains("syntax error") {
        Some("syntax")
    } else if want.is_subset(&have) {
        Some("extra")
    } else if have.is_subset(&want) {
        Some("missing")
    } else {
        Some("different")
    };
    let expected = expectations(name);
    let own = unmatched(&expected, &go_messages);
    Verdict {
        accepted: false,
        lines,
        messages: match unmatched(&expected, &our_messages) {
            None => None,
            Some(_) if refused.is_some() => refused,
            Some(word) if own.is_some() && lines.is_none() => {
                Some(if word == own.unwrap_or_default() { "newer" } else { word })
            }
            word => word,
        },
        output: if gos == ours {
            None
        } else if refused.is_some() {
            refused
        } else if lines.is_some() {
            Some("lines")
        } else if gos.contains("syntax error") {
            Some("syntax")
        } else {
            Some(first_difference(&go_messages, &our_messages))
        },
        gos_own: own.is_none(),
    }
}

/// What is different in the first message that is.
fn first_difference(gos: &[Message], ours: &[Message]) -> &'static str {
    let parts = |m: &Message| {
        let mut words = m.text.splitn(4, ':');
        let place: Vec<&str> = words.by_ref().take(3).collect();
        (place.join(":"), words.next().unwrap_or_default().to_owned())
    };
    for (a, b) in gos.iter().zip(ours) {
        let ((place, text), (our_place, our_text)) = (parts(a), parts(b));
        let first = |t: &str| t.lines().next().unwrap_or_default().to_owned();
        if first(&text) != first(&our_text) {
            return if a.line == b.line { "wording" } else { "number" };
        }
        if place != our_place {
            return "column";
        }
        if text != our_text {
            return "detail";
        }
    }
    "number"
}

/// The programs of the suite with a plain directive and only imports that we have.
fn programs() -> Vec<String> {
    let mut names = vec![];
    let mut folders = vec![PathBuf::from(SUITE)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the suite") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "go") && is_ours(&path) {
                names.push(path.strip_prefix(SUITE).expect("below it").display().to_string());
            }
        }
    }
    names.sort();
    names
}

fn is_ours(path: &Path) -> bool {
    let text = text_of(path);
    text.lines().next().is_some_and(|line| line.trim_end() == "// errorcheck")
        && imports(&text).iter().all(|i| IMPORTS.contains(&i.as_str()))
}

fn text_of(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        .into_owned()
}

/// The import paths, by the look of the lines.
fn imports(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut grouped = false;
    for line in text.lines() {
        let starts = line.starts_with("import");
        if (starts || grouped)
            && let [_, path, _, ..] = line.split('"').collect::<Vec<_>>()[..]
        {
            paths.push(path.to_owned());
        }
        grouped = (starts && line.contains('(') || grouped) && !line.contains(')');
    }
    paths
}

// ---- what the program expects

/// A message the program wants on a line.
struct Expected {
    line: usize,
    pattern: Regex,
}

/// The comments `ERROR "re"` of a program; `GC_ERROR` is for Go's own compiler, `ERRORAUTO` for generated code.
fn expectations(name: &str) -> Vec<Expected> {
    let comment = Regex::new(r"// (?:GC_)?ERROR (.*)").expect("an expression");
    let quoted = Regex::new(r#""([^"]*)"|`([^`]*)`"#).expect("an expression");
    let relative = Regex::new(r"LINE([+-]\d+)?").expect("an expression");
    let mut list = vec![];
    for (i, line) in text_of(&Path::new(SUITE).join(name)).lines().enumerate() {
        let line = line.replace("ERRORAUTO", "ERROR");
        if line.contains("////") {
            continue;
        }
        let Some(found) = comment.captures(&line) else { continue };
        for pattern in quoted.captures_iter(&found[1]) {
            let text = pattern.get(1).or(pattern.get(2)).map_or("", |m| m.as_str());
            let text = relative.replace_all(text, |offset: &regex::Captures<'_>| {
                let delta: isize = offset.get(1).map_or(0, |m| m.as_str().parse().expect("a number"));
                format!("{name}:{}", (i + 1).cast_signed() + delta)
            });
            let pattern = Regex::new(&literal_braces(&text)).unwrap_or_else(|e| panic!("{name}: {e}"));
            list.push(Expected { line: i + 1, pattern });
        }
    }
    list
}

/// One word for how `messages` fail the expectations, as Go's test runner counts: a message satisfies every expression of
/// its line that it matches, and has to satisfy one.
fn unmatched(expected: &[Expected], messages: &[Message]) -> Option<&'static str> {
    let satisfies = |m: &Message, e: &Expected| {
        let text = m.text.splitn(3, ':').nth(2).unwrap_or_default();
        m.line == e.line && e.pattern.is_match(text)
    };
    if expected.iter().any(|e| !messages.iter().any(|m| m.line == e.line)) {
        return Some("missing");
    }
    if expected.iter().any(|e| !messages.iter().any(|m| satisfies(m, e))) {
        return Some("wording");
    }
    messages.iter().any(|m| !expected.iter().any(|e| satisfies(m, e))).then_some("extra")
}

/// Messages by the line they are about; continuation lines start with a tab.
fn split(output: &str) -> Vec<Message> {
    let mut list: Vec<Message> = vec![];
    for line in output.lines() {
        if let (true, Some(last)) = (line.starts_with('\t'), list.last_mut()) {
            last.text.push('\n');
            last.text.push_str(line);
        } else {
            let number = line.split(':').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
            list.push(Message { line: number, text: line.to_owned() });
        }
    }
    list
}
