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
//! 1. A coroutine is resumed by one thread at a time, and after its first resume always by the same thread, unless [`can_move`] and whoever
//!    resumes it answers for what runs on it.
//! 2. Only an idle or never resumed one may be dropped. A parked stack is never unwound from outside: another thread
//!    may borrow from it. One that waits for ever is leaked.
//! 3. The word [`carried`] follows control: what the resuming thread carries is what the coroutine sees.
//!
//! One coroutine runs many bodies one after the other, so that taking a stack back costs nothing. Three backends:
//! - `slab`: for millions. The default where the system has what it needs: Linux 6.13 and address space without limit.
//! - `generator`: the portable one, which ends at about 32,000 goroutines.
//! - `thread`: an OS thread for each, of which one runs at a time; for Miri and for comparison.
//!
//! GOXIDE_SUBSTRATE chooses one for the process. Rejected: nesting one kind inside another, because `generator`'s chain of contexts
//! breaks there.

#[cfg(not(miri))]
pub(crate) mod cold;
#[cfg(not(miri))]
mod generator;
pub(crate) mod grow;
#[cfg(not(miri))]
mod slab;
mod thread;

use std::io;

use crate::shim::OnceLock;
#[cfg(not(miri))]
use crate::stack::overflow;
use crate::stack::{self, Bounds};
use crate::sys::entry::{self, Place};
use crate::sys::signal::spilled;
use crate::sys::words;

/// Why a coroutine gave control back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// Its body has returned.
    Returned,
    /// It waits for something.
    Parked,
    /// It lets others run.
    Yielded,
}

/// What a backend provides.
trait Substrate: Sized {
    /// A stack of `bytes`, on which nothing has run.
    fn create(bytes: usize, body: fn()) -> io::Result<Self>;

    /// Runs the body until it parks or returns.
    fn resume(&mut self) -> Stop;

    /// Called on the coroutine: goes back to whoever resumed it.
    fn park(stop: Stop);

    /// Where the stack lies, zeros while that is not known.
    #[cfg_attr(miri, expect(dead_code))]
    fn bounds(&self) -> Bounds;

    /// The size it was created with.
    fn bytes(&self) -> usize;
}

/// One stack and what is suspended on it.
pub(crate) struct Coroutine {
    backend: Backend,
}

enum Backend {
    #[cfg(not(miri))]
    Slab(slab::Slab),
    #[cfg(not(miri))]
    Generator(Box<generator::Generator>),
    Thread(Box<thread::Thread>),
}

/// The word that follows control from a thread onto the coroutines it resumes.
#[inline]
pub(crate) fn carried() -> *const () {
    words::CARRIED.get()
}

/// Sets what this thread carries.
pub(crate) fn carry(word: *const ()) {
    words::CARRIED.set(word);
}

/// What goroutines' stacks are made of. The environment variable `GOXIDE_SUBSTRATE` chooses by the same names, in lower case.
///
/// ```
/// let result = goxide::Builder::new().substrate(goxide::Substrate::Generator).run(|| 1 + 1);
/// assert_eq!(result, Ok(2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Choice {
    /// Stacks cut out of one reservation, for millions; the default from Linux 6.13 on. Where it cannot be, `Generator` takes its place,
    /// with a line on standard error.
    Slab,
    /// The portable one; about 32,000 goroutines.
    Generator,
    /// An OS thread for each goroutine.
    Thread,
}

static CHOICE: OnceLock<Choice> = OnceLock::new();

/// Chooses, unless GOXIDE_SUBSTRATE does. Called before there are goroutines.
pub(crate) fn choose(choice: Choice) {
    // The first call counts.
    let _ = CHOICE.set(choice);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[cfg(not(miri))]
    Slab,
    #[cfg(not(miri))]
    Generator,
    Thread,
}

#[cfg(miri)]
fn kind() -> Kind {
    Kind::Thread
}

