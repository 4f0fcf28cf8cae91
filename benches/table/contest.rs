//! One row measured: everybody in turn, round after round, so that what else the machine does meets all of them.
//!
//! Each run is a process of its own. Who fails is not asked again in this row; runs that went well before don't count then,
//! as what fails now and then can't be relied on.

use std::process::Command;
use std::time::Duration;

use goxide_benches::common::NO_SUCH;
use goxide_benches::process::{self, Failure};
use goxide_benches::samples::Samples;

use crate::players::Player;
use crate::rows::{Figure, Row, Who};

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// It isn't here, or has no such program.
    Absent,
    Failed(String),
    Measured(Samples),
}

impl Cell {
    pub fn median(&self) -> Option<f64> {
        match self {
            Cell::Measured(samples) if !samples.is_empty() => Some(samples.median()),
            _ => None,
        }
    }
}

/// A row's cells: for each of its figures, one for each of `ALL`.
pub type Cells = Vec<[Cell; 5]>;

pub struct Rules {
    pub runs: usize,
    pub limit: Duration,
    /// What every N is divided by.
    pub divide: usize,
}

impl Rules {
    pub fn runs_of(&self, row: &Row) -> usize {
        if self.divide == 1 { self.runs.max(row.runs) } else { self.runs }
    }
}

pub fn measure(row: &Row, players: &[Player], rules: &Rules) -> Cells {
    let mut cells = vec![[const { Cell::Absent }; 5]; row.figures.len()];
    let mut playing: Vec<&Player> = players.iter().filter(|player| row.part(player.who).is_some()).collect();
    for _ in 0..rules.runs_of(row) {
        playing.retain(|player| {
            let ended = turn(row, player, rules);
            take(&mut cells, row.figures, player.who, ended)
        });
    }
    cells
}

fn turn(row: &Row, player: &Player, rules: &Rules) -> Result<String, Failure> {
    let (program, n) = row.part(player.who).expect("only those take part who can");
    let n = (n / rules.divide).max(10).to_string();
    let mut command = Command::new(&player.program);
    command.args([program, &n]).env("GOMAXPROCS", row.workers.to_string());
    process::run(&mut command, rules.limit)
}

/// Notes a run in the cells; false if there is to be no other.
fn take(cells: &mut Cells, figures: &[Figure], who: Who, ended: Result<String, Failure>) -> bool {
    let mut well = true;
    for (cells, figure) in cells.iter_mut().zip(figures) {
        let cell = &mut cells[who as usize];
        match &ended {
            Err(failure) if failure.code == Some(NO_SUCH.into()) => *cell = Cell::Absent,
            Err(failure) => *cell = Cell::Failed(failure.reason.clone()),
            Ok(output) => match (figure.reading.of(output), &mut *cell) {
                (None, _) => *cell = Cell::Failed("its output has no such figure".to_string()),
                (Some(value), Cell::Measured(samples)) => samples.add(value),
                (Some(value), _) => *cell = Cell::Measured([value].into_iter().collect()),
            },
        }
        well &= matches!(cell, Cell::Measured(_));
    }
    well
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;

    #[test]
    fn runs_add_up_and_a_failure_replaces_them() {
        let figures = &[Figure { title: "", unit: "ns", reading: Reading::Value, targets: &[] }];
        let mut cells = vec![[const { Cell::Absent }; 5]];
        for value in [3, 1, 2] {
            assert!(take(&mut cells, figures, Who::Go, Ok(format!("RESULT a {value} ns\n"))));
        }
        assert_eq!(cells[0][Who::Go as usize].median(), Some(2.0));
        let fail = |code, reason: &str| Err(Failure { code, reason: reason.to_string() });
        assert!(!take(&mut cells, figures, Who::May, fail(Some(64), "no benchmark")));
        assert_eq!(cells[0][Who::May as usize], Cell::Absent);
        assert!(!take(&mut cells, figures, Who::Go, fail(None, "no end within 30 s")));
        assert_eq!(cells[0][Who::Go as usize], Cell::Failed("no end within 30 s".to_string()));
        assert!(!take(&mut cells, figures, Who::Tokio, Ok("nothing\n".to_string())));
    }
}
