//! The arms of a `select!` as written.
//!
//! ```text
//! select  = [ "biased" ";" ] { arm [ "," ] }
//! arm     = head [ "if" condition ] "=>" body
//! head    = pattern [ ":" type ] "=" "<-" channel | "<-" channel | channel "<-" value | "after" "(" duration ")" | "default"
//! ```
//! Rust has no `<-`, so no expression parser accepts a head as a whole: it is cut at the first joint `<-` outside of
//! brackets, except behind `::` where it opens generic arguments (`f::<-1>`). Bodies follow the rule of match arms: a body that
//! ends in a block needs no comma.
//! Parsing never stops at the first mistake it can step over; it gives what it understood and the errors. Habits from
//! Go (`case`, `:=`, `v, ok`) and from tokio (`v = rx.recv()`) get a message that shows the form used here.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Error, Expr, Pat, Result, Token, Type};

use super::habits;
use crate::tokens::{is_arrow, is_char, is_joint};

pub(super) struct Select {
    /// `biased;` stands in front.
    pub(super) biased: bool,
    pub(super) arms: Vec<Arm>,
}

pub(super) struct Arm {
    pub(super) head: Head,
    pub(super) guard: Option<Expr>,
    pub(super) body: Expr,
    /// Where to blame the arm as a whole.
    pub(super) span: Span,
}

pub(super) enum Head {
    Receive { binding: Option<Box<Binding>>, channel: Expr },
    Send { channel: Expr, value: Box<Expr> },
    After { duration: Expr },
    Default,
}

pub(super) struct Binding {
    pub(super) pat: Pat,
    pub(super) ty: Option<Type>,
}

pub(super) const FORMS: &str =
    "an arm of select! is `v = <-channel`, `<-channel`, `channel <- value`, `after(duration)` or `default`";

impl Select {
    pub(super) fn parse(input: TokenStream) -> (Select, Vec<Error>) {
        let mut select = Select { biased: false, arms: Vec::new() };
        let mut errors = Vec::new();
        let parser = |input: ParseStream| {
            select.parse_all(input, &mut errors);
            Ok(())
        };
        // A parser that leaves tokens behind has already said why; the complaint about the rest would be a second message.
        if let Err(error) = parser.parse2(input)
            && errors.is_empty()
        {
            errors.push(error);
        }
        (select, errors)
    }

    fn parse_all(&mut self, input: ParseStream, errors: &mut Vec<Error>) {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            let word: proc_macro2::TokenTree = input.parse().expect("an identifier was seen");
            let _: Token![;] = input.parse().expect("a semicolon was seen");
            match word.to_string() == "biased" {
                true => self.biased = true,
                false => errors
                    .push(Error::new(word.span(), "only `biased;` may stand before the arms of select!")),
            }
        }
        if let Some(error) = habits::biased_without_semicolon(input) {
            return errors.push(error);
        }
        while !input.is_empty() {
            match self.parse_arm(input, errors) {
                Ok(()) => {}
                Err(error) => return errors.push(error),
            }
        }
    }

    /// Reads one arm. An error in its head is noted and stepped over, one in its body ends the parse.
    fn parse_arm(&mut self, input: ParseStream, errors: &mut Vec<Error>) -> Result<()> {
        let span = input.span();
        let head = head_tokens(input)?;
        let head = parse_head(head, span);
        let rest = input.fork();
        let body =
            Expr::parse_with_earlier_boundary_rule(input).map_err(|e| missing_comma(&rest).unwrap_or(e))?;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else if !input.is_empty() && needs_comma(&body) {
            return Err(match input.peek(Token![;]) {
                true => Error::new(input.span(), habits::SEMICOLON),
                false => Error::new(input.span(), MISSING_COMMA),
            });
        }
        match head {
            Ok((head, guard)) => self.arms.push(Arm { head, guard, body, span }),
            Err(error) => errors.push(error),
        }
        Ok(())
    }
}

/// `a <-b` is no expression, so a forgotten comma before `<-b => ..` shows as an error in the body.
fn missing_comma(rest: ParseStream) -> Option<Error> {
    let mut arrow = None;
    let mut last = None;
    while !rest.is_empty() && !rest.peek(Token![,]) {
        if rest.peek(Token![=>]) {
            return arrow.map(|at| Error::new(at, MISSING_COMMA));
        }
        let token: TokenTree = rest.parse().ok()?;
        if is_char(&token, '-') && last.as_ref().is_some_and(|last| is_joint(last, '<')) {
            arrow = arrow.or(last.as_ref().map(TokenTree::span));
        }
        last = Some(token);
    }
    None
}

