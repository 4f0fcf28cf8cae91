//! The first net of the no-identity rule: names of thread identity in what a goroutine runs.
//!
//! A goroutine has no identity, and its operating system thread is shared with others, so whatever a thread knows about
//! itself is the wrong answer to every question a goroutine can ask. This net sees tokens only, before any name is resolved:
//! - it reads whole paths, following `use` declarations and renames inside the same body, and knows that `crate::thread` or
//!   a `mod thread` of the body are the user's own;
//! - it looks into the arguments of other macros, where most of such names hide (`println!("{:?}", thread::current())`);
//! - it never judges a lone type or function name, which may be the user's own: what is imported outside of the body
//!   and used without a path is for the lint, which sees resolved names.
//!
//! Parsing the body with syn and visiting paths was rejected: macro arguments would be out of sight.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::{Error, ItemUse, UseTree};

use crate::tokens::{is_char, is_joint};

/// Refuses names of thread identity in `tokens`, the code of `what`.
pub(crate) fn check(tokens: TokenStream, what: &'static str) -> Result<(), Error> {
    let mut net = Net { what, scopes: Vec::new(), error: None };
    net.scope(tokens);
    match net.error {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Why a name is refused and what to do instead.
struct Rule {
    /// The module whose members are meant, from its crate's root.
    module: &'static [&'static str],
    /// The members; `*` for all.
    members: &'static [&'static str],
    why: &'static str,
    help: &'static str,
}

const THREAD: &str = "is about the operating system thread, which many goroutines share";
const ARGUMENT: &str = "pass what the goroutine must know as an argument, or send it over a channel";
const LOCAL: &str = "is state of the operating system thread, which many goroutines share";
const OWN: &str = "keep the value in a variable of the goroutine, pass it as an argument, or share it behind a goxide::sync::Mutex";

/// The first rule that fits counts.
const RULES: &[Rule] = &[
    Rule {
        module: &["std", "thread"],
        members: &["sleep", "sleep_ms", "sleep_until"],
        why: "puts the operating system thread to sleep, and with it every goroutine that shares it",
        help: "use goxide::time::sleep",
    },
    Rule { module: &["std", "thread"], members: &["yield_now"], why: THREAD, help: "use goxide::yield_now" },
    Rule {
        module: &["std", "thread"],
        members: &["park", "park_timeout", "park_timeout_ms"],
        why: "parks the operating system thread, which many goroutines share",
        help: "wait on a channel or a goxide::sync::WaitGroup",
    },
    Rule {
        module: &["std", "thread"],
        members: &["scope", "Scope", "ScopedJoinHandle"],
        why: "makes operating system threads and waits for them",
        help: "use goxide::scope: its goroutines may borrow, and it waits for them",
    },
    Rule {
        module: &["std", "thread"],
        members: &["spawn", "Builder", "JoinHandle"],
        why: "makes an operating system thread and a handle to it",
        help: "start a goroutine with go! and receive its result over a channel",
    },
    Rule { module: &["std", "thread"], members: &["LocalKey", "AccessError"], why: LOCAL, help: OWN },
    Rule { module: &["std", "thread"], members: &["*"], why: THREAD, help: ARGUMENT },
    Rule { module: &["std", "os", "unix", "thread"], members: &["*"], why: THREAD, help: ARGUMENT },
    Rule { module: &["tokio", "task"], members: &["LocalKey"], why: "is state of an async task", help: OWN },
    Rule {
        module: &["tokio", "task"],
        members: &["id", "try_id", "Id"],
        why: "is the identity of an async task",
        help: ARGUMENT,
    },
    Rule {
        module: &["libc"],
        members: &[
            "gettid",
            "pthread_self",
            "pthread_getspecific",
            "pthread_setspecific",
            "pthread_key_create",
            "sched_setaffinity",
        ],
        why: THREAD,
        help: ARGUMENT,
    },
    Rule { module: &["thread_local"], members: &["*"], why: LOCAL, help: OWN },
    Rule { module: &["thread_id"], members: &["*"], why: THREAD, help: ARGUMENT },
];

/// Of a module that is refused as a whole, what says nothing about identity.
const HARMLESS: &[&str] = &["available_parallelism", "Result"];

