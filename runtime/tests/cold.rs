//! Stacks that are put away: in a process of its own, because the setting is the process's.
//!
//! Each test runs this program again with the test's name in the environment. On substrates that have no cold stacks the programs must do the
//! same, without giving memory back.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::errgroup::Group;
use goxide::net::UnixStream;
use goxide::sync::{Cond, Mutex, Once, RwMutex, Semaphore, WaitGroup};
use goxide::{Builder, Chan, chan, go, select, time};

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

/// Has `many` goroutines wait by `wait`, which gets a goroutine's number and gives what is added up; `waiting` is their name in reports. When they have given
/// memory back, `release` wakes them.
fn check_kind(
    waiting: &str,
    many: u64,
    slab: bool,
    wait: impl Fn(u64) -> u64 + Send + Sync + 'static,
    release: impl FnOnce(),
) -> u64 {
    let (wait, all, before) = (Arc::new(wait), WaitGroup::new(), resident());
    let sum = Arc::new(AtomicU64::new(0));
    for i in 0..many {
        let (wait, sum) = (wait.clone(), sum.clone());
        all.go(move || {
            touch();
            let got = guarded(i, || wait(i));
            sum.fetch_add(got, Ordering::Relaxed);
        });
    }
    let counted = || {
        let metrics = goxide::metrics();
        let count = |name: &str| {
            metrics.waiting.iter().find(|(why, _)| *why == name).map_or(0, |(_, count)| *count as u64)
        };
        count(waiting)
    };
    let begun = Instant::now();
    while counted() < many {
        assert!(begun.elapsed() < Duration::from_secs(60), "{waiting}: {} of {many} wait", counted());
        time::sleep(TICK);
    }
    if slab {
        // Some may be put away before all wait: each has had three pages, at least.
        wait_until_less(before, resident().max(before + 12 * many));
    }
    release();
    all.wait();
    sum.load(Ordering::Relaxed)
}

/// Uses pages of the stack in which nothing is kept.
#[inline(never)]
fn touch() {
    std::hint::black_box([1u8; 3 * 4096]);
}

const SOME: u64 = if cfg!(debug_assertions) { 1_500 } else { 4_000 };

fn all_to(many: u64) -> u64 {
    many * (many - 1) / 2
}

#[test]
fn selects_give_memory_back_and_find_their_stacks_again() {
    alone("selects_give_memory_back_and_find_their_stacks_again", AFTER, |slab| {
        let many = if slab { SOME } else { 200 };
        let chans = || -> [Chan<u64>; 3] { std::array::from_fn(|_| chan(0)) };
        let [a, b, never] = chans();
        let (in_a, in_b) = (a.clone(), b.clone());
        let receive = move |_| {
            select! {
                n = <-in_a => n.unwrap_or(0),
                n = <-in_b => n.unwrap_or(0),
                _ = <-never => 0,
            }
        };
        // Both channels' peers come at once, on both workers.
        let sum = check_kind("select", many, slab, receive, || {
            let half = WaitGroup::new();
            for (side, queue) in [(0, a), (1, b)] {
                half.go(move || (0..many).filter(|n| n % 2 == side).for_each(|n| queue.send(n)));
            }
            half.wait();
        });
        assert_eq!(sum, all_to(many));

        let [a, b, never] = chans();
        let (out_a, out_b) = (a.clone(), b.clone());
        let send = move |i| {
            select! {
                out_a <- i => 1,
                out_b <- i => 1,
                _ = <-never => 0,
            }
        };
        let got = Arc::new(AtomicU64::new(0));
        let sent = check_kind("select", many, slab, send, || {
            for _ in 0..many / 2 {
                got.fetch_add(a.recv().unwrap_or(0) + b.recv().unwrap_or(0), Ordering::Relaxed);
            }
        });
        assert_eq!((sent, got.load(Ordering::Relaxed)), (many, all_to(many)));

        // More cases than have room in the frame, several of one channel, and a close.
        let queues: Arc<[Chan<u64>; 6]> = Arc::new(std::array::from_fn(|_| chan(0)));
        let cases = queues.clone();
        let closed = check_kind(
            "select",
            many,
            slab,
            move |i| {
                let q = &*cases;
                select! {
                    n = <-q[0] => n.unwrap_or(i),
                    n = <-q[1] => n.unwrap_or(i),
                    n = <-q[2] => n.unwrap_or(i),
                    n = <-q[3] => n.unwrap_or(i),
                    n = <-q[4] => n.unwrap_or(i),
                    n = <-q[5] => n.unwrap_or(i),
                    n = <-q[0] => n.unwrap_or(i),
                    n = <-q[1] => n.unwrap_or(i),
                    n = <-q[2] => n.unwrap_or(i),
                    n = <-q[3] => n.unwrap_or(i),
                }
            },
            || queues[4].close(),
        );
        assert_eq!(closed, all_to(many));
    });
}

