//! `defer` and `recover`.
//!
//! A function with `defer` runs its body inside [`defer_scope`], which catches an unwind before any deferred call runs: deferred
//! calls stand on an ordinary stack and may park. What must hold: deferred calls run last in, first out, each once, also
//! when others panic; `recover` has an effect only in the function that was deferred, and only for the panic that made it
//! run. The link between the two is one word of the goroutine: armed just before a deferred call whose function recovers,
//! taken by that function's first statement, disarmed after the call.

use std::any::Any as Payload;
use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use goxide::__private::record;

use crate::func::Results;
use crate::heap;
use crate::interface::Any;
use crate::panic::{self, ARMED, Panic, Unwinding};
use crate::runtime_error;

/// The deferred calls of one function in progress.
pub struct Defers<'env> {
    last: Cell<*mut Deferred>,
    /// Room for the first records, so that most functions need no memory of the heap.
    room: UnsafeCell<MaybeUninit<[usize; ROOM]>>,
    /// Words of it in use.
    used: Cell<usize>,
    /// The word in the heap that [`OuterDefers`] know this by, if there are any.
    outer: Cell<*mut *const Defers<'static>>,
    _env: PhantomData<Cell<&'env ()>>,
}

const ROOM: usize = 14;

/// A deferred call, followed by its closure, in the frame of [`defer_scope`] or in the heap.
struct Deferred {
    before: *mut Deferred,
    run: unsafe fn(*mut Deferred),
    recovers: bool,
}

#[repr(C)]
struct Call<F> {
    deferred: Deferred,
    call: MaybeUninit<F>,
}

impl<'env> Defers<'env> {
    /// Defers a call of a function that does not call `recover` itself.
    #[inline]
    pub fn push<R>(&self, call: impl FnOnce() -> R + 'env) {
        self.push_if(false, call);
    }

    /// Defers a call of a function that calls `recover` itself, or whose code is unknown.
    #[inline]
    pub fn push_recover<R>(&self, call: impl FnOnce() -> R + 'env) {
        self.push_if(true, call);
    }

    /// Defers a call of a function value: `defers.push_if(f.recovers(), move || f(a))`.
    #[inline]
    pub fn push_if<R, F: FnOnce() -> R + 'env>(&self, recovers: bool, call: F) {
        /// # Safety
        /// The record is followed by an `F`, which is moved out.
        unsafe fn run<R, F: FnOnce() -> R>(deferred: *mut Deferred) {
            // SAFETY: the caller's promise; the closure is `repr(C)` behind the record.
            let call = unsafe { (*deferred.cast::<Call<F>>()).call.assume_init_read() };
            call();
        }
        let place = self.place::<Call<F>>();
        let deferred = Deferred { before: self.last.get(), run: run::<R, F>, recovers };
        // SAFETY: memory of the right size, which nobody else uses.
        unsafe { place.write(Call { deferred, call: MaybeUninit::new(call) }) };
        self.last.set(place.cast());
    }

    /// For the body of a range over a function, which defers calls for the function around it.
    pub fn outer(&self) -> OuterDefers {
        if self.outer.get().is_null() {
            let word = heap::alloc_for::<*const Defers<'static>>(false);
            // SAFETY: fresh memory, which nobody else knows.
            unsafe { word.write(std::ptr::from_ref(self).cast()) };
            self.outer.set(word);
        }
        OuterDefers(self.outer.get())
    }

    /// Memory for a record. It is not used again before the scope ends.
    #[inline]
    fn place<T>(&self) -> *mut T {
        let used = self.used.get();
        let words = size_of::<T>().div_ceil(size_of::<usize>());
        if align_of::<T>() > align_of::<usize>() || used + words > ROOM {
            return heap::alloc_for::<T>(false);
        }
        self.used.set(used + words);
        self.room.get().cast::<usize>().wrapping_add(used).cast()
    }

    /// Runs what was deferred, newest first, up to a function that recovers. A panic leaves the rest to [`Defers::run`].
    #[inline]
    fn run_plain(&self) {
        // SAFETY: null or a record that `push_if` made and nobody has run: it is taken out of the list first.
        while let Some(deferred) = unsafe { self.last.get().as_ref() }
            && !deferred.recovers
        {
            let (record, run) = (self.last.get(), deferred.run);
            self.last.set(deferred.before);
            // SAFETY: as above; the closure follows.
            unsafe { run(record) };
        }
    }

    /// Runs what was deferred, newest first, then goes on with the unwind unless that was recovered.
    #[inline(never)]
    fn run(&self, mut unwind: Option<Box<dyn Payload + Send>>) {
        loop {
            let deferred = self.last.get();
            if deferred.is_null() {
                break;
            }
            // SAFETY: a record that `push_if` made and nobody has run: it is taken out of the list first.
            let (run, recovers) = unsafe {
                self.last.set((*deferred).before);
                ((*deferred).run, (*deferred).recovers)
            };
            let current = if unwind.is_some() { panic::newest() } else { std::ptr::null_mut() };
            if recovers {
                // One above the address: armed also when nothing panics.
                record()[ARMED].set(current.expose_provenance() + 1);
            }
            // SAFETY: as above; the closure follows.
            let result = catch_unwind(AssertUnwindSafe(|| unsafe { run(deferred) }));
            if recovers {
                record()[ARMED].set(0);
            }
            match result {
                Ok(()) => {
                    if panic::is_recovered(current) && !panic::settle() {
                        unwind = None;
                    }
                }
                Err(payload) if payload.is::<Unwinding>() => {
                    panic::supersede(current);
                    unwind = Some(payload);
                }
                // A mistake of goxide itself, already reported.
                Err(payload) => resume_unwind(payload),
            }
        }
        if let Some(payload) = unwind {
            resume_unwind(payload);
        }
    }
}

