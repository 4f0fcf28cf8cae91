//! Places: addresses with the description of what lies there. The one file of the package that touches memory.
//!
//! Must hold: `at` is the address of a value of the described type, in the heap or in memory that lives as long as the program,
//! or null for a place that nobody may touch; what is not addressable is never written once others know it. Callers match the kind
//! before they read or write bits.

use super::value::Value;
use crate::func::Func;
use crate::heap;
use crate::interface::{Any, Iface, Interface, Word};
use crate::map::described::Described;
use crate::ptr::UnsafePointer;
use crate::slice::Slice;
use crate::ty::{ChanOps, Desc, FuncOps, Handler, MethodDesc};

/// An address with the description of what lies there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) desc: &'static Desc,
    pub(super) at: *mut u8,
}

/// A slice as it lies in memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct SliceHeader {
    pub(super) ptr: *mut u8,
    pub(super) len: usize,
    pub(super) cap: usize,
}

/// The description whose address a reflected type or value keeps as a pointer.
pub(super) fn desc_at(pointer: UnsafePointer) -> Option<&'static Desc> {
    // SAFETY: only addresses of descriptions, which are constants or leaked, are kept there.
    unsafe { pointer.0.cast::<Desc>().as_ref() }
}

/// The address of a description, as reflected types and values keep it.
pub(super) fn address_of(desc: &'static Desc) -> UnsafePointer {
    UnsafePointer(std::ptr::from_ref(desc).cast_mut().cast())
}

impl Place {
    /// A new variable that is zero.
    pub(super) fn new(desc: &'static Desc) -> Place {
        Place { desc, at: heap::alloc(desc.size, desc.align, desc.noscan) }
    }

    /// A place for what an interface value holds, which nobody changes.
    pub(super) fn of(iface: &Iface) -> Option<Place> {
        let desc = iface.desc()?;
        let at = iface.value().cast_mut();
        // A value in the word itself must outlive the interface value.
        Some(if desc.direct() { Place { desc, at }.copy() } else { Place { desc, at } })
    }

    /// A copy of the value in a place of its own.
    pub(super) fn copy(self) -> Place {
        let copy = Place::new(self.desc);
        copy.fill(self);
        copy
    }

    /// Copies a value of the same size here.
    pub(super) fn fill(self, from: Place) {
        debug_assert_eq!(self.desc.size, from.desc.size);
        // SAFETY: both are values of types of one layout; they may be the same or overlap.
        unsafe { std::ptr::copy(from.at, self.at, self.desc.size) };
    }

    /// Makes it zero.
    pub(super) fn clear(self) {
        // SAFETY: all-zero bits are a value of every type.
        unsafe { std::ptr::write_bytes(self.at, 0, self.desc.size) };
    }

    /// Whether all bits are zero.
    pub(super) fn is_zeroed(self) -> bool {
        // SAFETY: `size` bytes lie there; callers ask for types without padding.
        (0..self.desc.size).all(|i| unsafe { *self.at.add(i) } == 0)
    }

    /// The bits as a `T`.
    pub(super) fn read<T: Copy>(self) -> T {
        assert!(size_of::<T>() <= self.desc.size);
        // SAFETY: a value of the described type lies there, and the caller has matched its kind with `T`.
        unsafe { self.at.cast::<T>().read_unaligned() }
    }

    /// Stores the bits of a `T`.
    pub(super) fn write<T: Copy>(self, value: T) {
        assert_eq!(size_of::<T>(), self.desc.size);
        // SAFETY: as for `read`; nobody has a reference to the variable, only views.
        unsafe { self.at.cast::<T>().write_unaligned(value) };
    }

    /// A part of the value.
    pub(super) fn part(self, offset: usize, desc: &'static Desc) -> Place {
        Place { desc, at: self.at.wrapping_add(offset) }
    }

    /// An element of the array or slice whose elements start here.
    pub(super) fn element(desc: &'static Desc, first: *mut u8, index: usize) -> Place {
        Place { desc, at: first.wrapping_add(index * desc.size) }
    }

    /// The value as an `any`; an interface gives what it holds.
    pub(super) fn to_any(self) -> Any {
        // SAFETY: a value of the described type.
        unsafe { Iface::from_value(self.desc, self.at) }
    }

    /// The interface value that lies here.
    pub(super) fn iface(self) -> Iface {
        self.read::<Iface>()
    }

