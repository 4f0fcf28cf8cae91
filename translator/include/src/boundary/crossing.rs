//! How types are spelt on Rust's side of the boundary.
//!
//! Three places ask: parameters take what is convenient (`&str`), results and everything inside of other types have one form each
//! (`String`), which golib's `Cross` gives; and what does not cross is named as Go names it.

use super::{Boundary, SCALARS, Stays, is_named, named};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, ReturnType, Type};

/// Parameters of a function that is a value, and results but a last error: as many as golib knows.
const MOST: (usize, usize) = (6, 9);

impl Boundary<'_> {
    /// How a parameter is spelt in Rust.
    pub fn parameter(&self, ty: &Type) -> Result<TokenStream, Stays> {
        let (name, args) = named(ty)?;
        let include = quote!(::goxide_golib::include);
        Ok(match (name.as_str(), &args[..]) {
            ("Str", []) => quote!(&str),
            ("Error", []) => quote!(::core::option::Option<#include::GoError>),
            ("Slice", [elem]) if is_named(elem, "Str") => quote!(&[impl ::core::convert::AsRef<str>]),
            ("Slice", [elem]) => {
                let elem = self.natural(elem)?;
                quote!(&[#elem])
            }
            ("Chan" | "RecvChan" | "SendChan", [elem]) => {
                let elem = self.element(elem)?;
                let role = format_ident!("As{name}");
                quote!(impl #include::#role<#elem>)
            }
            ("Func", [_]) => {
                let signature = self.signature(ty)?;
                quote!(impl #signature + 'static)
            }
            ("array", _) => self.natural(ty)?,
            (name, []) if self.interfaces.contains_key(name) => quote!(impl ::core::convert::Into<#ty>),
            _ if self.is_scalar(ty) => quote!(#ty),
            _ => {
                let ty = self.natural(ty)?;
                quote!(&#ty)
            }
        })
    }

    /// The value for Go of a parameter.
    pub fn argument(&self, name: &Ident, ty: &Type) -> Result<TokenStream, Stays> {
        let include = quote!(::goxide_golib::include);
        let (kind, args) = named(ty)?;
        Ok(match (kind.as_str(), &args[..]) {
            ("Str", []) => quote!(#include::text(#name)),
            ("Error", []) => quote!(#include::Pass::take(#name)),
            ("Slice", [elem]) if is_named(elem, "Str") => quote!(#include::texts(#name)),
            ("Slice", [_]) => quote!(#include::list(#name)),
            ("Chan", [_]) => quote!(#include::AsChan::as_chan(&#name)),
            ("RecvChan", [_]) => quote!(#include::AsRecvChan::as_recv_chan(&#name)),
            ("SendChan", [_]) => quote!(#include::AsSendChan::as_send_chan(&#name)),
            ("Func", [_]) => {
                let function = self.natural(ty)?;
                quote!(#include::Cross::from_rust(&<#function>::from(#name)))
            }
            (kind, []) if SCALARS.contains(&kind) => quote!(#name),
            (kind, []) if self.interfaces.contains_key(kind) => {
                quote!(#include::Cross::from_rust(&::core::convert::Into::<#ty>::into(#name)))
            }
            ("array", _) => quote!(#include::Cross::from_rust(&#name)),
            _ if self.is_scalar(ty) => quote!(#include::Cross::from_rust(&#name)),
            _ => quote!(#include::Cross::from_rust(#name)),
        })
    }

    /// What a function returns in Rust.
    pub fn results(&self, output: &ReturnType) -> Result<TokenStream, Stays> {
        let ReturnType::Type(_, ty) = output else { return Ok(quote!(())) };
        let parts: Vec<&Type> = match &**ty {
            Type::Tuple(tuple) => tuple.elems.iter().collect(),
            Type::Never(_) => return Ok(quote!(!)),
            ty => vec![ty],
        };
        let fails = parts.last().is_some_and(|last| is_named(last, "Error"));
        let values = if fails { &parts[..parts.len() - 1] } else { &parts[..] };
        if values.len() > MOST.1 {
            return Err(Stays(format!("it has more than {} results", MOST.1)));
        }
        let mut natural = Vec::new();
        for (i, ty) in values.iter().enumerate() {
            let which = if values.len() > 1 { format!("result {}", i + 1) } else { "the result".into() };
            natural.push(self.natural(ty).map_err(|stays| Stays(format!("{which}: {}", stays.0)))?);
        }
        let ty = match &natural[..] {
            [one] => quote!(#one),
            several => quote!((#(#several),*)),
        };
        Ok(match fails {
            true => quote!(::core::result::Result<#ty, ::goxide_golib::include::GoError>),
            false => ty,
        })
    }

    /// The type in Rust of values that are copied, or handles.
    pub fn natural(&self, ty: &Type) -> Result<TokenStream, Stays> {
        let (name, args) = named(ty)?;
        let include = quote!(::goxide_golib::include);
        Ok(match (name.as_str(), &args[..]) {
            (name, []) if SCALARS.contains(&name) => quote!(#ty),
            ("Str", []) => quote!(::std::string::String),
            ("EmptyStruct", []) => quote!(#include::EmptyStruct),
            ("Slice", [elem]) => {
                let elem = self.natural(elem)?;
                quote!(::std::vec::Vec<#elem>)
            }
            ("Map", [key, value]) if is_key(key) => {
                let (key, value) = (self.natural(key)?, self.natural(value)?);
                quote!(::std::collections::HashMap<#key, #value>)
            }
            ("array", [elem]) => {
                let Type::Array(array) = ty else { return Err(Stays(refused(ty))) };
                let (elem, len) = (self.natural(elem)?, &array.len);
                quote!([#elem; #len])
            }
            ("Ptr", [to]) => match self.handle(to) {
                Some(handle) => quote!(#handle),
                None => return Err(Stays(refused(ty))),
            },
            ("Func", [_]) => {
                let signature = self.signature(ty)?;
                quote!(#include::GoFunc<dyn #signature>)
            }
            ("Chan" | "RecvChan" | "SendChan", [elem]) => {
                let elem = self.element(elem)?;
                let channel = match name.as_str() {
                    "Chan" => quote!(GoChan),
                    "RecvChan" => quote!(GoReceiver),
                    _ => quote!(GoSender),
                };
                quote!(#include::#channel<#elem>)
            }
            (name, []) if self.twins.contains_key(name) => quote!(#ty),
            (name, []) if self.types.contains_key(name) || self.interfaces.contains_key(name) => quote!(#ty),
            _ => return Err(Stays(refused(ty))),
        })
    }

    /// The type that stands for pointers to this one, if there is one.
    pub fn handle(&self, to: &Type) -> Option<Ident> {
        let (name, args) = named(to).ok()?;
        let of = self.types.get(&name).filter(|_| args.is_empty())?;
        let own = format_ident!("{name}Ptr");
        let taken = [&self.types, &self.twins].iter().any(|types| types.contains_key(&own.to_string()))
            || self.interfaces.contains_key(&own.to_string());
        match self.twins.contains_key(&name) {
            false => Some(of.ident.clone()),
            true => Some(own).filter(|_| !taken),
        }
    }

    /// The element of a channel: a type in Rust that stands for one of Go.
    fn element(&self, elem: &Type) -> Result<TokenStream, Stays> {
        let stays = || Stays(format!("channels of {} do not cross", go_name(elem)));
        let (name, args) = named(elem)?;
        match (name.as_str(), &args[..]) {
            ("Func" | "Map" | "array", _) => return Err(stays()),
            ("Slice", [elem]) => drop(self.element(elem)?),
            (name, []) if self.types.contains_key(name) && !self.twins.contains_key(name) => {
                return Err(stays());
            }
            _ => {}
        }
        self.natural(elem)
    }

    /// `Fn(A, B) -> R + Send + Sync` of a function that is a value.
    fn signature(&self, ty: &Type) -> Result<TokenStream, Stays> {
        let Some((params, output)) = function(ty).filter(|(params, _)| params.len() <= MOST.0) else {
            return Err(Stays(refused(ty)));
        };
        let within = |stays: Stays| Stays(format!("{}: {}", go_name(ty), stays.0));
        let mut list = Vec::new();
        for param in params {
            list.push(match is_named(param, "Error") {
                true => quote!(::core::option::Option<::goxide_golib::include::GoError>),
                false => self.natural(param).map_err(within)?,
            });
        }
        let ret = self.results(output).map_err(within)?;
        Ok(quote!(Fn(#(#list),*) -> #ret + ::core::marker::Send + ::core::marker::Sync))
    }
}

/// Parameters and result of `Func<dyn Fn(A, B) -> R>`.
fn function(ty: &Type) -> Option<(Vec<&Type>, &ReturnType)> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(args) = &path.path.segments.last()?.arguments else { return None };
    let Some(GenericArgument::Type(Type::TraitObject(object))) = args.args.first() else { return None };
    let Some(syn::TypeParamBound::Trait(bound)) = object.bounds.first() else { return None };
    let PathArguments::Parenthesized(signature) = &bound.path.segments.last()?.arguments else { return None };
    Some((signature.inputs.iter().map(|arg| &arg.ty).collect(), &signature.output))
}

/// Has it `Eq` and `Hash` in Rust?
fn is_key(ty: &Type) -> bool {
    let Ok((name, args)) = named(ty) else { return false };
    let is_float = name.starts_with('f');
    args.is_empty() && (name == "Str" || SCALARS.contains(&name.as_str()) && !is_float)
}

/// What stays on Go's side, and why, if a reader may not see that.
pub fn refused(ty: &Type) -> String {
    let inner = match simple(ty) {
        Ok((name, args)) if name == "Ptr" && args.len() == 1 => args[0],
        _ => ty,
    };
    let why = match inner {
        Type::Path(path) if path.path.segments.len() > 1 => ": it belongs to another package",
        _ => match simple(inner) {
            Ok((name, args))
                if args.is_empty() && name.starts_with(char::is_lowercase) && go_name(inner) == name =>
            {
                ": it is not exported"
            }
            _ => "",
        },
    };
    format!("{} does not cross{why}", go_name(ty))
}

/// A type as Go spells it.
fn go_name(ty: &Type) -> String {
    let list = |types: &[&Type]| types.iter().map(|ty| go_name(ty)).collect::<Vec<_>>().join(", ");
    if let Type::Tuple(tuple) = ty {
        return format!("({})", list(&tuple.elems.iter().collect::<Vec<_>>()));
    }
    let Ok((name, args)) = simple(ty) else {
        return quote!(#ty).to_string().replace(' ', "").replace("::", ".");
    };
    match (name.as_str(), &args[..]) {
        ("Ptr", [to]) => format!("*{}", go_name(to)),
        ("Slice", [elem]) => format!("[]{}", go_name(elem)),
        ("array", [elem]) => {
            let Type::Array(array) = ty else { return name };
            let len = &array.len;
            format!("[{}]{}", quote!(#len), go_name(elem))
        }
        ("Map", [key, value]) => format!("map[{}]{}", go_name(key), go_name(value)),
        ("Chan", [elem]) => format!("chan {}", go_name(elem)),
        ("RecvChan", [elem]) => format!("<-chan {}", go_name(elem)),
        ("SendChan", [elem]) => format!("chan<- {}", go_name(elem)),
        ("Func" | "VariadicFunc", _) => {
            let Some((params, output)) = function(ty) else { return name };
            let mut params: Vec<String> = params.iter().map(|ty| go_name(ty)).collect();
            if name == "VariadicFunc"
                && let Some(last) = params.last_mut()
            {
                *last = last.replacen("[]", "...", 1);
            }
            let result = match output {
                ReturnType::Type(_, ty) => format!(" {}", go_name(ty)),
                ReturnType::Default => String::new(),
            };
            format!("func({}){result}", params.join(", "))
        }
        (name, []) => match name {
            "Str" => "string",
            "Any" => "any",
            "Error" => "error",
            "isize" => "int",
            "usize" => "uint",
            "i8" => "int8",
            "i16" => "int16",
            "i32" => "int32",
            "i64" => "int64",
            "u8" => "uint8",
            "u16" => "uint16",
            "u32" => "uint32",
            "u64" => "uint64",
            "f32" => "float32",
            "f64" => "float64",
            "Complex64" => "complex64",
            "Complex128" => "complex128",
            "Uintptr" => "uintptr",
            "UnsafePointer" => "unsafe.Pointer",
            "EmptyStruct" => "struct{}",
            name => name.trim_end_matches('_'),
        }
        .to_owned(),
        (name, args) => format!("{name}[{}]", list(args)),
    }
}

/// As [`named`], without a message.
fn simple(ty: &Type) -> Result<(String, Vec<&Type>), ()> {
    match ty {
        Type::Array(_) => named(ty).map_err(drop),
        Type::Path(path) if path.path.segments.len() == 1 => named(ty).map_err(drop),
        _ => Err(()),
    }
}
