//! Lowering: from the typed Go program to the Rust it becomes (rules: design.md section 5, golib's CONTRACT.md).
//!
//! One noun, one file, as in the checker. An expression becomes one Rust expression; what must run before it is bound in a block
//! around it, so evaluation order is decided where the operands stand. Lowering is the only stage that knows both languages:
//! codegen prints what it is told.
//!
//! Always holds: right Go that is not translated yet is refused with its position ([`Lower::unsupported`]) and lowers to
//! something harmless, because the crate is thrown away then. Every value a Go expression makes has exactly the Rust type that
//! [`Lower::ty`] gives for its Go type; only [`Lower::expr_as`] changes types.

mod assign;
mod assign_many;
mod builtin;
mod call;
mod closure;
mod comments;
mod const_shape;
mod constant;
mod control;
mod convert;
mod defer;
mod effects;
mod escape;
mod expr;
mod fails;
mod generic;
mod goto;
mod item;
mod large;
mod literal;
mod method;
mod module;
mod names;
mod order;
mod pace;
mod place;
mod positions;
mod range;
mod range_func;
mod select;
mod selector;
mod stmt;
mod switch;
mod table;
mod types;

pub use positions::{MARK, asking};

use crate::ast::{self, ExprId, ExprKind, File};
use crate::diag::Diagnostics;
use crate::ir;
use crate::source::{Pos, SourceMap};
use crate::typed::{FileInfo, Mode, ObjId, Object, PkgId, Program, TypeAndValue, TypeId};
use crate::types::{Basic, Bound, Type};
use rustc_hash::FxHashMap;

/// What a translation makes: a program, or the text of a snippet alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A whole crate with `main`.
    Program,
    /// Declarations only.
    Declarations,
    /// Statements; the checker saw them as the body of `main`.
    Statements,
}

/// Does the Rust say where it comes from?
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Marks {
    /// It is for people.
    #[default]
    Never,
    /// If the program asks where it is.
    IfAsked,
    /// For traces.
    Always,
}

/// Lowers the packages that are not golib's.
///
/// With `marks` the Rust says where it comes from.
pub fn lower(program: &Program, map: &SourceMap, form: Form, marks: Marks) -> (ir::Crate, Diagnostics) {
    let mut lower = Lower::new(program, map);
    lower.marks = match marks {
        Marks::Never => false,
        Marks::IfAsked => positions::asks(program),
        Marks::Always => true,
    };
    let krate = lower.krate(form);
    (krate, lower.diags)
}

/// Where a Go variable lives in Rust.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Storage {
    /// `let x`: never assigned after its declaration.
    Let,
    /// `let mut x`
    Mut,
    /// `let x = Ptr::new(..)`: its address is taken, or a closure captures it and it changes.
    Boxed,
    /// A package variable, `Global<T>`.
    Global,
}

/// The function whose body is being lowered; a function literal has its own.
#[derive(Default)]
struct FnCx {
    /// Result types.
    results: Vec<TypeId>,
    /// Named results; empty if they have no names.
    result_vars: Vec<ObjId>,
    /// The call at hand is that of a `go` or `defer`.
    taken_apart: bool,
    /// The body stands in `defer_scope`: the results live outside, `return` gives `()` if they have names.
    has_defer: bool,
    /// Control may jump back over declarations.
    has_goto: bool,
    /// Enclosing statements that `break` and `continue` may leave, innermost last.
    targets: Vec<control::Target>,
    /// A package's initialisation: a large literal may be made in functions of its own.
    may_be_cut: bool,
    /// How the expression being lowered is evaluated.
    order: order::Order,
    /// Where Go says it is.
    enclosing: positions::Enclosing,
}

struct Lower<'a> {
    program: &'a Program,
    map: &'a SourceMap,
    diags: Diagnostics,
    /// Modules of the packages beside the main one.
    modules: FxHashMap<PkgId, String>,
    /// The package, file and function being lowered.
    pkg: PkgId,
    file: usize,
    cx: FnCx,
    /// Storage of the local variables of the outermost function being lowered (its literals' included).
    storage: FxHashMap<ObjId, Storage>,
    /// Locals that a `:=` which only assigned them declares anew.
    rebinds: rustc_hash::FxHashSet<String>,
    /// Names that the Go code being lowered uses or that temporaries have got.
    taken: rustc_hash::FxHashSet<String>,
    /// The identifiers of a file in the order of their positions.
    idents: names::Idents,
    /// Rust names of local variables, when they differ from Go's.
    locals: FxHashMap<ObjId, String>,
    /// Structs and interfaces without a name, given one.
    hoisted: types::Hoisted,
    /// Up to where comments have been placed.
    comments: comments::Cursor,
    /// Names of the package that a `let` would take for patterns (see [`Lower::pattern_names`]).
    patterns: FxHashMap<String, usize>,
    /// What functions may write; found out when first asked for.
    effects: std::cell::OnceCell<effects::Effects>,
    /// Names that methods of several packages share in one method set; found out when first asked for.
    meeting: std::cell::OnceCell<rustc_hash::FxHashSet<crate::symbol::Symbol>>,
    /// The attribute that makes tables of methods.
    methods_attribute: std::cell::OnceCell<&'static str>,
    /// Items that the function being lowered leaves behind: its types.
    local_items: Vec<ir::Item>,
    /// `init` functions so far.
    inits: u32,
    /// Tables and parts of literals so far.
    tables: u32,
    /// Inside the value of a constant item or static.
    in_const: bool,
    /// Locals that the statement being lowered assigns: as operands of its places they are copied first.
    assigning: Vec<String>,
    /// The next body is a method's that does not recover, though others of its name do.
    disarms: bool,
    /// Text for rustc that says where it comes from.
    marks: bool,
    /// What the current module needs to `use`.
    uses: std::collections::BTreeSet<String>,
}

