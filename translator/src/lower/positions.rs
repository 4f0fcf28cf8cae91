//! Where the Rust comes from: marks that tell codegen which Go function and line a piece of Rust belongs to.
//!
//! A mark is a comment, so that it keeps its place through any rewriting; codegen makes a table of them (`codegen::positions`), and
//! only text for rustc has them. They cost a compilation with line tables, so only programs that ask where they are get them.
//!
//! Always holds: functions are called what Go's compiler calls them, except that a literal is numbered where it stands, also when Go
//! inlines the function around it.

use super::Lower;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Stmt};
use crate::source::Pos;
use crate::typed::{ObjId, ObjKind, PkgId, Program};
use crate::types::Type;
use std::fmt::Write;

/// Marks begin so; then `L`, a line, or `F`, a file, a line, whether it takes anything (1) and a name, separated by blanks (the name last), or `H` for what is no
/// function of Go. A name after [`AROUND`] is that of the function around: one Go function is two of Rust there.
pub const MARK: &str = "//@ ";

/// See [`MARK`].
const AROUND: char = '=';

/// What Go has that tells where a program is.
const ASKS: [(&str, &[&str]); 3] = [
    ("runtime", &["Caller", "Callers", "CallersFrames", "FuncForPC", "Stack"]),
    ("runtime/debug", &["Stack", "PrintStack"]),
    ("log", &["Lshortfile", "Llongfile"]),
];

/// The Go function whose body is being lowered.
#[derive(Clone, Default)]
pub(super) struct Enclosing {
    name: String,
    is_literal: bool,
    takes: bool,
    /// Function literals and ranges over functions in it so far.
    literals: u32,
    ranges: u32,
    /// The line of the statement being lowered.
    pub(super) line: u32,
}

/// Does the program ask where it is?
pub(super) fn asks(program: &Program) -> bool {
    !asking(program).is_empty()
}

/// What asks where it is, and by which name.
pub fn asking(program: &Program) -> Vec<(Pos, String)> {
    let asked = |obj: &ObjId| {
        let object = program.object(*obj);
        let pkg = object.pkg.map(|p| program.package(p)).filter(|p| p.is_golib)?;
        let (path, names) = ASKS.iter().find(|(path, _)| *path == pkg.path)?;
        let name = object.name.as_str();
        names.contains(&name).then(|| format!("{path}.{name}"))
    };
    let mut found = vec![];
    for (file, info) in program.packages.iter().flat_map(|p| p.files.iter().zip(&p.infos)) {
        found.extend(info.uses.iter().filter_map(|(id, obj)| Some((file.expr(*id).span.lo, asked(obj)?))));
    }
    found
}

