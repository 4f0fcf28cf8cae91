//! Attacks that end the process or hang it: each case runs in a process of its own, the same test with `CHILD` set, and must end as
//! it says, with a report that names the cause. See `soundness.rs`.

#![cfg(all(target_os = "linux", not(miri)))]
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use goxide::__private::run_main;
use goxide::{Builder, Chan, chan, go, scope, time, yield_now};

/// How one of them ended, and what it said on standard error.
struct Ended {
    status: Option<ExitStatus>,
    stderr: String,
}

impl Ended {
    fn code(&self) -> Option<i32> {
        self.status.as_ref().unwrap_or_else(|| panic!("it hangs:\n{}", self.stderr)).code()
    }

    fn says(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is not in\n{}", self.stderr);
        }
    }
}

/// Runs `program` in a process of its own; one that hangs is ended after `patience`.
fn alone(test: &str, workers: usize, patience: Duration, program: fn()) -> Ended {
    if std::env::var_os("CHILD").is_some() {
        program();
        std::process::exit(0);
    }
    let mut child = Command::new(std::env::current_exe().expect("a path"))
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("CHILD", "1")
        .env("GOMAXPROCS", workers.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    let mut stderr = child.stderr.take().expect("it is piped");
    let text = std::thread::spawn(move || {
        let mut text = String::new();
        stderr.read_to_string(&mut text).map(|_| text)
    });
    let begin = Instant::now();
    let status = loop {
        match child.try_wait().expect("its status") {
            Some(status) => break Some(status),
            None if begin.elapsed() > patience => {
                child.kill().expect("it runs");
                child.wait().expect("it ends");
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    Ended { status, stderr: text.join().expect("no panic").expect("text") }
}

const PATIENCE: Duration = Duration::from_secs(60);

/// Threads are one to a goroutine there, and what blocks a thread does not hit others.
fn one_thread_each() -> bool {
    std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|kind| kind == "thread")
}

#[inline(never)]
fn locks(lock: &Mutex<()>) {
    drop(lock.lock());
    std::hint::black_box(());
}

/// The worker waits for a lock whose owner can only run on that worker: nothing moves, nothing is corrupted, and it is said.
#[goxide::allow_identity(reason = "the attack")]
#[test]
fn a_lock_of_std_over_a_park_is_reported() {
    static LOCK: Mutex<()> = Mutex::new(());
    let ended = alone("a_lock_of_std_over_a_park_is_reported", 1, Duration::from_secs(4), || {
        run_main(|| {
            let locked = chan(0);
            let tell = locked.clone();
            go! {
                let _guard = LOCK.lock();
                tell.send(());
                yield_now();
            }
            locked.recv();
            locks(&LOCK);
        });
    });
    assert!(ended.status.is_none(), "it hangs");
    let at = "soundness_alone::locks\n";
    ended.says(&["has kept its worker thread", "futex", at, "a lock of std", "goxide::sync"]);
}

/// The same for what is made once.
#[test]
fn an_initialiser_of_std_that_waits_is_reported() {
    static CONFIG: LazyLock<usize> = LazyLock::new(|| {
        yield_now();
        7
    });
    let ended = alone("an_initialiser_of_std_that_waits_is_reported", 1, Duration::from_secs(4), || {
        run_main(|| {
            go! {
                std::hint::black_box(*CONFIG);
            }
            yield_now();
            std::hint::black_box(*CONFIG);
        });
    });
    assert!(ended.status.is_none(), "it hangs");
    ended.says(&["has kept its worker thread", "futex", "Once"]);
}

/// What this crate offers instead lets the goroutine wait.
#[test]
fn locks_and_initialisers_of_ours_may_wait() {
    static LOCK: goxide::sync::Mutex<usize> = goxide::sync::Mutex::new(0);
    static CONFIG: goxide::sync::LazyLock<usize> = goxide::sync::LazyLock::new(|| {
        time::sleep(Duration::from_millis(1));
        7
    });
    let ended = alone("locks_and_initialisers_of_ours_may_wait", 1, PATIENCE, || {
        run_main(|| {
            scope(|s| {
                for _ in 0..4 {
                    s.spawn(|| {
                        let mut sum = LOCK.lock();
                        yield_now();
                        *sum += *CONFIG;
                    });
                }
            });
            assert_eq!(*LOCK.lock(), 28);
        });
    });
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}

/// Payloads whose destructors wait, on one worker: a lock of the runtime's held meanwhile would never come free.
#[test]
fn payloads_that_wait_when_they_are_dropped() {
    struct Payload;
    impl Drop for Payload {
        fn drop(&mut self) {
            for _ in 0..4 {
                yield_now();
            }
            time::sleep(Duration::from_micros(10));
        }
    }
    let ended = alone("payloads_that_wait_when_they_are_dropped", 1, PATIENCE, || {
        run_main(|| {
            let caught = catch_unwind(|| {
                scope(|s| {
                    for _ in 0..4 {
                        s.spawn(|| resume_unwind(Box::new(Payload)));
                    }
                });
            });
            assert!(caught.is_err_and(|payload| payload.is::<Payload>()));
            let group = goxide::errgroup::Group::<Payload>::new();
            for n in 0..6 {
                group.go(move || if n % 2 == 0 { Err(Payload) } else { resume_unwind(Box::new(Payload)) });
            }
            assert!(catch_unwind(AssertUnwindSafe(|| group.wait())).is_err());
        });
    });
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}

/// A panic in a destructor during an unwind ends the process, as everywhere in Rust.
#[test]
fn panics_out_of_destructors_in_an_unwind() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            yield_now();
            panic!("the second");
        }
    }
    let ended = alone("panics_out_of_destructors_in_an_unwind", 2, PATIENCE, || {
        run_main(|| {
            go! {
                let _panics = Panics;
                panic!("the first");
            }
            chan::<()>(0).recv();
        });
    });
    assert_eq!(ended.code(), None, "a signal ended it");
    ended.says(&["the first", "the second"]);
}

