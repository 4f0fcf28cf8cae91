//! Go's channel semantics case by case. Beside each case stands where it comes from: a section of the Go specification, the Go
//! memory model, or `runtime:` for what Go's runtime does without a promise and programs rely on.
//!
//! `tests/run` runs this file on the slab and the generator substrate, in debug and in release. No case depends on the
//! machine's speed: where a case needs others to be waiting already, it gives them time and may try again; what is asserted is then that
//! an order comes about which a wrong implementation never shows.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use goxide::chan::{TryRecvError, TrySendError};
use goxide::sync::WaitGroup;
use goxide::{Chan, chan, go, select, time, yield_now};

/// The message of the panic that `f` ends with.
fn panic_of(f: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(f)).expect_err("it panics");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().expect("a text").to_string(),
    }
}

/// Gives goroutines that are about to wait the time to do so.
fn settle() {
    for _ in 0..10 {
        yield_now();
    }
    time::sleep(Duration::from_millis(2));
}

/// Runs `attempt` until it succeeds; it fails only when a goroutine came too late to where it waits.
fn eventually(what: &str, mut attempt: impl FnMut() -> bool) {
    assert!((0..100).any(|_| attempt()), "{what}: not once in a hundred attempts");
}

/// Counts the values that are alive.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(count: &Arc<AtomicUsize>) -> Alive {
        count.fetch_add(1, Relaxed);
        Alive(count.clone())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

// Nil channels.

/// Send statements: "A send on a nil channel blocks forever"; Receive operator: "Receiving from a nil channel blocks forever".
#[goxide::test]
fn nil_blocks_both_directions_for_ever() {
    let passed = Arc::new(AtomicUsize::new(0));
    let (p, q) = (passed.clone(), passed.clone());
    go! {
        Chan::nil().send(1);
        p.fetch_add(1, Relaxed);
    }
    go! {
        Chan::<i32>::nil().recv();
        q.fetch_add(1, Relaxed);
    }
    settle();
    assert_eq!(passed.load(Relaxed), 0);
}

/// For statements with range clause: "if the channel is nil, the range expression blocks forever".
#[goxide::test]
fn range_over_nil_blocks() {
    let passed = Arc::new(AtomicUsize::new(0));
    let p = passed.clone();
    go! {
        for _ in &Chan::<i32>::nil() {}
        p.store(1, Relaxed);
    }
    settle();
    assert_eq!(passed.load(Relaxed), 0);
}

/// Select statements: channels that are nil are never ready; with nothing but them, default is taken.
#[goxide::test]
fn select_passes_over_nil() {
    let (nil, open) = (Chan::<i32>::nil(), chan::<i32>(1));
    for _ in 0..50 {
        assert_eq!(select! { _ = <-nil => 0, nil <- 1 => 1, default => 2 }, 2);
        assert_eq!(select! { _ = <-nil => 0, nil <- 1 => 1, open <- 2 => 3 }, 3);
        assert_eq!(select! { _ = <-nil => 0, v = <-open => v.unwrap(), nil <- 1 => 1 }, 2);
    }
}

/// Close: "Closing the nil channel also causes a run-time panic"; runtime: its text. Length and capacity: of nil both 0.
#[goxide::test]
fn nil_close_len_cap() {
    let nil = Chan::<i32>::nil();
    assert_eq!(panic_of(|| nil.close()), "close of nil channel");
    // Making slices, maps and channels: a size out of range panics; runtime: the text.
    assert_eq!(panic_of(|| drop(chan::<u64>(usize::MAX))), "makechan: size out of range");
    assert_eq!((nil.len(), nil.cap()), (0, 0));
}

/// Comparison operators: "Two channel values are equal if they were created by the same call to make or if both have value nil".
#[goxide::test]
fn equality_is_identity() {
    let (a, b) = (chan::<i32>(0), chan::<i32>(0));
    assert!(a == a.clone() && a != b && a != Chan::nil() && Chan::<i32>::nil() == Chan::nil());
}

// Closing.

/// Close: sending or closing again panics; runtime: the texts. A select that chooses the send panics, too, even beside a default.
#[goxide::test]
fn panics_have_the_words_of_go() {
    for cap in [0, 1] {
        let ch = chan::<i32>(cap);
        ch.close();
        assert_eq!(panic_of(|| ch.send(1)), "send on closed channel");
        assert_eq!(panic_of(|| ch.close()), "close of closed channel");
        assert_eq!(panic_of(|| select! { ch <- 1 => (), default => () }), "send on closed channel");
        assert_eq!(ch.try_send(1), Err(TrySendError::Closed(1)));
    }
}