impl Drop for Defers<'_> {
    /// The function is done: the bodies of its loops can defer nothing any more.
    #[inline]
    fn drop(&mut self) {
        if !self.outer.get().is_null() {
            // SAFETY: the word that `outer` made, which lives as long as somebody knows it.
            unsafe { self.outer.get().write(std::ptr::null()) };
        }
    }
}

/// Runs the body of a function, then its deferred calls. After a recovered panic the result is zero.
#[inline]
pub fn defer_scope<'env, R: Results>(body: impl FnOnce(&Defers<'env>) -> R) -> R {
    let defers = Defers {
        last: Cell::new(std::ptr::null_mut()),
        room: UnsafeCell::new(MaybeUninit::uninit()),
        used: Cell::new(0),
        outer: Cell::new(std::ptr::null_mut()),
        _env: PhantomData,
    };
    // What the body returned is the result also when a deferred call panics and another recovers.
    let mut result = None;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        result = Some(body(&defers));
        defers.run_plain();
    }));
    match ended {
        Ok(()) if defers.last.get().is_null() => {}
        Ok(()) => defers.run(None),
        Err(payload) if payload.is::<Unwinding>() => defers.run(Some(payload)),
        Err(payload) => resume_unwind(payload),
    }
    result.unwrap_or_else(R::zero)
}

/// The deferred calls of a function, as the body of a range over a function knows them, which is a function value and may
/// outlive them.
#[derive(Clone, Copy)]
pub struct OuterDefers(*mut *const Defers<'static>);

// SAFETY: the word lies in the heap; a body that runs beside the function it stands in is a race in Go, too.
unsafe impl Send for OuterDefers {}
// SAFETY: as above.
unsafe impl Sync for OuterDefers {}

impl OuterDefers {
    fn defers(&self) -> &Defers<'static> {
        // SAFETY: null, or the record of a function in progress, which takes the word back before it returns.
        match unsafe { (*self.0).as_ref() } {
            Some(defers) => defers,
            None => runtime_error::throw("range function continued iteration after whole loop exit"),
        }
    }

    /// As [`Defers::push`].
    pub fn push<R>(&self, call: impl FnOnce() -> R + 'static) {
        self.defers().push(call);
    }

    /// As [`Defers::push_recover`].
    pub fn push_recover<R>(&self, call: impl FnOnce() -> R + 'static) {
        self.defers().push_recover(call);
    }

    /// As [`Defers::push_if`].
    pub fn push_if<R>(&self, recovers: bool, call: impl FnOnce() -> R + 'static) {
        self.defers().push_if(recovers, call);
    }

    /// For a loop in the body.
    pub fn outer(&self) -> OuterDefers {
        *self
    }
}

/// The right to recover, which a deferred function has while it runs.
#[derive(Clone, Copy)]
pub struct Recovery(usize);

impl Recovery {
    /// The first statement of every function that calls `recover`: takes the right, if this call was deferred.
    #[inline]
    pub fn take() -> Recovery {
        Recovery(record()[ARMED].replace(0))
    }

    /// `recover()`
    pub fn recover(self) -> Any {
        let panic: *mut Panic = std::ptr::with_exposed_provenance_mut(self.0.saturating_sub(1));
        if !panic.is_null() && !std::ptr::eq(panic, panic::newest()) {
            return crate::view::zero();
        }
        panic::recover(panic)
    }
}
