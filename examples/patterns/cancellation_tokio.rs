//! `cancellation.rs` with tokio, and the token of tokio-util: a token has neither deadline nor reason, so a task of its own
//! cancels it.

use std::time::Duration;
use tokio::select;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::{interval, sleep};
use tokio_util::sync::CancellationToken;

async fn work(token: CancellationToken, name: &str, reports: Sender<String>) {
    let mut ticker = interval(Duration::from_millis(1));
    let mut steps = 0;
    loop {
        select! {
            _ = ticker.tick() => steps += 1,
            _ = token.cancelled() => break,
        }
    }
    let why = "context deadline exceeded";
    let _ = reports.send(format!("{name}: {why}, after some steps: {}", steps > 0)).await;
}

#[tokio::main]
async fn main() {
    let token = CancellationToken::new();
    let deadline = token.clone();
    tokio::spawn(async move {
        sleep(Duration::from_millis(50)).await;
        deadline.cancel();
    });
    let (reports, mut stopped) = channel(1);
    for name in ["anna", "bert", "carl"] {
        tokio::spawn(work(token.clone(), name, reports.clone()));
    }
    drop(reports);
    let mut all = Vec::new();
    while let Some(report) = stopped.recv().await {
        all.push(report);
    }
    all.sort();
    println!("{}", all.join("\n"));
}
