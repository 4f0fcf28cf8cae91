//! Where things are: our folders, cargo, Go.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process;

/// `benches/` of the checkout this was built from.
pub fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Cargo's folder for what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| home().join("../target"), PathBuf::from)
}

/// The cargo that runs us, so that a toolchain chosen for us is chosen for what we build.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Go and what it says of its version: `GOXIDE_GO`, else the one that `tests/run` installs, else `go` on the PATH.
pub fn go() -> Option<(PathBuf, String)> {
    let installed = std::fs::read_dir(target().join("go/lib")).into_iter().flatten().flatten();
    let installed = installed.map(|python| python.path().join("site-packages/go/bin/go"));
    let asked = env::var_os("GOXIDE_GO").map(PathBuf::from);
    let all = match asked {
        Some(asked) => vec![asked],
        None => installed.chain([PathBuf::from("go")]).collect(),
    };
    all.into_iter().find_map(|go| {
        let version = output(Command::new(&go).arg("version"))?;
        Some((go, version.trim().trim_start_matches("go version ").to_string()))
    })
}

/// What a command that takes no time prints, if it is there and content.
pub fn output(command: &mut Command) -> Option<String> {
    process::run(command, Duration::from_secs(60)).ok()
}
