//! Makes an execution trace of a part of a program: who ran when, what it waited for, who woke it. Open the file at
//! <https://ui.perfetto.dev>. For a whole program no line is needed: set `GOXIDE_TRACE=file.json`.

use std::fs::{self, File};
use std::time::Duration;

use goxide::{chan, go, time, trace};

#[goxide::main]
fn main() -> std::io::Result<()> {
    let path = std::env::temp_dir().join(format!("goxide-example-{}.json", std::process::id()));
    trace::start(File::create(&path)?)?;

    let (jobs, results) = (chan(0), chan(0));
    for _ in 0..3 {
        let (jobs, results) = (jobs.clone(), results.clone());
        go! {
            for n in jobs.iter() {
                time::sleep(Duration::from_millis(n));
                results.send(n * n);
            }
        }
    }
    go! {
        for n in 1..=9 {
            jobs.send(n);
        }
        jobs.close();
    }
    let sum: u64 = results.iter().take(9).sum();

    let written = trace::stop()?;
    println!("the workers found {sum}; {} events were dropped", written.dropped);
    let text = fs::read_to_string(&path)?;
    println!("the trace tells of sleeps: {}", text.contains(r#""then":"sleep""#));
    // Keep it to look at it.
    fs::remove_file(path)
}
