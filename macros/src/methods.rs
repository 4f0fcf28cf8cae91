//! `#[methods]`: the methods of a translated type, and the tables by which interfaces find them.
//!
//! ```text
//! #[methods] impl Point { pub fn Sum(self, k: isize) -> f64 { .. } }
//! ->  impl Point { .. }                                                       as written
//!     impl Point { const __VALUE_METHODS: &[MethodDesc] = ..;                 receiver: a Point
//!                  const __PROMOTED_METHODS: &[MethodDesc] = ..; }            receiver: a Ptr<Point>, which is loaded
//!
//! #[methods] impl Ptr<Point> { pub fn Scale(self, k: f64) { .. } }
//! ->  pub trait PointMethods { fn Scale(self, k: f64); }                      Ptr is golib's, so only a trait can add to it
//!     impl PointMethods for Ptr<Point> { .. }
//!     impl Point { const __PTR_METHODS: &[MethodDesc] = ..; }
//! ```
//! What must hold: tables are sorted by Go's name; an entry's function takes the data word of an interface value and then
//! the parameters exactly as declared, which is how a method of `#[interface]` calls it. Tables are inherent constants, which win
//! over those of golib's `NoMethods`, so that the derive finds them or finds none. Identity of a signature lies in the
//! parameter types' IDs; that the last one is variadic is said by `#[go(variadic)]`. An unexported method that an embedded type
//! of another package lends keeps that package: `#[go(path = "..")]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, FnArg, GenericArgument, ImplItem, ImplItemFn, ItemImpl, Pat, PathArguments,
    ReceiverKind, Result, ReturnType, Signature, Type, parse_quote,
};

use crate::derive::{Member, go_name, is_exported, with_bounds};
use crate::paths::{golib, inside};

pub(crate) fn expand(argument: TokenStream, item: TokenStream) -> TokenStream {
    let methods = syn::parse2::<ItemImpl>(item.clone()).and_then(|item| methods(argument, item));
    match methods {
        Ok(tokens) => tokens,
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #item)
        }
    }
}

fn methods(argument: TokenStream, mut item: ItemImpl) -> Result<TokenStream> {
    let reflected = match argument.to_string().as_str() {
        "" => Reflected::No,
        "reflected" => Reflected::Methods,
        "expressions" => Reflected::Expressions,
        _ => {
            let expected = "expected #[methods], #[methods(reflected)] or #[methods(expressions)]";
            return Err(Error::new_spanned(argument, expected));
        }
    };
    if let Some((path, _)) = &item.trait_ {
        return Err(Error::new_spanned(
            path,
            "#[methods] is for `impl Type` and `impl Ptr<Type>`: Go has no trait impls",
        ));
    }
    let mut errors: Option<Error> = None;
    let mut found = Vec::new();
    for item in &mut item.items {
        match method(item) {
            Ok(method) => found.push(method),
            Err(error) => match &mut errors {
                Some(all) => all.combine(error),
                None => errors = Some(error),
            },
        }
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    found.sort_by(|a, b| a.signature.order().cmp(&b.signature.order()));
    match pointee(&item.self_ty) {
        Some(pointee) => of_pointer(&item, &pointee.clone(), &found, reflected),
        None => Ok(of_value(&item, &found, reflected)),
    }
}

/// How many parameters and results golib's function types have at most.
const LONGEST_PARAMS: usize = 12;
const LONGEST_RESULTS: usize = 10;

/// What tables say of the types of methods: it is code to call functions of the type, which is much.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Reflected {
    No,
    /// Without the receiver.
    Methods,
    /// And with the receiver as first parameter.
    Expressions,
}

/// One method and what tables say of it.
struct Method {
    ident: Ident,
    signature: GoSignature,
}

/// A method's Go name and types; shared with `#[interface]`.
pub(crate) struct GoSignature {
    pub(crate) go_name: String,
    pub(crate) params: Vec<Type>,
    pub(crate) results: Vec<Type>,
    pub(crate) output: ReturnType,
    pub(crate) variadic: bool,
    /// An embedded field's method.
    pub(crate) promoted: bool,
    /// The package of an unexported name, where it isn't that of the type.
    pub(crate) path: Option<String>,
}

fn method(item: &mut ImplItem) -> Result<Method> {
    let ImplItem::Fn(ImplItemFn { sig, attrs, .. }) = item else {
        return Err(Error::new(item.span(), "only methods may stand here"));
    };
    let signature = GoSignature::of(sig, attrs)?;
    Ok(Method { ident: sig.ident.clone(), signature })
}

