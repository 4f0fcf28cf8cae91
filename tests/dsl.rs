//! `#[goxide::test]`, and the macros where a library user meets them: in functions, methods, generics and own macros.

use std::fmt::Debug;
use std::num::ParseIntError;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use goxide::{Chan, Receiver, chan, channel, go, select, time};

#[goxide::test]
fn a_body_is_a_goroutine() {
    let c = chan(0);
    let tx = c.clone();
    go!(move || tx.send(1));
    assert_eq!(c.recv(), Some(1));
}

#[goxide::test]
fn a_result_is_judged() -> Result<(), ParseIntError> {
    let n: u8 = "5".parse()?;
    assert_eq!(n, 5);
    Ok(())
}

#[goxide::test]
fn an_exit_code_is_judged() -> ExitCode {
    ExitCode::SUCCESS
}

#[goxide::test]
#[should_panic(expected = "on purpose")]
fn a_panic_fails_the_test() {
    panic!("on purpose");
}

#[goxide::test]
#[ignore = "attributes stay where they are"]
fn ignored() {
    panic!("never runs");
}

struct Counter {
    commands: Receiver<u32>,
    quit: Chan<()>,
    sum: u32,
}

impl Counter {
    fn run(mut self, answer: Chan<u32>) {
        loop {
            select! {
                n = <-self.commands => match n {
                    Some(n) => self.sum += n,
                    None => break,
                },
                <-self.quit => break,
            }
        }
        answer.send(self.sum);
    }
}

#[goxide::test]
fn a_method_is_a_goroutine() {
    let (tx, commands) = channel(4);
    let answer = chan(0);
    go!(Counter { commands, quit: chan(0), sum: 0 }.run(answer.clone()));
    for n in 1..=10 {
        tx.send(n).expect("the counter listens");
    }
    drop(tx);
    assert_eq!(answer.recv(), Some(55));
}

fn first_of<T: Send + Debug>(cs: &[Chan<T>; 2]) -> Option<T> {
    select! {
        v = <-cs[0] => v,
        v = <-cs[1] => v,
    }
}

#[goxide::test]
fn generic_functions_select() {
    let cs = [chan::<String>(1), chan(1)];
    cs[1].send("second".to_string());
    assert_eq!(first_of(&cs).as_deref(), Some("second"));
}

macro_rules! within {
    ($duration:expr, $v:pat = $c:expr => $body:expr) => {
        select! {
            $v = <-$c => Some($body),
            <-time::after($duration) => None,
        }
    };
}

macro_rules! spawn {
    ($call:expr) => {
        go!($call)
    };
}

#[goxide::test]
fn macros_of_the_user_may_wrap_ours() {
    let c = chan::<u32>(1);
    assert_eq!(within!(Duration::from_millis(1), v = c => v), None);
    spawn!(c.clone().send(3));
    assert_eq!(within!(Duration::from_secs(60), v = c => v), Some(Some(3)));
}

#[goxide::allow_identity(reason = "a lock of its own, which nobody else wants")]
#[goxide::test]
fn guards_of_operands_end_before_the_body() {
    let shared = Arc::new(Mutex::new(chan::<u32>(1)));
    shared.lock().expect("not poisoned").send(1);
    let v = select! {
        v = <-*shared.lock().expect("not poisoned") => {
            // The operand's lock is free again, or this would wait for ever.
            *shared.lock().expect("not poisoned") = Chan::nil();
            v
        }
    };
    assert_eq!(v, Some(1));
}

#[goxide::test]
fn the_choice_among_ready_arms_is_fair() {
    let (a, b) = (chan::<()>(1), chan::<()>(1));
    let mut taken = [0; 2];
    for _ in 0..1000 {
        let _ = (a.try_send(()), b.try_send(()));
        select! {
            <-a => taken[0] += 1,
            <-b => taken[1] += 1,
        }
    }
    assert!(taken.iter().all(|n| *n > 300), "{taken:?}");
}
