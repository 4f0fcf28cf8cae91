//! Feeds mutated Go programs to the parser or the checker and watches for panics, hangs and overflowing stacks.
//!
//! ```text
//! cargo run --release -p goxide-tests --bin goxide-fuzz -- parser|checker SECONDS [SEED]
//! ```
//! The corpus is Go's own test programs, where they are installed, and ours. A case is a file with some of its tokens
//! deleted, doubled, swapped or replaced by those of another file, or some of its bytes changed. The case being tried lies in
//! `target/fuzz/current.go`, so that it survives what kills the process; what panics or hangs is kept as `target/fuzz/found-N.go`.
//!
//! Always holds: the same seed and corpus try the same cases. Found cases become programs in `tests/errors`.
//!
//! Rejected: coverage-guided fuzzing of bytes (almost nothing it makes gets past the lexer).

use goxide_tests::golib::Golib;
use goxide_tests::root;
use goxide_translator::lexer::{Lexer, Tok};
use goxide_translator::parser::parse_file;
use goxide_translator::source::{Pos, SourceMap};
use goxide_translator::{SourceText, Sources, translate};
use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SUITE: &str = "/usr/share/go-1.19/test";
/// A case that takes longer hangs.
const HANG: Duration = Duration::from_secs(10);
/// As the command gives itself.
const STACK: usize = 1 << 30;
/// Larger files make slow cases.
const LARGEST: u64 = 16 << 10;

/// A random sequence that a seed determines (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// A file and where its tokens are.
struct Source {
    text: Vec<u8>,
    tokens: Vec<Range<usize>>,
}

