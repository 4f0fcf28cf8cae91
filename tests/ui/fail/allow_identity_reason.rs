//! Whoever leaves the rule says why.

#[goxide::allow_identity]
fn why() {}

#[goxide::allow_identity(reason = "")]
fn empty() {}

#[goxide::allow_identity("because")]
fn bare() {}

fn main() {}
