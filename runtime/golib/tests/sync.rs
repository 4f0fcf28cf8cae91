//! Locks, atomics and the scheduler's functions; messages are what Go 1.27 printed for the same calls.

#[allow(dead_code)]
mod support;

use goxide_golib::prelude::*;
use goxide_golib::sync::atomic::{self, *};
use goxide_golib::sync::*;
use goxide_golib::{runtime, time};
use support::panic_of;

fn said<R>(f: impl FnOnce() -> R + 'static) -> String {
    panic_of(f).unwrap_or_default()
}

#[goxide::test]
fn locks_exclude() {
    let (mutex, both, group) = (Ptr::<Mutex>::zeroed(), Ptr::<RWMutex>::zeroed(), Ptr::<WaitGroup>::zeroed());
    let (a, b) = (Ptr::new(0isize), Ptr::new(0isize));
    for i in 0..20 {
        group.Go(func(move || {
            for _ in 0..500 {
                mutex.Lock();
                a.set(a.get() + 1);
                mutex.Unlock();
                if i % 4 == 0 {
                    both.Lock();
                    b.set(b.get() + 1);
                    both.Unlock();
                } else {
                    let reader = both.RLocker();
                    reader.Lock();
                    assert!(b.get() <= 2500);
                    reader.Unlock();
                }
            }
        }));
    }
    group.Wait();
    assert_eq!((a.get(), b.get()), (10_000, 2500));
    assert!(mutex.TryLock() && !mutex.TryLock());
    assert!(both.TryRLock() && both.TryRLock() && !both.TryLock());
    both.RUnlock();
    both.RUnlock();
    assert!(both.TryLock() && !both.TryRLock());
    assert_eq!(said(move || group.Done()), "sync: negative WaitGroup counter");
    let name = Locker::of(mutex).iface().desc().map(|desc| desc.type_string());
    assert_eq!(name.as_deref(), Some("*sync.Mutex"));
    let name = both.RLocker().iface().desc().map(|desc| desc.type_string());
    assert_eq!(name.as_deref(), Some("*sync.rlocker"));
}

#[goxide::test]
fn a_goexit_counts_as_done() {
    let group = Ptr::<WaitGroup>::zeroed();
    group.Go(func(runtime::Goexit));
    group.Wait();
    // The end of the goroutine is not that of the program.
    time::Sleep(time::Duration(5_000_000));
}

#[goxide::test]
fn conditions() {
    let mutex = Ptr::<Mutex>::zeroed();
    let (cond, ready, passed) = (NewCond(Locker::of(mutex)), Ptr::new(0isize), Chan::make(0));
    for _ in 0..10 {
        go!(move || {
            cond.L.Lock();
            while ready.get() == 0 {
                cond.Wait();
            }
            ready.set(ready.get() - 1);
            cond.L.Unlock();
            passed.send(true);
        });
    }
    for _ in 0..10 {
        mutex.Lock();
        ready.set(ready.get() + 1);
        mutex.Unlock();
        cond.Signal();
        passed.recv();
    }
    cond.Broadcast();
}

#[goxide::test]
fn once() {
    let (once, count) = (Ptr::<Once>::zeroed(), Ptr::<Int32>::zeroed());
    let group = Ptr::<WaitGroup>::zeroed();
    for _ in 0..50 {
        group.Go(func(move || {
            once.Do(func(move || {
                time::Sleep(time::Millisecond);
                count.Add(1);
            }));
            assert_eq!(count.Load(), 1);
        }));
    }
    group.Wait();

    let once = Ptr::<Once>::zeroed();
    let boom = func(|| panic(any(str("once boom"))));
    assert_eq!(said(move || once.Do(boom)), "once boom");
    assert_eq!(said(move || once.Do(boom)), "");

    let f = OnceFunc(func(|| panic(any(str("boom")))));
    let again = move || f();
    assert_eq!((said(again), said(again)), ("boom".to_string(), "boom".to_string()));
    let f = OnceValues(func(move || (count.Add(1), str("x"))));
    assert!(f() == (2, str("x")) && f() == (2, str("x")));
    let f = OnceValue(func(move || count.Add(1)));
    assert!(f() == 3 && f() == 3);
}

#[goxide::test]
fn pools() {
    let pool = Ptr::new(Pool { New: func(|| any(str("new"))), ..zero() });
    for i in [1isize, 2, 3] {
        pool.Put(any(i));
    }
    pool.Put(nil());
    assert!(pool.Get() == any(1isize) && pool.Get() == any(3isize) && pool.Get() == any(2isize));
    assert!(pool.Get() == any(str("new")));
    assert!(Ptr::<Pool>::zeroed().Get().is_nil());
}

#[goxide::test]
fn maps() {
    let m = Ptr::<Map_>::zeroed();
    let (one, two) = (any(1isize), any(2isize));
    assert!(m.Load(one) == (nil(), false) && !m.LoadAndDelete(one).1);
    m.Store(one, two);
    assert!(m.Load(one) == (two, true));
    assert!(m.LoadOrStore(one, one) == (two, true) && m.LoadOrStore(two, one) == (one, false));
    assert!(m.Swap(two, two) == (one, true));
    assert!(!m.CompareAndSwap(two, one, one) && m.CompareAndSwap(two, two, one));
    assert!(!m.CompareAndDelete(two, two) && m.CompareAndDelete(two, one) && !m.Load(two).1);
    let seen = Ptr::new(0isize);
    m.Store(two, two);
    m.Range(func(move |key: Any, _: Any| {
        seen.set(seen.get() + 1);
        m.Delete(one);
        m.Delete(two);
        key == one
    }));
    assert_eq!(seen.get(), 1);
    m.Store(one, any(slice([1isize])));
    let uncomparable = "runtime error: comparing uncomparable type []int";
    assert_eq!(said(move || m.CompareAndSwap(one, any(slice([1isize])), two)), uncomparable);
    assert!(!m.CompareAndSwap(one, one, two));
    assert!(!m.CompareAndDelete(two, any(slice([1isize]))));
    assert_eq!(
        said(move || m.Store(any(slice([1isize])), one)),
        "runtime error: hash of unhashable type []int"
    );
    m.Clear();
    assert!(!m.Load(one).1);
}

