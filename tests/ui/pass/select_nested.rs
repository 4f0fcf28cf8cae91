//! A select inside of a body, a guard, an operand and a closure of another.
use goxide::{Chan, chan, select};

fn pick(a: &Chan<i32>) -> i32 {
    select! {
        v = <-a => v.unwrap_or(-1),
        default => 0,
    }
}

#[goxide::main]
fn main() {
    let (a, b) = (chan(4), chan(4));
    a.send(1);
    a.send(2);
    let got = select! {
        b <- select! { v = <-a => v.unwrap_or(0), default => 9 } if pick(&a) == 1 => {
            select! {
                v = <-b => v.map(|v| 10 * v),
                default => None,
            }
        }
    };
    assert_eq!(got, Some(20));
    let twice = |c: &Chan<i32>| select! { v = <-c => v, default => None };
    assert_eq!(twice(&b), None);
}
