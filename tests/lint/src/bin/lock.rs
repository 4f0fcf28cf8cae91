//! A lock of std's held across a wait; and dropped before, where nothing is wrong.

use std::sync::{Arc, Mutex};

fn holds(total: &Mutex<u32>, from: &goxide::Chan<u32>) {
    let mut sum = total.lock().unwrap();
    if let Some(n) = from.recv() { //~ lock-across-park
        *sum += n;
    }
}

fn drops(total: &Mutex<u32>, from: &goxide::Chan<u32>) {
    let sum = total.lock().unwrap();
    drop(sum);
    from.recv();
    {
        *total.lock().unwrap() += 1;
    }
    from.recv();
    *total.lock().unwrap() += 1;
    from.recv();
}

fn main() {
    let (total, numbers) = (Arc::new(Mutex::new(0)), goxide::chan(0));
    goxide::go! {
        holds(&total, &numbers);
        drops(&total, &numbers);
    }
}
