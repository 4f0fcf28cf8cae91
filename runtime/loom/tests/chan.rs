//! `chan/` and `select.rs` over `task/state.rs`: one case committed, nothing lost or doubled, close against everything.
//!
//! Seen to fail: `claim_first` that takes a node whatever its claim says; the second look of `wait` left out (`select`, step 2); a losing
//! node that is not withdrawn; `close` that wakes receivers only; an unlock without notes.
#![allow(dead_code, unused_imports)]

mod shim {
    pub(crate) use goxide_loom::shim::*;
}

mod sys {
    /// The runtime's lock spins, which loom cannot follow: one that blocks, with the same notes.
    pub(crate) mod lock {
        use crate::shim::{AtomicU32, Condvar, Mutex, Ordering, lock};

        pub(crate) struct RawLock {
            held: Mutex<bool>,
            free: Condvar,
            notes: AtomicU32,
        }

        impl RawLock {
            pub(crate) fn new() -> RawLock {
                RawLock { held: Mutex::new(false), free: Condvar::new(), notes: AtomicU32::new(0) }
            }

            pub(crate) fn lock(&self) {
                let mut held = lock(&self.held);
                while *held {
                    held = self.free.wait(held).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
                *held = true;
            }

            pub(crate) fn unlock_noting(&self, notes: u32) {
                let mut held = lock(&self.held);
                assert!(*held, "unlocking a free lock");
                self.notes.store(notes, Ordering::Release);
                *held = false;
                self.free.notify_one();
            }

            pub(crate) fn notes(&self) -> u32 {
                self.notes.load(Ordering::Acquire)
            }
        }
    }

    /// Loom's runs must be repeatable: the order of the visit is that of the cases.
    pub(crate) mod rng {
        pub(crate) fn below(n: usize) -> usize {
            n - 1
        }
    }
}

#[path = "../../src/task/state.rs"]
mod state;

/// The door to the scheduler, where every goroutine is a thread.
mod park {
    use crate::state::{Notified, Status};
    use goxide_loom::Parker;

    pub(crate) struct Record {
        status: Status,
        parker: Parker,
    }

    #[derive(Clone, Copy)]
    pub struct Ticket {
        record: &'static Record,
        park: u64,
    }

    #[derive(Clone, Copy)]
    pub(crate) enum WaitReason {
        ChanSend,
        ChanReceive,
        ChanSendNil,
        ChanReceiveNil,
        Select,
        SelectNoCases,
    }

    loom::thread_local! {
        static RECORD: &'static Record = Box::leak(Box::new(Record { status: Status::new(), parker: Parker::new() }));
    }

    fn current() -> &'static Record {
        RECORD.with(|record| *record)
    }

    pub(crate) fn prepare(_reason: WaitReason) -> Ticket {
        let record = current();
        Ticket { record, park: record.status.begin() }
    }

    pub(crate) fn park() {
        let record = current();
        if !record.status.is_notified() && record.status.commit() {
            record.parker.park(None);
        }
        record.status.resumed();
    }

    pub(crate) struct Queues;

    impl Queues {
        pub(crate) fn new<W, L>(_: W, _: *const *const L, _: usize, _: usize) -> Queues {
            Queues
        }
    }

    pub(crate) fn park_among(_: &Queues) {
        park();
    }

    pub(crate) fn here<T>(place: *mut T) -> *mut T {
        place
    }

    pub(crate) fn ready(ticket: Ticket) -> bool {
        match ticket.record.status.notify(ticket.park) {
            Notified::Stale => panic!("a channel wakes each waiter once"),
            Notified::Early => {}
            Notified::Asleep => ticket.record.parker.unpark(),
        }
        true
    }

    pub(crate) fn block_forever(_reason: WaitReason) -> ! {
        panic!("no model waits for ever")
    }

    pub(crate) fn checkpoint() {}
    pub(crate) fn polled_in_vain() {}
}

#[path = "../../src/chan/mod.rs"]
mod chan;

#[path = "../../src/select.rs"]
mod select;

use chan::{Chan, TryRecvError};
use goxide_loom::check;
use loom::thread;
use select::{Arm, recv_arm, send_arm};
use std::panic::{AssertUnwindSafe, catch_unwind};

fn choose(arms: &mut [&mut dyn Arm]) -> usize {
    select::select_biased(arms, false)
}

/// Receives from whichever of two is ready: which, and what.
fn receive_either(a: &Chan<u32>, b: &Chan<u32>) -> (usize, Option<u32>) {
    let (mut first, mut second) = (recv_arm(a), recv_arm(b));
    match choose(&mut [&mut first, &mut second]) {
        0 => (0, first.take()),
        _ => (1, second.take()),
    }
}

/// Two channels without room, in the order of their addresses: select takes locks in that order, and loom wants every run alike.
fn pair() -> (Chan<u32>, Chan<u32>) {
    let (a, b) = (chan::chan(0), chan::chan(0));
    let at = |ch: &Chan<u32>| chan::Receive::core(ch).map(|core| std::ptr::from_ref(core).addr());
    if at(&a) < at(&b) { (a, b) } else { (b, a) }
}

#[test]
fn send_meets_receive() {
    for cap in [0, 1] {
        check(3, move || {
            let ch = chan::chan(cap);
            let tx = ch.clone();
            let sender = thread::spawn(move || {
                tx.send(1);
                tx.send(2);
            });
            assert_eq!((ch.recv(), ch.recv()), (Some(1), Some(2)));
            sender.join().expect("runs");
        });
    }
}

