//! `tokio NAME [N]`: tasks on tokio. Channels are tokio's mpsc; `_flume` and `_kanal` name others.
//!
//! mpsc with one slot stands for an unbuffered channel: the sender doesn't wait for the receiver, which is easier than a
//! rendezvous. mpsc has one receiver, so `chan_4x4` is flume's. kanal ignores tokio's budget of a task: a full buffer per poll.
//! Always holds: what is measured runs in a spawned task, on a worker, not in `block_on`.

use goxide_peers::common::*;
use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

async fn join<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut results = Vec::with_capacity(tasks.len());
    for task in tasks {
        results.push(task.await.expect("it doesn't panic"));
    }
    results
}

async fn spawn_join(n: usize) {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..n).map(|_| tokio::spawn(async {})).collect();
    for task in tasks {
        task.await.expect("it doesn't panic");
    }
    per_op("spawn_join", begun.elapsed(), n);
}

/// `watch` is what a tokio program has where Go closes a channel that many wait for.
async fn parked_mem(n: usize) {
    let (_tx, rx) = watch::channel(());
    let started = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let begun = Instant::now();
    for _ in 0..n {
        let (mut rx, started) = (rx.clone(), started.clone());
        tokio::spawn(async move {
            started.fetch_add(1, Ordering::Relaxed);
            let _ = rx.changed().await;
        });
    }
    while started.load(Ordering::Relaxed) != n {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let created = begun.elapsed();
    tokio::time::sleep(Duration::from_millis(200)).await;
    memory.report(n, created);
}

/// Each library has its own types and names, so these are macros.
macro_rules! pingpong {
    ($n:expr, $channel:expr, $send:ident, $recv:ident) => {{
        let ((a, mut from_a), (b, mut from_b)) = ($channel, $channel);
        tokio::spawn(async move {
            // Some libraries' receivers need no `mut`.
            let from_a = &mut from_a;
            while let Some(v) = some(from_a.$recv().await) {
                let _ = b.$send(v).await;
            }
        });
        let from_b = &mut from_b;
        let begun = Instant::now();
        for i in 0..$n {
            a.$send(i).await.expect("the echo lives");
            assert_eq!(some(from_b.$recv().await), Some(i));
        }
        per_op("pingpong", begun.elapsed(), $n);
    }};
}

/// What was received: tokio says it with an Option, the others with a Result.
fn some<T>(received: impl IntoIterator<Item = T>) -> Option<T> {
    received.into_iter().next()
}

async fn chan_1x1(n: usize) {
    let (tx, mut rx) = mpsc::channel::<usize>(128);
    let begun = Instant::now();
    let producer = tokio::spawn(async move {
        for i in 0..n {
            tx.send(i).await.expect("the consumer lives");
        }
    });
    let consumer = tokio::spawn(async move {
        let mut sum = 0;
        while rx.recv().await.is_some() {
            sum += 1;
        }
        sum
    });
    producer.await.expect("it doesn't panic");
    assert_eq!(consumer.await.expect("it doesn't panic"), n);
    per_op("chan_1x1", begun.elapsed(), n);
}

macro_rules! buffered {
    ($n:expr, $pairs:expr, $channel:expr, $send:ident, $recv:ident) => {{
        let (tx, rx) = $channel;
        let begun = Instant::now();
        let (mut producers, mut consumers) = (Vec::new(), Vec::new());
        for _ in 0..$pairs {
            let (tx, rx) = (tx.clone(), rx.clone());
            producers.push(tokio::spawn(async move {
                for i in 0..$n / $pairs {
                    tx.$send(i).await.expect("consumers live");
                }
            }));
            consumers.push(tokio::spawn(async move {
                let mut sum = 0;
                while rx.$recv().await.is_ok() {
                    sum += 1;
                }
                sum
            }));
        }
        drop((tx, rx));
        join(producers).await;
        let sum: usize = join(consumers).await.into_iter().sum();
        assert_eq!(sum, $n / $pairs * $pairs);
        per_op(if $pairs == 1 { "chan_1x1" } else { "chan_4x4" }, begun.elapsed(), $n);
    }};
}

async fn select_fanin(n: usize) {
    let [mut a, mut b, mut c, mut d] = [(); 4].map(|()| {
        let (tx, rx) = mpsc::channel::<usize>(1);
        tokio::spawn(async move {
            for _ in 0..n / 4 {
                tx.send(1).await.expect("it is received");
            }
            // A closed channel would be ready for ever.
            std::mem::forget(tx);
        });
        rx
    });
    let mut sum = 0;
    let begun = Instant::now();
    while sum < n / 4 * 4 {
        sum += tokio::select! {
            v = a.recv() => v,
            v = b.recv() => v,
            v = c.recv() => v,
            v = d.recv() => v,
        }
        .expect("never closed");
    }
    per_op("select_fanin", begun.elapsed(), n);
}

async fn ring(n: usize) {
    const SIZE: usize = 1000;
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..SIZE).map(|_| mpsc::channel::<usize>(1)).unzip();
    let (done, mut end) = mpsc::channel::<()>(1);
    for (i, mut from) in receivers.into_iter().enumerate() {
        let (to, done) = (senders[(i + 1) % SIZE].clone(), done.clone());
        tokio::spawn(async move {
            while let Some(v) = from.recv().await {
                if v == 0 {
                    let _ = done.send(()).await;
                    return;
                }
                let _ = to.send(v - 1).await;
            }
        });
    }
    let begun = Instant::now();
    senders[0].send(n).await.expect("the ring lives");
    end.recv().await.expect("the ring lives");
    per_op("ring", begun.elapsed(), n);
}

