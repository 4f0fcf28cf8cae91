//! `#[derive(GoStruct)]`: a Go struct, or a named array type.
//!
//! ```text
//! #[repr(C)] #[go("main.Point")] struct Point { X: f64, name: Str }
//! ->  #[repr(C)] struct __PointView { X: Var<f64>, name: Var<Str> }       the struct as its cells
//!     impl View for __PointView { type Val = Point; fn set(..) }          stores field by field
//!     impl Deref for __PointView { type Target = Point; .. }
//!     impl Point { const __PKG: &str = "main"; }
//!     unsafe impl GoType for Point { type View = __PointView; .. }
//! ```
//! What must hold: struct and view have the same layout, hence `repr(C)` on both; rustc may order the fields of two
//! ordinary structs differently, and it does when one hides its niches in cells. A whole store goes field by field, because
//! padding is outside of the cells. Whether the type is comparable follows from its fields' descriptions, not from a
//! `PartialEq` which a derive cannot see.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DataStruct, DeriveInput, Error, Field, Fields, Member as Access, Result, Type};

use super::{Identity, Member, NameParts, go_name, identity, is_exported, name_parts, with_bounds};
use crate::paths::{golib, inside};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2(input).and_then(|input: DeriveInput| derive(&input)) {
        Ok(tokens) => tokens,
        Err(error) => error.to_compile_error(),
    }
}

/// One field with what Go knows of it.
struct GoField<'a> {
    field: &'a Field,
    access: Access,
    go: Member,
    go_name: String,
}

fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "GoStruct is for structs"));
    };
    let identity = identity(&input.attrs, &input.ident)?;
    if !is_repr_c(&input.attrs) {
        return Err(Error::new(
            input.ident.span(),
            "GoStruct needs #[repr(C)]: the cells of its fields must lie where the fields do",
        ));
    }
    let fields = go_fields(data)?;
    let is_array = matches!(data.fields, Fields::Unnamed(_));
    if is_array && (fields.len() != 1 || !matches!(fields[0].field.ty, Type::Array(_))) {
        return Err(Error::new(
            input.ident.span(),
            "a tuple struct with GoStruct is a named array type: one field `[T; N]` (other named types derive GoNewtype)",
        ));
    }
    let view = view(input, data, &fields);
    let go_type = match (is_array, &identity) {
        (true, Identity::Structural { .. }) => {
            return Err(Error::new(input.ident.span(), "an array type without a name needs no struct"));
        }
        (true, Identity::Named(name)) => {
            let parts = name_parts(name, &input.generics, input.ident.span());
            super::newtype::go_type(input, &fields[0].field.ty, &parts, &view_type(input))
        }
        (false, _) => go_type(input, &fields, &identity),
    };
    let path = match &identity {
        Identity::Named(name) => &name.path,
        Identity::Structural { path } => path,
    };
    let package = package_const(input, path);
    Ok(quote!(#view #package #go_type))
}

fn is_repr_c(attrs: &[Attribute]) -> bool {
    attrs.iter().filter(|attr| attr.path().is_ident("repr")).any(|attr| {
        let mut found = false;
        // Other words of `repr` are rustc's to judge.
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("C");
            Ok(())
        });
        found
    })
}

fn go_fields(data: &DataStruct) -> Result<Vec<GoField<'_>>> {
    let mut fields = Vec::new();
    for (field, access) in data.fields.iter().zip(data.fields.members()) {
        if is_of(&field.ty, "Padding") {
            continue;
        }
        let go = Member::of(&field.attrs, &["name", "embedded", "tag"])?;
        let go_name = match &field.ident {
            Some(_) if is_of(&field.ty, "Blank") => "_".to_string(),
            Some(ident) => go_name(ident, go.name.as_ref()),
            None => String::new(),
        };
        fields.push(GoField { field, access, go, go_name });
    }
    Ok(fields)
}

