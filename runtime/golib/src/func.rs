//! Go's function values: one word, pointing to code and captures.
//!
//! ```text
//! Func -> [ vtable of the closure as dyn Fn | flags | captures.. ]
//! ```
//! Must hold: `vtable` belongs to the type of the captures behind it, so the two make a `&dyn Fn` again; the captures are
//! `Copy` and lie in the heap; where there are none, one constant is all values of the function, and optimisers see through it to
//! the code. A wide reference (16 bytes) was rejected: Go's function values are one word, and two
//! words cannot be stored at once.

use std::marker::PhantomData;
use std::ops::Deref;

use crate::heap;
use crate::interface::Word;
use crate::runtime_error;
use crate::ty::{Desc, DescFn, FuncOps, Kind, signature_id, signature_name};
use crate::view::{GoType, Var};

/// `func(A, B) R` is `Func<dyn Fn(A, B) -> R>`; call it as `f(a, b)`.
#[repr(transparent)]
pub struct Func<F: ?Sized>(*const Header, PhantomData<*const F>);

/// What a function value points to, followed by the captures.
#[repr(C)]
struct Header {
    vtable: *const (),
    recovers: bool,
}

#[repr(C)]
struct Closure<C> {
    header: Header,
    captures: C,
}

impl<F: ?Sized> Clone for Func<F> {
    #[inline(always)]
    fn clone(&self) -> Func<F> {
        *self
    }
}
impl<F: ?Sized> Copy for Func<F> {}

// SAFETY: `func` takes closures that are Send and Sync.
unsafe impl<F: ?Sized> Send for Func<F> {}
// SAFETY: as above.
unsafe impl<F: ?Sized> Sync for Func<F> {}

impl<F: ?Sized> Func<F> {
    /// `f == nil`
    #[inline(always)]
    pub fn is_nil(self) -> bool {
        self.0.is_null()
    }

    /// Whether the function calls `recover` itself; false for nil.
    pub fn recovers(self) -> bool {
        // SAFETY: a function value that is not nil points to its header.
        unsafe { self.0.as_ref() }.is_some_and(|header| header.recovers)
    }

    /// The address of the code; zero for nil.
    pub(crate) fn code(self) -> usize {
        /// What stands before it in a table of `dyn Fn`: drop, size, alignment, `call_once`, `call_mut`.
        const BEFORE: usize = 5;
        // SAFETY: a function value that is not nil points to its header, which holds a table of rustc's with that many entries.
        unsafe { self.0.as_ref().map_or(0, |header| header.vtable.cast::<usize>().add(BEFORE).read()) }
    }

    /// A function value of an unknown type by its address.
    pub(crate) fn from_raw(raw: *const u8) -> Func<F> {
        Func(raw.cast(), PhantomData)
    }

    /// The address that `%p` and `println` show.
    pub fn as_raw(self) -> *const u8 {
        self.0.cast()
    }
}

/// `func(a A, b ...B) R` is `VariadicFunc<dyn Fn(A, Slice<B>) -> R>`: the same value, of a type of its own.
#[repr(transparent)]
pub struct VariadicFunc<F: ?Sized>(Func<F>);

impl<F: ?Sized> Clone for VariadicFunc<F> {
    #[inline(always)]
    fn clone(&self) -> VariadicFunc<F> {
        *self
    }
}
impl<F: ?Sized> Copy for VariadicFunc<F> {}

impl<F: ?Sized> Deref for VariadicFunc<F> {
    type Target = Func<F>;

    #[inline(always)]
    fn deref(&self) -> &Func<F> {
        &self.0
    }
}

impl<F: ?Sized> Func<F> {
    /// The function's last parameter is `...T`.
    #[inline(always)]
    pub fn variadic(self) -> VariadicFunc<F> {
        VariadicFunc(self)
    }
}

/// The `dyn Fn`s of function values.
pub trait Signature {
    /// The table of code that panics as a call of a nil function does: when the arguments are there.
    #[doc(hidden)]
    const NIL: &'static NilFunc;
}

/// What a nil function is called as.
#[doc(hidden)]
pub struct NilFunc(Header);

// SAFETY: a constant.
unsafe impl Sync for NilFunc {}

impl<F: ?Sized + Signature> Deref for Func<F> {
    type Target = F;

    #[inline(always)]
    fn deref(&self) -> &F {
        let header = if self.0.is_null() { &raw const F::NIL.0 } else { self.0 };
        const { assert!(size_of::<&F>() == size_of::<(*const (), *const ())>(), "F is a trait object") };
        // SAFETY: `wrap` made the header out of the vtable that belongs to the captures 16 bytes on, or there are none and any address
        // but null will do; a reference to a trait object is those two addresses in this order.
        unsafe {
            let wide = (header.add(1).cast::<()>(), (*header).vtable);
            *(&raw const wide as *const &F)
        }
    }
}