/// Macros that declare state of a thread or task, whatever path they are called by.
const MACROS: &[&str] = &["thread_local", "task_local", "scoped_thread_local"];

/// A name that a `use` or `mod` of the body brought in, and the path it stands for.
struct Alias {
    name: String,
    path: Vec<String>,
}

struct Net {
    what: &'static str,
    scopes: Vec<Vec<Alias>>,
    error: Option<Error>,
}

impl Net {
    fn report(&mut self, at: Span, name: &str, why: &str, help: &str) {
        let error = Error::new(at, format!("{} has no identity: `{name}` {why}\nhelp: {help}", self.what));
        match &mut self.error {
            Some(all) => all.combine(error),
            None => self.error = Some(error),
        }
    }

    /// One brace level: its `use` declarations hold in all of it, before and after the place they stand at.
    fn scope(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut aliases = Vec::new();
        let mut imports = Vec::new();
        let mut skip = vec![false; tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            let TokenTree::Ident(word) = token else { continue };
            if word == "mod"
                && let Some(TokenTree::Ident(name)) = tokens.get(i + 1)
            {
                aliases.push(Alias { name: name.to_string(), path: vec!["self".into(), name.to_string()] });
            }
            if word == "use"
                && let Some(end) = tokens[i..].iter().position(|t| is_char(t, ';'))
                && let Ok(item) = syn::parse2::<ItemUse>(tokens[i..=i + end].iter().cloned().collect())
            {
                skip[i..=i + end].fill(true);
                flatten(&item.tree, &mut Vec::new(), &mut imports);
            }
        }
        for import in &imports {
            if let Some(name) = &import.name {
                aliases.push(Alias { name: name.to_string(), path: import.path.clone() });
            }
        }
        self.scopes.push(aliases);
        for import in imports {
            self.import(&import);
        }
        self.walk(&tokens, &skip);
        self.scopes.pop();
    }

    fn import(&mut self, import: &Import) {
        let path = self.resolve(&import.path);
        if import.glob {
            if let Some(rule) = RULES.iter().find(|rule| rule.module == path && rule.members == ["*"]) {
                self.report(import.at, &format!("use {}::*", path.join("::")), rule.why, rule.help);
            }
        } else {
            self.judge(&path, import.at);
        }
    }

    fn walk(&mut self, tokens: &[TokenTree], skip: &[bool]) {
        let mut i = 0;
        while i < tokens.len() {
            if skip[i] {
                i += 1;
                continue;
            }
            match &tokens[i] {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.scope(group.stream())
                }
                TokenTree::Group(group) => {
                    if i > 0 && is_char(&tokens[i - 1], '#') {
                        self.attribute(group.stream());
                    }
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.walk(&inner, &vec![false; inner.len()]);
                }
                TokenTree::Ident(_) => {
                    let after_dot =
                        i > 0 && is_char(&tokens[i - 1], '.') && !(i > 1 && is_char(&tokens[i - 2], '.'));
                    let (path, next) = path_at(tokens, i);
                    if !after_dot {
                        self.path(&path, tokens.get(next), is_rooted(tokens, i));
                    }
                    i = next;
                    continue;
                }
                _ => {}
            }
            i += 1;
        }
    }

    fn attribute(&mut self, tokens: TokenStream) {
        if let Some(TokenTree::Ident(name)) = tokens.into_iter().next()
            && name == "thread_local"
        {
            self.report(name.span(), "#[thread_local]", LOCAL, OWN);
        }
    }

    fn path(&mut self, path: &[Ident], next: Option<&TokenTree>, rooted: bool) {
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        if matches!(next, Some(TokenTree::Punct(bang)) if bang.as_char() == '!' && bang.spacing() == Spacing::Alone)
        {
            if let Some(name) = MACROS.iter().find(|name| last == *name) {
                self.report(last.span(), &format!("{name}!"), LOCAL, OWN);
            }
            return;
        }
        let names: Vec<String> = path.iter().map(|ident| ident.to_string()).collect();
        let resolved = if rooted { names.clone() } else { self.resolve(&names) };
        // A lone name may be the user's own; one that a `use` brought in was judged there.
        if path.len() > 1 {
            let mut full = resolved;
            // Without a declaration in sight, `thread::current` can only mean a `use std::thread` further out.
            if first == "thread" && full == names && !rooted {
                full.insert(0, "std".into());
            }
            for end in 2..=full.len() {
                let judged = &full[..end];
                let at = path.len() - (full.len() - end).min(path.len() - 1) - 1;
                if self.judge(judged, path[at].span()) {
                    break;
                }
            }
        }
    }

    /// Reports `path`, resolved to its crate, if it names an identity.
    fn judge(&mut self, path: &[String], at: Span) -> bool {
        let Some((member, module)) = path.split_last() else { return false };
        if HARMLESS.contains(&member.as_str()) {
            return false;
        }
        let rule = RULES.iter().find(|rule| {
            rule.module == module && rule.members.iter().any(|name| *name == "*" || name == member)
        });
        match rule {
            Some(rule) => {
                self.report(at, &path[path.len().saturating_sub(2)..].join("::"), rule.why, rule.help);
                true
            }
            None => false,
        }
    }

    /// Replaces a first segment that the body declared by what it stands for.
    fn resolve(&self, path: &[String]) -> Vec<String> {
        let mut path = path.to_vec();
        // Renames of renames end; a name that stands for a path beginning with itself must too.
        for _ in 0..8 {
            let Some(first) = path.first() else { break };
            let alias = self.scopes.iter().rev().flatten().find(|alias| alias.name == *first);
            match alias {
                Some(alias) if alias.path.first() != Some(first) => {
                    path.splice(..1, alias.path.iter().cloned());
                }
                Some(alias) => {
                    path.splice(..1, alias.path.iter().cloned());
                    break;
                }
                None => break,
            }
        }
        path
    }
}

