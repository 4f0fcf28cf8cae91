//! From arms to Rust.
//!
//! ```text
//! {
//!     enum Chosen<T0> { A0(T0), A1, A2 }
//!     let chosen = match (&rx, &tx, value) {                 // operands: first, once, in source order
//!         (channel0, channel1, value1) => {
//!             let mut arm0 = recv_arm(channel0);
//!             let mut arm1 = send_arm(channel1, value1);
//!             match select(&mut [&mut arm0, &mut arm1], true) {
//!                 0 => Chosen::A0(RecvArm::take(&mut arm0)),
//!                 1 => Chosen::A1,                          // a receive without pattern drops its value here
//!                 _ => Chosen::A2,                           // default
//!             }
//!         }
//!     };
//!     match chosen {                                         // bodies: the channels are free again
//!         Chosen::A0(received) => { let v = received; match () { () => body0 } }
//!         Chosen::A1 => body1,
//!         Chosen::A2 => body2,
//!     }
//! }
//! ```
//! The enum carries the received value out of the scope in which the channels are borrowed: a body may assign to them (`rx =
//! next`). Running the bodies inside that scope was rejected for this reason. `let` rather than a pattern in the `match` makes a
//! refutable pattern rustc's error at that pattern; `match ()` ends the life of the body's temporaries before the
//! bindings they borrow from, in every edition.
//! A guard comes before the operands of its arm, so that it may look at a value which is then moved.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Pat};

use super::ast::{Arm, Head, Select};
use crate::paths::{inside, local, runtime};

