//! Numbers, strings, structs, arrays and slices, as the Go specification and gc have them.

#![allow(non_snake_case)]

mod support;

use goxide_golib::prelude::*;
use support::{panic_of, runtime_error_of};

#[derive(Clone, Copy, PartialEq, Debug, GoStruct)]
#[go("main.Point")]
#[repr(C)]
struct Point {
    X: f64,
    ok: bool,
    name: Str,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Grid")]
#[repr(C)]
struct Grid {
    head: Point,
    cells: [[Point; 2]; 3],
    next: Ptr<Grid>,
    rest: Slice2,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Pair")]
#[repr(C)]
struct Slice2 {
    a: isize,
    b: Blank<u8>,
}

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, GoNewtype)]
#[go("main.Small")]
struct Small(i8);

#[test]
fn integers_wrap_and_divide_as_in_go() {
    assert_eq!(div(isize::MIN, -1), isize::MIN);
    assert_eq!(rem(isize::MIN, -1), 0);
    assert_eq!((div(-7isize, 2), rem(-7isize, 2)), (-3, -1));
    assert_eq!(div(Small(-128), Small(-1)), Small(-128));
    assert_eq!(Small(127) + Small(1), Small(-128));
    assert_eq!(runtime_error_of(|| div(1u8, zero())), "runtime error: integer divide by zero");
    assert_eq!(runtime_error_of(|| rem(Small(1), zero())), "runtime error: integer divide by zero");
}

#[test]
fn shifts_take_any_count() {
    assert_eq!((shl(1u8, 7u8), shl(1u8, 8u8), shl(1u8, u64::MAX)), (128, 0, 0));
    assert_eq!((shr(-5i32, 1), shr(-5i32, 32), shr(5i32, 100isize)), (-3, -1, 0));
    assert_eq!(shr(Small(-128), 200u8), Small(-1));
    assert_eq!(runtime_error_of(|| shl(1isize, -1i8)), "runtime error: negative shift amount");
}

#[test]
fn floats_convert_as_by_gc_on_amd64() {
    assert_eq!(float_to_int::<isize>(-1.9), -1);
    assert_eq!(float_to_int::<isize>(f64::NAN), isize::MIN);
    assert_eq!(float_to_int::<isize>(1e300), isize::MIN);
    assert_eq!(float_to_int::<u64>(18_446_744_073_709_549_568.0), 18_446_744_073_709_549_568);
    assert_eq!(float_to_int::<u64>(-1.0), u64::MAX);
    assert_eq!(float_to_int::<i32>(2_147_483_648.0), i32::MIN);
    assert_eq!(float_to_int::<u8>(300.7f32), 44);
    assert_eq!(float_to_int::<Small>(3.99), Small(3));
}

#[test]
fn min_and_max_know_nan_and_negative_zero() {
    assert!(min(f64::NAN, 1.0).is_nan() && max(1.0, f64::NAN).is_nan());
    assert!(min(0.0f64, -0.0).is_sign_negative() && max(-0.0f64, 0.0).is_sign_positive());
    assert_eq!((min(3isize, 2), max(Small(3), Small(2))), (2, Small(3)));
    assert_eq!(max(str("a"), str("b")), str("b"));
}

#[test]
fn complex_numbers_divide_as_by_gc() {
    let c = Complex128::new;
    assert_eq!(c(1.0, 2.0) * c(3.0, 4.0), c(-5.0, 10.0));
    assert_eq!(c(-5.0, 10.0) / c(3.0, 4.0), c(1.0, 2.0));
    let by_zero = c(1.0, 1.0) / c(0.0, 0.0);
    assert!(by_zero.re.is_infinite() && by_zero.im.is_infinite());
    let by_infinity = c(1.0, 1.0) / c(f64::INFINITY, 0.0);
    assert_eq!(by_infinity, c(0.0, 0.0));
}

