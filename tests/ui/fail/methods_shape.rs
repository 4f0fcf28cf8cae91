use goxide_macros::methods;

struct Point;

#[methods]
impl Point {
    const X: u8 = 1;
    fn by_reference(&self) {}
    fn typed(self: Box<Self>) {}
    fn without_receiver() {}
    fn generic<T>(self, _: T) {}
}

fn main() {}
