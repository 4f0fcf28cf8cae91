//! Recursion that goes on on further pieces of stack, on goroutines and on plain threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use goxide::sync::WaitGroup;
use goxide::{chan, go, grow, grow_to};

const DEEP: u64 = if cfg!(miri) { 100 } else { 100_000 };

#[inline(never)]
fn depth(n: u64) -> u64 {
    grow(|| {
        let frame = std::hint::black_box([n; 16]);
        if n == 0 { 0 } else { 1 + depth(n - 1) + frame[3] - frame[7] }
    })
}

#[test]
fn a_plain_thread_recurses_far() {
    assert_eq!(depth(DEEP), DEEP);
    let small = std::thread::Builder::new().stack_size(256 << 10).spawn(|| depth(DEEP)).expect("a thread");
    assert_eq!(small.join().expect("no panic"), DEEP);
}

#[goxide::test]
fn goroutines_recurse_far_at_the_same_time() {
    let all = WaitGroup::new();
    for i in 0..8 {
        all.go(move || assert_eq!(depth(DEEP / 8 + i), DEEP / 8 + i));
    }
    all.wait();
}

/// Goroutines wait deep down, on segments, for each other, and run on the same thread meanwhile.
#[goxide::test]
fn goroutines_wait_deep_down() {
    fn down(n: u64, at_the_bottom: &dyn Fn() -> u64) -> u64 {
        grow(|| {
            let frame = std::hint::black_box([n; 16]);
            if n == 0 { at_the_bottom() } else { down(n - 1, at_the_bottom) + frame[3] - frame[7] }
        })
    }
    let (ask, answer) = (chan::<u64>(0), chan::<u64>(0));
    for i in 0..4 {
        let (ask, answer) = (ask.clone(), answer.clone());
        go! {
            for _ in 0..3 {
                answer.send(down(DEEP / 50 * (i + 1), &|| {
                    goxide::yield_now();
                    ask.recv().unwrap_or(0)
                }));
            }
        }
    }
    let (mut sum, to) = (0, ask.clone());
    go! {
        for n in 1..=12 {
            to.send(n);
        }
    }
    for _ in 0..12 {
        sum += answer.recv().expect("open");
    }
    assert_eq!(sum, 78);
}

#[goxide::test]
fn panics_go_through() {
    struct Counts<'a>(&'a std::cell::Cell<u64>);
    impl Drop for Counts<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    fn fails(n: u64, count: &std::cell::Cell<u64>) -> u64 {
        let _counts = Counts(count);
        grow(|| if n == 0 { panic!("at the bottom") } else { fails(n - 1, count) + 1 })
    }
    let far = DEEP / 20;
    for _ in 0..2 {
        let count = std::cell::Cell::new(0);
        let payload = catch_unwind(AssertUnwindSafe(|| fails(far, &count))).expect_err("a panic");
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"at the bottom"));
        assert_eq!(count.get(), far + 1);
        // And on as before.
        assert_eq!(depth(far), far);
    }
}

#[goxide::test]
fn a_step_may_need_much() {
    let all = WaitGroup::new();
    all.go(|| {
        let sum = grow_to(6 << 20, || {
            let scratch = std::hint::black_box([1u8; 1 << 20]);
            scratch.iter().map(|&byte| u64::from(byte)).sum::<u64>()
        });
        assert_eq!(sum, 1 << 20);
    });
    all.wait();
}

#[test]
#[cfg_attr(miri, ignore)]
fn more_than_there_is_is_a_panic() {
    assert!(catch_unwind(|| grow_to(1 << 50, || ())).is_err());
    assert!(catch_unwind(|| grow_to(usize::MAX, || ())).is_err());
}
