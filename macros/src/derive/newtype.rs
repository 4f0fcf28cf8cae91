//! `#[derive(GoNewtype)]`: a named Go type that is no struct, as a tuple struct over its underlying type.
//!
//! ```text
//! #[go("main.Celsius")] struct Celsius(f64)
//! ->  unsafe impl GoType for Celsius { .. what f64's description says, under its own name and with its own methods .. }
//!     impl Newtype for Celsius { type Inner = f64; .. }       golib's way to generic operations (div, shl, nil ..)
//!     impl Add for Celsius { .. } ..                          the operators that Go has for the underlying type
//! ```
//! What must hold: equality, hashing and printing are those of the underlying type, which lies alone in the struct and so at
//! its start. The operators are chosen by the spelling of the underlying type: codegen writes the predeclared one. Integer
//! operators wrap whatever the build's flags say.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Fields, Result, Type};

use super::structs::{method_tables, package_const};
use super::{Identity, NameParts, identity, name_parts, with_bounds};
use crate::paths::{golib, inside};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2(input).and_then(|input: DeriveInput| derive(&input)) {
        Ok(tokens) => tokens,
        Err(error) => error.to_compile_error(),
    }
}

fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let inner = inner(input)?;
    let Identity::Named(name) = identity(&input.attrs, &input.ident)? else {
        return Err(Error::new(input.ident.span(), "a newtype has a name: #[go(\"import/path.Name\")]"));
    };
    let at = input.ident.span();
    let var = golib("Var", at);
    let parts = name_parts(&name, &input.generics, at);
    let go_type = go_type(input, inner, &parts, &quote_spanned!(inside(at)=> #var<Self>));
    let package = package_const(input, &name.path);
    let newtype = newtype(input, inner);
    let operators = operators(input, inner);
    Ok(quote!(#go_type #package #newtype #operators))
}

fn inner(input: &DeriveInput) -> Result<&Type> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(&fields.unnamed[0].ty),
            _ => Err(Error::new(input.ident.span(), "GoNewtype is for `struct Name(Underlying);`")),
        },
        _ => Err(Error::new(input.ident.span(), "GoNewtype is for `struct Name(Underlying);`")),
    }
}

/// `impl GoType` by the description of the underlying type.
pub(super) fn go_type(
    input: &DeriveInput,
    inner: &Type,
    parts: &NameParts,
    view: &TokenStream,
) -> TokenStream {
    let name = &input.ident;
    let at = name.span();
    let generics = with_bounds(&input.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    let (go_type, desc) = (golib("GoType", at), golib("Desc", at));
    let (ptr_methods, methods) = method_tables(at);
    let NameParts { id, desc: name_desc } = parts;
    quote_spanned! {inside(at)=>
        // SAFETY: the one field is a GoType of the same size and so lies at the start.
        unsafe impl #params #go_type for #name #arguments #clause {
            type View = #view;
            const ID: u128 = #id;
            const NOSCAN: bool = <#inner as #go_type>::NOSCAN;
            #ptr_methods
            const DESC: &'static #desc = &#desc {
                id: <Self as #go_type>::ID,
                #name_desc
                methods: #methods,
                underlying: <#inner as #go_type>::DESC.underlying_id(),
                ptr_methods: <Self as #go_type>::PTR_METHODS,
                ..*<#inner as #go_type>::DESC
            };
        }
    }
}

fn newtype(input: &DeriveInput, inner: &Type) -> TokenStream {
    let name = &input.ident;
    let at = name.span();
    let generics = with_bounds(&input.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    let newtype = golib("Newtype", at);
    quote_spanned! {inside(at)=>
        impl #params #newtype for #name #arguments #clause {
            type Inner = #inner;
            #[inline]
            fn wrap(inner: #inner) -> Self {
                #name(inner)
            }
            #[inline]
            fn inner(self) -> #inner {
                self.0
            }
        }
    }
}

/// What Go's operators can do with a predeclared type.
#[derive(Clone, Copy, PartialEq)]
enum Arithmetic {
    Bool,
    Integer,
    Float,
    Complex,
    Str,
}

fn arithmetic(inner: &Type) -> Option<Arithmetic> {
    let Type::Path(path) = inner else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    match name.as_str() {
        "bool" => Some(Arithmetic::Bool),
        "isize" | "i8" | "i16" | "i32" | "i64" | "usize" | "u8" | "u16" | "u32" | "u64" | "Uintptr" => {
            Some(Arithmetic::Integer)
        }
        "f32" | "f64" => Some(Arithmetic::Float),
        "Complex64" | "Complex128" => Some(Arithmetic::Complex),
        "Str" => Some(Arithmetic::Str),
        _ => None,
    }
}

