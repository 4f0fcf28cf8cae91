//! `may NAME [N]`: stackful coroutines of crate may, which needs two mappings a stack and so ends at about 32,700 of them.
//!
//! may has unbounded channels only, so `pingpong`, `chan_*`, `ring` and `skynet` use those, which is easier than what the
//! others do; `sieve`, `select_fanin` and the `_bounded` variants count free places with a semaphore. Rejected: may's `select!`,
//! which loses messages (it cancels the arms that lost after they may have received) and then waits for ever; `select_fanin`
//! is its cqueue, each arm started once. `chan_4x4` gives each consumer its share: closing wakes receivers one at a time.

use goxide_peers::common::*;
use may::coroutine::{self, JoinHandle};
use may::net::{TcpListener, TcpStream};
use may::sync::{Mutex, Semphore, mpmc, mpsc};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn join<T>(coroutines: Vec<JoinHandle<T>>) -> Vec<T> {
    coroutines.into_iter().map(|coroutine| coroutine.join().expect("it doesn't panic")).collect()
}

struct Sender<T>(mpsc::Sender<T>, Arc<Semphore>);
struct Receiver<T>(mpsc::Receiver<T>, Arc<Semphore>);

fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let ((tx, rx), free) = (mpsc::channel(), Arc::new(Semphore::new(capacity)));
    (Sender(tx, free.clone()), Receiver(rx, free))
}

impl<T> Sender<T> {
    fn send(&self, v: T) -> Option<()> {
        self.1.wait();
        self.0.send(v).ok()
    }
}

impl<T> Receiver<T> {
    fn recv(&self) -> Option<T> {
        let v = self.0.recv().ok()?;
        self.1.post();
        Some(v)
    }
}

fn spawn_join(n: usize) {
    let begun = Instant::now();
    join((0..n).map(|_| may::go!(|| {})).collect());
    per_op("spawn_join", begun.elapsed(), n);
}

fn parked_mem(n: usize) {
    let (_tx, rx) = mpmc::channel::<()>();
    let started = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let begun = Instant::now();
    for _ in 0..n {
        let (rx, started) = (rx.clone(), started.clone());
        may::go!(move || {
            started.fetch_add(1, Ordering::Relaxed);
            let _ = rx.recv();
        });
    }
    while started.load(Ordering::Relaxed) != n {
        coroutine::sleep(Duration::from_millis(1));
    }
    let created = begun.elapsed();
    coroutine::sleep(Duration::from_millis(200));
    memory.report(n, created);
    // may would cancel the waiting ones by a panic each.
    std::process::exit(0);
}

fn pingpong(n: usize) {
    let ((a, from_a), (b, from_b)) = (mpsc::channel::<usize>(), mpsc::channel::<usize>());
    may::go!(move || {
        while let Ok(v) = from_a.recv() {
            let _ = b.send(v);
        }
    });
    let begun = Instant::now();
    for i in 0..n {
        a.send(i).expect("the echo lives");
        assert_eq!(from_b.recv().expect("the echo lives"), i);
    }
    per_op("pingpong", begun.elapsed(), n);
}

fn chan_1x1(n: usize) {
    let (tx, rx) = mpsc::channel::<usize>();
    let begun = Instant::now();
    let producer = may::go!(move || (0..n).for_each(|i| tx.send(i).expect("the consumer lives")));
    let consumer = may::go!(move || std::iter::from_fn(|| rx.recv().ok()).count());
    join(vec![producer]);
    assert_eq!(join(vec![consumer]), [n]);
    per_op("chan_1x1", begun.elapsed(), n);
}

fn chan_1x1_bounded(n: usize) {
    let (tx, rx) = bounded::<usize>(128);
    let begun = Instant::now();
    let producer = may::go!(move || (0..n).for_each(|i| tx.send(i).expect("the consumer lives")));
    let consumer = may::go!(move || std::iter::from_fn(|| rx.recv()).count());
    join(vec![producer]);
    assert_eq!(join(vec![consumer]), [n]);
    per_op("chan_1x1", begun.elapsed(), n);
}

fn chan_4x4(n: usize, free: Option<Arc<Semphore>>) {
    let (tx, rx) = mpmc::channel::<usize>();
    let begun = Instant::now();
    let producer = |_| {
        let (tx, free) = (tx.clone(), free.clone());
        may::go!(move || for i in 0..n / 4 {
            if let Some(free) = &free {
                free.wait();
            }
            tx.send(i).expect("consumers live");
        })
    };
    let consumer = |_| {
        let (rx, free) = (rx.clone(), free.clone());
        may::go!(move || for _ in 0..n / 4 {
            rx.recv().expect("producers send enough");
            if let Some(free) = &free {
                free.post();
            }
        })
    };
    let (producers, consumers) = ((0..4).map(producer).collect(), (0..4).map(consumer).collect());
    join(producers);
    join(consumers);
    per_op("chan_4x4", begun.elapsed(), n);
}

fn select_fanin(n: usize) {
    let [a, b, c, d] = [(); 4].map(|()| {
        let (tx, rx) = bounded::<usize>(1);
        may::go!(move || {
            (0..n / 4).try_for_each(|_| tx.send(1));
            std::mem::forget(tx);
        });
        rx
    });
    let sum = AtomicUsize::new(0);
    let add = |v: Option<usize>| sum.fetch_add(v.unwrap_or(0), Ordering::Relaxed);
    let begun = Instant::now();
    may::cqueue::scope(|queue| {
        may::cqueue_add!(queue, 0, v = a.recv() => { add(v); });
        may::cqueue_add!(queue, 1, v = b.recv() => { add(v); });
        may::cqueue_add!(queue, 2, v = c.recv() => { add(v); });
        may::cqueue_add!(queue, 3, v = d.recv() => { add(v); });
        while sum.load(Ordering::Relaxed) < n / 4 * 4 {
            queue.poll(None).expect("arms remain");
        }
        per_op("select_fanin", begun.elapsed(), n);
        std::process::exit(0);
    })
}

