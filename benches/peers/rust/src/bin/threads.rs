//! `threads NAME [N]`: OS threads. Channels are crossbeam's unless the name ends in `_flume` or `_kanal`.
//!
//! Fair enough only with N far below the others' where each step wakes a thread; the table says which N it took.

use goxide_peers::common::*;
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A thread, or an end with a message where there can be no more of them.
fn start<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    thread::Builder::new().spawn(body).unwrap_or_else(|error| {
        eprintln!("no further thread: {error}");
        std::process::exit(1);
    })
}

fn join<T>(threads: Vec<JoinHandle<T>>) -> Vec<T> {
    threads.into_iter().map(|thread| thread.join().expect("it doesn't panic")).collect()
}

/// A hundred at a time, so that the limit of threads isn't met.
fn spawn_join(n: usize) {
    let begun = Instant::now();
    let mut left = n;
    while left > 0 {
        let some = left.min(100);
        join((0..some).map(|_| start(|| {})).collect());
        left -= some;
    }
    per_op("spawn_join", begun.elapsed(), n);
}

fn parked_mem(n: usize) {
    let (_tx, rx) = crossbeam_channel::unbounded::<()>();
    let started = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let begun = Instant::now();
    for _ in 0..n {
        let (rx, started) = (rx.clone(), started.clone());
        start(move || {
            started.fetch_add(1, Ordering::Relaxed);
            let _ = rx.recv();
        });
    }
    while started.load(Ordering::Relaxed) != n {
        thread::sleep(Duration::from_millis(1));
    }
    let created = begun.elapsed();
    thread::sleep(Duration::from_millis(200));
    memory.report(n, created);
}

/// Each library has its own types with the same methods, so these are macros.
macro_rules! pingpong {
    ($n:expr, $channel:expr) => {{
        let ((a, from_a), (b, from_b)) = ($channel, $channel);
        start(move || {
            while let Ok(v) = from_a.recv() {
                let _ = b.send(v);
            }
        });
        let begun = Instant::now();
        for i in 0..$n {
            a.send(i).expect("the echo lives");
            assert_eq!(from_b.recv().expect("the echo lives"), i);
        }
        per_op("pingpong", begun.elapsed(), $n);
    }};
}

macro_rules! buffered {
    ($n:expr, $pairs:expr, $channel:expr) => {{
        let (tx, rx) = $channel;
        let begun = Instant::now();
        let (mut producers, mut consumers) = (Vec::new(), Vec::new());
        for _ in 0..$pairs {
            let (tx, rx) = (tx.clone(), rx.clone());
            producers.push(start(move || (0..$n / $pairs).for_each(|i| tx.send(i).expect("consumers live"))));
            consumers.push(start(move || std::iter::from_fn(|| rx.recv().ok()).count()));
        }
        drop((tx, rx));
        join(producers);
        let sum: usize = join(consumers).into_iter().sum();
        assert_eq!(sum, $n / $pairs * $pairs);
        per_op(if $pairs == 1 { "chan_1x1" } else { "chan_4x4" }, begun.elapsed(), $n);
    }};
}

fn select_fanin(n: usize) {
    let [a, b, c, d] = [(); 4].map(|()| {
        let (tx, rx) = crossbeam_channel::bounded::<usize>(0);
        start(move || {
            (0..n / 4).for_each(|_| tx.send(1).expect("it is received"));
            // A closed channel would be ready for ever.
            std::mem::forget(tx);
        });
        rx
    });
    let mut sum = 0;
    let begun = Instant::now();
    while sum < n / 4 * 4 {
        sum += crossbeam_channel::select! {
            recv(a) -> v => v,
            recv(b) -> v => v,
            recv(c) -> v => v,
            recv(d) -> v => v,
        }
        .expect("never closed");
    }
    per_op("select_fanin", begun.elapsed(), n);
}

fn ring(n: usize) {
    const SIZE: usize = 1000;
    let links: Vec<_> = (0..SIZE).map(|_| crossbeam_channel::bounded::<usize>(0)).collect();
    let (done, end) = crossbeam_channel::bounded::<()>(1);
    for i in 0..SIZE {
        let (from, to, done) = (links[i].1.clone(), links[(i + 1) % SIZE].0.clone(), done.clone());
        start(move || {
            while let Ok(v) = from.recv() {
                if v == 0 {
                    let _ = done.send(());
                    return;
                }
                let _ = to.send(v - 1);
            }
        });
    }
    let begun = Instant::now();
    links[0].0.send(n).expect("the ring lives");
    end.recv().expect("the ring lives");
    per_op("ring", begun.elapsed(), n);
}

