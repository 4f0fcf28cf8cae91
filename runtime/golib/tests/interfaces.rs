//! Interfaces: method sets, embedding, assertions, type switches, equality, `runtime.Error`.

#![allow(non_snake_case)]

mod support;

use goxide_golib::hash::{GoHasher, hash};
use goxide_golib::prelude::*;
use goxide_golib::runtime_error::RuntimeError;
use support::{panic_of, runtime_error_of};

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Point")]
#[repr(C)]
struct Point {
    X: f64,
    Y: f64,
}
#[methods(reflected)]
impl Point {
    fn Area(self) -> f64 {
        self.X * self.Y
    }
    fn name(self) -> Str {
        str("point")
    }
}
#[methods(reflected)]
impl Ptr<Point> {
    fn Scale(self, k: f64) {
        self.X.set(*self.X * k);
    }
}

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, GoNewtype)]
#[go("main.Celsius")]
struct Celsius(f64);
#[methods(reflected)]
impl Celsius {
    fn Area(self) -> f64 {
        self.0
    }
}

/// Embeds Point; the promoted methods are written out, as the translator does.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Named")]
#[repr(C)]
struct Named {
    #[go(embedded)]
    Point: Point,
    label: Str,
}
#[methods(reflected)]
impl Named {
    fn Area(self) -> f64 {
        self.Point.Area()
    }
    fn name(self) -> Str {
        self.label
    }
}
#[methods(reflected)]
impl Ptr<Named> {
    fn Scale(self, k: f64) {
        self.Point.addr().Scale(k);
    }
}

#[interface("main.Shape")]
trait Shape {
    fn Area(self) -> f64;
}
#[interface("main.Namer")]
trait Namer {
    fn Area(self) -> f64;
    fn name(self) -> Str;
}
#[interface("main.Scaler")]
trait Scaler {
    fn Area(self) -> f64;
    fn Scale(self, k: f64);
}
#[interface("other/pkg.Namer")]
trait OtherNamer {
    fn name(self) -> Str;
}
#[interface]
trait Unnamed {
    fn Area(self) -> f64;
}
#[interface]
trait UnnamedToo {
    fn Area(self) -> f64;
}

fn point() -> Point {
    Point { X: 2.0, Y: 3.0 }
}

#[test]
fn values_pointers_and_small_values() {
    let p = Ptr::new(point());
    let by_value = Shape::of(p.get());
    let by_pointer = Shape::of(p);
    p.Scale(10.0);
    assert_eq!((by_value.Area(), by_pointer.Area(), Shape::of(Celsius(4.5)).Area()), (6.0, 60.0, 4.5));
    let scaler = Scaler::of(p);
    scaler.Scale(0.5);
    assert_eq!((scaler.Area(), p.X.get()), (30.0, 10.0));
    assert_eq!(Namer::of(point()).name(), str("point"));
}

#[test]
fn embedded_methods() {
    let named = Ptr::new(Named { Point: point(), label: str("n") });
    let scaler = Scaler::of(named);
    scaler.Scale(2.0);
    assert_eq!((scaler.Area(), scaler.assert::<Namer>().name()), (12.0, str("n")));
    assert!(any(named.get()).downcast::<Scaler>().is_none(), "the value's method set lacks Scale");
    assert_eq!(scaler.upcast::<Shape>().Area(), 12.0);
}

#[test]
fn assertions_and_switches() {
    let value = any(point());
    assert!(value.assert::<Point>() == point());
    assert_eq!(value.try_assert::<isize>(), (0, false));
    assert_eq!(value.assert::<Shape>().Area(), 6.0);
    assert!(value.downcast::<Scaler>().is_none() && any(Ptr::new(point())).downcast::<Scaler>().is_some());
    assert!(value.downcast::<OtherNamer>().is_none(), "unexported names belong to their packages");
    let kind = |value: Any| {
        if value.is_nil() {
            "nil"
        } else if value.downcast::<isize>().is_some() {
            "int"
        } else if value.downcast::<i64>().is_some() {
            "int64"
        } else if let Some(shape) = value.downcast::<Shape>() {
            if shape.Area() > 5.0 { "large" } else { "small" }
        } else {
            "other"
        }
    };
    let kinds = [any(1isize), any(1i64), any(point()), any(Celsius(1.0)), any(str("x")), nil()].map(kind);
    assert_eq!(kinds, ["int", "int64", "large", "small", "other", "nil"]);
    let (missing, ok) = nil::<Shape>().try_assert::<Point>();
    assert!(missing == zero() && !ok);
    assert!(nil::<Any>().try_assert::<Shape>().0.is_nil());
    assert!(nil::<Shape>().upcast::<Any>().is_nil());
}

#[test]
fn failed_assertions_say_why() {
    assert_eq!(
        runtime_error_of(|| any(point()).assert::<Scaler>()),
        "interface conversion: main.Point is not main.Scaler: missing method Scale"
    );
    assert_eq!(
        runtime_error_of(|| Shape::of(point()).assert::<Celsius>()),
        "interface conversion: main.Shape is main.Point, not main.Celsius"
    );
    assert_eq!(
        runtime_error_of(|| nil::<Shape>().assert::<Point>()),
        "interface conversion: main.Shape is nil, not main.Point"
    );
    assert_eq!(
        runtime_error_of(|| nil::<Shape>().Area()),
        "runtime error: invalid memory address or nil pointer dereference"
    );
}

