//! Go's types, hash-consed: two [`TypeId`]s are equal exactly when the types are identical (Go specification, "Type
//! identity"). Named types and type parameters are identical to themselves only and live in tables of their own.
//!
//! A [`TypeId`] also remembers how the type was spelled (`byte` or `uint8`, an alias, parameter names), which messages show
//! and nothing else looks at.
//!
//! Invariant: a type is immutable once interned; what is found out later about a named type (its underlying type, its
//! methods) is stored in [`Named`], never in the type.

mod bound;
pub mod spelling;
pub mod universe;

use crate::source::Pos;
use crate::symbol::Symbol;
use rustc_hash::FxHashMap;
use spelling::{Alias, Spelled, SpellingKey, WrittenInterface};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

pub use crate::ast::ChanDir;
pub use bound::Bound;

/// A type; equality is identity.
#[derive(Clone, Copy, Debug)]
pub struct TypeId {
    /// The entry all identical types share.
    canon: u32,
    /// The entry with this spelling; `canon` for the plain one.
    at: u32,
}

impl PartialEq for TypeId {
    fn eq(&self, other: &TypeId) -> bool {
        self.canon == other.canon
    }
}

impl Eq for TypeId {}

impl Hash for TypeId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canon.hash(state);
    }
}

impl PartialOrd for TypeId {
    fn partial_cmp(&self, other: &TypeId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TypeId {
    fn cmp(&self, other: &TypeId) -> Ordering {
        self.canon.cmp(&other.canon)
    }
}

/// A named (defined) type, or one instance of a generic one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NamedId(pub u32);

/// A type parameter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeParamId(pub u32);

/// A declared object: see `typed::Object`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjId(pub u32);

/// A package of the program: an index into `typed::Program::packages`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PkgId(pub u32);

/// The predeclared types and the types of untyped constants.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Basic {
    /// What failed to check; no further message is given about it.
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
}

/// A struct field.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct StructField {
    /// Its name; the type's name for an embedded one.
    pub name: Symbol,
    /// The package an unexported name belongs to; `None` for exported names, since those match in every package.
    pub pkg: Option<PkgId>,
    /// Its type.
    pub ty: TypeId,
    /// Embedded?
    pub embedded: bool,
    /// The unquoted tag.
    pub tag: Option<Symbol>,
}

/// A method of an interface type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IfaceMethod {
    /// Its name.
    pub name: Symbol,
    /// The package an unexported name belongs to; `None` for exported names.
    pub pkg: Option<PkgId>,
    /// Its signature.
    pub sig: TypeId,
}

/// A term `T` or `~T` of a union.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    /// With `~`?
    pub tilde: bool,
    /// The type.
    pub ty: TypeId,
}

/// A function type. Parameter names are no part of identity.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Signature {
    /// Parameter types; the last of a variadic function is the slice type `[]T`.
    pub params: Vec<TypeId>,
    /// Result types.
    pub results: Vec<TypeId>,
    /// Ends in `...T`?
    pub variadic: bool,
    /// The names of parameters, then those of results; empty lists where there are none.
    pub names: Spelled<(Vec<Symbol>, Vec<Symbol>)>,
}

/// An interface type with its method set and type set computed.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Interface {
    /// All methods, embedded ones included, sorted by name then package.
    pub methods: Vec<IfaceMethod>,
    /// The terms of its type set, if it has any; `None` admits every type with the methods.
    pub terms: Option<Vec<Term>>,
    /// Is or embeds `comparable`?
    pub comparable: bool,
    /// Its elements as written, where that is more than methods.
    pub written: Spelled<Option<Box<WrittenInterface>>>,
}

/// The structure of a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// A predeclared type. `byte` is `Uint8`, `rune` is `Int32`, `any` the empty interface.
    Basic(Basic),
    /// A defined type.
    Named(NamedId),
    /// `*T`
    Pointer(TypeId),
    /// `[]T`
    Slice(TypeId),
    /// `[N]T`
    Array(TypeId, u64),
    /// `map[K]V`
    Map(TypeId, TypeId),
    /// `chan T`
    Chan(ChanDir, TypeId),
    /// `struct{..}`
    Struct(Vec<StructField>),
    /// `func(..) ..`
    Func(Signature),
    /// `interface{..}`
    Interface(Interface),
    /// Several results of a call; the empty tuple is a call without a result.
    Tuple(Vec<TypeId>),
    /// A type parameter.
    TypeParam(TypeParamId),
}

/// A method declared on a named type.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: Symbol,
    /// The package it was declared in, which matters for unexported names.
    pub pkg: PkgId,
    /// The function object.
    pub func: ObjId,
    /// Declared on `*T`?
    pub ptr_recv: bool,
}

/// A defined type.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its type name object (generic origin's for an instance).
    pub obj: ObjId,
    /// Its name.
    pub name: Symbol,
    /// Its package; `None` for `error` and `comparable`.
    pub pkg: Option<PkgId>,
    /// The underlying type, never itself named; `Invalid` until resolved.
    pub underlying: TypeId,
    /// Declared methods (of an instance: with substituted signatures, see `typed::Object`).
    pub methods: Vec<Method>,
    /// Type parameters of a generic type.
    pub type_params: Vec<TypeParamId>,
    /// The generic type this is an instance of, and its type arguments.
    pub instance_of: Option<(NamedId, Vec<TypeId>)>,
    /// Declared inside a function?
    pub local: bool,
    /// A local type of an instance of a generic function?
    pub is_copy: bool,
    /// Where it was declared.
    pub pos: Pos,
}

