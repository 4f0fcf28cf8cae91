//! Channels case by case, as the Go specification has them. What Miri can run too (it takes the `thread` substrate).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use goxide::chan::{TryRecvError, TrySendError};
use goxide::sync::WaitGroup;
use goxide::{Chan, chan, channel, go};

/// The message of the panic that `f` ends with.
fn panic_of(f: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(f)).expect_err("it panics");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().expect("a text").to_string(),
    }
}

#[goxide::test]
fn unbuffered_send_waits_for_its_receive() {
    let (data, done) = (chan(0), chan(0));
    let seen = Arc::new(AtomicUsize::new(0));
    let (data_in, done_in, seen_in) = (data.clone(), done.clone(), seen.clone());
    go! {
        data_in.send(1);
        seen_in.store(1, Ordering::SeqCst);
        data_in.send(2);
        seen_in.store(2, Ordering::SeqCst);
        done_in.send(());
    }
    for _ in 0..20 {
        goxide::yield_now();
    }
    assert_eq!(seen.load(Ordering::SeqCst), 0);
    assert_eq!(data.recv(), Some(1));
    assert_eq!(data.recv(), Some(2));
    done.recv();
    assert_eq!(seen.load(Ordering::SeqCst), 2);
    assert_eq!((data.len(), data.cap()), (0, 0));
}

#[goxide::test]
fn buffered_is_first_in_first_out_and_waits_when_full() {
    let ch = chan(3);
    for i in 0..3 {
        ch.send(i);
    }
    assert_eq!((ch.len(), ch.cap()), (3, 3));
    assert_eq!(ch.try_send(9), Err(TrySendError::Full(9)));
    let tx = ch.clone();
    go! {
        for i in 3..50 {
            tx.send(i);
        }
        tx.close();
    }
    assert_eq!(ch.iter().collect::<Vec<_>>(), (0..50).collect::<Vec<_>>());
}

#[goxide::test]
fn several_senders_waiting_are_served_in_order() {
    let ch = chan(0);
    for i in 0..5 {
        let tx = ch.clone();
        go! {
            tx.send(i);
            let _keep = &tx;
        }
        // Let it get into the queue before the next one. With several workers that takes a moment.
        goxide::time::sleep(std::time::Duration::from_millis(if cfg!(miri) { 20 } else { 5 }));
    }
    let got: Vec<i32> = (0..5).map(|_| ch.recv().unwrap()).collect();
    assert_eq!(got, [0, 1, 2, 3, 4]);
}

#[goxide::test]
fn close_lets_receivers_drain() {
    let ch = chan(4);
    ch.send(1);
    ch.send(2);
    ch.close();
    assert_eq!(ch.recv(), Some(1));
    assert_eq!(ch.try_recv(), Ok(2));
    assert_eq!(ch.recv(), None);
    assert_eq!(ch.try_recv(), Err(TryRecvError::Closed));
    assert_eq!(ch.try_send(3), Err(TrySendError::Closed(3)));
}

#[goxide::test]
fn close_wakes_everyone_who_waits() {
    let ch = chan::<i32>(0);
    let wg = WaitGroup::new();
    for _ in 0..10 {
        let rx = ch.clone();
        wg.go(move || assert_eq!(rx.recv(), None));
    }
    for _ in 0..20 {
        goxide::yield_now();
    }
    ch.close();
    wg.wait();
}

#[goxide::test]
fn close_makes_waiting_senders_panic() {
    let ch = chan(1);
    ch.send(0);
    let report = chan(0);
    let (tx, told) = (ch.clone(), report.clone());
    go! {
        let message = panic_of(|| tx.send(1));
        told.send(message);
    }
    for _ in 0..50 {
        goxide::yield_now();
    }
    ch.close();
    assert_eq!(report.recv().unwrap(), "send on closed channel");
    assert_eq!(ch.recv(), Some(0));
    assert_eq!(ch.recv(), None);
}

#[goxide::test]
fn misuse_panics_with_the_words_of_go() {
    let ch = chan::<i32>(1);
    ch.close();
    assert_eq!(panic_of(|| ch.send(1)), "send on closed channel");
    assert_eq!(panic_of(|| ch.close()), "close of closed channel");
    assert_eq!(panic_of(|| Chan::<i32>::nil().close()), "close of nil channel");
}

