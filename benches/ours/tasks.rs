//! Benchmarks of goroutines themselves: starting, parking, giving way, sleeping, and one lock between them.

use goxide::sync::{Mutex, WaitGroup};
use goxide::{chan, go, time};
use goxide_benches::common::{Memory, SLEEPS, far, nap, per_op, status, timers_done};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub fn spawn_join(n: usize) {
    let wg = WaitGroup::new();
    let start = Instant::now();
    wg.add(n as i32);
    for _ in 0..n {
        let wg = wg.clone();
        go!(move || wg.done());
    }
    wg.wait();
    per_op("spawn_join", start.elapsed(), n);
}

/// With `cold`, until stacks that are put away have stopped giving memory back.
pub fn parked_mem(n: usize, cold: bool) {
    let ch = chan::<()>(0);
    let started = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let start = Instant::now();
    for _ in 0..n {
        let (ch, started) = (ch.clone(), started.clone());
        go!(move || {
            started.fetch_add(1, Ordering::Relaxed);
            ch.recv();
        });
    }
    while started.load(Ordering::Relaxed) != n {
        time::sleep(Duration::from_millis(1));
    }
    let created = start.elapsed();
    time::sleep(Duration::from_millis(200));
    let (mut before, mut now) = (i64::MAX, status("VmRSS"));
    while cold && now < before {
        time::sleep(Duration::from_secs(2));
        (before, now) = (now, status("VmRSS"));
    }
    memory.report(n, created);
    ch.close();
}

pub fn mutex(n: usize) {
    let counter = Arc::new(Mutex::new(0));
    let wg = WaitGroup::new();
    let start = Instant::now();
    for _ in 0..8 {
        let counter = counter.clone();
        wg.go(move || {
            for _ in 0..n {
                *counter.lock() += 1;
            }
        });
    }
    wg.wait();
    let elapsed = start.elapsed();
    assert_eq!(*counter.lock(), 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

pub fn yields(n: usize) {
    let wg = WaitGroup::new();
    let start = Instant::now();
    for _ in 0..2 {
        wg.go(move || {
            for _ in 0..n / 2 {
                goxide::yield_now();
            }
        });
    }
    wg.wait();
    per_op("yield", start.elapsed(), n);
}

pub fn timers(n: usize) {
    let begun = Instant::now();
    let stopped = (0..n).map(|i| time::Timer::new(far(i))).filter(time::Timer::stop).count();
    assert_eq!(stopped, n);
    let stop = begun.elapsed();
    let (wg, gate) = (WaitGroup::new(), chan::<()>(0));
    let (late, started) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for i in 0..n {
        let (late, started, gate) = (late.clone(), started.clone(), gate.clone());
        wg.go(move || {
            started.fetch_add(1, Ordering::Relaxed);
            gate.recv();
            for k in 0..SLEEPS {
                let begun = Instant::now();
                time::sleep(nap(i, k));
                late.fetch_add((begun.elapsed() - nap(i, k)).as_nanos() as usize, Ordering::Relaxed);
            }
        });
    }
    while started.load(Ordering::Relaxed) != n {
        time::sleep(Duration::from_millis(1));
    }
    let begun = Instant::now();
    gate.close();
    wg.wait();
    timers_done(begun.elapsed(), n, late.load(Ordering::Relaxed), Some(stop));
}
