//! How programs end: each case runs in a process of its own, which is this program with the case's name.

use std::process::{Command, Output};
use std::time::Duration;

use goxide::__private::{WaitReason, block_forever, run_main, set_exit_hook, set_panic_printer};
use goxide::{Chan, chan, go, select};

struct Case {
    name: &'static str,
    /// GOMAXPROCS, 0 for the default.
    workers: usize,
    program: fn(),
    code: i32,
    stdout: &'static str,
    stderr: &'static [&'static str],
}

#[inline(never)]
fn waits_for_a_job(jobs: Chan<u32>) {
    std::hint::black_box(jobs.recv());
}

#[inline(never)]
fn waits_for_a_send() {
    let jobs = chan::<u32>(0);
    for _ in 0..2 {
        let jobs = jobs.clone();
        go!(waits_for_a_job(jobs));
    }
    chan::<()>(0).send(());
    std::hint::black_box(jobs);
}

/// As a lock of `std` does; another goroutine waits as well. `helped`: there is a thread that ends it.
#[inline(never)]
fn waits_as_a_thread_does(helped: bool) {
    let (sender, receiver) = std::sync::mpsc::channel();
    if helped {
        let sender = sender.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(2500));
            sender.send(())
        });
    }
    let started = chan::<()>(0);
    let tell = started.clone();
    go! {
        tell.send(());
        chan::<()>(0).recv();
    }
    started.recv();
    let _ = std::hint::black_box(receiver.recv_timeout(Duration::from_millis(2800)));
    std::hint::black_box(sender);
}

// What ../shared/prototypes/hazards shows to be undefined behaviour, with no_park in the right place. tests/lint has both without it.
thread_local! {
    static MADE: String = goxide::no_park(|| {
        goxide::time::sleep(Duration::from_millis(1));
        String::from("made while another goroutine of the thread may make it too")
    });
}
scoped_tls::scoped_thread_local!(static CURRENT: String);

