//! Unicode's tables as Go has them: written by `tools/unicode_tables.go`, never by hand.

pub(crate) mod cases;
pub(crate) mod categories;
pub(crate) mod folds;
pub(crate) mod scripts;
