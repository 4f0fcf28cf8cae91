//! Races on purpose: everything that can meet meets, many times, with random timing. A lost wake-up hangs; a double
//! one, or a value lost or doubled, fails a sum. Short here; `GOXIDE_STRESS=60` runs each for that many seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::sync::{Cond, Mutex, RwMutex, WaitGroup};
use goxide::{Chan, chan, channel, go, select, time, yield_now};

fn until() -> Instant {
    let seconds = std::env::var("GOXIDE_STRESS").ok().and_then(|s| s.parse().ok()).unwrap_or(0.3);
    Instant::now() + Duration::from_secs_f64(seconds)
}

/// Small random numbers, so that no two rounds are alike.
struct Dice(u64);

static SEEDS: AtomicU64 = AtomicU64::new(1);

impl Dice {
    fn new() -> Dice {
        let seed = SEEDS.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        Dice(seed ^ Instant::now().elapsed().as_nanos() as u64 | 1)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % n
    }

    /// Often nothing, sometimes a little work, sometimes a yield.
    fn dither(&mut self) {
        match self.below(8) {
            0 => yield_now(),
            1 => (0..self.below(200)).for_each(|_| std::hint::spin_loop()),
            _ => {}
        }
    }
}

#[goxide::test]
fn close_against_everybody() {
    let end = until();
    while Instant::now() < end {
        let ch: Chan<u64> = chan((SEEDS.load(Ordering::Relaxed) % 3) as usize);
        let never = chan::<()>(0);
        let (sent, received) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let wg = WaitGroup::new();
        for n in 0..6 {
            let (ch, never, sent, received) = (ch.clone(), never.clone(), sent.clone(), received.clone());
            wg.go(move || {
                let mut dice = Dice::new();
                let work = std::panic::AssertUnwindSafe(|| {
                    loop {
                        dice.dither();
                        let value = dice.below(1000);
                        match n {
                            0 => {
                                ch.send(value);
                                sent.fetch_add(value, Ordering::Relaxed);
                            }
                            1 => select! {
                                ch <- value => { sent.fetch_add(value, Ordering::Relaxed); },
                                _ = <-never => unreachable!(),
                            },
                            2 => select! {
                                ch <- value => { sent.fetch_add(value, Ordering::Relaxed); },
                                default => yield_now(),
                            },
                            3 => match ch.recv() {
                                Some(v) => {
                                    received.fetch_add(v, Ordering::Relaxed);
                                }
                                None => return,
                            },
                            4 => select! {
                                v = <-ch => match v {
                                    Some(v) => { received.fetch_add(v, Ordering::Relaxed); }
                                    None => return,
                                },
                                _ = <-never => unreachable!(),
                            },
                            _ => select! {
                                v = <-ch => match v {
                                    Some(v) => { received.fetch_add(v, Ordering::Relaxed); }
                                    None => return,
                                },
                                ch <- value => { sent.fetch_add(value, Ordering::Relaxed); },
                            },
                        }
                    }
                });
                let result = std::panic::catch_unwind(work);
                if let Err(payload) = result {
                    assert_eq!(payload.downcast_ref::<&str>(), Some(&"send on closed channel"));
                }
            });
        }
        let mut dice = Dice::new();
        for _ in 0..dice.below(100) {
            dice.dither();
        }
        ch.close();
        wg.wait();
        for v in &ch {
            received.fetch_add(v, Ordering::Relaxed);
        }
        assert_eq!(sent.load(Ordering::Relaxed), received.load(Ordering::Relaxed));
    }
}

#[goxide::test]
fn selects_meet_selects() {
    let end = until();
    let (a, b) = (chan::<u64>(0), chan::<u64>(0));
    let totals = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
    let (stop, wg) = (chan::<()>(0), WaitGroup::new());
    for n in 0..8 {
        let (a, b, totals, stop) = (a.clone(), b.clone(), totals.clone(), stop.clone());
        wg.go(move || {
            let mut dice = Dice::new();
            let (sent, got) = (&totals.0, &totals.1);
            loop {
                dice.dither();
                let v = dice.below(100);
                // The two orders of the channels: locks taken in source order would deadlock.
                if n % 2 == 0 {
                    select! {
                        a <- v => { sent.fetch_add(v, Ordering::Relaxed); },
                        x = <-b => { got.fetch_add(x.unwrap(), Ordering::Relaxed); },
                        _ = <-stop => return,
                    }
                } else {
                    select! {
                        b <- v => { sent.fetch_add(v, Ordering::Relaxed); },
                        x = <-a => { got.fetch_add(x.unwrap(), Ordering::Relaxed); },
                        _ = <-stop => return,
                    }
                }
            }
        });
    }
    while Instant::now() < end {
        time::sleep(Duration::from_millis(1));
    }
    stop.close();
    wg.wait();
    assert_eq!(totals.0.load(Ordering::Relaxed), totals.1.load(Ordering::Relaxed));
}

#[goxide::test]
fn timers_against_channels() {
    let end = until();
    let (ch, wg) = (chan::<u64>(0), WaitGroup::new());
    let (sent, got) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let senders = WaitGroup::new();
    for _ in 0..4 {
        let (ch, sent) = (ch.clone(), sent.clone());
        senders.go(move || {
            let mut dice = Dice::new();
            while Instant::now() < end {
                let wait = Duration::from_micros(dice.below(300));
                select! {
                    ch <- 1 => { sent.fetch_add(1, Ordering::Relaxed); },
                    _ = <-time::after(wait) => {},
                }
                if dice.below(4) == 0 {
                    time::sleep(Duration::from_micros(dice.below(100)));
                }
            }
        });
    }
    for _ in 0..4 {
        let (ch, got) = (ch.clone(), got.clone());
        wg.go(move || {
            let mut dice = Dice::new();
            let timer = time::Timer::new(Duration::from_secs(100));
            loop {
                timer.reset(Duration::from_micros(dice.below(300)));
                let timeout = timer.channel();
                select! {
                    v = <-ch => match v {
                        Some(v) => { got.fetch_add(v, Ordering::Relaxed); }
                        None => return,
                    },
                    _ = <-timeout => {},
                }
            }
        });
    }
    senders.wait();
    ch.close();
    wg.wait();
    assert_eq!(sent.load(Ordering::Relaxed), got.load(Ordering::Relaxed));
}