fn sieve(n: usize) {
    let begun = Instant::now();
    let (tx, mut rx) = crossbeam_channel::bounded::<usize>(0);
    start(move || (2..).try_for_each(|i| tx.send(i)));
    let mut last = 0;
    for _ in 0..n {
        let prime = rx.recv().expect("the counter never ends");
        last = prime;
        let (tx, next) = crossbeam_channel::bounded::<usize>(0);
        let from = std::mem::replace(&mut rx, next);
        start(move || from.iter().filter(|v| v % prime != 0).try_for_each(|v| tx.send(v)));
    }
    sieve_done(begun.elapsed(), last);
}

fn mutex(n: usize) {
    let counter = Arc::new(std::sync::Mutex::new(0));
    let begun = Instant::now();
    let body = |_| {
        let counter = counter.clone();
        start(move || (0..n).for_each(|_| *counter.lock().expect("nobody panics") += 1))
    };
    join((0..8).map(body).collect());
    let elapsed = begun.elapsed();
    assert_eq!(*counter.lock().expect("nobody panics"), 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

fn timers(n: usize) {
    let late = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let body = |i| {
        let late = late.clone();
        start(move || {
            for k in 0..SLEEPS {
                let begun = Instant::now();
                thread::sleep(nap(i, k));
                late.fetch_add((begun.elapsed() - nap(i, k)).as_nanos() as usize, Ordering::Relaxed);
            }
        })
    };
    join((0..n).map(body).collect());
    timers_done(begun.elapsed(), n, late.load(Ordering::Relaxed), None);
}

fn tcp_echo(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    start(move || {
        while let Ok((client, _)) = listener.accept() {
            start(move || -> std::io::Result<()> {
                client.set_nodelay(true)?;
                echo(client)
            });
        }
    });
    let clients: Vec<TcpStream> =
        (0..CONNECTIONS).map(|_| TcpStream::connect(address)).collect::<Result<_, _>>()?;
    let begun = Instant::now();
    let body = |client: TcpStream| {
        start(move || -> std::io::Result<()> {
            client.set_nodelay(true)?;
            ask(client, n)
        })
    };
    join(clients.into_iter().map(body).collect()).into_iter().collect::<Result<Vec<()>, _>>()?;
    tcp_done(begun.elapsed(), n);
    Ok(())
}

fn main() -> ExitCode {
    let (name, n) = arguments();
    match name.as_str() {
        "spawn_join" => spawn_join(n),
        "spawn_warm" => (0..3).for_each(|_| spawn_join(n)),
        "parked_mem" => parked_mem(n),
        "pingpong" => pingpong!(n, crossbeam_channel::bounded::<usize>(0)),
        "pingpong_flume" => pingpong!(n, flume::bounded::<usize>(0)),
        "pingpong_kanal" => pingpong!(n, kanal::bounded::<usize>(0)),
        "chan_1x1" => buffered!(n, 1, crossbeam_channel::bounded::<usize>(128)),
        "chan_4x4" => buffered!(n, 4, crossbeam_channel::bounded::<usize>(128)),
        "chan_1x1_flume" => buffered!(n, 1, flume::bounded::<usize>(128)),
        "chan_4x4_flume" => buffered!(n, 4, flume::bounded::<usize>(128)),
        "chan_1x1_kanal" => buffered!(n, 1, kanal::bounded::<usize>(128)),
        "chan_4x4_kanal" => buffered!(n, 4, kanal::bounded::<usize>(128)),
        "select_fanin" => select_fanin(n),
        "ring" => ring(n),
        "sieve" => sieve(n),
        "mutex" => mutex(n),
        "timers" => timers(n),
        "tcp_echo" => {
            if let Err(error) = tcp_echo(n) {
                eprintln!("tcp_echo: {error}");
                return ExitCode::FAILURE;
            }
        }
        _ => return no_such(&name),
    }
    // Threads that still wait end with the process.
    ExitCode::SUCCESS
}
