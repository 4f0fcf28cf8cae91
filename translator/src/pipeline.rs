//! The pipeline on one screen: text in, Rust and diagnostics out.
//!
//! Always holds: no I/O; Rust comes out only when there is no diagnostic, and a stage runs only on what the one before it
//! had no complaint about (but a file's syntax errors don't hide another's).

use crate::ast::File;
use crate::check;
use crate::codegen::{self, OutFile};
use crate::diag::{Diagnostics, Level};
use crate::lower::{self, Form};
use crate::package::{self, SourceText};
use crate::parser::{self, SnippetKind};
use crate::source::SourceMap;

/// Everything a translation looks at.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files of the package to translate, or one snippet.
    pub files: Vec<SourceText>,
    /// Are these all files of a directory, so that build constraints choose among them?
    pub is_directory: bool,
    /// May the one file be a snippet, without a package clause?
    pub may_be_snippet: bool,
    /// Only errors are wanted: nothing is lowered, so nothing that only lowering lacks is refused.
    pub check_only: bool,
    /// Declarations of the packages that may be imported: import path and file.
    pub library: Vec<(String, SourceText)>,
}

/// What comes out.
#[derive(Debug, Default)]
pub struct Output {
    /// The Rust; empty if there is any diagnostic.
    pub files: Vec<OutFile>,
    /// The name of the package; none for a snippet.
    pub package: Option<String>,
    /// What is wrong, or not supported.
    pub diagnostics: Diagnostics,
    /// For the positions in `diagnostics`.
    pub map: SourceMap,
}

/// Translates one package or snippet.
pub fn translate(sources: &Sources) -> Output {
    let mut out = Output::default();
    let (mut files, kind) = parse(sources, &mut out);
    if !out.diagnostics.is_empty() {
        return out;
    }
    let form = match kind {
        SnippetKind::File => Form::Program,
        SnippetKind::Decls => Form::Declarations,
        SnippetKind::Stmts => Form::Statements,
    };
    out.package = (form == Form::Program).then(|| files[0].package.name.to_string());
    if form != Form::Program {
        package::add_missing_imports(&mut out.map, &mut files[0], &sources.library);
    }

    let (units, diagnostics) = package::load(&mut out.map, files, &sources.library);
    out.diagnostics.extend(diagnostics);
    if !out.diagnostics.is_empty() {
        return out;
    }
    let (program, mut diagnostics) = check::check(units);
    if form != Form::Program {
        // what a snippet declares, the text around it may use
        diagnostics.retain(|d| !d.text.starts_with("declared and not used"));
    }
    // what is refused leaves holes, about which the checker must not complain
    if diagnostics.has_unsupported() {
        diagnostics.retain(|d| d.level == Level::Unsupported);
    }
    out.diagnostics.extend(diagnostics);
    let Some(main) = program.packages.last().filter(|_| out.diagnostics.is_empty()) else { return out };
    if form == Form::Program {
        package::check_main(&main.files, &mut out.diagnostics);
        // a library package is checked but makes no program
        if !out.diagnostics.is_empty() || main.name.as_str() != "main" {
            return out;
        }
    }
    if sources.check_only {
        return out;
    }
    let (krate, diagnostics) = lower::lower(&program, &out.map, form);
    out.diagnostics.extend(diagnostics);
    if out.diagnostics.is_empty() {
        out.files = codegen::generate(&krate);
    }
    out
}

/// Parses the files that belong to the build. Without any, nothing comes out and that is the message.
fn parse(sources: &Sources, out: &mut Output) -> (Vec<File>, SnippetKind) {
    let mut files = Vec::new();
    let mut kind = SnippetKind::File;
    for source in &sources.files {
        let id = out.map.add(source.name.clone(), source.text.clone());
        if sources.is_directory && !package::is_for_this_build(&out.map, id) {
            continue;
        }
        let (file, diagnostics) = if sources.may_be_snippet && sources.files.len() == 1 {
            let (file, found, diagnostics) = parser::parse_snippet(&out.map, id);
            kind = found;
            (file, diagnostics)
        } else {
            parser::parse_file(&out.map, id)
        };
        out.diagnostics.extend(diagnostics);
        files.push(file);
    }
    if files.is_empty() {
        let pos = crate::source::Pos(1);
        out.diagnostics.error(pos, "build constraints exclude all Go files in this directory");
    }
    (files, kind)
}
