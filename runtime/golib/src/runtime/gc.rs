//! The part of package `runtime` that is about the heap: collections, their numbers, finalizers, cleanups.

use goxide_macros::GoStruct;

use crate::func::Func;
use crate::heap;
use crate::interface::{Any, Interface};
use crate::ptr::Ptr;
use crate::slice::slice;
use crate::ty::{Desc, Kind};
use crate::view::{GoType, View, zero};

/// What is known of the memory in use. Go's fields, less those about the insides of Go's own allocator.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.MemStats")]
#[repr(C)]
pub struct MemStats {
    pub Alloc: u64,
    pub TotalAlloc: u64,
    pub Sys: u64,
    pub Lookups: u64,
    pub Mallocs: u64,
    pub Frees: u64,
    pub HeapAlloc: u64,
    pub HeapSys: u64,
    pub HeapIdle: u64,
    pub HeapInuse: u64,
    pub HeapReleased: u64,
    pub HeapObjects: u64,
    pub StackInuse: u64,
    pub StackSys: u64,
    pub NextGC: u64,
    pub LastGC: u64,
    pub PauseTotalNs: u64,
    pub PauseNs: [u64; 256],
    pub PauseEnd: [u64; 256],
    pub NumGC: u32,
    pub NumForcedGC: u32,
    pub GCCPUFraction: f64,
    pub EnableGC: bool,
    pub DebugGC: bool,
}

/// Fills in the numbers.
pub fn ReadMemStats(m: Ptr<MemStats>) {
    let numbers = heap::numbers();
    let nanoseconds = |d: std::time::Duration| d.as_nanos() as u64;
    m.set(MemStats {
        Alloc: numbers.live.0 as u64,
        TotalAlloc: numbers.allocated.0 as u64,
        Sys: numbers.heap as u64,
        Mallocs: numbers.allocated.1 as u64,
        Frees: (numbers.allocated.1 - numbers.live.1) as u64,
        HeapAlloc: numbers.live.0 as u64,
        HeapSys: numbers.heap as u64,
        HeapIdle: (numbers.heap - numbers.in_use) as u64,
        HeapInuse: numbers.in_use as u64,
        HeapReleased: numbers.released as u64,
        HeapObjects: numbers.live.1 as u64,
        NextGC: numbers.history.next as u64,
        LastGC: nanoseconds(numbers.history.last),
        PauseTotalNs: nanoseconds(numbers.history.paused),
        PauseNs: std::array::from_fn(|i| nanoseconds(numbers.history.pauses[i].0)),
        PauseEnd: std::array::from_fn(|i| nanoseconds(numbers.history.pauses[i].1)),
        NumGC: numbers.history.collections,
        NumForcedGC: numbers.history.forced,
        EnableGC: true,
        ..zero()
    });
}

/// Collects garbage now.
pub fn GC() {
    heap::force();
    // as long as a time slice, and a loop of them must not shut others out
    goxide::yield_now();
}

/// Marks `x` as used until here.
#[inline(never)]
pub fn KeepAlive(x: Any) {
    std::hint::black_box(x);
}

/// A finalizer and the type of the pointer it gets.
#[derive(Clone, Copy)]
struct Finalizer {
    call: Any,
    pointer: &'static Desc,
}

/// Runs `finalizer` with `obj` after `obj` has become unreachable; none if `finalizer` is nil.
pub fn SetFinalizer(obj: Any, finalizer: Any) {
    let refuse = |text: String| goxide::__private::fatal(&format!("runtime.SetFinalizer: {text}"));
    let Some(desc) = obj.iface().desc() else { refuse("first argument is nil".to_string()) };
    if desc.kind != Kind::Pointer {
        refuse(format!("first argument is {}, not pointer", desc.type_string()));
    }
    // SAFETY: the value is a pointer.
    let object = unsafe { obj.iface().value().cast::<*const u8>().read() };
    if object.is_null() {
        refuse("first argument is nil".to_string());
    }
    let Some(base) = heap::object_of(object) else { return };
    if base != object {
        refuse("pointer not at beginning of allocated block".to_string());
    }
    let Some(func) = finalizer.iface().desc() else { return heap::forget_task(object, None) };
    if func.kind != Kind::Func {
        refuse(format!("second argument is {}, not a function", func.type_string()));
    }
    if func.params().len() != 1 || !takes(func.params()[0], desc) {
        refuse(format!("cannot pass {} to finalizer {}", desc.type_string(), func.type_string()));
    }
    let task = heap::alloc_for::<Finalizer>(false);
    // SAFETY: fresh memory, which nobody else knows.
    unsafe { task.write(Finalizer { call: finalizer, pointer: desc }) };
    if heap::when_unreachable(object, task.cast(), finalize, true).is_none() {
        refuse("finalizer already set".to_string());
    }
}

/// May a value of that type be passed?
fn takes(param: &'static Desc, value: &'static Desc) -> bool {
    param.id == value.id
        || param.kind == Kind::Interface
        || param.kind == Kind::Pointer
            && param.elem.map(|elem| elem().id) == value.elem.map(|elem| elem().id)
            && !(param.named && value.named)
}

fn finalize(task: usize, object: usize) {
    // SAFETY: the task that `SetFinalizer` wrote, which the heap has kept.
    let task = unsafe { *std::ptr::with_exposed_provenance::<Finalizer>(task) };
    let object: *const u8 = std::ptr::with_exposed_provenance(object);
    // SAFETY: a pointer, of the type that the object was registered with.
    let object = unsafe { crate::interface::Iface::from_value(task.pointer, (&raw const object).cast()) };
    let object = crate::reflect::ValueOf(object);
    crate::reflect::ValueOf(task.call).Call(slice([object]));
}

/// A cleanup that can be called off.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.Cleanup")]
#[repr(C)]
pub struct Cleanup {
    #[doc(hidden)]
    pub id: u64,
    #[doc(hidden)]
    /// The object's address, inverted: a cleanup does not keep it.
    pub ptr: u64,
}

/// Runs `cleanup(arg)` after what `ptr` points to has become unreachable.
pub fn AddCleanup<T: GoType, S: GoType>(ptr: Ptr<T>, cleanup: Func<dyn Fn(S)>, arg: S) -> Cleanup {
    let object = ptr.as_raw().cast::<u8>().cast_const();
    if object.is_null() {
        crate::runtime_error::throw_plain("runtime.AddCleanup: ptr is nil");
    }
    let Some(base) = heap::object_of(object) else { return zero() };
    let task = Ptr::new(crate::func::func(move || cleanup(arg)));
    let id = heap::when_unreachable(base, task.as_raw().cast(), clean_up, false).unwrap_or_default();
    Cleanup { id, ptr: !(base.addr() as u64) }
}

fn clean_up(task: usize, _object: usize) {
    // SAFETY: the function value that `AddCleanup` stored, which the heap has kept.
    let call = unsafe { *std::ptr::with_exposed_provenance::<Func<dyn Fn()>>(task) };
    call();
}

impl Cleanup {
    /// Calls the cleanup off, if it has not been started.
    pub fn Stop(self) {
        if self.id != 0 {
            heap::forget_task(std::ptr::with_exposed_provenance(!self.ptr as usize), Some(self.id));
        }
    }
}
