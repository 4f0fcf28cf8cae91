//! The backend for many: stacks of [`crate::stack::slab`], switched by the crate `corosensei`.
//!
//! A body runs in a loop inside one coroutine, as in the other backend. Parking finds its way out by the thread-local word that tells
//! which stack the thread runs on, set whenever a thread resumes: rule 1 of the parent says that a coroutine stays with its thread, so
//! the word is that of the coroutine that runs. Whatever stack the code that parks is on at that moment (one of the user's own coroutines) is suspended as it is.

use std::io;
use std::mem::{self, ManuallyDrop};
use std::num::NonZeroUsize;
use std::ptr::{self, NonNull};

use corosensei::stack::{Stack, StackPointer};
use corosensei::{CoroutineResult, Yielder};

use super::{Stop, Substrate};
use crate::stack::slab::Slot;
use crate::stack::{Bounds, Extent, overflow};
use crate::sys::memory::prefetch;

type Inner = corosensei::Coroutine<(), Stop, (), Place>;

/// How far below the frame that parks the crate's own may reach, in which registers are saved. It is at most three words where it is
/// inlined, as optimised code has it.
pub(super) const SAVED: usize = if cfg!(debug_assertions) { 4096 } else { 512 };

/// A slot, as the crate sees it: up to its base, above which the control lies. It asks for the base at every switch.
struct Place {
    base: usize,
    slot: Slot,
}

// SAFETY: the bounds are those of memory that belongs to the slot alone, aligned to cache lines, writable, with a guard below.
unsafe impl Stack for Place {
    #[inline]
    fn base(&self) -> StackPointer {
        NonZeroUsize::new(self.base).unwrap_or(NonZeroUsize::MIN)
    }

    fn limit(&self) -> StackPointer {
        NonZeroUsize::new(self.slot.bounds().low).unwrap_or(NonZeroUsize::MIN)
    }
}

/// What lies at the top of the slot, on a page that is touched anyway. What a switch touches comes first, in one cache line. The address of
/// the extent is what the thread is told.
#[repr(C, align(64))]
struct Control {
    /// Null before the first resume.
    way_out: *const Yielder<(), Stop>,
    inner: ManuallyDrop<Inner>,
    /// The size asked for.
    bytes: usize,
    parked: bool,
    extent: Extent,
}

/// Bytes at the top of the slot that are nobody's: they pad the control.
pub(crate) const PADDING: usize =
    size_of::<Control>() - mem::offset_of!(Control, extent) - size_of::<Extent>();

/// A coroutine whose body loops: one word, so that it is moved as fast as a number.
pub(crate) struct Slab(NonNull<Control>);

impl Slab {
    #[inline(always)]
    fn control(&self) -> *mut Control {
        self.0.as_ptr()
    }

    /// Brings closer what a resume touches first.
    #[inline(always)]
    pub(super) fn prefetch(&self) {
        prefetch(self.0.addr().get());
    }

    /// The segment that its code has gone on on; zeros if there is none. Nothing runs on it, or what does stands still.
    pub(super) fn segment(&self) -> Bounds {
        // SAFETY: the extent is a cell, which only its own code writes.
        unsafe { (*self.control()).extent.segment.get() }
    }

    /// What lies on the stack while it is parked, the control included, and the whole stack; none when the crate's handle does not look as it
    /// should. Nothing runs on it.
    pub(super) fn live(&self) -> Option<(Bounds, Bounds)> {
        const WORDS: usize = size_of::<Inner>() / size_of::<usize>();
        let control = self.control();
        // SAFETY: nothing runs on the stack, so the control is at rest; all fields of the handle are words.
        let (parked, bounds, handle) = unsafe {
            let handle = (&raw const (*control).inner).cast::<[usize; WORDS]>().read();
            ((*control).parked, (*control).extent.stack.get(), handle)
        };
        // The handle holds the slot's place and size, the function that drops, the base, the stack pointer that coroutine began with, and the
        // one that it is parked at, which is the lowest of those on the stack.
        let low = handle.into_iter().filter(|word| (bounds.low..bounds.high).contains(word)).min()?;
        let high = bounds.high - PADDING;
        let fits = parked && low < control.addr() && low.is_multiple_of(size_of::<usize>());
        fits.then_some((Bounds { low, high }, bounds))
    }
}

impl Substrate for Slab {
    fn create(bytes: usize, body: fn()) -> io::Result<Slab> {
        let slot = Slot::take(bytes + size_of::<Control>())?;
        let bounds = slot.bounds();
        let base = bounds.high - size_of::<Control>();
        let control = NonNull::new(ptr::with_exposed_provenance_mut::<Control>(base))
            .ok_or(io::ErrorKind::OutOfMemory)?;
        let inner = Inner::with_stack(Place { base, slot }, move |yielder, ()| {
            // SAFETY: whoever resumed us waits, and touches the control through raw pointers only.
            unsafe { (*control.as_ptr()).way_out = ptr::from_ref(yielder) };
            loop {
                body();
                yielder.suspend(Stop::Returned);
            }
        });
        // SAFETY: it lies in the slot, which is ours, above what the crate was told of; aligned, as the slot's top and its own size are.
        unsafe {
            control.write(Control {
                extent: Extent::new(bounds),
                way_out: ptr::null(),
                inner: ManuallyDrop::new(inner),
                bytes,
                parked: false,
            });
        }
        Ok(Slab(control))
    }

    #[inline(always)]
    fn resume(&mut self) -> Stop {
        let control = self.control();
        // SAFETY: the control is ours while we have the handle, but for what the coroutine itself reads and writes of it while it
        // runs; no reference to all of it is kept meanwhile. Its memory stays readable for ever, as `enter` demands.
        unsafe {
            overflow::enter(&raw const (*control).extent);
            (*control).parked = true;
            let CoroutineResult::Yield(stop) = (*control).inner.resume(()) else {
                unreachable!("the loop has no end");
            };
            if stop == Stop::Returned {
                (*control).parked = false;
            }
            stop
        }
    }

    #[inline(always)]
    fn park(stop: Stop) {
        // SAFETY: what this thread was told last is the coroutine that it runs, by rule 1 of the parent. Only the thread touches
        // its control, which has a way out since the first resume.
        unsafe {
            let control = overflow::entered().byte_sub(mem::offset_of!(Control, extent)).cast::<Control>();
            (*(*control).way_out).suspend(stop);
        }
    }

    fn bounds(&self) -> Bounds {
        // SAFETY: the bounds never change.
        unsafe { (*self.control()).extent.stack.get() }
    }

    fn bytes(&self) -> usize {
        // SAFETY: nor does the size.
        unsafe { (*self.control()).bytes }
    }
}

impl Drop for Slab {
    fn drop(&mut self) {
        // SAFETY: this is the one time that it is taken out of the control, which goes with the slot. Between bodies the loop keeps
        // nothing that would have to be dropped, and before its first resume the crate holds a function pointer only.
        unsafe {
            let control = self.control();
            if (*control).parked {
                // Others may borrow from the stack: it is leaked, with its slot.
                return;
            }
            let mut inner = ManuallyDrop::take(&mut (*control).inner);
            inner.force_reset();
            drop(inner.into_stack());
        }
    }
}
