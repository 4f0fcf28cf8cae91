//! Stacks that are put away: in a process of its own, because the setting is the process's.
//!
//! Each test runs this program again with the test's name in the environment. On substrates that have no cold stacks the programs must do the
//! same, without giving memory back.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::sync::WaitGroup;
use goxide::{Builder, chan, go, select, time};

const PROGRAM: &str = "GOXIDE_COLD_PROGRAM";
const TICK: Duration = Duration::from_millis(2);
const AFTER: Duration = Duration::from_millis(200);

/// Runs `main` with cold stacks in a process of its own; whether the substrate has them is its argument.
fn alone(name: &str, after: Duration, main: fn(bool)) {
    if std::env::var(PROGRAM).is_ok_and(|program| program == name) {
        let slab = std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|substrate| substrate == "slab");
        // SAFETY: nothing here lends what lies on a goroutine's stack but by `scope`, and only goroutines use channels.
        let builder = unsafe { Builder::new().workers(2).cold_stacks(after) };
        builder.run(move || main(slab)).expect("not running yet");
        println!("done");
        std::process::exit(0);
    }
    let substrate = std::env::var("GOXIDE_SUBSTRATE").unwrap_or("slab".into());
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(PROGRAM, name)
        .env("GOXIDE_SUBSTRATE", substrate)
        .env("GOXIDE_MONITOR", "off")
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("done"), "{:?}\n{text}\n{error}", output.status);
}

/// Kilobytes of memory that the process has.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a field");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Waits until memory is back at less than three quarters of what it grew by from `before` to `hot`.
fn wait_until_less(before: u64, hot: u64) {
    let begun = Instant::now();
    while resident() > before + (hot.saturating_sub(before)) * 3 / 4 {
        assert!(begun.elapsed() < Duration::from_secs(60), "{before} KB, {hot} KB, {} KB", resident());
        time::sleep(TICK);
    }
}

/// Fills a part of the stack with what only this goroutine has, and checks it behind a wait.
#[inline(never)]
fn guarded<R>(seed: u64, wait: impl FnOnce() -> R) -> R {
    let mut kept = [0u64; 64];
    for (i, word) in kept.iter_mut().enumerate() {
        *word = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ i as u64;
    }
    let kept = std::hint::black_box(kept);
    let result = wait();
    for (i, word) in kept.iter().enumerate() {
        assert_eq!(*word, seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ i as u64, "seed {seed}, word {i}");
    }
    result
}

const MANY: usize = if cfg!(debug_assertions) { 3_000 } else { 20_000 };

#[test]
fn waiting_goroutines_give_memory_back_and_find_their_stacks_again() {
    alone("waiting_goroutines_give_memory_back_and_find_their_stacks_again", AFTER, |slab| {
        let many = if slab { MANY } else { 200 };
        let (sum, started) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicUsize::new(0)));
        let (queue, all) = (chan::<u64>(0), WaitGroup::new());
        let before = resident();
        for i in 0..many as u64 {
            let (queue, sum, started) = (queue.clone(), sum.clone(), started.clone());
            all.go(move || {
                for round in 0..3 {
                    started.fetch_add(1, Ordering::Relaxed);
                    let got = guarded(3 * i + round, || queue.recv());
                    sum.fetch_add(got.unwrap_or(0), Ordering::Relaxed);
                }
            });
        }
        for round in 1..=3 {
            while started.load(Ordering::Relaxed) != many * round {
                time::sleep(TICK);
            }
            if slab {
                wait_until_less(before, resident());
            }
            for n in 0..many as u64 {
                queue.send(n);
            }
        }
        all.wait();
        assert_eq!(sum.load(Ordering::Relaxed), 3 * (many * (many - 1) / 2) as u64);
    });
}

/// Closing a channel reaches those that are put away where they are, others who wait at it in a `select!`, and those that came back.
#[test]
fn closing_wakes_all_that_are_put_away() {
    alone("closing_wakes_all_that_are_put_away", TICK, |slab| {
        for round in 0..3u64 {
            let many = if slab { MANY as u64 / 3 } else { 100 };
            let (gate, never, woken) = (chan::<u64>(0), chan::<u64>(0), Arc::new(AtomicU64::new(0)));
            let (all, before) = (WaitGroup::new(), resident());
            for i in 0..many {
                let (gate, never, woken) = (gate.clone(), never.clone(), woken.clone());
                all.go(move || {
                    let got = guarded(i, || match i % 16 {
                        7 => select! { n = <-gate => n, n = <-never => n },
                        _ => gate.recv(),
                    });
                    woken.fetch_add(1 + got.unwrap_or(0), Ordering::Relaxed);
                });
            }
            while goxide::metrics().waiting.iter().map(|(_, count)| count).sum::<usize>() < many as usize {
                time::sleep(TICK);
            }
            if slab && round == 0 {
                // Some are put away while others start: what all of them would have is as many pages as a receive touches.
                let pages = if cfg!(debug_assertions) { 3 } else { 1 };
                wait_until_less(before, resident().max(before + 4 * pages * many));
            }
            // Some come back first.
            (0..many / 4).for_each(|_| gate.send(0));
            gate.close();
            all.wait();
            assert_eq!(woken.load(Ordering::Relaxed), many);
        }
    });
}

