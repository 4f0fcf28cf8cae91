//! Fan-out, fan-in: one job each, at most four at a time, and the results in the order of the jobs. After the bounded parallelism
//! of "Go Concurrency Patterns: Pipelines and cancellation"; `fan_out_tokio.rs` is the same with tokio.
//!
//! Goroutines of a scope borrow: jobs and results stay where they are, and each writes to its own place.

use goxide::scope;
use goxide::sync::Semaphore;

/// How many steps `n` takes to reach 1 by the rule of Collatz.
fn collatz(n: u64) -> u32 {
    if n == 1 { 0 } else { 1 + collatz(if n.is_multiple_of(2) { n / 2 } else { 3 * n + 1 }) }
}

#[goxide::main]
fn main() {
    let jobs: Vec<u64> = (1..=12).collect();
    let mut steps = vec![0; jobs.len()];
    let places = Semaphore::new(4);
    scope(|s| {
        for (job, steps) in jobs.iter().zip(&mut steps) {
            let place = places.acquire(1);
            s.spawn(move || {
                let _place = place;
                *steps = collatz(*job);
            });
        }
    });
    for (job, steps) in jobs.iter().zip(steps) {
        println!("{job} takes {steps} steps");
    }
}
