//! Prints the IR: Rust text laid out as rustfmt would.
//!
//! `layout` knows about lines, the other files about Rust. Codegen decides nothing: whatever depends on types was decided by
//! lowering.
//!
//! Rejected: running rustfmt (not every machine has it, and it leaves long macro bodies alone); `prettyplease` (it knows no
//! comments, empty lines and macro bodies, which took a placeholder each, and breaks `f(g(x))` at every bracket).

mod block;
mod cargo;
mod expr;
mod item;
mod layout;
mod positions;
#[cfg(test)]
mod tests;

pub use positions::FILE as POSITIONS;

use crate::ir::{Crate, Module};
use crate::source::SourceMap;

/// One file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutFile {
    /// Where, relative to the package.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The text of one file as it grows.
#[derive(Default)]
struct Printer {
    out: String,
    /// How deep lines are indented.
    indent: usize,
    /// Everything goes on one line.
    flat: bool,
    /// That cannot be done.
    failed: bool,
    /// From here to the end of its line an argument begins behind its call, which may prove too long.
    hugging: Option<usize>,
}

/// Prints every module of `krate`.
pub fn generate(krate: &Crate, map: &SourceMap) -> Vec<OutFile> {
    let mut files: Vec<OutFile> =
        krate.modules.iter().enumerate().map(|(i, module)| file(krate, module, i == 0)).collect();
    files.extend(positions::table(&files, map));
    files
}

fn file(krate: &Crate, module: &Module, root: bool) -> OutFile {
    let mut p = Printer::default();
    p.items(&module.items, true);
    let body = p.out;
    let mut text = String::new();
    for line in &module.docs {
        text.push_str(&format!("//!{line}\n"));
    }
    if !krate.snippet {
        if !module.docs.is_empty() {
            text.push('\n');
        }
        if root {
            text.push_str(&cargo::recursion_limit(krate.nesting));
            text.push_str(cargo::ALLOW);
            text.push('\n');
        }
        for child in &module.children {
            text.push_str(&format!("mod {child};\n"));
        }
        if !module.children.is_empty() {
            text.push('\n');
        }
        for path in &module.uses {
            text.push_str(&format!("use {path};\n"));
        }
        if !body.is_empty() {
            text.push('\n');
        }
    }
    text.push_str(&if krate.statements { unwrapped(&body) } else { body });
    let path = if root { "src/main.rs".to_owned() } else { format!("src/{}.rs", module.name) };
    OutFile { path, text }
}

/// The statements of `fn main`, which come last, without the function.
fn unwrapped(body: &str) -> String {
    let head = "fn main() {\n";
    let Some(at) = body.find(head) else { return body.to_owned() };
    let inner = body[at + head.len()..].trim_end().trim_end_matches('}');
    let lines = inner.lines().map(|l| l.strip_prefix("    ").unwrap_or(l));
    let mut text = body[..at].to_owned();
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text
}
