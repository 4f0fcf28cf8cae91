//! Settings made in the program. Each case runs in a process of its own: the same test with the variable `CHILD` set.

#![cfg(not(miri))]

use std::process::{Command, Output};

use goxide::{AlreadyRunning, Builder, chan, go};

fn is_child() -> bool {
    std::env::var_os("CHILD").is_some()
}

fn child(test: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("CHILD", "1")
        .env_remove("GOMAXPROCS");
    command.output().expect("a child")
}

fn succeeds(test: &str) {
    let output = child(test);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn workers_are_as_many_as_asked_for() {
    if !is_child() {
        return succeeds("workers_are_as_many_as_asked_for");
    }
    let workers = Builder::new().workers(3).run(|| goxide::metrics().workers);
    assert_eq!(workers, Ok(3));
    assert_eq!(Builder::new().workers(4).run(|| ()), Err(AlreadyRunning));
}

#[test]
fn stacks_are_as_large_as_asked_for() {
    if !is_child() {
        return succeeds("stacks_are_as_large_as_asked_for");
    }
    #[inline(never)]
    fn deep(left: usize) -> usize {
        let room = std::hint::black_box([left; 128]);
        if left == 0 { 0 } else { 1 + deep(left - 1) + room[0] - left }
    }
    let depth = Builder::new().stack_size(64 << 20).run(|| {
        let done = chan(0);
        let out = done.clone();
        go! {
            out.send(deep(10_000));
        }
        done.recv()
    });
    assert_eq!(depth, Ok(Some(10_000)));
}

#[test]
fn a_handler_takes_panics_of_goroutines() {
    if !is_child() {
        return succeeds("a_handler_takes_panics_of_goroutines");
    }
    let told = chan(1);
    let tell = told.clone();
    let handler = move |payload: &(dyn std::any::Any + Send)| {
        tell.send(payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    };
    let text = Builder::new().on_panic(handler).run(move || {
        go! {
            panic!("at the disco");
        }
        told.recv()
    });
    assert_eq!(text, Ok(Some(Some("at the disco".to_owned()))));
}

#[test]
fn without_a_handler_the_program_ends() {
    if is_child() {
        let _ = Builder::new().run(|| {
            go! {
                panic!("unseen");
            }
            chan::<()>(0).recv()
        });
        return;
    }
    assert_eq!(child("without_a_handler_the_program_ends").status.code(), Some(2));
}
