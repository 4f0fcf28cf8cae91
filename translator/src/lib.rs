//! translator.
