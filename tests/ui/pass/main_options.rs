//! The options of `#[goxide::main]` are settings of the runtime.

const KIB: usize = 128;

#[goxide::main(workers = 1 + 2, stack = KIB.kib(),)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    assert!(goxide::metrics().workers == 3 || std::env::var_os("GOMAXPROCS").is_some());
    assert_eq!(goxide::Builder::new().install(), Err(goxide::AlreadyRunning));
    Ok(())
}
