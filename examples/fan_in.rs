//! Several sources, one reader: `select!` takes from whichever is ready, and gives up after a while.

use std::time::Duration;

use goxide::{Chan, chan, go, select, time};

/// Sends `name` and a number, `count` times, then closes.
fn source(name: &'static str, count: u32, pause: Duration) -> Chan<(&'static str, u32)> {
    let out = chan(0);
    let tx = out.clone();
    go! {
        for i in 0..count {
            time::sleep(pause);
            tx.send((name, i));
        }
        tx.close();
    }
    out
}

/// Everything from both, until both are closed.
fn merge<T>(mut a: Chan<T>, mut b: Chan<T>) -> Vec<T> {
    let mut all = Vec::new();
    // A nil channel is never ready: a source that has ended is taken out of the select.
    while !(a.is_nil() && b.is_nil()) {
        select! {
            v = <-a => match v {
                Some(v) => all.push(v),
                None => a = Chan::nil(),
            },
            v = <-b => match v {
                Some(v) => all.push(v),
                None => b = Chan::nil(),
            },
        }
    }
    all
}

#[goxide::main]
fn main() {
    let ticks = source("tick", 3, Duration::from_millis(2));
    let tocks = source("tock", 4, Duration::from_millis(1));
    let mut merged = merge(ticks, tocks);
    merged.sort();
    for (name, i) in merged {
        println!("{name} {i}");
    }

    // A source that is too slow for the reader's patience.
    let slow = source("slow", 1, Duration::from_secs(3600));
    let answer = select! {
        v = <-slow => format!("{v:?}"),
        <-time::after(Duration::from_millis(20)) => "timed out".to_string(),
    };
    println!("{answer}");

    // Nothing ready, and no time to wait.
    let text = select! {
        v = <-slow => format!("{v:?}"),
        default => "nothing ready".to_string(),
    };
    println!("{text}");
}
