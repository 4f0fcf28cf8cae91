//! `?` in the goroutines of a group; the first error comes out.
use std::num::ParseIntError;

use goxide::errgroup::Group;
use goxide::chan;

#[goxide::main]
fn main() {
    let group = Group::<ParseIntError>::new();
    let out = chan(3);
    for text in ["1", "2", "x"] {
        let out = out.clone();
        group.go(move || {
            out.send(text.parse::<i32>()?);
            Ok(())
        });
    }
    assert!(group.wait().is_err());
    assert_eq!(out.recv().unwrap_or(0) + out.recv().unwrap_or(0), 3);
}
