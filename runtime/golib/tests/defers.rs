//! `defer`, `recover`, `Goexit`: order, results, which calls may recover, panics in deferred calls.

// A function value is called through its target.
#![allow(non_snake_case, clippy::redundant_closure)]

mod support;

use goxide_golib::panic::goexit;
use goxide_golib::prelude::*;
use support::panic_of;

/// A log that deferred calls write to.
#[derive(Clone, Copy)]
struct Log(Ptr<Slice<Any>>);

impl Log {
    fn new() -> Log {
        Log(Ptr::new(zero()))
    }

    fn add(self, value: impl Into<Entry>) {
        let Entry(value) = value.into();
        self.0.set(self.0.get().append(value));
    }

    fn text(self) -> String {
        let show = |value: Any| match (value.downcast::<isize>(), value.downcast::<Str>()) {
            (Some(number), _) => number.to_string(),
            (_, Some(text)) => text.to_string(),
            _ if value.is_nil() => "nil".to_string(),
            _ => value.assert::<Error>().Error().to_string(),
        };
        self.0.get().iter().map(show).collect::<Vec<_>>().join(" ")
    }
}

struct Entry(Any);
impl From<isize> for Entry {
    fn from(value: isize) -> Entry {
        Entry(any(value))
    }
}
impl From<&'static str> for Entry {
    fn from(value: &'static str) -> Entry {
        Entry(any(str(value)))
    }
}
impl From<Any> for Entry {
    fn from(value: Any) -> Entry {
        Entry(value)
    }
}

/// `panic(text)`
fn fail(text: &'static str) -> ! {
    panic(any(str(text)))
}

/// A deferred function that recovers and logs what.
fn recovering(log: Log) -> impl Fn() + Copy {
    move || {
        let recovery = Recovery::take();
        log.add(recovery.recover());
    }
}

#[test]
fn last_in_first_out_and_results() {
    let log = Log::new();
    let result = defer_scope(|defers| -> isize {
        for i in 0..3 {
            defers.push(move || log.add(i));
        }
        log.add("body");
        7
    });
    assert_eq!((result, log.text().as_str()), (7, "body 2 1 0"));
}

#[test]
fn a_recovered_function_returns_zero_or_its_named_results() {
    let log = Log::new();
    let unnamed = defer_scope(|defers| -> (isize, Str) {
        defers.push_recover(recovering(log));
        fail("x")
    });
    assert_eq!(unnamed, (0, str("")));
    let named = Ptr::new(1isize);
    defer_scope(|defers| -> () {
        defers.push_recover(move || {
            Recovery::take().recover();
            named.set(named.get() + 10);
        });
        named.set(5);
        fail("y")
    });
    assert_eq!((named.get(), log.text().as_str()), (15, "x"));
}

#[test]
fn panics_pass_through_functions_and_their_deferred_calls() {
    let log = Log::new();
    fn deep(n: isize, log: Log) {
        defer_scope(|defers| {
            defers.push(move || log.add(n));
            if n == 0 {
                fail("bottom");
            }
            deep(n - 1, log);
        })
    }
    assert_eq!(panic_of(move || deep(3, log)).as_deref(), Some("bottom"));
    assert_eq!(log.text(), "0 1 2 3");
}

#[test]
fn recover_works_only_in_the_deferred_function_itself() {
    let log = Log::new();
    let caught = panic_of(move || {
        defer_scope(|defers| -> () {
            // func() { func() { recover() }() }: a call of a call. The outer does not call recover.
            defers.push(move || recovering(log)());
            fail("a")
        })
    });
    assert_eq!((caught.as_deref(), log.text().as_str()), (Some("a"), "nil"));
    // Outside of any deferred call.
    recovering(log)();
    // In a deferred call without a panic.
    defer_scope(|defers| defers.push_recover(recovering(log)));
    assert_eq!(log.text(), "nil nil nil");
}

#[test]
fn a_deferred_function_that_recovers_calls_others_that_cannot() {
    let log = Log::new();
    defer_scope(|defers| -> () {
        defers.push_recover(move || {
            let recovery = Recovery::take();
            recovering(log)();
            log.add(recovery.recover());
            log.add(recovery.recover());
        });
        fail("b")
    });
    assert_eq!(log.text(), "nil b nil");
}

