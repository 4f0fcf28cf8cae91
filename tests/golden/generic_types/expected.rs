#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// Stack is a stack of anything.
#[derive(Clone, Copy, GoStruct)]
#[go("main.Stack")]
#[repr(C)]
pub struct Stack<T: GoType> {
    /// items grow at the end.
    pub items: Slice<T>,
}

#[methods]
impl<T: GoType> Stack<T> {
    /// Len counts.
    pub fn Len(self) -> isize {
        self.items.len()
    }
}

#[methods]
impl<T: GoType> Ptr<Stack<T>> {
    /// Push adds v.
    pub fn Push(self, v: T) {
        self.items.set(self.items.append(v));
    }

    /// Pop takes the last, if there is one.
    pub fn Pop(self) -> (T, bool) {
        let mut v: T = zero();
        let n = self.items.len();
        if n == 0 {
            return (v, false);
        }
        v = *self.items[n - 1];
        self.items.set(self.items.slice_to(n - 1));
        (v, true)
    }
}

/// Set is a defined map.
#[derive(Clone, Copy, GoNewtype)]
#[go("main.Set")]
pub struct Set<T: GoType + PartialEq>(pub Map<T, EmptyStruct>);

#[methods]
impl<T: GoType + PartialEq> Set<T> {
    /// Add adds v.
    pub fn Add(self, v: T) {
        self.0.set(v, EmptyStruct {});
    }
}

/// Pair has two parameters.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Pair")]
#[repr(C)]
pub struct Pair<K: GoType + PartialEq, V: GoType> {
    pub Key: K,
    pub Val: V,
}

/// Cell links to its own kind.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Cell")]
#[repr(C)]
pub struct Cell<T: GoType> {
    pub val: T,
    pub next: Ptr<Cell<T>>,
}

/// Named gets the methods of what it embeds.
#[derive(Clone, Copy, GoStruct)]
#[go("main.Named")]
#[repr(C)]
pub struct Named {
    #[go(embedded)]
    pub Stack: Stack<Str>,
    pub name: Str,
}

#[methods]
impl Named {
    #[go(promoted)]
    pub fn Len(self) -> isize {
        self.Stack.Len()
    }
}

#[methods]
impl Ptr<Named> {
    pub fn Pop(self) -> (Str, bool) {
        self.Stack.addr().Pop()
    }

    pub fn Push(self, v: Str) {
        self.Stack.addr().Push(v);
    }
}

/// Sizer is an interface that a type with type arguments implements.
#[interface("main.Sizer")]
pub trait Sizer {
    fn Len(self) -> isize;
}

pub fn zip<K: GoType + PartialEq, V: GoType>(keys: Slice<K>, vals: Slice<V>) -> Slice<Pair<K, V>> {
    let mut pairs: Slice<Pair<K, V>> = nil();
    for (i, k) in keys.range() {
        pairs = pairs.append(Pair { Key: k, Val: *vals[i] });
    }
    pairs
}

pub fn cells<T: GoType>(vs: Slice<T>) -> Ptr<Cell<T>> {
    let mut head: Ptr<Cell<T>> = nil();
    for i in (0..vs.len()).rev() {
        head = Ptr::new(Cell { val: *vs[i], next: head });
    }
    head
}

#[go_main]
fn main() {
    let s = Ptr::new(zero::<Stack<isize>>());
    s.Push(1);
    let (v, ok) = s.Pop();
    fmt::Println(args![v, ok, s.Len()]);

    let set = Set::<Str>(Map::<Str, EmptyStruct>::make());
    set.Add(str("x"));
    let n = Ptr::new(Named { name: str("n"), ..zero() });
    n.Stack.addr().Push(str("embedded"));
    let sizer = Sizer::of(n.get());
    fmt::Println(args![set.0.len(), sizer.Len(), n.get()]);

    let pairs = zip::<Str, f64>(slice([str("a"), str("b")]), slice([1.0, 2.0]));
    fmt::Printf(str("%v %T %T\n"), args![pairs, *pairs[0], s.get()]);
    let mut c = cells::<isize>(slice([1, 2]));
    while !c.is_nil() {
        fmt::Println(args![*c.val]);
        c = *c.next;
    }
    fmt::Println(args![any(*pairs[0]) == any(Pair::<Str, f64> { Key: str("a"), Val: 1.0 })]);
}
