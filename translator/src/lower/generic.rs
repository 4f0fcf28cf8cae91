//! Generic code, which the checker knows and lowering does not yet: refused where it is declared or used.

use super::Lower;
use crate::ast::{Decl, ExprId};
use crate::source::Pos;

impl Lower<'_> {
    /// Refuses every generic declaration and every instance of golib's. True if there was any.
    pub(super) fn refuse_generics(&mut self) -> bool {
        let mut found: Vec<(Pos, String)> = vec![];
        for package in self.program.packages.iter().filter(|p| !p.is_golib) {
            for (file, info) in package.files.iter().zip(&package.infos) {
                for decl in &file.decls {
                    match decl {
                        Decl::Func(decl) if !decl.ty.type_params.is_empty() => {
                            found.push((decl.name.pos, format!("generic function {}", decl.name.name)));
                        }
                        Decl::Type { specs, .. } => {
                            let generic = specs.iter().filter(|s| !s.type_params.is_empty());
                            found.extend(
                                generic.map(|s| (s.name.pos, format!("generic type {}", s.name.name))),
                            );
                        }
                        _ => {}
                    }
                }
                let mut instances: Vec<&ExprId> = info.instances.keys().collect();
                instances.sort();
                if let (true, Some(first)) = (found.is_empty(), instances.first()) {
                    found.push((file.expr(**first).span.lo, "generic code".into()));
                }
            }
        }
        let any = !found.is_empty();
        for (pos, what) in found {
            self.unsupported(pos, what);
        }
        any
    }
}
