//! A fixed number of workers share a queue of jobs.
//!
//! Closing `jobs` tells the workers that no more will come; the last one to finish lets the results end.

use goxide::sync::WaitGroup;
use goxide::{Chan, chan, go};

const WORKERS: usize = 4;
const JOBS: u64 = 20;

struct Outcome {
    job: u64,
    steps: u32,
}

/// How many steps `n` takes to reach 1 by the rule of Collatz.
fn collatz_steps(mut n: u64) -> u32 {
    let mut steps = 0;
    while n != 1 {
        n = if n.is_multiple_of(2) { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps
}

fn work(jobs: Chan<u64>, outcomes: Chan<Outcome>, working: WaitGroup) {
    for job in jobs.iter() {
        outcomes.send(Outcome { job, steps: collatz_steps(job) });
    }
    working.done();
}

#[goxide::main]
fn main() {
    let jobs = chan(0);
    let outcomes = chan(0);

    let working = WaitGroup::new();
    for _ in 0..WORKERS {
        working.add(1);
        go!(work(jobs.clone(), outcomes.clone(), working.clone()));
    }

    let queue = jobs.clone();
    go! {
        for job in 1..=JOBS {
            queue.send(job);
        }
        queue.close();
    }

    let all = outcomes.clone();
    go! {
        working.wait();
        all.close();
    }

    // Workers finish in any order.
    let mut done: Vec<Outcome> = outcomes.iter().collect();
    done.sort_by_key(|outcome| outcome.job);
    for Outcome { job, steps } in &done {
        println!("{job:2} takes {steps:3} steps");
    }
    println!("{} jobs, {} steps", done.len(), done.iter().map(|outcome| outcome.steps).sum::<u32>());
}
