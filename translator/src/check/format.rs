//! Types, expressions and operands as messages print them.

use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{ChanDir, Expr, ExprId, ExprKind, Field, File, FuncType, InterfaceElem};
use crate::symbol::Symbol;
use crate::typed::{Mode, PkgId, Program, TypeParamId, Types};
use crate::types::{Basic, IfaceMethod, Interface, Signature, Term, Type, TypeId};

/// Where names are printed from: types of this package need no qualifier.
pub(super) struct Names<'a> {
    pub types: &'a Types,
    pub package: &'a dyn Fn(PkgId) -> Option<String>,
    /// Print the names of parameters, too?
    pub params: bool,
    /// Print generic types as declared, with constraints? Otherwise they stand for the instance with their own parameters.
    pub declared: bool,
}

impl Names<'_> {
    /// The type in Go's notation, as it was spelled.
    pub fn ty(&self, id: TypeId) -> String {
        if let Some(alias) = self.types.alias_of(id) {
            return self.qualified(alias.pkg, alias.name) + &self.arguments(&alias.targs);
        }
        match self.types.get(id) {
            Type::Basic(b) => b.name().into(),
            Type::Named(n) => {
                let named = self.types.named(*n);
                let name = self.qualified(named.pkg, named.name);
                match &named.instance_of {
                    Some((_, targs)) => name + &self.arguments(targs),
                    None if self.declared => {
                        name + &Names { declared: false, ..*self }.type_params(&named.type_params)
                    }
                    None if named.type_params.is_empty() => name,
                    None => {
                        let own = named.type_params.iter();
                        let own: Vec<&str> =
                            own.map(|p| self.types.type_params[p.0 as usize].name.as_str()).collect();
                        format!("{name}[{}]", own.join(", "))
                    }
                }
            }
            Type::Pointer(t) => format!("*{}", self.ty(*t)),
            Type::Slice(t) => format!("[]{}", self.ty(*t)),
            Type::Array(t, n) => format!("[{n}]{}", self.ty(*t)),
            Type::Map(k, v) => format!("map[{}]{}", self.ty(*k), self.ty(*v)),
            Type::Chan(dir, t) => {
                let elem = self.ty(*t);
                match dir {
                    ChanDir::Send => format!("chan<- {elem}"),
                    ChanDir::Recv => format!("<-chan {elem}"),
                    ChanDir::Both if matches!(self.types.get(*t), Type::Chan(ChanDir::Recv, _)) => {
                        format!("chan ({elem})")
                    }
                    ChanDir::Both => format!("chan {elem}"),
                }
            }
            Type::Struct(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|f| {
                        let tag = f.tag.map_or(String::new(), |t| format!(" {:?}", t.as_str()));
                        if f.embedded {
                            format!("{}{tag}", self.ty(f.ty))
                        } else {
                            format!("{} {}{tag}", f.name, self.ty(f.ty))
                        }
                    })
                    .collect();
                format!("struct{{{}}}", fields.join("; "))
            }
            Type::Func(sig) => format!("func{}", self.signature(sig)),
            Type::Interface(i) => self.interface(i),
            Type::Tuple(list) => format!("({})", self.list(list)),
            Type::TypeParam(p) => self.types.type_params[p.0 as usize].name.to_string(),
        }
    }

    fn qualified(&self, pkg: Option<PkgId>, name: Symbol) -> String {
        match pkg.and_then(|p| (self.package)(p)) {
            Some(pkg) => format!("{pkg}.{name}"),
            None => name.to_string(),
        }
    }

    /// `[A, B]`, nothing for an empty list.
    fn arguments(&self, targs: &[TypeId]) -> String {
        if targs.is_empty() { String::new() } else { format!("[{}]", self.list(targs)) }
    }

    /// `[K comparable, V any]`; parameters that share a constraint are one group.
    pub fn type_params(&self, params: &[TypeParamId]) -> String {
        let mut out = String::new();
        for (i, p) in params.iter().enumerate() {
            let param = &self.types.type_params[p.0 as usize];
            out.push_str(if i == 0 { "[" } else { ", " });
            out.push_str(param.name.as_str());
            let next = params.get(i + 1).map(|n| self.types.type_params[n.0 as usize].group);
            if next != Some(param.group) {
                out.push_str(&format!(" {}", self.ty(param.constraint)));
            }
        }
        if !params.is_empty() {
            out.push(']');
        }
        out
    }

    fn interface(&self, i: &Interface) -> String {
        let method = |m: &IfaceMethod| match self.types.get(m.sig) {
            Type::Func(sig) => format!("{}{}", m.name, self.signature(sig)),
            _ => m.name.to_string(),
        };
        let mut parts: Vec<String> = vec![];
        match &i.written.0 {
            Some(written) => {
                parts.extend(written.methods.iter().map(method));
                parts.extend(written.embeds.iter().map(|u| self.union(u)));
                if let ([one], true) = (&parts[..], written.implicit) {
                    return one.clone();
                }
            }
            None => {
                parts.extend(i.methods.iter().map(method));
                parts.extend(i.comparable.then(|| "comparable".to_owned()));
                parts.extend(i.terms.as_ref().map(|terms| self.union(terms)));
            }
        }
        format!("interface{{{}}}", parts.join("; "))
    }

    /// `~int | string`
    pub fn union(&self, terms: &[Term]) -> String {
        let terms: Vec<String> =
            terms.iter().map(|t| format!("{}{}", if t.tilde { "~" } else { "" }, self.ty(t.ty))).collect();
        terms.join(" | ")
    }

    pub fn list(&self, list: &[TypeId]) -> String {
        list.iter().map(|t| self.ty(*t)).collect::<Vec<_>>().join(", ")
    }

    /// `(a int, b ...string) error`
    pub fn signature(&self, sig: &Signature) -> String {
        let (params, results) = &sig.names.0;
        let out = self.tuple(&sig.params, params, sig.variadic);
        match &sig.results[..] {
            [] => out,
            [one] if results.first().is_none_or(|n| n.as_str().is_empty()) => {
                format!("{out} {}", self.ty(*one))
            }
            many => format!("{out} {}", self.tuple(many, results, false)),
        }
    }

    fn tuple(&self, types: &[TypeId], names: &[Symbol], variadic: bool) -> String {
        let last = types.len().wrapping_sub(1);
        let list: Vec<String> = types
            .iter()
            .enumerate()
            .map(|(i, t)| {
                let ty = match self.types.get(*t) {
                    Type::Slice(elem) if variadic && i == last => format!("...{}", self.ty(*elem)),
                    _ => self.ty(*t),
                };
                match names.get(i).filter(|_| self.params).map(|n| n.as_str()) {
                    None | Some("") => ty,
                    Some(name) => format!("{name} {ty}"),
                }
            })
            .collect();
        format!("({})", list.join(", "))
    }
}

