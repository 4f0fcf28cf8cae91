//! Files, the environment and their errors: every expected text is what Go 1.27 printed for the same calls.

use goxide_golib::os::{self, FileMode, *};
use goxide_golib::prelude::*;
use goxide_golib::{errors, io};

fn bytes(text: &'static str) -> Slice<u8> {
    str(text).to_bytes()
}

#[track_caller]
fn check(err: Error, text: &str) {
    let said = if err.is_nil() { "<nil>".to_string() } else { err.Error().to_string() };
    assert_eq!(said, text);
}

/// What `errors.Is` says of it: not there, there already, not allowed.
fn kinds(err: Error) -> [bool; 3] {
    [ErrNotExist.get(), ErrExist.get(), ErrPermission.get()].map(|target| errors::Is(err, target))
}

/// A directory for one test, removed at its end.
struct Dir(Str);

impl Dir {
    fn new() -> Dir {
        let (dir, err) = MkdirTemp(str(""), str("goxide-*-test"));
        check(err, "<nil>");
        Dir(dir)
    }

    fn at(&self, name: &'static str) -> Str {
        self.0 + str("/") + str(name)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        check(RemoveAll(self.0), "<nil>");
        assert!(IsNotExist(Stat(self.0).1));
    }
}

#[test]
fn errors_of_paths() {
    let gone = str("/no/such");
    let not_there = "no such file or directory";
    for (err, op) in [
        (Open(gone).1, "open"),
        (ReadFile(gone).1, "open"),
        (WriteFile(gone, nil(), FileMode(0o644)), "open"),
        (os::Remove(gone), "remove"),
        (Stat(gone).1, "stat"),
        (Lstat(gone).1, "lstat"),
        (ReadDir(gone).1, "open"),
        (Truncate(gone, 3), "truncate"),
        (Chmod(gone, FileMode(3)), "chmod"),
    ] {
        check(err, &format!("{op} /no/such: {not_there}"));
        assert_eq!(kinds(err), [true, false, false]);
        assert_eq!(err.assert::<Ptr<PathError>>().Path.to_string(), "/no/such");
    }
    check(ReadFile(str("/tmp")).1, "read /tmp: is a directory");
    check(Mkdir(str("/tmp"), FileMode(0o755)), "mkdir /tmp: file exists");
    assert_eq!(kinds(Mkdir(str("/tmp"), FileMode(0o755))), [false, true, false]);
    check(MkdirAll(str("/etc/passwd/x"), FileMode(0o755)), "mkdir /etc/passwd: not a directory");
    check(MkdirAll(str("/etc/passwd"), FileMode(0o755)), "mkdir /etc/passwd: not a directory");
    let renamed = Rename(gone, str("/tmp/x"));
    check(renamed, "rename /no/such /tmp/x: no such file or directory");
    assert!(IsNotExist(renamed) && errors::Is(renamed, ErrNotExist.get()));
    check(Setenv(str(""), str("x")), "setenv: invalid argument");
    check(Setenv(str("A="), str("x")), "setenv: invalid argument");
    check(Open(str("a\0b")).1, "open a\0b: invalid argument");
}

