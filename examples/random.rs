//! A crate with thread-locals inside, as it is: `rand::rng()` belongs to the OS thread, and is not `Send`. Goroutines may hold it while they
//! wait, since each stays on the thread that it began on; those of one thread share a generator, as functions of one thread do.

use goxide::{scope, yield_now};
use rand::RngExt;

const DARTS: u32 = 20_000;

/// How many of so many darts hit the circle.
fn throw(darts: u32) -> u32 {
    let mut rng = rand::rng();
    let mut hits = 0;
    for dart in 0..darts {
        let (x, y): (f64, f64) = (rng.random(), rng.random());
        hits += u32::from(x * x + y * y < 1.0);
        if dart % 100 == 0 {
            yield_now(); // The generator is held meanwhile.
        }
    }
    hits
}

#[goxide::main]
fn main() {
    let mut hits = [0; 20];
    scope(|s| {
        for hits in &mut hits {
            s.spawn(|| *hits = throw(DARTS));
        }
    });
    let pi = 4.0 * f64::from(hits.iter().sum::<u32>()) / f64::from(DARTS * hits.len() as u32);
    println!("pi is about 3.14: {}", (pi - std::f64::consts::PI).abs() < 0.05);
    println!(
        "all different: {}",
        hits.iter().all(|n| *n != DARTS) && hits.windows(2).any(|two| two[0] != two[1])
    );
}
