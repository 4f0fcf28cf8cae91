//! ../shared/prototypes/hazards/tlsinit: a park inside of a `thread_local!` initialiser frees what another goroutine borrows.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

static FIRST: AtomicBool = AtomicBool::new(true);

struct Value(Vec<String>);

thread_local! {
    static VALUE: Value = make();
}

fn make() -> Value {
    if FIRST.swap(false, Ordering::Relaxed) {
        goxide::yield_now();
    }
    Value(vec!["made while the other one makes it too".to_owned()])
}

#[goxide::main]
fn main() {
    for _ in 0..2 {
        goxide::go! {
            show();
        }
    }
    goxide::time::sleep(std::time::Duration::from_millis(10));
}

fn show() {
    VALUE.with(|value| { //~ park-in-initialiser //~ park-in-scope
        goxide::yield_now();
        black_box(&value.0);
    });
}