fn operators(input: &DeriveInput, inner: &Type) -> TokenStream {
    let mut all = TokenStream::new();
    let Some(arithmetic) = arithmetic(inner) else { return all };
    let is_uintptr = quote!(#inner).to_string().ends_with("Uintptr");
    let wrapping = arithmetic == Arithmetic::Integer && !is_uintptr;
    let numeric = matches!(arithmetic, Arithmetic::Integer | Arithmetic::Float | Arithmetic::Complex);
    let integer = arithmetic == Arithmetic::Integer;
    if numeric || arithmetic == Arithmetic::Str {
        all.extend(binary(input, "Add", "add", wrapping, quote!(+)));
    }
    if numeric {
        all.extend(binary(input, "Sub", "sub", wrapping, quote!(-)));
        all.extend(binary(input, "Mul", "mul", wrapping, quote!(*)));
        all.extend(binary(input, "Div", "div", false, quote!(/)));
        all.extend(unary(input, "Neg", "neg", wrapping, quote!(-)));
    }
    if integer {
        all.extend(binary(input, "Rem", "rem", false, quote!(%)));
        all.extend(binary(input, "BitAnd", "bitand", false, quote!(&)));
        all.extend(binary(input, "BitOr", "bitor", false, quote!(|)));
        all.extend(binary(input, "BitXor", "bitxor", false, quote!(^)));
        all.extend(shift(input, "Shl", "shl", quote!(<<)));
        all.extend(shift(input, "Shr", "shr", quote!(>>)));
    }
    if integer || arithmetic == Arithmetic::Bool {
        all.extend(unary(input, "Not", "not", false, quote!(!)));
    }
    all
}

/// `a op b` and `a op= b`.
fn binary(input: &DeriveInput, op: &str, method: &str, wrapping: bool, symbol: TokenStream) -> TokenStream {
    let name = &input.ident;
    let (params, arguments, clause) = input.generics.split_for_impl();
    let span = inside(name.span());
    let value = match wrapping {
        true => {
            let wrapping = format_ident!("wrapping_{method}", span = span);
            quote_spanned!(span=> self.0.#wrapping(__other.0))
        }
        false => quote_spanned!(span=> self.0 #symbol __other.0),
    };
    let (op, op_assign) = (format_ident!("{op}", span = span), format_ident!("{op}Assign", span = span));
    let (method, method_assign) =
        (format_ident!("{method}", span = span), format_ident!("{method}_assign", span = span));
    quote_spanned! {span=>
        impl #params ::core::ops::#op for #name #arguments #clause {
            type Output = Self;
            #[inline]
            fn #method(self, __other: Self) -> Self {
                #name(#value)
            }
        }
        impl #params ::core::ops::#op_assign for #name #arguments #clause {
            #[inline]
            fn #method_assign(&mut self, __other: Self) {
                *self = ::core::ops::#op::#method(*self, __other);
            }
        }
    }
}

/// `a << n` by a constant below the width; golib's `shl` and `shr` are for the rest.
fn shift(input: &DeriveInput, op: &str, method: &str, symbol: TokenStream) -> TokenStream {
    let name = &input.ident;
    let (params, arguments, clause) = input.generics.split_for_impl();
    let span = inside(name.span());
    let (op, op_assign) = (format_ident!("{op}", span = span), format_ident!("{op}Assign", span = span));
    let (method, method_assign) =
        (format_ident!("{method}", span = span), format_ident!("{method}_assign", span = span));
    quote_spanned! {span=>
        impl #params ::core::ops::#op<i32> for #name #arguments #clause {
            type Output = Self;
            #[inline]
            fn #method(self, __count: i32) -> Self {
                #name(self.0 #symbol __count)
            }
        }
        impl #params ::core::ops::#op_assign<i32> for #name #arguments #clause {
            #[inline]
            fn #method_assign(&mut self, __count: i32) {
                *self = ::core::ops::#op::#method(*self, __count);
            }
        }
    }
}

fn unary(input: &DeriveInput, op: &str, method: &str, wrapping: bool, symbol: TokenStream) -> TokenStream {
    let name = &input.ident;
    let (params, arguments, clause) = input.generics.split_for_impl();
    let span = inside(name.span());
    let (op, method) = (format_ident!("{op}", span = span), format_ident!("{method}", span = span));
    let value = match wrapping {
        true => quote_spanned!(span=> self.0.wrapping_neg()),
        false => quote_spanned!(span=> #symbol self.0),
    };
    quote_spanned! {span=>
        impl #params ::core::ops::#op for #name #arguments #clause {
            type Output = Self;
            #[inline]
            fn #method(self) -> Self {
                #name(#value)
            }
        }
    }
}
