use goxide::{chan, select};

#[goxide::main]
fn main() {
    let rx = chan::<i32>(0);
    select! {
        v = <-rx => drop(v),
        after() => {}
    }
    select! {
        v = <-rx => drop(v),
        after(5) => {}
    }
}
