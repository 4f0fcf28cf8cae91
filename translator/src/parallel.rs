//! Work on every processor: the same function over many items, results in the order of the items.
//!
//! Always holds: one item or one processor runs here, on the caller's thread; a panic in the function is the caller's panic.
//!
//! Rejected: a thread pool crate (a handful of calls a run, each with milliseconds of work: threads are cheap enough).

use std::sync::Mutex;
use std::thread;

/// Enough for the parser's deepest nesting.
const STACK: usize = 64 << 20;

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

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let squares = super::map(items.clone(), |i| i * i);
        assert_eq!(squares, items.iter().map(|i| i * i).collect::<Vec<_>>());
        assert!(super::map(Vec::<u8>::new(), |i| i).is_empty());
    }
}
