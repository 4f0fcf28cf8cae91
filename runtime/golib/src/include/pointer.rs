//! Pointers to Go's variables in the hands of Rust code.
//!
//! Must hold: which type stands for `*T` is `T`'s to say, for the module that `include_go!` writes has a type of its own for each.

use super::{Cross, Root};
use crate::ptr::Ptr;
use crate::view::GoType;

/// A type of Go with a type in Rust for pointers to its variables.
pub trait Pointee: GoType {
    /// The type in Rust.
    type Handle;

    /// Makes it.
    fn handle(root: Root<Ptr<Self>>) -> Self::Handle;

    /// What it was made of.
    fn root(handle: &Self::Handle) -> &Root<Ptr<Self>>;
}

impl<T: Pointee> Cross for Ptr<T> {
    type Rust = T::Handle;

    fn from_rust(value: &T::Handle) -> Ptr<T> {
        T::root(value).get()
    }

    fn to_rust(self) -> T::Handle {
        T::handle(Root::unless(self.is_nil(), self))
    }
}
