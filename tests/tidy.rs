//! The rules of ARCHITECTURE.md that a compiler doesn't know: layers, file heads, where `unsafe` may stand, length.
//!
//! Deliberately by text and not by syntax: a rule a reader can check by eye needs no parser.

use goxide_tests::{report, root};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the runtime in the order of their layers: each imports only what stands before it.
const RUNTIME: &[&str] = &[
    "shim",
    "sys",
    "stack",
    "coroutine",
    "task",
    "poll",
    "sched",
    "park",
    "no_park",
    "chan",
    "select",
    "context",
    "sync",
    "time",
    "scope",
    "errgroup",
    "bridge",
    "net",
    "fs",
    "io",
    "guide",
    "trace",
    "tracing",
    "private",
];

/// Stages of the translator, likewise. What only `cli` may do, it does in a crate of its own (the command).
const TRANSLATOR: [&str; 19] = [
    "source",
    "symbol",
    "diag",
    "parallel",
    "ast",
    "lexer",
    "constraint",
    "parser",
    "embed",
    "module",
    "package",
    "types",
    "typed",
    "check",
    "ir",
    "lower",
    "codegen",
    "pipeline",
    "lint",
];

/// Where `unsafe` may stand: files, or folders with everything in them.
const UNSAFE: &[&str] = &[
    "benches/ours/main.rs",
    "tests/lint/src/bin/system.rs",
    "runtime/loom/tests/mutex.rs",
    "runtime/src/sys/",
    "runtime/src/stack/",
    "runtime/src/coroutine/",
    "runtime/src/task/",
    "runtime/src/sched/",
    "runtime/src/park.rs",
    "runtime/src/poll/",
    "runtime/src/chan/",
    "runtime/src/select.rs",
    "runtime/src/bridge.rs",
    "runtime/src/bridge/",
    "runtime/src/sync/",
    "runtime/src/scope.rs",
    "runtime/src/private.rs",
    "runtime/tests/cold.rs",
    "runtime/tests/movement.rs",
    "runtime/golib/src/heap/",
    "runtime/golib/src/array.rs",
    "runtime/golib/src/builtin.rs",
    "runtime/golib/src/chan.rs",
    "runtime/golib/src/complex.rs",
    "runtime/golib/src/defer.rs",
    "runtime/golib/src/func.rs",
    "runtime/golib/src/global.rs",
    "runtime/golib/src/hash.rs",
    "runtime/golib/src/include/chan.rs",
    "runtime/golib/src/include/func.rs",
    "runtime/golib/src/interface.rs",
    "runtime/golib/src/map.rs",
    "runtime/golib/src/map/described.rs",
    "runtime/golib/src/map/raw.rs",
    "runtime/golib/src/num.rs",
    "runtime/golib/src/os/signal/trap.rs",
    "runtime/golib/src/panic.rs",
    "runtime/golib/src/program.rs",
    "runtime/golib/src/ptr.rs",
    "runtime/golib/src/runtime/gc.rs",
    "runtime/golib/src/reflect/place.rs",
    "runtime/golib/src/slice.rs",
    "runtime/golib/src/slice/growth.rs",
    "runtime/golib/src/string.rs",
    "runtime/golib/src/sync/overlay.rs",
    "runtime/golib/src/trace/mod.rs",
    "runtime/golib/src/ty.rs",
    "runtime/golib/src/ty/made.rs",
    "runtime/golib/src/value.rs",
    "runtime/golib/src/view.rs",
    "macros/src/derive/",
    "macros/src/interface.rs",
    "macros/src/methods.rs",
];

/// From here on a file needs a reason: a line `//! Long because ..` in its head.
const LONG: usize = 1000;

/// Every Rust file of ours but inputs and expected outputs of tests.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["macros", "runtime", "translator", "tests", "examples", "benches"] {
        collect(&root().join(folder), &mut found);
    }
    assert!(found.len() > 50, "our files were found");
    found
}

