//! Locks, wait groups, timers, blocking calls, futures. What Miri can run too, but for the last ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::bridge::{self, flume};
use goxide::sync::{Cond, Mutex, Once, RwLock, RwMutex, WaitGroup};
use goxide::{chan, go, select, time, yield_now};

const ROUNDS: usize = if cfg!(miri) { 20 } else { 5_000 };

#[goxide::test]
fn wait_group_waits_for_all() {
    let wg = WaitGroup::new();
    let hits = Arc::new(AtomicUsize::new(0));
    wg.wait();
    for _ in 0..100 {
        let hits = hits.clone();
        wg.go(move || {
            yield_now();
            hits.fetch_add(1, Ordering::Relaxed);
        });
    }
    wg.wait();
    assert_eq!(hits.load(Ordering::Relaxed), 100);
}

#[goxide::test]
fn wait_group_has_many_waiters_and_may_be_used_again() {
    let (wg, waiters) = (WaitGroup::new(), WaitGroup::new());
    for _ in 0..3 {
        wg.add(1);
        for _ in 0..5 {
            let wg = wg.clone();
            waiters.go(move || wg.wait());
        }
        yield_now();
        wg.done();
        waiters.wait();
    }
}

#[goxide::test]
#[should_panic(expected = "sync: negative WaitGroup counter")]
fn wait_group_below_zero() {
    WaitGroup::new().done();
}

#[goxide::test]
fn mutex_excludes() {
    let total = Arc::new(Mutex::new(0usize));
    let wg = WaitGroup::new();
    for _ in 0..8 {
        let total = total.clone();
        wg.go(move || {
            for i in 0..ROUNDS {
                let mut guard = total.lock();
                let before = *guard;
                if i % 64 == 0 {
                    yield_now();
                }
                *guard = before + 1;
            }
        });
    }
    wg.wait();
    assert_eq!(*total.lock(), 8 * ROUNDS);
}

#[goxide::test]
fn mutex_is_free_after_a_panic() {
    let mutex = Arc::new(Mutex::new(1));
    let also = mutex.clone();
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        let _guard = also.lock();
        panic!("on purpose");
    }));
    assert!(result.is_err());
    assert_eq!(mutex.try_lock().map(|guard| *guard), Some(1));
    let guard = mutex.lock();
    assert!(mutex.try_lock().is_none());
    drop(guard);
}

#[goxide::test]
fn rw_mutex_lets_readers_together_and_writers_alone() {
    let lock: Arc<RwLock<(usize, usize)>> = Arc::new(RwMutex::new((0, 0)));
    let (readers, wg) = (Arc::new(AtomicUsize::new(0)), WaitGroup::new());
    for n in 0..8 {
        let (lock, readers) = (lock.clone(), readers.clone());
        wg.go(move || {
            for _ in 0..ROUNDS / 4 {
                if n % 4 == 0 {
                    let mut pair = lock.write();
                    assert_eq!(readers.load(Ordering::SeqCst), 0);
                    pair.0 += 1;
                    yield_now();
                    pair.1 += 1;
                } else {
                    let pair = lock.read();
                    readers.fetch_add(1, Ordering::SeqCst);
                    assert_eq!(pair.0, pair.1);
                    yield_now();
                    readers.fetch_sub(1, Ordering::SeqCst);
                }
            }
        });
    }
    wg.wait();
    assert_eq!(*lock.read(), (ROUNDS / 4 * 2, ROUNDS / 4 * 2));
    let first = lock.read();
    assert!(lock.try_read().is_some());
    assert!(lock.try_write().is_none());
    drop(first);
    assert!(lock.try_write().is_some());
}

#[goxide::test]
fn once_runs_once_and_others_wait_for_it() {
    static ONCE: Once = Once::new();
    static VALUE: AtomicUsize = AtomicUsize::new(0);
    let wg = WaitGroup::new();
    for _ in 0..10 {
        wg.go(|| {
            ONCE.call_once(|| {
                yield_now();
                VALUE.fetch_add(1, Ordering::SeqCst);
            });
            assert_eq!(VALUE.load(Ordering::SeqCst), 1);
        });
    }
    wg.wait();
    assert!(ONCE.is_completed());
}

#[goxide::test]
fn cond_signals_one_and_broadcasts_to_all() {
    let state = Arc::new((Mutex::new(Vec::new()), Cond::new(), Cond::new()));
    let wg = WaitGroup::new();
    for _ in 0..4 {
        let state = state.clone();
        wg.go(move || {
            let (queue, filled, _) = &*state;
            let mut sum = 0;
            while sum < ROUNDS {
                let mut queue = queue.lock();
                while queue.is_empty() {
                    queue = filled.wait(queue);
                }
                sum += queue.pop().unwrap_or(0);
            }
        });
    }
    let (queue, filled, _) = &*state;
    for _ in 0..4 * ROUNDS {
        queue.lock().push(1);
        filled.signal();
    }
    // Some took more than their share of ones, others still wait: end them.
    queue.lock().extend([ROUNDS; 4]);
    filled.broadcast();
    wg.wait();
}