#[test]
fn strings_are_bytes_and_runes() {
    let s = str("aé\u{1F600}") + str_bytes(b"\xffz");
    assert_eq!(s.len(), 9);
    assert_eq!(s[1], 0xc3);
    let runes: Vec<_> = s.runes().collect();
    assert_eq!(runes, [(0, 'a' as i32), (1, 'é' as i32), (3, 0x1f600), (7, 0xfffd), (8, 'z' as i32)]);
    assert_eq!(str_bytes(b"\xed\xa0\x80").runes().count(), 3, "surrogates are not characters");
    assert_eq!(str_bytes(b"\xe2\x82").runes().count(), 2, "a cut character");
    assert_eq!(Str::from_rune(-1), str("\u{fffd}"));
    assert_eq!(Str::from_rune(0xe9), str("é"));
    assert_eq!(Str::from_runes(s.to_runes()), str("aé\u{1F600}\u{fffd}z"));
    assert_eq!(Str::from_slice(s.to_bytes()), s);
    assert_eq!(s.slice(1, 3), str("é"));
    assert_eq!(s.slice_from(9), str(""));
    assert!(str("a") < str("ab") && str("b") > str("ab") && str("") < str("a"));
    assert_eq!(nil_str() + str("x"), str("x"));
    assert_eq!(Str::concat([str("a"), nil_str(), s, str("!")]), str("a") + s + str("!"));
    assert_eq!(Str::concat([nil_str(), nil_str()]).len(), 0);
    assert_eq!((Str::from_rune(0x41), Str::from_rune(0x80).len()), (str("A"), 2));
}

fn nil_str() -> Str {
    zero()
}

#[test]
fn bytes_of_a_string_are_a_copy() {
    let s = str("hello");
    let bytes = s.to_bytes();
    bytes[0].set(b'j');
    assert_eq!((Str::from_slice(bytes), s), (str("jello"), str("hello")));
    let text = Str::from_slice(bytes);
    bytes[0].set(b'b');
    assert_eq!(text, str("jello"));
}

#[test]
fn places_in_structs_behind_pointers() {
    let point = Point { X: 1.5, ok: true, name: str("p") };
    let grid = Ptr::new(Grid { head: point, ..zero() });
    grid.cells[2][1].name.set(str("corner"));
    grid.cells[0].set([point, point]);
    let place = grid.cells[1][0].X.addr();
    place.set(7.0);
    assert_eq!((*grid.cells[1][0].X, *grid.cells[2][1].name, *grid.head.X), (7.0, str("corner"), 1.5));
    assert_eq!(*grid.cells[0][1], point);
    let copy = grid.get();
    grid.head.X.set(2.0);
    assert_eq!((copy.head.X, copy.cells[at(2, 3)][1].name), (1.5, str("corner")));
    assert!(grid.next.is_nil() && grid.head.addr() == grid.head.addr());
    grid.next.set(grid);
    assert_eq!(*grid.next.next.next.head.X, 2.0);
    let index = 3isize;
    assert_eq!(
        runtime_error_of(move || grid.cells[index].get()),
        "runtime error: index out of range [3] with length 3"
    );
    assert_eq!(
        runtime_error_of(|| *nil::<Ptr<Grid>>().head.X),
        "runtime error: invalid memory address or nil pointer dereference"
    );
}

#[test]
fn blank_fields_do_not_count() {
    let a = Slice2 { a: 1, b: Blank(1) };
    assert!(any(a) == any(Slice2 { b: Blank(2), ..a }));
    assert!(any(a) != any(Slice2 { a: 2, ..a }));
}

#[test]
fn slices_share_their_array() {
    let array = Ptr::new([0isize, 1, 2, 3, 4]);
    let s = array.slice(1, 4);
    s[0].set(10);
    assert_eq!((*array[1], s.len(), s.cap()), (10, 3, 4));
    let longer = s.append(99);
    assert_eq!((*array[4], longer.len()), (99, 4));
    let moved = longer.append(100);
    moved[0].set(-1);
    assert_eq!((*array[1], moved.len(), moved.cap()), (10, 5, 8));
    let limited = array.slice3(0, 2, 2).append(5);
    assert_eq!((*array[2], *limited[2]), (2, 5));
    assert_eq!(s.slice(1, 4).to_vec(), [2, 3, 99]);
    assert_eq!(s.to_array::<2>(), [10, 2]);
    s.to_array_ptr::<2>()[0].set(11);
    assert_eq!(*array[1], 11);
}

