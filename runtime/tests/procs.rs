//! GOMAXPROCS at run time (that a deadlock is seen all the same: `end.rs`). Each case runs in a process of its own, several times: the same test with the variable `CHILD` set.

#![cfg(not(miri))]

use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::{Builder, chan, go, set_max_procs, sync::WaitGroup, time};

fn is_child() -> bool {
    std::env::var_os("CHILD").is_some()
}

fn child(test: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    command.env("CHILD", "1").env_remove("GOMAXPROCS").output().expect("a child")
}

fn succeeds(test: &str) {
    for _ in 0..3 {
        let output = child(test);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn compute() {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_micros(50) {
        std::hint::spin_loop();
    }
}

/// Waits a little without giving way to other goroutines.
fn keep() {
    std::thread::yield_now();
}

/// Goroutines that have run, on all of `workers`, and go on computing and giving way until told to stop.
struct Busy {
    stop: Arc<AtomicBool>,
    most: Arc<AtomicUsize>,
    done: WaitGroup,
}

impl Busy {
    fn start(workers: usize) -> Busy {
        let busy = Busy { stop: Default::default(), most: Default::default(), done: WaitGroup::new() };
        let (running, started) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for _ in 0..workers {
            let (stop, most, done) = (busy.stop.clone(), busy.most.clone(), busy.done.clone());
            let (running, started) = (running.clone(), started.clone());
            done.add(1);
            go! {
                // Each keeps its worker until all have one.
                started.fetch_add(1, Ordering::SeqCst);
                while started.load(Ordering::SeqCst) < workers {
                    keep();
                }
                while !stop.load(Ordering::SeqCst) {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    compute();
                    running.fetch_sub(1, Ordering::SeqCst);
                    goxide::yield_now();
                }
                done.done();
            }
        }
        while started.load(Ordering::SeqCst) < workers {
            goxide::yield_now();
        }
        busy
    }

    /// How many run at once in the next `time`.
    fn at_once(&self, time: Duration) -> usize {
        // What runs now counts, and what ran when the number was changed may not.
        time::sleep(Duration::from_millis(50));
        self.most.store(0, Ordering::SeqCst);
        time::sleep(time);
        self.most.load(Ordering::SeqCst)
    }

    fn end(self) {
        self.stop.store(true, Ordering::SeqCst);
        self.done.wait();
    }
}

#[test]
fn no_more_run_at_once_than_asked_for() {
    if !is_child() {
        return succeeds("no_more_run_at_once_than_asked_for");
    }
    let done = Builder::new().workers(4).run(|| {
        // Main and three others, each pinned to a worker of its own.
        let busy = Busy::start(3);
        assert_eq!(set_max_procs(1), 4);
        assert_eq!(goxide::metrics().workers, 1);
        assert_eq!(busy.at_once(Duration::from_millis(50)), 1);
        assert_eq!(set_max_procs(2), 1);
        assert!(busy.at_once(Duration::from_millis(50)) <= 2);
        assert_eq!(set_max_procs(4), 2);
        // All at once again, sooner or later.
        while busy.at_once(Duration::from_millis(5)) < 2 {}
        busy.end();
    });
    assert!(done.is_ok());
}

#[test]
fn the_caller_goes_on_alone() {
    if !is_child() {
        return succeeds("the_caller_goes_on_alone");
    }
    let done = Builder::new().workers(3).run(|| {
        let busy = Busy::start(2);
        set_max_procs(1);
        // Nobody else runs now, and nobody will before we give way.
        let before = busy.most.swap(0, Ordering::SeqCst);
        assert!(before > 0);
        for _ in 0..20 {
            compute();
        }
        assert_eq!(busy.most.load(Ordering::SeqCst), 0);
        busy.end();
    });
    assert!(done.is_ok());
}

#[test]
fn more_run_at_once_than_at_the_start() {
    if !is_child() {
        return succeeds("more_run_at_once_than_at_the_start");
    }
    let done = Builder::new().workers(1).run(|| {
        assert_eq!(set_max_procs(5), 1);
        // They wait for each other without giving way: each has a thread.
        Busy::start(4).end();
        assert_eq!(set_max_procs(0), 5);
        assert_eq!(set_max_procs(20), 1);
        assert_eq!(set_max_procs(3), 20);
        Busy::start(2).end();
    });
    assert!(done.is_ok());
}

#[test]
fn goroutines_on_retired_workers_wait_and_wake() {
    if !is_child() {
        return succeeds("goroutines_on_retired_workers_wait_and_wake");
    }
    let done = Builder::new().workers(4).run(|| {
        let here = Arc::new(AtomicUsize::new(0));
        let (ping, pong) = (chan(0), chan(0));
        for _ in 0..4 {
            let (ping, pong, here) = (ping.clone(), pong.clone(), here.clone());
            go! {
                here.fetch_add(1, Ordering::SeqCst);
                // Three keep their workers until each has one; the fourth comes to run when main gives way.
                while here.load(Ordering::SeqCst) < 3 {
                    keep();
                }
                while let Some(n) = ping.recv() {
                    time::sleep(Duration::from_micros(10));
                    let (answer, asked) = (pong.clone(), n + 1);
                    go! { answer.send(asked); }
                }
            }
        }
        while here.load(Ordering::SeqCst) < 4 {
            goxide::yield_now();
        }
        for round in 0..200 {
            set_max_procs(1 + round % 5);
            for n in 0..4 {
                ping.send(n);
            }
            let sum: i32 = (0..4).filter_map(|_| pong.recv()).sum();
            assert_eq!(sum, 10);
        }
        ping.close();
    });
    assert!(done.is_ok());
}

#[test]
fn changes_from_everywhere_at_once() {
    if !is_child() {
        return succeeds("changes_from_everywhere_at_once");
    }
    let done = Builder::new().workers(2).run(|| {
        let outside = std::thread::spawn(|| {
            for n in 0..30 {
                set_max_procs(1 + n % 4);
            }
        });
        let all = WaitGroup::new();
        for who in 0..20 {
            all.add(1);
            let all = all.clone();
            go! {
                for n in 0..20 {
                    set_max_procs(1 + (who + n) % 6);
                    time::sleep(Duration::from_micros(20));
                }
                all.done();
            }
        }
        all.wait();
        goxide::blocking(move || outside.join()).expect("no panic");
    });
    assert!(done.is_ok());
}
