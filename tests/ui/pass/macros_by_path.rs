//! The macros work by their full paths, without any import, and where `Option`, `Some` and `std` mean something else.
mod user {
    #![allow(dead_code)]
    pub enum Option {
        Some,
        None,
    }
    pub use Option::{None, Some};
    pub mod std {}
    pub mod core {}

    pub fn run() -> ::std::option::Option<i32> {
        let c = ::goxide::chan(1);
        ::goxide::go!(c.clone().send(1));
        ::goxide::select! {
            v = <-c => v,
            after(::std::time::Duration::from_secs(60)) => ::std::option::Option::None,
        }
    }
}

#[goxide::main]
fn main() {
    assert_eq!(user::run(), Some(1));
}
