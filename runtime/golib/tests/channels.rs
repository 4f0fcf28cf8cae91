//! Channels of translated Go: values, directions, closing, nil, select, range.

mod support;

use goxide_golib::prelude::*;
use support::{panic_of, runtime_error_of};

const MANY: isize = if cfg!(miri) { 20 } else { 2000 };

#[goxide::test]
fn values_arrive_in_order() {
    for cap in [0, 1, 7] {
        let c = Chan::<Any>::make(cap);
        go!(move || {
            for i in 0..MANY {
                c.send(any(slice([i, i + 1])));
            }
            c.close();
        });
        let mut next = 0;
        for value in c.range() {
            assert_eq!(value.assert::<Slice<isize>>().to_vec(), [next, next + 1]);
            next += 1;
        }
        assert_eq!((next, c.recv_ok().1, c.recv().is_nil()), (MANY, false, true));
    }
}

#[goxide::test]
fn buffers_have_length_and_capacity() {
    let c = Chan::<Str>::make(3);
    c.send(str("a"));
    c.send(str("b"));
    assert_eq!((c.len(), c.cap()), (2, 3));
    c.close();
    assert_eq!((c.recv(), c.recv_ok(), c.recv_ok()), (str("a"), (str("b"), true), (str(""), false)));
    let nothing = Chan::<[isize; 0]>::make(5);
    (0..5).for_each(|_| nothing.send([]));
    assert_eq!((nothing.len(), nothing.recv_ok()), (5, ([], true)));
}

#[goxide::test]
fn directions() {
    fn produce(out: SendChan<isize>) {
        (0..5).for_each(|i| out.send(i));
        out.close();
    }
    fn sum(input: RecvChan<isize>) -> isize {
        input.range().sum()
    }
    let c = Chan::<isize>::make(1);
    go!(produce(c.send_only()));
    assert_eq!(sum(c.recv_only()), 10);
    assert!(any(c) == any(c) && any(c.recv_only()) != any(c) && c != Chan::make(1));
}

#[goxide::test]
fn nil_and_closed_channels() {
    let none = nil::<Chan<isize>>();
    assert!(none.is_nil() && none.is_empty() && none.cap() == 0);
    let chosen = select! {
        _ = <-none => "received",
        none <- 1isize => "sent",
        default => "neither",
    };
    assert_eq!(chosen, "neither");
    assert_eq!(runtime_error_of(move || none.close()), "close of nil channel");
    let c = Chan::<isize>::make(1);
    c.close();
    assert_eq!(runtime_error_of(move || c.close()), "close of closed channel");
    assert_eq!(runtime_error_of(move || c.send(1)), "send on closed channel");
    assert_eq!(runtime_error_of(move || select! { c <- 1isize => {} }), "send on closed channel");
    assert_eq!(panic_of(|| Chan::<isize>::make(-1)).as_deref(), Some("makechan: size out of range"));
}

#[goxide::test]
fn select_receives_sends_and_defaults() {
    let (numbers, texts) = (Chan::<isize>::make(1), Chan::<Str>::make(1));
    let step = || {
        select! {
            (n, ok) = <-numbers => format!("number {n} {ok}"),
            texts <- str("sent") => "sent".to_string(),
        }
    };
    assert_eq!(step(), "sent");
    numbers.send(7);
    assert_eq!(step(), "number 7 true");
    numbers.close();
    assert_eq!(step(), "number 0 false");
    let text = select! {
        t = <-texts.recv_only() => t,
        default => str("none"),
    };
    assert_eq!(text, str("sent"));
}

#[goxide::test]
fn a_select_wakes_by_either_side() {
    let (c, done) = (Chan::<isize>::make(0), Chan::<bool>::make(0));
    go!(move || {
        for i in 0..MANY {
            c.send(i);
        }
        done.send(true);
    });
    let sum = Ptr::new(0isize);
    loop {
        select! {
            v = <-c => sum.set(sum.get() + v),
            <-done => break,
        }
    }
    assert_eq!(sum.get(), MANY * (MANY - 1) / 2);
}

#[goxide::test]
fn many_goroutines_share_memory_through_channels() {
    let results = Chan::<Ptr<isize>>::make(0);
    for i in 0..10isize {
        go!(move || {
            let sum = Ptr::new(0isize);
            (0..=i).for_each(|n| sum.set(sum.get() + n));
            results.send(sum);
        });
    }
    let total: isize = (0..10).map(|_| results.recv().get()).sum();
    assert_eq!(total, 165);
}
