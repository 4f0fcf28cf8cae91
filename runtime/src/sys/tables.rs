//! Unwinding by tables: from where code stands to where its caller stands, without frame pointers, which Rust code seldom has.
//!
//! The tables (`.eh_frame`) are those that panics unwind by, in the memory of the program and of every library it has loaded; the
//! crate `gimli` reads them. Must hold: [`Tables::callers`] allocates nothing and takes no lock, because the world is stopped
//! while it is used, and reads no memory but the tables and the part of the stack that it is given. What the tables do not know,
//! or describe by a program (the ends of coroutines are such), ends the walk.
//!
//! Rejected: `framehop` (it brings the formats of other systems along); libgcc's unwinder (it walks the stack it runs on only).

use addr2line::gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, EndianSlice, NativeEndian, ParsedEhFrameHdr, Register,
    RegisterRule, UnwindContext, UnwindSection,
};

use super::entry::Place;

type Bytes = EndianSlice<'static, NativeEndian>;

/// DWARF's numbers of the frame pointer, the stack pointer and where a return address is found.
#[cfg(not(target_arch = "aarch64"))]
const REGISTERS: (Register, Register, Register) = (Register(6), Register(7), Register(16));
#[cfg(target_arch = "aarch64")]
const REGISTERS: (Register, Register, Register) = (Register(29), Register(31), Register(30));

/// Places whose rules are remembered; a power of two.
const REMEMBERED: usize = 4096;

/// The program, or a library.
struct Module {
    /// Where its code lies.
    code: (usize, usize),
    bases: BaseAddresses,
    index: ParsedEhFrameHdr<Bytes>,
    frames: EhFrame<Bytes>,
}

/// How the frame of a caller is found.
#[derive(Clone, Copy, Default)]
struct Rule {
    pc: usize,
    /// The end of the callee's frame is this far from the frame pointer or from the stack pointer.
    by_frame: bool,
    size: i64,
    /// Where the return address and the caller's frame pointer lie, from there.
    back: i64,
    frame: Option<i64>,
}

/// See the module.
pub(crate) struct Tables {
    modules: Vec<Module>,
    context: UnwindContext<usize>,
    rules: Vec<Rule>,
}

impl Tables {
    /// Finds them.
    pub(crate) fn read() -> Tables {
        Tables { modules: modules(), context: UnwindContext::new(), rules: vec![Rule::default(); REMEMBERED] }
    }

    /// Where the code at `place` and all its callers stand, innermost first, as return addresses (the first one is `place`'s own); how
    /// many. Only the stack from `place` up to `high` is read.
    ///
    /// The stack is read so far above itself as `moved` says, wrapping, where a copy of it lies.
    ///
    /// # Safety
    /// The memory between `place.sp` and `high` is one stack and stays as it is meanwhile; or its copy is and does.
    pub(crate) unsafe fn callers(
        &mut self,
        mut place: Place,
        high: usize,
        moved: usize,
        into: &mut [usize],
    ) -> usize {
        const WORD: usize = size_of::<usize>();
        let low = place.sp;
        // SAFETY: the caller's promise; the bounds are checked here.
        let word = |at: usize| unsafe {
            let fits = at.is_multiple_of(WORD) && at >= low && at.checked_add(WORD)? <= high;
            fits.then(|| std::ptr::with_exposed_provenance::<usize>(at.wrapping_add(moved)).read())
        };
        let mut count = 0;
        while count < into.len() && place.pc != 0 {
            into[count] = place.pc;
            count += 1;
            // The call is before where it returns to; the innermost code has not called.
            let Some(rule) = self.rule(place.pc - usize::from(count > 1)) else { break };
            let from = if rule.by_frame { place.frame } else { place.sp };
            let end = from.wrapping_add_signed(rule.size as isize);
            let at = |offset: i64| end.wrapping_add_signed(offset as isize);
            let Some(pc) = word(at(rule.back)) else { break };
            let frame = rule.frame.map_or(Some(place.frame), |offset| word(at(offset)));
            if end <= place.sp {
                break;
            }
            place = Place { pc, sp: end, frame: frame.unwrap_or(0) };
        }
        count
    }