#[test]
fn append_and_copy_within_one_array() {
    let s = slice([1isize, 2, 3, 4, 5, 6]);
    assert_eq!(copy(s.slice_from(2), s), 4);
    assert_eq!(s.to_vec(), [1, 2, 1, 2, 3, 4]);
    assert_eq!(copy(s, s.slice_from(2)), 4);
    assert_eq!(s.to_vec(), [1, 2, 3, 4, 3, 4]);
    let points = Slice::<Point>::make_cap(3, 8);
    (0..3).for_each(|i| points[i].X.set(i as f64));
    let doubled = points.append_slice(points);
    assert_eq!(doubled.iter().map(|p| p.X).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 0.0, 1.0, 2.0]);
    copy(doubled.slice_from(1), doubled);
    assert_eq!(doubled.iter().map(|p| p.X).collect::<Vec<_>>(), [0.0, 0.0, 1.0, 2.0, 0.0, 1.0]);
    let deleted = s.slice_to(1).append_slice(s.slice_from(2));
    assert_eq!((deleted.to_vec(), deleted.cap()), (vec![1, 3, 4, 3, 4], 6));
    let text = str("ab").to_bytes().append_str(str("cd")).append_all([b'e', b'f']);
    assert_eq!(Str::from_slice(text), str("abcdef"));
    assert_eq!(copy(text, str("xyz")), 3);
    assert_eq!(Str::from_slice(text), str("xyzdef"));
}

#[test]
fn nil_and_empty_slices() {
    let none = nil::<Slice<isize>>();
    assert!(none.is_nil() && none.is_empty() && none.range().next().is_none());
    assert!(none.slice(0, 0).is_nil() && none.append_slice(none).is_nil());
    assert!(!Slice::<isize>::make(0).is_nil() && !slice::<isize, 0>([]).is_nil());
    assert!(!slice([1isize]).slice_from(1).is_nil());
    assert_eq!(none.append(1).to_vec(), [1]);
    assert_eq!(copy(none, slice([1isize])), 0);
    let nothing = Slice::<[isize; 0]>::make(5).append([]);
    assert_eq!((nothing.len(), nothing.range().count()), (6, 6));
    assert_eq!(runtime_error_of(move || *none[0]), "runtime error: index out of range [0] with length 0");
    assert_eq!(
        panic_of(|| Slice::<isize>::make(1 << 60)).as_deref(),
        Some("runtime error: makeslice: len out of range")
    );
}

#[test]
fn range_sees_the_elements_of_the_moment_and_the_length_of_the_start() {
    let s = slice([1isize, 2, 3]);
    let mut seen = Vec::new();
    for (i, v) in s.range() {
        if i + 1 < s.len() {
            s[i + 1].set(v * 10);
        }
        let _ = s.append(4);
        seen.push(v);
    }
    assert_eq!(seen, [1, 10, 100]);
    let array = [1isize, 2, 3];
    assert_eq!(range_array(array).map(|(i, v)| i * v).sum::<isize>(), 8);
    s.clear();
    assert_eq!(s.to_vec(), [0, 0, 0]);
}

#[test]
fn appending_one_by_one_grows_as_by_gc() {
    let mut s = nil::<Slice<isize>>();
    let mut caps = Vec::new();
    for i in 0..2000 {
        s = s.append(i);
        if caps.last() != Some(&s.cap()) {
            caps.push(s.cap());
        }
    }
    assert_eq!(caps, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560]);
    assert_eq!(slice([1isize, 2, 3]).append_all([4, 5]).cap(), 6);
    assert_eq!(nil::<Slice<u8>>().append_str(str("hello")).cap(), 8);
    assert_eq!(nil::<Slice<[u8; 3]>>().append([1; 3]).cap(), 2);
}

#[test]
fn functions_are_values() {
    let counter = Ptr::new(0isize);
    let add = func(move |n: isize| {
        counter.set(counter.get() + n);
        counter.get()
    });
    assert_eq!((add(2), add(3)), (2, 5));
    fn twice(x: isize) -> isize {
        x * 2
    }
    let table = slice([func(twice), add]);
    assert_eq!((table[0](21), table[1](1)), (42, 6));
    assert!(nil::<Func<dyn Fn(isize) -> isize>>().is_nil() && !add.is_nil());
    assert_eq!(
        runtime_error_of(|| nil::<Func<dyn Fn()>>()()),
        "runtime error: invalid memory address or nil pointer dereference"
    );
}

static COUNT: Global<isize> = Global::new(5);
static GRID: Global<Grid> = Global::zero();

#[test]
fn package_variables_are_places() {
    COUNT.set(COUNT.get() + 1);
    GRID.cells[1][1].X.set(3.0);
    let place = GRID.addr();
    assert_eq!((COUNT.addr().get(), *place.cells[1][1].X), (6, 3.0));
}
