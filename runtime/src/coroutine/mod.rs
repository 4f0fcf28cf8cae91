//! A stack that code can be suspended on: the substrate of goroutines.
//!
//! ```text
//! create --resume--> running --body returns--> idle (resume runs the body again)
//!                    |     ^
//!                  park   resume
//!                    v     |
//!                    parked
//! ```
//! What must always hold:
//! 1. A coroutine is resumed by one thread at a time, and after its first resume always by the same thread.
//! 2. Only an idle or never resumed one may be dropped. A parked stack is never unwound from outside: another thread
//!    may borrow from it. One that waits for ever is leaked.
//! 3. The word [`carried`] follows control: what the resuming thread carries is what the coroutine sees.
//!
//! One coroutine runs many bodies one after the other, so that taking a stack back costs nothing. Two backends:
//! `generator` switches stacks, `thread` gives each coroutine an OS thread and hands control over strictly; the second
//! is for Miri and for comparison (GOXIDE_SUBSTRATE=thread). Rejected: nesting one kind inside another, because
//! `generator`'s chain of contexts breaks there.

#[cfg(not(miri))]
mod generator;
mod thread;

use std::cell::Cell;
use std::io;

use crate::shim::OnceLock;
use crate::stack::Bounds;
#[cfg(not(miri))]
use crate::stack::overflow;

/// What a backend provides.
trait Substrate: Sized {
    /// A stack of `bytes`, on which nothing has run.
    fn create(bytes: usize, body: fn()) -> io::Result<Self>;

    /// Runs the body until it parks or returns; true when it returned.
    fn resume(&mut self) -> bool;

    /// Called on the coroutine: goes back to whoever resumed it.
    fn park();

    /// Where the stack lies, zeros while that is not known.
    #[cfg_attr(miri, expect(dead_code))]
    fn bounds(&self) -> Bounds;
}

/// One stack and what is suspended on it.
pub(crate) struct Coroutine {
    backend: Backend,
    bytes: usize,
}

enum Backend {
    #[cfg(not(miri))]
    Generator(generator::Generator),
    Thread(thread::Thread),
}

thread_local! {
    static CARRIED: Cell<*const ()> = const { Cell::new(std::ptr::null()) };
}

/// The word that follows control from a thread onto the coroutines it resumes.
#[inline]
pub(crate) fn carried() -> *const () {
    CARRIED.with(|word| word.get())
}

/// Sets what this thread carries.
pub(crate) fn carry(word: *const ()) {
    CARRIED.with(|carried| carried.set(word));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[cfg(not(miri))]
    Generator,
    Thread,
}

#[cfg(miri)]
fn kind() -> Kind {
    Kind::Thread
}

#[cfg(not(miri))]
fn kind() -> Kind {
    static KIND: OnceLock<Kind> = OnceLock::new();
    *KIND.get_or_init(|| match std::env::var("GOXIDE_SUBSTRATE").as_deref() {
        Ok("thread") => Kind::Thread,
        Ok("generator") | Err(_) => Kind::Generator,
        Ok(other) => {
            eprintln!("goxide: GOXIDE_SUBSTRATE={other} is not known; it is `generator` or `thread`");
            std::process::exit(2);
        }
    })
}

/// Prepares the process for coroutines. Called once, before the first is created.
pub(crate) fn init() -> io::Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_some() {
        return Ok(());
    }
    #[cfg(all(unix, not(miri)))]
    if kind() == Kind::Generator {
        // The crate installs its fault handler when its first stack is made; ours must come after that one.
        let previous = overflow::previous();
        let mut first = Coroutine::create(crate::stack::default_size(), || {})?;
        first.resume();
        overflow::install(previous);
    }
    let _ = DONE.set(());
    Ok(())
}

/// OS threads that exist only because coroutines do.
pub(crate) fn threads() -> usize {
    thread::live()
}

impl Coroutine {
    /// A coroutine that will run `body` on a stack of `bytes`.
    pub(crate) fn create(bytes: usize, body: fn()) -> io::Result<Coroutine> {
        let backend = match kind() {
            #[cfg(not(miri))]
            Kind::Generator => Backend::Generator(generator::Generator::create(bytes, body)?),
            Kind::Thread => Backend::Thread(thread::Thread::create(bytes, body)?),
        };
        Ok(Coroutine { backend, bytes })
    }

    /// The size it was created with.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Gives memory back that only a deep recursion needed. Nothing runs or is parked on the stack.
    #[inline]
    pub(crate) fn give_back_depth(&self) {
        #[cfg(not(miri))]
        if let Backend::Generator(generator) = &self.backend {
            crate::stack::give_back_depth(generator.bounds());
        }
    }

    /// Runs the body, from its start or from where it parked, until it parks or returns; true when it returned.
    #[inline]
    pub(crate) fn resume(&mut self) -> bool {
        match &mut self.backend {
            #[cfg(not(miri))]
            Backend::Generator(generator) => {
                overflow::enter(generator.bounds());
                let returned = generator.resume();
                overflow::enter(Bounds::default());
                returned
            }
            Backend::Thread(thread) => thread.resume(),
        }
    }
}

/// Suspends the running coroutine. Only code inside a body may call this.
#[inline]
pub(crate) fn park() {
    match kind() {
        #[cfg(not(miri))]
        Kind::Generator => generator::Generator::park(),
        Kind::Thread => thread::Thread::park(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shim::{AtomicUsize, Ordering};

    fn twice_parking<S: Substrate>(steps: &'static AtomicUsize, body: fn()) {
        let mut coroutine = S::create(64 << 10, body).expect("a stack");
        for round in 0..3 {
            assert!(!coroutine.resume());
            assert_eq!(steps.load(Ordering::Relaxed), 3 * round + 1);
            assert!(!coroutine.resume());
            assert_eq!(steps.load(Ordering::Relaxed), 3 * round + 2);
            assert!(coroutine.resume());
            assert_eq!(steps.load(Ordering::Relaxed), 3 * round + 3);
        }
    }

    #[cfg(not(miri))]
    #[test]
    fn generator_parks_returns_and_runs_again() {
        static STEPS: AtomicUsize = AtomicUsize::new(0);
        twice_parking::<generator::Generator>(&STEPS, || {
            for _ in 0..2 {
                STEPS.fetch_add(1, Ordering::Relaxed);
                generator::Generator::park();
            }
            STEPS.fetch_add(1, Ordering::Relaxed);
        });
    }

    #[test]
    fn thread_parks_returns_and_runs_again() {
        static STEPS: AtomicUsize = AtomicUsize::new(0);
        twice_parking::<thread::Thread>(&STEPS, || {
            for _ in 0..2 {
                STEPS.fetch_add(1, Ordering::Relaxed);
                thread::Thread::park();
            }
            STEPS.fetch_add(1, Ordering::Relaxed);
        });
    }

    #[cfg(not(miri))]
    #[test]
    fn bounds_hold_the_stack() {
        static AT: AtomicUsize = AtomicUsize::new(0);
        let mut coroutine = generator::Generator::create(64 << 10, || {
            let local = 0u8;
            AT.store(&raw const local as usize, Ordering::Relaxed);
        })
        .expect("a stack");
        assert!(coroutine.resume());
        let bounds = coroutine.bounds();
        assert_eq!(bounds.high - bounds.low, 64 << 10);
        assert!((bounds.low..bounds.high).contains(&AT.load(Ordering::Relaxed)));
    }
}
