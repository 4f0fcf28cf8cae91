//! Locks, wait groups, semaphores, values, timers, blocking calls, futures. What Miri can run too, but for the last ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::bridge::{self, flume};
use goxide::sync::{
    Cond, LazyLock, Map, Mutex, Once, OnceLock, Pool, RwLock, RwMutex, Semaphore, Value, WaitGroup,
};
use goxide::{chan, context, go, select, time, yield_now};

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

#[goxide::test]
fn a_wait_group_may_touch_zero_while_it_is_filled() {
    let wg = WaitGroup::new();
    for _ in 0..ROUNDS / 5 {
        let late = Arc::new(AtomicUsize::new(0));
        let also = late.clone();
        wg.go(|| ());
        yield_now();
        wg.go(move || {
            yield_now();
            also.store(1, Ordering::SeqCst);
        });
        wg.wait();
        assert_eq!(late.load(Ordering::SeqCst), 1);
    }
}

/// Go 1.9's promise: who has waited a millisecond is handed the lock by the next that unlocks.
#[goxide::test]
fn a_waiter_gets_the_lock_from_one_who_takes_it_again_and_again() {
    let (mutex, got) = (Arc::new(Mutex::new(())), Arc::new(AtomicUsize::new(0)));
    let wg = WaitGroup::new();
    let guard = mutex.lock();
    for _ in 0..3 {
        let (mutex, got) = (mutex.clone(), got.clone());
        wg.go(move || {
            let _guard = mutex.lock();
            got.fetch_add(1, Ordering::SeqCst);
        });
    }
    time::sleep(Duration::from_millis(3));
    drop(guard);
    let mut rounds = 0;
    while got.load(Ordering::SeqCst) < 3 {
        let _guard = mutex.lock();
        time::sleep(Duration::from_millis(2));
        rounds += 1;
        assert!(rounds < 500, "the waiters starve");
    }
    wg.wait();
}

#[goxide::test]
fn cond_waits_while() {
    let state = Arc::new((Mutex::new(0), Cond::new()));
    let wg = WaitGroup::new();
    for _ in 0..4 {
        let state = state.clone();
        wg.go(move || {
            let mut count = state.1.wait_while(state.0.lock(), |count| *count == 0);
            *count -= 1;
        });
    }
    for _ in 0..4 {
        yield_now();
        *state.0.lock() += 1;
        state.1.notify_one();
    }
    state.1.notify_all();
    wg.wait();
    assert_eq!(*state.0.lock(), 0);
}

#[goxide::test]
fn a_semaphore_bounds_what_is_taken() {
    let (semaphore, taken) = (Arc::new(Semaphore::new(10)), Arc::new(AtomicUsize::new(0)));
    let wg = WaitGroup::new();
    for n in 0..12 {
        let (semaphore, taken) = (semaphore.clone(), taken.clone());
        wg.go(move || {
            for round in 0..ROUNDS / 20 {
                let units = 1 + (n + round) % 10;
                let _permit = semaphore.acquire(units);
                assert!(taken.fetch_add(units, Ordering::SeqCst) + units <= 10);
                yield_now();
                taken.fetch_sub(units, Ordering::SeqCst);
            }
        });
    }
    wg.wait();
    assert_eq!(semaphore.available(), 10);
}

#[goxide::test]
fn a_big_request_is_not_starved_and_its_end_lets_the_others_go() {
    let semaphore = Arc::new(Semaphore::new(4));
    let small = semaphore.acquire(1);
    let (ctx, cancel) = context::background().with_cancel();
    let results = chan(2);
    let (big, report) = (semaphore.clone(), results.clone());
    go! {
        report.send(big.acquire_with(&ctx, 4).map(drop));
    }
    while semaphore.try_acquire(1).is_some() {
        yield_now(); // until the big one waits
    }
    let (next, report) = (semaphore.clone(), results.clone());
    go! {
        let _permit = next.acquire(1);
        report.send(Ok(()));
    }
    yield_now();
    assert!(semaphore.try_acquire(1).is_none(), "nobody overtakes");
    cancel.cancel();
    let mut seen = [results.recv(), results.recv()];
    seen.sort_by_key(|result| matches!(result, Some(Ok(()))));
    assert_eq!(seen, [Some(Err(context::Error::Canceled)), Some(Ok(()))]);
    drop(small);
    assert!(semaphore.try_acquire(4).is_some());
}

#[goxide::test]
fn semaphores_and_ended_contexts() {
    let semaphore = Semaphore::new(2);
    let (ctx, cancel) = context::background().with_cancel();
    assert!(semaphore.acquire_with(&ctx, 2).is_ok());
    cancel.cancel();
    assert_eq!(semaphore.acquire_with(&ctx, 1).unwrap_err(), context::Error::Canceled);
    let (ctx, _cancel) = context::background().with_timeout(Duration::from_millis(2));
    assert_eq!(semaphore.acquire_with(&ctx, 3).unwrap_err(), context::Error::DeadlineExceeded);
    assert_eq!(semaphore.available(), 2);
}

#[goxide::test]
#[should_panic(expected = "semaphore: released more than held")]
fn a_semaphore_is_given_back_what_it_gave() {
    Semaphore::new(1).release(1);
}

#[goxide::test]
fn cancelled_waiters_lose_no_units() {
    let semaphore = Arc::new(Semaphore::new(3));
    let wg = WaitGroup::new();
    for n in 0..6 {
        let semaphore = semaphore.clone();
        wg.go(move || {
            for round in 0..ROUNDS / 50 {
                let (ctx, cancel) = context::background().with_cancel();
                go! {
                    yield_now();
                    cancel.cancel();
                }
                if let Ok(_permit) = semaphore.acquire_with(&ctx, 1 + (n + round) % 3) {
                    yield_now();
                }
            }
        });
    }
    wg.wait();
    assert_eq!(semaphore.available(), 3);
}

