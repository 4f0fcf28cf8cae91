//! Names of functions as people write them, from the compiler's symbols.
//!
//! Two forms: `full`, with generic arguments, tells instances apart; `path`, without, is what lists are matched with:
//! `<std::thread::local::LocalKey<u32>>::with::<F>` has the path `std::thread::local::LocalKey::with`, and
//! `<app::Job as app::Work>::run` keeps its shape.

/// The readable name of `symbol`, if it is Rust's.
pub fn full(symbol: &str) -> Option<String> {
    // LLVM tells copies apart by a suffix, which the demangler leaves in place
    let name = rustc_demangle::try_demangle(symbol).ok()?;
    Some(format!("{name:#}"))
}

/// `full` without generic arguments.
pub fn path(full: &str) -> String {
    match full.strip_prefix('<') {
        None => without_arguments(full),
        Some(_) => {
            let end = closing(full);
            let inner = &full[1..end];
            let rest = without_arguments(&full[(end + 1).min(full.len())..]);
            match split_as(inner) {
                None => path(inner) + &rest,
                Some((of, what)) => format!("<{} as {}>{rest}", path(of), without_arguments(what)),
            }
        }
    }
}

/// A path as people write it: `std::sync::Mutex::lock`, wherever `std` keeps it.
pub fn shown(path: &str) -> String {
    let joined = implemented(path)
        .filter(|(of, _)| of.starts_with("std::"))
        .and_then(|(of, _)| Some(format!("{of}::{}", path.rsplit_once("::")?.1)));
    let path = joined.as_deref().unwrap_or(path);
    let parts: Vec<&str> = path.split("::").collect();
    let [std @ "std", module @ ("sync" | "thread"), between @ .., last] = &parts[..] else {
        return path.to_owned();
    };
    let is_public = |part: &&&str| **part == "mpsc" || part.starts_with(char::is_uppercase);
    let kept = between.iter().filter(is_public);
    [std, module].into_iter().chain(kept).chain([last]).copied().collect::<Vec<_>>().join("::")
}

/// What a function with one generic argument is an instance for: `Body` of `start::<Body>`.
pub fn last_argument(full: &str) -> Option<&str> {
    let inside = full.strip_suffix('>')?;
    let mut depth = 0;
    let mut after = ' ';
    for (i, c) in inside.char_indices().rev() {
        match c {
            '>' if !inside[..i].ends_with('-') => depth += 1,
            '<' if depth > 0 => depth -= 1,
            '<' => return (after != ' ' && inside[..i].ends_with("::")).then(|| &inside[i + 1..]),
            _ => {}
        }
        after = c;
    }
    None
}

/// The crate that a path begins with: for an implementation that of its type.
pub fn krate(path: &str) -> &str {
    let start = path.find(|c: char| c.is_alphanumeric() || c == '_').unwrap_or(0);
    let rest = &path[start..];
    &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
}

pub const STD: [&str; 3] = ["std", "core", "alloc"];

/// The crates that are named anywhere in a full name.
pub fn crates(full: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '{' || c == '}' || c == '#';
    let paths = full.split(move |c| !is_name(c));
    paths.filter(|path| path.contains("::") && !path.starts_with("::")).map(krate)
}

/// The traits of `dyn Trait` in a full name, without `std`'s.
pub fn dyn_traits(full: &str) -> Vec<String> {
    let traits = full.split("dyn ").skip(1).map(|rest| {
        let rest =
            rest.strip_prefix("for<").map_or(rest, |bound| bound.split_once("> ").map_or("", |(_, r)| r));
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
        rest[..end].trim_end_matches(':').to_owned()
    });
    traits.filter(|name| !name.is_empty() && !STD.contains(&krate(name))).collect()
}

/// `<Type<u32>>` of the method `<Type<u32>>::name`, with its arguments.
pub fn of_method(full: &str) -> Option<&str> {
    full.starts_with('<').then(|| &full[..=closing(full)])
}

