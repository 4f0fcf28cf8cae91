//! The command: arguments, reading and writing, exit status. All I/O of the translator is here (clippy bans it elsewhere).
//!
//! Exit status: the program's own for `run`; 1 for errors in Go source or in the environment, and for what `lint` finds; 2 for wrong
//! usage, and for a program that `lint` cannot look at.

mod cache;
mod compile;
mod embed;
mod emit;
mod failure;
mod input;
mod lint;
mod packages;
mod progress;
mod report;
mod standard;

use clap::{Args, Parser, Subcommand};
use failure::{Failure, Outcome, io, reason};
use goxide_translator::{Marks, Output, check_packages, imported_texts, translate};
use report::Format;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const EXAMPLES: &str = "\
Examples:
  goxide run hello.go                 run one file
  goxide run ./cmd/server -- -port 8  run a directory's package with arguments
  goxide build --release -o fib fib.go
  goxide translate hello.go           print the Rust
  goxide translate -o hello-rs .      write a Cargo package that builds by itself
  goxide translate - < snippet.go      the Rust for a few lines of Go
  goxide check .                      errors only, as go build prints them
  goxide lint .                       what breaks the no-identity rule in a Rust crate that uses goxide

Runtime and library are built once and kept in $GOXIDE_CACHE, $XDG_CACHE_HOME/goxide or ~/.cache/goxide.";

/// Run Go programs through Rust.
#[derive(Parser, Debug)]
#[command(name = "goxide", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Translate, compile and run a Go program; its output, input and exit status are its own
    Run {
        #[command(flatten)]
        source: Source,
        /// Optimise fully; compiles more slowly
        #[arg(long)]
        release: bool,
        /// Have a panic's trace show functions and lines; compiles a little more slowly
        #[arg(long)]
        trace: bool,
        /// Arguments of the program
        #[arg(last = true, value_name = "ARGS")]
        args: Vec<std::ffi::OsString>,
    },
    /// Translate and compile a Go program
    Build {
        #[command(flatten)]
        source: Source,
        /// Optimise fully; compiles more slowly
        #[arg(long)]
        release: bool,
        /// Have a panic's trace show functions and lines; compiles a little more slowly
        #[arg(long)]
        trace: bool,
        /// Where to write the program (default: the name of the file or directory)
        #[arg(short, value_name = "BIN")]
        output: Option<PathBuf>,
    },
    /// Write the Rust: to standard output, or with -o as a Cargo package
    Translate {
        #[command(flatten)]
        source: Source,
        /// Folder for a Cargo package that builds by itself
        #[arg(short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Report errors as Go's compiler does, write nothing
    Check {
        /// Go files of one package, one directory, or - for standard input
        #[arg(required_unless_present = "std", value_name = "FILE.go|DIR|-")]
        inputs: Vec<PathBuf>,
        /// Check every package of the standard library in GOROOT
        #[arg(long, conflicts_with = "inputs")]
        std: bool,
        #[command(flatten)]
        report: Report,
    },
    Lint(lint::Lint),
}

#[derive(Args, Debug)]
struct Source {
    /// Go files of one package, one directory, or - for standard input
    #[arg(required = true, value_name = "FILE.go|DIR|-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    report: Report,
}

#[derive(Args, Debug)]
struct Report {
    /// Report all errors, not only the first ten
    #[arg(short = 'e')]
    all_errors: bool,
    /// How to print errors
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    message_format: Format,
}

/// Runs the command line; clap ends the process itself for usage errors, help and version.
pub fn main() -> ExitCode {
    if std::env::var_os(lint::WRAPPING).is_some() {
        return lint::wrap_rustc();
    }
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::FAILURE,
        Err(Failure::Message(text)) => {
            eprintln!("goxide: {text}");
            ExitCode::FAILURE
        }
        Err(Failure::Unusable(text)) => {
            if let Some(text) = text {
                eprintln!("goxide: {text}");
            }
            ExitCode::from(2)
        }
    }
}

