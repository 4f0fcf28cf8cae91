//! `stack = bytes;` in front of every form of `go!`.

use goxide::{Chan, chan, go};

/// Needs about a megabyte for each 1,000 of `n`, however it is built.
fn deep(n: u64) -> u64 {
    let frame = std::hint::black_box([n; 128]);
    if n == 0 { 0 } else { deep(n - 1) + frame[0] / n }
}

#[derive(Clone)]
struct Depth(Chan<u64>);

impl Depth {
    fn send<T: Into<u64>>(&mut self, n: T) {
        self.0.send(deep(n.into()));
    }
}

fn send(n: u64, out: Chan<u64>) {
    out.send(deep(n));
}

fn noted(out: &Chan<u64>, note: u64) -> Chan<u64> {
    out.send(note);
    out.clone()
}

/// What a user may have of the same name.
trait ByteSize {
    fn kib(&self) -> &'static str {
        "mine"
    }
}

impl ByteSize for String {}

#[goxide::main]
fn main() {
    let out = chan::<u64>(0);
    let n = 2_000;

    go!(stack = 64.mib(); send(n, out.clone()));
    assert_eq!(out.recv(), Some(n));

    go!(stack = 64.mib(); Depth(out.clone()).send::<u32>(2_000));
    assert_eq!(out.recv(), Some(n));

    let results = out.clone();
    go!(stack = 64 << 20; move || results.send(deep(n)));
    assert_eq!(out.recv(), Some(n));

    let results = out.clone();
    go! { stack = usize::pow(2, 26);
        let depth = deep(n);
        results.send(depth);
    }
    assert_eq!(out.recv(), Some(n));

    let results = out.clone();
    go!(stack = if n > 0 { 64.mib() } else { 0 }; { results.send(deep(n)); });
    assert_eq!(out.recv(), Some(n));

    // Rounded up to something that code can run on.
    go!(stack = 1; send(5, out.clone()));
    assert_eq!(out.recv(), Some(5));

    // Evaluated before the operands.
    let notes = chan::<u64>(8);
    go!(stack = { notes.send(1); 128.kib() }; send(0, noted(&notes, 2)));
    assert_eq!((notes.recv(), notes.recv()), (Some(1), Some(2)));
    assert_eq!(notes.recv(), Some(0));

    // A variable of that name is told by braces; its method is its own.
    let mut stack = 1;
    let results = out.clone();
    go!({ stack += 1; results.send(stack); });
    assert_eq!(out.recv(), Some(2));
    stack += 5;
    assert_eq!((stack, String::new().kib()), (6, "mine"));
}