#[test]
fn two_senders_and_two_receivers() {
    check(2, || {
        let ch = chan::chan(0);
        let senders = [1, 2].map(|v| {
            let tx = ch.clone();
            thread::spawn(move || tx.send(v))
        });
        let rx = ch.clone();
        let receiver = thread::spawn(move || rx.recv().expect("open"));
        let sum = ch.recv().expect("open") + receiver.join().expect("runs");
        for sender in senders {
            sender.join().expect("runs");
        }
        assert_eq!(sum, 3);
    });
}

/// Two senders for one waiting select: one of them is taken, the other one's value is still there.
#[test]
fn a_select_takes_one_of_two() {
    check(2, || {
        let (a, b) = pair();
        let (ta, tb) = (a.clone(), b.clone());
        let senders = [thread::spawn(move || ta.send(0)), thread::spawn(move || tb.send(1))];
        let (case, value) = receive_either(&a, &b);
        assert_eq!(value, Some(case as u32));
        let other = if case == 0 { &b } else { &a };
        assert_eq!(other.recv(), Some(1 - case as u32));
        for sender in senders {
            sender.join().expect("runs");
        }
        assert_eq!((a.try_recv(), b.try_recv()), (Err(TryRecvError::Empty), Err(TryRecvError::Empty)));
    });
}

/// Two selects that name the channels in opposite order: they meet once, and neither waits for ever.
#[test]
fn selects_meet_selects() {
    check(2, || {
        let (a, b) = pair();
        let (ta, tb) = (a.clone(), b.clone());
        let sender = thread::spawn(move || {
            let (mut second, mut first) = (send_arm(&tb, 1u32), send_arm(&ta, 0u32));
            1 - choose(&mut [&mut second, &mut first])
        });
        let (case, value) = receive_either(&a, &b);
        assert_eq!(sender.join().expect("runs"), case);
        assert_eq!(value, Some(case as u32));
    });
}

/// Both directions of one channel on both sides: exactly one value goes over.
#[test]
fn selects_in_both_directions() {
    check(2, || {
        let ch = chan::chan(0);
        let side = |ch: &Chan<u32>, mine: u32| {
            let (mut get, mut put) = (recv_arm(ch), send_arm(ch, mine));
            match choose(&mut [&mut get, &mut put]) {
                0 => get.take(),
                _ => {
                    Arm::settle(&mut put);
                    None
                }
            }
        };
        let theirs = ch.clone();
        let other = thread::spawn(move || side(&theirs, 1));
        let (here, there) = (side(&ch, 0), other.join().expect("runs"));
        assert!(matches!((here, there), (Some(1), None) | (None, Some(0))), "{here:?} {there:?}");
    });
}

/// Close against a receiver and a waiting select: both learn of it.
#[test]
fn close_wakes_receivers_and_selects() {
    check(2, || {
        let (ch, never) = pair();
        let (rx, sx, nx) = (ch.clone(), ch.clone(), never.clone());
        let receiver = thread::spawn(move || assert_eq!(rx.recv(), None));
        let selecting = thread::spawn(move || assert_eq!(receive_either(&nx, &sx), (1, None)));
        ch.close();
        receiver.join().expect("runs");
        selecting.join().expect("runs");
    });
}

/// Close against a sender, with a receiver: the value is received, or the sender panics, and never both.
#[test]
fn close_against_a_send() {
    check(3, || {
        let ch = chan::chan::<u32>(0);
        let (tx, closing) = (ch.clone(), ch.clone());
        let sender = thread::spawn(move || catch_unwind(AssertUnwindSafe(|| tx.send(1))).is_ok());
        let closer = thread::spawn(move || closing.close());
        let got = ch.recv();
        closer.join().expect("runs");
        assert_eq!(sender.join().expect("runs"), got == Some(1));
    });
}

/// Close against a sender whom nobody receives from: it panics, whether it waits already or not.
#[test]
fn close_reaches_a_sender() {
    check(3, || {
        let ch = chan::chan::<u32>(0);
        let tx = ch.clone();
        let sender = thread::spawn(move || catch_unwind(AssertUnwindSafe(|| tx.send(1))).is_ok());
        ch.close();
        assert!(!sender.join().expect("runs"));
    });
}

/// Close against a select that sends, with a receiver.
#[test]
fn close_against_a_sending_select() {
    check(2, || {
        let (ch, never) = pair();
        let (tx, closing) = (ch.clone(), ch.clone());
        let sender = thread::spawn(move || {
            let sending = AssertUnwindSafe(|| {
                let (mut put, mut get) = (send_arm(&tx, 1), recv_arm(&never));
                choose(&mut [&mut put, &mut get])
            });
            catch_unwind(sending).is_ok()
        });
        let closer = thread::spawn(move || closing.close());
        let got = ch.recv();
        closer.join().expect("runs");
        assert_eq!(sender.join().expect("runs"), got == Some(1));
    });
}

/// The notes of the locks never hide what can be done: a try after the fact finds it.
#[test]
fn notes_do_not_hide_values() {
    check(3, || {
        let ch = chan::chan(1);
        let tx = ch.clone();
        let sender = thread::spawn(move || assert!(tx.try_send(1).is_ok()));
        let early = ch.try_recv();
        sender.join().expect("runs");
        match early {
            Ok(v) => assert_eq!((v, ch.try_recv()), (1, Err(TryRecvError::Empty))),
            Err(_) => assert_eq!(ch.try_recv(), Ok(1)),
        }
    });
}
