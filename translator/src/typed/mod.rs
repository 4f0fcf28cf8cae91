//! The typed program: what checking leaves for translation. Syntax trees stay as parsed; everything known about them
//! stands here, in tables by expression and by position of the declaring name.
//!
//! Invariant: read-only after `check`. Built only when there was no error.

pub mod constant;
pub mod real;

use crate::ast::{ExprId, File};
use crate::source::Pos;
use crate::symbol::Symbol;
pub use crate::types::{NamedId, ObjId, PkgId, TypeId, TypeParamId, Types};
pub use constant::Const;
use rustc_hash::{FxHashMap, FxHashSet};

/// What an expression denotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Failed to check.
    Invalid,
    /// A call without a result.
    NoValue,
    /// The name of a builtin function.
    Builtin(Builtin),
    /// A type.
    Type,
    /// A constant; its value is in [`TypeAndValue::value`].
    Constant,
    /// An addressable variable (assignable, `&x` allowed).
    Variable,
    /// A map element (assignable, not addressable; comma-ok allowed).
    MapIndex,
    /// A value that is not addressable.
    Value,
    /// `nil`.
    Nil,
    /// A value for which comma-ok is allowed (receive, type assertion).
    CommaOk,
    /// The name of an imported package.
    Package,
}

/// The builtin functions, `unsafe`'s included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Builtin {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    UnsafeAdd,
    UnsafeAlignof,
    UnsafeOffsetof,
    UnsafeSizeof,
    UnsafeSlice,
    UnsafeSliceData,
    UnsafeString,
    UnsafeStringData,
    /// Only in Go's own tests of its checker: a constant condition that must hold.
    Assert,
}

/// What is known about one expression.
#[derive(Clone, Debug)]
pub struct TypeAndValue {
    /// What it denotes.
    pub mode: Mode,
    /// Its type, final: an untyped constant or comparison has the type its context gave it (or its default type), as
    /// go/types records it. Comma-ok expressions used with two values have a tuple type `(T, bool)`.
    pub ty: TypeId,
    /// A constant's value, already converted to `ty`.
    pub value: Option<Const>,
}

/// How `x.f` was resolved.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Field, method value or method expression.
    pub kind: SelectionKind,
    /// The type of `x` (for a method expression the type named).
    pub recv: TypeId,
    /// For methods: the function object (declared method, or the interface method's object).
    pub func: Option<ObjId>,
    /// Indices of the fields to walk: the embedded ones, then for a field the field itself. Between steps, pointers are
    /// followed.
    pub path: Vec<u32>,
    /// Was a pointer followed on the way?
    pub indirect: bool,
    /// For methods: the name (interface methods are found by it).
    pub name: Symbol,
    /// For methods: the type the method belongs to after walking `path` (a named type, a pointer to it, or an interface).
    pub method_recv: Option<TypeId>,
    /// For methods: is the receiver declared as a pointer?
    pub ptr_recv: bool,
    /// The type of the whole selector.
    pub ty: TypeId,
}

/// The kinds of [`Selection`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionKind {
    /// `x.f` is a struct field.
    Field,
    /// `x.m` is a method bound to `x` (called or not).
    MethodValue,
    /// `T.m` is a function whose first parameter is the receiver.
    MethodExpr,
}

/// What a declared name stands for.
#[derive(Clone, Debug)]
pub enum ObjKind {
    /// A constant.
    Const(Const),
    /// A type name (defined type, alias, type parameter).
    TypeName,
    /// A variable: package-level, local, parameter, result or receiver.
    Var {
        /// Declared at package level?
        package_level: bool,
        /// A parameter, result or receiver?
        param: bool,
    },
    /// A function or method; the receiver's named type for a method.
    Func {
        /// The receiver's type as written (`T` or `*T`).
        recv: Option<TypeId>,
        /// Has no body: implemented in Rust (golib).
        external: bool,
    },
    /// An imported package.
    PkgName(PkgId),
    /// A builtin function.
    Builtin(Builtin),
    /// `nil`
    Nil,
    /// A label.
    Label,
}