/// What a goroutine captured is dropped in it, so a panic there is a panic of the goroutine.
#[test]
fn panics_of_captures() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("a capture");
        }
    }
    let ended = alone("panics_of_captures", 2, PATIENCE, || {
        run_main(|| {
            let captured = Panics;
            go!(move || drop(captured));
            chan::<()>(0).recv();
        });
    });
    assert_eq!(ended.code(), Some(2));
    ended.says(&["a capture", "fatal error: a goroutine panicked"]);
}

/// A handler of panics that waits, and payloads that do, in many goroutines at once.
#[test]
fn handlers_of_panics_that_wait() {
    struct Payload(Chan<usize>);
    impl Drop for Payload {
        fn drop(&mut self) {
            yield_now();
            self.0.send(1);
        }
    }
    let ended = alone("handlers_of_panics_that_wait", 2, PATIENCE, || {
        let handled = chan(0);
        let told = handled.clone();
        let builder = Builder::new().on_panic(move |payload| {
            assert!(payload.is::<Payload>());
            time::sleep(Duration::from_micros(10));
            told.send(100);
        });
        let ran = builder.run(move || {
            for _ in 0..20 {
                let payload = Payload(handled.clone());
                go!(move || resume_unwind(Box::new(payload)));
            }
            assert_eq!(handled.iter().take(40).sum::<usize>(), 20 * 101);
        });
        assert!(ran.is_ok());
    });
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}

/// Ending the program runs the destructors of the thread's locals. One that waits must not let others of the thread go on, who
/// may look at what is destroyed already.
#[test]
fn the_end_of_the_program_lets_nobody_go_on() {
    struct Waits;
    impl Drop for Waits {
        fn drop(&mut self) {
            time::sleep(Duration::from_millis(20));
        }
    }
    struct Used(RefCell<String>);
    impl Drop for Used {
        fn drop(&mut self) {
            self.0.borrow_mut().clear();
        }
    }
    thread_local! {
        static WAITS: RefCell<Option<Waits>> = const { RefCell::new(None) };
        static USED: Used = Used(RefCell::new("alive".into()));
    }
    #[goxide::allow_identity(reason = "the attack")]
    fn uses(tell: Chan<()>) {
        USED.with(|used| {
            tell.send(());
            loop {
                assert_eq!(*used.0.borrow(), "alive");
                yield_now();
            }
        });
    }
    #[goxide::allow_identity(reason = "the attack")]
    fn ends() {
        // What was touched first is destroyed last.
        WAITS.set(Some(Waits));
        let used = chan(0);
        go!(uses(used.clone()));
        used.recv();
        goxide::__private::exit(7);
    }
    let ended = alone("the_end_of_the_program_lets_nobody_go_on", 1, PATIENCE, || {
        run_main(|| {
            go!(ends());
            chan::<()>(0).recv();
        });
    });
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(7), ""));
}

/// Frames larger than a stack and its guard touch their pages one after the other, and so meet the guard.
#[test]
fn frames_larger_than_the_guard() {
    #[inline(never)]
    fn large(n: u8) -> u8 {
        let frame = std::hint::black_box([n; 1 << 20]);
        frame[usize::from(n)]
    }
    if one_thread_each() {
        return; // Its stacks are the system's.
    }
    let ended = alone("frames_larger_than_the_guard", 2, PATIENCE, || {
        run_main(|| {
            go!(stack = 16 << 10; {
                std::hint::black_box(large(3));
            });
            chan::<()>(0).recv();
        });
    });
    assert_eq!(ended.code(), Some(2));
    ended.says(&["goroutine stack overflow", "go!(stack"]);
}

#[test]
fn stacks_that_nobody_can_give() {
    let ended = alone("stacks_that_nobody_can_give", 2, PATIENCE, || {
        run_main(|| {
            go!(stack = usize::MAX; yield_now());
            chan::<()>(0).recv();
        });
    });
    assert_eq!(ended.code(), Some(2));
    ended.says(&["stack"]);
}

/// Main returns while others lend what is on their stacks: they stop where they are.
#[test]
fn main_returns_while_others_lend() {
    let ended = alone("main_returns_while_others_lend", 2, PATIENCE, || {
        let begun = run_main(|| {
            let begun = chan(8);
            for n in 0..8 {
                let begun = begun.clone();
                go! {
                    let text = format!("{n}");
                    scope(|s| {
                        s.spawn(|| {
                            begun.send(());
                            loop {
                                assert_eq!(text.parse(), Ok(n));
                                yield_now();
                            }
                        });
                    });
                }
            }
            begun.iter().take(8).count()
        });
        assert_eq!(begun, 8);
        // And a second main finds all in order.
        assert_eq!(run_main(|| scope(|_| 3)), 3);
    });
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}
