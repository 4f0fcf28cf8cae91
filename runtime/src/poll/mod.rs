//! Sources of wake-ups: timers and descriptors. Mechanism only.
//!
//! **Invariant:** nothing here schedules. A source returns what is due; the scheduler, above, acts on it.
//!
//! Files: [`timers`]; [`descriptors`] who waits for which descriptor, on which [`side`]; [`poller`] the system's queue of events;
//! [`sleeper`] where a worker sleeps until a token, an event or the time wakes it.

pub(crate) mod descriptors;
pub(crate) mod poller;
pub(crate) mod side;
pub(crate) mod sleeper;
pub(crate) mod timers;
