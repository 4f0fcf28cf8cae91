//! Arms count only if their condition holds; it is asked once, before anything waits.
use goxide::{chan, select};

#[goxide::main]
fn main() {
    let (a, b) = (chan(1), chan(1));
    a.send(1);
    b.send(2);
    let mut asked = 0;
    let mut allow = |yes| {
        asked += 1;
        yes
    };
    let got = select! {
        v = <-a if allow(false) => v,
        v = <-b if allow(true) => v,
        b <- 9 if allow(false) => None,
    };
    assert_eq!((got, asked), (Some(2), 3));
    let wanted: Option<i32> = Some(5);
    let sent = select! {
        b <- wanted.unwrap_or(0) if wanted.is_some() => true,
        default => false,
    };
    assert!(sent);
    assert_eq!(b.recv(), Some(5));
}
