//! The way out of the rule: on functions, methods, generic ones, ones in traits; beside the other attributes, in either order.

use goxide::{allow_identity, chan, go};

struct Log(u32);

trait Named {
    #[allow_identity(reason = "a default method")]
    fn name(&self) -> bool {
        std::thread::current().name().is_some()
    }
}

impl Named for Log {}

impl Log {
    #[goxide::allow_identity(reason = "shown to people only")]
    pub(crate) fn line<T: std::fmt::Debug>(&mut self, what: T) -> String {
        self.0 += 1;
        format!("{:?} {what:?}", std::thread::current().id())
    }
}

#[allow_identity(reason = "constant all the same",)]
const fn seven() -> u32 {
    7
}

#[goxide::main]
#[goxide::allow_identity(reason = "main asks, and so does what it starts")]
fn main() {
    let names = chan(1);
    let name = std::thread::current().name().is_some();
    let told = names.clone();
    go!(move || told.send(std::thread::current().name().is_some()));
    assert_eq!(names.recv(), Some(name));
    let told = names.clone();
    go! {
        goxide::go!(move || {
            let _ = std::thread::current();
            told.send(true);
        });
    }
    assert_eq!(names.recv(), Some(true));
    goxide::select! {
        _ = <-names if std::thread::current().name().is_none() => {}
        default => assert!(Log(seven()).line("x").contains("\"x\"")),
    }
    Log(1).name();
    other();
}

#[goxide::allow_identity(reason = "above the other attribute")]
#[inline]
fn other() {
    let _ = std::thread::current();
}
