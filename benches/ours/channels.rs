//! Benchmarks of channels and select: the classics that goroutines are known for.

use goxide::sync::WaitGroup;
use goxide::{Chan, chan, go, select};
use goxide_benches::common::{per_op, sieve_done, skynet_done};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

pub fn pingpong(n: usize) {
    let (a, b) = (chan::<usize>(0), chan::<usize>(0));
    go!(echo(a.clone(), b.clone()));
    let start = Instant::now();
    for i in 0..n {
        a.send(i);
        assert_eq!(b.recv(), Some(i));
    }
    per_op("pingpong", start.elapsed(), n);
    a.close();
}

fn echo(from: Chan<usize>, to: Chan<usize>) {
    for v in &from {
        to.send(v);
    }
    to.close();
}

/// `pairs` producers and as many consumers over one buffer of 128.
pub fn buffered(n: usize, pairs: usize) {
    let ch = chan::<usize>(128);
    let (sent, received) = (WaitGroup::new(), WaitGroup::new());
    let sum = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    for _ in 0..pairs {
        let ch = ch.clone();
        sent.go(move || {
            for i in 0..n / pairs {
                ch.send(i);
            }
        });
    }
    for _ in 0..pairs {
        let (ch, sum) = (ch.clone(), sum.clone());
        received.go(move || {
            sum.fetch_add((&ch).into_iter().count(), Ordering::Relaxed);
        });
    }
    sent.wait();
    ch.close();
    received.wait();
    let elapsed = start.elapsed();
    assert_eq!(sum.load(Ordering::Relaxed), n / pairs * pairs);
    per_op(if pairs == 1 { "chan_1x1" } else { "chan_4x4" }, elapsed, n);
}

pub fn select_fanin(n: usize) {
    let [a, b, c, d] = [(); 4].map(|()| {
        let ch = chan::<usize>(0);
        let out = ch.clone();
        go!(move || {
            for _ in 0..n / 4 {
                out.send(1);
            }
        });
        ch
    });
    let mut sum = 0;
    let start = Instant::now();
    while sum < n / 4 * 4 {
        sum += select! {
            v = <-a => v.unwrap_or(0),
            v = <-b => v.unwrap_or(0),
            v = <-c => v.unwrap_or(0),
            v = <-d => v.unwrap_or(0),
        };
    }
    per_op("select_fanin", start.elapsed(), n);
}

pub fn ring(n: usize) {
    const SIZE: usize = 1000;
    let links: Vec<Chan<usize>> = (0..SIZE).map(|_| chan(0)).collect();
    let done = chan::<()>(0);
    for i in 0..SIZE {
        go!(relay(links[i].clone(), links[(i + 1) % SIZE].clone(), done.clone()));
    }
    let start = Instant::now();
    links[0].send(n);
    done.recv();
    per_op("ring", start.elapsed(), n);
}

fn relay(from: Chan<usize>, to: Chan<usize>, done: Chan<()>) {
    for v in &from {
        if v == 0 {
            return done.close();
        }
        to.send(v - 1);
    }
}

pub fn skynet(n: usize) {
    let ch = chan::<usize>(0);
    let start = Instant::now();
    go!(sky(ch.clone(), 0, n));
    let sum = ch.recv().expect("nobody closes it");
    skynet_done(start.elapsed(), n, sum);
}

fn sky(out: Chan<usize>, num: usize, size: usize) {
    if size == 1 {
        return out.send(num);
    }
    let results = chan::<usize>(0);
    let part = size / 10;
    for i in 0..10 {
        go!(sky(results.clone(), num + i * part, part));
    }
    out.send((0..10).filter_map(|_| results.recv()).sum());
}

pub fn sieve(n: usize) {
    let start = Instant::now();
    let mut ch = chan::<usize>(0);
    go!(count(ch.clone()));
    let mut last = 0;
    for _ in 0..n {
        last = ch.recv().expect("the counter never ends");
        let next = chan(0);
        go!(filter(ch, next.clone(), last));
        ch = next;
    }
    sieve_done(start.elapsed(), last);
}

fn count(out: Chan<usize>) {
    for i in 2.. {
        out.send(i);
    }
}

fn filter(from: Chan<usize>, to: Chan<usize>, prime: usize) {
    for v in &from {
        if v % prime != 0 {
            to.send(v);
        }
    }
}
