//! Goroutines of a scope borrow, mutably where nobody else does.
use goxide::scope;

#[goxide::main]
fn main() {
    let text = String::from("a b c d");
    let mut parts = [0; 2];
    let (left, right) = parts.split_at_mut(1);
    scope(|s| {
        s.spawn(|| left[0] = text.split(' ').count());
        s.spawn(|| right[0] = text.len());
    });
    assert_eq!(parts, [4, 7]);
}
