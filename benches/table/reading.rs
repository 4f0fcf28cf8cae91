//! What of a program's output counts: its last line `RESULT name value unit key=value..`.

/// How a figure is taken from such a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    Value,
    /// The value and a field together.
    ValueAnd(&'static str),
    Field(&'static str),
}

impl Reading {
    pub fn of(self, output: &str) -> Option<f64> {
        let line = output.lines().rev().find_map(|line| line.strip_prefix("RESULT "))?;
        let mut words = line.split_whitespace();
        let value: f64 = words.nth(1)?.parse().ok()?;
        let field = |key: &str| {
            let given = line.split_whitespace().find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
            given?.parse::<f64>().ok()
        };
        match self {
            Reading::Value => Some(value),
            Reading::ValueAnd(key) => Some(value + field(key)?),
            Reading::Field(key) => field(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARKED: &str = "RESULT parked_mem 2751.5 B/task rss_kb=31376 pte_B/task=6.6 create_ns=4760\n";

    #[test]
    fn values_and_fields() {
        assert_eq!(Reading::Value.of(PARKED), Some(2751.5));
        assert_eq!(Reading::ValueAnd("pte_B/task").of(PARKED), Some(2758.1));
        assert_eq!(Reading::Field("create_ns").of(PARKED), Some(4760.0));
        assert_eq!(Reading::Field("late_us").of(PARKED), None);
    }

    #[test]
    fn the_last_line_counts() {
        assert_eq!(Reading::Value.of("RESULT a 3 ns\nsaid\nRESULT a 2 ns\nbye\n"), Some(2.0));
        assert_eq!(Reading::Value.of("RESULT a\n"), None);
        assert_eq!(Reading::Value.of(""), None);
    }
}