impl GoSignature {
    /// Reads a method, taking its `#[go(..)]` attributes away.
    pub(crate) fn of(sig: &Signature, attrs: &mut Vec<Attribute>) -> Result<GoSignature> {
        let member = Member::of(attrs, &["name", "variadic", "promoted", "path"])?;
        attrs.retain(|attr| !attr.path().is_ident("go"));
        let mut inputs = sig.inputs.iter();
        match inputs.next() {
            Some(FnArg::Receiver(receiver)) if matches!(receiver.kind, ReceiverKind::Value) => {}
            Some(other) => {
                return Err(Error::new_spanned(
                    other,
                    "a translated method takes its receiver by value: `self`",
                ));
            }
            None => {
                return Err(Error::new_spanned(&sig.ident, "a translated method takes a receiver: `self`"));
            }
        }
        if !sig.generics.params.is_empty() {
            return Err(Error::new_spanned(
                &sig.generics,
                "a method in an interface table cannot be generic",
            ));
        }
        let params = inputs.map(|input| match input {
            FnArg::Typed(typed) => Ok((*typed.ty).clone()),
            FnArg::Receiver(receiver) => Err(Error::new_spanned(receiver, "a method has one receiver")),
        });
        let params: Vec<Type> = params.collect::<Result<_>>()?;
        let results = match &sig.output {
            ReturnType::Default => Vec::new(),
            ReturnType::Type(_, ty) => match &**ty {
                Type::Tuple(tuple) => tuple.elems.iter().cloned().collect(),
                other => vec![other.clone()],
            },
        };
        let go_name = go_name(&sig.ident, member.name.as_ref());
        let Member { variadic, promoted, path, .. } = member;
        Ok(GoSignature { go_name, params, results, output: sig.output.clone(), variadic, promoted, path })
    }

    /// Where it stands among the methods of a type or an interface.
    pub(crate) fn order(&self) -> (&str, Option<&str>) {
        (&self.go_name, self.path.as_deref())
    }

