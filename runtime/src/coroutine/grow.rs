//! [`grow`]: more stack for a recursion that may be deep.
//!
//! Stacks are fixed, because Rust code borrows from its own stack and so cannot be copied elsewhere. What can be done is to go on on another
//! one: a segment. A chain of segments grows with the recursion and goes as it returns. Waiting works from a segment as from any stack
//! that user code has switched to, so goroutines may park there.
//!
//! What must hold: while code runs on a segment, the thread's [`Extent`] says so; that lies with the goroutine's stack and so follows the goroutine.
//! Nothing here is for translated code, whose stacks are scanned whole: it has as much as Go allows, and stays where it is.

#[cfg(not(miri))]
use std::io;
#[cfg(not(miri))]
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

#[cfg(not(miri))]
use crate::stack::slab::Slot;
#[cfg(not(miri))]
use crate::stack::{self, Bounds, Extent, overflow};
#[cfg(not(miri))]
use crate::sys::{entry, memory};
#[cfg(not(miri))]
use corosensei::stack::{Stack, StackPointer};

/// What [`grow`] makes sure of.
const ROOM: usize = if cfg!(debug_assertions) { 128 << 10 } else { 24 << 10 };
/// A segment is a slot of 4 MiB, guard included; of address space, which becomes memory where it is touched.
#[cfg(not(miri))]
const SEGMENT: usize = (4 << 20) - (128 << 10);

/// Runs `f`, on a larger stack if little is left of this one: for recursion whose depth is up to the input.
///
/// A goroutine has a stack of fixed size, of 42 KiB unless it asked for more, and one that runs off it ends the program. Put `grow` around the
/// step that recurses, and the recursion goes as deep as there is memory: where less than 24 KiB are left (128 KiB in debug builds), `f` runs
/// on a segment of 4 MiB of address space, which is given back when `f` returns. Elsewhere it costs about a nanosecond.
/// Panics go through as ever, goroutines may wait inside of it, and it works on plain OS threads, too. See [`grow_to`] for steps that need more room.
///
/// ```
/// enum Tree {
///     Leaf(u64),
///     Node(Box<Tree>, Box<Tree>),
/// }
///
/// fn sum(tree: &Tree) -> u64 {
///     goxide::grow(|| match tree {
///         Tree::Leaf(n) => *n,
///         Tree::Node(left, right) => sum(left) + sum(right),
///     })
/// }
/// # fn bury(tree: Tree) {
/// #     let mut next = Some(tree);
/// #     while let Some(Tree::Node(left, _)) = next { next = Some(*left) }
/// # }
/// # goxide::__private::run_test(|| {
/// // A list, as far as depth is concerned.
/// let tree = (1..=100_000).fold(Tree::Leaf(0), |tree, n| Tree::Node(Box::new(tree), Box::new(Tree::Leaf(n))));
/// let total = goxide::chan(0);
/// let out = total.clone();
/// goxide::go! {
///     out.send(sum(&tree));
/// #   bury(tree);
/// }
/// assert_eq!(total.recv(), Some(5_000_050_000));
/// # });
/// ```
///
/// # Panics
///
/// Panics if the system has no memory or address space for a segment.
#[inline]
#[track_caller]
pub fn grow<T>(f: impl FnOnce() -> T) -> T {
    grow_to(ROOM, f)
}

/// As [`grow`], where `f` needs up to `bytes` of stack until it grows the next time.
///
/// ```
/// use goxide::ByteSize;
///
/// fn depth(n: u64) -> u64 {
///     goxide::grow_to(256.kib(), || {
///         // A step with a large local variable.
///         let scratch = std::hint::black_box([n; 8 << 10]);
///         if n == 0 { 0 } else { 1 + depth(n - 1) + scratch[7] - n }
///     })
/// }
/// # goxide::__private::run_test(|| {
/// let done = goxide::chan(0);
/// let out = done.clone();
/// goxide::go!(out.send(depth(500)));
/// assert_eq!(done.recv(), Some(500));
/// # });
/// ```
///
/// # Panics
///
/// As [`grow`].
#[inline]
#[track_caller]
pub fn grow_to<T>(bytes: usize, f: impl FnOnce() -> T) -> T {
    #[cfg(not(miri))]
    if !has_room(bytes) {
        return on_segment(bytes, f);
    }
    #[cfg(miri)]
    let _ = bytes;
    called(f)
}

/// A frame of its own for `f`: as a part of its caller's, what it needs would be needed before anybody asks whether it is there.
#[inline(never)]
fn called<T>(f: impl FnOnce() -> T) -> T {
    f()
}

/// Whether so much is left of the stack that this code runs on.
#[cfg(not(miri))]
#[inline]
fn has_room(bytes: usize) -> bool {
    let sp = entry::here().sp;
    // SAFETY: null, or readable as `enter` demands.
    let known = unsafe { overflow::entered().as_ref() }.and_then(|extent| {
        let segment = extent.segment.get();
        [segment, extent.stack.get()].into_iter().find(|bounds| (bounds.low..bounds.high).contains(&sp))
    });
    match known {
        Some(bounds) => sp - bounds.low >= bytes || stack::is_go(),
        None => has_room_elsewhere(sp, bytes),
    }
}

#[cfg(not(miri))]
thread_local! {
    /// The stack of an OS thread itself, zeros where it is not known, and the segment that the thread runs on while none of its goroutines does.
    static PLAIN: Extent = Extent::new(own_stack());
}