#[goxide::test]
fn ends_come_and_go() {
    let end = until();
    let live = Arc::new(AtomicUsize::new(0));
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }
    while Instant::now() < end {
        let (tx, rx) = channel::<Counted>((SEEDS.load(Ordering::Relaxed) % 4) as usize);
        let wg = WaitGroup::new();
        for n in 0..6 {
            // Each keeps one end only: a sender that kept a receiver would wait for ever.
            let (tx, rx) = ((n % 2 == 0).then(|| tx.clone()), (n % 2 == 1).then(|| rx.clone()));
            let live = live.clone();
            wg.go(move || {
                let mut dice = Dice::new();
                for _ in 0..dice.below(20) {
                    dice.dither();
                    if let Some(tx) = &tx {
                        live.fetch_add(1, Ordering::SeqCst);
                        let _ = tx.send(Counted(live.clone()));
                    }
                    if let Some(rx) = &rx {
                        let _ = if dice.below(2) == 0 { rx.recv() } else { rx.try_recv().ok() };
                    }
                }
            });
        }
        drop(tx);
        let mut dice = Dice::new();
        for _ in 0..dice.below(30) {
            dice.dither();
            select! { _ = <-rx => (), default => () }
        }
        drop(rx);
        wg.wait();
    }
    assert_eq!(live.load(Ordering::SeqCst), 0);
}

#[goxide::test]
fn locks_and_conditions() {
    let end = until();
    let shared = Arc::new((Mutex::new(0u64), RwMutex::new(0u64), Cond::new()));
    let (wg, turns) = (WaitGroup::new(), Arc::new(AtomicU64::new(0)));
    for _ in 0..8 {
        let (shared, turns) = (shared.clone(), turns.clone());
        wg.go(move || {
            let (mutex, rw, cond) = &*shared;
            let mut dice = Dice::new();
            while Instant::now() < end {
                match dice.below(5) {
                    0 => {
                        let mut guard = mutex.lock();
                        *guard += 1;
                        turns.fetch_add(1, Ordering::Relaxed);
                        dice.dither();
                        cond.broadcast();
                    }
                    1 => {
                        *mutex.lock() += 1;
                        turns.fetch_add(1, Ordering::Relaxed);
                        cond.signal();
                    }
                    2 => {
                        let mut guard = rw.write();
                        let before = *guard;
                        dice.dither();
                        *guard = before + 1;
                    }
                    3 => {
                        let guard = rw.read();
                        let before = *guard;
                        dice.dither();
                        assert_eq!(before, *guard);
                    }
                    _ => {
                        if let Some(mut guard) = mutex.try_lock() {
                            *guard += 1;
                            turns.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                }
            }
        });
    }
    // One that only waits: it sees every change in the end.
    let waiter = shared.clone();
    let done = chan::<()>(0);
    let tell = done.clone();
    go! {
        let (mutex, _, cond) = &*waiter;
        let mut guard = mutex.lock();
        while *guard != u64::MAX {
            guard = cond.wait(guard);
        }
        drop(guard);
        tell.close();
    }
    wg.wait();
    let (mutex, _, cond) = &*shared;
    assert_eq!(*mutex.lock(), turns.load(Ordering::Relaxed));
    *mutex.lock() = u64::MAX;
    cond.broadcast();
    done.recv();
}

#[goxide::test]
fn spawning_from_everywhere() {
    fn tree(depth: usize, leaves: Chan<usize>) {
        if depth == 0 {
            leaves.send(1);
            return;
        }
        for _ in 0..3 {
            let leaves = leaves.clone();
            go! {
                tree(depth - 1, leaves.clone());
            }
        }
    }
    let end = until();
    while Instant::now() < end {
        let leaves = chan(0);
        tree(6, leaves.clone());
        let sum: usize = (0..3usize.pow(6)).map(|_| leaves.recv().unwrap()).sum();
        assert_eq!(sum, 3usize.pow(6));
        // Everybody asleep for a moment, then awake again.
        time::sleep(Duration::from_micros(50));
    }
}

#[test]
fn threads_and_goroutines() {
    let end = until();
    let (ping, pong) = (chan::<u64>(0), chan::<u64>(0));
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let (ping, pong) = (ping.clone(), pong.clone());
            std::thread::spawn(move || {
                let mut n = 0;
                while Instant::now() < end {
                    ping.send(1);
                    n += pong.recv().unwrap();
                }
                n
            })
        })
        .collect();
    let served = Arc::new(AtomicU64::new(0));
    for _ in 0..3 {
        let (ping, pong, served) = (ping.clone(), pong.clone(), served.clone());
        goxide::__private::go(move || {
            for v in &ping {
                pong.send(v);
                served.fetch_add(v, Ordering::SeqCst);
            }
        });
    }
    let total: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert!(total > 0);
    while served.load(Ordering::SeqCst) < total {
        std::thread::yield_now();
    }
    assert_eq!(served.load(Ordering::SeqCst), total);
    ping.close();
}
