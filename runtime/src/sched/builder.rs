//! Settings of the runtime, made in the program before it starts.
//!
//! Must hold: nothing here changes what runs already; the scheduler and the stacks read their settings when they start. The
//! environment goes before the program: who runs it knows the machine.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use super::program::run_main;
use super::{ASKED, RUNTIME, movement};
use crate::coroutine::{self, Choice};
use crate::shim::Ordering;
use crate::{stack, task};

/// Settings of the runtime; for programs that start it themselves in place of `#[goxide::main]`.
///
/// The environment variables `GOMAXPROCS`, `GOXIDE_STACK` and `GOXIDE_SUBSTRATE` go before what is set here.
///
/// ```
/// use goxide::{Builder, chan, go};
///
/// fn main() -> Result<(), goxide::AlreadyRunning> {
///     let sum = Builder::new().workers(2).stack_size(128 << 10).run(|| {
///         let numbers = chan(0);
///         let out = numbers.clone();
///         go! {
///             for n in 1..=3 {
///                 out.send(n);
///             }
///             out.close();
///         }
///         numbers.iter().sum::<i32>()
///     })?;
///     assert_eq!(sum, 6);
///     Ok(())
/// }
/// ```
#[must_use = "settings do nothing until `run` or `install`"]
#[derive(Default)]
pub struct Builder {
    workers: Option<usize>,
    stack: Option<usize>,
    substrate: Option<Choice>,
    on_panic: Option<task::panic::PanicHandler>,
    cold_after: Option<Duration>,
    movable: bool,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("workers", &self.workers)
            .field("stack", &self.stack)
            .field("substrate", &self.substrate)
            .field("on_panic", &self.on_panic.is_some())
            .field("cold_after", &self.cold_after)
            .field("movable", &self.movable)
            .finish()
    }
}

/// Settings came too late: the runtime has been started, by a goroutine, a channel that waited or a timer.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let late = goxide::Builder::new().workers(2).run(|| ());
/// assert_eq!(late, Err(goxide::AlreadyRunning));
/// # });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlreadyRunning;

impl fmt::Display for AlreadyRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the goxide runtime is running already: build it first thing in main, without #[goxide::main]",
        )
    }
}

impl std::error::Error for AlreadyRunning {}

impl Builder {
    /// The settings that there are without any.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// How many OS threads run goroutines, 1 to 1024 (default: one per CPU).
    pub fn workers(mut self, workers: usize) -> Builder {
        self.workers = Some(workers.clamp(1, 1024));
        self
    }

    /// Bytes of stack, as address space, of every goroutine but the main one: at least 16 KiB, rounded up to whole pages.
    pub fn stack_size(mut self, bytes: usize) -> Builder {
        self.stack = Some(bytes);
        self
    }

    /// What stacks are made of.
    ///
    /// ```
    /// use goxide::{Builder, Substrate};
    ///
    /// assert!(Builder::new().substrate(Substrate::Thread).install().is_ok());
    /// ```
    pub fn substrate(mut self, substrate: Choice) -> Builder {
        self.substrate = Some(substrate);
        self
    }

    /// What is called when a goroutine other than the main one panics and nothing in it catches that, instead of ending the program:
    /// with what was panicked with, on the goroutine's own stack, after its locals were dropped. The goroutine ends then; who waits for
    /// it on a channel that it did not close goes on waiting.
    ///
    /// A panic of the handler ends the program.
    ///
    /// ```
    /// use goxide::{Builder, chan, go};
    ///
    /// let told = chan(0);
    /// let tell = told.clone();
    /// let builder = Builder::new().on_panic(move |payload| tell.send(payload.downcast_ref::<&str>().copied()));
    /// let heard = builder.run(move || {
    ///     go!(move || std::panic::resume_unwind(Box::new("oh dear")));
    ///     told.recv()
    /// });
    /// assert_eq!(heard, Ok(Some(Some("oh dear"))));
    /// ```
    pub fn on_panic(mut self, handler: impl Fn(&(dyn Any + Send)) + Send + Sync + 'static) -> Builder {
        self.on_panic = Some(Box::new(handler));
        self
    }

