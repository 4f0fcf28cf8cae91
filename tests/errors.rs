//! The language's rules, one small file each in `errors/`: what goxide prints about it is what Go 1.27 prints.
//!
//! `NAME.out` holds Go's output; without Go installed, only ours is compared with it. `cargo bless` takes it from Go.

use goxide_tests::compilers::{GoCompiler, our_output};
use goxide_tests::golib::Golib;
use goxide_tests::{compare_or_update, go, report, root, two_at_a_time};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn messages_are_as_expected() {
    let library = Golib::read();
    let differences = two_at_a_time(&names(), |name| {
        let ours = our_output(&folder(), name, &library);
        let expected = fs::read_to_string(output_of(name)).unwrap_or_default();
        (ours != expected).then(|| format!("{name}: expected\n{expected}but goxide prints\n{ours}"))
    });
    report(&differences.into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn expected_messages_are_gos() {
    let Some(go) = go() else {
        println!("skipped: no Go 1.27 (set GOXIDE_GO)");
        return;
    };
    let compiler = GoCompiler::new(go);
    let differences = two_at_a_time(&names(), |name| {
        let gos = compiler.output(&folder(), name);
        assert!(!gos.is_empty(), "Go accepts {name}");
        compare_or_update(&output_of(name), &gos)
    });
    report(&differences.into_iter().flatten().collect::<Vec<_>>());
}

fn folder() -> PathBuf {
    root().join("tests/errors")
}

fn output_of(name: &str) -> PathBuf {
    folder().join(name).with_extension("out")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder of small files");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let is_program = |path: &Path| path.extension().is_some_and(|e| e == "go");
    let mut names: Vec<String> = paths
        .filter(|path| is_program(path))
        .map(|path| path.file_name().expect("a file").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
