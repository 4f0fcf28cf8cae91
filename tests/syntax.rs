//! The parser against Go's own: every Go file of GOROOT/src and of Go's test folder is accepted or rejected alike.
//!
//! The oracle is `go/parser`, by a small Go program that the test writes and runs. `syntax.snap` holds the counts and each
//! file judged otherwise (`cargo bless` rewrites it): a change is a diff. What is said against the rejected files is compared
//! with the compiler's messages, line, column and words, in `syntax-messages.snap`.

use goxide_tests::goroot::goroot;
use goxide_tests::{compare_or_update, go, report, root, run, two_at_a_time};
use goxide_translator::diag::Diagnostic;
use goxide_translator::parser::parse_file;
use goxide_translator::source::SourceMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SUITE: &str = "/usr/share/go-1.19/test";

const ORACLE: &str = r#"package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, root := range os.Args[1:] {
		filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".go") {
				_, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
				fmt.Fprintln(out, err == nil, path)
			}
			return nil
		})
	}
}
"#;

#[test]
fn files_are_accepted_as_go_accepts_them() {
    let Some((go, verdicts)) = verdicts() else { return };
    let library = goroot(&go).join("src");
    let files: Vec<(bool, &str)> = verdicts.iter().map(|(accepts, path)| (*accepts, path.as_str())).collect();
    assert!(files.len() > 10_000, "the folders were searched");

    let ours = two_at_a_time(&files, |(_, path)| complaint(path));
    let mut accepted = [0, 0];
    let mut rejected = [0, 0];
    let mut as_compiler = 0;
    let mut differences = String::new();
    for ((accepts, path), complaint) in files.iter().zip(&ours) {
        let count = if *accepts { &mut accepted } else { &mut rejected };
        count[1] += 1;
        if *accepts == complaint.is_none() {
            count[0] += 1;
            continue;
        }
        // where Go's two parsers differ, the compiler's is meant
        if compiler_rejects(&go, path) == complaint.is_some() {
            as_compiler += 1;
            continue;
        }
        let name = path.strip_prefix(&format!("{}/", library.display())).unwrap_or(path);
        let how = complaint
            .as_ref()
            .map_or("accepted by goxide".into(), |text| format!("rejected by goxide: {text}"));
        writeln!(differences, "  {name} {how}").expect("a String takes all");
    }
    let snapshot = format!(
        "# Written by `cargo bless`: Go files that goxide's parser judges as Go's does, and the others.\n\
         accepted by both: {} of {}\nrejected by both: {} of {}\n\
         judged as by cmd/compile, where go/parser differs: {as_compiler}\n{differences}",
        accepted[0], accepted[1], rejected[0], rejected[1]
    );
    report(&compare_or_update(&root().join("tests/syntax.snap"), &snapshot).into_iter().collect::<Vec<_>>());
}

#[test]
fn syntax_errors_are_worded_as_the_compilers() {
    let Some((go, mut verdicts)) = verdicts() else { return };
    let library = goroot(&go).join("src");
    verdicts.retain(|(accepts, _)| !accepts);
    let compared = two_at_a_time(&verdicts, |(_, path)| (compiler_messages(&go, path), messages(path)));
    // what go/parser alone refuses passes both parsers; the compiler's messages are its checker's then
    let compared = compared.iter().zip(&verdicts).filter(|((_, ours), _)| !ours.is_empty());
    let (mut files, mut lines) = ([0, 0], [0, 0]);
    let mut differences = String::new();
    for ((theirs, ours), (_, path)) in compared {
        let missing: Vec<&String> = theirs.difference(ours).collect();
        let extra: Vec<&String> = ours.difference(theirs).collect();
        files[1] += 1;
        lines[0] += theirs.len() - missing.len();
        lines[1] += theirs.len();
        if missing.is_empty() && extra.is_empty() {
            files[0] += 1;
            continue;
        }
        let name = path.strip_prefix(&format!("{}/", library.display())).unwrap_or(path);
        writeln!(differences, "{name}").expect("a String takes all");
        for (sign, list) in [('-', missing), ('+', extra)] {
            for text in list {
                writeln!(differences, "  {sign} {text}").expect("a String takes all");
            }
        }
    }
    let snapshot = format!(
        "# Written by `cargo bless`: syntax errors of goxide and of Go's compiler; - is missing, + is said by goxide only.\n\
         files with the same messages: {} of {}\nthe compiler's messages that goxide has: {} of {}\n{differences}",
        files[0], files[1], lines[0], lines[1]
    );
    report(
        &compare_or_update(&root().join("tests/syntax-messages.snap"), &snapshot)
            .into_iter()
            .collect::<Vec<_>>(),
    );
}

