//! Numbers: many goroutines at once, many operations, no growth. `cargo test --release` makes the full counts.

use goxide::sync::WaitGroup;
use goxide::{chan, go};

const FULL: bool = !cfg!(debug_assertions);

/// Resident memory in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("VmRSS");
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number")
}

#[goxide::test]
fn numbers() {
    // One after the other: they compete for memory mappings and for the clock.
    thirty_thousand_parked();
    ten_million_operations();
    spawn_and_join_stays_flat();
    small_stacks_hold_big_frames();
}

fn thirty_thousand_parked() {
    if std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|kind| kind == "thread") {
        return;
    }
    const N: usize = 30_000;
    let (gate, arrived, wg) = (chan::<()>(0), chan::<()>(64), WaitGroup::new());
    for _ in 0..N {
        let (gate, arrived) = (gate.clone(), arrived.clone());
        wg.go(move || {
            arrived.send(());
            gate.recv();
        });
    }
    for _ in 0..N {
        arrived.recv();
    }
    gate.close();
    wg.wait();
}

fn ten_million_operations() {
    let n: u64 = if FULL { 5_000_000 } else { 200_000 };
    for cap in [128, 0] {
        let n = if cap == 0 { n / 5 } else { n };
        let ch = chan::<u64>(cap);
        let tx = ch.clone();
        go! {
            for i in 0..n {
                tx.send(i);
            }
            tx.close();
        }
        assert_eq!(ch.iter().sum::<u64>(), n * (n - 1) / 2);
    }
}

fn spawn_and_join_stays_flat() {
    let rounds = if FULL { 2_000 } else { 100 };
    let mut at_start = 0;
    for round in 0..rounds {
        let wg = WaitGroup::new();
        for _ in 0..500 {
            wg.go(goxide::yield_now);
        }
        wg.wait();
        if round == rounds / 4 {
            at_start = resident();
        }
    }
    let grown = resident().saturating_sub(at_start);
    assert!(grown < 8 << 10, "grew by {grown} KiB");
}

fn small_stacks_hold_big_frames() {
    fn deep(n: usize) -> usize {
        let frame = std::hint::black_box([n as u8; 512]);
        if n == 0 { frame[0] as usize } else { deep(n - 1) + usize::from(frame[511] == n as u8) }
    }
    let wg = WaitGroup::new();
    for _ in 0..50 {
        wg.go(|| {
            deep(100);
        });
    }
    wg.wait();
    // The main goroutine of a test has a main's stack.
    assert_eq!(deep(100_000), 100_000);
}
