//! Rust's names of functions, where the lines of their code do not tell what they are.

/// A symbol's name as Rust spells it, without hashes.
pub(super) fn plain(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

/// The function item that a symbol's function calls, if all it does is that: `<item as core::ops::function::Fn<..>>::call`.
pub(super) fn called(symbol: &str) -> Option<String> {
    let name = plain(symbol);
    let item = name.strip_prefix('<')?.split(" as core::ops::function::Fn").next()?;
    (item.len() + 1 < name.len()).then(|| item.to_owned())
}
