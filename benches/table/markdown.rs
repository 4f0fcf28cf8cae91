//! The table as Markdown: figures, then ratios with targets, then what to know before comparing.

use goxide_benches::samples::figure;

use crate::contest::{Cell, Cells, Rules};
use crate::rows::{ALL, Figure, Row, Special, Target, Who};

/// What a cell has room for; the whole of it stands below.
const ROOM: usize = 40;

pub struct Measured<'a> {
    pub row: &'a Row,
    pub cells: Cells,
}

pub fn render(head: &str, measured: &[Measured], rules: &Rules) -> String {
    let lines =
        || measured.iter().flat_map(|m| m.row.figures.iter().zip(&m.cells).map(move |(f, c)| (m.row, f, c)));
    let mut text = format!("# goxide beside its peers\n\n{head}\n\n| benchmark | unit |");
    ALL.iter().for_each(|who| text += &format!(" {} |", who.name()));
    text += "\n|---|---|---|---|---|---|---|\n";
    for (row, of, cells) in lines() {
        text += &format!("| {} | {} |", title(row, of, rules), of.unit);
        cells.iter().for_each(|cell| text += &format!(" {} |", shown(cell)));
        text += "\n";
    }
    text += "\n## goxide / peer\n\nBelow 1 goxide needs less; for req/s above 1 it does more.\n\n";
    text +=
        "| benchmark | / Go | / tokio | / may | / threads | target | met |\n|---|---|---|---|---|---|---|\n";
    let (mut met, mut asked) = (0, 0);
    for (row, of, cells) in lines() {
        text += &format!("| {} |", title(row, of, rules));
        ALL[1..].iter().for_each(|&who| text += &format!(" {} |", times(ratio(cells, who))));
        let targets: Vec<String> = of.targets.iter().map(|&t| wanted(t)).collect();
        let results: Vec<Option<bool>> = of.targets.iter().map(|&t| reached(t, cells)).collect();
        (met, asked) = (met + results.iter().filter(|r| **r == Some(true)).count(), asked + results.len());
        let marks: Vec<&str> = results.iter().map(|&r| mark(r)).collect();
        text += &format!(" {} | {} |\n", targets.join(", "), marks.join(", "));
    }
    text += &format!("\n{met} of {asked} targets met.\n");
    text + &failures(lines()) + &notes(measured, rules)
}

pub fn title(row: &Row, of: &Figure, rules: &Rules) -> String {
    of.title.replace("{n}", &figure((row.n() / rules.divide) as f64))
}

pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Absent => "–".to_string(),
        Cell::Failed(reason) => format!("fails: {}", plain(&cut(reason))),
        Cell::Measured(samples) => {
            format!("{} ({}–{})", figure(samples.median()), figure(samples.least()), figure(samples.most()))
        }
    }
}

fn cut(reason: &str) -> String {
    if reason.chars().count() <= ROOM {
        return reason.to_string();
    }
    format!("{}…", reason.chars().take(ROOM - 1).collect::<String>().trim_end())
}

/// What would end a cell or begin something else.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

fn ratio(cells: &[Cell; 5], who: Who) -> Option<f64> {
    Some(cells[Who::Goxide as usize].median()? / cells[who as usize].median()?)
}

fn times(ratio: Option<f64>) -> String {
    ratio.map_or(
        "–".to_string(),
        |ratio| if ratio < 0.1 { format!("{ratio:.3}") } else { format!("{ratio:.2}") },
    )
}

fn wanted(target: Target) -> String {
    match target {
        Target::Times(most, who) => format!("≤ {most} {}", who.name()),
        Target::Reach(least, who) => format!("≥ {least} {}", who.name()),
        Target::AtMost(most) => format!("≤ {}", figure(most)),
    }
}

/// None where the other has no figure; who fails itself reaches nothing.
fn reached(target: Target, cells: &[Cell; 5]) -> Option<bool> {
    let ours = &cells[Who::Goxide as usize];
    if matches!(ours, Cell::Failed(_)) {
        return Some(false);
    }
    match target {
        Target::Times(most, who) => ratio(cells, who).map(|ratio| ratio <= most),
        Target::Reach(least, who) => ratio(cells, who).map(|ratio| ratio >= least),
        Target::AtMost(most) => ours.median().map(|median| median <= most),
    }
}

fn mark(reached: Option<bool>) -> &'static str {
    match reached {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "?",
    }
}

