//! Attacks on what ARCHITECTURE.md says of the soundness of `go!`, in safe code: each is what a library that knows nothing of
//! goroutines does, or what a clever user might try. `a_tls_safe` and `f_tls2` are the programs that break stackful
//! coroutines which move between threads (wrong values, crashes; in release builds, so `tests/run` has these tests in release
//! too, on both substrates). What ends the process or hangs it is in `soundness_alone.rs`.

#![forbid(unsafe_code)]

use std::cell::{Cell, OnceCell, RefCell};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use goxide::sync::{Mutex, WaitGroup};
use goxide::{Chan, blocking, chan, channel, go, scope, select, time, yield_now};

const GOROUTINES: usize = if cfg!(miri) { 4 } else { 64 };
const ROUNDS: usize = if cfg!(miri) { 4 } else { 200 };

/// What libraries keep for each thread, in the ways that compilers treat differently.
mod library {
    use super::{Cell, RefCell, black_box};
    use std::thread::ThreadId;

    thread_local! {
        /// Made at compile time, with a destructor.
        pub static LOG: RefCell<Vec<ThreadId>> = const { RefCell::new(Vec::new()) };
        /// Made at the first use.
        pub static LAZY: RefCell<Vec<ThreadId>> = RefCell::new(Vec::with_capacity(1));
        /// Indexed: its address is worth keeping in a register.
        pub static TABLE: [Cell<usize>; 16] = const { [const { Cell::new(0) }; 16] };
        pub static SHARED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
        static ID: Cell<usize> = const { Cell::new(0) };
    }

    #[goxide::allow_identity(reason = "what a library does that knows nothing of goroutines")]
    pub fn thread() -> ThreadId {
        std::thread::current().id()
    }

    /// Leaves something behind that waits when the thread ends.
    #[goxide::allow_identity(reason = "what a library does that knows nothing of goroutines")]
    pub fn leave(to: goxide::Chan<usize>, n: usize) {
        struct Late(goxide::Chan<usize>, usize);
        impl Drop for Late {
            fn drop(&mut self) {
                goxide::time::sleep(std::time::Duration::from_micros(10));
                self.0.send(self.1);
            }
        }
        thread_local! {
            static LATE: RefCell<Option<Late>> = const { RefCell::new(None) };
        }
        drop(LATE.replace(Some(Late(to, n))));
        goxide::yield_now();
    }

    /// On the substrate of threads goroutines have no thread in common.
    pub fn one_thread_each() -> bool {
        std::env::var("GOXIDE_SUBSTRATE").is_ok_and(|kind| kind == "thread") || cfg!(miri)
    }

    pub fn panicking() -> bool {
        std::thread::panicking()
    }

    #[goxide::allow_identity(reason = "what a library does that knows nothing of goroutines")]
    pub fn in_two_threads(a: impl FnOnce() + Send, b: impl FnOnce() + Send) {
        std::thread::scope(|s| {
            s.spawn(a);
            s.spawn(b);
        });
    }

    /// Never inlined, and still the compiler may see that it always gives the same.
    #[goxide::allow_identity(reason = "what a library does that knows nothing of goroutines")]
    #[inline(never)]
    pub fn address() -> usize {
        ID.with(|id| std::ptr::from_ref(id).addr())
    }

    #[goxide::allow_identity(reason = "what a library does that knows nothing of goroutines")]
    #[inline(never)]
    pub fn opaque_address() -> usize {
        black_box(ID.with(|id| std::ptr::from_ref(id).addr()))
    }
}

/// Parks, in one of the ways there are.
fn park(way: usize) {
    match way % 4 {
        0 => yield_now(),
        1 => time::sleep(Duration::from_micros(1)),
        2 => blocking(|| ()),
        _ => {
            let c = chan(0);
            let tx = c.clone();
            go!(tx.send(()));
            c.recv();
        }
    }
}

