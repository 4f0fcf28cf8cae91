//! Groups: the first error, limits, contexts, panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use goxide::context::{self, Error};
use goxide::errgroup::{BoxError, Group};
use goxide::{chan, yield_now};

#[goxide::test]
fn all_well_and_nothing_at_all() {
    let group = Group::<BoxError>::new();
    assert!(group.wait().is_ok());
    let hits = Arc::new(AtomicUsize::new(0));
    for _ in 0..100 {
        let hits = hits.clone();
        group.go(move || {
            yield_now();
            hits.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
    }
    assert!(group.wait().is_ok());
    assert_eq!(hits.load(Ordering::Relaxed), 100);
}

#[goxide::test]
fn the_first_error_counts_and_a_group_can_be_used_again() {
    let group = Group::<u32>::default();
    let gate = chan::<()>(0);
    let wait = gate.clone();
    group.go(move || {
        wait.recv();
        Err(2)
    });
    group.go(move || {
        gate.close();
        Ok(())
    });
    assert_eq!(group.wait(), Err(2));
    group.go(|| Err(3));
    assert_eq!(group.wait(), Err(3));
    assert_eq!(group.wait(), Ok(()));
}

#[goxide::test]
fn functions_may_start_others() {
    let group = Group::<&str>::new();
    let inner = group.clone();
    group.go(move || {
        inner.go(|| {
            yield_now();
            Err("inner")
        });
        Ok(())
    });
    assert_eq!(group.wait(), Err("inner"));
}

#[goxide::test]
fn an_error_ends_the_context() {
    let (group, ctx) = Group::<BoxError>::with_context(&context::background());
    for _ in 0..5 {
        let ctx = ctx.clone();
        group.go(move || {
            ctx.done().recv();
            Err("not the first".into())
        });
    }
    group.go(|| Err("the first".into()));
    assert_eq!(group.wait().unwrap_err().to_string(), "the first");
    assert_eq!(ctx.err(), Some(Error::Canceled));
    assert_eq!(ctx.cause().unwrap().to_string(), "the first");
}

#[goxide::test]
fn waiting_ends_the_context_and_the_parents_end_is_seen() {
    let (group, ctx) = Group::<BoxError>::with_context(&context::background());
    group.go(|| Ok(()));
    assert!(ctx.err().is_none());
    assert!(group.wait().is_ok());
    assert_eq!(ctx.cause().unwrap().to_string(), "context canceled");

    let (parent, cancel) = context::background().with_cancel();
    let (group, ctx) = Group::<Error>::with_context(&parent);
    let waiting = ctx.clone();
    group.go(move || {
        waiting.done().recv();
        waiting.check()
    });
    cancel.cancel();
    assert_eq!(group.wait(), Err(Error::Canceled));
}

#[goxide::test]
fn a_panic_goes_on_in_wait_and_ends_the_context() {
    let (group, ctx) = Group::<BoxError>::with_context(&context::background());
    let ended = Arc::new(AtomicUsize::new(0));
    let (waiting, also) = (ctx.clone(), ended.clone());
    group.go(move || {
        waiting.done().recv();
        also.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    group.go(|| panic!("on purpose"));
    let result = catch_unwind(AssertUnwindSafe(|| group.wait()));
    assert_eq!(result.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
    assert_eq!(ended.load(Ordering::SeqCst), 1);
    assert!(ctx.err().is_some());
}

#[goxide::test]
fn limits_are_kept() {
    let group = Group::<String>::new();
    group.set_limit(Some(3));
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for _ in 0..60 {
        let (running, most) = (running.clone(), most.clone());
        group.go(move || {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            yield_now();
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        });
    }
    assert!(group.wait().is_ok());
    assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
    group.set_limit(Some(0));
    assert!(!group.try_go(|| Ok(())));
    group.set_limit(None);
    assert!(group.try_go(|| Ok(())));
    assert!(group.wait().is_ok());
}

#[goxide::test]
#[should_panic(expected = "modify limit while 1 goroutines in the group are still active")]
fn a_limit_cannot_change_while_some_run() {
    let group = Group::<()>::new();
    let gate = chan::<()>(0);
    let wait = gate.clone();
    group.go(move || {
        wait.recv();
        Ok(())
    });
    group.set_limit(Some(1));
}