/// The channel is whole after such a panic: what was buffered is still received, and its lock is free.
#[goxide::test]
fn a_panic_leaves_the_channel_usable() {
    let ch = chan(2);
    ch.send(1);
    ch.close();
    panic_of(|| ch.send(2));
    panic_of(|| select! { ch <- 3 => () });
    assert_eq!((ch.len(), ch.recv(), ch.recv()), (1, Some(1), None));
}

/// Receive operator: receiving from a closed channel "can always proceed immediately, yielding the zero value after any previously sent
/// values have been received".
#[goxide::test]
fn closed_drains_then_is_always_ready() {
    let ch = chan(3);
    (1..=3).for_each(|v| ch.send(v));
    ch.close();
    assert_eq!((ch.len(), ch.cap()), (3, 3));
    assert_eq!((ch.recv(), ch.try_recv()), (Some(1), Ok(2)));
    assert_eq!(select! { v = <-ch => v, default => Some(0) }, Some(3));
    for _ in 0..3 {
        assert_eq!((ch.recv(), ch.try_recv()), (None, Err(TryRecvError::Closed)));
        assert_eq!(select! { v = <-ch => v, default => Some(0) }, None);
    }
}

/// runtime: close wakes every waiting receiver, those in selects included.
#[goxide::test]
fn close_wakes_every_receiver() {
    let (ch, never) = (chan::<i32>(0), chan::<i32>(0));
    let wg = WaitGroup::new();
    for n in 0..20 {
        let (ch, never) = (ch.clone(), never.clone());
        wg.go(move || match n % 2 {
            0 => assert_eq!(ch.recv(), None),
            _ => assert_eq!(select! { v = <-ch => v, v = <-never => v }, None),
        });
    }
    settle();
    ch.close();
    wg.wait();
}

/// runtime: close makes every waiting sender panic, those in selects included; their values are not received.
#[goxide::test]
fn close_makes_every_waiting_sender_panic() {
    for cap in [0, 2] {
        let (ch, never) = (chan::<usize>(cap), chan::<usize>(0));
        (0..cap).for_each(|_| ch.send(0));
        let wg = WaitGroup::new();
        for n in 1..=10 {
            let (ch, never) = (ch.clone(), never.clone());
            wg.go(move || {
                let text = panic_of(|| match n % 2 {
                    0 => ch.send(n),
                    _ => select! { ch <- n => (), _ = <-never => () },
                });
                assert_eq!(text, "send on closed channel");
            });
        }
        settle();
        ch.close();
        wg.wait();
        assert_eq!(ch.iter().collect::<Vec<_>>(), vec![0; cap]);
    }
}