impl Source {
    fn new(text: Vec<u8>) -> Source {
        let base = Pos(1);
        let mut lexer = Lexer::new(&text, base);
        let mut tokens = vec![];
        loop {
            let token = lexer.next_token();
            let range = (token.pos.0 - base.0) as usize..(token.end.0 - base.0) as usize;
            match token.kind {
                Tok::Eof => break,
                // an inserted semicolon has no text
                _ if range.is_empty() => {}
                _ => tokens.push(range),
            }
        }
        Source { text, tokens }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (what, seconds) = match &args[..] {
        [what, seconds, ..] if matches!(what.as_str(), "parser" | "checker") => {
            (what.clone(), seconds.parse::<u64>())
        }
        _ => {
            eprintln!("usage: goxide-fuzz parser|checker SECONDS [SEED]");
            return ExitCode::from(2);
        }
    };
    let Ok(seconds) = seconds else {
        eprintln!("goxide-fuzz: {} is no number of seconds", args[1]);
        return ExitCode::from(2);
    };
    let seed: u64 = args.get(2).and_then(|s| s.parse().ok()).unwrap_or(1);
    let began = Arc::new(AtomicU64::new(0));
    let worker = {
        let began = began.clone();
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || fuzz(&what, Duration::from_secs(seconds), seed, &began))
    };
    let Ok(worker) = worker else {
        eprintln!("goxide-fuzz: no address space for a large stack");
        return ExitCode::FAILURE;
    };
    // watches the case being tried
    let start = Instant::now();
    let (mut last, mut since) = (0, start);
    while !worker.is_finished() {
        thread::sleep(Duration::from_millis(100));
        let now = began.load(Ordering::Relaxed);
        if now != last {
            (last, since) = (now, Instant::now());
        } else if now > 0 && since.elapsed() > HANG {
            eprintln!("goxide-fuzz: case {now} hangs: {}", current().display());
            return ExitCode::FAILURE;
        }
    }
    match worker.join() {
        Ok(0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn folder() -> PathBuf {
    root().join("target/fuzz")
}

fn current() -> PathBuf {
    folder().join("current.go")
}

/// Tries cases until the time is up; how many were found.
fn fuzz(what: &str, time: Duration, seed: u64, began: &AtomicU64) -> usize {
    fs::create_dir_all(folder()).expect("target is writable");
    let corpus: Vec<Source> = corpus();
    let library = Golib::read();
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let start = Instant::now();
    let (mut cases, mut found) = (0u64, 0);
    std::panic::set_hook(Box::new(|info| eprintln!("{info}")));
    while start.elapsed() < time {
        cases += 1;
        began.store(cases, Ordering::Relaxed);
        let text = mutated(&corpus, &mut random);
        fs::write(current(), &text).expect("target is writable");
        let tried = catch_unwind(AssertUnwindSafe(|| match what {
            "parser" => parse(text.clone()),
            _ => check(text.clone(), &library),
        }));
        if tried.is_err() {
            found += 1;
            let kept = folder().join(format!("found-{found}.go"));
            fs::write(&kept, &text).expect("target is writable");
            eprintln!("case {cases} panics: {}", kept.display());
        }
    }
    println!(
        "{what}: {cases} cases from {} files in {} s, {found} found",
        corpus.len(),
        start.elapsed().as_secs()
    );
    found
}

fn parse(text: Vec<u8>) {
    let mut map = SourceMap::new();
    let id = map.add("current.go", text);
    let (_, diagnostics) = parse_file(&map, id);
    diagnostics.sorted();
}

fn check(text: Vec<u8>, library: &Golib) {
    let file = SourceText { name: "current.go".into(), text };
    let sources = Sources { files: vec![file], check_only: true, ..Sources::default() };
    translate(&sources, library).diagnostics.sorted();
}

/// Go's test programs, and ours.
fn corpus() -> Vec<Source> {
    let mut paths = vec![];
    for start in [Path::new(SUITE), &root().join("tests/programs"), &root().join("tests/golden")] {
        let mut folders = vec![start.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let small = entry.metadata().is_ok_and(|m| m.len() < LARGEST);
                if path.is_dir() {
                    folders.push(path);
                } else if small && path.extension().is_some_and(|e| e == "go") {
                    paths.push(path);
                }
            }
        }
    }
    paths.sort();
    let read = |path: PathBuf| Source::new(fs::read(path).unwrap_or_default());
    paths.into_iter().map(read).filter(|source| source.tokens.len() > 10).collect()
}

/// One file of the corpus, changed in a few places.
fn mutated(corpus: &[Source], random: &mut Random) -> Vec<u8> {
    let source = &corpus[random.below(corpus.len())];
    let other = &corpus[random.below(corpus.len())];
    // what replaces each token
    let mut pieces: Vec<Vec<u8>> = source.tokens.iter().map(|t| source.text[t.clone()].to_vec()).collect();
    for _ in 0..1 + random.below(6) {
        let at = random.below(pieces.len());
        let length = 1 + random.below(8);
        let end = (at + length).min(pieces.len());
        match random.below(7) {
            0 => pieces[at..end].iter_mut().for_each(Vec::clear),
            1 => pieces[at] = [&pieces[at][..], b" ", &pieces[at]].concat(),
            2 => {
                let with = random.below(pieces.len());
                pieces.swap(at, with);
            }
            3 => pieces[at] = other.text[other.tokens[random.below(other.tokens.len())].clone()].to_vec(),
            4 => {
                let from = random.below(other.tokens.len());
                let to = (from + length * 4).min(other.tokens.len()) - 1;
                pieces[at] = other.text[other.tokens[from].start..other.tokens[to].end].to_vec();
            }
            5 => {
                // the same name or literal everywhere
                let (old, new) = (pieces[at].clone(), pieces[random.below(pieces.len())].clone());
                pieces.iter_mut().filter(|p| **p == old).for_each(|p| p.clone_from(&new));
            }
            _ => {
                if let Some(byte) = pieces[at].first_mut() {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
    let mut text = vec![];
    let mut done = 0;
    for (token, piece) in source.tokens.iter().zip(pieces) {
        text.extend_from_slice(&source.text[done..token.start]);
        text.extend_from_slice(&piece);
        done = token.end;
    }
    text.extend_from_slice(&source.text[done..]);
    text
}
