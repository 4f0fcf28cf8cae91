//! golib.