    fn rule(&mut self, pc: usize) -> Option<Rule> {
        let slot = (pc.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize) >> 20) % REMEMBERED;
        if self.rules[slot].pc != pc {
            self.rules[slot] = self.look_up(pc)?;
        }
        Some(self.rules[slot])
    }

    fn look_up(&mut self, pc: usize) -> Option<Rule> {
        let module = self.modules.iter().find(|module| (module.code.0..module.code.1).contains(&pc))?;
        let (address, bases) = (pc as u64, &module.bases);
        let fde = module
            .index
            .table()?
            .fde_for_address(&module.frames, bases, address, EhFrame::cie_from_offset)
            .ok()?;
        let row = fde.unwind_info_for_address(&module.frames, bases, &mut self.context, address).ok()?;
        let (frame, stack, back) = REGISTERS;
        let (by_frame, size) = match *row.cfa() {
            CfaRule::RegisterAndOffset { register, offset } if register == stack => (false, offset),
            CfaRule::RegisterAndOffset { register, offset } if register == frame => (true, offset),
            _ => return None,
        };
        let Some(RegisterRule::Offset(back)) = row.register(back) else { return None };
        let frame = match row.register(frame) {
            Some(RegisterRule::Offset(offset)) => Some(offset),
            _ => None,
        };
        Some(Rule { pc, by_frame, size, back, frame })
    }
}

#[cfg(any(not(target_os = "linux"), miri))]
fn modules() -> Vec<Module> {
    Vec::new()
}

#[cfg(all(target_os = "linux", not(miri)))]
fn modules() -> Vec<Module> {
    /// # Safety
    /// What `dl_iterate_phdr` asks for: `info` is valid during the call, `list` is the list.
    unsafe extern "C" fn each(
        info: *mut libc::dl_phdr_info,
        _: libc::size_t,
        list: *mut libc::c_void,
    ) -> libc::c_int {
        // SAFETY: the caller's promise; the list is on the stack of who called.
        let (info, list) = unsafe { (&*info, &mut *list.cast::<Vec<Module>>()) };
        // SAFETY: the linker tells where the headers of a module are and how many.
        let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)) };
        list.extend(module(info.dlpi_addr as usize, headers));
        0
    }
    let mut list = Vec::new();
    // SAFETY: the function is of the type asked for, and gets the list.
    unsafe { libc::dl_iterate_phdr(Some(each), (&raw mut list).cast()) };
    list
}

#[cfg(all(target_os = "linux", not(miri)))]
fn module(base: usize, headers: &[libc::Elf64_Phdr]) -> Option<Module> {
    let range = |header: &libc::Elf64_Phdr| {
        let from = base.wrapping_add(header.p_vaddr as usize);
        (from, from.wrapping_add(header.p_memsz as usize))
    };
    let loaded = || headers.iter().filter(|header| header.p_type == libc::PT_LOAD);
    let code = loaded().find(|header| header.p_flags & libc::PF_X != 0).map(range)?;
    let index = headers.iter().find(|header| header.p_type == libc::PT_GNU_EH_FRAME).map(range)?;
    let bytes = |(from, to): (usize, usize)| {
        // SAFETY: a loaded part of a module, which is only read and stays as long as its code runs.
        let bytes = unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(from), to - from) };
        EndianSlice::new(bytes, NativeEndian)
    };
    let bases = BaseAddresses::default().set_eh_frame_hdr(index.0 as u64).set_text(code.0 as u64);
    let parsed = EhFrameHdr::from(bytes(index)).parse(&bases, size_of::<usize>() as u8).ok()?;
    let frames = parsed.eh_frame_ptr().direct().ok()? as usize;
    // How long they are is not told; they end before the loaded part does.
    let end = loaded().map(range).find(|part| (part.0..part.1).contains(&frames))?.1;
    let bases = bases.set_eh_frame(frames as u64);
    Some(Module { code, bases, index: parsed, frames: EhFrame::from(bytes((frames, end))) })
}

#[cfg(all(test, target_os = "linux", not(miri)))]
mod tests {
    use super::*;
    use crate::sys::{entry, signal, symbols};

    #[inline(never)]
    fn innermost(names: &mut Vec<String>) {
        let (place, high) = (entry::here(), signal::own_stack().1);
        let mut found = [0; 64];
        // SAFETY: this thread's own stack, below which nothing changes while the walk runs above it.
        let count = unsafe { Tables::read().callers(place, high, 0, &mut found) };
        for &address in &found[..count] {
            names.extend(symbols::frames(address).into_iter().map(|frame| frame.function));
        }
    }

    #[inline(never)]
    fn outer(names: &mut Vec<String>) {
        innermost(names);
        std::hint::black_box(names);
    }

    #[test]
    fn walks_without_frame_pointers() {
        let mut names = Vec::new();
        outer(&mut names);
        let at = |wanted: &str| names.iter().position(|name| name.ends_with(wanted));
        let (inner, outer) = (at("tests::innermost").expect("found"), at("tests::outer").expect("found"));
        assert!(inner < outer, "{names:?}");
        assert!(at("walks_without_frame_pointers").expect("found") > outer, "{names:?}");
    }
}
