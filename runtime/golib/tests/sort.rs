//! `sort` moves equal elements as Go does, and calls "less" as often: compared by a hash with `oracle/sort.go`. To see a
//! difference, set `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

#![allow(non_snake_case)]

use goxide_golib::prelude::*;
use goxide_golib::{fmt, sort};

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Item")]
#[repr(C)]
struct Item {
    Key: i8,
    Name: Str,
    Id: isize,
}

#[derive(Clone, Copy, GoNewtype)]
#[go("main.Items")]
struct Items(Slice<Item>);
#[methods(reflected)]
impl Items {
    pub fn Len(self) -> isize {
        self.0.len()
    }
    pub fn Less(self, i: isize, j: isize) -> bool {
        *self.0[i].Key < *self.0[j].Key
    }
    pub fn Swap(self, i: isize, j: isize) {
        let (a, b) = (*self.0[i], *self.0[j]);
        self.0[i].set(b);
        self.0[j].set(a);
    }
}

fn ids(x: Slice<Item>) -> Slice<isize> {
    x.iter().fold(nil(), |ids: Slice<isize>, item| ids.append(item.Id))
}

#[test]
fn equal_elements_end_where_they_end_in_go() {
    let mut out = Vec::new();
    let mut line = |a: Slice<Any>| out.extend_from_slice(fmt::Sprintln(a).as_bytes());
    let mut state = 1u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33 ^ state >> 13
    };
    for round in 0..60usize {
        let n = [0, 1, 2, 7, 12, 13, 30, 49, 50, 51, 100, 300, 1000, 3000][round % 14];
        let mut make = || {
            let x = Slice::<Item>::make(n);
            for i in 0..n {
                let key = match round % 7 {
                    0 => (next() % 256) as isize,
                    1 => i,
                    2 => n - i,
                    3 => (next() % 4) as isize,
                    4 => {
                        if next() % 20 == 0 {
                            next() as isize
                        } else {
                            i / 8
                        }
                    }
                    5 => i % 16,
                    _ => 5,
                };
                x[i].set(Item { Key: key as i8, Name: str("n"), Id: i });
            }
            x
        };
        let calls = Ptr::new(0isize);
        let counting = |x: Slice<Item>| {
            calls.set(0);
            func(move |i: isize, j: isize| {
                calls.set(calls.get() + 1);
                *x[i].Key < *x[j].Key
            })
        };
        let x = make();
        sort::Slice_(any(x), counting(x));
        let n_calls = calls.get();
        line(args![ids(x), n_calls, sort::SliceIsSorted(any(x), counting(x))]);
        let x = make();
        sort::SliceStable(any(x), counting(x));
        line(args![ids(x), calls.get()]);
        let x = make();
        sort::Sort(sort::Interface_::of(Items(x)));
        line(args![ids(x), sort::IsSorted(sort::Interface_::of(Items(x)))]);
        let x = make();
        sort::Sort(sort::Reverse(sort::Interface_::of(Items(x))));
        line(args![ids(x), sort::IsSorted(sort::Interface_::of(Items(x)))]);
        let x = make();
        sort::Stable(sort::Interface_::of(Items(x)));
        line(args![ids(x)]);
        let x = make();
        let coin = Ptr::new(0u64);
        let toss = func(move |_: isize, _: isize| {
            coin.set(
                coin.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407),
            );
            coin.get() >> 62 == 1
        });
        sort::Slice_(any(x), toss);
        line(args![ids(x)]);
        let (fs, is, ss) = (Slice::<f64>::make(n), Slice::<isize>::make(n), Slice::<Str>::make(n));
        for i in 0..n {
            let factor = f64::from(next() as i8);
            fs[i].set(factor * 0f64.copysign(f64::from(next() as i8)));
            if next() % 3 == 0 {
                fs[i].set(f64::from(next() as i8));
            }
            if next() % 9 == 0 {
                fs[i].set(f64::NAN);
            }
            is[i].set((next() % 1000) as isize - 500);
            ss[i].set(fmt::Sprint(args![next() % 1000]));
        }
        sort::Float64s(fs);
        sort::Ints(is);
        sort::Strings(ss);
        line(args![
            fs,
            is,
            ss,
            sort::Float64sAreSorted(fs),
            sort::IntsAreSorted(is),
            sort::StringsAreSorted(ss)
        ]);
        let not_negative = func(move |i: isize| *is[i] >= 0);
        line(args![
            sort::SearchInts(is, 17),
            sort::SearchStrings(ss, str("5")),
            sort::Search(n, not_negative)
        ]);
        sort::Sort(sort::Reverse(sort::Interface_::of(sort::IntSlice(is))));
        line(args![is]);
    }
    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0x3d7f164a1d4cefe6, "the orders differ from Go's");
}
