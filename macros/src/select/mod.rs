//! `select!`, in three steps: [`ast`] reads the arms, [`check`] knows the rules, [`expand`] writes the Rust.
//!
//! What must hold: bodies stay in the user's own control flow, never in a closure or a loop of ours, so that `break`, `continue`,
//! `return` and `?` mean what they say.

mod ast;
mod check;
mod expand;
mod habits;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (input, permitted) = crate::allow::take_permit(input);
    let (select, mut errors) = ast::Select::parse(input.clone());
    errors.extend(check::check(&select));
    if !permitted {
        errors.extend(crate::identity::check(input, "a goroutine").err());
    }
    match errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    }) {
        None => expand::expand(&select),
        Some(error) => {
            let error = error.to_compile_error();
            quote!({ #error })
        }
    }
}
