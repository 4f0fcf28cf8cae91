//! `everything SECONDS`: all that the runtime does, at once, with flat memory.
//!
//! Each kind of work goes round and round until the time is over and leaves nothing behind, so once all have warmed up, memory,
//! mappings, threads and descriptors stay what they are. What they are is printed every ten seconds, and at the end
//! `RESULT everything max_growth_kb .. kB rounds=..`. It fails when resident memory with page tables grows after the first minute (in short
//! runs, half of the time) by more than [`MARGIN`], which is what goroutines that happen to be in flight at once make up, or any of the
//! others by more than [`MORE`], and when some kind of work did not get round at all.

use goxide::net::{TcpListener, TcpStream};
use goxide::sync::{Mutex, Once, RwMutex, Semaphore, WaitGroup};
use goxide::{chan, context, fs, go, scope, select, time};
use goxide_benches::common;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// In kB: 3,000 stacks of one page and their page tables.
const MARGIN: i64 = 16_384;
const MORE: i64 = 128;

type Work = fn() -> std::io::Result<()>;
const WORK: [(&str, Work); 10] = [
    ("spawn", spawn),
    ("channels", channels),
    ("select", selects),
    ("timers", timers),
    ("sync", sync),
    ("tcp", tcp),
    ("files", files),
    ("panics", panics),
    ("contexts", contexts),
    ("stacks", stacks),
];

struct State {
    memory: i64,
    mappings: i64,
    threads: i64,
    fds: i64,
}

impl State {
    fn now() -> State {
        let entries = |path| std::fs::read_dir(path).map_or(0, |all| all.count() as i64);
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
        State {
            memory: common::status("VmRSS") + common::status("VmPTE"),
            mappings: maps.lines().count() as i64,
            threads: entries("/proc/self/task"),
            fds: entries("/proc/self/fd"),
        }
    }

    /// Of each the larger one.
    fn most(&self, other: &State) -> State {
        State {
            memory: self.memory.max(other.memory),
            mappings: self.mappings.max(other.mappings),
            threads: self.threads.max(other.threads),
            fds: self.fds.max(other.fds),
        }
    }

    fn print(&self, begun: Instant) {
        println!(
            "{:4} s  memory {} kB (page tables {})  mappings {}  threads {}  descriptors {}",
            begun.elapsed().as_secs(),
            self.memory,
            common::status("VmPTE"),
            self.mappings,
            self.threads,
            self.fds
        );
    }
}