pub(super) fn expand(select: &Select) -> TokenStream {
    let here = Span::call_site();
    let name = if select.biased { "select_biased" } else { "select" };
    let wait = runtime(name, here);
    if select.arms.is_empty() {
        return quote_spanned!(inside(here)=> loop { #wait(&mut [], false); });
    }
    // Items are not hygienic, and the bodies can see this one: hence a name that no one writes.
    let chosen = Ident::new("__GoxideChosen", inside(here));
    let has_default = select.arms.iter().any(|arm| matches!(arm.head, Head::Default));
    let arms: Vec<Expanded> =
        select.arms.iter().enumerate().map(|(i, arm)| Expanded::of(i, arm, &chosen)).collect();

    let params = arms.iter().filter_map(|arm| arm.param.as_ref());
    let variants = arms.iter().map(|arm| match &arm.param {
        Some(param) => {
            let variant = &arm.variant;
            quote!(#variant(#param))
        }
        None => {
            let variant = &arm.variant;
            quote!(#variant)
        }
    });
    let operands = arms.iter().flat_map(|arm| &arm.operands).map(|(_, expr)| expr);
    let names = arms.iter().flat_map(|arm| &arm.operands).map(|(name, _)| name);
    let makes = arms.iter().filter_map(|arm| arm.make.as_ref());
    let waiting: Vec<&Expanded> = arms.iter().filter(|arm| arm.make.is_some()).collect();
    let list = waiting.iter().map(|arm| {
        let name = &arm.name;
        quote_spanned!(name.span()=> &mut #name)
    });
    let indices = 0..waiting.len();
    let outcomes = waiting.iter().map(|arm| &arm.outcome);
    let otherwise = match arms.iter().find(|arm| arm.make.is_none()) {
        Some(default) => default.outcome.clone(),
        None => quote!(::core::unreachable!()),
    };
    let bodies = arms.iter().map(|arm| &arm.body);
    let result = local("chosen", here);
    quote_spanned! {inside(here)=> {
        enum #chosen<#(#params),*> { #(#variants),* }
        let #result = match (#(#operands,)*) {
            (#(#names,)*) => {
                #(#makes)*
                match #wait(&mut [#(#list),*], #has_default) {
                    #(#indices => #outcomes,)*
                    _ => #otherwise,
                }
            }
        };
        match #result { #(#bodies)* }
    }}
}

/// The pieces of one arm, each for its place in the whole.
struct Expanded {
    /// The local that holds the arm.
    name: Ident,
    /// Its variant of the enum, and the type parameter if it carries a value.
    variant: Ident,
    param: Option<Ident>,
    /// What is evaluated first, with the names it is bound to.
    operands: Vec<(Ident, TokenStream)>,
    /// The statement that makes the arm; none for `default`.
    make: Option<TokenStream>,
    /// The value of the enum when this arm was chosen.
    outcome: TokenStream,
    /// The match arm with the user's body.
    body: TokenStream,
}

impl Expanded {
    fn of(index: usize, arm: &Arm, chosen: &Ident) -> Expanded {
        let at = arm.span;
        let span = inside(at);
        let blamed = match &arm.head {
            Head::Receive { channel, .. } | Head::Send { channel, .. } => channel.span(),
            Head::After { duration } => duration.span(),
            Head::Default => at,
        };
        let name = local(&format!("arm{index}"), blamed);
        let variant = Ident::new(&format!("A{index}"), span);
        let mut expanded = Expanded {
            outcome: quote_spanned!(span=> #chosen::#variant),
            body: TokenStream::new(),
            operands: Vec::new(),
            make: None,
            param: None,
            name,
            variant,
        };
        let body = &arm.body;
        let mut bind = quote_spanned!(span=> #chosen::);
        let variant = expanded.variant.clone();
        bind.extend(quote!(#variant));
        match &arm.head {
            Head::Default => expanded.body = quote_spanned!(span=> #bind => #body,),
            Head::Send { channel, value } => {
                expanded.make_arm("send_arm", index, arm.guard.as_ref(), channel, Some(value));
                expanded.body = quote_spanned!(span=> #bind => #body,);
            }
            Head::After { duration } => {
                let timer = runtime("Timer", duration.span());
                // The timer is a temporary of the operands: it stops when one of the arms has been chosen.
                let timer = syn::parse_quote_spanned!(inside(duration.span())=> #timer::new(#duration));
                expanded.make_arm("recv_arm", index, arm.guard.as_ref(), &timer, None);
                expanded.body = quote_spanned!(span=> #bind => #body,);
            }
            Head::Receive { binding, channel } => {
                expanded.make_arm("recv_arm", index, arm.guard.as_ref(), channel, None);
                let name = &expanded.name;
                let pair = binding.as_ref().is_some_and(|binding| is_pair(&binding.pat));
                let take = Ident::new(if pair { "take_ok" } else { "take" }, name.span());
                // As a path, not a method call: rustc then says which trait the channel lacks.
                let arm_type = runtime("RecvArm", channel.span());
                let value = quote_spanned!(name.span()=> #arm_type::#take(&mut #name));
                match binding {
                    None => {
                        expanded.outcome = quote_spanned!(span=> { #value; #chosen::#variant });
                        expanded.body = quote_spanned!(span=> #bind => #body,);
                    }
                    Some(binding) => {
                        let received = local("received", at);
                        let pat = &binding.pat;
                        let ty = binding.ty.as_ref().map(|ty| quote!(: #ty));
                        expanded.param = Some(format_ident!("T{index}", span = span));
                        expanded.outcome = quote_spanned!(span=> #chosen::#variant(#value));
                        expanded.body = quote_spanned! {span=>
                            #bind(#received) => { let #pat #ty = #received; match () { () => #body } }
                        };
                    }
                }
            }
        }
        expanded
    }

    /// Notes the operands and the statement that makes the arm by `maker` or its `_if` twin.
    fn make_arm(
        &mut self,
        maker: &str,
        index: usize,
        guard: Option<&Expr>,
        channel: &Expr,
        value: Option<&Expr>,
    ) {
        let at = channel.span();
        let mut args = Vec::new();
        let mut operand = |name: &str, expr: &Expr, tokens: TokenStream| {
            let name = local(&format!("{name}{index}"), expr.span());
            args.push(name.clone());
            self.operands.push((name, tokens));
        };
        if let Some(guard) = guard {
            operand("guard", guard, quote!(#guard));
        }
        let borrowed = Expr::Reference(syn::ExprReference {
            attrs: Vec::new(),
            and_token: syn::Token![&](inside(at)),
            mutability: None,
            expr: Box::new(channel.clone()),
        });
        operand("channel", channel, quote!(#borrowed));
        if let Some(value) = value {
            operand("value", value, quote!(#value));
        }
        let maker = match guard {
            Some(_) => runtime(&format!("{maker}_if"), at),
            None => runtime(maker, at),
        };
        let name = &self.name;
        self.make = Some(quote_spanned!(inside(at)=> let mut #name = #maker(#(#args),*);));
    }
}

/// `(v, ok)` asks for the value and whether the channel was open.
fn is_pair(pat: &Pat) -> bool {
    match pat {
        Pat::Tuple(tuple) => tuple.elems.len() == 2 && !tuple.elems.iter().any(|p| matches!(p, Pat::Rest(_))),
        Pat::Paren(inner) => is_pair(&inner.pat),
        _ => false,
    }
}
