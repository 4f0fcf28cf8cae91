//! Goroutines that borrow: all have ended when `scope` returns, however it does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use goxide::sync::Mutex;
use goxide::{chan, scope, time, yield_now};

const MANY: usize = if cfg!(miri) { 20 } else { 2_000 };

#[goxide::test]
fn borrows_and_gives_back() {
    let words: Vec<String> = (0..MANY).map(|n| n.to_string()).collect();
    let mut lengths = vec![0; MANY];
    let total = AtomicUsize::new(0);
    let result = scope(|s| {
        for (word, length) in words.iter().zip(&mut lengths) {
            let total = &total;
            s.spawn(move || {
                yield_now();
                *length = word.len();
                total.fetch_add(word.len(), Ordering::Relaxed);
            });
        }
        "done"
    });
    assert_eq!(result, "done");
    assert_eq!(lengths.iter().sum::<usize>(), total.into_inner());
    assert!(words.iter().zip(&lengths).all(|(word, length)| word.len() == *length));
}

#[goxide::test]
fn who_waits_is_told_from_others() {
    scope(|s| {
        s.spawn(|| {
            while !goxide::dump().contains(" [scope]:") {
                yield_now();
            }
        });
    });
}

#[goxide::test]
fn empty_scopes_and_results() {
    assert_eq!(scope(|_| 7), 7);
    let text = String::from("borrowed");
    let part = scope(|_| &text[..3]);
    assert_eq!(part, "bor");
}

#[goxide::test]
fn nested_spawns_and_nested_scopes() {
    let log = Mutex::new(Vec::new());
    scope(|s| {
        s.spawn(|| {
            scope(|inner| inner.spawn(|| log.lock().push(1)));
            s.spawn(|| {
                yield_now();
                s.spawn(|| log.lock().push(3));
            });
            log.lock().push(2);
        });
    });
    let log = log.into_inner();
    assert_eq!(log.len(), 3);
    assert_eq!(log[0], 1);
}

#[goxide::test]
fn channels_carry_results() {
    let numbers = [1, 2, 3, 4];
    let sums = chan(0);
    let sum: i32 = scope(|s| {
        for half in numbers.chunks(2) {
            let sums = &sums;
            s.spawn(move || sums.send(half.iter().sum::<i32>()));
        }
        sums.iter().take(2).sum()
    });
    assert_eq!(sum, 10);
}

fn text(payload: Box<dyn std::any::Any + Send>) -> String {
    payload.downcast_ref::<&str>().map_or_else(String::new, |text| (*text).to_owned())
}

fn looks_panicking() -> bool {
    std::thread::panicking()
}

#[goxide::test]
fn waits_when_its_closure_panics() {
    let ended = AtomicUsize::new(0);
    let result = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            for _ in 0..10 {
                s.spawn(|| {
                    time::sleep(Duration::from_millis(5));
                    assert!(!looks_panicking(), "the wait is outside the unwind");
                    ended.fetch_add(1, Ordering::SeqCst);
                });
            }
            panic!("the closure");
        })
    }));
    assert_eq!(text(result.unwrap_err()), "the closure");
    assert_eq!(ended.load(Ordering::SeqCst), 10);
}

#[goxide::test]
fn passes_a_goroutines_panic_on_after_all_have_ended() {
    let ended = AtomicUsize::new(0);
    let result = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            s.spawn(|| panic!("a goroutine"));
            s.spawn(|| {
                time::sleep(Duration::from_millis(5));
                ended.fetch_add(1, Ordering::SeqCst);
            });
        });
    }));
    assert_eq!(text(result.unwrap_err()), "a goroutine");
    assert_eq!(ended.load(Ordering::SeqCst), 1);
}

#[goxide::test]
fn captures_are_dropped_before_the_scope_returns() {
    struct Noted<'a>(&'a AtomicUsize);
    impl Drop for Noted<'_> {
        fn drop(&mut self) {
            yield_now();
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    for _ in 0..MANY / 10 {
        let drops = AtomicUsize::new(0);
        scope(|s| {
            for n in 0..4 {
                let noted = Noted(&drops);
                s.spawn(move || {
                    let _noted = noted;
                    if n % 2 == 0 {
                        yield_now();
                    }
                });
            }
        });
        assert_eq!(drops.load(Ordering::SeqCst), 4);
    }
}

/// The count touches zero while the closure still starts goroutines.
#[goxide::test]
fn a_late_start_is_waited_for() {
    for _ in 0..MANY {
        let late = AtomicUsize::new(0);
        scope(|s| {
            s.spawn(|| ());
            yield_now();
            s.spawn(|| {
                yield_now();
                late.store(1, Ordering::SeqCst);
            });
        });
        assert_eq!(late.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn works_on_os_threads() {
    let mut value = 1;
    scope(|s| s.spawn(|| value += 1));
    assert_eq!(value, 2);
}
