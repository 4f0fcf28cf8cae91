//! The parser of `select!` by examples.

use quote::ToTokens;

use super::{Head, Select};

fn parse(source: &str) -> (Select, Vec<String>) {
    let (select, errors) = Select::parse(source.parse().expect("tokens"));
    (select, errors.into_iter().flatten().map(|error| error.to_string()).collect())
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// Each arm in one line, after a clean parse.
fn arms(source: &str) -> Vec<String> {
    let (select, errors) = parse(source);
    assert!(errors.is_empty(), "{source}: {errors:?}");
    let show = |arm: &super::Arm| {
        let head = match &arm.head {
            Head::Receive { binding: None, channel } => format!("receive {}", text(channel)),
            Head::Receive { binding: Some(b), channel } => {
                let ty = b.ty.as_ref().map_or(String::new(), |ty| format!(" of {}", text(ty)));
                format!("receive {} into {}{ty}", text(channel), text(&b.pat))
            }
            Head::Send { channel, value } => format!("send {} to {}", text(value), text(channel)),
            Head::After { duration } => format!("after {}", text(duration)),
            Head::Default => "default".to_string(),
        };
        let guard = arm.guard.as_ref().map_or(String::new(), |guard| format!(" if {}", text(guard)));
        format!("{head}{guard}: {}", text(&arm.body))
    };
    select.arms.iter().map(show).collect()
}

fn error(source: &str) -> String {
    let (_, errors) = parse(source);
    assert_eq!(errors.len(), 1, "{source}: {errors:?}");
    errors.into_iter().next().expect("one error")
}

#[test]
fn the_five_forms() {
    let found = arms("v = <-rx => a, <-rx => b, tx <- x + 1 => c, after(2 * s) => d, default => e");
    assert_eq!(
        found,
        ["receive rx into v: a", "receive rx: b", "send x + 1 to tx: c", "after 2 * s: d", "default: e"]
    );
    assert_eq!(arms("after(d) if x > 1 => a"), ["after d if x > 1: a"]);
    assert_eq!(error("after() => a"), "`after` lacks the duration to wait for");
    // A channel that is called so, and one that a function of that name gives.
    assert_eq!(arms("<-after => a, <-after(d) => b"), ["receive after: a", "receive after (d): b"]);
}

#[test]
fn commas_follow_the_rule_of_match() {
    assert_eq!(arms("<-a => { x } <-b => if y { 1 } else { 2 } default => z,").len(), 3);
    assert_eq!(error("<-a => x <-b => y"), "expected `,` after the body of this arm of select!");
    assert_eq!(arms("<-a => { x }.y(), <-b => z").len(), 2);
}

#[test]
fn the_arrow_is_the_first_joint_one_outside_of_brackets() {
    assert_eq!(arms("a <- b < -c => x"), ["send b < - c to a: x"]);
    assert_eq!(arms("f::<-1>() <- 2 => x"), ["send 2 to f :: < - 1 > (): x"]);
    assert_eq!(arms("v = <-pick(a <b, c) => x"), ["receive pick (a < b , c) into v: x"]);
    assert_eq!(arms("a[{ i }] <- 1 => x"), ["send 1 to a [{ i }]: x"]);
}

#[test]
fn patterns_and_types() {
    assert_eq!(arms("(v, ok) = <-c => x"), ["receive c into (v , ok): x"]);
    assert_eq!(arms("mut v: Option<u8> = <-c => x"), ["receive c into mut v of Option < u8 >: x"]);
    assert_eq!(arms("Some(1) | None = <-c => x"), ["receive c into Some (1) | None: x"]);
    assert_eq!(arms("_ = <-c => x"), ["receive c into _: x"]);
}

#[test]
fn guards() {
    assert_eq!(arms("v = <-c if n > 0 => x"), ["receive c into v if n > 0: x"]);
    assert_eq!(arms("c <- if a { 1 } else { 2 } if b => x"), ["send if a { 1 } else { 2 } to c if b: x"]);
    assert!(error("<-c if let Some(x) = y => z").contains("cannot bind"));
}

#[test]
fn biased_stands_in_front() {
    let (select, errors) = parse("biased; <-a => x");
    assert!(select.biased && errors.is_empty());
    assert!(error("fair; <-a => x").contains("only `biased;`"));
}

#[test]
fn empty() {
    assert!(arms("").is_empty());
}

#[test]
fn habits_from_elsewhere() {
    assert!(error("case v = <-c => x").contains("without `case`"));
    assert!(error("v := <-c => x").contains("not `:=`"));
    assert!(error("v, ok = <-c => x").contains("parentheses"));
    assert!(error("let v = <-c => x").contains("without `let`"));
    assert!(error("v = c.recv() => x").contains("put an arrow"));
    assert!(error("_ => x").contains("`default =>`"));
    assert!(error("self.last = <-c => x").contains("not a place"));
    assert!(error("v += <-c => x").contains("not a place"));
    assert!(error("default if a => x").contains("neither a channel nor a guard"));
    assert!(error("c -> v => x").contains("an arm of select! is"));
}

#[test]
fn what_is_missing() {
    assert!(error("<-c").contains("no `=> body`"));
    assert!(error("v = <- => x").contains("lacks the channel"));
    assert!(error("c <- => x").contains("lacks the value"));
    assert!(error("= <-c => x").contains("lacks the pattern"));
    assert!(error("=> x").contains("an arm of select! is"));
}

#[test]
fn one_bad_head_does_not_hide_the_next() {
    let (select, errors) = parse("case v = <-c => x, w := <-d => y, <-e => z");
    assert_eq!((select.arms.len(), errors.len()), (1, 2));
}
