use goxide::{chan, goroutines};

#[goxide::main]
fn main() {
    goroutines! {
        let numbers = chan::<u32>(1);
        numbers <- "text";
        let n: u32 = <-numbers;
        5 <- n;
    }
}
