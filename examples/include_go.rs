//! A Go file in a Rust program: Rust calls Go's functions, and goroutines of both talk over the same channels.

use goxide::{chan, go, select, time};
use goxide_include::include_go;
use std::time::Duration;

include_go!("include_go/primes.go");

#[goxide::main]
fn main() -> Result<(), goxide_golib::include::GoError> {
    // Rust sends and receives, Go sifts.
    let (numbers, found) = (chan(0), chan(0));
    go!(primes::Sieve(numbers.clone(), found.clone()));
    go!(move || {
        for n in 2..50 {
            numbers.send(n);
        }
        numbers.close();
    });
    let mut list = Vec::new();
    loop {
        select! {
            prime = <-found => match prime {
                Some(prime) => list.push(prime),
                None => break,
            },
            <-time::after(Duration::from_secs(5)) => println!("too slow"),
        }
    }
    println!("{list:?}");

    // Values are copied on their way.
    println!("2024 = {}", primes::Product(&primes::Factors(2024)?));
    if let Err(error) = primes::Factors(0) {
        println!("error: {error}");
    }

    // A variable of Go's stays where it is, and Rust has a handle with its methods; closures go along.
    let finder = primes::Finder::new();
    println!("{} {} {}", finder.Next(), finder.Next(), finder.Next());
    let same = finder.clone();
    finder.Until(|prime| prime < 20);
    println!("{}", same.Next());
    Ok(())
}
