//! What the macros expand to and what golib builds on. Not public API.

pub use crate::chan::{Receive, ReceiveOk, SendTo};
pub use crate::select::{Arm, RecvArm, SendArm, recv_arm, recv_arm_if, select, select_biased, send_arm, send_arm_if};

/// Starts a goroutine.
pub fn go<F: FnOnce() + Send + 'static>(f: F) {
    let _ = f;
    unimplemented!("the scheduler is being written")
}

/// Runs `f` as the main goroutine and gives back its value.
pub fn run_main<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(f: F) -> T {
    f()
}

/// Runs `f` as the main goroutine with a stack of `stack_bytes` of address space.
pub fn run_main_with<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(stack_bytes: usize, f: F) -> T {
    let _ = stack_bytes;
    f()
}

/// Runs `f` as the main goroutine of one test.
pub fn run_test<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(f: F) -> T {
    f()
}
