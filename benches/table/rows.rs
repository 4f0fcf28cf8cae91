//! The rows of the table: what is run, what of its output counts, and what it is to reach (issue "The runtime at Go's scale").
//!
//! Always holds: a row's N is that of `common::BENCHMARKS` unless it says otherwise, and the same for everybody unless a
//! `Special` says otherwise; both are printed below the table.

use goxide_benches::common;

use crate::reading::Reading;

/// Who takes part, in the order in which they take turns and stand in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Who {
    Goxide,
    Go,
    Tokio,
    May,
    Threads,
}

pub const ALL: [Who; 5] = [Who::Goxide, Who::Go, Who::Tokio, Who::May, Who::Threads];

impl Who {
    pub fn name(self) -> &'static str {
        ["goxide", "Go", "tokio", "may", "threads"][self as usize]
    }
}

/// What one of them does otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Special {
    /// A variant of the program: another library's channels.
    Program(&'static str),
    N(usize),
    /// It makes no sense here.
    Out,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At most this many times another's figure.
    Times(f64, Who),
    /// At least this many times another's figure: for rates.
    Reach(f64, Who),
    AtMost(f64),
}

/// One line of the table, of perhaps several that come from the same runs.
pub struct Figure {
    /// `{n}` stands for N.
    pub title: &'static str,
    pub unit: &'static str,
    pub reading: Reading,
    pub targets: &'static [Target],
}

pub struct Row {
    /// What `--rows` calls it.
    pub key: &'static str,
    /// What the programs call it.
    pub program: &'static str,
    pub n: Option<usize>,
    pub workers: usize,
    /// It takes no fewer processes of each than this, unless a quick table is asked for.
    pub runs: usize,
    pub special: &'static [(Who, Special)],
    pub figures: &'static [Figure],
}

impl Row {
    pub fn n(&self) -> usize {
        self.n.unwrap_or_else(|| common::default_n(self.program))
    }

    /// The program and N of one of them, or None if it stays out.
    pub fn part(&self, who: Who) -> Option<(&'static str, usize)> {
        let special = self.special.iter().find(|(whose, _)| *whose == who);
        match special.map(|(_, special)| *special) {
            None => Some((self.program, self.n())),
            Some(Special::Program(other)) => Some((other, self.n())),
            Some(Special::N(n)) => Some((self.program, n.min(self.n()))),
            Some(Special::Out) => None,
        }
    }
}

use Special::{N, Out, Program};
use Target::{AtMost, Reach, Times};
use Who::{Go, Threads, Tokio};

const VALUE: Reading = Reading::Value;
const PLAIN: Row = Row { key: "", program: "", n: None, workers: 2, runs: 0, special: &[], figures: &[] };

const fn ns(title: &'static str, targets: &'static [Target]) -> Figure {
    Figure { title, unit: "ns", reading: VALUE, targets }
}

