//! Contexts: ends, causes, deadlines, values, and what is left behind.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::context::{self, Context, Error};
use goxide::sync::WaitGroup;
use goxide::{chan, go, select, time};

const MANY: usize = match () {
    () if cfg!(miri) => 50,
    // Without optimisations a million take a quarter of a minute.
    () if cfg!(debug_assertions) => 100_000,
    () => 1_000_000,
};
const FAR: Duration = Duration::from_secs(3600);

fn ended(ctx: &Context) -> bool {
    let mut ended = false;
    select! {
        _ = <-ctx.done() => ended = true,
        default => (),
    }
    assert_eq!(ended, ctx.err().is_some());
    ended
}

#[goxide::test]
fn roots_never_end() {
    for root in [context::background(), context::todo(), Context::default()] {
        assert!(!ended(&root));
        assert!(root.err().is_none() && root.cause().is_none() && root.deadline().is_none());
    }
}

#[test]
fn errors_have_gos_texts() {
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(Error::Canceled);
    assert_eq!(error.to_string(), "context canceled");
    assert_eq!(Error::DeadlineExceeded.to_string(), "context deadline exceeded");
}

#[goxide::test]
fn an_end_goes_down_and_not_up_nor_sideways() {
    let (top, _top) = context::background().with_cancel();
    let (middle, cancel) = top.with_cancel();
    let (beside, _beside) = top.with_cancel();
    let low = middle.with_value(1u8).with_cancel().0.without_cancel();
    let (lower, _lower) = middle.with_value(2u8).with_timeout(FAR);
    assert!(!ended(&lower));
    cancel.cancel();
    cancel.cancel();
    assert!(ended(&middle) && ended(&lower));
    assert!(!ended(&top) && !ended(&beside) && !ended(&low));
    assert_eq!(lower.err(), Some(Error::Canceled));
    let (late, _late) = lower.with_cancel();
    assert!(ended(&late));
    assert_eq!(low.value::<u8>(), Some(&1));
}

#[goxide::test]
fn all_who_wait_are_woken() {
    let (ctx, cancel) = context::background().with_cancel();
    let wg = WaitGroup::new();
    for n in 0..200 {
        let (ctx, guard) = ctx.with_cancel();
        wg.go(move || {
            let _guard = guard;
            match n % 2 {
                0 => ctx.done().recv(),
                _ => select! {
                    _ = <-ctx.done() => (),
                    _ = <-time::after(FAR) => panic!("slow"),
                },
            }
            assert_eq!(ctx.err(), Some(Error::Canceled));
        });
    }
    goxide::yield_now();
    cancel.cancel();
    wg.wait();
}

#[goxide::test]
fn the_first_cause_stays() {
    let (ctx, cancel) = context::background().with_cancel_cause();
    let (timed, _timed) = ctx.with_timeout_cause(FAR, "too slow");
    let (below, own) = timed.with_cancel_cause();
    own.cancel("below");
    cancel.cancel(std::io::Error::other("above"));
    cancel.cancel("later");
    assert_eq!(below.cause().unwrap().to_string(), "below");
    assert!(timed.cause().unwrap().downcast_ref::<std::io::Error>().is_some());
    assert_eq!(ctx.cause().unwrap().to_string(), "above");
    assert_eq!(ctx.err(), Some(Error::Canceled));
    let (ctx, cancel) = context::background().with_cancel_cause();
    drop(cancel);
    assert_eq!(ctx.cause().unwrap().downcast_ref::<Error>(), Some(&Error::Canceled));
}

#[goxide::test]
fn deadlines() {
    let start = Instant::now();
    let (ctx, _cancel) = context::background().with_timeout(Duration::from_millis(20));
    let (below, _below) = ctx.with_cancel();
    assert_eq!(below.deadline(), ctx.deadline());
    below.done().recv();
    assert!(start.elapsed() >= Duration::from_millis(20));
    assert_eq!(ctx.err(), Some(Error::DeadlineExceeded));
    assert_eq!(below.err(), Some(Error::DeadlineExceeded));
    assert_eq!(ctx.cause().unwrap().to_string(), "context deadline exceeded");

    let (over, _over) = context::background().with_deadline_cause(start, "over");
    assert!(ended(&over));
    assert_eq!(
        (over.err(), over.cause().unwrap().to_string()),
        (Some(Error::DeadlineExceeded), "over".into())
    );

    let (long, cancel) = context::background().with_timeout_cause(FAR, "unused");
    let (longer, _longer) = long.with_timeout(2 * FAR);
    assert_eq!(longer.deadline(), long.deadline());
    assert!(long.without_cancel().deadline().is_none());
    cancel.cancel();
    assert_eq!(longer.cause().unwrap().to_string(), "context canceled");

    let (never, _never) = context::background().with_timeout(Duration::MAX);
    assert!(never.deadline().is_none() && !ended(&never));
}

