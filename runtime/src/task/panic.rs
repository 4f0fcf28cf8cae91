//! How a program ends other than by returning: uncaught panic, fatal error, exit.
//!
//! Must hold: one of them wins, the rest wait for the process to go. Exit code 2, as in Go. The exit hook (which
//! flushes what golib has buffered) runs once, before the process leaves; it must not park.

use std::any::Any;

use crate::shim::{AtomicBool, AtomicPtr, Ordering};

/// Prints the payload of an uncaught panic.
pub type PanicPrinter = fn(&(dyn Any + Send));

static PRINTER: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static HOOK: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static ENDING: AtomicBool = AtomicBool::new(false);

/// Replaces the report of uncaught panics.
pub fn set_panic_printer(printer: PanicPrinter) {
    PRINTER.store(printer as *mut (), Ordering::Release);
}

/// Sets what runs just before the process ends, however it ends.
pub fn set_exit_hook(hook: fn()) {
    HOOK.store(hook as *mut (), Ordering::Release);
}

/// Runs the exit hook, unless it has run.
pub(crate) fn run_exit_hook() {
    let hook = HOOK.swap(std::ptr::null_mut(), Ordering::AcqRel);
    if !hook.is_null() {
        // SAFETY: the only store of a pointer that is not null puts a `fn()` there.
        let hook = unsafe { std::mem::transmute::<*mut (), fn()>(hook) };
        hook();
    }
}

/// Ends the process with `code`, flushing first. The first caller wins.
pub fn exit(code: i32) -> ! {
    if ENDING.swap(true, Ordering::AcqRel) {
        loop {
            std::thread::park();
        }
    }
    run_exit_hook();
    std::process::exit(code)
}

/// Ends the process because of a misuse that Go does not let a program recover from.
#[cold]
pub fn fatal(message: &str) -> ! {
    eprintln!("fatal error: {message}");
    exit(2)
}

/// Ends the process because a goroutine panicked and nobody caught it.
#[cold]
pub(crate) fn uncaught(payload: Box<dyn Any + Send>) -> ! {
    let printer = PRINTER.load(Ordering::Acquire);
    if printer.is_null() {
        // The message was printed where it was raised, by the panic hook.
        eprintln!("fatal error: a goroutine panicked and nothing caught it");
    } else {
        // SAFETY: the only store puts a `PanicPrinter` there.
        let printer = unsafe { std::mem::transmute::<*mut (), PanicPrinter>(printer) };
        printer(&*payload);
    }
    exit(2)
}
