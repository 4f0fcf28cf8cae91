//! The end of a context is an arm.
use goxide::{chan, context, go, select};

#[goxide::main]
fn main() {
    let (ctx, cancel) = context::background().with_cancel();
    let (work, said) = (chan::<u32>(0), chan(0));
    let (to, inner) = (said.clone(), ctx.clone());
    let from = work.clone();
    go! {
        let mut sum = 0;
        loop {
            select! {
                _ = <-inner.done() => break to.send((sum, inner.err())),
                v = <-from => sum += v.unwrap_or(0),
            }
        }
    }
    work.send(3);
    work.send(4);
    cancel.cancel();
    assert_eq!(said.recv(), Some((7, Some(context::Error::Canceled))));
}
