//! `rate_limit.rs` with tokio: its interval has a first tick at once, and a channel has two ends, of which either may go.

use std::time::{Duration, Instant};
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::interval;

const PERIOD: Duration = Duration::from_millis(10);

async fn refill(tokens: Sender<()>) {
    let mut ticker = interval(PERIOD);
    ticker.tick().await;
    loop {
        ticker.tick().await;
        if tokens.send(()).await.is_err() {
            return;
        }
    }
}

#[tokio::main]
async fn main() {
    let (refilled, mut tokens) = channel(3);
    (0..3).for_each(|_| refilled.try_send(()).expect("there is room"));
    tokio::spawn(refill(refilled));
    let start = Instant::now();
    for request in 1..=8 {
        tokens.recv().await;
        println!("request {request}");
    }
    println!("at least four periods: {}", start.elapsed() >= PERIOD * 4);
}
