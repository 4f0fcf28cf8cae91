//! The roots outside of stacks: package variables and other memory that was named.
//!
//! Must hold: package variables lie in the writable data of the program itself, which is found once, when the program starts;
//! memory named by [`add`] lives until the program ends.

use std::ops::Range;
use std::sync::Mutex;

/// Pieces of memory, at most; there are a handful.
const MOST: usize = 64;

struct Roots {
    count: usize,
    pieces: [(usize, usize); MOST],
}

static ROOTS: Mutex<Roots> = Mutex::new(Roots { count: 0, pieces: [(0, 0); MOST] });

/// Says that handles lie in memory outside of the heap, for the rest of the program.
pub(super) fn add(range: Range<*const u8>) {
    let mut roots = ROOTS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if roots.count == MOST {
        goxide::__private::fatal("runtime: too many roots");
    }
    let at = roots.count;
    roots.pieces[at] = (range.start.addr(), range.end.addr());
    roots.count = at + 1;
}

/// Calls `f` with every piece. Nobody is stopped within `add` who could matter: roots are added before Go code runs.
pub(super) fn visit(mut f: impl FnMut(usize, usize)) {
    if let Ok(roots) = ROOTS.try_lock() {
        for &(low, high) in &roots.pieces[..roots.count] {
            f(low, high);
        }
    }
}

/// Finds the program's writable data.
#[cfg(not(miri))]
pub(super) fn start() {
    use std::sync::Once;

    /// The first object the loader tells of is the program.
    unsafe extern "C" fn program(
        info: *mut libc::dl_phdr_info,
        _: libc::size_t,
        _: *mut libc::c_void,
    ) -> libc::c_int {
        // SAFETY: the loader passes valid information with that many headers.
        let (base, headers) = unsafe {
            let info = &*info;
            (
                info.dlpi_addr as usize,
                std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)),
            )
        };
        for header in headers.iter().filter(|h| h.p_type == libc::PT_LOAD && h.p_flags & libc::PF_W != 0) {
            let low = base + header.p_vaddr as usize;
            let high = low + header.p_memsz as usize;
            add(std::ptr::with_exposed_provenance(low)..std::ptr::with_exposed_provenance(high));
        }
        1
    }

    static ONCE: Once = Once::new();
    // SAFETY: the callback is of the type asked for, and takes nothing from its last argument.
    ONCE.call_once(|| unsafe {
        libc::dl_iterate_phdr(Some(program), std::ptr::null_mut());
    });
}

#[cfg(miri)]
pub(super) fn start() {}
