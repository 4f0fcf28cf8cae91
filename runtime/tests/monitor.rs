//! The monitor reports a goroutine that keeps its thread from others. In a process of its own: the same test with `CHILD` set.

#![cfg(all(target_os = "linux", not(miri)))]

use std::process::Command;
use std::time::Duration;

use goxide::{chan, go};

#[goxide::allow_identity(reason = "the monitor is to report it")]
#[inline(never)]
fn sleeps_as_a_thread_does() {
    std::thread::sleep(Duration::from_millis(1800));
    std::hint::black_box(());
}

fn stderr_of(test: &str, monitor: &str) -> String {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let output = command.env("CHILD", "1").env("GOMAXPROCS", "1").env("GOXIDE_MONITOR", monitor).output();
    let output = output.expect("a child");
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_goroutine_that_keeps_its_thread_is_reported_once() {
    if std::env::var_os("CHILD").is_some() {
        return goxide::__private::run_main(|| {
            let (started, done) = (chan(0), chan(1));
            let (tell, end) = (started.clone(), done.clone());
            go! {
                tell.send(());
                goxide::yield_now();
                end.send(());
            }
            started.recv();
            sleeps_as_a_thread_does();
            done.recv();
        });
    }
    let test = "a_goroutine_that_keeps_its_thread_is_reported_once";
    let text = stderr_of(test, "");
    assert_eq!(text.matches("has kept its worker thread").count(), 1, "{text}");
    assert!(text.contains("nanosleep"), "{text}");
    assert!(text.contains("monitor::sleeps_as_a_thread_does\n"), "{text}");
    assert!(text.contains("goxide::blocking"), "{text}");
    assert_eq!(stderr_of(test, "off"), "");
}
