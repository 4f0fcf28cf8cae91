//! Go types as Rust types (golib's CONTRACT.md, "Types").
//!
//! Structs and interfaces without a name get one, so that they can be Rust items; which Go type they are is told by their
//! structure, not by that name.

use super::Lower;
use crate::ir::{self, Expr};
use crate::typed::{NamedId, PkgId, TypeId};
use crate::types::{Basic, Bound, ChanDir, Signature, StructField, Type};
use rustc_hash::FxHashMap;

/// Names given to structs and interfaces without one, and to types declared in functions.
#[derive(Default)]
pub(super) struct Hoisted {
    names: FxHashMap<TypeId, (PkgId, String)>,
    /// Those whose items have not been made yet, in the order they were met.
    pub(super) pending: Vec<(TypeId, String)>,
    /// Rust names of types declared in functions, where they are not their Go names.
    pub(super) local: FxHashMap<NamedId, String>,
}

impl Lower<'_> {
    /// The Rust type.
    pub(super) fn ty(&mut self, ty: TypeId) -> ir::Type {
        match self.program.types.get(ty).clone() {
            Type::Basic(b) => ir::ty(basic_name(b)),
            Type::Named(n) => {
                let named = self.program.types.named(n);
                if named.pkg.is_none() {
                    return ir::ty(if named.name.as_str() == "error" { "Error" } else { "Any" });
                }
                let args: Vec<TypeId> = match &named.instance_of {
                    Some((_, targs)) => targs.clone(),
                    None => named.type_params.iter().filter_map(|p| self.param_type(*p)).collect(),
                };
                if !args.is_empty() {
                    let path = self.item_path(named.obj);
                    return ir::Type::Path(path, args.into_iter().map(|t| self.ty(t)).collect());
                }
                match (self.hoisted.local.get(&n).cloned(), named.pkg) {
                    (Some(name), Some(pkg)) if pkg != self.pkg => {
                        ir::ty(format!("{}::{name}", self.module_path(pkg)))
                    }
                    (Some(name), _) => ir::ty(name),
                    (None, _) => ir::ty(self.item_path(named.obj)),
                }
            }
            Type::Pointer(elem) => self.ty1("Ptr", elem),
            Type::Slice(elem) => self.ty1("Slice", elem),
            Type::Array(elem, n) => ir::Type::Array(Box::new(self.ty(elem)), n),
            Type::Map(key, value) => ir::Type::Path("Map".into(), vec![self.ty(key), self.ty(value)]),
            Type::Chan(dir, elem) => {
                let name = match dir {
                    ChanDir::Both => "Chan",
                    ChanDir::Send => "SendChan",
                    ChanDir::Recv => "RecvChan",
                };
                self.ty1(name, elem)
            }
            Type::Func(sig) => self.fn_ty(&sig),
            Type::Interface(i) if i.methods.is_empty() => ir::ty("Any"),
            Type::Struct(fields) if fields.is_empty() => ir::ty("EmptyStruct"),
            Type::Struct(_) | Type::Interface(_) => ir::ty(self.hoist(ty)),
            Type::Tuple(list) => ir::Type::Tuple(list.into_iter().map(|t| self.ty(t)).collect()),
            Type::TypeParam(p) => ir::ty(self.param_name(p)),
        }
    }

    fn ty1(&mut self, name: &str, elem: TypeId) -> ir::Type {
        ir::ty1(name, self.ty(elem))
    }

    /// The name of a struct or interface type that has none.
    fn hoist(&mut self, ty: TypeId) -> String {
        if let Some((pkg, name)) = self.hoisted.names.get(&ty).cloned() {
            return if pkg == self.pkg { name } else { format!("{}::{name}", self.module_path(pkg)) };
        }
        let stem = match self.program.types.get(ty) {
            Type::Struct(_) => "Struct",
            _ => "Interface",
        };
        let name = format!("{stem}{}_", self.hoisted.names.len() + 1);
        self.hoisted.names.insert(ty, (self.pkg, name.clone()));
        self.hoisted.pending.push((ty, name.clone()));
        name
    }

    /// `Func<dyn Fn(A) -> R>`
    pub(super) fn fn_ty(&mut self, sig: &Signature) -> ir::Type {
        let params = sig.params.iter().map(|t| self.ty(*t)).collect();
        let ret = self.result_ty(&sig.results).unwrap_or(ir::Type::Tuple(vec![]));
        let name = if sig.variadic { "VariadicFunc" } else { "Func" };
        ir::ty1(name, ir::Type::DynFn(params, Box::new(ret)))
    }

    /// What a function returns; none without results.
    pub(super) fn result_ty(&mut self, results: &[TypeId]) -> Option<ir::Type> {
        match results {
            [] => None,
            [one] => Some(self.ty(*one)),
            many => Some(ir::Type::Tuple(many.iter().map(|t| self.ty(*t)).collect())),
        }
    }

    /// The path by which a value of a defined type is made of one of its underlying type.
    pub(super) fn ty_path(&mut self, ty: TypeId) -> String {
        let path = match self.ty(ty) {
            ir::Type::Path(path, args) if !args.is_empty() => format!("{path}::<{}>", ir::list(&args)),
            ty => ty.to_string(),
        };
        match self.bound(ty) {
            Some(Bound::Slice(_)) => format!("{path}::of_slice"),
            Some(Bound::Map(..)) => format!("{path}::of_map"),
            _ => path,
        }
    }

    /// A value of a defined type as one of its underlying type.
    pub(super) fn unwrap(&mut self, x: Expr, ty: TypeId) -> Expr {
        if !self.is_wrapped(ty) {
            return x;
        }
        let path = self.ty_path(ty);
        match (x, self.bound(ty)) {
            // just wrapped, unless that says of which type numbers are
            (Expr::Call(f, mut args), _)
                if matches!(&*f, Expr::Path(p) if *p == path) && !has_open_numbers(&args[0]) =>
            {
                args.remove(0)
            }
            (x, Some(Bound::Slice(_))) => x.method("to_slice", vec![]),
            (x, Some(Bound::Map(..))) => x.method("to_map", vec![]),
            (x, _) => x.field("0"),
        }
    }

    /// Is it a Rust tuple struct around its underlying type?
    pub(super) fn is_wrapped(&self, ty: TypeId) -> bool {
        match self.program.types.get(ty) {
            Type::Named(_) => !matches!(self.under(ty), Type::Struct(_) | Type::Interface(_)),
            Type::Basic(b) => *b == Basic::Uintptr,
            Type::TypeParam(_) => self.bound(ty).is_some_and(Bound::is_composite),
            _ => false,
        }
    }

    /// The zero value where the context says the type.
    pub(super) fn zero(&mut self, ty: TypeId) -> Expr {
        if self.is_wrapped(ty) {
            let inner = match self.basic(ty) {
                Some(b) => basic_zero(b, true),
                None => ir::call("zero", vec![]),
            };
            let path = self.ty_path(ty);
            return match inner {
                Expr::Call(..) => ir::call("zero", vec![]),
                inner => ir::call(&path, vec![inner]),
            };
        }
        match self.under(ty) {
            Type::Basic(b) => basic_zero(*b, true),
            Type::Pointer(_)
            | Type::Slice(_)
            | Type::Map(..)
            | Type::Chan(..)
            | Type::Func(_)
            | Type::Interface(_) => ir::call("nil", vec![]),
            Type::Array(elem, n) if self.is_simple(*elem) => {
                let zero = self.zero(*elem);
                Expr::Repeat(Box::new(zero), *n)
            }
            _ => ir::call("zero", vec![]),
        }
    }

    /// The zero value, which says its type itself.
    pub(super) fn zero_typed(&mut self, ty: TypeId) -> Expr {
        if self.is_simple(ty)
            && let Some(b) = self.basic(ty)
        {
            return basic_zero(b, false);
        }
        let rust = self.ty(ty);
        match self.under(ty) {
            Type::Pointer(_)
            | Type::Slice(_)
            | Type::Map(..)
            | Type::Chan(..)
            | Type::Func(_)
            | Type::Interface(_)
                if !self.is_wrapped(ty) =>
            {
                ir::call(&format!("nil::<{rust}>"), vec![])
            }
            _ => ir::call(&format!("zero::<{rust}>"), vec![]),
        }
    }

    /// Does a struct with these fields get room behind the last one, which takes none itself? Structs that stay generic never do:
    /// the checker sees to it.
    pub(super) fn is_padded(&self, fields: &[StructField]) -> bool {
        fields.last().is_some_and(|last| self.is_empty(last.ty))
            && !fields.iter().all(|f| self.is_empty(f.ty))
    }

    /// Do values of the type take no room?
    fn is_empty(&self, ty: TypeId) -> bool {
        match self.under(ty) {
            Type::Array(elem, n) => *n == 0 || self.is_empty(*elem),
            Type::Struct(fields) => fields.iter().all(|f| self.is_empty(f.ty)),
            _ => false,
        }
    }

    /// Can values of the type be compared with `==`?
    pub(super) fn is_comparable(&self, ty: TypeId) -> bool {
        match self.under(ty) {
            Type::Slice(_) | Type::Map(..) | Type::Func(_) => false,
            Type::Struct(fields) => fields.iter().all(|f| self.is_comparable(f.ty)),
            Type::Array(elem, _) => self.is_comparable(*elem),
            _ => true,
        }
    }
}

