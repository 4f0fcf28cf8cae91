//! Questions about tokens that have not been parsed, for the parts of the macros that read what is no Rust.

use proc_macro2::{Spacing, TokenTree};

pub(crate) fn is_char(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// Whether another character of the same operator stands behind it.
pub(crate) fn is_joint(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c && punct.spacing() == Spacing::Joint)
}

/// Whether `<-` begins at `i`. Behind `::` it opens generic arguments.
pub(crate) fn is_arrow(tokens: &[TokenTree], i: usize) -> bool {
    tokens.get(i).is_some_and(|token| is_joint(token, '<'))
        && tokens.get(i + 1).is_some_and(|next| is_char(next, '-'))
        && !(i > 0 && is_char(&tokens[i - 1], ':'))
}
