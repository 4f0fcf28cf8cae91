//! `//go:embed` directives: what they may stand at. Whether their patterns name files is known when packages are loaded.

use super::Checker;
use crate::ast::{Decl, VarSpec};
use crate::embed;
use crate::source::Pos;
use crate::types::{Basic, Type, TypeId};

/// `//`, which Go's positions of directives leave out.
const MARK: usize = 2;

impl Checker<'_> {
    /// Checks the directives of the package.
    pub(super) fn check_embeds(&mut self) {
        for (i, file) in self.files.iter().enumerate() {
            let imports_embed = file.imports.iter().any(|import| import.path == "embed");
            for comment in &file.comments {
                let Some(text) = embed::directive(&comment.text) else { continue };
                let pos = comment.pos.plus(MARK);
                self.cx.file = i;
                let patterns = match embed::patterns(text) {
                    Ok(patterns) => patterns,
                    Err(text) => {
                        self.error(pos, text);
                        continue;
                    }
                };
                if patterns.is_empty() {
                    self.error(pos, "usage: //go:embed pattern...");
                    continue;
                }
                let inside = file
                    .decls
                    .iter()
                    .any(|d| matches!(d, Decl::Func(f) if (f.span.lo..f.span.hi).contains(&comment.pos)));
                match next_var(&file.decls, comment.pos) {
                    _ if inside && imports_embed => {
                        self.error(pos, "go:embed cannot apply to var inside func")
                    }
                    Some(spec) => self.check_embed(spec, pos, imports_embed),
                    None => self.error(pos, "misplaced go:embed directive"),
                }
            }
        }
    }

    fn check_embed(&mut self, spec: &VarSpec, pos: Pos, imports_embed: bool) {
        let text = match &spec.names[..] {
            _ if !imports_embed => {
                "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)"
            }
            [_, _, ..] => "go:embed cannot apply to multiple vars",
            _ if !spec.values.is_empty() => "go:embed cannot apply to var with initializer",
            [name] => {
                let Some(&obj) = self.info().defs.get(&name.pos) else { return };
                let ty = self.obj(obj).ty;
                if !self.may_hold_files(ty) && !self.is_invalid(ty) {
                    let text = format!("go:embed cannot apply to var of type {}", self.type_string(ty));
                    self.error(name.pos, text);
                }
                return;
            }
            [] => return,
        };
        self.error(pos, text);
    }

    /// A string, a slice of bytes, or `embed.FS`.
    fn may_hold_files(&self, ty: TypeId) -> bool {
        if let Type::Named(n) = *self.types.get(ty) {
            let named = self.types.named(n);
            if named.name.as_str() == "FS"
                && named.pkg.is_some_and(|p| self.packages[p.0 as usize].path == "embed")
            {
                return true;
            }
        }
        match *self.under(ty) {
            Type::Basic(b) => b == Basic::String,
            Type::Slice(elem) => self.types.underlying(elem) == Basic::Uint8.id(),
            _ => false,
        }
    }
}

/// The variables that a directive at `pos` stands at: those declared next, if nothing else is.
fn next_var(decls: &[Decl], pos: Pos) -> Option<&VarSpec> {
    let start = |d: &Decl| match d {
        Decl::Bad(span) => span.lo,
        Decl::Import { pos, .. }
        | Decl::Const { pos, .. }
        | Decl::Type { pos, .. }
        | Decl::Var { pos, .. } => *pos,
        Decl::Func(f) => f.pos,
    };
    for decl in decls {
        if let Decl::Var { specs, grouped, .. } = decl
            && (*grouped || start(decl) > pos)
            && let Some(spec) = specs.iter().find(|s| s.names[0].pos > pos)
        {
            // a directive above a group is at none of its variables
            return (!*grouped || start(decl) < pos).then_some(spec);
        }
        if start(decl) > pos {
            return None;
        }
    }
    None
}
