//! `go!`: a call, closure or block becomes a goroutine.
//!
//! ```text
//! go!(f(a))      ->  { let arg0 = a; go(move || { f(arg0); }) }
//! go!(g()(a))    ->  { let mut callee = g(); let arg0 = a; go(move || { callee(arg0); }) }
//! go!(x.m(a))    ->  { let mut receiver = x; let arg0 = a; go(move || { receiver.m(arg0); }) }
//! go!(move || b) ->  go(move || b)
//! go! { b }      ->  go(move || { b })
//! ```
//! What must hold: callee, receiver and arguments are evaluated before the goroutine starts, in source order. Left in place,
//! where type inference sees what they are for, are those whose evaluation has no effect: closures and literals, and a
//! callee that is a name (rustc does not tell a closure argument its type when the callee went through a variable). What
//! they capture is moved all the same.
//! The call is a statement of its own, so that an ignored `Result` or future is warned about as anywhere else.
//! Rejected: adding `move` to a closure that lacks it. rustc says so itself and offers the fix.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Block, Error, Expr, ExprCall, ExprClosure, ExprMethodCall, Result, Token};

use crate::identity;
use crate::paths::{inside, local, runtime};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let form = Form::parse(&input);
    let identity = identity::check(input, "a goroutine");
    match (form, identity) {
        (Ok(form), Ok(())) => form.expand(),
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
                syn::parse::Parser::parse2(Block::parse_within, input.clone())?;
                Ok(Form::Statements(input.clone()))
            }
        }
    }

    fn of_expr(expr: Expr, input: &TokenStream) -> Result<Form> {
        let at = expr.span();
        let message = match expr {
            Expr::Paren(inner) => return Form::of_expr(*inner.expr, input),
            Expr::Group(inner) => return Form::of_expr(*inner.expr, input),
            Expr::Call(call) => return Ok(Form::Call(call)),
            Expr::MethodCall(call) => return Ok(Form::Method(call)),
            Expr::Closure(closure) if closure.asyncness.is_some() => ASYNC,
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
        Err(Error::new(at, message))
    }

    fn expand(self) -> TokenStream {
        let go = runtime("go", Span::call_site());
        let span = inside(Span::call_site());
        match self {
            Form::Call(ExprCall { func, args, .. }) => {
                let mut operands = Operands::default();
                let callee = match *func {
                    Expr::Path(path) => quote!(#path),
                    func => operands.bind("callee", func),
                };
                let args = operands.bind_args(args);
                let lets = operands.0;
                quote_spanned!(span=> { #lets #go(move || { #callee(#args); }) })
            }
            Form::Method(ExprMethodCall { receiver, method, turbofish, args, .. }) => {
                let mut operands = Operands::default();
                let receiver = operands.bind("receiver", *receiver);
                let args = operands.bind_args(args);
                let lets = operands.0;
                quote_spanned!(span=> { #lets #go(move || { #receiver.#method #turbofish(#args); }) })
            }
            Form::Closure(closure) => quote_spanned!(span=> #go(#closure)),
            Form::Statements(body) => quote_spanned!(span=> #go(move || { #body })),
        }
    }
}

const ASYNC: &str = "a goroutine does not run futures: it blocks where async code would await\n\
                     help: call the blocking function, or keep async code on its own executor and talk to it over a channel";

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
