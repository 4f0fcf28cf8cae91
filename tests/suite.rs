//! Go's own programs to run (Debian's golang-1.19-src): which there are, how each is built, what Go 1.27 makes of it.
//!
//! A program is a file that starts with `// run`, or one with `// rundir` and a folder `X.dir` of packages that import each
//! other by relative paths. A folder is laid out as a module first, because that is what `go build` and goxide both take:
//! the files of one package, named by its first file, become the folder `test/<file>`; `"./a"` becomes `"test/a"`.
//!
//! Always holds: what is expected is Go 1.27's doing. `conformance/go.txt` lists only where that is not exit status 0 with
//! the output of the `.out` file beside the program (none: no output).

use crate::{Ran, root, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Where the package puts them.
pub const SUITE: &str = "/usr/share/go-1.19/test";
/// How long one program may run.
pub const RUN_LIMIT: Duration = Duration::from_secs(60);
/// How long it may take to build.
pub const BUILD_LIMIT: Duration = Duration::from_secs(300);

/// The imports of the group that programs mostly stay in.
const COMMON: [&str; 9] = ["fmt", "strings", "strconv", "os", "errors", "sort", "math", "sync", "time"];

/// One program of the suite.
#[derive(Debug)]
pub struct Program {
    /// Its path below [`SUITE`].
    pub name: String,
    /// What it is counted with.
    pub group: &'static str,
}

/// What Go 1.27 makes of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// It fails, so the program does not count.
    Failure,
    /// Exit status 0 and this output.
    Output(String),
    /// Exit status 0 and output that is another each time.
    Varies,
}

/// The groups, in the order of reports.
pub const GROUPS: [&str; 3] = ["run, common imports only", "run, other imports", "rundir"];

/// Is the suite installed? Says so if not.
pub fn installed() -> bool {
    let there = Path::new(SUITE).is_dir();
    if !there {
        println!("skipped: Go's test programs are not installed (apt-get install golang-1.19-src)");
    }
    there
}

/// All programs, by name.
pub fn programs() -> Vec<Program> {
    let mut found = Vec::new();
    collect(Path::new(SUITE), &mut found);
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn collect(dir: &Path, found: &mut Vec<Program>) {
    for entry in fs::read_dir(dir).expect("a folder of the suite") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "go") {
            let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
            let group = match text.lines().next().map(str::trim_end) {
                Some("// run") if imports(&text).iter().all(|i| COMMON.contains(&i.as_str())) => GROUPS[0],
                Some("// run") => GROUPS[1],
                Some("// rundir") => GROUPS[2],
                _ => continue,
            };
            let name = path.strip_prefix(SUITE).expect("below it").display().to_string();
            found.push(Program { name, group });
        }
    }
}

/// The import paths, by the look of the lines.
fn imports(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut grouped = false;
    for line in text.lines() {
        let starts = line.starts_with("import");
        if starts || grouped {
            paths.extend(line.split('"').nth(1).map(str::to_owned));
        }
        grouped = (starts && line.contains('(') || grouped) && !line.contains(')');
    }
    paths
}

impl Program {
    /// Its file in the suite.
    pub fn file(&self) -> PathBuf {
        Path::new(SUITE).join(&self.name)
    }

    /// What to build: the file, or the module laid out below `dir`.
    pub fn source(&self, dir: &Path) -> PathBuf {
        if self.group != GROUPS[2] {
            return self.file();
        }
        let module = dir.join("module");
        lay_out(&self.file().with_extension("dir"), &module);
        module
    }

    /// The output that the suite itself expects.
    pub fn suite_output(&self) -> String {
        fs::read_to_string(self.file().with_extension("out")).unwrap_or_default()
    }

    /// The file with Go 1.27's output where that is another.
    pub fn own_output(&self) -> PathBuf {
        root().join("tests/conformance").join(self.name.replace('/', "_").replace(".go", ".out"))
    }

    /// Runs the finished program as the suite does, without a Go toolchain in reach.
    pub fn run(&self, binary: &Path) -> Ran {
        let mut command = Command::new(binary);
        command.current_dir(SUITE).env("PATH", "/usr/bin:/bin");
        run(&mut command, "", RUN_LIMIT)
    }
}

/// All that a program prints.
pub fn output(ran: &Ran) -> String {
    format!("{}{}", ran.stdout, ran.stderr)
}

/// Makes a module of the packages in `from`.
fn lay_out(from: &Path, module: &Path) {
    let mut files: Vec<PathBuf> = fs::read_dir(from)
        .unwrap_or_else(|e| panic!("{}: {e}", from.display()))
        .map(|e| e.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "go"))
        .collect();
    files.sort();
    let mut folders: BTreeMap<String, PathBuf> = BTreeMap::new();
    fs::create_dir_all(module).expect("a temporary folder");
    fs::write(module.join("go.mod"), "module test\n\ngo 1.27\n").expect("a temporary folder");
    for file in files {
        let text = String::from_utf8_lossy(&fs::read(&file).expect("readable")).into_owned();
        let package = text
            .lines()
            .find_map(|line| line.strip_prefix("package "))
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap_or_default()
            .to_owned();
        let stem = file.file_stem().expect("a file").to_string_lossy().into_owned();
        let folder = folders
            .entry(package.clone())
            .or_insert_with(|| if package == "main" { module.to_owned() } else { module.join(stem) });
        fs::create_dir_all(&*folder).expect("a temporary folder");
        let name = file.file_name().expect("a file");
        fs::write(folder.join(name), text.replace("\"./", "\"test/")).expect("a temporary folder");
    }
}

/// What `conformance/go.txt` says of each program it names.
pub fn exceptions() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("tests/conformance/go.txt")).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(name, what)| (name.into(), what.into())).collect()
}

/// What is expected of `program`.
pub fn expected(program: &Program, exceptions: &BTreeMap<String, String>) -> Expected {
    match exceptions.get(&program.name).map(String::as_str) {
        None => Expected::Output(program.suite_output()),
        Some("varies") => Expected::Varies,
        Some("prints") => Expected::Output(fs::read_to_string(program.own_output()).unwrap_or_default()),
        Some(_) => Expected::Failure,
    }
}
