//! Every public item of `goxide` and `goxide-macros` has an example that is compiled and run.
//!
//! An item is shown by an example in its own documentation, or in that of the type, trait or module it belongs to if it is named there; an example that is
//! marked `ignore`, `text` and the like does not count. What is public is asked of rustdoc, which knows re-exports and what macros write: its JSON is nightly's, so
//! without a nightly toolchain this says that it is skipped.

use std::collections::HashSet;
use std::process::Command;

use goxide_tests::{report, root};
use serde_json::Value;

/// The JSON of a crate's documentation, if it can be had here. Its folder is that of `public_api.rs`.
fn documentation(package: &str) -> Option<Value> {
    let target = root().join("target/public-api");
    let mut rustup = Command::new("rustup");
    rustup.current_dir(root()).args(["run", "nightly", "cargo", "rustdoc", "--quiet", "--package", package]);
    if package == "goxide" {
        rustup.arg("--all-features");
    }
    rustup.args(["--lib", "--", "-Z", "unstable-options", "--output-format", "json"]);
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTDOCFLAGS"] {
        rustup.env_remove(name);
    }
    let run = rustup.env("CARGO_TARGET_DIR", &target).output().ok()?;
    if !run.status.success() {
        println!("skipped: no JSON of {package}: {}", String::from_utf8_lossy(&run.stderr));
        return None;
    }
    let file = target.join(format!("doc/{}.json", package.replace('-', "_")));
    serde_json::from_str(&std::fs::read_to_string(file).expect("rustdoc has written it")).ok()
}

/// The examples in a documentation that are compiled.
fn examples(docs: &str) -> String {
    let mut code = String::new();
    let mut fence: Option<bool> = None;
    for line in docs.lines().map(str::trim_start) {
        match (line.strip_prefix("```"), fence) {
            (Some(_), Some(_)) => fence = None,
            (Some(info), None) => {
                let runs = ["", "rust", "no_run", "should_panic"].contains(&info.trim());
                fence = Some(runs);
            }
            (None, Some(true)) => {
                code.push_str(line);
                code.push('\n');
            }
            (None, _) => {}
        }
    }
    code
}

fn names(code: &str, name: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

struct Walk<'a> {
    index: &'a Value,
    seen: HashSet<String>,
    missing: Vec<String>,
    items: usize,
}

impl<'a> Walk<'a> {
    /// Looks at an item, at `path`, that belongs to what has the examples `around`.
    fn visit(&mut self, id: &Value, path: &str, around: &str) {
        let Some(item) = self.item(id) else { return };
        let key = id.to_string();
        let (kind, inner) = item["inner"].as_object().and_then(|inner| inner.iter().next()).expect("a kind");
        let name = item["name"].as_str().unwrap_or_default();
        if item["attrs"].to_string().contains("hidden") || name == "__private" || !self.seen.insert(key) {
            return;
        }
        let own = examples(item["docs"].as_str().unwrap_or_default());
        let path = match (kind.as_str(), path) {
            ("use" | "impl", _) => path.to_owned(),
            (_, "") => name.to_owned(),
            _ => format!("{path}::{name}"),
        };
        match kind.as_str() {
            "use" => return self.visit(&inner["id"], &path, around),
            "impl" => {}
            "module" => return self.visit_all(&inner["items"], &path, &own),
            "struct" | "enum" | "union" | "trait" | "function" | "type_alias" | "constant" | "static"
            | "macro" | "proc_macro" => {
                self.items += 1;
                if own.is_empty() && !names(around, name) {
                    self.missing.push(format!("{path}: no example ({})", item["span"]["filename"]));
                }
            }
            _ => return,
        }
        match kind.as_str() {
            "trait" => self.visit_all(&inner["items"], &path, &(own + around)),
            "struct" | "enum" | "union" => self.visit_all(&inner["impls"], &path, &own),
            "impl" if inner["trait"].is_null() => self.visit_all(&inner["items"], &path, around),
            _ => {}
        }
    }

    fn visit_all(&mut self, ids: &Value, path: &str, around: &str) {
        for id in ids.as_array().into_iter().flatten() {
            self.visit(id, path, around);
        }
    }

    fn item(&self, id: &Value) -> Option<&'a Value> {
        let index = self.index;
        match id {
            Value::String(id) => index.get(id),
            id => index.get(id.to_string()),
        }
    }
}

fn check(package: &str, least: usize) {
    let Some(documentation) = documentation(package) else { return };
    let index = &documentation["index"];
    let mut walk = Walk { index, seen: HashSet::new(), missing: Vec::new(), items: 0 };
    walk.visit(&documentation["root"], "", "");
    assert!(walk.items >= least, "{package}: {} items", walk.items);
    report(&walk.missing);
}

#[test]
fn every_public_item_of_goxide_has_an_example() {
    check("goxide", 300);
}

#[test]
fn every_macro_has_an_example() {
    check("goxide-macros", 11);
}

#[test]
fn examples_that_are_not_run_do_not_count() {
    let docs = "Text.\n\n```ignore\nnot_run();\n```\n\n```\nlet run = first();\n```\n```text\nneither()\n```";
    let code = examples(docs);
    assert!(names(&code, "first") && !names(&code, "not_run") && !names(&code, "neither"));
    assert!(!names(&code, "irst"));
}