#[cfg(not(miri))]
fn own_stack() -> Bounds {
    #[cfg(target_os = "linux")]
    let (low, high) = crate::sys::signal::own_stack();
    #[cfg(not(target_os = "linux"))]
    let (low, high) = (0, 0);
    Bounds { low, high }
}

/// As [`has_room`], on a stack that is no goroutine's: the thread's own, or one of the user's.
#[cfg(not(miri))]
#[cold]
fn has_room_elsewhere(sp: usize, bytes: usize) -> bool {
    let left = PLAIN.try_with(|plain| {
        let own = plain.stack.get();
        (own.low..own.high).contains(&sp).then(|| sp - own.low)
    });
    stack::is_go() || left.ok().flatten().is_some_and(|left| left >= bytes)
}

/// A stack to go on on.
#[cfg(not(miri))]
enum Segment {
    Slot(Slot),
    /// A mapping of its own, where there are no slots; its lowest part is the guard.
    Mapped(Bounds),
}

/// Foreign code may have frames larger than a page that it does not touch page by page.
#[cfg(not(miri))]
const GUARD: usize = 64 << 10;

#[cfg(not(miri))]
impl Segment {
    fn create(bytes: usize) -> io::Result<Segment> {
        let bytes = bytes.checked_add(ROOM).ok_or(io::ErrorKind::OutOfMemory)?.max(SEGMENT);
        if super::kind() == super::Kind::Slab {
            return Slot::take(bytes).map(Segment::Slot);
        }
        let bytes = stack::whole_pages(bytes).checked_add(GUARD).ok_or(io::ErrorKind::OutOfMemory)?;
        let low = memory::reserve(bytes).ok_or_else(io::Error::last_os_error)?.expose_provenance();
        let segment = Segment::Mapped(Bounds { low, high: low + bytes });
        // SAFETY: the lowest part of what was reserved just now.
        unsafe { memory::forbid(low, GUARD) }?;
        Ok(segment)
    }

    fn bounds(&self) -> Bounds {
        match self {
            Segment::Slot(slot) => slot.bounds(),
            Segment::Mapped(whole) => Bounds { low: whole.low + GUARD, high: whole.high },
        }
    }
}

#[cfg(not(miri))]
impl Drop for Segment {
    fn drop(&mut self) {
        if let Segment::Mapped(whole) = self {
            // SAFETY: reserved by `create`, whole, and nothing runs on it any more.
            unsafe { memory::unreserve(whole.low, whole.high - whole.low) };
        }
    }
}

// SAFETY: the bounds are those of memory that belongs to the segment alone, aligned to cache lines, writable, with a guard below.
#[cfg(not(miri))]
unsafe impl Stack for Segment {
    fn base(&self) -> StackPointer {
        StackPointer::new(self.bounds().high).unwrap_or(StackPointer::MIN)
    }

    fn limit(&self) -> StackPointer {
        StackPointer::new(self.bounds().low).unwrap_or(StackPointer::MIN)
    }
}

/// Puts back what was said of the thread's stack, also when a panic leaves.
#[cfg(not(miri))]
struct Restored {
    /// The goroutine's, or the thread's.
    extent: *const Extent,
    segment: Bounds,
    /// What the thread had been told, if that is another one.
    entered: Option<*const Extent>,
}

#[cfg(not(miri))]
impl Restored {
    /// Says that the code which asks goes on on a segment.
    fn new(segment: Bounds) -> Restored {
        let (sp, entered) = (entry::here().sp, overflow::entered());
        let plain = PLAIN.try_with(|plain| (std::ptr::from_ref(plain), plain.stack.get()));
        let (extent, told) = match plain {
            // A thread that is back on its own stack may still be told of another one; what is said of the thread is in force meanwhile.
            Ok((plain, own)) if entered.is_null() || (own.low..own.high).contains(&sp) => {
                (plain, Some(entered))
            }
            _ => (entered, None),
        };
        // SAFETY: null, the thread's own, or readable as `enter` demands; the thread's outlives this frame but in a thread that ends, where
        // destructors run with the thread's memory still there.
        unsafe {
            if told.is_some() {
                overflow::enter(extent);
            }
            let before = extent.as_ref().map(|extent| extent.segment.replace(segment));
            Restored { extent, segment: before.unwrap_or_default(), entered: told }
        }
    }
}

#[cfg(not(miri))]
impl Drop for Restored {
    fn drop(&mut self) {
        // SAFETY: as in `new`: the goroutine is the same, and so is its thread.
        unsafe {
            if let Some(extent) = self.extent.as_ref() {
                extent.segment.set(self.segment);
            }
            if let Some(entered) = self.entered {
                overflow::enter(entered);
            }
        }
    }
}

#[cfg(not(miri))]
#[cold]
#[inline(never)]
#[track_caller]
fn on_segment<T>(bytes: usize, f: impl FnOnce() -> T) -> T {
    // For the report of those who run off a segment.
    let _ = super::init();
    let segment = match Segment::create(bytes) {
        Ok(segment) => segment,
        Err(error) => panic!("no stack of {} KiB for goxide::grow ({error})", bytes.max(SEGMENT) >> 10),
    };
    let _restored = Restored::new(segment.bounds());
    // The frame that switches cannot be unwound.
    corosensei::on_stack(segment, || catch_unwind(AssertUnwindSafe(f)))
        .unwrap_or_else(|payload| resume_unwind(payload))
}
