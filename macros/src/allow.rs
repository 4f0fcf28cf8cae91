//! `#[allow_identity(reason = "..")]`: the way out of the no-identity rule, for one function.
//!
//! ```text
//! #[allow_identity(reason = "r")]
//! fn f() { b }      ->  fn f() { identity_allowed("r"); b }     with a permit in the macros of b that need one
//! ```
//! The call does nothing. In unoptimised code it is there for `goxide lint` to see, with the reason as its argument, whatever
//! generics and macros the function comes from; in optimised code it is gone. Rejected: a list of places that the lint makes by parsing sources,
//! which loses functions that macros write.
//!
//! A permit, `@allow_identity` in front of a macro's input, tells the first net. Only macros of ours that the net would refuse get one: somebody
//! else's `select!` does not know it.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::{Error, Ident, ItemFn, LitStr, Result, Token};

use crate::identity;
use crate::paths::runtime;

const NAME: &str = "allow_identity";
/// Macros with a net of their own.
const NETS: [&str; 2] = ["go", "select"];
/// What the expansion calls.
const MARK: &str = "identity_allowed";

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let reason = match reason(attribute) {
        Ok(reason) => reason,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let Ok(mut function) = syn::parse2::<ItemFn>(item.clone()) else {
        let error =
            Error::new(Span::call_site(), "#[goxide::allow_identity] belongs on a function with a body");
        let error = error.to_compile_error();
        return quote!(#error #item);
    };
    let mark = runtime(MARK, Span::call_site());
    let body = with_permits(function.block.stmts.iter().map(ToTokens::to_token_stream).collect());
    let call = quote_spanned!(Span::call_site()=> #mark(#reason););
    match syn::parse2(quote!({ #call #body })) {
        Ok(block) => {
            *function.block = block;
            function.into_token_stream()
        }
        Err(error) => error.to_compile_error(),
    }
}

fn reason(attribute: TokenStream) -> Result<LitStr> {
    let help = "say why it does no harm here: #[goxide::allow_identity(reason = \"..\")]";
    let parser = |input: ParseStream<'_>| {
        let name: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        let reason: LitStr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        if name != "reason" {
            return Err(Error::new(name.span(), help));
        }
        Ok(reason)
    };
    let at = attribute.clone();
    let reason = parser.parse2(attribute).map_err(|error| match at.is_empty() {
        true => Error::new(Span::call_site(), help),
        false => Error::new(error.span(), help),
    })?;
    match reason.value().trim().is_empty() {
        true => Err(Error::new(reason.span(), format!("the reason is empty\nhelp: {help}"))),
        false => Ok(reason),
    }
}

/// Puts a permit into the macros in `tokens` that need one, at any depth.
fn with_permits(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = TokenStream::new();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            out.extend([token.clone()]);
            continue;
        };
        let mut inside = with_permits(group.stream());
        if is_net(&tokens[..i]) && identity::check(group.stream(), "").is_err() {
            let name = Ident::new(NAME, group.span_open());
            inside = quote_spanned!(group.span_open()=> @ #name #inside);
        }
        let mut changed = Group::new(group.delimiter(), inside);
        changed.set_span(group.span());
        out.extend([TokenTree::Group(changed)]);
    }
    out
}

/// Whether `before` ends in the name of a macro of ours and `!`: alone, or behind `goxide::`.
fn is_net(before: &[TokenTree]) -> bool {
    let [before @ .., TokenTree::Ident(name), TokenTree::Punct(bang)] = before else { return false };
    let is_named = bang.as_char() == '!' && NETS.iter().any(|net| name == net);
    let is_ours = match before {
        [.., TokenTree::Ident(of), TokenTree::Punct(a), TokenTree::Punct(b)]
            if a.as_char() == ':' && b.as_char() == ':' =>
        {
            of == "goxide"
        }
        _ => true,
    };
    is_named && is_ours
}

/// Takes the permit off the front of a macro's input, and says whether there was one.
pub(crate) fn take_permit(input: TokenStream) -> (TokenStream, bool) {
    let mut rest = input.clone().into_iter();
    match (rest.next(), rest.next()) {
        (Some(TokenTree::Punct(at)), Some(TokenTree::Ident(name))) if at.as_char() == '@' && name == NAME => {
            (rest.collect(), true)
        }
        _ => (input, false),
    }
}

/// Whether a function has the attribute, or had it before it was expanded.
pub(crate) fn allows(function: &ItemFn) -> bool {
    let has =
        function.attrs.iter().any(|attr| attr.path().segments.last().is_some_and(|last| last.ident == NAME));
    let is_mark = |statement: &syn::Stmt| {
        let syn::Stmt::Expr(syn::Expr::Call(call), _) = statement else { return false };
        matches!(&*call.func, syn::Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == MARK))
    };
    has || function.block.stmts.first().is_some_and(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(attribute: &str, item: &str) -> String {
        let parse = |text: &str| text.parse::<TokenStream>().expect("tokens");
        expand(parse(attribute), parse(item)).to_string().replace(' ', "")
    }

    #[test]
    fn marks_the_function() {
        let out = expanded("reason = \"tells the log\"", "pub fn f<T>(&self) -> u8 { 1 }");
        assert!(out.contains("identity_allowed(\"tellsthelog\");1"), "{out}");
    }

    #[test]
    fn permits_where_the_net_would_refuse() {
        let body = |code: &str| expanded("reason = \"r\"", &format!("fn f() {{ {code} }}"));
        assert!(body("go!(f(std::thread::current()));").contains("go!(@allow_identityf("));
        assert!(body("go! { goxide::go!(|| thread::park()); }").matches("@allow_identity").count() == 2);
        assert!(!body("go!(f());").contains('@'));
        assert!(!body("tokio::select! { _ = thread::park() => {} }").contains('@'));
        assert!(!body("print!(\"{:?}\", std::thread::current());").contains('@'));
    }

    #[test]
    fn wants_a_reason() {
        for attribute in
            ["", "reason", "reason = \"\"", "reason = \"  \"", "because = \"x\"", "reason = 1", "\"x\""]
        {
            let out = expanded(attribute, "fn f() {}");
            assert!(out.contains("compile_error") && out.contains("reason="), "{attribute}: {out}");
        }
        assert!(expanded("reason = \"r\"", "struct S;").contains("belongsonafunctionwithabody"));
    }
}