    /// Puts the stacks of goroutines away that have waited for `waited_for`, a millisecond at least: what lies on such a stack is copied to where
    /// it takes a few hundred bytes in place of a page or more, and comes back when it is needed. For programs with very many goroutines that
    /// wait for long.
    ///
    /// Goroutines are put away while they wait at channels, in a `select!` too, at the locks and groups of [`sync`](crate::sync) and
    /// [`errgroup`](crate::errgroup), asleep, or for a connection; not in [`blocking`](crate::blocking), in [`block_on`](crate::block_on) or anywhere inside of
    /// [`scope`](crate::scope()), where others use what lies on their stacks. Who wakes one does not pay for it; coming back costs its own worker
    /// a few microseconds. Now and then all threads that run goroutines stop for some 100 us. Without the substrate [`Choice::Slab`] this changes nothing.
    ///
    /// # Safety
    /// While a goroutine waits in one of these ways, nobody uses what lies on its stack but this crate and what it calls. This is broken by
    /// - plain OS threads (`std::thread`) that use this crate's channels or locks: who wakes writes into the frame of the operation that waits. Have
    ///   them use [`bridge`](crate::bridge) or have goroutines do it;
    /// - lending what lies on a goroutine's stack to others than by this crate's `scope`, `blocking` and `block_on`: by `std::thread::scope`, by
    ///   a pool of threads, or by unsafe code.
    ///
    /// And handlers of SIGSEGV that are installed later hand on what is not theirs.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// // SAFETY: there are no threads here but the runtime's, and no goroutine lends what is on its stack.
    /// let builder = unsafe { goxide::Builder::new().cold_stacks(Duration::from_millis(1)) };
    /// let sum = builder.run(|| {
    ///     let (ask, tell) = (goxide::chan::<u64>(0), goxide::chan(0));
    ///     let (asked, told) = (ask.clone(), tell.clone());
    ///     goxide::go! {
    ///         let kept = [3; 4];
    ///         told.send(asked.recv().map(|n| n + kept.iter().sum::<u64>()));
    ///     }
    ///     goxide::time::sleep(Duration::from_millis(20));
    ///     ask.send(30);
    ///     tell.recv().flatten()
    /// });
    /// assert_eq!(sum, Ok(Some(42)));
    /// ```
    pub unsafe fn cold_stacks(mut self, waited_for: Duration) -> Builder {
        self.cold_after = Some(waited_for);
        self
    }

    /// Lets goroutines that have started go on on other workers whenever they wait, all of them; as a rule each stays on the OS thread that it ran on first.
    /// Goroutines that compute long spread over all workers then, wherever they began. Without the substrate [`Choice::Slab`], and
    /// but on Linux on x86-64, this changes nothing.
    ///
    /// # Safety
    /// No code that a goroutine runs, with all that it calls, keeps what belongs to a thread while it waits (on a channel, a lock, a connection, in
    /// [`yield_now`](crate::yield_now)): no reference into a thread-local, no value that is not `Send` and was made before the wait (an `Rc` that
    /// others on the thread share, a guard of `std`'s locks), and no address of a thread-local that the compiler keeps because a function that
    /// uses one before and behind a wait was inlined. The last cannot be seen in the source: it has to be looked for in the compiled program. Translated Go
    /// is such code.
    ///
    /// ```
    /// // SAFETY: nothing here uses thread-locals.
    /// let builder = unsafe { goxide::Builder::new().movable() };
    /// let sum = builder.run(|| {
    ///     let results = goxide::chan(4);
    ///     for n in 0..4u64 {
    ///         let results = results.clone();
    ///         goxide::go! {
    ///             goxide::yield_now();
    ///             results.send((0..1000 * n).sum::<u64>());
    ///         }
    ///     }
    ///     (0..4).filter_map(|_| results.recv()).sum::<u64>()
    /// });
    /// assert_eq!(sum, Ok(499_500 + 1_999_000 + 4_498_500));
    /// ```
    pub unsafe fn movable(mut self) -> Builder {
        self.movable = true;
        self
    }

    /// Makes these the settings of this process.
    ///
    /// # Errors
    /// The runtime is running already; nothing was changed.
    ///
    /// ```
    /// // Before anything else, in a program whose main is not a goroutine:
    /// goxide::Builder::new().workers(2).install().expect("nothing runs yet");
    /// assert_eq!(goxide::metrics().workers, 2);
    /// ```
    pub fn install(self) -> Result<(), AlreadyRunning> {
        if RUNTIME.get().is_some() {
            return Err(AlreadyRunning);
        }
        if let Some(workers) = self.workers {
            ASKED.store(workers, Ordering::Relaxed);
        }
        if let Some(bytes) = self.stack {
            stack::set_default_size(bytes);
        }
        if let Some(substrate) = self.substrate {
            coroutine::choose(substrate);
        }
        #[cfg(not(miri))]
        if let Some(after) = self.cold_after {
            super::cold::ask(after);
        }
        if self.movable {
            movement::ask();
        }
        if let Some(handler) = self.on_panic {
            task::panic::set_handler(handler);
        }
        Ok(())
    }

    /// Installs the settings and runs `main` as the main goroutine; the program's other goroutines stop when it returns.
    ///
    /// # Errors
    /// The runtime is running already; `main` was not run.
    pub fn run<T: Send + 'static>(
        self,
        main: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AlreadyRunning> {
        self.install()?;
        Ok(run_main(main))
    }
}

/// Runs `main` as the main goroutine with these settings, for `#[goxide::main(..)]`. They are not asked for on a goroutine: a main
/// that is called by one is an ordinary function.
pub fn run_built<T: Send + 'static>(
    settings: impl FnOnce() -> Builder,
    main: impl FnOnce() -> T + Send + 'static,
) -> T {
    if !task::on_goroutine()
        && let Err(error) = settings().install()
    {
        task::panic::fatal(&format!("the settings of #[goxide::main] come too late: {error}"));
    }
    run_main(main)
}
