//! How much memory is left, as Linux tells. Elsewhere there is always enough.

use std::fs::read_to_string;
use std::path::Path;

/// An eighth of all is what shall be left.
const LEAST: u64 = 8;

/// Bytes of memory that the process has.
pub(crate) fn resident() -> Option<usize> {
    usize::try_from(field(&read_to_string("/proc/self/status").ok()?, "VmRSS:")? << 10).ok()
}

/// Whether little memory is left: of the system's, or of what one of the control groups (version 2) may use that the process is in.
pub(crate) fn is_short() -> bool {
    read_to_string("/proc/meminfo").is_ok_and(|text| is_system_short(&text))
        || read_to_string("/proc/self/cgroup")
            .is_ok_and(|text| is_group_short(&text, Path::new("/sys/fs/cgroup")))
}

fn is_system_short(text: &str) -> bool {
    match (field(text, "MemAvailable:"), field(text, "MemTotal:")) {
        (Some(left), Some(all)) => left < all / LEAST,
        _ => false,
    }
}

/// `text` says which groups the process is in; those of version 2 have no number.
fn is_group_short(text: &str, root: &Path) -> bool {
    let Some(group) = text.lines().find_map(|line| line.strip_prefix("0::/")) else { return false };
    let number = |path: &Path| read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let is_short = |group: &Path| {
        let (Some(most), Some(used)) =
            (number(&group.join("memory.max")), number(&group.join("memory.current")))
        else {
            return false;
        };
        // What files left behind can be had at once.
        let files =
            read_to_string(group.join("memory.stat")).ok().and_then(|text| field(&text, "inactive_file"));
        used.saturating_sub(files.unwrap_or(0)) > most - most / LEAST
    };
    root.join(group).ancestors().take_while(|group| group.starts_with(root)).any(is_short)
}

/// The number behind a name at the beginning of a line.
fn field(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eighth_of_the_system_is_left() {
        let text = |left: u64| {
            format!("MemTotal:       8000 kB\nMemFree:        10 kB\nMemAvailable:   {left} kB\n")
        };
        assert!(is_system_short(&text(999)));
        assert!(!is_system_short(&text(1000)));
        assert!(!is_system_short("MemTotal: 8000 kB\n"));
    }

    #[test]
    fn groups_have_limits_of_their_own() {
        let root = std::env::temp_dir().join(format!("goxide-groups-{}", std::process::id()));
        let inner = root.join("outer/inner");
        std::fs::create_dir_all(&inner).expect("a folder");
        let write = |at: &Path, name: &str, text: &str| std::fs::write(at.join(name), text).expect("a file");
        let short = || is_group_short("4:memory:/x\n0::/outer/inner\n", &root);
        assert!(!short());
        write(&inner, "memory.max", "max\n");
        write(&inner, "memory.current", "790\n");
        assert!(!short());
        write(&inner, "memory.max", "800\n");
        assert!(short());
        write(&inner, "memory.stat", "anon 3\ninactive_file 100\nactive_file 7\n");
        assert!(!short());
        write(&root.join("outer"), "memory.max", "1000\n");
        write(&root.join("outer"), "memory.current", "900\n");
        assert!(short());
        assert!(!is_group_short("4:memory:/x\n", &root));
        std::fs::remove_dir_all(&root).expect("it is there");
    }

    #[test]
    fn the_process_has_memory() {
        assert!(
            cfg!(not(target_os = "linux")) || cfg!(miri) || resident().is_some_and(|bytes| bytes > 100_000)
        );
    }
}
