//! Printing: what a formatter would destroy keeps its place.

use super::generate;
use crate::ir::{
    self, Arm, Block, Crate, Expr, Field, Function, Item, ItemKind, Module, Pat, SelectArm, SelectHead, Stmt,
};
use crate::source::SourceMap;

fn item(kind: ItemKind) -> Item {
    Item { comments: vec![], trailing: None, blank: true, attrs: vec![], public: false, kind }
}

fn function(name: &str, stmts: Vec<Stmt>) -> Item {
    let body = Some(Block::of(stmts));
    item(ItemKind::Fn(Function {
        name: name.into(),
        generics: crate::ir::Generics::default(),
        receiver: false,
        params: vec![],
        ret: None,
        body,
    }))
}

fn printed(items: Vec<Item>) -> String {
    let krate = Crate {
        modules: vec![Module { items, ..Module::default() }],
        nesting: 0,
        snippet: true,
        statements: false,
    };
    generate(&krate, &SourceMap::new()).remove(0).text
}

/// The lines between the braces of a function with these statements.
fn body(stmts: Vec<Stmt>) -> String {
    let text = printed(vec![function("f", stmts)]);
    text.strip_prefix("fn f() {\n").and_then(|t| t.strip_suffix("}\n")).expect("one function").to_owned()
}

fn expr(x: Expr) -> String {
    body(vec![Stmt::Tail(x)]).trim().to_owned()
}

fn run(name: &str) -> Stmt {
    Stmt::Expr(ir::call(name, vec![]))
}

fn note(text: &str) -> Stmt {
    Stmt::Comment(text.into())
}

#[test]
fn comments_and_empty_lines_of_statements() {
    let stmts = vec![
        Stmt::Blank,
        note("// one"),
        run("a"),
        Stmt::Trailing("// two".into()),
        Stmt::Blank,
        Stmt::Blank,
        note("/* three\n   four */"),
        run("b"),
        Stmt::Blank,
    ];
    let expected = "    // one\n    a(); // two\n\n    /* three\n       four */\n    b();\n";
    assert_eq!(body(stmts), expected);
}

#[test]
fn comments_behind_the_value_of_a_block() {
    let inner = vec![Stmt::Tail(ir::lit("1")), Stmt::Trailing("// one".into()), note("// inner")];
    let other = vec![note("// two"), Stmt::Tail(ir::lit("2"))];
    let choice = Expr::If(
        Box::new(ir::path("c")),
        Block::of(inner),
        Some(Box::new(Expr::Block(None, Block::of(other)))),
    );
    let stmts = vec![Stmt::Tail(choice), Stmt::Trailing("// outer".into()), Stmt::Blank, note("// last")];
    let expected = "    if c {\n        1 // one\n        // inner\n    } else {\n        // two\n        2\n    } // outer\n\n    // last\n";
    assert_eq!(body(stmts), expected);
}

#[test]
fn comments_of_fields() {
    let field = |name: &str, comments: &[&str], trailing: Option<&str>| Field {
        comments: comments.iter().map(|c| (*c).to_owned()).collect(),
        trailing: trailing.map(str::to_owned),
        attrs: vec![],
        name: name.into(),
        ty: ir::ty("isize"),
    };
    let fields = vec![
        field("a", &["/// A"], Some("// behind a")),
        field("b", &["", "// loose", "", "/// B"], None),
        field("c", &[], Some("// behind c")),
    ];
    let item = item(ItemKind::Struct {
        name: "S".into(),
        generics: crate::ir::Generics::default(),
        fields,
        end: vec!["// end".into()],
    });
    let expected = "struct S {
    /// A
    pub a: isize, // behind a

    // loose

    /// B
    pub b: isize,
    pub c: isize, // behind c
    // end
}
";
    assert_eq!(printed(vec![item]), expected);
}

#[test]
fn comments_of_items() {
    let mut first = function("a", vec![]);
    first.comments = vec!["/// Doc.".into()];
    first.trailing = Some("// behind".into());
    let mut loose = item(ItemKind::Comment);
    loose.comments = vec!["// loose".into()];
    let expected = "/// Doc.\nfn a() {} // behind\n\n// loose\n\nfn b() {}\n";
    assert_eq!(printed(vec![first, loose, function("b", vec![])]), expected);
}

#[test]
fn macros_look_like_macros() {
    let hello = Expr::Args(vec![ir::lit("\"hi\""), Expr::Args(vec![ir::lit("1isize")])]);
    assert_eq!(expr(ir::call("f", vec![hello])), "f(args![\"hi\", args![1isize]])");
    assert_eq!(expr(Expr::Go(Box::new(ir::call("f", vec![ir::path("x")])))), "go!(f(x))");
    let closure = Expr::Closure {
        moves: true,
        params: vec![],
        ret: None,
        body: Box::new(Expr::Block(None, Block::of(vec![note("// in it"), run("a")]))),
    };
    let expected = "    go!(move || {\n        // in it\n        a();\n    });\n";
    assert_eq!(body(vec![Stmt::Expr(Expr::Go(Box::new(closure)))]), expected);
}

