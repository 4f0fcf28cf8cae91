//! Go's pointers.
//!
//! `*p.f` reads, `p.f.set(v)` writes, `p.f.addr()` is `&p.f`, all through the view of what `p` points to. Must hold: the
//! null check is a branch that stands before the access (a signal handler would let the optimiser delete the check); a
//! pointer is never turned into `&mut`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use crate::hash::GoHasher;
use crate::heap;
use crate::runtime_error;
use crate::ty::{Desc, Kind, composite_id, named_id};
use crate::view::{GoType, Var, View};

/// `*T`
#[repr(transparent)]
pub struct Ptr<T>(*mut T);

impl<T> Clone for Ptr<T> {
    #[inline(always)]
    fn clone(&self) -> Ptr<T> {
        *self
    }
}
impl<T> Copy for Ptr<T> {}
impl<T> PartialEq for Ptr<T> {
    #[inline(always)]
    fn eq(&self, other: &Ptr<T>) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl<T> Eq for Ptr<T> {}
impl<T> Hash for Ptr<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.hash(hasher);
    }
}
impl<T> fmt::Debug for Ptr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

// SAFETY: what a pointer leads to is cells, which Go lets every goroutine touch; programs that race are wrong in Go, too.
unsafe impl<T> Send for Ptr<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Ptr<T> {}

impl<T> Ptr<T> {
    /// A pointer to memory that lives as long as the program or is in the heap, or null.
    #[inline(always)]
    pub const fn from_raw(raw: *mut T) -> Ptr<T> {
        Ptr(raw)
    }

    /// The address.
    #[inline(always)]
    pub const fn as_raw(self) -> *mut T {
        self.0
    }

    /// `p == nil`
    #[inline(always)]
    pub const fn is_nil(self) -> bool {
        self.0.is_null()
    }
}

impl<T: GoType> Ptr<T> {
    /// A new variable in the heap.
    #[inline]
    pub fn new(value: T) -> Ptr<T> {
        let place = heap::alloc_for::<T>(T::NOSCAN);
        // SAFETY: fresh memory of the right size, which nobody else knows.
        unsafe { place.write(value) };
        Ptr(place)
    }

    /// A new variable that is zero, without a detour of its value over the stack.
    #[inline]
    pub fn zeroed() -> Ptr<T> {
        Ptr(heap::alloc_for::<T>(T::NOSCAN))
    }

    /// A new variable with a copy of `*p`, without a detour over the stack.
    pub fn duplicate(self) -> Ptr<T> {
        if self.is_nil() {
            runtime_error::nil_dereference();
        }
        let place = heap::alloc_for::<T>(T::NOSCAN);
        // SAFETY: a variable that lives and fresh memory of its size, which nobody else knows; a goroutine that writes meanwhile
        // races in Go, too.
        unsafe { std::ptr::copy_nonoverlapping(self.0, place, 1) };
        Ptr(place)
    }

    /// `*p` for a value method of that name, called through the pointer by `(*T).Method(p)` or an interface.
    #[inline(always)]
    pub fn receiver(self, method: &'static str) -> T {
        if self.is_nil() && !method.is_empty() {
            runtime_error::nil_receiver(T::DESC, method);
        }
        self.get()
    }

    /// As Go's `unsafe.Pointer(p)`.
    #[inline(always)]
    pub fn to_unsafe(self) -> UnsafePointer {
        UnsafePointer(self.0.cast())
    }
}

impl<T: GoType> Deref for Ptr<T> {
    type Target = T::View;

    #[inline(always)]
    fn deref(&self) -> &T::View {
        if self.0.is_null() {
            runtime_error::nil_dereference();
        }
        // SAFETY: a pointer that is not null was made by `new` or by `addr`, so it points to a variable that lives; the view
        // has its layout and is made of cells.
        unsafe { &*self.0.cast::<T::View>() }
    }
}

