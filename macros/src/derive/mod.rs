//! The derives of translated types, and what they share: the `#[go(..)]` attribute and Go's names.
//!
//! golib's CONTRACT.md says what the derives give. What must hold: run-time identity comes from the attribute alone (a type
//! means the same in every crate that names it), and a type that breaks a rule of the contract is refused here, because its
//! `unsafe impl GoType` would be wrong.

pub(crate) mod newtype;
pub(crate) mod structs;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Generics, LitStr, Result, Token, parse_quote_spanned};

use crate::paths::{golib, inside};

/// Who a type is at run time.
pub(crate) enum Identity {
    /// `#[go("import/path.Name")]`
    Named(Name),
    /// `#[go(struct)]`: by structure; the import path belongs to unexported field names.
    Structural { path: String },
}

/// The path of a declared type, taken apart.
pub(crate) struct Name {
    /// `import/path.Name`, and for types declared in a function what tells them apart.
    pub(crate) id: String,
    /// The import path; empty for the types of the universe.
    pub(crate) path: String,
    /// As `%T` shows it: `package.Name`.
    pub(crate) shown: String,
}

impl Name {
    /// Takes `import/path.Name` apart. `package` is given where it is not the path's last element, `scope` for types
    /// declared in a function.
    pub(crate) fn of(full: &str, package: Option<String>, scope: Option<String>) -> Name {
        // type arguments have dots of their own
        let head = full.find('[').unwrap_or(full.len());
        let (path, name) = match full[..head].rfind('.') {
            Some(dot) => (&full[..dot], &full[dot + 1..]),
            None => ("", full),
        };
        let shown = match package.unwrap_or_else(|| package_of(path)) {
            package if package.is_empty() => name.to_string(),
            package => format!("{package}.{name}"),
        };
        let id = match scope {
            Some(scope) => format!("{full}#{scope}"),
            None => full.to_string(),
        };
        Name { id, path: path.to_string(), shown }
    }
}

/// The usual package name of an import path: its last element that is no major version.
fn package_of(path: &str) -> String {
    let is_version = |part: &&str| {
        part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or_default();
    match is_version(&last) {
        true => parts.next().unwrap_or(last).to_string(),
        false => last.to_string(),
    }
}

/// Reads the `#[go(..)]` of a type, which must be there once.
pub(crate) fn identity(attrs: &[Attribute], name: &Ident) -> Result<Identity> {
    let mut found = attrs.iter().filter(|attr| attr.path().is_ident("go"));
    let Some(attr) = found.next() else {
        return Err(Error::new(
            name.span(),
            "a translated type needs its Go identity: #[go(\"import/path.Name\")] or #[go(struct)]",
        ));
    };
    if let Some(second) = found.next() {
        return Err(Error::new_spanned(second, "a type has one Go identity"));
    }
    attr.parse_args_with(parse_identity)
}

fn parse_identity(input: ParseStream) -> Result<Identity> {
    if input.peek(Token![struct]) {
        input.parse::<Token![struct]>()?;
        let options = Options::parse(input, &["path"])?;
        return Ok(Identity::Structural { path: options.get("path").unwrap_or_default() });
    }
    parse_name(input).map(Identity::Named)
}

/// `"import/path.Name" [, package = ".."] [, scope = ".."]`
pub(crate) fn parse_name(input: ParseStream) -> Result<Name> {
    let full: LitStr = input.parse()?;
    let options = Options::parse(input, &["package", "scope"])?;
    let value = full.value();
    if value.is_empty() || value.ends_with('.') || value.ends_with('/') {
        return Err(Error::new(full.span(), "expected `import/path.Name`"));
    }
    Ok(Name::of(&value, options.get("package"), options.get("scope")))
}

/// What a field or method says about itself: `#[go(name = "..", embedded, tag = "..", variadic, promoted)]`.
#[derive(Default)]
pub(crate) struct Member {
    pub(crate) name: Option<String>,
    pub(crate) tag: Option<String>,
    /// The package of an unexported name, where it isn't that of the type.
    pub(crate) path: Option<String>,
    pub(crate) embedded: bool,
    pub(crate) variadic: bool,
    /// Written for an embedded field's method.
    pub(crate) promoted: bool,
}

impl Member {
    /// Reads the `#[go(..)]` attributes among `attrs`, allowing the words in `allowed`.
    pub(crate) fn of(attrs: &[Attribute], allowed: &[&str]) -> Result<Member> {
        let mut member = Member::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("go")) {
            attr.parse_nested_meta(|meta| {
                let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
                if !allowed.contains(&word.as_str()) {
                    return Err(meta.error(format!("expected one of: {}", allowed.join(", "))));
                }
                match word.as_str() {
                    "embedded" => member.embedded = true,
                    "variadic" => member.variadic = true,
                    "promoted" => member.promoted = true,
                    "path" => member.path = Some(meta.value()?.parse::<LitStr>()?.value()),
                    "tag" => member.tag = Some(meta.value()?.parse::<LitStr>()?.value()),
                    _ => member.name = Some(meta.value()?.parse::<LitStr>()?.value()),
                }
                Ok(())
            })?;
        }
        Ok(member)
    }
}

