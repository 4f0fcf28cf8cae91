//! `select`.

use crate::chan::{Receive, ReceiveOk, SendTo};

/// One case of a select.
pub trait Arm {
    #[doc(hidden)]
    fn enabled(&self) -> bool;
}

/// A receiving case.
pub struct RecvArm<'a, C: Receive + ?Sized> {
    chan: &'a C,
    enabled: bool,
}

/// A sending case.
pub struct SendArm<'a, C: SendTo<V> + ?Sized, V> {
    chan: &'a C,
    value: Option<V>,
    enabled: bool,
}

/// A case `<-c`.
pub fn recv_arm<C: Receive + ?Sized>(c: &C) -> RecvArm<'_, C> {
    recv_arm_if(true, c)
}

/// A case `<-c` that counts only if `cond`.
pub fn recv_arm_if<C: Receive + ?Sized>(cond: bool, c: &C) -> RecvArm<'_, C> {
    RecvArm { chan: c, enabled: cond }
}

/// A case `c <- v`.
pub fn send_arm<C: SendTo<V> + ?Sized, V>(c: &C, v: V) -> SendArm<'_, C, V> {
    send_arm_if(true, c, v)
}

/// A case `c <- v` that counts only if `cond`.
pub fn send_arm_if<C: SendTo<V> + ?Sized, V>(cond: bool, c: &C, v: V) -> SendArm<'_, C, V> {
    SendArm { chan: c, value: Some(v), enabled: cond }
}

impl<C: Receive + ?Sized> RecvArm<'_, C> {
    /// What this arm received, once it was chosen.
    pub fn take(&mut self) -> C::Output {
        let _ = self.chan;
        unimplemented!()
    }

    /// What this arm received and whether the channel was open, once it was chosen.
    pub fn take_ok(&mut self) -> C::OutputOk
    where
        C: ReceiveOk,
    {
        unimplemented!()
    }
}

impl<C: Receive + ?Sized> Arm for RecvArm<'_, C> {
    fn enabled(&self) -> bool {
        self.enabled
    }
}

impl<C: SendTo<V> + ?Sized, V> Arm for SendArm<'_, C, V> {
    fn enabled(&self) -> bool {
        let _ = (self.chan, &self.value);
        self.enabled
    }
}

/// Waits until one arm can proceed and commits it: its index, or `arms.len()` for the default.
pub fn select(arms: &mut [&mut dyn Arm], has_default: bool) -> usize {
    let _ = (arms.iter().filter(|a| a.enabled()).count(), has_default);
    unimplemented!()
}

/// As [`select`], but of several ready arms the first is taken.
pub fn select_biased(arms: &mut [&mut dyn Arm], has_default: bool) -> usize {
    select(arms, has_default)
}