    /// The `u128` that is equal exactly for identical Go signatures.
    pub(crate) fn id(&self, at: Span) -> TokenStream {
        let (signature_id, go_type) = (golib("signature_id", at), golib("GoType", at));
        let GoSignature { params, results, variadic, .. } = self;
        let params = params.iter().map(|ty| quote_spanned!(inside(ty.span())=> <#ty as #go_type>::ID));
        let results = results.iter().map(|ty| quote_spanned!(inside(ty.span())=> <#ty as #go_type>::ID));
        quote_spanned!(inside(at)=> #signature_id(&[#(#params),*], &[#(#results),*], #variadic))
    }

    /// Where the function type is described, with the receiver if that is given; golib has function types up to a length. A
    /// function of its own is compiled with the type, once; a closure would be in every crate that mentions it, with all that it
    /// needs.
    fn description(&self, at: Span, is_generic: bool, receiver: Option<TokenStream>) -> TokenStream {
        let GoSignature { params, results, output, .. } = self;
        let params: Vec<TokenStream> =
            receiver.into_iter().chain(params.iter().map(|ty| quote!(#ty))).collect();
        if params.len() > LONGEST_PARAMS || results.len() > LONGEST_RESULTS {
            return quote!(::core::option::Option::None);
        }
        let (func, go_type, desc) = (golib("Func", at), golib("GoType", at), golib("Desc", at));
        let function = quote!(#func<dyn Fn(#(#params),*) #output>);
        if is_generic || names_self(&function) {
            return quote_spanned!(inside(at)=> ::core::option::Option::Some(|| <#function as #go_type>::DESC));
        }
        quote_spanned! {inside(at)=>
            ::core::option::Option::Some({
                #[inline(never)]
                fn __description() -> &'static #desc {
                    <#function as #go_type>::DESC
                }
                __description
            })
        }
    }

    /// The type of the function in a table.
    pub(crate) fn pointer(&self, at: Span) -> TokenStream {
        let word = golib("Word", at);
        let GoSignature { params, output, .. } = self;
        quote_spanned!(inside(at)=> fn(#word #(, #params)*) #output)
    }
}

/// Is `Self` among the tokens?
fn names_self(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => names_self(&group.stream()),
        _ => false,
    })
}

/// `T` of `Ptr<T>`.
fn pointee(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) if last.ident == "Ptr" && arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

fn of_value(item: &ItemImpl, methods: &[Method], reflected: Reflected) -> TokenStream {
    let ty = &item.self_ty;
    let at = ty.span();
    let generics = with_bounds(&item.generics);
    let (params, _, clause) = generics.split_for_impl();
    let is_generic = !item.generics.params.is_empty();
    let by_value = table("__VALUE_METHODS", "receive", ty, methods, reflected, is_generic, at);
    let by_pointer = table("__PROMOTED_METHODS", "receive_through", ty, methods, reflected, is_generic, at);
    quote_spanned! {inside(at)=>
        #item

        #[allow(dead_code)]
        impl #params #ty #clause {
            #by_value
            #by_pointer
        }
    }
}

fn of_pointer(
    item: &ItemImpl,
    pointee: &Type,
    methods: &[Method],
    reflected: Reflected,
) -> Result<TokenStream> {
    let at = pointee.span();
    let name = match pointee {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.clone()),
        _ => None,
    };
    let Some(name) = name else {
        return Err(Error::new(at, "#[methods] on a pointer wants `Ptr<Type>` of a declared type"));
    };
    let trait_name = format_ident!("{name}Methods", span = name.span());
    let generics = with_bounds(&item.generics);
    let (params, arguments, clause) = generics.split_for_impl();
    let self_ty = &item.self_ty;
    let declarations = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(declaration(&method.sig)),
        _ => None,
    });
    let definitions = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(ImplItemFn { attrs, sig, block, .. }) => Some(quote!(#(#attrs)* #sig #block)),
        _ => None,
    });
    let attrs = &item.attrs;
    let is_generic = !item.generics.params.is_empty();
    let table = table("__PTR_METHODS", "receive", self_ty, methods, reflected, is_generic, at);
    Ok(quote_spanned! {inside(at)=>
        #[doc(hidden)]
        #[allow(dead_code, non_snake_case, private_interfaces, missing_docs)]
        pub trait #trait_name #params #clause {
            #(#declarations)*
        }

        #(#attrs)*
        #[allow(non_snake_case)]
        impl #params #trait_name #arguments for #self_ty #clause {
            #(#definitions)*
        }

        #[allow(dead_code)]
        impl #params #pointee #clause {
            #table
        }
    })
}

/// A method's signature without the patterns that only a body may have.
fn declaration(sig: &Signature) -> TokenStream {
    let mut sig = sig.clone();
    for input in &mut sig.inputs {
        match input {
            FnArg::Receiver(receiver) => receiver.mutability = None,
            FnArg::Typed(typed) => match &mut *typed.pat {
                Pat::Ident(ident) => {
                    ident.by_ref = None;
                    ident.mutability = None;
                }
                other => *other = parse_quote!(_),
            },
        }
    }
    quote!(#sig;)
}

/// One table: `const NAME: &[MethodDesc]`, whose functions get their receiver from the data word by `receive`.
fn table(
    name: &str,
    receive: &str,
    receiver: &Type,
    methods: &[Method],
    reflected: Reflected,
    is_generic: bool,
    at: Span,
) -> TokenStream {
    let span = inside(at);
    let name = Ident::new(name, span);
    // A value method of its own panics by its name on a nil pointer, one lent by a field does not.
    let by_pointer = receive == "receive_through";
    let (desc, receive, word) = (golib("MethodDesc", at), golib(receive, at), golib("Word", at));
    let first = match by_pointer {
        true => {
            let ptr = golib("Ptr", at);
            quote_spanned!(span=> #ptr<#receiver>)
        }
        false => quote!(#receiver),
    };
    // A pointer's table stands in the impl of its pointee, which has the package.
    let entries = methods.iter().map(|Method { ident, signature }| {
        let args: Vec<Ident> =
            (0..signature.params.len()).map(|i| format_ident!("__arg{i}", span = span)).collect();
        let GoSignature { go_name, params, output, path, promoted, .. } = signature;
        let blamed = if *promoted { "" } else { go_name };
        let blamed = by_pointer.then(|| quote_spanned!(span=> , #blamed));
        let package = match path {
            _ if is_exported(go_name) => quote!(""),
            Some(path) => quote!(#path),
            None => quote_spanned!(span=> Self::__PKG),
        };
        let id = signature.id(ident.span());
        let pointer = signature.pointer(ident.span());
        let none = || quote_spanned!(span=> ::core::option::Option::None);
        let description = match reflected {
            Reflected::No => none(),
            _ => signature.description(ident.span(), is_generic, None),
        };
        let expression = match reflected {
            Reflected::Expressions => signature.description(ident.span(), is_generic, Some(first.clone())),
            _ => none(),
        };
        let variadic = signature.variadic;
        quote_spanned! {span=>
            #desc {
                name: #go_name,
                pkg: #package,
                sig: #id,
                func: {
                    let __method: #pointer = |__data: #word #(, #args: #params)*| #output {
                        // SAFETY: the table is reached through an interface value of this very type.
                        let __receiver = unsafe { #receive::<#receiver>(__data #blamed) };
                        __receiver.#ident(#(#args),*)
                    };
                    __method as *const ()
                },
                signature: #description,
                expression: #expression,
                variadic: #variadic,
            }
        }
    });
    quote_spanned! {span=>
        #[doc(hidden)]
        pub const #name: &'static [#desc] = &[#(#entries),*];
    }
}
