//! The portable backend: stacks and switching by the crate `generator`.
//!
//! Its stacks are two mappings each (stack and guard page), so about 32,000 of them exhaust the default
//! `vm.max_map_count`. The body runs in a loop inside one generator: re-initialising a generator costs more than a
//! switch. Generators here are "coroutines" in the crate's words (they carry local data), which makes parking work
//! from inside a generator of the user's own.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Stop, Substrate};
use crate::stack::{Bounds, Extent, overflow, whole_pages};

/// What the handle and the loop on the stack both see. Only one of them runs at a time.
struct Control {
    returned: Cell<bool>,
    retire: Cell<bool>,
    /// The thread is told of it. The stack is known once the body runs.
    extent: Extent,
}

/// A generator whose body loops.
pub(crate) struct Generator {
    inner: Option<::generator::Generator<'static, (), Stop>>,
    bytes: usize,
    control: Box<Control>,
}

/// A pointer into a [`Generator`]'s box, for its own loop.
struct Shared(*const Control);

// SAFETY: the loop and the handle run one at a time on the same thread (module rule 1 of the parent), so the cells are
// never touched from two threads at once.
unsafe impl Send for Shared {}

impl Generator {
    /// The segment that its code has gone on on; zeros if there is none.
    pub(super) fn segment(&self) -> Bounds {
        self.control.extent.segment.get()
    }
}

impl Substrate for Generator {
    fn create(asked: usize, body: fn()) -> io::Result<Generator> {
        let bytes = whole_pages(asked);
        let control = Box::new(Control {
            returned: Cell::new(false),
            retire: Cell::new(false),
            extent: Extent::new(Bounds::default()),
        });
        let shared = Shared(&raw const *control);
        // The crate panics when the mapping fails; the message of that panic names the cause.
        let inner = catch_unwind(AssertUnwindSafe(|| {
            ::generator::Gn::<()>::new_opt(bytes / size_of::<usize>(), move || run(shared, bytes, body))
        }));
        let mut inner = inner.map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        // Any pointer but null marks it as a coroutine.
        inner.set_local_data(std::ptr::NonNull::<u8>::dangling().as_ptr());
        Ok(Generator { inner: Some(inner), bytes: asked, control })
    }

    #[inline]
    fn resume(&mut self) -> Stop {
        // SAFETY: the box lives while the coroutine runs, and is left behind right after.
        unsafe { overflow::enter(&self.control.extent) };
        let stop = self.inner.as_mut().and_then(|inner| inner.resume()).unwrap_or(Stop::Returned);
        overflow::leave();
        self.control.returned.set(stop == Stop::Returned);
        stop
    }

    #[inline]
    fn park(stop: Stop) {
        ::generator::co_yield_with(stop);
    }

    fn bounds(&self) -> Bounds {
        self.control.extent.stack.get()
    }

    fn bytes(&self) -> usize {
        self.bytes
    }
}

/// The loop on the stack.
fn run(shared: Shared, bytes: usize, body: fn()) -> Stop {
    let Shared(control) = shared;
    // SAFETY: the box outlives the loop: `drop` ends the loop before it frees the box, or leaks both.
    let control = unsafe { &*control };
    // Nothing but the generator's own record lies above this frame, less than a page.
    let here = 0u8;
    let high = (&raw const here as usize).next_multiple_of(4096);
    control.extent.stack.set(Bounds { low: high - bytes, high });
    loop {
        body();
        Generator::park(Stop::Returned);
        if control.retire.get() {
            return Stop::Returned;
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        let Some(mut inner) = self.inner.take() else { return };
        let started = self.control.extent.stack.get() != Bounds::default();
        if !started {
            return;
        }
        if !self.control.returned.get() {
            // Parked: the crate would unwind it. Leak the stack, and the box its loop points to.
            std::mem::forget(inner);
            let empty = Control {
                returned: Cell::new(false),
                retire: Cell::new(false),
                extent: Extent::new(Bounds::default()),
            };
            std::mem::forget(std::mem::replace(&mut self.control, Box::new(empty)));
            return;
        }
        self.control.retire.set(true);
        inner.resume();
    }
}
