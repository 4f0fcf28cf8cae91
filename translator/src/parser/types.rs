//! Types and parameter lists (Go specification, "Types" and "Type parameter declarations").

use super::Parser;
use crate::ast::{
    BinaryOp, ChanDir, ExprId, ExprKind, Field, FuncType, Ident, InterfaceElem, LitKind, UnaryOp,
};
use crate::lexer::{Kw, Tok};
use crate::source::Pos;

/// One entry of a parameter list before it is known whether names or types were meant.
struct Entry {
    name: Option<Ident>,
    ty: Option<ExprId>,
}

impl Parser<'_> {
    /// Type; a missing one is reported.
    pub(super) fn ty(&mut self) -> ExprId {
        match self.opt_type() {
            Some(ty) => ty,
            None => {
                self.syntax_error("expected type");
                let bad = self.bad();
                self.skip_to(&[Tok::Comma, Tok::Colon, Tok::Semi, Tok::RParen, Tok::RBrack, Tok::RBrace]);
                bad
            }
        }
    }

    /// Type, if one starts here.
    pub(super) fn opt_type(&mut self) -> Option<ExprId> {
        self.nested(Self::opt_type_inner, |p| Some(p.bad()))
    }

    fn opt_type_inner(&mut self) -> Option<ExprId> {
        let pos = self.tok.pos;
        Some(match self.tok.kind {
            Tok::Op(BinaryOp::Mul) => {
                self.next();
                let elem = self.ty();
                self.alloc(pos, ExprKind::Star(elem))
            }
            Tok::Arrow => {
                self.next();
                if !self.at_kw(Kw::Chan) {
                    self.syntax_error("expected chan");
                    return Some(self.bad());
                }
                self.next();
                let elem = self.chan_elem();
                self.alloc(pos, ExprKind::ChanType { dir: ChanDir::Recv, elem })
            }
            Tok::Kw(Kw::Func) => {
                self.next();
                let ty = self.signature(pos);
                self.alloc(pos, ExprKind::FuncType(ty))
            }
            Tok::LBrack => {
                self.next();
                if self.eat(Tok::RBrack) {
                    let elem = self.ty();
                    return Some(self.alloc(pos, ExprKind::SliceType(elem)));
                }
                self.array_type_after_bracket(pos)
            }
            Tok::Kw(Kw::Chan) => {
                self.next();
                let dir = if self.eat(Tok::Arrow) { ChanDir::Send } else { ChanDir::Both };
                let elem = self.chan_elem();
                self.alloc(pos, ExprKind::ChanType { dir, elem })
            }
            Tok::Kw(Kw::Map) => {
                self.next();
                self.want(Tok::LBrack);
                let key = self.ty();
                self.want(Tok::RBrack);
                let value = self.ty();
                self.alloc(pos, ExprKind::MapType { key, value })
            }
            Tok::Kw(Kw::Struct) => self.struct_type(),
            Tok::Kw(Kw::Interface) => self.interface_type(),
            Tok::Ident => self.qualified_name(),
            Tok::LParen => {
                self.next();
                let ty = self.ty();
                self.want(Tok::RParen);
                self.alloc(pos, ExprKind::Paren(ty))
            }
            _ => return None,
        })
    }

    fn chan_elem(&mut self) -> ExprId {
        match self.opt_type() {
            Some(elem) => elem,
            None => {
                self.syntax_error("!missing channel element type");
                self.bad()
            }
        }
    }

    /// ArrayType after its opening bracket.
    pub(super) fn array_type_after_bracket(&mut self, pos: Pos) -> ExprId {
        let len = if self.eat(Tok::DotDotDot) {
            None
        } else {
            self.expr_level += 1;
            let len = self.expr();
            self.expr_level -= 1;
            Some(len)
        };
        if self.at(Tok::Comma) {
            self.syntax_error("!unexpected comma; expected ]");
            self.next();
        }
        self.want(Tok::RBrack);
        let elem = self.ty();
        self.alloc(pos, ExprKind::ArrayType { len, elem })
    }

    /// TypeName with type arguments.
    pub(super) fn qualified_name(&mut self) -> ExprId {
        let ident = self.name();
        let name = self.ident_expr(ident);
        self.qualified_from(name)
    }

    fn qualified_from(&mut self, name: ExprId) -> ExprId {
        let pos = self.pos_of(name);
        let mut x = name;
        if self.eat(Tok::Dot) {
            let sel = self.name();
            x = self.alloc(pos, ExprKind::Selector { x, sel });
        }
        if self.at(Tok::LBrack) { self.type_args(x) } else { x }
    }

    /// `x[T1, T2]`
    fn type_args(&mut self, x: ExprId) -> ExprId {
        let (pos, lbrack) = (self.pos_of(x), self.tok.pos);
        self.next();
        let mut indices = vec![];
        if self.at(Tok::RBrack) {
            self.syntax_error("expected type argument list");
            indices.push(self.bad());
            let rbrack = self.want(Tok::RBrack);
            return self.alloc(pos, ExprKind::Index { x, lbrack, indices, rbrack });
        }
        self.expr_level += 1;
        let rbrack = self.list("type argument list", Tok::Comma, Tok::RBrack, |p| {
            indices.push(p.ty());
            false
        });
        self.expr_level -= 1;
        self.alloc(pos, ExprKind::Index { x, lbrack, indices, rbrack })
    }

    fn struct_type(&mut self) -> ExprId {
        let pos = self.tok.pos;
        self.next();
        self.want(Tok::LBrace);
        let mut fields = vec![];
        self.list("struct type", Tok::Semi, Tok::RBrace, |p| {
            if let Some(field) = p.field_decl() {
                fields.push(field);
            }
            false
        });
        self.alloc(pos, ExprKind::StructType(fields))
    }

    fn field_decl(&mut self) -> Option<Field> {
        let pos = self.tok.pos;
        let (names, ty) = match self.tok.kind {
            Tok::Ident => {
                let first = self.name();
                match self.tok.kind {
                    Tok::Dot | Tok::Lit(LitKind::String) | Tok::Semi | Tok::RBrace => {
                        let name = self.ident_expr(first);
                        (vec![], self.qualified_from(name))
                    }
                    Tok::LBrack => self.array_field_or_embedded(first),
                    _ => {
                        let mut names = vec![first];
                        while self.eat(Tok::Comma) {
                            names.push(self.name());
                        }
                        (names, self.ty())
                    }
                }
            }
            Tok::Op(BinaryOp::Mul) => {
                self.next();
                let elem = if self.at(Tok::LParen) {
                    self.syntax_error("!cannot parenthesize embedded type");
                    self.ty()
                } else {
                    self.qualified_name()
                };
                (vec![], self.alloc(pos, ExprKind::Star(elem)))
            }
            Tok::LParen => {
                self.syntax_error("!cannot parenthesize embedded type");
                (vec![], self.ty())
            }
            _ => {
                self.syntax_error("expected field name or embedded type");
                self.skip_to(&[Tok::Semi, Tok::RBrace]);
                return None;
            }
        };
        let tag = if let Tok::Lit(kind) = self.tok.kind {
            if kind != LitKind::String {
                self.syntax_error("!struct field tag must be a string");
            }
            Some(self.operand_literal())
        } else {
            None
        };
        Some(Field { names, ty, tag })
    }

    /// `a [n]T` or the embedded `G[T]`.
    fn array_field_or_embedded(&mut self, name: Ident) -> (Vec<Ident>, ExprId) {
        let lbrack = self.tok.pos;
        self.next();
        if self.eat(Tok::RBrack) {
            let elem = self.ty();
            return (vec![name], self.alloc(lbrack, ExprKind::SliceType(elem)));
        }
        if self.at(Tok::DotDotDot) {
            return (vec![name], self.array_type_after_bracket(lbrack));
        }
        self.expr_level += 1;
        let mut indices = vec![];
        loop {
            indices.push(self.type_or_expr());
            if !self.eat(Tok::Comma) || self.at(Tok::RBrack) {
                break;
            }
        }
        self.expr_level -= 1;
        let rbrack = self.want(Tok::RBrack);
        if indices.len() == 1
            && let Some(elem) = self.opt_type()
        {
            let len = Some(indices[0]);
            return (vec![name], self.alloc(lbrack, ExprKind::ArrayType { len, elem }));
        }
        let x = self.ident_expr(name);
        (vec![], self.alloc(name.pos, ExprKind::Index { x, lbrack, indices, rbrack }))
    }

    fn interface_type(&mut self) -> ExprId {
        let pos = self.tok.pos;
        self.next();
        self.want(Tok::LBrace);
        let mut elems = vec![];
        self.list("interface type", Tok::Semi, Tok::RBrace, |p| {
            if p.at(Tok::Ident) {
                let name = p.name();
                if p.at(Tok::LParen) {
                    let ty = p.signature(name.pos);
                    elems.push(InterfaceElem::Method { name, ty });
                    return false;
                }
                elems.push(p.generic_method_or_embedded(name));
            } else if let Some(term) = p.opt_term() {
                let union = p.union_from(term);
                elems.push(InterfaceElem::Embed(union));
            } else {
                p.syntax_error("expected method or embedded element");
                p.skip_to(&[Tok::Semi, Tok::RBrace]);
            }
            false
        });
        self.alloc(pos, ExprKind::InterfaceType(elems))
    }

    /// After a name in an interface that no parameters follow: `m[P any](..)`, which is refused, or an embedded type.
    fn generic_method_or_embedded(&mut self, name: Ident) -> InterfaceElem {
        let lbrack = self.tok.pos;
        let x = self.ident_expr(name);
        let empty = self.src[(lbrack.0 - self.base.0) as usize..].get(1) == Some(&b']');
        if !self.at(Tok::LBrack) || empty {
            let first = self.qualified_from(x);
            return InterfaceElem::Embed(self.union_from(first));
        }
        self.next();
        let list = self.param_list(Tok::RBrack, false);
        if list.iter().any(|field| !field.names.is_empty()) {
            let ty = self.signature(name.pos);
            self.diags.error(lbrack, "interface method must have no type parameters");
            return InterfaceElem::Method { name, ty };
        }
        let (indices, rbrack) = (list.iter().map(|field| field.ty).collect(), self.prev_end);
        let first = self.alloc(name.pos, ExprKind::Index { x, lbrack, indices, rbrack });
        InterfaceElem::Embed(self.union_from(first))
    }

    /// A term `T` or `~T` of a union.
    fn opt_term(&mut self) -> Option<ExprId> {
        let pos = self.tok.pos;
        if self.eat(Tok::Tilde) {
            let x = self.ty();
            return Some(self.alloc(pos, ExprKind::Unary { op: UnaryOp::Tilde, x }));
        }
        self.opt_type()
    }

    fn union_from(&mut self, first: ExprId) -> ExprId {
        let mut x = first;
        while self.at(Tok::Op(BinaryOp::Or)) {
            let op_pos = self.tok.pos;
            self.next();
            let y = match self.opt_term() {
                Some(y) => y,
                None => {
                    self.syntax_error("expected ~ term or type");
                    self.bad()
                }
            };
            x = self.alloc(self.pos_of(first), ExprKind::Binary { op: BinaryOp::Or, op_pos, x, y });
        }
        x
    }

    /// A constraint: a union without the keyword `interface`.
    pub(super) fn constraint(&mut self) -> ExprId {
        match self.opt_term() {
            Some(first) => self.union_from(first),
            None => {
                self.syntax_error("!missing type constraint");
                self.bad()
            }
        }
    }

    /// Parameters and results after `func` or a name.
    pub(super) fn signature(&mut self, pos: Pos) -> FuncType {
        let mut params = vec![];
        if self.at(Tok::LParen) {
            self.next();
            params = self.param_list(Tok::RParen, false);
        } else {
            self.syntax_error("expected (");
            self.skip_to(&[Tok::LBrace, Tok::Semi]);
        }
        let results = if self.at(Tok::LParen) {
            self.next();
            self.param_list(Tok::RParen, false)
        } else {
            self.opt_type().map(|ty| Field { names: vec![], ty, tag: None }).into_iter().collect()
        };
        FuncType { pos, type_params: vec![], params, results }
    }

    /// Parameters (or type parameters with `constraints`) up to `close`, after the opening token.
    pub(super) fn param_list(&mut self, close: Tok, constraints: bool) -> Vec<Field> {
        let mut entries: Vec<Entry> = vec![];
        self.expr_level += 1;
        let end = self.list("parameter list", Tok::Comma, close, |p| {
            let entry = p.param_entry(constraints);
            entries.push(entry);
            false
        });
        self.expr_level -= 1;
        self.distribute(entries, end, constraints)
    }

    /// `name`, `name T`, `name ...T`, `T` or `...T`
    fn param_entry(&mut self, constraints: bool) -> Entry {
        if !self.at(Tok::Ident) {
            return Entry { name: None, ty: Some(self.param_type(constraints)) };
        }
        let name = self.name();
        match self.tok.kind {
            Tok::Dot => {
                let x = self.ident_expr(name);
                let ty = self.qualified_from(x);
                Entry { name: None, ty: Some(if constraints { self.union_from(ty) } else { ty }) }
            }
            Tok::LBrack if !constraints => {
                // `a []T`, `a [n]T` or the type `G[T]`
                let (names, ty) = self.array_field_or_embedded(name);
                Entry { name: names.first().copied(), ty: Some(ty) }
            }
            Tok::Op(BinaryOp::Or) if constraints => {
                let x = self.ident_expr(name);
                Entry { name: None, ty: Some(self.union_from(x)) }
            }
            Tok::Comma | Tok::RParen | Tok::RBrack => Entry { name: Some(name), ty: None },
            Tok::DotDotDot => Entry { name: Some(name), ty: Some(self.param_type(constraints)) },
            _ if constraints => Entry { name: Some(name), ty: Some(self.constraint()) },
            _ => match self.opt_type() {
                Some(ty) => Entry { name: Some(name), ty: Some(ty) },
                None => Entry { name: Some(name), ty: None },
            },
        }
    }

    fn param_type(&mut self, constraints: bool) -> ExprId {
        let pos = self.tok.pos;
        if constraints {
            return self.constraint();
        }
        if self.eat(Tok::DotDotDot) {
            let elem = match self.opt_type() {
                Some(elem) => elem,
                None => {
                    self.syntax_error("!... is missing type");
                    self.bad()
                }
            };
            return self.alloc(pos, ExprKind::Ellipsis(elem));
        }
        match self.opt_type() {
            Some(ty) => ty,
            None => {
                self.syntax_error("expected )");
                self.skip_to(&[Tok::Comma, Tok::RParen]);
                self.bad()
            }
        }
    }

    /// Decides whether lone names are types or share the type that follows them, and groups.
    fn distribute(&mut self, entries: Vec<Entry>, end: Pos, constraints: bool) -> Vec<Field> {
        let named = constraints || entries.iter().any(|e| e.name.is_some() && e.ty.is_some());
        if !named {
            return entries
                .into_iter()
                .map(|e| {
                    let ty = match (e.ty, e.name) {
                        (Some(ty), _) => ty,
                        (None, Some(name)) => self.ident_expr(name),
                        (None, None) => self.bad(),
                    };
                    Field { names: vec![], ty, tag: None }
                })
                .collect();
        }
        let (only, typed) = (entries.len() == 1, entries.iter().filter(|e| e.ty.is_some()).count());
        let with_both = entries.iter().filter(|e| e.name.is_some() && e.ty.is_some()).count();
        let mut fields: Vec<Field> = vec![];
        let mut waiting: Vec<Ident> = vec![];
        let mut unnamed = None;
        for e in entries {
            match (e.name, e.ty) {
                (Some(name), Some(ty)) => {
                    waiting.push(name);
                    fields.push(Field { names: std::mem::take(&mut waiting), ty, tag: None });
                }
                (Some(name), None) => waiting.push(name),
                (None, Some(ty)) => {
                    unnamed.get_or_insert(self.pos_of(ty));
                    fields.push(Field { names: vec![], ty, tag: None });
                }
                (None, None) => {}
            }
        }
        if with_both == typed && !waiting.is_empty() {
            // types are missing, and those at the end of the list
            let what = if constraints { "!missing type constraint" } else { "!missing parameter type" };
            self.syntax_error_at(end, what);
        } else if let Some(pos) = unnamed.or(waiting.first().map(|name| name.pos)) {
            let what = match (constraints, only) {
                (true, true) => "!missing type parameter name or invalid array length",
                (true, false) => "!missing type parameter name",
                (false, _) => "!missing parameter name",
            };
            self.syntax_error_at(pos, what);
        }
        for name in waiting {
            let ty = self.ident_expr(name);
            fields.push(Field { names: vec![], ty, tag: None });
        }
        fields
    }

    /// After `type T [` and before a name: type parameters, or the length of an array type.
    pub(super) fn array_len_or_type_param(&mut self) -> Result<Vec<Field>, ExprId> {
        let name = self.name();
        let starts_constraint = matches!(
            self.tok.kind,
            Tok::Ident
                | Tok::Comma
                | Tok::Tilde
                | Tok::LBrack
                | Tok::Arrow
                | Tok::Kw(Kw::Interface | Kw::Func | Kw::Chan | Kw::Map | Kw::Struct)
        );
        if starts_constraint {
            return Ok(self.type_params_from(name, None));
        }
        if matches!(self.tok.kind, Tok::Op(BinaryOp::Mul) | Tok::LParen) {
            // `[P *T,` and `[P *T|..` and `[P (T),` open type parameters, `[n * m]` is a length.
            let x = self.ident_expr(name);
            self.expr_level += 1;
            let x = self.primary_from(x, true);
            let len = self.binary_expr(Some(x), 0);
            self.expr_level -= 1;
            if (self.at(Tok::Comma) || self.is_type_like(len))
                && let Some((name, constraint)) = self.split_type_param(len)
            {
                return Ok(self.type_params_from(name, Some(constraint)));
            }
            return Err(len);
        }
        let x = self.ident_expr(name);
        self.expr_level += 1;
        let x = self.primary_from(x, true);
        let len = self.binary_expr(Some(x), 0);
        self.expr_level -= 1;
        Err(len)
    }

    /// Is the right part of `P * x` certainly a type (a composite type or a union with `~`)?
    fn is_type_like(&self, x: ExprId) -> bool {
        match &self.exprs.get(x).kind {
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. } => true,
            ExprKind::Unary { op: UnaryOp::Tilde, .. } => true,
            ExprKind::Binary { x, y, .. } => self.is_type_like(*x) || self.is_type_like(*y),
            ExprKind::Star(x) | ExprKind::Paren(x) => self.is_type_like(*x),
            ExprKind::Call { args, .. } => args.len() == 1 && self.is_type_like(args[0]),
            _ => false,
        }
    }

    /// `P *T` read as a product, or `P (T)` read as a call: the name and the constraint that were meant.
    fn split_type_param(&mut self, x: ExprId) -> Option<(Ident, ExprId)> {
        let name_of = |p: &Self, x: ExprId| match p.exprs.get(x).kind {
            ExprKind::Ident(name) => Some(Ident { name, pos: p.pos_of(x) }),
            _ => None,
        };
        match self.exprs.get(x).kind {
            ExprKind::Binary { op: BinaryOp::Mul, op_pos, x, y } => {
                let name = name_of(self, x)?;
                let star = self.alloc(op_pos, ExprKind::Star(y));
                Some((name, star))
            }
            ExprKind::Binary { op: BinaryOp::Or, op_pos, x, y } => {
                let (name, first) = self.split_type_param(x)?;
                let lo = self.pos_of(first);
                Some((name, self.alloc(lo, ExprKind::Binary { op: BinaryOp::Or, op_pos, x: first, y })))
            }
            ExprKind::Call { fun, ref args, .. } if args.len() == 1 => {
                let arg = args[0];
                Some((name_of(self, fun)?, arg))
            }
            _ => None,
        }
    }

    /// The rest of a type parameter list whose first name, and maybe constraint, is parsed already.
    fn type_params_from(&mut self, name: Ident, constraint: Option<ExprId>) -> Vec<Field> {
        let mut entries = vec![];
        self.expr_level += 1;
        let ty = match constraint {
            Some(first) => Some(self.union_from(first)),
            None if self.at(Tok::Comma) => None,
            None => Some(self.constraint()),
        };
        entries.push(Entry { name: Some(name), ty });
        let end = if self.eat(Tok::Comma) || !self.at(Tok::RBrack) {
            self.list("parameter list", Tok::Comma, Tok::RBrack, |p| {
                let entry = p.param_entry(true);
                entries.push(entry);
                false
            })
        } else {
            self.want(Tok::RBrack)
        };
        self.expr_level -= 1;
        self.distribute(entries, end, true)
    }
}