#[cfg(not(miri))]
#[inline]
fn kind() -> Kind {
    static KIND: OnceLock<Kind> = OnceLock::new();
    match KIND.get() {
        Some(kind) => *kind,
        None => *KIND.get_or_init(chosen_kind),
    }
}

#[cfg(not(miri))]
#[cold]
fn chosen_kind() -> Kind {
    let told = || {
        let chosen = CHOICE.get().map(|choice| match choice {
            Choice::Slab => "slab",
            Choice::Generator => "generator",
            Choice::Thread => "thread",
        });
        std::env::var("GOXIDE_SUBSTRATE").or_else(|error| chosen.map(str::to_owned).ok_or(error))
    };
    match told().as_deref() {
        Ok("thread") => Kind::Thread,
        Ok("generator") => Kind::Generator,
        Err(_) if stack::slab::is_available() => Kind::Slab,
        Err(_) => Kind::Generator,
        Ok("slab") if stack::slab::is_available() => Kind::Slab,
        Ok("slab") => {
            eprintln!(
                "goxide: GOXIDE_SUBSTRATE=slab needs Linux 6.13 (MADV_GUARD_INSTALL) and 8 GiB of address space: using `generator`"
            );
            Kind::Generator
        }
        Ok(other) => {
            eprintln!("goxide: GOXIDE_SUBSTRATE={other} is not known; it is `slab`, `generator` or `thread`");
            std::process::exit(2);
        }
    }
}

/// Prepares the process for coroutines. Called once, before the first is created.
pub(crate) fn init() -> io::Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.get().is_some() {
        return Ok(());
    }
    #[cfg(all(unix, not(miri)))]
    match kind() {
        Kind::Thread => {}
        Kind::Slab => overflow::install(overflow::previous()),
        // The crate installs its fault handler when its first stack is made; ours must come after that one.
        Kind::Generator => {
            let previous = overflow::previous();
            let mut first = Coroutine::create(stack::default_size(), || {})?;
            first.resume();
            overflow::install(previous);
        }
    }
    let _ = DONE.set(());
    Ok(())
}

/// Whether a coroutine that has parked may be resumed by another thread, as far as it is up to what it is made of.
pub(crate) fn can_move() -> bool {
    #[cfg(not(miri))]
    return words::AVAILABLE && kind() == Kind::Slab;
    #[cfg(miri)]
    false
}

/// OS threads that exist only because coroutines do.
pub(crate) fn threads() -> usize {
    thread::live()
}

