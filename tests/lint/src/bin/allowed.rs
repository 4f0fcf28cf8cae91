//! What is allowed, with its reason; one that allows nothing; and one way to the offence that nobody allowed.

use std::cell::Cell;

thread_local! {
    static HITS: Cell<u32> = const { Cell::new(0) };
}

#[goxide::allow_identity(reason = "a count for each thread is what is wanted")]
fn count() {
    HITS.set(HITS.get() + 1);
}

#[goxide::allow_identity(reason = "nothing")]
fn harmless() {}

struct Log;

impl Log {
    #[goxide::allow_identity(reason = "for people who read logs")]
    fn line(&self) -> String {
        shared()
    }

    #[goxide::allow_identity(reason = "starts a goroutine that may ask")]
    fn starts(self) {
        goxide::go!(move || println!("{:?}", std::thread::current()));
    }
}

fn shared() -> String {
    format!("{:?}", std::thread::current().name())
}

#[goxide::main]
#[goxide::allow_identity(reason = "main is looked at, too")]
fn main() {
    println!("{:?}", std::thread::current().name());
    goxide::go! {
        count();
        harmless();
        Log.line();
        Log.starts();
    }
}
