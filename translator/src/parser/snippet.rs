//! Texts without a package clause, as gofmt accepts them: only declarations, or only statements.
//!
//! Input: the text. Output: a file of package `main`; statements stand in a function `main` that is not in the text.

use super::Parser;
use crate::ast::{Block, Decl, File, FuncDecl, FuncType, Ident};
use crate::diag::Diagnostics;
use crate::lexer::{Kw, Tok};
use crate::source::{FileId, Pos, SourceMap, Span};
use crate::symbol::Symbol;

/// What a snippet consists of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SnippetKind {
    /// A file with a package clause.
    File,
    /// Declarations only.
    Decls,
    /// Statements only; they were put into `func main`.
    Stmts,
}

/// Parses a file, or a text that is a part of one.
pub fn parse_snippet(map: &SourceMap, id: FileId) -> (File, SnippetKind, Diagnostics) {
    let file = map.file(id);
    let start = Parser::new(&file.text, file.base);
    if start.at_kw(Kw::Package) {
        let (parsed, diags) = super::parse_file(map, id);
        return (parsed, SnippetKind::File, diags);
    }
    let package = Ident { name: Symbol::intern("main"), pos: Pos::NONE };
    let mut as_decls = Parser::new(&file.text, file.base);
    let decls = as_decls.top_level();
    let decls_file = as_decls.finish_file(id, file.base, package, decls);
    let decl_diags = as_decls.finish();
    if decl_diags.is_empty() {
        return (decls_file, SnippetKind::Decls, decl_diags);
    }
    let mut as_stmts = Parser::new(&file.text, file.base);
    as_stmts.in_func = true;
    let stmts = as_stmts.stmt_list();
    if !as_stmts.at(Tok::Eof) {
        as_stmts.syntax_error("at end of statement");
    }
    let end = as_stmts.tok.pos;
    let ty = FuncType { pos: file.base, type_params: vec![], params: vec![], results: vec![] };
    // a place where no name of the text stands
    let name = Ident { name: Symbol::intern("main"), pos: end };
    let body = Some(Block { lbrace: file.base, stmts, rbrace: end });
    let span = Span::new(file.base, end);
    let main = Decl::Func(Box::new(FuncDecl { pos: file.base, recv: None, name, ty, body, span }));
    let stmts_file = as_stmts.finish_file(id, file.base, package, vec![main]);
    let stmt_diags = as_stmts.finish();
    // The reading that gets further is the one that was meant.
    let first = |d: &Diagnostics| d.sorted().first().map_or(Pos(u32::MAX), |d| d.pos);
    if stmt_diags.is_empty() || first(&stmt_diags) > first(&decl_diags) {
        (stmts_file, SnippetKind::Stmts, stmt_diags)
    } else {
        (decls_file, SnippetKind::Decls, decl_diags)
    }
}