#[goxide::test]
fn semaphores_by_address() {
    use goxide::__private::sema;
    static WORD: AtomicU32 = AtomicU32::new(2);
    static INSIDE: AtomicU32 = AtomicU32::new(0);
    let wg = WaitGroup::new();
    for _ in 0..8 {
        wg.go(|| {
            for _ in 0..ROUNDS / 8 {
                sema::acquire(&WORD);
                assert!(INSIDE.fetch_add(1, Ordering::SeqCst) < 2);
                yield_now();
                INSIDE.fetch_sub(1, Ordering::SeqCst);
                sema::release(&WORD);
            }
        });
    }
    wg.wait();
    assert_eq!(WORD.load(Ordering::SeqCst), 2);
}

#[goxide::test]
fn sleeps_are_long_enough_and_side_by_side() {
    let start = Instant::now();
    let wg = WaitGroup::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    for n in (1..=5u64).rev() {
        let order = order.clone();
        wg.go(move || {
            time::sleep(Duration::from_millis(20 * n));
            order.lock().push(n);
        });
    }
    wg.wait();
    assert!(start.elapsed() >= Duration::from_millis(100));
    if !cfg!(miri) {
        assert!(start.elapsed() < Duration::from_millis(250));
        assert_eq!(*order.lock(), [1, 2, 3, 4, 5]);
    }
}

#[goxide::test]
fn timers_stop_and_reset() {
    let timer = time::Timer::new(Duration::from_millis(1));
    timer.wait();
    assert!(!timer.stop());
    assert!(!timer.reset(Duration::from_secs(3600)));
    assert!(timer.stop());
    timer.reset(Duration::from_millis(1));
    time::sleep(Duration::from_millis(30));
    assert!(timer.stop(), "fired but not received");
    assert!(timer.channel().try_recv().is_err(), "nothing stale after a stop");
}

#[goxide::test]
fn tickers_tick_and_leave_out_what_nobody_took() {
    let ticker = time::Ticker::new(Duration::from_millis(10));
    let start = Instant::now();
    for _ in 0..3 {
        ticker.wait();
    }
    assert!(start.elapsed() >= Duration::from_millis(30));
    time::sleep(Duration::from_millis(35));
    assert!(ticker.channel().try_recv().is_ok());
    assert!(ticker.channel().try_recv().is_err());
    ticker.reset(Duration::from_millis(1));
    ticker.wait();
    ticker.stop();
    time::sleep(Duration::from_millis(5));
    assert!(ticker.channel().try_recv().is_err());
}

#[cfg_attr(miri, ignore = "needs thousands of timers")]
#[goxide::test]
fn a_busy_worker_does_not_hold_up_timers() {
    // This goroutine never waits; the timer is served by another worker, if there is one.
    let workers = std::env::var("GOMAXPROCS").ok().and_then(|n| n.parse().ok());
    let workers = workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get()));
    if workers > 1 {
        let timeout = time::after(Duration::from_millis(10));
        let start = Instant::now();
        loop {
            select! { _ = <-timeout => break, default => () }
            assert!(start.elapsed() < Duration::from_secs(10));
        }
    }
}

fn nap() {
    std::thread::sleep(Duration::from_millis(50));
}

#[goxide::test]
fn blocking_calls_leave_the_worker_free() {
    let wg = WaitGroup::new();
    let start = Instant::now();
    for _ in 0..20 {
        wg.go(|| goxide::blocking(nap));
    }
    wg.wait();
    if !cfg!(miri) {
        assert!(start.elapsed() < Duration::from_millis(500));
    }
    assert_eq!(goxide::blocking(|| 6 * 7), 42);
    let result = std::panic::catch_unwind(|| goxide::blocking(|| panic!("on purpose")));
    assert_eq!(result.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
}

fn os_thread<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> std::thread::JoinHandle<T> {
    std::thread::spawn(body)
}

#[goxide::test]
fn futures_and_flume() {
    assert_eq!(bridge::block_on(async { 7 }), 7);
    let (to, from) = flume::bounded::<usize>(2);
    let thread = os_thread(move || from.iter().sum::<usize>());
    for i in 0..ROUNDS {
        bridge::send(&to, i).unwrap();
    }
    drop(to);
    assert_eq!(goxide::blocking(move || thread.join().unwrap()), ROUNDS * (ROUNDS - 1) / 2);
    let (to, from) = flume::bounded::<usize>(0);
    os_thread(move || {
        for i in 0..ROUNDS {
            to.send(i).unwrap();
        }
    });
    let (mut sum, others) = (0, chan(0));
    let tick = others.clone();
    go! {
        for _ in 0..10 {
            tick.send(());
        }
        tick.close();
    }
    while let Some(v) = bridge::recv(&from) {
        sum += v;
    }
    assert_eq!(sum, ROUNDS * (ROUNDS - 1) / 2);
    assert_eq!(others.iter().count(), 10);
}

#[goxide::test]
fn record_words_belong_to_the_goroutine() {
    let wg = WaitGroup::new();
    for n in 1..20 {
        wg.go(move || {
            let words = goxide::__private::record();
            assert!(words.iter().all(|word| word.get() == 0));
            words[3].set(n);
            for _ in 0..5 {
                yield_now();
                assert_eq!(goxide::__private::record()[3].get(), n);
            }
        });
    }
    wg.wait();
}
