//! `pipeline.rs` with tokio: a stage is a task. Its receiver is no iterator, so each kind of stage has its loop.

use tokio::sync::mpsc::{Receiver, channel};

/// The stage that makes the numbers.
fn count() -> Receiver<u64> {
    let (tx, rx) = channel(1);
    tokio::spawn(async move {
        for n in 1.. {
            if tx.send(n).await.is_err() {
                return;
            }
        }
    });
    rx
}

/// A stage that sends what `f` makes of each value, if anything.
fn stage(mut input: Receiver<u64>, f: impl Fn(u64) -> Option<u64> + Send + 'static) -> Receiver<u64> {
    let (tx, rx) = channel(1);
    tokio::spawn(async move {
        while let Some(value) = input.recv().await {
            if let Some(value) = f(value)
                && tx.send(value).await.is_err()
            {
                return;
            }
        }
    });
    rx
}

#[tokio::main]
async fn main() {
    let squares = stage(count(), |n| Some(n * n));
    let mut odd = stage(squares, |n| (n % 2 == 1).then_some(n));
    for _ in 0..5 {
        if let Some(n) = odd.recv().await {
            println!("{n}");
        }
    }
}
