//! `table`: goxide beside Go, tokio, may and threads, row by row, as Markdown with ratios and targets.
//!
//! ```text
//! cargo run --release -p goxide-benches --bin table -- --out benches/RESULTS.md
//! ```
//! Builds what is there first; a peer that is missing is left out with a word. See `--help`.

mod contest;
mod machine;
mod markdown;
mod players;
mod reading;
mod rows;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use contest::Rules;
use markdown::Measured;
use rows::{ALL, ROWS, Row, Who};

/// Measures goxide beside Go, tokio, may and OS threads and prints a table in Markdown.
///
/// Everything runs as processes of its own that take turns, so leave the machine alone meanwhile. Go is found by GOXIDE_GO, in
/// target/go (where tests/run puts it) or on the PATH.
#[derive(Parser)]
struct Arguments {
    /// Only these rows, by their keys (--list)
    #[arg(long, value_delimiter = ',', value_name = "KEYS")]
    rows: Vec<String>,
    /// Only these peers beside goxide
    #[arg(long, value_delimiter = ',', value_enum)]
    peers: Vec<Who>,
    /// How many processes of each
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..1000))]
    runs: u32,
    /// Seconds a process may take
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// A tenth of the work: rough figures
    #[arg(long)]
    quick: bool,
    /// Where to write the table, besides standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Says what the rows are called
    #[arg(long)]
    list: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.list {
        ROWS.iter().for_each(|row| println!("{}", row.key));
        return ExitCode::SUCCESS;
    }
    match table(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("table: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn table(arguments: &Arguments) -> Result<(), String> {
    let rows = chosen(&arguments.rows)?;
    let asked =
        |who: &Who| *who == Who::Goxide || arguments.peers.is_empty() || arguments.peers.contains(who);
    let players = players::build(&ALL.into_iter().filter(asked).collect::<Vec<_>>())?;
    let rules = Rules {
        runs: arguments.runs as usize,
        limit: Duration::from_secs(arguments.limit.into()),
        divide: if arguments.quick { 10 } else { 1 },
    };
    let head = machine::describe(&rules);
    let mut measured = Vec::new();
    for row in rows {
        let cells = contest::measure(row, &players, &rules);
        for (of, cells) in row.figures.iter().zip(&cells) {
            let all =
                ALL.iter().zip(cells).map(|(who, cell)| format!("{} {}", who.name(), markdown::shown(cell)));
            eprintln!("{}: {}", markdown::title(row, of, &rules), all.collect::<Vec<_>>().join("  "));
        }
        measured.push(Measured { row, cells });
        // After each row: who breaks off keeps what was measured.
        if let Some(out) = &arguments.out {
            let text = markdown::render(&head, &measured, &rules);
            std::fs::write(out, text).map_err(|e| format!("{}: {e}", out.display()))?;
        }
    }
    print!("{}", markdown::render(&head, &measured, &rules));
    Ok(())
}

fn chosen(keys: &[String]) -> Result<Vec<&'static Row>, String> {
    if let Some(unknown) = keys.iter().find(|key| ROWS.iter().all(|row| row.key != **key)) {
        let all: Vec<&str> = ROWS.iter().map(|row| row.key).collect();
        return Err(format!("no row {unknown}; there are: {}", all.join(" ")));
    }
    Ok(ROWS.iter().filter(|row| keys.is_empty() || keys.iter().any(|key| key == row.key)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use goxide_benches::{common, tools};

    #[test]
    fn arguments_are_well_formed() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
        assert_eq!(chosen(&["ring".to_string()]).expect("it is one").len(), 1);
        assert!(chosen(&["rings".to_string()]).is_err());
    }

    #[test]
    fn rows_name_benchmarks_and_each_has_one() {
        let has = |name| common::BENCHMARKS.iter().any(|&(known, _)| known == name);
        ROWS.iter().for_each(|row| assert!(has(row.program), "{}", row.key));
        for (name, _) in common::BENCHMARKS {
            assert!(ROWS.iter().any(|row| row.program == name), "{name} has no row");
        }
    }

    #[test]
    fn the_peer_in_go_has_the_same_names_and_n() {
        let go = std::fs::read_to_string(tools::home().join("peers/go/main.go")).expect("it is there");
        let go = go.replace('_', "");
        for (name, n) in common::BENCHMARKS {
            let entry = format!("{{\"{}\", {n}, ", name.replace('_', ""));
            assert!(go.contains(&entry), "main.go has no {entry}");
        }
    }
}
