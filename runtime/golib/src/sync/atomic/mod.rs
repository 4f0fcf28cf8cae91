//! Go's package `sync/atomic`.
//!
//! Must hold: every operation is sequentially consistent, as Go's memory model says. A load is also a point where a goroutine
//! that has run long gives way, because loops that wait for a flag do nothing else.

#![allow(non_camel_case_types)] // for the trait that `#[methods(reflected)]` makes of a name that ends in `_`

mod value;

use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize};

use goxide::__private::{checkpoint, loop_checkpoint, polled_in_vain};
use goxide_macros::{GoStruct, methods};

use super::overlay::overlay;
use crate::num::Uintptr;
use crate::ptr::{Ptr, UnsafePointer};
use crate::view::{GoType, View};

pub use value::{Value, ValueMethods};

/// Says whether an exchange succeeded; one that did not is likely to be tried again.
#[inline]
fn exchanged<T>(result: Result<T, T>) -> bool {
    if result.is_err() {
        polled_in_vain();
    }
    result.is_ok()
}

macro_rules! integer {
    (
        $go:literal, $name:ident, $ty:ty, $atomic:ty, $into:expr, $from:expr,
        $add:ident $and:ident $or:ident $compare_and_swap:ident $load:ident $store:ident $swap:ident
    ) => {
        /// Adds; the new value.
        #[inline]
        pub fn $add(addr: Ptr<$ty>, delta: $ty) -> $ty {
            loop_checkpoint();
            let delta = $into(delta);
            $from(overlay::<_, $atomic>(addr).fetch_add(delta, SeqCst).wrapping_add(delta))
        }
        /// Takes away the bits that are not in `mask`; the old value.
        #[inline]
        pub fn $and(addr: Ptr<$ty>, mask: $ty) -> $ty {
            loop_checkpoint();
            $from(overlay::<_, $atomic>(addr).fetch_and($into(mask), SeqCst))
        }
        /// Adds the bits in `mask`; the old value.
        #[inline]
        pub fn $or(addr: Ptr<$ty>, mask: $ty) -> $ty {
            loop_checkpoint();
            $from(overlay::<_, $atomic>(addr).fetch_or($into(mask), SeqCst))
        }
        /// Stores `new` if the value is `old`.
        #[inline]
        pub fn $compare_and_swap(addr: Ptr<$ty>, old: $ty, new: $ty) -> bool {
            let (old, new) = ($into(old), $into(new));
            exchanged(overlay::<_, $atomic>(addr).compare_exchange(old, new, SeqCst, SeqCst))
        }
        /// The value.
        #[inline]
        pub fn $load(addr: Ptr<$ty>) -> $ty {
            checkpoint();
            $from(overlay::<_, $atomic>(addr).load(SeqCst))
        }
        /// Stores.
        #[inline]
        pub fn $store(addr: Ptr<$ty>, val: $ty) {
            loop_checkpoint();
            overlay::<_, $atomic>(addr).store($into(val), SeqCst);
        }
        /// Stores; the old value.
        #[inline]
        pub fn $swap(addr: Ptr<$ty>, new: $ty) -> $ty {
            loop_checkpoint();
            $from(overlay::<_, $atomic>(addr).swap($into(new), SeqCst))
        }

        /// An integer that many goroutines may use at once.
        #[derive(Clone, Copy, PartialEq, GoStruct)]
        #[go($go)]
        #[repr(C)]
        pub struct $name {
            #[doc(hidden)]
            pub v: $ty,
        }

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<$name> {
            #[inline]
            pub fn Add(self, delta: $ty) -> $ty {
                $add(self.v.addr(), delta)
            }
            #[inline]
            pub fn And(self, mask: $ty) -> $ty {
                $and(self.v.addr(), mask)
            }
            #[inline]
            pub fn Or(self, mask: $ty) -> $ty {
                $or(self.v.addr(), mask)
            }
            #[inline]
            pub fn CompareAndSwap(self, old: $ty, new: $ty) -> bool {
                $compare_and_swap(self.v.addr(), old, new)
            }
            #[inline]
            pub fn Load(self) -> $ty {
                $load(self.v.addr())
            }
            #[inline]
            pub fn Store(self, val: $ty) {
                $store(self.v.addr(), val);
            }
            #[inline]
            pub fn Swap(self, new: $ty) -> $ty {
                $swap(self.v.addr(), new)
            }
        }
    };
}
use std::convert::identity as same;

