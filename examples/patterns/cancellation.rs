//! Cancellation: workers that stop at a deadline, clean up and say why. After "Go Concurrency Patterns: Context" of the Go blog;
//! `cancellation_tokio.rs` is the same with tokio.

use goxide::context::{self, Context};
use goxide::time::Ticker;
use goxide::{Sender, channel, go, select};
use std::time::Duration;

fn work(ctx: Context, name: &str, reports: Sender<String>) {
    let ticker = Ticker::new(Duration::from_millis(1));
    let mut steps = 0;
    loop {
        select! {
            <-ticker => steps += 1,
            <-ctx.done() => break,
        }
    }
    let why = ctx.err().map(|error| error.to_string()).unwrap_or_default();
    let _ = reports.send(format!("{name}: {why}, after some steps: {}", steps > 0));
}

#[goxide::main]
fn main() {
    let (ctx, _cancel) = context::background().with_timeout(Duration::from_millis(50));
    let (reports, stopped) = channel(0);
    for name in ["anna", "bert", "carl"] {
        go!(work(ctx.clone(), name, reports.clone()));
    }
    drop(reports);
    let mut all: Vec<String> = stopped.iter().collect();
    all.sort();
    println!("{}", all.join("\n"));
}