impl<'a> Lower<'a> {
    fn new(program: &'a Program, map: &'a SourceMap) -> Lower<'a> {
        Lower {
            program,
            map,
            diags: Diagnostics::new(),
            modules: FxHashMap::default(),
            pkg: PkgId(0),
            file: 0,
            cx: FnCx::default(),
            storage: FxHashMap::default(),
            rebinds: rustc_hash::FxHashSet::default(),
            taken: rustc_hash::FxHashSet::default(),
            idents: names::Idents::default(),
            locals: FxHashMap::default(),
            hoisted: types::Hoisted::default(),
            comments: comments::Cursor::default(),
            patterns: FxHashMap::default(),
            effects: std::cell::OnceCell::new(),
            meeting: std::cell::OnceCell::new(),
            methods_attribute: std::cell::OnceCell::new(),
            local_items: vec![],
            inits: 0,
            tables: 0,
            assigning: vec![],
            in_const: false,
            disarms: false,
            marks: false,
            uses: std::collections::BTreeSet::new(),
        }
    }

    // ---- access

    fn ast_file(&self) -> &'a File {
        &self.program.package(self.pkg).files[self.file]
    }

    fn info(&self) -> &'a FileInfo {
        &self.program.package(self.pkg).infos[self.file]
    }

    fn ast(&self, id: ExprId) -> &'a ast::Expr {
        self.ast_file().expr(id)
    }

    fn pos(&self, id: ExprId) -> Pos {
        self.ast(id).span.lo
    }

    /// What the checker found out about an expression.
    ///
    /// # Panics
    /// If the checker recorded nothing, which only happens to keys of struct literals and package names.
    fn tv(&self, id: ExprId) -> &'a TypeAndValue {
        self.info().tv(id).unwrap_or_else(|| panic!("no type for {:?}", self.map.locate(self.pos(id))))
    }

    fn type_of(&self, id: ExprId) -> TypeId {
        self.tv(id).ty
    }

    fn mode(&self, id: ExprId) -> Mode {
        self.tv(id).mode
    }

    /// The underlying type; of a type parameter the slice or map it is, or itself if nothing is known of it.
    fn under(&self, ty: TypeId) -> &'a Type {
        let types = &self.program.types;
        let Some(param) = types.param(ty) else { return types.under(ty) };
        match types.bound(param) {
            Some(Bound::Slice(_) | Bound::Map(..)) => match types.under(ty) {
                Type::Interface(i) => types.under(i.terms.as_ref().expect("its bound is a type")[0].ty),
                under => under,
            },
            _ => types.get(ty),
        }
    }

    /// The bound of the type parameter that a type is.
    fn bound(&self, ty: TypeId) -> Option<Bound> {
        self.program.types.bound(self.program.types.param(ty)?)
    }

    fn basic(&self, ty: TypeId) -> Option<Basic> {
        match self.under(ty) {
            Type::Basic(b) => Some(*b),
            _ => None,
        }
    }

    fn is_interface(&self, ty: TypeId) -> bool {
        matches!(self.under(ty), Type::Interface(_))
    }

    fn is_named(&self, ty: TypeId) -> bool {
        matches!(self.program.types.get(ty), Type::Named(_))
    }

    fn obj(&self, id: ObjId) -> &'a Object {
        self.program.object(id)
    }

    /// The object an identifier (or the qualified name `pkg.Name`) uses or declares.
    fn object_of(&self, id: ExprId) -> Option<ObjId> {
        self.info().uses.get(&id).copied()
    }

    /// The object a declaring name stands for.
    fn defined(&self, pos: Pos) -> Option<ObjId> {
        self.info().defs.get(&pos).copied()
    }

    fn unparen(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(x) = self.ast(id).kind {
            id = x;
        }
        id
    }

    fn storage(&self, obj: ObjId) -> Storage {
        use crate::typed::ObjKind;
        match self.obj(obj).kind {
            ObjKind::Var { package_level: true, .. } => Storage::Global,
            _ => self.storage.get(&obj).copied().unwrap_or(Storage::Mut),
        }
    }

    /// Refuses a construct; what it lowers to does not matter.
    fn unsupported(&mut self, pos: Pos, what: impl Into<String>) -> ir::Expr {
        self.diags.unsupported(pos, what.into());
        ir::call("unreachable", vec![])
    }
}
