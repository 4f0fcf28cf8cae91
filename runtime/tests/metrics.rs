//! Numbers about the runtime, of programs whose numbers are known. Each runs in a process of its own, on one worker: the same test with
//! `CHILD` set.

#![cfg(not(miri))]

use std::io::Read;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use goxide::net::{TcpListener, TcpStream, UnixStream};
use goxide::{Metrics, chan, go, metrics};

/// Runs `program` as a program of its own on so many workers.
fn alone(test: &str, workers: &str, program: fn()) {
    if std::env::var_os("CHILD").is_some() {
        return goxide::__private::run_main(program);
    }
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let output = command.env("CHILD", "1").env("GOMAXPROCS", workers).output().expect("a child");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The numbers once they are as wanted.
fn wait_for(wanted: impl Fn(&Metrics) -> bool) -> Metrics {
    loop {
        let now = metrics();
        if wanted(&now) {
            return now;
        }
        goxide::yield_now();
    }
}

/// How many goroutines ended on each worker between two looks.
fn ended_since(before: &Metrics, after: &Metrics) -> Vec<usize> {
    after.per_worker.iter().zip(&before.per_worker).map(|(now, then)| now.ended - then.ended).collect()
}

#[test]
fn spread_ones_run_on_all_workers() {
    fn waiters(spawn: fn(goxide::Chan<()>)) -> Vec<usize> {
        let before = metrics();
        let gate = chan::<()>(0);
        for _ in 0..20 {
            spawn(gate.clone());
        }
        wait_for(|now| now.waiting.contains(&("chan receive", 20)));
        gate.close();
        let after = wait_for(|now| now.goroutines == before.goroutines);
        ended_since(&before, &after)
    }
    alone("spread_ones_run_on_all_workers", "2", || {
        let spread = waiters(|gate| go!(spread; move || { gate.recv(); }));
        assert_eq!(spread, [10, 10]);
    });
}

/// A worker that is busy with a long row, a prime sieve, gives a part of it to another one.
#[test]
fn a_long_row_runs_on_all_workers() {
    alone("a_long_row_runs_on_all_workers", "2", || {
        let before = metrics();
        let numbers = chan::<u32>(0);
        let (mut last, counted) = (numbers.clone(), numbers.clone());
        let end = std::sync::Arc::new(AtomicBool::new(false));
        let ended = end.clone();
        go! {
            for number in (2..).take_while(|_| !ended.load(Ordering::Relaxed)) {
                counted.send(number);
            }
            counted.close();
        }
        for _ in 0..600 {
            let (from, to) = (last.clone(), chan(0));
            let prime = from.recv().expect("there is always another prime");
            last = to.clone();
            go! {
                for number in &from {
                    if number % prime != 0 {
                        to.send(number);
                    }
                }
                to.close();
            }
        }
        end.store(true, Ordering::Relaxed);
        for _ in &last {}
        let after = wait_for(|now| now.goroutines == before.goroutines);
        let of_each = ended_since(&before, &after);
        assert!(of_each.iter().all(|count| *count >= 100), "{of_each:?}");
    });
}

/// Those that wait for descriptors at once are shared out, whoever starts them.
#[test]
fn ones_that_wait_for_descriptors_run_on_all_workers() {
    alone("ones_that_wait_for_descriptors_run_on_all_workers", "2", || {
        let before = metrics();
        let mut ends = Vec::new();
        for _ in 0..100 {
            let (here, mut there) = UnixStream::pair().expect("two descriptors");
            ends.push(here);
            go! {
                let _ = there.read(&mut [0]);
            }
        }
        wait_for(|now| now.network_waits == 100);
        drop(ends);
        let after = wait_for(|now| now.goroutines == before.goroutines);
        let of_each = ended_since(&before, &after);
        assert!(of_each.iter().all(|count| *count >= 40), "{of_each:?}");
    });
}

/// One that accepts starts those that serve where few are.
#[test]
fn servers_run_where_few_are() {
    alone("servers_run_where_few_are", "2", || {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("bound");
        let serve = |count: usize| {
            let mut clients = Vec::new();
            for _ in 0..count {
                clients.push(TcpStream::connect(address).expect("the listener has room"));
                let (mut stream, _) = listener.accept().expect("a client");
                go! {
                    let _ = stream.read(&mut [0]);
                }
            }
            clients
        };
        let before = metrics();
        let clients = serve(100);
        wait_for(|now| now.network_waits == 100);
        drop(clients);
        let after = wait_for(|now| now.goroutines == 1);
        let of_each = ended_since(&before, &after);
        assert!(of_each.iter().all(|count| *count >= 48), "{of_each:?}");
    });
}

#[test]
fn parks_and_stacks() {
    alone("parks_and_stacks", "1", || {
        let before = metrics();
        assert_eq!((before.stacks, before.idle_stacks), (1, 0), "main's own");
        let never = chan::<()>(0);
        for _ in 0..10 {
            let never = never.clone();
            go! {
                never.recv();
            }
        }
        let not_run = metrics();
        assert_eq!((not_run.goroutines, not_run.stacks), (11, 1), "a stack comes with the first turn");
        let waiting = wait_for(|now| now.waiting == [("chan receive", 10)]);
        assert_eq!((waiting.stacks, waiting.idle_stacks), (11, 0));
        assert_eq!(waiting.parks - before.parks, 10);
        if !matches!(std::env::var("GOXIDE_SUBSTRATE").as_deref(), Ok("thread")) {
            assert!(waiting.stack_bytes - before.stack_bytes >= 10 * (16 << 10), "{waiting:?}");
        }
        never.close();
        let ended = wait_for(|now| now.goroutines == 1);
        assert_eq!((ended.stacks, ended.idle_stacks), (1, 10));
        assert_eq!(ended.stack_bytes, before.stack_bytes);
        let worker = ended.per_worker[0];
        assert_eq!((worker.started, worker.ended, worker.steals), (10, 10, 0));
    });
}

#[test]
fn timers_sleeps_and_searches() {
    alone("timers_sleeps_and_searches", "1", || {
        let before = metrics();
        let timer = goxide::time::after(Duration::from_secs(3600));
        assert_eq!(metrics().timers, before.timers + 1);
        for _ in 0..3 {
            goxide::time::sleep(Duration::from_millis(3));
        }
        let (before, after) = (before.per_worker[0], metrics().per_worker[0]);
        assert!(after.sleeps >= before.sleeps + 3, "{before:?} {after:?}");
        assert!(after.searches >= before.searches + 3, "{before:?} {after:?}");
        drop(timer);
    });
}

#[test]
fn blocking_calls_and_network() {
    alone("blocking_calls_and_network", "1", || {
        assert_eq!(metrics().blocking_threads, 0);
        goxide::blocking(|| ());
        assert_eq!(metrics().blocking_threads, 1);
        let (mut here, there) = goxide::net::UnixStream::pair().expect("a pair");
        let done = chan(0);
        let tell = done.clone();
        go! {
            let _ = here.read(&mut [0]);
            tell.send(());
        }
        wait_for(|now| now.network_waits == 1);
        drop(there);
        done.recv();
        assert_eq!(metrics().network_waits, 0);
    });
}

#[test]
fn steals() {
    alone("steals", "2", || {
        let done = chan(0);
        for _ in 0..64 {
            let tell = done.clone();
            go! {
                tell.send(());
            }
        }
        // This worker does nothing else meanwhile, so all are stolen.
        while metrics().per_worker.iter().map(|worker| worker.ended).sum::<usize>() + waiting() < 64 {
            std::hint::spin_loop();
        }
        assert!(metrics().per_worker.iter().map(|worker| worker.steals).sum::<usize>() >= 1);
        (0..64).for_each(|_| assert_eq!(done.recv(), Some(())));
    });
}

fn waiting() -> usize {
    metrics().waiting.iter().map(|(_, count)| count).sum()
}
