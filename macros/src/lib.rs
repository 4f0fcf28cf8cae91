//! `go!`, `select!`, `goroutines!` and the attributes of goxide.
//!
//! This file holds only entry points and their user documentation; each forwards to the module of its name. What must
//! hold everywhere: an expansion names `::core` and the one hidden facade (paths.rs) and nothing else, a mistake in the
//! input becomes a `compile_error!` at the user's token and never a panic, and several mistakes are reported together.
//! `macro_rules` were rejected: they can neither split an arm at `<-` nor point at the offending name.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

mod allow;
mod block;
mod derive;
mod go;
mod identity;
mod interface;
mod main_fn;
mod methods;
mod paths;
mod select;
mod tokens;

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
/// ```
/// use goxide::{Chan, chan, go};
///
/// fn square(n: u64, results: Chan<u64>) {
///     results.send(n * n);
/// }
///
/// #[goxide::main]
/// fn main() {
///     let results = chan(0);
///     for n in 1..=3 {
///         go!(square(n, results.clone()));
///     }
///     let more = results.clone();
///     go! {
///         let sixteen = 4 * 4;
///         more.send(sixteen);
///     }
///     assert_eq!(results.iter().take(4).sum::<u64>(), 30);
/// }
/// ```
///
/// # Now and later
/// As in Go, function, receiver and arguments are evaluated where the statement stands, in source order, and only the call is made in the
/// goroutine. So `go!(log.lock().push(1))` takes the lock here, and `go!(f(x.clone()))` clones here, while `x` can still be used:
///
/// ```
/// # use goxide::{chan, go};
/// # #[goxide::main]
/// # fn main() {
/// let (numbers, mut n) = (chan(2), 1);
/// go!(numbers.clone().send(n)); // 1, whenever it runs
/// n = 2;
/// go!(numbers.clone().send(n));
/// assert_eq!(numbers.iter().take(2).sum::<i32>(), 3);
/// # }
/// ```
///
/// # In a scope
/// In front of each form may stand a scope, the variable (or field) that holds what [`scope`](https://docs.rs/goxide/latest/goxide/fn.scope.html) lends, and a semicolon: the
/// goroutine belongs to that scope, which waits for it, and may use what the scope's caller owns. Arguments may be references; a closure without
/// `move` borrows; a block moves what it uses here too.
///
/// ```
/// use goxide::{go, scope};
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// fn count(text: &str, words: &AtomicUsize) {
///     words.fetch_add(text.split(' ').count(), Ordering::Relaxed);
/// }
///
/// # #[goxide::main]
/// # fn main() {
/// let (texts, words) = (["to be", "or not to be"], AtomicUsize::new(0));
/// let mut longest = 0;
/// scope(|s| {
///     for text in texts {
///         go!(s; count(text, &words));
///     }
///     go!(s; || longest = texts.iter().map(|text| text.len()).max().unwrap_or(0));
/// });
/// assert_eq!((words.into_inner(), longest), (6, 12));
/// # }
/// ```
///
/// # The stack
/// In front may also stand `stack = bytes;`: so much stack for this goroutine in place of the default, as address space (only
/// what is touched becomes memory), at least 16 KiB and rounded up to whole pages. It is evaluated first, and
/// `kib()`, `mib()` and `gib()` of `goxide::ByteSize` are in scope for it:
///
/// ```
/// # use goxide::{Chan, chan, go};
/// fn depth(n: u64) -> u64 {
///     if n == 0 { 0 } else { 1 + depth(n - 1) }
/// }
///
/// # #[goxide::main]
/// # fn main() {
/// let depths = chan(0);
/// let out = depths.clone();
/// go!(stack = 64.mib(); move || out.send(depth(100_000)));
/// assert_eq!(depths.recv(), Some(100_000));
/// # }
/// ```
///
/// If the system refuses a stack of that size when the goroutine first runs, the program ends with a message.
///
/// # The worker
/// A goroutine stays on the OS thread that runs it first. That is mostly the one which started it: others help when it has long turns, but not those
/// that wait soon. `spread;` in front starts it on the next worker in turn, so that the members of a pool which wait for jobs
/// get to work on all processors:
///
/// ```
/// # use goxide::{chan, go};
/// # #[goxide::main]
/// # fn main() {
/// let (jobs, results) = (chan::<u64>(0), chan(0));
/// for _ in 0..4 {
///     let (jobs, results) = (jobs.clone(), results.clone());
///     go!(spread; move || jobs.iter().for_each(|n| results.send((1..=n).product::<u64>())));
/// }
/// go!(move || (1..=10).for_each(|n| jobs.send(n)));
/// assert_eq!(results.iter().take(10).sum::<u64>(), 4_037_913);
/// # }
/// ```
///
/// # What may go into a goroutine
/// Outside of scopes everything moved must be `Send + 'static`. Note that a lone call in braces, `go! { f(a) }`, is the first form;
/// with a semicolon behind it, it is the last. Names of thread identity (`std::thread::current`, `thread_local!` and
/// their kin) are refused: goroutines share operating system threads.
#[proc_macro]
pub fn go(input: TokenStream) -> TokenStream {
    go::expand(input.into()).into()
}

