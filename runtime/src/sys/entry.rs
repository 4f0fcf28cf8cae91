//! The way into a runtime that may collect garbage: what allocating code had in registers is put on its stack, and nothing else.
//!
//! Must hold: between the frame of the caller and the address that the callee gets lie saved registers and a return address only.
//! A frame that a compiler lays out has holes, and what calls before left in them would be scanned: an old table of a map or a
//! link taken out of a list keeps all that it ever led to.

/// What is called: with the address from where on the stack holds all that its callers have, and two words.
pub type Callee = extern "C" fn(usize, usize, usize) -> usize;

/// Calls `callee(sp, a, b)`.
///
/// It may end the program but must not unwind.
#[cfg(all(target_arch = "x86_64", not(miri)))]
#[unsafe(naked)]
pub extern "C" fn entered(callee: Callee, a: usize, b: usize) -> usize {
    // The zero keeps the stack aligned.
    std::arch::naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "push 0",
        "mov rax, rdi",
        "mov rdi, rsp",
        "call rax",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Calls `callee(sp, a, b)`.
///
/// It may end the program but must not unwind.
#[cfg(all(target_arch = "aarch64", not(miri)))]
#[unsafe(naked)]
pub extern "C" fn entered(callee: Callee, a: usize, b: usize) -> usize {
    std::arch::naked_asm!(
        "stp x29, x30, [sp, -96]!",
        "mov x29, sp",
        "stp x19, x20, [sp, 16]",
        "stp x21, x22, [sp, 32]",
        "stp x23, x24, [sp, 48]",
        "stp x25, x26, [sp, 64]",
        "stp x27, x28, [sp, 80]",
        "mov x9, x0",
        "mov x0, sp",
        "blr x9",
        "ldp x19, x20, [sp, 16]",
        "ldp x21, x22, [sp, 32]",
        "ldp x23, x24, [sp, 48]",
        "ldp x25, x26, [sp, 64]",
        "ldp x27, x28, [sp, 80]",
        "ldp x29, x30, [sp], 96",
        "ret",
    )
}

/// Calls `callee(sp, a, b)`.
#[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub extern "C" fn entered(callee: Callee, a: usize, b: usize) -> usize {
    super::signal::spilled(|sp| callee(sp, a, b))
}

/// Where code stands: its program counter, stack pointer and frame pointer; zeros where they are not known.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) pc: usize,
    pub(crate) sp: usize,
    pub(crate) frame: usize,
}

/// Where the code stands that this is part of.
#[inline(always)]
pub(crate) fn here() -> Place {
    let (pc, sp, frame): (usize, usize, usize);
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: copies three registers.
    unsafe {
        std::arch::asm!("lea {}, [rip]", "mov {}, rsp", "mov {}, rbp", out(reg) pc, out(reg) sp, out(reg) frame, options(nomem, nostack, preserves_flags));
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: copies three registers.
    unsafe {
        std::arch::asm!("adr {}, .", "mov {}, sp", "mov {}, x29", out(reg) pc, out(reg) sp, out(reg) frame, options(nomem, nostack, preserves_flags));
    }
    #[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        (pc, sp, frame) = (0, 0, 0);
    }
    Place { pc, sp, frame }
}