/// Runs `f` in many goroutines and waits for them.
fn many(f: impl Fn(usize) + Send + Sync + Copy + 'static) {
    let all = WaitGroup::new();
    for n in 0..GOROUTINES {
        all.go(move || f(n));
    }
    all.wait();
}

#[goxide::allow_identity(reason = "the attack")]
#[goxide::test]
fn a_tls_safe() {
    many(|n| {
        for round in 0..ROUNDS {
            let me = library::thread();
            library::LAZY.with_borrow_mut(|lazy| lazy.push(library::thread()));
            park(n + round);
            library::LAZY.with_borrow_mut(|lazy| {
                lazy.push(library::thread());
                assert!(lazy.iter().all(|&thread| thread == me), "the list of another thread");
                lazy.clear();
            });
        }
    });
}

#[goxide::allow_identity(reason = "the attack")]
#[goxide::test]
fn f_tls2_log() {
    many(|n| {
        for round in 0..ROUNDS {
            let me = library::thread();
            library::LOG.with_borrow_mut(|log| log.push(library::thread()));
            park(n + round);
            library::LOG.with_borrow_mut(|log| {
                log.push(library::thread());
                assert!(log.iter().all(|&thread| thread == me), "the log of another thread");
                log.clear();
            });
        }
    });
}

#[goxide::allow_identity(reason = "the attack")]
#[goxide::test]
fn f_tls2_table() {
    // Additions that are not atomic: one that lands in another thread's table is lost sooner or later.
    let added = Arc::new(AtomicUsize::new(0));
    let all = WaitGroup::new();
    for n in 0..GOROUTINES {
        let added = added.clone();
        all.go(move || {
            let slot = black_box(3) & 15;
            for round in 0..ROUNDS {
                let before = library::TABLE.with(|table| {
                    table[slot].set(table[slot].get() + 1);
                    table[slot].get()
                });
                park(n + round);
                library::TABLE.with(|table| {
                    assert!(table[slot].get() >= before, "a table that has not seen the first addition");
                    table[slot].set(table[slot].get() + 1);
                });
                added.fetch_add(2, Ordering::Relaxed);
            }
        });
    }
    all.wait();
    assert_eq!(added.load(Ordering::Relaxed), 2 * GOROUTINES * ROUNDS);
}

#[goxide::test]
fn f_tls2_addresses() {
    many(|n| {
        let (address, opaque) = (library::address(), library::opaque_address());
        for round in 0..ROUNDS {
            park(n + round);
            assert_eq!((library::address(), library::opaque_address()), (address, opaque));
        }
    });
}

/// A reference into a thread-local, held while others run.
#[goxide::allow_identity(reason = "the attack")]
#[goxide::test]
fn inside_with() {
    many(|n| {
        library::TABLE.with(|table| {
            for round in 0..ROUNDS {
                let cell = &table[n % 2];
                let before = cell.get();
                park(n + round);
                cell.set(cell.get() + 1);
                assert!(cell.get() > before);
            }
        });
    });
}