const MISSING_COMMA: &str = "expected `,` after the body of this arm of select!";

/// As in `match`: bodies that end in a block end the arm.
fn needs_comma(body: &Expr) -> bool {
    !matches!(
        body,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::ForLoop(_)
            | Expr::TryBlock(_)
            | Expr::Const(_)
    )
}

/// Takes the tokens up to `=>`, and the arrow.
fn head_tokens(input: ParseStream) -> Result<Vec<TokenTree>> {
    let mut head = Vec::new();
    while !input.peek(Token![=>]) {
        if input.is_empty() || input.peek(Token![;]) {
            let nothing = || Error::new(input.span(), "this arm of select! has no `=> body`");
            return Err(habits::no_body(&head).unwrap_or_else(nothing));
        }
        head.push(input.parse()?);
    }
    input.parse::<Token![=>]>()?;
    Ok(head)
}

fn parse_head(head: Vec<TokenTree>, span: Span) -> Result<(Head, Option<Expr>)> {
    let Some(first) = head.first() else {
        return Err(Error::new(span, FORMS));
    };
    if is_word(first, "case")
        && head.len() > 1
        && !matches!(&head[1], TokenTree::Punct(p) if p.as_char() == '.')
    {
        return Err(Error::new(
            first.span(),
            "arms of select! are written without `case`: `v = <-channel => ..`",
        ));
    }
    match arrow(&head) {
        Some(arrow) => {
            let right: TokenStream = head[arrow + 2..].iter().cloned().collect();
            match &head[..arrow] {
                [] => receive(None, right, span),
                [left @ .., equals] if is_lone_equals(left, equals) => {
                    receive(Some(left), right, equals.span())
                }
                left => send(left, right, span),
            }
        }
        None => without_arrow(&head),
    }
}

/// The place of the first `<-` that is no opening of generic arguments.
fn arrow(head: &[TokenTree]) -> Option<usize> {
    (0..head.len()).find(|&i| is_arrow(head, i))
}

fn without_arrow(head: &[TokenTree]) -> Result<(Head, Option<Expr>)> {
    let whole =
        |message: &str| Err(Error::new_spanned(head.iter().cloned().collect::<TokenStream>(), message));
    match head {
        [word] if is_word(word, "default") => Ok((Head::Default, None)),
        [word, TokenTree::Group(_), ..] if is_word(word, "default") => whole(
            "`default` waits for nothing and takes no time limit\nhelp: an arm with one is written `after(duration) => ..`",
        ),
        [word, ..] if is_word(word, "default") => whole(
            "`default` takes neither a channel nor a guard: it is the arm for when nothing else is ready",
        ),
        [word] if is_word(word, "_") || is_word(word, "else") || is_char(word, '_') => {
            whole("the arm for when nothing else is ready is written `default =>`")
        }
        [word, TokenTree::Group(duration), guard @ ..]
            if is_word(word, "after") && duration.delimiter() == Delimiter::Parenthesis =>
        {
            after(duration, guard)
        }
        _ if habits::without_arrow(head).is_some() => whole(habits::without_arrow(head).unwrap_or(FORMS)),
        _ if head.iter().any(|token| is_char(token, '=')) => whole(
            "this arm names no channel operation\nhelp: to receive, put an arrow before the channel: `v = <-channel => ..`",
        ),
        _ => whole(FORMS),
    }
}