/// A declared object.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its name.
    pub name: Symbol,
    /// Where it was declared; none for predeclared ones.
    pub pos: Pos,
    /// Its package; `None` for predeclared ones.
    pub pkg: Option<PkgId>,
    /// Its type.
    pub ty: TypeId,
    /// What it is.
    pub kind: ObjKind,
}

/// An instantiation `f[T]`, explicit or inferred.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The type arguments.
    pub targs: Vec<TypeId>,
    /// The instantiated type.
    pub ty: TypeId,
}

/// What is known about one file's expressions and names.
#[derive(Debug, Default)]
pub struct FileInfo {
    /// By expression id; `None` where nothing was recorded (keys of struct literals, package names in selectors).
    pub exprs: Vec<Option<TypeAndValue>>,
    /// Identifier expressions and what they denote (declaring ones on the left of `:=` included; keys of struct
    /// literals denote no object).
    pub uses: FxHashMap<ExprId, ObjId>,
    /// Declaring names by position.
    pub defs: FxHashMap<Pos, ObjId>,
    /// Selector expressions `x.f` that are not qualified names; for a qualified name `pkg.Name` the object is in
    /// `uses` under the selector's own expression id.
    pub selections: FxHashMap<ExprId, Selection>,
    /// The variable a type switch clause declares, by the clause's position.
    pub implicits: FxHashMap<Pos, ObjId>,
    /// Instantiated generic functions and types, by the identifier or selector expression.
    pub instances: FxHashMap<ExprId, Instance>,
}

impl FileInfo {
    /// What is known about an expression.
    pub fn tv(&self, id: ExprId) -> Option<&TypeAndValue> {
        self.exprs.get(id.0 as usize)?.as_ref()
    }
}

/// One step of package initialisation: `lhs = rhs`.
#[derive(Clone, Debug)]
pub struct Initializer {
    /// The variables, several for `var a, b = f()`; blank ones included.
    pub lhs: Vec<ObjId>,
    /// Which file of the package.
    pub file: usize,
    /// The expression.
    pub rhs: ExprId,
}

/// An instance of a generic type, declared as a type of its own.
#[derive(Clone, Debug)]
pub struct TypeInstance {
    /// The instance.
    pub id: NamedId,
    /// The generic type.
    pub of: NamedId,
    /// The instance's name in Rust.
    pub name: String,
}

/// A checked package.
#[derive(Debug)]
pub struct Package {
    /// Import path, `main` for the main package.
    pub path: String,
    /// Package name.
    pub name: Symbol,
    /// The files, as parsed.
    pub files: Vec<File>,
    /// What is known about each.
    pub infos: Vec<FileInfo>,
    /// Exported and unexported package-level objects by name.
    pub scope: FxHashMap<Symbol, ObjId>,
    /// Imported packages.
    pub imports: Vec<PkgId>,
    /// Variables with initialisers in the order of initialisation.
    pub init_order: Vec<Initializer>,
    /// Instances of its generic types that do not stay generic.
    pub instances: Vec<TypeInstance>,
    /// A standard package of which golib may lack something.
    pub is_partial: bool,
    /// Declared by golib: its functions are in Rust, nothing is translated.
    pub is_golib: bool,
}

/// The whole program, packages in dependency order (imported ones first, `main` last).
#[derive(Debug)]
pub struct Program {
    /// The packages.
    pub packages: Vec<Package>,
    /// All types.
    pub types: Types,
    /// All objects.
    pub objects: Vec<Object>,
    /// The functions and methods that stay generic, with their type parameters.
    pub generic: FxHashMap<ObjId, Vec<TypeParamId>>,
    /// The types that stay generic.
    pub generic_types: FxHashSet<NamedId>,
}

impl Program {
    /// The object `id` stands for.
    pub fn object(&self, id: ObjId) -> &Object {
        &self.objects[id.0 as usize]
    }

    /// The package `id` stands for.
    pub fn package(&self, id: PkgId) -> &Package {
        &self.packages[id.0 as usize]
    }
}
