//! The functions between the languages: for each exported Go function one with types of Rust.
//!
//! input: `pub fn Join(parts: Slice<Str>, sep: Str) -> (Str, Error)` of the translation
//! output: `pub fn Join(parts: &[impl AsRef<str>], sep: &str) -> Result<String, GoError>`, which copies what it is given, calls, and copies
//! what comes back
//!
//! A struct of Go whose fields all cross has a twin in Rust, with the same name and fields; so have types defined as what crosses.
//!
//! It reads the translation and not the typed program: what a Go type has become in Rust is all that matters here. Always holds: a function
//! is written only if every type in its head is known here; the others are there to say why they cannot be called.

use goxide_translator::OutFile;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;
use syn::{FnArg, GenericArgument, Item, Pat, PathArguments, ReturnType, Type};

/// The modules of the translation, and the functions that call into that of the package itself.
///
/// `files` are as codegen made them, the root first; `own` is the module of the package itself.
pub fn write(files: &[OutFile], own: &str) -> Result<(TokenStream, TokenStream), Vec<String>> {
    let wrong = |name: &str, error: &dyn std::fmt::Display| {
        vec![format!(
            "internal error: goxide wrote Rust that cannot be read ({name}: {error}); please report it with the Go source"
        )]
    };
    let mut modules = Vec::new();
    for OutFile { path, text } in files {
        let file = syn::parse_file(text).map_err(|error| wrong(path, &error))?;
        modules.push((module_name(path), file));
    }
    let module = modules.iter().find(|(name, _)| name == own);
    let (Some((_, root)), Some((_, module))) = (modules.first(), module) else {
        return Err(wrong(own, &"there is no such module"));
    };
    let init = root.items.iter().find(|item| matches!(item, Item::Fn(f) if f.sig.ident == "package_init"));
    let init = init.map_or_else(
        || {
            quote!(
                fn package_init() {}
            )
        },
        |item| quote!(#item),
    );
    let boundary = Boundary::of(own, module);
    let functions = boundary.functions();
    let allow = &root.attrs;
    let children = modules[1..].iter().map(|(name, file)| {
        let (name, attrs, items) = (format_ident!("{name}"), &file.attrs, &file.items);
        quote!(pub mod #name { #(#attrs)* #(#items)* })
    });
    let root = quote! {
        mod go {
            #(#allow)*
            #(#children)*
            #init
            pub(super) fn enter() {
                static PACKAGE: ::goxide_golib::include::Package = ::goxide_golib::include::Package::new();
                PACKAGE.enter(package_init);
            }
        }
    };
    let (types, constants) = (boundary.types(), boundary.constants());
    Ok((root, quote!(#types #constants #functions)))
}

fn module_name(path: &str) -> String {
    path.trim_start_matches("src/").trim_end_matches(".rs").to_owned()
}

/// What the package itself declares.
struct Boundary<'a> {
    /// Its module in `go`.
    module: Ident,
    items: &'a [Item],
    /// Its types that have a twin in Rust, by name.
    twins: BTreeMap<String, &'a syn::ItemStruct>,
}

/// A type of the head of a function that does not cross.
struct Stays(String);

const SCALARS: [&str; 13] =
    ["bool", "isize", "i8", "i16", "i32", "i64", "usize", "u8", "u16", "u32", "u64", "f32", "f64"];

impl<'a> Boundary<'a> {
    fn of(module: &str, file: &'a syn::File) -> Boundary<'a> {
        let structs = file.items.iter().filter_map(|item| match item {
            Item::Struct(s) if s.generics.params.is_empty() && is_exported(&s.ident.to_string()) => Some(s),
            _ => None,
        });
        let twins = structs.map(|s| (s.ident.to_string(), s)).collect();
        let mut boundary = Boundary { module: format_ident!("{module}"), items: &file.items, twins };
        // what stays takes those with it that contain it
        loop {
            let stays = |s: &syn::ItemStruct| {
                s.fields.iter().any(|field| {
                    let is_hidden = field.ident.as_ref().is_some_and(|name| !is_exported(&name.to_string()));
                    is_hidden || boundary.natural(&field.ty).is_err()
                })
            };
            let Some(name) = boundary.twins.values().find(|s| stays(s)).map(|s| s.ident.to_string()) else {
                return boundary;
            };
            boundary.twins.remove(&name);
        }
    }

    /// Is it a type defined as a number or bool? Such twins are `Copy`.
    fn is_scalar(&self, ty: &Type) -> bool {
        let Ok((name, args)) = named(ty) else { return false };
        let inner = self.twins.get(&name).map(|s| (&s.fields, s.fields.iter().next()));
        args.is_empty()
            && match inner {
                Some((syn::Fields::Unnamed(_), Some(field))) => self.is_scalar(&field.ty),
                _ => SCALARS.contains(&name.as_str()),
            }
    }

    /// The twins, with their methods that take values.
    fn types(&self) -> TokenStream {
        let module = &self.module;
        let twins = self.twins.values().map(|s| {
            let name = &s.ident;
            let docs: Vec<_> = s.attrs.iter().filter(|attr| attr.path().is_ident("doc")).collect();
            let natural = s.fields.iter().filter_map(|field| self.natural(&field.ty).ok());
            let cross = quote!(::goxide_golib::include::Cross);
            let (definition, from, to) = match &s.fields {
                syn::Fields::Named(_) => {
                    let fields: Vec<_> = s.fields.iter().filter_map(|field| field.ident.as_ref()).collect();
                    (
                        quote!(pub struct #name { #(pub #fields: #natural),* }),
                        quote!(Self { #(#fields: #cross::from_rust(&value.#fields)),* }),
                        quote!(#name { #(#fields: #cross::to_rust(self.#fields)),* }),
                    )
                }
                _ => (
                    quote!(pub struct #name(#(pub #natural),*);),
                    quote!(Self(#cross::from_rust(&value.0))),
                    quote!(#name(#cross::to_rust(self.0))),
                ),
            };
            let copy = match matches!(s.fields, syn::Fields::Unnamed(_)) && self.is_scalar(&twin_type(name)) {
                true => quote!(#[derive(Copy, PartialOrd)]),
                false => quote!(),
            };
            let methods = self.methods(name);
            quote! {
                #(#docs)*
                #copy
                #[derive(Clone, Debug, PartialEq)]
                #definition
                impl #cross for go::#module::#name {
                    type Rust = #name;
                    fn from_rust(value: &#name) -> Self {
                        #from
                    }
                    fn to_rust(self) -> #name {
                        #to
                    }
                }
                impl #name {
                    #methods
                }
            }
        });
        twins.collect()
    }

    fn methods(&self, of: &Ident) -> TokenStream {
        let impls = self.items.iter().filter_map(|item| match item {
            Item::Impl(i) if is_named(&i.self_ty, &of.to_string()) && i.trait_.is_none() => Some(i),
            _ => None,
        });
        let methods = impls.flat_map(|i| &i.items).filter_map(|item| match item {
            syn::ImplItem::Fn(f) if is_exported(&f.sig.ident.to_string()) => Some(f),
            _ => None,
        });
        methods.filter_map(|f| self.wrapper(&f.sig, &f.attrs, Some(of)).ok()).collect()
    }

    /// Constants that are numbers.
    fn constants(&self) -> TokenStream {
        let module = &self.module;
        let constants = self.items.iter().filter_map(|item| {
            let Item::Const(c) = item else { return None };
            let (name, ty) = (&c.ident, &c.ty);
            let is_plain = named(ty).is_ok_and(|(name, _)| SCALARS.contains(&name.as_str()));
            let value = match &**ty {
                _ if !is_exported(&name.to_string()) || !self.is_scalar(ty) => return None,
                _ if is_plain => quote!(go::#module::#name),
                ty => quote!(#ty(go::#module::#name.0)),
            };
            let docs = c.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
            Some(quote!(#(#docs)* pub const #name: #ty = #value;))
        });
        constants.collect()
    }

    fn functions(&self) -> TokenStream {
        let exported = self.items.iter().filter_map(|item| match item {
            Item::Fn(f) if is_exported(&f.sig.ident.to_string()) => Some(f),
            _ => None,
        });
        exported.map(|f| self.function(f).unwrap_or_else(|stays| refusing(f, &stays))).collect()
    }

    fn function(&self, f: &syn::ItemFn) -> Result<TokenStream, Stays> {
        if !f.sig.generics.params.is_empty() {
            return Err(Stays("it has type parameters".into()));
        }
        self.wrapper(&f.sig, &f.attrs, None)
    }

    /// A function that calls Go's, or the method of a twin.
    fn wrapper(
        &self,
        sig: &syn::Signature,
        attrs: &[syn::Attribute],
        of: Option<&Ident>,
    ) -> Result<TokenStream, Stays> {
        let mut params = Vec::new();
        let mut args = Vec::new();
        for (i, input) in sig.inputs.iter().enumerate() {
            let FnArg::Typed(input) = input else { continue };
            let name = match &*input.pat {
                Pat::Ident(pat) => pat.ident.clone(),
                _ => format_ident!("arg{i}"),
            };
            let stays = |stays: Stays| Stays(format!("parameter {name}: {}", stays.0));
            params.push({
                let ty = self.parameter(&input.ty).map_err(stays)?;
                quote!(#name: #ty)
            });
            args.push(self.argument(&name, &input.ty).map_err(stays)?);
        }
        let (ret, result) = self.results(&sig.output)?;
        let (name, module) = (&sig.ident, &self.module);
        let docs = attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let (receiver, call) = match of {
            None => (quote!(), quote!(go::#module::#name(#(#args),*))),
            Some(of) => (
                quote!(&self,),
                quote! {
                    <go::#module::#of as ::goxide_golib::include::Cross>::from_rust(self).#name(#(#args),*)
                },
            ),
        };
        Ok(quote! {
            #(#docs)*
            pub fn #name(#receiver #(#params),*) #ret {
                go::enter();
                let result = #call;
                #result
            }
        })
    }

    /// How a parameter is spelt in Rust.
    fn parameter(&self, ty: &Type) -> Result<TokenStream, Stays> {
        let (name, args) = named(ty)?;
        Ok(match (name.as_str(), &args[..]) {
            ("Str", []) => quote!(&str),
            ("Slice", [elem]) if is_named(elem, "Str") => quote!(&[impl ::core::convert::AsRef<str>]),
            ("Slice", [elem]) => {
                let elem = self.natural(elem)?;
                quote!(&[#elem])
            }
            ("Chan" | "RecvChan" | "SendChan", [elem]) => {
                let elem = plain(elem)?;
                quote!(impl ::core::borrow::Borrow<::goxide::Chan<#elem>>)
            }
            ("array", _) => self.natural(ty)?,
            _ if self.is_scalar(ty) => quote!(#ty),
            _ => {
                let ty = self.natural(ty)?;
                quote!(&#ty)
            }
        })
    }

    /// The value for Go of a parameter.
    fn argument(&self, name: &Ident, ty: &Type) -> Result<TokenStream, Stays> {
        let include = quote!(::goxide_golib::include);
        let (kind, args) = named(ty)?;
        Ok(match (kind.as_str(), &args[..]) {
            ("Str", []) => quote!(#include::text(#name)),
            ("Slice", [elem]) if is_named(elem, "Str") => quote!(#include::texts(#name)),
            ("Slice", [_]) => quote!(#include::list(#name)),
            ("Chan", [_]) => quote!(#include::chan(::core::borrow::Borrow::borrow(&#name))),
            ("RecvChan", [_]) => quote!(#include::recv_chan(::core::borrow::Borrow::borrow(&#name))),
            ("SendChan", [_]) => quote!(#include::send_chan(::core::borrow::Borrow::borrow(&#name))),
            (kind, []) if SCALARS.contains(&kind) => quote!(#name),
            ("array", _) => quote!(#include::Cross::from_rust(&#name)),
            _ if self.is_scalar(ty) => quote!(#include::Cross::from_rust(&#name)),
            _ => quote!(#include::Cross::from_rust(#name)),
        })
    }

    /// The result in Rust, and how it is made of `result`.
    fn results(&self, output: &ReturnType) -> Result<(TokenStream, TokenStream), Stays> {
        let ReturnType::Type(_, ty) = output else { return Ok((quote!(), quote!(result))) };
        let parts: Vec<&Type> = match &**ty {
            Type::Tuple(tuple) => tuple.elems.iter().collect(),
            Type::Never(_) => return Ok((quote!(-> !), quote!(result))),
            ty => vec![ty],
        };
        let names: Vec<Ident> = (0..parts.len()).map(|i| format_ident!("v{i}")).collect();
        let fails = parts.last().is_some_and(|last| is_named(last, "Error"));
        let values = if fails { &parts[..parts.len() - 1] } else { &parts[..] };
        let mut natural = Vec::new();
        for (i, ty) in values.iter().enumerate() {
            let which = if values.len() > 1 { format!("result {}", i + 1) } else { "the result".into() };
            natural.push(self.natural(ty).map_err(|stays| Stays(format!("{which}: {}", stays.0)))?);
        }
        let made = names[..values.len()].iter().map(|v| quote!(::goxide_golib::include::Cross::to_rust(#v)));
        let (ty, made) = match values.len() {
            1 => (quote!(#(#natural)*), quote!(#(#made)*)),
            _ => (quote!((#(#natural),*)), quote!((#(#made),*))),
        };
        let bound = match names.len() {
            1 => quote!(let #(#names)* = result;),
            _ => quote!(let (#(#names),*) = result;),
        };
        if !fails {
            return Ok((quote!(-> #ty), quote!(#bound #made)));
        }
        let error = &names[values.len()];
        let ret = quote!(-> ::core::result::Result<#ty, ::goxide_golib::include::GoError>);
        // what comes beside an error may be what does not cross
        Ok((ret, quote!(#bound ::goxide_golib::include::failed(#error)?; ::core::result::Result::Ok(#made))))
    }

    /// The type in Rust of values that are copied.
    fn natural(&self, ty: &Type) -> Result<TokenStream, Stays> {
        let (name, args) = named(ty)?;
        Ok(match (name.as_str(), &args[..]) {
            (name, []) if SCALARS.contains(&name) => quote!(#ty),
            ("Str", []) => quote!(::std::string::String),
            ("Slice", [elem]) => {
                let elem = self.natural(elem)?;
                quote!(::std::vec::Vec<#elem>)
            }
            ("Map", [key, value]) if is_key(key) => {
                let (key, value) = (self.natural(key)?, self.natural(value)?);
                quote!(::std::collections::HashMap<#key, #value>)
            }
            ("array", [elem]) => {
                let Type::Array(array) = ty else { return Err(Stays(spelt(ty))) };
                let (elem, len) = (self.natural(elem)?, &array.len);
                quote!([#elem; #len])
            }
            (name, []) if self.twins.contains_key(name) => quote!(#ty),
            _ => return Err(Stays(spelt(ty))),
        })
    }
}

/// A function that cannot be called and says why.
fn refusing(f: &syn::ItemFn, stays: &Stays) -> TokenStream {
    let name = &f.sig.ident;
    let reason = format!("Go's {name} cannot be called from Rust: {}", stays.0);
    quote! {
        #[deprecated(note = #reason)]
        pub fn #name(_: ::core::convert::Infallible) {}
    }
}

/// The name of a type without a path and its arguments; `array` for an array.
fn named(ty: &Type) -> Result<(String, Vec<&Type>), Stays> {
    match ty {
        Type::Array(array) => Ok(("array".into(), vec![&*array.elem])),
        Type::Path(path) if path.path.segments.len() == 1 => {
            let segment = &path.path.segments[0];
            let args = match &segment.arguments {
                PathArguments::AngleBracketed(args) => args.args.iter().collect(),
                _ => vec![],
            };
            let types: Vec<&Type> = args
                .iter()
                .filter_map(|arg| if let GenericArgument::Type(ty) = arg { Some(ty) } else { None })
                .collect();
            Ok((segment.ident.to_string(), types))
        }
        _ => Err(Stays(spelt(ty))),
    }
}

fn is_named(ty: &Type, name: &str) -> bool {
    named(ty).is_ok_and(|(found, args)| found == name && args.is_empty())
}

fn twin_type(name: &Ident) -> Type {
    syn::parse_quote!(#name)
}

/// Has it `Eq` and `Hash` in Rust?
fn is_key(ty: &Type) -> bool {
    let Ok((name, args)) = named(ty) else { return false };
    let is_float = name.starts_with('f');
    args.is_empty() && (name == "Str" || SCALARS.contains(&name.as_str()) && !is_float)
}

/// The element of a channel that crosses.
fn plain(elem: &Type) -> Result<TokenStream, Stays> {
    let (name, args) = named(elem)?;
    match name.as_str() {
        name if args.is_empty() && SCALARS.contains(&name) => Ok(quote!(#elem)),
        "EmptyStruct" => Ok(quote!(::goxide_golib::include::EmptyStruct)),
        _ => Err(Stays(format!("channels of {}", spelt(elem)))),
    }
}

/// What stays on Go's side, as a reader may know it.
fn spelt(ty: &Type) -> String {
    let text = quote!(#ty).to_string().replace(' ', "");
    format!("{text} does not cross")
}

/// Does Go let other packages use the name?
fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
