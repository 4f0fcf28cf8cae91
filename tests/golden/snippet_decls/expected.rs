/// Point is a place.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Point")]
#[repr(C)]
pub struct Point {
    pub X: f64,
    pub Y: f64,
}

#[methods]
impl Point {
    /// Abs is the distance from the origin.
    pub fn Abs(self) -> f64 {
        math::Sqrt(self.X * self.X + self.Y * self.Y)
    }
}
