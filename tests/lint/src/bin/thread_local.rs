//! State of the user's own that goroutines of one thread would share by accident.

use std::cell::{Cell, RefCell};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static NAMES: RefCell<Vec<String>> = RefCell::new(Vec::new());
}

fn deeper() -> u32 {
    DEPTH.set(DEPTH.get() + 1); //~ thread-local
    NAMES.with_borrow(|names| names.len() as u32) //~ thread-local
}

fn main() {
    goxide::go!(move || drop(deeper()));
}
