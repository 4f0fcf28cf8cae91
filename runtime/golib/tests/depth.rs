//! How deep and how many: recursion in main and in other goroutines, its end, and many goroutines at once.
//!
//! The test runs itself in processes of their own. Must hold: Go programs recurse millions of calls deep in any
//! goroutine; a stack that ends says so in Go's words and exits with 2; a hundred thousand goroutines wait at the same time.

use std::process::Command;

use goxide_golib::prelude::*;

/// Recursion that the optimiser cannot make a loop of.
#[inline(never)]
fn depth(n: isize, left: Slice<isize>) -> isize {
    if n == 0 {
        return left.len();
    }
    let deeper = depth(n - 1, left);
    left[0].set(deeper);
    deeper + 1
}

#[inline(never)]
#[allow(unconditional_recursion)]
fn endless(n: isize, log: Slice<isize>) -> isize {
    log[0].set(n);
    endless(n + 1, log) + *log[0]
}

const OVERFLOW: &str =
    "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n";

type Case = (&'static str, fn(), i32, &'static str);

const CASES: &[Case] = &[
    ("main", || println(args![depth(1_000_000, slice([0]))]), 0, "1000001\n"),
    (
        "goroutine",
        || {
            let done = Chan::<isize>::make(0);
            go!(move || done.send(depth(3_000_000, slice([0]))));
            println(args![done.recv()]);
        },
        0,
        "3000001\n",
    ),
    ("endless in main", || println(args![endless(0, slice([0]))]), 2, OVERFLOW),
    (
        "endless in a goroutine",
        || {
            go!(|| println(args![endless(0, slice([0]))]));
            select! {}
        },
        2,
        OVERFLOW,
    ),
    (
        "many",
        || {
            let (go, done) = (Chan::<isize>::make(0), Chan::<isize>::make(0));
            for _ in 0..100_000 {
                go!(move || {
                    go.recv();
                    done.send(1);
                });
            }
            go.close();
            println(args![(0..100_000).map(|_| done.recv()).sum::<isize>()]);
        },
        0,
        "100000\n",
    ),
];

fn main() {
    if let Some(name) = std::env::var_os("GOXIDE_CASE") {
        let case = CASES.iter().find(|case| name == case.0).expect("a case of that name");
        return goxide_golib::program::go_main(None, || {}, case.1);
    }
    for (name, _, status, expected) in CASES {
        let program = std::env::current_exe().expect("a path");
        let output = Command::new(program).env("GOXIDE_CASE", name).output().expect("a process");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(*status), "{name}: {told}");
        assert!(told.contains(expected), "{name}: {told}");
    }
}
