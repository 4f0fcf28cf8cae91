//! Short constructors, so that lowering reads like the Rust it makes.

use super::{Block, Expr, Pat, Stmt, Type};

/// A name or path.
pub fn path(name: impl Into<String>) -> Expr {
    Expr::Path(name.into())
}

/// A literal.
pub fn lit(text: impl Into<String>) -> Expr {
    Expr::Lit(text.into())
}

/// `name(args)`
pub fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Call(Box::new(path(name)), args)
}

/// `x op y`
pub fn binary(op: &'static str, x: Expr, y: Expr) -> Expr {
    Expr::Binary(op, Box::new(x), Box::new(y))
}

/// `!x`, without piling up negations.
pub fn not(x: Expr) -> Expr {
    match x {
        Expr::Unary('!', x) => *x,
        Expr::Binary("==", x, y) => Expr::Binary("!=", x, y),
        Expr::Binary("!=", x, y) => Expr::Binary("==", x, y),
        x => Expr::Unary('!', Box::new(x)),
    }
}

/// `!x` of an integer.
pub fn not_bits(x: Expr) -> Expr {
    Expr::Unary('!', Box::new(x))
}

/// A named type without arguments.
pub fn ty(name: impl Into<String>) -> Type {
    Type::Path(name.into(), vec![])
}

/// A named type with one argument.
pub fn ty1(name: &str, arg: Type) -> Type {
    Type::Path(name.into(), vec![arg])
}

/// A binding that is not reassigned.
pub fn bind(name: impl Into<String>) -> Pat {
    Pat::Name { name: name.into(), mutable: false }
}

/// `let name = init;`
pub fn let_(name: impl Into<String>, init: Expr) -> Stmt {
    Stmt::Let { pat: bind(name), ty: None, init: Some(init) }
}

impl Expr {
    /// `self.name(args)`
    pub fn method(self, name: &str, args: Vec<Expr>) -> Expr {
        Expr::Method(Box::new(self), name.into(), args)
    }

    /// `self.name`
    pub fn field(self, name: &str) -> Expr {
        Expr::Field(Box::new(self), name.into())
    }

    /// `self[index]`
    pub fn index(self, index: Expr) -> Expr {
        Expr::Index(Box::new(self), Box::new(index))
    }

    /// `*self`
    pub fn deref(self) -> Expr {
        Expr::Unary('*', Box::new(self))
    }

    /// `self as ty`
    pub fn cast(self, ty: Type) -> Expr {
        Expr::Cast(Box::new(self), ty)
    }

    /// A plain name or literal, which costs nothing to repeat.
    pub fn is_atom(&self) -> bool {
        match self {
            Expr::Path(_) | Expr::Lit(_) => true,
            Expr::Unary('-', x) => matches!(**x, Expr::Lit(_)),
            _ => false,
        }
    }

    /// The expression as a block.
    pub fn into_block(self) -> Block {
        match self {
            Expr::Block(None, block) => block,
            x => Block { stmts: vec![Stmt::Tail(x)] },
        }
    }
}

impl Block {
    /// A block of these statements.
    pub fn of(stmts: Vec<Stmt>) -> Block {
        Block { stmts }
    }

    /// Nothing but comments and blank lines?
    pub fn is_empty(&self) -> bool {
        self.stmts.iter().all(|s| matches!(s, Stmt::Comment(_) | Stmt::Trailing(_) | Stmt::Blank))
    }
}

impl Type {
    /// `()`?
    pub fn is_unit(&self) -> bool {
        matches!(self, Type::Tuple(parts) if parts.is_empty())
    }
}
