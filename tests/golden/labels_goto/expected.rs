#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

pub fn find(grid: Slice<Slice<isize>>, want: isize) -> (isize, isize) {
    'rows: for (i, row) in grid.range() {
        for (j, v) in row.range() {
            if v < 0 {
                continue 'rows;
            }
            if v == want {
                return (i, j);
            }
            if v > 100 {
                break 'rows;
            }
        }
    }
    (-1, -1)
}

pub fn retry(fail: isize) -> isize {
    let mut tries = 0isize;
    'again: loop {
        checkpoint();
        tries += 1;
        if tries < fail {
            continue 'again;
        }
        return tries;
    }
}

#[go_main]
fn main() {
    let (a, a2) = find(slice([slice([1, -1, 2]), slice([3, 2])]), 2);
    fmt::Println(args![a, a2]);
    fmt::Println(args![retry(3)]);
    'out: {
        loop {
            checkpoint();
            break 'out;
        }
    }
}
