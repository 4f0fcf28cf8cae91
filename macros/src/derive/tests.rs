//! Names of types and members.

use proc_macro2::Span;
use syn::{Attribute, Ident, parse_quote};

use super::{Identity, Name, go_name, identity, is_exported};

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[test]
fn paths_come_apart_at_the_last_dot() {
    let shown = |full: &str| {
        let name = Name::of(full, None, None);
        (name.path, name.shown)
    };
    assert_eq!(shown("main.Point"), ("main".into(), "main.Point".into()));
    assert_eq!(shown("gopkg.in/a/yaml.Node"), ("gopkg.in/a/yaml".into(), "yaml.Node".into()));
    assert_eq!(shown("math/rand/v2.Rand"), ("math/rand/v2".into(), "rand.Rand".into()));
    assert_eq!(shown("error"), ("".into(), "error".into()));
    assert_eq!(shown("x/v.T"), ("x/v".into(), "v.T".into()));
}

#[test]
fn a_package_may_be_named_unlike_its_path() {
    let name = Name::of("example.com/go-shapes.Square", Some("shapes".into()), None);
    assert_eq!((name.path.as_str(), name.shown.as_str()), ("example.com/go-shapes", "shapes.Square"));
}

#[test]
fn local_types_differ_in_identity_only() {
    let name = Name::of("main.T", None, Some("f.2".into()));
    assert_eq!((name.id.as_str(), name.shown.as_str()), ("main.T#f.2", "main.T"));
}

#[test]
fn attributes() {
    let one = |attr: Attribute| identity(&[attr], &ident("T"));
    assert!(matches!(one(parse_quote!(#[go("main.T")])), Ok(Identity::Named(_))));
    assert!(
        matches!(one(parse_quote!(#[go(struct, path = "main")])), Ok(Identity::Structural { path }) if path == "main")
    );
    for wrong in [parse_quote!(#[go()]), parse_quote!(#[go("")]), parse_quote!(#[go("a.T", name = "x")])] {
        assert!(one(wrong).is_err());
    }
    assert!(identity(&[], &ident("T")).is_err());
}

#[test]
fn one_trailing_underscore_is_not_gos() {
    assert_eq!(go_name(&ident("type_"), None), "type");
    assert_eq!(go_name(&ident("set_"), None), "set");
    assert_eq!(go_name(&ident("x__"), None), "x_");
    assert_eq!(go_name(&ident("_"), None), "_");
    assert_eq!(go_name(&ident("Area"), None), "Area");
    assert_eq!(go_name(&ident("x_"), Some(&"x_".to_string())), "x_");
}

#[test]
fn exported_names_start_in_upper_case() {
    assert!(is_exported("Area") && is_exported("Élan"));
    assert!(!is_exported("area") && !is_exported("_") && !is_exported("日本"));
}
