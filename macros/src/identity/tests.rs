//! What the net catches and what it lets through.

use proc_macro2::TokenStream;

fn messages(source: &str) -> Vec<String> {
    let tokens: TokenStream = source.parse().expect("tokens");
    let errors = super::check(tokens, "a goroutine").err();
    errors.into_iter().flatten().map(|error| error.to_string()).collect()
}

fn caught(source: &str) {
    let messages = messages(source);
    assert_eq!(messages.len(), 1, "{source}: {messages:?}");
    assert!(messages[0].contains("identity") && messages[0].contains("help: "), "{source}: {messages:?}");
}

fn passes(source: &str) {
    let messages = messages(source);
    assert!(messages.is_empty(), "{source}: {messages:?}");
}

#[test]
fn paths_of_std() {
    caught("std::thread::current().id()");
    caught("let id = ::std::thread::current();");
    caught("thread::park();");
    caught("let h: std::thread::ThreadId = x;");
    caught("std::thread::Builder::new()");
    caught("thread::LocalKey::with");
    caught("std::os::unix::thread::JoinHandleExt::as_pthread_t(h)");
}

#[test]
fn inside_other_macros() {
    caught(r#"println!("{:?}", thread::current().id())"#);
    caught("vec![std::thread::current()]");
}

#[test]
fn through_use() {
    caught("use std::thread::current; current()");
    caught("use std::thread::{current as me}; me()");
    caught("use std::thread as t; t::current()");
    caught("use std::thread::{self as t}; t::current()");
    caught("use std as s; s::thread::current()");
    caught("use std::{fmt, thread::park}; park()");
    caught("use std::thread::*;");
    caught("{ t::current() } use std::thread as t;");
    caught("use std::thread; thread::current()");
}

#[test]
fn state_of_a_thread() {
    caught("thread_local! { static X: u8 = 0; }");
    caught("std::thread_local!(static X: u8 = 0);");
    caught("tokio::task_local! { static X: u8; }");
    caught("#[thread_local] static X: u8 = 0;");
}

#[test]
fn system_calls() {
    caught("unsafe { libc::pthread_self() }");
    caught("libc::gettid()");
}

#[test]
fn names_of_the_user() {
    passes("current()");
    passes("let t: ThreadId = next(); LocalKey::new()");
    passes("crate::thread::current()");
    passes("self::thread::park()");
    passes("forum::thread::current()");
    passes("use crate::thread; thread::current()");
    passes("use forum::thread; thread::current()");
    passes("mod thread { pub fn current() {} } thread::current()");
    passes("x.thread::<u8>(); post.thread.current()");
    passes("let thread_local = 1; thread_local != 2");
}

#[test]
fn scopes_end_at_braces() {
    passes("{ use std::thread as t; } { use forum as t; t::current() }");
}

#[test]
fn nothing_about_identity() {
    passes("std::thread::available_parallelism()");
    passes("use std::thread; thread::available_parallelism()");
    passes("use std::sync::Arc; fn f() -> impl Sized + use<> {}");
}

#[test]
fn each_name_is_reported() {
    assert_eq!(messages("thread::current(); thread::park(); std::thread::sleep(d)").len(), 3);
}
