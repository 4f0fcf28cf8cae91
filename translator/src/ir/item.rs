//! Items, modules and the crate.

use super::{Block, Expr, Type};
use std::fmt;

/// A translated program.
#[derive(Clone, Default, Debug)]
pub struct Crate {
    /// Its modules, the root first.
    pub modules: Vec<Module>,
    /// How deep types are nested.
    pub nesting: usize,
    /// A snippet: only the items, without the lines every program opens with.
    pub snippet: bool,
    /// A snippet of statements: what stands in `fn main`, without it.
    pub statements: bool,
}

/// One Rust file: one Go package.
#[derive(Clone, Default, Debug)]
pub struct Module {
    /// Its name; empty for the root.
    pub name: String,
    /// The package's import path.
    pub path: String,
    /// The package's documentation.
    pub docs: Vec<String>,
    /// Modules declared here.
    pub children: Vec<String>,
    /// `use` paths.
    pub uses: Vec<String>,
    /// Declarations.
    pub items: Vec<Item>,
}

/// A declaration with what stands above it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Comments above it, as Go wrote them; those of documented items become doc comments.
    pub comments: Vec<String>,
    /// A comment at the end of its line.
    pub trailing: Option<String>,
    /// An empty line above it?
    pub blank: bool,
    /// Attributes without `#[` and `]`.
    pub attrs: Vec<String>,
    /// `pub`?
    pub public: bool,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of items.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// Only its comments.
    Comment,
    /// `const name: ty = value;`
    Const { name: String, ty: Type, value: Expr },
    /// `static name: ty = value;`
    Static { name: String, ty: Type, value: Expr },
    /// `type name = ty;`
    Alias { name: String, ty: Type },
    /// `struct name { .. }`; `end` are the comments behind the last field
    Struct { name: String, generics: Generics, fields: Vec<Field>, end: Vec<String> },
    /// `struct name(pub ty);`
    Newtype { name: String, generics: Generics, ty: Type },
    /// `impl ty { .. }`
    Impl { generics: Generics, ty: Type, items: Vec<Item> },
    /// `trait name { .. }`: an interface
    Trait { name: String, generics: Generics, items: Vec<Item> },
    /// A function, method or (without body) a method of an interface
    Fn(Function),
}

/// A struct field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Comments above it; an empty one is an empty line.
    pub comments: Vec<String>,
    /// A comment at the end of its line.
    pub trailing: Option<String>,
    /// Attributes without `#[` and `]`.
    pub attrs: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its type parameters.
    pub generics: Generics,
    /// Takes `self`?
    pub receiver: bool,
    /// Parameters.
    pub params: Vec<super::Param>,
    /// Result type.
    pub ret: Option<Type>,
    /// The body; none in an interface.
    pub body: Option<Block>,
}

/// Type parameters with their bounds.
#[derive(Clone, Default, Debug)]
pub struct Generics(pub Vec<(String, String)>);

impl fmt::Display for Generics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, bound)) in self.0.iter().enumerate() {
            write!(f, "{}{name}: {bound}", if i == 0 { "<" } else { ", " })?;
        }
        if self.0.is_empty() { Ok(()) } else { f.write_str(">") }
    }
}
