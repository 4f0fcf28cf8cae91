//! Types, expressions and operands as messages print them.

use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{ChanDir, Expr, ExprId, ExprKind, Field, File, FuncType, InterfaceElem};
use crate::typed::{Mode, PkgId, Types};
use crate::types::{Basic, Signature, Type, TypeId};

/// Where names are printed from: types of this package need no qualifier.
pub(super) struct Names<'a> {
    pub types: &'a Types,
    pub package: &'a dyn Fn(PkgId) -> Option<String>,
}

impl Names<'_> {
    /// The type in Go's notation.
    pub fn ty(&self, id: TypeId) -> String {
        match self.types.get(id) {
            Type::Basic(b) => b.name().into(),
            Type::Named(n) => {
                let named = self.types.named(*n);
                match named.pkg.and_then(|p| (self.package)(p)) {
                    Some(pkg) => format!("{pkg}.{}", named.name),
                    None => named.name.to_string(),
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
            Type::Interface(i) => {
                let mut parts: Vec<String> = i
                    .methods
                    .iter()
                    .map(|m| match self.types.get(m.sig) {
                        Type::Func(sig) => format!("{}{}", m.name, self.signature(sig)),
                        _ => m.name.to_string(),
                    })
                    .collect();
                if let Some(terms) = &i.terms {
                    let terms: Vec<String> = terms
                        .iter()
                        .map(|t| format!("{}{}", if t.tilde { "~" } else { "" }, self.ty(t.ty)))
                        .collect();
                    parts.push(terms.join(" | "));
                }
                if parts.is_empty() && !i.comparable {
                    "any".into()
                } else {
                    format!("interface{{{}}}", parts.join("; "))
                }
            }
            Type::Tuple(list) => format!("({})", self.list(list)),
            Type::TypeParam(p) => self.types.type_params[p.0 as usize].name.to_string(),
        }
    }

    pub fn list(&self, list: &[TypeId]) -> String {
        list.iter().map(|t| self.ty(*t)).collect::<Vec<_>>().join(", ")
    }

    fn signature(&self, sig: &Signature) -> String {
        let last = sig.params.len().wrapping_sub(1);
        let params: Vec<String> = sig
            .params
            .iter()
            .enumerate()
            .map(|(i, t)| match self.types.get(*t) {
                Type::Slice(elem) if sig.variadic && i == last => format!("...{}", self.ty(*elem)),
                _ => self.ty(*t),
            })
            .collect();
        let results = match &sig.results[..] {
            [] => String::new(),
            [one] => format!(" {}", self.ty(*one)),
            many => format!(" ({})", self.list(many)),
        };
        format!("({}){results}", params.join(", "))
    }
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
        ExprKind::CompositeLit { ty, .. } => {
            if let Some(ty) = ty {
                out.push_str(&s(ty));
            }
            out.push_str("{…}");
        }
        ExprKind::KeyValue { key, value, .. } => out.push_str(&format!("{}: {}", s(key), s(value))),
        ExprKind::FuncLit(lit) => {
            out.push_str("func");
            write_signature(out, file, &lit.ty);
            out.push_str(" {…}");
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
        (pkg != self.pkg).then(|| self.packages[pkg.0 as usize].name.to_string())
    }

    pub(super) fn type_string(&self, ty: TypeId) -> String {
        Names { types: &self.types, package: &|p| self.qualifier(p) }.ty(ty)
    }

    pub(super) fn types_string(&self, list: &[TypeId]) -> String {
        Names { types: &self.types, package: &|p| self.qualifier(p) }.list(list)
    }

    pub(super) fn expr_str(&self, id: ExprId) -> String {
        expr_string(self.file(), id)
    }

    /// `x (variable of type int)` and its like.
    pub(super) fn describe(&self, x: &Operand) -> String {
        let expr = self.expr_str(x.expr);
        if x.mode == Mode::Nil {
            return if x.ty == Basic::UntypedNil.id() { "untyped nil".into() } else { "nil".into() };
        }
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
            let shown = constant::display(value);
            if shown != expr {
                text.push(' ');
                text.push_str(&shown);
            }
        }
        if has_type && !untyped {
            if self.is_invalid(x.ty) {
                text.push_str(" with invalid type");
            } else {
                let kind = self.composite_kind(x.ty).map_or(String::new(), |k| format!("{k} "));
                text.push_str(&format!(" of {kind}type {}", self.type_string(x.ty)));
            }
        }
        text.push(')');
        text
    }

    /// The kind of a named composite type, which messages mention.
    pub(super) fn composite_kind(&self, ty: TypeId) -> Option<&'static str> {
        if !matches!(self.types.get(ty), Type::Named(_)) {
            return None;
        }
        Some(match self.under(ty) {
            Type::Array(..) => "array",
            Type::Slice(_) => "slice",
            Type::Struct(_) => "struct",
            Type::Pointer(_) => "pointer",
            Type::Func(_) => "func",
            Type::Interface(_) => "interface",
            Type::Map(..) => "map",
            Type::Chan(..) => "chan",
            _ => return None,
        })
    }
}
