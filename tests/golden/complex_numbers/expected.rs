#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[go_main]
fn main() {
    let mut z = Complex128::new(1.0, 2.0);
    let w = Complex64::new(0.0, 3.0);
    z *= z;
    fmt::Println(args![
        z,
        z.re,
        w.im,
        z == Complex128::new(-3.0, 4.0),
        Complex128::new(w.re as f64, w.im as f64) + z,
    ]);
    let mut steps = 0isize;
    let c = Complex128::new(0.5, 0.5);
    let mut p = Complex128::new(0.0, 0.0);
    while p.re * p.re + p.im * p.im < 4.0 && steps < 50 {
        p = p * p + c;
        steps += 1;
    }
    fmt::Println(args![steps]);
}
