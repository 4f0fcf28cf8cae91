//! The Go programs of `go/`, built by goxide and by Go, beside each other: medians and ratios as a table.
//!
//! ```text
//! cargo build --release --bin goxide
//! cargo run --release -p goxide-benches --bin translated -- text calls
//! ```
//! `GOXIDE` names the command (`target/release/goxide`), `GOXIDE_GO` Go's. Rounds alternate between the two, so that what
//! else the machine does meets both; each program times its own parts and says what they computed, which must be the same.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use clap::Parser;
use goxide_benches::samples::Samples;
use goxide_benches::{process, tools};

/// For building or running one program.
const LIMIT: Duration = Duration::from_secs(1800);

/// Measures the Go programs of benches/go, translated, beside Go.
#[derive(Parser)]
struct Arguments {
    /// How often each runs
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..1000))]
    runs: u32,
    /// Which, such as `text`; all if none is named
    programs: Vec<String>,
}

/// Of one part of a program: the nanoseconds of each round, Go's and ours, and what it computed.
#[derive(Default)]
struct Part {
    place: usize,
    times: [Samples; 2],
    results: [String; 2],
}

type Parts = BTreeMap<String, Part>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match table(arguments.runs, &arguments.programs) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("translated: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the table; false when Go and goxide computed different things.
fn table(runs: u32, wanted: &[String]) -> Result<bool, String> {
    let goxide = env::var_os("GOXIDE").map_or_else(|| tools::target().join("release/goxide"), PathBuf::from);
    let (go, _) = tools::go().ok_or("no Go found; GOXIDE_GO can name it")?;
    let out = env::temp_dir().join(format!("goxide-translated-{}", std::process::id()));
    std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut sources: Vec<PathBuf> = std::fs::read_dir(tools::home().join("go"))
        .map_err(|e| e.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| wanted.is_empty() || wanted.iter().any(|name| path.file_stem() == Some(name.as_ref())))
        .collect();
    sources.sort();
    let mut same = true;
    for source in &sources {
        let (by_go, ours) = (out.join("by-go"), out.join("ours"));
        run(Command::new(&go).arg("build").arg("-o").arg(&by_go).arg(source))?;
        run(Command::new(&goxide).args(["build", "--release", "-o"]).arg(&ours).arg(source))?;
        let mut parts = Parts::new();
        for _ in 0..runs {
            for (who, program) in [&by_go, &ours].into_iter().enumerate() {
                note(&mut parts, who, &run(Command::new(program).env("GOMAXPROCS", "2"))?);
            }
        }
        same &= print(&parts);
    }
    // What is left of it costs nobody anything.
    let _ = std::fs::remove_dir_all(&out);
    Ok(same)
}

fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().display().to_string();
    process::run(command, LIMIT).map_err(|failure| format!("{name}: {}", failure.reason))
}

/// Takes in what a program printed: a line a part, of name, nanoseconds and result.
fn note(parts: &mut Parts, who: usize, printed: &str) {
    for line in printed.lines() {
        let fields: Vec<&str> = line.splitn(3, '\t').collect();
        if let [name, time, result] = fields[..] {
            let place = parts.len();
            let part = parts.entry(name.to_owned()).or_insert_with(|| Part { place, ..Part::default() });
            if let Ok(time) = time.parse() {
                part.times[who].add(time);
            }
            result.clone_into(&mut part.results[who]);
        }
    }
}

fn print(parts: &Parts) -> bool {
    let mut rows: Vec<_> = parts.iter().collect();
    rows.sort_by_key(|(_, part)| part.place);
    println!("{:26}{:>10}{:>10}{:>8}", "", "Go ms", "goxide ms", "ratio");
    for (name, part) in &rows {
        let [go, ours] = [&part.times[0], &part.times[1]].map(Samples::median);
        let differ = if part.results[0] == part.results[1] { "" } else { "  results differ" };
        println!("{name:26}{:10.1}{:10.1}{:8.2}{differ}", go / 1e6, ours / 1e6, ours / go);
    }
    rows.iter().all(|(_, part)| part.results[0] == part.results[1])
}
