#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{fmt, time};

pub fn worker(id: isize, jobs: RecvChan<isize>, done: SendChan<Str>) {
    for job in jobs.range() {
        done.send(fmt::Sprintf(str("worker %d did job %d"), args![id, job]));
    }
}

#[go_main]
fn main() {
    let jobs = Chan::<isize>::make(0);
    let done = Chan::<Str>::make(0);
    go!(worker(1, jobs.recv_only(), done.send_only()));
    for job in 0..3isize {
        jobs.send(job);
        select! {
            report = <-done => {
                fmt::Println(args![report]);
            }
            <-time::After(time::Second) => {
                fmt::Println(args!["too slow"]);
            }
        }
    }
}
