//! The life of a translated program: from Rust's `main` to the exit status.
//!
//! Must hold: the panic printer and the time slices are set before any Go code runs; package initialisation runs in the main
//! goroutine, as `main` does; `runtime.Goexit` in main leaves the others running.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Once;

use goxide::__private::{
    Builder, WaitReason, block_forever, enable_time_slices, run_main_with, set_go_stacks, set_panic_printer,
    set_stack_printer,
};

use crate::flag;
use crate::heap;
use crate::log;
use crate::os;
use crate::panic;
use crate::trace;

/// The stack that Go allows a goroutine.
pub(crate) const STACK: usize = 1_000_000_000;

/// Runs a translated program: package initialisation, then main. `movable` is given if all of it is as the command has translated it, which
/// says so where it compiles: its goroutines go on on any OS thread then, unless GOXIDE_MOVE=off is in the environment.
pub fn go_main(movable: Option<&str>, init: fn(), body: impl FnOnce() + Send + 'static) {
    if movable.is_some() && std::env::var_os("GOXIDE_MOVE").is_none_or(|value| value != "off") {
        // SAFETY: translated Go has nothing to do with thread-locals, this crate reads its own in ways that keep no address, and what it calls of other
        // crates is done with them when it returns; tests/thread_addresses.rs looks at compiled programs.
        let settings = unsafe { Builder::new().movable() };
        // Where a goroutine runs already, the program is a part of another.
        let _ = settings.install();
    }
    prepare();
    #[cfg(not(miri))]
    goxide::__private::put_away_when_short(heap::limit);
    run_main_with(STACK, move || {
        trace::enter_main();
        let finished = catch_unwind(AssertUnwindSafe(|| {
            init();
            body();
        }));
        if let Err(payload) = finished {
            if panic::is_goexit() {
                block_forever(WaitReason::Goexit);
            }
            resume_unwind(payload);
        }
    });
}

/// As [`go_main`], for a program with a table of where its Rust comes from.
pub fn go_main_at(
    table: &'static str,
    movable: Option<&str>,
    init: fn(),
    body: impl FnOnce() + Send + 'static,
) {
    trace::set_table(table);
    go_main(movable, init, body);
}

/// Prepares a program in Rust for the Go that it includes.
pub(crate) fn prepare_included() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        prepare();
        set_panic_printer(panic::report_included);
    });
}

/// Tells the runtime how translated programs behave.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        heap::start();
        set_panic_printer(panic::report);
        set_stack_printer(|out, addresses| {
            trace::print(out, &trace::with_panics(addresses.to_vec(), Vec::new()))
        });
        set_go_stacks(STACK);
        enable_time_slices();
        os::start();
        log::start();
        flag::start();
    });
}
