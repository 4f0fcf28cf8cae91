//! What happens when the system gives no more: of address space, memory, threads, descriptors, stack. Nothing hangs: there is an error where the
//! call can return one, else a message and an exit code.
//!
//! Each case runs in a process of its own, which is this program with the case's name in the environment, under the limits of a shell's `ulimit`.

#![cfg(all(target_os = "linux", not(miri)))]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goxide::__private::run_main;
use goxide::sync::WaitGroup;
use goxide::{ByteSize, Chan, chan, fs, go, net};

const CASE: &str = "GOXIDE_FAULT";

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `program` under limits, `-v` and so on, in a process of its own: how it ended. In that process it does not return.
fn under(limits: &str, case: &str, program: fn()) -> Ended {
    if std::env::var(CASE).is_ok_and(|name| name == case) {
        run_main(program);
        std::process::exit(0);
    }
    let mut command = Command::new("sh");
    let exec = if limits.contains("exec") { "" } else { "exec" };
    let script = format!("ulimit -c 0; {limits} {exec} \"$0\" --exact {case} --nocapture --test-threads=1");
    command.args(["-c", &script]).arg(std::env::current_exe().expect("this program"));
    command.env(CASE, case).env("GOMAXPROCS", "2").env("GOXIDE_MONITOR", "off");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
    let begun = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("it runs");
            panic!("{case} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("a child");
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ended {
    #[track_caller]
    fn is_fatal(&self, parts: &[&str]) {
        assert_eq!(self.code, Some(2), "{}\n{}", self.stdout, self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "no {part:?} in\n{}", self.stderr);
        }
    }

    #[track_caller]
    fn is_fine(&self) {
        assert_eq!(self.code, Some(0), "{}\n{}", self.stdout, self.stderr);
        assert!(self.stdout.contains("all done"), "{}\n{}", self.stdout, self.stderr);
    }
}

fn is_threads() -> bool {
    std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|substrate| substrate == "thread")
}

/// Goroutines that wait until there is no room for another.
fn fills_up() {
    let gate = chan::<()>(0);
    for _ in 0..10_000_000 {
        let gate = gate.clone();
        go!(gate.recv());
        goxide::yield_now();
    }
    println!("all done");
}

#[test]
fn goroutines_until_address_space_ends() {
    if is_threads() {
        return;
    }
    under("ulimit -v 1500000;", "goroutines_until_address_space_ends", fills_up)
        .is_fatal(&["fatal error: no "]);
}

/// Where there is just room for the smallest slab, large stacks use it up.
#[test]
fn large_stacks_until_the_slab_ends() {
    if is_threads() {
        return;
    }
    let program = || {
        let (gate, started) = (chan::<()>(0), chan::<()>(0));
        loop {
            let (gate, ready) = (gate.clone(), started.clone());
            go!(stack = 1.gib(); {
                ready.send(());
                gate.recv();
            });
            started.recv();
        }
    };
    under("ulimit -v 12000000;", "large_stacks_until_the_slab_ends", program)
        .is_fatal(&["fatal error: no stack of 1048576 KiB for a goroutine", "ulimit -v"]);
}

/// A program that needs little runs where there is little.
#[test]
fn little_address_space_is_enough_for_little() {
    let ended = under("ulimit -v 1500000;", "little_address_space_is_enough_for_little", || {
        let all = WaitGroup::new();
        let (ask, answer) = (chan::<u64>(0), chan::<u64>(0));
        for _ in 0..100 {
            let (ask, answer) = (ask.clone(), answer.clone());
            all.go(move || answer.send(2 * ask.recv().unwrap_or(0)));
        }
        let sum: u64 = (0..100)
            .map(|n| {
                ask.send(n);
                answer.recv().unwrap_or(0)
            })
            .sum();
        all.wait();
        assert_eq!(sum, 9900);
        println!("all done");
    });
    ended.is_fine();
}

#[test]
fn a_stack_larger_than_there_is() {
    if is_threads() {
        return;
    }
    let program = || {
        let done = chan::<()>(0);
        let to = done.clone();
        go!(stack = 4096.gib(); to.close());
        done.recv();
    };
    under("", "a_stack_larger_than_there_is", program)
        .is_fatal(&["fatal error: no stack of 4294967296 KiB for a goroutine", "ask for less"]);
}

/// A segment that cannot be had is a panic that may be caught.
#[test]
fn a_segment_that_cannot_be_had() {
    let ended = under("ulimit -v 3000000;", "a_segment_that_cannot_be_had", || {
        let caught = std::panic::catch_unwind(|| goxide::grow_to(8.gib(), || ()));
        let text = caught.expect_err("no room").downcast::<String>().expect("a text");
        assert!(text.contains("KiB for goxide::grow"), "{text}");
        assert_eq!(goxide::grow_to(8.mib(), || 7), 7);
        println!("all done");
    });
    ended.is_fine();
}

#[test]
fn memory_that_cannot_be_had_is_an_error_to_who_asks_for_one() {
    let ended =
        under("ulimit -v 3000000;", "memory_that_cannot_be_had_is_an_error_to_who_asks_for_one", || {
            let done = chan(0);
            let to = done.clone();
            go! {
                let mut bytes = Vec::<u8>::new();
                to.send(bytes.try_reserve_exact(8.gib()).is_err());
            }
            assert_eq!(done.recv(), Some(true));
            println!("all done");
        });
    ended.is_fine();
}

