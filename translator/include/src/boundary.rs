//! The functions between the languages: for each exported Go function one with types of Rust.
//!
//! input: `pub fn Join(parts: Slice<Str>, sep: Str) -> (Str, Error)` of the translation
//! output: `pub fn Join(parts: &[impl AsRef<str>], sep: &str) -> Result<String, GoError>`, which copies what it is given, calls, and copies
//! what comes back
//!
//! A struct of Go whose fields all cross has a twin in Rust, with the same name and fields; so have types defined as what crosses. Other
//! exported types, pointers to variables and interfaces are handles (`handle.rs`), and how types are spelt is `crossing.rs`.
//!
//! It reads the translation and not the typed program: what a Go type has become in Rust is all that matters here. Always holds: a function
//! is written only if every type in its head is known here; the others are there to say why they cannot be called, and where they stand.

mod crossing;
mod handle;

use goxide_translator::OutFile;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeMap;
use syn::{FnArg, GenericArgument, Item, Pat, PathArguments, ReturnType, Type};

/// Where functions and methods stand in the Go files, by receiver (none: empty) and name.
pub type Places = BTreeMap<(String, String), String>;

/// The modules of the translation, and the functions that call into that of the package itself.
///
/// `files` are as codegen made them, the root first; `own` is the module of the package itself.
pub fn write(
    files: &[OutFile],
    own: &str,
    places: Places,
) -> Result<(TokenStream, TokenStream), Vec<String>> {
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
    let boundary = Boundary::of(own, module, places);
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
    let (types, handles) = (boundary.types(), boundary.handles());
    let constants = boundary.constants();
    Ok((root, quote!(#types #handles #constants #functions)))
}

fn module_name(path: &str) -> String {
    path.trim_start_matches("src/").trim_end_matches(".rs").to_owned()
}

/// What the package itself declares.
struct Boundary<'a> {
    /// Its module in `go`.
    module: Ident,
    items: &'a [Item],
    /// Its exported types that are no interfaces, by name.
    types: BTreeMap<String, &'a syn::ItemStruct>,
    /// Those that have a twin in Rust, and the twins of structs without names.
    twins: BTreeMap<String, &'a syn::ItemStruct>,
    /// Its exported interfaces.
    interfaces: BTreeMap<String, &'a syn::ItemTrait>,
    places: Places,
}

/// A type of the head of a function that does not cross.
struct Stays(String);

/// What a function is called on.
#[derive(Clone, Copy)]
enum Receiver<'a> {
    Nothing,
    /// The twin of a value of this type.
    Twin(&'a Ident),
    /// A handle; the method is one of values of this type.
    Value(&'a Ident),
    /// A handle; the method is one of pointers to this type.
    Pointer(&'a Ident),
    /// A handle of an interface.
    Interface,
}

const SCALARS: [&str; 13] =
    ["bool", "isize", "i8", "i16", "i32", "i64", "usize", "u8", "u16", "u32", "u64", "f32", "f64"];

impl<'a> Boundary<'a> {
    fn of(module: &str, file: &'a syn::File, places: Places) -> Boundary<'a> {
        let structs = file.items.iter().filter_map(|item| match item {
            Item::Struct(s) if s.generics.params.is_empty() && is_exported(&s.ident.to_string()) => Some(s),
            _ => None,
        });
        let twins: BTreeMap<_, _> = structs.map(|s| (s.ident.to_string(), s)).collect();
        let types = twins.iter().filter(|(_, s)| has_name(s)).map(|(name, s)| (name.clone(), *s)).collect();
        let interfaces = file.items.iter().filter_map(|item| match item {
            Item::Trait(t) if t.generics.params.is_empty() && is_exported(&t.ident.to_string()) => Some(t),
            _ => None,
        });
        let interfaces = interfaces.map(|t| (t.ident.to_string(), t)).collect();
        let module = format_ident!("{module}");
        let mut boundary = Boundary { module, items: &file.items, types, twins, interfaces, places };
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
                impl ::goxide_golib::include::Crosses for #name {
                    type Go = go::#module::#name;
                }
                /// Go's zero value.
                impl ::core::default::Default for #name {
                    fn default() -> Self {
                        #cross::to_rust(::goxide_golib::prelude::zero::<go::#module::#name>())
                    }
                }
                impl #name {
                    #methods
                }
            }
        });
        twins.collect()
    }

    /// Methods on values of a twin.
    fn methods(&self, of: &Ident) -> TokenStream {
        let methods = self.methods_of(&of.to_string()).into_iter();
        methods.map(|f| self.method(&f.sig, &f.attrs, of, Receiver::Twin(of))).collect()
    }

    /// The exported methods in the `impl` of a type.
    fn methods_of(&self, of: &str) -> Vec<&'a syn::ImplItemFn> {
        let impls = self.items.iter().filter_map(|item| match item {
            Item::Impl(i) if i.self_ty.to_token_stream().to_string() == of && i.trait_.is_none() => Some(i),
            _ => None,
        });
        let methods = impls.flat_map(|i| &i.items).filter_map(|item| match item {
            syn::ImplItem::Fn(f) if is_exported(&f.sig.ident.to_string()) => Some(f),
            _ => None,
        });
        methods.collect()
    }

    fn method(
        &self,
        sig: &syn::Signature,
        attrs: &[syn::Attribute],
        of: &Ident,
        receiver: Receiver,
    ) -> TokenStream {
        self.wrapper(sig, attrs, receiver).unwrap_or_else(|stays| self.refusing(&sig.ident, Some(of), &stays))
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
        let written = exported
            .map(|f| self.function(f).unwrap_or_else(|stays| self.refusing(&f.sig.ident, None, &stays)));
        written.collect()
    }

    fn function(&self, f: &syn::ItemFn) -> Result<TokenStream, Stays> {
        if !f.sig.generics.params.is_empty() {
            return Err(Stays("it has type parameters".into()));
        }
        self.wrapper(&f.sig, &f.attrs, Receiver::Nothing)
    }

    /// A function that calls Go's.
    fn wrapper(
        &self,
        sig: &syn::Signature,
        attrs: &[syn::Attribute],
        receiver: Receiver,
    ) -> Result<TokenStream, Stays> {
        let mut params = Vec::new();
        let mut args = Vec::new();
        for (i, input) in sig.inputs.iter().enumerate() {
            let FnArg::Typed(input) = input else { continue };
            let name = match &*input.pat {
                Pat::Ident(pat) => pat.ident.clone(),
                _ => format_ident!("arg{i}"),
            };
            let go_name = name.to_string();
            let go_name = go_name.trim_end_matches('_');
            let stays = |stays: Stays| Stays(format!("parameter {go_name}: {}", stays.0));
            params.push({
                let ty = self.parameter(&input.ty).map_err(stays)?;
                quote!(#name: #ty)
            });
            args.push(self.argument(&name, &input.ty).map_err(stays)?);
        }
        let ret = self.results(&sig.output)?;
        let (name, module) = (&sig.ident, &self.module);
        let docs = attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let call = match receiver {
            Receiver::Nothing => quote!(go::#module::#name(#(#args),*)),
            Receiver::Twin(of) => {
                quote!(<go::#module::#of as ::goxide_golib::include::Cross>::from_rust(self).#name(#(#args),*))
            }
            Receiver::Value(of) => {
                quote!(go::#module::#of::#name(::goxide_golib::prelude::View::get(&*self.0.get()) #(, #args)*))
            }
            Receiver::Pointer(of) => {
                let methods = format_ident!("{of}Methods");
                quote!(go::#module::#methods::#name(self.0.get() #(, #args)*))
            }
            Receiver::Interface => quote!(self.0.get().#name(#(#args),*)),
        };
        let this = if matches!(receiver, Receiver::Nothing) { quote!() } else { quote!(&self,) };
        let body = match is_never(&sig.output) {
            true => call,
            false => quote!(::goxide_golib::include::Return::returned(#call)),
        };
        Ok(quote! {
            #(#docs)*
            pub fn #name(#this #(#params),*) -> #ret {
                go::enter();
                #body
            }
        })
    }

    /// A function that cannot be called and says why.
    fn refusing(&self, name: &Ident, of: Option<&Ident>, stays: &Stays) -> TokenStream {
        let this = of.map(|_| quote!(&self,));
        let of = of.map(Ident::to_string).unwrap_or_default();
        let place = self.places.get(&(of, name.to_string())).map(|place| format!("{place}: "));
        let place = place.unwrap_or_default();
        let reason = format!("{place}Go's {name} cannot be called from Rust: {}", stays.0);
        quote! {
            #[deprecated(note = #reason)]
            pub fn #name(#this _: ::core::convert::Infallible) {}
        }
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
        _ => Err(Stays(crossing::refused(ty))),
    }
}

fn is_named(ty: &Type, name: &str) -> bool {
    named(ty).is_ok_and(|(found, args)| found == name && args.is_empty())
}

fn is_never(output: &ReturnType) -> bool {
    matches!(output, ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)))
}

fn twin_type(name: &Ident) -> Type {
    syn::parse_quote!(#name)
}

/// Has the type a name in Go, rather than being written out?
fn has_name(s: &syn::ItemStruct) -> bool {
    let go = s.attrs.iter().find(|attr| attr.path().is_ident("go"));
    go.is_some_and(|attr| !attr.meta.to_token_stream().to_string().contains("(struct"))
}

/// Does Go let other packages use the name?
fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