#[goxide::test]
fn once_locks_are_made_once_by_one_who_may_wait() {
    static PLACE: OnceLock<usize> = OnceLock::new();
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let wg = WaitGroup::new();
    for _ in 0..10 {
        wg.go(|| {
            let value = PLACE.get_or_init(|| {
                time::sleep(Duration::from_millis(2));
                MADE.fetch_add(1, Ordering::SeqCst) + 7
            });
            assert_eq!(*value, 7);
        });
    }
    wg.wait();
    assert_eq!(PLACE.set(1), Err(1));
    let place = OnceLock::new();
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        place.get_or_init(|| panic!("on purpose"));
    }));
    assert!(failed.is_err() && place.get().is_none());
    assert_eq!(place.set("later"), Ok(()));
    assert_eq!(place.into_inner(), Some("later"));
}

#[goxide::test]
fn lazy_locks_panic_again_once_they_have() {
    let lazy = LazyLock::new(|| -> usize { panic!("on purpose") });
    let force = || std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| *lazy)).unwrap_err();
    assert_eq!(force().downcast_ref::<&str>(), Some(&"on purpose"));
    assert!(force().downcast_ref::<&str>().is_some_and(|text| text.contains("panicked before")));
    let text = String::from("made");
    let lazy = LazyLock::new(move || text + " late");
    assert_eq!(&**lazy, "made late");
}

#[goxide::test]
fn values_are_replaced_as_a_whole() {
    let value = Arc::new(Value::new((0usize, 0usize)));
    let wg = WaitGroup::new();
    for _ in 0..4 {
        let value = value.clone();
        wg.go(move || {
            for n in 0..ROUNDS / 4 {
                loop {
                    let seen = value.load();
                    assert_eq!(seen.0, seen.1);
                    if value.compare_and_swap(&seen, (seen.0 + 1, seen.1 + 1)).is_ok() {
                        break;
                    }
                }
                if n % 16 == 0 {
                    yield_now();
                }
            }
        });
    }
    wg.wait();
    assert_eq!(*value.swap((1, 1)), (ROUNDS / 4 * 4, ROUNDS / 4 * 4));
    assert_eq!(*value.load(), (1, 1));
}

#[goxide::test]
fn maps_have_gos_operations() {
    let map = Map::new();
    assert_eq!(map.load("a"), None);
    map.store("a".to_owned(), 1);
    assert_eq!(map.swap("a".to_owned(), 2), Some(1));
    assert_eq!(map.load_or_store("a".to_owned(), 9), (2, true));
    assert_eq!(map.load_or_store("b".to_owned(), 3), (3, false));
    assert!(!map.compare_and_swap("a", &1, 5) && map.compare_and_swap("a", &2, 5));
    assert!(!map.compare_and_delete("a", &2) && map.compare_and_delete("a", &5));
    assert_eq!(map.load_and_delete("b"), Some(3));
    assert_eq!(map.load_and_delete("b"), None);
    (0..100).for_each(|n| map.store(n.to_string(), n));
    let mut seen = Vec::new();
    map.range(|key, &value| {
        // Calling back into the map is fine.
        map.delete(key);
        map.store(key.clone() + "!", -1);
        if value >= 0 {
            seen.push(value);
        }
        true
    });
    seen.sort_unstable();
    assert_eq!(seen, (0..100).collect::<Vec<_>>());
    let mut calls = 0;
    map.range(|_, _| {
        calls += 1;
        calls < 3
    });
    assert_eq!(calls, 3);
    map.clear();
    map.range(|_, _| panic!("it is empty"));
}

#[goxide::test]
fn maps_by_many_at_once() {
    let map = Arc::new(Map::new());
    let wg = WaitGroup::new();
    for _ in 0..6 {
        let map = map.clone();
        wg.go(move || {
            for n in 0..ROUNDS / 5 {
                let key = n % 17;
                loop {
                    let (old, _) = map.load_or_store(key, 0usize);
                    if map.compare_and_swap(&key, &old, old + 1) {
                        break;
                    }
                }
                if n % 32 == 0 {
                    yield_now();
                }
            }
        });
    }
    wg.wait();
    let mut sum = 0;
    map.range(|_, count| {
        sum += count;
        true
    });
    assert_eq!(sum, 6 * (ROUNDS / 5));
}

#[goxide::test]
fn pools_hand_out_what_was_put_once() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = made.clone();
    let pool = Arc::new(Pool::new(move || vec![count.fetch_add(1, Ordering::SeqCst)]));
    assert_eq!(pool.get(), [0]);
    pool.put(vec![77]);
    assert_eq!(pool.get(), [77], "on the same worker it comes back");
    let wg = WaitGroup::new();
    let used: Arc<Map<usize, ()>> = Arc::default();
    for _ in 0..8 {
        let (pool, used) = (pool.clone(), used.clone());
        wg.go(move || {
            for _ in 0..ROUNDS / 10 {
                let value = pool.get();
                assert_eq!(used.load_or_store(value[0], ()), ((), false), "it is ours alone");
                yield_now();
                used.delete(&value[0]);
                pool.put(value);
            }
        });
    }
    wg.wait();
    assert!(made.load(Ordering::SeqCst) <= 10);
    // More than it keeps: the rest is dropped.
    let held = Arc::new(());
    let pool = Pool::new(|| Arc::new(()));
    (0..10_000).for_each(|_| pool.put(held.clone()));
    assert!(Arc::strong_count(&held) < 1_000);
}