fn ring(n: usize) {
    const SIZE: usize = 1000;
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..SIZE).map(|_| mpsc::channel::<usize>()).unzip();
    let (done, end) = mpsc::channel::<()>();
    for (i, from) in receivers.into_iter().enumerate() {
        let (to, done) = (senders[(i + 1) % SIZE].clone(), done.clone());
        may::go!(move || {
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
    senders[0].send(n).expect("the ring lives");
    end.recv().expect("the ring lives");
    per_op("ring", begun.elapsed(), n);
}

fn skynet(n: usize) {
    let (tx, rx) = mpsc::channel();
    let begun = Instant::now();
    may::go!(move || sky(tx, 0, n));
    let sum = rx.recv().expect("the root answers");
    skynet_done(begun.elapsed(), n, sum);
}

fn sky(out: mpsc::Sender<usize>, num: usize, size: usize) {
    if size == 1 {
        return out.send(num).expect("it is received");
    }
    let (tx, rx) = mpsc::channel();
    let part = size / 10;
    for i in 0..10 {
        let tx = tx.clone();
        may::go!(move || sky(tx, num + i * part, part));
    }
    let sum = (0..10).map(|_| rx.recv().expect("each answers")).sum();
    out.send(sum).expect("it is received");
}

fn sieve(n: usize) {
    let begun = Instant::now();
    let (tx, mut rx) = bounded::<usize>(1);
    may::go!(move || (2..).try_for_each(|i| tx.send(i)));
    let mut last = 0;
    for _ in 0..n {
        let prime = rx.recv().expect("the counter never ends");
        last = prime;
        let (tx, next) = bounded::<usize>(1);
        let from = std::mem::replace(&mut rx, next);
        may::go!(move || {
            while let Some(v) = from.recv() {
                if v % prime != 0 && tx.send(v).is_none() {
                    return;
                }
            }
        });
    }
    sieve_done(begun.elapsed(), last);
}

fn mutex(n: usize) {
    let counter = Arc::new(Mutex::new(0));
    let begun = Instant::now();
    let body = |_| {
        let counter = counter.clone();
        may::go!(move || (0..n).for_each(|_| *counter.lock().expect("nobody panics") += 1))
    };
    join((0..8).map(body).collect());
    let elapsed = begun.elapsed();
    assert_eq!(*counter.lock().expect("nobody panics"), 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

fn yields(n: usize) {
    let begun = Instant::now();
    join((0..2).map(|_| may::go!(move || (0..n / 2).for_each(|_| coroutine::yield_now()))).collect());
    per_op("yield", begun.elapsed(), n);
}

fn timers(n: usize) {
    let late = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let body = |i| {
        let late = late.clone();
        may::go!(move || for k in 0..SLEEPS {
            let begun = Instant::now();
            coroutine::sleep(nap(i, k));
            late.fetch_add(begun.elapsed().saturating_sub(nap(i, k)).as_nanos() as usize, Ordering::Relaxed);
        })
    };
    join((0..n).map(body).collect());
    timers_done(begun.elapsed(), n, late.load(Ordering::Relaxed), None);
}

fn tcp_echo(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    may::go!(move || {
        while let Ok((client, _)) = listener.accept() {
            may::go!(move || -> std::io::Result<()> {
                client.set_nodelay(true)?;
                echo(client)
            });
        }
    });
    let clients: Vec<TcpStream> =
        (0..CONNECTIONS).map(|_| TcpStream::connect(address)).collect::<Result<_, _>>()?;
    let begun = Instant::now();
    let body = |client: TcpStream| {
        may::go!(move || -> std::io::Result<()> {
            client.set_nodelay(true)?;
            ask(client, n)
        })
    };
    let results = join(clients.into_iter().map(body).collect());
    let elapsed = begun.elapsed();
    results.into_iter().collect::<Result<Vec<()>, _>>()?;
    tcp_done(elapsed, n);
    Ok(())
}

fn measured(name: &str, n: usize) -> ExitCode {
    match name {
        "spawn_join" => spawn_join(n),
        "spawn_warm" => (0..3).for_each(|_| spawn_join(n)),
        "parked_mem" => parked_mem(n),
        "pingpong" => pingpong(n),
        "chan_1x1" => chan_1x1(n),
        "chan_1x1_bounded" => chan_1x1_bounded(n),
        "chan_4x4" => chan_4x4(n, None),
        "chan_4x4_bounded" => chan_4x4(n, Some(Arc::new(Semphore::new(128)))),
        "select_fanin" => select_fanin(n),
        "ring" => ring(n),
        "skynet" => skynet(n),
        "sieve" => sieve(n),
        "mutex" => mutex(n),
        "yield" => yields(n),
        "timers" => timers(n),
        "tcp_echo" => {
            if let Err(error) = tcp_echo(n) {
                eprintln!("tcp_echo: {error}");
                return ExitCode::FAILURE;
            }
        }
        _ => return no_such(name),
    }
    ExitCode::SUCCESS
}

fn main() -> ExitCode {
    let (name, n) = arguments();
    may::config().set_workers(workers(&name));
    // 64 Ki words, as 1,000 coroutines are joined from it.
    let code = may::go_with!(0x10000, move || measured(&name, n));
    code.ok().and_then(|code| code.join().ok()).unwrap_or(ExitCode::FAILURE)
}
