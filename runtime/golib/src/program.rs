//! The life of a translated program: from Rust's `main` to the exit status.
//!
//! Must hold: the panic printer and the time slices are set before any Go code runs; package initialisation runs in the main
//! goroutine, as `main` does; `runtime.Goexit` in main leaves the others running.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Once;

use goxide::__private::{
    WaitReason, block_forever, enable_time_slices, run_main_with, set_default_stack, set_panic_printer,
};

use crate::flag;
use crate::heap;
use crate::log;
use crate::os;
use crate::panic;

/// Address space of main's stack.
const MAIN_STACK: usize = 512 << 20;
/// Address space of every other goroutine's stack: Go programs recurse deeply in any goroutine, and a million of these fit.
const STACK: usize = 64 << 20;

/// Runs a translated program: package initialisation, then main.
pub fn go_main(init: fn(), body: impl FnOnce() + Send + 'static) {
    prepare();
    run_main_with(MAIN_STACK, move || {
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

/// Tells the runtime how translated programs behave.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        heap::start();
        set_panic_printer(panic::report);
        set_default_stack(STACK);
        enable_time_slices();
        os::start();
        log::start();
        flag::start();
    });
}
