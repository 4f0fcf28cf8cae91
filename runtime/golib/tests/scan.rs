//! Scanning of all types by all verbs, compared with what Go gives by a hash (`oracle/scan.go`). To see a difference, set
//! `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

use goxide_golib::prelude::*;
use goxide_golib::{bufio, fmt, io, strings};

#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("main.Celsius")]
struct Celsius(f64);

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
struct Empty {}

const INPUTS: [&str; 33] = [
    "",
    "  ",
    "1",
    "12 34",
    "-5 +7",
    "0x1F 0b11 0o17 017 1_000",
    "3.25 -1e3",
    "1e400 2",
    "true F 1",
    "word another",
    "\"q s\\n\" `raw`",
    "1\n2\n3",
    "1 2\n3",
    "1\r\n2 3",
    "abc:12",
    "12:34",
    "x 5",
    "300 70000 -129",
    "99999999999999999999 1",
    "(1+2i) 3-4i",
    "deadbeef",
    "日本 語",
    "a",
    "U+0041 U+FF",
    "50% 5",
    "12345678",
    "+Inf NaN",
    "0x1p4 1p2",
    "\t7\n\n8",
    "1,2,3",
    "tru 1",
    "fals",
    "5 x",
];
const FORMATS: [&str; 29] = [
    "%d", "%d %d", "%d:%d", "%s", "%s %s", "%v %v", "%q", "%x", "%c", "%c%c", "%5d%3d", "%2d%2d", "%d\n%d",
    "%d\n", "%f %f", "%t", "%d%%", "%U %U", "%b", "%o %o", "%s:%d", "abc:%d", "%", "%z", "%d,%d,%d", "%3s%s",
    "x %d", "%e", "%d %s",
];

#[test]
fn all_types_by_all_verbs() {
    let mut out = Vec::new();
    for input in INPUTS.map(str) {
        for kind in 0..10isize {
            for mode in 0..3 + FORMATS.len() {
                let (i, j, k) = (Ptr::new(0isize), Ptr::new(0isize), Ptr::new(0isize));
                let (s, t) = (Ptr::new(str("")), Ptr::new(str("")));
                let (f, g, f32) = (Ptr::new(0f64), Ptr::new(0f64), Ptr::new(0f32));
                let (b1, b2, i8, u16) = (Ptr::new(false), Ptr::new(false), Ptr::new(0i8), Ptr::new(0u16));
                let (r, bs, ce) = (Ptr::new(0i32), Ptr::new(nil::<Slice<u8>>()), Ptr::new(Celsius(0.0)));
                let (c1, c2) = (Ptr::new(zero::<Complex128>()), Ptr::new(zero::<Complex64>()));
                let args = match kind {
                    0 => args![i, j],
                    1 => args![s, t],
                    2 => args![f, g],
                    3 => args![b1, b2],
                    4 => args![i8, u16],
                    5 => args![r, bs],
                    6 => args![c1, c2],
                    7 => args![f32, ce],
                    8 => args![i],
                    _ => args![i, s, k],
                };
                let mut rest = str("");
                let (n, err) = match mode {
                    0 => {
                        let rd = io::Reader::of(bufio::NewReader(io::Reader::of(strings::NewReader(input))));
                        let result = fmt::Fscan(rd, args);
                        rest = Str::from_slice(io::ReadAll(rd).0);
                        result
                    }
                    1 => fmt::Sscanln(input, args),
                    2 => {
                        let rd = io::LimitReader(io::Reader::of(strings::NewReader(input)), 1000);
                        let result = fmt::Fscanln(rd, args);
                        rest = Str::from_slice(io::ReadAll(rd).0);
                        result
                    }
                    _ => fmt::Sscanf(input, str(FORMATS[mode - 3]), args),
                };
                let line = fmt::Sprintf(
                    str("%q %d %d: %d %v %q | %d %d %d %q %q %v %v %v %v %d %d %d %q %v %v %v %v\n"),
                    args![
                        input,
                        kind,
                        mode,
                        n,
                        err,
                        rest,
                        i.get(),
                        j.get(),
                        k.get(),
                        s.get(),
                        t.get(),
                        f.get(),
                        g.get(),
                        b1.get(),
                        b2.get(),
                        i8.get(),
                        u16.get(),
                        r.get(),
                        bs.get(),
                        c1.get(),
                        c2.get(),
                        f32.get(),
                        ce.get()
                    ],
                );
                out.extend_from_slice(line.as_bytes());
            }
        }
    }
    let (n1, e1) = fmt::Sscan(str("1"), args![0isize]);
    let (n2, e2) = fmt::Sscan(str("1"), args![Ptr::new(Empty {})]);
    out.extend_from_slice(
        fmt::Sprintln(args![fmt::Sprint(args![n1, e1]), fmt::Sprint(args![n2, e2])]).as_bytes(),
    );
    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0xa8430c52b412bf2b, "the results differ from Go's");
}