/// Go, and what its parser thinks of each file; says so where it is not installed.
fn verdicts() -> Option<(PathBuf, Vec<(bool, String)>)> {
    let Some(go) = go().filter(|_| Path::new(SUITE).is_dir()) else {
        println!(
            "skipped: needs Go 1.27 (set GOXIDE_GO) and Go's test programs (apt-get install golang-1.19-src)"
        );
        return None;
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let program = dir.path().join("oracle.go");
    fs::write(&program, ORACLE).expect("a folder of our own");
    let oracle = run(
        Command::new(&go).arg("run").arg(&program).arg(goroot(&go).join("src")).arg(SUITE),
        "",
        Duration::from_secs(300),
    );
    assert_eq!(oracle.code, Some(0), "{}", oracle.stderr);
    let verdict = |line: &str| {
        let (accepts, path) = line.split_once(' ').expect("a verdict and a path");
        (accepts == "true", path.to_owned())
    };
    let verdicts = oracle.stdout.lines().map(verdict).collect();
    Some((go, verdicts))
}

/// What the compiler says: it stops behind the parser if a file has syntax errors.
fn compiler_messages(go: &Path, path: &str) -> BTreeSet<String> {
    // what the compiler cannot write it removes: it gets a folder of its own
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut compile = Command::new(go);
    compile.args(["tool", "compile", "-e", "-o"]).arg(dir.path().join("out.o")).arg(path);
    let output = run(&mut compile, "", Duration::from_secs(60));
    let place = format!("{path}:");
    let lines = output.stdout.lines().chain(output.stderr.lines());
    // a place within a message: the same wherever Go is installed
    lines.filter_map(|line| line.strip_prefix(&place)).map(|line| line.replace(path, "FILE")).collect()
}

/// What our parser says.
fn messages(path: &str) -> BTreeSet<String> {
    let mut map = SourceMap::new();
    let id = map.add(path, fs::read(path).expect("Go has read it"));
    let (_, diagnostics) = parse_file(&map, id);
    let worded = |d: &Diagnostic| {
        let at = map.locate(d.pos).expect("in the file");
        format!("{}:{}: {}", at.line, at.col, d.message(&map))
    };
    diagnostics.sorted().into_iter().map(worded).collect()
}

/// Does Go's compiler find a syntax error?
fn compiler_rejects(go: &Path, path: &str) -> bool {
    // what the compiler cannot write it removes: it gets a folder of its own
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut compile = Command::new(go);
    compile.args(["tool", "compile", "-e", "-o"]).arg(dir.path().join("out.o")).arg(path);
    let output = run(&mut compile, "", Duration::from_secs(60));
    let is_syntax = |line: &str| line.contains(": syntax error: ") || line.contains(": method has ");
    output.stdout.lines().chain(output.stderr.lines()).any(is_syntax)
}

/// The first thing that our parser has to say against a file.
fn complaint(path: &str) -> Option<String> {
    let mut map = SourceMap::new();
    let id = map.add(path, fs::read(path).expect("Go has read it"));
    let (_, diagnostics) = parse_file(&map, id);
    let first = diagnostics.sorted().first().map(|d| (map.locate(d.pos), d.text.clone()));
    first.map(|(at, text)| format!("{}: {text}", at.map_or(0, |at| at.line)))
}
