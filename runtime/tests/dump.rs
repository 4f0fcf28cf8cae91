//! What every goroutine does: `dump` and SIGQUIT (for deadlocks see end.rs). What ends a process runs in one of its own: the same test with
//! the variable `CHILD` set.

#![cfg(not(miri))]

use std::process::{Command, Stdio};

use goxide::{chan, go};

fn is_child() -> bool {
    std::env::var_os("CHILD").is_some()
}

fn command(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env("CHILD", "1");
    command
}

#[inline(never)]
fn waits_for_a_job(jobs: goxide::Chan<u32>) {
    std::hint::black_box(jobs.recv());
}

/// Whether stacks are known here.
const STACKS: bool = cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")));

#[goxide::test]
fn equal_stacks_are_one_entry_with_functions_and_lines() {
    let jobs = chan::<u32>(0);
    for _ in 0..3 {
        let jobs = jobs.clone();
        go!(waits_for_a_job(jobs));
    }
    let entry = loop {
        let text = goxide::dump();
        let mut entries = text.split("\n\n");
        match entries.find(|entry| entry.starts_with("3 goroutines [chan receive]:")) {
            Some(entry) => break entry.to_owned(),
            None => goxide::yield_now(),
        }
    };
    jobs.close();
    if STACKS {
        assert!(entry.lines().nth(1).expect("a frame").ends_with("dump::waits_for_a_job"), "{entry}");
        assert!(entry.lines().nth(2).expect("a line").contains("tests/dump.rs:"), "{entry}");
        assert!(!entry.contains("goxide::"), "the runtime's own frames are left out: {entry}");
    }
}

#[inline(never)]
fn waits_deep_down(depth: u32, jobs: &goxide::Chan<u32>) -> u32 {
    goxide::grow(|| match depth {
        0 => {
            jobs.send(1);
            std::hint::black_box(0)
        }
        _ => std::hint::black_box(waits_deep_down(depth - 1, jobs)) + 1,
    })
}

/// Where a recursion has grown out of its stack, the frames of its last segment are told.
#[goxide::test]
fn a_goroutine_that_has_grown_is_told_of() {
    let (jobs, done) = (chan::<u32>(0), chan(0));
    let (deep, out) = (jobs.clone(), done.clone());
    go!(move || out.send(waits_deep_down(20_000, &deep)));
    // No other test's goroutines wait to send.
    let entry = loop {
        let text = goxide::dump();
        let mut entries = text.split("\n\n");
        match entries.find(|entry| entry.starts_with("1 goroutine [chan send]:")) {
            Some(entry) => break entry.to_owned(),
            None => goxide::yield_now(),
        }
    };
    jobs.recv();
    assert_eq!(done.recv(), Some(20_000));
    if STACKS {
        let frames = entry.lines().filter(|line| line.contains("waits_deep_down")).count();
        assert!(frames > 10, "{entry}");
    }
}

#[inline(never)]
fn asks() -> String {
    let text = goxide::dump();
    std::hint::black_box(text)
}

#[goxide::test]
fn who_asks_is_running() {
    let text = asks();
    let running = text.split("\n\n").filter(|entry| entry.contains(" [running]:"));
    assert!(!STACKS || running.into_iter().any(|entry| entry.contains("dump::asks")), "{text}");
}

#[cfg(target_os = "linux")]
fn ignores_sigquit() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).expect("a mask");
    u64::from_str_radix(ignored.trim(), 16).expect("in hexadecimal") >> 2 & 1 == 1
}

#[cfg(target_os = "linux")]
#[test]
fn sigquit_dumps_and_ends() {
    if is_child() {
        return goxide::__private::run_main(|| {
            let jobs = chan::<u32>(0);
            for _ in 0..2 {
                let jobs = jobs.clone();
                go!(waits_for_a_job(jobs));
            }
            while !goxide::dump().contains("2 goroutines [chan receive]:") {
                goxide::yield_now();
            }
            eprintln!("ready");
            loop {
                std::hint::spin_loop();
            }
        });
    }
    use std::io::{BufRead, BufReader, Read};
    if ignores_sigquit() {
        println!("skipped: the signal is ignored here, as behind nohup, and children inherit that");
        return;
    }
    let mut child = command("sigquit_dumps_and_ends").stderr(Stdio::piped()).spawn().expect("a child");
    let mut lines = BufReader::new(child.stderr.take().expect("piped"));
    let mut text = String::new();
    while !text.contains("ready\n") {
        assert!(lines.read_line(&mut text).expect("text") > 0, "{text}");
    }
    let killed = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
    assert!(killed.expect("kill").success());
    lines.read_to_string(&mut text).expect("text");
    assert_eq!(child.wait().expect("an end").code(), Some(2), "{text}");
    assert!(text.contains("SIGQUIT: quit\n\nmain goroutine [running]:\n"), "{text}");
    assert!(text.contains("\n\n2 goroutines [chan receive]:\ndump::waits_for_a_job\n\t"), "{text}");
    assert!(text.contains("dump::sigquit_dumps_and_ends::{{closure}}\n\t"), "{text}");
}
