//! What `goxide-bench` and the peers in Rust share: the benchmarks' names and N, the arguments, the lines they print, what they do with sockets.
//!
//! The peers are a package of their own and include this file by its path, so that it uses nothing but std. Go's peer
//! repeats the names; a test of the table compares them.
//! Always holds: a line is `RESULT name value unit key=value..`, and the last one a program prints is what counts.

use std::env;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

/// Every benchmark and the N it has when none is given: about a second of work for the slowest of those that can do it.
pub const BENCHMARKS: [(&str, usize); 15] = [
    ("spawn_join", 1_000_000),
    ("spawn_warm", 1_000_000),
    ("parked_mem", 1_000_000),
    ("pingpong", 2_000_000),
    ("chan_1x1", 10_000_000),
    ("chan_4x4", 10_000_000),
    ("select_fanin", 2_000_000),
    ("ring", 2_000_000),
    ("skynet", 1_000_000),
    ("sieve", 1_500),
    ("mutex", 1_000_000),
    ("yield", 5_000_000),
    ("timers", 100_000),
    ("tcp_echo", 1_000),
    ("idle_conns", 10_000),
];

/// How often each of the N of `timers` sleeps.
pub const SLEEPS: usize = 10;
/// How many connections `tcp_echo` has, each with N requests of [`REQUEST`] bytes.
pub const CONNECTIONS: usize = 200;
pub const REQUEST: usize = 64;
/// Exit status of a program that doesn't have the benchmark; the table leaves its cell empty. Not 2: a panic in Go ends so.
pub const NO_SUCH: u8 = 64;

/// A variant, such as `chan_1x1_kanal`, has the N of what it varies.
pub fn default_n(name: &str) -> usize {
    if name == "everything" {
        return 10;
    }
    BENCHMARKS
        .iter()
        .find(|(of, _)| name.starts_with(of) || (name, *of) == ("parked_cold", "parked_mem"))
        .map_or(100_000, |&(_, n)| n)
}

/// `NAME [N]`.
pub fn arguments() -> (String, usize) {
    let mut args = env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let n = args.next().and_then(|n| n.parse().ok()).unwrap_or_else(|| default_n(&name));
    (name, n)
}

/// How many workers a benchmark is to have: GOMAXPROCS, or 2. `yield` measures one.
pub fn workers(name: &str) -> usize {
    let set = env::var("GOMAXPROCS").ok().and_then(|n| n.parse().ok()).filter(|&n| n > 0);
    if name == "yield" { 1 } else { set.unwrap_or(2) }
}

/// What a program says that doesn't have the benchmark.
pub fn no_such(name: &str) -> ExitCode {
    let names: Vec<&str> = BENCHMARKS.iter().map(|&(name, _)| name).collect();
    eprintln!("no benchmark {name:?} here; usage: NAME [N]\nnames (some have variants): {}", names.join(" "));
    ExitCode::from(NO_SUCH)
}

pub fn per_op(name: &str, elapsed: Duration, n: usize) {
    println!("RESULT {name} {:.2} ns", elapsed.as_nanos() as f64 / n as f64);
}

pub fn skynet_done(elapsed: Duration, n: usize, sum: usize) {
    assert_eq!(sum, n * (n - 1) / 2);
    println!("RESULT skynet {:.2} ms rss_kb={}", elapsed.as_secs_f64() * 1e3, status("VmHWM"));
}

pub fn sieve_done(elapsed: Duration, last: usize) {
    println!("RESULT sieve {:.4} s last={last}", elapsed.as_secs_f64());
}

pub fn tcp_done(elapsed: Duration, n: usize) {
    println!("RESULT tcp_echo {:.0} req/s", (CONNECTIONS * n) as f64 / elapsed.as_secs_f64());
}

/// Answers each request with itself, until the client ends.
pub fn echo(mut client: impl Read + Write) -> io::Result<()> {
    let mut request = [0; REQUEST];
    loop {
        client.read_exact(&mut request)?;
        client.write_all(&request)?;
    }
}

