//! Programs that must not compile, with the messages a user reads, and programs that must.
//!
//! One file in `ui/fail` per mistake, its `.stderr` beside it; `TRYBUILD=overwrite cargo test -p goxide-tests --test ui`
//! rewrites them, to be reviewed as text. Those in `ui/pass` are also run. The wording of rustc's own errors belongs to the
//! toolchain named by `rust-version`.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*.rs");
}
