use goxide_macros::GoStruct;

#[derive(GoStruct)]
#[repr(C)]
struct Point {
    x: f64,
}

#[derive(GoStruct)]
#[repr(C)]
#[go("main.Pair")]
#[go("main.Twice")]
struct Pair {
    x: f64,
}

#[derive(GoStruct)]
#[repr(C)]
#[go("main.Pair", name = "Pair")]
struct Options {
    x: f64,
}

fn main() {}
