//! Every form of `go!`, and that it is evaluated when Go evaluates it.

use std::sync::{Arc, Mutex};

use goxide::{Chan, chan, go};

#[derive(Clone)]
struct Log(Arc<Mutex<Vec<String>>>, Chan<()>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().expect("not poisoned").push(text.into());
    }

    fn finish(self, text: &'static str) {
        self.note(text);
        self.1.send(());
    }

    fn finish_after(self, gate: Chan<()>, text: &'static str) {
        gate.recv();
        self.finish(text);
    }

    fn evaluated<T>(&self, name: &str, value: T) -> T {
        self.note(name);
        value
    }

    fn generic<T: ToString>(&mut self, value: T) -> bool {
        self.note(value.to_string());
        self.1.send(());
        true
    }
}

fn apply(log: Log, f: impl FnOnce(&str) -> String, boxed: Box<dyn Fn(u8) -> u8 + Send>, slice: &[u8]) {
    log.note(f("applied"));
    log.note(format!("{} {}", boxed(1), slice.len()));
    log.1.send(());
}

fn never(log: Log) -> ! {
    log.note("never");
    log.1.send(());
    chan::<()>(0).recv();
    unreachable!()
}

#[goxide::main]
fn main() {
    let done = chan::<()>(0);
    let log = Log(Arc::default(), done.clone());

    // Operands are evaluated before the goroutine starts, left to right.
    let gate = chan::<()>(0);
    go!(log.evaluated("receiver", log.clone()).finish_after(log.evaluated("argument", gate.clone()), "method"));
    log.note("after go");
    gate.send(());
    done.recv();

    go!((log.evaluated("callee", Log::finish))(log.clone(), "function"));
    done.recv();

    // A parameter type guides closures and literals; coercions happen as in a plain call.
    go!(apply(log.clone(), |text| text.to_uppercase(), Box::new(|x| x + 1), &[1, 2, 3]));
    done.recv();

    let text = String::from("closure");
    let l = log.clone();
    go!(move || l.finish(if text.is_empty() { "" } else { "closure" }));
    done.recv();

    let l = log.clone();
    go! {
        let text = "block";
        if text.is_empty() {
            return;
        }
        l.finish(text);
    }
    done.recv();

    let l = log.clone();
    go!({ l.finish("braces") });
    done.recv();

    let l = log.clone();
    go! { for text in ["loop"] { l.clone().finish(text); } }
    done.recv();

    go!((|l: Log, text: &'static str| l.finish(text))(log.clone(), "called closure"));
    done.recv();

    go!(log.clone().generic::<u32>(7));
    done.recv();

    go!(never(log.clone()));
    done.recv();

    // The value is `()`, in every form.
    let units: [(); 2] = [go!(drop(1)), go!(move || {})];
    assert_eq!(units, [(), ()]);

    let expected = [
        "receiver", "argument", "after go", "method", "callee", "function", "APPLIED", "2 3", "closure", "block", "braces",
        "loop", "called closure", "7", "never",
    ];
    assert_eq!(*log.0.lock().expect("not poisoned"), expected);
}
