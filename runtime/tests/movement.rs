//! Goroutines that move between workers ([`goxide::Builder::movable`]): the tests of channels, select, locks, timers, scopes and connections again, with
//! movement on, and what is asked of movement itself.
//!
//! It is decided before the first goroutine, so a function does it that runs before `main`.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::sync::WaitGroup;
use goxide::{chan, go, time, yield_now};

#[path = "chan.rs"]
mod chan_tests;
#[path = "context.rs"]
mod context;
#[path = "errgroup.rs"]
mod errgroup;
#[path = "go_chan.rs"]
mod go_chan;
#[path = "net.rs"]
mod net;
#[path = "scope.rs"]
mod scope;
#[path = "select.rs"]
mod select;
#[path = "stress.rs"]
mod stress;
#[path = "sync.rs"]
mod sync;

// SAFETY: the system calls what lies in this section before `main`, with the standard library usable on Linux.
#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = {
    extern "C" fn install() {
        // SAFETY: the tests and what they call use no thread-locals across a wait.
        let settings = unsafe { goxide::Builder::new().workers(4).movable() };
        settings.install().expect("nothing runs yet");
    }
    install
};

/// Some microseconds of work.
fn compute(rounds: u64) -> u64 {
    std::hint::black_box((0..rounds).fold(1, |x: u64, n| std::hint::black_box(x.rotate_left(5) ^ n)))
}

/// The OS thread that asks. Never inlined: what it looks at belongs to that thread.
#[goxide::allow_identity(reason = "which thread it is on is what the tests are about")]
#[inline(never)]
fn thread() -> std::thread::ThreadId {
    std::thread::current().id()
}

/// Whether the substrate keeps goroutines where they are.
fn stay() -> bool {
    std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|name| name != "slab")
}

#[goxide::test]
fn started_goroutines_spread() {
    // All of them wait on the worker that has started them, until there is work for each.
    let (count, rounds) = (8, 400);
    let (go_on, moved) = (chan::<()>(0), Arc::new(AtomicUsize::new(0)));
    let all = WaitGroup::new();
    for _ in 0..count {
        let (go_on, moved, done) = (go_on.clone(), moved.clone(), all.clone());
        all.add(1);
        go! {
            go_on.recv();
            let began = thread();
            for _ in 0..rounds {
                compute(20_000);
                yield_now();
                if thread() != began {
                    moved.fetch_add(1, Ordering::Relaxed);
                    break;
                }
            }
            done.done();
        }
    }
    time::sleep(Duration::from_millis(5));
    go_on.close();
    all.wait();
    assert!(moved.load(Ordering::Relaxed) > 0 || stay(), "none of {count} goroutines has moved");
}

#[goxide::test]
fn what_a_busy_goroutine_has_woken_runs_elsewhere() {
    let (wake, woken) = (chan::<()>(1), Arc::new(AtomicBool::new(false)));
    let (asked, told) = (wake.clone(), woken.clone());
    go! {
        asked.recv();
        told.store(true, Ordering::SeqCst);
    }
    time::sleep(Duration::from_millis(1));
    wake.send(());
    // It does not give way: only another worker can run the one that it has woken.
    let begun = Instant::now();
    while !woken.load(Ordering::SeqCst) && begun.elapsed() < Duration::from_secs(20) {
        compute(1_000);
    }
    assert!(woken.load(Ordering::SeqCst) || stay());
    wake.close();
}

#[goxide::test]
fn values_on_the_stack_come_along() {
    let all = WaitGroup::new();
    let total = Arc::new(AtomicUsize::new(0));
    for n in 0..200usize {
        let (done, total) = (all.clone(), total.clone());
        all.add(1);
        go! {
            let mut kept = [n; 64];
            let boxed = Box::new([n; 10]);
            for round in 0..50 {
                if round % 7 == 0 {
                    time::sleep(Duration::from_micros(50));
                } else {
                    yield_now();
                }
                compute(300);
                kept.iter_mut().for_each(|word| *word += 1);
            }
            assert!(kept.iter().all(|&word| word == n + 50));
            total.fetch_add(boxed.iter().sum::<usize>(), Ordering::Relaxed);
            done.done();
        }
    }
    all.wait();
    assert_eq!(total.load(Ordering::Relaxed), (0..200).sum::<usize>() * 10);
}

