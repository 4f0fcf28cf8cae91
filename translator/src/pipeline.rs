//! The pipeline on one screen: text in, Rust and diagnostics out.
//!
//! Always holds: no I/O; Rust comes out only when there is no diagnostic, and a stage runs only on what the one before it
//! had no complaint about (but a file's syntax errors don't hide another's).

use crate::ast::File;
use crate::check;
use crate::codegen::{self, OutFile};
use crate::constraint;
use crate::diag::{Diagnostics, Level};
use crate::lower::{self, Form, Marks};
use crate::package::{self, About, Importer, Root, SourceText};
use crate::parser::{self, SnippetKind};
use crate::source::{Pos, SourceMap};
use crate::typed::Program;

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
    /// The Rust is to stand in somebody's crate, as a module.
    pub included: bool,
    /// Whether the Rust says where it comes from.
    pub marks: Marks,
    /// As Go's own tests of its checker want it: `assert` is predeclared, and syntax errors don't end it.
    pub checker_test: bool,
    /// The import path of the package, if it has one; a program is `main` anyway.
    pub path: Option<String>,
    /// The package's language version.
    pub about: About,
}

/// What comes out.
#[derive(Debug, Default)]
pub struct Output {
    /// The Rust; empty if there is any diagnostic.
    pub files: Vec<OutFile>,
    /// Import paths and the modules in Rust, if they are to be included.
    pub modules: Vec<(String, String)>,
    /// The name of the package; none for a snippet.
    pub package: Option<String>,
    /// What is wrong, or not supported.
    pub diagnostics: Diagnostics,
    /// For the positions in `diagnostics`.
    pub map: SourceMap,
}

/// Translates one package or snippet.
pub fn translate(sources: &Sources, importer: &dyn Importer) -> Output {
    let mut out = Output::default();
    let (mut files, kind) = parse(sources, &mut out);
    // a bad literal or a misplaced jump says nothing about the rest
    let stop =
        out.diagnostics.has_syntax_errors() || (kind != SnippetKind::File && !out.diagnostics.is_empty());
    if files.is_empty() || (stop && !sources.checker_test) {
        return out;
    }
    let form = match kind {
        SnippetKind::File => Form::Program,
        SnippetKind::Decls => Form::Declarations,
        SnippetKind::Stmts => Form::Statements,
    };
    out.package = (form == Form::Program).then(|| files[0].package.name.to_string());
    if form != Form::Program {
        package::add_missing_imports(&mut out.map, &mut files[0], importer);
    }

    let name = files[0].package.name.as_str();
    let path = sources.path.clone().filter(|_| name != "main").unwrap_or_else(|| "main".into());
    let root = Root::Parsed(path, files, sources.about.clone());
    let session = check::Session::with(sources.checker_test);
    let Some((program, mut diagnostics)) =
        check_roots(session, vec![root], importer, &mut out, !sources.check_only)
    else {
        return out;
    };
    if !out.diagnostics.is_empty() {
        // Go looks for those when nothing else is wrong
        diagnostics.retain(|d| d.text != "missing function body");
    }
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
    if sources.included {
        for (pos, name) in lower::asking(&program) {
            out.diagnostics.unsupported(pos, format!("{name} in Go that is included in a Rust crate"));
        }
    }
    let (mut krate, diagnostics) = lower::lower(&program, &out.map, form, sources.marks);
    out.diagnostics.extend(diagnostics);
    if out.diagnostics.is_empty() {
        if sources.included {
            krate.include();
            out.modules = krate.modules.iter().map(|m| (m.path.clone(), m.name.clone())).collect();
        }
        out.files = codegen::generate(&krate, &out.map);
    }
    out
}

/// Checks the packages `paths` and all that they import.
pub fn check_packages(paths: &[String], importer: &dyn Importer) -> Output {
    let mut out = Output::default();
    let roots = paths.iter().cloned().map(Root::Path).collect();
    if let Some((_, diagnostics)) = check_roots(check::Session::new(), roots, importer, &mut out, false) {
        out.diagnostics.extend(diagnostics);
    }
    out
}

/// The files of the packages that a program imports, golib's left out.
pub fn imported_texts(sources: &Sources, importer: &dyn Importer) -> Vec<SourceText> {
    let mut out = Output::default();
    let (files, _) = parse(sources, &mut out);
    let own = files.len();
    let root = Root::Parsed("main".into(), files, sources.about.clone());
    let (_, _) = package::load(&mut out.map, vec![root], importer);
    let texts = out.map.files().iter().skip(own).filter(|file| !file.name.starts_with(package::GOLIB_PREFIX));
    texts.map(|file| SourceText { name: file.name.clone(), text: file.text.to_vec() }).collect()
}

/// Loads and checks packages. Nothing comes out where they cannot be loaded or parsed.
fn check_roots(
    mut session: check::Session,
    roots: Vec<Root>,
    importer: &dyn Importer,
    out: &mut Output,
    keep: bool,
) -> Option<(Program, Diagnostics)> {
    let (plan, mut diagnostics) = package::load(&mut out.map, roots, importer);
    if diagnostics.is_empty() {
        plan.for_each(&out.map, keep, |unit, found| {
            diagnostics.extend(found);
            if diagnostics.is_empty() {
                // golib is checked but not translated; of a program it matters whether it has a main
                let keep = (keep && !unit.about.is_golib) || unit.name.as_str() == "main";
                session.check(unit, keep);
            }
        });
        if diagnostics.is_empty() {
            if keep && !session.has_errors() {
                session.instantiate();
            }
            return Some(session.finish());
        }
    }
    out.diagnostics.extend(diagnostics);
    None
}

/// Parses the files that belong to the build. Without any, nothing comes out and that is the message.
fn parse(sources: &Sources, out: &mut Output) -> (Vec<File>, SnippetKind) {
    let mut files = Vec::new();
    let mut kind = SnippetKind::File;
    for source in &sources.files {
        if sources.is_directory && !constraint::is_for_this_build(&source.name, &source.text) {
            continue;
        }
        let id = out.map.add(source.name.clone(), source.text.clone());
        let (file, diagnostics) = if sources.may_be_snippet && sources.files.len() == 1 {
            let (file, found, diagnostics) = parser::parse_snippet(&out.map, id);
            kind = found;
            (file, diagnostics)
        } else {
            parser::parse_file(&out.map, id)
        };
        // cgo is off, and the standard library has pure Go for it
        if sources.about.is_std && file.imports.iter().any(|import| import.path == "C") {
            continue;
        }
        out.diagnostics.extend(diagnostics);
        files.push(file);
    }
    if files.is_empty() {
        out.diagnostics.error(Pos::NONE, "build constraints exclude all Go files in this directory");
    }
    (files, kind)
}