#[test]
fn a_file() {
    let dir = Dir::new();
    let name = dir.at("file");
    let wanted = |text: &str| text.replace('@', &name.to_string());
    let (f, err) = OpenFile(name, O_RDWR | O_CREATE | O_EXCL, FileMode(0o600));
    check(err, "<nil>");
    let room = Slice::make(10);
    let (n, err) = f.Read(room);
    assert!(n == 0 && err == io::EOF.get());
    assert!(f.Read(nil()) == (0, nil()));
    assert!(f.WriteString(str("hello")) == (5, nil()));
    check(f.Seek(-1, 0).1, &wanted("seek @: invalid argument"));
    assert!(f.Seek(-2, 2) == (3, nil()));
    assert!(f.Read(room) == (2, nil()) && Str::from_slice(room.slice_to(2)) == str("lo"));
    assert!(f.ReadAt(room, 2) == (3, io::EOF.get()));
    check(f.ReadAt(room, -2).1, &wanted("readat @: negative offset"));
    check(f.WriteAt(bytes("x"), -2).1, &wanted("writeat @: negative offset"));
    assert!(f.WriteAt(bytes("HE"), 0) == (2, nil()));
    assert!(Str::from_slice(ReadFile(name).0) == str("HEllo"));
    let (info, err) = f.Stat();
    check(err, "<nil>");
    assert!(info.Size() == 5 && info.Mode().String() == str("-rw-------") && !info.IsDir());
    assert!(info.Name() == str("file") && !info.ModTime().IsZero());
    check(f.Truncate(2), "<nil>");
    check(f.Sync(), "<nil>");
    check(f.Close(), "<nil>");
    check(f.Close(), &wanted("close @: file already closed"));
    check(f.Read(room).1, &wanted("read @: file already closed"));
    check(f.Write(nil()).1, &wanted("write @: file already closed"));
    check(f.Stat().1, &wanted("stat @: file already closed"));
    check(f.Seek(0, 0).1, &wanted("seek @: file already closed"));
    check(f.Sync(), &wanted("sync @: file already closed"));
    check(f.Truncate(1), &wanted("truncate @: file already closed"));
    assert!(errors::Is(f.Close(), ErrClosed.get()));

    check(nil::<Ptr<File>>().Close(), "invalid argument");
    check(Open(name).0.WriteString(str("x")).1, &wanted("write @: bad file descriptor"));
    let end = OpenFile(name, O_WRONLY | O_APPEND, FileMode(0)).0;
    check(end.Read(room).1, &wanted("read @: bad file descriptor"));
    check(end.WriteAt(room, 0).1, "os: invalid use of WriteAt on file opened with O_APPEND");
    check(end.WriteString(str("!")).1, "<nil>");
    assert!(Str::from_slice(ReadFile(name).0) == str("HE!"));
    let excl = OpenFile(name, O_CREATE | O_EXCL | O_RDWR, FileMode(0o600)).1;
    check(excl, &wanted("open @: file exists"));
    let dir_read = Open(dir.0).0.Read(room).1;
    check(dir_read, &format!("read {}: is a directory", dir.0));
}

#[test]
fn a_tree() {
    let dir = Dir::new();
    check(MkdirAll(dir.at("a/b/c/"), FileMode(0o755)), "<nil>");
    for name in ["a/two", "a/one", "a/b/three"] {
        check(WriteFile(dir.at(name), bytes(name), FileMode(0o640)), "<nil>");
    }
    check(Symlink(str("one"), dir.at("a/link")), "<nil>");
    assert!(Readlink(dir.at("a/link")).0 == str("one"));
    let (entries, err) = ReadDir(dir.at("a"));
    check(err, "<nil>");
    let names: Vec<String> =
        entries.iter().map(|entry| format!("{} {}", entry.Name(), entry.Type().String())).collect();
    assert_eq!(names, ["b d---------", "link L---------", "one ----------", "two ----------"]);
    assert!(entries[0].Info().0.IsDir() && entries[2].Info().0.Mode().String() == str("-rw-r-----"));
    let all = Open(dir.at("a")).0;
    assert!(all.ReadDir(3).0.len() == 3 && all.ReadDir(3).0.len() == 1);
    assert!(all.ReadDir(3).1 == io::EOF.get() && all.ReadDir(-1).1.is_nil());
    check(os::Remove(dir.at("a")), &format!("remove {}/a: directory not empty", dir.0));
    check(Rename(dir.at("a/one"), dir.at("a/two")), "<nil>");
    assert!(Str::from_slice(ReadFile(dir.at("a/two")).0) == str("a/one"));
    let over = Rename(dir.at("a/two"), dir.at("a/b"));
    check(over, &format!("rename {0}/a/two {0}/a/b: file exists", dir.0));
    check(os::Remove(dir.at("a/two")), "<nil>");
    let (temporary, err) = CreateTemp(dir.0, str("x*.txt"));
    check(err, "<nil>");
    let name = temporary.Name().to_string();
    assert!(name.starts_with(&format!("{}/x", dir.0)) && name.ends_with(".txt"), "{name}");
    check(CreateTemp(dir.0, str("a/b")).1, "createtemp a/b: pattern contains path separator");
}