/// `, word = "text"` and so on, to the end of an attribute.
struct Options(Vec<(Ident, LitStr)>);

impl Options {
    fn parse(input: ParseStream, allowed: &[&str]) -> Result<Options> {
        let mut options = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let word: Ident = input.parse()?;
            if !allowed.iter().any(|name| word == name) {
                return Err(Error::new(word.span(), format!("expected one of: {}", allowed.join(", "))));
            }
            input.parse::<Token![=]>()?;
            options.push((word, input.parse()?));
        }
        Ok(Options(options))
    }

    fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(word, _)| word == name).map(|(_, text)| text.value())
    }
}

/// The Go name of a Rust name: the translator appends one `_` to names that Rust or the prelude needs, and says
/// `#[go(name = "..")]` where Go's own name ends in `_`.
pub(crate) fn go_name(ident: &Ident, given: Option<&String>) -> String {
    if let Some(name) = given {
        return name.clone();
    }
    let name = ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    match name.strip_suffix('_') {
        Some(short) if !short.is_empty() => short.to_string(),
        _ => name.to_string(),
    }
}

/// Whether other packages may use the name.
pub(crate) fn is_exported(go_name: &str) -> bool {
    go_name.chars().next().is_some_and(char::is_uppercase)
}

/// The generics of a type with `T: GoType` for each parameter.
pub(crate) fn with_bounds(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let params: Vec<Ident> = generics.type_params().map(|param| param.ident.clone()).collect();
    if !params.is_empty() {
        let clause = generics.make_where_clause();
        for param in params {
            let go_type = golib("GoType", param.span());
            clause.predicates.push(parse_quote_spanned!(param.span()=> #param: #go_type));
        }
    }
    generics
}

/// What every named type's `impl GoType` says of its name, as initialisers of `Desc` and as associated constants.
pub(crate) struct NameParts {
    pub(crate) id: TokenStream,
    pub(crate) desc: TokenStream,
}

/// The parts for a declared type with these generics.
pub(crate) fn name_parts(name: &Name, generics: &Generics, at: Span) -> NameParts {
    let span = inside(at);
    let (named_id, type_name, go_type) = (golib("named_id", at), golib("type_name", at), golib("GoType", at));
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    let Name { id, path, shown } = name;
    NameParts {
        id: quote_spanned!(span=> #named_id(#id, &[#(<#params as #go_type>::ID),*])),
        desc: quote_spanned! {span=>
            name: || #type_name(#shown, &[#(<#params as #go_type>::DESC),*]),
            pkg_path: #path,
            named: true,
        },
    }
}

/// Runs `parse` over the argument of an attribute macro.
pub(crate) fn parse_argument<T>(parse: fn(ParseStream) -> Result<T>, argument: TokenStream) -> Result<T> {
    parse.parse2(argument)
}

#[cfg(test)]
mod tests;
