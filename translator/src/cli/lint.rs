//! `goxide lint`: has cargo compile the program to LLVM IR, reads that, prints what is wrong.
//!
//! Cargo runs `check` with this command in front of rustc (`RUSTC_WRAPPER`), which adds `--emit=llvm-ir` and what makes the IR plain to every
//! crate of the target; no machine code is made and nothing is linked. Build scripts and procedural macros are compiled as ever: they are
//! told apart by `--target`, which cargo gives to the rest when it is asked for one. A wrapper, and not `RUSTFLAGS`, because those would
//! replace the user's. All of it lies in a target folder of its own, so a second run compiles what has changed and no other build is disturbed.
//!
//! Exit status: 0 nothing found, 1 findings, 2 wrong usage or a program that does not compile.

use super::failure::{Failure, Outcome, io, reason};
use clap::Args;
use goxide_translator::lint::graph::Graph;
use goxide_translator::lint::ir::Module;
use goxide_translator::lint::{Package, find, ir, report};
use serde_json::Value;
use std::collections::HashMap;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

const EXAMPLES: &str = "\
Examples:
  goxide lint                         the package or workspace of this folder: libraries and programs
  goxide lint ../server --all-targets its tests, examples and benches too
  goxide lint -p server --json        one JSON object a line

Rules:
  thread-identity      thread::current, ThreadId, gettid, pthread_self: the answer is about a thread that goroutines share
  thread-park          thread::park blocks the thread, and with it every goroutine on it
  thread-sleep         so does thread::sleep
  thread-block         so do std's Condvar, Barrier, mpsc, JoinHandle::join and thread::scope
  thread-local         your own thread_local!, #[thread_local] and scoped_thread_local!
  task-local           tokio's task_local! and task ids
  park-in-initialiser  a wait inside the initialiser of a thread_local!
  park-in-scope        a wait inside LocalKey::with, ScopedKey::set, Python::attach, a tracing span, ..
  lock-across-park     a wait while a guard of a lock is alive: std, parking_lot, spin, dashmap, scc

A function with #[goxide::allow_identity(reason = \"..\")] is not looked into.
Exit status: 0 nothing found, 1 findings, 2 wrong usage or a program that does not compile.";

/// Find what breaks the rule that a goroutine has no identity, in a Rust crate and all its dependencies
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Lint {
    /// The folder of a package or workspace, or its Cargo.toml
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// Only this package of the workspace (may be given several times)
    #[arg(short, long, value_name = "NAME")]
    package: Vec<String>,
    /// All packages of the workspace
    #[arg(long)]
    workspace: bool,
    /// Not this package
    #[arg(long, value_name = "NAME", requires = "workspace")]
    exclude: Vec<String>,
    /// The library only
    #[arg(long)]
    lib: bool,
    /// This program
    #[arg(long, value_name = "NAME")]
    bin: Vec<String>,
    /// All programs
    #[arg(long)]
    bins: bool,
    /// This example
    #[arg(long, value_name = "NAME")]
    example: Vec<String>,
    /// All examples
    #[arg(long)]
    examples: bool,
    /// This test
    #[arg(long, value_name = "NAME")]
    test: Vec<String>,
    /// All tests
    #[arg(long)]
    tests: bool,
    /// Libraries, programs, examples, tests and benches
    #[arg(long)]
    all_targets: bool,
    /// Features to turn on
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Turn all features on
    #[arg(long)]
    all_features: bool,
    /// Leave the default features off
    #[arg(long)]
    no_default_features: bool,
    /// Compile for this target
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Where compiled files go (default: goxide-lint in cargo's own target folder)
    #[arg(long, value_name = "DIR")]
    target_dir: Option<PathBuf>,
    /// Don't change Cargo.lock
    #[arg(long)]
    locked: bool,
    /// Don't use the network
    #[arg(long)]
    offline: bool,
}

/// Set for the rustc that cargo runs: this command stands in front of it.
pub const WRAPPING: &str = "GOXIDE_LINT_RUSTC";

/// What makes IR that is plain: every call stands in it, with a name that tells everything and a line.
const FLAGS: [&str; 13] = [
    "--emit=llvm-ir",
    "-C",
    "symbol-mangling-version=v0",
    "-C",
    "no-prepopulate-passes",
    "-C",
    "opt-level=0",
    "-C",
    "debuginfo=1",
    "-C",
    "codegen-units=1",
    // what rustc warns about is not asked
    "--cap-lints",
    "allow",
];

/// In place of rustc: `goxide /path/to/rustc arguments..`.
pub fn wrap_rustc() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(rustc) = args.next() else {
        eprintln!("goxide: {WRAPPING} is set, but no compiler was given");
        return ExitCode::from(2);
    };
    let args: Vec<OsString> = args.collect();
    let has = |wanted: &str| args.iter().any(|arg| arg == wanted);
    let is_probe = has("___") || !has("--crate-name");
    let mut command = Command::new(&rustc);
    command.args(&args);
    if !is_probe && has("--target") {
        command.args(FLAGS);
    }
    eprintln!("goxide: cannot start {}: {}", Path::new(&rustc).display(), reason(&command.exec()));
    ExitCode::from(2)
}

impl Lint {
    /// Fails as reported if something was found.
    pub fn run(&self) -> Outcome<()> {
        let found = self.look().map_err(Failure::unusable)?;
        if found { Err(Failure::Reported) } else { Ok(()) }
    }