#[goxide::test]
fn atomics() {
    let n = Ptr::new(5i32);
    assert_eq!((AndInt32(n, 4), OrInt32(n, 3), n.get()), (5, 4, 7));
    assert_eq!((AddInt32(n, -10), SwapInt32(n, 8), LoadInt32(n)), (-3, -3, 8));
    assert!(!CompareAndSwapInt32(n, 7, 1) && CompareAndSwapInt32(n, 8, 1));
    let u = Ptr::<Uint64>::zeroed();
    assert_eq!((u.Add(u64::MAX), u.Add(2), u.Swap(9), u.Or(6), u.And(3)), (u64::MAX, 1, 1, 9, 15));
    assert_eq!(u.Load(), 3);
    let b = Ptr::<Bool>::zeroed();
    assert!(!b.Swap(true) && b.Load() && b.CompareAndSwap(true, false) && !b.CompareAndSwap(true, false));
    assert_eq!(
        said(|| AddInt64(nil(), 1)),
        "runtime error: invalid memory address or nil pointer dereference"
    );

    let v = Ptr::<atomic::Value>::zeroed();
    let (one, x) = (any(1isize), any(str("x")));
    assert!(v.Load().is_nil());
    let message = |rest: &str| format!("sync/atomic: {rest}");
    assert_eq!(said(move || v.Store(nil())), message("store of nil value into Value"));
    assert_eq!(said(move || v.Swap(nil())), message("swap of nil value into Value"));
    let cas = |old, new| said(move || v.CompareAndSwap(old, new));
    assert_eq!(cas(one, nil()), message("compare and swap of nil value into Value"));
    assert_eq!(cas(one, x), message("compare and swap of inconsistently typed values"));
    v.Store(one);
    assert_eq!(said(move || v.Store(x)), message("store of inconsistently typed value into Value"));
    assert_eq!(said(move || v.Swap(x)), message("swap of inconsistently typed value into Value"));
    let inconsistent = message("compare and swap of inconsistently typed value into Value");
    assert_eq!((cas(x, x), cas(nil(), x)), (inconsistent.clone(), inconsistent));
    assert!(!v.CompareAndSwap(nil(), any(2isize)) && v.CompareAndSwap(one, any(2isize)));
    assert!(v.Swap(one) == any(2isize) && v.Load() == one);
}

/// A loop that only looks at a flag lets the goroutine run that sets it.
#[test]
fn spinning() {
    goxide_golib::program::prepare();
    goxide::__private::run_test(|| {
        let flag = Ptr::<Bool>::zeroed();
        for _ in 0..runtime::GOMAXPROCS(0) {
            go!(move || while !flag.Load() {});
        }
        time::Sleep(time::Millisecond);
        go!(move || flag.Store(true));
        while !flag.Load() {}
    });
}

#[goxide::test]
fn timers() {
    let start = time::Now();
    let timer = time::NewTimer(time::Duration(2_000_000));
    timer.C.recv();
    assert!(time::Since(start) >= time::Duration(2_000_000));
    assert!(!timer.Stop() && !timer.Reset(time::Hour) && timer.Stop() && !timer.Stop());
    // What was sent but not received is taken back.
    timer.Reset(time::Duration(0));
    time::Sleep(time::Duration(5_000_000));
    assert!(timer.Reset(time::Hour));
    let stale = goxide::select! {
        _ = <-(*timer.C) => true,
        default => false,
    };
    assert!(!stale);

    let ticker = time::NewTicker(time::Millisecond);
    let first = ticker.C.recv();
    assert!(ticker.C.recv().After(first));
    ticker.Stop();
    let ran = Chan::make(0);
    let timer = time::AfterFunc(time::Millisecond, func(move || ran.send(true)));
    assert!(ran.recv() && !timer.Stop());
    assert!(time::Tick(time::Duration(0)).is_nil());
    assert_eq!(said(|| time::NewTicker(zero())), "non-positive interval for NewTicker");
    let uninitialised = said(|| Ptr::<time::Timer>::zeroed().Stop());
    assert_eq!(uninitialised, "time: Stop called on uninitialized Timer");
    let text = start.String().to_string();
    assert!(text.contains(" m=+") && !start.Round(zero()).String().to_string().contains("m="), "{text}");
    assert!(start.Add(time::Second).Sub(start) == time::Second);
}

#[test]
fn the_number_of_goroutines() {
    let settle = |wanted: isize| {
        (0..200).any(|_| {
            time::Sleep(time::Millisecond);
            runtime::NumGoroutine() == wanted
        })
    };
    let status = std::env::var_os("GOXIDE_COUNT");
    if status.is_none() {
        // Alone in a process: tests beside this one have goroutines, too.
        let this = std::env::current_exe().unwrap();
        let child = std::process::Command::new(this)
            .arg("the_number_of_goroutines")
            .env("GOXIDE_COUNT", "1")
            .status();
        assert!(child.unwrap().success());
        return;
    }
    goxide::__private::run_test(move || {
        assert_eq!(runtime::NumGoroutine(), 1);
        let gate = Chan::<bool>::make(0);
        for _ in 0..100 {
            go!(move || {
                gate.recv();
            });
        }
        assert!(settle(101));
        gate.close();
        assert!(settle(1));
    });
}
