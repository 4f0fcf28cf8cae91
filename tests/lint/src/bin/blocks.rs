//! What blocks the thread in `std`, called here or by a dependency; and what only looks so.

use std::sync::{Arc, Barrier, Condvar, Mutex, mpsc};

fn receives(from: &mpsc::Receiver<u32>) -> u32 {
    let first = from.recv().unwrap_or(0); //~ thread-block
    for n in from { //~ thread-block
        drop(n);
    }
    first + from.try_recv().unwrap_or(0)
}

fn waits(pair: &(Mutex<bool>, Condvar), together: &Barrier) {
    let ready = pair.0.lock().unwrap();
    drop(pair.1.wait(ready)); //~ thread-block
    pair.1.notify_all();
    together.wait(); //~ thread-block
}

fn joins() -> u32 {
    let helper = std::thread::spawn(|| 1);
    let done = helper.is_finished();
    let n = helper.join().unwrap_or(0); //~ thread-block
    std::thread::scope(|s| drop(s.spawn(|| 2))); //~ thread-block
    n + u32::from(done)
}

/// Functions that `std` is given to call.
fn by_name(helper: Option<std::thread::JoinHandle<u32>>, at: &[std::time::Duration]) -> usize {
    at.iter().copied().for_each(std::thread::sleep); //~ thread-sleep
    let thread = at.first().is_none().then(std::thread::current); //~ thread-identity
    helper.map(std::thread::JoinHandle::join); //~ thread-block
    thread.is_some().into()
}

/// It waits for a condition, deep inside.
fn of_a_dependency(from: &mut tokio::sync::mpsc::Receiver<u32>) -> Option<u32> {
    from.blocking_recv() //~ thread-block
}

fn main() {
    let (_to, from) = mpsc::channel();
    let (_other, mut theirs) = tokio::sync::mpsc::channel(1);
    let (pair, together) = (Arc::new((Mutex::new(true), Condvar::new())), Arc::new(Barrier::new(1)));
    goxide::go! {
        receives(&from);
        waits(&pair, &together);
        joins();
        by_name(None, &[]);
        of_a_dependency(&mut theirs);
        goxide::blocking(move || from.recv().is_ok());
    }
    // no goroutine
    std::thread::spawn(|| 1).join().unwrap();
}
