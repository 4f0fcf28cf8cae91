//! The one place that spells paths of our other crates.
//!
//! Expansions reach the runtime only through `::goxide::__private` and golib only through `::goxide_golib::__private`,
//! by absolute paths, so that nothing in the user's scope can stand in between. The programs in tests/ui/pass make every
//! expansion there is, so a name that a facade lacks fails there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// `::goxide::__private::name`, blamed on `at`.
pub(crate) fn runtime(name: &str, at: Span) -> TokenStream {
    let span = inside(at);
    let name = Ident::new(name, span);
    quote_spanned!(span=> ::goxide::__private::#name)
}

/// `::goxide_golib::__private::name`, blamed on `at`.
pub(crate) fn golib(name: &str, at: Span) -> TokenStream {
    let span = inside(at);
    let name = Ident::new(name, span);
    quote_spanned!(span=> ::goxide_golib::__private::#name)
}

/// A span whose names are the macro's own and whose place is the user's.
pub(crate) fn inside(at: Span) -> Span {
    Span::mixed_site().located_at(at)
}

/// A local name that the user's code cannot see. Hygiene hides it from other locals only, not from statics, hence the prefix.
pub(crate) fn local(name: &str, at: Span) -> Ident {
    Ident::new(&format!("__{name}"), inside(at))
}
