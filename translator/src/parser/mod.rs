//! Turns tokens into the syntax tree (Go specification, its grammar productions one function each).
//!
//! Recursive descent with one token of lookahead. An `x` function parses a production and reports what is missing; an
//! `x_or_y` function decides late between two that start alike. The parser never fails: it returns a tree with `Bad`
//! nodes and the diagnostics, one a mistake; after an error it skips to the next statement or declaration.
//!
//! Always holds: every loop consumes a token or ends ([`Parser::skip_to`] guarantees it); nesting is limited, so deep
//! input is reported instead of overflowing the stack.

mod decl;
mod expr;
mod snippet;
mod stmt;
mod types;

pub use snippet::{SnippetKind, parse_snippet};

use crate::ast::{Expr, ExprId, ExprKind, Exprs, File, Ident, LitKind};
use crate::diag::Diagnostics;
use crate::lexer::{Kw, Lexer, Tok, Token};
use crate::source::{FileId, Pos, SourceMap, Span};
use crate::symbol::Symbol;

/// Deeper nesting than this is reported, not parsed.
const MAX_DEPTH: u32 = 1000;
/// So many operators or selectors in a row make a tree as deep.
const MAX_CHAIN: u32 = 10_000;

/// Parses a file.
pub fn parse_file(map: &SourceMap, id: FileId) -> (File, Diagnostics) {
    let file = map.file(id);
    let mut p = Parser::new(&file.text, file.base);
    let parsed = p.file(id);
    (parsed, p.finish())
}

/// Parses a file of which only directives are wanted among the comments.
pub fn parse_code(map: &SourceMap, id: FileId) -> (File, Diagnostics) {
    let file = map.file(id);
    let mut p = Parser::new(&file.text, file.base);
    p.lexer.directives_only = true;
    p.exprs = Exprs::for_text(file.text.len());
    let parsed = p.file(id);
    (parsed, p.finish())
}

/// Parses a file's package clause and imports only; what is wrong with them [`parse_file`] will say.
pub fn parse_imports(map: &SourceMap, id: FileId) -> File {
    let file = map.file(id);
    let mut p = Parser::new(&file.text, file.base);
    p.imports_only = true;
    p.lexer.directives_only = true;
    p.file(id)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    tok: Token,
    /// One past the last token consumed.
    prev_end: Pos,
    exprs: Exprs,
    diags: Diagnostics,
    /// Negative inside the header of a control clause, where `{` opens the body.
    expr_level: i32,
    depth: u32,
    /// How many `else if` stand around this.
    else_ifs: u32,
    /// Is a function body being parsed?
    in_func: bool,
    /// The line of the last syntax error: one a line is enough.
    error_line: std::ops::Range<usize>,
    base: Pos,
    src: &'a [u8],
    too_deep: bool,
    /// Stop behind the imports.
    imports_only: bool,
}

