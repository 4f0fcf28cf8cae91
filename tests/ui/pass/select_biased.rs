//! With `biased;` the first ready arm is chosen, always.
use goxide::{chan, select};

#[goxide::main]
fn main() {
    let (urgent, usual) = (chan(100), chan(100));
    for i in 0..100 {
        urgent.send(i);
        usual.send(i);
    }
    for i in 0..100 {
        let got = select! {
            biased;
            v = <-urgent => ("urgent", v),
            v = <-usual => ("usual", v),
        };
        assert_eq!(got, ("urgent", Some(i)));
    }
}
