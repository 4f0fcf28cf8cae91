//! The portable backend: stacks and switching by the crate `generator`.
//!
//! Its stacks are two mappings each (stack and guard page), so about 32,000 of them exhaust the default
//! `vm.max_map_count`. The body runs in a loop inside one generator: re-initialising a generator costs more than a
//! switch. Generators here are "coroutines" in the crate's words (they carry local data), which makes parking work
//! from inside a generator of the user's own.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Substrate;
use crate::stack::{Bounds, overflow, whole_pages};

/// What the handle and the loop on the stack both see. Only one of them runs at a time.
struct Control {
    returned: Cell<bool>,
    retire: Cell<bool>,
    bounds: Cell<Bounds>,
}

/// A generator whose body loops.
pub(crate) struct Generator {
    inner: Option<::generator::Generator<'static, (), ()>>,
    control: Box<Control>,
}

/// A pointer into a [`Generator`]'s box, for its own loop.
struct Shared(*const Control);

// SAFETY: the loop and the handle run one at a time on the same thread (module rule 1 of the parent), so the cells are
// never touched from two threads at once.
unsafe impl Send for Shared {}

impl Substrate for Generator {
    fn create(bytes: usize, body: fn()) -> io::Result<Generator> {
        let bytes = whole_pages(bytes);
        let control = Box::new(Control {
            returned: Cell::new(false),
            retire: Cell::new(false),
            bounds: Cell::new(Bounds::default()),
        });
        let shared = Shared(&raw const *control);
        // The crate panics when the mapping fails; the message of that panic names the cause.
        let inner = catch_unwind(AssertUnwindSafe(|| {
            ::generator::Gn::<()>::new_opt(bytes / size_of::<usize>(), move || run(shared, bytes, body))
        }));
        let mut inner = inner.map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        // Any pointer but null marks it as a coroutine.
        inner.set_local_data(std::ptr::NonNull::<u8>::dangling().as_ptr());
        Ok(Generator { inner: Some(inner), control })
    }

    #[inline]
    fn resume(&mut self) -> bool {
        self.control.returned.set(false);
        if let Some(inner) = &mut self.inner {
            inner.resume();
        }
        self.control.returned.get()
    }

    #[inline]
    fn park() {
        ::generator::co_yield_with(());
    }

    fn bounds(&self) -> Bounds {
        self.control.bounds.get()
    }
}

/// The loop on the stack.
fn run(shared: Shared, bytes: usize, body: fn()) {
    let Shared(control) = shared;
    // SAFETY: the box outlives the loop: `drop` ends the loop before it frees the box, or leaks both.
    let control = unsafe { &*control };
    // Nothing but the generator's own record lies above this frame, less than a page.
    let here = 0u8;
    let high = (&raw const here as usize).next_multiple_of(4096);
    control.bounds.set(Bounds { low: high - bytes, high });
    overflow::enter(control.bounds.get());
    loop {
        body();
        control.returned.set(true);
        Generator::park();
        if control.retire.get() {
            return;
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        let Some(mut inner) = self.inner.take() else { return };
        let started = self.control.bounds.get() != Bounds::default();
        if !started {
            return;
        }
        if !self.control.returned.get() {
            // Parked: the crate would unwind it. Leak the stack, and the box its loop points to.
            std::mem::forget(inner);
            let empty = Control {
                returned: Cell::new(false),
                retire: Cell::new(false),
                bounds: Cell::new(Bounds::default()),
            };
            std::mem::forget(std::mem::replace(&mut self.control, Box::new(empty)));
            return;
        }
        self.control.retire.set(true);
        inner.resume();
    }
}