pub fn everything(seconds: usize) -> ExitCode {
    // The panics are meant, and not to be read of.
    std::panic::set_hook(Box::new(|_| ()));
    let over = Arc::new(AtomicBool::new(false));
    let rounds: Arc<[AtomicUsize; WORK.len()]> = Arc::default();
    let wg = WaitGroup::new();
    for (i, (name, work)) in WORK.into_iter().enumerate() {
        let (over, rounds) = (over.clone(), rounds.clone());
        wg.go(move || {
            while !over.load(Ordering::Relaxed) {
                if let Err(error) = work() {
                    println!("{name}: {error}");
                    std::process::exit(1);
                }
                rounds[i].fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let (begun, all) = (Instant::now(), Duration::from_secs(seconds as u64));
    let (warm, step) = ((all / 2).min(Duration::from_secs(60)), Duration::from_secs(10));
    let mut next = step;
    let (mut first, mut later) = (State::now(), None::<State>);
    while begun.elapsed() < all {
        time::sleep(Duration::from_millis(250));
        let now = State::now();
        if begun.elapsed() >= next.min(all) {
            now.print(begun);
            next += step;
        }
        if begun.elapsed() < warm {
            first = first.most(&now);
        } else {
            later = Some(later.map_or_else(State::now, |later| later.most(&now)));
        }
    }
    over.store(true, Ordering::Relaxed);
    wg.wait();
    let later = later.unwrap_or_else(State::now);
    let counts: Vec<usize> = rounds.iter().map(|count| count.load(Ordering::Relaxed)).collect();
    for ((name, _), count) in WORK.iter().zip(&counts) {
        println!("{name}: {count} rounds");
    }
    let grown = later.memory - first.memory;
    println!("RESULT everything max_growth_kb {grown} kB rounds={}", counts.iter().sum::<usize>());
    let others = [later.mappings - first.mappings, later.threads - first.threads, later.fds - first.fds];
    let flat = grown <= MARGIN && others.iter().all(|more| *more <= MORE);
    if !flat {
        println!("more than {MARGIN} kB, or more than {MORE} mappings, threads or descriptors: {others:?}");
    }
    if flat && counts.iter().all(|count| *count > 0) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn spawn() -> std::io::Result<()> {
    let wg = WaitGroup::new();
    for _ in 0..500 {
        wg.go(goxide::yield_now);
    }
    wg.wait();
    Ok(())
}

fn channels() -> std::io::Result<()> {
    let (ping, pong, many) = (chan::<usize>(0), chan::<usize>(0), chan::<Vec<u8>>(16));
    let (from, to, out) = (ping.clone(), pong.clone(), many.clone());
    go!(move || from.into_iter().for_each(|v| to.send(v)));
    go!(move || {
        (0..200).for_each(|i| out.send(vec![1; i]));
        out.close();
    });
    for i in 0..200 {
        ping.send(i);
        assert_eq!(pong.recv(), Some(i));
    }
    ping.close();
    assert_eq!(many.into_iter().map(|bytes| bytes.len()).sum::<usize>(), 200 * 199 / 2);
    Ok(())
}

fn selects() -> std::io::Result<()> {
    let (a, b) = (chan::<usize>(0), chan::<usize>(4));
    let (to_a, to_b) = (a.clone(), b.clone());
    go!(move || (0..100).for_each(|i| to_a.send(i)));
    go!(move || (0..100).for_each(|i| to_b.send(i)));
    let (mut sum, late) = (0, time::Timer::new(Duration::from_secs(60)));
    for _ in 0..200 {
        sum += select! {
            v = <-a => v.unwrap_or(0),
            v = <-b => v.unwrap_or(0),
            _ = <-late.channel() => panic!("nobody sends"),
        };
    }
    assert_eq!(sum, 2 * (100 * 99 / 2));
    Ok(())
}

fn timers() -> std::io::Result<()> {
    let wg = WaitGroup::new();
    for i in 0..200 {
        wg.go(move || time::sleep(Duration::from_micros(i * 37 % 5_000)));
    }
    let ticker = time::Ticker::new(Duration::from_millis(1));
    (0..3).for_each(|_| ticker.wait());
    for i in 0..200 {
        assert!(time::Timer::new(Duration::from_secs(3 + i)).stop());
    }
    wg.wait();
    Ok(())
}

fn sync() -> std::io::Result<()> {
    let (count, seen, permits) =
        (Arc::new(Mutex::new(0)), Arc::new(RwMutex::new(0)), Arc::new(Semaphore::new(3)));
    let (wg, once) = (WaitGroup::new(), Arc::new(Once::new()));
    for i in 0..20 {
        let (count, seen, permits, once) = (count.clone(), seen.clone(), permits.clone(), once.clone());
        wg.go(move || {
            for _ in 0..20 {
                let _permit = permits.acquire(1 + i % 3);
                *count.lock() += 1;
                once.call_once(|| *seen.write() += 1);
                assert_eq!(*seen.read(), 1);
            }
        });
    }
    wg.wait();
    assert_eq!(*count.lock(), 400);
    Ok(())
}

fn tcp() -> std::io::Result<()> {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0")?);
    let (address, wg, accepting) = (listener.local_addr()?, WaitGroup::new(), listener.clone());
    wg.go(move || {
        for client in accepting.incoming().flatten() {
            // It ends with the client.
            go!(move || drop(common::echo(client)));
        }
    });
    let asking = WaitGroup::new();
    for i in 0..8 {
        let mut server = TcpStream::connect(address)?;
        server.set_read_timeout(Some(Duration::from_secs(60)))?;
        asking.go(move || {
            common::ask(&server, 20).expect("it answers");
            if i == 0 {
                // One asks for more than it gets.
                server
                    .set_read_deadline(Some(Instant::now() + Duration::from_millis(2)))
                    .expect("it is open");
                assert!(server.read(&mut [0]).is_err());
            }
            // In the middle of a request.
            let _ = server.write(&[1]);
        });
    }
    asking.wait();
    listener.close()?;
    wg.wait();
    Ok(())
}

fn files() -> std::io::Result<()> {
    let path = std::env::temp_dir().join(format!("goxide-everything-{}", std::process::id()));
    for size in [10, 100_000] {
        fs::write(&path, vec![7; size])?;
        assert_eq!(fs::read(&path)?.len(), size);
    }
    fs::remove_file(&path)?;
    time::sleep(Duration::from_millis(1));
    Ok(())
}

fn panics() -> std::io::Result<()> {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            for i in 0..20 {
                s.spawn(move || {
                    if i % 5 == 0 {
                        resume_unwind(Box::new(vec![0_u8; 1_000]))
                    }
                });
            }
        });
    }));
    assert!(caught.is_err());
    Ok(())
}

fn contexts() -> std::io::Result<()> {
    let (root, cancel) = context::background().with_cancel();
    let wg = WaitGroup::new();
    for i in 0..100_u64 {
        let root = root.clone();
        wg.go(move || {
            let (ctx, _cancel) = root.with_timeout(Duration::from_micros(500 + i * 40));
            ctx.with_value(i).done().recv();
        });
    }
    time::sleep(Duration::from_millis(2));
    cancel.cancel();
    wg.wait();
    Ok(())
}

fn stacks() -> std::io::Result<()> {
    fn deep(levels: usize) -> usize {
        let page = std::hint::black_box([levels; 256]);
        if levels == 0 { page[17] } else { deep(levels - 1) + page[3] - levels + 1 }
    }
    let done = chan::<usize>(0);
    for levels in [1, 8, 16] {
        let done = done.clone();
        go!(move || done.send(deep(levels)));
    }
    let sum: usize = (0..3).filter_map(|_| done.recv()).sum();
    assert_eq!(sum, 1 + 8 + 16);
    Ok(())
}
