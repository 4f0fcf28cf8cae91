//! `break` with a label and a value, `continue`, `return` and `?` in bodies mean what they mean around them.
use goxide::{Chan, chan, select};

fn first_even(numbers: &Chan<i32>) -> Result<i32, String> {
    let found = 'search: loop {
        for _ in 0..2 {
            select! {
                v = <-numbers => {
                    let v = v.ok_or("closed")?;
                    if v % 2 != 0 {
                        continue;
                    }
                    break 'search v;
                }
                default => return Err("empty".into()),
            }
        }
    };
    Ok(found)
}

#[goxide::main]
fn main() {
    let numbers = chan(4);
    for n in [1, 3, 4] {
        numbers.send(n);
    }
    assert_eq!(first_even(&numbers), Ok(4));
    assert_eq!(first_even(&numbers), Err("empty".to_string()));
    numbers.close();
    assert_eq!(first_even(&numbers), Err("closed".to_string()));
}
