//! Contexts: texts and outcomes are what Go 1.27 printed for the same calls.

#![allow(non_snake_case)]

#[allow(dead_code)]
mod support;

use goxide_golib::context::*;
use goxide_golib::prelude::*;
use goxide_golib::{errors, time};
use support::panic_of;

#[derive(Clone, Copy, PartialEq, GoNewtype)]
#[go("main.key")]
struct Key(Str);

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.skey")]
#[repr(C)]
struct Skey {}
#[methods(reflected)]
impl Skey {
    fn String(self) -> Str {
        str("SKEY")
    }
}

/// The context as it prints itself.
fn shown(c: Context) -> String {
    #[interface]
    trait Stringer {
        fn String(self) -> Str;
    }
    c.assert::<Stringer>().String().to_string()
}

fn said(err: Error) -> String {
    if err.is_nil() { "<nil>".to_string() } else { err.Error().to_string() }
}

fn outcome(c: Context) -> String {
    format!("{} {}", said(c.Err()), said(Cause(c)))
}

#[goxide::test]
fn names() {
    let bg = Background();
    assert_eq!(shown(bg), "context.Background");
    assert_eq!(shown(TODO()), "context.TODO");
    let c = WithCancel(bg).0;
    assert_eq!(shown(c), "context.Background.WithCancel");
    let v = WithValue(c, any(Key(str("k"))), any(str("v")));
    assert_eq!(shown(v), "context.Background.WithCancel.WithValue(main.key, v)");
    assert_eq!(shown(WithValue(bg, any(Skey {}), any(Skey {}))), "context.Background.WithValue(SKEY, SKEY)");
    assert_eq!(shown(WithValue(bg, any(1isize), any(2isize))), "context.Background.WithValue(int, int)");
    assert_eq!(shown(WithValue(bg, any(str("a")), nil())), "context.Background.WithValue(a, <nil>)");
    let d = WithTimeout(v, time::Hour).0;
    let text = shown(d);
    let start = "context.Background.WithCancel.WithValue(main.key, v).WithDeadline(2";
    assert!(text.starts_with(start) && text.contains(" [59m59.") && text.ends_with("])"), "{text}");
    assert!(shown(WithoutCancel(d)).ends_with("]).WithoutCancel"));
    for (context, name) in [
        (bg, "context.backgroundCtx"),
        (TODO(), "context.todoCtx"),
        (c, "*context.cancelCtx"),
        (v, "*context.valueCtx"),
        (d, "*context.timerCtx"),
        (WithoutCancel(c), "context.withoutCancelCtx"),
    ] {
        assert_eq!(context.iface().desc().map(|desc| desc.type_string()).as_deref(), Some(name));
    }
}

#[goxide::test]
fn ends() {
    let (c, cancel) = WithCancel(Background());
    let v = WithValue(c, any(Key(str("k"))), any(str("v")));
    let (d, _) = WithTimeout(v, time::Hour);
    let (deadline, has) = d.Deadline();
    assert!(has && time::Until(deadline) > time::Duration(59 * time::Minute.0));
    assert_eq!(outcome(d), "<nil> <nil>");
    assert!(WithoutCancel(d).Value(any(Key(str("k")))) == any(str("v")));
    assert!(d.Value(any(str("k"))).is_nil());
    (cancel.0)();
    (cancel.0)();
    d.Done().recv();
    for context in [c, d, v] {
        assert_eq!(outcome(context), "context canceled context canceled");
    }
    assert_eq!(outcome(WithoutCancel(d)), "<nil> <nil>");

    let (e, cancel) = WithCancelCause(Background());
    (cancel.0)(errors::New(str("why")));
    (cancel.0)(errors::New(str("other")));
    assert_eq!(outcome(e), "context canceled why");
    assert_eq!(outcome(WithCancel(e).0), "context canceled why");

    let past = WithTimeout(Background(), time::Duration(-1)).0;
    assert_eq!(outcome(past), "context deadline exceeded context deadline exceeded");
    assert!(errors::Is(past.Err(), DeadlineExceeded.get()) && !errors::Is(past.Err(), Canceled.get()));
    assert!(goxide_golib::os::IsTimeout(past.Err()));
    let slow = WithTimeoutCause(Background(), time::Millisecond, errors::New(str("slow"))).0;
    slow.Done().recv();
    assert_eq!(outcome(slow), "context deadline exceeded slow");
    // The earlier deadline counts.
    let inner = WithTimeout(WithTimeout(Background(), time::Millisecond).0, time::Hour).0;
    inner.Done().recv();
    assert_eq!(outcome(inner), "context deadline exceeded context deadline exceeded");
}

#[goxide::test]
fn after_the_end() {
    let (c, cancel) = WithCancel(Background());
    let ran = Chan::make(0);
    let stop = AfterFunc(c, func(move || ran.send(true)));
    (cancel.0)();
    assert!(ran.recv() && !stop());
    let (c, cancel) = WithCancel(Background());
    let stop = AfterFunc(c, func(move || ran.send(false)));
    assert!(stop() && !stop());
    (cancel.0)();
    time::Sleep(time::Duration(20_000_000));
    let found = goxide::select! {
        v = <-ran => Some(v),
        default => None,
    };
    assert_eq!(found, None);
}

/// A context of the program's own making, which ends with its channel.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.own")]
#[repr(C)]
struct Own {
    done: Chan<EmptyStruct>,
}
#[methods(reflected)]
impl Ptr<Own> {
    fn Deadline(self) -> (time::Time, bool) {
        (zero(), false)
    }
    fn Done(self) -> RecvChan<EmptyStruct> {
        (*self.done).recv_only()
    }
    fn Err(self) -> Error {
        errors::New(str("own end"))
    }
    fn Value(self, _key: Any) -> Any {
        nil()
    }
}

#[goxide::test]
fn a_context_of_another_kind() {
    let own = Ptr::new(Own { done: Chan::make(0) });
    let (c, _) = WithCancel(Context::of(own));
    assert_eq!(shown(c), "*main.own.WithCancel");
    assert_eq!(outcome(c), "<nil> <nil>");
    own.done.close();
    c.Done().recv();
    assert_eq!(outcome(c), "own end own end");
}

#[goxide::test]
fn misuse() {
    let nobody = nil::<Context>();
    let parent = Some("cannot create context from nil parent".to_string());
    assert_eq!(panic_of(move || WithCancel(nobody)), parent);
    assert_eq!(panic_of(move || WithValue(nobody, any(1isize), nil())), parent);
    assert_eq!(panic_of(move || WithTimeout(nobody, time::Second)), parent);
    assert_eq!(panic_of(move || WithoutCancel(nobody)), parent);
    assert_eq!(panic_of(|| WithValue(Background(), nil(), nil())).as_deref(), Some("nil key"));
    let key = || WithValue(Background(), any(zero::<Slice<isize>>()), nil());
    assert_eq!(panic_of(key).as_deref(), Some("key is not comparable"));
}

/// Many contexts that are made and ended at once, from several goroutines.
#[goxide::test]
fn a_crowd() {
    let (root, cancel) = WithCancel(Background());
    let ended = Chan::make(0);
    for i in 0..200 {
        go!(move || {
            let (mine, own) = WithCancel(root);
            let (below, _) = WithTimeout(mine, time::Hour);
            if i % 3 == 0 {
                (own.0)();
            }
            below.Done().recv();
            ended.send(said(below.Err()) == "context canceled");
        });
        if i == 100 {
            go!(move || (cancel.0)());
        }
    }
    assert!((0..200).all(|_| ended.recv()));
}