/// # Safety
/// Both point to a word.
unsafe fn eq_word(a: *const u8, b: *const u8) -> bool {
    // SAFETY: the caller's promise.
    unsafe { std::ptr::eq(*a.cast::<*mut u8>(), *b.cast::<*mut u8>()) }
}

/// # Safety
/// `value` points to a word.
unsafe fn hash_word(value: *const u8, hasher: &mut GoHasher) {
    // SAFETY: the caller's promise.
    hasher.write(unsafe { *value.cast::<*mut u8>() }.addr() as u64);
}

/// The description of a handle that is one pointer and is compared as such.
pub(crate) const fn word_desc<T: GoType>(kind: Kind, name: fn() -> String) -> Desc {
    Desc {
        id: T::ID,
        size: size_of::<T>(),
        align: align_of::<T>(),
        name,
        eq: Some(eq_word),
        hash: Some(hash_word),
        ..Desc::of_kind(kind)
    }
}

// SAFETY: one pointer, null when all bits are zero.
unsafe impl<T: GoType> GoType for Ptr<T> {
    type View = Var<Ptr<T>>;
    const ID: u128 = composite_id(Kind::Pointer, &[T::ID]);
    const NOSCAN: bool = false;
    const DESC: &'static Desc = &Desc {
        elem: Some(|| T::DESC),
        methods: T::PTR_METHODS,
        ..word_desc::<Ptr<T>>(Kind::Pointer, || format!("*{}", T::DESC.type_string()))
    };
}

/// `unsafe.Pointer`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct UnsafePointer(pub *mut u8);

// SAFETY: as for `Ptr`.
unsafe impl Send for UnsafePointer {}
// SAFETY: as for `Ptr`.
unsafe impl Sync for UnsafePointer {}

impl UnsafePointer {
    /// `(*T)(p)`
    #[inline(always)]
    pub fn to_ptr<T: GoType>(self) -> Ptr<T> {
        Ptr(self.0.cast())
    }

    /// `p == nil`
    #[inline(always)]
    pub fn is_nil(self) -> bool {
        self.0.is_null()
    }

    /// `unsafe.Pointer(address)`
    #[inline(always)]
    pub fn at(address: usize) -> UnsafePointer {
        UnsafePointer(std::ptr::with_exposed_provenance_mut(address))
    }

    /// `uintptr(p)`
    #[inline(always)]
    pub fn address(self) -> usize {
        self.0.expose_provenance()
    }

    /// Keeps what it points to alive, also where only its address goes on, until this is dropped.
    #[inline(always)]
    pub fn held(self) -> Held {
        Held(self)
    }

    /// `unsafe.Add(p, n)`, of the address alone: what Go code computes may lead into another object.
    #[inline(always)]
    #[expect(clippy::should_implement_trait, reason = "Go's name, and no sum of two of a kind")]
    pub fn add(self, n: isize) -> UnsafePointer {
        UnsafePointer::at(self.address().wrapping_add_signed(n))
    }
}

/// See [`UnsafePointer::held`].
#[derive(Debug)]
pub struct Held(UnsafePointer);

impl Held {
    /// `uintptr(p)`
    #[inline(always)]
    pub fn address(&self) -> usize {
        self.0.address()
    }
}

impl Drop for Held {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: its own field. Written for the collector, which looks at stacks: there until now, gone from now on.
        unsafe { std::ptr::write_volatile(&raw mut self.0.0, std::ptr::null_mut()) };
    }
}

// SAFETY: one pointer, null when all bits are zero.
unsafe impl GoType for UnsafePointer {
    type View = Var<UnsafePointer>;
    const ID: u128 = named_id("unsafe.Pointer", &[]);
    const NOSCAN: bool = false;
    const DESC: &'static Desc = &Desc {
        named: true,
        pkg_path: "unsafe",
        ..word_desc::<UnsafePointer>(Kind::UnsafePointer, || "unsafe.Pointer".to_string())
    };
}
