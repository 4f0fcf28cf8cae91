//! What runs may be a boxed closure, a function pointer or a method of a trait object.
use goxide::{Chan, chan, go};

trait Job: Send {
    fn run(&self, out: Chan<i32>);
}

struct Double(i32);

impl Job for Double {
    fn run(&self, out: Chan<i32>) {
        out.send(2 * self.0);
    }
}

#[goxide::main]
fn main() {
    let out = chan(3);
    let job: Box<dyn Job> = Box::new(Double(4));
    go!(job.run(out.clone()));
    let send = out.clone();
    let boxed: Box<dyn FnOnce() + Send> = Box::new(move || send.send(1));
    go!(boxed());
    let plain: fn(Chan<i32>) = |out| out.send(3);
    go!(plain(out.clone()));
    let mut all = [out.recv(), out.recv(), out.recv()];
    all.sort();
    assert_eq!(all, [Some(1), Some(3), Some(8)]);
}
