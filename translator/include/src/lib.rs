//! `include_go!`: a Go file, or a folder with a Go package, as a module of a Rust crate.
//!
//! ```text
//! input:  include_go!("primes.go");            where primes.go says `package primes`
//! output: mod primes {
//!             const _: &[u8] = include_bytes!("/../primes.go");        cargo builds again when the file changes
//!             mod go { .. pub mod primes { .. } }                      the translation, which nobody else can name
//!             pub fn Upto(n: isize) -> Vec<isize> { .. }               what crosses, with types of Rust
//!         }
//! ```
//! The translation is the library's ([`goxide_translator`]); this crate finds files and packages as the command does, with the command's
//! own code, and writes the functions between the languages (`boundary.rs`). What they are made of is golib's `include.rs`, which
//! also says what may cross.
//!
//! Always holds: Go code with a mistake becomes `compile_error!`s that start with the place in the Go file, and nothing else.
//!
//! Tried in vain: telling cargo of the folder itself. `include_bytes!` of a folder is an error, and `proc_macro::tracked::path` is not stable: hence [`watch!`].
//!
//! Rejected: a build script that writes the module (an error would stand in the script's output, and every user would have one); the
//! macro in goxide-macros (all users of `go!` would compile the translator).
#![cfg_attr(not(test), deny(clippy::unwrap_used))]
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods)] // files are found and read here

mod boundary;
#[allow(dead_code)]
#[path = "../../src/cli/embed.rs"]
mod embed;
#[allow(dead_code)]
#[path = "../../src/cli/failure.rs"]
mod failure;
#[allow(dead_code)]
#[path = "../../src/cli/input.rs"]
mod input;
#[allow(dead_code)]
#[path = "../../src/cli/packages.rs"]
mod packages;
mod places;
#[path = "../../src/cli/standard.rs"]
mod standard;

use goxide_translator::diag::render;
use goxide_translator::package::{About, Found, Importer, Missing};
use goxide_translator::source::SourceMap;
use goxide_translator::{OutFile, SourceText, Sources, parser, translate};
use packages::Packages;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};

