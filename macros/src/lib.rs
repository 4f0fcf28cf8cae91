//! go! and select!.