#[test]
fn select_arms() {
    let chan = || Box::new(ir::path("c"));
    let arm = |head, comments: &[&str], stmts| SelectArm {
        comments: comments.iter().map(|c| (*c).to_owned()).collect(),
        head,
        body: Block::of(stmts),
    };
    let arms = vec![
        arm(SelectHead::Recv(Some(ir::bind("v")), chan()), &["// first"], vec![run("a")]),
        arm(SelectHead::Recv(None, chan()), &[], vec![note("// nothing")]),
        arm(SelectHead::Send(chan(), Box::new(Expr::Args(vec![]))), &[], vec![]),
        arm(SelectHead::Default, &[], vec![run("b"), run("c")]),
    ];
    let expected = "    select! {
        // first
        v = <-c => {
            a();
        }
        <-c => {
            // nothing
        }
        c <- args![] => {}
        default => {
            b();
            c();
        }
    }
";
    assert_eq!(body(vec![Stmt::Expr(Expr::Select(arms))]), expected);
}

#[test]
fn match_arms() {
    let arms = vec![
        Arm {
            comments: vec!["// one or two".into()],
            pat: Pat::Values(vec![ir::lit("1"), ir::lit("2")]),
            body: Block::of(vec![run("a")]),
        },
        Arm { comments: vec![], pat: Pat::Wild, body: Block::of(vec![note("// else")]) },
    ];
    let expected = "    match x {
        // one or two
        1 | 2 => {
            a();
        }
        _ => {
            // else
        }
    }
";
    assert_eq!(body(vec![Stmt::Expr(Expr::Match(Box::new(ir::path("x")), arms))]), expected);
}

/// `f(a long name, ..)`
fn long(f: &str, args: usize) -> Expr {
    ir::call(f, (0..args).map(|i| ir::path(format!("a_rather_long_name_{i}"))).collect())
}

#[test]
fn lists_break_where_they_must() {
    assert_eq!(
        expr(long("f", 5)),
        "f(
        a_rather_long_name_0,
        a_rather_long_name_1,
        a_rather_long_name_2,
        a_rather_long_name_3,
        a_rather_long_name_4,
    )"
    );
    // an only argument starts on the line of the call
    assert_eq!(
        expr(ir::call("g", vec![long("f", 5)])),
        "g(f(
        a_rather_long_name_0,
        a_rather_long_name_1,
        a_rather_long_name_2,
        a_rather_long_name_3,
        a_rather_long_name_4,
    ))"
    );
    let numbers = Expr::Array((0..40).map(|i| ir::lit(format!("{i}"))).collect());
    let expected = "[
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
        25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
    ]";
    assert_eq!(expr(numbers), expected);
}

#[test]
fn closures_start_on_the_line_of_their_call() {
    let closure = || Expr::Closure {
        moves: true,
        params: vec![],
        ret: None,
        body: Box::new(Expr::Block(None, Block::of(vec![run("a")]))),
    };
    let call = ir::path("x").field("y").method("set", vec![ir::call("func", vec![closure()])]);
    assert_eq!(expr(call), "x.y.set(func(move || {\n        a();\n    }))");
    let call = ir::call("f", vec![ir::lit("1"), closure()]);
    assert_eq!(expr(call), "f(1, move || {\n        a();\n    })");
}

#[test]
fn chains_and_operators_break_in_front() {
    let chain = long("f", 3).method("first", vec![ir::path("x")]).method("second", vec![]);
    let expected = "f(a_rather_long_name_0, a_rather_long_name_1, a_rather_long_name_2)
        .first(x)
        .second()";
    let x = chain.clone().method("third", vec![ir::path("a_rather_long_name")]);
    assert_eq!(expr(x), format!("{expected}\n        .third(a_rather_long_name)"));
    let sum = ir::binary("+", ir::binary("+", long("f", 2), long("g", 2)), ir::lit("1"));
    assert_eq!(
        expr(sum),
        "f(a_rather_long_name_0, a_rather_long_name_1)
        + g(a_rather_long_name_0, a_rather_long_name_1)
        + 1"
    );
}

#[test]
fn a_value_that_fits_on_the_next_line_stands_there() {
    let value = ir::path("name").method("method", (0..4).map(|_| ir::path("an_argument_name")).collect());
    let stmts = vec![ir::let_("some_name_of_a_variable", value)];
    let expected = "    let some_name_of_a_variable =
        name.method(an_argument_name, an_argument_name, an_argument_name, an_argument_name);
";
    assert_eq!(body(stmts), expected);
}

#[test]
fn parentheses_only_where_needed() {
    let (a, b, c) = (|| ir::path("a"), || ir::path("b"), || ir::path("c"));
    for (x, expected) in [
        (ir::binary("*", ir::binary("+", a(), b()), c()), "(a + b) * c"),
        (ir::binary("+", a(), ir::binary("*", b(), c())), "a + b * c"),
        (ir::binary("-", ir::binary("-", a(), b()), c()), "a - b - c"),
        (ir::binary("-", a(), ir::binary("-", b(), c())), "a - (b - c)"),
        (ir::binary("+", a(), b()).method("m", vec![]), "(a + b).m()"),
        (a().cast(ir::ty("u8")).method("m", vec![]), "(a as u8).m()"),
        (ir::binary("<", a().cast(ir::ty("isize")), b()), "(a as isize) < b"),
        (Expr::Unary('-', Box::new(ir::lit("1"))).method("m", vec![]), "(-1).m()"),
        (a().field("f").deref(), "*a.f"),
        (Expr::Call(Box::new(a().field("f")), vec![]), "(a.f)()"),
        (ir::binary("==", ir::binary("==", a(), b()), c()), "(a == b) == c"),
        (ir::not(ir::binary("&&", a(), b())), "!(a && b)"),
    ] {
        assert_eq!(expr(x), expected);
    }
}
