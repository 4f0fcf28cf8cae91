//! goxide and tokio in one program: each from inside the other, over each other's channels.

#![cfg(not(miri))]
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use goxide::sync::WaitGroup;
use goxide::{block_on, blocking, chan, channel, go, scope, select, time};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{mpsc, oneshot};

const MANY: usize = 100;

fn tokio() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime")
}

/// Ends it without waiting for what blocks, which `drop` would do.
fn end(runtime: Runtime) {
    runtime.shutdown_background();
}

#[test]
fn goroutines_from_inside_of_tasks() {
    let runtime = tokio();
    let sum = runtime.block_on(async {
        let mut tasks = Vec::new();
        for n in 0..MANY {
            tasks.push(tokio::spawn(async move {
                // A channel of tokio's leads back: the task does not block.
                let (tx, rx) = oneshot::channel();
                go! {
                    time::sleep(Duration::from_micros(10));
                    let _ = tx.send(n);
                }
                rx.await.expect("the goroutine sends")
            }));
        }
        let mut sum = 0;
        for task in tasks {
            sum += task.await.expect("no panic");
        }
        sum
    });
    assert_eq!(sum, MANY * (MANY - 1) / 2);
}

/// Our calls block a task's thread as they block any: correct, if there are threads enough.
#[test]
fn waiting_in_tasks_blocks_their_threads() {
    let runtime = tokio();
    let got = runtime.block_on(async {
        let task = tokio::task::spawn_blocking(|| {
            let (tx, rx) = channel(0);
            let mut here = 0;
            scope(|s| {
                s.spawn(move || tx.send(20).expect("a receiver"));
                here = select! {
                    n = <-rx => n.unwrap_or(0),
                    after(Duration::from_secs(100)) => 0,
                };
            });
            here + blocking(|| 22)
        });
        let here = chan(1);
        here.send(1);
        (task.await.expect("no panic"), here.recv())
    });
    assert_eq!(got, (42, Some(1)));
}

/// Futures of tokio's that need its timers, driven by goroutines inside the runtime's context on the blocking pool.
#[goxide::test]
fn tasks_from_goroutines() {
    let runtime = Arc::new(tokio());
    let all = WaitGroup::new();
    let sum = Arc::new(AtomicUsize::new(0));
    for n in 0..MANY {
        let (handle, sum) = (runtime.handle().clone(), sum.clone());
        all.go(move || {
            let later = async move {
                tokio::time::sleep(Duration::from_micros(10)).await;
                n
            };
            let got = match n % 2 {
                // A task is a future that needs no reactor of who waits for it.
                0 => block_on(handle.spawn(later)).expect("no panic"),
                _ => blocking(|| handle.block_on(later)),
            };
            sum.fetch_add(got, Ordering::Relaxed);
        });
    }
    all.wait();
    assert_eq!(sum.load(Ordering::Relaxed), MANY * (MANY - 1) / 2);
    end(Arc::into_inner(runtime).expect("the others have gone"));
}

#[goxide::test]
fn a_pipeline_across_both() {
    let runtime = tokio();
    let (to_task, mut numbers) = mpsc::channel::<u64>(4);
    let (squares, mut to_goroutine) = mpsc::channel(4);
    runtime.spawn(async move {
        while let Some(n) = numbers.recv().await {
            if squares.send(n * n).await.is_err() {
                return;
            }
        }
    });
    go! {
        for n in 1..=1000 {
            block_on(to_task.send(n)).expect("the task receives");
        }
    }
    let mut sum = 0;
    while let Some(square) = block_on(to_goroutine.recv()) {
        sum += square;
    }
    assert_eq!(sum, 333_833_500);
    end(runtime);
}

/// `Handle::enter` keeps a word of the thread in a guard, which must be dropped in order: tokio notices goroutines that interleave, and
/// panics. A guard that is dropped before the goroutine waits is in order.
#[goxide::test]
fn guards_of_contexts() {
    let runtime = tokio();
    let all = WaitGroup::new();
    for _ in 0..MANY {
        let handle = runtime.handle().clone();
        all.go(move || {
            let sleep = {
                let _guard = handle.enter();
                assert!(Handle::try_current().is_ok());
                tokio::time::sleep(Duration::from_micros(10))
            };
            block_on(sleep);
            assert!(Handle::try_current().is_err(), "the context of another goroutine");
        });
    }
    all.wait();
    end(runtime);
}
