//! Sources of wake-ups: timers now, descriptors later. Mechanism only.
//!
//! **Invariant:** nothing here schedules. A source returns what is due; the scheduler, above, acts on it.

pub(crate) mod timers;
