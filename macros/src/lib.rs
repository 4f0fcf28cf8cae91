//! `go!`, `select!` and the attributes of goxide.
//!
//! This file holds only entry points and their user documentation; each forwards to the module of its name. What must
//! hold everywhere: an expansion names `::core` and the one hidden facade (paths.rs) and nothing else, a mistake in the
//! input becomes a `compile_error!` at the user's token and never a panic, and several mistakes are reported together.
//! `macro_rules` were rejected: they can neither split an arm at `<-` nor point at the offending name.

mod derive;
mod go;
mod identity;
mod interface;
mod main_fn;
mod methods;
mod paths;
mod select;

use proc_macro::TokenStream;

/// Starts a goroutine. The value is always `()`: a goroutine has no handle and no identity, what it finds out it
/// sends over a channel.
///
/// | written | meaning |
/// |---|---|
/// | `go!(f(a, b))` | `f`, `a` and `b` are evaluated now and moved; the call runs in the goroutine |
/// | `go!(x.method(a))` | `x` and `a` are evaluated now and moved; the call runs in the goroutine |
/// | `go!(move \|\| ..)` | the closure is the goroutine |
/// | `go! { statements }` | the statements are the goroutine; what they use is moved into it |
///
/// ```ignore
/// let results = goxide::chan(0);
/// go!(fetch(url.clone(), results.clone()));
/// go! {
///     let answer = compute();
///     results.send(answer);
/// }
/// ```
///
/// Everything moved must be `Send + 'static`. Note that a lone call in braces, `go! { f(a) }`, is the first form;
/// with a semicolon behind it, it is the last. Names of thread identity (`std::thread::current`, `thread_local!` and
/// their kin) are refused: goroutines share operating system threads.
#[proc_macro]
pub fn go(input: TokenStream) -> TokenStream {
    go::expand(input.into()).into()
}

/// Waits until one of several channel operations can proceed, performs exactly that one and runs its arm.
///
/// ```ignore
/// let text = select! {
///     v = <-rx => format!("{v:?}"),          // a receive that binds
///     <-quit => return,                      // a receive that does not
///     tx <- value => "sent".to_string(),     // a send
///     v = <-extra if wanted => show(v),      // counts only if the guard holds
///     default => "nothing ready".to_string() // taken when nothing else is ready
/// };
/// ```
///
/// A receive binds what that channel's own `recv` gives (`Option<T>` for Rust's channels); `(v, ok) = <-c` works for
/// channels of translated Go. Among several ready arms one is chosen at random; with `biased;` in front the first
/// ready one is. Guards, channels and values are evaluated first, once each, in source order, also those of arms that
/// are not chosen, so a value to be sent is moved in any case. Bodies are ordinary code: `break`, `continue`, `return`
/// and `?` work, and the channels are not borrowed any more. The whole is an expression. An empty `select! {}` waits
/// for ever.
#[proc_macro]
pub fn select(input: TokenStream) -> TokenStream {
    select::expand(input.into()).into()
}

/// Makes `fn main` the main goroutine. The program ends when it returns.
///
/// `main` may return whatever Rust's own `main` may.
#[proc_macro_attribute]
pub fn main(attribute: TokenStream, item: TokenStream) -> TokenStream {
    main_fn::expand(main_fn::Kind::Main, attribute.into(), item.into()).into()
}

/// Makes a function a test whose body is a goroutine. Used in place of `#[test]`.
#[proc_macro_attribute]
pub fn test(attribute: TokenStream, item: TokenStream) -> TokenStream {
    main_fn::expand(main_fn::Kind::Test, attribute.into(), item.into()).into()
}

/// The main function of a translated program: starts runtime and heap, runs `init`, then the body.
///
/// ```ignore
/// #[go_main(init = package_init)]
/// fn main() {
///     fmt::Println(args!["hi"]);
/// }
/// ```
#[proc_macro_attribute]
pub fn go_main(attribute: TokenStream, item: TokenStream) -> TokenStream {
    main_fn::expand_go(attribute.into(), item.into()).into()
}

/// Makes a struct a Go type. Needs `#[repr(C)]` and its Go identity.
///
/// ```ignore
/// #[derive(Clone, Copy, PartialEq, GoStruct)]
/// #[go("main.Point")]
/// #[repr(C)]
/// pub struct Point {
///     pub X: f64,
///     pub name: Str,
/// }
/// ```
///
/// `#[go("import/path.Name")]` takes `package = "name"` where the package is not named as its path ends, and `scope = ".."`
/// for types declared in functions; `#[go(struct)]` or `#[go(struct, path = "import/path")]` is a type without a name,
/// which is identical with every other of the same fields. A field may say `#[go(embedded)]`, `#[go(tag = "..")]` and
/// `#[go(name = "..")]`. A tuple struct over an array is a named array type.
#[proc_macro_derive(GoStruct, attributes(go))]
pub fn go_struct(input: TokenStream) -> TokenStream {
    derive::structs::expand(input.into()).into()
}

/// Makes a tuple struct over its underlying type a named Go type, with that type's operators.
///
/// ```ignore
/// #[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
/// #[go("main.Celsius")]
/// pub struct Celsius(pub f64);
/// ```
#[proc_macro_derive(GoNewtype, attributes(go))]
pub fn go_newtype(input: TokenStream) -> TokenStream {
    derive::newtype::expand(input.into()).into()
}

/// The methods of a Go type: `#[methods] impl Point { .. }` for value receivers, `#[methods] impl Ptr<Point> { .. }` for
/// pointer receivers, one of each at most. Interfaces find them through tables.
///
/// `#[methods(reflected)]` also tells `reflect` how to call them, which takes code for every signature.
///
/// A method may say `#[go(variadic)]`, `#[go(promoted)]` (it hands on to an embedded field's) and, where the Rust name is not Go's name with or without one `_` behind it,
/// `#[go(name = "..")]`.
#[proc_macro_attribute]
pub fn methods(attribute: TokenStream, item: TokenStream) -> TokenStream {
    methods::expand(attribute.into(), item.into()).into()
}

/// A Go interface, written as a trait: becomes a `Copy` type whose values hold any value with these methods.
///
/// ```ignore
/// #[interface("main.Shape")]
/// pub trait Shape {
///     fn Area(self) -> f64;
/// }
/// ```
///
/// Without a path it is an interface without a name; `#[interface(path = "import/path")]` says whose unexported methods it has.
#[proc_macro_attribute]
pub fn interface(attribute: TokenStream, item: TokenStream) -> TokenStream {
    interface::expand(attribute.into(), item.into()).into()
}