fn dispatch(action: Action) -> Outcome<()> {
    match action {
        Action::Run { source, release, trace, args } => {
            let program = finished_program(&source, release, trace, "run")?;
            // Replacing this process hands over input, output, signals and exit status with nothing in between.
            let error = Command::new(&program).args(args).exec();
            Err(Failure::new(format!("cannot start the program: {}", reason(&error))))
        }
        Action::Build { source, release, trace, output } => {
            let program = finished_program(&source, release, trace, "build")?;
            install(&program, &output.unwrap_or_else(|| input::program_name(&source.inputs).into()))
        }
        Action::Translate { source, output } => {
            let (mut sources, packages) = input::read(&source.inputs, false)?;
            sources.may_be_snippet = true;
            let translated = source.report.unless_wrong(translate(&sources, &packages))?;
            match output {
                Some(dir) => emit::package(&dir, &translated, &input::program_name(&source.inputs)),
                None => emit::to_stdout(&translated),
            }
        }
        Action::Check { std: true, report, .. } => {
            let (packages, paths) = packages::Packages::standard()?;
            let checked = report.unless_wrong(check_packages(&paths, &packages))?;
            println!("{} packages, {} lines", paths.len(), checked.map.lines());
            Ok(())
        }
        Action::Check { inputs, report, .. } => {
            let (mut sources, packages) = input::read(&inputs, true)?;
            sources.check_only = true;
            // it declares the predeclared names for readers, the checker knows them
            if sources.about.is_std && sources.path.as_deref() == Some("builtin") {
                return Ok(());
            }
            report.unless_wrong(translate(&sources, &packages)).map(drop)
        }
        Action::Lint(lint) => lint.run(),
    }
}

impl Report {
    /// Prints what is wrong.
    fn unless_wrong(&self, output: Output) -> Outcome<Output> {
        if output.diagnostics.is_empty() {
            return Ok(output);
        }
        report::print(&output, self.message_format, self.all_errors);
        Err(Failure::Reported)
    }
}

/// The compiled program, from the cache if these sources were compiled before.
fn finished_program(source: &Source, release: bool, trace: bool, purpose: &str) -> Outcome<PathBuf> {
    let (mut sources, packages) = input::read(&source.inputs, false)?;
    sources.marks = if trace { Marks::Always } else { Marks::IfAsked };
    let cache = cache::Cache::open()?;
    let imported = if packages.only_golib() { vec![] } else { imported_texts(&sources, &packages) };
    let hash = compile::program_hash(&sources, &imported, release);
    if let Some(program) = compile::find(&cache, &hash) {
        return Ok(program);
    }
    let output = source.report.unless_wrong(translate(&sources, &packages))?;
    match output.package.as_deref() {
        Some("main") => compile::compile(&cache, &hash, &output.files, release),
        Some(name) => Err(Failure::new(format!("cannot {purpose}: package {name} is not a main package"))),
        None => Err(Failure::new(format!("cannot {purpose} a snippet: it has no package clause"))),
    }
}

/// Copies the finished program to `path` by a rename beside it, so that a running one is not disturbed. What is no file, as
/// /dev/null, is written to: for root a rename would replace it.
fn install(program: &Path, path: &Path) -> Outcome<()> {
    if path.is_dir() {
        return Err(Failure::new(format!("cannot write {}: it is a directory", path.display())));
    }
    if path.exists() && !path.is_file() {
        let written = std::fs::read(program).and_then(|bytes| std::fs::write(path, bytes));
        return written.map_err(|e| io("cannot write", path, &e));
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".goxide-new");
    let temporary = PathBuf::from(temporary);
    std::fs::copy(program, &temporary).map_err(|e| io("cannot write", path, &e))?;
    std::fs::rename(&temporary, path).map_err(|e| io("cannot write", path, &e))
}
