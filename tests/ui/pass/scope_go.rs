//! `go!` in a scope: every form, with what it may borrow.
use goxide::sync::Mutex;
use goxide::{Scope, go, scope, yield_now};
use std::sync::atomic::{AtomicUsize, Ordering};

fn add(sum: &AtomicUsize, n: usize) {
    yield_now();
    sum.fetch_add(n, Ordering::Relaxed);
}

struct Adder<'a>(&'a AtomicUsize);

impl Adder<'_> {
    fn add<T: Into<u64>>(&self, n: T) {
        add(self.0, n.into() as usize);
    }
}

/// Has its scope in a field.
struct Team<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
}

impl<'scope> Team<'scope, '_> {
    fn work(&self, sum: &'scope AtomicUsize) {
        go!(self.scope; add(sum, 1_000_000));
    }
}

/// Starts goroutines of a scope of its caller's, which start others.
fn halves<'scope>(s: &'scope Scope<'scope, '_>, numbers: &'scope [u32], sum: &'scope AtomicUsize) {
    match numbers {
        [] => {}
        [n] => add(sum, *n as usize),
        _ => {
            let (left, right) = numbers.split_at(numbers.len() / 2);
            go!(s; halves(s, left, sum));
            go!(s; halves(s, right, sum));
        }
    }
}

#[goxide::main]
fn main() {
    let sum = AtomicUsize::new(0);
    let log = Mutex::new(Vec::new());
    let mut own = 0;
    scope(|s| {
        // The arguments are evaluated now, so the loop's variable may go.
        for n in [1, 2] {
            go!(s; add(&sum, n));
        }
        go!(s; Adder(&sum).add::<u32>(10));
        // A closure borrows as closures do.
        go!(s; || {
            own = 7;
            log.lock().push("closure");
        });
        // A block moves what it uses: here a reference.
        let to = &log;
        go!(s; {
            to.lock().push("block");
        });
        // The receiver of a call is evaluated now as well: a guard would have to go to another thread.
        go!(s; || to.lock().push("call"));
        // With a stack, in either order.
        go!(s; stack = 128.kib(); add(&sum, 100));
        go!(stack = 128.kib(); s; add(&sum, 1000));
        go! { s;
            let n = 10_000;
            go!(s; move || add(to_atomic(to), n));
        }
        Team { scope: s }.work(&sum);
        halves(s, &[1, 1, 1, 1, 1, 1, 1, 1, 1], &sum);
    });
    assert_eq!((own, sum.into_inner()), (7, 1_001_113 + 9));
    let mut log = log.into_inner();
    log.sort();
    assert_eq!(log, ["block", "call", "closure", "moved"]);
}

fn to_atomic(log: &Mutex<Vec<&'static str>>) -> &'static AtomicUsize {
    static NOWHERE: AtomicUsize = AtomicUsize::new(0);
    log.lock().push("moved");
    &NOWHERE
}