/// A borrow of a thread-local that lasts over a park is found out by others on the thread, never shared with them.
#[goxide::allow_identity(reason = "the attack")]
#[goxide::test]
fn a_borrow_that_lasts_is_seen_by_others_of_the_thread() {
    let refused = Arc::new(AtomicUsize::new(0));
    for _ in 0..ROUNDS {
        let all = WaitGroup::new();
        for n in 0..4 {
            let refused = refused.clone();
            all.go(move || {
                library::SHARED.with(|shared| match shared.try_borrow_mut() {
                    Ok(mut shared) => {
                        shared.push(n);
                        let len = shared.len();
                        yield_now();
                        assert_eq!(shared.len(), len, "nobody else had it");
                    }
                    Err(_) => {
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                });
            });
        }
        all.wait();
    }
    if !library::one_thread_each() {
        assert!(refused.load(Ordering::Relaxed) > 0, "they met");
    }
}

#[goxide::test]
fn rc_and_refcell_over_parks() {
    many(|n| {
        let shared = Rc::new(RefCell::new(vec![n]));
        let mut clones = Vec::new();
        for round in 0..ROUNDS {
            clones.push(shared.clone());
            let mut borrowed = shared.borrow_mut();
            park(n + round);
            borrowed.push(round);
        }
        assert_eq!((Rc::strong_count(&shared), shared.borrow().len()), (ROUNDS + 1, ROUNDS + 1));
        drop(clones);
        assert_eq!(Rc::strong_count(&shared), 1);
    });
}

#[goxide::test]
fn a_cell_that_is_being_made_over_a_park() {
    let all = WaitGroup::new();
    for n in 0..4 {
        all.go(move || {
            let once = OnceCell::new();
            assert_eq!(
                *once.get_or_init(|| {
                    park(n);
                    n
                }),
                n
            );
        });
    }
    all.wait();
}

/// `std`'s lock of standard output knows its owner by the thread: goroutines of one thread are one to it. No two may write at once.
#[goxide::test]
fn reentrant_locks_of_std() {
    use std::io::Write;
    if library::one_thread_each() {
        return; // There it excludes, and keeps the worker of who waits for it.
    }
    many(|n| {
        let mut out = std::io::stdout().lock();
        write!(out, "").expect("standard output");
        park(n & !2);
        write!(out, "").expect("standard output");
    });
}

#[goxide::test]
fn locks_that_wait_may_be_held_over_parks() {
    let counter = Arc::new(Mutex::new(0));
    let all = WaitGroup::new();
    for n in 0..GOROUTINES {
        let counter = counter.clone();
        all.go(move || {
            for round in 0..10 {
                let mut counter = counter.lock();
                let before = *counter;
                park(n + round);
                *counter = before + 1;
            }
        });
    }
    all.wait();
    assert_eq!(*counter.lock(), GOROUTINES * 10);
}

#[goxide::test]
fn threads_in_scopes_of_std() {
    many(|n| {
        if n % 8 == 0 {
            let (mut numbers, text) = (vec![n, n + 1], format!("{n}"));
            library::in_two_threads(|| numbers.push(7), || assert_eq!(text.parse(), Ok(n)));
            assert_eq!(numbers, [n, n + 1, 7]);
        }
    });
}

fn text(payload: &(dyn std::any::Any + Send)) -> &str {
    payload.downcast_ref::<&str>().copied().unwrap_or("?")
}

/// Parks when it is dropped, and notes that it was.
struct ParksInDrop<'a>(&'a AtomicUsize);

