//! What people write in `select!` who come from elsewhere, and what to tell them.
//!
//! Each is asked about tokens that are no arm as they stand: nothing in here may refuse what would compile.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Error, Expr, Token};

use super::ast::is_word;
use crate::tokens::{is_char, is_joint};

pub(super) const SEMICOLON: &str =
    "an arm of select! ends in `,`, not in `;`: several statements stand in braces";

/// `biased,` and `biased` alone before the arms.
pub(super) fn biased_without_semicolon(input: ParseStream) -> Option<Error> {
    let ahead = input.fork();
    let word = ahead.parse::<TokenTree>().ok().filter(|word| is_word(word, "biased"))?;
    // An arm may send to a channel of this name.
    let follows = ahead.peek(Token![,]) || ahead.peek(syn::Ident) || ahead.is_empty();
    follows.then(|| Error::new(word.span(), "behind `biased` stands `;`: `biased; v = <-channel => ..`"))
}

/// What stands where `=>` should, in an arm that has none.
pub(super) fn no_body(head: &[TokenTree]) -> Option<Error> {
    if let [word] = head
        && is_word(word, "biased")
    {
        return Some(Error::new(word.span(), "`biased;` stands before all arms"));
    }
    let instead = "between an arm of select! and its body stands `=>`";
    if let Some(at) = (1..head.len()).find(|&at| is_joint(&head[at - 1], '-') && is_char(&head[at], '>')) {
        return Some(Error::new(head[at - 1].span(), instead));
    }
    // `v: T = <-c` has one that is right.
    let behind = head.iter().rposition(|token| is_char(token, '-')).unwrap_or(0);
    let colon = head.iter().enumerate().skip(behind).find(|(i, token)| {
        is_char(token, ':') && !is_joint(token, ':') && !(*i > 0 && is_joint(&head[i - 1], ':'))
    });
    if let Some((_, colon)) = colon {
        return Some(Error::new(colon.span(), instead));
    }
    match head {
        [.., TokenTree::Group(body)] if head.len() > 1 && body.delimiter() == Delimiter::Brace => {
            Some(Error::new(body.span_open(), instead))
        }
        _ => Some(Error::new(head.first()?.span(), "this arm of select! has no `=> body`")),
    }
}

/// What is wrong with the operand of an arrow, as far as commas, conditions and further arrows go.
pub(super) fn behind_arrow(right: TokenStream) -> Option<Error> {
    let right: Vec<TokenTree> = right.into_iter().collect();
    if let Some(comma) = right.iter().position(|token| is_char(token, ',')) {
        let message = match right.get(comma + 1) {
            Some(next) if is_word(next, "if") => {
                "before the `if` of an arm stands no comma: `v = <-channel if condition => ..`"
            }
            _ => {
                "an arm of select! has one channel and one value: several values travel as a tuple, `channel <- (a, b) => ..`"
            }
        };
        return Some(Error::new(right[comma].span(), message));
    }
    if let Some(last) = right.last()
        && is_word(last, "if")
    {
        return Some(Error::new(last.span(), "this `if` lacks its condition"));
    }
    let bar = right.iter().position(|token| is_char(token, '|'))?;
    let arrow =
        (bar + 2..right.len()).find(|&at| is_joint(&right[at - 1], '<') && is_char(&right[at], '-'))?;
    Some(Error::new(
        right[arrow - 1].span(),
        "an arm of select! has one operation: another one is an arm of its own",
    ))
}

/// What a head without `<-` is meant to be.
pub(super) fn without_arrow(head: &[TokenTree]) -> Option<&'static str> {
    match head {
        [word, TokenTree::Group(_), minus, more, ..] if is_joint(minus, '-') && is_char(more, '>') => {
            if is_word(word, "recv") {
                return Some("a receive is written with an arrow: `v = <-channel => ..`");
            }
            if is_word(word, "send") {
                return Some("a send is written with an arrow: `channel <- value => ..`");
            }
        }
        [word, TokenTree::Group(_)] if ["timeout", "sleep", "deadline"].iter().any(|w| is_word(word, w)) => {
            return Some("an arm for when a time has passed is written `after(duration) => ..`");
        }
        [.., equals, word, TokenTree::Group(_)] if is_char(equals, '=') && is_word(word, "after") => {
            return Some("`after` gives no value: `after(duration) => ..`");
        }
        _ => {}
    }
    match syn::parse2::<Expr>(head.iter().cloned().collect()).ok()? {
        Expr::MethodCall(call) if call.method == "send" && call.args.len() == 1 => {
            Some("a send is written with an arrow: `channel <- value => ..`")
        }
        Expr::MethodCall(call) if call.method == "recv" && call.args.is_empty() => {
            Some("a receive is written with an arrow: `<-channel => ..`, or `v = <-channel => ..`")
        }
        _ => None,
    }
}
