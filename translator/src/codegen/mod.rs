//! Prints the IR: Rust text laid out as rustfmt would.
//!
//! Three steps: [`print`] writes tokens with a placeholder for what a formatter would destroy (comments, blank lines,
//! macro bodies), `prettyplease` lays them out, [`splice`] puts the real text in place of the placeholders. Codegen decides
//! nothing: whatever depends on types was decided by lowering.
//!
//! Rejected: running rustfmt (not every machine has it, and it leaves long macro bodies alone just as well).

mod block;
mod cargo;
mod expr;
mod item;
mod splice;
#[cfg(test)]
mod tests;

use crate::ir::{Crate, Module};

/// One file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutFile {
    /// Where, relative to the package.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Collects the tokens of one file and the texts its placeholders stand for.
#[derive(Default)]
struct Printer {
    out: String,
    texts: Vec<String>,
}

impl Printer {
    /// Keeps `text` and returns its number.
    fn keep(&mut self, text: &str) -> usize {
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }
}

/// Prints every module of `krate`.
///
/// # Panics
/// If the tree is no valid Rust, which is a mistake in lowering.
pub fn generate(krate: &Crate) -> Vec<OutFile> {
    krate.modules.iter().enumerate().map(|(i, module)| file(krate, module, i == 0)).collect()
}

fn file(krate: &Crate, module: &Module, root: bool) -> OutFile {
    let mut p = Printer::default();
    p.items(&module.items, true);
    let body = layout(&p);
    let mut text = String::new();
    for line in &module.docs {
        text.push_str(&format!("//!{line}\n"));
    }
    if !krate.snippet {
        if !module.docs.is_empty() {
            text.push('\n');
        }
        if root {
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

fn layout(p: &Printer) -> String {
    match syn::parse_file(&p.out) {
        Ok(file) => splice::splice(&prettyplease::unparse(&file), &p.texts),
        Err(e) => panic!("lowering made something that is no Rust: {e} at {:?}\n{}", e.span().start(), p.out),
    }
}