/// One leaf of a `use`.
struct Import {
    path: Vec<String>,
    /// The name it is known by; none for a glob and for `_`.
    name: Option<Ident>,
    glob: bool,
    at: Span,
}

fn flatten(tree: &UseTree, prefix: &mut Vec<(String, Span)>, imports: &mut Vec<Import>) {
    let whole = |prefix: &[(String, Span)]| prefix.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    match tree {
        UseTree::Path(path) => {
            prefix.push((path.ident.to_string(), path.ident.span()));
            flatten(&path.tree, prefix, imports);
            prefix.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, prefix, imports)),
        UseTree::Glob(_) => {
            let at = prefix.last().map_or(Span::call_site(), |(_, span)| *span);
            imports.push(Import { path: whole(prefix), name: None, glob: true, at });
        }
        UseTree::Name(_) | UseTree::Rename(_) => {
            let (ident, rename) = match tree {
                UseTree::Rename(rename) => (&rename.ident, Some(rename)),
                UseTree::Name(name) => (&name.ident, None),
                _ => return,
            };
            let mut path = whole(prefix);
            // `use std::thread::{self, ..}` names the module.
            let name = if ident == "self" {
                prefix.last().map(|(name, span)| Ident::new(name, *span))
            } else {
                path.push(ident.to_string());
                Some(ident.clone())
            };
            let name = rename.map_or(name, |rename| Some(rename.rename.clone()));
            imports.push(Import { path, name, glob: false, at: ident.span() });
        }
    }
}

/// The idents of the path that starts at `i`, and where it ends.
fn path_at(tokens: &[TokenTree], mut i: usize) -> (Vec<Ident>, usize) {
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(ident)) = tokens.get(i) {
        path.push(ident.clone());
        i += 1;
        if !(is_colons(tokens, i) && matches!(tokens.get(i + 2), Some(TokenTree::Ident(_)))) {
            break;
        }
        i += 2;
    }
    (path, i)
}

/// Whether the path at `i` starts with `::`.
fn is_rooted(tokens: &[TokenTree], i: usize) -> bool {
    i >= 2 && is_colons(tokens, i - 2)
}

fn is_colons(tokens: &[TokenTree], i: usize) -> bool {
    tokens.get(i).is_some_and(|token| is_joint(token, ':'))
        && tokens.get(i + 1).is_some_and(|token| is_char(token, ':'))
}

#[cfg(test)]
mod tests;
