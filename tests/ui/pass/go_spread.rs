//! `spread;` in front of every form of `go!`, alone and with other options.

use goxide::{Chan, chan, go, scope};

struct Worker(Chan<u64>);

impl Worker {
    fn send(&self, n: u64) {
        self.0.send(n);
    }
}

fn send(n: u64, out: Chan<u64>) {
    out.send(n);
}

#[goxide::main]
fn main() {
    let out = chan::<u64>(0);

    go!(spread; send(1, out.clone()));
    go!(spread; Worker(out.clone()).send(2));
    let results = out.clone();
    go!(spread; move || results.send(3));
    let results = out.clone();
    go! { spread;
        let n = 4;
        results.send(n);
    }
    let results = out.clone();
    go!(spread; stack = 64.kib(); { results.send(5); });
    let mut received: Vec<u64> = out.iter().take(5).collect();
    received.sort_unstable();
    assert_eq!(received, [1, 2, 3, 4, 5]);

    let mut numbers = [1, 2];
    scope(|s| {
        for number in &mut numbers {
            go!(s; spread; move || *number += 1);
        }
    });
    scope(|s| {
        for number in &mut numbers {
            go!(spread; s; stack = 32 << 10; move || *number += 1);
        }
    });
    assert_eq!(numbers, [3, 4]);
}
