//! Substitution of type arguments for type parameters (Go specification, "Instantiations").

use super::Checker;
use crate::types::spelling::{Spelled, WrittenInterface};
use crate::types::{IfaceMethod, Interface, Signature, StructField, Term, Type, TypeId, TypeParamId};
use rustc_hash::FxHashMap;

/// What each type parameter stands for.
pub(super) type Map = FxHashMap<TypeParamId, TypeId>;

impl Checker<'_> {
    /// `ty` with type parameters replaced.
    pub(super) fn subst(&mut self, ty: TypeId, map: &Map) -> TypeId {
        if map.is_empty() || !self.mentions_params(ty) {
            return ty;
        }
        match self.types.get(ty).clone() {
            Type::Basic(_) => ty,
            Type::TypeParam(p) => map.get(&p).copied().unwrap_or(ty),
            Type::Named(n) => match self.types.named(n).instance_of.clone() {
                Some((origin, targs)) => {
                    let targs = self.subst_all(&targs, map);
                    self.instance(origin, targs)
                }
                // inside its own declaration a generic type stands for the instance with its own parameters
                None if !self.types.named(n).type_params.is_empty() => {
                    let own = self.types.named(n).type_params.clone();
                    if own.iter().any(|p| map.contains_key(p)) {
                        let targs: Vec<TypeId> =
                            own.iter().map(|p| self.types.intern(Type::TypeParam(*p))).collect();
                        let targs = self.subst_all(&targs, map);
                        return self.instance(n, targs);
                    }
                    ty
                }
                None => ty,
            },
            Type::Pointer(t) => {
                let t = self.subst(t, map);
                self.types.intern(Type::Pointer(t))
            }
            Type::Slice(t) => {
                let t = self.subst(t, map);
                self.types.intern(Type::Slice(t))
            }
            Type::Array(t, n) => {
                let t = self.subst(t, map);
                self.types.intern(Type::Array(t, n))
            }
            Type::Map(k, v) => {
                let (k, v) = (self.subst(k, map), self.subst(v, map));
                self.types.intern(Type::Map(k, v))
            }
            Type::Chan(dir, t) => {
                let t = self.subst(t, map);
                self.types.intern(Type::Chan(dir, t))
            }
            Type::Struct(fields) => {
                let fields =
                    fields.into_iter().map(|f| StructField { ty: self.subst(f.ty, map), ..f }).collect();
                self.types.intern(Type::Struct(fields))
            }
            Type::Func(sig) => {
                let params = self.subst_all(&sig.params, map);
                let results = self.subst_all(&sig.results, map);
                self.types.intern(Type::Func(Signature { params, results, ..sig }))
            }
            Type::Interface(i) => {
                let methods =
                    i.methods.into_iter().map(|m| IfaceMethod { sig: self.subst(m.sig, map), ..m }).collect();
                let terms = i.terms.map(|terms| {
                    terms.into_iter().map(|t| Term { ty: self.subst(t.ty, map), ..t }).collect()
                });
                let written = Spelled(i.written.0.map(|w| Box::new(self.subst_written(*w, map))));
                let comparable = i.comparable;
                self.types.intern(Type::Interface(Interface { methods, terms, comparable, written }))
            }
            Type::Tuple(list) => {
                let list = self.subst_all(&list, map);
                self.types.intern(Type::Tuple(list))
            }
        }
    }

    fn subst_written(&mut self, w: WrittenInterface, map: &Map) -> WrittenInterface {
        let method = |m: IfaceMethod, c: &mut Self| IfaceMethod { sig: c.subst(m.sig, map), ..m };
        WrittenInterface {
            methods: w.methods.into_iter().map(|m| method(m, self)).collect(),
            embeds: w
                .embeds
                .into_iter()
                .map(|u| u.into_iter().map(|t| Term { ty: self.subst(t.ty, map), ..t }).collect())
                .collect(),
            implicit: w.implicit,
        }
    }

    pub(super) fn subst_all(&mut self, list: &[TypeId], map: &Map) -> Vec<TypeId> {
        list.iter().map(|t| self.subst(*t, map)).collect()
    }

    /// Does the type mention a type parameter?
    pub(super) fn mentions_params(&self, ty: TypeId) -> bool {
        self.types.mentions_params(ty)
    }
}
