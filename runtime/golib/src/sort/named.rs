//! Slices with the methods of `Interface`.

use goxide_macros::{GoNewtype, methods};

use super::{Float64s, Ints, SearchFloat64s, SearchInts, SearchStrings, Strings, float_less};
use crate::slice::Slice;
use crate::string::Str;
use crate::view::View;

macro_rules! named {
    ($($path:literal $name:ident $ty:ty, $less:expr, $sort:ident, $search:ident;)*) => {$(
        #[doc = concat!("`", $path, "`")]
        #[derive(Clone, Copy, GoNewtype)]
        #[go($path)]
        pub struct $name(pub Slice<$ty>);

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl $name {
            pub fn Len(self) -> isize {
                self.0.len()
            }
            pub fn Less(self, i: isize, j: isize) -> bool {
                ($less)(*self.0[i], *self.0[j])
            }
            pub fn Swap(self, i: isize, j: isize) {
                let (a, b) = (*self.0[i], *self.0[j]);
                self.0[i].set(b);
                self.0[j].set(a);
            }
            pub fn Sort(self) {
                $sort(self.0);
            }
            pub fn Search(self, x: $ty) -> isize {
                $search(self.0, x)
            }
        }
    )*};
}
named! {
    "sort.IntSlice" IntSlice isize, |a: isize, b: isize| a < b, Ints, SearchInts;
    "sort.Float64Slice" Float64Slice f64, float_less, Float64s, SearchFloat64s;
    "sort.StringSlice" StringSlice Str, |a: Str, b: Str| a < b, Strings, SearchStrings;
}