/// A block in which goroutines and channels are written as in Go: `go f(x);` and `go { .. }` start goroutines, `ch <- v` sends and
/// `<-ch` receives. The rest is Rust. Its value is that of the block.
///
/// | written | becomes |
/// |---|---|
/// | `go f(x);`, `go { .. }` at the start of a statement | `go!(f(x));`, `go! { .. };` |
/// | `ch <- v` | `(ch).send(v)` |
/// | `<-ch` | `(ch).recv()`: with Rust's channels an `Option` |
/// | `scope { .. }` where an expression begins | `goxide::scope(\|s\| { .. })`, in which `go ..` is `go!(s; ..)` |
///
/// ```
/// use goxide::{Chan, chan};
///
/// fn square(numbers: Chan<u64>, squares: Chan<u64>) {
///     numbers.iter().for_each(|n| squares.send(n * n));
/// }
///
/// # #[goxide::main]
/// # fn main() {
/// let sum = goxide::goroutines! {
///     let (numbers, squares) = (chan(0), chan(0));
///     go square(numbers.clone(), squares.clone());
///     numbers <- 7;
///     let first = <-squares;
///     first.unwrap_or(0) + 1
/// };
/// assert_eq!(sum, 50);
/// # }
/// ```
///
/// In `scope { .. }` goroutines may borrow what outlives the braces, which end when all of them have. A block or call takes what it names with
/// it, references too; a closure without `move` borrows:
///
/// ```
/// # use std::sync::atomic::{AtomicU64, Ordering};
/// # #[goxide::main]
/// # fn main() {
/// let numbers = [1, 2, 3, 4];
/// let sum = AtomicU64::new(0);
/// let count = goxide::goroutines! {
///     scope {
///         for half in numbers.chunks(2) {
///             let sum = &sum;
///             go { sum.fetch_add(half.iter().sum(), Ordering::Relaxed); }
///         }
///         go || drop(sum.fetch_add(100, Ordering::Relaxed));
///         numbers.len()
///     }
/// };
/// assert_eq!((count, sum.into_inner()), (4, 110));
/// # }
/// ```
///
/// `return` and `?` in a scope leave the scope, whose value it then is.
///
/// The arrow is written without a space between its two characters. `a <-b` is an arrow, `a < -b` a comparison. `select!` inside of
/// the block has its own arrows and is left as it is, bodies included.
#[proc_macro]
pub fn goroutines(input: TokenStream) -> TokenStream {
    block::expand(input.into()).into()
}