/// A type parameter.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// Its type name object.
    pub obj: ObjId,
    /// Its name.
    pub name: Symbol,
    /// Its place in the list.
    pub index: u32,
    /// The same for parameters declared together, as in `[A, B any]`.
    pub group: u32,
    /// Its constraint, an interface type.
    pub constraint: TypeId,
}

/// All types of a program.
#[derive(Clone, Debug)]
pub struct Types {
    list: Vec<Type>,
    map: FxHashMap<Type, u32>,
    spellings: FxHashMap<SpellingKey, u32>,
    aliases: FxHashMap<u32, Alias>,
    /// Defined types.
    pub named: Vec<Named>,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
}

impl Default for Types {
    fn default() -> Types {
        Types::new()
    }
}

impl Types {
    /// A table with the basic types, whose ids are the discriminants of [`Basic`].
    pub fn new() -> Types {
        let mut types = Types {
            list: vec![],
            map: FxHashMap::default(),
            spellings: FxHashMap::default(),
            aliases: FxHashMap::default(),
            named: vec![],
            type_params: vec![],
        };
        for basic in universe::BASICS {
            types.intern(Type::Basic(basic));
        }
        types
    }

    /// The id of `ty`, spelled as its parts are.
    pub fn intern(&mut self, ty: Type) -> TypeId {
        let canon = match self.map.get(&ty) {
            Some(&canon) => canon,
            None => {
                let canon = self.list.len() as u32;
                let plain = spelling::plain(&ty);
                self.list.push(plain.clone());
                self.map.insert(plain, canon);
                canon
            }
        };
        let Some(key) = spelling::key(&ty) else { return TypeId { canon, at: canon } };
        let next = self.list.len() as u32;
        let at = *self.spellings.entry(key).or_insert(next);
        if at == next {
            self.list.push(ty);
        }
        TypeId { canon, at }
    }

    /// The structure of `id`.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id.at as usize]
    }

    /// The defined type `id`.
    pub fn named(&self, id: NamedId) -> &Named {
        &self.named[id.0 as usize]
    }

    /// The underlying type of `id` (the constraint interface for a type parameter).
    pub fn underlying(&self, id: TypeId) -> TypeId {
        match *self.get(id) {
            Type::Named(n) => self.named(n).underlying,
            Type::TypeParam(p) => {
                let constraint = self.type_params[p.0 as usize].constraint;
                self.underlying(constraint)
            }
            _ => id,
        }
    }

    /// All types, in any spelling.
    pub fn all(&self) -> impl Iterator<Item = TypeId> {
        (0..self.list.len() as u32).map(|at| TypeId { canon: at, at })
    }

    /// How deep the most nested type is without names in between.
    pub fn deepest(&self) -> usize {
        fn depth(types: &Types, ty: TypeId, known: &mut FxHashMap<u32, usize>) -> usize {
            if let Some(&depth) = known.get(&ty.at) {
                return depth;
            }
            let mut most = |list: &[TypeId]| list.iter().map(|t| depth(types, *t, known)).max().unwrap_or(0);
            let inner = match types.get(ty) {
                Type::Named(n) => most(types.named(*n).instance_of.as_ref().map_or(&[], |(_, targs)| targs)),
                Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => most(&[*t]),
                Type::Map(k, v) => most(&[*k, *v]),
                Type::Func(sig) => most(&sig.params).max(most(&sig.results)),
                Type::Tuple(list) => most(list),
                Type::Basic(_) | Type::TypeParam(_) | Type::Struct(_) | Type::Interface(_) => 0,
            };
            known.insert(ty.at, inner + 1);
            inner + 1
        }
        let mut known = FxHashMap::default();
        self.all().map(|ty| depth(self, ty, &mut known)).max().unwrap_or(0)
    }

    /// Does a type parameter occur in the type?
    pub fn mentions_params(&self, ty: TypeId) -> bool {
        let any = |list: &[TypeId]| list.iter().any(|t| self.mentions_params(*t));
        match self.get(ty) {
            Type::Basic(_) => false,
            Type::TypeParam(_) => true,
            Type::Named(n) => {
                let named = self.named(*n);
                match &named.instance_of {
                    Some((_, targs)) => any(targs),
                    None => !named.type_params.is_empty(),
                }
            }
            Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => {
                self.mentions_params(*t)
            }
            Type::Map(k, v) => self.mentions_params(*k) || self.mentions_params(*v),
            Type::Struct(fields) => fields.iter().any(|f| self.mentions_params(f.ty)),
            Type::Func(sig) => any(&sig.params) || any(&sig.results),
            Type::Interface(i) => {
                i.methods.iter().any(|m| self.mentions_params(m.sig))
                    || i.terms.iter().flatten().any(|t| self.mentions_params(t.ty))
            }
            Type::Tuple(list) => any(list),
        }
    }

    /// The structure of the underlying type of `id`.
    pub fn under(&self, id: TypeId) -> &Type {
        self.get(self.underlying(id))
    }
}

impl Basic {
    /// The type's id, the same in every [`Types`].
    pub const fn id(self) -> TypeId {
        TypeId { canon: self as u32, at: self as u32 }
    }
}
