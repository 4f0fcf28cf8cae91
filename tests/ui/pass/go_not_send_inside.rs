//! What is made inside of a goroutine need not be `Send`, also across waits: a goroutine stays on its thread.
use std::cell::RefCell;
use std::rc::Rc;

use goxide::{chan, go};

#[goxide::main]
fn main() {
    let (numbers, sum) = (chan(0), chan(0));
    let (from, to) = (numbers.clone(), sum.clone());
    go! {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let also = Rc::clone(&seen);
        for n in &from {
            seen.borrow_mut().push(n);
        }
        to.send(also.borrow().iter().sum::<i32>());
    }
    for n in 1..=4 {
        numbers.send(n);
    }
    numbers.close();
    assert_eq!(sum.recv(), Some(10));
}