/// `after(duration) [if condition]`.
fn after(duration: &Group, guard: &[TokenTree]) -> Result<(Head, Option<Expr>)> {
    if duration.stream().is_empty() {
        return Err(Error::new(duration.span(), "`after` lacks the duration to wait for"));
    }
    let duration: Expr = syn::parse2(duration.stream())?;
    // The condition is read as that of an operand.
    let guard = match guard {
        [] => None,
        guard => {
            let guard: TokenStream = guard.iter().cloned().collect();
            operand.parse2(quote::quote!(() #guard))?.1
        }
    };
    Ok((Head::After { duration }, guard))
}

fn receive(left: Option<&[TokenTree]>, right: TokenStream, span: Span) -> Result<(Head, Option<Expr>)> {
    let binding = left.map(|left| binding(left, span)).transpose()?.map(Box::new);
    if right.is_empty() {
        return Err(Error::new(span, "`<-` lacks the channel to receive from"));
    }
    let (channel, guard) = operand_of(right)?;
    Ok((Head::Receive { binding, channel }, guard))
}

fn send(left: &[TokenTree], right: TokenStream, span: Span) -> Result<(Head, Option<Expr>)> {
    if right.is_empty() {
        return Err(Error::new(span, "`<-` lacks the value to send"));
    }
    if let [.., TokenTree::Punct(op), equals] = left
        && is_char(equals, '=')
        && op.spacing() == Spacing::Joint
    {
        return Err(not_a_pattern(left, op));
    }
    let channel = syn::parse2(left.iter().cloned().collect())?;
    let (value, guard) = operand_of(right)?;
    let value = Box::new(value);
    Ok((Head::Send { channel, value }, guard))
}

/// What stands left of `= <-`.
fn binding(left: &[TokenTree], span: Span) -> Result<Binding> {
    let Some(first) = left.first() else {
        return Err(Error::new(span, "`= <-` lacks the pattern that binds what is received"));
    };
    if is_word(first, "let") {
        return Err(Error::new(first.span(), "an arm of select! binds without `let`: `v = <-channel => ..`"));
    }
    if left.iter().any(|token| is_char(token, ',')) {
        let tokens: TokenStream = left.iter().cloned().collect();
        return Err(Error::new_spanned(tokens, "two names need parentheses: `(v, ok) = <-channel => ..`"));
    }
    let tokens: TokenStream = left.iter().cloned().collect();
    let parser = |input: ParseStream| {
        let pat = input.call(Pat::parse_multi_with_leading_vert)?;
        let ty = if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Binding { pat, ty })
    };
    parser.parse2(tokens.clone()).map_err(|error| match syn::parse2::<Expr>(tokens.clone()) {
        Ok(_) => Error::new_spanned(tokens, PLACE),
        Err(_) => error,
    })
}

const PLACE: &str = "left of `= <-` stands a pattern, not a place to assign to\n\
                     help: bind a name and assign in the body: `v = <-channel => place = v`";

/// The complaint about `v := <-c` and `v += <-c`.
fn not_a_pattern(left: &[TokenTree], op: &Punct) -> Error {
    match op.as_char() {
        ':' => Error::new(op.span(), "an arm of select! binds with `=`, not `:=`: `v = <-channel => ..`"),
        _ => Error::new_spanned(left.iter().cloned().collect::<TokenStream>(), PLACE),
    }
}

/// What stands right of an arrow.
fn operand_of(right: TokenStream) -> Result<(Expr, Option<Expr>)> {
    operand.parse2(right.clone()).map_err(|error| habits::behind_arrow(right).unwrap_or(error))
}

/// `expression [if condition]`, to the end.
fn operand(input: ParseStream) -> Result<(Expr, Option<Expr>)> {
    let expr: Expr = input.parse()?;
    if !input.peek(Token![if]) {
        return match input.is_empty() {
            true => Ok((expr, None)),
            false => Err(Error::new(input.span(), format!("unexpected tokens: {FORMS}"))),
        };
    }
    input.parse::<Token![if]>()?;
    let guard: Expr = input.parse()?;
    if let Expr::Let(_) = guard {
        return Err(Error::new(
            guard.span(),
            "the guard of a select! arm is a `bool`, it cannot bind with `let`",
        ));
    }
    Ok((expr, Some(guard)))
}

/// `=` that is no part of `:=`, `+=`, `==` and the like.
fn is_lone_equals(left: &[TokenTree], token: &TokenTree) -> bool {
    is_char(token, '=') && !left.last().is_some_and(is_operator_before_equals)
}

fn is_operator_before_equals(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint && punct.as_char() != '\'')
}

pub(super) fn is_word(token: &TokenTree, word: &str) -> bool {
    match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let mut inner = group.stream().into_iter();
            matches!((inner.next(), inner.next()), (Some(token), None) if is_word(&token, word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
