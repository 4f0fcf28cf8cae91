//! Channels are borrowed only while the select waits: bodies may move or replace them. Bindings may take apart what came.
use goxide::{chan, select};

#[derive(Debug, PartialEq)]
struct Point {
    x: i32,
    y: i32,
}

#[goxide::main]
fn main() {
    let mut channel = chan(1);
    channel.send(Some(Point { x: 1, y: 2 }));
    let point = select! {
        v = <-channel => {
            channel = chan(1);
            v.flatten()
        }
    };
    assert_eq!(point, Some(Point { x: 1, y: 2 }));
    let channels = vec![chan(1), chan(1)];
    channels[1].send(Point { x: 3, y: 4 });
    let sum = select! {
        v = <-channels[0] => v.map_or(0, |Point { x, y }| x + y),
        v = <-&channels[1] => v.map_or(0, |p: Point| p.x + p.y),
    };
    assert_eq!(sum, 7);
    drop(channel);
}
