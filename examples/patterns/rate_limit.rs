//! Rate limiting: bursts of three, then one request for each tick. After "Rate Limiting" of Go by Example;
//! `rate_limit_tokio.rs` is the same with tokio.
//!
//! Tokens lie in the buffer of a channel: a request takes one, and a ticker puts one in, if there is room.

use goxide::time::Ticker;
use goxide::{Chan, chan, go};
use std::time::{Duration, Instant};

const PERIOD: Duration = Duration::from_millis(10);

fn refill(tokens: Chan<()>) {
    let ticker = Ticker::new(PERIOD);
    loop {
        ticker.wait();
        tokens.send(());
    }
}

#[goxide::main]
fn main() {
    let tokens = chan(3);
    (0..3).for_each(|_| tokens.send(()));
    go!(refill(tokens.clone()));
    let start = Instant::now();
    for request in 1..=8 {
        tokens.recv();
        println!("request {request}");
    }
    println!("at least four periods: {}", start.elapsed() >= PERIOD * 4);
}
