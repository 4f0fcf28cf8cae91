//! A wait while a thread-local is lent, through a channel operation two calls away.

use std::cell::RefCell;

thread_local! {
    static BUFFER: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

fn fill(buffer: &mut Vec<u32>, from: &goxide::Chan<u32>) {
    buffer.extend(from.recv());
}

fn collect(from: &goxide::Chan<u32>) {
    BUFFER.with_borrow_mut(|buffer| fill(buffer, from)); //~ park-in-scope //~ thread-local
}

fn main() {
    let numbers = goxide::chan(0);
    goxide::go! {
        collect(&numbers);
    }
}
