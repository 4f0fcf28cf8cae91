//! The command `goxide`.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // all I/O of the translator is here

mod cli;

/// Trees are walked recursively; the parser limits how deep they are, and this is enough for the deepest. Only what is
/// touched is memory.
const STACK: usize = 1 << 30;

fn main() -> std::process::ExitCode {
    match std::thread::Builder::new().stack_size(STACK).spawn(cli::main) {
        // a panic was printed where it happened
        Ok(thread) => thread.join().unwrap_or(std::process::ExitCode::from(101)),
        // address space is limited: most programs need no more than the ordinary stack
        Err(_) => cli::main(),
    }
}
