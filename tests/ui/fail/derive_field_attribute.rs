use goxide_macros::GoStruct;

#[derive(GoStruct)]
#[go("main.Point")]
#[repr(C)]
struct Point {
    #[go(embeded)]
    x: f64,
}

fn main() {}
