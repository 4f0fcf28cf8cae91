//! Primes by a chain of filters: each prime found adds a goroutine that lets its multiples drop out.

use goxide::{Chan, chan, go};

fn numbers(to: Chan<u32>) {
    for n in 2.. {
        to.send(n);
    }
}

fn filter(prime: u32, from: Chan<u32>, to: Chan<u32>) {
    for n in from.iter() {
        if !n.is_multiple_of(prime) {
            to.send(n);
        }
    }
}

#[goxide::main]
fn main() {
    let mut source = chan(0);
    go!(numbers(source.clone()));
    for _ in 0..100 {
        let prime = source.recv().expect("numbers never end");
        println!("{prime}");
        let filtered = chan(0);
        go!(filter(prime, source, filtered.clone()));
        source = filtered;
    }
    // Returning from main ends the program, and with it every goroutine.
}