#[test]
fn only_the_newest_panic_is_recovered() {
    let log = Log::new();
    let caught = panic_of(move || {
        defer_scope(|defers| -> () {
            defers.push(move || {
                defer_scope(|defers| -> () {
                    defers.push_recover(recovering(log));
                    fail("inner")
                })
            });
            fail("outer")
        })
    });
    assert_eq!((caught.as_deref(), log.text().as_str()), (Some("outer"), "inner"));
}

#[test]
fn a_deferred_panic_supersedes() {
    let log = Log::new();
    defer_scope(|defers| -> () {
        defers.push_recover(recovering(log));
        defers.push(|| fail("second"));
        defers.push(move || log.add("runs"));
        fail("first")
    });
    recovering(log)();
    assert_eq!(log.text(), "runs second nil");
}

#[test]
fn panics_again_after_recovery() {
    let log = Log::new();
    let caught = panic_of(move || {
        defer_scope(|defers| -> () {
            defers.push_recover(move || {
                let value = Recovery::take().recover();
                log.add(value);
                fail("again")
            });
            fail("once")
        })
    });
    assert_eq!((caught.as_deref(), log.text().as_str()), (Some("again"), "once"));
    let same = panic_of(|| {
        defer_scope(|defers| -> () {
            defers.push_recover(|| panic(Recovery::take().recover()));
            fail("same")
        })
    });
    assert_eq!(same.as_deref(), Some("same"));
}

#[test]
fn recovery_in_the_middle_goes_on_with_the_rest() {
    let log = Log::new();
    defer_scope(|defers| -> () {
        defers.push_recover(recovering(log));
        defers.push(move || log.add("third"));
        defers.push_recover(recovering(log));
        defers.push(move || log.add("first"));
        fail("p")
    });
    assert_eq!(log.text(), "first p third nil");
}

#[test]
fn function_values_know_whether_they_recover() {
    let log = Log::new();
    let plain = func(move || recovering(log)());
    let recovers = func_recovers(recovering(log));
    for f in [plain, recovers] {
        let caught = panic_of(move || {
            defer_scope(|defers| -> () {
                defers.push_if(f.recovers(), move || f());
                fail("v")
            })
        });
        assert_eq!(caught.is_some(), !f.recovers());
    }
    assert_eq!(log.text(), "nil v");
}

#[test]
fn nil_functions_panic_when_they_are_run() {
    let log = Log::new();
    let caught = panic_of(move || {
        defer_scope(|defers| {
            let f = nil::<Func<dyn Fn()>>();
            defers.push_if(f.recovers(), move || f());
            log.add("body");
        })
    });
    assert_eq!(caught.as_deref(), Some("runtime error: invalid memory address or nil pointer dereference"));
    assert_eq!(log.text(), "body");
}

#[goxide::test]
fn goexit_runs_deferred_calls_and_cannot_be_recovered() {
    let log = Log::new();
    let done = Chan::<bool>::make(0);
    go!(move || {
        defer_scope(|defers| -> () {
            defers.push(move || done.send(true));
            defers.push_recover(recovering(log));
            defer_scope(|defers| -> () {
                defers.push(move || log.add("deferred"));
                goexit()
            });
            log.add("not reached");
        })
    });
    done.recv();
    assert_eq!(log.text(), "deferred nil");
}

#[goxide::test]
fn goexit_goes_on_after_a_recovered_panic() {
    let log = Log::new();
    let done = Chan::<bool>::make(0);
    go!(move || {
        defer_scope(|defers| -> () {
            defers.push(move || done.send(true));
            defer_scope(|defers| -> () {
                defers.push_recover(recovering(log));
                defers.push(|| fail("during goexit"));
                goexit()
            });
            log.add("not reached");
        })
    });
    done.recv();
    assert_eq!(log.text(), "during goexit");
}

#[goxide::test]
fn deferred_calls_may_wait() {
    let log = Log::new();
    let ping = Chan::<isize>::make(0);
    go!(move || {
        for i in 0..3 {
            ping.send(i);
        }
    });
    defer_scope(|defers| -> () {
        defers.push_recover(recovering(log));
        for _ in 0..3 {
            defers.push(move || log.add(ping.recv()));
        }
        fail("waits")
    });
    assert_eq!(log.text(), "0 1 2 waits");
}
