//! The closure of a goroutine that has not started, inline in its record when it is small.
//!
//! Must hold: a job is filled once and run once, in that order. One that never runs is leaked with its captures, as
//! everything is that a program leaves behind when it ends. A collector that stops the world at any instant finds the
//! captures: in the record as long as `call` says so, then on the stack; larger ones lie where [`set_allocator`] says.

use std::mem::MaybeUninit;

use crate::shim::{AtomicPtr, Ordering, compiler_fence};

/// Gives memory for closures that do not fit: size and alignment. It is never given back.
pub type Allocator = fn(usize, usize) -> *mut u8;

static ALLOCATOR: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

/// Says where closures larger than 48 bytes are kept until they run, instead of in boxes.
pub fn set_allocator(allocator: Allocator) {
    ALLOCATOR.store(allocator as *mut (), Ordering::Release);
}

fn allocator() -> Option<Allocator> {
    let allocator = ALLOCATOR.load(Ordering::Relaxed);
    // SAFETY: null or what `set_allocator` stored, a function of that type.
    (!allocator.is_null()).then(|| unsafe { std::mem::transmute::<*mut (), Allocator>(allocator) })
}

const WORDS: usize = 6;

/// Storage for a closure of at most 48 bytes, or a box of a larger one.
pub(crate) struct Job {
    data: MaybeUninit<[usize; WORDS]>,
    call: Option<unsafe fn(*mut u8)>,
}

impl Job {
    pub(crate) const fn empty() -> Job {
        Job { data: MaybeUninit::uninit(), call: None }
    }

    /// Stores `f`.
    #[inline]
    pub(crate) fn fill<F: FnOnce() + Send + 'static>(&mut self, f: F) {
        /// # Safety
        /// `data` holds an `F`, which is moved out.
        unsafe fn inline<F: FnOnce()>(data: *mut u8) {
            // SAFETY: the caller's promise.
            let f = unsafe { data.cast::<F>().read() };
            f();
        }
        /// # Safety
        /// `data` holds a `Box<F>`, which is moved out.
        unsafe fn boxed<F: FnOnce()>(data: *mut u8) {
            // SAFETY: the caller's promise.
            let f = unsafe { data.cast::<Box<F>>().read() };
            f();
        }
        /// # Safety
        /// `data` holds the address of an `F`, which is moved out.
        unsafe fn placed<F: FnOnce()>(data: *mut u8) {
            // SAFETY: the caller's promise.
            let f = unsafe { data.cast::<*mut F>().read().read() };
            f();
        }
        debug_assert!(self.call.is_none());
        let data = self.data.as_mut_ptr().cast::<u8>();
        if size_of::<F>() <= size_of::<[usize; WORDS]>() && align_of::<F>() <= align_of::<usize>() {
            self.call = Some(inline::<F>);
            compiler_fence(Ordering::SeqCst);
            // SAFETY: size and alignment fit, and the storage is ours.
            unsafe { data.cast::<F>().write(f) };
        } else if let Some(allocator) = allocator() {
            let place = allocator(size_of::<F>(), align_of::<F>()).cast::<F>();
            self.call = Some(placed::<F>);
            compiler_fence(Ordering::SeqCst);
            // SAFETY: fresh memory for an `F`; a pointer is one word, and the storage is ours.
            unsafe {
                place.write(f);
                data.cast::<*mut F>().write(place);
            }
        } else {
            self.call = Some(boxed::<F>);
            // SAFETY: a box is one word, and the storage is ours.
            unsafe { data.cast::<Box<F>>().write(Box::new(f)) };
        }
        compiler_fence(Ordering::SeqCst);
    }

    /// The captures, if there are some that have not been taken.
    pub(crate) fn words(&self) -> Option<&[MaybeUninit<usize>]> {
        // SAFETY: the storage is that many words, of which any may be uninitialised.
        self.call.map(|_| unsafe { std::slice::from_raw_parts(self.data.as_ptr().cast(), WORDS) })
    }

    /// Takes the closure out, ready to be run.
    pub(crate) fn take(&mut self) -> Option<Taken> {
        let taken = Taken { data: self.data, call: self.call? };
        compiler_fence(Ordering::SeqCst);
        self.call = None;
        Some(taken)
    }
}

/// A closure on its way from the record to the stack.
pub(crate) struct Taken {
    data: MaybeUninit<[usize; WORDS]>,
    call: unsafe fn(*mut u8),
}

impl Taken {
    /// Runs it.
    pub(crate) fn run(mut self) {
        // SAFETY: `call` was stored together with `data`, and both were moved out of the job, so this is the one use.
        unsafe { (self.call)(self.data.as_mut_ptr().cast()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shim::{Arc, AtomicUsize, Ordering};

    #[test]
    fn small_and_large_closures_run_once() {
        let hits = Arc::new(AtomicUsize::new(0));
        let mut job = Job::empty();
        let counter = hits.clone();
        job.fill(move || {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        job.take().expect("filled").run();
        let (counter, large) = (hits.clone(), [7usize; 40]);
        job.fill(move || {
            counter.fetch_add(large.iter().sum(), Ordering::Relaxed);
        });
        job.take().expect("filled").run();
        assert!(job.take().is_none());
        assert_eq!(hits.load(Ordering::Relaxed), 281);
        assert_eq!(Arc::strong_count(&hits), 1);
    }
}
