//! `#[interface]`: a Go interface, written as a trait, becomes a `Copy` value type.
//!
//! ```text
//! #[interface("main.Shape")] pub trait Shape { fn Area(self) -> f64; }
//! ->  #[derive(Clone, Copy)] pub struct Shape(Iface);
//!     impl Shape { pub fn Area(self) -> f64 { .. } }          calls through the table of the value
//!     impl Interface for Shape { .. }                         golib's conversions and assertions
//!     unsafe impl GoType for Shape { .. }
//! ```
//! What must hold: an interface value is golib's `Iface` and nothing else; the method table holds the methods of the
//! interface in the order of Go's names, and the call casts the entry to the type that `#[methods]` gave it. A trait object was
//! rejected: a type cannot implement traits of packages that do not know it, and `dyn` has no nil.

use proc_macro2::TokenStream;
use quote::{format_ident, quote_spanned};
use syn::parse::ParseStream;
use syn::{Error, FnArg, ItemTrait, Pat, Result, Signature, TraitItem, TraitItemFn};

use crate::derive::{Name, is_exported, name_parts, parse_argument, parse_name, with_bounds};
use crate::methods::GoSignature;
use crate::paths::{golib, inside};

pub(crate) fn expand(argument: TokenStream, item: TokenStream) -> TokenStream {
    let expanded = syn::parse2::<ItemTrait>(item).and_then(|item| interface(argument, item));
    expanded.unwrap_or_else(|error| error.to_compile_error())
}

/// Who the interface is: a declared name, or none and the path that unexported methods belong to.
enum Identity {
    Named(Name),
    Structural(String),
}

fn parse_identity(input: ParseStream) -> Result<Identity> {
    if input.is_empty() {
        return Ok(Identity::Structural(String::new()));
    }
    if input.peek(syn::Ident) {
        let word: syn::Ident = input.parse()?;
        if word != "path" {
            return Err(Error::new(word.span(), "expected `path = \"import/path\"`"));
        }
        input.parse::<syn::Token![=]>()?;
        return Ok(Identity::Structural(input.parse::<syn::LitStr>()?.value()));
    }
    parse_name(input).map(Identity::Named)
}

struct Method {
    function: TraitItemFn,
    signature: GoSignature,
}

