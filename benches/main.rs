//! `goxide-bench NAME [N]`: goxide's side of the peer benchmarks, plain `go!` with defaults.
//!
//! Names, work and output (`RESULT name value unit ..`) are those of the peers' programs, so that runs can be paired.
//! Always holds: nothing is timed but the work itself, and each result is checked before it is printed.
//! `tcp_echo` is missing until the runtime has a network.

use goxide::sync::{Mutex, WaitGroup};
use goxide::{Chan, chan, go, select};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A field of /proc/self/status in kB.
fn status(key: &str) -> i64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    field.and_then(|v| v.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn per_op(name: &str, elapsed: Duration, n: usize) {
    println!("RESULT {name} {:.2} ns", elapsed.as_nanos() as f64 / n as f64);
}

fn spawn_join(n: usize) {
    let wg = WaitGroup::new();
    let start = Instant::now();
    wg.add(n as i32);
    for _ in 0..n {
        let wg = wg.clone();
        go!(move || wg.done());
    }
    wg.wait();
    per_op("spawn_join", start.elapsed(), n);
}

fn parked_mem(n: usize) {
    let ch = chan::<()>(0);
    let started = Arc::new(AtomicUsize::new(0));
    let (rss, pte) = (status("VmRSS"), status("VmPTE"));
    let start = Instant::now();
    for _ in 0..n {
        let (ch, started) = (ch.clone(), started.clone());
        go!(move || {
            started.fetch_add(1, Ordering::Relaxed);
            ch.recv();
        });
    }
    while started.load(Ordering::Relaxed) != n {
        goxide::time::sleep(Duration::from_millis(1));
    }
    let elapsed = start.elapsed();
    goxide::time::sleep(Duration::from_millis(200));
    let (rss_after, pte_after) = (status("VmRSS"), status("VmPTE"));
    println!(
        "RESULT parked_mem {:.1} B/task rss_kb={rss_after} pte_B/task={:.1} create_ns={:.0}",
        (rss_after - rss) as f64 * 1024.0 / n as f64,
        (pte_after - pte) as f64 * 1024.0 / n as f64,
        elapsed.as_nanos() as f64 / n as f64,
    );
    ch.close();
}

fn pingpong(n: usize) {
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

fn buffered(n: usize, producers: usize, consumers: usize) {
    let ch = chan::<usize>(128);
    let (sent, received) = (WaitGroup::new(), WaitGroup::new());
    let sum = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    for _ in 0..producers {
        sent.add(1);
        let (ch, sent) = (ch.clone(), sent.clone());
        go!(move || {
            for i in 0..n / producers {
                ch.send(i);
            }
            sent.done();
        });
    }
    for _ in 0..consumers {
        received.add(1);
        let (ch, received, sum) = (ch.clone(), received.clone(), sum.clone());
        go!(move || {
            sum.fetch_add((&ch).into_iter().count(), Ordering::Relaxed);
            received.done();
        });
    }
    sent.wait();
    ch.close();
    received.wait();
    let elapsed = start.elapsed();
    assert_eq!(sum.load(Ordering::Relaxed), n / producers * producers);
    per_op("chan_buffered", elapsed, n);
}

fn select_fanin(n: usize) {
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

fn ring(n: usize) {
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

fn skynet(n: usize) {
    let ch = chan::<usize>(0);
    let start = Instant::now();
    go!(sky(ch.clone(), 0, n));
    let sum = ch.recv();
    let elapsed = start.elapsed();
    assert_eq!(sum, Some(n * (n - 1) / 2));
    println!("RESULT skynet {:.2} ms rss_kb={}", elapsed.as_micros() as f64 / 1000.0, status("VmHWM"));
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

fn sieve(n: usize) {
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
    println!("RESULT sieve {:.3} s last={last}", start.elapsed().as_secs_f64());
}

fn mutex(n: usize) {
    let counter = Arc::new(Mutex::new(0));
    let wg = WaitGroup::new();
    let start = Instant::now();
    for _ in 0..8 {
        wg.add(1);
        let (counter, wg) = (counter.clone(), wg.clone());
        go!(move || {
            for _ in 0..n {
                *counter.lock() += 1;
            }
            wg.done();
        });
    }
    wg.wait();
    let elapsed = start.elapsed();
    assert_eq!(*counter.lock(), 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

fn yields(n: usize) {
    let wg = WaitGroup::new();
    let start = Instant::now();
    for _ in 0..2 {
        wg.add(1);
        let wg = wg.clone();
        go!(move || {
            for _ in 0..n / 2 {
                goxide::yield_now();
            }
            wg.done();
        });
    }
    wg.wait();
    per_op("yield", start.elapsed(), n);
}

const USAGE: &str = "usage: goxide-bench NAME [N]
names: spawn_join spawn_warm parked_mem pingpong chan_1x1 chan_4x4 select_fanin ring skynet sieve mutex yield
(yield measures one worker: run it with GOMAXPROCS=1)";

#[goxide::main]
fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let n = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    match name.as_str() {
        "spawn_join" => spawn_join(n),
        "spawn_warm" => (0..3).for_each(|_| spawn_join(n)),
        "parked_mem" => parked_mem(n),
        "pingpong" => pingpong(n),
        "chan_1x1" => buffered(n, 1, 1),
        "chan_4x4" => buffered(n, 4, 4),
        "select_fanin" => select_fanin(n),
        "ring" => ring(n),
        "skynet" => skynet(n),
        "sieve" => sieve(n),
        "mutex" => mutex(n),
        "yield" => yields(n),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
