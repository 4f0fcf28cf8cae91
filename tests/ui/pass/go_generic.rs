//! The function that is started may be generic, and so may the one that starts it.
use goxide::{Receiver, channel, go};

fn produce<T: Send + 'static, F: Fn(usize) -> T + Send + 'static>(n: usize, make: F) -> Receiver<T> {
    let (tx, rx) = channel(1);
    go! {
        for i in 0..n {
            if tx.send(make(i)).is_err() {
                return;
            }
        }
    }
    rx
}

fn forward<T: Send + 'static>(from: Receiver<T>) -> Receiver<T> {
    let (tx, rx) = channel(0);
    fn run<T>(from: Receiver<T>, to: goxide::Sender<T>)
    where
        T: Send,
    {
        for v in from.iter() {
            let _ = to.send(v);
        }
    }
    go!(run::<T>(from, tx));
    rx
}

#[goxide::main]
fn main() {
    let words = forward(produce(3, |i| "ab".repeat(i)));
    assert_eq!(words.iter().collect::<Vec<_>>(), ["", "ab", "abab"]);
}
