//! One process, run to its end or to a limit of time.
//!
//! Always holds: nothing of ours runs while the process does (no polling: the end of its output wakes us), and it never
//! outlives the call.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// None if it was killed, by us or otherwise, or never began.
    pub code: Option<i32>,
    /// In one line.
    pub reason: String,
}

/// What it printed, if it ended well.
pub fn run(command: &mut Command, limit: Duration) -> Result<String, Failure> {
    let began = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let none = |reason: String| Failure { code: None, reason };
    let mut child = began.map_err(|e| none(format!("{}: {e}", command.get_program().display())))?;
    let (done, ended) = mpsc::channel();
    let reader = |pipe: Option<Box<dyn Read + Send>>| {
        let done = done.clone();
        thread::spawn(move || {
            let mut text = Vec::new();
            // What was read before an error is still worth showing.
            let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut text));
            drop(done);
            String::from_utf8_lossy(&text).into_owned()
        })
    };
    let stdout = reader(child.stdout.take().map(|pipe| Box::new(pipe) as _));
    let stderr = reader(child.stderr.take().map(|pipe| Box::new(pipe) as _));
    drop(done);
    // Nobody sends: the channel closes when both pipes have.
    let in_time: Result<(), _> = ended.recv_timeout(limit);
    let too_long = in_time == Err(mpsc::RecvTimeoutError::Timeout);
    if too_long {
        // It may have ended just now.
        let _ = child.kill();
    }
    let status = child.wait().map_err(|e| none(e.to_string()))?;
    let (stdout, stderr) = (stdout.join().unwrap_or_default(), stderr.join().unwrap_or_default());
    if status.success() && !too_long {
        return Ok(stdout);
    }
    let code = if too_long { None } else { status.code() };
    Err(Failure { code, reason: reason(&stderr, (!too_long).then_some(status), limit) })
}

fn reason(stderr: &str, status: Option<ExitStatus>, limit: Duration) -> String {
    match (status, complaint(stderr)) {
        (None, Some(said)) => format!("no end within {} s: {said}", limit.as_secs()),
        (None, None) => format!("no end within {} s", limit.as_secs()),
        (Some(_), Some(said)) => said.to_string(),
        (Some(status), None) => status.to_string(),
    }
}

/// The line that says what went wrong: the first, or what stands below Rust's `panicked at`.
fn complaint(stderr: &str) -> Option<&str> {
    let mut lines = stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    if first.contains(" panicked at ") { lines.next().or(Some(first)) } else { Some(first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn shell(script: &str, limit: Duration) -> Result<String, Failure> {
        run(Command::new("sh").args(["-c", script]), limit)
    }

    #[test]
    fn output_failure_and_limit() {
        let long = Duration::from_secs(60);
        assert_eq!(shell("echo a; echo b", long), Ok("a\nb\n".to_string()));
        assert_eq!(
            shell("echo oh no >&2; exit 3", long),
            Err(Failure { code: Some(3), reason: "oh no".to_string() })
        );
        let begun = Instant::now();
        let late = shell("echo half >&2; exec sleep 60", Duration::from_millis(300)).expect_err("too long");
        assert_eq!((late.code, late.reason.as_str()), (None, "no end within 0 s: half"));
        assert!(begun.elapsed() < Duration::from_secs(30));
        assert_eq!(run(&mut Command::new("/no/such/program"), long).expect_err("it isn't there").code, None);
    }

    #[test]
    fn a_panic_is_told_by_its_message() {
        let stderr =
            "\nthread '<unnamed>' (7) panicked at a.rs:588:45:\nfailed to alloc sys stack\nnote: run with\n";
        assert_eq!(complaint(stderr), Some("failed to alloc sys stack"));
        assert_eq!(complaint("panic: oh\n\ngoroutine 1:\n"), Some("panic: oh"));
        assert_eq!(complaint(""), None);
    }
}
