//! Futures on goroutines: who may wake, when, and how often.

use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::JoinHandle;
use std::time::Duration;

use goxide::bridge::{self, flume};
use goxide::sync::WaitGroup;
use goxide::{block_on, chan, go, time, yield_now};

const MANY: usize = if cfg!(miri) { 10 } else { 2_000 };

fn os_thread(body: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    std::thread::spawn(body)
}

/// Ready once it is told so; keeps the last waker.
#[derive(Clone, Default)]
struct Gate(Arc<(AtomicBool, Mutex<Option<Waker>>)>);

impl Gate {
    fn open(&self) {
        self.0.0.store(true, Ordering::SeqCst);
        if let Some(waker) = self.waker() {
            waker.wake();
        }
    }

    fn waker(&self) -> Option<Waker> {
        self.0.1.lock().unwrap().take()
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        *self.0.1.lock().unwrap() = Some(context.waker().clone());
        if self.0.0.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[goxide::test]
fn ready_at_once_and_nested() {
    assert_eq!(block_on(ready(7)), 7);
    let text = String::from("borrowed");
    assert_eq!(block_on(async { &text[..3] }), "bor");
    assert_eq!(block_on(async { block_on(async { 1 }) + block_on(ready(2)) }), 3);
}

#[goxide::test]
fn woken_by_goroutines_by_threads_and_by_itself() {
    let gate = Gate::default();
    let opens = gate.clone();
    go!(opens.open());
    block_on(gate);

    let gate = Gate::default();
    let opens = gate.clone();
    let thread = os_thread(move || opens.open());
    block_on(gate);
    goxide::blocking(move || thread.join().unwrap());

    let mut polls = 0;
    block_on(poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        if polls == 10 { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert_eq!(polls, 10);
}

/// A future that wakes itself, as an async `yield_now` does, lets the other goroutines run.
#[goxide::test]
fn a_future_that_wakes_itself_gives_way() {
    let flag = Arc::new(AtomicBool::new(false));
    let sets = flag.clone();
    go!(sets.store(true, Ordering::SeqCst));
    block_on(poll_fn(|context| {
        context.waker().wake_by_ref();
        if flag.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }
    }));
}

/// Uses the waker in `place` in every way until nothing is left.
fn storm(left: &AtomicUsize, place: &Mutex<Option<Waker>>) {
    while left.load(Ordering::SeqCst) > 0 {
        let waker = place.lock().unwrap().clone();
        if let Some(waker) = waker {
            waker.wake_by_ref();
            drop(waker.clone());
            waker.wake();
        }
        std::thread::yield_now();
    }
}

#[goxide::test]
fn storms_of_wakes_lose_none_and_disturb_nobody() {
    let left = Arc::new(AtomicUsize::new(MANY));
    let place: Arc<Mutex<Option<Waker>>> = Arc::default();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (left, place) = (left.clone(), place.clone());
            os_thread(move || storm(&left, &place))
        })
        .collect();
    block_on(poll_fn(|context| {
        *place.lock().unwrap() = Some(context.waker().clone());
        match left.fetch_sub(1, Ordering::SeqCst) {
            1 => Poll::Ready(()),
            _ => Poll::Pending,
        }
    }));
    // Its wakers are still used: other waits of this goroutine do not end by them.
    let quiet = chan::<u8>(0);
    let sender = quiet.clone();
    go! {
        for n in 0..20 {
            yield_now();
            sender.send(n);
        }
        sender.close();
    }
    assert_eq!(quiet.iter().collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
    goxide::blocking(move || threads.into_iter().for_each(|thread| thread.join().unwrap()));
}

#[goxide::test]
fn wakers_outlive_the_goroutine() {
    let wakers = chan::<Waker>(0);
    for _ in 0..MANY / 10 {
        let out = wakers.clone();
        go! {
            let mut first = true;
            block_on(poll_fn(|context| {
                if std::mem::replace(&mut first, false) {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(())
            }));
            let waker = block_on(poll_fn(|context| Poll::Ready(context.waker().clone())));
            out.send(waker);
        }
        let Some(waker) = wakers.recv() else { unreachable!() };
        let thread = os_thread(move || {
            waker.wake_by_ref();
            waker.wake();
        });
        // New goroutines may have the record of the old one by now.
        let done = chan(0);
        let tell = done.clone();
        go! {
            time::sleep(Duration::from_micros(100));
            tell.send(());
        }
        done.recv();
        goxide::blocking(move || thread.join().unwrap());
    }
}

#[goxide::test]
fn a_waker_dropped_unused_does_no_harm() {
    let gate = Gate::default();
    let opens = gate.clone();
    go! {
        loop {
            match opens.waker() {
                // Taken away: only the flag is left, and another wake.
                Some(waker) => {
                    let spare = waker.clone();
                    drop(waker);
                    opens.open();
                    spare.wake();
                    return;
                }
                None => yield_now(),
            }
        }
    }
    block_on(gate);
}

#[goxide::test]
fn a_panic_in_a_future_goes_on() {
    let result = std::panic::catch_unwind(|| block_on(async { panic!("on purpose") }));
    assert_eq!(result.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
    assert_eq!(block_on(ready(1)), 1);
}

#[goxide::test]
fn many_futures_wait_on_one_worker() {
    let wg = WaitGroup::new();
    let all: Vec<Gate> = (0..MANY).map(|_| Gate::default()).collect();
    for gate in all.clone() {
        wg.go(move || block_on(gate));
    }
    yield_now();
    all.iter().rev().for_each(Gate::open);
    wg.wait();
}

#[goxide::test]
fn flume_in_both_directions() {
    let (to, from) = flume::bounded::<usize>(1);
    let (back, answers) = flume::bounded::<usize>(0);
    go! {
        block_on(async move {
            while let Ok(n) = from.recv_async().await {
                if back.send_async(2 * n).await.is_err() {
                    return;
                }
            }
        });
    }
    for n in 0..MANY {
        assert_eq!(bridge::send(&to, n), Ok(()));
        assert_eq!(bridge::recv(&answers), Some(2 * n));
    }
    drop(to);
    assert_eq!(bridge::recv(&answers), None);
    drop(answers);
}

#[test]
fn works_on_os_threads() {
    let gate = Gate::default();
    let opens = gate.clone();
    let thread = os_thread(move || {
        while opens.0.1.lock().unwrap().is_none() {
            std::thread::yield_now();
        }
        opens.open();
    });
    block_on(gate);
    thread.join().unwrap();
}
