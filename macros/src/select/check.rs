//! The rules of a `select!` that its grammar does not express.

use syn::Error;

use super::ast::{Head, Select};

pub(super) fn check(select: &Select) -> Vec<Error> {
    let mut errors = Vec::new();
    let defaults = select.arms.iter().filter(|arm| matches!(arm.head, Head::Default));
    for second in defaults.skip(1) {
        errors.push(Error::new(second.span, "select! already has a `default` arm"));
    }
    errors
}
