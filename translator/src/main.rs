//! The command `goxide`.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // all I/O of the translator is here

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
