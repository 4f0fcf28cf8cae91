//! Every form of an arm, and control flow out of bodies.

use std::cell::RefCell;

use goxide::{Chan, chan, go, select};

fn first_even(rx: &Chan<u32>) -> Result<u32, String> {
    loop {
        select! {
            v = <-rx => {
                let v = v.ok_or("closed")?;
                if v % 2 == 1 {
                    continue;
                }
                return Ok(v);
            }
        }
    }
}

fn count(rx: &Chan<u32>) -> usize {
    let mut n = 0;
    'all: loop {
        select! {
            v = <-rx => match v {
                Some(_) => n += 1,
                None => break 'all,
            },
        }
    }
    n
}

#[goxide::main]
fn main() {
    let c = chan::<u32>(4);

    // An expression; a send, a receive, default.
    let text = select! { v = <-c => format!("{v:?}"), default => "empty".to_string() };
    assert_eq!(text, "empty");
    let sent = select! { c <- 1 => true, default => false };
    assert!(sent);
    assert_eq!(select! { v = <-c => v, default => None }, Some(1));

    // Patterns, types, no binding.
    c.send(2);
    select! { mut v: Option<u32> = <-c => { v = v.map(|v| v + 1); assert_eq!(v, Some(3)) } }
    c.send(2);
    select! { _ = <-c => {} }
    c.send(2);
    select! { <-c => {} }

    // The channel may be assigned to in a body, and borrowed in several arms.
    let mut current = c.clone();
    let other = chan::<u32>(1);
    other.send(9);
    current.send(8);
    let mut seen = Vec::new();
    for _ in 0..2 {
        select! {
            v = <-current => {
                seen.push(v);
                current = other.clone();
            }
            <-&current if seen.is_empty() && false => unreachable!(),
        }
    }
    assert_eq!(seen, [Some(8), Some(9)]);

    // A guard stands before its operands, and a disabled arm is never chosen.
    let value = String::from("text");
    let texts = chan::<String>(1);
    select! {
        texts <- value if value.is_empty() => unreachable!(),
        default => {}
    }

    // Operands: once, in source order, also of arms that are not chosen.
    let order = RefCell::new(Vec::new());
    let note = |name: &'static str, c: &Chan<u32>| {
        order.borrow_mut().push(name);
        c.clone()
    };
    let full = chan::<u32>(0);
    select! {
        <-note("a", &full) => unreachable!(),
        note("b", &full) <- { order.borrow_mut().push("value"); 5 } => unreachable!(),
        v = <-note("c", &full) if { order.borrow_mut().push("guard"); false } => unreachable!("{v:?}"),
        default => {}
    }
    assert_eq!(order.into_inner(), ["a", "b", "value", "guard", "c"]);

    // Ready arms in order with `biased`.
    let (a, b) = (chan::<u32>(8), chan::<u32>(8));
    for _ in 0..8 {
        a.send(1);
        b.send(2);
    }
    for _ in 0..8 {
        assert_eq!(select! { biased; v = <-a => v, v = <-b => v }, Some(1));
    }

    // Control flow out of bodies.
    for v in [1, 3, 4] {
        c.send(v);
    }
    assert_eq!(first_even(&c), Ok(4));
    c.send(1);
    c.send(2);
    c.close();
    assert_eq!(count(&c), 2);
    assert_eq!(first_even(&c), Err("closed".to_string()));

    // Nested, with the inner one in a body and in an operand.
    let inner = chan::<Chan<u32>>(1);
    inner.send(b);
    let v = select! {
        v = <-select! { c = <-inner => c.expect("open") } => select! { default => v },
    };
    assert_eq!(v, Some(2));

    // Halves, and a rendezvous.
    let (tx, rx) = goxide::channel::<u32>(0);
    go!(move || { let _ = tx.send(5); });
    assert_eq!(select! { v = <-rx => v }, Some(5));
    assert_eq!(select! { v = <-rx => v }, None);

    // `select! {}` has type `!` and waits for ever.
    go!(move || {
        let _: u8 = select! {};
    });
}
