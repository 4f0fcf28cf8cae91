//! Source files and declarations (Go specification, "Source file organization" and "Declarations and scope").

use super::Parser;
use crate::ast::{
    ConstSpec, Decl, ExprKind, Field, File, FuncDecl, Ident, ImportSpec, LitKind, TypeSpec, VarSpec,
};
use crate::constraint::file_version;
use crate::lexer::{Kw, Tok};
use crate::source::{FileId, Pos, Span};
use crate::symbol::Symbol;

impl Parser<'_> {
    /// SourceFile.
    pub(super) fn file(&mut self, id: FileId) -> File {
        let package_pos = self.tok.pos;
        if !self.at_kw(Kw::Package) {
            self.syntax_error("!package statement must be first");
            let package = Ident { name: Symbol::intern("_"), pos: package_pos };
            return self.finish_file(id, package_pos, package, vec![]);
        }
        self.next();
        let package = self.name();
        self.want(Tok::Semi);
        let decls = self.top_level();
        self.finish_file(id, package_pos, package, decls)
    }

    pub(super) fn finish_file(
        &mut self,
        id: FileId,
        package_pos: Pos,
        package: Ident,
        decls: Vec<Decl>,
    ) -> File {
        let imports = decls
            .iter()
            .filter_map(|d| match d {
                Decl::Import { specs, .. } => Some(specs.iter().cloned()),
                _ => None,
            })
            .flatten()
            .collect();
        File {
            id,
            go_minor: file_version(self.src),
            package_pos,
            package,
            imports,
            decls,
            exprs: std::mem::take(&mut self.exprs).into(),
            comments: std::mem::take(&mut self.lexer.comments),
        }
    }

    /// ImportDecl and TopLevelDecl, to the end of the file.
    pub(super) fn top_level(&mut self) -> Vec<Decl> {
        let mut decls = vec![];
        let mut only_imports = true;
        while !self.at(Tok::Eof) && (!self.imports_only || self.at_kw(Kw::Import)) {
            let start = self.tok.pos;
            match self.tok.kind {
                Tok::Semi => {
                    self.syntax_error("!non-declaration statement outside function body");
                    self.next();
                    continue;
                }
                Tok::Kw(Kw::Import) => {
                    if !only_imports {
                        self.syntax_error("!imports must appear before other declarations");
                    }
                    decls.push(self.import_decl());
                }
                Tok::Kw(Kw::Const | Kw::Type | Kw::Var) => {
                    only_imports = false;
                    decls.push(self.general_decl());
                }
                Tok::Kw(Kw::Func) => {
                    only_imports = false;
                    decls.push(self.func_decl());
                }
                _ => {
                    if self.at(Tok::LBrace) && matches!(decls.last(), Some(Decl::Func(f)) if f.body.is_none())
                    {
                        self.syntax_error("!unexpected semicolon or newline before {");
                    } else {
                        self.syntax_error("!non-declaration statement outside function body");
                    }
                    self.skip_decl();
                    continue;
                }
            }
            if !self.at(Tok::Eof) && !self.eat(Tok::Semi) {
                self.syntax_error("after top level declaration");
                self.skip_decl();
            }
            if self.tok.pos == start {
                self.next();
            }
        }
        decls
    }

    /// Skips to the next token that starts a declaration.
    fn skip_decl(&mut self) {
        while !matches!(
            self.tok.kind,
            Tok::Eof | Tok::Kw(Kw::Import | Kw::Const | Kw::Type | Kw::Var | Kw::Func)
        ) {
            self.next();
        }
    }

    /// A keyword followed by one spec or a group of them; says whether it was a group.
    fn group(&mut self, context: &str, mut spec: impl FnMut(&mut Self)) -> bool {
        if !self.at(Tok::LParen) {
            spec(self);
            return false;
        }
        self.next();
        self.list(context, Tok::Semi, Tok::RParen, |p| {
            spec(p);
            false
        });
        true
    }

    fn import_decl(&mut self) -> Decl {
        let pos = self.tok.pos;
        self.next();
        let mut specs = vec![];
        self.group("grouped declaration", |p| {
            if let Some(spec) = p.import_spec() {
                specs.push(spec);
            }
        });
        Decl::Import { pos, specs }
    }

    fn import_spec(&mut self) -> Option<ImportSpec> {
        let pos = self.tok.pos;
        let name = match self.tok.kind {
            Tok::Ident => Some(self.name()),
            Tok::Dot => {
                self.next();
                Some(Ident { name: Symbol::intern("."), pos })
            }
            _ => None,
        };
        let path_pos = self.tok.pos;
        if !matches!(self.tok.kind, Tok::Lit(LitKind::String)) {
            if let Tok::Lit(_) = self.tok.kind {
                self.syntax_error("!import path must be a string");
                self.next();
            } else {
                self.syntax_error("!missing import path");
                self.skip_to(&[Tok::Semi, Tok::RParen]);
            }
            return None;
        }
        let text = self.tok.sym.expect("literals have text").as_str();
        self.next();
        let path = text.get(1..text.len().saturating_sub(1)).unwrap_or_default().to_owned();
        Some(ImportSpec { pos, name, path, path_pos })
    }

    /// ConstDecl, TypeDecl or VarDecl.
    pub(super) fn general_decl(&mut self) -> Decl {
        let pos = self.tok.pos;
        let kind = self.tok.kind;
        self.next();
        match kind {
            Tok::Kw(Kw::Const) => {
                let mut specs: Vec<ConstSpec> = vec![];
                let grouped = self.group("grouped declaration", |p| {
                    let iota = specs.len() as u32;
                    specs.push(p.const_spec(iota));
                });
                Decl::Const { pos, grouped, specs }
            }
            Tok::Kw(Kw::Type) => {
                let mut specs = vec![];
                let grouped = self.group("type declaration", |p| specs.push(p.type_spec()));
                Decl::Type { pos, grouped, specs }
            }
            _ => {
                let mut specs = vec![];
                let grouped = self.group("var declaration", |p| specs.push(p.var_spec()));
                Decl::Var { pos, grouped, specs }
            }
        }
    }

    fn name_list(&mut self) -> Vec<Ident> {
        let mut names = vec![self.name()];
        while self.eat(Tok::Comma) {
            names.push(self.name());
        }
        names
    }

    fn const_spec(&mut self, iota: u32) -> ConstSpec {
        let names = self.name_list();
        let mut spec = ConstSpec { names, ty: None, values: vec![], iota };
        if !matches!(self.tok.kind, Tok::Eof | Tok::Semi | Tok::RParen) {
            spec.ty = self.opt_type();
            if self.eat(Tok::Assign) {
                spec.values = self.expr_list();
            }
        }
        spec
    }

    fn var_spec(&mut self) -> VarSpec {
        let names = self.name_list();
        if self.eat(Tok::Assign) {
            return VarSpec { names, ty: None, values: self.expr_list() };
        }
        let ty = Some(self.ty());
        let values = if self.eat(Tok::Assign) { self.expr_list() } else { vec![] };
        VarSpec { names, ty, values }
    }

    fn type_spec(&mut self) -> TypeSpec {
        let name = self.name();
        let mut type_params: Vec<Field> = vec![];
        if self.at(Tok::LBrack) {
            let lbrack = self.tok.pos;
            self.next();
            match self.tok.kind {
                Tok::Ident => {
                    // `[` name may open type parameters or an array length: the longest expression decides.
                    let first = self.array_len_or_type_param();
                    match first {
                        Ok(params) => type_params = params,
                        Err(len) => {
                            self.want(Tok::RBrack);
                            let elem = self.ty();
                            let ty = self.alloc(lbrack, ExprKind::ArrayType { len: Some(len), elem });
                            return TypeSpec { name, type_params, is_alias: false, ty };
                        }
                    }
                }
                Tok::RBrack => {
                    self.next();
                    let elem = self.ty();
                    let ty = self.alloc(lbrack, ExprKind::SliceType(elem));
                    return TypeSpec { name, type_params, is_alias: false, ty };
                }
                _ => {
                    let ty = self.array_type_after_bracket(lbrack);
                    return TypeSpec { name, type_params, is_alias: false, ty };
                }
            }
        }
        let is_alias = self.eat(Tok::Assign);
        let ty = match self.opt_type() {
            Some(ty) => ty,
            None => {
                self.syntax_error("in type declaration");
                self.skip_to(&[Tok::Semi, Tok::RParen]);
                self.bad()
            }
        };
        TypeSpec { name, type_params, is_alias, ty }
    }

    /// FunctionDecl or MethodDecl.
    fn func_decl(&mut self) -> Decl {
        let pos = self.tok.pos;
        self.next();
        let mut recv = None;
        if self.at(Tok::LParen) {
            self.next();
            let mut group = self.param_list(Tok::RParen, false);
            match group.len() {
                0 => {
                    self.diags.error(self.tok.pos, "method has no receiver");
                }
                1 if group[0].names.len() <= 1 => recv = group.pop(),
                _ => {
                    self.diags.error(self.tok.pos, "method has multiple receivers");
                    group.truncate(1);
                    recv = group.pop();
                }
            }
        }
        if !self.at(Tok::Ident) {
            self.syntax_error("expected name");
            self.skip_decl_body();
            return Decl::Bad(Span::new(pos, self.prev_end));
        }
        let name = self.name();
        let mut type_params = vec![];
        if self.at(Tok::LBrack) {
            self.next();
            if self.at(Tok::RBrack) {
                self.syntax_error("!empty type parameter list");
                self.next();
            } else {
                type_params = self.param_list(Tok::RBrack, true);
            }
        }
        let mut ty = self.signature(pos);
        ty.type_params = type_params;
        let body = self.at(Tok::LBrace).then(|| self.func_body());
        Decl::Func(Box::new(FuncDecl { pos, recv, name, ty, body, span: Span::new(pos, self.prev_end) }))
    }

    /// Skips the rest of a function declaration that has no name.
    fn skip_decl_body(&mut self) {
        let mut depth = 0;
        loop {
            match self.tok.kind {
                Tok::Eof => return,
                Tok::LBrace => depth += 1,
                Tok::RBrace => {
                    depth -= 1;
                    if depth <= 0 {
                        self.next();
                        return;
                    }
                }
                Tok::Semi if depth == 0 => return,
                _ => {}
            }
            self.next();
        }
    }
}