#[test]
fn stacks_that_nobody_needs_any_more_give_memory_back() {
    alone("stacks_that_nobody_needs_any_more_give_memory_back", Duration::from_secs(3600), |slab| {
        let (gate, all, before) = (chan::<()>(0), WaitGroup::new(), resident());
        let many = if slab { 10_000 } else { 100 };
        for _ in 0..many {
            let gate = gate.clone();
            all.go(move || assert_eq!(gate.recv(), None));
        }
        while !goxide::metrics().waiting.contains(&("chan receive", many)) {
            time::sleep(TICK);
        }
        let hot = resident();
        gate.close();
        all.wait();
        if slab {
            wait_until_less(before, hot);
        }
    });
}

/// A burst of goroutines that end leaves records behind, which give their memory back, too; some are used all the time meanwhile.
#[test]
fn records_that_nobody_needs_any_more_give_memory_back() {
    alone("records_that_nobody_needs_any_more_give_memory_back", Duration::from_secs(3600), |_| {
        let (sum, before) = (Arc::new(AtomicUsize::new(0)), resident());
        for round in 1..=2 {
            let all = WaitGroup::new();
            for _ in 0..200_000 {
                let sum = sum.clone();
                all.go(move || {
                    sum.fetch_add(1, Ordering::Relaxed);
                });
            }
            let hot = resident();
            all.wait();
            assert_eq!(sum.load(Ordering::Relaxed), round * 200_000);
            assert!(hot > before + 10_000, "{before} KB, {hot} KB");
            wait_until_less(before, hot);
        }
        assert!(goxide::metrics().started >= 400_000);
    });
}

/// Peers of many kinds meet goroutines that are put away or about to be.
#[test]
fn every_kind_of_wait_goes_on_while_stacks_are_put_away() {
    alone("every_kind_of_wait_goes_on_while_stacks_are_put_away", TICK, |_| {
        let all = WaitGroup::new();
        for i in 0..16u64 {
            let (left, right, stop) = (chan::<u64>(0), chan::<u64>(1), chan::<()>(0));
            let (a, b, c) = (left.clone(), right.clone(), stop.clone());
            all.go(move || {
                for round in 0..40 {
                    guarded(round, || time::sleep(Duration::from_millis(round * i % 23)));
                    guarded(round, || a.send(round));
                    assert_eq!(guarded(round, || b.recv()), Some(round));
                }
                c.close();
            });
            all.go(move || {
                loop {
                    let round = guarded(i, || {
                        select! {
                            round = <-left => round,
                            _ = <-stop => None,
                        }
                    });
                    let Some(round) = round else { return };
                    let mut doubled = [0; 4];
                    goxide::scope(|s| {
                        let gate = chan::<()>(0);
                        for place in &mut doubled {
                            let gate = gate.clone();
                            s.spawn(move || {
                                gate.recv();
                                *place = 2 * round;
                            });
                        }
                        // The goroutines write to this stack while it waits here, for long.
                        time::sleep(Duration::from_millis(i % 11));
                        gate.close();
                    });
                    assert_eq!(doubled, [2 * round; 4]);
                    right.send(round);
                }
            });
        }
        all.wait();
    });
}

#[test]
fn dumps_show_stacks_that_are_put_away() {
    alone("dumps_show_stacks_that_are_put_away", AFTER, |slab| {
        #[inline(never)]
        fn waits_in_the_cold(queue: &goxide::Chan<u64>) -> Option<u64> {
            let got = queue.recv();
            std::hint::black_box(got)
        }
        let many = if slab { 2_000 } else { 50 };
        let (queue, started) = (chan::<u64>(0), Arc::new(AtomicUsize::new(0)));
        // The first one reads what is known of the program, which takes memory.
        let _ = goxide::dump();
        let before = resident();
        for _ in 0..many {
            let (queue, started) = (queue.clone(), started.clone());
            go!(move || {
                started.fetch_add(1, Ordering::Relaxed);
                waits_in_the_cold(&queue);
            });
        }
        while started.load(Ordering::Relaxed) != many as usize {
            time::sleep(TICK);
        }
        let wanted = format!("{many} goroutines [chan receive]:");
        if slab {
            wait_until_less(before, resident());
        }
        let dump = goxide::dump();
        assert!(dump.contains(&wanted), "{dump}");
        assert!(cfg!(not(target_os = "linux")) || !slab || dump.contains("waits_in_the_cold"), "{dump}");
        queue.close();
    });
}

/// A fault that is nobody's stays one.
#[test]
fn overflow_is_reported_all_the_same() {
    const NAME: &str = "overflow_is_reported_all_the_same";
    fn deep(n: u64) -> u64 {
        let frame = std::hint::black_box([n; 64]);
        if n == 0 { 0 } else { deep(n - 1) + frame[0] / n }
    }
    if std::env::var(PROGRAM).is_ok_and(|program| program == NAME) {
        // SAFETY: as above.
        let builder = unsafe { Builder::new().cold_stacks(AFTER) };
        let result = builder.run(|| {
            time::sleep(2 * AFTER);
            let done = chan::<u64>(0);
            let out = done.clone();
            go!(move || out.send(deep(1 << 40)));
            done.recv()
        });
        unreachable!("{result:?}");
    }
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", NAME, "--nocapture", "--test-threads=1"])
        .env(PROGRAM, NAME)
        .output()
        .expect("it starts");
    let error = String::from_utf8_lossy(&output.stderr);
    if std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|substrate| substrate == "thread") {
        return;
    }
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("goroutine stack overflow"), "{error}");
}
