//! A goroutine starts others, from blocks, closures and loops.
use goxide::{chan, go};

#[goxide::main]
fn main() {
    let out = chan(0);
    let to = out.clone();
    go! {
        for i in 0..3 {
            let to = to.clone();
            go! {
                let inner = to.clone();
                go!(move || inner.send(i));
            }
        }
    }
    let mut seen = [out.recv(), out.recv(), out.recv()];
    seen.sort();
    assert_eq!(seen, [Some(0), Some(1), Some(2)]);
}
