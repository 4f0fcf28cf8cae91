use goxide_macros::methods;

#[derive(PartialEq)]
struct Point;

#[methods]
impl Clone for Point {
    fn clone(&self) -> Self {
        Point
    }
}

fn main() {}
