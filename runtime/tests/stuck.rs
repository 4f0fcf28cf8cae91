//! A worker in a call that blocks keeps only what has run on it: all else runs elsewhere. Each case runs in a process of its own: the same
//! test with `CHILD` set. `std`'s channels block the thread, so the cases end only if another thread runs the goroutine.

#![cfg(all(target_os = "linux", not(miri)))]

use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use goxide::{chan, go};

fn alone(test: &str, workers: &str, program: fn()) {
    if std::env::var_os("CHILD").is_some() {
        return goxide::__private::run_main(program);
    }
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    command.env("CHILD", "1").env("GOMAXPROCS", workers).env("GOXIDE_MONITOR", "off");
    let output = command.output().expect("a child");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Blocks the thread until something comes.
#[goxide::allow_identity(reason = "stuck threads are what the tests are about")]
fn blocks<T>(from: &Receiver<T>) -> T {
    from.recv_timeout(Duration::from_secs(100)).expect("another thread runs the goroutine")
}

/// One goroutine that has not run.
fn a_lone_one() {
    let (to, from) = channel();
    go!(move || to.send(1).expect("somebody waits"));
    assert_eq!(blocks(&from), 1);
}

#[test]
fn a_lone_goroutine_is_taken_by_another_worker() {
    alone("a_lone_goroutine_is_taken_by_another_worker", "2", a_lone_one);
}

#[test]
fn a_spare_takes_it_when_there_is_no_other() {
    alone("a_spare_takes_it_when_there_is_no_other", "1", || {
        // More than once, and when those that blocked have come back.
        for _ in 0..3 {
            a_lone_one();
            goxide::yield_now();
        }
        assert_eq!(goxide::metrics().workers, 1);
    });
}

#[test]
fn what_a_thread_starts_runs() {
    alone("what_a_thread_starts_runs", "1", || {
        let (to, from) = channel();
        std::thread::spawn(move || go!(move || to.send(2).expect("somebody waits")));
        assert_eq!(blocks(&from), 2);
    });
}

#[test]
fn timers_are_kept() {
    alone("timers_are_kept", "1", || {
        let (to, from) = channel();
        go!(move || {
            goxide::time::sleep(Duration::from_millis(5));
            to.send(3).expect("somebody waits");
        });
        assert_eq!(blocks(&from), 3);
    });
}

#[test]
fn goroutines_that_block_one_after_the_other() {
    alone("goroutines_that_block_one_after_the_other", "2", || {
        let (first, mut next) = channel();
        for _ in 0..8 {
            let (to, from) = channel();
            go! {
                to.send(blocks(&next) + 1).expect("somebody waits");
            }
            next = from;
        }
        go!(move || first.send(0).expect("somebody waits"));
        assert_eq!(blocks(&next), 8);
        // What is pinned to workers that have blocked still runs.
        let done = chan(0);
        for _ in 0..100 {
            let done = done.clone();
            go!(move || done.send(()));
        }
        (0..100).for_each(|_| assert_eq!(done.recv(), Some(())));
    });
}
