//! Declarations as written (Go specification, "Declarations and scope").

use super::{Block, ExprId, Field, FuncType, Ident};
use crate::source::{Pos, Span};

/// A top-level or local declaration.
#[derive(Clone, Debug)]
pub enum Decl {
    /// What could not be parsed; an error has been reported.
    Bad(Span),
    /// `import ..`, one or a group
    Import { pos: Pos, specs: Vec<ImportSpec> },
    /// `const ..`; `iota` counts in [`ConstSpec::iota`]
    Const { pos: Pos, grouped: bool, specs: Vec<ConstSpec> },
    /// `type ..`
    Type { pos: Pos, grouped: bool, specs: Vec<TypeSpec> },
    /// `var ..`
    Var { pos: Pos, grouped: bool, specs: Vec<VarSpec> },
    /// `func ..`, methods included
    Func(Box<FuncDecl>),
}

/// One import.
#[derive(Clone, Debug)]
pub struct ImportSpec {
    /// Where the spec starts.
    pub pos: Pos,
    /// The local name: a name, `_` or `.`.
    pub name: Option<Ident>,
    /// The unquoted path.
    pub path: String,
    /// Where the path literal starts.
    pub path_pos: Pos,
}

/// `a, b T = x, y` in a const declaration.
#[derive(Clone, Debug)]
pub struct ConstSpec {
    /// The declared names.
    pub names: Vec<Ident>,
    /// The type, if written.
    pub ty: Option<ExprId>,
    /// The values; empty repeats the previous spec's type and values.
    pub values: Vec<ExprId>,
    /// Index in the group.
    pub iota: u32,
}

/// `Name[P] T` or `Name = T` in a type declaration.
#[derive(Clone, Debug)]
pub struct TypeSpec {
    /// The declared name.
    pub name: Ident,
    /// Type parameters.
    pub type_params: Vec<Field>,
    /// Written with `=`.
    pub is_alias: bool,
    /// The type.
    pub ty: ExprId,
}

/// `a, b T = x, y` in a var declaration.
#[derive(Clone, Debug)]
pub struct VarSpec {
    /// The declared names.
    pub names: Vec<Ident>,
    /// The type, if written.
    pub ty: Option<ExprId>,
    /// The values, if written.
    pub values: Vec<ExprId>,
}

/// A function or method declaration.
#[derive(Clone, Debug)]
pub struct FuncDecl {
    /// Position of `func`.
    pub pos: Pos,
    /// The receiver group of a method.
    pub recv: Option<Field>,
    /// The name.
    pub name: Ident,
    /// The signature.
    pub ty: FuncType,
    /// The body; `None` for a function implemented elsewhere.
    pub body: Option<Block>,
    /// From `func` to the end.
    pub span: Span,
}