fn interface(argument: TokenStream, item: ItemTrait) -> Result<TokenStream> {
    let identity = parse_argument(parse_identity, argument)?;
    let mut errors: Option<Error> = None;
    let mut methods = Vec::new();
    if !item.supertraits.is_empty() {
        errors = Some(Error::new_spanned(
            &item.supertraits,
            "embedded interfaces are written out: give this one their methods",
        ));
    }
    for part in item.items.iter().cloned() {
        match method(part) {
            Ok(method) => methods.push(method),
            Err(error) => match &mut errors {
                Some(all) => all.combine(error),
                None => errors = Some(error),
            },
        }
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    // the same in all packages
    let own = match &identity {
        Identity::Named(name) => &name.path,
        Identity::Structural(path) => path,
    };
    methods.sort_by_cached_key(|method| {
        let GoSignature { go_name, path, .. } = &method.signature;
        (go_name.clone(), path.as_ref().unwrap_or(own).clone())
    });
    Ok(expand_interface(&item, &identity, &methods))
}

fn method(item: TraitItem) -> Result<Method> {
    let TraitItem::Fn(mut function) = item else {
        return Err(Error::new_spanned(item, "an interface has methods only"));
    };
    if let Some(body) = &function.default {
        return Err(Error::new_spanned(body, "a method of an interface has no body"));
    }
    let signature = GoSignature::of(&function.sig, &mut function.attrs)?;
    Ok(Method { function, signature })
}

fn expand_interface(item: &ItemTrait, identity: &Identity, methods: &[Method]) -> TokenStream {
    let ItemTrait { attrs, vis, ident, generics, .. } = item;
    let at = ident.span();
    let span = inside(at);
    let bounded = with_bounds(generics);
    let (params, arguments, clause) = bounded.split_for_impl();
    let (go_type, desc, kind, iface, var) =
        (golib("GoType", at), golib("Desc", at), golib("Kind", at), golib("Iface", at), golib("Var", at));
    let (interface, method_sig, itab, resolve) =
        (golib("Interface", at), golib("MethodSig", at), golib("Itab", at), golib("resolve", at));
    let count = methods.len();

    let path = match identity {
        Identity::Named(name) => name.path.clone(),
        Identity::Structural(path) => path.clone(),
    };
    let sigs = methods.iter().map(|Method { function, signature }| {
        let at = function.sig.ident.span();
        let GoSignature { go_name, params, results, variadic, path: foreign, .. } = signature;
        let package = if is_exported(go_name) { "" } else { foreign.as_ref().unwrap_or(&path).as_str() };
        let id = signature.id(at);
        quote_spanned! {inside(at)=>
            #method_sig {
                name: #go_name,
                pkg: #package,
                sig: #id,
                params: &[#(|| <#params as #go_type>::DESC),*],
                results: &[#(|| <#results as #go_type>::DESC),*],
                variadic: #variadic,
            }
        }
    });
    let calls = methods.iter().enumerate().map(|(index, method)| call(index, method, vis));
    let (id, name_desc) = match identity {
        Identity::Named(name) => {
            let parts = name_parts(name, generics, at);
            (parts.id, parts.desc)
        }
        Identity::Structural(path) => {
            let (interface_id, interface_name) = (golib("interface_id", at), golib("interface_name", at));
            let id = quote_spanned!(span=> #interface_id(<Self as #interface>::METHODS));
            let desc = quote_spanned! {span=>
                name: || #interface_name(<Self as #interface>::METHODS),
                pkg_path: #path,
                named: false,
            };
            (id, desc)
        }
    };
    let (eq, hash, hasher) = (golib("eq_iface", at), golib("hash_iface", at), golib("GoHasher", at));
    let table = format_ident!("__{ident}Table", span = span);
    let phantom: Vec<_> = generics.type_params().map(|param| &param.ident).collect();
    let mut table_generics = bounded.clone();
    table_generics.params.push(syn::parse_quote_spanned!(span=> __Concrete: #go_type));
    let (table_params, table_arguments, table_clause) = table_generics.split_for_impl();
    quote_spanned! {span=>
        #(#attrs)*
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        #vis struct #ident #params (#iface, ::core::marker::PhantomData<(#(#phantom,)*)>) #clause;

        #[allow(non_snake_case, dead_code)]
        impl #params #ident #arguments #clause {
            #(#calls)*
        }

        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #vis struct #table #table_params (::core::marker::PhantomData<(#(#phantom,)* __Concrete,)>) #table_clause;

        impl #table_params #table #table_arguments #table_clause {
            const METHODS: [*const (); #count] = #resolve(<__Concrete as #go_type>::DESC, <#ident #arguments as #interface>::METHODS);
            const ITAB: #itab = #itab::new(<__Concrete as #go_type>::DESC, <#ident #arguments as #go_type>::ID, &Self::METHODS);
        }

        impl #params #interface for #ident #arguments #clause {
            const METHODS: &'static [#method_sig] = &[#(#sigs),*];
            #[inline]
            fn from_iface(__value: #iface) -> Self {
                #ident(__value, ::core::marker::PhantomData)
            }
            #[inline]
            fn iface(self) -> #iface {
                self.0
            }
            #[inline]
            fn itab<__Concrete: #go_type>() -> &'static #itab {
                &#table::<#(#phantom,)* __Concrete>::ITAB
            }
        }

        impl #params ::core::cmp::PartialEq for #ident #arguments #clause {
            #[inline]
            fn eq(&self, __other: &Self) -> bool {
                #eq(self.0, __other.0)
            }
        }

        // SAFETY: an interface value is an `Iface`, whose zero value is nil and all-zero bits.
        unsafe impl #params #go_type for #ident #arguments #clause {
            type View = #var<Self>;
            const ID: u128 = #id;
            const NOSCAN: bool = false;
            const DESC: &'static #desc = &#desc {
                id: <Self as #go_type>::ID,
                size: ::core::mem::size_of::<Self>(),
                align: ::core::mem::align_of::<Self>(),
                noscan: false,
                #name_desc
                eq: ::core::option::Option::Some(|__a, __b| {
                    // SAFETY: the caller passes two values of this type.
                    unsafe { #eq(*__a.cast::<#iface>(), *__b.cast::<#iface>()) }
                }),
                hash: ::core::option::Option::Some(|__value, __hasher: &mut #hasher| {
                    // SAFETY: the caller passes a value of this type.
                    #hash(unsafe { *__value.cast::<#iface>() }, __hasher)
                }),
                interface: <Self as #interface>::METHODS,
                ..#desc::of_kind(#kind::Interface)
            };
        }
    }
}

/// A method that calls entry `index` of the value's table.
fn call(index: usize, method: &Method, vis: &syn::Visibility) -> TokenStream {
    let Method { function, signature } = method;
    let attrs = &function.attrs;
    let at = function.sig.ident.span();
    let pointer = signature.pointer(at);
    let sig = named(&function.sig);
    // The user's own token: one of ours would be another name.
    let this = sig.receiver().map(|receiver| receiver.self_token);
    let args = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&typed.pat),
        FnArg::Receiver(_) => None,
    });
    quote_spanned! {inside(at)=>
        #(#attrs)*
        #[inline]
        #vis #sig {
            let (__function, __data) = #this.0.method(#index);
            // SAFETY: the table was made for this interface, and its entry has this type.
            let __function = unsafe { ::core::mem::transmute::<*const (), #pointer>(__function) };
            __function(__data #(, #args)*)
        }
    }
}

/// The signature with a name for each parameter.
fn named(sig: &Signature) -> Signature {
    let mut sig = sig.clone();
    for (i, input) in sig.inputs.iter_mut().enumerate() {
        if let FnArg::Typed(typed) = input {
            let name = match &*typed.pat {
                Pat::Ident(pat) => pat.ident.clone(),
                _ => format_ident!("__arg{i}"),
            };
            *typed.pat = syn::parse_quote!(#name);
        }
    }
    sig
}
