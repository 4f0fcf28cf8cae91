//! `include_go!` in crates of their own: what it says about mistakes, that it follows changes, and that Go's numbers wrap in Rust's debug
//! builds, too.
//!
//! The crates share one target folder, which stays between runs: the libraries are built once.

use goxide_tests::root;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A crate with these files in `src`, in debug mode with all its checks.
struct Crate(PathBuf);

impl Crate {
    fn new(name: &str, files: &[(&str, &str)]) -> Crate {
        let dir = root().join("target/include").join(name);
        fs::create_dir_all(dir.join("src")).expect("a folder for the crate");
        let path = |part: &str| root().join(part).display().to_string();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.dev.build-override]\nopt-level = 1\n\n[dependencies]\n\
             goxide = {{ path = {:?} }}\ngoxide-golib = {{ path = {:?} }}\ngoxide-include = {{ path = {include:?} }}\n\n\
             [build-dependencies]\ngoxide-include = {{ path = {include:?} }}\n",
            path("runtime"),
            path("runtime/golib"),
            include = path("translator/include")
        );
        fs::write(dir.join("Cargo.toml"), manifest).expect("its manifest");
        fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("the versions we know");
        let krate = Crate(dir);
        files.iter().for_each(|(name, text)| krate.write(name, text));
        krate
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join("src").join(name);
        fs::create_dir_all(path.parent().expect("in src")).expect("its folder");
        fs::write(path, text).expect("a source file");
    }

    /// Whether it ran well, what it printed, and what it and cargo said.
    fn run(&self) -> (bool, String, String) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.0).args(["run", "--quiet", "--color", "never"]);
        cargo.env("CARGO_TARGET_DIR", root().join("target/include/target"));
        let out = cargo.output().expect("cargo can be started");
        let [printed, said] =
            [out.stdout, out.stderr].map(|part| String::from_utf8_lossy(&part).into_owned());
        (out.status.success(), printed, said)
    }

    /// What it prints.
    fn output(&self) -> String {
        let (well, printed, said) = self.run();
        assert!(well, "{printed}{said}");
        printed
    }

    /// What is said when it fails.
    fn failure(&self) -> String {
        let (well, printed, said) = self.run();
        assert!(!well, "it runs and prints {printed}");
        said
    }
}

const MAIN: &str = "goxide_include::include_go!(\"p.go\");\n\n#[goxide::main]\nfn main() {\n    BODY\n}\n";

fn main_with(body: &str) -> String {
    MAIN.replace("BODY", body)
}

#[test]
fn mistakes_stand_at_the_lines_of_the_go_file() {
    let go = "package p\n\nfunc F() int {\n\treturn \"x\"\n}\n\nfunc G() { missing() }\n";
    let krate = Crate::new("mistakes", &[("main.rs", &main_with("p::F();")), ("p.go", go)]);
    let text = krate.failure();
    let wanted = [
        "error: src/p.go:4:9: cannot use \"x\" (untyped string constant) as int value in return statement\n",
        "error: src/p.go:7:12: undefined: missing\n",
    ];
    for line in wanted {
        assert!(text.contains(line), "{line} is missing in:\n{text}");
    }
    // nothing follows from them
    assert_eq!(text.matches("error:").count(), 3, "{text}");

    for (go, wanted) in [
        ("package p\n\nfunc F( {}\n", "error: src/p.go:3:9: syntax error"),
        ("package main\n\nfunc main() {}\n", "error: src/p.go:1:9: package main is a program"),
        ("package p\n\nimport \"nosuch\"\n", "error: src/p.go:3:8: package nosuch is not in std"),
        (
            "package p\n\nimport \"runtime\"\n\nvar _, f, _, _ = runtime.Caller(0)\n",
            "error: src/p.go:5:18: not supported yet: runtime.Caller in Go that is included in a Rust crate",
        ),
        ("package p\n\nimport \"net/http\"\n", "error: src/p.go:3:8: not supported yet: package net/http"),
    ] {
        krate.write("p.go", go);
        let text = krate.failure();
        assert!(text.contains(wanted), "{wanted} is missing in:\n{text}");
    }
}

#[test]
fn a_changed_file_is_compiled_again() {
    let go = "package p\n\nfunc F() string { return \"one\" }\n";
    let krate = Crate::new("changes", &[("main.rs", &main_with("println!(\"{}\", p::F());")), ("p.go", go)]);
    assert_eq!(krate.output(), "one\n");
    krate.write("p.go", &go.replace("one", "two"));
    assert_eq!(krate.output(), "two\n");
}

/// It changes what the program does, though nobody names what it declares.
const ADDED: &str = "package words\n\nfunc init() { all += \" two\" }\n";

#[test]
fn an_added_file_is_compiled_when_the_folder_is_watched() {
    let main = "goxide_include::include_go!(\"words\");\n\n#[goxide::main]\nfn main() {\n    println!(\"{}\", words::All());\n}\n";
    let go = "package words\n\nvar all = \"one\"\n\nfunc All() string { return all }\n";
    let build = "fn main() {\n    goxide_include::watch!(\"src/words\");\n}\n";
    let krate = Crate::new("added", &[("main.rs", main), ("words/a.go", go), ("../build.rs", build)]);
    let added = krate.0.join("src/words/b.go");
    let _ = fs::remove_file(&added); // of an earlier run
    assert_eq!(krate.output(), "one\n");
    krate.write("words/b.go", ADDED);
    assert_eq!(krate.output(), "one two\n");
    fs::remove_file(added).expect("it was written");
    assert_eq!(krate.output(), "one\n");
    krate.write("../build.rs", &build.replace("src/words", "src/word"));
    let text = krate.failure();
    assert!(text.contains("error: there is no folder src/word in "), "{text}");
}

