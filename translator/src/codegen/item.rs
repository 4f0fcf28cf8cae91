//! Items.

use super::Printer;
use crate::ir::{Function, Item, ItemKind};
use std::fmt::Write;

impl Printer {
    /// Prints items with an empty line between those that are not short and alike.
    pub(super) fn items(&mut self, items: &[Item], top: bool) {
        for (i, item) in items.iter().enumerate() {
            if item.blank && (i > 0 || !top) {
                self.out.push_str("__blank!();\n");
            }
            self.item(item);
        }
    }

    pub(super) fn item(&mut self, item: &Item) {
        if let ItemKind::Comment = item.kind {
            for comment in &item.comments {
                self.placeholder("__comment", comment);
            }
            return;
        }
        self.attribute_comments(&item.comments);
        for attr in &item.attrs {
            writeln!(self.out, "#[{attr}]").expect("a string");
        }
        if item.public {
            self.out.push_str("pub ");
        }
        match &item.kind {
            ItemKind::Comment => {}
            ItemKind::Const { name, ty, value } | ItemKind::Static { name, ty, value } => {
                let word = if matches!(item.kind, ItemKind::Const { .. }) { "const" } else { "static" };
                write!(self.out, "{word} {name}: ").expect("a string");
                self.ty(ty);
                self.out.push_str(" = ");
                self.expr(value);
                self.out.push_str(";\n");
            }
            ItemKind::Alias { name, ty } => {
                write!(self.out, "type {name} = ").expect("a string");
                self.ty(ty);
                self.out.push_str(";\n");
            }
            ItemKind::Struct { name, generics, fields, end } => {
                writeln!(self.out, "struct {name}{generics} {{").expect("a string");
                for field in fields {
                    self.attribute_comments(&field.comments);
                    if let Some(text) = &field.trailing {
                        let n = self.keep(text);
                        writeln!(self.out, "#[__trailing({n})]").expect("a string");
                    }
                    for attr in &field.attrs {
                        writeln!(self.out, "#[{attr}]").expect("a string");
                    }
                    write!(self.out, "pub {}: ", field.name).expect("a string");
                    self.ty(&field.ty);
                    self.out.push_str(",\n");
                }
                for text in end {
                    let n = self.keep(text);
                    writeln!(self.out, "__comment_{n}: (),").expect("a string");
                }
                self.out.push_str("}\n");
            }
            ItemKind::Newtype { name, generics, ty } => {
                write!(self.out, "struct {name}{generics}(pub ").expect("a string");
                self.ty(ty);
                self.out.push_str(");\n");
            }
            ItemKind::Impl { generics, ty, items } => {
                write!(self.out, "impl{generics} ").expect("a string");
                self.ty(ty);
                self.out.push_str(" {\n");
                self.nested(items);
                self.out.push_str("}\n");
            }
            ItemKind::Trait { name, generics, items } => {
                writeln!(self.out, "trait {name}{generics} {{").expect("a string");
                self.nested(items);
                self.out.push_str("}\n");
            }
            ItemKind::Fn(function) => self.function(function),
        }
        if let Some(text) = &item.trailing {
            self.placeholder("__trailing", text);
        }
    }

    fn nested(&mut self, items: &[Item]) {
        for (i, item) in items.iter().enumerate() {
            if item.blank && i > 0 {
                self.out.push_str("__blank!();\n");
            }
            self.item(item);
        }
    }

    fn function(&mut self, f: &Function) {
        write!(self.out, "fn {}{}(", f.name, f.generics).expect("a string");
        if f.receiver {
            self.out.push_str("self");
        }
        for (i, param) in f.params.iter().enumerate() {
            if i > 0 || f.receiver {
                self.out.push_str(", ");
            }
            self.pat(&param.pat);
            if let Some(ty) = &param.ty {
                self.out.push_str(": ");
                self.ty(ty);
            }
        }
        self.out.push(')');
        if let Some(ret) = &f.ret {
            self.out.push_str(" -> ");
            self.ty(ret);
        }
        match &f.body {
            Some(body) => {
                self.out.push(' ');
                self.block(body);
                self.out.push('\n');
            }
            None => self.out.push_str(";\n"),
        }
    }
}
