//! Interface values: what a value can do, and the value.
//!
//! A value of at most one word lies in the interface itself, a larger one is copied to the heap, where nobody changes it.
//! Tables for a concrete type that is known where it is converted are constants, computed by [`resolve`] at compile time; those
//! for `x.(I)` are looked up in the method tables of the dynamic type and kept. What must hold: a table's functions are those of
//! the interface's methods in its sorted order, made for the dynamic type that the table names; the data word holds a value
//! of that type. Traits of Rust play no part: a type cannot implement traits of packages that do not know it.

use std::collections::HashMap;
use std::mem::MaybeUninit;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, Ordering};

use goxide_macros::interface;

use crate::global::Global;
use crate::hash::GoHasher;
use crate::heap;
use crate::ptr::Ptr;
use crate::runtime_error;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::ty::{Desc, Kind, MethodSig};
use crate::view::{GoType, zero};

/// The data word: a value of at most 8 bytes, or the address of one.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Word(MaybeUninit<*mut u8>);

// SAFETY: it holds a GoType, which is Send.
unsafe impl Send for Word {}
// SAFETY: it holds a GoType, which is Sync.
unsafe impl Sync for Word {}

impl Word {
    /// The word of a value.
    #[inline]
    fn of<T: GoType>(value: T) -> Word {
        let mut word = MaybeUninit::<*mut u8>::zeroed();
        if const { T::DESC.direct() } {
            // SAFETY: the value fits.
            unsafe { word.as_mut_ptr().cast::<T>().write_unaligned(value) };
        } else {
            word.write(Ptr::new(value).as_raw().cast());
        }
        Word(word)
    }

    /// The word of the value at an address.
    ///
    /// # Safety
    /// A value of the described type lies there.
    pub(crate) unsafe fn of_value(desc: &Desc, value: *const u8) -> Word {
        let mut word = MaybeUninit::<*mut u8>::zeroed();
        let to = if desc.direct() {
            word.as_mut_ptr().cast()
        } else {
            *word.write(heap::alloc(desc.size, desc.align, desc.noscan))
        };
        // SAFETY: room for one value, which is ours.
        unsafe { std::ptr::copy_nonoverlapping(value, to, desc.size) };
        Word(word)
    }

    /// Where the value lies: in the word itself or in the heap.
    #[inline]
    fn value(&self, direct: bool) -> *const u8 {
        if direct {
            return self.0.as_ptr().cast();
        }
        // SAFETY: a word that is not direct was initialised with an address.
        unsafe { self.0.assume_init() }
    }

    /// Bits that differ when the words differ, for telling whether two interface values are one.
    fn bits(self) -> usize {
        // SAFETY: `of` starts from zeroes. Bytes of a value's padding may be anything, which at worst makes one value two.
        unsafe { self.0.assume_init() }.addr()
    }
}

/// Takes the receiver out of the data word.
///
/// # Safety
/// The word is that of an interface value whose dynamic type is `T`.
#[inline(always)]
pub unsafe fn receive<T: GoType>(word: Word) -> T {
    // SAFETY: the caller's promise.
    unsafe { word.value(const { T::DESC.direct() }).cast::<T>().read_unaligned() }
}

/// Takes the receiver out of what the data word points to, for a value method of that name called on a pointer; a promoted one has
/// no name here.
///
/// # Safety
/// The word is that of an interface value whose dynamic type is `*T`.
#[inline(always)]
pub unsafe fn receive_through<T: GoType>(word: Word, method: &'static str) -> T {
    // SAFETY: the caller's promise.
    unsafe { receive::<Ptr<T>>(word) }.receiver(method)
}

/// What an interface value knows of its dynamic type.
pub struct Itab {
    /// That of the dynamic type, here for assertions.
    id: u128,
    desc: &'static Desc,
    interface: u128,
    methods: &'static [*const ()],
    /// The first of them once more, where a call needs neither another load nor a check.
    first: [*const (); FIRST],
}

const FIRST: usize = 4;

// SAFETY: constants and function pointers.
unsafe impl Send for Itab {}
// SAFETY: as above.
unsafe impl Sync for Itab {}

impl Itab {
    /// The table of a type for an interface.
    pub const fn new(desc: &'static Desc, interface: u128, methods: &'static [*const ()]) -> Itab {
        let mut first = [std::ptr::null(); FIRST];
        let mut i = 0;
        while i < FIRST && i < methods.len() {
            first[i] = methods[i];
            i += 1;
        }
        Itab { id: desc.id, desc, interface, methods, first }
    }
}

