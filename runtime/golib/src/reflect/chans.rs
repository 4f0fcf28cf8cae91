//! Channels.

use super::kind::complain;
use super::parts::assign_to;
use super::place::Place;
use super::types::{Type, desc_of};
use super::value::Value;
use crate::ty::{ChanDir, ChanOps, Kind};
use crate::view::zero;

fn chan(v: Value, method: &'static str) -> (Place, &'static ChanOps) {
    v.must_be_exported(method);
    let place = v.of_kind(&[Kind::Chan], method);
    match place.desc.chan {
        Some(ops) => (place, ops),
        None => unreachable!("every channel type is static"),
    }
}

pub(super) fn close(v: Value) {
    let (place, ops) = chan(v, "reflect.Value.Close");
    if !place.chan_close(ops) {
        complain("reflect: close of receive-only channel");
    }
}

pub(super) fn recv(v: Value, may_block: bool) -> (Value, bool) {
    let method = if may_block { "reflect.Value.Recv" } else { "reflect.Value.TryRecv" };
    let (place, ops) = chan(v, method);
    let to = Place::new(place.desc.elem());
    match place.chan_recv(ops, to, may_block) {
        None => complain("reflect: recv on send-only channel"),
        Some((false, _)) => (zero(), false),
        Some((true, ok)) => (Value::new(to, 0), ok),
    }
}

pub(super) fn send(v: Value, x: Value, may_block: bool) -> bool {
    let method = if may_block { "reflect.Value.Send" } else { "reflect.Value.TrySend" };
    let (place, ops) = chan(v, method);
    x.must_be_exported(method);
    if place.desc.chan_dir == ChanDir::Recv {
        complain("reflect: send on recv-only channel");
    }
    let x = assign_to(x, place.desc.elem(), "reflect.Value.Send", method);
    place.chan_send(ops, x, may_block).unwrap_or(false)
}

/// `make(typ, buffer)`
pub fn MakeChan(typ: Type, buffer: isize) -> Value {
    let desc = desc_of(typ);
    let Some(ops) = desc.chan.filter(|_| desc.kind == Kind::Chan) else {
        complain("reflect.MakeChan of non-chan type")
    };
    if buffer < 0 {
        complain("reflect.MakeChan: negative buffer size");
    }
    if desc.chan_dir != ChanDir::Both {
        complain("reflect.MakeChan: unidirectional channel type");
    }
    let made = Place::new(desc);
    made.write((ops.make)(buffer));
    Value::new(made, 0)
}
