#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Point")]
#[repr(C)]
pub struct Point {
    pub X: isize,
    pub Y: isize,
}

#[methods]
impl Point {
    pub fn Plus(self, q: Point) -> Point {
        Point { X: self.X + q.X, Y: self.Y + q.Y }
    }
}

#[methods]
impl Ptr<Point> {
    /// Move changes the point in place.
    pub fn Move(self, dx: isize, dy: isize) {
        self.X.set(*self.X + dx);
        self.Y.set(*self.Y + dy);
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Line")]
#[repr(C)]
pub struct Line {
    pub From: Point,
    pub To: Point,
    pub Label: Str,
}

#[go_main]
fn main() {
    let p = Point { X: 1, Y: 2 };
    let q = Ptr::new(p); // a copy
    q.Move(10, 10);
    fmt::Println(args![p, q.get(), p == q.get(), p.Plus(q.get())]);

    let l = Ptr::new(Line { From: p, To: q.get(), ..zero() });
    l.To.addr().Move(1, 1);
    let end = l.To.addr();
    end.X.set(100);
    l.Label.set(str("line"));
    fmt::Println(args![*l.To.X, end.get(), *l.Label, l.get()]);

    let grid = Ptr::new([zero::<[Point; 2]>(); 3]);
    grid[1][1].addr().Move(5, 6);
    let mut copy_ = grid.get();
    copy_[1][1].X = 0;
    let points = grid.slice_from(1);
    points[0][0].set(Point { X: 7, Y: 7 });
    fmt::Println(args![grid.get(), copy_[1][1], points.len()]);

    let byName = Map::from([(str("a"), Point { X: 1, Y: 1 })]);
    byName.set(str("b"), byName.get(str("a")).Plus(p));
    byName.delete(str("a"));
    fmt::Println(args![byName, byName.get(str("none"))]);
}