#[goxide::allow_identity(reason = "a wait where none may be is what ends these programs")]
fn main() {
    let cases = [
        Case {
            name: "no_park_in_initialiser",
            workers: 1,
            program: || {
                run_main(|| {
                    for _ in 0..2 {
                        go!(|| MADE.with(|made| println!("{made}")));
                    }
                    goxide::time::sleep(Duration::from_millis(50));
                })
            },
            code: 2,
            stdout: "",
            stderr: &[
                "fatal error: a goroutine must not wait here [sleep]: it is inside the closure of goxide::no_park called at ",
                "end.rs:",
            ],
        },
        Case {
            name: "no_park_in_scope",
            workers: 1,
            program: || {
                run_main(|| {
                    for name in ["A", "B"] {
                        go! {
                            let text = format!("text of {name}");
                            CURRENT.set(&text, || goxide::no_park(goxide::yield_now));
                        }
                    }
                    goxide::time::sleep(Duration::from_millis(50));
                })
            },
            code: 2,
            stdout: "",
            stderr: &[
                "a goroutine must not wait here [gives way]: it is inside the closure of goxide::no_park",
            ],
        },
        Case {
            name: "no_park_ends",
            workers: 1,
            program: || {
                // On a plain thread nobody comes in between.
                goxide::no_park(|| chan::<u32>(1).send(1));
                run_main(|| {
                    let ready = chan(1);
                    assert_eq!(goxide::no_park(|| goxide::no_park(|| 7)), 7);
                    goxide::no_park(|| {
                        goxide::no_park(|| ());
                        ready.send(1);
                        assert_eq!(ready.recv(), Some(1));
                        // Neither starting nor polling waits.
                        let sent = ready.clone();
                        go!(move || sent.send(2));
                        for _ in 0..100 {
                            select! {
                                _ = <-ready => unreachable!("nobody else ran"),
                                default => {}
                            }
                        }
                    });
                    assert_eq!(ready.recv(), Some(2));
                    let panicked = std::panic::catch_unwind(|| {
                        goxide::no_park(|| std::panic::resume_unwind(Box::new(())))
                    });
                    assert!(panicked.is_err());
                    goxide::yield_now();
                    println!("done");
                    goxide::no_park(|| {
                        goxide::no_park(|| ());
                        goxide::yield_now();
                    });
                })
            },
            code: 2,
            stdout: "done\n",
            stderr: &["must not wait here [gives way]"],
        },
        Case {
            name: "main_returns",
            workers: 0,
            program: || {
                run_main(|| {
                    go! {
                        goxide::time::sleep(Duration::from_secs(3600));
                    }
                    go! {
                        loop {
                            goxide::yield_now();
                        }
                    }
                    println!("done");
                });
            },
            code: 0,
            stdout: "done\n",
            stderr: &[],
        },
        Case {
            name: "deadlock_receive",
            workers: 0,
            program: || {
                run_main(|| {
                    chan::<i32>(0).recv();
                })
            },
            code: 2,
            stdout: "",
            stderr: &[
                "fatal error: all goroutines are asleep - deadlock!\n\nmain goroutine [chan receive]:\n",
            ],
        },
        Case {
            name: "deadlock_with_others",
            workers: 0,
            program: || {
                run_main(|| {
                    let ch = chan::<i32>(0);
                    let other = ch.clone();
                    go! {
                        other.send(1);
                        other.send(2);
                    }
                    ch.recv();
                    goxide::time::sleep(Duration::from_millis(20));
                    goxide::blocking(|| std::thread::sleep(Duration::from_millis(50)));
                    println!("so far");
                    let wg = goxide::sync::WaitGroup::new();
                    wg.add(1);
                    wg.wait();
                })
            },
            code: 2,
            stdout: "so far\n",
            stderr: &["deadlock!\n\nmain goroutine [sync.WaitGroup.Wait]:\n"],
        },
        Case {
            name: "deadlock_tells_where",
            workers: 0,
            program: || run_main(waits_for_a_send),
            code: 2,
            stdout: "",
            stderr: if cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))) {
                &[
                    "deadlock!\n\nmain goroutine [chan send]:\nend::waits_for_a_send\n\t",
                    "\n\n2 goroutines [chan receive]:\nend::waits_for_a_job\n\t",
                ]
            } else {
                &["deadlock!\n\nmain goroutine [chan send]:\n", "\n\n2 goroutines [chan receive]:\n"]
            },
        },
        Case {
            name: "deadlock_on_retired_workers",
            workers: 3,
            program: || {
                run_main(|| {
                    let (here, never) = (chan(2), chan::<()>(0));
                    for _ in 0..2 {
                        let (here, never) = (here.clone(), never.clone());
                        go! {
                            // Long enough for the other one to start elsewhere.
                            for _ in 0..50 {
                                std::hint::black_box(goxide::dump());
                            }
                            here.send(());
                            never.recv();
                        }
                    }
                    goxide::set_max_procs(1);
                    here.recv();
                    here.recv();
                    goxide::set_max_procs(2);
                    goxide::set_max_procs(1);
                    never.recv();
                })
            },
            code: 2,
            stdout: "",
            stderr: &["all goroutines are asleep - deadlock!", "2 goroutines [chan receive]:"],
        },
        Case {
            name: "deadlock_nil",
            workers: 0,
            program: || {
                run_main(|| {
                    Chan::<i32>::nil().send(1);
                })
            },
            code: 2,
            stdout: "",
            stderr: &["main goroutine [chan send (nil chan)]:"],
        },
        Case {
            name: "deadlock_empty_select",
            workers: 0,
            program: || run_main(|| select! {}),
            code: 2,
            stdout: "",
            stderr: &["main goroutine [select (no cases)]:"],
        },
        Case {
            name: "deadlock_in_a_scope",
            workers: 0,
            program: || {
                run_main(|| {
                    let (borrowed, never) = (String::from("borrowed"), chan::<()>(0));
                    goxide::scope(|s| {
                        s.spawn(|| {
                            never.recv();
                            assert_eq!(borrowed, "borrowed");
                        });
                    });
                })
            },
            code: 2,
            stdout: "",
            stderr: &[
                "all goroutines are asleep - deadlock!",
                "main goroutine [scope]:",
                "goroutine [chan receive]:",
            ],
        },
        Case {
            name: "deadlock_stopped_timer",
            workers: 0,
            program: || {
                run_main(|| {
                    let timer = goxide::time::Timer::new(Duration::from_secs(3600));
                    timer.stop();
                    timer.wait();
                })
            },
            code: 2,
            stdout: "",
            stderr: &["main goroutine [chan receive]:"],
        },
        Case {
            name: "deadlock_after_goexit",
            workers: 0,
            program: || run_main(|| block_forever(WaitReason::Goexit)),
            code: 2,
            stdout: "",
            stderr: &["fatal error: no goroutines (main called runtime.Goexit) - deadlock!"],
        },
        Case {
            name: "no_deadlock_while_a_thread_may_send",
            workers: 0,
            program: || {
                let got = run_main(|| {
                    let ch = chan::<i32>(0);
                    let tx = ch.clone();
                    std::thread::spawn(move || {
                        std::thread::sleep(Duration::from_millis(200));
                        tx.send(7);
                    });
                    ch.recv()
                });
                println!("{got:?}");
            },
            code: 0,
            stdout: "Some(7)\n",
            stderr: &[],
        },
        Case {
            name: "deadlock_once_that_thread_is_gone",
            workers: 0,
            program: || {
                run_main(|| {
                    let ch = chan::<i32>(0);
                    std::thread::spawn(|| std::thread::sleep(Duration::from_millis(100)));
                    ch.recv();
                })
            },
            code: 2,
            stdout: "",
            stderr: &["deadlock!"],
        },
        Case {
            name: "deadlock_of_plain_threads",
            workers: 0,
            program: || {
                let ch = chan::<i32>(0);
                ch.recv();
            },
            code: 2,
            stdout: "",
            stderr: &["fatal error: all goroutines are asleep - deadlock!"],
        },
        Case {
            name: "panic_in_main",
            workers: 0,
            program: || run_main(|| panic!("oh dear {}", 1)),
            code: 2,
            stdout: "",
            stderr: &["oh dear 1", "fatal error"],
        },
        Case {
            name: "panic_in_a_goroutine",
            workers: 0,
            program: || {
                run_main(|| {
                    go! {
                        panic!("in here");
                    }
                    chan::<i32>(0).recv();
                })
            },
            code: 2,
            stdout: "",
            stderr: &["in here"],
        },
        Case {
            name: "panic_printed_by_another",
            workers: 0,
            program: || {
                set_panic_printer(|payload| {
                    eprintln!("panic: {}", payload.downcast_ref::<i32>().expect("a number"));
                });
                set_exit_hook(|| println!("flushed"));
                run_main(|| {
                    std::panic::resume_unwind(Box::new(42));
                })
            },
            code: 2,
            stdout: "flushed\n",
            stderr: &["panic: 42\n"],
        },
        Case {
            name: "exit_hook_on_return",
            workers: 0,
            program: || {
                set_exit_hook(|| println!("flushed"));
                run_main(|| println!("main"));
            },
            code: 0,
            stdout: "main\nflushed\n",
            stderr: &[],
        },
        Case {
            name: "exit_from_a_goroutine",
            workers: 0,
            program: || {
                set_exit_hook(|| println!("flushed"));
                run_main(|| {
                    go! {
                        goxide::__private::exit(7);
                    }
                    select! {}
                })
            },
            code: 7,
            stdout: "flushed\n",
            stderr: &[],
        },
        Case {
            name: "unlock_of_unlocked",
            workers: 0,
            program: || run_main(|| goxide::__private::sema::RawMutex::new().unlock()),
            code: 2,
            stdout: "",
            stderr: &["fatal error: sync: unlock of unlocked mutex\n"],
        },
        Case {
            name: "main_twice",
            workers: 0,
            program: || {
                for n in 0..3 {
                    println!("{}", run_main(move || n * n));
                }
            },
            code: 0,
            stdout: "0\n1\n4\n",
            stderr: &[],
        },
        Case {
            name: "busy_loops_give_way",
            workers: 1,
            program: || {
                goxide::__private::enable_time_slices();
                run_main(|| {
                    let timeout = goxide::time::after(Duration::from_millis(20));
                    loop {
                        select! { _ = <-timeout => break, default => () }
                    }
                    let done = std::sync::Arc::new(goxide::sync::Mutex::new(false));
                    let theirs = done.clone();
                    go! {
                        *theirs.lock() = true;
                    }
                    while !*done.lock() {}
                    let buffered = chan::<i32>(1);
                    let stop = chan::<()>(1);
                    let theirs = stop.clone();
                    go! {
                        theirs.send(());
                        let _keep = &theirs;
                    }
                    while stop.is_empty() {
                        buffered.send(1);
                        buffered.recv();
                    }
                    println!("over");
                });
            },
            code: 0,
            stdout: "over\n",
            stderr: &[],
        },
        // Nobody waits for its thread, but nothing is left that could end its wait.
        Case {
            name: "last_to_run_waits_for_the_system",
            workers: 2,
            program: || run_main(|| waits_as_a_thread_does(false)),
            code: 0,
            stdout: "",
            stderr: if cfg!(target_os = "linux") {
                &[
                    "in the system call futex, and nothing else is left that could run",
                    "end::waits_as_a_thread",
                ]
            } else {
                &[]
            },
        },
        Case {
            name: "last_to_run_waits_for_a_thread",
            workers: 2,
            program: || run_main(|| waits_as_a_thread_does(true)),
            code: 0,
            stdout: "",
            stderr: &[],
        },
        Case {
            name: "stack_overflow",
            workers: 0,
            program: || {
                #[expect(unconditional_recursion)]
                fn forever(n: usize) -> usize {
                    let frame = std::hint::black_box([n; 20]);
                    forever(n + 1) + frame[3]
                }
                run_main(|| {
                    go! {
                        std::hint::black_box(forever(0));
                    }
                    select! {}
                })
            },
            code: 2,
            stdout: "",
            stderr: &["goroutine stack overflow", " KiB", "GOXIDE_STACK"],
        },
    ];
    if let Ok(name) = std::env::var("GOXIDE_CASE") {
        let case = cases.iter().find(|case| case.name == name).expect("a case of that name");
        return (case.program)();
    }
    let filter: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let threads = std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|kind| kind == "thread");
    let mut failed = 0;
    for case in &cases {
        let skip = threads && case.name == "stack_overflow";
        if skip || !(filter.is_empty() || filter.iter().any(|part| case.name.contains(part.as_str()))) {
            continue;
        }
        let Output { status, stdout, stderr } = Command::new(std::env::current_exe().expect("this program"))
            .env("GOXIDE_CASE", case.name)
            .envs((case.workers > 0).then(|| ("GOMAXPROCS", case.workers.to_string())))
            .output()
            .expect("it starts");
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        let right = status.code() == Some(case.code)
            && stdout == case.stdout
            && case.stderr.iter().all(|part| stderr.contains(part))
            && (!case.stderr.is_empty() || stderr.is_empty());
        println!("test {} ... {}", case.name, if right { "ok" } else { "FAILED" });
        if !right {
            failed += 1;
            println!("status {status}\nstdout:\n{stdout}\nstderr:\n{stderr}");
        }
    }
    assert_eq!(failed, 0, "cases failed");
}
