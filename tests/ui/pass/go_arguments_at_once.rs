//! Arguments and the receiver are evaluated where the statement stands, in source order.
use goxide::{chan, go};

struct Noter(Vec<&'static str>);

impl Noter {
    fn say(self, a: usize, b: usize, out: goxide::Chan<(usize, usize, usize)>) {
        out.send((self.0.len(), a, b));
    }
}

#[goxide::main]
fn main() {
    let out = chan(1);
    let mut order = Vec::new();
    let mut note = |what| {
        order.push(what);
        order.len()
    };
    go!({ note("receiver"); Noter(vec!["x"]) }.say(note("a"), note("b"), out.clone()));
    assert_eq!(order, ["receiver", "a", "b"]);
    assert_eq!(out.recv(), Some((1, 2, 3)));
}
