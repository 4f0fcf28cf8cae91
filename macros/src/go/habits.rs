//! What people write in `go!` who come from elsewhere, and what to tell them.
//!
//! Nothing in here may refuse what would compile and do something: `explain` is asked when the parser has given up, `in_front` is about
//! statements without effect.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Error, Expr, Token};

use crate::tokens::{is_arrow, is_char};

/// A size or `&s` with a semicolon behind it, as a statement, would do nothing.
pub(super) fn in_front(input: ParseStream<'_>) -> Option<Error> {
    let ahead = input.fork();
    let expr = ahead.parse::<Expr>().ok()?;
    if !ahead.peek(Token![;]) {
        return None;
    }
    match &expr {
        Expr::Reference(reference) if matches!(*reference.expr, Expr::Path(_)) => Some(Error::new_spanned(
            expr,
            "a scope stands here by its name, which is a reference already: `go!(s; f(..))`",
        )),
        Expr::MethodCall(call)
            if matches!(*call.receiver, Expr::Lit(_))
                && ["kib", "mib", "gib"].iter().any(|unit| call.method == unit) =>
        {
            Some(Error::new_spanned(expr, "the size of the stack has a name: `go!(stack = 64.kib(); f(..))`"))
        }
        _ => None,
    }
}

/// Why these tokens are no Rust, if that is known.
pub(super) fn explain(input: &TokenStream) -> Option<Error> {
    let tokens: Vec<TokenTree> = input.clone().into_iter().collect();
    let error = |at: Span, message: &str| Some(Error::new(at, message));
    match &tokens[..] {
        [TokenTree::Ident(word), TokenTree::Group(parameters), ..]
            if (word == "func" || word == "fn") && parameters.delimiter() == Delimiter::Parenthesis =>
        {
            return error(
                word.span(),
                "what Go writes as `go func() { .. }()` is the block alone: `go! { .. }`",
            );
        }
        [TokenTree::Ident(word), next, ..] if word == "move" && !is_char(next, '|') => {
            return error(
                word.span(),
                "`move` belongs to a closure: `go! { .. }` and `go!(f(x))` take along what they use by themselves",
            );
        }
        [TokenTree::Ident(word), colon, ..]
            if (word == "stack" || word == "spread") && is_char(colon, ':') =>
        {
            return error(
                colon.span(),
                "an option of go! is written with `=`: `go!(stack = 64.kib(); f(..))`",
            );
        }
        _ => {}
    }
    if let Some(at) = (0..tokens.len()).find(|&at| is_arrow(&tokens, at)) {
        let message = match at {
            0 => "Rust has no `<-`: a receive is written `c.recv()` (in `select!` and `goroutines!`, `<-c`)",
            _ => "Rust has no `<-`: a send is written `c.send(v)` (in `select!` and `goroutines!`, `c <- v`)",
        };
        return error(tokens[at].span(), message);
    }
    let comma = tokens.iter().position(|token| is_char(token, ','))?;
    // With a semicolon before it, what is wrong may be anything.
    if tokens[..comma].iter().any(|token| is_char(token, ';')) {
        return None;
    }
    let first = Parser::parse2(
        |input: ParseStream<'_>| input.parse::<Expr>(),
        tokens[..comma].iter().cloned().collect(),
    );
    match first {
        Ok(Expr::Path(_) | Expr::Field(_)) => {
            error(tokens[comma].span(), "behind the scope stands `;`: `go!(s; f(..))`")
        }
        Ok(_) => error(
            tokens[comma].span(),
            "go! starts one goroutine: `go!(f(..))` and one more `go!` for each other, or `go! { f(..); g(..); }`",
        ),
        Err(_) => None,
    }
}
