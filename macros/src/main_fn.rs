//! `#[goxide::main]`, `#[goxide::test]` and `#[go_main]`: a function body becomes the main goroutine.
//!
//! ```text
//! fn main() { b }       ->  fn main() { run_main(move || { b }) }
//! #[goxide::main(workers = n, stack = m)]
//!                       ->  run_built(|| Builder::new().workers(n).stack_size(m), ..) in place of run_main(..)
//! fn main() -> R { b }  ->  fn main() -> ExitCode { run_main(move || report((move || -> R { b })())) }
//! #[go_main(init = package_init)]
//! fn main() { b }       ->  fn main() { go_main(option_env!(..), package_init, || { b }) }                  golib's, for translated programs
//! #[go_main]            ->  as above with an initialiser that does nothing
//! #[go_main(positions = "file")]
//!                       ->  go_main_at(include_str!("file"), ..): the table of where the Rust comes from
//! ```
//! What must hold: a result is turned into an exit code inside the goroutine, because what Rust's `main` may return
//! (`Result<(), Box<dyn Error>>`) need not be `Send`. After an error the function stays, with an empty body, so that one mistake
//! gives one message.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, ItemFn, ReturnType, Token};

use crate::allow;
use crate::identity;
use crate::paths::{golib, inside, runtime};

/// Which of the two attributes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Main,
    Test,
}

