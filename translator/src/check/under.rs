//! Underlying types of types and type parameters, and what operations ask of them (Go specification, "Underlying types",
//! "Core types").

use super::Checker;
use super::operand::Operand;
use crate::source::Pos;
use crate::types::{ChanDir, Type, TypeId};

/// A type of a type set with its underlying type; none stands for a type parameter without specific types.
pub(super) type Member = Option<(TypeId, TypeId)>;

impl Checker<'_> {
    /// The types that a value of type `ty` may have.
    pub(super) fn type_set(&self, ty: TypeId) -> Vec<Member> {
        if !self.is_type_param(ty) {
            return vec![Some((ty, self.types.underlying(ty)))];
        }
        match self.terms_of(ty) {
            Some(terms) if !terms.is_empty() => {
                terms.iter().map(|t| Some((t.ty, self.types.underlying(t.ty)))).collect()
            }
            _ => vec![None],
        }
    }

    /// The underlying type that all types `ty` may be have in common. `condition` may object to each.
    pub(super) fn common_under(
        &self,
        ty: TypeId,
        condition: impl Fn(&Self, Member) -> Result<(), String>,
    ) -> Result<TypeId, String> {
        let mut common: Option<(TypeId, TypeId)> = None;
        for member in self.type_set(ty) {
            condition(self, member)?;
            let Some((t, u)) = member else { return Err("no specific type".into()) };
            let Some((ct, cu)) = common else {
                common = Some((t, u));
                continue;
            };
            if let (Type::Chan(have, a), Type::Chan(dir, b)) = (self.types.get(cu), self.types.get(u)) {
                let (ct, t_s) = (self.type_string(ct), self.type_string(t));
                if a != b {
                    return Err(format!("channels {ct} and {t_s} have different element types"));
                }
                if have == dir || *dir == ChanDir::Both {
                    continue;
                }
                if *have != ChanDir::Both {
                    return Err(format!("channels {ct} and {t_s} have conflicting directions"));
                }
                common = Some((t, u));
                continue;
            }
            if cu != u {
                let (ct, t) = (self.type_string(ct), self.type_string(t));
                return Err(format!("{ct} and {t} have different underlying types"));
            }
        }
        common.map(|(_, u)| u).ok_or_else(|| "no specific type".into())
    }

    /// The element type of a channel that is received from (`receive`) or sent to.
    pub(super) fn chan_elem(&mut self, pos: Pos, x: &Operand, receive: bool) -> Option<TypeId> {
        let forbidden = if receive { ChanDir::Send } else { ChanDir::Recv };
        let result = self.common_under(x.ty, |c, member| {
            let Some((t, u)) = member else { return Err("no specific channel type".into()) };
            match c.types.get(u) {
                Type::Chan(dir, _) if *dir == forbidden => {
                    let kind = if receive { "send-only" } else { "receive-only" };
                    Err(format!("{kind} channel {}", c.type_string(t)))
                }
                Type::Chan(..) => Ok(()),
                _ => Err(format!("non-channel {}", c.type_string(t))),
            }
        });
        let cause = match result {
            Ok(u) => match *self.types.get(u) {
                Type::Chan(_, elem) => return Some(elem),
                _ => return None,
            },
            Err(cause) => cause,
        };
        let what = if receive { "cannot receive from" } else { "cannot send to" };
        let x_s = self.describe(x);
        let text = if self.is_type_param(x.ty) {
            format!("invalid operation: {what} {x_s}: {cause}")
        } else {
            format!("invalid operation: {what} {cause} {x_s}")
        };
        self.error(pos, text);
        None
    }

    /// The element type that all types of `x` as a slice have.
    pub(super) fn slice_elem(&self, x: &Operand) -> Result<TypeId, String> {
        let mut elem: Option<TypeId> = None;
        for member in self.type_set(x.ty) {
            let Some(Type::Slice(e)) = member.map(|(_, u)| self.types.get(u)) else {
                return Err(match x.is_nil() {
                    true => "argument must be a slice; have untyped nil".into(),
                    false => format!("argument must be a slice; have {}", self.describe(x)),
                });
            };
            match elem {
                Some(have) if have != *e => {
                    return Err(format!(
                        "mismatched slice element types {} and {} in {}",
                        self.type_string(have),
                        self.type_string(*e),
                        self.describe(x)
                    ));
                }
                _ => elem = Some(*e),
            }
        }
        elem.ok_or_else(|| "argument must be a slice".into())
    }

    /// Are all types of `ty` strings or byte slices, with a string among them (or not, for `must_have_string` unset)?
    pub(super) fn is_bytes_or_string(&self, ty: TypeId, must_have_string: bool) -> bool {
        let mut has_string = false;
        for member in self.type_set(ty) {
            match member.map(|(_, u)| self.types.get(u)) {
                Some(Type::Slice(e)) if *e == crate::types::Basic::Uint8.id() => {}
                Some(Type::Basic(b)) if b.is_string() => has_string = true,
                _ => return false,
            }
        }
        has_string || !must_have_string
    }

    /// An interface that may only stand in constraints?
    pub(super) fn is_constraint(&self, ty: TypeId) -> bool {
        matches!(self.under(ty), Type::Interface(i) if i.comparable || i.terms.is_some())
    }

    /// Why values of the type cannot be compared: none if they can, perhaps an empty text if not.
    pub(super) fn incomparable(&self, ty: TypeId) -> Option<String> {
        if self.comparable(ty) {
            return None;
        }
        Some(match self.under(ty) {
            Type::Struct(fields) => match fields.iter().find(|f| !self.comparable(f.ty)) {
                Some(f) => format!("struct containing {} cannot be compared", self.type_string(f.ty)),
                None => String::new(),
            },
            Type::Array(..) => format!("{} cannot be compared", self.type_string(ty)),
            Type::Interface(i) if i.terms.as_ref().is_some_and(Vec::is_empty) => "empty type set".into(),
            Type::Interface(_) => "incomparable types in type set".into(),
            _ => String::new(),
        })
    }
}
