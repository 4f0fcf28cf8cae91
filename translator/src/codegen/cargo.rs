//! The lines every translated crate opens with.

/// Lints that legal Go triggers: Go's spelling of names, declarations nobody uses, and what rustc denies by default though
/// the program only does it when run. Everything else stays on, so that the output is checked for real mistakes.
pub const ALLOW: &str = "\
#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]
";

/// What rustc asks of a trait for a type, it asks for the parts: of types nested deeper than this it gives up, unless told.
const DEEP: usize = 40;

/// The line that tells it.
pub fn recursion_limit(nesting: usize) -> String {
    match nesting > DEEP {
        true => format!("#![recursion_limit = \"{}\"]\n", 4 * nesting),
        false => String::new(),
    }
}
