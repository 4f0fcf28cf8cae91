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
}