/// Waits until one of several channel operations can proceed, performs exactly that one and runs its arm.
///
/// ```
/// use goxide::{Chan, Receiver, chan, channel, select};
/// use std::time::Duration;
///
/// fn next(rx: &Receiver<u32>, quit: &Chan<()>, extra: Option<&Chan<u32>>, tx: &Chan<&str>) -> Option<String> {
///     let never = Chan::nil();
///     Some(select! {
///         v = <-rx => v?.to_string(),                                        // a receive that binds
///         <-quit => return None,                                             // one that does not
///         tx <- "hello" => "sent".to_string(),                               // a send
///         v = <-extra.unwrap_or(&never) if extra.is_some() => format!("{v:?}"), // counts only if the guard holds
///         after(Duration::from_secs(10)) => "too late".to_string(),          // ready once so much time has passed
///     })
/// }
///
/// #[goxide::main]
/// fn main() {
///     let ((numbers, rx), quit, tx) = (channel(1), chan(0), chan(0));
///     numbers.send(7).unwrap();
///     assert_eq!(next(&rx, &quit, None, &tx), Some("7".to_string()));
///     quit.close();
///     assert_eq!(next(&rx, &quit, None, &tx), None);
///
///     // Without waiting:
///     assert_eq!(select! { v = <-rx => v, default => Some(0) }, Some(0));
///
///     // In a loop, with its value:
///     drop(numbers);
///     let rounds = loop {
///         select! {
///             biased; // the first that is ready, not any
///             v = <-rx => match v {
///                 Some(_) => continue,
///                 None => break 1,
///             },
///             <-quit => break 2,
///         }
///     };
///     assert_eq!(rounds, 1);
/// }
/// ```
///
/// The channels may be `Chan`, `Sender` and `Receiver`, timers and tickers of `goxide::time`, and `ctx.done()` of a context, also behind references, `Box`, `Rc` and `Arc`.
/// A receive binds what that channel's own `recv` gives (`Option<T>` for Rust's channels, of which `None` says that it is closed); `(v, ok) = <-c` works for
/// channels of translated Go. A send that nobody can ever receive is ready: a `Chan` that is closed panics, a `Sender` drops the value. Among several ready arms one is chosen at random; with `biased;` in front the first
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
///
/// ```
/// #[goxide::main(workers = 4, stack = 128.kib())]
/// fn main() -> Result<(), std::num::ParseIntError> {
///     let numbers = goxide::chan(0);
///     goxide::go!(numbers.clone().send("42"));
///     let n: u32 = numbers.recv().unwrap_or("none").parse()?;
///     assert_eq!(n, 42);
///     Ok(())
/// }
/// ```
///
/// `workers` is how many OS threads run goroutines, `stack` how many bytes of stack every goroutine but the main one has, as with
/// `goxide::Builder`: the environment variables `GOMAXPROCS` and `GOXIDE_STACK` go before them.
#[proc_macro_attribute]
pub fn main(attribute: TokenStream, item: TokenStream) -> TokenStream {
    main_fn::expand(main_fn::Kind::Main, attribute.into(), item.into()).into()
}

/// Makes a function a test whose body is a goroutine. Used in place of `#[test]`.
///
/// The function may return what tests may, and `#[should_panic]` and `#[ignore]` work. A test that waits for ever fails, with what it waits for. All tests of a
/// process share one runtime: goroutines that one leaves behind go on during the others.
///
/// ```
/// #[goxide::test]
/// fn values_arrive() {
///     let numbers = goxide::chan(0);
///     goxide::go!(numbers.clone().send(1));
///     assert_eq!(numbers.recv(), Some(1));
/// }
/// ```
#[proc_macro_attribute]
pub fn test(attribute: TokenStream, item: TokenStream) -> TokenStream {
    main_fn::expand(main_fn::Kind::Test, attribute.into(), item.into()).into()
}