/// The name of the padding behind these fields.
pub(super) fn padding_name(fields: &[StructField]) -> String {
    let mut name = "padding".to_owned();
    while fields.iter().any(|f| super::names::field_name(f.name) == name) {
        name.push('_');
    }
    name
}

/// Is it a literal with elements whose numbers do not say their types?
fn has_open_numbers(x: &Expr) -> bool {
    match x {
        Expr::Call(f, args) => {
            let is_list = matches!(&**f, Expr::Path(p) if p == "slice" || p == "Map::from");
            is_list && args.iter().any(Expr::has_open_number)
        }
        Expr::Array(_) => x.has_open_number(),
        _ => false,
    }
}

fn basic_name(b: Basic) -> &'static str {
    match b {
        Basic::Bool | Basic::UntypedBool => "bool",
        Basic::Uintptr => "Uintptr",
        Basic::Float32 | Basic::Float64 | Basic::UntypedFloat => super::constant::suffix_or_float(b),
        Basic::Complex64 => "Complex64",
        Basic::Complex128 | Basic::UntypedComplex => "Complex128",
        Basic::String | Basic::UntypedString => "Str",
        Basic::UnsafePointer => "UnsafePointer",
        Basic::Invalid | Basic::UntypedNil => "Any",
        b => super::constant::suffix(b),
    }
}

fn basic_zero(b: Basic, evident: bool) -> Expr {
    if b.is_boolean() {
        return ir::lit("false");
    }
    if b.is_string() {
        return ir::call("str", vec![ir::lit("\"\"")]);
    }
    if b.is_complex() {
        let name = if b == Basic::Complex64 { "Complex64::new" } else { "Complex128::new" };
        return ir::call(name, vec![ir::lit("0.0"), ir::lit("0.0")]);
    }
    if b.is_float() {
        return ir::lit(if evident || b != Basic::Float32 { "0.0" } else { "0.0f32" });
    }
    if b.is_integer() {
        return ir::lit(format!("0{}", if evident { "" } else { super::constant::suffix(b) }));
    }
    ir::call("zero", vec![])
}
