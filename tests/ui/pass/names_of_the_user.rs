//! Names that only look like thread identity, and names the expansions use, belong to the user.

mod thread {
    pub fn current() -> u8 {
        7
    }
}

struct LocalKey;
struct ThreadId(u8);

#[allow(non_camel_case_types)]
struct Chosen;

fn go() -> u8 {
    1
}

#[goxide::main]
fn main() {
    let (arm0, chosen, received, callee) = (1, 2, 3, 4);
    let c = goxide::chan::<u8>(1);
    let done = goxide::chan::<u8>(0);
    let answer = done.clone();
    goxide::go! {
        let _ = (LocalKey, ThreadId(0).0, Chosen);
        answer.send(crate::thread::current() + go());
    }
    assert_eq!(done.recv(), Some(8));
    c.send(5);
    let sum = goxide::select! {
        v = <-c => v.unwrap_or(0) + arm0 + chosen + received + callee,
        default => 0,
    };
    assert_eq!(sum, 15);
    assert!(std::thread::available_parallelism().is_ok());
}