/// A type of a checked program with full import paths and without the names of parameters.
pub fn type_string(program: &Program, ty: TypeId) -> String {
    let package = |p: PkgId| Some(program.package(p).path.clone());
    Names { types: &program.types, package: &package, params: false, declared: false }.ty(ty)
}

/// An expression as Go's compiler prints it in messages.
pub(super) fn expr_string(file: &File, id: ExprId) -> String {
    let mut out = String::new();
    write_expr(&mut out, file, file.expr(id));
    out
}

fn write_list(out: &mut String, file: &File, list: &[ExprId]) {
    for (i, &x) in list.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_expr(out, file, file.expr(x));
    }
}

fn write_expr(out: &mut String, file: &File, e: &Expr) {
    let s = |id: &ExprId| expr_string(file, *id);
    match &e.kind {
        ExprKind::Bad => out.push_str("BadExpr"),
        ExprKind::Ident(name) => out.push_str(name.as_str()),
        ExprKind::BasicLit { text, .. } => out.push_str(text.as_str()),
        ExprKind::CompositeLit { ty, elems, .. } => {
            if let Some(ty) = ty {
                out.push_str(&s(ty));
            }
            out.push_str(if elems.is_empty() { "{}" } else { "{…}" });
        }
        ExprKind::KeyValue { key, value, .. } => out.push_str(&format!("{}: {}", s(key), s(value))),
        ExprKind::FuncLit(lit) => {
            out.push_str("func");
            write_signature(out, file, &lit.ty);
            out.push_str(if lit.body.stmts.is_empty() { " {}" } else { " {…}" });
        }
        ExprKind::Paren(x) => out.push_str(&format!("({})", s(x))),
        ExprKind::Selector { x, sel } => out.push_str(&format!("{}.{}", s(x), sel.name)),
        ExprKind::Index { x, indices, .. } => {
            out.push_str(&format!("{}[", s(x)));
            write_list(out, file, indices);
            out.push(']');
        }
        ExprKind::Slice { x, lo, hi, max, three, .. } => {
            out.push_str(&format!(
                "{}[{}:{}",
                s(x),
                lo.as_ref().map_or(String::new(), s),
                hi.as_ref().map_or(String::new(), s)
            ));
            if *three {
                out.push_str(&format!(":{}", max.as_ref().map_or(String::new(), s)));
            }
            out.push(']');
        }
        ExprKind::TypeAssert { x, ty } => {
            out.push_str(&format!("{}.({})", s(x), ty.as_ref().map_or("type".into(), s)));
        }
        ExprKind::Call { fun, args, ellipsis, .. } => {
            out.push_str(&s(fun));
            out.push('(');
            write_list(out, file, args);
            if ellipsis.is_some() {
                out.push_str("...");
            }
            out.push(')');
        }
        ExprKind::Star(x) => out.push_str(&format!("*{}", s(x))),
        ExprKind::Unary { op, x } => out.push_str(&format!("{}{}", op.as_str(), s(x))),
        ExprKind::Binary { op, x, y, .. } => out.push_str(&format!("{} {} {}", s(x), op.as_str(), s(y))),
        ExprKind::ArrayType { len, elem } => {
            out.push_str(&format!("[{}]{}", len.as_ref().map_or("...".into(), s), s(elem)));
        }
        ExprKind::SliceType(elem) => out.push_str(&format!("[]{}", s(elem))),
        ExprKind::Ellipsis(elem) => out.push_str(&format!("...{}", s(elem))),
        ExprKind::StructType(fields) => {
            out.push_str("struct{");
            write_fields(out, file, fields, "; ");
            out.push('}');
        }
        ExprKind::FuncType(ty) => {
            out.push_str("func");
            write_signature(out, file, ty);
        }
        ExprKind::InterfaceType(elems) => {
            out.push_str("interface{");
            for (i, elem) in elems.iter().enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                match elem {
                    InterfaceElem::Method { name, ty } => {
                        out.push_str(name.name.as_str());
                        write_signature(out, file, ty);
                    }
                    InterfaceElem::Embed(x) => out.push_str(&s(x)),
                }
            }
            out.push('}');
        }
        ExprKind::MapType { key, value } => out.push_str(&format!("map[{}]{}", s(key), s(value))),
        ExprKind::ChanType { dir, elem } => {
            let head = match dir {
                ChanDir::Both => "chan ",
                ChanDir::Send => "chan<- ",
                ChanDir::Recv => "<-chan ",
            };
            out.push_str(&format!("{head}{}", s(elem)));
        }
    }
}

