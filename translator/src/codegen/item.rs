//! Items.

use super::Printer;
use super::expr::Prec;
use crate::ir::{Field, Function, Item, ItemKind, Param};
use std::fmt::Write;

impl Printer {
    /// Prints items with an empty line between those that are not short and alike.
    pub(super) fn items(&mut self, items: &[Item], top: bool) {
        for (i, item) in items.iter().enumerate() {
            if item.blank && (i > 0 || !top) {
                self.blank();
            }
            self.item(item);
        }
    }

    pub(super) fn item(&mut self, item: &Item) {
        if let ItemKind::Comment = item.kind {
            for comment in &item.comments {
                self.comment(comment);
            }
            return;
        }
        self.comments(&item.comments);
        self.attributes(&item.attrs);
        self.start();
        if item.public {
            self.out.push_str("pub ");
        }
        match &item.kind {
            ItemKind::Comment => {}
            ItemKind::Const { name, ty, value } | ItemKind::Static { name, ty, value } => {
                let word = if matches!(item.kind, ItemKind::Const { .. }) { "const" } else { "static" };
                write!(self.out, "{word} {name}: ").expect("a string");
                self.ty(ty);
                self.assigned("=", value, Prec::Any, 1);
                self.out.push_str(";\n");
            }
            ItemKind::Alias { name, ty } => {
                write!(self.out, "type {name} = ").expect("a string");
                self.ty(ty);
                self.out.push_str(";\n");
            }
            ItemKind::Struct { name, generics, fields, end } => {
                write!(self.out, "struct {name}{generics} {{").expect("a string");
                if fields.is_empty() && end.is_empty() {
                    self.out.push_str("}\n");
                } else {
                    self.out.push('\n');
                    self.indented(|p| p.fields(fields, end));
                    self.start();
                    self.out.push_str("}\n");
                }
            }
            ItemKind::Newtype { name, generics, ty } => {
                write!(self.out, "struct {name}{generics}(pub ").expect("a string");
                self.ty(ty);
                self.out.push_str(");\n");
            }
            ItemKind::Impl { generics, ty, items } => {
                write!(self.out, "impl{generics} ").expect("a string");
                self.ty(ty);
                self.out.push_str(" {");
                self.nested(items);
            }
            ItemKind::Trait { name, generics, items } => {
                write!(self.out, "trait {name}{generics} {{").expect("a string");
                self.nested(items);
            }
            ItemKind::Fn(function) => self.function(function),
        }
        if let Some(text) = &item.trailing {
            self.trailing(text);
        }
    }

    fn fields(&mut self, fields: &[Field], end: &[String]) {
        for field in fields {
            self.comments(&field.comments);
            self.attributes(&field.attrs);
            self.start();
            write!(self.out, "pub {}: ", field.name).expect("a string");
            self.ty(&field.ty);
            self.out.push_str(",\n");
            if let Some(text) = &field.trailing {
                self.trailing(text);
            }
        }
        end.iter().for_each(|text| self.comment(text));
    }

    /// What stands between the braces of an item, and the closing one.
    fn nested(&mut self, items: &[Item]) {
        if items.is_empty() {
            self.out.push_str("}\n");
            return;
        }
        self.out.push('\n');
        self.indented(|p| p.items(items, true));
        self.start();
        self.out.push_str("}\n");
    }

    fn attributes(&mut self, attrs: &[String]) {
        for attr in attrs {
            self.start();
            writeln!(self.out, "#[{attr}]").expect("a string");
        }
    }

    fn function(&mut self, f: &Function) {
        write!(self.out, "fn {}{}(", f.name, f.generics).expect("a string");
        let end = |p: &mut Printer| {
            p.out.push(')');
            if let Some(ret) = &f.ret {
                p.out.push_str(" -> ");
                p.ty(ret);
            }
        };
        let is_line = self.fits(2, |p| {
            if f.receiver {
                p.out.push_str("self");
            }
            for (i, param) in f.params.iter().enumerate() {
                if i > 0 || f.receiver {
                    p.out.push_str(", ");
                }
                p.param(param);
            }
            end(p);
        });
        if !is_line {
            self.indented(|p| {
                if f.receiver {
                    p.line();
                    p.out.push_str("self,");
                }
                for param in &f.params {
                    p.line();
                    p.param(param);
                    p.out.push(',');
                }
            });
            self.line();
            end(self);
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

    pub(super) fn param(&mut self, param: &Param) {
        self.pat(&param.pat);
        if let Some(ty) = &param.ty {
            self.out.push_str(": ");
            self.ty(ty);
        }
    }
}
