//! `fan_out.rs` with tokio: tasks do not borrow, so the semaphore is shared by an `Arc`, jobs are copied in, and results come back
//! with their number.

use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many steps `n` takes to reach 1 by the rule of Collatz.
fn collatz(n: u64) -> u32 {
    if n == 1 { 0 } else { 1 + collatz(if n.is_multiple_of(2) { n / 2 } else { 3 * n + 1 }) }
}

#[tokio::main]
async fn main() {
    let jobs: Vec<u64> = (1..=12).collect();
    let mut steps = vec![0; jobs.len()];
    let places = Arc::new(Semaphore::new(4));
    let mut tasks = JoinSet::new();
    for (i, job) in jobs.iter().copied().enumerate() {
        let place = places.clone().acquire_owned().await.expect("it is never closed");
        tasks.spawn(async move {
            let _place = place;
            (i, collatz(job))
        });
    }
    while let Some(ended) = tasks.join_next().await {
        let (i, taken) = ended.expect("no task panics");
        steps[i] = taken;
    }
    for (job, steps) in jobs.iter().zip(steps) {
        println!("{job} takes {steps} steps");
    }
}
