#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{fmt, io, strings};

pub fn reverse(s: Str) -> Str {
    let rs = s.to_runes();
    let mut i = 0isize;
    let mut j = rs.len() - 1;
    while i < j {
        checkpoint();
        rs.swap(i, j);
        i += 1;
        j -= 1;
    }
    Str::from_runes(rs)
}

#[go_main]
fn main() {
    let s = str("héllo");
    fmt::Println(args![s.len(), s[1], s.slice(1, 3) == str("é"), s + str(", ") + reverse(s)]);
    let b = s.to_bytes();
    b.set(0, b'H');
    fmt::Println(args![Str::from_slice(b), "λ", s < str("z")]);
    let sb = Ptr::new(zero::<strings::Builder>());
    for (i, r) in s.runes() {
        if r == 'l' as i32 {
            continue;
        }
        fmt::Fprintf(io::Writer::of(sb), str("%d%c "), args![i, r]);
    }
    fmt::Println(args![sb.String()]);
    let raw = str(r#"a\n"b"
c"#);
    fmt::Println(args![raw, str_bytes(b"\xff\xc3\xa9")[0]]);
}
