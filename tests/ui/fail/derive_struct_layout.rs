use goxide_macros::GoStruct;

#[derive(GoStruct)]
#[go("main.Point")]
struct Point {
    x: f64,
}

#[derive(GoStruct)]
#[go("main.Pair")]
#[repr(C)]
struct Pair(f64, f64);

#[derive(GoStruct)]
#[go("main.Choice")]
#[repr(C)]
enum Choice {
    A,
}

fn main() {}
