//! The pipeline on one screen: text in, Rust and diagnostics out.
//!
//! Always holds: no I/O; files come out only when there is no diagnostic.

use crate::diag::Diagnostics;
use crate::source::SourceMap;

/// One file as the caller read it.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The name that messages show.
    pub name: String,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// Everything a translation looks at.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files of the package to translate, or one snippet.
    pub files: Vec<SourceText>,
    /// Declarations of the packages that may be imported: import path and file.
    pub library: Vec<(String, SourceText)>,
}

/// One file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutFile {
    /// Where, relative to the package.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What comes out.
#[derive(Debug)]
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
    let map = SourceMap::new();
    let text = String::from_utf8_lossy(&sources.files[0].text).into_owned();
    let files = vec![OutFile { path: "src/main.rs".into(), text }];
    Output { files, package: Some("main".into()), diagnostics: Diagnostics::new(), map }
}