/// Waits when it is dropped; others on the thread may look as if they panicked meanwhile.
struct WaitsInDrop(goxide::Chan<()>);

impl Drop for WaitsInDrop {
    fn drop(&mut self) {
        for _ in 0..20 {
            self.0.send(());
            yield_now();
        }
    }
}

#[inline(never)]
fn is_panicking() -> bool {
    std::thread::panicking()
}

#[goxide::test]
fn an_unwind_ends_on_the_thread_where_it_began() {
    let (all, ticks) = (WaitGroup::new(), chan::<()>(0));
    for _ in 0..50 {
        let (done, ticks) = (all.clone(), ticks.clone());
        all.add(1);
        go! {
            for round in 0..10 {
                let ticks = ticks.clone();
                let result = catch_unwind(AssertUnwindSafe(|| {
                    let _waits = WaitsInDrop(ticks);
                    compute(5_000);
                    if round % 2 == 0 {
                        resume_unwind(Box::new(round));
                    }
                }));
                assert_eq!(result.is_err(), round % 2 == 0);
                yield_now();
            }
            done.done();
        }
    }
    let ended = chan::<()>(0);
    let end = ended.clone();
    go! {
        all.wait();
        end.close();
    }
    let mut count = 0;
    loop {
        goxide::select! {
            <-ticks => { count += 1; compute(500); }
            <-ended => break,
        }
    }
    assert_eq!(count, 50 * 10 * 20);
    // Whoever is counted on the wrong thread is counted for ever.
    let seen = chan::<bool>(0);
    for _ in 0..100 {
        let seen = seen.clone();
        go! {
            compute(20_000);
            seen.send(is_panicking());
        }
    }
    assert!((0..100).all(|_| seen.recv() == Some(false)));
}

/// Everything that meets in `stress.rs`, under random schedules: each takes from others, or does not, by chance.
#[test]
fn random_schedules() {
    let seeds = std::env::var("GOXIDE_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(20u64);
    for seed in 0..seeds {
        let mut tests = Command::new(std::env::current_exe().expect("this program"));
        tests.arg("stress::").env("GOXIDE_SCHEDULE", seed.to_string()).env("GOXIDE_STRESS", "0.02");
        let out = tests.output().expect("it starts");
        assert!(out.status.success(), "GOXIDE_SCHEDULE={seed}: {}", String::from_utf8_lossy(&out.stdout));
    }
}

#[goxide::test]
fn workers_come_and_go_meanwhile() {
    let stop = Arc::new(AtomicBool::new(false));
    let (all, sum) = (WaitGroup::new(), Arc::new(AtomicUsize::new(0)));
    let jobs = chan::<usize>(3);
    for _ in 0..16 {
        let (jobs, done, sum) = (jobs.clone(), all.clone(), sum.clone());
        all.add(1);
        go! {
            while let Some(job) = jobs.recv() {
                compute(job as u64 % 3_000);
                sum.fetch_add(job, Ordering::Relaxed);
            }
            done.done();
        }
    }
    let (stopped, changes) = (stop.clone(), WaitGroup::new());
    let changed = changes.clone();
    changes.add(1);
    go! {
        for n in [1, 3, 2, 6, 1, 4].into_iter().cycle() {
            if stopped.load(Ordering::SeqCst) {
                break;
            }
            goxide::set_max_procs(n);
            time::sleep(Duration::from_millis(2));
        }
        goxide::set_max_procs(4);
        changed.done();
    }
    let count = 30_000;
    for job in 0..count {
        jobs.send(job);
    }
    jobs.close();
    all.wait();
    stop.store(true, Ordering::SeqCst);
    changes.wait();
    assert_eq!(sum.load(Ordering::Relaxed), count * (count - 1) / 2);
}
