//! Stages joined by channels: each one reads from the stage before it, and closes its own channel when that one ends.
//!
//! `Sender` and `Receiver` close by themselves when the last of them goes, so no stage has to say that it is done.

use goxide::{Receiver, channel, go};

fn generate(limit: u64) -> Receiver<u64> {
    let (tx, rx) = channel(0);
    go! {
        for n in 1..=limit {
            if tx.send(n).is_err() {
                return;
            }
        }
    }
    rx
}

fn square(input: Receiver<u64>) -> Receiver<u64> {
    let (tx, rx) = channel(0);
    go! {
        for n in input.iter() {
            if tx.send(n * n).is_err() {
                return;
            }
        }
    }
    rx
}

fn keep(input: Receiver<u64>, wanted: fn(u64) -> bool) -> Receiver<u64> {
    let (tx, rx) = channel(0);
    go! {
        for n in input.iter().filter(|n| wanted(*n)) {
            if tx.send(n).is_err() {
                return;
            }
        }
    }
    rx
}

#[goxide::main]
fn main() {
    let ends_in_six = keep(square(generate(50)), |n| n % 10 == 6);
    let mut sum = 0;
    for n in ends_in_six.iter() {
        println!("{n}");
        sum += n;
    }
    println!("sum {sum}");

    // Dropping the last receiver ends an endless pipeline: the send in each stage fails.
    let squares = square(generate(u64::MAX));
    let first: Vec<u64> = squares.iter().take(5).collect();
    drop(squares);
    println!("first squares {first:?}");
}
