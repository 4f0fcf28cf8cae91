//! Nothing: this package holds only example programs.
