//! What the user sees while something slow happens: a spinner on a terminal, one line when stderr is a file or pipe.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::Duration;

/// Something slow under way.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Says what takes time.
    pub fn start(what: &'static str) -> Progress {
        if !stderr().is_terminal() {
            eprintln!("goxide: {what}");
            return Progress { bar: None };
        }
        let bar = ProgressBar::new_spinner().with_message(what);
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} goxide: {msg} [{elapsed}] {pos} crates {prefix}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar: Some(bar) }
    }

    /// One more part is done.
    pub fn step(&self, part: &str) {
        if let Some(bar) = &self.bar {
            bar.set_prefix(part.to_owned());
            bar.inc(1);
        }
    }

    /// Takes the line away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