impl Lower<'_> {
    /// The mark of a statement or part of one at `pos`.
    pub(super) fn line_mark(&self, pos: Pos) -> Option<Stmt> {
        self.marks.then(|| Stmt::Comment(format!("{MARK}L {}", self.map.line(pos))))
    }

    /// What opens the body of the current function.
    pub(super) fn function_mark(&self, pos: Pos) -> Vec<Stmt> {
        let at = self.map.locate(pos).filter(|_| self.marks);
        let Some((at, file)) = at.zip(self.map.file_at(pos)) else { return vec![] };
        let file = file.0;
        let Enclosing { takes, name, .. } = &self.cx.enclosing;
        let mark = Stmt::Comment(format!("{MARK}F {file} {} {} {name}", at.line, u8::from(*takes)));
        vec![mark, ir::let_("_frame", ir::path("goxide_golib::__private::Stay"))]
    }

    /// What opens the closure that is the rest of the current function's body.
    pub(super) fn around_mark(&self, pos: Pos) -> Option<Stmt> {
        let at = self.map.locate(pos).filter(|_| self.marks)?;
        let file = self.map.file_at(pos)?.0;
        let Enclosing { takes, name, .. } = &self.cx.enclosing;
        Some(Stmt::Comment(format!("{MARK}F {file} {} {} {AROUND}{name}", at.line, u8::from(*takes))))
    }

    /// The body of a closure that Go doesn't have.
    pub(super) fn hidden(&self, body: Expr) -> Expr {
        if !self.marks {
            return body;
        }
        Expr::Block(None, ir::Block::of(vec![Stmt::Comment(format!("{MARK}H")), Stmt::Tail(body)]))
    }

    /// Begins a declared function; `init` functions are numbered.
    pub(super) fn enter_declared(&mut self, func: ObjId) {
        let name = self.go_function_name(func);
        let is_method = matches!(self.obj(func).kind, ObjKind::Func { recv: Some(_), .. });
        let takes =
            is_method || matches!(self.under(self.obj(func).ty), Type::Func(sig) if !sig.params.is_empty());
        self.cx.enclosing = Enclosing { name, takes, ..Enclosing::default() };
    }

    /// The initialisation of package variables.
    pub(super) fn enter_initialisation(&mut self) {
        let name = format!("{}.init", self.go_package(self.pkg));
        self.cx.enclosing = Enclosing { name, ..Enclosing::default() };
    }

    /// The function of a literal in the current one.
    pub(super) fn literal_in(&mut self, takes: bool) -> Enclosing {
        let outer = &mut self.cx.enclosing;
        outer.literals += 1;
        let word = if outer.is_literal { "" } else { "func" };
        let name = format!("{}.{word}{}", outer.name, outer.literals);
        Enclosing { name, is_literal: true, takes, ..Enclosing::default() }
    }

    /// The body of a range over a function in the current one, and what opens it.
    pub(super) fn in_range_body<R>(&mut self, pos: Pos, f: impl FnOnce(&mut Self, Vec<Stmt>) -> R) -> R {
        self.cx.enclosing.ranges += 1;
        let outer = &self.cx.enclosing;
        let name = format!("{}-range{}", outer.name, outer.ranges);
        let inner = Enclosing { name, takes: true, line: outer.line, ..Enclosing::default() };
        let outer = std::mem::replace(&mut self.cx.enclosing, inner);
        let mark = self.function_mark(pos);
        let result = f(self, mark);
        self.cx.enclosing = outer;
        result
    }

    /// A call that stands on another line than what it is part of says so.
    pub(super) fn located(&mut self, call: ExprId, lower: impl FnOnce(&mut Self) -> Expr) -> Expr {
        let ExprKind::Call { fun, .. } = self.ast(call).kind else { return lower(self) };
        if !self.marks || self.in_const {
            return lower(self);
        }
        let pos = match &self.ast(self.unparen(fun)).kind {
            ExprKind::Selector { sel, .. } => sel.pos,
            _ => self.pos(call),
        };
        let line = self.map.line(pos);
        let outer = std::mem::replace(&mut self.cx.enclosing.line, line);
        let lowered = lower(self);
        self.cx.enclosing.line = outer;
        if line == outer {
            return lowered;
        }
        let mut stmts: Vec<Stmt> = self.line_mark(pos).into_iter().collect();
        stmts.push(Stmt::Tail(lowered));
        Expr::Block(None, ir::Block::of(stmts))
    }

    /// What can panic on another line than what it is part of says so.
    pub(super) fn on_its_line(&self, id: ExprId, lowered: Expr) -> Expr {
        let pos = self.pos(id);
        if !self.marks || lowered.is_atom() || self.map.line(pos) == self.cx.enclosing.line {
            return lowered;
        }
        let mut stmts: Vec<Stmt> = self.line_mark(pos).into_iter().collect();
        stmts.push(Stmt::Tail(lowered));
        Expr::Block(None, ir::Block::of(stmts))
    }

    /// `main.f`, `main.T.M`, `main.(*T).M`, with `[...]` for type arguments.
    fn go_function_name(&self, func: ObjId) -> String {
        let object = self.obj(func);
        let mut name = object.pkg.map_or(String::new(), |p| self.go_package(p));
        let mut generic = self.program.generic.contains_key(&func);
        if let ObjKind::Func { recv: Some(recv), .. } = object.kind {
            let (base, pointer) = match *self.program.types.get(recv) {
                Type::Pointer(base) => (base, true),
                _ => (recv, false),
            };
            if let Type::Named(n) = *self.program.types.get(base) {
                let named = self.program.types.named(n);
                let stem = named.name.as_str().split('[').next().unwrap_or_default();
                let has_args = stem.len() < named.name.as_str().len() || !named.type_params.is_empty();
                let args = if has_args { "[...]" } else { "" };
                let _ =
                    if pointer { write!(name, ".(*{stem}{args})") } else { write!(name, ".{stem}{args}") };
            }
            generic = false;
        }
        let of_instance = self.ast_file().package_pos == Pos::NONE;
        let written = match &self.ast_file().decls[..] {
            // an instance has a name of its own
            [crate::ast::Decl::Func(decl)] if of_instance && decl.recv.is_none() => {
                generic = true;
                self.map.locate(decl.span.lo).and_then(|_| self.word_at(decl.pos))
            }
            _ => None,
        };
        let written = written.unwrap_or_else(|| object.name.to_string());
        let _ = write!(name, ".{written}{}", if generic { "[...]" } else { "" });
        if object.name.as_str() == "init" && matches!(object.kind, ObjKind::Func { recv: None, .. }) {
            let _ = write!(name, ".{}", self.inits.saturating_sub(1));
        }
        name
    }

    /// The name behind the `func` at `pos`.
    fn word_at(&self, pos: Pos) -> Option<String> {
        let file = self.map.file(self.map.file_at(pos)?);
        let text = std::str::from_utf8(&file.text[(pos.0 - file.base.0) as usize..]).ok()?;
        let rest = text.strip_prefix("func")?.trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        Some(rest[..end].to_owned())
    }

    /// An import path as it stands in names of functions: dots in its last element are written out.
    fn go_package(&self, pkg: PkgId) -> String {
        let path = &self.program.package(pkg).path;
        match path.rsplit_once('/') {
            Some((parents, last)) => format!("{parents}/{}", last.replace('.', "%2e")),
            None => path.clone(),
        }
    }
}
