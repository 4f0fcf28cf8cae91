//! `select!` case by case. What Miri can run too.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use goxide::sync::WaitGroup;
use goxide::{Chan, chan, channel, go, select};

const ROUNDS: usize = if cfg!(miri) { 30 } else { 20_000 };

#[goxide::test]
fn a_ready_case_is_taken_and_default_otherwise() {
    let (a, b) = (chan::<i32>(1), chan::<i32>(1));
    assert_eq!(select! { _ = <-a => 0, _ = <-b => 1, default => 2 }, 2);
    b.send(7);
    assert_eq!(select! { _ = <-a => 0, v = <-b => v.unwrap(), default => 2 }, 7);
    assert_eq!(select! { a <- 5 => 1, default => 2 }, 1);
    assert_eq!(select! { a <- 6 => 1, default => 2 }, 2);
    assert_eq!(a.recv(), Some(5));
}

#[goxide::test]
fn nil_and_disabled_cases_are_never_chosen() {
    let nil = Chan::<i32>::nil();
    let ready = chan::<i32>(1);
    ready.send(1);
    assert_eq!(select! { _ = <-nil => 0, nil <- 1 => 1, default => 2 }, 2);
    assert_eq!(select! { _ = <-ready if false => 0, default => 2 }, 2);
    assert_eq!(select! { _ = <-ready if true => 0, default => 2 }, 0);
}

#[goxide::test]
fn a_closed_channel_is_ready_to_receive() {
    let (closed, other) = (chan::<i32>(0), chan::<i32>(0));
    closed.close();
    let got = select! { v = <-closed => v, v = <-other => v };
    assert_eq!(got, None);
}

#[goxide::test]
fn sending_to_a_closed_channel_panics_when_chosen() {
    let (closed, report) = (chan::<i32>(0), chan(0));
    closed.close();
    let told = report.clone();
    go! {
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            select! { closed <- 1 => (), default => () }
        }));
        told.send(*result.unwrap_err().downcast::<&str>().unwrap());
    }
    assert_eq!(report.recv(), Some("send on closed channel"));
}

#[goxide::test]
fn a_close_while_waiting_panics_in_the_sending_select() {
    let (ch, never, report) = (chan::<i32>(0), chan::<i32>(0), chan(0));
    let (tx, told) = (ch.clone(), report.clone());
    go! {
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            select! { tx <- 1 => (), _ = <-never => () }
        }));
        told.send(result.is_err());
    }
    goxide::time::sleep(Duration::from_millis(5));
    ch.close();
    assert_eq!(report.recv(), Some(true));
}

#[goxide::test]
fn a_sender_without_receivers_is_ready_and_drops() {
    let (tx, rx) = channel::<Arc<()>>(0);
    drop(rx);
    let value = Arc::new(());
    let (copy, nil) = (value.clone(), Chan::<i32>::nil());
    select! { tx <- copy => (), _ = <-nil => () }
    assert_eq!(Arc::strong_count(&value), 1);
}

#[goxide::test]
fn every_ready_case_has_its_chance() {
    let channels: Vec<_> = (0..4).map(|_| chan::<()>(1)).collect();
    for ch in &channels {
        ch.send(());
    }
    let mut counts = [0usize; 4];
    let [a, b, c, d] = &channels[..] else { unreachable!() };
    for _ in 0..ROUNDS {
        let chosen = select! { _ = <-a => 0, _ = <-b => 1, _ = <-c => 2, _ = <-d => 3 };
        counts[chosen] += 1;
        channels[chosen].send(());
    }
    let fair = ROUNDS / 4;
    if !cfg!(miri) {
        assert!(counts.iter().all(|&n| n.abs_diff(fair) < fair / 8), "{counts:?}");
    }
}

#[goxide::test]
fn biased_takes_the_first() {
    let (a, b) = (chan::<()>(1), chan::<()>(1));
    for _ in 0..50 {
        let _ = a.try_send(());
        let _ = b.try_send(());
        assert_eq!(select! { biased; _ = <-a => 0, _ = <-b => 1 }, 0);
    }
}

#[goxide::test]
fn both_directions_of_one_channel() {
    let ch = chan::<usize>(0);
    let done = chan(0);
    let sum = Arc::new(AtomicUsize::new(0));
    for n in [0, 1] {
        let (ch, done, sum) = (ch.clone(), done.clone(), sum.clone());
        go! {
            for _ in 0..ROUNDS / 2 {
                // It never meets itself: a value only goes to the other one.
                select! {
                    v = <-ch => assert_eq!(v, Some(1 - n)),
                    ch <- n => { sum.fetch_add(1, Ordering::Relaxed); },
                }
            }
            done.send(());
        }
    }
    done.recv();
    done.recv();
    assert_eq!(sum.load(Ordering::Relaxed), ROUNDS / 2);
}

