//! Calling functions and methods, and making functions.
//!
//! Must hold: an argument is passed as one of its parameter's type, a copy that nobody else has. Signatures of methods do not say
//! whether the last parameter is `...T`; the methods do.

use super::kind::{Kind, complain, wrong_kind};
use super::parts::assign_to;
use super::place::{Place, Places, made, method_at};
use super::sequences::{Append, MakeSlice};
use super::table;
use super::types::{Type, desc_of};
use super::value::{UNBOUND, VARIADIC, Value};
use crate::func::Func;
use crate::interface::Any;
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{self, Desc, Handler};
use crate::view::{View, zero};

pub(super) fn call(v: Value, args: Slice<Value>, with_slice: bool) -> Slice<Value> {
    let op = if with_slice { "CallSlice" } else { "Call" };
    let method = if with_slice { "reflect.Value.CallSlice" } else { "reflect.Value.Call" };
    v.must_be_exported(method);
    let Some(desc) = v.desc().filter(|desc| desc.kind == ty::Kind::Func) else {
        wrong_kind(method, v.Kind())
    };
    let variadic = desc.variadic || v.flags & VARIADIC != 0;
    let (params, results) = (desc.params(), desc.results());
    let args = gathered(args, &params, variadic, with_slice, op);
    let mut given = Places::NONE;
    for (param, arg) in params.iter().zip(args.iter()) {
        arg.must_be_exported(method);
        let from = arg.place(method).desc;
        if !super::relations::assignable(from, param) {
            let (from, to) = (from.type_string(), param.type_string());
            complain(&format!("reflect: {op} using {from} as type {to}"));
        }
        given.push(assign_to(arg, param, op, method).copy());
    }
    let returned = Slice::<Value>::make(results.len() as isize);
    let mut places = Places::NONE;
    for (i, result) in results.iter().enumerate() {
        let place = Place::new(result);
        places.push(place);
        returned[i as isize].set(Value::new(place, 0));
    }
    match v.entry() {
        Some(entry) => {
            let method = method_at(entry);
            let Some(ops) = method.signature.and_then(|desc| desc().func) else {
                unreachable!("only methods with a signature are reflected")
            };
            Place { desc: params[0], at: given.get(0) }.call_method(
                ops,
                method,
                &given.addresses()[1..],
                places.places(),
            );
        }
        None => {
            let place = v.place(method);
            if place.read::<*const u8>().is_null() {
                complain("reflect.Value.Call: call of nil function");
            }
            let Some(ops) = desc.func else {
                complain("reflect: a function of a type that was composed at run time cannot be called")
            };
            place.call(ops, &given, &places);
        }
    }
    returned
}

/// As many arguments as parameters: those for `...T` become a slice.
fn gathered(
    args: Slice<Value>,
    params: &[&'static Desc],
    variadic: bool,
    with_slice: bool,
    op: &'static str,
) -> Slice<Value> {
    let wanted = params.len() as isize;
    let fixed = if variadic && !with_slice { wanted - 1 } else { wanted };
    if with_slice && !variadic {
        complain("reflect: CallSlice of non-variadic function");
    }
    if args.len() < fixed {
        complain(&format!("reflect: {op} with too few input arguments"));
    }
    if args.len() > fixed && (!variadic || with_slice) {
        complain(&format!("reflect: {op} with too many input arguments"));
    }
    for arg in args.iter() {
        if arg.desc().is_none() {
            complain(&format!("reflect: {op} using zero Value argument"));
        }
    }
    if !variadic || with_slice {
        return args;
    }
    let last = params[params.len() - 1];
    for arg in args.slice_from(fixed).iter() {
        let from = arg.place(op).desc;
        if !super::relations::assignable(from, last.elem()) {
            let (from, to) = (from.type_string(), last.elem().type_string());
            complain(&format!("reflect: cannot use {from} as type {to} in {op}"));
        }
    }
    let rest = MakeSlice(super::types::type_of(last), 0, args.len() - fixed);
    let rest = Append(rest, args.slice_from(fixed));
    args.slice3(0, fixed, fixed).append(rest)
}

pub(super) fn count(v: Value) -> isize {
    match v.desc() {
        Some(_) if v.flags & UNBOUND != 0 => 0,
        Some(desc) => table::count(desc) as isize,
        None => wrong_kind("reflect.Value.NumMethod", Kind(0)),
    }
}

pub(super) fn method(v: Value, i: isize) -> Value {
    let place = v.place("reflect.Value.Method");
    let index = usize::try_from(i).ok().filter(|i| *i < table::count(place.desc));
    let Some(index) = index else { complain("reflect: Method index out of range") };
    let (receiver, method) = if place.desc.kind == ty::Kind::Interface {
        let iface = place.iface();
        let Some(inner) = Place::of(&iface) else { complain("reflect: Method on nil interface value") };
        let wanted = &place.desc.interface[index];
        (inner, table::wanted(inner.desc, wanted).filter(|_| wanted.pkg.is_empty()))
    } else {
        (place, table::method(place.desc, index))
    };
    let Some((bound, variadic)) = method.and_then(|method| table::bound(receiver, method)) else {
        complain("reflect: reflect.Value.Method of unexported method")
    };
    Value::new(bound, v.hidden() | if variadic { VARIADIC } else { 0 })
}

pub(super) fn method_by_name(v: Value, name: Str) -> Value {
    let Some(desc) = v.desc() else { wrong_kind("reflect.Value.MethodByName", Kind(0)) };
    if v.flags & UNBOUND != 0 {
        return zero();
    }
    table::index(desc, name).map_or(zero(), |i| method(v, i as isize))
}

/// A function of a type that does what `body` does with its arguments.
pub fn MakeFunc(typ: Type, body: Func<dyn Fn(Slice<Value>) -> Slice<Value>>) -> Value {
    let desc = desc_of(typ);
    if desc.kind != ty::Kind::Func {
        complain("reflect: call of MakeFunc with non-Func type");
    }
    let Some(ops) = desc.func else {
        complain("reflect: a function of a type that was composed at run time cannot be made")
    };
    let of_type = super::place::address_of(desc);
    let handler = Handler { call: run, data: [body.as_raw().cast_mut(), of_type.0] };
    Value::new(made(desc, ops, handler), 0)
}

fn run(handler: Handler, args: &[*const u8], results: &[*mut u8]) {
    let (body, desc) = super::place::captured(handler);
    let list = Slice::<Value>::make(args.len() as isize);
    for (i, (param, at)) in desc.params().into_iter().zip(args).enumerate() {
        let arg = Place { desc: param, at: at.cast_mut() }.copy();
        list[i as isize].set(Value::new(arg, 0));
    }
    let returned = body(list);
    let wanted = desc.results();
    if returned.len() != wanted.len() as isize {
        complain("reflect: wrong return count from function created by MakeFunc");
    }
    for ((value, at), desc) in returned.iter().zip(results).zip(wanted) {
        if value.desc().is_none() {
            complain("reflect: function created by MakeFunc using closure returned zero Value");
        }
        if value.hidden() != 0 {
            complain(
                "reflect: function created by MakeFunc using closure returned value obtained from unexported field",
            );
        }
        Place { desc, at: *at }.fill(assign_to(value, desc, "reflect.MakeFunc", "reflect.MakeFunc"));
    }
}

/// What a value holds, and whether it came through an unexported field; none for the zero `Value`.
pub(crate) fn held(v: Value) -> Option<(Any, bool)> {
    v.desc().filter(|_| v.entry().is_none())?;
    Some((v.place("reflect.Value.Interface").to_any(), v.hidden() != 0))
}
