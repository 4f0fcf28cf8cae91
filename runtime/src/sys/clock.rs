//! Monotonic time as nanoseconds since the runtime first asked.

use std::time::{Duration, Instant};

use crate::shim::OnceLock;

static START: OnceLock<Instant> = OnceLock::new();

/// Nanoseconds since the first call; never goes back.
pub(crate) fn now() -> u64 {
    nanos(START.get_or_init(Instant::now).elapsed())
}

/// A duration in nanoseconds, at most about 584 years.
pub(crate) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// The moment `duration` from now; one too far away to name is "never".
pub(crate) fn after(duration: Duration) -> u64 {
    now().saturating_add(nanos(duration))
}