#[test]
fn what_does_not_cross_is_refused() {
    let go = "package p

import \"time\"

type T struct{ N int }

type hidden struct{}

func F(v any, n int) {}

func G() chan func() { return nil }

func H[V any](v V) {}

func I() int { return 1 }

func J() *hidden { return nil }

func K(m map[float64]int) {}

func L(f func(a *hidden, b ...string) (string, any)) {}

func (t *T) M(at time.Time) {}

func N() (int, error, string) { return 0, nil, \"\" }

type O interface{ P(x []any) }

type TPtr int

func Q(t *T) {}
";
    let krate = Crate::new("crossing", &[("main.rs", &main_with("println!(\"{}\", p::I());")), ("p.go", go)]);
    assert_eq!(krate.output(), "1\n");
    for (body, wanted) in [
        ("p::F(1, 2);", "src/p.go:9:6: Go's F cannot be called from Rust: parameter v: any does not cross"),
        (
            "p::G();",
            "src/p.go:11:6: Go's G cannot be called from Rust: the result: channels of func() do not cross",
        ),
        ("p::H(1);", "src/p.go:13:6: Go's H cannot be called from Rust: it has type parameters"),
        (
            "p::J();",
            "src/p.go:17:6: Go's J cannot be called from Rust: the result: *hidden does not cross: it is not exported",
        ),
        (
            "p::K(1);",
            "src/p.go:19:6: Go's K cannot be called from Rust: parameter m: map[float64]int does not cross",
        ),
        (
            "p::L(1);",
            "src/p.go:21:6: Go's L cannot be called from Rust: parameter f: func(*hidden, ...string) (string, any) does \
             not cross",
        ),
        ("p::N();", "src/p.go:25:6: Go's N cannot be called from Rust: result 2: error does not cross"),
        (
            "p::O::nil().P(1);",
            "src/p.go:27:19: Go's P cannot be called from Rust: parameter x: any does not cross",
        ),
        ("p::Q(1);", "src/p.go:31:6: Go's Q cannot be called from Rust: parameter t: *T does not cross"),
    ] {
        krate.write("main.rs", &main_with(body));
        let text = krate.failure();
        assert!(text.contains(wanted), "{wanted} is missing in:\n{text}");
    }
    krate.write("p.go", &go.replace("type TPtr int", ""));
    krate.write("main.rs", &main_with("p::TPtr::nil().M(1);"));
    let text = krate.failure();
    let wanted = "src/p.go:23:13: Go's M cannot be called from Rust: parameter at: time.Time does not cross: it belongs to \
                  another package";
    assert!(text.contains(wanted), "{wanted} is missing in:\n{text}");
}

/// What crosses as a handle stays one: neither what is inside nor a value on a plain thread can be had.
#[test]
fn handles_are_closed() {
    let go = "package p

type T struct{ n int }

func New() *T { return &T{} }

func Take(f func(int) int) {}
";
    let krate = Crate::new("closed", &[("main.rs", &main_with("p::New();")), ("p.go", go)]);
    assert_eq!(krate.output(), "");
    for (body, wanted) in [
        ("let t = p::New().0;", "field `0` of struct `p::T` is private"),
        (
            "let cell = std::cell::Cell::new(1); p::Take(move |n| n + cell.get());",
            "`std::cell::Cell<isize>` cannot be shared between threads",
        ),
        ("let n = 1; let r = &n; p::Take(|m| m + *r);", "`n` does not live long enough"),
        (
            "goxide_golib::include::GoChan::<std::rc::Rc<u8>>::new(0);",
            "the trait bound `Rc<u8>: Crosses` is not satisfied",
        ),
    ] {
        krate.write("main.rs", &main_with(body));
        let text = krate.failure();
        assert!(text.contains(wanted), "{wanted} is missing in:\n{text}");
    }
}

#[test]
fn go_runs_as_go_does_within_rust() {
    let go = include_str!("include/all.go");
    let main = include_str!("include/main.rs.txt");
    let krate = Crate::new("all", &[("main.rs", main), ("p.go", go)]);
    assert_eq!(krate.output(), include_str!("include/expected.txt"));
}

#[test]
fn rust_holds_what_go_has_made() {
    let go = include_str!("include/handles.go");
    let main = include_str!("include/handles.rs.txt");
    let krate = Crate::new("handles", &[("main.rs", main), ("h.go", go)]);
    assert_eq!(krate.output(), include_str!("include/handles.txt"));
}

#[test]
fn a_new_file_of_a_folder_is_noticed_by_a_build_script() {
    let main = "goxide_include::include_go!(\"q\");\n\n#[goxide::main]\nfn main() {\n    println!(\"{}\", q::F());\n}\n";
    let krate = Crate::new("folder", &[("main.rs", main)]);
    fs::write(krate.0.join("build.rs"), "fn main() {\n    println!(\"cargo:rerun-if-changed=src/q\");\n}\n")
        .expect("a build script");
    let _ = fs::remove_dir_all(krate.0.join("src/q"));
    fs::create_dir_all(krate.0.join("src/q")).expect("a folder for Go");
    krate.write("q/one.go", "package q\n\nvar names []string\n\nfunc F() int { return len(names) }\n");
    assert_eq!(krate.output(), "0\n");
    krate.write("q/two.go", "package q\n\nfunc init() { names = append(names, \"two\") }\n");
    assert_eq!(krate.output(), "1\n");
}

#[test]
fn go_needs_a_goroutine() {
    let main = "goxide_include::include_go!(\"p.go\");\n\nfn main() {\n    p::F();\n}\n";
    let krate = Crate::new("thread", &[("main.rs", main), ("p.go", "package p\n\nfunc F() {}\n")]);
    let text = krate.failure();
    assert!(text.contains("Go code was called outside of goroutines"), "{text}");
}
