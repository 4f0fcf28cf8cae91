//! What `goxide` offers, item by item (`public-api.snap`): nothing leaves or changes it unnoticed.
//!
//! A line that goes, or one that changes, breaks somebody's program: it needs a new major version, before 1.0 a minor one, and a line in
//! CHANGELOG.md. `UPDATE=1` rewrites the file. The list is made from rustdoc's JSON, which only nightly compilers write: without one the test
//! says so and passes.
//!
//! Rejected: cargo-semver-checks, which compares with what crates.io has of us, and that is nothing yet.

use goxide_tests::{compare_or_update, report, root};
use std::process::Command;

#[test]
fn the_public_api_is_known() {
    // cargo says which compiler runs the test, and rustup which tools belong together: start anew
    let cargo = |args: &[&str]| {
        let mut cargo = Command::new("rustup");
        cargo.current_dir(root()).args(["run", "nightly", "cargo"]).args(args);
        for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTDOCFLAGS"] {
            cargo.env_remove(name);
        }
        cargo.env("CARGO_TARGET_DIR", root().join("target/public-api"));
        cargo
    };
    if !cargo(&["--version"]).output().is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: rustup has no nightly compiler (rustup toolchain install nightly)");
        return;
    }
    let json = ["--", "-Z", "unstable-options", "--output-format", "json"];
    let out = cargo(&["rustdoc", "--quiet", "--package", "goxide", "--lib", "--all-features"])
        .args(json)
        .output()
        .expect("it could be asked for its version");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let api = public_api::Builder::from_rustdoc_json(root().join("target/public-api/doc/goxide.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build();
    let api = match api {
        Ok(api) => api,
        // the JSON's form changes every few months
        Err(error) => return eprintln!("skipped: this nightly's JSON is not known here: {error}"),
    };
    report(&Vec::from_iter(compare_or_update(&root().join("tests/public-api.snap"), &api.to_string())));
}
