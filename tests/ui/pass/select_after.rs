//! `after(d)` as an arm: with and without a condition, beside others, in a loop.
use std::time::Duration;

use goxide::{Chan, chan, go, select};

#[goxide::main]
fn main() {
    let never = Chan::<i32>::default();
    let mut ticks = 0;
    let last = loop {
        select! {
            v = <-never => break v,
            after(Duration::from_millis(1)) => {
                ticks += 1;
                if ticks == 3 {
                    break None;
                }
            }
        }
    };
    assert_eq!((ticks, last), (3, None));

    let ready = chan(1);
    go!(ready.clone().send(7));
    let patient = true;
    let got = select! {
        v = <-ready => v,
        after(Duration::ZERO) if !patient => None,
        after(Duration::from_secs(60)) => Some(0),
    };
    assert_eq!(got, Some(7));
}
