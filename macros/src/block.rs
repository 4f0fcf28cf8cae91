//! `goroutines! { .. }`: a block in which `go`, `<-ch` and `ch <- v` are written as in Go.
//!
//! Only tokens are rewritten; everything else is Rust as it stands, so that what the block means can be read off:
//!
//! | written | becomes |
//! |---|---|
//! | `go f(x);`, `go { .. }` at the start of a statement | `go!(f(x));`, `go! { .. };` |
//! | `ch <- v` | `(ch).send(v)` |
//! | `<-ch` | `ch.recv()` |
//! | `scope { .. }` where an expression begins | `goxide::scope(\|s\| { .. })`, and each `go ..` in there is `go!(s; ..)` |
//!
//! An arrow is the two characters `<-` without a space. What stands before it as far as the last `;`, `,`, `=`, `=>`, operator or keyword is
//! the channel of a send; where nothing does, the arrow is a receive, of the postfix expression behind it. Inside of `select!`, whose arms have
//! arrows of their own, nothing is rewritten.
//!
//! Rejected: parsing the block with `syn`, which has no expression with an arrow in it; a scope with a name, `go(s) f(x);` (where a goroutine
//! ends is then not where it stands, and nobody needs two at once).

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Error;

use crate::paths::{inside, local, runtime};
use crate::tokens::{is_arrow, is_char};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut around = Around::default();
    let body = rewrite(input.into_iter().collect(), true, &mut around);
    if !around.errors.is_empty() {
        // What was understood would only lead to more complaints.
        let errors = around.errors.iter().map(Error::to_compile_error);
        return quote!({ #(#errors)* });
    }
    quote!({ #body })
}

/// What is known while tokens are rewritten.
#[derive(Default)]
struct Around {
    errors: Vec<Error>,
    /// The scope whose braces these are.
    scope: Option<Ident>,
}

/// Keywords behind which an expression begins.
const BEFORE_EXPRESSION: [&str; 11] =
    ["return", "break", "in", "if", "while", "match", "else", "move", "unsafe", "loop", "await"];
/// Those that begin a statement which ends with its block.
const WITH_BLOCK: [&str; 13] = [
    "if", "while", "for", "loop", "match", "unsafe", "fn", "impl", "struct", "enum", "trait", "mod", "union",
];

/// Rewrites what stands in one pair of brackets. `statements`: it is made of statements.
fn rewrite(tokens: Vec<TokenTree>, statements: bool, around: &mut Around) -> TokenStream {
    let mut done = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let end = end_of_part(&tokens, i, statements);
        let outer = around.scope.clone();
        if statements && is_item(&tokens[i]) {
            around.scope = None;
        }
        part(&tokens[i..end], statements, &mut done, around);
        around.scope = outer;
        i = end;
    }
    done.into_iter().collect()
}

/// Where the statement, or the part between commas, ends that begins at `from`: behind its `;` or `,`.
fn end_of_part(tokens: &[TokenTree], from: usize, statements: bool) -> usize {
    let blocky = match &tokens[from] {
        TokenTree::Ident(word) if word == "go" || word == "scope" => {
            tokens.get(from + 1).is_some_and(is_block)
        }
        TokenTree::Ident(word) => WITH_BLOCK.iter().any(|w| word == w),
        token @ TokenTree::Group(_) => is_block(token),
        TokenTree::Punct(p) => p.as_char() == '\'' || p.as_char() == '#',
        TokenTree::Literal(_) => false,
    };
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token {
            token if is_separator(token) => return at + 1,
            token if is_block(token) && statements && blocky => {
                let goes_on = match tokens.get(at + 1) {
                    Some(TokenTree::Ident(word)) => word == "else",
                    Some(TokenTree::Punct(p)) => matches!(p.as_char(), '.' | '?'),
                    _ => false,
                };
                if !goes_on {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Rewrites one statement, or one part between commas, its end included.
fn part(tokens: &[TokenTree], statement: bool, done: &mut Vec<TokenTree>, around: &mut Around) {
    if statement
        && let [TokenTree::Ident(go), first, ..] = tokens
        && go == "go"
        && begins_goroutine(first)
    {
        return goroutine(go.span(), &tokens[1..], done, around);
    }
    // Where the expression begins that is being read.
    let mut begin = done.len();
    let mut i = 0;
    while i < tokens.len() {
        if is_arrow(tokens, i) {
            let at = tokens[i].span();
            let (value, end) = if done.len() > begin && !ends_open(&done[begin..]) {
                let end = end_of_send(tokens, i + 2);
                (send(done.split_off(begin), &tokens[i + 2..end], at, around), end)
            } else {
                let end = end_of_operand(tokens, i + 2);
                (receive(&tokens[i + 2..end], at, around), end)
            };
            done.extend(value);
            i = end;
            continue;
        }
        if let (TokenTree::Ident(word), Some(TokenTree::Group(body))) = (&tokens[i], tokens.get(i + 1))
            && word == "scope"
            && body.delimiter() == Delimiter::Brace
            && done.len() == begin
            && !in_header(&tokens[..i])
        {
            let call = scope(word.span(), body, around);
            // a statement that ends with its block, and no callee for what stands behind it
            done.extend(if statement && i == 0 { quote!({ #call }) } else { call });
            i += 2;
            continue;
        }
        match &tokens[i] {
            TokenTree::Group(group) => {
                done.push(if is_select(&tokens[..i]) { tokens[i].clone() } else { inner(group, around) });
            }
            TokenTree::Punct(p) => {
                done.push(tokens[i].clone());
                let arm = p.as_char() == '>' && i > 0 && is_char(&tokens[i - 1], '=');
                let separates = is_separator(&tokens[i]) || is_assignment(tokens, i);
                if arm || separates || p.as_char() == '|' && closes_parameters(&done[begin..]) {
                    begin = done.len();
                }
            }
            TokenTree::Ident(word) => {
                done.push(tokens[i].clone());
                if BEFORE_EXPRESSION.iter().any(|w| word == w) {
                    begin = done.len();
                }
            }
            TokenTree::Literal(_) => done.push(tokens[i].clone()),
        }
        i += 1;
    }
}

/// What may stand behind `go` when it is the statement and no name.
fn begins_goroutine(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => true,
        token @ TokenTree::Group(_) => is_block(token),
        TokenTree::Punct(p) => p.as_char() == '|',
        TokenTree::Literal(_) => false,
    }
}

/// `go call;` or `go { .. }`, without the `go`.
fn goroutine(at: Span, tokens: &[TokenTree], done: &mut Vec<TokenTree>, around: &mut Around) {
    let tokens = match tokens {
        [tokens @ .., TokenTree::Punct(p)] if p.as_char() == ';' => tokens,
        tokens => tokens,
    };
    if let Some(i) = (0..tokens.len()).find(|&i| is_arrow(tokens, i)) {
        around.errors.push(Error::new(
            tokens[i].span(),
            "a send or a receive is no call\nhelp: put it in a block: `go { ch <- v; }`",
        ));
        return;
    }
    let mut body = Vec::new();
    part(tokens, false, &mut body, around);
    let body: TokenStream = match body.as_slice() {
        [TokenTree::Group(block)] => block.stream(),
        _ => body.into_iter().collect(),
    };
    let start = runtime("go_statement", at);
    let scope = around.scope.as_ref().map(|scope| quote!(#scope;));
    done.extend(quote_spanned!(inside(at)=> #start! { #scope #body };));
}

/// `scope { .. }`
fn scope(at: Span, body: &Group, around: &mut Around) -> TokenStream {
    let name = local("scope", at);
    let outer = around.scope.replace(name.clone());
    let body = rewrite(body.stream().into_iter().collect(), true, around);
    around.scope = outer;
    let scope = runtime("scope", at);
    quote_spanned!(inside(at)=> #scope(|#name| { let _ = #name; #body }))
}

fn send(channel: Vec<TokenTree>, value: &[TokenTree], at: Span, around: &mut Around) -> TokenStream {
    let value = rewrite(value.to_vec(), false, around);
    if value.is_empty() {
        around.errors.push(Error::new(at, "`<-` lacks the value to send"));
    }
    let channel: TokenStream = channel.into_iter().collect();
    let method = Ident::new("send", inside(at));
    quote_spanned!(inside(at)=> (#channel).#method(#value))
}

fn receive(channel: &[TokenTree], at: Span, around: &mut Around) -> TokenStream {
    if channel.is_empty() {
        around.errors.push(Error::new(at, "`<-` lacks the channel to receive from"));
    }
    let channel = rewrite(channel.to_vec(), false, around);
    let method = Ident::new("recv", inside(at));
    quote_spanned!(inside(at)=> (#channel).#method())
}

fn inner(group: &Group, around: &mut Around) -> TokenTree {
    let statements = group.delimiter() == Delimiter::Brace;
    let mut inner =
        Group::new(group.delimiter(), rewrite(group.stream().into_iter().collect(), statements, around));
    inner.set_span(group.span());
    TokenTree::Group(inner)
}

/// The value of a send goes to the end of the statement or part.
fn end_of_send(tokens: &[TokenTree], from: usize) -> usize {
    tokens[from..].iter().position(is_separator).map_or(tokens.len(), |n| from + n)
}

/// The postfix expression behind a receiving arrow: names, paths, calls, indices, fields, further arrows.
fn end_of_operand(tokens: &[TokenTree], from: usize) -> usize {
    let mut i = from;
    while is_arrow(tokens, i) {
        i += 2;
    }
    // Behind a name or a bracket only these go on.
    let mut complete = false;
    while let Some(token) = tokens.get(i) {
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) if complete => break,
            TokenTree::Ident(_) | TokenTree::Literal(_) => complete = true,
            TokenTree::Group(group) if complete && group.delimiter() == Delimiter::Brace => break,
            TokenTree::Group(_) => complete = true,
            TokenTree::Punct(p) => match p.as_char() {
                '.' if complete && p.spacing() == Spacing::Alone => complete = false,
                ':' => complete = false,
                '&' | '*' if !complete => {}
                _ => break,
            },
        }
        i += 1;
    }
    i
}

/// Whether an expression is still to come: it ends with an operator.
fn ends_open(tokens: &[TokenTree]) -> bool {
    matches!(tokens.last(), Some(TokenTree::Punct(p)) if !matches!(p.as_char(), '?' | '>'))
}

/// `=`, `+=` and the like, but for `==`, `<=`, `>=`, `!=` and `=>`.
fn is_assignment(tokens: &[TokenTree], i: usize) -> bool {
    let joint = |at: usize, c: &[char]| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.spacing() == Spacing::Joint && c.contains(&p.as_char()));
    is_char(&tokens[i], '=')
        && !(i > 0 && joint(i - 1, &['=', '<', '>', '!']))
        && !matches!(tokens.get(i + 1), Some(next) if joint(i, &['=']) && (is_char(next, '=') || is_char(next, '>')))
}

/// Whether a `|` just read is the second of a closure's.
fn closes_parameters(expression: &[TokenTree]) -> bool {
    let bars = expression.iter().filter(|token| is_char(token, '|')).count();
    bars == 2 && expression.first().is_some_and(|first| is_char(first, '|'))
}

/// Whether what stands before it makes `scope { .. }` a name with a block: `if let Some(x) = scope { .. }`.
fn in_header(before: &[TokenTree]) -> bool {
    const HEADERS: [&str; 4] = ["if", "while", "match", "for"];
    let mut here = before.iter().rev().take_while(|token| !is_block(token) && !is_separator(token));
    here.any(|token| matches!(token, TokenTree::Ident(word) if HEADERS.iter().any(|w| word == w)))
}

/// What begins code of its own, in which no scope around it can be named.
fn is_item(token: &TokenTree) -> bool {
    const ITEMS: [&str; 5] = ["fn", "impl", "mod", "trait", "pub"];
    matches!(token, TokenTree::Ident(word) if ITEMS.iter().any(|w| word == w))
}

/// What ends a statement or a part.
fn is_separator(token: &TokenTree) -> bool {
    is_char(token, ';') || is_char(token, ',')
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_select(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(name), bang] if name == "select" && is_char(bang, '!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(source: &str) -> String {
        let mut around = Around::default();
        let tokens: TokenStream = source.parse().expect("tokens");
        let text = rewrite(tokens.into_iter().collect(), true, &mut around).to_string();
        match around.errors.first() {
            Some(error) => format!("error: {error}"),
            None => text
                .replace(":: goxide :: __private :: go_statement", "go")
                .replace(":: goxide :: __private :: ", "")
                .replace(' ', ""),
        }
    }

    #[test]
    fn arrows_send_and_receive() {
        assert_eq!(rewritten("ch <- v;"), "(ch).send(v);");
        assert_eq!(rewritten("let v = <-ch;"), "letv=(ch).recv();");
        assert_eq!(rewritten("<-ch"), "(ch).recv()");
        assert_eq!(rewritten("a.b[0] <- f(1, 2) + 3;"), "(a.b[0]).send(f(1,2)+3);");
        assert_eq!(rewritten("out <- <-ch;"), "(out).send((ch).recv());");
        assert_eq!(rewritten("let x = 1 + <-a.b().c + 2;"), "letx=1+(a.b().c).recv()+2;");
        assert_eq!(rewritten("f(<-a, b <- 1)"), "f((a).recv(),(b).send(1))");
        assert_eq!(rewritten("<-<-nested"), "((nested).recv()).recv()");
    }

    #[test]
    fn an_arrow_belongs_to_its_statement() {
        assert_eq!(rewritten("if x { y(); } ch <- v;"), "ifx{y();}(ch).send(v);");
        assert_eq!(rewritten("for i in 0..3 { ch <- i; }"), "foriin0..3{(ch).send(i);}");
        assert_eq!(
            rewritten("match x { 1 => a <- 1, _ => b <- 2, }"),
            "matchx{1=>(a).send(1),_=>(b).send(2),}"
        );
        assert_eq!(rewritten("if x == <-ch { ok <- true; }"), "ifx==(ch).recv(){(ok).send(true);}");
        assert_eq!(rewritten("let f = |x| ch <- x;"), "letf=|x|(ch).send(x);");
        assert_eq!(rewritten("return <-ch;"), "return(ch).recv();");
        assert_eq!(rewritten("x += <-ch;"), "x+=(ch).recv();");
        assert_eq!(rewritten("while let Some(v) = <-ch { f(v) }"), "whileletSome(v)=(ch).recv(){f(v)}");
    }

    #[test]
    fn comparisons_and_selects_stay() {
        assert_eq!(rewritten("a < -b"), "a<-b");
        assert_eq!(rewritten("f::<-1>()"), "f::<-1>()");
        assert_eq!(rewritten("select! { v = <-a => v, b <- 1 => 2 }"), "select!{v=<-a=>v,b<-1=>2}");
    }

    #[test]
    fn go_starts_a_statement() {
        assert_eq!(rewritten("go f(x, y);"), "go!{f(x,y)};");
        assert_eq!(rewritten("go { ch <- 1; }"), "go!{(ch).send(1);};");
        assert_eq!(rewritten("go { f() } let x = <-ch;"), "go!{f()};letx=(ch).recv();");
        assert_eq!(rewritten("{ go worker.run(<-ch); }"), "{go!{worker.run((ch).recv())};}");
        assert_eq!(rewritten("let go = go(1); go.x();"), "letgo=go(1);go.x();");
        assert!(rewritten("go ch <- 1;").starts_with("error: a send or a receive is no call"));
        assert!(rewritten("ch <- ;").starts_with("error: `<-` lacks the value"));
        assert!(rewritten("let x = <-;").starts_with("error: `<-` lacks the channel"));
    }

    #[test]
    fn a_scope_has_the_goroutines_in_its_braces() {
        assert_eq!(rewritten("scope { go f(&x); }"), "{scope(|__scope|{let_=__scope;go!{__scope;f(&x)};})}");
        assert_eq!(
            rewritten("let n = scope { go { <-ch; } 1 }; go f();"),
            "letn=scope(|__scope|{let_=__scope;go!{__scope;(ch).recv();};1});go!{f()};"
        );
        assert_eq!(
            rewritten("scope { g(); } ch <- 1;"),
            "{scope(|__scope|{let_=__scope;g();})}(ch).send(1);"
        );
        assert_eq!(
            rewritten("scope { if x { go f(); } fn g() { go h(); } }"),
            "{scope(|__scope|{let_=__scope;ifx{go!{__scope;f()};}fng(){go!{h()};}})}"
        );
        assert_eq!(rewritten("if scope { go f(); }"), "ifscope{go!{f()};}");
        assert_eq!(rewritten("while let Some(x) = scope { f(x) }"), "whileletSome(x)=scope{f(x)}");
        assert_eq!(
            rewritten("if x { 1 } else { scope { go f(); } }"),
            "ifx{1}else{{scope(|__scope|{let_=__scope;go!{__scope;f()};})}}"
        );
        assert_eq!(
            rewritten("let scope = scope(|s| f(s)); x.scope { }"),
            "letscope=scope(|s|f(s));x.scope{}"
        );
    }
}