    /// Whether two values of this type are equal. Only for comparable types.
    pub(super) fn eq(self, other: Place) -> bool {
        // SAFETY: both are values of the described type.
        match unsafe { self.desc.equal(self.at, other.at) } {
            Some(equal) => equal,
            None => crate::runtime_error::uncomparable(self.desc),
        }
    }

    /// The word that the receiver is in a call through a method table.
    fn word(self) -> Word {
        // SAFETY: a value of the described type.
        unsafe { Word::of_value(self.desc, self.at) }
    }

    /// The map that lies here.
    fn map(self) -> Described {
        // SAFETY: a map of the described type.
        unsafe { Described::new(self.desc, self.at) }
    }

    /// `len(m)`
    pub(super) fn map_len(self) -> usize {
        self.map().len()
    }

    /// A copy of the value of a key of the map's key type.
    pub(super) fn map_get(self, key: Place) -> Option<Place> {
        // SAFETY: the caller has made the key one of the map's key type.
        let at = unsafe { self.map().get(key.at) }?;
        Some(Place { desc: self.desc.elem(), at: at.cast_mut() }.copy())
    }

    /// `m[k] = v`, with a key and a value of the map's types.
    pub(super) fn map_set(self, key: Place, value: Place) {
        // SAFETY: the caller has made them of these types.
        unsafe { self.map().set(key.at, value.at) };
    }

    /// `delete(m, k)`, with a key of the map's type.
    pub(super) fn map_delete(self, key: Place) {
        // SAFETY: as above.
        unsafe { self.map().delete(key.at) };
    }

    /// `clear(m)`
    pub(super) fn map_clear(self) {
        self.map().clear();
    }

    /// Copies of the entries of the map: keys and values, in an order of chance.
    pub(super) fn map_entries(self) -> (*mut u8, usize, usize, usize) {
        let entries = self.map().entries();
        (entries.block.cast_mut(), entries.size, entries.value, entries.len)
    }

    /// Copies `len` elements of this type; the two may overlap.
    pub(super) fn copy_elements(desc: &'static Desc, from: *const u8, to: *mut u8, len: usize) {
        if len > 0 {
            // SAFETY: the callers have slices or arrays of at least `len` elements of the type on both sides.
            unsafe { std::ptr::copy(from, to, len * desc.size) };
        }
    }

    /// Calls the function that lies here.
    pub(super) fn call(self, ops: &FuncOps, args: &Places, results: &Places) {
        // SAFETY: the caller has made arguments and results of the types that the function has.
        unsafe { (ops.call)(self.at, args.addresses(), results.places()) };
    }

    /// Calls a method of the value that lies here.
    pub(super) fn call_method(
        self,
        ops: &FuncOps,
        method: &MethodDesc,
        args: &[*const u8],
        results: &[*mut u8],
    ) {
        // SAFETY: the method is one of the type's, and the arguments are those of its signature.
        unsafe { (ops.call_method)(method.func, self.word(), args, results) };
    }

    /// Closes the channel.
    pub(super) fn chan_close(self, ops: &ChanOps) -> bool {
        // SAFETY: a channel of the described type.
        ops.close.map(|close| unsafe { close(self.at) }).is_some()
    }

    /// Length and capacity of the channel.
    pub(super) fn chan_size(self, ops: &ChanOps) -> (isize, isize) {
        // SAFETY: a channel of the described type.
        unsafe { ((ops.len)(self.at), (ops.cap)(self.at)) }
    }

    /// Sends a value of the element type; none if the channel is only received from.
    pub(super) fn chan_send(self, ops: &ChanOps, value: Place, may_block: bool) -> Option<bool> {
        // SAFETY: a channel of the described type and a value of its element type.
        ops.send.map(|send| unsafe { send(self.at, value.at, may_block) })
    }

    /// Receives to a place of the element type; none if the channel is only sent to.
    pub(super) fn chan_recv(self, ops: &ChanOps, to: Place, may_block: bool) -> Option<(bool, bool)> {
        // SAFETY: a channel of the described type and a place for its element type.
        ops.recv.map(|recv| unsafe { recv(self.at, to.at, may_block) })
    }
}

/// Addresses of arguments or results. They lie on the stack, where the collector sees them.
pub(super) struct Places {
    at: [UnsafePointer; Places::MOST],
    len: usize,
}

