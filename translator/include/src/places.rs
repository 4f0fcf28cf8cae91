//! Where functions and methods stand in the Go files, for what is said about those that cannot be called.

use crate::boundary::Places;
use goxide_translator::Sources;
use goxide_translator::ast::{Decl, ExprId, ExprKind, File, InterfaceElem};
use goxide_translator::parser;
use goxide_translator::source::SourceMap;

/// Those of a package.
pub fn find(sources: &Sources) -> Places {
    let mut map = SourceMap::new();
    let mut places = Places::new();
    for source in &sources.files {
        let id = map.add(source.name.clone(), source.text.clone());
        let (file, _) = parser::parse_file(&map, id);
        let mut add = |of: &str, name: &goxide_translator::ast::Ident| {
            if let Some(at) = map.locate(name.pos) {
                let at = format!("{}:{}:{}", at.file, at.line, at.col);
                places.insert((of.to_owned(), name.name.as_str().to_owned()), at);
            }
        };
        for decl in &file.decls {
            match decl {
                Decl::Func(function) => {
                    let of = function.recv.as_ref().map_or("", |recv| base(&file, recv.ty));
                    add(of, &function.name);
                }
                Decl::Type { specs, .. } => {
                    for spec in specs {
                        let ExprKind::InterfaceType(elems) = &file.expr(spec.ty).kind else { continue };
                        for elem in elems {
                            if let InterfaceElem::Method { name, .. } = elem {
                                add(spec.name.name.as_str(), name);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
    places
}

/// The name of a receiver's type.
fn base(file: &File, ty: ExprId) -> &'static str {
    match &file.expr(ty).kind {
        ExprKind::Ident(name) => name.as_str(),
        ExprKind::Star(inner) | ExprKind::Paren(inner) => base(file, *inner),
        ExprKind::Index { x, .. } => base(file, *x),
        _ => "",
    }
}