async fn skynet(n: usize) {
    let (tx, mut rx) = mpsc::channel(1);
    let begun = Instant::now();
    tokio::spawn(sky(tx, 0, n));
    let sum = rx.recv().await.expect("the root answers");
    skynet_done(begun.elapsed(), n, sum);
}

fn sky(out: mpsc::Sender<usize>, num: usize, size: usize) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        if size == 1 {
            return out.send(num).await.expect("it is received");
        }
        let (tx, mut rx) = mpsc::channel(1);
        let part = size / 10;
        for i in 0..10 {
            tokio::spawn(sky(tx.clone(), num + i * part, part));
        }
        let mut sum = 0;
        for _ in 0..10 {
            sum += rx.recv().await.expect("each answers");
        }
        out.send(sum).await.expect("it is received");
    })
}

async fn sieve(n: usize) {
    let begun = Instant::now();
    let (tx, mut rx) = mpsc::channel::<usize>(1);
    tokio::spawn(async move {
        for i in 2.. {
            if tx.send(i).await.is_err() {
                return;
            }
        }
    });
    let mut last = 0;
    for _ in 0..n {
        let prime = rx.recv().await.expect("the counter never ends");
        last = prime;
        let (tx, next) = mpsc::channel::<usize>(1);
        let mut from = std::mem::replace(&mut rx, next);
        tokio::spawn(async move {
            while let Some(v) = from.recv().await {
                if v % prime != 0 && tx.send(v).await.is_err() {
                    return;
                }
            }
        });
    }
    sieve_done(begun.elapsed(), last);
}

async fn mutex(n: usize) {
    let counter = Arc::new(tokio::sync::Mutex::new(0));
    let begun = Instant::now();
    let body = |_| {
        let counter = counter.clone();
        tokio::spawn(async move {
            for _ in 0..n {
                *counter.lock().await += 1;
            }
        })
    };
    join((0..8).map(body).collect()).await;
    let elapsed = begun.elapsed();
    assert_eq!(*counter.lock().await, 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

/// std's lock, held across no await: what tokio's documentation advises.
async fn mutex_std(n: usize) {
    let counter = Arc::new(std::sync::Mutex::new(0));
    let begun = Instant::now();
    let body = |_| {
        let counter = counter.clone();
        tokio::spawn(async move { (0..n).for_each(|_| *counter.lock().expect("nobody panics") += 1) })
    };
    join((0..8).map(body).collect()).await;
    let elapsed = begun.elapsed();
    assert_eq!(*counter.lock().expect("nobody panics"), 8 * n);
    per_op("mutex", elapsed, 8 * n);
}

async fn yields(n: usize) {
    let begun = Instant::now();
    let body = |_| {
        tokio::spawn(async move {
            for _ in 0..n / 2 {
                tokio::task::yield_now().await;
            }
        })
    };
    join((0..2).map(body).collect()).await;
    per_op("yield", begun.elapsed(), n);
}

async fn timers(n: usize) {
    let begun = Instant::now();
    for i in 0..n {
        let mut timer = std::pin::pin!(tokio::time::sleep(far(i)));
        // It is entered when it is first asked.
        assert!(std::future::poll_fn(|cx| Poll::Ready(timer.as_mut().poll(cx).is_pending())).await);
    }
    let stop = begun.elapsed();
    let (late, started) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (gate, open) = watch::channel(());
    let body = |i| {
        let (late, started, mut open) = (late.clone(), started.clone(), open.clone());
        tokio::spawn(async move {
            started.fetch_add(1, Ordering::Relaxed);
            let _ = open.changed().await;
            for k in 0..SLEEPS {
                let begun = Instant::now();
                tokio::time::sleep(nap(i, k)).await;
                late.fetch_add((begun.elapsed() - nap(i, k)).as_nanos() as usize, Ordering::Relaxed);
            }
        })
    };
    let sleepers = (0..n).map(body).collect();
    while started.load(Ordering::Relaxed) != n {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let begun = Instant::now();
    drop(gate);
    join(sleepers).await;
    timers_done(begun.elapsed(), n, late.load(Ordering::Relaxed), Some(stop));
}

async fn tcp_echo(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(echo(client));
        }
    });
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        let client = TcpStream::connect(address).await?;
        client.set_nodelay(true)?;
        clients.push(client);
    }
    let begun = Instant::now();
    let body = |client| tokio::spawn(ask(client, n));
    let results = join(clients.into_iter().map(body).collect()).await;
    let elapsed = begun.elapsed();
    results.into_iter().collect::<std::io::Result<Vec<()>>>()?;
    tcp_done(elapsed, n);
    Ok(())
}

