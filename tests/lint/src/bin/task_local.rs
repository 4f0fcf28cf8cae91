//! State of an async task: one report, though the macro declares a thread-local in here.

tokio::task_local! {
    static REQUEST: u32;
}

fn request() -> u32 {
    REQUEST.try_with(|n| *n).unwrap_or(0) //~ task-local
}

fn task() -> bool {
    tokio::task::try_id().is_some() //~ task-local
}

fn main() {
    goxide::go!(move || drop((request(), task())));
}