/// The functions by which a type has the methods of an interface. For constants: a missing one is a compile error.
pub const fn resolve<const N: usize>(desc: &'static Desc, methods: &'static [MethodSig]) -> [*const (); N] {
    assert!(methods.len() == N);
    let mut functions = [std::ptr::null(); N];
    let mut i = 0;
    while i < N {
        functions[i] = resolve_one(desc, &methods[i]);
        i += 1;
    }
    functions
}

const fn resolve_one(desc: &'static Desc, wanted: &MethodSig) -> *const () {
    // generic code converts values of interface types in another way
    if desc.kind as u8 == Kind::Interface as u8 {
        return std::ptr::null();
    }
    let mut t = 0;
    while t < desc.methods.len() {
        let table = desc.methods[t];
        let mut i = 0;
        while i < table.len() {
            let found = &table[i];
            if found.sig == wanted.sig && same(found.name, wanted.name) && same(found.pkg, wanted.pkg) {
                return found.func;
            }
            i += 1;
        }
        t += 1;
    }
    panic!("{}", wanted.name)
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Any interface value.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Iface {
    tab: Option<&'static Itab>,
    data: Word,
}

impl Iface {
    /// The dynamic type; none for nil.
    #[inline]
    pub fn desc(self) -> Option<&'static Desc> {
        self.tab.map(|tab| tab.desc)
    }

    /// The address of the value, good while the interface value stays where it is. Only for one that is not nil.
    #[inline]
    pub fn value(&self) -> *const u8 {
        self.data.value(self.desc().is_none_or(Desc::direct))
    }

    /// The function and the receiver for the method at `index` of the interface. Nil panics as in Go.
    #[inline(always)]
    pub fn method(self, index: usize) -> (*const (), Word) {
        match self.tab {
            Some(tab) if index < FIRST => (tab.first[index], self.data),
            Some(tab) => (tab.methods[index], self.data),
            None => runtime_error::nil_dereference(),
        }
    }

    /// The value at an address, as an `any`.
    ///
    /// # Safety
    /// `value` points to a value of the described type.
    pub unsafe fn from_value(desc: &'static Desc, value: *const u8) -> Any {
        if desc.kind == Kind::Interface {
            // SAFETY: an interface type is an `Iface`.
            return unsafe { *value.cast::<Iface>() }.to_any();
        }
        // SAFETY: the caller's promise.
        let data = unsafe { Word::of_value(desc, value) };
        let tab = match itab(desc, Any::DESC) {
            Ok(tab) => tab,
            Err(_) => unreachable!("every type has all methods of `any`"),
        };
        Any::from_iface(Iface { tab: Some(tab), data })
    }

    /// For the initial values of package variables: what lies in the word is a value of the table's type.
    pub(crate) const fn of_word(tab: &'static Itab, word: *mut u8) -> Iface {
        Iface { tab: Some(tab), data: Word(MaybeUninit::new(word)) }
    }

    /// The same value under an interface type, if it has the methods.
    pub(crate) fn under(self, interface: &'static Desc) -> Option<Iface> {
        let tab = itab(self.tab?.desc, interface).ok()?;
        Some(Iface { tab: Some(tab), data: self.data })
    }

    /// The same value as an `any`.
    #[inline]
    pub fn to_any(self) -> Any {
        // `any` has no methods, so every table serves.
        Any::from_iface(self)
    }

    /// Whether both are the very same: the type and the word.
    pub(crate) fn is_same(self, other: Iface) -> bool {
        match (self.desc(), other.desc()) {
            (Some(a), Some(b)) => a.id == b.id && self.data.bits() == other.data.bits(),
            (None, None) => true,
            _ => false,
        }
    }

    /// `x.(T)`; the error says what is missing.
    #[inline]
    fn convert<T: GoType>(self) -> Result<T, Mismatch> {
        let Some(tab) = self.tab else { return Err(Mismatch { missing: None }) };
        if const { !is_interface::<T>() } {
            if tab.id != T::ID {
                return Err(Mismatch { missing: None });
            }
            // SAFETY: the identities are equal, so the word holds a `T`.
            return Ok(unsafe { receive::<T>(self.data) });
        }
        let tab = match T::DESC.interface.is_empty() || tab.interface == T::ID {
            true => tab,
            false => itab(tab.desc, T::DESC).map_err(|missing| Mismatch { missing: Some(missing) })?,
        };
        let value = Iface { tab: Some(tab), data: self.data };
        const { assert!(T::DESC.kind as u8 != Kind::Interface as u8 || size_of::<T>() == size_of::<Iface>()) };
        // SAFETY: an interface type is an `Iface`, and the table was made for it.
        Ok(unsafe { std::mem::transmute_copy::<Iface, T>(&value) })
    }
}

