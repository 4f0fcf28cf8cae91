//! Types, expressions and statements.

use super::Item;
use std::fmt;

/// A Rust type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// `path` or `path<args>`
    Path(String, Vec<Type>),
    /// `[T; N]`
    Array(Box<Type>, u64),
    /// `(A, B)`; empty is `()`
    Tuple(Vec<Type>),
    /// `dyn Fn(A) -> R`
    DynFn(Vec<Type>, Box<Type>),
    /// `!`
    Never,
}

/// `A, B`
pub fn list(types: &[Type]) -> String {
    let texts: Vec<String> = types.iter().map(Type::to_string).collect();
    texts.join(", ")
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: &[Type]| f.write_str(&list(parts));
        match self {
            Type::Path(path, args) if args.is_empty() => f.write_str(path),
            Type::Path(path, args) => {
                write!(f, "{path}<")?;
                list(f, args)?;
                f.write_str(">")
            }
            Type::Array(elem, n) => write!(f, "[{elem}; {n}]"),
            Type::Tuple(parts) => {
                f.write_str("(")?;
                list(f, parts)?;
                f.write_str(if parts.len() == 1 { ",)" } else { ")" })
            }
            Type::DynFn(params, ret) => {
                f.write_str("dyn Fn(")?;
                list(f, params)?;
                f.write_str(")")?;
                if ret.is_unit() { Ok(()) } else { write!(f, " -> {ret}") }
            }
            Type::Never => f.write_str("!"),
        }
    }
}

/// A block.
#[derive(Clone, Default, Debug)]
pub struct Block {
    /// Its statements; the last may be a [`Stmt::Tail`].
    pub stmts: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// `let pat: ty = init;`
    Let { pat: Pat, ty: Option<Type>, init: Option<Expr> },
    /// An expression for its effect.
    Expr(Expr),
    /// The value of the block.
    Tail(Expr),
    /// A comment on lines of its own, as Go wrote it.
    Comment(String),
    /// A comment at the end of the line before.
    Trailing(String),
    /// An empty line.
    Blank,
    /// A declaration inside a function.
    Item(Item),
}

/// What a `let`, `for`, closure parameter or match arm binds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pat {
    /// `_`
    Wild,
    /// `name` or `mut name`
    Name { name: String, mutable: bool },
    /// `(a, b)`
    Tuple(Vec<Pat>),
    /// `Some(p)`
    Some(Box<Pat>),
    /// A constant, or several: `1 | 2`
    Values(Vec<Expr>),
}

/// An arm of a match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arm {
    /// Comments above it.
    pub comments: Vec<String>,
    /// What it matches.
    pub pat: Pat,
    /// What it does.
    pub body: Block,
}

/// An arm of `select!`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelectArm {
    /// Comments above it.
    pub comments: Vec<String>,
    /// What it waits for.
    pub head: SelectHead,
    /// What it does.
    pub body: Block,
}

/// What an arm of `select!` waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SelectHead {
    /// `pat = <-chan` or `<-chan`
    Recv(Option<Pat>, Box<Expr>),
    /// `chan <- value`
    Send(Box<Expr>, Box<Expr>),
    /// `default`
    Default,
}

/// A closure's parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Param {
    /// What it binds.
    pub pat: Pat,
    /// Its type; closures of golib's own calls leave it out.
    pub ty: Option<Type>,
}

/// An expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expr {
    /// A name or path, generic arguments included.
    Path(String),
    /// A literal as it will be printed.
    Lit(String),
    /// `f(args)`
    Call(Box<Expr>, Vec<Expr>),
    /// `x.name(args)`; the name may carry `::<T>`
    Method(Box<Expr>, String, Vec<Expr>),
    /// `args![..]`
    Args(Vec<Expr>),
    /// `x.field`
    Field(Box<Expr>, String),
    /// `x[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `-x`, `!x`, `*x`
    Unary(char, Box<Expr>),
    /// `&mut x`
    RefMut(Box<Expr>),
    /// `x op y`
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `x as T`
    Cast(Box<Expr>, Type),
    /// `T { a: x, .. }`; the flag adds `..zero()`
    Struct(Type, Vec<(String, Expr)>, bool),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `[a, b]`
    Array(Vec<Expr>),
    /// `[x; n]`
    Repeat(Box<Expr>, u64),
    /// `lo..hi` or `lo..=hi`
    Range(Box<Expr>, Box<Expr>, bool),
    /// `move |params| -> ret body`
    Closure { moves: bool, params: Vec<Param>, ret: Option<Type>, body: Box<Expr> },
    /// `'label: { .. }`
    Block(Option<String>, Block),
    /// `if cond {..} else {..}`; the else branch is a block or another if
    If(Box<Expr>, Block, Option<Box<Expr>>),
    /// `let pat = x`, only as the condition of an if
    Let(Pat, Box<Expr>),
    /// `match x { .. }`
    Match(Box<Expr>, Vec<Arm>),
    /// `'label: loop { .. }`
    Loop(Option<String>, Block),
    /// `'label: while cond { .. }`
    While(Option<String>, Box<Expr>, Block),
    /// `'label: for pat in iter { .. }`
    For(Option<String>, Pat, Box<Expr>, Block),
    /// `return x`
    Return(Option<Box<Expr>>),
    /// `break 'label`
    Break(Option<String>),
    /// `continue 'label`
    Continue(Option<String>),
    /// `place op value`, op is `=`, `+=` ..
    Assign(&'static str, Box<Expr>, Box<Expr>),
    /// `go!(call)` or `go!(closure)`
    Go(Box<Expr>),
    /// `select! { .. }`
    Select(Vec<SelectArm>),
    /// An element of a list or field of a literal with the comments above it and the one behind it
    Commented(Vec<String>, Box<Expr>, Option<String>),
}

// Statements hold items, whose equality nobody asks for; expressions are compared to find useless rewrites.
impl PartialEq for Block {
    fn eq(&self, _: &Block) -> bool {
        false
    }
}

impl Eq for Block {}