#[goxide::test]
fn nil_is_never_ready() {
    let ch = Chan::<i32>::nil();
    assert_eq!(ch.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(ch.try_send(1), Err(TrySendError::Full(1)));
    assert_eq!((ch.len(), ch.cap(), ch.is_nil()), (0, 0, true));
    assert_eq!(Chan::<i32>::default(), ch);
    assert_ne!(chan::<i32>(0), ch);
}

#[goxide::test]
fn handles_of_one_channel_are_equal() {
    let a = chan::<()>(0);
    assert_eq!(a, a.clone());
    assert_ne!(a, chan::<()>(0));
}

#[goxide::test]
fn the_last_sender_closes() {
    let (tx, rx) = channel(2);
    let other = tx.clone();
    tx.send(1).unwrap();
    drop(tx);
    other.send(2).unwrap();
    assert_eq!(rx.try_recv(), Ok(1));
    drop(other);
    assert_eq!(rx.recv(), Some(2));
    assert_eq!(rx.recv(), None);
}

#[goxide::test]
fn the_last_receiver_refuses() {
    let (tx, rx) = channel(0);
    let (again, report) = (tx.clone(), chan(0));
    let told = report.clone();
    go! {
        let error = again.send("waiting".to_string()).unwrap_err();
        told.send(error.0);
    }
    for _ in 0..50 {
        goxide::yield_now();
    }
    drop(rx.clone());
    drop(rx);
    assert_eq!(report.recv().unwrap(), "waiting");
    assert_eq!(tx.send("late".to_string()).unwrap_err().0, "late");
    assert!(matches!(tx.try_send("later".to_string()), Err(TrySendError::Closed(_))));
}

#[goxide::test]
fn every_value_is_dropped_once() {
    struct Counts(Arc<AtomicUsize>);
    impl Drop for Counts {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let drops = Arc::new(AtomicUsize::new(0));
    let new = || Counts(drops.clone());
    let ch = chan(8);
    for _ in 0..5 {
        ch.send(new());
    }
    drop(ch.recv());
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    drop(ch);
    assert_eq!(drops.load(Ordering::SeqCst), 5);
    let (tx, rx) = channel(4);
    assert!(tx.send(new()).is_ok());
    assert!(tx.send(new()).is_ok());
    drop(rx);
    assert_eq!(drops.load(Ordering::SeqCst), 7, "what nobody can receive goes at once");
    assert!(tx.send(new()).is_err());
    assert_eq!(drops.load(Ordering::SeqCst), 8);
}

#[goxide::test]
fn channels_carry_channels() {
    let requests = chan::<Chan<i32>>(0);
    let server = requests.clone();
    go! {
        for (n, reply) in (0..).zip(&server) {
            reply.send(n * n);
        }
    }
    let reply = chan(0);
    for n in 0..5 {
        requests.send(reply.clone());
        assert_eq!(reply.recv(), Some(n * n));
    }
    requests.close();
}

#[goxide::test]
fn values_of_no_size_and_of_much() {
    let none = chan(2);
    none.send(());
    none.send(());
    assert_eq!((none.len(), none.recv(), none.recv()), (2, Some(()), Some(())));
    let big = chan(0);
    let tx = big.clone();
    go! {
        tx.send([7u8; 4000]);
        let _keep = &tx;
    }
    assert_eq!(big.recv().unwrap()[3999], 7);
}

#[test]
fn plain_threads_talk_to_goroutines_and_to_each_other() {
    let (to, from) = (chan::<usize>(0), chan::<usize>(1));
    let (rx, tx) = (to.clone(), from.clone());
    goxide::__private::go(move || {
        for v in &rx {
            tx.send(v * 2);
        }
        tx.close();
    });
    let n = if cfg!(miri) { 20 } else { 2000 };
    let feeder = std::thread::spawn(move || {
        for i in 0..n {
            to.send(i);
        }
        to.close();
    });
    assert_eq!(from.iter().sum::<usize>(), n * (n - 1));
    feeder.join().unwrap();
    let (a, b) = (chan::<usize>(0), chan::<usize>(0));
    let (a2, b2) = (a.clone(), b.clone());
    let echo = std::thread::spawn(move || {
        for v in &a2 {
            b2.send(v + 1);
        }
    });
    for i in 0..n {
        a.send(i);
        assert_eq!(b.recv(), Some(i + 1));
    }
    a.close();
    echo.join().unwrap();
}