#[goxide::test]
fn operands_are_evaluated_once_in_order() {
    let mut log = Vec::new();
    let (a, b) = (chan::<i32>(1), chan::<i32>(1));
    fn note<'a, T>(log: &mut Vec<&'static str>, what: &'static str, value: &'a T) -> &'a T {
        log.push(what);
        value
    }
    select! {
        _ = <-note(&mut log, "receive", &a) => (),
        note(&mut log, "channel", &b) <- *note(&mut log, "value", &3) => (),
    }
    assert_eq!(log, ["receive", "channel", "value"]);
    assert_eq!(b.recv(), Some(3));
}

#[goxide::test]
fn many_cases_at_once() {
    let channels: Vec<_> = (0..20).map(|_| chan::<usize>(0)).collect();
    for (n, ch) in channels.iter().enumerate() {
        let ch = ch.clone();
        go! {
            ch.send(n);
            let _keep = &ch;
        }
    }
    let mut left: Vec<bool> = vec![true; 20];
    for _ in 0..20 {
        let mut arms: Vec<_> =
            channels.iter().zip(&left).map(|(ch, on)| goxide::__private::recv_arm_if(*on, ch)).collect();
        let mut cases: Vec<&mut dyn goxide::__private::Arm> = arms.iter_mut().map(|arm| arm as _).collect();
        let chosen = goxide::__private::select(&mut cases, false);
        assert_eq!(arms[chosen].take(), Some(chosen));
        left[chosen] = false;
    }
    assert!(left.iter().all(|on| !on));
}

#[goxide::test]
fn exactly_one_case_commits() {
    // Each value goes through one of three channels, with selects on both sides.
    let channels: Arc<Vec<Chan<usize>>> = Arc::new((0..3).map(|i| chan(i % 2)).collect());
    let senders = WaitGroup::new();
    let receivers = WaitGroup::new();
    let (sum, count) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let stop = chan::<()>(0);
    for s in 0..4 {
        let channels = channels.clone();
        senders.go(move || {
            let [a, b, c] = &channels[..] else { unreachable!() };
            for i in 0..ROUNDS {
                let v = s * ROUNDS + i;
                select! { a <- v => (), b <- v => (), c <- v => () }
            }
        });
    }
    for _ in 0..4 {
        let (channels, sum, count, stop) = (channels.clone(), sum.clone(), count.clone(), stop.clone());
        receivers.go(move || {
            let [a, b, c] = &channels[..] else { unreachable!() };
            loop {
                let v = select! { v = <-a => v, v = <-b => v, v = <-c => v, _ = <-stop => break };
                sum.fetch_add(v.unwrap(), Ordering::Relaxed);
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    senders.wait();
    while count.load(Ordering::Relaxed) < 4 * ROUNDS {
        goxide::yield_now();
    }
    stop.close();
    receivers.wait();
    let n = 4 * ROUNDS;
    assert_eq!((count.load(Ordering::Relaxed), sum.load(Ordering::Relaxed)), (n, n * (n - 1) / 2));
}

#[goxide::test]
fn timeouts() {
    let never = chan::<()>(0);
    let start = std::time::Instant::now();
    let out = select! {
        _ = <-never => false,
        _ = <-goxide::time::after(Duration::from_millis(20)) => true,
    };
    assert!(out);
    assert!(start.elapsed() >= Duration::from_millis(20));
}

#[test]
fn plain_threads_select_too() {
    let (a, b) = (chan::<usize>(0), chan::<usize>(0));
    let (a2, b2) = (a.clone(), b.clone());
    let n = if cfg!(miri) { 20 } else { 2000 };
    let threads: Vec<_> = [a2, b2]
        .into_iter()
        .map(|ch| {
            std::thread::spawn(move || {
                for i in 0..n {
                    ch.send(i);
                }
            })
        })
        .collect();
    let mut sum = 0;
    for _ in 0..2 * n {
        sum += select! { v = <-a => v.unwrap(), v = <-b => v.unwrap() };
    }
    assert_eq!(sum, n * (n - 1));
    for thread in threads {
        thread.join().unwrap();
    }
}