/// Closures and functions that can become a `Func`; `Args` is the tuple of their parameters.
pub trait IntoFunc<Args>: Copy + Send + Sync + 'static {
    /// The `dyn Fn` of that signature.
    type Dyn: ?Sized;
    /// The table of its code as a `Dyn`.
    #[doc(hidden)]
    const VTABLE: *const ();
}

/// A function value without captures.
struct Bare<Args, C>(PhantomData<(Args, C)>);

impl<Args, C: IntoFunc<Args>> Bare<Args, C> {
    const PLAIN: &'static Header = &Header { vtable: C::VTABLE, recovers: false };
    const RECOVERS: &'static Header = &Header { vtable: C::VTABLE, recovers: true };
}

#[inline]
fn wrap<Args, C: IntoFunc<Args>>(closure: C, recovers: bool) -> Func<C::Dyn> {
    if size_of::<C>() == 0 && align_of::<C>() == 1 {
        let header = if recovers { Bare::<Args, C>::RECOVERS } else { Bare::<Args, C>::PLAIN };
        return Func(header, PhantomData);
    }
    const {
        assert!(std::mem::offset_of!(Closure<C>, captures) == size_of::<Header>());
    }
    // Captures may be handles.
    let place = heap::alloc_for::<Closure<C>>(false);
    // SAFETY: fresh memory, which nobody else knows.
    unsafe { place.write(Closure { header: Header { vtable: C::VTABLE, recovers }, captures: closure }) };
    Func(place.cast_const().cast(), PhantomData)
}

/// Makes a function value of a closure whose parameters are typed, or of a function.
#[inline]
pub fn func<Args, C: IntoFunc<Args>>(closure: C) -> Func<C::Dyn> {
    wrap(closure, false)
}

/// As [`func`], of a function that calls `recover` itself: it starts with `Recovery::take()`.
#[inline]
pub fn func_recovers<Args, C: IntoFunc<Args>>(closure: C) -> Func<C::Dyn> {
    wrap(closure, true)
}

/// What a function returns: nothing, one Go value, or a tuple of them. All-zero bits are the zero values.
///
/// # Safety
/// As said.
pub unsafe trait Results: 'static {
    /// The types.
    const IDS: &'static [u128];
    /// The types' descriptions.
    const DESCS: &'static [DescFn];

    /// Passes the addresses of the values on.
    fn places(&mut self, use_them: &mut dyn FnMut(&[*mut u8]));

    /// What a function returns that recovered from a panic.
    #[inline]
    fn zero() -> Self
    where
        Self: Sized,
    {
        // SAFETY: the promise of the trait.
        unsafe { std::mem::zeroed() }
    }
}

// SAFETY: nothing.
unsafe impl Results for () {
    const IDS: &'static [u128] = &[];
    const DESCS: &'static [DescFn] = &[];
    fn places(&mut self, use_them: &mut dyn FnMut(&[*mut u8])) {
        use_them(&[]);
    }
}
// SAFETY: the promise of `GoType`.
unsafe impl<T: GoType> Results for T {
    const IDS: &'static [u128] = &[T::ID];
    const DESCS: &'static [DescFn] = &[|| T::DESC];
    fn places(&mut self, use_them: &mut dyn FnMut(&[*mut u8])) {
        use_them(&[std::ptr::from_mut(self).cast()]);
    }
}

macro_rules! results {
    ($($ty:ident)*) => {
        // SAFETY: the promise of `GoType`, for each.
        #[allow(non_snake_case)]
        unsafe impl<$($ty: GoType),*> Results for ($($ty,)*) {
            const IDS: &'static [u128] = &[$($ty::ID),*];
            const DESCS: &'static [DescFn] = &[$(|| $ty::DESC),*];
            fn places(&mut self, use_them: &mut dyn FnMut(&[*mut u8])) {
                let ($($ty,)*) = self;
                use_them(&[$(std::ptr::from_mut($ty).cast()),*]);
            }
        }
    };
}
results!(A B);
results!(A B C);
results!(A B C D);
results!(A B C D E);
results!(A B C D E F);
results!(A B C D E F G);
results!(A B C D E F G H);
results!(A B C D E F G H I);
results!(A B C D E F G H I J);

/// The next argument.
///
/// # Safety
/// There is one, of that type.
unsafe fn next<T: GoType>(args: &mut std::slice::Iter<'_, *const u8>) -> T {
    // SAFETY: the caller's promise.
    unsafe { args.next().unwrap_unchecked().cast::<T>().read_unaligned() }
}

/// Copies results to where they are wanted.
///
/// # Safety
/// There is a place for each, of its type.
unsafe fn store<R: Results>(result: &mut R, to: &[*mut u8]) {
    result.places(&mut |from| {
        for ((from, to), desc) in from.iter().zip(to).zip(R::DESCS) {
            // SAFETY: the caller's promise.
            unsafe { std::ptr::copy_nonoverlapping(*from, *to, desc().size) };
        }
    });
}

