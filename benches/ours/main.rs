//! `goxide-bench NAME [N]`: goxide's side of the peer benchmarks, plain `go!` with defaults.
//!
//! Names, work and output are those of the peers' programs (`benches/peers`), so that runs can be paired. Workers: GOMAXPROCS,
//! or 2 as the peers have; `yield` has one.
//! `everything SECONDS` measures nothing but whether memory stays flat (see `everything.rs`).
//! Always holds: nothing is timed but the work itself, and each result is checked before it is printed.

mod channels;
mod everything;
mod network;
mod tasks;

use goxide_benches::common;
use std::env;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

/// Sees to it that the runtime starts with as many workers as the benchmark is to have: it reads GOMAXPROCS itself, once.
fn main() -> ExitCode {
    if let Some(ended) = common::begin() {
        return ended;
    }
    let workers = common::workers(&common::arguments().0).to_string();
    if env::var("GOMAXPROCS").is_ok_and(|set| set == workers) {
        return measured::main();
    }
    let again = env::current_exe().map(Command::new);
    let error = match again {
        Ok(mut again) => again.args(env::args_os().skip(1)).env("GOMAXPROCS", workers).exec(),
        Err(error) => error,
    };
    eprintln!("goxide-bench: cannot start itself again: {error}");
    ExitCode::FAILURE
}

mod measured {
    use crate::{channels, everything, network, tasks};
    use goxide_benches::common;
    use std::process::ExitCode;
    use std::time::Duration;

    pub fn main() -> ExitCode {
        let mut builder = goxide::Builder::new();
        if common::arguments().0 == "parked_cold" {
            // SAFETY: only goroutines use channels here, and none lends what lies on its stack.
            builder = unsafe { builder.cold_stacks(Duration::from_millis(100)) };
        }
        match builder.run(run) {
            Ok(code) => code,
            Err(error) => {
                eprintln!("goxide-bench: {error}");
                ExitCode::FAILURE
            }
        }
    }

    fn run() -> ExitCode {
        let (name, n) = common::arguments();
        match name.as_str() {
            "spawn_join" => tasks::spawn_join(n),
            "spawn_warm" => (0..3).for_each(|_| tasks::spawn_join(n)),
            "parked_mem" => tasks::parked_mem(n, false),
            "parked_cold" => tasks::parked_mem(n, true),
            "pingpong" => channels::pingpong(n),
            "chan_1x1" => channels::buffered(n, 1),
            "chan_4x4" => channels::buffered(n, 4),
            "select_fanin" => channels::select_fanin(n),
            "ring" => channels::ring(n),
            "skynet" => channels::skynet(n),
            "sieve" => channels::sieve(n),
            "mutex" => tasks::mutex(n),
            "yield" => tasks::yields(n),
            "timers" => tasks::timers(n),
            "tcp_echo" => return ended(network::tcp_echo(n)),
            "idle_conns" => return ended(network::idle_conns(n)),
            "everything" => return everything::everything(n),
            _ => return common::no_such(&name),
        }
        ExitCode::SUCCESS
    }

    fn ended(result: std::io::Result<()>) -> ExitCode {
        if let Err(error) = result {
            eprintln!("goxide-bench: {error}");
            return ExitCode::FAILURE;
        }
        ExitCode::SUCCESS
    }
}
