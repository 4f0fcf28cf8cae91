//! `go!` inside of `impl` blocks, async-free traits and closures.
use std::sync::Arc;

use goxide::sync::{Mutex, WaitGroup};
use goxide::go;

#[derive(Clone, Default)]
struct Counter {
    count: Arc<Mutex<u32>>,
    working: WaitGroup,
}

impl Counter {
    fn add_later(&self, n: u32) {
        self.working.add(1);
        let this = self.clone();
        go! {
            *this.count.lock() += n;
            this.working.done();
        }
    }
}

#[goxide::main]
fn main() {
    let counter = Counter::default();
    (1..=4).for_each(|n| counter.add_later(n));
    counter.working.wait();
    assert_eq!(*counter.count.lock(), 10);
}
