//! Words that each OS thread has for itself, read and written in ways that the compiler does not look into.
//!
//! The address of an ordinary thread-local may be kept in a register or on the stack for as long as a function runs, also over a park; on a
//! goroutine that goes on on another thread it is then the other thread's word that is used. Here an address is never there to be kept: every read is
//! made anew, relative to the thread that makes it. What was read belongs to the thread, too: use it before the next park.
//!
//! The words are one symbol in the thread-local section, zero in every thread that begins; the linker turns the access into two instructions. Where
//! that is not written yet (other processors, Miri) they are ordinary thread-locals, and goroutines stay where they are ([`AVAILABLE`]).
//!
//! Rejected: reading in functions that are never inlined, some of which are called several times at every switch; a table by stack address,
//! because plain threads need the words as well.

/// One of the words: how far it lies behind the first.
#[derive(Clone, Copy, Debug)]
pub struct Word<const AT: usize>;

/// What the thread carries onto the stacks that it resumes.
pub(crate) const CARRIED: Word<0> = Word;
/// The stack that it runs on.
pub(crate) const RUNNING: Word<8> = Word;
/// Its entry in the registry of threads that can be stopped.
pub(crate) const ENTRY: Word<16> = Word;
/// What the heap of translated programs keeps for it.
pub const HEAP: Word<24> = Word;

/// Whether an address of a word is never kept, so that goroutines may move.
pub(crate) const AVAILABLE: bool = cfg!(all(target_arch = "x86_64", target_os = "linux", not(miri)));

impl<const AT: usize> Word<AT> {
    /// This thread's; null in one that has set none.
    #[inline(always)]
    pub fn get(self) -> *const () {
        imp::get::<AT>()
    }

    /// Sets this thread's.
    #[inline(always)]
    pub fn set(self, word: *const ()) {
        imp::set::<AT>(word);
    }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
mod imp {
    use std::arch::{asm, global_asm};

    /// Another version of this crate in one program has words of its own.
    macro_rules! symbol {
        ($before:literal, $after:literal) => {
            concat!(
                $before,
                "goxide_words_",
                env!("CARGO_PKG_VERSION_MAJOR"),
                "_",
                env!("CARGO_PKG_VERSION_MINOR"),
                "_",
                env!("CARGO_PKG_VERSION_PATCH"),
                $after
            )
        };
    }

    global_asm!(
        ".pushsection .tbss, \"awT\", @nobits",
        symbol!(".globl ", ""),
        symbol!(".hidden ", ""),
        symbol!(".type ", ", @object"),
        ".p2align 5",
        symbol!("", ":"),
        ".zero 32",
        symbol!(".size ", ", 32"),
        ".popsection",
    );

    #[inline(always)]
    pub(super) fn get<const AT: usize>() -> *const () {
        let word;
        // SAFETY: reads eight of the 32 bytes that every thread has there.
        unsafe {
            asm!(
                symbol!("mov {word}, qword ptr [rip + ", "@GOTTPOFF]"),
                "mov {word}, qword ptr fs:[{word} + {at}]",
                word = out(reg) word,
                at = const AT,
                options(readonly, nostack, preserves_flags)
            );
        }
        word
    }

    #[inline(always)]
    pub(super) fn set<const AT: usize>(word: *const ()) {
        // SAFETY: writes eight of the 32 bytes that every thread has there, for itself.
        unsafe {
            asm!(
                symbol!("mov {place}, qword ptr [rip + ", "@GOTTPOFF]"),
                "mov qword ptr fs:[{place} + {at}], {word}",
                place = out(reg) _,
                at = const AT,
                word = in(reg) word,
                options(nostack, preserves_flags)
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", not(miri))))]
mod imp {
    use std::cell::Cell;
    use std::ptr;

    thread_local! {
        static WORDS: [Cell<*const ()>; 4] = const { [const { Cell::new(ptr::null()) }; 4] };
    }

    #[inline]
    pub(super) fn get<const AT: usize>() -> *const () {
        WORDS.with(|words| words[AT / 8].get())
    }

    #[inline]
    pub(super) fn set<const AT: usize>(word: *const ()) {
        WORDS.with(|words| words[AT / 8].set(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thread_has_its_own() {
        let (mine, other) = (1u8, 2u8);
        let before = HEAP.get();
        HEAP.set((&raw const mine).cast());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                assert!(HEAP.get().is_null());
                HEAP.set((&raw const other).cast());
                assert_eq!(HEAP.get(), (&raw const other).cast());
                assert!(ENTRY.get() != (&raw const other).cast());
            });
        });
        assert_eq!(HEAP.get(), (&raw const mine).cast());
        HEAP.set(before);
    }
}
