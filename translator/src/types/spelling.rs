//! How types were spelled, for messages: alias names, names of parameters, the elements of interfaces.
//!
//! Always holds: a spelling takes no part in identity. The plain spelling of a type has no names at all and plain parts.

use super::{IfaceMethod, PkgId, StructField, Term, Type, TypeId, Types};
use crate::symbol::Symbol;
use std::hash::{Hash, Hasher};

/// Something that equality and hashing pass over.
#[derive(Clone, Default, Debug)]
pub struct Spelled<T>(pub T);

impl<T> PartialEq for Spelled<T> {
    fn eq(&self, _: &Spelled<T>) -> bool {
        true
    }
}

impl<T> Eq for Spelled<T> {}

impl<T> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// An interface as written: explicit methods, then what it embeds.
#[derive(Clone, Debug)]
pub struct WrittenInterface {
    /// The methods declared in it, sorted.
    pub methods: Vec<IfaceMethod>,
    /// Embedded types and unions.
    pub embeds: Vec<Vec<Term>>,
    /// Stands for a constraint without `interface{}` around it.
    pub implicit: bool,
}

/// The name under which an alias was declared.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Its name.
    pub name: Symbol,
    /// Its package; none for predeclared ones.
    pub pkg: Option<PkgId>,
    /// Type arguments of a generic alias.
    pub targs: Vec<TypeId>,
    /// `byte` and `rune` are other names of basic types, not aliases.
    pub is_basic: bool,
}

/// A spelling to be found again: a tag for the form, then everything that two equal spellings share.
pub(super) type SpellingKey = Box<[u32]>;

impl Types {
    /// `target` under another name.
    pub fn alias(&mut self, target: TypeId, alias: Alias) -> TypeId {
        let mut key = vec![ALIAS, target.at, alias.name.index(), alias.pkg.map_or(0, |p| p.0 + 1)];
        key.push(u32::from(alias.is_basic));
        key.extend(alias.targs.iter().map(|t| t.at));
        let next = self.list.len() as u32;
        let at = *self.spellings.entry(key.into()).or_insert(next);
        if at == next {
            let structure = self.get(target).clone();
            self.list.push(structure);
            self.aliases.insert(at, alias);
        }
        TypeId { canon: target.canon, at }
    }

    /// The alias that `id` was spelled with.
    pub fn alias_of(&self, id: TypeId) -> Option<&Alias> {
        self.aliases.get(&id.at)
    }
}

const ALIAS: u32 = 0;

/// `ty` without spelling.
pub(super) fn plain(ty: &Type) -> Type {
    let mut ty = ty.clone();
    let of = |t: &mut TypeId| t.at = t.canon;
    match &mut ty {
        Type::Basic(_) | Type::Named(_) | Type::TypeParam(_) => {}
        Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => of(t),
        Type::Map(k, v) => {
            of(k);
            of(v);
        }
        Type::Struct(fields) => fields.iter_mut().for_each(|f| of(&mut f.ty)),
        Type::Func(sig) => {
            sig.params.iter_mut().chain(&mut sig.results).for_each(of);
            sig.names = Spelled::default();
        }
        Type::Interface(i) => {
            i.methods.iter_mut().for_each(|m| of(&mut m.sig));
            i.terms.iter_mut().flatten().for_each(|t| of(&mut t.ty));
            i.written = Spelled::default();
        }
        Type::Tuple(list) => list.iter_mut().for_each(of),
    }
    ty
}

/// What tells this spelling from others; none if it is the plain one.
pub(super) fn key(ty: &Type) -> Option<SpellingKey> {
    let mut k = Key { words: vec![], plain: true };
    match ty {
        Type::Basic(_) | Type::Named(_) | Type::TypeParam(_) => return None,
        Type::Pointer(t) => k.tagged(1, &[*t]),
        Type::Slice(t) => k.tagged(2, &[*t]),
        Type::Array(t, n) => {
            k.tagged(3, &[*t]);
            k.words.extend([*n as u32, (*n >> 32) as u32]);
        }
        Type::Map(key, value) => k.tagged(4, &[*key, *value]),
        Type::Chan(dir, t) => k.tagged(5 + *dir as u32, &[*t]),
        Type::Struct(fields) => {
            k.words.push(8);
            fields.iter().for_each(|f| k.field(f));
        }
        Type::Func(sig) => {
            k.words.extend([9, u32::from(sig.variadic), sig.params.len() as u32]);
            sig.params.iter().chain(&sig.results).for_each(|t| k.ty(*t));
            let (params, results) = &sig.names.0;
            k.plain &= params.is_empty() && results.is_empty();
            k.words.extend([u32::MAX, params.len() as u32]);
            k.words.extend(params.iter().chain(results).map(|n| n.index()));
        }
        Type::Interface(i) => {
            k.words.push(10);
            i.methods.iter().for_each(|m| k.method(m));
            k.words.push(u32::MAX);
            i.terms.iter().flatten().for_each(|t| k.term(t));
            k.words.extend([u32::MAX, u32::from(i.terms.is_some()), u32::from(i.comparable)]);
            if let Some(written) = &i.written.0 {
                k.plain = false;
                k.words.push(u32::from(written.implicit));
                written.methods.iter().for_each(|m| k.method(m));
                for union in &written.embeds {
                    k.words.push(u32::MAX);
                    union.iter().for_each(|t| k.term(t));
                }
            }
        }
        Type::Tuple(list) => k.tagged(11, list),
    }
    (!k.plain).then(|| k.words.into())
}

struct Key {
    words: Vec<u32>,
    plain: bool,
}

impl Key {
    fn ty(&mut self, t: TypeId) {
        self.plain &= t.at == t.canon;
        self.words.push(t.at);
    }

    fn tagged(&mut self, tag: u32, parts: &[TypeId]) {
        self.words.push(tag);
        parts.iter().for_each(|t| self.ty(*t));
    }

    fn field(&mut self, f: &StructField) {
        self.words.extend([f.name.index(), f.pkg.map_or(0, |p| p.0 + 1), u32::from(f.embedded)]);
        self.words.push(f.tag.map_or(0, |t| t.index() + 1));
        self.ty(f.ty);
    }

    fn method(&mut self, m: &IfaceMethod) {
        self.words.extend([m.name.index(), m.pkg.map_or(0, |p| p.0 + 1)]);
        self.ty(m.sig);
    }

    fn term(&mut self, t: &Term) {
        self.words.push(u32::from(t.tilde));
        self.ty(t.ty);
    }
}