impl Places {
    /// Function types have no more parameters.
    const MOST: usize = 12;

    /// None yet.
    pub(super) const NONE: Places =
        Places { at: [UnsafePointer(std::ptr::null_mut()); Places::MOST], len: 0 };

    /// Adds one.
    pub(super) fn push(&mut self, place: Place) {
        self.at[self.len] = UnsafePointer(place.at);
        self.len += 1;
    }

    /// The address of one.
    pub(super) fn get(&self, i: usize) -> *mut u8 {
        self.at[..self.len][i].0
    }

    /// All, to be stored to.
    pub(super) fn places(&self) -> &[*mut u8] {
        // SAFETY: an unsafe.Pointer is such a pointer (`repr(transparent)`).
        unsafe { std::slice::from_raw_parts(self.at.as_ptr().cast(), self.len) }
    }

    /// All, to be read.
    pub(super) fn addresses(&self) -> &[*const u8] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts(self.at.as_ptr().cast(), self.len) }
    }
}

/// A method and its receiver, as a method value captures them.
#[derive(Clone, Copy)]
#[repr(C)]
struct Bound {
    desc: &'static Desc,
    at: *mut u8,
    method: &'static MethodDesc,
    ops: &'static FuncOps,
}

/// The function value of a method bound to a copy of its receiver.
pub(super) fn bind(
    receiver: Place,
    method: &'static MethodDesc,
    desc: &'static Desc,
    ops: &'static FuncOps,
) -> Place {
    let receiver = receiver.copy();
    let place = heap::alloc_for::<Bound>(false);
    // SAFETY: fresh memory, which nobody else knows.
    unsafe { place.write(Bound { desc: receiver.desc, at: receiver.at, method, ops }) };
    let call = |handler: Handler, args: &[*const u8], results: &[*mut u8]| {
        // SAFETY: what was written above.
        let bound = unsafe { *handler.data[0].cast::<Bound>() };
        Place { desc: bound.desc, at: bound.at }.call_method(bound.ops, bound.method, args, results);
    };
    made(desc, ops, Handler { call, data: [place.cast(), std::ptr::null_mut()] })
}

/// The function value of a method with its receiver as first parameter, if its type is known.
pub(super) fn expression(method: &'static MethodDesc) -> Option<Place> {
    let desc = (method.expression?)();
    let call = |handler: Handler, args: &[*const u8], results: &[*mut u8]| {
        let method = method_at(UnsafePointer(handler.data[0]));
        let (Some(whole), Some(ops)) = (method.expression, method.signature.and_then(|desc| desc().func))
        else {
            unreachable!("only methods whose types are known have such functions")
        };
        let receiver = Place { desc: whole().params()[0], at: args[0].cast_mut() };
        receiver.call_method(ops, method, &args[1..], results);
    };
    let data = [std::ptr::from_ref(method).cast_mut().cast(), std::ptr::null_mut()];
    Some(made(desc, desc.func?, Handler { call, data }))
}

/// A function that `body` is the body of: it gets the captured word, the arguments and the places for the results.
pub(super) fn made(desc: &'static Desc, ops: &FuncOps, handler: Handler) -> Place {
    let place = Place::new(desc);
    place.write((ops.make)(handler));
    place
}

/// What an interface value of a described interface type is made of: the same value under that type.
pub(super) fn under(value: Any, interface: &'static Desc) -> Option<Iface> {
    let iface = value.iface();
    iface.desc()?;
    iface.under(interface)
}

/// The table entry that an unbound method keeps.
pub(super) fn method_at(entry: UnsafePointer) -> &'static MethodDesc {
    // SAFETY: the entry of a method table, which is a constant.
    unsafe { &*entry.0.cast::<MethodDesc>() }
}

/// The function that does the work of one made by `MakeFunc`, and the type of that one.
pub(super) fn captured(handler: Handler) -> (Body, &'static Desc) {
    // SAFETY: `MakeFunc` put a function of this type and the address of a description there.
    unsafe { (std::mem::transmute_copy::<*mut u8, Body>(&handler.data[0]), &*handler.data[1].cast::<Desc>()) }
}

/// What `MakeFunc` is given.
pub(super) type Body = Func<dyn Fn(Slice<Value>) -> Slice<Value>>;
