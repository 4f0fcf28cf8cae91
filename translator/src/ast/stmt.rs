//! Statements as written (Go specification, "Statements").

use super::{BinaryOp, Decl, ExprId, Ident};
use crate::source::{Pos, Span};

/// `{ .. }`
#[derive(Clone, Debug)]
pub struct Block {
    /// The opening brace.
    pub lbrace: Pos,
    /// The statements.
    pub stmts: Vec<Stmt>,
    /// The closing brace.
    pub rbrace: Pos,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// From its first to its last token.
    pub span: Span,
    /// What it is.
    pub kind: StmtKind,
}

/// The forms of statements.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// What could not be parsed; an error has been reported.
    Bad,
    /// `;` alone
    Empty,
    /// `var`, `const` or `type` inside a function
    Decl(Decl),
    /// `label: stmt`
    Labeled { label: Ident, stmt: Box<Stmt> },
    /// An expression as a statement
    Expr(ExprId),
    /// `ch <- value`
    Send { chan: ExprId, arrow: Pos, value: ExprId },
    /// `x++` (`inc`) or `x--`
    IncDec { x: ExprId, inc: bool, op_pos: Pos },
    /// `lhs = rhs`, `lhs := rhs` (left sides are identifiers) or `lhs op= rhs`
    Assign { lhs: Vec<ExprId>, op: AssignOp, op_pos: Pos, rhs: Vec<ExprId> },
    /// `go call`
    Go(ExprId),
    /// `defer call`
    Defer(ExprId),
    /// `return values`
    Return(Vec<ExprId>),
    /// `break`, `continue`, `goto`, `fallthrough`
    Branch { kind: BranchKind, label: Option<Ident> },
    /// `{ .. }`
    Block(Block),
    /// `if init; cond { } else ..`; `els` is a block or another if
    If { init: Option<Box<Stmt>>, cond: ExprId, then: Block, els: Option<Box<Stmt>> },
    /// `switch init; tag { .. }`
    Switch { init: Option<Box<Stmt>>, tag: Option<ExprId>, clauses: Vec<CaseClause>, rbrace: Pos },
    /// `switch init; bind := x.(type) { .. }`; `x` is the operand of the assertion
    TypeSwitch {
        init: Option<Box<Stmt>>,
        bind: Option<Ident>,
        x: ExprId,
        clauses: Vec<CaseClause>,
        rbrace: Pos,
    },
    /// `select { .. }`
    Select { clauses: Vec<CommClause>, rbrace: Pos },
    /// `for init; cond; post { }`
    For { init: Option<Box<Stmt>>, cond: Option<ExprId>, post: Option<Box<Stmt>>, body: Block },
    /// `for key, value := range x { }`
    Range {
        key: Option<ExprId>,
        value: Option<ExprId>,
        /// A third variable, which there may not be.
        extra: Option<ExprId>,
        define: bool,
        x: ExprId,
        range_pos: Pos,
        body: Block,
    },
}

/// The operator of an assignment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssignOp {
    /// `=`
    Assign,
    /// `:=`
    Define,
    /// `+=` and its like
    Op(BinaryOp),
}

/// Kinds of branch statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BranchKind {
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `goto`
    Goto,
    /// `fallthrough`
    Fallthrough,
}

/// `case a, b:` or `default:` of a switch or type switch.
#[derive(Clone, Debug)]
pub struct CaseClause {
    /// Position of `case` or `default`. The object a type switch declares in the clause is keyed by this.
    pub pos: Pos,
    /// The expressions or types; empty with `is_default`.
    pub exprs: Vec<ExprId>,
    /// `default:`
    pub is_default: bool,
    /// Position of the colon.
    pub colon: Pos,
    /// What follows.
    pub body: Vec<Stmt>,
}

/// A clause of a select statement.
#[derive(Clone, Debug)]
pub struct CommClause {
    /// Position of `case` or `default`.
    pub pos: Pos,
    /// A send, an expression (receive) or an assignment from a receive; `None` is `default`.
    pub comm: Option<Box<Stmt>>,
    /// Position of the colon.
    pub colon: Pos,
    /// What follows.
    pub body: Vec<Stmt>,
}

/// Does the predicate hold for any statement, those of nested blocks included?
pub fn any_stmt(stmts: &[Stmt], f: &dyn Fn(&Stmt) -> bool) -> bool {
    stmts.iter().any(|s| {
        let opt = |s: &Option<Box<Stmt>>| s.as_ref().is_some_and(|s| any_stmt(std::slice::from_ref(s), f));
        f(s) || match &s.kind {
            StmtKind::Labeled { stmt, .. } => any_stmt(std::slice::from_ref(stmt), f),
            StmtKind::Block(b) => any_stmt(&b.stmts, f),
            StmtKind::If { init, then, els, .. } => opt(init) || any_stmt(&then.stmts, f) || opt(els),
            StmtKind::Switch { init, clauses, .. } | StmtKind::TypeSwitch { init, clauses, .. } => {
                opt(init) || clauses.iter().any(|c| any_stmt(&c.body, f))
            }
            StmtKind::Select { clauses, .. } => clauses.iter().any(|c| opt(&c.comm) || any_stmt(&c.body, f)),
            StmtKind::For { init, post, body, .. } => opt(init) || opt(post) || any_stmt(&body.stmts, f),
            StmtKind::Range { body, .. } => any_stmt(&body.stmts, f),
            _ => false,
        }
    })
}
