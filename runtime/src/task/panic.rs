//! How a program ends other than by returning: uncaught panic, fatal error, exit.
//!
//! Must hold: one thread wins, and the rest wait for the process to go, main's return included: a panic that has begun to
//! report itself decides the exit code. Exit code 2, as in Go. The exit hook (which
//! flushes what golib has buffered) runs once, before the process leaves; it must not park.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::coroutine;
use crate::shim::{AtomicPtr, AtomicUsize, OnceLock, Ordering};

/// Prints the payload of an uncaught panic.
pub type PanicPrinter = fn(&(dyn Any + Send));

static PRINTER: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static HOOK: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static ORDERLY: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
/// The thread that ends the process, named by the address of its [`HERE`]; 0 while none does.
static ENDING: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static HERE: u8 = const { 0 };
}

/// Makes this thread the one that ends the process, or waits for the end if another is.
fn claim() {
    let here = HERE.with(|here| std::ptr::from_ref(here).addr());
    match ENDING.compare_exchange(0, here, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => {}
        // A report that fails ends here again.
        Err(owner) if owner == here => {}
        Err(_) => wait_for_end(),
    }
}

fn wait_for_end() -> ! {
    loop {
        std::thread::park();
    }
}

/// Comes back unless another thread is ending the process.
pub(crate) fn give_way_to_end() {
    if ENDING.load(Ordering::Acquire) != 0 {
        wait_for_end();
    }
}

/// Adds lines for return addresses, innermost first, to a report.
pub type StackPrinter = fn(&mut Vec<u8>, &[usize]);

static STACK_PRINTER: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

/// Replaces how stacks of goroutines are written in dumps: Rust's functions and lines.
pub fn set_stack_printer(printer: StackPrinter) {
    STACK_PRINTER.store(printer as *mut (), Ordering::Release);
}

/// See [`set_stack_printer`].
pub(crate) fn stack_printer() -> Option<StackPrinter> {
    let printer = STACK_PRINTER.load(Ordering::Acquire);
    // SAFETY: null or what the only store put there, a function of that type.
    (!printer.is_null()).then(|| unsafe { std::mem::transmute::<*mut (), StackPrinter>(printer) })
}

/// Replaces the report of uncaught panics.
pub fn set_panic_printer(printer: PanicPrinter) {
    PRINTER.store(printer as *mut (), Ordering::Release);
}

/// Sets what tells whether an unwind, which has reached the bottom of the goroutine that asks, ends that goroutine and
/// nothing else: Go's `runtime.Goexit`.
pub fn set_orderly_unwind(is_orderly: fn(&(dyn Any + Send)) -> bool) {
    ORDERLY.store(is_orderly as *mut (), Ordering::Release);
}

/// See [`set_orderly_unwind`].
pub(crate) fn is_orderly(payload: &(dyn Any + Send)) -> bool {
    let is_orderly = ORDERLY.load(Ordering::Acquire);
    if is_orderly.is_null() {
        return false;
    }
    // SAFETY: the only store puts such a function there.
    let is_orderly = unsafe { std::mem::transmute::<*mut (), fn(&(dyn Any + Send)) -> bool>(is_orderly) };
    is_orderly(payload)
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
    claim();
    run_exit_hook();
    // Destructors of this thread's locals run now, on this stack. One that waits keeps the thread: no goroutine may go on that still uses
    // what the others have destroyed.
    coroutine::carry(std::ptr::null());
    std::process::exit(code)
}

/// Ends the process because of a misuse that Go does not let a program recover from.
#[cold]
pub fn fatal(message: &str) -> ! {
    claim();
    eprintln!("fatal error: {message}");
    exit(2)
}

/// Is told of a panic that nothing in its goroutine caught.
pub(crate) type PanicHandler = Box<dyn Fn(&(dyn Any + Send)) + Send + Sync>;

static HANDLER: OnceLock<PanicHandler> = OnceLock::new();

/// Sets what is called instead of ending the program; the first call counts.
pub(crate) fn set_handler(handler: PanicHandler) {
    let _ = HANDLER.set(handler);
}

/// A goroutine that is not the main one has panicked and nobody caught it: ends the process, unless there is a handler, which must not
/// panic itself.
#[cold]
pub(crate) fn uncaught_in_goroutine(payload: Box<dyn Any + Send>) {
    match HANDLER.get() {
        None => uncaught(payload),
        Some(handler) => {
            if let Err(second) = catch_unwind(AssertUnwindSafe(|| handler(&*payload))) {
                uncaught(second);
            }
        }
    }
}

/// Ends the process because a goroutine panicked and nobody caught it.
#[cold]
pub(crate) fn uncaught(payload: Box<dyn Any + Send>) -> ! {
    claim();
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