fn write_fields(out: &mut String, file: &File, fields: &[Field], sep: &str) {
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            out.push_str(sep);
        }
        let names: Vec<&str> = field.names.iter().map(|n| n.name.as_str()).collect();
        if !names.is_empty() {
            out.push_str(&names.join(", "));
            out.push(' ');
        }
        write_expr(out, file, file.expr(field.ty));
    }
}

fn write_signature(out: &mut String, file: &File, ty: &FuncType) {
    out.push('(');
    write_fields(out, file, &ty.params, ", ");
    out.push(')');
    match &ty.results[..] {
        [] => {}
        [one] if one.names.is_empty() => {
            out.push(' ');
            write_expr(out, file, file.expr(one.ty));
        }
        many => {
            out.push_str(" (");
            write_fields(out, file, many, ", ");
            out.push(')');
        }
    }
}

impl Checker<'_> {
    /// The name a package's types are qualified with here.
    fn qualifier(&self, pkg: PkgId) -> Option<String> {
        if pkg == self.pkg {
            return None;
        }
        let package = &self.packages[pkg.0 as usize];
        let same_name = |p: &&PkgId| self.packages[p.0 as usize].name == package.name;
        // a name that several packages have says too little
        Some(match self.all_imports().iter().filter(same_name).count() {
            0 | 1 => package.name.to_string(),
            _ => format!("{:?}", package.path),
        })
    }

    /// The package with all that it imports, itself or through others.
    fn all_imports(&self) -> Vec<PkgId> {
        let mut all = vec![self.pkg];
        let mut next = 0;
        while let Some(&at) = all.get(next) {
            for import in &self.packages[at.0 as usize].imports {
                if !all.contains(import) {
                    all.push(*import);
                }
            }
            next += 1;
        }
        all
    }

    pub(super) fn type_string(&self, ty: TypeId) -> String {
        Names { types: &self.types, package: &|p| self.qualifier(p), params: true, declared: false }.ty(ty)
    }

    /// `m(int) error`, as methods are shown that are compared.
    pub(super) fn method_string(&self, name: Symbol, own: &[TypeParamId], sig: TypeId) -> String {
        let names =
            Names { types: &self.types, package: &|p| self.qualifier(p), params: false, declared: false };
        match self.types.get(sig) {
            Type::Func(sig) => format!("{name}{}{}", names.type_params(own), names.signature(sig)),
            _ => name.to_string(),
        }
    }

    /// A term as Go prints it, with full import paths.
    pub(super) fn term_string(&self, term: &Term) -> String {
        let package = |p: PkgId| Some(self.packages[p.0 as usize].path.clone());
        let ty = Names { types: &self.types, package: &package, params: true, declared: false }.ty(term.ty);
        format!("{}{ty}", if term.tilde { "~" } else { "" })
    }

    /// `[K comparable, V any]`
    pub(super) fn type_params_string(&self, params: &[TypeParamId]) -> String {
        let package = |p: PkgId| self.qualifier(p);
        Names { types: &self.types, package: &package, params: true, declared: false }.type_params(params)
    }

    /// A generic type as declared.
    pub(super) fn generic_string(&self, ty: TypeId) -> String {
        Names { types: &self.types, package: &|p| self.qualifier(p), params: true, declared: true }.ty(ty)
    }

    pub(super) fn expr_str(&self, id: ExprId) -> String {
        expr_string(self.file(), id)
    }

    /// `x (variable of type int)` and its like.
    pub(super) fn describe(&self, x: &Operand) -> String {
        if x.mode == Mode::Nil {
            let ty = self.type_string(x.ty);
            return if x.ty == Basic::UntypedNil.id() { "nil".into() } else { format!("nil (of type {ty})") };
        }
        let expr = self.operand_expr(x);
        let mode = match x.mode {
            Mode::Invalid => "invalid operand",
            Mode::NoValue => "no value",
            Mode::Builtin(_) => "built-in",
            Mode::Type => "type",
            Mode::Constant => "constant",
            Mode::Variable => "variable",
            Mode::MapIndex => "map index expression",
            Mode::Value | Mode::Nil => "value",
            Mode::CommaOk => "comma, ok expression",
            Mode::Package => "package",
        };
        let mut text = format!("{expr} (");
        let has_type =
            !matches!(x.mode, Mode::Invalid | Mode::NoValue | Mode::Builtin(_) | Mode::Type | Mode::Package);
        let untyped = has_type && self.is_untyped(x.ty);
        if untyped {
            text.push_str(&self.type_string(x.ty));
            text.push(' ');
        }
        text.push_str(mode);
        if let (Mode::Constant, Some(value)) = (x.mode, &x.value) {
            let shown = constant::display(value, self.basic(x.ty));
            if shown != expr {
                text.push(' ');
                text.push_str(&shown);
            }
        }
        if has_type && !untyped {
            text.push_str(&self.typed_as(x));
        }
        text.push(')');
        text
    }

    /// `(n int, err error)`: the results of the function that an expression calls.
    fn results_of_call(&self, id: ExprId) -> Option<String> {
        let ExprKind::Call { fun, .. } = self.ast(self.unparen(id)).kind else { return None };
        let Type::Func(sig) = self.core_type(self.infos[self.cx.file].tv(fun)?.ty) else { return None };
        let names =
            Names { types: &self.types, package: &|p| self.qualifier(p), params: true, declared: false };
        Some(names.tuple(&sig.results, &sig.names.0.1, false))
    }

    /// ` of struct type T`
    fn typed_as(&self, x: &Operand) -> String {
        if self.is_invalid(x.ty) {
            return " with invalid type".into();
        }
        if let (Type::Tuple(_), Some(results)) = (self.types.get(x.ty), self.results_of_call(x.expr)) {
            return format!(" of type {results}");
        }
        let generic =
            if self.is_generic_type(x.ty) || self.lacks_arguments(x.expr) { "generic " } else { "" };
        let ty = self.type_string(x.ty);
        if let Type::TypeParam(p) = self.types.get(x.ty) {
            let bound = self.types.type_params[p.0 as usize].constraint;
            let empty =
                if self.terms_of(x.ty).is_some_and(Vec::is_empty) { " with empty type set" } else { "" };
            return format!(" of type {ty} constrained by {}{empty}", self.type_string(bound));
        }
        let is_alias = self.types.alias_of(x.ty).is_some_and(|a| !a.is_basic);
        let kind = match self.types.get(x.ty) {
            Type::Named(_) => self.kind_of(x.ty),
            _ if is_alias => self.kind_of(x.ty),
            _ => String::new(),
        };
        let space = if kind.is_empty() { "" } else { " " };
        format!(" of {generic}{kind}{space}type {ty}")
    }

    /// What an operand is called: its expression, or which of several results it is.
    pub(super) fn operand_expr(&self, x: &Operand) -> String {
        match &x.name {
            Some(name) => name.to_string(),
            None => self.expr_str(x.expr),
        }
    }

    /// `struct`, or a basic type's name.
    pub(super) fn kind_of(&self, ty: TypeId) -> String {
        match self.composite_kind(ty) {
            Some(kind) => kind.to_owned(),
            None if self.basic(ty) == Some(Basic::UnsafePointer) => "Pointer".into(),
            None => self.basic(ty).map_or_else(|| self.type_string(ty), |b| b.name().into()),
        }
    }

    /// The kind of a composite type, which messages mention.
    pub(super) fn composite_kind(&self, ty: TypeId) -> Option<&'static str> {
        Some(match self.under(ty) {
            Type::Array(..) => "array",
            Type::Slice(_) => "slice",
            Type::Struct(_) => "struct",
            Type::Pointer(_) => "pointer",
            Type::Func(_) => "func",
            Type::Interface(_) => "interface",
            Type::Map(..) => "map",
            Type::Chan(..) => "chan",
            Type::Tuple(_) => "tuple",
            _ => return None,
        })
    }

    /// A generic type without its arguments?
    pub(super) fn is_generic_type(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::Named(n) if !self.types.named(*n).type_params.is_empty())
    }
}
