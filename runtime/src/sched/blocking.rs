//! OS threads for calls that block, fed by a `flume` queue.
//!
//! Threads are started when all are busy, up to [`MOST`], and leave after [`LINGER`] without work. `idle` is the number
//! of threads that wait minus the jobs promised to them: a submitter takes one of it before it queues its job, and a
//! thread that wants to leave has to take itself off it first, so a promised job always finds a thread.

use std::time::Duration;

use flume::{Receiver, Sender};

use super::{runtime, world};
use crate::shim::{AtomicUsize, OnceLock, Ordering};
use crate::sys::thread;
use crate::task;
use std::sync::atomic::AtomicIsize;

const MOST: usize = 512;
const LINGER: Duration = Duration::from_secs(10);

/// Work for a thread that may block. It must wake whoever waits for it, and not panic.
pub(crate) type Job = Box<dyn FnOnce() + Send>;

struct Queued {
    job: Job,
    /// A waiting thread was counted down for it.
    promised: bool,
}

struct Pool {
    sender: Sender<Queued>,
    receiver: Receiver<Queued>,
    idle: AtomicIsize,
}

static THREADS: AtomicUsize = AtomicUsize::new(0);

/// How many threads the pool has.
pub(super) fn threads() -> usize {
    THREADS.load(Ordering::SeqCst)
}

/// How many calls wait for a thread.
pub(super) fn queued() -> usize {
    pool().sender.len()
}

fn pool() -> &'static Pool {
    static POOL: OnceLock<Pool> = OnceLock::new();
    POOL.get_or_init(|| {
        let (sender, receiver) = flume::unbounded();
        Pool { sender, receiver, idle: AtomicIsize::new(0) }
    })
}

/// Runs a job on a thread of the pool.
pub(crate) fn submit(job: Job) {
    runtime().outside_begins();
    let pool = pool();
    let promised = pool
        .idle
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |idle| (idle > 0).then(|| idle - 1))
        .is_ok();
    // The pool holds a receiver, so the queue is never closed.
    let _ = pool.sender.send(Queued { job, promised });
    if promised
        || THREADS.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| (n < MOST).then(|| n + 1)).is_err()
    {
        return;
    }
    // With other threads about, one of them gets to the job in the end.
    if let Err(error) = thread::spawn("goxide-blocking", || serve(pool))
        && THREADS.fetch_sub(1, Ordering::SeqCst) == 1
    {
        task::panic::fatal(&format!("goxide cannot start a thread for a blocking call: {error}"));
    }
}

fn serve(pool: &'static Pool) {
    world::enter();
    loop {
        while let Ok(queued) = pool.receiver.try_recv() {
            if queued.promised {
                // It was promised to a thread that waits, which gets nothing in its place.
                pool.idle.fetch_add(1, Ordering::SeqCst);
            }
            work(queued.job);
        }
        pool.idle.fetch_add(1, Ordering::SeqCst);
        loop {
            match pool.receiver.recv_timeout(LINGER) {
                Ok(queued) => {
                    if !queued.promised {
                        pool.idle.fetch_sub(1, Ordering::SeqCst);
                    }
                    work(queued.job);
                    break;
                }
                Err(_) => {
                    let left = pool.idle.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |idle| {
                        (idle > 0).then(|| idle - 1)
                    });
                    if left.is_ok() {
                        THREADS.fetch_sub(1, Ordering::SeqCst);
                        return;
                    }
                }
            }
        }
    }
}

fn work(job: Job) {
    job();
    runtime().outside_ends();
}
