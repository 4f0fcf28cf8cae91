//! Locks in all their forms, held across a wait; and guards that are gone by then.

use goxide::Chan;
use parking_lot::{Mutex, ReentrantMutex, RwLock, RwLockUpgradableReadGuard};
use std::sync::Arc;

#[derive(Clone)]
struct Shared {
    total: Arc<Mutex<u32>>,
    names: Arc<RwLock<Vec<u32>>>,
    again: Arc<ReentrantMutex<u32>>,
    std: Arc<std::sync::Mutex<u32>>,
}

fn tried(shared: &Shared, from: &Chan<u32>) {
    if let Some(mut total) = shared.total.try_lock() {
        *total += from.recv().unwrap_or(0); //~ lock-across-park
    }
}

fn upgradable(shared: &Shared, from: &Chan<u32>) {
    let names = shared.names.upgradable_read();
    from.recv(); //~ lock-across-park
    RwLockUpgradableReadGuard::upgrade(names).clear();
}

fn counted(shared: &Shared, from: &Chan<u32>) {
    let again = shared.again.lock();
    from.send(*again); //~ lock-across-park
}

fn owned(shared: &Shared, from: &Chan<u32>) {
    let total = shared.total.lock_arc();
    from.send(*total); //~ lock-across-park
}

fn spinning(of: &(spin::Mutex<u32>, spin::RwLock<u32>), from: &Chan<u32>) {
    let total = of.0.lock();
    from.send(*total); //~ lock-across-park
    drop(total);
    let total = of.1.read();
    from.send(*total); //~ lock-across-park
}

/// What it parks for is a lock: harmless in itself.
fn of_scc(names: &scc::HashMap<u32, u32>, from: &Chan<u32>) {
    let mut entry = names.entry_sync(1).or_insert(1);
    from.send(*entry.get_mut()); //~ lock-across-park
}

fn in_a_condition(shared: &Shared, to: &Chan<u32>) {
    while let Some(next) = shared.names.write().pop() {
        to.send(next); //~ lock-across-park
    }
}

/// Nobody holds the lock while this gives way.
fn until_it_is_free(shared: &Shared, from: &Chan<u32>) -> u32 {
    loop {
        match shared.std.try_lock() {
            Ok(total) => return *total,
            Err(_) => goxide::yield_now(),
        }
        if let Some(total) = shared.total.try_lock() {
            return *total;
        } else {
            from.recv();
        }
    }
}

fn take(total: parking_lot::MutexGuard<'_, u32>) -> u32 {
    *total
}

fn handed_on(shared: &Shared, from: &Chan<u32>) {
    let total = shared.total.lock();
    println!("{total}");
    let n = take(total);
    from.send(n);
}

fn for_ever(shared: &Shared, from: &Chan<u32>) {
    let mut total = shared.total.lock();
    loop {
        *total += from.recv().unwrap_or(0); //~ lock-across-park
    }
}

fn popped_first(shared: &Shared, to: &Chan<u32>) {
    loop {
        let next = shared.names.write().pop();
        let Some(next) = next else { break };
        to.send(next);
    }
}

fn main() {
    let shared = Shared {
        total: Arc::default(),
        names: Arc::default(),
        again: Arc::new(ReentrantMutex::new(1)),
        std: Arc::default(),
    };
    let numbers = goxide::chan(9);
    goxide::go! {
        tried(&shared, &numbers);
        upgradable(&shared, &numbers);
        counted(&shared, &numbers);
        owned(&shared, &numbers);
        spinning(&Default::default(), &numbers);
        of_scc(&Default::default(), &numbers);
        in_a_condition(&shared, &numbers);
        until_it_is_free(&shared, &numbers);
        handed_on(&shared, &numbers);
        popped_first(&shared, &numbers);
        for_ever(&shared, &numbers);
    }
}