async fn idle_conns(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let answered = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let begun = Instant::now();
    let clients = Connections::start(listener.local_addr()?, n)?;
    for _ in 0..n {
        let (mut client, _) = listener.accept().await?;
        let count = answered.clone();
        tokio::spawn(async move {
            let mut request = [0; REQUEST];
            while let Ok(length @ 1..) = client.read(&mut request).await {
                if client.write_all(&request[..length]).await.is_err() {
                    return;
                }
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while answered.load(Ordering::Relaxed) < n {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let created = begun.elapsed();
    tokio::time::sleep(Duration::from_millis(200)).await;
    memory.report(n, created);
    drop(clients);
    Ok(())
}

async fn echo(mut client: TcpStream) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let mut request = [0; REQUEST];
    loop {
        client.read_exact(&mut request).await?;
        client.write_all(&request).await?;
    }
}

async fn ask(mut server: TcpStream, n: usize) -> std::io::Result<()> {
    let mut reply = [0; REQUEST];
    for _ in 0..n {
        server.write_all(&[1; REQUEST]).await?;
        server.read_exact(&mut reply).await?;
    }
    Ok(())
}

async fn measured(name: String, n: usize) -> ExitCode {
    match name.as_str() {
        "spawn_join" => spawn_join(n).await,
        "spawn_warm" => {
            for _ in 0..3 {
                spawn_join(n).await;
            }
        }
        "parked_mem" => parked_mem(n).await,
        "pingpong" => pingpong!(n, mpsc::channel::<usize>(1), send, recv),
        "pingpong_flume" => pingpong!(n, flume::bounded::<usize>(0), send_async, recv_async),
        "chan_1x1" => chan_1x1(n).await,
        "chan_1x1_flume" => buffered!(n, 1, flume::bounded::<usize>(128), send_async, recv_async),
        "chan_4x4" | "chan_4x4_flume" => {
            buffered!(n, 4, flume::bounded::<usize>(128), send_async, recv_async)
        }
        "chan_1x1_kanal" => buffered!(n, 1, kanal::bounded_async::<usize>(128), send, recv),
        "chan_4x4_kanal" => buffered!(n, 4, kanal::bounded_async::<usize>(128), send, recv),
        "select_fanin" => select_fanin(n).await,
        "ring" => ring(n).await,
        "skynet" => skynet(n).await,
        "sieve" => sieve(n).await,
        "mutex" => mutex(n).await,
        "mutex_std" => mutex_std(n).await,
        "yield" => yields(n).await,
        "timers" => timers(n).await,
        "tcp_echo" => return ended(tcp_echo(n).await),
        "idle_conns" => return ended(idle_conns(n).await),
        _ => return no_such(&name),
    }
    ExitCode::SUCCESS
}

fn ended(result: std::io::Result<()>) -> ExitCode {
    if let Err(error) = result {
        eprintln!("tokio: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn main() -> ExitCode {
    if let Some(ended) = begin() {
        return ended;
    }
    let (name, n) = arguments();
    let runtime = match workers(&name) {
        1 => Builder::new_current_thread().enable_all().build(),
        more => Builder::new_multi_thread().worker_threads(more).enable_all().build(),
    };
    let runtime = runtime.expect("a runtime starts");
    let code = runtime.block_on(async { tokio::spawn(measured(name, n)).await });
    // Tasks that still wait end with the process: the runtime would first stop each of them.
    std::mem::forget(runtime);
    code.unwrap_or(ExitCode::FAILURE)
}
