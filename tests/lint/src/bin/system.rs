//! The kernel's number of the thread.

unsafe extern "C" {
    safe fn gettid() -> i32;
}

fn main() {
    goxide::go! {
        let _ = gettid(); //~ thread-identity
    }
}
