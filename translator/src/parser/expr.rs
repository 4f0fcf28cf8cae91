//! Expressions (Go specification, "Expressions").

use super::Parser;
use crate::ast::{BinaryOp, ChanDir, ExprId, ExprKind, FuncLit, UnaryOp};
use crate::lexer::{Kw, Tok};

impl Parser<'_> {
    /// Expression; a missing one is reported.
    pub(super) fn expr(&mut self) -> ExprId {
        self.nested(|p| p.binary_expr(None, 0), Self::bad)
    }

    pub(super) fn expr_list(&mut self) -> Vec<ExprId> {
        let mut list = vec![self.expr()];
        while self.eat(Tok::Comma) {
            list.push(self.expr());
        }
        list
    }

    /// Expression or type: both are parsed by the same productions.
    pub(super) fn type_or_expr(&mut self) -> ExprId {
        self.expr()
    }

    /// Operators that bind tighter than `min`, after an operand that may be parsed already.
    pub(super) fn binary_expr(&mut self, first: Option<ExprId>, min: u8) -> ExprId {
        let mut x = match first {
            Some(x) => x,
            None => self.unary_expr(),
        };
        let mut links = 0;
        while let Tok::Op(op) = self.tok.kind {
            let precedence = op.precedence();
            if precedence <= min || !self.link(&mut links) {
                break;
            }
            let op_pos = self.tok.pos;
            self.next();
            let y = self.nested(|p| p.binary_expr(None, precedence), Self::bad);
            x = self.alloc(self.pos_of(x), ExprKind::Binary { op, op_pos, x, y });
        }
        x
    }

    pub(super) fn unary_expr(&mut self) -> ExprId {
        let pos = self.tok.pos;
        let op = match self.tok.kind {
            Tok::Op(BinaryOp::Mul) => {
                self.next();
                let x = self.nested(Self::unary_expr, Self::bad);
                return self.alloc(pos, ExprKind::Star(x));
            }
            Tok::Op(BinaryOp::Add) => UnaryOp::Plus,
            Tok::Op(BinaryOp::Sub) => UnaryOp::Neg,
            Tok::Op(BinaryOp::Xor) => UnaryOp::BitNot,
            Tok::Op(BinaryOp::And) => UnaryOp::Addr,
            Tok::Not => UnaryOp::Not,
            Tok::Tilde => UnaryOp::Tilde,
            Tok::Arrow => {
                self.next();
                let x = self.nested(Self::unary_expr, Self::bad);
                return self.receive_or_chan_type(pos, x);
            }
            _ => {
                let x = self.operand(true);
                return self.primary_from(x, true);
            }
        };
        self.next();
        let x = self.nested(Self::unary_expr, Self::bad);
        self.alloc(pos, ExprKind::Unary { op, x })
    }

    /// `<-x` is a receive, but `<-chan T` a type: the arrow belongs to the innermost channel type on the left.
    fn receive_or_chan_type(&mut self, pos: crate::source::Pos, x: ExprId) -> ExprId {
        if let ExprKind::ChanType { dir, elem } = self.exprs.get(x).kind {
            match dir {
                ChanDir::Both => return self.alloc(pos, ExprKind::ChanType { dir: ChanDir::Recv, elem }),
                ChanDir::Send => {
                    // `<-chan<- T` is `<-chan (<-T)`
                    let inner = self.receive_or_chan_type(pos, elem);
                    return self.alloc(pos, ExprKind::ChanType { dir: ChanDir::Recv, elem: inner });
                }
                ChanDir::Recv => self.syntax_error_at(pos, "!unexpected <-, expected chan"),
            }
        }
        self.alloc(pos, ExprKind::Unary { op: UnaryOp::Recv, x })
    }

    /// The literal at the current token.
    pub(super) fn operand_literal(&mut self) -> ExprId {
        let pos = self.tok.pos;
        let Tok::Lit(kind) = self.tok.kind else { return self.bad() };
        let text = self.tok.sym.expect("literals have text");
        let (start, end) = (self.tok.pos, self.tok.end);
        self.next();
        if self.lexer.diags.any_between(start, end) {
            return self.alloc(pos, ExprKind::Bad);
        }
        self.alloc(pos, ExprKind::BasicLit { kind, text })
    }

    /// Operand. `keep_parens` keeps parentheses in the tree.
    fn operand(&mut self, keep_parens: bool) -> ExprId {
        let pos = self.tok.pos;
        match self.tok.kind {
            Tok::Ident => {
                let ident = self.name();
                self.ident_expr(ident)
            }
            Tok::Lit(_) => self.operand_literal(),
            Tok::LParen => {
                self.next();
                self.expr_level += 1;
                let x = self.type_or_expr();
                self.expr_level -= 1;
                self.want(Tok::RParen);
                if keep_parens { self.alloc(pos, ExprKind::Paren(x)) } else { x }
            }
            Tok::Kw(Kw::Func) => {
                self.next();
                let ty = self.signature(pos);
                if self.at(Tok::LBrace) {
                    let outer = std::mem::take(&mut self.expr_level);
                    let body = self.func_body();
                    self.expr_level = outer;
                    return self.alloc(pos, ExprKind::FuncLit(Box::new(FuncLit { ty, body })));
                }
                self.alloc(pos, ExprKind::FuncType(ty))
            }
            Tok::LBrack | Tok::Kw(Kw::Chan | Kw::Map | Kw::Struct | Kw::Interface) => self.ty(),
            _ => {
                self.syntax_error("expected expression");
                let bad = self.bad();
                self.skip_to(&[Tok::RParen, Tok::RBrack, Tok::RBrace]);
                bad
            }
        }
    }

    /// What may follow an operand: selectors, indices, slices, assertions, calls, composite literals.
    pub(super) fn primary_from(&mut self, first: ExprId, keep_literals: bool) -> ExprId {
        let mut x = first;
        let pos = self.pos_of(x);
        let mut links = 0;
        while self.link(&mut links) {
            match self.tok.kind {
                Tok::Dot => {
                    self.next();
                    match self.tok.kind {
                        Tok::Ident => {
                            let sel = self.name();
                            x = self.alloc(pos, ExprKind::Selector { x, sel });
                        }
                        Tok::LParen => {
                            self.next();
                            let ty = if self.at_kw(Kw::Type) {
                                self.next();
                                None
                            } else {
                                Some(self.ty())
                            };
                            self.want(Tok::RParen);
                            x = self.alloc(pos, ExprKind::TypeAssert { x, ty });
                        }
                        _ => {
                            self.syntax_error("expected name or (");
                            self.skip_to(&[Tok::Semi, Tok::RParen]);
                            return x;
                        }
                    }
                }
                Tok::LBrack => x = self.index_or_slice(x),
                Tok::LParen => x = self.call(x),
                Tok::LBrace if keep_literals && self.starts_literal(x) => x = self.composite_lit(Some(x)),
                _ => return x,
            }
        }
        x
    }

    /// May `x {` be a composite literal here? Inside control clause headers only if `x` can be no expression.
    fn starts_literal(&self, x: ExprId) -> bool {
        let mut t = x;
        loop {
            match self.exprs.get(t).kind {
                ExprKind::Bad | ExprKind::Ident(_) | ExprKind::Selector { .. } => {
                    return self.expr_level >= 0;
                }
                ExprKind::Index { x, .. } if self.expr_level >= 0 => t = x,
                ExprKind::ArrayType { .. }
                | ExprKind::SliceType(_)
                | ExprKind::StructType(_)
                | ExprKind::MapType { .. } => return true,
                _ => return false,
            }
        }
    }

    fn index_or_slice(&mut self, x: ExprId) -> ExprId {
        let (pos, lbrack) = (self.pos_of(x), self.tok.pos);
        self.next();
        self.expr_level += 1;
        if self.at(Tok::RBrack) {
            self.syntax_error("expected operand");
            self.next();
            self.expr_level -= 1;
            let index = self.bad();
            return self.alloc(pos, ExprKind::Index { x, lbrack, indices: vec![index], rbrack: lbrack });
        }
        let mut bounds = [None, None, None];
        if !self.at(Tok::Colon) {
            let mut indices = vec![self.type_or_expr()];
            while self.at(Tok::Comma) {
                self.next();
                if self.at(Tok::RBrack) {
                    break;
                }
                indices.push(self.type_or_expr());
            }
            if !self.at(Tok::Colon) || indices.len() > 1 {
                self.expr_level -= 1;
                let rbrack = self.want(Tok::RBrack);
                return self.alloc(pos, ExprKind::Index { x, lbrack, indices, rbrack });
            }
            bounds[0] = indices.pop();
        }
        let mut colons = 0;
        while colons < 2 && self.at(Tok::Colon) {
            if colons == 1 && bounds[1].is_none() {
                self.diags.error(self.tok.pos, "middle index required in 3-index slice");
            }
            self.next();
            colons += 1;
            if !matches!(self.tok.kind, Tok::Colon | Tok::RBrack | Tok::Eof) {
                bounds[colons] = Some(self.expr());
            }
        }
        let three = colons == 2;
        if three && bounds[2].is_none() {
            self.diags.error(self.tok.pos, "final index required in 3-index slice");
        }
        self.expr_level -= 1;
        let rbrack = self.want(Tok::RBrack);
        let [lo, hi, max] = bounds;
        self.alloc(pos, ExprKind::Slice { x, lbrack, lo, hi, max, three, rbrack })
    }

    fn call(&mut self, fun: ExprId) -> ExprId {
        let (pos, lparen) = (self.pos_of(fun), self.tok.pos);
        self.next();
        let mut args = vec![];
        let mut ellipsis = None;
        self.expr_level += 1;
        let rparen = self.list("argument list", Tok::Comma, Tok::RParen, |p| {
            args.push(p.type_or_expr());
            if p.at(Tok::DotDotDot) {
                ellipsis = Some(p.tok.pos);
                p.next();
            }
            ellipsis.is_some()
        });
        self.expr_level -= 1;
        self.alloc(pos, ExprKind::Call { fun, lparen, args, ellipsis, rparen })
    }

    /// The braces of a composite literal.
    fn composite_lit(&mut self, ty: Option<ExprId>) -> ExprId {
        let lbrace = self.tok.pos;
        let pos = ty.map_or(lbrace, |t| self.pos_of(t));
        self.next();
        let outer = std::mem::take(&mut self.expr_level);
        let mut elems = vec![];
        let rbrace = self.list("composite literal", Tok::Comma, Tok::RBrace, |p| {
            let first = p.element();
            let elem = if p.at(Tok::Colon) {
                let colon = p.tok.pos;
                p.next();
                let value = p.element();
                p.alloc(p.pos_of(first), ExprKind::KeyValue { key: first, colon, value })
            } else {
                first
            };
            elems.push(elem);
            false
        });
        self.expr_level = outer;
        self.alloc(pos, ExprKind::CompositeLit { ty, lbrace, elems, rbrace })
    }

    fn element(&mut self) -> ExprId {
        if self.at(Tok::LBrace) {
            return self.nested(|p| p.composite_lit(None), Self::bad);
        }
        self.expr()
    }
}