impl Drop for ParksInDrop<'_> {
    fn drop(&mut self) {
        (0..4).for_each(park);
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[goxide::test]
fn unwinds_that_park_end_where_they_should() {
    let dropped = AtomicUsize::new(0);
    scope(|s| {
        for _ in 0..GOROUTINES {
            s.spawn(|| {
                for _ in 0..10 {
                    let caught = catch_unwind(|| {
                        let _first = ParksInDrop(&dropped);
                        yield_now();
                        let _second = ParksInDrop(&dropped);
                        resume_unwind(Box::new("on purpose"));
                    });
                    assert_eq!(text(&*caught.unwrap_err()), "on purpose");
                    yield_now();
                }
            });
        }
    });
    assert_eq!(dropped.load(Ordering::SeqCst), GOROUTINES * 20);
    // Other tests may be unwinding on this thread at the moment, but not for ever.
    while library::panicking() {
        yield_now();
    }
}

/// Panics while an unwind is under way, caught in the destructor: two on one stack, others of the thread panicking in between.
#[goxide::test]
fn panics_inside_of_unwinds() {
    struct PanicsInside(usize);
    impl Drop for PanicsInside {
        fn drop(&mut self) {
            park(self.0);
            let inner = catch_unwind(|| {
                yield_now();
                resume_unwind(Box::new("inner"));
            });
            assert_eq!(text(&*inner.unwrap_err()), "inner");
            park(self.0 + 1);
        }
    }
    many(|n| {
        for round in 0..10 {
            let outer = catch_unwind(AssertUnwindSafe(|| {
                let _inside = PanicsInside(n + round);
                resume_unwind(Box::new("outer"));
            }));
            assert_eq!(text(&*outer.unwrap_err()), "outer");
        }
    });
}

/// A destructor that runs in an unwind, and does all that a program may do.
struct Busy {
    results: Chan<usize>,
    quit: Chan<()>,
}

impl Drop for Busy {
    fn drop(&mut self) {
        let (results, inner) = (self.results.clone(), chan(0));
        let tx = inner.clone();
        go! {
            tx.send(20);
        }
        let n = select! {
            n = <-inner => n.unwrap_or(0),
            <-self.quit => 0,
        };
        let mut more = 0;
        scope(|s| s.spawn(|| more = blocking(|| 22)));
        go!(results.send(n + more));
    }
}

#[goxide::test]
fn go_select_and_scope_in_destructors() {
    let results = chan(1);
    let quit = chan(0);
    for panics in [false, true] {
        let busy = Busy { results: results.clone(), quit: quit.clone() };
        let ended = catch_unwind(AssertUnwindSafe(move || {
            let _busy = busy;
            if panics {
                resume_unwind(Box::new(()));
            }
        }));
        assert_eq!(ended.is_err(), panics);
        assert_eq!(results.recv(), Some(42));
    }
    // Also as what a goroutine captured, dropped when its closure ends.
    let busy = Busy { results: results.clone(), quit };
    go!(move || drop(busy));
    assert_eq!(results.recv(), Some(42));
}

/// A value that knows the channel it is in, and uses it in its destructor.
struct Knows(Option<Chan<Knows>>, Arc<AtomicUsize>);

impl Drop for Knows {
    fn drop(&mut self) {
        self.1.fetch_add(1, Ordering::SeqCst);
        if let Some(chan) = self.0.take() {
            assert!(chan.len() <= chan.cap());
            let _ = chan.try_send(Knows(None, self.1.clone()));
            yield_now();
            drop(chan.try_recv());
        }
    }
}

#[goxide::test]
fn values_that_use_their_channel_when_they_are_dropped() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let c = chan(4);
    for _ in 0..4 {
        c.send(Knows(Some(c.clone()), dropped.clone()));
    }
    drop(c.recv());
    // Refused sends drop their value too.
    assert!(c.try_send(Knows(Some(c.clone()), dropped.clone())).is_err() || c.len() <= 4);
    c.close();
    while c.recv().is_some() {}
    let drops = dropped.load(Ordering::SeqCst);
    assert!(drops >= 5, "{drops}");
    drop(c);
}

