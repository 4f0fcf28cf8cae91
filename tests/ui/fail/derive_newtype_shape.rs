use goxide_macros::GoNewtype;

#[derive(GoNewtype)]
#[go("main.Celsius")]
struct Celsius {
    degrees: f64,
}

#[derive(GoNewtype)]
#[go(struct)]
struct Kelvin(f64);

fn main() {}
