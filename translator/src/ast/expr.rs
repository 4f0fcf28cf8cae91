//! Expressions and types as written (Go specification, "Expressions" and "Types").

use super::{Block, Ident};
use crate::source::{Pos, Span};
use crate::symbol::Symbol;

/// An expression of one file; an index into that file's [`Exprs`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExprId(pub u32);

/// The arena of a file's expressions. Children always have smaller ids than their parents.
#[derive(Clone, Debug, Default)]
pub struct Exprs(Vec<Expr>);

impl Exprs {
    /// Room for about as many as a file of `bytes` bytes has.
    pub fn for_text(bytes: usize) -> Exprs {
        Exprs(Vec::with_capacity(bytes / 16))
    }

    /// Adds an expression.
    pub fn alloc(&mut self, expr: Expr) -> ExprId {
        self.0.push(expr);
        ExprId(self.0.len() as u32 - 1)
    }

    /// Puts another expression in the place of `id`.
    pub fn replace(&mut self, id: ExprId, expr: Expr) {
        self.0[id.0 as usize] = expr;
    }

    /// The expression `id` stands for.
    pub fn get(&self, id: ExprId) -> &Expr {
        &self.0[id.0 as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// From its first to its last token.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The forms of expressions and types.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// What could not be parsed; an error has been reported.
    Bad,
    /// `x`
    Ident(Symbol),
    /// A literal; the text is as written.
    BasicLit { kind: LitKind, text: Symbol },
    /// `T{..}`; no type inside another composite literal that elides it. `elems` may be [`ExprKind::KeyValue`].
    CompositeLit { ty: Option<ExprId>, lbrace: Pos, elems: Vec<ExprId>, rbrace: Pos },
    /// `key: value` inside a composite literal.
    KeyValue { key: ExprId, colon: Pos, value: ExprId },
    /// `func(..) .. {..}`
    FuncLit(Box<FuncLit>),
    /// `(x)`
    Paren(ExprId),
    /// `x.sel`
    Selector { x: ExprId, sel: Ident },
    /// `x[i]`, or an instantiation `x[T1, T2]`
    Index { x: ExprId, lbrack: Pos, indices: Vec<ExprId>, rbrack: Pos },
    /// `x[lo:hi]` or `x[lo:hi:max]` (`three`)
    Slice {
        x: ExprId,
        lbrack: Pos,
        lo: Option<ExprId>,
        hi: Option<ExprId>,
        max: Option<ExprId>,
        three: bool,
        rbrack: Pos,
    },
    /// `x.(T)`; `None` is `x.(type)`
    TypeAssert { x: ExprId, ty: Option<ExprId> },
    /// `f(args)`; `ellipsis` is the position of `...` after the last argument
    Call { fun: ExprId, lparen: Pos, args: Vec<ExprId>, ellipsis: Option<Pos>, rparen: Pos },
    /// `*x`, a dereference or a pointer type
    Star(ExprId),
    /// `op x`, `~T` in constraints included
    Unary { op: UnaryOp, x: ExprId },
    /// `x op y`, a union `A | B` in constraints included
    Binary { op: BinaryOp, op_pos: Pos, x: ExprId, y: ExprId },
    /// `[N]T`; `len` is `None` for `[...]T`
    ArrayType { len: Option<ExprId>, elem: ExprId },
    /// `[]T`
    SliceType(ExprId),
    /// `...T`, only as the type of a last parameter
    Ellipsis(ExprId),
    /// `struct{..}`
    StructType(Vec<Field>),
    /// `func(..) ..`
    FuncType(FuncType),
    /// `interface{..}`
    InterfaceType(Vec<InterfaceElem>),
    /// `map[K]V`
    MapType { key: ExprId, value: ExprId },
    /// `chan T`, `<-chan T`, `chan<- T`
    ChanType { dir: ChanDir, elem: ExprId },
}

/// Kinds of basic literals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LitKind {
    /// `42`, `0x2a`, `0b1_0`
    Int,
    /// `1.5`, `0x1p-2`
    Float,
    /// `2i`
    Imag,
    /// `'a'`
    Char,
    /// `"s"` or a raw string
    String,
}

/// Unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// `+x`
    Plus,
    /// `-x`
    Neg,
    /// `!x`
    Not,
    /// `^x`
    BitNot,
    /// `&x`
    Addr,
    /// `<-x`
    Recv,
    /// `~T`
    Tilde,
}

/// Binary operators, by increasing precedence class as in the specification.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    /// `||`
    LOr,
    /// `&&`
    LAnd,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `&`
    And,
    /// `&^`
    AndNot,
}

impl UnaryOp {
    /// The operator as Go writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            UnaryOp::Plus => "+",
            UnaryOp::Neg => "-",
            UnaryOp::Not => "!",
            UnaryOp::BitNot => "^",
            UnaryOp::Addr => "&",
            UnaryOp::Recv => "<-",
            UnaryOp::Tilde => "~",
        }
    }
}

impl BinaryOp {
    /// The operator as Go writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            BinaryOp::LOr => "||",
            BinaryOp::LAnd => "&&",
            BinaryOp::Eq => "==",
            BinaryOp::Ne => "!=",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Gt => ">",
            BinaryOp::Ge => ">=",
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Rem => "%",
            BinaryOp::Shl => "<<",
            BinaryOp::Shr => ">>",
            BinaryOp::And => "&",
            BinaryOp::AndNot => "&^",
        }
    }

    /// Precedence from 1 (`||`) to 5 (`*`).
    pub fn precedence(self) -> u8 {
        use BinaryOp::*;
        match self {
            LOr => 1,
            LAnd => 2,
            Eq | Ne | Lt | Le | Gt | Ge => 3,
            Add | Sub | Or | Xor => 4,
            Mul | Div | Rem | Shl | Shr | And | AndNot => 5,
        }
    }

    /// `==`, `<` and their like.
    pub fn is_comparison(self) -> bool {
        self.precedence() == 3
    }

    /// `<<` or `>>`.
    pub fn is_shift(self) -> bool {
        matches!(self, BinaryOp::Shl | BinaryOp::Shr)
    }
}

/// Direction of a channel type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDir {
    /// `chan T`
    Both,
    /// `chan<- T`
    Send,
    /// `<-chan T`
    Recv,
}

/// A function literal.
#[derive(Clone, Debug)]
pub struct FuncLit {
    /// Its signature.
    pub ty: FuncType,
    /// Its body.
    pub body: Block,
}

/// A function signature as written.
#[derive(Clone, Debug)]
pub struct FuncType {
    /// Position of `func`, or of the name for interface methods.
    pub pos: Pos,
    /// Type parameters, only on declared functions.
    pub type_params: Vec<Field>,
    /// Parameters.
    pub params: Vec<Field>,
    /// Results.
    pub results: Vec<Field>,
}

/// A group `a, b T` of parameters, results, struct fields or type parameters that share a type.
#[derive(Clone, Debug)]
pub struct Field {
    /// The names; empty for an unnamed parameter or an embedded struct field.
    pub names: Vec<Ident>,
    /// The type (`*T`, `T`, `p.T`, `T[A]` for an embedded field).
    pub ty: ExprId,
    /// A struct field's tag literal.
    pub tag: Option<ExprId>,
}

/// What stands in an interface type.
#[derive(Clone, Debug)]
pub enum InterfaceElem {
    /// `Name(params) results`
    Method {
        /// The method's name.
        name: Ident,
        /// Its signature.
        ty: FuncType,
    },
    /// An embedded interface, or a union of (tilde) types.
    Embed(ExprId),
}
