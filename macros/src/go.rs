//! `go!`: a call, closure or block becomes a goroutine.
//!
//! ```text
//! go!(f(a))      ->  { let arg0 = a; go(move || { f(arg0); }) }
//! go!(g()(a))    ->  { let mut callee = g(); let arg0 = a; go(move || { callee(arg0); }) }
//! go!(x.m(a))    ->  { let mut receiver = x; let arg0 = a; go(move || { receiver.m(arg0); }) }
//! go!(move || b) ->  go(move || b)
//! go! { b }      ->  go(move || { b })
//! go!(stack = n; ..)  ->  { let stack = n; .. go_with_stack(stack, ..) }
//! go!(s; ..)          ->  { .. scope_go(s, ..) }
//! go!(spread; ..)     ->  { .. spread_next(); go(..) }
//! ```
//! What must hold: callee, receiver and arguments are evaluated before the goroutine starts, in source order. Left in place,
//! where type inference sees what they are for, are those whose evaluation has no effect: closures and literals, and a
//! callee that is a name (rustc does not tell a closure argument its type when the callee went through a variable). What
//! they capture is moved all the same.
//! The call is a statement of its own, so that an ignored `Result` or future is warned about as anywhere else.
//! A name or field in front, with a semicolon, is a scope: as a statement it would do nothing. An assignment to a plain name in front, with more behind it, is an option: as a statement it could only change the goroutine's own copy
//! before anybody reads it. In braces of its own, `go!({ n = 1; .. })`, it is a statement all the same.
//! Rejected: adding `move` to a closure that lacks it. rustc says so itself and offers the fix.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{BinOp, Block, Error, Expr, ExprCall, ExprClosure, ExprMethodCall, Ident, Result, Token};

use crate::allow;
use crate::identity;
use crate::paths::{inside, local, runtime};

mod habits;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (input, permitted) = allow::take_permit(input);
    let form = Options::parse(input.clone())
        .and_then(|(options, rest)| Form::parse(&rest).map(|form| (options, form)));
    let identity = if permitted { Ok(()) } else { identity::check(input, "a goroutine") };
    match (form, identity) {
        (Ok((options, form)), Ok(())) => form.expand(options),
        (Err(mut error), Err(other)) => {
            error.combine(other);
            refuse(&error)
        }
        (Err(error), _) | (_, Err(error)) => refuse(&error),
    }
}

fn refuse(error: &Error) -> TokenStream {
    let errors = error.to_compile_error();
    quote!({ #errors })
}

/// What may stand in front of it.
#[derive(Default)]
struct Options {
    stack: Option<Expr>,
    scope: Option<Expr>,
    /// Where it says `spread`.
    spread: Option<Span>,
}

impl Options {
    /// Takes the options off the front.
    fn parse(input: TokenStream) -> Result<(Options, TokenStream)> {
        let parser = |input: ParseStream<'_>| {
            let mut options = Options::default();
            loop {
                if let Some(at) = starts_with_scope(input) {
                    let empty = options.set_place(input.parse()?)?;
                    input.parse::<Token![;]>()?;
                    if input.is_empty() {
                        return Err(Error::new(at, empty));
                    }
                    continue;
                }
                if !starts_with_option(input) {
                    if let Some(error) = habits::in_front(input) {
                        return Err(error);
                    }
                    break;
                }
                let name: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                let value: Expr = input.parse()?;
                if !input.peek(Token![;]) {
                    let message = "an option of go! ends in `;`, and what to run stands behind it";
                    return Err(match input.is_empty() {
                        true => Error::new_spanned(value, message),
                        false => Error::new(input.span(), message),
                    });
                }
                input.parse::<Token![;]>()?;
                options.set(name, value)?;
            }
            Ok((options, input.parse()?))
        };
        parser.parse2(input)
    }

    /// Takes a scope, or the word `spread`: what is to be said if nothing follows.
    fn set_place(&mut self, place: Expr) -> Result<&'static str> {
        let span = place.span();
        let spreads = matches!(&place, Expr::Path(path) if path.path.is_ident("spread"));
        let (before, what, empty) = match spreads {
            true => (
                self.spread.replace(span).is_some(),
                "the option `spread`",
                "go! has nothing to run on another worker: `go!(spread; f(..))`",
            ),
            false => (
                self.scope.replace(place).is_some(),
                "the scope",
                "go! has nothing to run in this scope: `go!(s; f(..))`",
            ),
        };
        match before {
            false => Ok(empty),
            true => Err(Error::new(span, format!("{what} was given before"))),
        }
    }

    fn set(&mut self, name: Ident, value: Expr) -> Result<()> {
        if name == "spread" {
            return Err(Error::new(name.span(), "the option `spread` has no value: `go!(spread; f(..))`"));
        }
        if name != "stack" {
            let message = format!(
                "go! has no option `{name}`: there are `stack = bytes` and `spread`\n\
                 help: if it is a variable, put braces around all of it: go!({{ {name} = ..; .. }})"
            );
            return Err(Error::new(name.span(), message));
        }
        match self.stack.replace(value) {
            None => Ok(()),
            Some(_) => Err(Error::new(name.span(), "the option `stack` was given before")),
        }
    }
}

