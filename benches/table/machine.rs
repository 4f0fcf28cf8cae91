//! The head of the table: when, what and on which machine.

use std::fs::read_to_string;
use std::process::Command;

use goxide_benches::tools;

use crate::contest::Rules;
use crate::players;

pub fn describe(rules: &Rules) -> String {
    let date = tools::output(Command::new("date").args(["-u", "+%F"])).unwrap_or_default();
    let commit = players::commit(tools::home()).map(|commit| format!(" ({commit})")).unwrap_or_default();
    let go = tools::go().map_or("no Go".to_string(), |(_, version)| version);
    let rustc = tools::output(Command::new("rustc").arg("--version")).unwrap_or_default();
    let work = if rules.divide == 1 { "" } else { " A tenth of the usual work: rough figures." };
    format!(
        "{}: goxide {}{commit}, {go}, {}, {}.\n\n{}.\n\n\
         Median (least–most) of {} processes of each, taking turns, with 2 workers unless said otherwise. \
         Plain `go!` and defaults.{work}",
        date.trim(),
        env!("CARGO_PKG_VERSION"),
        players::versions(),
        rustc.trim(),
        machine(),
        rules.runs,
    )
}

fn machine() -> String {
    let file = |path: &str| read_to_string(path).unwrap_or_default();
    let (cpu, memory) = (file("/proc/cpuinfo"), file("/proc/meminfo"));
    let model = field(&cpu, "model name").unwrap_or("unknown processor").to_string();
    let cpus = std::thread::available_parallelism().map_or(1, |n| n.get());
    let kb = field(&memory, "MemTotal").and_then(|kb| kb.split(' ').next()?.parse::<f64>().ok());
    let load = file("/proc/loadavg").split(' ').next().unwrap_or("?").to_string();
    format!(
        "{model}, {cpus} processors, {:.0} GiB, Linux {}, vm.max_map_count {}, load before {load}",
        kb.unwrap_or_default() / (1024.0 * 1024.0),
        file("/proc/sys/kernel/osrelease").trim(),
        file("/proc/sys/vm/max_map_count").trim(),
    )
}

/// What stands after `key :` in such a file.
fn field<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.split(':').next().is_some_and(|name| name.trim() == key))?;
    Some(line.split_once(':')?.1.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_proc_files() {
        assert_eq!(field("processor\t: 0\nmodel name\t: AMD EPYC\n", "model name"), Some("AMD EPYC"));
        assert_eq!(field("MemTotal:   24 kB\n", "MemTotal"), Some("24 kB"));
        assert_eq!(field("MemTotal:   24 kB\n", "Mem"), None);
    }
}