/// Allows a function, and all that is reached through it, to use what belongs to the operating system thread. It says why:
///
/// ```
/// #[goxide::allow_identity(reason = "the name goes into the log line, nobody decides by it")]
/// fn thread_name() -> String {
///     std::thread::current().name().unwrap_or("?").to_owned()
/// }
///
/// #[goxide::main]
/// fn main() {
///     println!("{}: started", thread_name());
/// }
/// ```
///
/// `goxide lint` does not report what goroutines reach through the function (its JSON does, as allowed), and reports the attribute
/// when nothing needs it; `go!` and `select!` in it, or the body of `#[goxide::main]` and `#[goxide::test]`, may name such things. `grep allow_identity`
/// finds all of them. In optimised code nothing of it is left.
///
/// It stands on functions and methods with a body. What it allows may still be wrong: goroutines share threads, and what one leaves
/// in a thread-local another one finds.
#[proc_macro_attribute]
pub fn allow_identity(attribute: TokenStream, item: TokenStream) -> TokenStream {
    allow::expand(attribute.into(), item.into()).into()
}

/// The main function of a translated program: starts runtime and heap, runs `init`, then the body.
///
/// ```
/// use goxide_golib::prelude::*;
/// use goxide_golib::fmt;
///
/// fn package_init() {
///     fmt::Println(args!["first"]);
/// }
///
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
/// ```
/// # #![allow(non_snake_case)]
/// use goxide_golib::prelude::*;
/// use goxide_golib::fmt;
///
/// #[derive(Clone, Copy, PartialEq, GoStruct)]
/// #[go("main.Point")]
/// #[repr(C)]
/// pub struct Point {
///     pub X: f64,
///     pub name: Str,
/// }
///
/// #[go_main]
/// fn main() {
///     let p = Point { X: 1.5, name: str("p") };
///     assert_eq!(fmt::Sprintf(str("%v %+v %T"), args![p, p, p]), str("{1.5 p} {X:1.5 name:p} main.Point"));
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
/// ```
/// use goxide_golib::prelude::*;
/// use goxide_golib::fmt;
///
/// #[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
/// #[go("main.Celsius")]
/// pub struct Celsius(pub f64);
///
/// #[go_main]
/// fn main() {
///     let warm = Celsius(20.0) + Celsius(1.5);
///     assert!(warm > Celsius(21.0));
///     assert_eq!(fmt::Sprintf(str("%v %T"), args![warm, warm]), str("21.5 main.Celsius"));
/// }
/// ```
#[proc_macro_derive(GoNewtype, attributes(go))]
pub fn go_newtype(input: TokenStream) -> TokenStream {
    derive::newtype::expand(input.into()).into()
}

/// The methods of a Go type: `#[methods] impl Point { .. }` for value receivers, `#[methods] impl Ptr<Point> { .. }` for
/// pointer receivers, one of each at most. Interfaces find them through tables.
///
/// ```
/// # #![allow(non_snake_case)]
/// use goxide_golib::prelude::*;
/// use goxide_golib::fmt;
///
/// #[derive(Clone, Copy, PartialEq, GoNewtype)]
/// #[go("main.Metres")]
/// pub struct Metres(pub f64);
///
/// #[methods]
/// impl Metres {
///     pub fn String(self) -> Str {
///         fmt::Sprintf(str("%.1f m"), args![self.0])
///     }
/// }
///
/// #[go_main]
/// fn main() {
///     // fmt finds the method, as in Go.
///     assert_eq!(fmt::Sprint(args![Metres(2.0)]), str("2.0 m"));
/// }
/// ```
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
/// ```
/// # #![allow(non_snake_case)]
/// use goxide_golib::prelude::*;
///
/// #[interface("main.Shape")]
/// pub trait Shape {
///     fn Area(self) -> f64;
/// }
///
/// #[derive(Clone, Copy, PartialEq, GoNewtype)]
/// #[go("main.Square")]
/// pub struct Square(pub f64);
///
/// #[methods]
/// impl Square {
///     pub fn Area(self) -> f64 {
///         self.0 * self.0
///     }
/// }
///
/// #[go_main]
/// fn main() {
///     let shape = Shape::of(Square(3.0));
///     assert_eq!(shape.Area(), 9.0);
/// }
/// ```
///
/// Without a path it is an interface without a name; `#[interface(path = "import/path")]` says whose unexported methods it has.
#[proc_macro_attribute]
pub fn interface(attribute: TokenStream, item: TokenStream) -> TokenStream {
    interface::expand(attribute.into(), item.into()).into()
}
