//! Channels travel over channels: a request carries where its answer goes.
use goxide::{Chan, Sender, chan, channel, go};

struct Request {
    n: u64,
    answer: Sender<u64>,
}

fn serve(requests: Chan<Request>) {
    for Request { n, answer } in &requests {
        let _ = answer.send(n * n);
    }
}

#[goxide::main]
fn main() {
    let requests = chan(0);
    go!(serve(requests.clone()));
    let total: u64 = (1..=3)
        .map(|n| {
            let (answer, answered) = channel(1);
            requests.send(Request { n, answer });
            answered.recv().expect("an answer")
        })
        .sum();
    assert_eq!(total, 14);
}
