//! The rules of a `select!` that its grammar does not express.

use syn::{Error, Pat};

use super::ast::{Arm, Head, Select};

pub(super) fn check(select: &Select) -> Vec<Error> {
    let mut errors = Vec::new();
    let defaults = select.arms.iter().filter(|arm| matches!(arm.head, Head::Default));
    for second in defaults.skip(1) {
        errors.push(Error::new(second.span, "select! already has a `default` arm"));
    }
    errors.extend(select.arms.iter().filter_map(takes_some_only));
    errors
}

/// `Some(v) = <-c`, which rustc calls refutable and would mend with a `let .. else`.
fn takes_some_only(arm: &Arm) -> Option<Error> {
    let Head::Receive { binding: Some(binding), .. } = &arm.head else { return None };
    let Pat::TupleStruct(pat) = &binding.pat else { return None };
    pat.path.is_ident("Some").then(|| {
        let message = "an arm takes whatever comes, also the `None` of a channel that is closed\n\
                       help: `v = <-channel => match v { Some(v) => .., None => .. }`";
        Error::new_spanned(&binding.pat, message)
    })
}