/// `s;` or `self.s;`: where it stands.
fn starts_with_scope(input: ParseStream<'_>) -> Option<Span> {
    fn is_place(expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.qself.is_none() && path.path.get_ident().is_some(),
            Expr::Field(field) => is_place(&field.base),
            _ => false,
        }
    }
    let ahead = input.fork();
    let expr = ahead.parse::<Expr>().ok().filter(is_place)?;
    ahead.peek(Token![;]).then(|| expr.span())
}

/// `name = value;`, with something behind it unless the name is an option's.
fn starts_with_option(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(name) = ahead.parse::<Ident>() else { return false };
    if !ahead.peek(Token![=]) || ahead.peek(Token![==]) || ahead.peek(Token![=>]) {
        return false;
    }
    let rest = ahead.parse::<Token![=]>().and_then(|_| ahead.parse::<Expr>());
    name == "stack" || rest.is_ok() && ahead.parse::<Token![;]>().is_ok() && !ahead.is_empty()
}

/// What may stand in `go!`.
enum Form {
    Call(ExprCall),
    Method(ExprMethodCall),
    Closure(ExprClosure),
    Statements(TokenStream),
}

impl Form {
    fn parse(input: &TokenStream) -> Result<Form> {
        if input.is_empty() {
            return Err(Error::new(
                Span::call_site(),
                "go! has nothing to run: give it a call, a closure or a block",
            ));
        }
        match syn::parse2::<Expr>(input.clone()) {
            Ok(expr) => Form::of_expr(expr, input),
            Err(_) => {
                Parser::parse2(Block::parse_within, input.clone())
                    .map_err(|error| habits::explain(input).unwrap_or(error))?;
                Ok(Form::Statements(input.clone()))
            }
        }
    }

