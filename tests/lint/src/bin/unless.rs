//! Calls of dependencies that their arguments keep from blocking.

use std::io::Write;
use tracing_appender::non_blocking::NonBlocking;

fn logs(to: &mut NonBlocking) -> std::io::Result<()> {
    to.write_all(b"dropped when the queue is full\n")
}

fn ends(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_background();
}

fn joins(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_timeout(std::time::Duration::from_secs(1)); //~ thread-block
}

fn main() -> std::io::Result<()> {
    let (mut to, _guard) = tracing_appender::non_blocking(std::io::stderr());
    let runtime = || tokio::runtime::Builder::new_current_thread().build();
    let (one, two) = (runtime()?, runtime()?);
    goxide::go! {
        let _ = logs(&mut to);
        ends(one);
        joins(two);
    }
    Ok(())
}