/// For statements with range clause: "the iteration values produced are the successive values sent on the channel until the channel
/// is closed".
#[goxide::test]
fn range_ends_with_close() {
    for cap in [0, 1, 7] {
        let ch = chan(cap);
        let tx = ch.clone();
        go! {
            (0..100).for_each(|v| tx.send(v));
            tx.close();
        }
        assert_eq!(ch.iter().collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    }
}

// Buffers and order.

/// Length and capacity: "number of elements queued in channel buffer" and "channel buffer capacity"; waiting senders do not count.
#[goxide::test]
fn len_and_cap_are_of_the_buffer() {
    let ch = chan(2);
    assert_eq!((ch.len(), ch.cap(), ch.is_empty()), (0, 2, true));
    ch.send(1);
    assert_eq!(ch.len(), 1);
    ch.send(2);
    let tx = ch.clone();
    go! {
        tx.send(3);
        tx.close();
    }
    settle();
    assert_eq!((ch.len(), ch.cap()), (2, 2));
    assert_eq!(ch.iter().collect::<Vec<_>>(), [1, 2, 3]);
    let unbuffered = chan::<i32>(0);
    assert_eq!((unbuffered.len(), unbuffered.cap()), (0, 0));
}

/// Channel types: "Channels act as first-in-first-out queues", also when the buffer's ring has gone round and senders wait.
#[goxide::test]
fn values_arrive_in_the_order_sent() {
    for cap in 0..5 {
        let ch = chan(cap);
        let tx = ch.clone();
        go! {
            for v in 0..500 {
                tx.send(v);
                if v % 7 == 0 {
                    yield_now();
                }
            }
            tx.close();
        }
        let mut expected = 0;
        for v in &ch {
            assert_eq!(v, expected);
            expected += 1;
        }
        assert_eq!(expected, 500);
    }
}

/// runtime: of several waiting senders the one that has waited longest is served first, behind the buffer.
#[goxide::test]
fn waiting_senders_are_served_in_turn() {
    for cap in [0, 2] {
        eventually("senders in turn", || {
            let ch = chan(cap);
            (0..cap).for_each(|v| ch.send(v));
            for v in cap..cap + 5 {
                let tx = ch.clone();
                go! { tx.send(v); let _keep = &tx; }
                settle();
            }
            (0..cap + 5).all(|v| ch.recv() == Some(v))
        });
    }
}

/// runtime: of several waiting receivers the one that has waited longest gets the next value, whether it receives or selects.
#[goxide::test]
fn waiting_receivers_are_served_in_turn() {
    eventually("receivers in turn", || {
        let (ch, never) = (chan(0), chan::<usize>(0));
        let got = chan(5);
        for n in 0..5 {
            let (ch, never, got) = (ch.clone(), never.clone(), got.clone());
            go! {
                let v = if n % 2 == 0 { ch.recv() } else { select! { v = <-never => v, v = <-ch => v } };
                got.send((n, v.unwrap()));
            }
            settle();
        }
        (0..5).for_each(|v| ch.send(v));
        (0..5).map(|_| got.recv().unwrap()).filter(|(n, v)| n == v).count() == 5
    });
}

/// The channel prefers a waiting receiver to the buffer, and a receive moves a waiting sender's value into it.
#[goxide::test]
fn a_receive_makes_room_for_a_waiting_sender() {
    eventually("the buffer is filled up", || {
        let ch = chan(1);
        ch.send(1);
        let (tx, done) = (ch.clone(), chan(1));
        let told = done.clone();
        go! {
            tx.send(2);
            told.send(());
        }
        settle();
        let first = ch.recv();
        let full = ch.len() == 1;
        done.recv();
        assert_eq!((first, ch.recv()), (Some(1), Some(2)));
        full
    });
}

// Synchronisation.

/// Memory model: "A receive from an unbuffered channel is synchronized before the completion of the corresponding send".
#[goxide::test]
fn unbuffered_receive_comes_before_the_end_of_the_send() {
    let ch = chan(0);
    let word = Arc::new(AtomicUsize::new(0));
    for round in 1..=1000 {
        let (rx, w) = (ch.clone(), word.clone());
        go! {
            w.store(round, Relaxed);
            rx.recv();
        }
        ch.send(());
        assert_eq!(word.load(Relaxed), round);
    }
}

/// Memory model: "A send on a channel is synchronized before the completion of the corresponding receive", buffered or not; and "The
/// closing of a channel is synchronized before a receive that returns because the channel is closed".
#[goxide::test]
fn send_and_close_come_before_the_receive() {
    for cap in [0, 1, 3] {
        for round in 1..=300 {
            let ch = chan(cap);
            let word = Arc::new(AtomicUsize::new(0));
            let (tx, w) = (ch.clone(), word.clone());
            go! {
                w.store(round, Relaxed);
                if round % 2 == 0 {
                    tx.close();
                } else {
                    tx.send(());
                }
            }
            ch.recv();
            assert_eq!(word.load(Relaxed), round);
        }
    }
}

/// Memory model: "The kth receive on a channel with capacity C is synchronized before the completion of the k+Cth send": a channel is a
/// counting semaphore.
#[goxide::test]
fn a_buffered_channel_is_a_semaphore() {
    let limit = chan(3);
    let (inside, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let wg = WaitGroup::new();
    for _ in 0..30 {
        let (limit, inside, most) = (limit.clone(), inside.clone(), most.clone());
        wg.go(move || {
            for _ in 0..20 {
                limit.send(());
                most.fetch_max(inside.fetch_add(1, Relaxed) + 1, Relaxed);
                yield_now();
                inside.fetch_sub(1, Relaxed);
                limit.recv();
            }
        });
    }
    wg.wait();
    assert!((1..=3).contains(&most.load(Relaxed)), "{most:?}");
}

/// Send statements: "A send on an unbuffered channel can proceed if a receiver is ready": and not before.
#[goxide::test]
fn unbuffered_send_waits() {
    let ch = chan(0);
    assert_eq!(ch.try_send(1), Err(TrySendError::Full(1)));
    assert_eq!(ch.try_recv(), Err(TryRecvError::Empty));
    let sent = Arc::new(AtomicUsize::new(0));
    let (tx, s) = (ch.clone(), sent.clone());
    go! {
        tx.send(1);
        s.store(1, Relaxed);
        tx.send(2);
    }
    settle();
    assert_eq!(sent.load(Relaxed), 0);
    assert_eq!((ch.recv(), ch.recv(), sent.load(Relaxed)), (Some(1), Some(2), 1));
}

// Select.

/// Select statements: "If one or more of the communications can proceed, a single one that can proceed is chosen via a uniform pseudo-random
/// selection".
#[goxide::test]
fn ready_cases_are_chosen_uniformly() {
    const ROUNDS: usize = 8000;
    let (a, b, c, sink) = (chan(1), chan(1), chan::<i32>(0), chan(ROUNDS));
    c.close();
    let mut counts = [0usize; 4];
    for _ in 0..ROUNDS {
        let _ = (a.try_send(1), b.try_send(1));
        counts[select! { _ = <-a => 0, _ = <-b => 1, _ = <-c => 2, sink <- 1 => 3 }] += 1;
    }
    // A fair share is 2000, with a standard deviation of 39: ten of them are beyond chance.
    assert!(counts.iter().all(|n| n.abs_diff(ROUNDS / 4) < 400), "{counts:?}");
}

/// The same channel in two cases: both have their chance, and one value goes through one of them.
#[goxide::test]
fn one_channel_in_two_cases() {
    let ch = chan(1);
    let mut counts = [0usize; 2];
    for v in 0..2000 {
        ch.send(v);
        let (case, got) = select! { v = <-ch => (0, v), v = <-ch => (1, v) };
        assert_eq!((got, ch.len()), (Some(v), 0));
        counts[case] += 1;
    }
    assert!(counts.iter().all(|&n| n > 700), "{counts:?}");
    // And while both wait: the value is received once.
    let (unbuffered, report) = (chan(0), chan(0));
    let (rx, told) = (unbuffered.clone(), report.clone());
    go! {
        for _ in 0..100 {
            told.send(select! { v = <-rx => v.unwrap(), v = <-rx => v.unwrap() });
        }
    }
    for v in 0..100 {
        unbuffered.send(v);
        assert_eq!(report.recv(), Some(v));
    }
    // Two sends: one of them happens.
    select! { ch <- 1 => (), ch <- 2 => () }
    assert_eq!(ch.len(), 1);
}

/// Send and receive on one unbuffered channel in one select: it never meets itself. On a buffered one each is taken when it can be.
#[goxide::test]
fn both_directions_of_one_channel_in_one_select() {
    let ch = chan::<i32>(0);
    for _ in 0..20 {
        assert_eq!(select! { v = <-ch => v, ch <- 1 => Some(-1), default => Some(-2) }, Some(-2));
    }
    let meets = Arc::new(AtomicUsize::new(0));
    let m = meets.clone();
    let lonely = ch.clone();
    go! {
        select! { v = <-lonely => assert_eq!(v, Some(7)), lonely <- 1 => () }
        m.store(1, Relaxed);
    }
    settle();
    assert_eq!(meets.load(Relaxed), 0);
    select! { v = <-ch => assert_eq!(v, Some(1)), ch <- 7 => () }
    let buffered = chan(1);
    for v in 0..20 {
        let sent =
            select! { got = <-buffered => { assert_eq!(got, Some(v - 1)); false }, buffered <- v => true };
        assert_eq!(sent, v % 2 == 0);
    }
}

/// Select statements: default is chosen only if no communication can proceed.
#[goxide::test]
fn default_only_when_nothing_is_ready() {
    let (a, b) = (chan::<i32>(1), chan::<i32>(1));
    b.send(0);
    for _ in 0..500 {
        assert_eq!(select! { _ = <-a => 0, b <- 1 => 1, default => 2 }, 2);
        a.send(1);
        assert_eq!(select! { _ = <-a => 0, b <- 1 => 1, default => 2 }, 0);
    }
}

/// Select statements: "a select with only nil channels and no default case blocks forever": others go on.
#[goxide::test]
fn a_select_of_nothing_blocks() {
    let passed = Arc::new(AtomicUsize::new(0));
    let p = passed.clone();
    go! {
        let nil = Chan::<i32>::nil();
        select! { _ = <-nil => (), nil <- 1 => () }
        p.store(1, Relaxed);
    }
    settle();
    assert_eq!(passed.load(Relaxed), 0);
}

/// A waiting select takes exactly one value, leaves the others' channels alone, and is in no queue afterwards.
#[goxide::test]
fn a_waiting_select_takes_one_value() {
    for round in 0..200 {
        let (a, b) = (chan(0), chan(0));
        let wg = WaitGroup::new();
        let got = chan(1);
        let (ra, rb, told) = (a.clone(), b.clone(), got.clone());
        wg.go(move || told.send(select! { v = <-ra => v.unwrap(), v = <-rb => v.unwrap() }));
        if round % 2 == 0 {
            yield_now();
        }
        let (sa, sb) = (a.clone(), b.clone());
        wg.go(move || sa.send(1));
        wg.go(move || sb.send(2));
        let first = got.recv().unwrap();
        let other = if first == 1 { &b } else { &a };
        assert_eq!(other.recv(), Some(3 - first));
        wg.wait();
        assert_eq!((a.try_send(9), b.try_send(9)), (Err(TrySendError::Full(9)), Err(TrySendError::Full(9))));
    }
}

/// Close against a select that waits to receive from several: the closed channel's case is chosen.
#[goxide::test]
fn close_reaches_a_waiting_select() {
    for _ in 0..200 {
        let (a, b, done) = (chan::<i32>(0), chan::<i32>(0), chan(0));
        let (ra, rb, told) = (a.clone(), b.clone(), done.clone());
        go! { told.send(select! { v = <-ra => (0, v), v = <-rb => (1, v) }); let _keep = &told; }
        yield_now();
        b.close();
        assert_eq!(done.recv(), Some((1, None)));
    }
}

// Elements.

/// Elements without a size are counted all the same.
#[goxide::test]
fn zero_size_elements() {
    let ch = chan(1000);
    for n in 0..1000 {
        assert_eq!(ch.len(), n);
        ch.send(());
    }
    assert_eq!(ch.try_send(()), Err(TrySendError::Full(())));
    ch.close();
    assert_eq!(ch.iter().count(), 1000);
    let unbuffered = chan([(); 0].len());
    let tx = unbuffered.clone();
    go! {
        (0..50).for_each(|_| tx.send(()));
        tx.close();
    }
    assert_eq!(unbuffered.iter().count(), 50);
}

/// Rust's side of it: each element is dropped once, whether it was received, buffered, refused or in a case that was not chosen.
#[goxide::test]
fn elements_are_dropped_once() {
    let alive = Arc::new(AtomicUsize::new(0));
    let ch = chan(4);
    (0..4).for_each(|_| ch.send(Alive::new(&alive)));
    assert!(ch.try_send(Alive::new(&alive)).is_err());
    assert_eq!(alive.load(Relaxed), 4);
    drop(ch.recv());
    assert_eq!(alive.load(Relaxed), 3);
    let full = chan(0);
    for _ in 0..20 {
        // One of the two is sent, the other one dropped, and what is received is dropped.
        select! { v = <-ch => drop(v), full <- Alive::new(&alive) => (), default => () }
        let _ = ch.try_send(Alive::new(&alive));
    }
    assert_eq!(alive.load(Relaxed), ch.len());
    ch.close();
    let late = Alive::new(&alive);
    assert_eq!(panic_of(|| ch.send(late)), "send on closed channel");
    assert_eq!(alive.load(Relaxed), ch.len());
    drop(ch);
    assert_eq!(alive.load(Relaxed), 0);
}

/// Elements of waiting senders that a close refuses are dropped by them.
#[goxide::test]
fn refused_elements_are_dropped() {
    let alive = Arc::new(AtomicUsize::new(0));
    let ch = chan(0);
    let wg = WaitGroup::new();
    for _ in 0..5 {
        let (ch, alive) = (ch.clone(), alive.clone());
        wg.go(move || {
            panic_of(|| ch.send(Alive::new(&alive)));
        });
    }
    settle();
    ch.close();
    wg.wait();
    assert_eq!(alive.load(Relaxed), 0);
}

/// Nothing is lost or doubled between several senders and receivers, and each sender's values stay in order (Channel types: FIFO).
#[goxide::test]
fn many_to_many_keeps_each_senders_order() {
    const EACH: usize = 300;
    for cap in [0, 1, 4] {
        let ch = chan(cap);
        let (senders, receivers, all) = (WaitGroup::new(), WaitGroup::new(), chan(4));
        for s in 0..4 {
            let tx = ch.clone();
            senders.go(move || (0..EACH).for_each(|v| tx.send((s, v))));
        }
        for _ in 0..4 {
            let (rx, all) = (ch.clone(), all.clone());
            receivers.go(move || {
                let got: Vec<(usize, usize)> = rx.iter().collect();
                for s in 0..4 {
                    assert!(
                        got.iter().filter(|v| v.0 == s).is_sorted(),
                        "one receiver sees one sender's values in order"
                    );
                }
                all.send(got);
            });
        }
        senders.wait();
        ch.close();
        receivers.wait();
        all.close();
        let seen: Vec<_> = all.iter().flatten().collect();
        assert_eq!(seen.len(), 4 * EACH);
        assert_eq!(seen.into_iter().collect::<HashSet<_>>().len(), 4 * EACH);
    }
}
