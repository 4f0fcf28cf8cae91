//! Handles: types of Rust that stand for a pointer to a variable of Go's, or for a value of an interface.
//!
//! input: `pub struct Counter { pub n: isize }`, which has no twin, with `impl Ptr<Counter> { pub fn Add(self, n: isize) .. }`
//! output: `pub struct Counter(Root<Ptr<go::counter::Counter>>)` with `pub fn Add(&self, n: isize)`
//!
//! What is inside a handle is private to the module and leaves it in calls of Go code only. A value of a type without a twin crosses as a
//! pointer to a variable of its own.

use super::{Boundary, Receiver, is_exported};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ItemStruct, ItemTrait, Signature, Type};

impl Boundary<'_> {
    pub fn handles(&self) -> TokenStream {
        let pointers = self.types.values().map(|s| self.pointer(s));
        let interfaces = self.interfaces.values().map(|t| self.interface(t));
        pointers.chain(interfaces).collect()
    }

    fn pointer(&self, s: &ItemStruct) -> TokenStream {
        let (name, module) = (&s.ident, &self.module);
        let Some(handle) = self.handle(&super::twin_type(name)) else { return quote!() };
        let (include, prelude) = (quote!(::goxide_golib::include), quote!(::goxide_golib::prelude));
        let is_twin = self.twins.contains_key(&name.to_string());
        let doc = match is_twin {
            true => format!(
                "A pointer to a variable of Go's of type [`{name}`]; clones point to the same variable."
            ),
            false => format!(
                "A pointer to a variable of Go's of type `{name}`; clones point to the same variable."
            ),
        };
        let docs = s.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let own = match is_twin {
            true => quote! {
                /// A pointer to a new variable with a copy of this value.
                pub fn new(value: &#name) -> Self {
                    go::enter();
                    Self(#include::Root::new(#prelude::Ptr::new(#include::Cross::from_rust(value))))
                }
                /// A copy of the variable.
                pub fn get(&self) -> #name {
                    go::enter();
                    #include::Cross::to_rust(#prelude::View::get(&*self.0.get()))
                }
                /// Sets the variable to a copy of this value.
                pub fn set(&self, value: &#name) {
                    go::enter();
                    #prelude::View::set(&*self.0.get(), #include::Cross::from_rust(value));
                }
            },
            false => quote! {
                /// A pointer to a new variable, which is zero.
                pub fn new() -> Self {
                    go::enter();
                    Self(#include::Root::new(#prelude::Ptr::zeroed()))
                }
            },
        };
        let value = (!is_twin).then(|| {
            quote! {
                impl #include::Cross for go::#module::#name {
                    type Rust = #handle;
                    fn from_rust(value: &#handle) -> Self {
                        #prelude::View::get(&*value.0.get())
                    }
                    fn to_rust(self) -> #handle {
                        #handle(#include::Root::new(#prelude::Ptr::new(self)))
                    }
                }
            }
        });
        let fields = self.fields(s);
        let methods = self.methods_of(&name.to_string()).into_iter();
        let methods = methods.map(|f| self.method(&f.sig, &f.attrs, name, Receiver::Value(name)));
        let pointer = format!("Ptr < {name} >");
        let others = self.methods_of(&pointer).into_iter();
        let others = others.map(|f| self.method(&f.sig, &f.attrs, name, Receiver::Pointer(name)));
        let basics = basics(&handle);
        quote! {
            #(#docs)*
            #[doc = ""]
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq)]
            pub struct #handle(#include::Root<#prelude::Ptr<go::#module::#name>>);
            impl #include::Pointee for go::#module::#name {
                type Handle = #handle;
                fn handle(root: #include::Root<#prelude::Ptr<Self>>) -> #handle {
                    #handle(root)
                }
                fn root(handle: &#handle) -> &#include::Root<#prelude::Ptr<Self>> {
                    &handle.0
                }
            }
            impl #include::Crosses for #handle {
                type Go = #prelude::Ptr<go::#module::#name>;
            }
            #value
            #basics
            impl #handle {
                #own
                #fields
                #(#methods)*
                #(#others)*
            }
        }
    }

    /// The exported fields of a variable.
    fn fields(&self, s: &ItemStruct) -> TokenStream {
        let (include, prelude) = (quote!(::goxide_golib::include), quote!(::goxide_golib::prelude));
        let fields = s.fields.iter().filter_map(|field| {
            let name = field.ident.as_ref().filter(|name| is_exported(&name.to_string()))?;
            let (natural, param) = (self.natural(&field.ty).ok()?, self.parameter(&field.ty).ok()?);
            let argument = self.argument(&format_ident!("value"), &field.ty).ok()?;
            let (set, doc) = (format_ident!("set_{name}"), format!("Sets the field `{name}`."));
            let docs = field.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
            Some(quote! {
                #(#docs)*
                pub fn #name(&self) -> #natural {
                    go::enter();
                    #include::Cross::to_rust(#prelude::View::get(&self.0.get().#name))
                }
                #[doc = #doc]
                pub fn #set(&self, value: #param) {
                    go::enter();
                    let value = #argument;
                    #prelude::View::set(&self.0.get().#name, value);
                }
            })
        });
        fields.collect()
    }

    fn interface(&self, t: &ItemTrait) -> TokenStream {
        let (name, module) = (&t.ident, &self.module);
        let (include, prelude) = (quote!(::goxide_golib::include), quote!(::goxide_golib::prelude));
        let docs = t.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let doc = format!("A value of Go's interface `{name}`.");
        let wanted: Vec<_> = t.items.iter().filter_map(signature).collect();
        let methods = t.items.iter().filter_map(|item| match item {
            syn::TraitItem::Fn(f) if is_exported(&f.sig.ident.to_string()) => Some(f),
            _ => None,
        });
        let methods = methods.map(|f| self.method(&f.sig, &f.attrs, name, Receiver::Interface));
        let has = |of: &str| self.methods_of(of).into_iter().map(|f| shape(&f.sig)).collect::<Vec<_>>();
        let conversions = self.types.values().map(|s| {
            let (of, is_twin) = (&s.ident, self.twins.contains_key(&s.ident.to_string()));
            let values = has(&of.to_string());
            let pointers = has(&format!("Ptr < {of} >"));
            let by_value = is_twin && wanted.iter().all(|f| values.contains(f));
            let handle = self.handle(&super::twin_type(of));
            let handle = handle.filter(|_| wanted.iter().all(|f| values.contains(f) || pointers.contains(f)));
            let from = [by_value.then(|| of.clone()), handle];
            let from = from.into_iter().flatten().map(|of| {
                quote! {
                    impl ::core::convert::From<&#of> for #name {
                        fn from(value: &#of) -> Self {
                            go::enter();
                            let value = <<#of as #include::Crosses>::Go as #include::Cross>::from_rust(value);
                            Self(#include::Root::new(<go::#module::#name as #prelude::Interface>::of(value)))
                        }
                    }
                }
            });
            from.collect::<TokenStream>()
        });
        let basics = basics(name);
        quote! {
            #(#docs)*
            #[doc = ""]
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name(#include::Root<go::#module::#name>);
            impl #include::Cross for go::#module::#name {
                type Rust = #name;
                fn from_rust(value: &#name) -> Self {
                    value.0.get()
                }
                fn to_rust(self) -> #name {
                    #name(#include::Root::unless(#prelude::Interface::is_nil(self), self))
                }
            }
            impl #include::Crosses for #name {
                type Go = go::#module::#name;
            }
            impl ::core::convert::From<&#name> for #name {
                fn from(value: &#name) -> Self {
                    value.clone()
                }
            }
            #basics
            #(#conversions)*
            impl #name {
                #(#methods)*
            }
        }
    }
}

/// What all handles have.
fn basics(handle: &syn::Ident) -> TokenStream {
    quote! {
        impl #handle {
            /// Go's nil.
            pub fn nil() -> Self {
                Self(::goxide_golib::include::Root::NIL)
            }
            /// Is it nil?
            pub fn is_nil(&self) -> bool {
                self.0.is_nil()
            }
        }
        /// Go's zero value, which is nil.
        impl ::core::default::Default for #handle {
            fn default() -> Self {
                Self::nil()
            }
        }
    }
}

/// Name and types of a method of an interface.
fn signature(item: &syn::TraitItem) -> Option<String> {
    let syn::TraitItem::Fn(f) = item else { return None };
    Some(shape(&f.sig))
}

fn shape(sig: &Signature) -> String {
    let types: Vec<&Type> = sig
        .inputs
        .iter()
        .filter_map(|input| if let FnArg::Typed(input) = input { Some(&*input.ty) } else { None })
        .collect();
    let (name, output) = (&sig.ident, &sig.output);
    quote!(#name(#(#types),*) #output).to_token_stream().to_string()
}
