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

/// A duration as the system takes it, at most the longest it can name.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn timespec(duration: Duration) -> libc::timespec {
    libc::timespec {
        tv_sec: libc::time_t::try_from(duration.as_secs()).unwrap_or(libc::time_t::MAX),
        tv_nsec: libc::c_long::from(duration.subsec_nanos() as i32),
    }
}

/// The clock of the processor time of one thread, which any thread of the process may read.
#[derive(Clone, Copy)]
pub(crate) struct CpuClock(#[cfg(all(target_os = "linux", not(miri)))] libc::clockid_t);

impl CpuClock {
    /// That of the calling thread, where there is one.
    #[cfg(all(target_os = "linux", not(miri)))]
    pub(crate) fn own() -> Option<CpuClock> {
        let mut clock = 0;
        // SAFETY: the calling thread lives, and the number is written to a place of ours.
        let error = unsafe { libc::pthread_getcpuclockid(libc::pthread_self(), &mut clock) };
        (error == 0).then_some(CpuClock(clock))
    }

    /// That of the calling thread, where there is one.
    #[cfg(any(not(target_os = "linux"), miri))]
    pub(crate) fn own() -> Option<CpuClock> {
        None
    }

    /// How long that thread has run, in nanoseconds; that of the day once it has ended.
    #[cfg(all(target_os = "linux", not(miri)))]
    pub(crate) fn time(self) -> u64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the time is written to a place of ours.
        match unsafe { libc::clock_gettime(self.0, &mut time) } {
            0 => time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64,
            _ => now(),
        }
    }

    /// How long that thread has run, in nanoseconds.
    #[cfg(any(not(target_os = "linux"), miri))]
    pub(crate) fn time(self) -> u64 {
        now()
    }
}