#[test]
fn locks_give_memory_back_and_find_their_stacks_again() {
    alone("locks_give_memory_back_and_find_their_stacks_again", AFTER, |slab| {
        let many = if slab { SOME } else { 200 };

        let mutex = Arc::new(Mutex::new(0u64));
        let (own, held) = (mutex.clone(), mutex.lock());
        let add = move |i| {
            *own.lock() += i;
            1
        };
        assert_eq!(check_kind("sync.Mutex.Lock", many, slab, add, || drop(held)), many);
        assert_eq!(*mutex.lock(), all_to(many));

        let both = Arc::new(RwMutex::new(0u64));
        let (own, held) = (both.clone(), both.write());
        let read = move |_| *own.read();
        let sum = check_kind("sync.RWMutex.RLock", many, slab, read, || {
            let mut held = held;
            *held = 7;
        });
        assert_eq!(sum, 7 * many);
        let (own, held) = (both.clone(), both.read());
        let write = move |i| {
            *own.write() += i;
            1
        };
        assert_eq!(check_kind("sync.RWMutex.Lock", many, slab, write, || drop(held)), many);
        assert_eq!(*both.read(), 7 + all_to(many));

        let pair = Arc::new((Mutex::new(0u64), Cond::new()));
        let own = pair.clone();
        let take = move |i| {
            let mut left = own.1.wait_while(own.0.lock(), |left| *left == 0);
            *left -= 1;
            i
        };
        let sum = check_kind("sync.Cond.Wait", many, slab, take, || {
            *pair.0.lock() += many;
            (0..many / 2).for_each(|_| pair.1.signal());
            pair.1.broadcast();
        });
        assert_eq!((sum, *pair.0.lock()), (all_to(many), 0));

        let (group, once) = (WaitGroup::new(), Arc::new(Once::new()));
        group.add(1);
        let own = group.clone();
        let wait = move |i| {
            own.wait();
            i
        };
        assert_eq!(check_kind("sync.WaitGroup.Wait", many, slab, wait, || group.done()), all_to(many));

        let (gate, own) = (chan::<()>(0), once.clone());
        let opened = gate.clone();
        go!(move || own.call_once(|| assert_eq!(opened.recv(), None)));
        while !goxide::metrics().waiting.contains(&("chan receive", 1)) {
            time::sleep(TICK);
        }
        let begin = move |i| {
            once.call_once(|| unreachable!("it was begun"));
            i
        };
        assert_eq!(check_kind("sync.Once.Do", many, slab, begin, || gate.close()), all_to(many));

        let units = Arc::new(Semaphore::new(3));
        let (own, held) = (units.clone(), units.acquire(3));
        let acquire = move |i| {
            let _permit = own.acquire(1 + i as usize % 3);
            i
        };
        assert_eq!(check_kind("chan receive", many, slab, acquire, || drop(held)), all_to(many));
        assert_eq!(units.available(), 3);
    });
}