/// Whether values of the type are interfaces. Asked in a constant, the answer keeps the other case's code from being made.
const fn is_interface<T: GoType>() -> bool {
    matches!(T::DESC.kind, Kind::Interface)
}

/// Why a type assertion failed: the type is another, or a method is missing.
struct Mismatch {
    missing: Option<&'static str>,
}

/// Every interface type. `T` below is a concrete type or an interface.
pub trait Interface: GoType {
    /// The methods, sorted.
    const METHODS: &'static [MethodSig];
    #[doc(hidden)]
    fn from_iface(value: Iface) -> Self;
    /// The value as the runtime sees it.
    fn iface(self) -> Iface;
    #[doc(hidden)]
    fn itab<T: GoType>() -> &'static Itab;

    /// Converts a concrete value.
    #[inline]
    fn of<T: GoType>(value: T) -> Self {
        if const { is_interface::<T>() } {
            return any(value).upcast();
        }
        Self::from_iface(Iface { tab: Some(Self::itab::<T>()), data: Word::of(value) })
    }

    /// `x == nil`
    #[inline]
    fn is_nil(self) -> bool {
        self.iface().tab.is_none()
    }

    /// The value itself, which a method value binds; panics for nil, as taking a method of nil does.
    #[inline]
    fn bound(self) -> Self {
        if self.iface().tab.is_none() {
            runtime_error::nil_dereference();
        }
        self
    }

    /// Converts to an interface whose methods this one has. Nil stays nil.
    #[inline]
    fn upcast<I: Interface>(self) -> I {
        let value = self.iface();
        if value.tab.is_none() {
            return zero();
        }
        match value.convert::<I>() {
            Ok(value) => value,
            Err(_) => runtime_error::assertion(Some(Self::DESC), value.desc(), I::DESC, None),
        }
    }

    /// `x.(T)`; panics when it does not hold.
    #[inline]
    fn assert<T: GoType>(self) -> T {
        let value = self.iface();
        match value.convert::<T>() {
            Ok(value) => value,
            Err(Mismatch { missing }) => {
                runtime_error::assertion(Some(Self::DESC), value.desc(), T::DESC, missing)
            }
        }
    }

    /// `v, ok := x.(T)`
    #[inline]
    fn try_assert<T: GoType>(self) -> (T, bool) {
        match self.iface().convert::<T>() {
            Ok(value) => (value, true),
            Err(_) => (zero(), false),
        }
    }

    /// One case of a type switch.
    #[inline]
    fn downcast<T: GoType>(self) -> Option<T> {
        self.iface().convert::<T>().ok()
    }
}

/// `any`
#[interface]
pub trait Any {}

/// `error`
#[interface("error")]
pub trait Error {
    fn Error(self) -> Str;
}

impl Error {
    /// A pointer to a package variable, for the initial values of others.
    pub(crate) const fn of_static<T: GoType>(place: &'static Global<T>) -> Error {
        let value = Iface::of_word(&__ErrorTable::<Ptr<T>>::ITAB, place.raw().cast());
        Error(value, std::marker::PhantomData)
    }

    /// A value without size, for the initial values of package variables.
    pub(crate) const fn of_empty<T: GoType>() -> Error {
        const { assert!(size_of::<T>() == 0) }
        let value = Iface::of_word(&__ErrorTable::<T>::ITAB, std::ptr::null_mut());
        Error(value, std::marker::PhantomData)
    }
}

/// Converts any value to `any`; the value of an interface keeps its dynamic type.
#[inline]
pub fn any<T: GoType>(value: T) -> Any {
    if const { is_interface::<T>() } {
        // SAFETY: an interface type is an `Iface`.
        return unsafe { std::mem::transmute_copy::<T, Iface>(&value) }.to_any();
    }
    Any::of(value)
}