/// The buffer holds the only senders of its own channel: dropping the receiver drops the buffer, which drops the senders, which
/// close the channel.
#[goxide::test]
fn a_buffer_that_holds_its_own_senders() {
    struct Holds(Option<goxide::Sender<Holds>>, Arc<AtomicUsize>);
    impl Drop for Holds {
        fn drop(&mut self) {
            self.1.fetch_add(1, Ordering::SeqCst);
            if let Some(tx) = &self.0 {
                assert!(tx.try_send(Holds(None, self.1.clone())).is_err(), "nobody can receive it");
            }
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let (tx, rx) = channel(3);
    for _ in 0..3 {
        assert!(tx.send(Holds(Some(tx.clone()), dropped.clone())).is_ok());
    }
    drop(tx);
    drop(rx);
    assert_eq!(dropped.load(Ordering::SeqCst), 6);
}

/// Of values in a channel, those that were received are the receiver's, those that were not are dropped once, when the channel goes.
#[goxide::test]
fn every_value_is_dropped_once() {
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let made = 4 * 3 * ROUNDS;
    let dropped = Arc::new(AtomicUsize::new(0));
    let all = WaitGroup::new();
    {
        let (tx, rx) = channel(3);
        for _ in 0..4 {
            let (tx, dropped) = (tx.clone(), dropped.clone());
            all.go(move || {
                let never = Chan::<()>::nil();
                for _ in 0..ROUNDS {
                    let _ = tx.send(Counted(dropped.clone()));
                    let _ = tx.try_send(Counted(dropped.clone()));
                    // Moved into the select, chosen or not.
                    let value = Counted(dropped.clone());
                    select! {
                        tx <- value => {}
                        <-never => unreachable!(),
                        <-time::after(Duration::from_micros(1)) => {}
                    }
                }
            });
        }
        drop(tx);
        let received = rx.iter().take(ROUNDS).count();
        assert_eq!(received, ROUNDS);
    }
    all.wait();
    assert_eq!(dropped.load(Ordering::SeqCst), made);
}

#[goxide::test]
fn panics_of_destructors_in_a_buffer_leave_the_rest_alone() {
    struct Panics(bool, Arc<AtomicUsize>);
    impl Drop for Panics {
        fn drop(&mut self) {
            self.1.fetch_add(1, Ordering::SeqCst);
            if self.0 {
                resume_unwind(Box::new("in a destructor"));
            }
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let (tx, rx) = channel(3);
    for panics in [false, true, false] {
        assert!(tx.send(Panics(panics, dropped.clone())).is_ok());
    }
    let caught = catch_unwind(AssertUnwindSafe(|| drop(rx)));
    assert_eq!(text(&*caught.unwrap_err()), "in a destructor");
    assert!(tx.send(Panics(false, dropped.clone())).is_err());
    assert_eq!(dropped.load(Ordering::SeqCst), 4, "all of them, once");
}

/// What a scope lends is used until the last moment: by captures that park when they are dropped, with the scope's own closure
/// panicking, with payloads that park when they are dropped.
#[goxide::test]
fn scopes_under_attack() {
    struct ParksAndReads<'a>(&'a [AtomicBool]);
    impl Drop for ParksAndReads<'_> {
        fn drop(&mut self) {
            for (n, alive) in self.0.iter().enumerate() {
                assert!(alive.load(Ordering::SeqCst), "still borrowed");
                park(n);
            }
        }
    }
    struct ParkingPayload;
    impl Drop for ParkingPayload {
        fn drop(&mut self) {
            (0..8).for_each(park);
        }
    }
    for round in 0..20 {
        let data: Vec<AtomicBool> = (0..4).map(|_| AtomicBool::new(true)).collect();
        let caught = catch_unwind(AssertUnwindSafe(|| {
            scope(|s| {
                for n in 0..6 {
                    let reads = ParksAndReads(&data);
                    s.spawn(move || {
                        let _reads = reads;
                        scope(|inner| inner.spawn(|| park(n)));
                        match n % 3 {
                            0 => resume_unwind(Box::new(ParkingPayload)),
                            1 => s.spawn(move || park(round)),
                            _ => {}
                        }
                    });
                }
                if round % 2 == 0 {
                    resume_unwind(Box::new("the closure"));
                }
            });
        }));
        data.iter().for_each(|alive| alive.store(false, Ordering::SeqCst));
        assert!(caught.is_err());
        drop(caught);
    }
}

/// A scope in a destructor, while its own stack unwinds.
#[goxide::test]
fn scopes_in_unwinds() {
    struct Scoped<'a>(&'a AtomicUsize);
    impl Drop for Scoped<'_> {
        fn drop(&mut self) {
            let here = Cell::new(0);
            let count = self.0;
            scope(|s| {
                for n in 0..4 {
                    s.spawn(move || {
                        park(n);
                        count.fetch_add(1, Ordering::SeqCst);
                    });
                }
                here.set(1);
            });
            assert_eq!(here.get(), 1);
        }
    }
    let count = AtomicUsize::new(0);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _scoped = Scoped(&count);
        resume_unwind(Box::new("on purpose"));
    }));
    assert!(caught.is_err());
    assert_eq!(count.load(Ordering::SeqCst), 4);
}