pub(crate) fn expand(kind: Kind, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let function = match syn::parse2::<ItemFn>(item.clone()) {
        Ok(function) => function,
        Err(_) => {
            let name = kind.name();
            let error =
                Error::new(Span::call_site(), format!("#[goxide::{name}] belongs on a function with a body"));
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let body = &function.block;
    let mut errors = check(kind, &function);
    let options = Options::parse(kind, attribute).unwrap_or_else(|error| {
        errors.insert(0, error);
        Options::default()
    });
    if !allow::allows(&function)
        && let Err(error) = identity::check(quote!(#body), kind.what())
    {
        errors.push(error);
    }
    match combined(errors) {
        None => run(kind, &options, &function),
        Some(error) => {
            let error = error.to_compile_error();
            let name = &function.sig.ident;
            match kind {
                Kind::Main => quote!(#error fn #name() {}),
                Kind::Test => error,
            }
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Main => "main",
            Kind::Test => "test",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Kind::Main => "the main goroutine",
            Kind::Test => "the goroutine of a test",
        }
    }
}

/// What may stand in `#[goxide::main(..)]`.
#[derive(Default)]
struct Options {
    workers: Option<Expr>,
    stack: Option<Expr>,
}

impl Options {
    fn parse(kind: Kind, attribute: TokenStream) -> syn::Result<Options> {
        if kind == Kind::Test && !attribute.is_empty() {
            let message = "#[goxide::test] takes no arguments\n\
                 help: the tests of a process share one runtime; a `goxide::Builder` can set it up before they start";
            return Err(Error::new_spanned(attribute, message));
        }
        let parser = |input: ParseStream<'_>| {
            let (mut options, mut errors) = (Options::default(), Vec::new());
            while !input.is_empty() {
                let Some(name) = input.parse::<Option<Ident>>()? else {
                    return Err(input.error(format!("not an option of #[goxide::main]: {KNOWN}")));
                };
                if !input.peek(Token![=]) {
                    return Err(Error::new(name.span(), format!("`{name}` wants a value: {KNOWN}")));
                }
                input.parse::<Token![=]>()?;
                let value: Expr = input.parse()?;
                errors.extend(options.set(name, value).err());
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            combined(errors).map_or(Ok(options), Err)
        };
        parser.parse2(attribute)
    }

    fn set(&mut self, name: Ident, value: Expr) -> syn::Result<()> {
        let place = match name.to_string().as_str() {
            "workers" => &mut self.workers,
            "stack" => &mut self.stack,
            _ => {
                return Err(Error::new(
                    name.span(),
                    format!("#[goxide::main] has no option `{name}`: {KNOWN}"),
                ));
            }
        };
        match place.replace(value) {
            None => Ok(()),
            Some(_) => Err(Error::new(name.span(), format!("the option `{name}` was given before"))),
        }
    }

    /// What makes the settings, if there are some. Sizes may be written `8.mib()`.
    fn settings(&self) -> Option<TokenStream> {
        if self.workers.is_none() && self.stack.is_none() {
            return None;
        }
        let span = inside(Span::call_site());
        let (builder, sizes) =
            (runtime("Builder", Span::call_site()), runtime("ByteSize", Span::call_site()));
        let workers = self.workers.iter().map(|n| quote_spanned!(inside(n.span())=> .workers(#n)));
        let stack = self.stack.iter().map(|n| quote_spanned!(inside(n.span())=> .stack_size(#n)));
        Some(quote_spanned! {span=>
            || {
                #[allow(unused_imports)]
                use #sizes as _;
                #builder::new() #(#workers)* #(#stack)*
            }
        })
    }
}

const KNOWN: &str = "there are `workers = number` and `stack = bytes`";

/// The rules a signature must keep.
fn check(kind: Kind, function: &ItemFn) -> Vec<Error> {
    let mut errors = Vec::new();
    let name = kind.name();
    let sig = &function.sig;
    if kind == Kind::Main && sig.ident != "main" {
        errors.push(Error::new_spanned(
            &sig.ident,
            "#[goxide::main] belongs on `fn main`: the program ends when it returns",
        ));
    }
    if let Some(token) = &sig.asyncness {
        errors.push(Error::new_spanned(
            token,
            format!("the body of #[goxide::{name}] is a goroutine: it blocks where async code would await\nhelp: remove `async`"),
        ));
    }
    if !sig.inputs.is_empty() {
        errors.push(Error::new_spanned(
            &sig.inputs,
            format!("nobody passes arguments to the function of #[goxide::{name}]"),
        ));
    }
    if !sig.generics.params.is_empty() {
        errors.push(Error::new_spanned(
            &sig.generics,
            format!("the function of #[goxide::{name}] cannot be generic"),
        ));
    }
    errors
}

fn run(kind: Kind, options: &Options, function: &ItemFn) -> TokenStream {
    let ItemFn { attrs, vis, sig, block, .. } = function;
    let span = inside(Span::call_site());
    let (start, test) = match kind {
        Kind::Main => ("run_main", None),
        Kind::Test => ("run_test", Some(quote_spanned!(Span::call_site()=> #[::core::prelude::v1::test]))),
    };
    let start = options.settings().map_or_else(
        || (runtime(start, Span::call_site()), None),
        |settings| (runtime("run_built", Span::call_site()), Some(quote_spanned!(span=> #settings,))),
    );
    let (start, settings) = start;
    let name = &sig.ident;
    match &sig.output {
        ReturnType::Default => {
            quote_spanned!(span=> #(#attrs)* #test #vis fn #name() { #start(#settings move || #block) })
        }
        ReturnType::Type(_, output) => {
            let report = quote_spanned!(inside(output.span())=> ::std::process::Termination::report);
            quote_spanned! {span=>
                #(#attrs)* #test #vis fn #name() -> ::std::process::ExitCode {
                    #start(#settings move || #report((move || -> #output #block)()))
                }
            }
        }
    }
}

/// `#[go_main(init = path)]`, or without arguments if there is nothing to initialise: the main function of a translated program.
pub(crate) fn expand_go(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let init = |input: ParseStream| {
        let (mut init, mut positions) = (None, None);
        while !input.is_empty() {
            let word: Option<syn::Ident> = input.parse()?;
            match word {
                Some(word) if word == "init" => {
                    input.parse::<syn::Token![=]>()?;
                    init = Some(input.parse::<syn::Path>()?);
                }
                Some(word) if word == "positions" => {
                    input.parse::<syn::Token![=]>()?;
                    positions = Some(input.parse::<syn::LitStr>()?);
                }
                word => {
                    let at = word.map_or(Span::call_site(), |word| word.span());
                    return Err(Error::new(at, "expected #[go_main(init = package_init)]"));
                }
            }
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        Ok((init, positions))
    };
    let parsed = init.parse2(attribute).and_then(|init| Ok((init, syn::parse2::<ItemFn>(item.clone())?)));
    let ((init, positions), function) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let mut errors = check(Kind::Main, &function);
    if let ReturnType::Type(_, output) = &function.sig.output {
        errors.push(Error::new(output.span(), "Go's main returns nothing"));
    }
    let ItemFn { attrs, vis, sig, block, .. } = &function;
    let name = &sig.ident;
    if let Some(error) = combined(errors) {
        let error = error.to_compile_error();
        return quote!(#error fn #name() {});
    }
    let start = golib(if positions.is_some() { "go_main_at" } else { "go_main" }, Span::call_site());
    let positions = positions.map(|file| quote!(::core::include_str!(#file),));
    // Set by the command alone, for what it compiles itself.
    let movable = quote!(::core::option_env!("GOXIDE_MOVABLE"));
    let init = init.map_or_else(|| quote!(|| {}), |init| quote!(#init));
    quote_spanned!(inside(Span::call_site())=> #(#attrs)* #vis fn #name() { #start(#positions #movable, #init, || #block) })
}

fn combined(errors: Vec<Error>) -> Option<Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}