impl<'a> Parser<'a> {
    fn new(src: &'a [u8], base: Pos) -> Parser<'a> {
        let mut lexer = Lexer::new(src, base);
        let tok = lexer.next_token();
        Parser {
            lexer,
            tok,
            prev_end: base,
            exprs: Exprs::default(),
            diags: Diagnostics::new(),
            expr_level: 0,
            depth: 0,
            else_ifs: 0,
            in_func: false,
            error_line: 0..0,
            base,
            src,
            too_deep: false,
            imports_only: false,
        }
    }

    /// Everything that is wrong with the file.
    fn finish(self) -> Diagnostics {
        let mut all = self.lexer.diags;
        all.extend(self.diags);
        all
    }

    // ---- tokens

    fn next(&mut self) {
        self.prev_end = self.tok.end;
        self.tok = self.lexer.next_token();
    }

    fn at(&self, kind: Tok) -> bool {
        self.tok.kind == kind
    }

    fn at_kw(&self, kw: Kw) -> bool {
        self.tok.kind == Tok::Kw(kw)
    }

    fn eat(&mut self, kind: Tok) -> bool {
        let found = self.at(kind);
        if found {
            self.next();
        }
        found
    }

    /// Consumes `kind` or reports that it is missing.
    fn want(&mut self, kind: Tok) -> Pos {
        let pos = self.tok.pos;
        if !self.eat(kind) {
            self.syntax_error(&format!("expected {}", token_name(kind)));
            self.skip_to(&[]);
        }
        pos
    }

    // ---- errors

    /// Reports what is wrong at the current token, at most once a line.
    fn syntax_error(&mut self, text: &str) {
        self.syntax_error_at(self.tok.pos, text);
    }

    fn syntax_error_at(&mut self, pos: Pos, text: &str) {
        // what is missing at the end follows from what was wrong before
        if self.at(Tok::Eof) && !(self.diags.is_empty() && self.lexer.diags.is_empty()) {
            return;
        }
        let offset = ((pos.0 - self.base.0) as usize).min(self.src.len());
        // what follows from a nesting that was not looked at is no mistake of the program
        if self.too_deep || self.error_line.contains(&offset) {
            return;
        }
        let is_newline = |b: &u8| *b == b'\n';
        let start = self.src[..offset].iter().rposition(is_newline).map_or(0, |i| i + 1);
        let end = self.src[offset..].iter().position(is_newline).map_or(self.src.len(), |i| offset + i);
        self.error_line = start..end + 1;
        if let Some(complete) = text.strip_prefix('!') {
            self.diags.error(pos, format!("syntax error: {complete}"));
            return;
        }
        let text = if text.starts_with("in ")
            || text.starts_with("at ")
            || text.starts_with("after ")
            || text.starts_with("expected ")
        {
            let sep = if text.starts_with("expected ") { ", " } else { " " };
            format!("{sep}{text}")
        } else {
            format!(", {text}")
        };
        let found = match self.tok.kind {
            Tok::Ident => format!("name {}", self.tok.sym.map_or("", Symbol::as_str)),
            Tok::Lit(_) => format!("literal {}", self.tok.sym.map_or("", Symbol::as_str)),
            Tok::Semi => self.tok.sym.map_or("semicolon", Symbol::as_str).to_owned(),
            Tok::Kw(kw) => format!("keyword {}", kw.as_str()),
            kind => token_text(kind),
        };
        self.diags.error(pos, format!("syntax error: unexpected {found}{text}"));
    }

    /// Skips until one of `follow`, in functions also until a token that starts a statement; one token if there are none.
    fn skip_to(&mut self, follow: &[Tok]) {
        while !self.at(Tok::Eof) && !follow.contains(&self.tok.kind) {
            let starts_stmt = matches!(
                self.tok.kind,
                Tok::Kw(
                    Kw::Break
                        | Kw::Const
                        | Kw::Continue
                        | Kw::Defer
                        | Kw::Fallthrough
                        | Kw::For
                        | Kw::Go
                        | Kw::Goto
                        | Kw::If
                        | Kw::Return
                        | Kw::Select
                        | Kw::Switch
                        | Kw::Type
                        | Kw::Var
                )
            );
            if starts_stmt && self.in_func && !follow.is_empty() {
                return;
            }
            self.next();
            if follow.is_empty() {
                return;
            }
        }
    }

    /// Runs `f` one level deeper; too deep a level is reported and not entered.
    fn nested<T>(&mut self, f: impl FnOnce(&mut Self) -> T, otherwise: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            self.give_up();
            return otherwise(self);
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }

    /// The file is nested too deeply: says so and looks at nothing more of it.
    fn give_up(&mut self) {
        if !self.too_deep {
            self.diags.error(self.tok.pos, "syntax error: nesting depth limit exceeded");
            self.too_deep = true;
        }
        while !self.at(Tok::Eof) {
            self.next();
        }
    }

    /// Counts the links of a chain; false when it is too long.
    fn link(&mut self, links: &mut u32) -> bool {
        *links += 1;
        if *links > MAX_CHAIN {
            self.give_up();
        }
        *links <= MAX_CHAIN
    }

    // ---- small pieces

    fn alloc(&mut self, lo: Pos, kind: ExprKind) -> ExprId {
        self.exprs.alloc(Expr { span: Span::new(lo, self.prev_end), kind })
    }

    fn bad(&mut self) -> ExprId {
        let pos = self.tok.pos;
        self.exprs.alloc(Expr { span: Span::new(pos, pos), kind: ExprKind::Bad })
    }

    fn pos_of(&self, x: ExprId) -> Pos {
        self.exprs.get(x).span.lo
    }

    /// A name; a missing one is reported and becomes `_`.
    fn name(&mut self) -> Ident {
        let pos = self.tok.pos;
        if self.at(Tok::Ident) {
            let name = self.tok.sym.expect("identifiers have names");
            self.next();
            return Ident { name, pos };
        }
        self.syntax_error("expected name");
        self.skip_to(&[]);
        Ident { name: Symbol::intern("_"), pos }
    }

    fn ident_expr(&mut self, ident: Ident) -> ExprId {
        let end = ident.pos.plus(ident.name.as_str().len());
        self.exprs.alloc(Expr { span: Span::new(ident.pos, end), kind: ExprKind::Ident(ident.name) })
    }

    /// `f` separated by `sep` up to `close`, which is consumed; `context` names what is parsed. Returns the position of
    /// the closing token.
    fn list(&mut self, context: &str, sep: Tok, close: Tok, mut f: impl FnMut(&mut Self) -> bool) -> Pos {
        let mut done = false;
        while !self.at(Tok::Eof) && !self.at(close) && !done {
            let before = self.tok.pos;
            done = f(self);
            if !self.eat(sep) && !self.at(close) {
                self.syntax_error(&format!(
                    "in {context}; possibly missing {} or {}",
                    token_name(sep),
                    token_name(close)
                ));
                self.skip_to(&[Tok::RParen, Tok::RBrack, Tok::RBrace]);
                if !self.at(close) {
                    return self.tok.pos;
                }
            }
            if self.tok.pos == before {
                self.next();
            }
        }
        self.want(close)
    }
}

/// The token in messages about what was expected.
fn token_name(kind: Tok) -> String {
    match kind {
        Tok::Semi => "semicolon or newline".into(),
        Tok::Comma => "comma".into(),
        Tok::Ident => "name".into(),
        Tok::Lit(_) => "literal".into(),
        kind => token_text(kind),
    }
}

/// The token as written.
fn token_text(kind: Tok) -> String {
    match kind {
        Tok::Eof => "EOF",
        Tok::Ident => "name",
        Tok::Lit(LitKind::String) => "string literal",
        Tok::Lit(_) => "literal",
        Tok::Op(op) => return op.as_str().into(),
        Tok::OpAssign(op) => return format!("{}=", op.as_str()),
        Tok::Assign => "=",
        Tok::Define => ":=",
        Tok::Inc => "++",
        Tok::Dec => "--",
        Tok::Not => "!",
        Tok::Tilde => "~",
        Tok::Arrow => "<-",
        Tok::LParen => "(",
        Tok::RParen => ")",
        Tok::LBrack => "[",
        Tok::RBrack => "]",
        Tok::LBrace => "{",
        Tok::RBrace => "}",
        Tok::Comma => "comma",
        Tok::Semi => "semicolon",
        Tok::Colon => ":",
        Tok::Dot => ".",
        Tok::DotDotDot => "...",
        Tok::Kw(kw) => kw.as_str(),
    }
    .into()
}
