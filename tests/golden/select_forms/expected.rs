#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[go_main]
fn main() {
    let in_ = Chan::<isize>::make(1);
    let out = Chan::<Str>::make(1);
    let never: Chan<bool> = nil();
    in_.send(1);
    select! {
        v = <-in_ => {
            fmt::Println(args!["received", v]);
        }
        <-never => {
            fmt::Println(args!["never"]);
        }
    }
    select! {
        out <- str("sent") => {}
        (v, ok) = <-in_ => {
            fmt::Println(args![v, ok]);
        }
    }
    fmt::Println(args![out.recv()]);
    in_.close();
    let mut v: isize = 0;
    let mut ok = true;
    select! {
        (v2, v3) = <-in_ => {
            v = v2;
            ok = v3;
        }
    }
    fmt::Println(args![v, ok]);
    loop {
        select! {
            s = <-out => {
                fmt::Println(args![s]);
            }
            default => {
                break;
            }
        }
    }
}