/// A result that borrows comes out of the scope, and what its goroutines have written is seen.
#[goxide::test]
fn results_of_scopes() {
    let words = [String::from("a"), String::from("b")];
    let first = scope(|s| {
        s.spawn(|| park(1));
        &words[0]
    });
    assert_eq!(first, "a");
    let mut guard = Some(Box::new(7));
    let place = &mut guard;
    scope(|s| s.spawn(move || *place = None));
    assert_eq!(guard, None);
}

/// `goxide::main` and `goxide::test` where a goroutine calls them are ordinary calls.
mod nested {
    #[goxide::main]
    pub fn main() {
        super::yield_now();
        go_and_wait();
    }

    #[goxide::test]
    fn test() {
        go_and_wait();
    }

    fn go_and_wait() {
        let c = goxide::chan(0);
        let tx = c.clone();
        goxide::go!(tx.send(1));
        assert_eq!(c.recv(), Some(1));
    }
}

#[goxide::test]
fn runtimes_in_runtimes() {
    nested::main();
    let built = goxide::Builder::new().workers(2).run(|| 7);
    assert_eq!(built, Err(goxide::AlreadyRunning));
    // A future that waits by blocking, in a goroutine that drives it, in a call on the pool, in a goroutine.
    let n = blocking(|| goxide::block_on(async { blocking(|| goxide::block_on(async { 3 })) }));
    assert_eq!(n, 3);
    let n = goxide::block_on(async {
        let c = chan(0);
        let tx = c.clone();
        go!(tx.send(4));
        c.recv()
    });
    assert_eq!(n, Some(4));
}

/// Everything works on plain threads, with goroutines on the other side.
#[test]
fn plain_threads() {
    let requests = chan::<Chan<usize>>(0);
    let sum = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..4)
        .map(|n| {
            let (requests, sum) = (requests.clone(), sum.clone());
            std::thread::spawn(move || {
                for round in 0..ROUNDS {
                    let answer = chan(0);
                    requests.send(answer.clone());
                    let got = select! {
                        got = <-answer => got,
                        after(Duration::from_secs(100)) => None,
                    };
                    *sum.lock() += got.expect("an answer");
                    if round % 50 == 0 {
                        time::sleep(Duration::from_micros(10));
                        let mut here = 0;
                        scope(|s| s.spawn(|| here = blocking(|| goxide::block_on(async { n }))));
                        assert_eq!(here, n);
                    }
                }
            })
        })
        .collect();
    let asked = requests.clone();
    go! {
        for answer in asked {
            answer.send(1);
        }
    }
    for thread in threads {
        thread.join().expect("no panic");
    }
    requests.close();
    assert_eq!(*sum.lock(), 4 * ROUNDS);
}

/// Destructors of a thread's locals run when the thread ends, some after ours.
#[test]
fn destructors_of_thread_locals_that_wait() {
    struct Late(Chan<usize>);
    impl Drop for Late {
        fn drop(&mut self) {
            self.0.send(1);
            time::sleep(Duration::from_micros(10));
            let mut more = 0;
            scope(|s| s.spawn(|| more = 2));
            go!(self.0.clone().send(more));
        }
    }
    thread_local! {
        static BEFORE: RefCell<Option<Late>> = const { RefCell::new(None) };
        static AFTER: RefCell<Option<Late>> = const { RefCell::new(None) };
    }
    let c = chan(0);
    let thread = {
        let c = c.clone();
        std::thread::spawn(move || {
            BEFORE.set(Some(Late(c.clone())));
            time::sleep(Duration::from_micros(10));
            AFTER.set(Some(Late(c)));
        })
    };
    let got: usize = c.iter().take(4).sum();
    assert_eq!(got, 6);
    thread.join().expect("no panic");
}