#[test]
fn the_environment() {
    Setenv(str("GOXIDE_A"), str("b"));
    Setenv(str("GOXIDE_C"), str(""));
    assert!(LookupEnv(str("GOXIDE_C")) == (str(""), true) && LookupEnv(str("GOXIDE_D")) == (str(""), false));
    assert!(Environ().iter().any(|line| line == str("GOXIDE_A=b")));
    let expanded = ExpandEnv(str("$GOXIDE_A ${GOXIDE_A}x $GOXIDE_A_ $GOXIDE_C- ${} $$ ${GOXIDE_A $ $1 ${X"));
    assert_eq!(expanded.to_string(), "b bx  -   GOXIDE_A $  X");
    Unsetenv(str("GOXIDE_A"));
    assert!(Getenv(str("GOXIDE_A")).is_empty());
}

#[test]
fn reading_a_pipe_lets_other_goroutines_run() {
    goxide::__private::run_main(|| {
        let dir = Dir::new();
        let name = dir.at("pipe");
        let made = std::process::Command::new("mkfifo").arg(name.to_string()).status();
        assert!(made.is_ok_and(|status| status.success()));
        go!(move || {
            let pipe = OpenFile(name, O_WRONLY, FileMode(0)).0;
            goxide_golib::time::Sleep(goxide_golib::time::Duration(20_000_000));
            pipe.WriteString(str("through"));
            pipe.Close();
        });
        let pipe = Open(name).0;
        let room = Slice::make(100);
        assert!(pipe.Read(room) == (7, nil()));
        assert!(pipe.Read(room) == (0, io::EOF.get()));
    });
}

/// A program that this test becomes in a process of its own.
fn child(of: &str, what: &str) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args([of, "--exact", "--nocapture", "--test-threads=1"]).env("GOXIDE_CHILD", what);
    command
}

#[test]
fn nobody_reads_any_more() {
    use std::io::Read;
    if std::env::var_os("GOXIDE_CHILD").is_some() {
        loop {
            Stdout.WriteString(str("line\n"));
        }
    }
    let mut child = child("nobody_reads_any_more", "1").stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 100]).unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(141));
}

#[test]
fn signals() {
    use goxide_golib::os::signal::*;
    use goxide_golib::{context, syscall, time};
    use std::os::unix::process::ExitStatusExt;
    let Some(what) = std::env::var_os("GOXIDE_CHILD") else {
        assert!(child("signals", "caught").status().unwrap().success());
        assert_eq!(child("signals", "stopped").status().unwrap().signal(), Some(12));
        return;
    };
    let send = |name: &'static str| {
        let kill = std::process::Command::new("kill").args([name, &Getpid().to_string()]).status();
        assert!(kill.unwrap().success());
    };
    goxide_golib::program::prepare();
    goxide::__private::run_main(move || {
        let c = Chan::<os::Signal>::make(1);
        let (usr1, usr2) = (os::Signal::of(syscall::SIGUSR1), os::Signal::of(syscall::SIGUSR2));
        Notify(c.send_only(), slice([usr1, usr2]));
        send("-USR1");
        assert!(c.recv() == usr1);
        send("-USR2");
        assert!(c.recv() == usr2);
        Ignore(slice([usr1]));
        assert!(Ignored(usr1) && !Ignored(usr2));
        send("-USR1");
        let (ctx, stop) = NotifyContext(context::Background(), slice([os::Interrupt.get()]));
        send("-INT");
        ctx.Done().recv();
        check(context::Cause(ctx), "interrupt signal received");
        (stop.0)();
        assert!(c.is_empty());
        if what == "stopped" {
            Stop(c.send_only());
            send("-USR2");
            time::Sleep(time::Second);
        }
    });
}
