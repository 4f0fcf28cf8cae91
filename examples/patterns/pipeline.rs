//! Pipeline: stages joined by channels, each a goroutine. After "Go Concurrency Patterns: Pipelines and cancellation" of the Go blog;
//! `pipeline_tokio.rs` is the same with tokio.
//!
//! A channel is an iterator, so a stage is the stage before it with a function over each value. The main goroutine leaves early: its
//! receiver goes, the send of the last stage fails, and so does each before it.

use goxide::{Receiver, channel, go};

/// A stage that sends what the iterator gives.
fn stage(values: impl Iterator<Item = u64> + Send + 'static) -> Receiver<u64> {
    let (tx, rx) = channel(0);
    go! {
        for value in values {
            if tx.send(value).is_err() {
                return;
            }
        }
    }
    rx
}

#[goxide::main]
fn main() {
    let squares = stage(stage(1..).into_iter().map(|n| n * n));
    let odd = stage(squares.into_iter().filter(|n| n % 2 == 1));
    for n in odd.into_iter().take(5) {
        println!("{n}");
    }
}
