//! `errors`: what the tree of wrapped errors answers, and what `As` refuses.

#![allow(non_snake_case)]

mod support;

use goxide_golib::prelude::*;
use goxide_golib::{errors, fmt, io, strconv};
use support::panic_of;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Fault")]
#[repr(C)]
struct Fault {
    code: isize,
}
#[methods(reflected)]
impl Fault {
    pub fn Error(self) -> Str {
        fmt::Sprintf(str("fault %d"), args![self.code])
    }
    pub fn Is(self, target: Error) -> bool {
        self.code == 7 && target == io::EOF.get()
    }
}

#[interface("main.Coder")]
trait Coder {
    fn Error(self) -> Str;
    fn Is(self, target: Error) -> bool;
}

fn wrapped(err: Error) -> Error {
    fmt::Errorf(str("outer: %w"), args![err])
}

#[test]
fn the_tree_is_searched_depth_first() {
    let (a, b) = (errors::New(str("a")), errors::New(str("a")));
    assert!(errors::Is(a, a) && !errors::Is(a, b) && errors::Is(nil(), nil()) && !errors::Is(a, nil()));
    let tree = errors::Join(slice([wrapped(a), nil(), wrapped(Error::of(Fault { code: 7 }))]));
    assert_eq!(tree.Error(), str("outer: a\nouter: fault 7"));
    assert!(errors::Is(tree, a) && !errors::Is(tree, b));
    assert!(errors::Is(tree, io::EOF.get()), "by the method Is");
    assert!(!errors::Is(tree, io::ErrShortWrite.get()));
    assert!(errors::Unwrap(tree).is_nil() && errors::Unwrap(wrapped(a)) == a && errors::Unwrap(a).is_nil());
    assert!(errors::Join(slice([nil(), nil()])).is_nil());
}

#[test]
fn the_first_that_fits_is_stored() {
    let tree = errors::Join(slice([errors::New(str("a")), wrapped(Error::of(Fault { code: 3 }))]));
    let fault = Ptr::new(zero::<Fault>());
    assert!(errors::As(tree, any(fault)));
    assert_eq!(*fault.code, 3);
    let coder = Ptr::new(zero::<Coder>());
    assert!(errors::As(tree, any(coder)));
    assert_eq!(coder.get().Error(), str("fault 3"));
    let number = Ptr::new(zero::<Ptr<strconv::NumError>>());
    assert!(!errors::As(tree, any(number)));
    let (_, err) = strconv::Atoi(str("x"));
    assert!(errors::As(wrapped(err), any(number)));
    assert_eq!(*number.get().Func, str("Atoi"));
    assert_eq!(err.Error(), str("strconv.Atoi: parsing \"x\": invalid syntax"));
    assert!(errors::Is(err, strconv::ErrSyntax.get()));
}

#[test]
fn targets_that_cannot_be() {
    let err = errors::New(str("a"));
    for (target, text) in [
        (nil::<Any>(), "errors: target cannot be nil"),
        (any(5isize), "errors: target must be a non-nil pointer"),
        (any(nil::<Ptr<Fault>>()), "errors: target must be a non-nil pointer"),
        (any(Ptr::new(5isize)), "errors: *target must be interface or implement error"),
    ] {
        let said = panic_of(move || {
            errors::As(err, target);
        });
        assert_eq!(said.as_deref(), Some(text));
    }
    assert!(!errors::As(nil(), nil::<Any>()));
}