/// The type and trait of `<Type as Trait>::method`, in a path.
pub fn implemented(path: &str) -> Option<(&str, &str)> {
    if !path.starts_with('<') {
        return None;
    }
    split_as(&path[1..closing(path)])
}

/// Where the `<` that `text` begins with is closed.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' => {
                depth -= 1;
                if depth == 0 {
                    return i;
                }
            }
            _ => {}
        }
        before = c;
    }
    text.len()
}

/// The two sides of ` as ` outside of brackets.
fn split_as(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            ' ' if depth == 0 && text[i..].starts_with(" as ") => return Some((&text[..i], &text[i + 4..])),
            _ => {}
        }
        before = c;
    }
    None
}

fn without_arguments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' && depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
        before = c;
    }
    // `f::<u32>` leaves `f::`, `f::<u32>::{closure#0}` leaves `f::::{closure#0}`
    while let Some(at) = out.find("::::") {
        out.replace_range(at..at + 2, "");
    }
    out.truncate(out.trim_end_matches("::").len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_no_arguments() {
        for (full, expected) in [
            ("app::main", "app::main"),
            ("app::f::<u32>::{closure#0}", "app::f::{closure#0}"),
            (
                "<std::thread::local::LocalKey<core::cell::Cell<u32>>>::set",
                "std::thread::local::LocalKey::set",
            ),
            (
                "<std::thread::local::LocalKey<u8>>::with::<app::f::{closure#0}, ()>",
                "std::thread::local::LocalKey::with",
            ),
            ("<app::Job<u8> as app::Work<u8>>::run::<i8>", "<app::Job as app::Work>::run"),
            (
                "<alloc::boxed::Box<dyn core::ops::function::FnOnce(u8) -> u8> as a::B>::c",
                "<alloc::boxed::Box as a::B>::c",
            ),
            ("core::ptr::drop_in_place::<[u8]>", "core::ptr::drop_in_place"),
        ] {
            assert_eq!(path(full), expected);
        }
    }

    #[test]
    fn std_as_people_know_it() {
        for (path, expected) in [
            ("std::thread::current::current", "std::thread::current"),
            ("std::thread::local::LocalKey::with", "std::thread::LocalKey::with"),
            ("std::sync::poison::mutex::Mutex::lock", "std::sync::Mutex::lock"),
            ("std::sync::mpsc::Receiver::recv", "std::sync::mpsc::Receiver::recv"),
            (
                "<std::sync::mpsc::Iter as core::iter::traits::iterator::Iterator>::next",
                "std::sync::mpsc::Iter::next",
            ),
            ("std::panic::catch_unwind", "std::panic::catch_unwind"),
            ("<app::Job as lib::Work>::run", "<app::Job as lib::Work>::run"),
        ] {
            assert_eq!(shown(path), expected);
        }
    }

    #[test]
    fn what_an_instance_is_for() {
        assert_eq!(
            last_argument("<a::Job>::fill::<app::f::<u32>::{closure#0}>"),
            Some("app::f::<u32>::{closure#0}")
        );
        assert_eq!(last_argument("a::go::<fn() -> u8>"), Some("fn() -> u8"));
        assert_eq!(last_argument("a::go"), None);
        assert_eq!(last_argument("<a::Chan<u8>>"), None);
    }

    #[test]
    fn crates_and_traits() {
        assert_eq!(krate("<app::Job as lib::Work>::run"), "app");
        assert_eq!(krate("core::ptr::drop_in_place"), "core");
        let full = "goxide::go::<core::option::Option<app::f::{closure#0}>>";
        assert_eq!(crates(full).collect::<Vec<_>>(), ["goxide", "core", "app"]);
        assert_eq!(implemented("<app::Job as lib::Work>::run"), Some(("app::Job", "lib::Work")));
        assert_eq!(
            dyn_traits("core::ptr::drop_in_place::<alloc::boxed::Box<dyn lib::Work + core::marker::Send>>"),
            ["lib::Work"]
        );
        assert!(dyn_traits("<dyn for<'a> core::ops::function::Fn<(&'a u8,)>>::f").is_empty());
    }
}
