//! The command itself: every kind of bad input gets one clear line and the right exit status, and what a program says,
//! hears and returns passes straight through.

use goxide_tests::{Ran, goxide, root, run};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(300);

const HELLO: &str = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("below dir")).expect("ours");
        fs::write(path, text).expect("ours");
    }
    dir
}

/// Runs goxide in `dir`.
fn in_dir(dir: &Path, args: &[&str]) -> Ran {
    run(goxide().current_dir(dir).args(args), "", LIMIT)
}

/// Exit 1, nothing on stdout, exactly this on stderr.
#[track_caller]
fn refused(ran: &Ran, stderr: &str) {
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "", stderr));
}

#[test]
fn syntax_error_has_its_place_and_writes_nothing() {
    let dir = folder(&[("a.go", "package main\n\nfunc main() {\n\tx := := 1\n}\n")]);
    for args in [
        &["run", "a.go"][..],
        &["build", "-o", "out", "a.go"],
        &["translate", "-o", "out", "a.go"],
        &["check", "a.go"],
    ] {
        let ran = in_dir(dir.path(), args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
        assert!(ran.stderr.starts_with("a.go:4:7: syntax error: "), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        assert!(!dir.path().join("out").exists());
    }
}

#[test]
fn type_errors_have_their_places_and_write_nothing() {
    let dir = folder(&[(
        "a.go",
        "package main\n\nfunc main() {\n\tvar s string = 1\n\tundefinedName()\n\t_ = s\n}\n",
    )]);
    for args in [&["run", "a.go"][..], &["translate", "-o", "out", "a.go"], &["check", "a.go"]] {
        let ran = in_dir(dir.path(), args);
        refused(
            &ran,
            "a.go:4:17: cannot use 1 (untyped int constant) as string value in variable declaration\n\
             a.go:5:2: undefined: undefinedName\n",
        );
        assert!(!dir.path().join("out").exists());
    }
}

#[test]
fn ten_errors_unless_all_are_asked_for() {
    let body: String = (0..15).map(|i| format!("\tunknown{i}()\n")).collect();
    let dir = folder(&[("a.go", &format!("package main\n\nfunc main() {{\n{body}}}\n"))]);
    let ran = in_dir(dir.path(), &["check", "a.go"]);
    assert_eq!(ran.stderr.lines().count(), 11);
    assert!(ran.stderr.ends_with("too many errors\n"));
    assert_eq!(in_dir(dir.path(), &["check", "-e", "a.go"]).stderr.lines().count(), 15);
}

#[test]
fn errors_as_json() {
    let dir = folder(&[("a.go", "package main\n\nfunc main() { x() }\n")]);
    let ran = in_dir(dir.path(), &["check", "--message-format=json", "a.go"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.starts_with('{') && ran.stderr.contains(r#""message":"undefined: x""#),
        "{}",
        ran.stderr
    );
}

#[test]
fn unsupported_construct_is_refused_with_its_place() {
    let text = "package main\n\nimport \"runtime/cgo\"\n\nfunc main() { _ = cgo.Handle(0) }\n";
    let dir = folder(&[("a.go", text)]);
    let ran = in_dir(dir.path(), &["run", "a.go"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.starts_with("a.go:3:8: ") && ran.stderr.contains("runtime/cgo"), "{}", ran.stderr);
}

#[test]
fn missing_file() {
    let dir = folder(&[]);
    refused(&in_dir(dir.path(), &["run", "no.go"]), "goxide: cannot read no.go: no such file or directory\n");
    refused(
        &in_dir(dir.path(), &["run", "nodir"]),
        "goxide: nodir: not a Go file (a program's own arguments go after --)\n",
    );
}

#[test]
fn directory_without_go_files() {
    let dir = folder(&[("sub/readme.txt", ""), ("sub/a_test.go", "package a\n")]);
    refused(&in_dir(dir.path(), &["run", "sub"]), "goxide: no non-test Go files in sub\n");
    let dir = folder(&[("sub/readme.txt", "")]);
    refused(&in_dir(dir.path(), &["run", "sub"]), "goxide: no Go files in sub\n");
}

#[test]
fn absurd_sources_get_a_message_in_seconds() {
    let nested = |open: &str, inner: &str, close: &str, n: usize| {
        format!("package main\n\nvar x = {}{inner}{}\n\nfunc main() {{}}\n", open.repeat(n), close.repeat(n))
    };
    let limit = "syntax error: nesting depth limit exceeded";
    let body = |text: String| format!("package main\n\nfunc main() {{\n{text}\n}}\n");
    let lines = "@#$ %%% ]]] (((\n".repeat(20_000);
    for (name, text, expected) in [
        ("parentheses", nested("(", "1", ")", 10_000), limit),
        ("unary", nested("- ", "1", "", 50_000), limit),
        ("sum", nested("1+", "1", "", 100_000), limit),
        ("calls", nested("f(", "1", ")", 10_000), limit),
        ("literals", nested("[]any{", "", "}", 10_000), limit),
        ("selectors", nested("", "a", ".a", 50_000), limit),
        ("types", nested("*", "int", "", 100_000), limit),
        ("blocks", body(format!("{}{}", "{".repeat(10_000), "}".repeat(10_000))), limit),
        ("functions", body(format!("{}{}", "func() {".repeat(5_000), "}()".repeat(5_000))), limit),
        ("strange", body(lines), "invalid character U+0040 '@'"),
        (
            "name",
            format!("package main\n\nfunc main() {{ _ = {} }}\n", "x".repeat(1_000_000)),
            "undefined: xxx",
        ),
        (
            "itself",
            "package main\n\nimport \"main\"\n\nfunc main() {}\n".into(),
            "package main is not in std",
        ),
    ] {
        let dir = folder(&[("a.go", &text)]);
        let ran = run(goxide().current_dir(dir.path()).args(["check", "a.go"]), "", Duration::from_secs(20));
        let first: String = ran.stderr.lines().next().unwrap_or_default().chars().take(200).collect();
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{name}: {first}");
        assert!(first.starts_with("a.go:") && first.contains(expected), "{name}: {first}");
    }
}

#[test]
fn a_file_of_100_megabytes_is_refused_at_once() {
    let dir = folder(&[]);
    let file = fs::File::create(dir.path().join("a.go")).expect("ours");
    file.set_len(100 << 20).expect("a file of zeros takes no room");
    refused(&in_dir(dir.path(), &["check", "a.go"]), "goxide: a.go: larger than 64 MB\n");
    let zeros = folder(&[("a.go", &"\0".repeat(1 << 20))]);
    let ran = in_dir(zeros.path(), &["check", "a.go"]);
    assert_eq!((ran.code, ran.stderr.lines().next()), (Some(1), Some("a.go:1:1: invalid NUL character")));
}

#[test]
fn binary_files_named_go_are_refused() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let noise =
        |seed: u32| (0..50_000u32).map(|i| (i.wrapping_mul(seed | 1) >> 7) as u8).collect::<Vec<u8>>();
    for seed in 1..10 {
        fs::write(dir.path().join(format!("{seed}.go")), noise(seed * 7919)).expect("ours");
    }
    let ran = in_dir(dir.path(), &["check", "."]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.stderr.lines().count(), 11, "ten errors, then that there are more: {}", ran.stderr);
}

#[test]
fn packages_of_a_module_are_found_and_what_is_missing_is_told_at_the_import() {
    let dir = folder(&[
        ("go.mod", "module example.com/m\n\ngo 1.22\n"),
        ("a/a.go", "package a\n\nimport \"example.org/dep\"\n\nconst X = dep.Y\n"),
        ("vendor/example.org/dep/d.go", "package dep\n\nconst Y = \"y\"\n"),
        ("good/main.go", "package main\n\nimport \"example.com/m/a\"\n\nfunc main() { println(a.X) }\n"),
        ("program/p.go", "package main\n\nfunc main() {}\n"),
        ("one/one.go", "package one\n\nimport _ \"example.com/m/two\"\n"),
        ("two/two.go", "package two\n\nimport _ \"example.com/m/one\"\n"),
        (
            "bad/main.go",
            "package main\n\nimport (\n\t_ \"example.com/m/gone\"\n\t_ \"example.com/m/program\"\n\t_ \"internal/abi\"\n\t_ \"example.com/m/a/internal/x\"\n\t_ \"nostd/x\"\n\t_ \"C\"\n)\n\nfunc main() {}\n",
        ),
    ]);
    let good = in_dir(dir.path(), &["check", "good"]);
    assert_eq!((good.code, good.stderr.as_str()), (Some(0), ""));
    let bad = in_dir(dir.path(), &["check", "bad"]);
    for (line, text) in [
        (4, "no required module provides package example.com/m/gone"),
        (5, "import \"example.com/m/program\" is a program, not an importable package"),
        (6, "use of internal package internal/abi not allowed"),
        (7, "use of internal package example.com/m/a/internal/x not allowed"),
        (8, "package nostd/x is not in std"),
        (9, "not supported yet: cgo (import \"C\")"),
    ] {
        assert!(bad.stderr.contains(&format!("bad/main.go:{line}:4: {text}")), "{}", bad.stderr);
    }
    let cycle = "import cycle not allowed\n\tpackage example.com/m/one\n\timports example.com/m/two\n\timports example.com/m/one\n";
    refused(&in_dir(dir.path(), &["check", "one"]), &format!("two/two.go:3:10: {cycle}"));
    let version = folder(&[("go.mod", "module m\n\ngo 1.99\n"), ("a.go", "package main\n")]);
    let text = "requires go >= 1.99 (goxide follows go 1.27)";
    refused(&in_dir(version.path(), &["check", "."]), &format!("goxide: go.mod:3: {text}\n"));
}

#[test]
fn linked_variable_is_refused() {
    let dir = folder(&[(
        "a.go",
        "package main\n\nimport _ \"unsafe\"\n\n//go:linkname zone runtime.zone\nvar zone string\n\nfunc main() { println(zone) }\n",
    )]);
    refused(
        &in_dir(dir.path(), &["run", "a.go"]),
        "a.go:5:1: not supported yet: a variable that //go:linkname makes another package's\n",
    );
}

#[test]
fn package_that_is_not_main() {
    let dir = folder(&[("lib.go", "package lib\n\nfunc F() {}\n")]);
    refused(
        &in_dir(dir.path(), &["run", "lib.go"]),
        "goxide: cannot run: package lib is not a main package\n",
    );
    refused(
        &in_dir(dir.path(), &["build", "-o", "x", "lib.go"]),
        "goxide: cannot build: package lib is not a main package\n",
    );
}

/// A named pipe stands for /dev/null, which only root could lose.
#[test]
fn what_is_no_file_is_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let dir = folder(&[("a.go", HELLO)]);
    let pipe = dir.path().join("out");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).expect("the pipe is read")
    });
    let ran = in_dir(dir.path(), &["build", "-o", "out", "a.go"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(fs::metadata(&pipe).expect("it is there").file_type().is_fifo());
    assert!(reader.join().expect("the reader ends").starts_with(b"\x7fELF"));
}

#[test]
fn output_that_cannot_be_written() {
    let dir = folder(&[("a.go", HELLO), ("file", ""), ("full/precious", "")]);
    let ran = in_dir(dir.path(), &["translate", "-o", "file/out", "a.go"]);
    refused(&ran, "goxide: cannot create file/out: not a directory\n");
    let ran = in_dir(dir.path(), &["build", "-o", "file/out", "a.go"]);
    assert!(ran.stderr.ends_with("goxide: cannot write file/out: not a directory\n"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(1));
    let ran = in_dir(dir.path(), &["translate", "-o", "full", "a.go"]);
    refused(&ran, "goxide: full is not empty and not written by goxide translate\n");
    // root may write to read-only folders, but not to this one.
    let ran = in_dir(dir.path(), &["translate", "-o", "/proc/goxide", "a.go"]);
    refused(&ran, "goxide: cannot create /proc/goxide: no such file or directory\n");
}

#[test]
fn no_cargo_on_the_path() {
    let dir = folder(&[("a.go", HELLO)]);
    let mut command = goxide();
    command.env("PATH", dir.path()).env("GOXIDE_CACHE", dir.path().join("cache"));
    let ran = run(command.arg("run").arg(dir.path().join("a.go")), "", LIMIT);
    refused(
        &ran,
        "goxide: rustc not found on the PATH: goxide needs Rust's cargo and rustc (see https://rustup.rs)\n",
    );
}

#[test]
fn wrong_usage() {
    let dir = folder(&[]);
    for args in [&[][..], &["run"], &["frobnicate"], &["run", "--frobnicate", "a.go"]] {
        assert_eq!(in_dir(dir.path(), args).code, Some(2), "{args:?}");
    }
    let help = in_dir(dir.path(), &["--help"]);
    assert!(help.code == Some(0) && help.stdout.contains("Examples:"));
    let version = in_dir(dir.path(), &["--version"]);
    assert_eq!(version.stdout, format!("goxide {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_copied_command_works() {
    let dir = folder(&[("a.go", HELLO)]);
    let copy = dir.path().join("moved");
    fs::copy(goxide().get_program(), &copy).expect("it was built");
    let mut command = Command::new(&copy);
    command.env("GOXIDE_CACHE", goxide_tests::cache()).current_dir(dir.path()).args(["run", "a.go"]);
    assert_eq!(run(&mut command, "", LIMIT).stdout, "hello\n");
}

#[test]
fn interrupt_ends_the_program_and_leaves_the_cache_usable() {
    let text = "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() {\n\tfmt.Println(\"up\")\n\ttime.Sleep(time.Hour)\n}\n";
    let dir = folder(&[("a.go", text)]);
    // Once while it compiles, then while it runs.
    for wait_for_output in [false, true] {
        let mut child = goxide()
            .args(["run", &dir.path().join("a.go").display().to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("goxide starts");
        if wait_for_output {
            let mut up = [0; 3];
            child.stdout.take().expect("piped").read_exact(&mut up).expect("the program says it is up");
        } else {
            std::thread::sleep(Duration::from_millis(60));
        }
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill exists").success());
        let start = Instant::now();
        let status = child.wait().expect("our child");
        assert!(!status.success() && start.elapsed() < Duration::from_secs(5), "{status}");
    }
    assert_eq!(in_dir(dir.path(), &["check", "a.go"]).code, Some(0));
    let hello = folder(&[("a.go", HELLO)]);
    assert_eq!(in_dir(hello.path(), &["run", "a.go"]).stdout, "hello\n");
}

#[test]
fn translate_writes_a_package_that_builds_by_itself() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("out");
    let translate = || {
        let mut command = goxide();
        run(
            command.arg("translate").arg("-o").arg(&out).arg(root().join("tests/golden/lru/input.go")),
            "",
            LIMIT,
        )
    };
    assert_eq!(translate().code, Some(0));
    // Our own output may be written again.
    assert_eq!(translate().code, Some(0));
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["run", "--target-dir"])
        .arg(goxide_tests::cache().with_file_name("translated-programs"))
        .current_dir(&out);
    let ran = run(&mut cargo, "", LIMIT);
    let expected = fs::read_to_string(root().join("tests/golden/lru/output")).expect("committed");
    assert_eq!(ran.stdout, expected, "{}", ran.stderr);
    let warnings: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("warning")).collect();
    assert!(warnings.is_empty(), "{}", ran.stderr);
}

#[test]
fn build_names_the_program_after_its_source() {
    let dir = folder(&[("greet.go", HELLO), ("tool/main.go", HELLO)]);
    assert_eq!(in_dir(dir.path(), &["build", "greet.go"]).code, Some(0));
    assert_eq!(in_dir(dir.path(), &["build", "tool", "-o", "tool/bin"]).code, Some(0));
    for program in ["greet", "tool/bin"] {
        assert_eq!(run(&mut Command::new(dir.path().join(program)), "", LIMIT).stdout, "hello\n");
    }
}