fn collect(dir: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(dir).expect("a folder of ours").map(|e| e.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.strip_prefix(root()).expect("below the root").display().to_string();
        let is_data = ["tests/ui/", "tests/golden/"].iter().any(|d| name.starts_with(d));
        if path.is_dir() && !name.ends_with("target") {
            collect(&path, found);
        } else if name.ends_with(".rs") && !is_data {
            found.push((name, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    let headless = files().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    report(&headless.map(|(name, _)| format!("{name}: no `//!` head")).collect::<Vec<_>>());
}

#[test]
fn files_stay_short() {
    let long = files().into_iter().filter(|(_, text)| {
        text.lines().count() >= LONG && !text.lines().any(|line| line.starts_with("//! Long because "))
    });
    report(&long.map(|(name, text)| format!("{name}: {} lines", text.lines().count())).collect::<Vec<_>>());
}

#[test]
fn unsafe_stands_only_where_listed() {
    let mut failures = Vec::new();
    for (name, text) in files() {
        if UNSAFE.iter().any(|place| name.starts_with(place)) || name == "tests/tidy.rs" {
            continue;
        }
        for (i, line) in code_lines(&text) {
            let has = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe");
            if has && !line.contains('"') {
                failures.push(format!("{name}:{}: unsafe outside the list in tests/tidy.rs", i + 1));
            }
        }
    }
    report(&failures);
}

#[test]
fn layers_import_downwards() {
    let mut failures = Vec::new();
    for (name, text) in files() {
        for (prefix, order) in [("runtime/src/", RUNTIME), ("translator/src/", &TRANSLATOR)] {
            let Some(own) = name.strip_prefix(prefix).map(top_module) else { continue };
            if ["lib", "main", "cli", "bin"].contains(&own) {
                continue;
            }
            let Some(rank) = order.iter().position(|m| *m == own) else {
                failures.push(format!("{name}: its layer is not in tests/tidy.rs"));
                continue;
            };
            for (line, module) in crate_paths(&text) {
                if order.iter().position(|m| *m == module).is_some_and(|used| used > rank) {
                    failures.push(format!("{name}:{line}: {own} imports {module}, a layer above it"));
                }
            }
        }
    }
    report(&failures);
}

#[test]
fn macros_import_nothing_of_ours() {
    let manifest = fs::read_to_string(root().join("macros/Cargo.toml")).expect("macros/Cargo.toml");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("it has some");
    // What the examples of its documentation use is another matter.
    let dependencies = dependencies.split("\n[").next().expect("the section itself");
    assert!(!dependencies.contains("goxide"), "macros depends on a crate of ours");
}

/// Any program may reflect on golib's types; only translated ones leave out what nobody asks for.
#[test]
fn methods_of_golib_are_reflected() {
    let plain = files().into_iter().filter(|(name, text)| {
        name.starts_with("runtime/golib/src/") && text.lines().any(|line| line == "#[methods]")
    });
    report(
        &plain.map(|(name, _)| format!("{name}: #[methods] for #[methods(reflected)]")).collect::<Vec<_>>(),
    );
}

/// `a/b.rs` and `a.rs` are both of module `a`.
fn top_module(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Lines that aren't comments, with their numbers from 0.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = text.lines().enumerate().map(|(i, line)| (i, line.trim_start()));
    all.filter(|(_, line)| !line.starts_with("//"))
}

/// The modules named after `crate::`, alone or in a group, with line numbers from 1.
fn crate_paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (i, line) in code_lines(text) {
        for rest in line.split("crate::").skip(1).filter(|_| !line.contains("$crate::")) {
            let inside = rest.strip_prefix('{').map_or(rest, |group| group);
            let names: Vec<&str> =
                if rest.starts_with('{') { top_level_names(inside) } else { vec![first_name(rest)] };
            found.extend(names.into_iter().filter(|n| !n.is_empty()).map(|n| (i + 1, n.to_owned())));
        }
    }
    found
}

fn first_name(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The first name of each part of `a::b, c::{d, e}, ..}`.
fn top_level_names(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut start = 0;
    let mut names = Vec::new();
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(first_name(group[start..i].trim_start()));
                return names;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(first_name(group[start..i].trim_start()));
                start = i + 1;
            }
            _ => {}
        }
    }
    names.push(first_name(group[start..].trim_start()));
    names
}
