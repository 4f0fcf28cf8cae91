//! `fmt` on values of all kinds under all verbs, compared with what Go prints by a hash (`oracle/fmt.go`). To see a
//! difference, set `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

#![allow(non_snake_case)]

use goxide_golib::prelude::*;
use goxide_golib::{errors, fmt, io};

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Point")]
#[repr(C)]
struct Point {
    X: isize,
    Y: isize,
}
#[methods(reflected)]
impl Point {
    pub fn String(self) -> Str {
        fmt::Sprintf(str("<%d,%d>"), args![self.X, self.Y])
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Inner")]
#[repr(C)]
struct Inner {
    A: isize,
    b: Str,
}

#[derive(Clone, Copy, GoStruct)]
#[go("main.Outer")]
#[repr(C)]
struct Outer {
    #[go(embedded)]
    Inner: Inner,
    P: Ptr<Inner>,
    I: Any,
    S: fmt::Stringer,
    s: fmt::Stringer,
    E: Error,
    M: Map<Str, isize>,
    L: Slice<Point>,
    B: Slice<u8>,
    Ar: [bool; 2],
    F: Func<dyn Fn()>,
    C: Complex64,
    p: Point,
}

#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("main.Kind")]
struct Kind(isize);
#[methods(reflected)]
impl Kind {
    pub fn String(self) -> Str {
        if self.0 < 0 {
            panic(any(str("negative")));
        }
        str("kind")
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Bad")]
#[repr(C)]
struct Bad {
    p: Ptr<isize>,
}
#[methods(reflected)]
impl Ptr<Bad> {
    pub fn Error(self) -> Str {
        fmt::Sprint(args![self.p.get().get()])
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Go")]
#[repr(C)]
struct Go {
    N: isize,
}
#[methods(reflected)]
impl Go {
    pub fn GoString(self) -> Str {
        str("Go!")
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Shape")]
#[repr(C)]
struct Shape {
    N: isize,
}
#[methods(reflected)]
impl Shape {
    pub fn Format(self, f: fmt::State, verb: i32) {
        let (w, wok) = f.Width();
        let (p, pok) = f.Precision();
        let flag = |c: u8| f.Flag(isize::from(c));
        fmt::Fprintf(
            f.upcast::<io::Writer>(),
            str("[%c %v %v %v %v %v%v%v%v%v]"),
            args![verb, w, wok, p, pok, flag(b'+'), flag(b'-'), flag(b'#'), flag(b' '), flag(b'0')],
        );
        io::WriteString(f.upcast::<io::Writer>(), fmt::FormatString(f, verb));
    }
}

#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("main.Name")]
struct Name(Str);
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("main.Fail")]
struct Fail(Str);
#[methods(reflected)]
impl Fail {
    pub fn Error(self) -> Str {
        str("F:") + self.0
    }
}
#[derive(Clone, Copy, GoNewtype)]
#[go("main.Ints")]
struct Ints(Slice<isize>);
#[derive(Clone, Copy, GoNewtype)]
#[go("main.Text")]
struct Text(Slice<u8>);

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
struct Empty {}
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct, path = "main")]
#[repr(C)]
struct Anonymous {
    A: Any,
    b: Any,
}
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
struct OneInt {
    A: isize,
}

fn values() -> Slice<Any> {
    let inner = Inner { A: 1, b: str("two") };
    let outer = Outer {
        Inner: inner,
        Ar: [true, false],
        C: Complex64::new(1.0, 2.0),
        p: Point { X: 3, Y: 4 },
        ..zero()
    };
    let full = Outer {
        Inner: inner,
        I: any(7isize),
        S: fmt::Stringer::of(Point { X: 1, Y: 2 }),
        s: fmt::Stringer::of(Point { X: 5, Y: 6 }),
        E: Error::of(Fail(str("oops"))),
        M: Map::from([(str("b"), 2), (str("a"), 1)]),
        L: slice([Point { X: 1, Y: 2 }, Point { X: 3, Y: 4 }]),
        B: str("hi").to_bytes(),
        C: Complex64::new(0.0, -1.0),
        ..zero()
    };
    args![
        nil::<Any>(),
        true,
        42isize,
        -7isize,
        200u8,
        i64::MIN,
        u64::MAX,
        Uintptr(255),
        3.5f64,
        -0.25f32,
        Complex128::new(1.0, 2.0),
        Complex64::new(-1.0, 0.0),
        "héllo\n",
        "",
        "a`b",
        str_bytes(b"\xff\x00z"),
        Name(str("n")),
        'x' as i32,
        slice([1isize, 2]),
        slice([str("a"), str("b c")]),
        str("ab\x01").to_bytes(),
        nil::<Slice<u8>>(),
        args![1isize, "x", nil::<Any>(), 2.5f64],
        [1isize, 2, 3],
        [1u8, 255],
        [0isize; 0],
        Ints(slice([3])),
        Text(str("tx").to_bytes()),
        slice([slice([1isize]), nil(), Slice::make(0)]),
        Map::from([(str("z"), 1isize), (str("a"), 2)]),
        nil::<Map<isize, Str>>(),
        Map::from([(Kind(2), true), (Kind(1), false)]),
        Map::from([
            (any(str("b")), 1isize),
            (any(2isize), 2),
            (any(1isize), 3),
            (any(str("a")), 4),
            (any(2.5f64), 5),
            (any(true), 6),
            (any(1u8), 7),
            (any(5i64), 8),
        ]),
        Map::from([([2isize, 1], str("x")), ([1, 5], str("y"))]),
        Map::from([(2f64, true), (-1.0, false)]),
        Map::from([(true, 1isize), (false, 0)]),
        Point { X: 1, Y: 2 },
        Ptr::new(Point { X: 3, Y: 4 }),
        nil::<Ptr<Point>>(),
        inner,
        Ptr::new(inner),
        outer,
        Ptr::new(outer),
        full,
        Empty {},
        Anonymous { A: any(1isize), b: any(str("q")) },
        Kind(3),
        Kind(-1),
        slice([Kind(1), Kind(-1)]),
        errors::New(str("fail")),
        nil::<Error>(),
        nil::<Ptr<Bad>>(),
        Ptr::new(Bad { p: nil() }),
        Go { N: 5 },
        slice([Go { N: 6 }]),
        Shape { N: 1 },
        slice([Shape { N: 1 }]),
        fmt::Errorf(str("wrap: %w"), args![Fail(str("eof"))]),
        nil::<Func<dyn Fn()>>(),
        nil::<Chan<isize>>(),
        slice([Error::of(Fail(str("e"))), nil()]),
        [any(Point { X: 8, Y: 9 })],
        Ptr::new(slice([1isize])),
        Ptr::new(Map::from([(str("k"), 1isize)])),
        Ptr::new([str("s")])
    ]
}

const FORMATS: [&str; 33] = [
    "%v", "%+v", "%#v", "%T", "%s", "%d", "%q", "%x", "%X", "%t", "%5v|", "%-6v|", "%06v", "%.2s", "%#x",
    "% x", "%# X", "%+q", "%#q", "%8.3s|", "%c", "%U", "%e", "%o", "%z", "%w", "%+d", "%6.2f", "%08.3d",
    "%-+8d|", "%G", "%b", "%!",
];

#[test]
fn every_value_under_every_verb() {
    let mut out = Vec::new();
    let mut put = |text: Str| {
        out.extend_from_slice(text.as_bytes());
        out.push(b'\n');
    };
    let mut line = |format: &'static str, a: Slice<Any>| put(fmt::Sprintf(str(format), a));
    let one = |v: Any| slice([v]);
    for v in values().iter() {
        for format in FORMATS {
            line(format, one(v));
        }
        line("%s", args![fmt::Sprint(args![v, v, "s", v, 1isize, 2isize, "t"])]);
        line("%s", args![fmt::Sprintln(args!["x", v, 1isize])]);
    }
    line("%d %s", args![1isize]);
    line("%d", args![1isize, 2isize, "x", nil::<Any>()]);
    line("%!d %-", args![]);
    line("%", args![]);
    line("100%%|%5%|%-5d|", args![1isize]);
    line("%[2]d %[1]d %d %[3]*.[2]*[1]f|%[9]d %[x]d %[2]", args![1isize, 2isize, 3isize]);
    line("%[1]d %[1]v %[2]q %q", args![1isize, "two"]);
    line(
        "%*d|%-*d|%.*f|%*d|%.*d",
        args![5isize, 1isize, -6isize, 2isize, 2isize, 3.15169, "x", 4isize, -1isize, 5isize],
    );
    line("%[3]*.[2]*[1]f|%6.[2]*[1]f|%[5]d", args![12.0, 2isize, 6isize]);
    line("%99999999d|%.99999999d", args![1isize, 2isize]);
    line(
        "%-010d|%+05d|% 05d|%+.3q|%x|%X",
        args![5isize, 6isize, 7isize, "abcdef", "hello", slice([str("ab"), str("c")])],
    );
    line("%世 %é", args![1isize, 2isize]);
    line("%.3v|%10.2v|%v", args!["abcdef", 3.15169, slice([1.0, 2.5])]);
    line("%t %v %p", args!["x", Ptr::new(OneInt { A: 1 }), 5isize]);
    line("%s %v", args![args![nil::<Any>(), 1isize, "x"], [slice([1isize]), slice([2])]]);
    let pair = || slice([1isize, -2]);
    line("%6d|%-6d|%06d|%x", args![pair(), pair(), pair(), slice([10isize, 11])]);
    line("%q %v %d", args![slice([str("a")]), slice([true]), Map::from([(str("a"), 1isize)])]);
    let err = fmt::Errorf(str("a %w b %w %w"), args![io::EOF.get(), errors::New(str("x")), nil::<Any>()]);
    line("%v %T %v", args![err, err, errors::Is(err, io::EOF.get())]);
    let err = fmt::Errorf(str("%w %d"), args!["no", 1isize]);
    line("%v %T", args![err, err]);
    line("%v", args![errors::Join(slice([io::EOF.get(), nil(), io::ErrUnexpectedEOF.get()]))]);
    let point = zero::<Point>();
    line("%s|%v|%d", args![Ptr::new(point), point, point]);

    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0x81f14ca3be874f2f, "the texts differ from Go's");
}
