//! Closures that cannot wait, by `no_park`: what is left is the state itself.

use std::cell::RefCell;

thread_local! {
    static BUFFER: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

fn collect(from: &goxide::Chan<u32>) {
    BUFFER.with_borrow_mut(|buffer| { //~ thread-local
        goxide::no_park(|| buffer.extend(from.recv()));
    });
}

fn main() {
    let numbers = goxide::chan(1);
    goxide::go! {
        collect(&numbers);
    }
}