impl Coroutine {
    /// A coroutine that will run `body` on a stack of `bytes`.
    pub(crate) fn create(bytes: usize, body: fn()) -> io::Result<Coroutine> {
        if bytes > stack::MOST {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        let backend = match kind() {
            #[cfg(not(miri))]
            Kind::Slab => Backend::Slab(slab::Slab::create(bytes, body)?),
            #[cfg(not(miri))]
            Kind::Generator => Backend::Generator(Box::new(generator::Generator::create(bytes, body)?)),
            Kind::Thread => Backend::Thread(Box::new(thread::Thread::create(bytes, body)?)),
        };
        Ok(Coroutine { backend })
    }

    /// What lies on a parked stack, all that it needs to go on included, and the whole stack; none where that is not known. Nothing runs on it.
    #[cfg(not(miri))]
    fn live(&self) -> Option<(Bounds, Bounds)> {
        match &self.backend {
            Backend::Slab(slab) => slab.live(),
            Backend::Generator(_) | Backend::Thread(_) => None,
        }
    }

    /// Brings closer what a resume touches first.
    #[inline(always)]
    pub(crate) fn prefetch(&self) {
        #[cfg(not(miri))]
        if let Backend::Slab(slab) = &self.backend {
            slab.prefetch();
        }
    }

    /// The segment that its code has gone on on, by [`grow()`]; zeros if there is none. Its code stands still.
    #[cfg(not(miri))]
    pub(crate) fn segment(&self) -> Bounds {
        match &self.backend {
            Backend::Slab(slab) => slab.segment(),
            Backend::Generator(generator) => generator.segment(),
            Backend::Thread(_) => Bounds::default(),
        }
    }

    /// The size it was created with.
    pub(crate) fn bytes(&self) -> usize {
        match &self.backend {
            #[cfg(not(miri))]
            Backend::Slab(slab) => slab.bytes(),
            #[cfg(not(miri))]
            Backend::Generator(generator) => generator.bytes(),
            Backend::Thread(thread) => thread.bytes(),
        }
    }

    /// Gives memory back that only a deep recursion needed. Nothing runs or is parked on the stack.
    #[inline]
    pub(crate) fn give_back_depth(&self) {
        match &self.backend {
            #[cfg(not(miri))]
            Backend::Slab(slab) => stack::give_back_depth(slab.bounds()),
            #[cfg(not(miri))]
            Backend::Generator(generator) => stack::give_back_depth(generator.bounds()),
            Backend::Thread(_) => {}
        }
    }

    /// Runs the body, from its start or from where it parked, until it parks or returns.
    #[inline(always)]
    pub(crate) fn resume(&mut self) -> Stop {
        match &mut self.backend {
            #[cfg(not(miri))]
            Backend::Slab(slab) => slab.resume(),
            #[cfg(not(miri))]
            Backend::Generator(generator) => generator.resume(),
            Backend::Thread(thread) => thread.resume(),
        }
    }
}

/// Suspends the running coroutine. Only code inside a body may call this.
///
/// `begin(low, place)` is told before, from where on its stack all lies that it has, registers included, and where its code stands.
///
/// Inlined as far as it goes: a processor foretells returns by a stack of calls, and each return behind a switch is foretold wrongly.
#[inline(always)]
pub(crate) fn park(stop: Stop, begin: impl FnOnce(usize, Place)) {
    #[cfg(not(miri))]
    if kind() == Kind::Slab {
        let place = entry::here();
        begin(place.sp - slab::SAVED, place);
        return slab::Slab::park(stop);
    }
    spilled(|low| {
        begin(low, entry::here());
        match kind() {
            #[cfg(not(miri))]
            Kind::Slab | Kind::Generator => generator::Generator::park(stop),
            Kind::Thread => thread::Thread::park(stop),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shim::{AtomicUsize, Ordering};

    fn twice_parking<S: Substrate>(steps: &'static AtomicUsize, body: fn()) {
        let mut coroutine = S::create(64 << 10, body).expect("a stack");
        for round in 0..3 {
            assert_eq!(coroutine.resume(), Stop::Parked);
            assert_eq!(steps.load(Ordering::Relaxed), 3 * round + 1);
            assert_eq!(coroutine.resume(), Stop::Parked);
            assert_eq!(steps.load(Ordering::Relaxed), 3 * round + 2);
            assert_eq!(coroutine.resume(), Stop::Returned);
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
                generator::Generator::park(Stop::Parked);
            }
            STEPS.fetch_add(1, Ordering::Relaxed);
        });
    }

    #[cfg(not(miri))]
    #[test]
    fn slab_parks_returns_and_runs_again() {
        static STEPS: AtomicUsize = AtomicUsize::new(0);
        if !stack::slab::is_available() {
            return;
        }
        twice_parking::<slab::Slab>(&STEPS, || {
            for _ in 0..2 {
                STEPS.fetch_add(1, Ordering::Relaxed);
                slab::Slab::park(Stop::Parked);
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
                thread::Thread::park(Stop::Parked);
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
        assert_eq!(coroutine.resume(), Stop::Returned);
        let bounds = coroutine.bounds();
        assert_eq!(bounds.high - bounds.low, 64 << 10);
        assert!((bounds.low..bounds.high).contains(&AT.load(Ordering::Relaxed)));
    }
}
