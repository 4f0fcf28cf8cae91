//! No function of a translated program keeps an address that belongs to its OS thread over something that may wait: goroutines go on on other threads.
//!
//! Looks at machine code, because it is the compiler that keeps such addresses: of thread-locals, which it takes for the same during a whole
//! function, and of errno. `thread_addresses/flow.rs` says what is followed and how; `thread_addresses/allowed` has the exceptions with
//! their reasons. To look at another program: `GOXIDE_PROGRAM=path cargo test -p goxide-tests --test thread_addresses`.

#[path = "thread_addresses/binary.rs"]
mod binary;
#[path = "thread_addresses/flow.rs"]
mod flow;

use binary::Binary;
use flow::{Flow, Offence};
use goxide_tests::{goxide, report, root, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The libraries are built for it, optimised.
const LIMIT: Duration = Duration::from_secs(900);

/// A line of the list: a function or, with `*` behind it, all whose names begin so.
struct Allowed {
    section: String,
    name: String,
}

impl Allowed {
    fn read() -> Vec<Allowed> {
        let text = fs::read_to_string(root().join("tests/thread_addresses/allowed")).expect("the list");
        let mut section = String::new();
        let mut all = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.to_owned();
                continue;
            }
            let (name, reason) = line.split_once(" -- ").unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!reason.is_empty(), "no reason: {line}");
            all.push(Allowed { section: section.clone(), name: name.trim().to_owned() });
        }
        all
    }

    fn fits(&self, function: &str) -> bool {
        match self.name.strip_suffix('*') {
            Some(begin) => function.starts_with(begin),
            None => function == self.name,
        }
    }
}

fn program(dir: &Path) -> PathBuf {
    if let Some(path) = std::env::var_os("GOXIDE_PROGRAM") {
        return path.into();
    }
    let path = dir.join("program");
    let mut build = goxide();
    build.args(["build", "--release", "-o"]).arg(&path).arg("tests/thread_addresses/main.go");
    let built = run(&mut build, "", LIMIT);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    path
}

#[test]
fn no_address_of_a_thread_is_kept_over_a_wait() {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        println!("skipped: knows x86-64 Linux only");
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let binary = Binary::read(&program(dir.path()));
    let allowed = Allowed::read();
    let is = |function: &str, sections: &[&str]| {
        allowed.iter().any(|a| sections.contains(&a.section.as_str()) && a.fits(function))
    };
    let mut flow = Flow::new(&binary, |name| is(name, &["never waits", "not on a goroutine"]));
    let (takes, switches) = flow.counts();
    println!(
        "{} functions, {takes} take a thread's address, {switches} switch stacks",
        binary.functions.len()
    );
    assert!(takes > 10 && switches > 2, "what is looked for is found at all: {takes}, {switches}");
    let offences: Vec<Offence> = flow
        .offences()
        .into_iter()
        .filter(|o| !is(&o.function, &["not on a goroutine", "harmless"]))
        .collect();
    report(&offences.iter().map(line).collect::<Vec<_>>());
}

fn line(offence: &Offence) -> String {
    let Offence { function, kind, address, call, callee } = offence;
    format!("{function}: {address:#x} {kind} what a thread had before {call:#x} called {callee}")
}

#[test]
fn what_is_kept_is_found() {
    const TAKE: &[u8] = &[0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0]; // mov rax, fs:0
    const KEEP: &[u8] = &[0x53, 0x48, 0x89, 0xc3]; // push rbx; mov rbx, rax
    const USE: &[u8] = &[0x48, 0x83, 0x03, 1, 0x5b, 0xc3]; // add qword [rbx], 1; pop rbx; ret
    const USE_RAX: &[u8] = &[0x48, 0x83, 0x00, 1]; // add qword [rax], 1
    const SPILL: &[u8] = &[0x50]; // push rax
    const RELOAD: &[u8] = &[0x58]; // pop rax
    const ARGUMENT: &[u8] = &[0x48, 0x89, 0xc7]; // mov rdi, rax
    const FROM_ARGUMENT: &[u8] = &[0x53, 0x48, 0x89, 0xfb]; // push rbx; mov rbx, rdi
    const SWITCH: &[u8] = &[0x48, 0x8b, 0x22]; // mov rsp, [rdx]
    const RETURN: &[u8] = &[0xc3];
    const THROUGH_POINTER: &[u8] = &[0xff, 0xd1]; // call rcx
    let call = |from: u64, at: usize, to: u64| {
        let mut bytes = vec![0xe8];
        bytes.extend((to as i32 - (from as i32 + at as i32 + 5)).to_le_bytes());
        bytes
    };
    let mut binary = Binary::default();
    let mut add = |name: &str, address: u64, parts: &[&dyn Fn(usize) -> Vec<u8>]| {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend(part(bytes.len()));
        }
        binary.add(name.into(), address, &bytes);
    };
    let plain = |bytes: &'static [u8]| move |_: usize| bytes.to_vec();
    let (wait, nothing, give, keeps) = (0x1000, 0x1100, 0x1200, 0x1700);
    add("wait", wait, &[&plain(SWITCH), &plain(RETURN), &plain(RETURN)]);
    add("nothing", nothing, &[&plain(RETURN)]);
    add("gives", give, &[&plain(TAKE), &plain(RETURN)]);
    add("in a register", 0x1300, &[&plain(TAKE), &plain(KEEP), &|at| call(0x1300, at, wait), &plain(USE)]);
    add(
        "on the stack",
        0x1400,
        &[
            &plain(TAKE),
            &plain(SPILL),
            &|at| call(0x1400, at, wait),
            &plain(RELOAD),
            &plain(USE_RAX),
            &plain(RETURN),
        ],
    );
    add(
        "from a callee",
        0x1500,
        &[&|at| call(0x1500, at, give), &plain(KEEP), &|at| call(0x1500, at, wait), &plain(USE)],
    );
    add(
        "to a callee",
        0x1600,
        &[&plain(TAKE), &plain(ARGUMENT), &|at| call(0x1600, at, keeps), &plain(RETURN)],
    );
    add("as an argument", keeps, &[&plain(FROM_ARGUMENT), &|at| call(keeps, at, wait), &plain(USE)]);
    add("behind a pointer", 0x1800, &[&plain(TAKE), &plain(KEEP), &plain(THROUGH_POINTER), &plain(USE)]);
    add(
        "fine: nothing waits",
        0x1900,
        &[&plain(TAKE), &plain(KEEP), &|at| call(0x1900, at, nothing), &plain(USE)],
    );
    add(
        "fine: taken anew",
        0x1a00,
        &[
            &plain(TAKE),
            &plain(USE_RAX),
            &|at| call(0x1a00, at, wait),
            &plain(TAKE),
            &plain(USE_RAX),
            &plain(RETURN),
        ],
    );
    let mut found: Vec<String> =
        Flow::new(&binary, |_| false).offences().into_iter().map(|o| o.function).collect();
    found.dedup();
    assert_eq!(
        found,
        ["as an argument", "behind a pointer", "from a callee", "in a register", "on the stack"]
    );
}