/// Sends so many requests, each when the one before was answered.
pub fn ask(mut server: impl Read + Write, n: usize) -> io::Result<()> {
    let mut reply = [0; REQUEST];
    for _ in 0..n {
        server.write_all(&[1; REQUEST])?;
        server.read_exact(&mut reply)?;
    }
    Ok(())
}

/// `late` is the sum of what each sleep took beyond what was asked for, in nanoseconds; `stop` the time for starting and
/// stopping `n` timers, where there are timers.
pub fn timers_done(elapsed: Duration, n: usize, late: usize, stop: Option<Duration>) {
    let sleeps = n * SLEEPS;
    let each = |time: Duration, n: usize| time.as_nanos() as f64 / n as f64;
    let late = late as f64 / 1e3 / sleeps as f64;
    let stop = stop.map_or(String::new(), |stop| format!(" stop_ns={:.1}", each(stop, n)));
    println!("RESULT timers {:.2} ns late_us={late:.1}{stop}", each(elapsed, sleeps));
}

/// How long sleeper `i` sleeps the `k`th time: 1 to 10 ms, scattered.
pub fn nap(i: usize, k: usize) -> Duration {
    Duration::from_micros(1_000 + ((i * 7_919 + k * 104_729) % 9_001) as u64)
}

/// How far away timer `i` is that is stopped at once: 10 to 20 s, scattered.
pub fn far(i: usize) -> Duration {
    Duration::from_secs(10) + 1_000 * nap(i, 0)
}

/// The clients of `idle_conns`: another process, so that the memory measured is the server's alone. They stay until this is dropped.
pub struct Connections(Child);

impl Connections {
    pub fn start(address: SocketAddr, n: usize) -> io::Result<Connections> {
        let mut clients = Command::new(env::current_exe()?);
        clients.args([CLIENTS, &address.to_string(), &n.to_string()]).stdin(Stdio::piped());
        clients.spawn().map(Connections)
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It says itself what went wrong.
        let _ = self.0.wait();
    }
}

const CLIENTS: &str = "clients";

/// To be called first in `main`. A process that is to be the clients is that and ends; one that needs many descriptors starts itself
/// again with as many as it may have.
pub fn begin() -> Option<ExitCode> {
    let args: Vec<String> = env::args().collect();
    match args.get(1).map(String::as_str) {
        Some(CLIENTS) => Some(clients(&args[2..]).map_or_else(
            |error| {
                eprintln!("clients: {error}");
                ExitCode::FAILURE
            },
            |()| ExitCode::SUCCESS,
        )),
        Some("idle_conns") if env::var_os("IDLE_CONNS_LIMIT").is_none() => {
            let mut again = Command::new("sh");
            again.args(["-c", "ulimit -n $(ulimit -H -n); exec \"$0\" \"$@\""]).args(args);
            eprintln!("sh: {}", again.env("IDLE_CONNS_LIMIT", "hard").exec());
            Some(ExitCode::FAILURE)
        }
        _ => None,
    }
}

/// Connects and asks once, so many times, and then waits.
fn clients(args: &[String]) -> io::Result<()> {
    let [address, n] = args else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut all = Vec::new();
    for _ in 0..n.parse().unwrap_or(0) {
        let server = TcpStream::connect(address)?;
        ask(&server, 1)?;
        all.push(server);
    }
    io::stdin().read(&mut [0]).map(drop)
}

/// Memory before `n` tasks are parked, to be compared with that after.
pub struct Memory {
    rss: i64,
    pte: i64,
}

impl Memory {
    pub fn before() -> Memory {
        Memory { rss: status("VmRSS"), pte: status("VmPTE") }
    }

    pub fn report(&self, n: usize, created: Duration) {
        let (rss, pte) = (status("VmRSS"), status("VmPTE"));
        let each = |kb: i64| kb as f64 * 1024.0 / n as f64;
        println!(
            "RESULT {} {:.1} B/task rss_kb={rss} pte_B/task={:.1} create_ns={:.0}",
            arguments().0,
            each(rss - self.rss),
            each(pte - self.pte),
            created.as_nanos() as f64 / n as f64,
        );
    }
}

/// A field of /proc/self/status in kB.
pub fn status(key: &str) -> i64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    field.and_then(|v| v.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