/// What may stand in `args![..]`.
pub trait ToAny {
    #[doc(hidden)]
    fn to_any(self) -> Any;
}
impl<T: GoType> ToAny for T {
    #[inline]
    fn to_any(self) -> Any {
        any(self)
    }
}
impl ToAny for &'static str {
    #[inline]
    fn to_any(self) -> Any {
        Any::of(str(self))
    }
}

/// The arguments of a `...any` parameter: `args![a, "b", 3isize]`.
#[macro_export]
macro_rules! args {
    () => { $crate::__private::no_args() };
    ($($value:expr),+ $(,)?) => { $crate::__private::slice([$($crate::__private::ToAny::to_any($value)),+]) };
}

#[doc(hidden)]
pub fn no_args() -> Slice<Any> {
    zero()
}

/// `==` of interface values. Panics when both have one dynamic type that cannot be compared.
#[inline]
pub fn eq_iface(a: Iface, b: Iface) -> bool {
    // Most comparisons are with nil.
    if a.tab.is_none() || b.tab.is_none() { a.tab.is_none() == b.tab.is_none() } else { eq_values(a, b) }
}

/// `eq_iface` of two that are not nil.
fn eq_values(a: Iface, b: Iface) -> bool {
    match (a.desc(), b.desc()) {
        // SAFETY: both are values of the described type.
        (Some(desc), Some(other)) if desc.id == other.id => match unsafe { desc.equal(a.value(), b.value()) }
        {
            Some(equal) => equal,
            None => runtime_error::uncomparable(desc),
        },
        _ => false,
    }
}

/// Adds an interface value to a hash. Panics when its dynamic type cannot be hashed.
pub fn hash_iface(value: Iface, hasher: &mut GoHasher) {
    let Some(desc) = value.desc() else { return hasher.write(0) };
    hasher.write(desc.id as u64);
    // SAFETY: a value of the described type.
    if !unsafe { desc.add_to_hash(value.value(), hasher) } {
        runtime_error::unhashable(desc, hasher.for_nothing);
    }
}

/// A dynamic type and an interface, and the table or the first method that is missing.
struct Found {
    ids: (u128, u128),
    outcome: Result<&'static Itab, &'static str>,
}

const RECENT: usize = 256;
static RECENTLY: [AtomicPtr<Found>; RECENT] = [const { AtomicPtr::new(std::ptr::null_mut()) }; RECENT];
static ALL: Mutex<Option<HashMap<(u128, u128), &'static Found>>> = Mutex::new(None);

/// The table of a dynamic type for an interface, or the name of the first method it lacks.
fn itab(desc: &'static Desc, interface: &'static Desc) -> Result<&'static Itab, &'static str> {
    if let Some(wanted) = interface.interface.first()
        && desc.methods.iter().all(|table| table.is_empty())
    {
        return Err(wanted.name);
    }
    let ids = (desc.id, interface.id);
    let slot = &RECENTLY[(ids.0 as usize ^ (ids.1 as usize).rotate_left(17)) % RECENT];
    // SAFETY: null, or what was leaked below.
    if let Some(found) = unsafe { slot.load(Ordering::Acquire).as_ref() }
        && found.ids == ids
    {
        return found.outcome;
    }
    search(ids, desc, interface, slot)
}

#[cold]
#[inline(never)]
fn search(
    ids: (u128, u128),
    desc: &'static Desc,
    interface: &'static Desc,
    slot: &AtomicPtr<Found>,
) -> Result<&'static Itab, &'static str> {
    let mut all = ALL.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let found: &'static Found = all
        .get_or_insert_with(|| HashMap::with_hasher(crate::hash::keys()))
        .entry(ids)
        .or_insert_with(|| Box::leak(Box::new(Found { ids, outcome: look_up(desc, interface) })));
    slot.store(std::ptr::from_ref(found).cast_mut(), Ordering::Release);
    found.outcome
}

fn look_up(desc: &'static Desc, interface: &'static Desc) -> Result<&'static Itab, &'static str> {
    let mut functions = Vec::with_capacity(interface.interface.len());
    for wanted in interface.interface {
        functions.push(desc.method(wanted).ok_or(wanted.name)?.func);
    }
    Ok(Box::leak(Box::new(Itab::new(desc, interface.id, functions.leak()))))
}
