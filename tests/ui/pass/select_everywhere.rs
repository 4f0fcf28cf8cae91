//! What a user of `select!` tries: operands of all kinds, control flow, types that are found out later.
use goxide::time::{Ticker, Timer};
use goxide::{Chan, Receiver, chan, channel, context, select};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

struct Many {
    rx: Receiver<u8>,
    all: Vec<Chan<String>>,
    map: std::collections::HashMap<&'static str, Chan<i32>>,
}

impl Many {
    fn step(&mut self, ctx: &context::Context) -> Result<Option<u8>, context::Error> {
        select! {
            v = <-self.rx => Ok(v),
            s = <-self.all[0] => { self.all.pop(); Ok(s.map(|s| s.len() as u8)) }
            n = <-self.map["x"] => Ok(n.map(|n| n as u8)),
            <-ctx.done() => Err(ctx.check().unwrap_err()),
        }
    }
}

#[goxide::main]
fn main() {
    let (tx, rx) = channel::<u8>(2);
    let mut m = Many { rx, all: vec![chan(1)], map: [("x", chan(1))].into() };
    tx.send(3).unwrap();
    let (ctx, cancel) = context::background().with_cancel();
    assert_eq!(m.step(&ctx).unwrap(), Some(3));
    cancel.cancel();
    assert!(m.step(&ctx).is_err());
    // Labels, and a value out of two loops.
    let c = chan::<i32>(8);
    for i in 0..8 {
        c.send(i);
    }
    c.close();
    let mut odd = vec![];
    let got = 'outer: loop {
        for _ in 0..3 {
            select! {
                v = <-c => {
                    let Some(v) = v else { break 'outer odd.len() };
                    if v % 2 == 0 { continue 'outer }
                    odd.push(v);
                }
            }
        }
    };
    assert_eq!(got, 4);
    // `?` in an operand.
    let r: Result<i32, String> = (|| {
        let chans: Result<Chan<i32>, String> = Ok(c.clone());
        let v = select! { v = <-chans.clone()? => v.unwrap_or(9), default => 1 };
        Ok(v)
    })();
    assert_eq!(r, Ok(9));
    // A type beside the pattern.
    let x: Chan<Option<Box<dyn Fn() -> i32 + Send>>> = chan(1);
    x.send(Some(Box::new(|| 4)));
    let n = select! { f: Option<Option<Box<dyn Fn() -> i32 + Send>>> = <-x => f.flatten().map(|f| f()), default => None };
    assert_eq!(n, Some(4));
    // Channels behind pointers.
    let a = Arc::new(chan::<i32>(1));
    let b = Box::new(chan::<i32>(1));
    let rr = &&a;
    let counted = Rc::new(chan::<i32>(1));
    a.send(1);
    assert_eq!(select! { v = <-a => v, v = <-*b => v, v = <-**rr => v, v = <-counted => v }, Some(1));
    // Timers, tickers, and a deadline that does not count.
    let timer = Timer::new(Duration::from_millis(1));
    let ticker = Ticker::new(Duration::from_millis(1));
    let mut seen = 0;
    while seen < 3 {
        select! { at = <-timer => { let _ = at.elapsed(); seen += 1 } at = <-ticker => { let _ = at; seen += 1 }, after(Duration::from_secs(1)) if seen > 100 => panic!() }
    }
    // A guard looks at what the operand then takes.
    let mut out = Some(5);
    let sink = chan::<i32>(1);
    let never = Chan::<i32>::nil();
    select! { sink <- out.take().unwrap_or_default() if out.is_some() => {}, <-never => {}, default => panic!() }
    assert_eq!(sink.recv(), Some(5));
    // In source order.
    let (p, q) = (chan::<i32>(1), chan::<i32>(1));
    for _ in 0..20 {
        p.send(1);
        q.send(2);
        let v = select! { biased; v = <-p => v, v = <-q => v };
        assert_eq!(v, Some(1));
        q.recv();
    }
    // Many arms.
    let v: Vec<Chan<i32>> = (0..20).map(|_| chan(1)).collect();
    v[13].send(13);
    let g = select! {
        x = <-v[0] => x, x = <-v[1] => x, x = <-v[2] => x, x = <-v[3] => x, x = <-v[4] => x, x = <-v[5] => x, x = <-v[6] => x,
        x = <-v[7] => x, x = <-v[8] => x, x = <-v[9] => x, x = <-v[10] => x, x = <-v[11] => x, x = <-v[12] => x, x = <-v[13] => x,
        x = <-v[14] => x, x = <-v[15] => x, x = <-v[16] => x, x = <-v[17] => x, x = <-v[18] => x, x = <-v[19] => x,
    };
    assert_eq!(g, Some(13));
    // The value of a loop.
    let u: i32 = loop {
        break select! { v = <-p if false => v.unwrap(), default => 3 };
    };
    assert_eq!(u, 3);
    // A send that nobody can receive is ready, as Go's panic would be; the value is dropped.
    let (tx, rx) = channel::<i32>(1);
    drop(rx);
    assert_eq!(select! { tx <- 1 => 1, default => 2 }, 1);
    // Types known from what is done with the value.
    let e = chan(1);
    e.send(Default::default());
    let w: Option<u16> = select! { v = <-e => v };
    assert_eq!(w, Some(0));
    // What is bound may be changed.
    let t = chan::<(i32, String)>(1);
    t.send((1, "x".into()));
    select! { mut v = <-t => { if let Some((n, s)) = &mut v { *n += 1; s.push('y'); } assert_eq!(v, Some((2, "xy".into()))) } }
    // As a condition, and as a closure.
    if select! { v = <-t => v.is_some(), default => true } {}
    let f = |c: &Chan<i32>| select! { v = <-c => v, default => None };
    assert_eq!(f(&p), None);
}