/// Calls that block share the threads that there are.
#[test]
fn no_more_threads_for_calls_that_block() {
    if is_threads() {
        return;
    }
    // The limit is the user's, and root has none.
    const USER: &str = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let can = format!("{USER} test -x {}", std::env::current_exe().expect("this program").display());
    if std::env::var_os(CASE).is_none()
        && !Command::new("sh").args(["-c", &can]).status().is_ok_and(|can| can.success())
    {
        return;
    }
    let limits = format!("ulimit -u 20 2>/dev/null || ulimit -p 20; exec {USER}");
    let ended = under(&limits, "no_more_threads_for_calls_that_block", || {
        let (all, peak) = (WaitGroup::new(), goxide::sync::Mutex::new(0));
        let peak: &'static goxide::sync::Mutex<usize> = Box::leak(Box::new(peak));
        let gate = chan::<()>(0);
        for _ in 0..200 {
            let gate = gate.clone();
            all.go(move || {
                gate.recv();
                goxide::blocking(|| std::thread::sleep(Duration::from_millis(10)));
                let threads = goxide::metrics().blocking_threads;
                let mut peak = peak.lock();
                *peak = threads.max(*peak);
            });
        }
        while !goxide::metrics().waiting.contains(&("chan receive", 200)) {
            goxide::time::sleep(Duration::from_millis(1));
        }
        // Each thread has a stack of the system's size, and they are wanted at once.
        gate.close();
        all.wait();
        assert!((1..20).contains(&*peak.lock()));
        println!("all done");
    });
    ended.is_fine();
}

/// Not even the threads that run goroutines.
#[test]
fn no_threads_at_all() {
    under("export RUST_MIN_STACK=100000000000000;", "no_threads_at_all", || println!("all done"))
        .is_fatal(&["thread"]);
}

#[test]
fn no_more_descriptors() {
    let ended = under("ulimit -n 40;", "no_more_descriptors", || {
        let listener = net::TcpListener::bind("127.0.0.1:0").expect("the first");
        let address = listener.local_addr().expect("an address");
        let mut held = Vec::new();
        let error = loop {
            match net::TcpListener::bind("127.0.0.1:0") {
                Ok(another) => held.push(another),
                Err(error) => break error,
            }
        };
        assert_eq!(error.raw_os_error(), Some(24), "{error}");
        assert_eq!(net::TcpStream::connect(address).expect_err("none left").raw_os_error(), Some(24));
        assert_eq!(fs::File::open("/proc/self/status").expect_err("none left").raw_os_error(), Some(24));
        // And it goes on when there are some again.
        drop(held);
        let accepted = chan::<bool>(0);
        let to = accepted.clone();
        go! {
            to.send(listener.accept().is_ok());
        }
        let stream = net::TcpStream::connect(address).expect("there are some");
        assert_eq!(accepted.recv(), Some(true));
        drop(stream);
        println!("all done");
    });
    ended.is_fine();
}

#[inline(never)]
fn forever(n: usize) -> usize {
    let frame = std::hint::black_box([n; 20]);
    if n == usize::MAX { 0 } else { forever(n + 1) + frame[3] }
}

#[test]
fn recursion_off_the_stack() {
    if is_threads() {
        return;
    }
    let program = || {
        let never = chan::<usize>(0);
        let to = never.clone();
        go! {
            // An argument of a call would run before.
            to.send(forever(0));
        }
        never.recv();
    };
    under("", "recursion_off_the_stack", program).is_fatal(&[
        "fatal error: goroutine stack overflow",
        "goxide::grow(|| ..)",
        "go!(stack = 8.mib(); ..)",
    ]);
}

/// One frame that is larger than the stack and its guard.
#[test]
fn a_frame_larger_than_the_stack() {
    #[inline(never)]
    fn huge(n: usize) -> usize {
        let frame = std::hint::black_box([n as u8; 4 << 20]);
        usize::from(frame[n])
    }
    if is_threads() {
        return;
    }
    let program = || {
        let never = chan::<usize>(0);
        let to = never.clone();
        go! {
            // An argument of a call would run before.
            to.send(huge(1));
        }
        never.recv();
    };
    under("", "a_frame_larger_than_the_stack", program).is_fatal(&["fatal error: goroutine stack overflow"]);
}

/// So is one off a segment, on a goroutine and on a plain thread.
#[test]
fn recursion_off_a_segment() {
    let program = || {
        let never = chan::<usize>(0);
        let to = never.clone();
        go! {
            // An argument of a call would run before.
            to.send(goxide::grow_to(1.mib(), || forever(0)));
        }
        never.recv();
    };
    under("", "recursion_off_a_segment", program).is_fatal(&["fatal error: goroutine stack overflow", "KiB"]);
}

#[test]
fn recursion_off_a_segment_of_a_thread() {
    let program = || {
        let thread = std::thread::spawn(|| goxide::grow_to(16.mib(), || forever(0)));
        println!("{:?}", thread.join().map_err(|_| ()));
    };
    under("", "recursion_off_a_segment_of_a_thread", program)
        .is_fatal(&["fatal error: goroutine stack overflow", "KiB"]);
}

/// A goroutine that panics while others wait at its channel ends the program, as in Go.
#[test]
fn a_panic_while_others_wait() {
    let program = || {
        let work: Chan<u32> = chan(0);
        for _ in 0..3 {
            let work = work.clone();
            go!(while work.recv().is_some() {});
        }
        let mine = work.clone();
        go! {
            mine.send(1);
            panic!("no more work");
        }
        loop {
            work.send(2);
        }
    };
    under("", "a_panic_while_others_wait", program).is_fatal(&["no more work"]);
}