/// Is the type one of golib's that say what a field is: `Blank<T>` (Go's `_` fields) or `Padding` (no field of Go's)?
fn is_of(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

fn view_name(input: &DeriveInput) -> Ident {
    format_ident!("__{}View", input.ident)
}

fn view_type(input: &DeriveInput) -> TokenStream {
    let name = view_name(input);
    let (_, arguments, _) = input.generics.split_for_impl();
    quote!(#name #arguments)
}

/// `__PKG`, by which the method tables know the package of unexported names.
pub(super) fn package_const(input: &DeriveInput, path: &str) -> TokenStream {
    let name = &input.ident;
    let generics = with_bounds(&input.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    quote_spanned! {inside(name.span())=>
        #[allow(dead_code)]
        impl #params #name #arguments #clause {
            #[doc(hidden)]
            pub const __PKG: &'static str = #path;
        }
    }
}

/// The view struct and its impls.
fn view(input: &DeriveInput, data: &DataStruct, fields: &[GoField]) -> TokenStream {
    let name = &input.ident;
    let at = name.span();
    let view = view_name(input);
    let vis = &input.vis;
    let generics = with_bounds(&input.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    let (go_type, view_trait) = (golib("GoType", at), golib("View", at));
    // padding has a cell, too, which nobody stores to
    let cells = data.fields.iter().map(|field| {
        let Field { vis, ident, ty, .. } = field;
        let colon = ident.as_ref().map(|_| quote!(:));
        quote_spanned!(inside(ty.span())=> #vis #ident #colon <#ty as #go_type>::View)
    });
    let body = match &data.fields {
        Fields::Unnamed(_) => quote!((#(#cells),*) #clause;),
        _ => quote!(#clause { #(#cells),* }),
    };
    let accesses: Vec<&Access> = fields.iter().map(|field| &field.access).collect();
    quote_spanned! {inside(at)=>
        #[doc(hidden)]
        #[repr(C)]
        #[allow(dead_code, non_camel_case_types, non_snake_case, private_interfaces, missing_docs)]
        #vis struct #view #params #body

        impl #params #view_trait for #view #arguments #clause {
            type Val = #name #arguments;
            #[inline]
            fn set(&self, __value: Self::Val) {
                #(#view_trait::set(&self.#accesses, __value.#accesses);)*
                let _ = __value;
            }
        }

        impl #params ::core::ops::Deref for #view #arguments #clause {
            type Target = #name #arguments;
            #[inline]
            fn deref(&self) -> &Self::Target {
                // SAFETY: both structs are `repr(C)`, and a field's view has the layout of the field.
                unsafe { &*::core::ptr::from_ref(self).cast::<Self::Target>() }
            }
        }
    }
}

fn go_type(input: &DeriveInput, fields: &[GoField], identity: &Identity) -> TokenStream {
    let name = &input.ident;
    let at = name.span();
    let generics = with_bounds(&input.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    let view = view_type(input);
    let (go_type, desc, kind) = (golib("GoType", at), golib("Desc", at), golib("Kind", at));
    let (eq, hash, hasher) = (golib("eq", at), golib("hash", at), golib("GoHasher", at));
    let types: Vec<&Type> = fields.iter().map(|field| &field.field.ty).collect();
    let accesses: Vec<&Access> = fields.iter().map(|field| &field.access).collect();
    let path = match identity {
        Identity::Named(name) => &name.path,
        Identity::Structural { path } => path,
    };
    let structural = structural_parts(fields, path, input);
    let underlying = &structural.id.clone();
    let NameParts { id, desc: name_desc } = match identity {
        Identity::Named(name) => name_parts(name, &input.generics, at),
        Identity::Structural { .. } => structural,
    };
    let (ptr_methods, methods) = method_tables(at);
    let comparable = quote!(true #(&& <#types as #go_type>::DESC.eq.is_some())*);
    let fields = fields.iter().map(|field| field_desc(field, input));
    quote_spanned! {inside(at)=>
        // SAFETY: the derive checked `repr(C)`, every field is a GoType, and the view mirrors them.
        unsafe impl #params #go_type for #name #arguments #clause {
            type View = #view;
            const ID: u128 = #id;
            const NOSCAN: bool = true #(&& <#types as #go_type>::NOSCAN)*;
            #ptr_methods
            const DESC: &'static #desc = &#desc {
                id: <Self as #go_type>::ID,
                size: ::core::mem::size_of::<Self>(),
                align: ::core::mem::align_of::<Self>(),
                noscan: <Self as #go_type>::NOSCAN,
                #name_desc
                eq: if #comparable {
                    ::core::option::Option::Some(|__a, __b| {
                        // SAFETY: the caller passes two values of this type.
                        let (__a, __b) = unsafe { (&*__a.cast::<Self>(), &*__b.cast::<Self>()) };
                        let _ = (__a, __b);
                        true #(&& #eq(&__a.#accesses, &__b.#accesses))*
                    })
                } else {
                    ::core::option::Option::None
                },
                hash: if #comparable {
                    ::core::option::Option::Some(|__value, __hasher: &mut #hasher| {
                        // SAFETY: the caller passes a value of this type.
                        let __value = unsafe { &*__value.cast::<Self>() };
                        let _ = (__value, &__hasher);
                        #(#hash(&__value.#accesses, __hasher);)*
                    })
                } else {
                    ::core::option::Option::None
                },
                fields: &[#(#fields),*],
                methods: #methods,
                underlying: #underlying,
                ptr_methods: <Self as #go_type>::PTR_METHODS,
                ..#desc::of_kind(#kind::Struct)
            };
        }
    }
}

/// `PTR_METHODS` and the initialiser of `Desc::methods`: the inherent tables that `#[methods]` wrote, or empty ones.
pub(super) fn method_tables(at: Span) -> (TokenStream, TokenStream) {
    let (no_methods, method) = (golib("NoMethods", at), golib("MethodDesc", at));
    let span = inside(at);
    let ptr_methods = quote_spanned! {span=>
        const PTR_METHODS: &'static [&'static [#method]] = {
            #[allow(unused_imports)]
            use #no_methods as _;
            &[<Self>::__PROMOTED_METHODS, <Self>::__PTR_METHODS]
        };
    };
    let methods = quote_spanned! {span=>
        {
            #[allow(unused_imports)]
            use #no_methods as _;
            &[<Self>::__VALUE_METHODS]
        }
    };
    (ptr_methods, methods)
}

fn field_desc(field: &GoField, input: &DeriveInput) -> TokenStream {
    let GoField { field, access, go, go_name } = field;
    let at = field.ty.span();
    let (field_desc, go_type) = (golib("FieldDesc", at), golib("GoType", at));
    let ty = &field.ty;
    let embedded = go.embedded;
    let exported = is_exported(go_name);
    let tag = go.tag.clone().unwrap_or_default();
    let access_span = inside(input.ident.span());
    let offset = quote_spanned!(access_span=> ::core::mem::offset_of!(Self, #access));
    quote_spanned! {inside(at)=>
        #field_desc {
            name: #go_name,
            offset: #offset,
            desc: || <#ty as #go_type>::DESC,
            embedded: #embedded,
            exported: #exported,
            tag: #tag,
            made: ::core::option::Option::None,
        }
    }
}

fn structural_parts(fields: &[GoField], path: &str, input: &DeriveInput) -> NameParts {
    let at = input.ident.span();
    let span = inside(at);
    let (struct_id, field_id, struct_name, go_type) =
        (golib("struct_id", at), golib("FieldId", at), golib("struct_name", at), golib("GoType", at));
    let ids = fields.iter().map(|GoField { field, go, go_name, .. }| {
        let ty = &field.ty;
        let package = if is_exported(go_name) { "" } else { path };
        let (embedded, tag) = (go.embedded, go.tag.clone().unwrap_or_default());
        quote_spanned! {inside(ty.span())=>
            #field_id { name: #go_name, pkg: #package, ty: <#ty as #go_type>::ID, embedded: #embedded, tag: #tag }
        }
    });
    NameParts {
        id: quote_spanned!(span=> #struct_id(&[#(#ids),*])),
        desc: quote_spanned! {span=>
            name: || #struct_name(<Self as #go_type>::DESC),
            pkg_path: #path,
            named: false,
        },
    }
}
