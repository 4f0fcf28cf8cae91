//! Return addresses on the stacks of goroutines, by frame pointers.
//!
//! Code that is built without frame pointers gives fewer of them, or wrong ones, but nothing outside of the goroutine's own stack
//! is ever read.
//!
//! Rejected: unwinding by tables (a microsecond a frame, where a panic that is recovered wants nanoseconds).

use super::{Record, current, on_goroutine};
use crate::sys::entry::here;

/// The return addresses of the running goroutine, innermost first, from the caller of this function on; how many. None on a
/// plain OS thread.
#[inline(never)]
pub fn callers(into: &mut [usize]) -> usize {
    if !on_goroutine() {
        return 0;
    }
    let place = here();
    let stack = current().stack();
    // What runs on another stack (a segment, one of the user's own) cannot be followed.
    if !(stack.low..stack.high).contains(&place.sp) {
        return 0;
    }
    frames(place.frame, place.sp, stack.high, 0, into)
}

/// The return addresses of a goroutine that is parked, innermost first; how many. The world is stopped, or it cannot be woken.
pub(crate) fn parked(record: &Record, into: &mut [usize]) -> usize {
    let (stack, moved) = record.parked_stack();
    match record.parked_place() {
        Some(place) if (stack.low..stack.high).contains(&place.sp) => {
            frames(place.frame, place.sp, stack.high, moved, into)
        }
        _ => 0,
    }
}

/// Walks the chain of frames between `low` and `high`, which is stack that somebody uses and that is to be read so far above itself.
fn frames(mut frame: usize, low: usize, high: usize, moved: usize, into: &mut [usize]) -> usize {
    const WORD: usize = size_of::<usize>();
    let mut count = 0;
    while count < into.len() && frame.is_multiple_of(WORD) && frame >= low && frame + 2 * WORD <= high {
        // SAFETY: two aligned words of a stack that is in use and belongs to who asks, or to a goroutine that stands still.
        let [next, back] =
            unsafe { std::ptr::with_exposed_provenance::<[usize; 2]>(frame.wrapping_add(moved)).read() };
        if back == 0 {
            break;
        }
        into[count] = back;
        count += 1;
        if next <= frame {
            break;
        }
        frame = next;
    }
    count
}