#[test]
fn groups_timers_and_connections_give_memory_back_and_find_their_stacks_again() {
    const NAME: &str = "groups_timers_and_connections_give_memory_back_and_find_their_stacks_again";
    alone(NAME, AFTER, |slab| {
        let many = if slab { SOME } else { 200 };
        let gate = chan::<()>(0);
        let inner = gate.clone();
        let group = move |i| {
            let group = Group::<u64>::new();
            let inner = inner.clone();
            group.go(move || {
                assert_eq!(inner.recv(), None);
                Err(i)
            });
            group.wait().unwrap_err()
        };
        assert_eq!(check_kind("sync.WaitGroup.Wait", many, slab, group, || gate.close()), all_to(many));

        let until = Instant::now() + Duration::from_secs(if slab { 6 } else { 2 });
        let sleep = move |i| {
            time::sleep(until.saturating_duration_since(Instant::now()));
            i
        };
        assert_eq!(check_kind("sleep", many, slab, sleep, || ()), all_to(many));

        let many = many.min(400);
        let pairs: Vec<_> = (0..many).map(|_| UnixStream::pair().expect("sockets")).collect();
        let (theirs, ours): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let read = move |i: u64| {
            let mut bytes = [0; 8];
            std::io::Read::read_exact(&mut &theirs[i as usize], &mut bytes).expect("what was sent");
            u64::from_le_bytes(bytes)
        };
        let sum = check_kind("IO wait", many, slab, read, || {
            for (i, mut ours) in (0..).zip(&ours) {
                std::io::Write::write_all(&mut ours, &u64::to_le_bytes(3 * i)).expect("it is open");
            }
        });
        assert_eq!(sum, 3 * all_to(many));
    });
}

/// What a goroutine does in the random schedules: pseudo-random, and the same in each run of the program.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Goroutines meet at a few channels and locks by whatever kind of wait, with pauses in which some are put away: nothing is lost or comes twice.
#[test]
fn random_schedules_with_stacks_that_are_put_away() {
    alone("random_schedules_with_stacks_that_are_put_away", Duration::from_millis(1), |_| {
        const QUEUES: usize = 6;
        let queues: Arc<[Chan<u64>; QUEUES]> = Arc::new(std::array::from_fn(|i| chan(i % 3)));
        let locks: Arc<[Mutex<u64>; 3]> = Arc::default();
        let shared = Arc::new(RwMutex::new(0u64));
        let (sent, received) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (all, stop) = (WaitGroup::new(), chan::<()>(0));
        let (ends, until) =
            (WaitGroup::new(), Instant::now() + Duration::from_secs(if cfg!(miri) { 1 } else { 8 }));
        for seed in 1..=48u64 {
            let (queues, locks, shared) = (queues.clone(), locks.clone(), shared.clone());
            let (sent, received, stop) = (sent.clone(), received.clone(), stop.clone());
            let drains = seed % 8 == 0;
            let body = move || {
                let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                let add = |to: &AtomicU64, n: u64| _ = to.fetch_add(n, Ordering::Relaxed);
                loop {
                    if !drains && Instant::now() > until {
                        return;
                    }
                    let (n, pause) = (dice.roll(1 << 20), Duration::from_micros(dice.roll(9_000)));
                    let [a, b, c] = std::array::from_fn(|_| &queues[dice.roll(QUEUES as u64) as usize]);
                    match if drains { 1 } else { dice.roll(6) } {
                        0 => guarded(n, || {
                            select! {
                                a <- n => add(&sent, n),
                                b <- n => add(&sent, n),
                                got = <-c => add(&received, got.unwrap_or(0)),
                                _ = <-time::after(pause) => {},
                            }
                        }),
                        1 => {
                            let stopped = guarded(n, || {
                                select! {
                                    got = <-a => { add(&received, got.unwrap_or(0)); false },
                                    got = <-b => { add(&received, got.unwrap_or(0)); false },
                                    got = <-c => { add(&received, got.unwrap_or(0)); false },
                                    _ = <-stop => true,
                                    // None may wait for ever where nobody comes.
                                    _ = <-time::after(pause) => false,
                                }
                            });
                            if stopped {
                                return;
                            }
                        }
                        2 => guarded(n, || {
                            let mut lock = locks[n as usize % 3].lock();
                            *lock += 1;
                            time::sleep(pause / 16);
                        }),
                        3 => guarded(n, || {
                            *shared.write() += n;
                            add(&sent, n);
                            a.send(n);
                        }),
                        4 => guarded(n, || {
                            let held = shared.read();
                            time::sleep(pause / 8);
                            std::hint::black_box(*held);
                        }),
                        _ => guarded(n, || time::sleep(pause)),
                    }
                }
            };
            if drains { ends.go(body) } else { all.go(body) }
        }
        all.wait();
        // What is still buffered is taken by those that drain.
        while queues.iter().any(|queue| !queue.is_empty()) {
            time::sleep(TICK);
        }
        stop.close();
        ends.wait();
        assert_eq!(sent.load(Ordering::Relaxed), received.load(Ordering::Relaxed));
        assert!(sent.load(Ordering::Relaxed) > 0);
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
