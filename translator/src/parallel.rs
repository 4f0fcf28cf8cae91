//! Work on every processor: the same function over many items, results in the order of the items.
//!
//! Always holds: one item or one processor runs here, on the caller's thread; a panic in the function is the caller's panic.
//!
//! Rejected: a thread pool crate (a handful of calls a run, each with milliseconds of work: threads are cheap enough).

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Enough for the parser's deepest nesting.
const STACK: usize = 64 << 20;

/// So many items may be prepared and not yet consumed.
const AHEAD: usize = 8;

/// `f` of every item.
pub fn map<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    if threads <= 1 {
        return items.into_iter().map(f).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().expect("taking the next item doesn't panic").next();
    let work = || {
        let mut done = vec![];
        while let Some((i, item)) = take() {
            done.push((i, f(item)));
        }
        done
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let spawned: Vec<_> = (1..threads)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok())
            .collect();
        let mut all = work();
        for thread in spawned {
            all.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, r)| r).collect()
}

/// `prepare` of every item on other processors, at most [`AHEAD`] items early; `consume` here, in the order of the items.
pub fn ahead<T: Send, R: Send>(items: Vec<T>, prepare: impl Fn(T) -> R + Sync, mut consume: impl FnMut(R)) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    if threads <= 1 {
        items.into_iter().map(prepare).for_each(consume);
        return;
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().expect("taking the next item doesn't panic").next();
    thread::scope(|scope| {
        let (send, receive) = sync_channel(AHEAD);
        for _ in 1..threads {
            let send = send.clone();
            let work = || {
                let send = send;
                while let Some((i, item)) = take() {
                    if send.send((i, prepare(item))).is_err() {
                        return;
                    }
                }
            };
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(send);
        // what comes early waits for its turn; what no thread takes is prepared here
        let mut early: BTreeMap<usize, R> = BTreeMap::new();
        let mut next = 0;
        for (i, ready) in receive {
            early.insert(i, ready);
            while let Some(ready) = early.remove(&next) {
                consume(ready);
                next += 1;
            }
        }
        while let Some((_, item)) = take() {
            consume(prepare(item));
        }
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_prepared_ahead_is_consumed_in_order() {
        let mut seen = vec![];
        super::ahead((0..1000).collect(), |i: u64| i * i, |r| seen.push(r));
        assert_eq!(seen, (0..1000).map(|i| i * i).collect::<Vec<_>>());
    }

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let squares = super::map(items.clone(), |i| i * i);
        assert_eq!(squares, items.iter().map(|i| i * i).collect::<Vec<_>>());
        assert!(super::map(Vec::<u8>::new(), |i| i).is_empty());
    }
}