fn failures<'a>(lines: impl Iterator<Item = (&'a Row, &'a Figure, &'a [Cell; 5])>) -> String {
    let mut text = String::new();
    for (row, _, cells) in lines {
        for (who, cell) in ALL.iter().zip(cells) {
            let Cell::Failed(reason) = cell else { continue };
            let line = format!("- {}, {}: {}\n", row.key, who.name(), plain(reason));
            // Figures of one run fail together.
            if !text.contains(&line) {
                text += &line;
            }
        }
    }
    if text.is_empty() { text } else { format!("\n## Failures\n\n{text}") }
}

fn notes(measured: &[Measured], rules: &Rules) -> String {
    let mut text = "\n## Unequal comparisons\n\n".to_string();
    for row in measured.iter().map(|m| m.row) {
        if rules.runs_of(row) != rules.runs {
            text += &format!("- {}: {} processes of each.\n", row.key, rules.runs_of(row));
        }
        for (who, special) in row.special {
            let (key, who) = (row.key, who.name());
            match *special {
                Special::Program(other) => text += &format!("- {key}: {who} runs {other}.\n"),
                Special::N(n) => {
                    let [theirs, ours] = [n, row.n()].map(|n| figure((n / rules.divide).max(10) as f64));
                    text += &format!("- {key}: N is {theirs} for {who}, {ours} for the others.\n");
                }
                Special::Out => {}
            }
        }
    }
    text += "- tokio's unbuffered channel is mpsc with one slot: the sender does not wait for the receiver. Its chan_4x4 is flume's. \
             kanal ignores a task's budget and runs a full buffer per poll.\n\
             - may has unbounded channels only; sieve and select_fanin count free places with a semaphore, select_fanin is its cqueue.\n\
             - threads have crossbeam's channels and are not held to one worker; they join a hundred at a time.\n";
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;
    use std::time::Duration;

    const ROW: Row = Row {
        key: "ring",
        program: "ring",
        n: Some(40_000),
        workers: 2,
        runs: 7,
        special: &[(Who::Threads, Special::N(4_000))],
        figures: &[Figure {
            title: "ring, {n} hops",
            unit: "ns",
            reading: Reading::Value,
            targets: &[Target::Times(0.5, Who::Go), Target::Times(1.0, Who::Tokio), Target::AtMost(99.0)],
        }],
    };

    fn cells() -> [Cell; 5] {
        let measured = |all: &[f64]| Cell::Measured(all.iter().copied().collect());
        let failed = "failed to alloc sys stack: IoError(Os { code: 12 | <memory> })";
        [
            measured(&[80.0, 100.0, 120.0]),
            measured(&[200.0]),
            measured(&[80.0]),
            Cell::Failed(failed.to_string()),
            Cell::Absent,
        ]
    }

    #[test]
    fn a_table_with_everything() {
        let rules = Rules { runs: 3, limit: Duration::from_secs(1), divide: 1 };
        let text = render("Head.", &[Measured { row: &ROW, cells: vec![cells()] }], &rules);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.contains(
            &"| ring, 40 000 hops | ns | 100 (80.0–120) | 200 (200–200) | 80.0 (80.0–80.0) | fails: failed to alloc sys stack: IoError(Os {… | – |"
        ), "{text}");
        assert!(lines.contains(
            &"| ring, 40 000 hops | 0.50 | 1.25 | – | – | ≤ 0.5 Go, ≤ 1 tokio, ≤ 99.0 | yes, **no**, **no** |"
        ), "{text}");
        assert!(lines.contains(&"1 of 3 targets met."), "{text}");
        assert!(lines.contains(&"- ring: 7 processes of each."), "{text}");
        assert!(
            lines.contains(
                &"- ring, may: failed to alloc sys stack: IoError(Os { code: 12 \\| &lt;memory> })"
            ),
            "{text}"
        );
        assert!(lines.contains(&"- ring: N is 4000 for threads, 40 000 for the others."), "{text}");
    }

    #[test]
    fn who_fails_reaches_nothing_and_who_is_absent_is_unknown() {
        let mut cells = cells();
        assert_eq!(reached(Target::Reach(0.5, Who::Go), &cells), Some(true));
        assert_eq!(reached(Target::Reach(0.95, Who::Go), &cells), Some(false));
        assert_eq!(reached(Target::Times(1.0, Who::May), &cells), None);
        cells[0] = Cell::Absent;
        assert_eq!(reached(Target::AtMost(1.0), &cells), None);
        cells[0] = Cell::Failed("oh".to_string());
        assert_eq!(reached(Target::Times(1.0, Who::May), &cells), Some(false));
    }
}