    /// Prints what it finds; whether that is anything.
    fn look(&self) -> Outcome<bool> {
        let manifest = self.manifest()?;
        let metadata = self.metadata(&manifest)?;
        let root = metadata["workspace_root"].as_str().unwrap_or_default().to_owned();
        let build = self.build(&manifest, &metadata)?;
        let mut modules = Vec::new();
        for (file, program) in &build.files {
            let text = std::fs::read_to_string(file).map_err(|e| io("cannot read", file, &e))?;
            modules.push(Module { program: *program, ..ir::read(&text) });
        }
        let graph = Graph::new(modules, &build.packages);
        let findings = find::find(&graph);
        let source = |path: &str| std::fs::read_to_string(path).ok();
        let context = report::Context { graph: &graph, root: &root, source: &source };
        match self.json {
            true => print!("{}", report::json(&findings, &context)),
            false => print!("{}", report::text(&findings, &context)),
        }
        Ok(findings.all.iter().any(|finding| finding.allowed.is_none()))
    }

    fn manifest(&self) -> Outcome<PathBuf> {
        let path = if self.path.is_dir() { self.path.join("Cargo.toml") } else { self.path.clone() };
        match path.canonicalize() {
            Ok(path) => Ok(path),
            Err(_) => Err(Failure::new(format!("no Cargo.toml at {}", self.path.display()))),
        }
    }

    fn metadata(&self, manifest: &Path) -> Outcome<Value> {
        let mut cargo = cargo();
        cargo.args(["metadata", "--format-version=1", "--no-deps", "--manifest-path"]).arg(manifest);
        let out = output(cargo.stderr(Stdio::inherit()))?;
        serde_json::from_slice(&out).map_err(|e| Failure::new(format!("cannot read cargo's answer: {e}")))
    }

    fn build(&self, manifest: &Path, metadata: &Value) -> Outcome<Build> {
        let target = match &self.target {
            Some(target) => target.clone(),
            None => host()?,
        };
        let target_dir = match &self.target_dir {
            Some(dir) => dir.clone(),
            None => Path::new(metadata["target_directory"].as_str().unwrap_or("target")).join("goxide-lint"),
        };
        let own = std::env::current_exe().map_err(|e| Failure::new(format!("cannot find itself: {e}")))?;
        let mut cargo = cargo();
        cargo.args([
            "check",
            "--message-format=json-render-diagnostics",
            "--target",
            &target,
            "--manifest-path",
        ]);
        cargo.arg(manifest).arg("--target-dir").arg(target_dir);
        cargo.env("RUSTC_WRAPPER", own).env(WRAPPING, "1").env("CARGO_INCREMENTAL", "0");
        let lists = [
            ("--package", &self.package),
            ("--exclude", &self.exclude),
            ("--bin", &self.bin),
            ("--example", &self.example),
            ("--test", &self.test),
            ("--features", &self.features),
        ];
        for (flag, values) in lists {
            values.iter().for_each(|value| {
                cargo.args([flag, value]);
            });
        }
        let switches = [
            ("--workspace", self.workspace),
            ("--lib", self.lib),
            ("--bins", self.bins),
            ("--examples", self.examples),
            ("--tests", self.tests),
            ("--all-targets", self.all_targets),
            ("--all-features", self.all_features),
            ("--no-default-features", self.no_default_features),
            ("--locked", self.locked),
            ("--offline", self.offline),
        ];
        cargo.args(switches.into_iter().filter(|(_, on)| *on).map(|(flag, _)| flag));
        let out = output(cargo.stderr(Stdio::inherit()))?;
        Ok(Build::of(&String::from_utf8_lossy(&out)))
    }
}

/// What cargo says it has compiled.
struct Build {
    /// The IR, and which of the programs it is.
    files: Vec<(PathBuf, Option<u32>)>,
    packages: Vec<Package>,
}

impl Build {
    fn of(messages: &str) -> Build {
        let mut build = Build { files: Vec::new(), packages: Vec::new() };
        let mut known = HashMap::new();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            let of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let krate = of(&message["target"]["name"]).replace('-', "_");
            let manifest = of(&message["manifest_path"]);
            let dir = Path::new(&manifest).parent().map_or_else(String::new, |dir| dir.display().to_string());
            let is_own = of(&message["package_id"]).starts_with("path+");
            known.entry((krate.clone(), dir.clone())).or_insert(Package { krate, dir, is_own });
            let is_library = |kind: &Value| {
                matches!(kind.as_str(), Some("lib" | "rlib" | "dylib" | "cdylib" | "staticlib"))
            };
            let kinds = message["target"]["kind"].as_array();
            let is_program =
                message["profile"]["test"] == true || !kinds.into_iter().flatten().any(is_library);
            let program = is_program.then_some(build.files.len() as u32);
            for file in message["filenames"].as_array().into_iter().flatten() {
                build.files.extend(ir_beside(Path::new(&of(file))).map(|ir| (ir, program)));
            }
        }
        build.packages = known.into_values().collect();
        build
    }
}

/// The IR that rustc wrote beside `libname-hash.rmeta`; none for what runs while building.
fn ir_beside(artifact: &Path) -> Option<PathBuf> {
    let stem = artifact.file_stem()?.to_str()?;
    let ir = artifact.with_file_name(format!("{}.ll", stem.strip_prefix("lib").unwrap_or(stem)));
    ir.exists().then_some(ir)
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The target that rustc compiles for by itself.
fn host() -> Outcome<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let out = output(Command::new(rustc).arg("-vV").stderr(Stdio::inherit()))?;
    let text = String::from_utf8_lossy(&out).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say what it compiles for"))
}

/// What `command` writes, which has told the user itself what went wrong.
fn output(command: &mut Command) -> Outcome<Vec<u8>> {
    let program = Path::new(command.get_program()).display().to_string();
    let done = command.output().map_err(|e| {
        Failure::new(format!("cannot start {program}: {}: lint needs cargo and rustc", reason(&e)))
    })?;
    if done.status.success() { Ok(done.stdout) } else { Err(Failure::Reported) }
}