/// Closures too large for a record, aligned more than words are, and of no size at all, arrive as they were.
/// The same for thread-locals that goroutines have filled: workers stay, but on the substrate of threads some threads end.
#[goxide::test]
fn thread_locals_of_goroutines_that_wait_when_they_are_destroyed() {
    let c = chan(GOROUTINES);
    for n in 0..GOROUTINES {
        go!(library::leave(c.clone(), n));
    }
    time::sleep(Duration::from_millis(5));
    assert!(c.len() <= GOROUTINES);
}

#[goxide::test]
fn captures_of_all_shapes() {
    #[repr(align(64))]
    #[derive(Clone, Copy, PartialEq, Debug)]
    struct Aligned([u8; 3]);
    let c = chan(0);
    let (tx, aligned) = (c.clone(), Aligned([1, 2, 3]));
    go! {
        assert_eq!(std::ptr::from_ref(&aligned).addr() % 64, 0);
        tx.send(aligned.0.len());
    }
    let (tx, large) = (c.clone(), [7_usize; 300]);
    go!(move || tx.send(large.iter().sum()));
    assert_eq!(c.iter().take(2).sum::<usize>(), 2103);
    go!(yield_now());
}

/// Which types may go to other threads, and be used by several at once.
mod threads {
    use std::cell::Cell;
    use std::rc::Rc;

    use goxide::sync::{
        LazyLock, Map, Mutex, MutexGuard, OnceLock, Pool, ReadGuard, RwMutex, Value, WriteGuard,
    };
    use goxide::{Chan, Receiver, Scope, Sender};

    macro_rules! are {
        ($($trait:ident: $($ty:ty),* ;)*) => { $($(const _: () = {
            const fn is<T: ?Sized + $trait>() {}
            is::<$ty>();
        };)*)* };
    }
    macro_rules! are_not {
        ($($trait:ident: $($ty:ty),* ;)*) => { $($(const _: () = {
            // Ambiguous, and so an error, if it is.
            trait Known<A> {
                const HERE: () = ();
            }
            struct Is;
            impl<T: ?Sized> Known<()> for T {}
            impl<T: ?Sized + $trait> Known<Is> for T {}
            <$ty as Known<_>>::HERE
        };)*)* };
    }
    are! {
        Send: Chan<Cell<u8>>, Sender<Cell<u8>>, Receiver<Cell<u8>>, Mutex<Cell<u8>>, RwMutex<Cell<u8>>, OnceLock<Cell<u8>>, Pool<Cell<u8>>;
        Sync: Chan<Cell<u8>>, Sender<Cell<u8>>, Receiver<Cell<u8>>, Mutex<Cell<u8>>, MutexGuard<'static, u8>, Pool<Cell<u8>>;
        Sync: Scope<'static, 'static>, RwMutex<u8>, ReadGuard<'static, u8>, OnceLock<u8>, Value<u8>, Map<u8, u8>, goxide::context::Context;
    }
    are_not! {
        Send: Chan<Rc<u8>>, Sender<Rc<u8>>, Receiver<Rc<u8>>, Mutex<Rc<u8>>, RwMutex<Rc<u8>>, OnceLock<Rc<u8>>, Pool<Rc<u8>>, Value<Rc<u8>>;
        Send: Map<u8, Rc<u8>>, MutexGuard<'static, Rc<u8>>, ReadGuard<'static, Cell<u8>>, WriteGuard<'static, Cell<u8>>, Value<Cell<u8>>;
        Sync: Chan<Rc<u8>>, Sender<Rc<u8>>, Receiver<Rc<u8>>, Mutex<Rc<u8>>, MutexGuard<'static, Cell<u8>>, RwMutex<Cell<u8>>, Value<Cell<u8>>;
        Sync: ReadGuard<'static, Cell<u8>>, OnceLock<Cell<u8>>, LazyLock<Cell<u8>>, LazyLock<u8, Rc<u8>>, Map<u8, Cell<u8>>, Pool<u8, Rc<u8>>;
    }
}
