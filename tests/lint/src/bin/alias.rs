//! `thread::current` under another name, in a function that the goroutine calls.

use std::thread as operating;

fn who() -> String {
    format!("{:?}", operating::current().id()) //~ thread-identity
}

fn main() {
    goxide::go!(move || drop(who()));
}
