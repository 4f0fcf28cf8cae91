//! `goroutines!`: `go` and the arrow as in Go.
use goxide::{Chan, chan, goroutines, select};

fn square(numbers: Chan<u64>, squares: Chan<u64>) {
    goroutines! {
        for n in &numbers {
            squares <- n * n;
        }
        squares.close();
    }
}

#[goxide::main]
fn main() {
    let sum = goroutines! {
        let (numbers, squares) = (chan(0), chan(0));
        go square(numbers.clone(), squares.clone());
        let to = numbers.clone();
        go {
            for n in 1..=3 {
                to <- n;
            }
            to.close();
        }
        let mut sum = 0;
        while let Some(n) = <-squares {
            sum += if n < -1i64 as u64 { n } else { 0 };
        }
        let (a, b) = (chan(1), chan(1));
        a <- 5;
        b <- <-a;
        sum += select! {
            v = <-b => v.flatten().unwrap_or(0),
            default => 0,
        };
        sum
    };
    assert_eq!(sum, 1 + 4 + 9 + 5);
    scoped();
}

/// Goroutines of a scope borrow, start others of it, and scopes nest.
fn scoped() {
    let words = ["a", "bb", "ccc"];
    let (mut lengths, mut outer) = ([0; 3], 0);
    let total = goroutines! {
        let results = chan(0);
        let sum: usize = scope {
            for (word, length) in words.iter().zip(&mut lengths) {
                let results = &results;
                go {
                    *length = word.len();
                    go send(results, word.len());
                }
            }
            let n = scope {
                go || outer = 1;
                10
            };
            let mut sum = n;
            for _ in 0..words.len() {
                sum += (<-results).unwrap_or(0);
            }
            sum
        };
        let one = chan(1);
        scope { go send(&one, 1); }
        results.close();
        let scope = sum + outer;
        scope
    };
    assert_eq!((total, lengths), (17, [1, 2, 3]));
}

fn send(to: &Chan<usize>, value: usize) {
    goroutines! { to <- value; }
}
