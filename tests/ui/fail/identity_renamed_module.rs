fn main() {
    goxide::go! {
        use std::{fmt, thread as os};
        let _: fmt::Result = Ok(());
        os::yield_now();
    }
}