pub const ROWS: &[Row] = &[
    Row {
        key: "spawn_join",
        program: "spawn_join",
        special: &[(Threads, N(20_000))],
        figures: &[ns("spawn and join", &[Times(0.7, Go)])],
        ..PLAIN
    },
    Row {
        key: "spawn_warm",
        program: "spawn_warm",
        special: &[(Threads, N(10_000))],
        figures: &[ns("the same, third round", &[])],
        ..PLAIN
    },
    Row {
        key: "parked_10k",
        program: "parked_mem",
        n: Some(10_000),
        figures: &[Figure {
            title: "{n} parked, with page tables",
            unit: "B",
            reading: Reading::ValueAnd("pte_B/task"),
            targets: &[],
        }],
        ..PLAIN
    },
    Row {
        key: "parked_1m",
        program: "parked_mem",
        figures: &[
            Figure {
                title: "{n} parked, with page tables",
                unit: "B",
                reading: Reading::ValueAnd("pte_B/task"),
                targets: &[AtMost(4.5 * 1024.0)],
            },
            Figure {
                title: "creating and parking these",
                unit: "ns",
                reading: Reading::Field("create_ns"),
                targets: &[Times(0.6, Go)],
            },
        ],
        ..PLAIN
    },
    Row {
        key: "parked_cold",
        program: "parked_mem",
        special: &[(Who::Goxide, Program("parked_cold"))],
        figures: &[Figure {
            title: "{n} parked, ours with cold stacks",
            unit: "B",
            reading: Reading::ValueAnd("pte_B/task"),
            targets: &[AtMost(1024.0)],
        }],
        ..PLAIN
    },
    Row {
        key: "pingpong",
        program: "pingpong",
        special: &[(Threads, N(20_000))],
        figures: &[ns("ping-pong, unbuffered", &[Times(0.4, Go)])],
        ..PLAIN
    },
    Row {
        key: "chan_1x1",
        program: "chan_1x1",
        figures: &[ns("buffer of 128, 1 to 1", &[Times(0.5, Go)])],
        ..PLAIN
    },
    Row {
        key: "chan_4x4",
        program: "chan_4x4",
        figures: &[ns("buffer of 128, 4 to 4", &[Times(0.5, Go)])],
        ..PLAIN
    },
    Row {
        key: "chan_1x1_alone",
        program: "chan_1x1",
        workers: 1,
        special: &[(Tokio, Program("chan_1x1_kanal")), (Threads, Out)],
        figures: &[ns("1 to 1, one worker", &[Times(1.0, Tokio)])],
        ..PLAIN
    },
    Row {
        key: "chan_4x4_alone",
        program: "chan_4x4",
        workers: 1,
        special: &[(Tokio, Program("chan_4x4_kanal")), (Threads, Out)],
        figures: &[ns("4 to 4, one worker", &[Times(1.0, Tokio)])],
        ..PLAIN
    },
    Row {
        key: "select_fanin",
        program: "select_fanin",
        special: &[(Threads, N(20_000))],
        figures: &[ns("select over 4", &[Times(0.4, Go), Times(1.0, Tokio)])],
        ..PLAIN
    },
    Row {
        key: "ring",
        program: "ring",
        special: &[(Threads, N(40_000))],
        figures: &[ns("ring of 1,000, a hop", &[Times(0.5, Go), Times(1.0, Tokio)])],
        ..PLAIN
    },
    Row {
        key: "skynet",
        program: "skynet",
        special: &[(Threads, Out)],
        figures: &[Figure {
            title: "skynet, {n} leaves",
            unit: "ms",
            reading: VALUE,
            targets: &[Times(0.6, Go)],
        }],
        ..PLAIN
    },
    Row {
        key: "sieve",
        program: "sieve",
        figures: &[Figure {
            title: "sieve, {n} primes",
            unit: "s",
            reading: VALUE,
            targets: &[Times(0.5, Go), Times(1.0, Tokio)],
        }],
        ..PLAIN
    },
    Row {
        key: "mutex",
        program: "mutex",
        figures: &[ns("one mutex, 8 goroutines", &[Times(1.0, Go)])],
        ..PLAIN
    },
    Row {
        key: "yield",
        program: "yield",
        workers: 1,
        special: &[(Threads, Out)],
        figures: &[ns("yield between two, one worker", &[Times(0.2, Go)])],
        ..PLAIN
    },
    Row {
        key: "timers",
        program: "timers",
        figures: &[
            ns("{n} sleep ten times each, a sleep", &[Times(1.0, Tokio)]),
            Figure {
                title: "how late they wake",
                unit: "us",
                reading: Reading::Field("late_us"),
                targets: &[],
            },
            Figure {
                title: "starting and stopping a timer",
                unit: "ns",
                reading: Reading::Field("stop_ns"),
                targets: &[],
            },
        ],
        ..PLAIN
    },
    Row {
        key: "tcp_echo",
        program: "tcp_echo",
        runs: 9,
        figures: &[Figure {
            title: "TCP echo, 200 connections",
            unit: "req/s",
            reading: VALUE,
            targets: &[Reach(0.95, Tokio)],
        }],
        ..PLAIN
    },
    Row {
        key: "idle_conns",
        program: "idle_conns",
        figures: &[
            Figure {
                title: "{n} idle connections, all of the server",
                unit: "kB",
                reading: Reading::Field("rss_kb"),
                targets: &[AtMost(60_000.0)],
            },
            Figure {
                title: "each, with page tables",
                unit: "B",
                reading: Reading::ValueAnd("pte_B/task"),
                targets: &[],
            },
        ],
        ..PLAIN
    },
];