#[test]
fn a_nil_pointer_in_an_interface_is_not_nil() {
    let none = nil::<Ptr<Point>>();
    let shape = Scaler::of(none);
    assert!(!shape.is_nil() && any(shape) == any(none));
    assert!(shape.assert::<Ptr<Point>>().is_nil());
    assert_eq!(
        panic_of(move || shape.Area()).as_deref(),
        Some("value method main.Point.Area called using nil *Point pointer")
    );
}

#[test]
fn structural_interfaces_are_one_type() {
    assert_eq!(Unnamed::ID, UnnamedToo::ID);
    const { assert!(Unnamed::ID != Shape::ID) };
    assert_eq!(
        any(func(|_: Unnamed| {})).downcast::<Func<dyn Fn(UnnamedToo)>>().map(|f| f.is_nil()),
        Some(false)
    );
    assert_eq!(Unnamed::DESC.type_string(), "interface { Area() float64 }");
}

#[test]
fn equality() {
    assert!(any(1isize) == any(1isize) && any(1isize) != any(1i64) && any(1isize) != nil());
    assert!(any(f64::NAN) != any(f64::NAN) && any(0.0) == any(-0.0));
    assert!(Shape::of(point()) == Shape::of(point()));
    assert!(any(Shape::of(point())) == any(point()), "an interface in an interface is its value");
    let p = Ptr::new(point());
    assert!(any(p) == any(p) && any(p) != any(Ptr::new(point())));
    assert!(any([any(1isize), any(str("a"))]) == any([any(1isize), any(str("a"))]));
    assert!(any(slice([1isize])) != any(1isize), "different types are compared no further");
    assert_eq!(
        runtime_error_of(|| any([any(slice([1isize]))]) == any([any(slice([1isize]))])),
        "runtime error: comparing uncomparable type []int"
    );
    assert_eq!(
        runtime_error_of(|| any(nil::<Map<isize, isize>>()) == any(nil::<Map<isize, isize>>())),
        "runtime error: comparing uncomparable type map[int]int"
    );
}

#[test]
fn equal_values_hash_alike() {
    let of = |value: Any| {
        let mut hasher = GoHasher::new(1);
        hash(&value, &mut hasher);
        hasher.finish()
    };
    assert_eq!(of(any(0.0)), of(any(-0.0)));
    assert_eq!(of(any(str("ab") + str("c"))), of(any(str("abc"))));
    assert_eq!(of(any(Shape::of(point()))), of(any(point())));
    assert!(of(any(1isize)) != of(any(2isize)) && of(any(f64::NAN)) != of(any(f64::NAN)));
}

#[test]
fn runtime_errors_are_errors() {
    let caught = Ptr::new(nil::<Any>());
    defer_scope(|defers| {
        defers.push_recover(move || caught.set(Recovery::take().recover()));
        div(1isize, zero());
    });
    let error = caught.get().assert::<Error>();
    assert_eq!(error.Error(), str("runtime error: integer divide by zero"));
    assert!(error.downcast::<RuntimeError>().is_some());
    assert!(Error::of(Mistake {}).downcast::<RuntimeError>().is_none());
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Mistake")]
#[repr(C)]
struct Mistake {}
#[methods(reflected)]
impl Mistake {
    fn Error(self) -> Str {
        str("mistake")
    }
}

#[test]
fn names_of_types() {
    let name = |value: Any| value.iface().desc().map_or("<nil>".to_string(), |desc| desc.type_string());
    let names = [
        (any(1u8), "uint8"),
        (any('a' as i32), "int32"),
        (any(Ptr::new(point())), "*main.Point"),
        (any(slice([Celsius(1.0)])), "[]main.Celsius"),
        (any([[zero::<Uintptr>(); 2]; 3]), "[3][2]uintptr"),
        (any(Map::<Str, Slice<Any>>::make()), "map[string][]interface {}"),
        (any(Chan::<isize>::make(0).recv_only()), "<-chan int"),
        (any(Chan::<RecvChan<isize>>::make(0)), "chan (<-chan int)"),
        (any(func(|_: isize, _: Error| (true, str("")))), "func(int, error) (bool, string)"),
        (any(nil::<UnsafePointer>()), "unsafe.Pointer"),
        (any(nil::<Error>()), "<nil>"),
    ];
    for (value, expected) in names {
        assert_eq!(name(value), expected);
    }
}

#[test]
fn a_value_in_an_interface_is_a_copy() {
    let p = Ptr::new(Point { X: 1.0, Y: 1.0 });
    let held = any(p.get());
    p.X.set(9.0);
    assert_eq!(held.assert::<Point>().X, 1.0);
    let mut array = [1isize, 2, 3];
    let held = any(array);
    array[0] = 5;
    assert_eq!((held.assert::<[isize; 3]>(), array[0]), ([1, 2, 3], 5));
}
