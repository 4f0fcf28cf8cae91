//! Execution traces: what is in them, and that they are JSON however the program ends. Whole programs run in a process of their own:
//! the same test with `CHILD` set.

#![cfg(not(miri))]

use std::collections::HashMap;
use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use goxide::{chan, go};
use serde_json::Value;

fn is_child() -> bool {
    std::env::var_os("CHILD").is_some()
}

/// The events of the trace of this test as a program, which ends with `code`.
fn traced(test: &str, code: i32) -> Vec<Value> {
    let file = std::env::temp_dir().join(format!("goxide-trace-{}-{test}.json", std::process::id()));
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let output = command
        .env("CHILD", "1")
        .env("GOMAXPROCS", "1")
        .env("GOXIDE_TRACE", &file)
        .output()
        .expect("a child");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    let text = std::fs::read_to_string(&file).expect("a trace");
    std::fs::remove_file(&file).expect("the trace can be removed");
    events(&text)
}

/// The events of a trace, after a look at what holds for every one.
fn events(text: &str) -> Vec<Value> {
    let trace: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(trace["otherData"]["dropped"], 0);
    let events = trace["traceEvents"].as_array().expect("events").clone();
    assert!(!events.is_empty());
    let mut until = HashMap::new();
    let mut flows = HashMap::new();
    for event in events.iter().filter(|event| event["ph"] != "M") {
        let (track, from) = (event["tid"].as_u64().expect("a track"), event["ts"].as_f64().expect("a time"));
        if event["ph"] == "X" && event["cat"] == "goroutine" {
            let last = until.insert(track, from + event["dur"].as_f64().expect("a length"));
            assert!(last.is_none_or(|last| last <= from + 0.001), "turns of a worker overlap: {event}");
        }
        match event["ph"].as_str() {
            Some("s") => assert!(flows.insert(event["id"].as_u64().expect("a flow"), from).is_none()),
            Some("f") => {
                let begun = flows.get(&event["id"].as_u64().expect("a flow"));
                assert!(begun.is_some_and(|begun| *begun <= from), "an effect before its cause: {event}");
            }
            _ => {}
        }
    }
    events
}

/// How many turns of goroutines whose name has `name` in it ended with `then`.
fn turns(events: &[Value], name: &str, then: &str) -> usize {
    let is_one = |event: &&Value| {
        event["ph"] == "X"
            && event["args"]["then"] == then
            && event["name"].as_str().is_some_and(|found| found.contains(name))
    };
    events.iter().filter(is_one).count()
}

fn count(events: &[Value], phase: &str, name: &str) -> usize {
    events.iter().filter(|event| event["ph"] == phase && event["name"] == name).count()
}

/// Two that answer each other, a sleeper, a call that blocks.
fn program() {
    let (ping, pong) = (chan(0), chan(0));
    let (from, to) = (ping.clone(), pong.clone());
    go! {
        while let Some(n) = from.recv() {
            to.send(n);
        }
    }
    for n in 0..10 {
        ping.send(n);
        assert_eq!(pong.recv(), Some(n));
    }
    goxide::time::sleep(Duration::from_millis(2));
    goxide::blocking(|| std::thread::sleep(Duration::from_millis(1)));
}

fn program_is_in(events: &[Value]) {
    let other = "trace::program::{{closure}} trace.rs:";
    assert!(turns(events, other, "chan receive") + turns(events, other, "chan send") >= 10);
    assert_eq!(turns(events, other, "ended"), 0, "nobody closes its channel");
    assert_eq!(turns(events, "main goroutine", "sleep"), 1);
    assert_eq!(turns(events, "main goroutine", "blocking call"), 1);
    assert_eq!(count(events, "X", "blocking call"), 1);
    assert!(count(events, "X", "timers fire") >= 1);
    assert!(count(events, "s", "wake") >= 10 && count(events, "f", "wake") >= 10);
}

#[test]
fn a_program_that_returns() {
    if is_child() {
        return goxide::__private::run_main(program);
    }
    let events = traced("a_program_that_returns", 0);
    program_is_in(&events);
    let workers = events.iter().filter(|event| {
        event["name"] == "thread_name"
            && event["args"]["name"].as_str().is_some_and(|name| name.starts_with("worker "))
    });
    assert!(workers.count() >= 1);
}

#[test]
fn a_program_that_panics() {
    if is_child() {
        return goxide::__private::run_main(|| {
            program();
            panic!("on purpose");
        });
    }
    let events = traced("a_program_that_panics", 2);
    program_is_in(&events);
    assert_eq!(turns(&events, "main goroutine", "running"), 1);
}

#[test]
fn a_program_that_sleeps_for_ever() {
    if is_child() {
        return goxide::__private::run_main(|| {
            program();
            // The thread of the test harness, which waits for this one.
            goxide::__private::adopt_thread();
            chan::<()>(0).recv();
        });
    }
    let events = traced("a_program_that_sleeps_for_ever", 2);
    program_is_in(&events);
    assert!(count(&events, "X", "sleep") >= 1, "its worker sleeps at the end");
}

#[test]
fn a_program_that_exits() {
    if is_child() {
        return goxide::__private::run_main(|| {
            program();
            std::process::exit(7);
        });
    }
    program_is_in(&traced("a_program_that_exits", 7));
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("whole").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// One test, because a process makes one trace at a time.
#[test]
fn a_part_of_a_program_twice() {
    if is_child() {
        return goxide::__private::run_main(|| {
            for _ in 0..2 {
                let file = Shared::default();
                goxide::trace::start(file.clone()).expect("a trace");
                assert!(goxide::trace::start(file.clone()).is_err());
                program();
                let written = goxide::trace::stop().expect("it was made");
                assert_eq!(written.dropped, 0);
                assert!(goxide::trace::stop().is_err());
                let text = String::from_utf8(file.0.lock().expect("whole").clone()).expect("text");
                program_is_in(&events(&text));
                // Not in either.
                program();
            }
        });
    }
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", "a_part_of_a_program_twice", "--nocapture", "--test-threads=1"]);
    let output = command.env("CHILD", "1").env("GOMAXPROCS", "1").output().expect("a child");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_trace_that_cannot_be_written_is_told_and_not_made() {
    if is_child() {
        return goxide::__private::run_main(program);
    }
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", "a_trace_that_cannot_be_written_is_told_and_not_made", "--nocapture"]);
    let output =
        command.env("CHILD", "1").env("GOXIDE_TRACE", "/no/such/folder/t.json").output().expect("a child");
    assert!(output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("goxide: GOXIDE_TRACE: /no/such/folder/t.json cannot be written"), "{error}");
}
