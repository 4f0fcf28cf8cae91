//! Arms over `Sender` and `Receiver`, of different types, by value, by reference and behind `Arc`.
use std::sync::Arc;

use goxide::{channel, select};

#[goxide::main]
fn main() {
    let (texts_in, texts) = channel::<String>(1);
    let (numbers_in, numbers) = channel::<u8>(1);
    let shared = Arc::new(numbers_in);
    for _ in 0..2 {
        select! {
            texts_in <- "hi".to_string() => {}
            *shared <- 7 => {}
        }
    }
    let mut seen = Vec::new();
    for _ in 0..2 {
        select! {
            text = <-texts => seen.push(text.unwrap_or_default()),
            number = <-&numbers => seen.push(number.map_or(String::new(), |n| n.to_string())),
        }
    }
    seen.sort();
    assert_eq!(seen, ["7", "hi"]);
}