    fn of_expr(expr: Expr, input: &TokenStream) -> Result<Form> {
        let whole = quote!(#expr);
        let message = match expr {
            Expr::Paren(inner) => return Form::of_expr(*inner.expr, input),
            Expr::Group(inner) => return Form::of_expr(*inner.expr, input),
            Expr::Call(call) => return Ok(Form::Call(call)),
            Expr::MethodCall(call) => return Ok(Form::Method(call)),
            Expr::Closure(closure) if closure.asyncness.is_some() => ASYNC,
            Expr::Closure(closure) if matches!(*closure.body, Expr::Async(_)) => ASYNC,
            Expr::Closure(closure) if closure.inputs.is_empty() => return Ok(Form::Closure(closure)),
            Expr::Closure(closure) => {
                return Err(Error::new_spanned(
                    closure.inputs,
                    "nobody passes arguments to the closure of go!\n\
                     help: let it capture what it needs, or call it: go!((|x: T| ..)(value))",
                ));
            }
            Expr::Async(_) | Expr::Await(_) => ASYNC,
            Expr::Try(_) => {
                "`?` cannot leave a goroutine: nobody waits for its value\n\
                 help: handle the error in a block, go! { .. }, or send it over a channel"
            }
            Expr::Path(_) | Expr::Field(_) => {
                "this names something to run but does not call it\n\
                 help: write the call, go!(f(..)), whose arguments are evaluated now"
            }
            Expr::Let(_) => {
                "the variable would be gone at once: nothing behind this `let` uses it\n\
                 help: put it and what uses it into one block: go! { let v = ..; .. }"
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
                "this would end the goroutine before it has done anything, and does nothing to the code around it\n\
                 help: write it without go!"
            }
            Expr::Assign(assign) if is_variable(&assign.left) => COPY,
            Expr::Binary(binary) if assigns(&binary.op) && is_variable(&binary.left) => COPY,
            Expr::Binary(binary) if assigns(&binary.op) => return Ok(Form::Statements(input.clone())),
            Expr::Block(block) if block.label.is_none() => {
                let statements = block.block.stmts;
                return Ok(Form::Statements(quote!(#(#statements)*)));
            }
            Expr::Assign(_)
            | Expr::Block(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::Macro(_)
            | Expr::Match(_)
            | Expr::TryBlock(_)
            | Expr::Unsafe(_)
            | Expr::While(_) => return Ok(Form::Statements(input.clone())),
            _ => {
                "go! runs a call, a closure or a block; the value of this expression would be lost\n\
                 help: send the value over a channel: go! { results.send(..); }"
            }
        };
        Err(Error::new_spanned(whole, message))
    }

    fn expand(self, options: Options) -> TokenStream {
        let span = inside(Span::call_site());
        // What is evaluated first, what is called, and what it is told before the closure.
        let scoped = options.scope.is_some();
        let name = match (scoped, options.stack.is_some()) {
            (false, false) => "go",
            (false, true) => "go_with_stack",
            (true, false) => "scope_go",
            (true, true) => "scope_go_with_stack",
        };
        let go = runtime(name, Span::call_site());
        let (mut first, mut told) = (TokenStream::new(), TokenStream::new());
        if let Some(scope) = options.scope {
            told.extend(quote!(#scope,));
        }
        if let Some(stack) = options.stack {
            let sizes = runtime("ByteSize", Span::call_site());
            let name = local("stack", stack.span());
            told.extend(quote!(#name,));
            first.extend(quote_spanned! {name.span()=>
                let #name: usize = {
                    #[allow(unused_imports)]
                    use #sizes as _;
                    #stack
                };
            });
        }
        let spread = options.spread.map(|at| {
            let spread_next = runtime("spread_next", at);
            quote_spanned!(inside(at)=> #spread_next();)
        });
        let plain = first.is_empty() && spread.is_none();
        match self {
            Form::Call(ExprCall { func, args, .. }) => {
                let mut operands = Operands::default();
                let callee = match *func {
                    Expr::Path(path) => quote!(#path),
                    func => operands.bind("callee", func),
                };
                let args = operands.bind_args(args);
                let lets = operands.0;
                quote_spanned!(span=> { #first #lets #spread #go(#told move || { #callee(#args); }) })
            }
            Form::Method(ExprMethodCall { receiver, method, turbofish, args, .. }) => {
                let mut operands = Operands::default();
                let receiver = operands.bind("receiver", *receiver);
                let args = operands.bind_args(args);
                let lets = operands.0;
                quote_spanned!(span=> { #first #lets #spread #go(#told move || { #receiver.#method #turbofish(#args); }) })
            }
            Form::Closure(closure) if plain => quote_spanned!(span=> #go(#told #closure)),
            Form::Closure(closure) => quote_spanned!(span=> { #first #spread #go(#told #closure) }),
            Form::Statements(body) if plain => quote_spanned!(span=> #go(#told move || { #body })),
            Form::Statements(body) => quote_spanned!(span=> { #first #spread #go(#told move || { #body }) }),
        }
    }
}

const ASYNC: &str = "a goroutine does not run futures: it blocks where async code would await\n\
                     help: call the blocking function, or keep async code on its own executor and talk to it over a channel";

const COPY: &str = "go! moves what it uses into the goroutine: this would change a copy that nobody reads\n\
                    help: in a scope a closure borrows it: go!(s; || n += 1); else use an atomic or a lock, or send the value over a channel";

/// A plain name.
fn is_variable(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.get_ident().is_some())
}

/// `+=` and the like.
fn assigns(op: &BinOp) -> bool {
    use BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// The `let`s that evaluate callee, receiver and arguments before the goroutine starts.
#[derive(Default)]
struct Operands(TokenStream);

impl Operands {
    /// Evaluates `expr` now; gives what stands for it in the goroutine.
    fn bind(&mut self, name: &str, expr: Expr) -> TokenStream {
        match &expr {
            Expr::Lit(_) => return quote!(#expr),
            Expr::Closure(_) => return quote!((#expr)),
            Expr::Paren(inner) if matches!(*inner.expr, Expr::Closure(_)) => return quote!(#expr),
            // The parentheses of `(self.f)(x)` would be superfluous in a `let`.
            Expr::Paren(inner) => return self.bind(name, (*inner.expr).clone()),
            _ => {}
        }
        // a method may take its receiver by `&mut`, and so may a closure's call
        let may_change = matches!(name, "receiver" | "callee");
        let name = local(name, expr.span());
        let binding = match may_change {
            true => quote_spanned!(name.span()=> #[allow(unused_mut)] let mut #name),
            false => quote_spanned!(name.span()=> let #name),
        };
        self.0.extend(quote_spanned!(name.span()=> #binding = #expr;));
        quote!(#name)
    }

    fn bind_args(&mut self, args: Punctuated<Expr, Token![,]>) -> TokenStream {
        let args = args.into_iter().enumerate().map(|(i, arg)| self.bind(&format!("arg{i}"), arg));
        let args: Vec<TokenStream> = args.collect();
        quote!(#(#args),*)
    }
}
