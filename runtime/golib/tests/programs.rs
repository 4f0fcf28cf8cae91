//! Programs that end by a panic, a deadlock or an exit: what stands on stderr and the exit status, as Go has them.
//!
//! The test runs itself once per case, in a process of its own. Must hold: each expected text is what gc 1.27 printed for the
//! Go program of the case, up to the line that names the goroutine; `0x..` stands for an address.

#![allow(non_snake_case)]

use std::process::Command;

use goxide_golib::panic::goexit;
use goxide_golib::prelude::*;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.T")]
#[repr(C)]
struct T {
    a: isize,
    b: isize,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.E")]
#[repr(C)]
struct E {
    s: Str,
}
#[methods(reflected)]
impl E {
    fn Error(self) -> Str {
        self.s
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.S")]
#[repr(C)]
struct S {
    s: Str,
}
#[methods(reflected)]
impl S {
    fn String(self) -> Str {
        str("S:") + self.s
    }
}

/// Its `Error` panics.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.EP")]
#[repr(C)]
struct EP {}
#[methods(reflected)]
impl EP {
    fn Error(self) -> Str {
        panic(any(str("in Error")))
    }
}

macro_rules! newtypes {
    ($($name:ident($inner:ty) = $go:literal;)*) => {$(
        #[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
        #[go($go)]
        struct $name($inner);
    )*};
}
newtypes! {
    MyStr(Str) = "main.MyStr";
    MyInt(isize) = "main.MyInt";
    MyFloat(f64) = "main.MyFloat";
    MyBool(bool) = "main.MyBool";
}

#[derive(Clone, Copy, PartialEq, GoNewtype)]
#[go("main.MyComplex")]
struct MyComplex(Complex128);

#[interface("main.I")]
trait I {
    fn M(self);
}

#[interface("main.Speaker")]
trait Speaker {
    fn Error(self) -> Str;
}

#[interface("fmt.Stringer")]
trait Stringer {
    fn String(self) -> Str;
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Holder")]
#[repr(C)]
struct Holder {
    f: Any,
}

/// Panics with "first" and runs `f` as its deferred call.
fn deferring(f: fn()) {
    defer_scope(|defers| {
        defers.push_recover(f);
        panic(any(str("first")))
    })
}

fn recover_and_panic() {
    let recovery = Recovery::take();
    recovery.recover();
    panic(any(str("second")))
}

fn repanic() {
    let recovery = Recovery::take();
    panic(recovery.recover())
}

type Case = (&'static str, fn(), i32, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("index", || { let s = slice([1isize, 2, 3]); s[5].set(1) }, 2, "panic: runtime error: index out of range [5] with length 3\n\n"),
    ("negative index", || { let s = slice([1isize, 2, 3]); s[-1].set(1) }, 2, "panic: runtime error: index out of range [-1]\n\n"),
    ("error", || panic(any(Error::of(E { s: str("boom") }))), 2, "panic: boom\n\n"),
    ("error of several lines", || panic(any(E { s: str("multi\nline") })), 2, "panic: multi\n\tline\n\n"),
    ("stringer", || panic(any(S { s: str("x") })), 2, "panic: S:x\n\n"),
    ("struct", || panic(any(T { a: 1, b: 2 })), 2, "panic: (main.T) 0x..\n\n"),
    ("pointer", || panic(any(Ptr::new(T { a: 1, b: 2 }))), 2, "panic: (*main.T) 0x..\n\n"),
    ("string", || panic(any(str("str\nline2"))), 2, "panic: str\n\tline2\n\n"),
    ("named string", || panic(any(MyStr(str("ab\ncd")))), 2, "panic: main.MyStr(\"ab\n\tcd\")\n\n"),
    ("named int", || panic(any(MyInt(7))), 2, "panic: main.MyInt(7)\n\n"),
    ("named float", || panic(any(MyFloat(1.5))), 2, "panic: main.MyFloat(1.5)\n\n"),
    ("named bool", || panic(any(MyBool(true))), 2, "panic: main.MyBool(true)\n\n"),
    ("named complex", || panic(any(MyComplex(Complex128::new(1.0, 2.0)))), 2, "panic: main.MyComplex(1+2i)\n\n"),
    ("int", || panic(any(42isize)), 2, "panic: 42\n\n"),
    ("int8", || panic(any(-5i8)), 2, "panic: -5\n\n"),
    ("rune", || panic(any('x' as i32)), 2, "panic: 120\n\n"),
    ("uintptr", || panic(any(Uintptr(5))), 2, "panic: 5\n\n"),
    ("float", || panic(any(1.5)), 2, "panic: 1.5\n\n"),
    ("float32", || panic(any(2.5f32)), 2, "panic: 2.5\n\n"),
    ("complex", || panic(any(Complex128::new(1.0, 2.0))), 2, "panic: (1+2i)\n\n"),
    ("bool", || panic(any(true)), 2, "panic: true\n\n"),
    ("slice", || panic(any(slice([1isize]))), 2, "panic: ([]int) 0x..\n\n"),
    ("map", || panic(any(Map::<Str, isize>::make())), 2, "panic: (map[string]int) 0x..\n\n"),
    ("func", || panic(any(func(|| {}))), 2, "panic: (func()) 0x..\n\n"),
    ("array", || panic(any([1isize, 2])), 2, "panic: ([2]int) 0x..\n\n"),
    ("nil", || panic(nil::<Any>()), 2, "panic: runtime error: panic called with nil argument\n\n"),
    ("nil error", || panic(any(nil::<Error>())), 2, "panic: runtime error: panic called with nil argument\n\n"),
    ("nil pointer", || nil::<Ptr<T>>().a.set(1), 2,
        "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n\n"),
    ("nil interface", || nil::<I>().M(), 2,
        "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n\n"),
    ("nil map", || nil::<Map<Str, isize>>().set(str("a"), 1), 2, "panic: assignment to entry in nil map\n\n"),
    ("division", || { div(1isize, zero()); }, 2, "panic: runtime error: integer divide by zero\n\n"),
    ("shift", || { shl(1isize, -1isize); }, 2, "panic: runtime error: negative shift amount\n\n"),
    ("assertion", || { any(1isize).assert::<Str>(); }, 2, "panic: interface conversion: interface {} is int, not string\n\n"),
    ("assertion of nil", || { nil::<Any>().assert::<Str>(); }, 2, "panic: interface conversion: interface {} is nil, not string\n\n"),
    ("assertion to interface", || { any(1isize).assert::<I>(); }, 2, "panic: interface conversion: int is not main.I: missing method M\n\n"),
    ("assertion of nil to interface", || { nil::<Any>().assert::<I>(); }, 2, "panic: interface conversion: interface is nil, not main.I\n\n"),
    ("assertion from interface", || { Stringer::of(S { s: str("") }).assert::<T>(); }, 2, "panic: interface conversion: fmt.Stringer is main.S, not main.T\n\n"),
    ("assertion of nil from interface", || { nil::<Stringer>().assert::<S>(); }, 2, "panic: interface conversion: fmt.Stringer is nil, not main.S\n\n"),
    ("assertion between interfaces", || { Stringer::of(S { s: str("") }).assert::<I>(); }, 2, "panic: interface conversion: main.S is not main.I: missing method M\n\n"),
    ("unhashable", || Map::<Any, isize>::make().set(any(slice([1isize])), 2), 2, "panic: runtime error: hash of unhashable type []int\n\n"),
    ("uncomparable", || { let _ = any(slice([1isize])) == any(slice([1isize])); }, 2, "panic: runtime error: comparing uncomparable type []int\n\n"),
    ("uncomparable within", || { let h = Holder { f: any(func(|| {})) }; let _ = any(h) == any(h); }, 2, "panic: runtime error: comparing uncomparable type func()\n\n"),
    ("make slice", || { Slice::<isize>::make(-1); }, 2, "panic: runtime error: makeslice: len out of range\n\n"),
    ("make slice with capacity", || { Slice::<isize>::make_cap(5, 2); }, 2, "panic: runtime error: makeslice: cap out of range\n\n"),
    ("make channel", || { Chan::<isize>::make(-1); }, 2, "panic: makechan: size out of range\n\n"),
    ("close nil", || nil::<Chan<isize>>().close(), 2, "panic: close of nil channel\n\n"),
    ("close closed", || { let c = Chan::<isize>::make(0); c.close(); c.close() }, 2, "panic: close of closed channel\n\n"),
    ("send to closed", || { let c = Chan::<isize>::make(0); c.close(); c.send(1) }, 2, "panic: send on closed channel\n\n"),
    ("select of closed", || { let c = Chan::<isize>::make(0); c.close(); select! { c <- 1isize => {} } }, 2, "panic: send on closed channel\n\n"),
    ("slice beyond capacity", || { Slice::<isize>::make_cap(2, 4).slice_to(5); }, 2, "panic: runtime error: slice bounds out of range [:5] with capacity 4\n\n"),
    ("slice from beyond length", || { Slice::<isize>::make_cap(2, 4).slice_from(3); }, 2, "panic: runtime error: slice bounds out of range [3:2]\n\n"),
    ("slice backwards", || { Slice::<isize>::make_cap(2, 4).slice(3, 2); }, 2, "panic: runtime error: slice bounds out of range [3:2]\n\n"),
    ("slice max", || { Slice::<isize>::make_cap(2, 4).slice3(3, 2, 9); }, 2, "panic: runtime error: slice bounds out of range [::9] with capacity 4\n\n"),
    ("slice high over max", || { Slice::<isize>::make_cap(2, 4).slice3(0, 4, 3); }, 2, "panic: runtime error: slice bounds out of range [:4:3]\n\n"),
    ("slice low over high", || { Slice::<isize>::make_cap(2, 4).slice3(2, 1, 3); }, 2, "panic: runtime error: slice bounds out of range [2:1:]\n\n"),
    ("string slice", || { str("abc").slice_to(5); }, 2, "panic: runtime error: slice bounds out of range [:5] with length 3\n\n"),
    ("string index", || { let _ = str("abc")[5]; }, 2, "panic: runtime error: index out of range [5] with length 3\n\n"),
    ("array slice", || { Ptr::new([0isize; 3]).slice_to(5); }, 2, "panic: runtime error: slice bounds out of range [:5] with length 3\n\n"),
    ("to array", || { Slice::<isize>::make(2).to_array::<4>(); }, 2,
        "panic: runtime error: cannot convert slice with length 2 to array or pointer to array with length 4\n\n"),
    ("recovered and again", || deferring(recover_and_panic), 2, "panic: first [recovered]\n\tpanic: second\n\n"),
    ("nested", || deferring(|| panic(any(str("second")))), 2, "panic: first\n\tpanic: second\n\n"),
    ("nested thrice", || defer_scope(|defers| {
        defers.push(|| panic(any(str("third"))));
        deferring(|| panic(any(str("second"))));
    }), 2, "panic: first\n\tpanic: second\n\tpanic: third\n\n"),
    ("repanicked", || deferring(repanic), 2, "panic: first [recovered, repanicked]\n\n"),
    ("panic of deferred recovered", || defer_scope(|defers| {
        defers.push(|| defer_scope(|defers| -> () {
            defers.push_recover(|| { Recovery::take().recover(); });
            panic(any(str("inner")))
        }));
        panic(any(str("outer")))
    }), 2, "panic: outer\n\n"),
    ("goexit of main", || goexit(), 2, "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n"),
    ("panic after goexit", || defer_scope(|defers| { defers.push(|| panic(any(str("after goexit")))); goexit() }), 2, "panic: after goexit\n\n"),
    ("panic in Error", || panic(any(EP {})), 2, "fatal error: panic while printing panic value: in Error\n"),
    ("deadlock", || { Chan::<isize>::make(0).recv(); }, 2, "fatal error: all goroutines are asleep - deadlock!\n\n"),
    ("panic of a goroutine", || { go!(|| panic(any(str("in goroutine")))); select! {} }, 2, "panic: in goroutine\n\n"),
    ("panic of a wrapper", || { let s = Speaker::of(nil::<Ptr<E>>()); s.Error(); }, 2, "panic: value method main.E.Error called using nil *E pointer\n\n"),
    ("returns", || println(args!["done", 1isize, nil::<Any>(), Complex128::new(0.1, -0.5), nil::<Slice<isize>>()]), 0, "done 1 (0x0,0x0) (0.1-0.5i) [0/0]0x0\n"),
];

fn main() {
    if let Some(name) = std::env::var_os("GOXIDE_CASE") {
        let case = CASES.iter().find(|case| name == case.0).expect("a case of that name");
        return goxide_golib::program::go_main(None, || {}, case.1);
    }
    let wanted = std::env::args().nth(1).filter(|arg| !arg.starts_with('-'));
    let mut failures = 0;
    for (name, _, status, expected) in
        CASES.iter().filter(|case| wanted.as_ref().is_none_or(|w| case.0.contains(w)))
    {
        let program = std::env::current_exe().expect("a path");
        let output = Command::new(program).env("GOXIDE_CASE", name).output().expect("a process");
        let shown = addresses_hidden(&String::from_utf8_lossy(&output.stderr));
        let told = shown
            .split_once("main goroutine")
            .or(shown.split_once("goroutine "))
            .map_or(&*shown, |(told, _)| told);
        if told != *expected || output.status.code() != Some(*status) {
            eprintln!("{name}: expected {status} {expected:?}\n  found {:?} {told:?}", output.status.code());
            failures += 1;
        }
    }
    assert!(failures == 0, "{failures} cases failed");
    std::println!("{} programs ended as in Go", CASES.len());
}

/// Digits of addresses become `..`; 0x0 and 0x1 stay.
fn addresses_hidden(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let digits = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
        out.push_str("0x");
        out.push_str(if digits > 1 { ".." } else { &part[..digits] });
        out.push_str(&part[digits..]);
    }
    out
}