integer!(
    "sync/atomic.Int32", Int32, i32, AtomicI32, same, same,
    AddInt32 AndInt32 OrInt32 CompareAndSwapInt32 LoadInt32 StoreInt32 SwapInt32
);
integer!(
    "sync/atomic.Int64", Int64, i64, AtomicI64, same, same,
    AddInt64 AndInt64 OrInt64 CompareAndSwapInt64 LoadInt64 StoreInt64 SwapInt64
);
integer!(
    "sync/atomic.Uint32", Uint32, u32, AtomicU32, same, same,
    AddUint32 AndUint32 OrUint32 CompareAndSwapUint32 LoadUint32 StoreUint32 SwapUint32
);
integer!(
    "sync/atomic.Uint64", Uint64, u64, AtomicU64, same, same,
    AddUint64 AndUint64 OrUint64 CompareAndSwapUint64 LoadUint64 StoreUint64 SwapUint64
);
integer!(
    "sync/atomic.Uintptr", Uintptr_, Uintptr, AtomicUsize, |x: Uintptr| x.0, Uintptr,
    AddUintptr AndUintptr OrUintptr CompareAndSwapUintptr LoadUintptr StoreUintptr SwapUintptr
);

/// Stores `new` if the pointer is `old`.
pub fn CompareAndSwapPointer(addr: Ptr<UnsafePointer>, old: UnsafePointer, new: UnsafePointer) -> bool {
    exchanged(overlay::<_, AtomicPtr<u8>>(addr).compare_exchange(old.0, new.0, SeqCst, SeqCst))
}

/// The pointer.
pub fn LoadPointer(addr: Ptr<UnsafePointer>) -> UnsafePointer {
    checkpoint();
    UnsafePointer(overlay::<_, AtomicPtr<u8>>(addr).load(SeqCst))
}

/// Stores.
pub fn StorePointer(addr: Ptr<UnsafePointer>, val: UnsafePointer) {
    loop_checkpoint();
    overlay::<_, AtomicPtr<u8>>(addr).store(val.0, SeqCst);
}

/// Stores; the old pointer.
pub fn SwapPointer(addr: Ptr<UnsafePointer>, new: UnsafePointer) -> UnsafePointer {
    loop_checkpoint();
    UnsafePointer(overlay::<_, AtomicPtr<u8>>(addr).swap(new.0, SeqCst))
}

/// A truth value that many goroutines may use at once.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync/atomic.Bool")]
#[repr(C)]
pub struct Bool {
    #[doc(hidden)]
    pub v: u32,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Bool> {
    #[inline]
    pub fn CompareAndSwap(self, old: bool, new: bool) -> bool {
        CompareAndSwapUint32(self.v.addr(), old.into(), new.into())
    }
    #[inline]
    pub fn Load(self) -> bool {
        LoadUint32(self.v.addr()) != 0
    }
    #[inline]
    pub fn Store(self, val: bool) {
        StoreUint32(self.v.addr(), val.into());
    }
    #[inline]
    pub fn Swap(self, new: bool) -> bool {
        SwapUint32(self.v.addr(), new.into()) != 0
    }
}

/// A pointer that many goroutines may use at once.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync/atomic.Pointer")]
#[repr(C)]
pub struct Pointer<T: GoType> {
    #[doc(hidden)]
    pub v: Ptr<T>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl<T: GoType> Ptr<Pointer<T>> {
    #[inline]
    pub fn CompareAndSwap(self, old: Ptr<T>, new: Ptr<T>) -> bool {
        let place = overlay::<_, AtomicPtr<T>>(self.v.addr());
        exchanged(place.compare_exchange(old.as_raw(), new.as_raw(), SeqCst, SeqCst))
    }
    #[inline]
    pub fn Load(self) -> Ptr<T> {
        checkpoint();
        Ptr::from_raw(overlay::<_, AtomicPtr<T>>(self.v.addr()).load(SeqCst))
    }
    #[inline]
    pub fn Store(self, val: Ptr<T>) {
        loop_checkpoint();
        overlay::<_, AtomicPtr<T>>(self.v.addr()).store(val.as_raw(), SeqCst);
    }
    #[inline]
    pub fn Swap(self, new: Ptr<T>) -> Ptr<T> {
        loop_checkpoint();
        Ptr::from_raw(overlay::<_, AtomicPtr<T>>(self.v.addr()).swap(new.as_raw(), SeqCst))
    }
}