/// Translates a Go file, or the Go package in a folder, into a module of this crate.
///
/// ```ignore
/// use goxide_include::include_go;
///
/// include_go!("primes.go"); // a module of the package's name
/// include_go!(pub mod text = "go/textutil"); // the package in a folder, as a module of this name
///
/// #[goxide::main]
/// fn main() {
///     println!("{:?}", primes::Upto(20));
/// }
/// ```
///
/// The path is relative to the file that says `include_go!`. The crate depends on `goxide`, `goxide-golib` and `goxide-include`.
/// Imports are found as `goxide run` finds them: Go's standard packages in golib, others in the module (`go.mod`) around the file. A mistake
/// in the Go code is an error here that starts with `file:line:col`, and cargo builds again when one of the files changes or goes. That a file is
/// *added* to a folder no macro can tell cargo with stable Rust; a line in `build.rs` can: [`watch!`].
///
/// # What crosses
/// The module has what the package exports: its functions, types with their methods, and constants that are numbers. Names are Go's.
///
/// | Go | Rust |
/// |---|---|
/// | `bool`, `int`, `uint8`, `float64` .. | `bool`, `isize`, `u8`, `f64` .. |
/// | `string` | takes `&str`, gives `String`; one that is not UTF-8 panics: give `[]byte` |
/// | `[]T`, `[N]T`, `map[K]V` | takes `&[T]` (`&[impl AsRef<str>]` of strings), `[T; N]`, `&HashMap<K, V>`, gives `Vec<T>`, `[T; N]`, `HashMap<K, V>` |
/// | an exported struct whose fields are all exported and cross; a type defined as something that crosses | a type of the same name in the module, with the same fields and the methods on values; takes `&T` (numbers: `T`), gives `T` |
/// | `*T` of such a type | `TPtr`: a handle, with `new(&T)`, `get()`, `set(&T)`, all methods, and for a field `Name` the methods `Name()` and `set_Name(..)` |
/// | another exported type `T`, such as a struct with private fields; `*T` of it | `T`: a handle, with `new()` (Go's `new(T)`), all methods, and methods for the exported fields |
/// | an exported interface | a handle of the same name with its methods; takes `impl Into<..>`, which references to types of the module that implement it are |
/// | several results | a tuple |
/// | a last result `error` | `Result<_, GoError>`; a parameter `error` is an `Option<GoError>`, and the same error when it comes back |
/// | `func(A) R` | takes `impl Fn(A) -> R + Send + Sync + 'static`, gives `GoFunc<dyn Fn(A) -> R + Send + Sync>`, which is called as `f(a)` |
/// | `chan T`, `<-chan T`, `chan<- T` | `GoChan<T>`, `GoReceiver<T>`, `GoSender<T>`, for `go!` and `select!` as other channels; where `T` is a number, `bool` or `struct{}`, takes a `goxide::Chan<T>` as well: the same channel |
///
/// `GoError`, `GoFunc`, `GoChan` and `EmptyStruct` (for `struct{}`) are in `goxide_golib::include`; types inside of others are those that are given.
///
/// Slices, maps, structs and strings are copied: what Go code writes to its copy, Rust does not see. Handles, functions and channels are shared.
/// Of results beside an `error` that is not nil, Rust sees nothing. `any`, types of other packages, generic functions and types that are not
/// exported do not cross: a function with such a type is there, but calling it does not compile, and a warning says at which line of the Go
/// file it stands and which type does not cross.
///
/// # Handles
/// A handle is a pointer of Go's that Rust code may keep anywhere: what it points to lives as long as the handle or a clone of it. It may be nil
/// (`is_nil()`, and `nil()` makes one), and then what reads it panics, as in Go. `==` asks for the same variable.
/// **Two goroutines that use one variable at once need a lock or a channel, as in Go:** what Rust's compiler proves of Rust's data it does not know
/// of Go's, and a string or slice that is read while it is written is a wild one, in Go as here. A value of a type that has no twin in Rust crosses as a handle of a variable with a copy.
/// A closure that Go code has, and what it holds, is dropped when Go's collector finds that nobody can call it any more; so a closure must not
/// hold a handle of what holds the closure. When it panics, Go's deferred functions run, and `recover` gives the message. A channel of Rust's
/// that Go code has had is kept until the program ends.
///
/// # How Go code runs in a Rust program
/// It needs a goroutine: `#[goxide::main]`, or what `go!` starts; handles can be dropped anywhere, but used only there. The first call starts Go's heap and collector and runs the package's
/// `init` functions, as Go does before `main`; goroutines started from then on have Go's stacks (address space of 1 GB as long as they are
/// few), and a goroutine that looks at channels in vain (`try_recv`) lets others run at times: hold no lock of `std` across that.
/// `runtime.Caller` and its like are refused: the positions of the Go file are not kept.
/// Integers wrap, whatever the profile says of overflow checks. A panic of Go code unwinds into Rust; uncaught, it ends the program
/// with Go's message.
#[proc_macro]
pub fn include_go(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let call = syn::parse_macro_input!(input as Call);
    let tokens = match expand(&call) {
        Ok(tokens) => tokens,
        Err(messages) => {
            let span = call.path.span();
            let errors = messages.iter().map(|text| syn::Error::new(span, text).to_compile_error());
            quote!(#(#errors)*)
        }
    };
    tokens.into()
}

/// In a build script: has cargo build the crate again when a file is added to one of these folders.
///
/// ```ignore
/// // build.rs, with goxide-include among the build-dependencies as well
/// fn main() {
///     goxide_include::watch!("src/go/textutil");
/// }
/// ```
///
/// Paths are relative to the folder of `Cargo.toml`, folders in them count. [`include_go!`] itself tells cargo of the files that it read; that there is one more only a
/// build script can tell. Without one, an added file is seen the next time anything else in the crate changes.
#[proc_macro]
pub fn watch(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let list = syn::punctuated::Punctuated::<syn::LitStr, syn::Token![,]>::parse_terminated;
    let folders = syn::parse_macro_input!(input with list);
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let tell = folders.iter().map(|folder| match package.join(folder.value()).is_dir() {
        true => quote!(::std::println!("cargo::rerun-if-changed={}", #folder);),
        false => {
            let message = format!("there is no folder {} in {}", folder.value(), package.display());
            syn::Error::new(folder.span(), message).to_compile_error()
        }
    });
    match folders.is_empty() {
        true => {
            quote!(::core::compile_error!("watch! lacks the folder: `watch!(\"src/go/textutil\")`")).into()
        }
        false => quote!({ #(#tell)* }).into(),
    }
}

/// `"path"`, or `pub mod name = "path"`.
struct Call {
    visibility: syn::Visibility,
    name: Option<syn::Ident>,
    path: syn::LitStr,
}

impl Parse for Call {
    fn parse(input: ParseStream) -> syn::Result<Call> {
        let visibility = input.parse()?;
        let name = match input.peek(syn::Token![mod]) {
            false => None,
            true => {
                input.parse::<syn::Token![mod]>()?;
                let name = input.parse()?;
                input.parse::<syn::Token![=]>()?;
                Some(name)
            }
        };
        let path = input.parse()?;
        input.parse::<Option<syn::Token![;]>>()?;
        Ok(Call { visibility, name, path })
    }
}

/// The package to include beside all that can be imported.
struct Including {
    path: String,
    found: Found,
    others: Packages,
}

/// The package that imports the included one; it is Go's `main`, which Rust replaces.
const MAIN: &str = "main";

impl Importer for Including {
    fn resolve(&self, path: &str, importer: &str) -> Result<String, Missing> {
        match importer {
            MAIN => Ok(path.to_owned()),
            _ if importer == self.path => self.others.resolve(path, MAIN),
            _ => self.others.resolve(path, importer),
        }
    }

    fn read(&self, path: &str) -> Result<Found, Missing> {
        if path == self.path { Ok(self.found.clone()) } else { self.others.read(path) }
    }

    fn embeds(&self, path: &str, pattern: &str, all: bool) -> bool {
        self.others.embeds(if path == self.path { MAIN } else { path }, pattern, all)
    }

    fn named(&self, name: &str) -> Option<String> {
        self.others.named(name)
    }
}

/// Trees are walked recursively; see the command's `main`.
const STACK: usize = 1 << 30;

fn expand(call: &Call) -> Result<TokenStream, Vec<String>> {
    let path = beside_the_call(&call.path);
    let (sources, others) =
        input::read(std::slice::from_ref(&path), false).map_err(|e| vec![e.to_string()])?;
    let package = package_name(&sources)?;
    let translated = std::thread::scope(|scope| {
        let work = || translate_package(sources, others, &package);
        match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => Err(vec![format!("cannot start a thread: {error}")]),
        }
    })?;
    let files = translated.origins.iter().map(|file| {
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let name = call.name.clone().unwrap_or_else(|| match syn::parse_str(&package) {
        Ok(name) => name,
        Err(_) => format_ident!("r#{package}"),
    });
    let visibility = &call.visibility;
    let (root, boundary) = boundary::write(&translated.files, &translated.module, translated.places)?;
    let docs = format!("The Go package `{package}`, from `{}`.", call.path.value());
    Ok(quote! {
        #[doc = #docs]
        #[allow(dead_code, non_snake_case, non_camel_case_types, deprecated)]
        #visibility mod #name {
            #(#files)*
            #root
            #boundary
        }
    })
}

/// The path as it is written, from the file that says it; where that is not known (an editor asks), from the manifest.
fn beside_the_call(path: &syn::LitStr) -> PathBuf {
    let file = path.span().unwrap().local_file();
    let folder = match file.as_deref().and_then(Path::parent) {
        Some(folder) => folder.to_owned(),
        None => std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default(),
    };
    folder.join(path.value())
}

/// The name in the package clause.
fn package_name(sources: &Sources) -> Result<String, Vec<String>> {
    let mut map = SourceMap::new();
    let Some(first) = sources.files.first() else { return Err(vec!["no Go files".into()]) };
    let id = map.add(first.name.clone(), first.text.clone());
    let (file, diagnostics) = parser::parse_file(&map, id);
    if diagnostics.has_syntax_errors() {
        return Err(messages(&map, &diagnostics));
    }
    let at = map.locate(file.package.pos).map(|l| format!("{}:{}:{}: ", l.file, l.line, l.col));
    match file.package.name.as_str() {
        MAIN => Err(vec![format!(
            "{}package main is a program, and nothing can use what it declares: give the package a name of its own",
            at.unwrap_or_default()
        )]),
        name => Ok(name.to_owned()),
    }
}

/// One message for each mistake, as the command prints them.
fn messages(map: &SourceMap, diagnostics: &goxide_translator::diag::Diagnostics) -> Vec<String> {
    let text = render::render(map, diagnostics, false, false);
    let mut list: Vec<String> = Vec::new();
    for line in text.lines() {
        match list.last_mut() {
            Some(last) if line.starts_with(['\t', ' ']) => {
                last.push('\n');
                last.push_str(line);
            }
            _ => list.push(line.to_owned()),
        }
    }
    list
}

/// A package in Rust.
struct Translated {
    /// The modules, the root first.
    files: Vec<OutFile>,
    /// The module of the package itself.
    module: String,
    /// Whole names of the Go files it was made of.
    origins: Vec<String>,
    /// Where its functions stand.
    places: boundary::Places,
}

fn translate_package(sources: Sources, others: Packages, package: &str) -> Result<Translated, Vec<String>> {
    let path = match others.root() {
        // without a module it has no path, and must not be taken for a standard package
        MAIN if others.resolve(package, MAIN).is_ok() => format!("command-line-arguments/{package}"),
        MAIN => package.to_owned(),
        path => path.to_owned(),
    };
    let about = About { is_partial: false, ..sources.about.clone() };
    let main = format!("package main\n\nimport _ {path:?}\n\nfunc main() {{}}\n");
    let root = Sources {
        files: vec![SourceText { name: "<include_go>".into(), text: main.into_bytes() }],
        included: true,
        ..Sources::default()
    };
    let places = places::find(&sources);
    let importer = Including { path: path.clone(), found: Found { files: sources.files, about }, others };
    let output = translate(&root, &importer);
    if !output.diagnostics.is_empty() {
        return Err(messages(&output.map, &output.diagnostics));
    }
    let whole = |name: &str| std::fs::canonicalize(name).ok().map(|path| path.display().to_string());
    let origins = output.map.files().iter().filter_map(|file| whole(&file.name)).collect();
    let module = output.modules.into_iter().find(|(of, _)| *of == path).map(|(_, module)| module);
    Ok(Translated { files: output.files, module: module.unwrap_or_default(), origins, places })
}
