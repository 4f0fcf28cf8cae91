//! What an assignment may change from a goroutine.

use std::sync::Mutex;

struct Counter {
    hits: u32,
}

fn main() {
    let mut n = 0;
    let mut counter = Counter { hits: 0 };
    let shared = Mutex::new(0);
    goxide::scope(|s| {
        let hits = &mut counter.hits;
        let shared = &shared;
        goxide::go!(s; || n += 1);
        goxide::go!(s; *hits += 1);
        goxide::go!(s; *shared.lock().unwrap() += 1);
        goxide::go!(s; *shared.lock().unwrap() |= 4);
    });
    assert_eq!((n, counter.hits), (1, 1));
    assert!(matches!(*shared.lock().unwrap(), 4 | 5));
}