macro_rules! functions {
    ($($ty:ident)*) => {
        impl<Z, $($ty: 'static,)* R: 'static> IntoFunc<($($ty,)*)> for Z
        where
            Z: Fn($($ty),*) -> R + Copy + Send + Sync + 'static,
        {
            type Dyn = dyn Fn($($ty),*) -> R;
            const VTABLE: *const () = {
                let nowhere: *const Z = std::ptr::null();
                let wide: *const Self::Dyn = nowhere;
                // SAFETY: a pointer to a trait object is the address and the table, in this order.
                unsafe { std::mem::transmute::<*const Self::Dyn, (*const (), *const ())>(wide).1 }
            };
        }

        impl<$($ty: 'static,)* R: 'static> Signature for dyn Fn($($ty),*) -> R {
            const NIL: &'static NilFunc = {
                #[allow(clippy::too_many_arguments)]
                fn nil<$($ty,)* R>($(_: $ty),*) -> R {
                    runtime_error::nil_dereference()
                }
                const fn table<Args, C: IntoFunc<Args>>(_: &C) -> NilFunc {
                    NilFunc(Header { vtable: C::VTABLE, recovers: false })
                }
                &table::<($($ty,)*), _>(&nil::<$($ty,)* R>)
            };
        }

        // SAFETY: one pointer, nil when all bits are zero.
        #[allow(non_snake_case)]
        unsafe impl<$($ty: GoType,)* R: Results> GoType for Func<dyn Fn($($ty),*) -> R> {
            type View = Var<Self>;
            const ID: u128 = signature_id(&[$($ty::ID),*], R::IDS, false);
            const NOSCAN: bool = false;
            const DESC: &'static Desc = &Desc {
                id: Self::ID,
                size: size_of::<Self>(),
                align: align_of::<Self>(),
                name: || format!("func{}", signature_name(Self::DESC.params, Self::DESC.results, false)),
                params: &[$(|| $ty::DESC),*],
                results: R::DESCS,
                func: Some(&FuncOps {
                    call: |function, args, results| {
                        // SAFETY: the caller passes the address of a function of this type.
                        let function = unsafe { *function.cast::<Self>() };
                        let mut rest = args.iter();
                        // SAFETY: as many arguments as there are parameters, and of their types.
                        $(let $ty = unsafe { next::<$ty>(&mut rest) };)*
                        let mut result = function($($ty),*);
                        let _ = &mut rest;
                        // SAFETY: places for as many results, of their types.
                        unsafe { store(&mut result, results) };
                    },
                    call_method: |function, receiver, args, results| {
                        type Method<R $(, $ty)*> = fn(Word $(, $ty)*) -> R;
                        // SAFETY: the caller passes the function of a method of this signature.
                        let function = unsafe { std::mem::transmute::<*const (), Method<R $(, $ty)*>>(function) };
                        let mut rest = args.iter();
                        // SAFETY: as for `call`.
                        $(let $ty = unsafe { next::<$ty>(&mut rest) };)*
                        let mut result = function(receiver $(, $ty)*);
                        let _ = &mut rest;
                        // SAFETY: as for `call`.
                        unsafe { store(&mut result, results) };
                    },
                    make: |handler| {
                        func(move |$($ty: $ty),*| -> R {
                            let mut result = R::zero();
                            // SAFETY: arguments and places of the types that the handler was made for.
                            result.places(&mut |places| unsafe {
                                (handler.call)(handler, &[$(std::ptr::from_ref(&$ty).cast()),*], places);
                            });
                            result
                        })
                        .as_raw()
                    },
                }),
                ..Desc::of_kind(Kind::Func)
            };
        }

        // SAFETY: a `Func`.
        unsafe impl<$($ty: GoType,)* R: Results> GoType for VariadicFunc<dyn Fn($($ty),*) -> R> {
            type View = Var<Self>;
            const ID: u128 = signature_id(&[$($ty::ID),*], R::IDS, true);
            const NOSCAN: bool = false;
            const DESC: &'static Desc = &Desc {
                id: Self::ID,
                variadic: true,
                name: || format!("func{}", signature_name(Self::DESC.params, Self::DESC.results, true)),
                ..*<Func<dyn Fn($($ty),*) -> R> as GoType>::DESC
            };
        }
    };
}
functions!();
functions!(A);
functions!(A B);
functions!(A B C);
functions!(A B C D);
functions!(A B C D E);
functions!(A B C D E F);
functions!(A B C D E F G);
functions!(A B C D E F G H);
functions!(A B C D E F G H I);
functions!(A B C D E F G H I J);
functions!(A B C D E F G H I J K);
functions!(A B C D E F G H I J K L);