#[goxide::test]
fn a_detached_context_ends_by_its_deadline() {
    let (ctx, cancel) = context::background().with_timeout(Duration::from_millis(5));
    cancel.detach();
    let told = chan(1);
    let tell = told.clone();
    let _stop = ctx.after_func(move || tell.send(()));
    drop(ctx);
    assert_eq!(told.recv(), Some(()));
}

#[goxide::test]
fn functions_run_once_or_not_at_all() {
    let (ctx, cancel) = context::background().with_cancel();
    let runs = chan(10);
    let call = |n: usize| {
        let runs = runs.clone();
        move || runs.send(n)
    };
    let (first, second) = (ctx.after_func(call(1)), ctx.after_func(call(2)));
    drop(ctx.after_func(call(3)));
    assert!(second.stop());
    cancel.cancel();
    assert!(!first.stop());
    let _at_once = ctx.after_func(call(4));
    let mut seen: Vec<_> = runs.iter().take(3).collect();
    seen.sort_unstable();
    assert_eq!(seen, [1, 3, 4]);
    assert!(context::background().after_func(|| unreachable!()).stop());
    assert!(runs.try_recv().is_err());
}

#[goxide::test]
fn what_a_function_holds_is_dropped() {
    let (ctx, cancel) = context::background().with_cancel();
    let held = Arc::new(());
    for _ in 0..3 {
        let held = held.clone();
        assert!(ctx.after_func(move || drop(held)).stop());
    }
    assert_eq!(Arc::strong_count(&held), 1);
    let (also, done) = (held.clone(), chan::<()>(0));
    let tell = done.clone();
    let _stop = ctx.after_func(move || {
        drop(also);
        tell.close();
    });
    drop(ctx);
    drop(cancel);
    done.recv();
    assert_eq!(Arc::strong_count(&held), 1);
}

#[goxide::test]
fn values_are_found_by_type_and_the_innermost_wins() {
    struct Id(u32);
    struct Name(&'static str);
    let ctx = context::background().with_value(Id(1)).with_value(Name("a"));
    let (ctx, _cancel) = ctx.with_cancel();
    let inner = ctx.with_value(Id(2));
    assert_eq!(ctx.value::<Id>().map(|id| id.0), Some(1));
    assert_eq!(inner.value::<Id>().map(|id| id.0), Some(2));
    assert_eq!(inner.value::<Name>().map(|name| name.0), Some("a"));
    assert!(inner.value::<String>().is_none());
    let mut long = context::background();
    for n in 0..MANY / 10 {
        long = long.with_value(n);
    }
    assert_eq!(long.value::<usize>(), Some(&(MANY / 10 - 1)));
}

/// Counts the values that live.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[goxide::test]
fn very_many_short_lived_children_leave_nothing() {
    let (ctx, _cancel) = context::background().with_cancel();
    let live = Arc::new(AtomicUsize::new(0));
    for round in 0..MANY {
        let (child, cancel) = if round % 2 == 0 { ctx.with_cancel() } else { ctx.with_timeout(FAR) };
        live.fetch_add(1, Ordering::Relaxed);
        let child = child.with_value(Counted(live.clone()));
        match round % 3 {
            0 => cancel.cancel(),
            1 => drop(cancel),
            _ => cancel.detach(),
        }
        assert_eq!(child.value::<Counted>().map(|counted| counted.0.load(Ordering::Relaxed)), Some(1));
    }
    assert_eq!(live.load(Ordering::Relaxed), 0);
    assert!(!ended(&ctx));
}

#[goxide::test]
fn ends_and_births_at_once() {
    for _ in 0..if cfg!(miri) { 3 } else { 300 } {
        let (ctx, cancel) = context::background().with_cancel_cause();
        let wg = WaitGroup::new();
        for _ in 0..4 {
            let ctx = ctx.clone();
            wg.go(move || {
                let (child, guard) = ctx.with_timeout(FAR);
                let (grandchild, _guard) = child.with_cancel();
                goxide::yield_now();
                grandchild.done().recv();
                assert_eq!(grandchild.cause().unwrap().to_string(), "now");
                drop(guard);
            });
        }
        let cancel = Arc::new(cancel);
        for _ in 0..2 {
            let cancel = cancel.clone();
            wg.go(move || cancel.cancel("now"));
        }
        wg.wait();
    }
}

fn os_thread(body: impl FnOnce() + Send + 'static) -> std::thread::JoinHandle<()> {
    std::thread::spawn(body)
}

#[goxide::test]
fn works_on_os_threads() {
    let (ctx, cancel) = context::background().with_cancel();
    let thread = os_thread(move || ctx.done().recv());
    go!(cancel.cancel());
    goxide::blocking(move || thread.join().unwrap());
}

#[goxide::test]
fn a_panic_cancels() {
    let (ctx, cancel) = context::background().with_cancel();
    let result = catch_unwind(AssertUnwindSafe(move || {
        let _cancel = cancel;
        panic!("on purpose");
    }));
    assert!(result.is_err() && ended(&ctx));
}
