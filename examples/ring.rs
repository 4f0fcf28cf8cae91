//! A token runs around a ring of goroutines, each of which knows only its two neighbours.

use goxide::{Chan, chan, go};

const MEMBERS: usize = 1_000;
const LAPS: usize = 10;

/// Passes on a token that is counted down; who sees it reach zero reports its place.
fn member(place: usize, from: Chan<usize>, to: Chan<usize>, last: Chan<usize>) {
    for token in from.iter() {
        if token == 0 {
            last.send(place);
            return;
        }
        to.send(token - 1);
    }
}

#[goxide::main]
fn main() {
    let links: Vec<Chan<usize>> = (0..MEMBERS).map(|_| chan(0)).collect();
    let last = chan(0);
    for place in 0..MEMBERS {
        let next = (place + 1) % MEMBERS;
        go!(member(place, links[place].clone(), links[next].clone(), last.clone()));
    }

    links[0].send(MEMBERS * LAPS + 7);
    println!("after {LAPS} laps and 7 steps the token is at {}", last.recv().expect("a member reports"));
}
