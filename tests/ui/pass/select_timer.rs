//! Timers and tickers are channels to a select.
use std::time::{Duration, Instant};

use goxide::time::{Ticker, Timer};
use goxide::{chan, select};

#[goxide::main]
fn main() {
    let begun = Instant::now();
    let timer = Timer::new(Duration::from_millis(2));
    let idle = chan::<()>(0);
    let at: Instant = select! {
        at = <-timer => at,
        <-idle => unreachable!(),
    };
    assert!(at - begun >= Duration::from_millis(2));

    let ticker = Ticker::new(Duration::from_millis(1));
    let mut ticks = 0;
    while ticks < 3 {
        select! {
            <-ticker => ticks += 1,
            <-idle => unreachable!(),
        }
    }
}
